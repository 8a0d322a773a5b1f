"""A forge for archives: every field of every record can be set, and everything else is as it should be.

`forge(Member(b"a.txt", b"text"))` is an honest archive. A lie is told by naming its record and field:
`Member(b"a.txt", b"text", local={"crc": 0})` or `forge(..., end={"entries": 7})`.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Fields = Mapping[str, int | bytes]

_LOCAL = (
    "signature",
    "needed",
    "flags",
    "method",
    "time",
    "date",
    "crc",
    "csize",
    "size",
    "name_length",
    "extra_length",
)
_CENTRAL = (
    *("signature", "made_by", "needed", "flags", "method", "time", "date", "crc", "csize", "size"),
    *("name_length", "extra_length", "comment_length", "disk", "internal", "attributes", "offset"),
)
_END = ("signature", "disk", "directory_disk", "entries_here", "entries", "size", "offset", "comment_length")
_WIDE_END = (
    *("signature", "body", "made_by", "needed", "disk", "directory_disk"),
    *("entries_here", "entries", "size", "offset"),
)
_LOCATOR = ("signature", "disk", "wide_end", "disks")

STREAMED = 1 << 3
UTF8 = 1 << 11
FILE = 0o100644 << 16
FOLDER = 0o040755 << 16 | 0x10


def deflate(content: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def extra(tag: int, value: bytes) -> bytes:
    return struct.pack("<2H", tag, len(value)) + value


def descriptor(content: bytes, csize: int, form: str = "<4s3L") -> bytes:
    values = (zlib.crc32(content), csize, len(content))
    return struct.pack(form, b"PK\x07\x08", *values) if "4s" in form else struct.pack(form, *values)


@dataclass(frozen=True)
class Member:
    """One entry; `both` sets a field in both headers, `local` and `central` in one of them.

    The name and extra areas count as fields, called `name` and `extra`. `behind` is what is after the
    data, such as a descriptor; `before` what is before the local header.
    """

    name: bytes
    content: bytes = b""
    packed: bytes | None = None
    both: Fields = field(default_factory=dict)
    local: Fields = field(default_factory=dict)
    central: Fields = field(default_factory=dict)
    comment: bytes = b""
    before: bytes = b""
    behind: bytes = b""

    @property
    def data(self) -> bytes:
        return self.content if self.packed is None else self.packed

    def local_part(self) -> bytes:
        fields = self._fields() | {"signature": b"PK\x03\x04", **self.both, **self.local}
        return (
            _pack("<4s5H3L2H", _LOCAL, fields)
            + _bytes(fields, "name")
            + _bytes(fields, "extra")
            + self.data
            + self.behind
        )

    def central_part(self, offset: int) -> bytes:
        fields = self._fields() | {
            "signature": b"PK\x01\x02",
            "made_by": 3 << 8 | 20,
            "comment_length": len(self.comment),
            "disk": 0,
            "internal": 0,
            "attributes": FOLDER if self.name.endswith(b"/") else FILE,
            "offset": offset,
        }
        fields |= {**self.both, **self.central}
        return _pack("<4s6H3L5H2L", _CENTRAL, fields) + _bytes(fields, "name") + _bytes(fields, "extra") + self.comment

    def _fields(self) -> dict[str, int | bytes]:
        return {
            "needed": 20,
            "flags": 0 if self.name.isascii() else UTF8,
            "method": 0 if self.packed is None else 8,
            "time": 0,
            "date": 0x21,
            "crc": zlib.crc32(self.content),
            "csize": len(self.data),
            "size": len(self.content),
            "name": self.name,
            "extra": b"",
        }


def streamed(name: bytes, content: bytes, *, form: str = "<4s3L", stored: bool = False) -> Member:
    """A member as a program writes it that cannot go back, with a descriptor of the given form."""
    packed = None if stored else deflate(content)
    size = len(content if packed is None else packed)
    return Member(
        name,
        content,
        packed,
        both={"flags": STREAMED},
        local={"crc": 0, "csize": 0, "size": 0},
        behind=descriptor(content, size, form),
    )


def forge(  # noqa: PLR0913 - one argument for each thing that can be wrong
    *members: Member,
    comment: bytes = b"",
    end: Fields | None = None,
    wide_end: Fields | None = None,
    locator: Fields | None = None,
    before_directory: bytes = b"",
    behind_directory: bytes = b"",
    behind_wide_end: bytes = b"",
    order: Sequence[int] | None = None,
) -> bytes:
    """An archive of `members`; with `wide_end` or `locator`, even empty ones, it has the zip64 records.

    The directory follows the order of the members, or `order`, which has their numbers.
    """
    parts: list[bytes] = []
    headers: list[bytes] = []
    position = 0
    for member in members:
        headers.append(member.central_part(position + len(member.before)))
        parts += (member.before, member.local_part())
        position += len(parts[-2]) + len(parts[-1])
    archive = b"".join(parts) + before_directory
    directory = b"".join(headers if order is None else (headers[number] for number in order))
    counts = {"disk": 0, "directory_disk": 0, "entries_here": len(members), "entries": len(members)}
    bounds = counts | {"size": len(directory), "offset": len(archive)}
    archive += directory + behind_directory
    if wide_end is not None or locator is not None:
        archive += _zip64(bounds, len(archive), wide_end or {}, locator or {}, behind_wide_end)
    # As writers do it, more entries than 16 bits hold are left to the zip64 record.
    narrow = {**bounds, "entries_here": min(len(members), 0xFFFF), "entries": min(len(members), 0xFFFF)}
    fields = {**narrow, "signature": b"PK\x05\x06", "comment_length": len(comment), **(end or {})}
    return archive + _pack("<4s4H2LH", _END, fields) + comment


def _zip64(bounds: Fields, position: int, wide_end: Fields, locator: Fields, between: bytes) -> bytes:
    wide = {**bounds, "signature": b"PK\x06\x06", "body": 44, "made_by": 45, "needed": 45, **wide_end}
    where = {"signature": b"PK\x06\x07", "disk": 0, "wide_end": position, "disks": 1, **locator}
    return _pack("<4sQ2H2L4Q", _WIDE_END, wide) + between + _pack("<4sLQL", _LOCATOR, where)


def _pack(form: str, names: tuple[str, ...], fields: Mapping[str, int | bytes]) -> bytes:
    lengths = {f"{part}_length": len(_bytes(fields, part)) for part in ("name", "extra") if part in fields}
    whole = {**lengths, **fields}
    return struct.pack(form, *(whole[name] for name in names))


def _bytes(fields: Mapping[str, int | bytes], name: str) -> bytes:
    value = fields[name]
    assert isinstance(value, bytes)
    return value
