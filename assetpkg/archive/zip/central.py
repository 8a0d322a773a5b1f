"""The central directory: one header for each entry."""

from typing import Any, NamedTuple

from assetpkg.archive.zip.extras import Extras, parse_extras, second_name, widen
from assetpkg.archive.zip.faults import Findings, Limits, ZipFault, shown_name
from assetpkg.archive.zip.format import CENTRAL, CENTRAL_SIGNATURE, UNKNOWN_DISK, UNKNOWN_SIZE, UTF8_FLAG
from assetpkg.archive.zip.names import LEGACY, decode_name
from assetpkg.archive.zip.records import Bounds
from assetpkg.archive.zip.sources import Source

# What a local header has as well, from the version needed to the length of the name.
_SHARED_FROM, _SHARED_TO = 6, 30
_SENTINELS = (UNKNOWN_SIZE, UNKNOWN_SIZE, UNKNOWN_SIZE, UNKNOWN_DISK)


class Header(NamedTuple):
    """A central header; the sizes and the offset are the true ones, from its zip64 value where it has one."""

    position: int
    name: str
    raw_name: bytes
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    csize: int
    size: int
    attributes: int
    offset: int
    extras: Extras
    comment: bytes
    is_dir: bool
    is_decoded: bool
    shared: bytes
    """From the version needed to the length of the name, as it is in the file; a local header has the same fields."""

    @property
    def mode(self) -> int:
        """The Unix file mode, or zero; some programs obey it whatever system the header names."""
        return self.attributes >> 16


def read_headers(
    source: Source, bounds: Bounds, limits: Limits, findings: Findings, names_encoding: str | None = None
) -> list[Header]:
    """Return the headers in the order of the directory, whose every byte belongs to one of them.

    What is not marked as UTF-8 is read in the `names_encoding`.
    """
    _check_caps(bounds, limits, findings)
    area = source.read_at(bounds.offset, bounds.size)
    headers: list[Header] = []
    at = 0
    while at < len(area):
        fields, following = _check_next(area, at, bounds, headers, findings)
        headers.append(_read_header(area, at, fields, bounds.offset, findings, names_encoding))
        at = following
    _note_undecoded([header for header in headers if not header.is_decoded], findings, names_encoding)
    if len(headers) != bounds.entries:
        findings.stop(
            "cd-count",
            f"the archive has fewer entries than the declared number {bounds.entries:,}: {len(headers):,}",
            offset=bounds.offset,
        )
    return headers


def _note_undecoded(headers: list[Header], findings: Findings, encoding: str | None) -> None:
    """Note once that names do not say how they are encoded, with each encoding that fits all of them."""
    if not headers:
        return
    from assetpkg.archive.zip.encodings import find_readings
    from assetpkg.diagnostics.catalogue.entry import REPACK

    first = headers[0]
    readings = find_readings([(header.raw_name, second_name(header.raw_name, header.extras)) for header in headers])
    means = (f"--names-encoding {word} if {name!r} is right" for word, name in readings)
    wrong = "not marked as UTF-8" if encoding is None else f"not {encoding}"
    if len(headers) == 1:
        message = f"the name has non-ASCII characters and is {wrong}"
    else:
        message = f"{len(headers):,} names, this one first, have non-ASCII characters and are {wrong}"
    hint = f"use {', or '.join(means)}" if readings else REPACK
    shown = readings[0][1] if readings else first.name
    findings.refuse(ZipFault(LEGACY, message, hint, shown_name(shown), first.position))


def _check_caps(bounds: Bounds, limits: Limits, findings: Findings) -> None:
    if bounds.entries > limits.entries:
        message = f"{bounds.entries:,} entries are more than the limit of {limits.entries:,}"
        findings.exceed("too-many-entries", message, bounds.entries)
    if bounds.size > limits.headers:
        message = f"a central directory of {bounds.size:,} bytes is more than the limit of {limits.headers:,}"
        findings.exceed("directory-too-large", message, bounds.size)


def _check_next(
    area: bytes, at: int, bounds: Bounds, headers: list[Header], findings: Findings
) -> tuple[tuple[Any, ...], int]:
    """Return the fields of the header at `at`, which is all within the area, and where the next one begins."""
    place, count = bounds.offset + at, len(headers)
    if not area.startswith(CENTRAL_SIGNATURE, at):
        near = f", after {shown_name(headers[-1].name)!r}" if headers else ""
        message = f"entry {count + 1:,} of the central directory does not begin like an entry{near}"
        findings.stop("cd-signature", message, offset=place)
    if count == bounds.entries:
        findings.stop("cd-count", f"the archive has more entries than the declared number {count:,}", offset=place)
    if at + CENTRAL.size <= len(area):
        fields = CENTRAL.unpack_from(area, at)
        following = at + CENTRAL.size + fields[10] + fields[11] + fields[12]
        if following <= len(area):
            return fields, following
    return findings.stop("cd-bounds", f"entry {count + 1} goes beyond the end of the central directory", offset=place)


def _read_header(  # noqa: PLR0913, PLR0917 - where it is, and how it is read
    area: bytes, at: int, fields: tuple[Any, ...], base: int, findings: Findings, encoding: str | None
) -> Header:
    # From the version needed to the checksum, the fields follow each other as in `Header`.
    flags, plain = fields[3], fields[2:8]
    csize, size, name_length, extra_length, comment_length, disk, _, attributes, offset = fields[8:]
    extra_at = at + CENTRAL.size + name_length
    comment_at = extra_at + extra_length
    raw_name = area[at + CENTRAL.size : extra_at]
    name, fault = decode_name(raw_name, flagged=bool(flags & UTF8_FLAG), encoding=encoding)
    is_decoded = fault is None or fault[0] != LEGACY
    extras: Extras = {}
    # Most headers have none of what is looked at here, and their fields say what they mean.
    if fault or extra_length or disk or UNKNOWN_SIZE in (csize, size, offset):
        complain = findings.about(name, base + at)
        if fault and is_decoded:
            complain(*fault)
        extras = parse_extras(area[extra_at:comment_at], complain)
        stop = findings.stopping(name, base + at)
        size, csize, offset, disk = widen((size, csize, offset, disk), _SENTINELS, extras, complain, stop)
        if disk:
            complain("multi-disk", f"the entry is on disk {disk}")
    comment = area[comment_at : comment_at + comment_length]
    shared = area[at + _SHARED_FROM : at + _SHARED_TO]
    values = (base + at, name, raw_name, *plain, csize, size, attributes, offset, extras, comment)
    return Header._make((*values, name.endswith("/"), is_decoded, shared))
