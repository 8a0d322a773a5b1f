"""The local header that is before the data of an entry, and must say what the central one says."""

from typing import NamedTuple

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.extras import (
    Extras,
    check_attributes,
    check_unicode_path,
    is_encrypted,
    parse_extras,
    unix_mode,
    widen,
)
from assetpkg.archive.zip.faults import Complain, Findings
from assetpkg.archive.zip.format import DESCRIPTOR_FLAG, LOCAL, LOCAL_SIGNATURE, UNKNOWN_SIZE, ZIP64
from assetpkg.archive.zip.modes import check_mode
from assetpkg.archive.zip.records import check_version
from assetpkg.archive.zip.sources import Source

_NO_EXTRA = b"\0\0"
_SENTINELS = (UNKNOWN_SIZE, UNKNOWN_SIZE)
# Unlike the central one, the zip64 value of a local header has both sizes whichever of them is needed.
_WIDE_SIZES = 16


class Local(NamedTuple):
    """A local header, as it is in the file."""

    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    csize: int
    size: int
    raw_name: bytes
    extra: bytes
    end: int


def check_begin(header: Header, end: int, findings: Findings) -> None:
    """Refuse an entry whose local header cannot be before byte `end`."""
    if header.offset + LOCAL.size > end:
        message = "the entry begins inside or after the central directory"
        findings.stop("overlap", message, entry=header.name, offset=header.offset)


def find_plain(source: Source, header: Header, following: int) -> int | None:
    """Return where the data of an entry begins that is as plain as most are; `None` for any other one.

    Its local header says what the central one says, byte for byte, and nothing else, and its data goes to where the
    next entry begins: all that is looked for in a local header, and around it, is not there.
    """
    data_at = following - header.csize
    length = data_at - header.offset
    if (
        length != LOCAL.size + len(header.raw_name)
        or header.is_dir
        or header.extras
        or header.flags & DESCRIPTOR_FLAG
        or source.read_at(header.offset, length)
        != b"".join((LOCAL_SIGNATURE, header.shared, _NO_EXTRA, header.raw_name))
    ):
        return None
    return data_at


def read_local(source: Source, header: Header, end: int, findings: Findings) -> Local:
    """Read the local header of `header`, which begins and must end before byte `end`."""
    # One read brings the name as well, if it is the right one; the reading is most of the cost here.
    begin = source.read_at(header.offset, min(LOCAL.size + len(header.raw_name), end - header.offset))
    signature, *fields, name_length, extra_length = LOCAL.unpack_from(begin)
    if signature != LOCAL_SIGNATURE:
        findings.stop(
            "local-signature",
            "no local header is at the place where the entry begins",
            entry=header.name,
            offset=header.offset,
        )
    extra_at = header.offset + LOCAL.size + name_length
    data_at = extra_at + extra_length
    if data_at + header.csize > end:
        findings.stop("overlap", "the entry goes into the central directory", entry=header.name, offset=header.offset)
    raw_name = begin[LOCAL.size :]
    if len(raw_name) != name_length:
        raw_name = source.read_at(header.offset + LOCAL.size, name_length)
    extra = source.read_at(extra_at, extra_length) if extra_length else b""
    return Local._make((*fields, raw_name, extra, data_at))


def check_local(local: Local, header: Header, findings: Findings) -> bool:
    """Complain about every difference from the central header, and say whether the local one is zip64."""
    complain = findings.about(header.name, header.offset)
    _compare_plain(local, header, complain)
    extras = parse_extras(local.extra, complain)
    if is_encrypted(extras):
        complain("encrypted", "the entry is encrypted")
    if header.is_decoded:
        check_unicode_path(local.raw_name, header.name, extras, complain)
    check_attributes(extras, complain)
    check_mode(unix_mode(extras), complain, is_dir=header.is_dir)
    if len(extras.get(ZIP64, bytes(_WIDE_SIZES))) != _WIDE_SIZES and not _is_left_over(extras, local):
        complain("zip64-length", "the zip64 value of the local header does not have exactly two sizes")
        return True
    stop = findings.stopping(header.name, header.offset)
    size, csize = widen((local.size, local.csize), _SENTINELS, extras, complain, stop)
    if header.flags & DESCRIPTOR_FLAG:
        _check_postponed((local.crc, csize, size), header, complain)
    else:
        _compare_sizes((local.crc, csize, size), header, complain)
    return ZIP64 in extras


def _is_left_over(extras: Extras, local: Local) -> bool:
    """Say whether a zip64 value without bytes means nothing; with a data descriptor, it tells how wide that is."""
    return not extras[ZIP64] and not local.flags & DESCRIPTOR_FLAG


def _compare_plain(local: Local, header: Header, complain: Complain) -> None:
    if local.raw_name != header.raw_name:
        complain("local-mismatch-name", "the local header has a different name")
    if local.flags != header.flags:
        complain(
            "local-mismatch-flags",
            f"flags {local.flags:#06x} in the local header, {header.flags:#06x} in the central one",
        )
    if local.method != header.method:
        complain(
            "local-mismatch-method",
            f"method {local.method} in the local header, {header.method} in the central one",
        )
    if (local.time, local.date) != (header.time, header.date):
        complain("local-mismatch-time", "the local header has a different time")
    if local.needed != header.needed:
        check_version(local.needed, complain)
        complain("local-mismatch-version", "the local header asks for a different version")


def _compare_sizes(values: tuple[int, int, int], header: Header, complain: Complain) -> None:
    crc, csize, size = values
    if crc != header.crc:
        complain("local-mismatch-crc", f"CRC {crc:08x} in the local header, {header.crc:08x} in the central one")
    if csize != header.csize:
        complain(
            "local-mismatch-csize",
            f"packed size {csize} in the local header, {header.csize} in the central one",
        )
    if size != header.size:
        complain("local-mismatch-usize", f"size {size} in the local header, {header.size} in the central one")


def _check_postponed(values: tuple[int, int, int], header: Header, complain: Complain) -> None:
    for value, true in zip(values, (header.crc, header.csize, header.size), strict=True):
        if value not in (0, true):
            complain("data-descriptor", f"the local header leaves {true} to the data descriptor, but says {value}")
