"""Those members of a document of which more is asked than their text: nine in ten are walked past.

What is asked of a member, its class says: so each class is looked at once, and not each member of each document.
"""

from collections.abc import Callable, Iterator
from functools import partial
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


_Members = dict[str, _Member | None]
"""What is asked of members, by their names; nothing of those that have none."""


class _Class:
    """What is asked of the members that a class declares, and of any `other` one; made once for a class.

    Nothing is asked of most members of an object that is sound: it has the types of its class, and nobody looks at its
    texts. Those that the name beside them can make credentials are as quiet as others, unless it does.
    """

    def __init__(self, fields: Fields) -> None:
        """Take the fields of an object; without any, it has no class."""
        self.described = bool(fields)
        self.other = _UNDECLARED if self.described else _HARMLESS
        flat = {name: field for name, field in fields.items() if field.is_flat}
        named = {name: field.marker(Named) for name, field in flat.items() if field.is_quiet_as_named}
        skipped = [name for name, field in flat.items() if field.is_quiet]
        members: _Members = {name: _member(field) for name, field in fields.items()}
        quiet: _Members = {name: _member(fields[name])._replace(is_quiet=True) for name in named}
        self._with_secret = members, {**members, **dict.fromkeys(skipped)}
        self._without = {**members, **quiet}, {**members, **dict.fromkeys((*skipped, *named))}
        self._named = tuple(filter(None, named.values()))
        self._skipped = frozenset((*skipped, *named))
        self.has_nothing: Callable[[dict[str, Any]], bool] = self._has_nothing if named else self._skipped.issuperset
        """Says whether nothing is asked of the members of a sound object."""

    def members_of(self, parent: dict[str, Any], *, is_sound: bool) -> _Members:
        """Return what is asked of the members of an object."""
        return (self._with_secret if self._named and self._has_secret(parent) else self._without)[is_sound]

    def _has_nothing(self, parent: dict[str, Any]) -> bool:
        return self._skipped.issuperset(parent) and not self._has_secret(parent)

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
        self._without = _EachMember(fields), _EachMember(fields)


class _EachMember(dict[str, _Member | None]):
    """What is asked of each member of such a part, looked up when it is there."""

    def __init__(self, fields: Chosen) -> None:
        """Take the fields."""
        super().__init__()
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
_MOST_KEYS = 4_096
_harmless_keys: set[str] = set()
"""Keys that were found not to be suspicious: an open object has few different ones, again and again."""


def _has_harmless_keys(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, as long as ids are not."""
    return _harmless_keys.issuperset(value) and _DEEP.isdisjoint(map(type, value.values()))


def _has_harmless_keys_and_no_id(value: dict[str, Any]) -> bool:
    """Say whether nothing is asked of the members of an object without a class, and none is like an id."""
    if not _harmless_keys.issuperset(value):
        return False
    for member in value.values():
        sort = member.__class__
        if (len(member) in ID_LENGTHS) if sort is str else sort in _DEEP:
            return False
    return True


class Questions(NamedTuple):
    """What is asked of a document beside what its classes declare.

    Texts go into `texts`; without it, nobody asks for them. Without `keys`, no key without a class says anything. With
    `ids`, a text that is as long as an id is has a node. A document that `is_sound` has the types of its class.
    """

    texts: Texts | None = None
    keys: bool = False
    ids: bool = False
    is_sound: bool = False


_TYPES = Questions()


def walk_notable(
    fields: Fields, document: Any, asked: Questions = _TYPES, steps: tuple[Step, ...] = ()
) -> Iterator[Node]:
    """Yield those nodes of a walk of which more is asked than their text; the texts of the others are put where asked.

    The others are members whose field is quiet, and members of an object without a class whose key says nothing.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, NOTHING)
    if isinstance(document, (dict, list)):
        yield from _Walk(asked).inside(_class_of(fields), document, steps)


_node = partial(tuple.__new__, Node)
"""A node of a tuple of its fields: to call `Node` takes twice as long, and there are a dozen in a resource."""


class _Walk:
    """A walk through a document that puts the same questions everywhere."""

    def __init__(self, asked: Questions) -> None:
        """Take what is asked."""
        self._texts, self._keys = asked.texts, asked.keys
        self._lengths = ID_LENGTHS if asked.ids else _NO_LENGTHS
        self._is_sound = asked.is_sound and asked.texts is None and not asked.ids
        self._has_nothing_open = _has_harmless_keys_and_no_id if asked.ids else _has_harmless_keys
        self._is_open_sure = asked.keys and asked.texts is None

    def inside(self, declared: _Class, parent: Any, above: tuple[Step, ...]) -> Iterator[Node]:
        """Yield the notable nodes in an object of a class, or in a list of some."""
        if type(parent) is list:
            return self._in_list(declared, parent, above)
        return self._in_object(declared, parent, above)

    def _says_nothing(self, declared: _Class) -> Callable[[dict[str, Any]], bool]:
        """Return what says of an object of a class that nothing is asked of its members."""
        if declared is _NO_CLASS and self._is_open_sure:
            return self._has_nothing_open
        return declared.has_nothing if self._is_sound else _never

    def _in_list(self, declared: _Class, items: list[Any], above: tuple[Step, ...]) -> Iterator[Node]:
        has_nothing = self._says_nothing(declared)
        for index, item in enumerate(items):
            sort = item.__class__
            if sort is list or (sort is dict and not has_nothing(item)):
                yield from self.inside(declared, item, (*above, index))

    def _in_object(self, declared: _Class, parent: dict[str, Any], above: tuple[Step, ...]) -> Iterator[Node]:
        texts, keys, lengths = self._texts, self._keys, self._lengths
        if texts is not None and len(texts.held) >= MOST_TEXTS:
            texts.search()
        members = declared.members_of(parent, is_sound=self._is_sound)
        other, described = declared.other, declared.described
        for key, child in parent.items():
            member = members.get(key, other)
            if member is None:
                continue
            if member is _HARMLESS and keys and key not in _harmless_keys and _may_tell_of_credential(key):
                member = _UNDECLARED
            sort = child.__class__
            is_quiet, has_parts, field, below = member
            if is_quiet and sort is str and not has_parts and len(child) not in lengths:
                if texts is not None:
                    texts.held.append((child, above, key))
                continue
            may_have_texts = sort is list and (has_parts or lengths or texts)
            if not is_quiet or sort is str or (may_have_texts and _has_texts(child)):
                yield _node((field, (*above, key), child, parent, described))
            if sort is dict or sort is list:
                below = _class_below(field, parent) if below is None else below
                if sort is list or not self._says_nothing(below)(child):
                    yield from self.inside(below, child, (*above, key))


def _never(_: dict[str, Any]) -> bool:
    return False


def _class_below(field: Field | None, parent: Any) -> _Class:
    """Return the class of what is at a field whose class the object around it decides, or that has none."""
    return _NO_CLASS if field is None else _class_of(fields_below(field, parent))


def _has_texts(items: list[Any]) -> bool:
    """Say whether a list holds texts, or lists that may hold some."""
    return not _TEXTS.isdisjoint(map(type, items))


def _may_tell_of_credential(key: str) -> bool:
    """Say whether a key that no class declares may make its value a credential, or holds one itself."""
    if may_name_secret(key) or (is_suspicious(key) and bool(find_spans(key))):
        return True
    if len(_harmless_keys) >= _MOST_KEYS:
        _harmless_keys.clear()
    _harmless_keys.add(key)
    return False
