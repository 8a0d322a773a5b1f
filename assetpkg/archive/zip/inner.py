"""A second archive inside the first, which a reader that weighs several end records may take for the whole.

Up to version 1.10, libzip tries every end record in the last 64 KiB and keeps the one whose directory agrees with its
local headers over the longest stretch, of equals the first. So what lies inside loses to an outer archive only where
that is exact, and reaches further by this measure, which counts neither local extra values nor descriptors.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.extras import parse_extras
from assetpkg.archive.zip.faults import Findings, shown_name
from assetpkg.archive.zip.format import (
    CENTRAL,
    CENTRAL_SIGNATURE,
    DESCRIPTOR_FLAG,
    END,
    LOCAL,
    LOCATOR,
    LOCATOR_SIGNATURE,
    ZIP64,
)
from assetpkg.archive.zip.local import Local, read_local
from assetpkg.archive.zip.records import Bounds
from assetpkg.archive.zip.sources import Source

_UNREAD = frozenset({"archive-comment"})
"""The warnings about what no reader looks at: `git archive` gives every zip a comment."""


class _Member(NamedTuple):
    """Where the data of an entry is, how far it reaches for libzip, and in what it is not exact, if in anything."""

    begin: int
    end: int
    reach: int
    name: str
    inexact: str


def check_inner(source: Source, bounds: Bounds, headers: Sequence[Header], findings: Findings) -> None:
    """Refuse another end record near the end of the file, unless every reader passes it over.

    The archive around it has been checked otherwise, so that all headers are where they should be.
    """
    if not bounds.others:
        return
    members = sorted(_member(header, read_local(source, header, bounds.offset, findings)) for header in headers)
    reach = max((member.reach for member in members), default=0)
    # What is merely odd is a warning, and some of it keeps libzip from reading the outer archive at all.
    warned = (fault.message for fault in findings.warnings if fault.slug not in _UNREAD)
    point = next(filter(None, (*warned, *(member.inexact for member in members))), "")
    for at in bounds.others:
        inside = _holder(members, at)
        reaches = list(_reaches(source, at))
        if reaches and (point or inside is None or max(reaches) >= reach):
            where = "outside the data of the entries" if inside is None else f"in {shown_name(inside.name)!r}"
            why = f"the archive around it is not exact: {point}" if point else "some programs read it as the archive"
            findings.note("inner-archive", f"another end record is {where}, and {why}", offset=at)


def _member(header: Header, local: Local) -> _Member:
    reach = header.offset + LOCAL.size + len(header.raw_name) + header.csize
    return _Member(local.end, local.end + header.csize, reach, header.name, _point(local, header))


def _point(local: Local, header: Header) -> str:
    """Return in what an entry is not exact that no warning speaks of, in words; empty where it is exact."""
    if ZIP64 in header.extras or ZIP64 in parse_extras(local.extra, lambda *_: None):
        return "it has zip64 values"
    left = bool(header.flags & DESCRIPTOR_FLAG) and not any((local.crc, local.csize, local.size))
    exact = (local.crc, local.csize, local.size) == (header.crc, header.csize, header.size)
    return "" if left or exact else "sizes are left to a data descriptor only in part"


def _holder(places: list[_Member], at: int) -> _Member | None:
    """Return the data that holds all of the end record at `at`."""
    found = bisect_right(places, at, key=lambda place: place.begin) - 1
    inside = found >= 0 and at + END.size <= places[found].end
    return places[found] if inside else None


def _reaches(source: Source, at: int) -> Iterator[int]:
    """Yield how far the archive that ends at `at` may reach, once for each way in which its directory is found."""
    here, entries, size, offset = END.unpack(source.read_at(at, END.size))[3:7]
    if size < max(here, entries) * CENTRAL.size:
        return  # more entries than there is room for: no reader takes that for an archive
    before = at - LOCATOR.size
    if before >= 0 and source.read_at(before, len(LOCATOR_SIGNATURE)) == LOCATOR_SIGNATURE:
        yield at - CENTRAL.size  # the locator may lead anywhere, to a directory of one entry at least
    if _is_directory(source, offset, size):
        yield offset
    if _is_directory(source, at - size, size):
        yield 0  # who counts back from the end searches from the end, and finds the true one first


def _is_directory(source: Source, begin: int, size: int) -> bool:
    if begin < 0 or begin + max(size, len(CENTRAL_SIGNATURE)) > source.size:
        return False
    return not size or source.read_at(begin, len(CENTRAL_SIGNATURE)) == CENTRAL_SIGNATURE
