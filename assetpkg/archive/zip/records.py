"""The records at the end of an archive, which say where its central directory is."""

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from assetpkg.archive import ZIP_BEGINNING
from assetpkg.archive.zip.faults import Complain, Findings, in_bytes
from assetpkg.archive.zip.format import (
    END,
    END_SIGNATURE,
    LOCATOR,
    LOCATOR_SIGNATURE,
    SIGNATURES,
    SPLIT_MARKERS,
    UNKNOWN_DISK,
    UNKNOWN_SIZE,
    WIDE_END,
    WIDE_END_SIGNATURE,
)
from assetpkg.archive.zip.sources import Source

if TYPE_CHECKING:
    from assetpkg.documents.foreign import Foreign

# A comment has a 16-bit length, so the end record begins at most this far from the end of the file.
_REACH = END.size + 0xFFFF
# The size field of a zip64 end record leaves out the signature and itself.
_WIDE_END_BODY = WIDE_END.size - 12

# The highest version that the zip specification defines; the high byte may name a system and is ignored.
_NEWEST_VERSION = 63
# In bytes; how many zeros after an archive are passed over in search of its end: a pipe or a tape pads to a block.
_LONGEST_PADDING = 2**24
_CHUNK = 2**16


class Bounds(NamedTuple):
    """Where the central directory is said to be, and how many entries it is said to have."""

    entries: int
    offset: int
    size: int
    others: tuple[int, ...]
    """Where in the reach of a search for the end record the beginnings of others are."""


class _End(NamedTuple):
    """The end record as it is in the file, and where it is."""

    position: int
    disk: int
    directory_disk: int
    entries_here: int
    entries: int
    size: int
    offset: int
    comment: bytes
    others: tuple[int, ...]


def has_signature(content: bytes) -> bool:
    """Say whether a program that searches for records could take one for real inside `content`."""
    return any(signature in content for signature in SIGNATURES)


def read_bounds(source: Source, findings: Findings) -> Bounds:
    """Find the one end record and its zip64 companions; the directory ends exactly where they begin."""
    end = _find_end(source, findings)
    _check_comment(end, findings)
    at_locator = end.position - LOCATOR.size
    locator = source.read_at(at_locator, LOCATOR.size) if at_locator >= 0 else b""
    # A program that looks here finds a locator whatever the end record says, so it must be a true one.
    if locator.startswith(LOCATOR_SIGNATURE):
        bounds, begin = _read_wide(source, end, locator, findings), at_locator - WIDE_END.size
    else:
        bounds, begin = _read_narrow(end, findings), end.position
    if bounds.offset + bounds.size != begin:
        if source.read_at(0, 4) in SPLIT_MARKERS:
            _refuse_disks(0, findings)
        findings.stop(
            "cd-bounds",
            f"the central directory should end at byte {begin}, not at {bounds.offset + bounds.size}",
            offset=end.position,
        )
    return bounds


def _find_end(source: Source, findings: Findings) -> _End:
    start = max(0, source.size - _REACH)
    tail = source.read_at(start, source.size - start)
    found = _candidates(tail)
    whole = [at for at in found if at + END.size + _comment_length(tail, at) == len(tail)]
    match whole:
        case [at]:
            _, *fields, length = END.unpack_from(tail, at)
            comment = tail[len(tail) - length :] if length else b""
            others = tuple(start + other for other in found if other != at)
            return _End._make((start + at, *fields, comment, others))
        case []:
            if not found:
                tail = _before_zeros(source, tail)
            return _refuse_without_end(source, tail, _candidates(tail), findings)
        case several:
            return findings.stop(
                "eocd-ambiguous",
                f"{len(several)} end records all reach the end of the file",
                offset=start + several[0],
            )


def _before_zeros(source: Source, tail: bytes) -> bytes:
    """Return a longer tail, with what is before the zeros at the end of the file, as long as they are bearable."""
    at, least = source.size, max(0, source.size - _LONGEST_PADDING)
    if not tail or tail.strip(b"\0"):
        return tail
    while at > least:
        begin = max(least, at - _CHUNK)
        kept = len(source.read_at(begin, at - begin).rstrip(b"\0"))
        if kept:
            start = max(0, begin + kept - _REACH)
            return source.read_at(start, source.size - start)
        at = begin
    return tail


def _candidates(tail: bytes) -> list[int]:
    found = []
    at = tail.find(END_SIGNATURE)
    while 0 <= at <= len(tail) - END.size:
        found.append(at)
        at = tail.find(END_SIGNATURE, at + 1)
    return found


def _comment_length(tail: bytes, at: int) -> int:
    return int.from_bytes(tail[at + END.size - 2 : at + END.size], "little")


def _identify(source: Source) -> "Foreign | None":
    from assetpkg.documents.foreign import MOST_IDENTIFIED, identify

    return identify(source.read_at(0, min(source.size, MOST_IDENTIFIED)))


def _refuse_without_end(source: Source, tail: bytes, found: list[int], findings: Findings) -> NoReturn:
    if not found:
        begins = source.size > 0 and source.read_at(0, min(2, source.size)) == ZIP_BEGINNING
        what = "begins like a zip archive, but its end is missing" if begins else "is not a zip archive"
        other = None if begins else _identify(source)
        if other is None or not source.size:
            findings.stop("not-zip", f"the file {what}" if source.size else "the file is empty")
        findings.stop("not-zip", f"the file {what}: it is {other.what}", hint=other.todo)
    at = found[-1]
    length = _comment_length(tail, at)
    rest = tail[at + END.size :]
    offset = source.size - len(rest)
    if length > len(rest):
        findings.stop(
            "trailing-data",
            f"the comment should have {in_bytes(length)}, but {len(rest):,} follow the end record",
            offset=offset,
        )
    behind = rest[length:]
    if behind.strip(b"\0"):
        findings.stop(
            "trailing-data", f"more follows the end of the archive: {in_bytes(len(behind))}", offset=offset + length
        )
    findings.stop(
        "trailing-data",
        f"only zeros follow the end of the archive: {in_bytes(len(behind))}",
        offset=offset + length,
        hint="pack to a file instead of a pipe: bsdtar adds zeros when it writes to a pipe",
    )


def _check_comment(end: _End, findings: Findings) -> None:
    if not end.comment:
        return
    place = end.position + END.size
    if has_signature(end.comment):
        findings.note("comment-signature", "the archive comment contains the signature of a zip record", offset=place)
    try:
        end.comment.decode("utf-8")
    except UnicodeDecodeError:
        findings.note("comment-encoding", "the archive comment is not UTF-8", offset=place)
    findings.note("archive-comment", f"the archive has a comment of {in_bytes(len(end.comment))}", offset=place)


def _read_narrow(end: _End, findings: Findings) -> Bounds:
    # 0xFFFF entries are taken at their word where no zip64 record is near: writers such as CPython's need none for
    # them, and the headers are counted in any case.
    if end.disk or end.directory_disk or end.entries_here != end.entries:
        _refuse_disks(end.position, findings)
    if UNKNOWN_SIZE in (end.size, end.offset):
        findings.stop("zip64-locator", "the end record points to a zip64 record that is missing", offset=end.position)
    return Bounds(end.entries, end.offset, end.size, end.others)


def _read_wide(source: Source, end: _End, locator: bytes, findings: Findings) -> Bounds:
    begin = end.position - LOCATOR.size - WIDE_END.size
    _, disk, offset, disks = LOCATOR.unpack(locator)
    if disk or disks != 1:
        _refuse_disks(end.position - LOCATOR.size, findings)
    if offset + WIDE_END.size > source.size or source.read_at(offset, 4) != WIDE_END_SIGNATURE:
        findings.stop(
            "zip64-locator",
            f"there is no zip64 end record at byte {offset}",
            offset=end.position - LOCATOR.size,
        )
    _, body, _, needed, *disks_and_counts = WIDE_END.unpack(source.read_at(offset, WIDE_END.size))
    if offset != begin or body != _WIDE_END_BODY:
        findings.stop(
            "zip64-extensible-data",
            "something is between the zip64 end record and its locator",
            offset=offset,
        )
    if disks_and_counts[0] or disks_and_counts[1] or disks_and_counts[2] != disks_and_counts[3]:
        _refuse_disks(offset, findings)
    check_version(needed, findings.about("", offset))
    _compare(end, disks_and_counts, findings)
    return Bounds(disks_and_counts[3], disks_and_counts[5], disks_and_counts[4], end.others)


def _compare(end: _End, wide: list[int], findings: Findings) -> None:
    names = (
        "disk",
        "disk of the directory",
        "entries on this disk",
        "entries",
        "directory size",
        "directory offset",
    )
    for name, narrow, true, sentinel in zip(
        names, end[1:7], wide, (UNKNOWN_DISK,) * 4 + (UNKNOWN_SIZE,) * 2, strict=True
    ):
        if narrow not in (sentinel, true):
            findings.stop(
                "zip64-eocd-mismatch",
                f"{name}: {narrow} in the end record, {true} in the zip64 one",
                offset=end.position,
            )


def check_version(needed: int, complain: Complain) -> None:
    """Complain about a version of the zip format that does not exist, and that some programs refuse to read."""
    if needed & 0xFF > _NEWEST_VERSION:
        complain("version-needed", f"version {needed & 0xFF} of the zip format does not exist")


def _refuse_disks(offset: int, findings: Findings) -> NoReturn:
    findings.stop("multi-disk", "the archive is one part of several", offset=offset)
