"""A document seen as its kind declares it: every member, with the field that it is, and whether it is a secret.

This is the one place that knows how fields, variants, lists and documents in strings lead from one value to the next.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials import find_spans, is_suspicious
from assetpkg.credentials.words import ABSENT, is_secret_word, may_name_secret, names_beside, names_secret
from assetpkg.documents import INSIDE, InvalidDocument
from assetpkg.kinds.kind import Field, Part, fields_of
from assetpkg.kinds.markers import JsonText, Named, Secret, SecretUnless, Unordered, Variant
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.texts import MOST_TEXTS, Texts
from assetpkg.resource.variants import Chosen, fields_chosen, leads_to_secrets

Step = str | int
Fields = Mapping[str, Field]

NO_FIELDS: Fields = MappingProxyType({})
"""The fields of an object that no class describes."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})

ID_LENGTHS = frozenset({32, 36})
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Node(NamedTuple):
    """One member of the object `parent` in a document; `field` is `None` where its class does not know the key.

    `described` says whether the object has a class. There are a hundred nodes in a resource, so a node is a tuple.
    """

    field: Field | None
    steps: tuple[Step, ...]
    value: Any
    parent: Mapping[str, Any]
    described: bool = True

    @property
    def secret(self) -> bool:
        """Whether the value is a credential."""
        return is_secret(self.field, str(self.steps[-1]) if self.steps else "", self.parent)


def is_secret(field: Field | None, key: str, parent: Mapping[str, Any]) -> bool:
    """Say whether the member `key` of the object `parent` is a credential: declared, or unknown and named like one."""
    if field is None or (field.foreign and field.marker(Secret) is None):
        return names_secret(key, parent.get(key, ABSENT)) or any(map(is_secret_word, names_beside(key, parent)))
    markers = field.by_class
    if Secret in markers:
        return True
    if SecretUnless in markers:
        unless = field.marker(SecretUnless)
        return unless is not None and parent.get(unless.field) not in unless.values
    if Named in markers and _is_named_constant(field.marker(Named), parent):
        return True
    return field.is_object and _is_text_for_an_object(field, parent.get(key))


def _is_text_for_an_object(field: Field, value: Any) -> bool:
    """Say whether a text, or a list with one, is where an object with secrets is due: it may hold all of them."""
    sorts = map(type, value) if isinstance(value, list) else (type(value),)
    return str in sorts and leads_to_secrets(field)


def _is_named_constant(named: Named | None, parent: Mapping[str, Any]) -> bool:
    if named is None or (named.on is not None and parent.get(named.on[0]) != named.on[1]):
        return False
    name = parent.get(named.field)
    return isinstance(name, str) and is_secret_word(name)


def is_id_like(text: str) -> bool:
    """Say whether a text has the form of the ids that the platform gives: 32 hexadecimal digits, or a UUID."""
    return len(text) in ID_LENGTHS and _ID.fullmatch(text) is not None


def walk(
    fields: Fields, document: Any, steps: tuple[Step, ...] = (), *, inside: bool = False, absent: bool = False
) -> Iterator[Node]:
    """Yield a node for every member of every object in `document`, parents first; lists are walked through.

    A document that is not an object has a node for itself first. Nodes are made one by one: a document can have a
    million. With `inside`, a string that holds a document is walked instead of yielded, below the step
    `documents.INSIDE`: `/task_detail/#/error_handler/0` is an item in the JSON text of `task_detail`. With `absent`,
    there are also nodes for members that a class has and its object has not.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, _NOTHING)
    pending = [(fields, document, steps, _children(fields, document, absent=absent))]
    while pending:
        fields, parent, above, children = pending[-1]
        is_object, described = isinstance(parent, dict), bool(fields)
        for key, child in children:
            place = (*above, key)
            if is_object:
                node = Node(fields.get(key), place, child, parent, described)
                opened = _opened(node) if inside else None
                if opened is not None:
                    yield from walk(*opened, (*place, INSIDE), inside=True, absent=absent)
                    continue
                yield node
            if isinstance(child, (dict, list)):
                below = fields_below(fields.get(key), parent) if is_object else fields
                pending.append((below, child, place, _children(below, child, absent=absent)))
                break
        else:
            pending.pop()


class _Way(NamedTuple):
    """How a member of an object is walked past: whether no more is asked than its text, and what is below it.

    An object is `due` where the field has one. What is below a part whose class the value beside it chooses, only the
    object says that it is in.
    """

    is_quiet: bool
    due: bool
    field: Field | None
    below: "_Ways | None"


class _Ways(dict[str, _Way]):
    """The ways of the members that a class declares, made once for each class, and that of any `other` member.

    Of the `silent` ones nothing is asked where an object has the types of its class, and its texts are not looked at.
    """

    def __init__(self, fields: Fields) -> None:
        """Take the fields of an object; without any, it has no class."""
        self.described = bool(fields)
        self.other = _STRANGE if self.described else _OPEN
        self.silent = frozenset(name for name, field in fields.items() if field.is_quiet and field.is_flat)
        super().__init__((name, _way(field)) for name, field in fields.items())


class _WaysChosen(_Ways):
    """The ways of the members of a part whose class was chosen: it has a field for every name."""

    def __init__(self, fields: Fields) -> None:
        """Take the fields."""
        super().__init__(fields)
        self._fields = fields
        # What the class refuses is found out elsewhere.
        self.silent = frozenset()

    def get(self, key: str, default: Any = None) -> Any:
        """Return the way of a member."""
        del default
        return _way(self._fields[key])


def _way(field: Field) -> _Way:
    below = None if Variant in field.by_class else _ways_of(field.parts)
    return _Way(field.is_quiet, bool(field.parts), field, below)


_made: dict[int, tuple[Fields, _Ways]] = {}


def _ways_of(fields: Fields) -> _Ways:
    """Return the ways of the members of an object with these fields."""
    if isinstance(fields, Chosen):
        return _WaysChosen(fields)
    if not fields:
        return _NOWHERE
    # They are those of a class, which stay as long as the program does.
    if id(fields) not in _made:
        _made[id(fields)] = fields, _Ways(fields)
    return _made[id(fields)][1]


_OPEN = _Way(is_quiet=True, due=False, field=None, below=None)
_STRANGE = _Way(is_quiet=False, due=False, field=None, below=None)
_NOWHERE = _Ways(NO_FIELDS)
_TEXTS = frozenset({str, list})
_DEEP = frozenset({dict, list})
_MOST_KEYS = 4_096
_mute: set[str] = set()
"""Keys that were found not to be telling: an open object has few different ones, again and again."""


def walk_notable(
    fields: Fields,
    document: Any,
    texts: Texts | None = None,
    steps: tuple[Step, ...] = (),
    *,
    keys: bool = False,
    ids: bool = False,
    is_sound: bool = False,
) -> Iterator[Node]:
    """Yield those nodes of a walk of which more is asked than their text; the texts of the others go into `texts`.

    The others are members whose field is quiet, and members of an object without a class whose key says nothing: nine
    in ten of all. Without `texts`, nobody asks for them; without `keys`, no key without a class says anything. With
    `ids`, a text that is as long as an id is has a node too. A document that `is_sound` has the types of its class.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, _NOTHING)
    held = None if texts is None else texts.held
    wanted = ids or texts is not None
    # Of an object without a class, and of one with the types of its class, most members are passed over unseen.
    skips_open, skips_sound = texts is None and keys, is_sound and not wanted
    lengths = ID_LENGTHS if ids else frozenset()
    pending = [(_ways_of(fields), document, steps, _children(fields, document, absent=False))]
    while pending:
        if texts is not None and len(texts.held) >= MOST_TEXTS:
            texts.search()
        ways, parent, above, children = pending[-1]
        own: _Ways | None = ways
        is_object, other, described = isinstance(parent, dict), ways.other, ways.described
        for key, child in children:
            sort, below = type(child), own
            if is_object:
                way = ways.get(key, other)
                if way is _OPEN and keys and _is_telling(key):
                    way = _STRANGE
                is_quiet, due, field, below = way
                if is_quiet:
                    if sort is str:
                        if due or len(child) in lengths:
                            yield Node(field, (*above, key), child, parent, described)
                        elif held is not None:
                            held.append((child, above, key))
                        continue
                    heard = sort is list and (wanted or due) and not _TEXTS.isdisjoint(map(type, child))
                if not is_quiet or heard:
                    yield Node(field, (*above, key), child, parent, described)
            if sort is dict or sort is list:
                if below is None:
                    below = _NOWHERE if field is None else _ways_of(fields_below(field, parent))
                members: Iterable[tuple[Any, Any]]
                if sort is list:
                    members = enumerate(child)
                elif skips_open and below is _NOWHERE:
                    members = _loud_in_open(child, lengths)
                elif skips_sound:
                    members = [pair for pair in child.items() if pair[0] not in below.silent]
                else:
                    members = child.items()
                if sort is list or members:
                    pending.append((below, child, (*above, key), iter(members)))
                    break
        else:
            pending.pop()


def _loud_in_open(parent: dict[str, Any], lengths: Container[int]) -> list[tuple[str, Any]]:
    """Return the members of an object without a class that may say something, or lead to such."""
    return [
        (key, child)
        for key, child in parent.items()
        if key not in _mute
        or (child.__class__ in _DEEP or (lengths and child.__class__ is str and len(child) in lengths))
    ]


def _is_telling(key: str) -> bool:
    """Say whether a key that no class declares may make its value a credential, or holds one itself."""
    if key in _mute:
        return False
    if may_name_secret(key) or (is_suspicious(key) and bool(find_spans(key))):
        return True
    if len(_mute) >= _MOST_KEYS:
        _mute.clear()
    _mute.add(key)
    return False


def outside_credentials(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield those of the nodes of a walk that are not below a credential."""
    depth = None
    for node in nodes:
        if depth is None or len(node.steps) <= depth:
            depth = len(node.steps) if node.secret else None
            yield node


def _children(fields: Fields, value: Any, *, absent: bool) -> Iterator[tuple[Any, Any]]:
    """Return the members of an object with their keys, or the items of a list with their numbers."""
    if isinstance(value, list):
        return enumerate(value)
    if not isinstance(value, dict):
        return iter(())
    if absent:
        return ((key, value.get(key)) for key in (*fields, *(key for key in value if key not in fields)))
    return iter(value.items())


def _opened(node: Node) -> tuple[Fields, Any] | None:
    if node.field is None or node.field.is_plain or node.secret:
        return None
    try:
        return open_text(node.field, node.value)
    except InvalidDocument:
        return None


def in_order(fields: Fields, value: Any) -> Any:
    """Return a document with its members as its class has them, and a list whose order means nothing sorted.

    Members that no class knows are the last, in the order of their keys.
    """
    if isinstance(value, list):
        return [in_order(fields, item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {}
    for key in (*(name for name in fields if name in value), *sorted(key for key in value if key not in fields)):
        known = fields.get(key)
        child = in_order(fields_below(known, value), value[key])
        is_unordered = known is not None and known.marker(Unordered) is not None and isinstance(child, list)
        told[key] = sorted(child, key=_as_text) if is_unordered else child
    return told


def _as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def follow(fields: Fields, document: Any, steps: Sequence[Step]) -> Iterator[Node]:
    """Yield the nodes on the way that `steps` lead; without a document, as far as the fields alone say."""
    value = document
    for depth, step in enumerate(steps, 1):
        # The steps of a pointer are words, those to an item too.
        if isinstance(step, int) or (step.isdecimal() and step not in fields and not isinstance(value, dict)):
            value = value[int(step)] if isinstance(value, list) else None
            continue
        parent = value if isinstance(value, dict) else _NOTHING
        value = parent.get(step)
        node = Node(fields.get(step), tuple(steps[:depth]), value, parent)
        yield node
        fields = fields_below(node.field, parent)


def fields_at(fields: Fields, document: Any, steps: Sequence[Step]) -> Fields:
    """Return the fields of the object that `steps` lead to in a document."""
    for node in follow(fields, document, steps):
        fields = fields_below(node.field, node.parent)
    return fields


def strings_in(value: Any, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield a string, or those of a list and of lists in it, after the steps to each."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, list):
        for index, child in enumerate(value):
            if isinstance(child, (str, list)):
                yield from strings_in(child, (*steps, index))


def open_text(field: Field | None, value: Any, limits: Limits = DEFAULT_LIMITS) -> tuple[Fields, Any] | None:
    """Return the document that the string `value` holds, after its fields; `None` where `field` is not for documents.

    Raises `InvalidDocument` as `documents.parse` does.
    """
    marker = field.marker(JsonText) if field is not None else None
    if marker is None or not value or not isinstance(value, str):
        return None
    return fields_inside(marker), read_text(value, limits)


def read_text(text: str, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Return the document that a string holds; raises `InvalidDocument` as `documents.parse` does."""
    return documents.parse(text.encode("utf-8", "surrogatepass"), limits)


def fields_inside(marker: JsonText) -> Fields:
    """Return the fields of the document in a string that bears `marker`."""
    part: type[Part] | None = marker.holds
    return NO_FIELDS if part is None else fields_of(part)


def fields_below(field: Field | None, parent: Mapping[str, Any]) -> Fields:
    """Return the fields of the object that is at `field` of the object `parent`."""
    if field is None:
        return NO_FIELDS
    variant = field.marker(Variant)
    if variant is None:
        return field.parts
    chosen = parent.get(variant.on)
    return fields_chosen(variant, chosen if isinstance(chosen, str) else "")
