"""Those members of a document of which more is asked than their text: nine in ten are walked past.

What is asked of a member, its class says: so each class is looked at once, and not each member of each document.
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.credentials import find_spans, is_suspicious
from assetpkg.credentials.words import may_name_secret
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import Named, Variant
from assetpkg.resource.texts import MOST_TEXTS, Texts
from assetpkg.resource.variants import Chosen
from assetpkg.resource.walk import ID_LENGTHS, NO_FIELDS, NOTHING, Fields, Node, Step, fields_below


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

    Of the `silent` ones nothing is asked where an object has the types of its class, and its texts are not looked at;
    nor of the `others`, which may be named like a credential, unless the member `on` has the value beside it.
    """

    def __init__(self, fields: Fields) -> None:
        """Take the fields of an object; without any, it has no class."""
        self.described = bool(fields)
        self.other = _STRANGE if self.described else _OPEN
        self.silent = frozenset(name for name, field in fields.items() if field.is_quiet and field.is_flat)
        named = {
            name: field.marker(Named) for name, field in fields.items() if field.is_flat and field.is_quiet_as_named
        }
        conditions = {marker.on for marker in named.values() if marker is not None}
        self.on = conditions.pop() if len(conditions) == 1 else None
        self.others = self.silent.union(named) if self.on else self.silent
        self.says_nothing: Callable[[dict[str, Any]], bool] = self._is_silent if self.on else self.silent.issuperset
        """Says whether nothing is asked of the members of a sound object."""
        super().__init__((name, _way(field)) for name, field in fields.items())

    def silent_in(self, parent: dict[str, Any]) -> frozenset[str]:
        """Return the names of the members of a sound object of which nothing is asked."""
        return self.silent if self.on is None or parent.get(self.on[0]) == self.on[1] else self.others

    def _is_silent(self, value: dict[str, Any]) -> bool:
        return self.silent_in(value).issuperset(value)


class _WaysChosen(_Ways):
    """The ways of the members of a part whose class was chosen: it has a field for every name."""

    def __init__(self, fields: Fields) -> None:
        """Take the fields."""
        super().__init__(fields)
        self._fields = fields
        # What the class refuses is found out elsewhere.
        self.silent = self.others = frozenset()
        self.says_nothing = self._is_silent

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
    # Those of a class cannot be changed, and stay as long as the program does.
    if not isinstance(fields, MappingProxyType):
        return _Ways(fields)
    if id(fields) not in _made:
        _made[id(fields)] = fields, _Ways(fields)
    return _made[id(fields)][1]


_OPEN = _Way(is_quiet=True, due=False, field=None, below=None)
_STRANGE = _Way(is_quiet=False, due=False, field=None, below=None)
_NOWHERE = _Ways(NO_FIELDS)
_NO_LENGTHS: frozenset[int] = frozenset()
_TEXTS = frozenset({str, list})
_DEEP = frozenset({dict, list})
_MOST_MEMBERS = 1_000
"""How many members an object has at most whose loud ones are put together before they are looked at."""
_MOST_KEYS = 4_096
_mute: set[str] = set()
"""Keys that were found not to be telling: an open object has few different ones, again and again."""


class Asked(NamedTuple):
    """What is asked of a document beside what its classes declare.

    Texts go into `texts`; without it, nobody asks for them. Without `keys`, no key without a class says anything. With
    `ids`, a text that is as long as an id is has a node. A document that `is_sound` has the types of its class.
    """

    texts: Texts | None = None
    keys: bool = False
    ids: bool = False
    is_sound: bool = False

    def members(self, ways: _Ways, value: Any) -> Iterator[tuple[Any, Any]]:
        """Return the items of a list with their numbers, and of an object the members, that may say something."""
        sort = type(value)
        if sort is not dict and sort is not list:
            return iter(())
        is_open = ways is _NOWHERE and self.keys
        if len(value) > _MOST_MEMBERS or self.texts is not None or not (is_open or (self.is_sound and not self.ids)):
            return enumerate(value) if sort is list else iter(value.items())
        if sort is list:
            says_nothing = ways.says_nothing if not is_open else _is_dumb if self.ids else _is_mute
            return iter(
                [
                    item
                    for item in enumerate(value)
                    if (below := item[1].__class__) is list or (below is dict and not says_nothing(item[1]))
                ]
            )
        if is_open:
            is_loud = _is_loud if self.ids else _is_deep
            return iter([pair for pair in value.items() if pair[0] not in _mute or is_loud(pair[1])])
        silent = ways.silent_in(value)
        return iter(() if silent.issuperset(value) else [pair for pair in value.items() if pair[0] not in silent])


def _is_deep(value: Any) -> bool:
    """Say whether a value has others in it."""
    return value.__class__ in _DEEP


def _is_loud(value: Any) -> bool:
    """Say whether a value has others in it, or may be an id."""
    sort = value.__class__
    return sort in _DEEP or (sort is str and len(value) in ID_LENGTHS)


def _is_mute(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, as long as ids are not."""
    return _mute.issuperset(value) and _DEEP.isdisjoint(map(type, value.values()))


def _is_dumb(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, and none is like an id."""
    if not _mute.issuperset(value):
        return False
    for member in value.values():
        # As `_is_loud`, without a call for each.
        sort = member.__class__
        if (len(member) in ID_LENGTHS) if sort is str else sort in _DEEP:
            return False
    return True


_TYPES = Asked()


def walk_notable(  # noqa: C901 - one loop, and no call for a member that is walked past
    fields: Fields, document: Any, asked: Asked = _TYPES, steps: tuple[Step, ...] = ()
) -> Iterator[Node]:
    """Yield those nodes of a walk of which more is asked than their text; the texts of the others are put where asked.

    The others are members whose field is quiet, and members of an object without a class whose key says nothing.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, NOTHING)
    texts, keys = asked.texts, asked.keys
    lengths = ID_LENGTHS if asked.ids else _NO_LENGTHS
    first = _ways_of(fields)
    pending = [(first, document, steps, asked.members(first, document))]
    while pending:
        if texts is not None and len(texts.held) >= MOST_TEXTS:
            texts.search()
        ways, parent, above, children = pending[-1]
        own: _Ways | None = ways
        key: Any
        is_object, other, described = type(parent) is dict, ways.other, ways.described
        for key, child in children:
            sort, below = type(child), own
            if is_object:
                way = ways.get(key, other)
                if way is _OPEN and keys and _is_telling(key):
                    way = _STRANGE
                is_quiet, due, field, below = way
                if is_quiet and sort is str and not due and len(child) not in lengths:
                    if texts is not None:
                        texts.held.append((child, above, key))
                    continue
                if not is_quiet or sort is str or (sort is list and (due or lengths or texts) and _has_texts(child)):
                    yield Node(field, (*above, key), child, parent, described)
            if sort is dict or sort is list:
                if below is None:
                    below = _NOWHERE if field is None else _ways_of(fields_below(field, parent))
                pending.append((below, child, (*above, key), asked.members(below, child)))
                break
        else:
            pending.pop()


def _has_texts(items: list[Any]) -> bool:
    """Say whether a list holds texts, or lists that may hold some."""
    return not _TEXTS.isdisjoint(map(type, items))


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
