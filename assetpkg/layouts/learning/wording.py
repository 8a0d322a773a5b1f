"""How the fields of a group are called there: the style of all, the names of some, and what is known to be nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args

from assetpkg.credentials.masking import mask_line
from assetpkg.documents import join_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Ref
from assetpkg.layouts.declaration import Naming
from assetpkg.layouts.learning.grouping import Group
from assetpkg.layouts.learning.scoring import fits
from assetpkg.layouts.learning.sightings import Item
from assetpkg.layouts.learning.vocabulary import KindWords, Known, fold, same_words, vocabulary, words_of
from assetpkg.layouts.naming import dialect_of, styled

_MOST_READ = 200
"""How many documents of a kind are looked at for the names of their fields."""
_MOST_NESTED = 3
_SAME_WORDS, _ITS_END, _LIKE = 0.9, 0.65, 0.6
"""How sure it is that a name means a field: without the words of the kind, by its last words, by other words."""
_ENOUGH = 0.6
_ALIKE: Sequence[frozenset[str]] = (
    frozenset({"path", "uri", "url"}),
    frozenset({"desc", "description", "remark", "comment", "memo", "note"}),
    frozenset({"title", "name", "label"}),
    frozenset({"ds", "datasource"}),
)
"""Words that programs use for one another."""


@dataclass
class Wording:
    """How the fields of documents of one kind are called; pointers are those of a layout file.

    `unknown` are members that the kind does not have, with the number of documents that have them.
    """

    kind: str
    names: Naming = "same"
    fields: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    style: Counter[Naming] = field(default_factory=Counter)


def find_wordings(groups: Iterable[Group], others: Mapping[int, Collection[str]]) -> dict[tuple[int, str], Wording]:
    """Return how fields are called, by group and kind; `others` are the members that hold other resources, by group."""
    found: dict[tuple[int, str], Wording] = {}
    samples: dict[tuple[int, str], list[Item]] = {}
    for group in groups:
        by_kind: dict[str, list[Item]] = defaultdict(list)
        for kind, item in group.items:
            if len(by_kind[kind]) < _MOST_READ:
                by_kind[kind].append(item)
        for kind, items in by_kind.items():
            wording = found[id(group), kind] = Wording(kind)
            samples[id(group), kind] = items
            for item in items:
                wording.style.update(_styles(vocabulary()[kind].fields, item.value, _MOST_NESTED))
            wording.unused = sorted(_unused(group, items, others.get(id(group), ())))
    overall: Counter[Naming] = Counter()
    for wording in found.values():
        overall.update(wording.style)
    for key, wording in found.items():
        order: tuple[Naming, ...] = get_args(Naming)
        wording.names = max(order, key=lambda name: (wording.style[name], overall[name], -order.index(name)))
        _name_fields(wording, samples[key])
    return found


def _styles(fields: Mapping[str, Known], value: Mapping[str, Any], levels: int) -> Iterator[Naming]:
    """Yield each style in which a name of a field is written so."""
    for key, child in value.items():
        known = fields.get(fold(key))
        if known is None:
            continue
        yield from _styles_of(known.name, key)
        below = child if isinstance(child, list) else [child]
        for each in below[:3] if known.below and levels else ():
            if isinstance(each, dict):
                yield from _styles(known.below, each, levels - 1)


@lru_cache(maxsize=4_096)
def _styles_of(name: str, written: str) -> tuple[Naming, ...]:
    return tuple(style for style in get_args(Naming) if styled(name, style) == written)


def _unused(group: Group, items: Sequence[Item], others: Collection[str]) -> Iterator[str]:
    present = {key for item in items for key in item.value}
    yield from (join_pointer([key]) for key in others if key in present and mask_line(key) == key)
    steps, pointer = group.document, group.kind_at
    if pointer is not None and pointer[: len(steps)] == steps and group.encoding is None:
        fields = vocabulary()[group.parts[0].kind].fields if group.parts else {}
        inside = pointer[len(steps) :]
        if len(inside) == 1 and fold(inside[0]) not in fields:
            yield join_pointer(inside)


def _name_fields(wording: Wording, items: Sequence[Item]) -> None:
    """Say which members are which fields, where their names do not say it in the style of the others."""
    words = vocabulary()[wording.kind]
    dialect = dialect_of(fields_of(KINDS[wording.kind]), wording.names)
    present = Counter(key for item in items for key, value in item.value.items() if value is not None)
    for key in present:
        known = words.fields.get(fold(key))
        if known is not None:
            wording.known.add(known.name)
            if dialect.ours(key) != known.name and mask_line(key) == key:
                wording.fields[join_pointer([key])] = known.name
        elif join_pointer([key]) not in wording.unused:
            wording.unknown[key] = present[key]
    absent = [known for known in words.fields.values() if known.name not in wording.known]
    pairs = sorted(
        ((_likeness(words, key, known, items), key, known.name) for key in wording.unknown for known in absent),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    for likeness, key, name in pairs:
        if likeness >= _ENOUGH and mask_line(key) == key and key in wording.unknown and name not in wording.known:
            wording.fields[join_pointer([key])] = name
            wording.known.add(name)
            del wording.unknown[key]


def _is_own(words: KindWords, known: Known) -> bool:
    return fold(known.name) in words.needed | words.named_by | words.owners or known.field.marker(Ref) is not None


def _likeness(words: KindWords, key: str, known: Known, items: Sequence[Item]) -> float:
    """Say how sure it is that a member is a field that is called otherwise."""
    if not _may_be(known, [item.value[key] for item in items if item.value.get(key) is not None]):
        return 0.0
    said, own = words_of(key), words_of(known.name)
    if same_words(words.kind, key, known.name):
        return _SAME_WORDS
    if not said or not _is_own(words, known):
        return 0.0
    if (said == own[-len(said) :] or own == said[-len(own) :]) and (len(said) > 1 or known.field.choices):
        return _ITS_END
    alike = len(said) <= len(own) and any({said[-1], own[-1]} <= words for words in _ALIKE)
    return _LIKE if alike and fold(known.name) in words.needed | words.named_by else 0.0


def _may_be(known: Known, values: Sequence[Any]) -> bool:
    """Say whether values are such as a field may have."""
    choices = known.field.choices
    if not values or not all(fits(known, value) for value in values):
        return False
    return not choices or all(isinstance(value, str) and value.casefold() in choices for value in values)
