"""What the tables of hostile archives are written in: an oddity, honest members to bend, and ways to bend them."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from assetpkg.archive.zip import Limits
from tests.archive.zip.forge import STREAMED, Fields, Member, deflate, descriptor, extra, forge, streamed

TEXT = b"the quick brown fox jumps over the lazy dog; the quick brown fox sleeps"
PLAIN = Member(b"a.txt", TEXT)
PACKED = Member(b"b.txt", TEXT, deflate(TEXT))
LATE = streamed(b"c.txt", TEXT)
DEFLATED = len(deflate(TEXT))
SIGNED = descriptor(TEXT, DEFLATED)

WIDE = 0xFFFFFFFF
"""What is in place of a size that is left to a zip64 value."""
MANY = 0xFFFF
"""The same in place of a disk or a count."""


class Oddity(NamedTuple):
    """An archive with one thing odd about it, and the slug that names it.

    `also` are slugs of what follows from it: where a name is cut, the data does not begin where it should. What takes
    a while to make is `made` when it is first asked for.
    """

    title: str
    slug: str
    made: bytes | Callable[[], bytes]
    limits: Limits = Limits()
    also: frozenset[str] = frozenset()

    @property
    def archive(self) -> bytes:
        """The bytes of the archive."""
        return self.made if isinstance(self.made, bytes) else _once(self.made)


@cache
def _once(make: Callable[[], bytes]) -> bytes:
    return make()


def also(*slugs: str) -> frozenset[str]:
    return frozenset(slugs)


def wide(*values: int) -> bytes:
    """A zip64 extra value."""
    return extra(0x0001, struct.pack(f"<{len(values)}Q", *values))


def unicode_path(name: bytes, other: bytes, version: int = 1) -> bytes:
    """Info-ZIP's second name `other` for an entry whose header says `name`."""
    return extra(0x7075, struct.pack("<BL", version, zlib.crc32(name)) + other)


def asi(mode: int, link: bytes = b"") -> bytes:
    """The extra value of ASi Unix, which carries a mode and a link's target."""
    return extra(0x756E, struct.pack("<LHL2H", zlib.crc32(link), mode, len(link), 0, 0) + link)


def named(*names: bytes) -> bytes:
    """An archive with these names."""
    return forge(*(Member(name, b"" if name.endswith(b"/") else TEXT) for name in names))


def with_both(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, both=fields))


def with_local(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, local=fields))


def with_central(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, central=fields))


def packed_with(both: Fields | None = None, local: Fields | None = None, central: Fields | None = None) -> bytes:
    """An archive of one deflated entry with these fields."""
    return forge(Member(b"a.txt", TEXT, deflate(TEXT), both or {}, local or {}, central or {}))


def inflating_to(content: bytes, packed: bytes, **both: int) -> bytes:
    """An archive of one entry that says it is `content`, and whose packed data is `packed`."""
    return forge(Member(b"a.txt", content, packed, both))


def late(behind: bytes, **local: int | bytes) -> bytes:
    """An archive of one entry whose sizes follow its data in `behind`."""
    fields = {"crc": 0, "csize": 0, "size": 0} | local
    return forge(Member(b"a.txt", TEXT, deflate(TEXT), {"flags": STREAMED}, fields, behind=behind))


def of_type(attributes: int, name: bytes = b"a", made_by: int = 3 << 8 | 20) -> bytes:
    """An archive of one entry with these external attributes, made on the system in the high byte of `made_by`."""
    content = b"" if name.endswith(b"/") else TEXT
    return forge(Member(name, content, central={"attributes": attributes, "made_by": made_by}))
