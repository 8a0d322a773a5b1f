"""Archives whose data is not what the headers say: descriptors, checksums, damaged streams, and bombs."""

import struct
import zlib
from functools import cache
from typing import Any

from assetpkg.archive.zip import Limits
from tests.archive.zip.forge import STREAMED, Member, deflate, descriptor, extra, forge, streamed
from tests.trust.hostile.shapes import (
    DEFLATED,
    PACKED,
    PLAIN,
    SIGNED,
    TEXT,
    WIDE,
    Oddity,
    also,
    inflating_to,
    late,
    packed_with,
    wide,
)

MEGABYTE = 1 << 20

# A writer that streams leaves a zip64 value of zeros in the local header, and puts eight bytes into the descriptor.
_STREAMED_WIDE: dict[str, Any] = {"csize": WIDE, "size": WIDE, "extra": wide(0, 0)}


def _signed(crc: int = zlib.crc32(TEXT), csize: int = DEFLATED, size: int = len(TEXT)) -> bytes:
    return struct.pack("<4s3L", b"PK\x07\x08", crc, csize, size)


SIGNATURE_CRC = b"\xac\nz\xd5"
"""Four bytes whose CRC, stored as a descriptor begins with it, is the signature of a descriptor."""

DESCRIPTORS = (
    *(
        Oddity(f"descriptor: {title}", "data-descriptor", late(behind))
        for title, behind in {
            "none": b"",
            "only a signature": b"PK\x07\x08",
            "one byte short": SIGNED[:-1],
            "one byte more": SIGNED + b"\0",
            "bytes after": SIGNED + b"hidden",
            "twice": SIGNED * 2,
            "unsigned twice": SIGNED[4:] * 2,
            "an entry after": SIGNED + PLAIN.local_part(),
            "another signature": b"PK\x07\x09" + SIGNED[4:],
            "signature of an entry": b"PK\x03\x04" + SIGNED[4:],
            "wrong CRC": _signed(crc=7),
            "CRC of zero": _signed(crc=0),
            "wrong packed size": _signed(csize=7),
            "wrong size": _signed(size=7),
            "sizes of zero": _signed(csize=0, size=0),
            "sizes exchanged": _signed(csize=len(TEXT), size=DEFLATED),
            "all zero": bytes(16),
            "one byte too early": b"\0" + SIGNED,
        }.items()
    ),
    Oddity("descriptor: unsigned and wrong", "data-descriptor", late(_signed(crc=7)[4:])),
    Oddity("descriptor: wide and wrong", "data-descriptor", late(descriptor(TEXT, 7, "<4sL2Q"))),
    *(
        Oddity(f"false local {field} with a descriptor", "data-descriptor", late(SIGNED, **{field: 7}))
        for field in ("crc", "csize", "size")
    ),
    Oddity(
        "false local zip64 size with a descriptor",
        "data-descriptor",
        late(descriptor(TEXT, DEFLATED, "<4sL2Q"), size=WIDE, csize=WIDE, extra=wide(7, 0)),
    ),
    Oddity("unsigned descriptor", "data-descriptor-nosig", late(SIGNED[4:])),
    Oddity(
        "unsigned descriptor that looks signed", "data-descriptor", forge(streamed(b"a", SIGNATURE_CRC, form="<3L"))
    ),
    Oddity("wide descriptor of a narrow entry", "data-descriptor-width", late(descriptor(TEXT, DEFLATED, "<4sL2Q"))),
    Oddity("narrow descriptor of a wide entry", "data-descriptor-width", late(SIGNED, **_STREAMED_WIDE)),
    Oddity(
        "unsigned wide descriptor", "data-descriptor-nosig", late(descriptor(TEXT, DEFLATED, "<L2Q"), **_STREAMED_WIDE)
    ),
    Oddity(
        "unsigned wide descriptor of a narrow entry",
        "data-descriptor-width",
        late(descriptor(TEXT, DEFLATED, "<L2Q")),
        also=also("data-descriptor-nosig"),
    ),
    Oddity("stored and empty with descriptor", "stored-data-descriptor", forge(streamed(b"a", b"", stored=True))),
    Oddity("stored with descriptor", "stored-data-descriptor", forge(streamed(b"a", TEXT, stored=True))),
    *(
        Oddity(
            f"stored {title} with descriptor",
            "stored-data-descriptor-signature",
            forge(streamed(b"a", content, stored=True)),
        )
        for title, content in {
            "archive": forge(PLAIN),
            "descriptor": b"x" + _signed() + b"x",
            "header": b"x" * 300_000 + PLAIN.local_part(),
            "signature on the edge of a piece": b"x" * ((1 << 18) - 2) + b"PK\x01\x02",
            "signature at the end": b"xPK\x07\x08",
        }.items()
    ),
)

_FIRST = zlib.compressobj(9, zlib.DEFLATED, -15)
_UNFINISHED = _FIRST.compress(TEXT) + _FIRST.flush(zlib.Z_SYNC_FLUSH)

STREAMS = (
    Oddity("another byte", "crc", forge(PLAIN).replace(b"quick", b"quack")),
    Oddity("a wrong CRC of stored data", "crc", forge(Member(b"a", TEXT, both={"crc": 7}))),
    Oddity("a wrong CRC of packed data", "crc", packed_with({"crc": 7})),
    Oddity("a CRC of zero", "crc", packed_with({"crc": 0})),
    Oddity("a CRC for nothing", "crc", forge(Member(b"a", b"", both={"crc": 7}))),
    Oddity(
        "a wrong CRC in a descriptor, too",
        "crc",
        forge(Member(b"a", TEXT, deflate(TEXT), {"flags": STREAMED, "crc": 7}, {"crc": 0}, behind=_signed(crc=7))),
    ),
    *(
        Oddity(f"stored, and declares {size}", "stored-size", forge(Member(b"a", TEXT, both={"size": size})))
        for size in (0, 7, len(TEXT) - 1, len(TEXT) + 1, 0xFFFFFFF0 >> 8)
    ),
    Oddity(
        "a folder that declares a packed size",
        "stored-size",
        forge(
            Member(b"a/", b"", both={"csize": 0, "size": 0}, central={"csize": 2}, local={"csize": 2}, behind=b"\x03\0")
        ),
    ),
    *(
        Oddity(f"deflated, and declares {size}", "size-mismatch", packed_with({"size": size}))
        for size in (0, 7, len(TEXT) - 1, len(TEXT) + 1, 0xFFFFFF)
    ),
    *(
        Oddity(f"garbage: {title}", "deflate-error", inflating_to(TEXT, data))
        for title, data in {
            "ones": b"\xff" * 20,
            "a reserved block": b"\x07" + bytes(20),
            "a distance to before the beginning": b"\x4b\x04\x42\x00" + bytes(20),
            "a stored block whose lengths disagree": b"\x01\x05\x00\x05\x00hello",
            "the text itself": TEXT,
            "a zlib header": zlib.compress(TEXT),
            "a gzip header": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + deflate(TEXT),
        }.items()
    ),
    *(
        Oddity(f"no end: {title}", "deflate-truncated", inflating_to(content, data))
        for title, content, data in (
            ("last byte missing", TEXT, deflate(TEXT)[:-1]),
            ("half of it missing", TEXT, deflate(TEXT)[: DEFLATED // 2]),
            ("no final block", TEXT, _UNFINISHED),
            ("nothing at all", b"", b""),
            ("one byte", TEXT, deflate(TEXT)[:1]),
            ("a stored block cut off", b"he", b"\x01\x05\x00\xfa\xffhe"),
        )
    ),
    *(
        Oddity(f"after the stream: {title}", "deflate-trailing", inflating_to(TEXT, deflate(TEXT) + data))
        for title, data in {
            "one zero": b"\0",
            "bytes": b"hidden",
            "a second stream": deflate(TEXT),
            "an empty stream": b"\x03\0",
            "an entry": PACKED.local_part(),
            "much": bytes(1 << 19),
        }.items()
    ),
    Oddity(
        "after the stream: a descriptor that no flag announces",
        "deflate-trailing",
        inflating_to(TEXT, deflate(TEXT) + SIGNED),
    ),
    Oddity(
        "empty blocks before the end",
        "deflate-padded",
        inflating_to(TEXT, b"\0\0\0\xff\xff" * 14_000 + deflate(TEXT)),
    ),
    Oddity(
        "empty blocks, and nothing else",
        "deflate-padded",
        inflating_to(b"", b"\0\0\0\xff\xff" * 14_000 + b"\x03\0"),
    ),
    Oddity("an empty stream with bytes after", "deflate-trailing", inflating_to(b"", b"\x03\0\x03\0")),
)


@cache
def blanks(megabytes: int) -> bytes:
    """Return a deflate stream of as many megabytes of zeros, a thousandth as long."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(bytes(MEGABYTE)) + engine.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + b"\x03\0"


def _bomb(megabytes: int, name: bytes = b"a.json", *, declared: int | None = None) -> Member:
    size = megabytes * MEGABYTE if declared is None else declared
    return Member(name, b"", blanks(megabytes), {"size": size, "crc": 0x7D31C7D6})


def quoted_overlap(files: int, kernel: bytes, *, extras: bool = False) -> bytes:
    """Return files that share one kernel: each quotes the next header, in a stored block or in its extra area."""
    ending: bytes = Member(str(files).encode(), kernel, deflate(kernel)).local_part()
    packed, size, crc = deflate(kernel), len(kernel), zlib.crc32(kernel)
    members = [Member(b"%04d" % files, b"", packed, {"size": size, "crc": crc})]
    ending = members[0].local_part()
    places = [0]
    for number in range(files - 1, 0, -1):
        name = b"%04d" % number
        if extras:
            head = Member(
                name,
                b"",
                packed,
                {"size": size, "crc": crc},
                local={"extra": b"", "extra_length": len(ending) - len(packed) + 4},
            )
            begin = head.local_part()[: 30 + len(name)] + struct.pack("<2H", 0x9999, len(ending) - len(packed))
        else:
            quoted = ending[: 30 + 4]
            data = struct.pack("<BHH", 0, len(quoted), 0xFFFF ^ len(quoted))
            size, crc, packed = size + len(quoted), 0, data + quoted + packed
            head = Member(name, b"", packed, {"size": size, "crc": crc})
            begin = head.local_part()[: 30 + len(name)] + data
        places = [0, *(place + len(begin) for place in places)]
        ending = begin + ending
        members.insert(0, Member(name, b"", packed, {"size": size, "crc": crc}))
    directory = b"".join(member.central_part(place) for member, place in zip(members, places, strict=True))
    count = len(members)
    return (
        ending + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(ending), 0)
    )


BOMBS = (
    Oddity("17 MiB of blanks", "ratio", lambda: forge(_bomb(17))),
    Oddity("64 MiB of blanks", "ratio", lambda: forge(_bomb(64))),
    Oddity("65 MiB of blanks", "entry-too-large", lambda: forge(_bomb(65)), also=also("ratio")),
    Oddity("400 MiB of blanks, a hundred declared", "size-mismatch", lambda: forge(_bomb(400, declared=100))),
    Oddity("400 MiB of blanks, nothing declared", "size-mismatch", lambda: forge(_bomb(400, declared=0))),
    Oddity("400 MiB of blanks, 16 MiB declared", "size-mismatch", lambda: forge(_bomb(400, declared=16 * MEGABYTE))),
    Oddity("one byte, and 64 MiB declared", "ratio", forge(Member(b"a", b"a", deflate(b"a"), {"size": 64 * MEGABYTE}))),
    Oddity(
        "one byte, and 4 GiB declared",
        "entry-too-large",
        forge(Member(b"a", b"a", deflate(b"a"), {"size": WIDE - 1})),
        also=also("ratio", "total-too-large"),
    ),
    Oddity(
        "64 times 16 MiB of blanks", "ratio", lambda: forge(*(_bomb(16, b"%d.json" % number) for number in range(64)))
    ),
    Oddity(
        "65 times 16 MiB of blanks",
        "total-too-large",
        lambda: forge(*(_bomb(16, b"%d.json" % number) for number in range(65))),
    ),
    Oddity(
        "a thousand times 1 MiB of blanks",
        "ratio",
        lambda: forge(*(_bomb(1, b"%d" % number) for number in range(1_000))),
    ),
    Oddity(
        "a thousand headers for one entry",
        "overlap",
        lambda: forge(_bomb(16, b"k"), *(Member(b"k", b"", b"", central={"offset": 0}) for number in range(1_000))),
        also=also("duplicate-name"),
    ),
    Oddity("quoted overlap", "overlap", lambda: quoted_overlap(50, bytes(10 * MEGABYTE)), also=also("ratio")),
    Oddity(
        "quoted overlap of extra areas",
        "overlap",
        lambda: quoted_overlap(50, bytes(10 * MEGABYTE), extras=True),
        also=also("ratio"),
    ),
    Oddity(
        "600 extra areas of 64 KB",
        "directory-too-large",
        lambda: forge(*(Member(b"%d" % number, local={"extra": extra(7, bytes(65_000))}) for number in range(600))),
    ),
    Oddity(
        "600 central extra areas of 64 KB",
        "directory-too-large",
        lambda: forge(*(Member(b"%d" % number, central={"extra": extra(7, bytes(65_000))}) for number in range(600))),
    ),
    Oddity(
        "65,537 entries",
        "too-many-entries",
        lambda: forge(*(Member(b"%d" % number) for number in range(65_537)), wide_end={}),
    ),
    Oddity("packs too well for the limits", "ratio", lambda: forge(_bomb(1)), Limits(ratio_from=20_000)),
)

ODDITIES = (*DESCRIPTORS, *STREAMS, *BOMBS)
