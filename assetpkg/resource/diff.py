"""Two documents of one kind compared by meaning: what an import could change, and nothing else."""

import json
import marshal
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from assetpkg import documents
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import MASK, describe
from assetpkg.documents import INSIDE, join_pointer
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.kinds.markers import (
    AnyCase,
    ByHand,
    Computed,
    FreeText,
    Id,
    JsonText,
    Keyed,
    Marker,
    Name,
    Ref,
    Unordered,
)
from assetpkg.resource.masking import mask_member
from assetpkg.resource.references import Reference, named_by
from assetpkg.resource.variants import Chosen
from assetpkg.resource.walk import (
    ID_LENGTHS,
    Fields,
    Step,
    fields_below,
    fields_inside,
    is_id_like,
    is_secret,
    read_text,
)

M = TypeVar("M", bound=Marker)
_BY_VALUE = 2
"""The version of Python's format in which each value is written out, and none as a reference to one before."""
_MAY_BE_ID = re.compile(rb"[0-9a-f]{32}|-[0-9a-f]{12}")
"""What is in every text that has the form of an id."""

Resolve = Callable[[Ref, str], str | None]
"""Turns a reference's value into the address that it leads to, or `None` where it leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FieldChange:
    """One difference: where, and the value before and after, masked where it is a credential.

    The pointer leads into the document after, or, for what is gone, into the one before.
    """

    pointer: str
    before: Any = field(default=None)
    after: Any = field(default=None)
    secret: bool = False

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Sides(NamedTuple):
    """How references are resolved in the document before and in the document after.

    Where ids of one kind may be anywhere, `mentions` is how such an id refers. They `agree_on_all` where it is known
    that whatever refers in the document after leads to the same from both: then what is equal has no difference in it.
    """

    before: Resolve
    after: Resolve
    mentions: Ref | None = None
    agree_on_all: bool = False

    def see_no_difference(self, known: Field | None, old: Any, new: Any) -> bool:
        """Say whether two values are the same, and nothing in them may refer to other resources on either side."""
        if type(old) is not type(new) or old != new:
            return False
        if not self.agree_on_all and known is not None and known.refers:
            return False
        is_free = self.agree_on_all or self.mentions is None
        if not isinstance(old, (dict, list)):
            return is_free or not isinstance(old, str) or len(old) not in ID_LENGTHS
        # To Python, 1 is equal to true, in a list as well; these bytes are equal for equal values alone.
        written = marshal.dumps(old, _BY_VALUE)
        return written == marshal.dumps(new, _BY_VALUE) and (is_free or _MAY_BE_ID.search(written) is None)

    def agree(self, old: Any, new: Any) -> bool:
        """Say whether two values are equal; of ids, whether they lead to the same address."""
        if self.mentions is not None and isinstance(old, str) and isinstance(new, str):
            old = (is_id_like(old) and self.before(self.mentions, old)) or old
            new = (is_id_like(new) and self.after(self.mentions, new)) or new
        return is_equal(old, new)


def compare(
    kind: type[Kind], before: Mapping[str, Any], after: Mapping[str, Any], sides: Sides
) -> tuple[FieldChange, ...]:
    """Return the differences between two documents of `kind`.

    Ids, server-made fields, names (both have been matched by them), key order, unordered lists, defaults against
    absence, absent credentials, and references to the same address make none.
    """
    return tuple(_members(fields_of(kind), before, after, sides, ()))


def means_the_same(fields: Fields, key: str, before: Mapping[str, Any], after: Mapping[str, Any], sides: Sides) -> bool:
    """Say whether a member of two objects means the same in both; unlike `compare`, names and ids are compared too."""
    return next(_members(fields, before, after, sides, ("",), (key,)), None) is None


class _Member(NamedTuple):
    """A member that both sides may have: what is known of it, and the objects that it is in."""

    field: Field | None
    steps: tuple[Step, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    sides: Sides

    @property
    def key(self) -> str:
        return str(self.steps[-1])

    @property
    def below(self) -> Fields:
        """The fields of the objects that are here; where their class differs, what is secret in one is secret."""
        old, new = fields_below(self.field, self.before), fields_below(self.field, self.after)
        return old.united(new) if isinstance(old, Chosen) and isinstance(new, Chosen) and old is not new else new

    def marker(self, kind: type[M]) -> M | None:
        return self.field.marker(kind) if self.field else None

    def change(self, steps: tuple[Step, ...], old: Any, new: Any) -> FieldChange:
        """Return the difference at `steps`, here or below, as it may be shown."""
        shown_old = None if old is None else mask_member(self.field, self.key, old, dict(self.before))
        shown_new = None if new is None else mask_member(self.field, self.key, new, dict(self.after))
        hidden = shown_old != old or shown_new != new
        return FieldChange(pointer=join_pointer(steps), before=shown_old, after=shown_new, secret=hidden)


def _members(  # noqa: PLR0913, PLR0917 - two objects, what is known of them, and which of their members are meant
    fields: Fields,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    sides: Sides,
    steps: tuple[Step, ...],
    keys: Iterable[str] | None = None,
) -> Iterator[FieldChange]:
    for key in keys or (*after, *(key for key in before if key not in after)):
        known = fields.get(key)
        if sides.see_no_difference(known, before.get(key), after.get(key)):
            continue
        if key == "$schema" or (known is not None and _is_no_difference(known, steps)):
            continue
        old, new = _value(known, before, key), _value(known, after, key)
        if old is None and new is None:
            continue
        member = _Member(known, (*steps, key), before, after, sides)
        if is_secret(known, key, before) or is_secret(known, key, after):
            yield from _secret(old, new, member.steps)
        else:
            yield from _values(member, old, new)


def _values(member: _Member, old: Any, new: Any) -> Iterator[FieldChange]:
    reference, text = member.marker(Ref), member.marker(JsonText)
    if reference is not None and not isinstance(old, dict) and not isinstance(new, dict):
        if not _refer_alike(reference, old, new, member.sides):
            yield member.change(member.steps, old, new)
    elif text is not None and isinstance(old, str) and isinstance(new, str):
        yield from _documents(member, text, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _members(member.below, old, new, member.sides, member.steps)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(member, old, new)
    elif member.marker(FreeText) is not None and _is_same_text(old, new):
        return
    elif not member.sides.agree(old, new) and not _is_same_word(member, old, new):
        yield member.change(member.steps, old, new)


def _lists(member: _Member, old: list[Any], new: list[Any]) -> Iterator[FieldChange]:
    """Compare two lists; where the order counts and nothing but the order differs, that is one difference."""
    keyed = member.marker(Keyed)
    if keyed is not None:
        orders = [[item_key(keyed, member.below, item) for item in items] for items in (old, new)]
        both = set(orders[0]) & set(orders[1])
        if len({tuple(key for key in order if key in both) for order in orders}) > 1:
            named = [[_names(keyed, item) for item in items] for items in (old, new)]
            yield member.change(member.steps, *named)
    elif member.marker(Unordered) is None and len(old) == len(new) > 1 and not is_equal(old, new):
        keys = [[item_key(None, member.below, item) for item in items] for items in (old, new)]
        if keys[0] != keys[1] and sorted(keys[0]) == sorted(keys[1]):
            yield member.change(member.steps, old, new)
            return
    yield from _items(member, member.steps, pair_items(member.field, member.below, old, new))


def _names(keyed: Keyed, item: Any) -> Any:
    """Return what tells an item from the others, as it is shown."""
    return " ".join(str(item.get(name)) for name in keyed.by) if isinstance(item, dict) else item


def _is_same_text(old: Any, new: Any) -> bool:
    """Say whether two texts, or a text and none, have the same lines."""
    texts = ["" if text is None else text for text in (old, new)]
    if not all(isinstance(text, str) for text in texts):
        return False
    one, other = map(lines_of, texts)
    return one == other


def lines_of(text: str) -> str:
    """Return a text for people without the sort of its line ends, and without the last of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def _is_same_word(member: _Member, old: Any, new: Any) -> bool:
    """Say whether two values are one word in different letters: one of a list of words, or the name of a header."""
    known = member.field
    if known is None or not isinstance(old, str) or not isinstance(new, str) or old.casefold() != new.casefold():
        return False
    return old.casefold() in known.choices or _knows_no_case(known, member.after)


def _knows_no_case(known: Field | None, parent: Mapping[str, Any]) -> bool:
    marker = known.marker(AnyCase) if known is not None else None
    return marker is not None and parent.get(marker.on) in marker.values


def _documents(member: _Member, marker: JsonText, old: str, new: str) -> Iterator[FieldChange]:
    """Compare two strings by the documents that they hold, if they do."""
    try:
        after = read_text(new)
        # The same text may refer to something else on the other side, and is one document all the same.
        before = after if old == new else read_text(old)
    except documents.InvalidDocument:
        if old != new:
            yield member.change(member.steps, old, new)
        return
    steps = (*member.steps, INSIDE)
    sides = member.sides._replace(mentions=Ref(marker.mentions) if marker.mentions else None)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _members(fields_inside(marker), before, after, sides, steps)
    else:
        yield from _values(_Member(None, steps, {INSIDE: before}, {INSIDE: after}, sides), before, after)


Pair = tuple[int | None, Any, Any]
"""The place of an item in the list after (or `None`), and the item before and after (or `None`)."""


def _items(member: _Member, steps: tuple[Step, ...], pairs: Iterator[Pair]) -> Iterator[FieldChange]:
    for index, old, new in pairs:
        if member.sides.see_no_difference(member.field, old, new):
            continue
        spot = steps if index is None else (*steps, index)
        if (old is None) != (new is None):
            yield member.change(spot, old, new)
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from _members(member.below, old, new, member.sides, spot)
        elif isinstance(old, list) and isinstance(new, list):
            yield from _items(member, spot, pair_by_position(old, new))
        elif not member.sides.agree(old, new):
            yield member.change(spot, old, new)


def pair_items(field: Field | None, below: Fields, old: list[Any], new: list[Any]) -> Iterator[Pair]:
    """Yield the items of two lists that are at `field`, those together that are the same item."""
    marker = (field.marker(Unordered) or field.marker(Keyed)) if field is not None else None
    return pair_by_position(old, new) if marker is None else _pair_by_key(marker, below, old, new)


def pair_by_position(old: list[Any], new: list[Any]) -> Iterator[Pair]:
    """Yield the items of two lists side by side."""
    for index, (one, other) in enumerate(zip_longest(old, new)):
        yield index if index < len(new) else None, one, other


def _pair_by_key(marker: Unordered | Keyed, below: Fields, old: list[Any], new: list[Any]) -> Iterator[Pair]:
    """Yield the items that are the same by their key; of objects without one, those that are left side by side."""
    left: dict[str, deque[int]] = {}
    for index, item in enumerate(old):
        left.setdefault(item_key(marker, below, item), deque()).append(index)
    matches = [left.get(item_key(marker, below, item)) for item in new]
    found = [places.popleft() if places else None for places in matches]
    rest = deque(sorted(index for places in left.values() for index in places))
    for index, item in enumerate(new):
        place = found[index]
        if place is None and not marker.by and rest and isinstance(item, dict) and isinstance(old[rest[0]], dict):
            place = rest.popleft()
        yield index, None if place is None else old[place], item
    for place in rest:
        yield None, old[place], None


def item_key(marker: Unordered | Keyed | None, below: Fields, item: Any) -> str:
    """Return what tells an item of a list from the others: the fields that its marker names, or all that it says."""
    if marker is not None and marker.by and isinstance(item, dict):
        key = json.dumps([_value(below.get(name), item, name) for name in marker.by], sort_keys=True)
        return key.casefold() if any(_knows_no_case(below.get(name), item) for name in marker.by) else key
    return json.dumps(_meaning(below, item), sort_keys=True)


def _meaning(fields: Fields, value: Any) -> Any:
    """Return a value without what makes no difference in it: what the server makes, and defaults."""
    if isinstance(value, list):
        return [_meaning(fields, item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {}
    for key in value:
        known = fields.get(key)
        child = _value(known, value, key)
        if known is not None and (_is_no_difference(known, (key,)) or is_equal(child, known.default)):
            continue
        if child is not None:
            told[key] = _meaning(fields_below(known, value), child)
    return told


def content_of(kind: type[Kind], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document says beside its name and its id: what differs where it is another resource."""
    fields = fields_of(kind)
    told: dict[str, Any] = _meaning(fields, document)
    named = {name for name, known in fields.items() if _is_no_difference(known, ())}
    return {key: value for key, value in told.items() if key not in named and key != "$schema"}


def _value(known: Field | None, parent: Mapping[str, Any], key: str) -> Any:
    value = parent.get(key)
    if value is None or (not value and isinstance(value, (str, list))):
        return known.default if known is not None else None
    return value


def _is_no_difference(known: Field, steps: tuple[Step, ...]) -> bool:
    markers = known.by_class
    return ByHand in markers or Computed in markers or (not steps and (Id in markers or Name in markers))


def _secret(old: Any, new: Any, place: tuple[Step, ...]) -> Iterator[FieldChange]:
    if is_credential(old) and is_credential(new) and not is_equal(old, new):
        yield FieldChange(pointer=join_pointer(place), before=MASK, after=MASK, secret=True)


def _refer_alike(reference: Ref, old: Any, new: Any, sides: Sides) -> bool:
    """Say whether two values refer to the same.

    What leads nowhere on the target, and is the same value in the package, is no difference that anybody could know of.
    """
    if isinstance(old, list) is not isinstance(new, list):
        return False
    leads = [(item, lead(reference, item, sides.before)) for item in _items_of(old)]
    nowhere = {str(item) for item, found in leads if found is None}
    before = [found or item for item, found in leads]
    after = [item if str(item) in nowhere else lead(reference, item, sides.after) or item for item in _items_of(new)]
    return sorted(map(str, before)) == sorted(map(str, after)) if isinstance(old, list) else before == after


def _items_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def resolver(resolve: Callable[[Reference], str | None]) -> Resolve:
    """Return what resolves a value by the marker of its field, of what resolves a reference."""
    return lambda marker, value: resolve(Reference(marker.kind, marker.by, value, ""))


def lead(reference: Ref, value: Any, resolve: Resolve) -> str | None:
    """Return the address that a value at a reference leads to; what names no resource there leads nowhere."""
    word = named_by(reference, value)
    return None if word is None else resolve(reference, word)


def is_equal(old: Any, new: Any) -> bool:
    """Compare two JSON values; unlike Python, JSON tells true from 1."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(is_equal(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(is_equal(one, other) for one, other in zip(old, new, strict=True))
    return bool(old == new)
