"""From a place in a view back to the place in the archive, with line and column there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assetpkg.archive.entries import Entry, Traced, UnreadableEntry
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer, split_pointer
from assetpkg.documents.positions import Region, Spot, find_places
from assetpkg.kinds.kind import fields_of
from assetpkg.layouts.finding import Found
from assetpkg.layouts.forms import CODED, Steps, shown_pointer, value_at
from assetpkg.layouts.translating import Provenance, Translation
from assetpkg.layouts.view import UNUSED, View


class _Wanted(NamedTuple):
    """A place of which line and column are looked for, and the steps to it."""

    entry: str
    steps: Steps
    spot: Spot


class Tracer:
    """What leads from the entries of a view back to the archive; `manifest` is the one that is made up."""

    def __init__(self, view: View, manifest: str) -> None:
        """Take the view."""
        self._view, self._manifest = view, manifest

    def covers(self, entry: str, entries: Mapping[str, Entry]) -> bool:
        """Say whether places in an entry are to be traced; those of a view all are."""
        del entry, entries
        return True

    def source(self, entry: str) -> None:
        """Return nothing: the lines of the archive are those of no entry of the view."""
        del entry

    def is_apart(self, entry: str, pointer: str) -> bool:
        """Say that nothing is: what is asked about are lines, and those of a view are not shown."""
        del entry, pointer
        return False

    def holder_of(self, entry: str) -> None:
        """Return nothing: no entry of the archive is a text of one of the view."""
        del entry

    def trace(self, places: Sequence[tuple[str, Spot]]) -> list[Traced]:
        """Return where each place is, after the entries of the view that they are in; each entry is read once."""
        translations: dict[str, Translation | None] = {}
        wanted = [self._wanted(entry, spot, translations) for entry, spot in places]
        by_entry: dict[str, list[int]] = {}
        for position, each in enumerate(wanted):
            by_entry.setdefault(each.entry, []).append(position)
        traced = [
            Traced(each.entry, shown_pointer(each.steps), text=_text(translations.get(entry), spot))
            for each, (entry, spot) in zip(wanted, places, strict=True)
        ]
        for entry, positions in by_entry.items():
            found = self._places(entry, [wanted[position] for position in positions])
            for position, place in zip(positions, found, strict=True):
                traced[position] = traced[position]._replace(place=place)
        return traced

    def _wanted(self, entry: str, spot: Spot, translations: dict[str, Translation | None]) -> _Wanted:
        view = self._view
        if entry == self._manifest:
            version = view.layout.version
            if version is None or version.entry is None or spot.pointer != "/asset_version":
                return _Wanted("", (), Spot())
            pointer = version.pointer or ""
            return _Wanted(view.version_entry, tuple(split_pointer(pointer)), Spot(pointer))
        found = view.found.get(entry)
        source = view.rest.get(entry)
        if source is not None and entry.startswith(f"{source}{UNUSED}"):
            # What is in it was put together, so a place in it says nothing.
            return _Wanted(source, (), Spot())
        if found is None:
            return _Wanted(view.rest.get(entry, entry), tuple(split_pointer(spot.pointer)), spot)
        if entry not in translations:
            translations[entry] = self._translated(found)
        return self._in_document(found, spot, translations[entry])

    def _translated(self, found: Found) -> Translation | None:
        try:
            return self._view.translated(found)
        except (InvalidDocument, UnreadableEntry):
            return None

    def _in_document(self, found: Found, spot: Spot, translation: Translation | None) -> _Wanted:
        if translation is None:
            if found.steps and found.steps[-1] == INSIDE:
                return _Wanted(found.entry, found.steps, spot._replace(pointer=join_pointer(found.steps)))
            if found.steps:
                # The text of the document was written anew, so an offset in it says nothing.
                spot = Spot(join_pointer(found.steps))
            return _Wanted(found.entry, found.steps, spot)
        steps = tuple(split_pointer(spot.pointer))
        provenance, rest = _origin(translation, steps)
        there = (*provenance.steps, *rest)
        if len(steps) == len(rest) == 1:
            # A member that is not there is called as it would be.
            wording = self._view.wording(found)
            there = wording.steps_there(steps, provenance, fields_of(wording.kind))
        at_key = spot.at_key or provenance.at_key
        return _Wanted(provenance.entry, there, spot._replace(pointer=join_pointer(there), at_key=at_key))

    def _places(self, entry: str, wanted: Sequence[_Wanted]) -> Sequence[Region | None]:
        view = self._view
        known = view.nest.entries.get(entry)
        if known is None or known.size > view.limits.document:
            return [None] * len(wanted)
        spots = [(each.steps, each.spot) for each in wanted]
        try:
            if entry in view.by_entry:
                source = view.source(entry)
                plain = [(steps, self._outside(spot, steps)) for steps, spot in spots]
                return source.place(plain)
        except (InvalidDocument, UnreadableEntry):
            pass
        try:
            text = known.read().decode("utf-8", "replace")
        except UnreadableEntry:
            return [None] * len(wanted)
        places = find_places(text, [spot for _, spot in spots])
        return [
            place if spot.offset is not None or spot.pointer or entry.endswith(".json") else None
            for place, (_, spot) in zip(places, spots, strict=True)
        ]

    def _outside(self, spot: Spot, steps: Steps) -> Spot:
        """Return a spot that is in a text in base64 as that of the text: nothing in it has a place of its own."""
        if CODED not in steps:
            return spot
        return Spot(join_pointer(steps[: steps.index(CODED)]))


def _text(translation: Translation | None, spot: Spot) -> str | None:
    """Return how the plain value at a place of a document in our words is written there; `None` without one."""
    if translation is None or spot.at_key or spot.offset is not None:
        return None
    whole, mark, inside = spot.pointer.partition(f"/{INSIDE}/")
    found, there = value_at(translation.document, split_pointer(whole))
    if not there or isinstance(found, (dict, list)):
        return None
    text = json.dumps(found)
    place = find_places(text, [Spot(f"/{INSIDE}/{inside}")])[0] if mark else None
    return place.text if place is not None else None if mark else text


def _origin(translation: Translation, steps: Steps) -> tuple[Provenance, Steps]:
    """Return where the nearest value at or above a place came from, and the steps from there on."""
    for depth in range(len(steps), -1, -1):
        for here in _spelled(steps[:depth]):
            if here in translation.origins:
                return translation.origins[here], steps[depth:]
    return Provenance(""), ()


def _spelled(steps: Steps) -> Iterator[Steps]:
    """Yield steps with their numbers as the numbers of items, and then as they are."""
    yield tuple(int(step) if isinstance(step, str) and step.isdecimal() else step for step in steps)
    yield steps
