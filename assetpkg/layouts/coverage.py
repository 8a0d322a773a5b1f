"""How much of an archive its layout covers, and what nobody knows."""

from collections.abc import Iterator

from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.documents import InvalidDocument, iterate_members, join_pointer, skip_space, split_pointer, value_end
from assetpkg.layouts.finding import Found
from assetpkg.layouts.forms import CODED, Lines, Rows, Source, Step, Steps, Trie
from assetpkg.layouts.globs import glob_of
from assetpkg.layouts.inheriting import STAR, parse_origin
from assetpkg.layouts.measures import Coverage, Left
from assetpkg.layouts.view import View

MOST_LEFT = 20
"""How many places are named that a layout does not cover."""

_GONE = (InvalidDocument, UnreadableEntry)


def cover(view: View, asset_version: str) -> Coverage:
    """Return how much of an archive its layout covers; the version is what the archive says."""
    used = _used(view)
    entries = {name: entry for name, entry in view.nest.entries.items() if not is_littered(name)}
    found: list[Left] = []
    for name, entry in entries.items():
        found.extend(_left_in(view, name, entry.size, used.get(name, ())))
    total = sum(entry.size for entry in entries.values())
    largest = sorted(found, key=lambda left: (-left.size, left.entry, left.pointer))
    return Coverage(
        layout=view.layout.name,
        asset_version=asset_version,
        resources=len(view.found),
        entries=len(entries),
        entries_covered=len(view.by_entry),
        bytes=total,
        bytes_covered=total - sum(left.size for left in found),
        left=tuple(largest[:MOST_LEFT]),
        left_more=max(0, len(found) - MOST_LEFT),
    )


def _used(view: View) -> dict[str, list[Steps]]:
    """Return the places that are used without being part of a resource, by their entries."""
    layout, used = view.layout, dict[str, list[Steps]]()

    def note(text: str, *places: Steps) -> None:
        names = [text] if text in view.nest.entries else filter(glob_of(text).fits, view.nest.entries)
        for name in names:
            used.setdefault(name, []).extend(places)

    for text in layout.marks.entries:
        note(text)
    for mark in layout.marks.values:
        note(mark.entry, tuple(split_pointer(mark.pointer)))
    if layout.version is not None and layout.version.entry is not None:
        note(layout.version.entry, tuple(split_pointer(layout.version.pointer or "")))
    origins = (parse_origin(text) for place in layout.resources for text in place.inherited.values())
    for origin in origins:
        if origin.entry:
            note(origin.entry, tuple(split_pointer(origin.pointer)))
    return used


def _left_in(view: View, name: str, size: int, used: "list[Steps] | tuple[Steps, ...]") -> Iterator[Left]:
    several = view.by_entry.get(name, [])
    if any(found.is_whole for found in several) or used == [()]:
        return
    if not several and not used:
        if used == () or size:
            yield Left(name, "", 1, size)
        return
    try:
        source = view.source(name)
    except _GONE:
        yield Left(name, "", 1, size)
        return
    root = Trie()
    for steps in used:
        root.at(steps).mark = True
    for found in several:
        for steps in _steps_used(view, found):
            root.at(steps).mark = True
    for number, _ in view.places_of(name):
        pattern = split_pointer(view.layout.resources[number].at)
        root.at(pattern[: pattern.index(STAR)] if STAR in pattern else pattern)
    groups: dict[Steps, tuple[int, int]] = {}
    _walk_source(source, root, groups)
    for steps, (number, length) in groups.items():
        yield Left(name, join_pointer(steps), number, length)


def _steps_used(view: View, found: Found) -> Iterator[Steps]:
    place = view.place_of(found)
    yield found.steps[:-1] if place.encoding else found.steps
    if place.kind_at is not None:
        yield (*found.at, *split_pointer(place.kind_at))
    for text in place.inherited.values():
        origin = parse_origin(text)
        if origin.is_below:
            yield (*found.at, *split_pointer(origin.pointer))
        elif origin.pointer and not origin.entry:
            stars = iter([found.at[at] for at, step in enumerate(split_pointer(place.at)) if step == STAR])
            yield tuple(next(stars, step) if step == STAR else step for step in split_pointer(origin.pointer))


def _walk_source(source: Source, root: Trie, groups: dict[Steps, tuple[int, int]]) -> None:
    if isinstance(source, Rows):
        for step, span in source.members():
            if step not in root.below:
                _count(groups, (step,), source.text[span.start : span.end])
    elif isinstance(source, Lines):
        for step, span in source.members():
            below = root.below.get(step)
            if below is None:
                _count(groups, (step,), source.text[span.start : span.end])
            elif not below.mark:
                _walk(source.text, skip_space(source.text, span.start), below, (step,), groups)
    elif not root.mark:
        _walk(source.text, skip_space(source.text, 0), root, (), groups)


def _walk(text: str, start: int, branch: Trie, steps: Steps, groups: dict[Steps, tuple[int, int]]) -> int:
    """Count the values below the one at `start` that are not in a trie; return the offset after it."""
    members = iterate_members(text, start)
    known = {str(step): below for step, below in branch.below.items() if step != CODED}
    end: int | None = None
    try:
        while True:
            key, key_at, value_at = members.send(end)
            below = known.get(str(key))
            if below is None:
                end = value_end(text, value_at)
                _count(groups, (*steps, key), text[key_at:end])
            elif below.mark:
                end = None
            else:
                end = _walk(text, value_at, below, (*steps, key), groups)
    except StopIteration as done:
        return int(done.value)


def _count(groups: dict[Steps, tuple[int, int]], steps: Steps, text: str) -> None:
    shown: Steps = tuple(_starred(step) for step in steps)
    number, size = groups.get(shown, (0, 0))
    groups[shown] = (number + 1, size + len(text.encode("utf-8", "surrogatepass")))


def _starred(step: Step) -> Step:
    return STAR if isinstance(step, int) else step
