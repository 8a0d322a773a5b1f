"""Where things are in a JSON text: found by pointer, and reported as line and column.

However many places are asked for, a text is walked once: findings are many where a document was made to have many.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from assetpkg.credentials.spans import LazyPattern
from assetpkg.documents.pointers import INSIDE, split_pointer

_BLANKS = " \t\n\r"
_SPACE = LazyPattern(rf"[{_BLANKS}]*")
_PLAIN_KEY = LazyPattern(rf'"([^"\\\x00-\x1f]*)"[{_BLANKS}]*:[{_BLANKS}]*')
"""A key without escapes, and all up to its value."""
_COMMA = LazyPattern(rf"[{_BLANKS}]*,[{_BLANKS}]*")
_ESCAPE = LazyPattern(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)")
SKIPPER = json.JSONDecoder(parse_float=str, parse_int=str)
"""Reads a value to know its end, and makes no number of digits, of which there may be millions."""
LONGEST_TOLD = 2_000
"""In characters; a longer value is not kept beside its place."""


class Spot(NamedTuple):
    """What a place is asked for: a pointer, or an offset, or after a pointer into a string an offset in its text."""

    pointer: str = ""
    offset: int | None = None
    at_key: bool = False


class Region(NamedTuple):
    """Where something is in a text: from its first character to the one after its last, counted from one.

    The end is not known of what is no value, such as the place where a text is not JSON any more. `text` is how a
    plain value is written there, as far as it is a short one.
    """

    line: int
    column: int
    end_line: int | None = None
    end_column: int | None = None
    text: str | None = None


class _Branch:
    """A step of the pointers that are asked for: offsets of key and value, those after them, and the steps below."""

    __slots__ = ("below", "ends", "place")

    def __init__(self) -> None:
        self.below: dict[str, _Branch] = {}
        self.place: tuple[int, int] | None = None
        self.ends: tuple[int, int] | None = None

    def forget(self) -> None:
        """Forget all places: of a key that is there twice, the last one counts."""
        self.place = self.ends = None
        for branch in self.below.values():
            branch.forget()

    def stretch(self, *, at_key: bool) -> "_Stretch | None":
        """Return from where to where the value is, or the key; `None` where nothing is there."""
        if self.place is None:
            return None
        return _Stretch(self.place[not at_key], None if self.ends is None else self.ends[not at_key])


class _Stretch(NamedTuple):
    """Where something is in a text, as offsets, and whether it is the very value that was asked for."""

    start: int
    end: int | None = None
    is_value: bool = False


def locate(text: str, pointer: str, *, at_key: bool = False) -> int | None:
    """Return the offset of the value (or of its member's key) that `pointer` leads to in a JSON `text`.

    Of a key that occurs twice the last one counts, as it does for a JSON parser; `None` when nothing is there.
    The step `INSIDE` below a string leads into the document that it holds. Raises `json.JSONDecodeError` where the
    text is not JSON.
    """
    root = _Branch()
    branch = _grow(root, pointer)
    _walk_from_top(text, root)
    return None if branch.place is None else branch.place[not at_key]


def find_values(text: str, pointers: Sequence[str]) -> list[tuple[int, int] | None]:
    """Return from where to where the value at each pointer is in a JSON `text`; `None` where nothing is there.

    Raises `json.JSONDecodeError` where the text is not JSON.
    """
    root = _Branch()
    branches = [_grow(root, pointer) for pointer in pointers]
    _walk_from_top(text, root)
    return [
        None if branch.place is None or branch.ends is None else (branch.place[1], branch.ends[1])
        for branch in branches
    ]


def find_places(text: str, spots: Sequence[Spot]) -> list[Region | None]:
    """Return where each of the spots is; of a pointer that leads nowhere, the nearest value above it.

    `None` where the text is not JSON, and the place is not one before that.
    """
    root = _Branch()
    for spot in spots:
        if spot.offset is None or _is_inside(spot):
            _grow(root, spot.pointer)
    is_whole = False
    with suppress(ValueError, IndexError, RecursionError):
        _walk_from_top(text, root)
        is_whole = True
    inside = _offsets_inside(text, root, spots)
    stretches = [
        _Stretch(inside[spot])
        if spot in inside
        else _nearest(root, spot, is_whole=is_whole)
        if spot.offset is None
        else _Stretch(spot.offset)
        for spot in spots
    ]
    offsets = (offset for found in stretches if found is not None for offset in found[:2] if offset is not None)
    places = lines_and_columns(text, offsets)
    return [None if found is None else _region(text, found, places) for found in stretches]


def _region(text: str, found: _Stretch, places: Mapping[int, tuple[int, int]]) -> Region:
    line, column = places[found.start]
    if found.end is None:
        return Region(line, column)
    is_told = found.is_value and found.end - found.start <= LONGEST_TOLD and text[found.start] not in "{["
    return Region(line, column, *places[found.end], text[found.start : found.end] if is_told else None)


def _is_inside(spot: Spot) -> bool:
    return spot.offset is not None and spot.pointer.endswith(f"/{INSIDE}")


def _grow(root: _Branch, pointer: str) -> _Branch:
    branch = root
    for step in split_pointer(pointer):
        branch = branch.below.setdefault(step, _Branch())
    return branch


def _nearest(root: _Branch, spot: Spot, *, is_whole: bool) -> _Stretch | None:
    branch, above = root, None
    for step in split_pointer(spot.pointer):
        above = branch.stretch(at_key=False) or above
        branch = branch.below[step]
    found = branch.stretch(at_key=spot.at_key)
    if found is None:
        return above if is_whole else None
    return found._replace(is_value=branch is not root and not spot.at_key)


def _offsets_inside(text: str, root: _Branch, spots: Iterable[Spot]) -> dict[Spot, int]:
    """Return for spots inside of strings where they are in the whole text."""
    by_string: dict[str, list[Spot]] = {}
    for spot in spots:
        if _is_inside(spot):
            by_string.setdefault(spot.pointer.removesuffix(f"/{INSIDE}"), []).append(spot)
    found: dict[Spot, int] = {}
    for pointer, members in by_string.items():
        place = _grow(root, pointer).place
        if place is not None and text.startswith('"', place[1]):
            members.sort(key=lambda spot: spot.offset or 0)
            offsets = offsets_in_string(text, place[1], [spot.offset or 0 for spot in members])
            found.update(zip(members, offsets, strict=True))
    return found


def _walk_from_top(text: str, root: _Branch) -> None:
    start = skip_space(text, 0)
    root.place = (start, start)
    # Even what is only skipped is decoded, and a document may be refused because that takes too much.
    end = _walk(text, start, root) if root.below else max(start, len(text.rstrip(_BLANKS)))
    root.ends = (end, end)


def _walk(text: str, start: int, branch: _Branch) -> int:
    """Note the places of all that is asked for below the value at `start`; return the offset after it."""
    if not branch.below:
        return value_end(text, start)
    if text.startswith('"', start):
        inside = branch.below.get(INSIDE)
        inner, behind = SKIPPER.raw_decode(text, start)
        if inside is not None:
            _walk_inside(text, start, inner, inside)
        return int(behind)
    members = iterate_members(text, start)
    end: int | None = None
    try:
        while True:
            key, key_at, value_at = members.send(end)
            child = branch.below.get(str(key))
            if child is None:
                end = None
                continue
            child.forget()
            child.place = (key_at, value_at)
            end = _walk(text, value_at, child)
            child.ends = (end if key_at == value_at else value_end(text, key_at), end)
    except StopIteration as done:
        return int(done.value)


def _walk_inside(text: str, start: int, inner: str, branch: _Branch) -> None:
    """Note the places in the document that the string at `start` holds, as offsets in the text around it."""
    with suppress(ValueError):
        _walk_from_top(inner, branch)
    placed = list(_placed(branch))
    offsets = sorted({offset for known in placed for offset in (*(known.place or ()), *(known.ends or ()))})
    outside = dict(zip(offsets, offsets_in_string(text, start, offsets), strict=True))
    for known in placed:
        if known.place is not None:
            known.place = (outside[known.place[0]], outside[known.place[1]])
        if known.ends is not None:
            known.ends = (outside[known.ends[0]], outside[known.ends[1]])


def _placed(branch: _Branch) -> Iterator[_Branch]:
    yield branch
    for below in branch.below.values():
        yield from _placed(below)


def offsets_in_string(text: str, start: int, offsets: Iterable[int]) -> Iterator[int]:
    """Yield where characters of the JSON string whose quote is at `start` are in `text`; their `offsets` ascend."""
    at, passed = start + 1, 0
    escapes = _ESCAPE.finditer(text, at, value_end(text, start))
    escape = next(escapes, None)
    for offset in offsets:
        while escape is not None and escape.start() - at < offset - passed:
            passed += escape.start() - at + 1
            at = escape.end()
            escape = next(escapes, None)
        yield at + offset - passed


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, counted from one and in characters, of `offset` in `text`."""
    return lines_and_columns(text, [offset])[offset]


def lines_and_columns(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return the same for several offsets, in one walk over the text."""
    places = {}
    line, line_start, at = 1, 0, 0
    for offset in sorted(set(offsets)):
        breaks = text.count("\n", at, offset)
        if breaks:
            line, line_start = line + breaks, text.rindex("\n", at, offset) + 1
        at = offset
        places[offset] = (line, offset - line_start + 1)
    return places


def iterate_members(text: str, start: int) -> Generator[tuple[str | int, int, int], int | None, int]:
    """Yield key (or index), offset of the key and offset of the value, for each child of the value at `start`.

    Values are skipped at the parser's speed, unless the offset after one is sent. A plain value has no children.
    Returns the offset after the value at `start`; raises `json.JSONDecodeError` where the text is not JSON.
    """
    closing = {"{": "}", "[": "]"}.get(text[start : start + 1])
    if closing is None:
        return value_end(text, start)
    at = skip_space(text, start + 1)
    index = 0
    while index or text[at : at + 1] != closing:
        key_at, key = at, index
        if closing == "}":
            key, at = _key(text, at)
        end = yield key, key_at, at
        after = value_end(text, at) if end is None else end
        comma = _COMMA.match(text, after)
        if comma is None:
            at = skip_space(text, after)
            if text[at : at + 1] == closing:
                break
            raise json.JSONDecodeError("Expecting ','", text, at)
        at = comma.end()
        index += 1
    return at + 1


class Child(NamedTuple):
    """A member of an object or an item of a list: its key or number, and the offsets of the key and of its value."""

    key: str | int
    key_at: int
    start: int
    end: int


def iterate_children(text: str, start: int) -> Iterator[Child]:
    """Yield the children of the value at `start`, each with the end of its value, as `iterate_members` finds them."""
    for key, key_at, value_at in iterate_members(text, start):
        yield Child(key, key_at, value_at, value_end(text, value_at))


def _key(text: str, at: int) -> tuple[Any, int]:
    """Return the key of the member at `at`, and the offset of its value."""
    plain = _PLAIN_KEY.match(text, at)
    if plain is not None:
        return plain[1], plain.end()
    _expect('"', text, at)
    key, end = SKIPPER.raw_decode(text, at)
    return key, skip_space(text, _expect(":", text, skip_space(text, end)))


def _expect(mark: str, text: str, at: int) -> int:
    """Return the offset after `mark`, which is at `at`; raises `json.JSONDecodeError` where it does not."""
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting {mark!r}", text, at)
    return at + 1


def value_end(text: str, start: int) -> int:
    """Return the offset just after the JSON value that begins at `start`."""
    return SKIPPER.raw_decode(text, start)[1]


def skip_space(text: str, at: int) -> int:
    """Return the offset of the first character from `at` on that is not JSON white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at
