"""A zip with other contents for some of its entries, in which everything else stays byte for byte."""

import zlib
from collections.abc import Mapping, Sequence

from assetpkg.archive.zip.central import Header, read_headers
from assetpkg.archive.zip.faults import Findings, Limits, ZipRefused
from assetpkg.archive.zip.format import (
    CENTRAL,
    DEFLATED,
    DESCRIPTOR_FLAG,
    END,
    END_SIGNATURE,
    LOCAL,
    STORED,
    UNKNOWN_SIZE,
    ZIP64,
)
from assetpkg.archive.zip.records import read_bounds
from assetpkg.archive.zip.sources import BytesSource

_ZIP64_TAG = ZIP64.to_bytes(2, "little")


class _Beyond(Exception):
    """The archive has parts that cannot be patched, such as values of zip64."""


def patch_zip(
    content: bytes, changes: Mapping[str, bytes], limits: Limits, *, names_encoding: str | None = None
) -> bytes | None:
    """Return a zip that was read before, with these contents; `None` where only a new zip can have them.

    Entries that do not change keep their packed bytes, times, modes, extra values and places; so does the comment.
    """
    source = BytesSource(content)
    findings = Findings()
    try:
        bounds = read_bounds(source, findings)
        headers = read_headers(source, bounds, limits, findings, names_encoding)
        end = content[bounds.offset + bounds.size :]
        if not end.startswith(END_SIGNATURE):
            return None
        body, moved = _body(content, headers, changes, bounds.offset)
        directory = b"".join(_central(content, header, moved) for header in headers)
    except (ZipRefused, _Beyond):
        return None
    fields = list(END.unpack_from(end))
    fields[5:7] = [len(directory), len(body)]
    return body + directory + END.pack(*fields) + end[END.size :]


_Place = tuple[int, tuple[int, int, int, int, int]]
"""Where an entry is now, and its flags, method, checksum and sizes."""


def _body(
    content: bytes, headers: Sequence[Header], changes: Mapping[str, bytes], end: int
) -> tuple[bytes, dict[int, _Place]]:
    """Return the entries one after the other, and what is to be said of each in the directory, by its place there."""
    ordered = sorted(headers, key=lambda header: header.offset)
    if ordered and ordered[0].offset:
        raise _Beyond
    pieces: list[bytes] = []
    moved: dict[int, _Place] = {}
    at = 0
    for header, following in zip(ordered, [*(each.offset for each in ordered[1:]), end], strict=True):
        record = content[header.offset : following]
        said = (header.flags, header.method, header.crc, header.csize, header.size)
        if header.name in changes and not header.is_dir:
            record, said = _entry(record, changes[header.name])
        moved[header.position] = (at, said)
        pieces.append(record)
        at += len(record)
    if at >= UNKNOWN_SIZE:
        raise _Beyond
    return b"".join(pieces), moved


def _entry(record: bytes, content: bytes) -> tuple[bytes, tuple[int, int, int, int, int]]:
    """Return the local record of an entry with another content."""
    signature, needed, flags, method, time, date, _, _, _, name, extra = LOCAL.unpack_from(record)
    named = record[LOCAL.size : LOCAL.size + name]
    values = record[LOCAL.size + name : LOCAL.size + name + extra]
    if _ZIP64_TAG in values or len(content) >= UNKNOWN_SIZE:
        raise _Beyond
    data = content
    if method == DEFLATED:
        deflated = zlib.compress(content, 6, -zlib.MAX_WBITS)
        method, data = (DEFLATED, deflated) if len(deflated) < len(content) else (STORED, content)
    flags &= ~DESCRIPTOR_FLAG
    said = (flags, method, zlib.crc32(content), len(data), len(content))
    header = LOCAL.pack(signature, needed, flags, method, time, date, *said[2:], name, extra)
    return header + named + values + data, said


def _central(content: bytes, header: Header, moved: Mapping[int, _Place]) -> bytes:
    """Return the header of an entry in the directory as it is now."""
    fields = list(CENTRAL.unpack_from(content, header.position))
    if UNKNOWN_SIZE in (fields[8], fields[9], fields[16]):
        raise _Beyond
    at, (flags, method, crc, csize, size) = moved[header.position]
    fields[3:5], fields[7:10], fields[16] = [flags, method], [crc, csize, size], at
    end = header.position + CENTRAL.size + sum(fields[10:13])
    return CENTRAL.pack(*fields) + content[header.position + CENTRAL.size : end]
