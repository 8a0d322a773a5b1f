"""Those members of a document of which more is asked than their text: nine in ten are walked past.

What is asked of a member, its class says: so each class is looked at once, and not each member of each document.
"""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.credentials import find_spans, is_suspicious
from assetpkg.credentials.words import may_name_secret
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import Named, Variant
from assetpkg.resource.texts import MOST_TEXTS, Texts
from assetpkg.resource.variants import Chosen
from assetpkg.resource.walk import ID_LENGTHS, NO_FIELDS, NOTHING, Fields, Node, Step, fields_below, is_named_secret


class _Member(NamedTuple):
    """What is asked of a member of an object: only its text where it `is_quiet`; and the class of what is below it.

    It `has_parts` where an object is expected. Where the value beside it chooses the class, `below` is none: the object
    around it has to be looked at.
    """

    is_quiet: bool
    has_parts: bool
    field: Field | None
    below: "_Class | None"


class _Class(dict[str, _Member]):
    """The members that a class declares, by their names, and what is asked of any `other` one; made once for a class.

    Nothing is asked of those that are `skipped`, where an object has the types of its class and nobody looks at its
    texts; and of those in `skipped_unless` neither, unless the name beside one that is `named` makes it a credential.
    """

    def __init__(self, fields: Fields) -> None:
        """Take the fields of an object; without any, it has no class."""
        self.described = bool(fields)
        self.other = _UNDECLARED if self.described else _HARMLESS
        flat = {name: field for name, field in fields.items() if field.is_flat}
        named = {name: field.marker(Named) for name, field in flat.items() if field.is_quiet_as_named}
        self._named = tuple(filter(None, named.values()))
        self._skipped = frozenset(name for name, field in flat.items() if field.is_quiet)
        self._skipped_unless = self._skipped.union(named)
        self.has_nothing: Callable[[dict[str, Any]], bool] = self._has_nothing if named else self._skipped.issuperset
        """Says whether nothing is asked of the members of a sound object."""
        super().__init__((name, _member(field)) for name, field in fields.items())

    def asked_in(self, parent: dict[str, Any]) -> list[tuple[str, Any]]:
        """Return the members of a sound object of which something is asked."""
        skipped = self._skipped if self._named and self._has_secret(parent) else self._skipped_unless
        return [pair for pair in parent.items() if pair[0] not in skipped]

    def _has_nothing(self, parent: dict[str, Any]) -> bool:
        return self._skipped_unless.issuperset(parent) and not self._has_secret(parent)

    def _has_secret(self, parent: dict[str, Any]) -> bool:
        """Say whether a member is a credential because of the name beside it."""
        for named in self._named:
            # As `is_named_secret`, without a call for each object: mostly the value is none that is meant.
            if (named.on is None or parent.get(named.on[0]) == named.on[1]) and is_named_secret(named, parent):
                return True
        return False


class _ChosenClass(_Class):
    """The members of a part whose class was chosen by a value: it has a field for every name.

    What the class refuses is found out elsewhere, so that something is asked of every member.
    """

    def __init__(self, fields: Chosen) -> None:
        """Take the fields."""
        super().__init__(NO_FIELDS)
        self.described = bool(fields)
        self._fields = fields

    def get(self, key: str, default: Any = None) -> Any:
        """Return what is asked of a member."""
        del default
        return _member(self._fields[key])


def _member(field: Field) -> _Member:
    below = None if Variant in field.by_class else _class_of(field.parts)
    return _Member(field.is_quiet, bool(field.parts), field, below)


_made: dict[int, tuple[Fields, _Class]] = {}


def _class_of(fields: Fields) -> _Class:
    """Return the class of the objects that have these fields."""
    if isinstance(fields, Chosen):
        return _ChosenClass(fields)
    if not fields:
        return _NO_CLASS
    # Those of a class cannot be changed, and stay as long as the program does.
    if not isinstance(fields, MappingProxyType):
        return _Class(fields)
    if id(fields) not in _made:
        _made[id(fields)] = fields, _Class(fields)
    return _made[id(fields)][1]


_HARMLESS = _Member(is_quiet=True, has_parts=False, field=None, below=None)
_UNDECLARED = _Member(is_quiet=False, has_parts=False, field=None, below=None)
_NO_CLASS = _Class(NO_FIELDS)
_NO_LENGTHS: frozenset[int] = frozenset()
_TEXTS = frozenset({str, list})
_DEEP = frozenset({dict, list})
_MOST_MEMBERS = 1_000
"""How many members an object has at most whose notable ones are put together before they are looked at."""
_MOST_KEYS = 4_096
_harmless_keys: set[str] = set()
"""Keys that were found not to be suspicious: an open object has few different ones, again and again."""


def _has_values_inside(value: Any) -> bool:
    """Say whether a value has others in it."""
    return value.__class__ in _DEEP


def _may_be_notable(value: Any) -> bool:
    """Say whether a value has others in it, or may be an id."""
    sort = value.__class__
    return sort in _DEEP or (sort is str and len(value) in ID_LENGTHS)


def _has_harmless_keys(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, as long as ids are not."""
    return _harmless_keys.issuperset(value) and _DEEP.isdisjoint(map(type, value.values()))


def _has_harmless_keys_and_no_id(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, and none is like an id."""
    if not _harmless_keys.issuperset(value):
        return False
    for member in value.values():
        # As `_may_be_notable`, without a call for each.
        sort = member.__class__
        if (len(member) in ID_LENGTHS) if sort is str else sort in _DEEP:
            return False
    return True


_Members = Iterable[tuple[Any, Any]]
_Way = Callable[[_Class, Any], _Members]
"""What returns the members of an object with their keys, or the items of a list with their numbers: all, or fewer."""


def _all_members(_: _Class, value: Any) -> _Members:
    return enumerate(value) if type(value) is list else value.items()


def _notable_members(declared: _Class, value: Any) -> _Members:
    """Return the members of a sound object, or of a list of some, of which something is asked."""
    if len(value) > _MOST_MEMBERS:
        return _all_members(declared, value)
    return _items_inside(value, declared.has_nothing) if type(value) is list else declared.asked_in(value)


def _open_members(declared: _Class, value: Any) -> _Members:
    """Return the members of an object without a class that may say something, or the items of a list of some."""
    if len(value) > _MOST_MEMBERS:
        return _all_members(declared, value)
    if type(value) is list:
        return _items_inside(value, _has_harmless_keys)
    return [pair for pair in value.items() if pair[0] not in _harmless_keys or _has_values_inside(pair[1])]


def _open_members_and_ids(declared: _Class, value: Any) -> _Members:
    """Return those, and the members that may be ids."""
    if len(value) > _MOST_MEMBERS:
        return _all_members(declared, value)
    if type(value) is list:
        return _items_inside(value, _has_harmless_keys_and_no_id)
    return [pair for pair in value.items() if pair[0] not in _harmless_keys or _may_be_notable(pair[1])]


def _items_inside(items: list[Any], has_nothing: Callable[[dict[str, Any]], bool]) -> _Members:
    """Return the items of a list that have others in them, without the objects of which nothing is asked."""
    return [
        item
        for item in enumerate(items)
        if (sort := item[1].__class__) is list or (sort is dict and not has_nothing(item[1]))
    ]


class Questions(NamedTuple):
    """What is asked of a document beside what its classes declare.

    Texts go into `texts`; without it, nobody asks for them. Without `keys`, no key without a class says anything. With
    `ids`, a text that is as long as an id is has a node. A document that `is_sound` has the types of its class.
    """

    texts: Texts | None = None
    keys: bool = False
    ids: bool = False
    is_sound: bool = False

    def ways(self) -> tuple[_Way, _Way]:
        """Return what finds the members that may say something: of what has a class, and of what has none."""
        if self.texts is not None:
            return _all_members, _all_members
        declared = _notable_members if self.is_sound and not self.ids else _all_members
        if not self.keys:
            return declared, declared
        return declared, _open_members_and_ids if self.ids else _open_members


_TYPES = Questions()


def walk_notable(  # noqa: C901 - one loop, and no call for a member that is walked past
    fields: Fields, document: Any, asked: Questions = _TYPES, steps: tuple[Step, ...] = ()
) -> Iterator[Node]:
    """Yield those nodes of a walk of which more is asked than their text; the texts of the others are put where asked.

    The others are members whose field is quiet, and members of an object without a class whose key says nothing.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, NOTHING)
    texts, keys = asked.texts, asked.keys
    lengths = ID_LENGTHS if asked.ids else _NO_LENGTHS
    in_class, in_open = asked.ways()
    root: Any = document if isinstance(document, (dict, list)) else []
    first = _class_of(fields)
    pending = [(first, root, steps, iter((in_open if first is _NO_CLASS else in_class)(first, root)))]
    while pending:
        if texts is not None and len(texts.held) >= MOST_TEXTS:
            texts.search()
        declared, parent, above, children = pending[-1]
        own: _Class | None = declared
        key: Any
        is_object, other, described = type(parent) is dict, declared.other, declared.described
        for key, child in children:
            sort, below = type(child), own
            if is_object:
                member = declared.get(key, other)
                if member is _HARMLESS and keys and _may_tell_of_credential(key):
                    member = _UNDECLARED
                is_quiet, has_parts, field, below = member
                if is_quiet and sort is str and not has_parts and len(child) not in lengths:
                    if texts is not None:
                        texts.held.append((child, above, key))
                    continue
                may_have_texts = sort is list and (has_parts or lengths or texts)
                if not is_quiet or sort is str or (may_have_texts and _has_texts(child)):
                    yield Node(field, (*above, key), child, parent, described)
            if sort is dict or sort is list:
                below = _class_below(field, parent) if below is None else below
                inside = (in_open if below is _NO_CLASS else in_class)(below, child)
                if inside:
                    pending.append((below, child, (*above, key), iter(inside)))
                    break
        else:
            pending.pop()


def _class_below(field: Field | None, parent: Any) -> _Class:
    """Return the class of what is at a field whose class the object around it decides, or that has none."""
    return _NO_CLASS if field is None else _class_of(fields_below(field, parent))


def _has_texts(items: list[Any]) -> bool:
    """Say whether a list holds texts, or lists that may hold some."""
    return not _TEXTS.isdisjoint(map(type, items))


def _may_tell_of_credential(key: str) -> bool:
    """Say whether a key that no class declares may make its value a credential, or holds one itself."""
    if key in _harmless_keys:
        return False
    if may_name_secret(key) or (is_suspicious(key) and bool(find_spans(key))):
        return True
    if len(_harmless_keys) >= _MOST_KEYS:
        _harmless_keys.clear()
    _harmless_keys.add(key)
    return False
