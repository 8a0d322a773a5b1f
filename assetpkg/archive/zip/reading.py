"""Opening an archive, and reading its entries."""

import zlib
from typing import NamedTuple

from assetpkg.archive.zip.central import Header, read_headers
from assetpkg.archive.zip.clashes import find_clashes
from assetpkg.archive.zip.faults import Findings, Limits, ZipFault
from assetpkg.archive.zip.format import STORED
from assetpkg.archive.zip.headers import check_header, check_total
from assetpkg.archive.zip.inflating import CHUNK, inflate, read_chunks
from assetpkg.archive.zip.inner import check_inner
from assetpkg.archive.zip.records import read_bounds
from assetpkg.archive.zip.sources import Source
from assetpkg.archive.zip.tiling import tile

DEFAULT_LIMITS = Limits()


class ZipEntry(NamedTuple):
    """A file or folder in an archive; `mode` is information, and never to be applied."""

    name: str
    size: int
    csize: int
    method: int
    crc: int
    offset: int
    data_offset: int
    is_dir: bool
    mode: int


class ZipDirectory(NamedTuple):
    """An archive whose structure has one reading; its entries are sorted by name."""

    source: Source
    entries: tuple[ZipEntry, ...]
    warnings: tuple[ZipFault, ...]

    def read_packed(self, entry: ZipEntry) -> bytes | None:
        """Return the packed data of a file as it is, of which nothing is verified; `None` where there is much of it."""
        return None if entry.csize > CHUNK else self.source.read_at(entry.data_offset, entry.csize)

    def read(self, entry: ZipEntry, packed: bytes | None = None) -> bytes:
        """Return the content of `entry`, which is complete and has the declared size and checksum.

        It is that of its `packed` data, where that has been read already.
        """
        if entry.is_dir:
            return b""  # Whatever form its emptiness has was looked at when the archive was opened.
        findings = Findings()
        complain = findings.about(entry.name, entry.data_offset)
        chunks = read_chunks(self.source, entry.data_offset, entry.csize) if packed is None else iter((packed,))
        content = b"".join(chunks) if entry.method == STORED else inflate(chunks, entry.size, complain)
        findings.settle()
        if zlib.crc32(content) != entry.crc:
            findings.stop(
                "crc",
                "the content does not match the declared checksum",
                entry=entry.name,
                offset=entry.data_offset,
            )
        return content


def open_zip(source: Source, limits: Limits = DEFAULT_LIMITS, *, names_encoding: str | None = None) -> ZipDirectory:
    """Check everything about an archive except the content of its entries, which `read` checks.

    With a `names_encoding`, names that are not ASCII, and that the writer did not mark as UTF-8, are read as that.
    """
    findings = Findings()
    if source.size > limits.file:
        message = f"{source.size:,} bytes are more than the limit of {limits.file:,}"
        findings.exceed("archive-too-large", message, source.size)
    bounds = read_bounds(source, findings)
    headers = read_headers(source, bounds, limits, findings, names_encoding)
    for header in headers:
        check_header(header, limits, findings)
    check_total(headers, limits, findings)
    _check_clashes(headers, findings)
    data = tile(source, headers, bounds.offset, limits, findings)
    findings.settle()
    check_inner(source, bounds, headers, findings)
    findings.settle()
    # Thousands of entries have the same few modes.
    modes: dict[int, int] = {}
    entries = sorted(
        (_entry(header, data[header.offset], modes.setdefault(header.mode, header.mode)) for header in headers),
        key=lambda entry: entry.name,
    )
    return ZipDirectory(source=source, entries=tuple(entries), warnings=tuple(findings.warnings))


def _check_clashes(headers: list[Header], findings: Findings) -> None:
    # Clashes are about good names; while there are bad ones, they would only repeat the same trouble.
    if findings.refusals:
        return
    places = {header.name: header.position for header in headers}
    for slug, name, message in find_clashes(header.name for header in headers):
        findings.note(slug, message, name, places[name])


def _entry(header: Header, data_offset: int, mode: int) -> ZipEntry:
    return ZipEntry(
        name=header.name,
        size=header.size,
        csize=header.csize,
        method=header.method,
        crc=header.crc,
        offset=header.offset,
        data_offset=data_offset,
        is_dir=header.is_dir,
        mode=mode,
    )
