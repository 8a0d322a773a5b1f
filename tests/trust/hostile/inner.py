"""A second archive inside the first, whose offsets are right in the file: every place for it, in every kind of first.

`python -m tests.trust.hostile.inner` prints the family as a Markdown table: what assetpkg and every reader at hand see.
"""

import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.archive.zip.forge import STREAMED, Fields, Member, deflate, descriptor, extra, forge
from tests.trust.hostile.shapes import WIDE, Oddity, unicode_path, wide

HIDDEN = b"evil.txt"
REACH = 65_557
"""How many bytes before the end of a file an end record may begin."""

_TEXT = b"as it was meant"
_PACKED = len(deflate(_TEXT))
_LATE = Member(b"b.txt", _TEXT, deflate(_TEXT), both={"flags": STREAMED})
_LEFT: Fields = {"crc": 0, "csize": 0, "size": 0}
_NONE: Fields = {}


class Point(NamedTuple):
    """Something that the first archive says twice: an entry that says it, and whether the two are exactly alike."""

    member: Member
    exact: bool
    comment: bytes = b""
    wide_end: bool = False


def _late(form: str, *, exact: bool = False, **local: int | bytes) -> Point:
    return Point(replace(_LATE, local={**_LEFT, **local}, behind=descriptor(_TEXT, _PACKED, form)), exact)


def _plain(
    *,
    exact: bool = False,
    both: Fields = _NONE,
    local: Fields = _NONE,
    central: Fields = _NONE,
) -> Point:
    return Point(Member(b"b.txt", _TEXT, both=both, local=local, central=central), exact)


POINTS: Mapping[str, Point] = {
    "nothing": _plain(exact=True),
    "times: another time": _plain(local={"time": 1}),
    "times: another date": _plain(local={"date": 0x22}),
    "versions: local newer": _plain(local={"needed": 45}),
    "versions: local older": _plain(local={"needed": 10}),
    "versions: central newer": _plain(central={"needed": 45}),
    "flags: compressed hard, in both": _plain(exact=True, both={"flags": 0b110}),
    "descriptor: signed, narrow": _late("<4s3L", exact=True),
    "descriptor: without signature": _late("<3L"),
    "descriptor: wide": _late("<4sL2Q"),
    "descriptor: wide, without signature": _late("<L2Q"),
    "descriptor: packed size in the local header too": _late("<4s3L", csize=_PACKED),
    "descriptor: checksum in the local header too": _late("<4s3L", crc=zlib.crc32(_TEXT)),
    "descriptor: all in the local header too": _late(
        "<4s3L", exact=True, crc=zlib.crc32(_TEXT), csize=_PACKED, size=len(_TEXT)
    ),
    "descriptor: after stored data": Point(
        Member(b"b.txt", _TEXT, both={"flags": STREAMED}, local=_LEFT, behind=descriptor(_TEXT, len(_TEXT))),
        exact=False,
    ),
    "zip64: local, true": _late("<4sL2Q", csize=WIDE, size=WIDE, extra=wide(len(_TEXT), _PACKED)),
    "zip64: local, zero": _late("<4sL2Q", csize=WIDE, size=WIDE, extra=wide(0, 0)),
    "zip64: local, repeated": _plain(local={"extra": wide(len(_TEXT), len(_TEXT))}),
    "zip64: local, without descriptor": _plain(
        local={"csize": WIDE, "size": WIDE, "extra": wide(len(_TEXT), len(_TEXT))}
    ),
    "zip64: central": _plain(central={"csize": WIDE, "size": WIDE, "extra": wide(len(_TEXT), len(_TEXT))}),
    "zip64: end record": Point(Member(b"b.txt", _TEXT), exact=True, wide_end=True),
    "extra: local only": _plain(exact=True, local={"extra": extra(0x5455, b"\1aaaa")}),
    "extra: central only": _plain(exact=True, central={"extra": extra(0x5455, b"\1aaaa")}),
    "extra: local, long": _plain(exact=True, local={"extra": extra(0xCAFE, bytes(300))}),
    "extra: the name again": _plain(exact=True, both={"extra": unicode_path(b"b.txt", b"b.txt")}),
    "attributes: of DOS": _plain(exact=True, central={"made_by": 20, "attributes": 0x20}),
    "comment of an entry": Point(Member(b"b.txt", _TEXT, comment=b"hello"), exact=False),
    "comment of the archive": Point(Member(b"b.txt", _TEXT), exact=True, comment=b"hello"),
}
"""Every point in which two statements about an entry may differ and be accepted, and those that only look like it."""


class Inner(NamedTuple):
    """The first archive with another in it: what it is called, and whether every reader passes the other over."""

    title: str
    archive: bytes
    harmless: bool


def hidden(base: int) -> bytes:
    """Return a whole archive whose offsets are right where it begins at byte `base` of the file."""
    return _with_directory(base, Member(HIDDEN, b"not checked").local_part())


def empty(base: int) -> bytes:
    """Return an end record without entries, which is an archive as well."""
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, base, 0)


def hidden_wide(base: int) -> bytes:
    """Return the same as `hidden`, with the records of zip64."""
    local, central, _ = _parts(base)
    at = base + len(local) + len(central)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(central), base + len(local))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)
    return local + central + record + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, WIDE, WIDE, 0)


def _parts(base: int) -> tuple[bytes, bytes, int]:
    member = Member(HIDDEN, b"not checked")
    return member.local_part(), member.central_part(base), base


def _with_directory(base: int, local: bytes) -> bytes:
    central = Member(HIDDEN, b"not checked").central_part(base)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), base + len(local), 0)
    return local + central + end


PLANTS: Mapping[str, Callable[[int], bytes]] = {"archive": hidden, "empty": empty, "zip64": hidden_wide}
_PLACES = {"at the beginning": 0, "in the middle": 30_000, "at the end": 60_000}
"""How many bytes of other data are before it within the reach of a search."""


def _carrier(content: bytes, *, blocks: bool) -> Member:
    """Return the entry that holds it: stored, or in stored blocks of deflated data."""
    return Member(b"a.zip", content, stored_blocks(content) if blocks else None)


def stored_blocks(content: bytes) -> bytes:
    """Return deflated data that holds the content as it is."""
    most = 0xFFFF
    parts = [content[at : at + most] for at in range(0, len(content), most)] or [b""]
    heads = (
        struct.pack("<B2H", number == len(parts), len(part), len(part) ^ most) for number, part in enumerate(parts, 1)
    )
    return b"".join(head + part for head, part in zip(heads, parts, strict=True))


def planted(point: Point, plant: Callable[[int], bytes], *, behind: int, blocks: bool, last: bool) -> bytes:
    """Return an archive with `point` that holds what `plant` makes, with `behind` bytes of data after it.

    `last` says that the entry that holds it comes after the one with the point.
    """
    mark = bytes(reversed(range(1, len(plant(0)) + 1)))
    carrier = _carrier(mark + bytes(behind), blocks=blocks)
    members: tuple[Member, ...] = (point.member, carrier) if last else (carrier, point.member)
    wide_end: dict[str, int] | None = {} if point.wide_end else None
    whole = forge(*members, comment=point.comment, wide_end=wide_end)
    content = plant(whole.index(mark)) + bytes(behind)
    members = tuple(_carrier(content, blocks=blocks) if member is carrier else member for member in members)
    return forge(*members, comment=point.comment, wide_end=wide_end)


def family() -> Iterator[Inner]:
    """Yield every point with every plant, stored and in stored blocks, at three places, before and after."""
    for what, point in POINTS.items():
        for name, plant in PLANTS.items():
            for where, before in _PLACES.items():
                for blocks in (False, True):
                    last = before > 0
                    behind = max(0, REACH - before - 1_000)
                    archive = planted(point, plant, behind=behind, blocks=blocks, last=last)
                    form = "stored blocks" if blocks else "stored"
                    yield Inner(f"{what}; {name}, {form}, {where}", archive, point.exact)


def _in_extra(*, central: bool) -> bytes:
    def holding(content: bytes) -> bytes:
        value = {"extra": extra(0xCAFE, content)}
        return forge(Member(b"a", b"b", central=value) if central else Member(b"a", b"b", local=value))

    mark = bytes(range(1, len(hidden(0)) + 1))
    return holding(hidden(holding(mark).index(mark)))


def _after_long_extra() -> bytes:
    """Return an exact archive in which less than the inner one is counted: the local extra value is not."""
    long = {"extra": extra(0xCAFE, bytes(4_000))}
    archive = forge(Member(b"a.zip", bytes(len(hidden(0))), local=long))
    base = len(Member(b"a.zip", local=long).local_part())
    assert len(archive) > base
    return forge(Member(b"a.zip", hidden(base), local=long))


def _last(what: str) -> bytes:
    return planted(POINTS[what], hidden, behind=0, blocks=False, last=True)


ODDITIES = (
    *(
        Oddity(f"an archive inside one that is not exact: {what}", "inner-archive", _last(what))
        for what in ("times: another time", "versions: local newer", "zip64: local, true", "comment of an entry")
    ),
    Oddity("an archive in a local extra value", "inner-archive", _in_extra(central=False)),
    Oddity("an archive in a central extra value", "inner-archive", _in_extra(central=True)),
    Oddity("an archive after a long extra value", "inner-archive", _after_long_extra()),
)


def _main() -> None:
    from tests.trust.fuzz.readers import our_view, their_views

    found = list(family())
    with tempfile.TemporaryDirectory() as place:
        views = their_views([each.archive for each in found], Path(place, "archives"), tools=len(found))
    readers = sorted(views[0])
    sys.stdout.write(f"| archive | assetpkg | {' | '.join(readers)} |\n|{'---|' * (len(readers) + 2)}\n")
    for each, theirs in zip(found, views, strict=True):
        row = [our_view(each.archive), *(theirs[reader] for reader in readers)]
        cells = ("refused" if view is None else " ".join(name for name, _ in view) or "(nothing)" for view in row)
        sys.stdout.write(f"| {each.title} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    _main()
