"""The extra area of a header: tagged values, of which three change what the header says."""

import struct
import zlib
from collections.abc import Sequence

from assetpkg.archive.zip.faults import Complain, Stop
from assetpkg.archive.zip.format import UNKNOWN_SIZE, ZIP64

_UNICODE_PATH = 0x7075
_UNICODE_COMMENT = 0x6375
_ASI_UNIX = 0x756E
# libarchive's proposal for archives that are read in one go: attributes in the local header, which it believes.
_STREAMED_ATTRIBUTES = frozenset({0x6C65, 0x6C78})
_STRONG_ENCRYPTION = 0x0017
_AES = 0x9901

# These are read by some programs and skipped by others; twice, and even the readers disagree.
_SINGLE = frozenset({ZIP64, _UNICODE_PATH, _UNICODE_COMMENT, _ASI_UNIX})

_TAG = struct.Struct("<2H")
_PATH_HEAD = struct.Struct("<BL")
"""What is before the name in an extra Unicode name: a version, and the checksum of the name in the header."""

Extras = dict[int, bytes]
"""The values of an extra area by their tag; of tags that do not matter, the last one."""


def parse_extras(area: bytes, complain: Complain) -> Extras:
    """Split an extra area into its values."""
    extras: Extras = {}
    at = 0
    while at < len(area):
        if at + _TAG.size > len(area):
            complain(
                "extra-malformed", f"something is left over at the end of the extra area, of length {len(area) - at}"
            )
            break
        tag, length = _TAG.unpack_from(area, at)
        at += _TAG.size
        if at + length > len(area):
            complain("extra-malformed", f"extra value {tag:#06x} is longer than the extra area")
            break
        if tag in extras and tag in _SINGLE:
            complain("extra-duplicate", f"extra value {tag:#06x} appears twice")
        extras[tag] = area[at : at + length]
        at += length
    return extras


def is_encrypted(extras: Extras) -> bool:
    """Say whether the extra values speak of encryption."""
    return _STRONG_ENCRYPTION in extras or _AES in extras


def unix_mode(extras: Extras) -> int:
    """Return the file mode that an ASi extra value carries, or zero; some programs obey it."""
    return int.from_bytes(extras.get(_ASI_UNIX, b"")[4:6], "little")


def check_attributes(extras: Extras, complain: Complain) -> None:
    """Complain about a second statement of type and mode, by which libarchive makes links of files."""
    if not _STREAMED_ATTRIBUTES.isdisjoint(extras):
        complain("type-conflict", "an extra value has its own attributes, which only libarchive uses")


def widen(
    fields: Sequence[int], sentinels: Sequence[int], extras: Extras, complain: Complain, stop: Stop
) -> Sequence[int]:
    """Return `fields` with each sentinel replaced by its zip64 value.

    Values are present for the sentinels only, in their order. Some writers put all of them down, always;
    that is unambiguous as long as the sentinels come first and the rest repeats what the header says. Others leave a
    value without any bytes behind where they have no size for it.
    """
    wanted = [at for at, (field, unknown) in enumerate(zip(fields, sentinels, strict=True)) if field == unknown]
    area = extras.get(ZIP64)
    if area is None:
        if wanted:
            stop("zip64-missing", "a size or offset is left to a zip64 value that is missing")
        return fields
    if not area and not wanted:
        complain("zip64-empty", "the zip64 value has no bytes, and the header needs none of it")
        return fields
    widths = [8 if sentinel == UNKNOWN_SIZE else 4 for sentinel in sentinels]
    present = wanted
    if len(area) != sum(widths[at] for at in wanted) or not wanted:
        present = _whole_prefix(len(area), widths)
        if not present or present[: len(wanted)] != wanted:
            stop("zip64-length", f"the zip64 value has {len(area)} bytes, and this does not fit the header")
    wide = list(fields)
    begin = 0
    for at in present:
        wide[at] = int.from_bytes(area[begin : begin + widths[at]], "little")
        begin += widths[at]
        if fields[at] not in (sentinels[at], wide[at]):
            stop("zip64-conflict", f"{fields[at]} in the header, {wide[at]} in its zip64 value")
    return wide


def _whole_prefix(length: int, widths: Sequence[int]) -> list[int]:
    for count in range(1, len(widths) + 1):
        if sum(widths[:count]) == length:
            return list(range(count))
    return []


def second_name(raw_name: bytes, extras: Extras) -> str | None:
    """Return the name that an extra Unicode name has for the one in the header, if it is a valid one."""
    found = _unicode_name(raw_name, extras.get(_UNICODE_PATH, b""))
    return None if found is None else found.decode("utf-8", "replace")


def _unicode_name(raw_name: bytes, area: bytes) -> bytes | None:
    """Return the name in an extra Unicode name, if that has a known version and is for the name in the header."""
    if len(area) < _PATH_HEAD.size:
        return None
    version, checksum = _PATH_HEAD.unpack_from(area)
    return area[_PATH_HEAD.size :] if version == 1 and checksum == zlib.crc32(raw_name) else None


def check_unicode_path(raw_name: bytes, name: str, extras: Extras, complain: Complain) -> None:
    """Complain about a second name that some programs would prefer to the one in the header, which spells `name`."""
    area = extras.get(_UNICODE_PATH)
    if area is None:
        return
    found = _unicode_name(raw_name, area)
    if found is None:
        complain("unicode-path-invalid", "the extra Unicode name belongs to another name, or has an unknown version")
    elif found not in (raw_name, name.encode("utf-8", "surrogatepass")):
        complain("unicode-path-differs", "the extra Unicode name differs from the name in the header")
