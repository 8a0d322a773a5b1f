"""What an export has that a layout does not cover: places, kinds, members, and what the layout has in vain."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assetpkg.archive.archive import Archive
from assetpkg.documents import split_pointer
from assetpkg.layouts.declaration import LayoutFile, ResourcePlace
from assetpkg.layouts.finding import matches
from assetpkg.layouts.forms import value_at
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.observing import Observed
from assetpkg.layouts.learning.proposal import Proposal, Proposed
from assetpkg.layouts.learning.sightings import Item
from assetpkg.layouts.nesting import Nest
from assetpkg.layouts.recognising import fits

_LONGEST_WORD = 100


@dataclass
class Missing:
    """What a layout lacks for some archives.

    `recognised` says for each archive whether it has the marks. `places` are what would be proposed, with the number of
    resources of each kind that no place of the layout covers. `words` are what stands where a kind is named and is
    none, and `members` those of covered documents that are no fields, each with the number of the place. `empty` are
    the numbers of the places where nothing is, from one.
    """

    recognised: list[bool]
    places: list[tuple[Proposed, Mapping[str, int]]] = field(default_factory=list)
    words: Counter[tuple[int, str]] = field(default_factory=Counter)
    members: Counter[tuple[int, str]] = field(default_factory=Counter)
    empty: list[int] = field(default_factory=list)

    @property
    def covers_all(self) -> bool:
        """Whether nothing is lacking; a place with nothing in it is no lack."""
        return all(self.recognised) and not (self.places or self.words or self.members)


def missing(layout: LayoutFile, proposal: Proposal, archives: Sequence[Archive]) -> Missing:
    """Hold what was learnt from archives against a layout."""
    found = Missing([_is_recognised(layout, archive) for archive in archives])
    used: set[int] = set()
    for proposed in proposal.places:
        uncovered: Counter[str] = Counter()
        members: set[int] = set()
        for kind, item in proposed.items:
            numbers = [
                number
                for number, place in enumerate(layout.resources)
                if _covers(place, proposed.place, item) and _kind_of(place, item) == kind
            ]
            uncovered[kind] += not numbers
            members.update(numbers)
        used |= members
        if uncovered.total():
            found.places.append((proposed, +uncovered))
        for number in sorted(members):
            place = layout.resources[number]
            named = {split_pointer(pointer)[0] for pointer in (*place.fields, *place.unused)}
            for member, times in _members(proposed, proposal).items():
                if member not in named:
                    found.members[number + 1, member] += times
    for number, place in enumerate(layout.resources):
        words = list(_words(place, proposal.entries)) if place.kind_at is not None else []
        found.words.update((number + 1, word) for word in words if word not in place.kinds)
        if number not in used and not any(word in place.kinds for word in words):
            found.empty.append(number + 1)
    return found


def _members(proposed: Proposed, proposal: Proposal) -> Mapping[str, int]:
    """Return the members that are no fields, those among them that a proposal would leave out."""
    left = [pointer[1:] for pointer in proposed.place.unused if pointer[1:] in proposal.left_out]
    counted = {member: sum(member in item.value for _, item in proposed.items) for member in left}
    return {**proposed.unknown, **counted}


def _is_recognised(layout: LayoutFile, archive: Archive) -> bool:
    known: dict[str, Any] = {}
    nest = Nest(archive, [glob_of(text) for text in layout.archives])
    return fits(layout, nest.entries, archive.limits, known)


def _covers(place: ResourcePlace, proposed: ResourcePlace, item: Item) -> bool:
    if place.form != proposed.form or place.encoding != proposed.encoding:
        return False
    pattern = [*split_pointer(place.at), *split_pointer(place.document)]
    if len(pattern) != len(item.steps):
        return False
    if any(name not in {STAR, str(step)} for name, step in zip(pattern, item.steps, strict=True)):
        return False
    return any(glob_of(glob).fits(item.observed.name) for glob in place.entries)


def _kind_of(place: ResourcePlace, item: Item) -> str | None:
    if place.kind_at is None:
        return place.kind
    thing, _ = value_at(item.observed.content, item.steps[: len(split_pointer(place.at))])
    word, _ = value_at(thing, split_pointer(place.kind_at))
    return place.kinds.get(str(word))


def _words(place: ResourcePlace, entries: Sequence[Observed]) -> Iterator[str]:
    """Yield the words that stand where a place has its kinds named."""
    pointer = split_pointer(place.kind_at or "")
    for observed in entries:
        if observed.form == place.form and any(glob_of(glob).fits(observed.name) for glob in place.entries):
            for _, thing in matches(observed.content, split_pointer(place.at), ()):
                word, there = value_at(thing, pointer)
                if there and isinstance(word, (str, int)) and len(str(word)) <= _LONGEST_WORD:
                    yield str(word)
