"""An archive taken apart into what the forge makes archives of, so that every field of every record can be changed."""

import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.archive.zip import BytesSource, open_zip
from tests.archive.zip.forge import Fields, Member, forge

PLAIN = ("needed", "flags", "method", "time", "date", "crc", "csize", "size")
"""The fields that both headers of an entry have."""

NARROW = frozenset({"needed", "flags", "method", "time", "date", "made_by", "disk", "internal"})
"""The fields of two bytes; all others have four."""

_LENGTHS = ("name_length", "extra_length")
_LOCAL = (*PLAIN, *_LENGTHS), struct.Struct("<4x5H3L2H")
_CENTRAL = (
    ("made_by", *PLAIN, *_LENGTHS, "comment_length", "disk", "internal", "attributes", "offset"),
    struct.Struct("<4x6H3L5H2L"),
)
_COUNTS = ("disk", "directory_disk", "entries_here", "entries", "size", "offset")
_END = _COUNTS, struct.Struct("<4x4H2L")
_WIDE_END = ("body", "made_by", "needed", *_COUNTS), struct.Struct("<4xQ2H2L4Q")
_LOCATOR = ("disk", "wide_end", "disks"), struct.Struct("<4xLQL")

_Form = tuple[tuple[str, ...], struct.Struct]


class Shape(NamedTuple):
    """An archive as the forge takes it; `order` is that of the directory."""

    members: tuple[Member, ...]
    order: tuple[int, ...]
    comment: bytes = b""
    end: Fields = MappingProxyType({})
    wide_end: Fields | None = None
    locator: Fields | None = None

    def forge(self) -> bytes:
        """Put the archive together."""
        records = {"comment": self.comment, "end": self.end, "wide_end": self.wide_end, "locator": self.locator}
        return forge(*self.members, order=self.order, **records)  # type: ignore[arg-type]


def take_apart(archive: bytes) -> Shape:
    """Return the shape of an archive that assetpkg accepts; forged again, it is the same archive."""
    end, wide_end, locator = _ends(archive)
    bounds = wide_end or end
    headers = _read_headers(archive, bounds["offset"], bounds["offset"] + bounds["size"])
    entries = {entry.name.encode(): entry for entry in open_zip(BytesSource(archive)).entries}
    names = sorted((fields["name"] for fields, _ in headers), key=lambda name: entries[name].offset)
    found = {fields["name"]: (fields, comment) for fields, comment in headers}
    edges = [*(entries[name].offset for name in names), bounds["offset"]]
    members = []
    for name, following in zip(names, edges[1:], strict=True):
        entry = entries[name]
        central, comment = found[name]
        if central.pop("offset") != entry.offset:
            central["offset"] = 0xFFFFFFFF
        local = _read(_LOCAL, archive, entry.offset)
        name_at = entry.offset + 30
        extra_at = name_at + local["name_length"]
        local |= {"name": archive[name_at:extra_at], "extra": archive[extra_at : entry.data_offset]}
        data_end = entry.data_offset + entry.csize
        members.append(
            Member(
                name,
                packed=archive[entry.data_offset : data_end],
                local=_without_lengths(local),
                central=_without_lengths(central),
                comment=comment,
                behind=archive[data_end:following],
            )
        )
    order = tuple(names.index(fields["name"]) for fields, _ in headers)
    comment = archive[len(archive) - end["comment_length"] :] if end["comment_length"] else b""
    shape = Shape(tuple(members), order, comment, {}, wide_end and {}, locator and {})
    # Only what differs from an honest record is said: so the rest follows whatever is changed later.
    natural = _ends(shape.forge())
    said = (_differences(mine, honest) for mine, honest in zip((end, wide_end, locator), natural, strict=True))
    return Shape(shape.members, order, comment, *said)  # type: ignore[arg-type]


def _ends(archive: bytes) -> tuple[dict[str, Any], dict[str, Any] | None, dict[str, Any] | None]:
    at = archive.rindex(b"PK\x05\x06")
    end = _read(_END, archive, at) | {"comment_length": len(archive) - at - 22}
    if archive[at - 20 : at - 16] != b"PK\x06\x07":
        return end, None, None
    return end, _read(_WIDE_END, archive, at - 76), _read(_LOCATOR, archive, at - 20)


def _read_headers(archive: bytes, at: int, end: int) -> list[tuple[dict[str, Any], bytes]]:
    headers = []
    while at < end:
        fields = _read(_CENTRAL, archive, at)
        name_at = at + 46
        extra_at = name_at + fields["name_length"]
        comment_at = extra_at + fields["extra_length"]
        at = comment_at + fields["comment_length"]
        fields |= {"name": archive[name_at:extra_at], "extra": archive[extra_at:comment_at]}
        headers.append((fields, archive[comment_at:at]))
    return headers


def _read(form: _Form, archive: bytes, at: int) -> dict[str, Any]:
    names, layout = form
    return dict(zip(names, layout.unpack_from(archive, at), strict=True))


def _without_lengths(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if not name.endswith("_length")}


def _differences(fields: Mapping[str, Any] | None, natural: Mapping[str, Any] | None) -> Fields | None:
    if fields is None or natural is None:
        return None
    return {name: value for name, value in fields.items() if natural[name] != value}
