"""Two versions of a document, A and B, and the one that both were made of: joined field by field.

The fields are those of its class. What no class describes is one value; so is an object whose class one of the versions
has chosen anew.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from typing import Any, Literal, NamedTuple

from assetpkg.credentials.masking import describe
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.documents.rewriting import Inside, Items, Members, Node, Source, Taken, rewrite
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import ByHand, Computed, Id, JsonText, Keyed, Name, Ref, Unordered, Variant
from assetpkg.resource.diff import Sides, is_equal, item_key, lead, means_the_same
from assetpkg.resource.masking import mask_member
from assetpkg.resource.orders import joined_order
from assetpkg.resource.walk import Fields, Step, fields_below, fields_inside, is_secret, read_text

Side = Literal["a", "b"]
FieldWord = Literal["field", "name", "id", "order"]
_OLD, _A, _B = range(3)


class _Absent:
    """What there is where nothing is."""


_ABSENT: Any = _Absent()
_NOTHING: Mapping[str, Any] = {}


class Meanings(NamedTuple):
    """How references are resolved in two of the versions each."""

    old_a: Sides
    old_b: Sides
    a_b: Sides

    def mentioning(self, kind: str | None) -> "Meanings":
        """Return the same for a text in which ids of a kind may be anywhere."""
        mentions = None if kind is None else Ref(kind)
        return Meanings(*(sides._replace(mentions=mentions) for sides in self))

    def lead(self, number: int, reference: Ref, value: Any) -> Any:
        """Return the address that a reference of a version leads to, or its value."""
        resolve = (self.old_a.before, self.a_b.before, self.a_b.after)[number]
        return lead(reference, value, resolve) or value


@dataclass(frozen=True, kw_only=True, repr=False)
class FieldClash:
    """A field that both versions change, and not to the same; values are masked, and `None` where there is none.

    `settled` is the version whose value was taken all the same.
    """

    word: FieldWord
    pointer: str
    old: Any = declared(default=None)
    a: Any = declared(default=None)
    b: Any = declared(default=None)
    secret: bool = False
    settled: Side | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Joined(NamedTuple):
    """The text of the joined document, and the fields in which the versions clash."""

    text: str
    clashes: tuple[FieldClash, ...]


def join_documents(
    fields: Fields, old: Mapping[str, Any], sources: tuple[Source, Source], meanings: Meanings, prefer: Side | None
) -> Joined:
    """Return what A and B have made of the `old` document together, in the text of A.

    Where both have changed a field, and not to the same, that is a clash, and the value of the version to `prefer` is
    taken, or else that of A.
    """
    work = _Joining(sources, meanings, prefer)
    node = work.members(fields, (old, *(source.document for source in sources)), _Place())
    return Joined(rewrite(sources[0], node), tuple(work.clashes))


class _Place(NamedTuple):
    """The steps to a value in A and in B, within their sources, and the whole way to it for a reader."""

    a: tuple[Step, ...] = ()
    b: tuple[Step, ...] = ()
    shown: tuple[Step, ...] = ()

    def below(self, a: Step, b: Step | None = None) -> "_Place":
        other = a if b is None else b
        return _Place((*self.a, a), (*self.b, other), (*self.shown, a))


class _Member(NamedTuple):
    """A member that some of the objects have: the values of it in the old one, in A and in B."""

    fields: Fields
    key: str
    known: Field | None
    parents: Sequence[Mapping[str, Any]]
    values: Sequence[Any]
    place: _Place

    @property
    def is_secret(self) -> bool:
        return any(is_secret(self.known, self.key, parent) for parent in self.parents)

    @property
    def below(self) -> Fields | None:
        """The fields of the objects that are here; `None` where nothing is known of them, or not the same of all."""
        variant = self.known.marker(Variant) if self.known is not None else None
        if variant is not None:
            chosen = [parent.get(variant.on) for parent in self.parents if self.key in parent]
            if any(not is_equal(chosen[0], other) for other in chosen):
                return None
        return fields_below(self.known, self.parents[_A]) or None

    def shown(self, number: int) -> Any:
        value = self.values[number]
        return None if value is _ABSENT else mask_member(self.known, self.key, value, dict(self.parents[number]))


class _Joining:
    def __init__(self, sources: tuple[Source, Source], meanings: Meanings, prefer: Side | None) -> None:
        self._sources, self._meanings, self._prefer = sources, meanings, prefer
        self.clashes: list[FieldClash] = []

    def members(self, fields: Fields, parents: Sequence[Mapping[str, Any]], place: _Place) -> Members:
        """Join the members of an object."""
        joined: dict[str, Node] = {}
        _, a, b = parents
        for key in (*a, *(key for key in b if key not in a)):
            values = [parent.get(key, _ABSENT) for parent in parents]
            node = self._member(_Member(fields, key, fields.get(key), parents, values, place.below(key)))
            if node is not None:
                joined[key] = node
        return Members(joined)

    def _taken(self, side: Side, values: Sequence[Any], place: _Place) -> Node | None:
        if values[_A if side == "a" else _B] is _ABSENT:
            return None
        return Taken(self._sources[0], place.a) if side == "a" else self._of_b(values[_A], values[_B], place)

    def _of_b(self, a: Any, b: Any, place: _Place) -> Node:
        """Take a value of B; members that A has alike keep the form that they have there."""
        if not isinstance(a, dict) or not isinstance(b, dict):
            return Taken(self._sources[1], place.b)
        members: dict[str, Node] = {}
        for key in (*a, *(key for key in b if key not in a)):
            below = place.below(key)
            if key in b:
                is_alike = key in a and is_equal(a[key], b[key])
                members[key] = Taken(self._sources[0], below.a) if is_alike else self._of_b(a.get(key), b[key], below)
        return Members(members)

    def _member(self, member: _Member) -> Node | None:
        side = _changed_by(member.values)
        if side is not None:
            return self._taken(side, member.values, member.place)
        if member.is_secret:
            return self._clash(member)
        if member.known is not None and member.known.marker(Computed) is not None:
            return self._taken("a", member.values, member.place)
        return self._opened(member) or self._plain(member)

    def _opened(self, member: _Member) -> Node | None:
        """Join what is in a value; `None` where it cannot be opened."""
        old, a, b = member.values
        text = member.known.marker(JsonText) if member.known is not None else None
        if isinstance(a, dict) and isinstance(b, dict):
            below = member.below
            known = _NOTHING if old is _ABSENT else old
            return self.members(below, (known, a, b), member.place) if below and isinstance(known, Mapping) else None
        if isinstance(a, list) and isinstance(b, list):
            return self._list(member, [] if old is _ABSENT else old)
        if text is not None and text.holds is not None and isinstance(a, str) and isinstance(b, str):
            return self._text(member, text)
        return None

    def _plain(self, member: _Member) -> Node | None:
        """Join values that are not opened: one that means the same as before is not changed."""
        old, a, b = member.parents
        if not any(isinstance(value, (dict, list)) for value in member.values) and not _is_by_hand(member.known):
            same = means_the_same
            if same(member.fields, member.key, old, a, self._meanings.old_a):
                return self._taken("b", member.values, member.place)
            if same(member.fields, member.key, old, b, self._meanings.old_b) or same(
                member.fields, member.key, a, b, self._meanings.a_b
            ):
                return self._taken("a", member.values, member.place)
        return self._clash(member)

    def _clash(self, member: _Member, word: FieldWord = "field") -> Node | None:
        if word == "field" and member.known is not None and len(member.place.shown) == 1:
            word = "id" if member.known.marker(Id) else "name" if member.known.marker(Name) else word
        shown = [member.shown(number) for number in range(3)]
        values = [None if value is _ABSENT else value for value in member.values]
        self.clashes.append(
            FieldClash(
                word=word,
                pointer=join_pointer(member.place.shown),
                old=shown[_OLD],
                a=shown[_A],
                b=shown[_B],
                secret=any(not is_equal(*each) for each in zip(shown, values, strict=True)),
                settled=self._prefer,
            )
        )
        return self._taken(self._prefer or "a", member.values, member.place)

    def _text(self, member: _Member, marker: JsonText) -> Node | None:
        """Join the documents in three texts; `None` where one of them has none."""
        old, a, b = ("{}" if text is _ABSENT else text for text in member.values)
        try:
            parts: list[Any] = [read_text(text) if isinstance(text, str) else None for text in (old, a, b)]
        except InvalidDocument:
            return None
        if not all(isinstance(part, dict) for part in parts):
            return None
        sources = Source(a, parts[_A]), Source(b, parts[_B])
        work = _Joining(sources, self._meanings.mentioning(marker.mentions), self._prefer)
        node = work.members(fields_inside(marker), parts, _Place(shown=(*member.place.shown, INSIDE)))
        self.clashes += work.clashes
        return Inside(sources[0], node)

    def _list(self, member: _Member, old: Any) -> Node | None:
        """Join three lists by what tells their items apart; `None` where nobody knows that."""
        known = member.known
        if known is None or not isinstance(old, list):
            return None
        keyed = known.marker(Unordered) or known.marker(Keyed)
        lists = (old, *member.values[1:])
        if keyed is not None and keyed.by:
            return self._by_key(member, keyed, lists)
        if keyed is not None or known.marker(Ref) is not None:
            return self._as_set(member, lists)
        return None

    def _by_key(self, member: _Member, marker: Unordered | Keyed, lists: Sequence[list[Any]]) -> Node | None:
        below = fields_below(member.known, member.parents[_A])
        if not all(isinstance(item, dict) for items in lists for item in items):
            return None
        keys = [[item_key(marker, below, item) for item in items] for items in lists]
        if any(len(set(each)) != len(each) for each in keys):
            return None
        order = joined_order(*keys, strict=isinstance(marker, Keyed))
        if order is None:
            return self._clash(member, "order")
        places = [{key: index for index, key in enumerate(each)} for each in keys]
        items: list[tuple[int | None, Node]] = []
        for key in order:
            found = [each.get(key) for each in places]
            values = [_ABSENT if at is None else lists[number][at] for number, at in enumerate(found)]
            at_a, at_b = found[_A], found[_B]
            place = member.place.below((at_b or 0) if at_a is None else at_a, at_b)
            node = self._item(member, below, values, place)
            if node is not None:
                items.append((at_a, node))
        return Items(items)

    def _item(self, member: _Member, below: Fields, values: Sequence[Any], place: _Place) -> Node | None:
        side = _changed_by(values)
        if side is not None:
            return self._taken(side, values, place)
        if _ABSENT in (values[_A], values[_B]):
            return self._clash(member._replace(values=values, place=place))
        old = _NOTHING if values[_OLD] is _ABSENT else values[_OLD]
        return self.members(below, (old, values[_A], values[_B]), place)

    def _as_set(self, member: _Member, lists: Sequence[list[Any]]) -> Node | None:
        """Join lists whose items are told apart by all that they say; `None` where one may be changed on both sides."""
        below = fields_below(member.known, member.parents[_A])
        reference = member.known.marker(Ref) if member.known is not None else None
        keys: list[list[str]] = []
        for number, items in enumerate(lists):
            meant = items if reference is None else [self._meanings.lead(number, reference, item) for item in items]
            keys.append([item_key(None, below, item) for item in meant])
        old, a, b = map(Counter, keys)
        if (
            any(isinstance(item, dict) for items in lists for item in items)
            and (old - a) & (old - b)
            and a - old != b - old
        ):
            return None
        wanted: Counter[str] = Counter()
        for key in {*a, *b}:
            numbers = [old[key], a[key], b[key]]
            side = _changed_by(numbers)
            if side is None:
                return None
            wanted[key] = a[key] if side == "a" else b[key]
        items_: list[tuple[int | None, Node]] = []
        for source, number in ((self._sources[0], _A), (self._sources[1], _B)):
            above = member.place.a if number == _A else member.place.b
            for index, key in enumerate(keys[number]):
                if wanted[key] > 0:
                    wanted[key] -= 1
                    items_.append((index if number == _A else None, Taken(source, (*above, index))))
        return Items(items_)


def _changed_by(values: Sequence[Any]) -> Side | None:
    """Return whose value it is that holds: that of the version that has changed it; `None` where both have."""
    old, a, b = values
    if _is_same(a, b) or _is_same(old, b):
        return "a"
    return "b" if _is_same(old, a) else None


def _is_same(one: Any, other: Any) -> bool:
    if one is _ABSENT or other is _ABSENT:
        return one is other
    return is_equal(one, other)


def _is_by_hand(known: Field | None) -> bool:
    return known is not None and known.marker(ByHand) is not None
