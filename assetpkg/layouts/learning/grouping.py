"""Places of one kind put together: the groups that become the tables of a layout file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field, name_fields
from assetpkg.layouts.declaration import Encoding, Form
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.discriminating import discriminate
from assetpkg.layouts.learning.judging import Judgement, Part, entry_labels
from assetpkg.layouts.learning.patterns import Spot, covers, generalise, spot_of
from assetpkg.layouts.learning.scoring import STRONG, WEAK
from assetpkg.layouts.learning.sightings import ID, Item
from assetpkg.layouts.learning.vocabulary import fold, known_otherwise, vocabulary

_SHORTEST_NAME = 2
_MOST_GLOBS = 200
"""By how many names of files resources of one kind may be told from others: nobody keeps a layout with more."""
_WORTH = 0.5
"""From which score on a group is worth being decided by a person."""


@dataclass(eq=False)
class Group:
    """Resources that one table of a layout file says the place of: of one kind, or with `kind_at` of several.

    `parts` are the objects; with `kind_at`, those of each word in `kinds`, in this order.
    """

    entries: tuple[str, ...]
    form: Form
    encoding: Encoding | None
    at: tuple[str, ...]
    document: tuple[str, ...]
    parts: list[Part]
    kind: str = ""
    kind_at: tuple[str, ...] | None = None
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """How sure it is, as a mean over the resources."""
        number = sum(len(part.items) for part in self.parts)
        return sum(part.score * len(part.items) for part in self.parts) / number

    @property
    def sure(self) -> bool:
        """Whether it is proposed, and not left to a person."""
        return self.score >= STRONG

    @property
    def items(self) -> Iterator[tuple[str, Item]]:
        """The objects, each after its kind."""
        for part in self.parts:
            for item in part.items:
                yield part.kind, item

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps to a document."""
        return (*self.at, *self.document)


@dataclass
class Grouped:
    """The groups, the parts of no group, and those where several kinds stand together and nothing says which."""

    groups: list[Group] = field(default_factory=list)
    rest: list[Part] = field(default_factory=list)
    mixed: list[Part] = field(default_factory=list)


def group_parts(judgement: Judgement) -> Grouped:
    """Put the places of each kind together."""
    made = Grouped()
    left = _by_word(judgement, made)
    mixed = {id(part.sighting) for part in left if part.mixed and part.kind}
    made.mixed = [part for part in left if id(part.sighting) in mixed]
    left = [part for part in left if id(part.sighting) not in mixed]
    words = _data_words(judgement.parts)
    by_form: dict[_PlaceForm, list[tuple[Part, Spot]]] = defaultdict(list)
    for part in judgement.parts:
        by_form[_form(part)].append((part, _spot(part)))
    taken: set[int] = set()
    for threshold in (STRONG, _WORTH):
        chosen: dict[tuple[str, _PlaceForm], list[Part]] = defaultdict(list)
        for part in left:
            if part.kind and part.score >= threshold and id(part) not in taken and not _joins(part, made.groups):
                chosen[part.kind, _form(part)].append(part)
        for parts in chosen.values():
            others = [
                spot for other, spot in by_form[_form(parts[0])] if other.kind != parts[0].kind or other.score < WEAK
            ]
            found = list(_groups(parts, others, words))
            if sum(len(each.entries) for each in found) > _MOST_GLOBS:
                made.mixed += parts
                continue
            made.groups += found
            taken.update(map(id, parts))
    joined = {id(part) for each in made.groups for part in each.parts}
    made.rest = [part for part in left if id(part) not in joined]
    made.groups.sort(key=_order)
    return made


def _order(group: Group) -> tuple[object, ...]:
    kinds = list(KINDS)
    return not group.sure, bool(group.kind_at), kinds.index(group.kind) if group.kind else 0, group.entries, group.at


def _joins(part: Part, groups: Iterable[Group]) -> bool:
    """Add a part to a group that covers its place; say whether there is one."""
    for each in groups:
        if each.kind == part.kind and (each.form, each.encoding) == (part.sighting.form, part.sighting.encoding):
            pattern = [spot_of(entry, each.steps) for entry in each.entries]
            spot = _spot(part)
            if any(_form_of(one) == _form_of(spot) and covers(one, spot) for one in pattern):
                each.parts.append(part)
                return True
    return False


def _form_of(spot: Spot) -> tuple[int, int]:
    return len(spot.entry), len(spot.steps)


def _spot(part: Part) -> Spot:
    return spot_of(part.sighting.entry, part.sighting.steps)


class _PlaceForm(NamedTuple):
    """What places have in common that one table can say: how they are read, and how long the ways to them are."""

    form: Form
    encoding: Encoding | None
    entry_length: int
    steps_length: int


def _form(part: Part) -> _PlaceForm:
    return _PlaceForm(part.sighting.form, part.sighting.encoding, *_form_of(_spot(part)))


def _groups(parts: list[Part], others: Sequence[Spot], words: frozenset[str]) -> Iterator[Group]:
    """Yield the groups of parts of one kind and form; each has one way to its documents, in one or more entries."""
    kind, entry_length = parts[0].kind, len(_spot(parts[0]).entry)

    def is_data(position: int, name: str) -> bool:
        if position == entry_length - 1 or name.endswith("!"):
            name = entry_labels(name)[-1]
        return _is_data(name) or (len(name) >= _SHORTEST_NAME and fold(name) in words)

    patterns = generalise([_spot(part) for part in parts], others, is_data)
    if len(patterns) > _MOST_GLOBS:
        yield Group(tuple("/".join(each.entry) for each in patterns), "json", None, (), (), parts, kind)
        return
    grouped: dict[tuple[object, ...], list[Spot]] = defaultdict(list)
    for pattern in patterns:
        stars = "/".join(pattern.entry).count(STAR)
        grouped[pattern.steps, stars].append(pattern)
    for same in grouped.values():
        first = parts[0].sighting
        steps = same[0].steps
        last = max((index for index, step in enumerate(steps) if step == STAR), default=-1)
        at = steps if first.encoding is None else steps[: last + 1]
        yield Group(
            entries=tuple("/".join(pattern.entry) for pattern in same),
            form=first.form,
            encoding=first.encoding,
            at=at,
            document=steps[len(at) :],
            parts=[part for part in parts if any(covers(pattern, _spot(part)) for pattern in same)],
            kind=kind,
        )


@lru_cache(maxsize=65_536)
def _is_data(name: str) -> bool:
    """Say whether a name is an id, or holds what no layout file may show."""
    return ID.fullmatch(name) is not None or mask_line(name) != name


class _Signature(NamedTuple):
    """How objects say their kind, as `discriminate` found it, and the form of their places; one group for each."""

    at: tuple[str, ...]
    pointer: tuple[str, ...]
    document: tuple[str, ...]
    form: _PlaceForm


def _by_word(judgement: Judgement, made: Grouped) -> list[Part]:
    """Make groups of what says its kind by a word beside it; return the other parts."""
    pools: dict[tuple[object, ...], list[Part]] = defaultdict(list)
    for part in judgement.parts:
        folder, _, name = part.sighting.entry.rpartition("/")
        ending = name.rpartition(".")[2]
        pools[folder, ending, part.sighting.steps, part.sighting.form, part.sighting.encoding].append(part)
    found: dict[_Signature, list[tuple[list[Part], dict[str, Part]]]] = defaultdict(list)
    left = []
    for parts in pools.values():
        kinds = {part.kind for part in parts if part.score >= STRONG}
        # Lists in files of their own are told apart by these.
        together = STAR not in parts[0].sighting.steps or any(part.mixed for part in parts)
        said = discriminate(parts, judgement) if len(kinds) > 1 and together else None
        if said is None:
            left += parts
            continue
        words_of_kinds = {word: part for word, part in said.parts.items() if part.kind}
        telling = {item.observed.name for part in words_of_kinds.values() for item in part.items}
        left += [part for part in parts if part.sighting.entry not in telling]
        signature = _Signature(said.at, said.pointer, said.document, _form(parts[0]))
        found[signature].append(([part for part in parts if part.sighting.entry in telling], words_of_kinds))
    for signature, told_apart in found.items():
        _add_group(made, signature, told_apart, left)
    return left


def _add_group(
    made: Grouped, signature: _Signature, pools: Sequence[tuple[list[Part], dict[str, Part]]], left: Sequence[Part]
) -> None:
    """Add the group of what says its kind in one way: in each pool its parts, and the part of each word."""
    words = [(word, part) for _, said in pools for word, part in said.items() if part.score >= STRONG]
    if not words:
        return
    spots = [_spot(part) for parts, _ in pools for part in parts]
    others = [_spot(part) for part in left if _form(part) == signature.form]
    patterns = generalise(spots, others, lambda _, name: _is_data(entry_labels(name)[-1]))
    made.groups.append(
        Group(
            entries=tuple(dict.fromkeys("/".join(pattern.entry) for pattern in patterns)),
            form=signature.form.form,
            encoding=signature.form.encoding,
            at=signature.at,
            document=signature.document,
            parts=[part for _, part in words],
            kind_at=signature.pointer,
            kinds={word: part.kind for word, part in words},
        )
    )
    made.rest += [part for _, said in pools for part in said.values() if part.score < STRONG]


def _data_words(parts: Sequence[Part]) -> frozenset[str]:
    """Return what resources of the archive are called, folded: a name that is one of these is data."""
    words = set()
    # A step that leads to a document in several entries is no name of one.
    times = Counter(part.sighting.steps for part in parts if part.sighting.steps)
    for part in parts:
        if part.score < WEAK or not part.kind:
            continue
        kind = KINDS[part.kind]
        own_id = id_field(kind)
        names = {fold(each.name) for each in name_fields(kind)} | {fold(own_id.name) if own_id else ""}
        named_by, fields = vocabulary()[part.kind].named_by, vocabulary()[part.kind].fields
        for item in part.items:
            present = set()
            for key, value in item.value.items():
                known = fields.get(fold(key)) or known_otherwise(part.kind, key)
                folded = fold(key if known is None else known.name)
                if folded in names or folded == "key":
                    present.add(folded)
                    words.add(fold(str(value)))
            if named_by - present and times[part.sighting.steps] <= 1:
                words.update(_called_around(item))
    return frozenset(words)


def _called_around(item: Item) -> Iterator[str]:
    """Yield what may be the name or the id of a resource that does not say it itself."""
    if item.steps and isinstance(item.steps[-1], str):
        yield fold(item.steps[-1])
    elif not item.steps:
        yield fold(entry_labels(item.observed.name)[-1])
