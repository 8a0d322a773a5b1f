"""Archives that look odd, and mean one thing only: they are read without a word."""

import struct
import zlib

from tests.archive.zip.forge import FILE, FOLDER, STREAMED, UTF8, Member, deflate, descriptor, extra, forge, streamed
from tests.trust.hostile.shapes import (
    DEFLATED,
    LATE,
    MANY,
    PACKED,
    PLAIN,
    SIGNED,
    TEXT,
    WIDE,
    asi,
    late,
    named,
    of_type,
    packed_with,
    unicode_path,
    wide,
    with_both,
    with_central,
    with_local,
)

_SIZE = len(TEXT)
_LONG = b"".join(b"%d %s" % (number, TEXT[number % 60 :]) for number in range(500))
_WIDE_SIGNED = descriptor(TEXT, DEFLATED, "<4sL2Q")


def _stream(level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY, flush: int | None = None) -> bytes:
    """Return _LONG deflated at a level, by a strategy, with a flush in the middle."""
    engine = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    middle = b"" if flush is None else engine.compress(_LONG[:30]) + engine.flush(flush)
    return middle + engine.compress(_LONG if flush is None else _LONG[30:]) + engine.flush()


def _reordered() -> bytes:
    """Return an archive whose directory names the second entry first."""
    first, second = PLAIN.local_part(), PACKED.local_part()
    directory = PACKED.central_part(len(first)) + PLAIN.central_part(0)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), len(first + second), 0)
    return first + second + directory + end


CONTAINERS = {
    "empty archive": forge(),
    "empty archive with zip64 records": forge(wide_end={}),
    "one empty file": forge(Member(b"a")),
    "stored and deflated": forge(PLAIN, PACKED),
    "the directory in another order": _reordered(),
    "ten thousand entries": forge(*(Member(b"%d" % number) for number in range(10_000))),
    "a name for each letter": named(*(bytes([code]) for code in b"abcdefghijklmnopqrstuvwxyz0123456789")),
    "records in the stored data": forge(Member(b"a.zip", forge(PLAIN))),
    "records in the packed data": forge(Member(b"a.zip", forge(PLAIN), deflate(forge(PLAIN)))),
    "an end record as a file": forge(Member(b"end", forge())),
    "a locator as the last data": forge(Member(b"locator", struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1))),
    "a locator in a name's neighbourhood": forge(Member(b"PK", TEXT)),
    "zip64 records": forge(PLAIN, wide_end={}),
    "zip64 records that are needed": forge(
        PLAIN,
        wide_end={},
        end={"entries": MANY, "entries_here": MANY, "size": WIDE, "offset": WIDE, "disk": MANY, "directory_disk": MANY},
    ),
    **{
        f"zip64 record for the {field} only": forge(PLAIN, wide_end={}, end={field: value})
        for field, value in {"entries": MANY, "entries_here": MANY, "size": WIDE, "offset": WIDE, "disk": MANY}.items()
    },
    "zip64 record of another maker": forge(PLAIN, wide_end={"made_by": 3 << 8 | 63, "needed": 63}),
}

SIZES = {
    "zip64 sizes": with_both(size=WIDE, csize=WIDE, extra=wide(_SIZE, _SIZE)),
    "zip64 sizes repeated": with_both(extra=wide(_SIZE, _SIZE)),
    "zip64 sizes in the central header": with_central(size=WIDE, csize=WIDE, extra=wide(_SIZE, _SIZE)),
    "zip64 sizes in the local header": with_local(size=WIDE, csize=WIDE, extra=wide(_SIZE, _SIZE)),
    "zip64 sizes repeated in the local header": with_local(extra=wide(_SIZE, _SIZE)),
    "zip64 size": with_central(size=WIDE, extra=wide(_SIZE)),
    "zip64 packed size": with_central(csize=WIDE, extra=wide(_SIZE)),
    "zip64 offset": with_central(offset=WIDE, extra=wide(0)),
    "zip64 disk": with_central(disk=MANY, extra=extra(1, struct.pack("<L", 0))),
    "zip64 size and offset": with_central(size=WIDE, offset=WIDE, extra=wide(_SIZE, 0)),
    "zip64 everything": with_central(
        size=WIDE, csize=WIDE, offset=WIDE, disk=MANY, extra=extra(1, struct.pack("<3QL", _SIZE, _SIZE, 0, 0))
    ),
    "zip64 everything repeated": with_central(extra=extra(1, struct.pack("<3QL", _SIZE, _SIZE, 0, 0))),
    "zip64 value after others": with_both(size=WIDE, csize=WIDE, extra=extra(7, b"x") + wide(_SIZE, _SIZE)),
}

DESCRIPTORS = {
    "streamed": forge(LATE, PLAIN),
    "streamed last": forge(PLAIN, LATE),
    "streamed with true local values": forge(Member(b"a", TEXT, deflate(TEXT), {"flags": STREAMED}, behind=SIGNED)),
    "streamed with a true local CRC": late(SIGNED, crc=zlib.crc32(TEXT)),
    "streamed zip64": late(_WIDE_SIGNED, csize=WIDE, size=WIDE, extra=wide(0, 0)),
    "streamed zip64 with narrow zeros": late(_WIDE_SIGNED, extra=wide(0, 0)),
    "streamed and empty": forge(streamed(b"a", b"")),
    "streamed with a Chinese name": forge(
        Member(
            "订单".encode(),
            TEXT,
            deflate(TEXT),
            {"flags": STREAMED | UTF8},
            {"crc": 0, "csize": 0, "size": 0},
            behind=SIGNED,
        )
    ),
    "streamed folder": forge(Member(b"a/", b"", both={"flags": STREAMED}, behind=descriptor(b"", 0))),
}

HEADERS = {
    **{f"deflated at level {level}": forge(Member(b"a", _LONG, _stream(level))) for level in (0, 1, 4, 6, 9)},
    "deflated by fixed codes": forge(Member(b"a", _LONG, _stream(9, zlib.Z_FIXED))),
    "deflated by codes only": forge(Member(b"a", _LONG, _stream(9, zlib.Z_HUFFMAN_ONLY))),
    "deflated with a flush": forge(Member(b"a", _LONG, _stream(9, flush=zlib.Z_SYNC_FLUSH))),
    "deflated with a full flush": forge(Member(b"a", _LONG, _stream(9, flush=zlib.Z_FULL_FLUSH))),
    "nothing deflated": forge(Member(b"a", b"", b"\x03\0")),
    **{f"compressor's flags {flags}": packed_with({"flags": flags}) for flags in (2, 4, 6)},
    **{f"version {needed / 10} needed": with_both(needed=needed) for needed in (0, 10, 45, 46, 51, 61, 62, 63)},
    "a system in the version": with_both(needed=3 << 8 | 20),
    **{f"made by system {host}": of_type(0x20, made_by=host << 8 | 63) for host in (0, 3, 7, 10, 11, 14, 19, 255)},
    "text, says the header": with_central(internal=1),
    "all internal attributes": with_central(internal=0xFFFF),
    "no date": with_both(time=0, date=0),
    "impossible date": with_both(time=0xFFFF, date=0xFFFF),
    "month thirteen": with_both(date=13 << 5 | 1),
}

VALUES = {
    "times": with_both(extra=extra(0x5455, b"\x01abcd")),
    "more times locally": with_local(extra=extra(0x5455, b"\x03abcdefgh")),
    "NTFS times": with_both(extra=extra(0x000A, bytes(32))),
    "owner": with_both(extra=extra(0x7875, b"\x01\x04\0\0\0\0\x04\0\0\0\0")),
    "old owner": with_both(extra=extra(0x7855, b"")),
    "Java's mark": with_both(extra=extra(0xCAFE, b"")),
    "Java's mark in the local header": with_local(extra=extra(0xCAFE, b"")),
    "unknown value": with_both(extra=extra(0xFFFF, b"anything")),
    "unknown value twice": with_both(extra=extra(0xFFFE, b"one") + extra(0xFFFE, b"two")),
    "Android's padding": with_local(extra=extra(0xD935, bytes(6))),
    "the longest value": with_local(extra=extra(7, bytes(65_531))),
    "true Unicode name": with_both(extra=unicode_path(b"a.txt", b"a.txt")),
    "true Unicode name in the central header": with_central(extra=unicode_path(b"a.txt", b"a.txt")),
    "true Unicode name that is Chinese": forge(
        Member("订单".encode(), TEXT, both={"extra": unicode_path("订单".encode(), "订单".encode())})
    ),
    "Unicode comment": with_central(extra=extra(0x6375, struct.pack("<BL", 1, zlib.crc32(b"")))),
    "mode": with_both(extra=asi(0o100644)),
    "short mode": with_both(extra=extra(0x756E, b"abc")),
}

NAMES = {
    "folders": named(b"a/", b"a/b/", b"a/b/c"),
    "folder after its files": named(b"a/b", b"a/"),
    "folder as Java writes it": forge(Member(b"a/", b"", b"\x03\0")),
    "deflated folder of no bytes": forge(Member(b"a/", b"", b"")),
    "folder without a mode": of_type(0, b"a/"),
    "folder of DOS": of_type(0x10, b"a/", made_by=20),
    "folder of Windows": of_type(0x2010, b"a/", made_by=10 << 8 | 20),
    "unmarked ASCII": with_both(flags=0),
    "ASCII marked as UTF-8": with_both(flags=UTF8),
    "Chinese and full-width names": named("订单（一）.json".encode(), "订单(一).json".encode()),
    "names that NFKC would merge": named("ﬃ".encode(), b"ffj", "①".encode(), b"1", "２".encode(), b"2"),
    "emoji and its variation": named("❤️.json".encode()),
    "right-to-left letters": named("שלום.json".encode(), "مرحبا.json".encode()),
    "Thai, Devanagari and Korean": named("ไทย".encode(), "हिन्दी".encode(), "한글".encode()),
    "names that only look like devices": named(
        b"console", b"com10", b"nul_", b"a.con", b"lpt", b"com", b"auxiliary", b"prn-1"
    ),
    "names that only look like aliases": named(
        b"backup~", b"longname~1.json", b"a~b", b"~1.json", b"a~1b", b"a~1.json"
    ),
    "dots": named(b".hidden", b"..a", b"a..b", b"...a", b"a.b.c"),
    "blanks inside": named(b"a b", b"a  b.json", b"a/b c/d"),
    "signs": named(b"!#$%&'()+,-.;=@[]^_`{}~"),
    "the longest component": named(b"a" * 255, ("語" * 85).encode()),
    "the longest path": named(b"/".join([b"a" * 127] * 8)),
    "the deepest path": named(b"a/" * 31 + b"b"),
    "a file beside a folder of its name's beginning": named(b"a", b"ab/c", b"a.b/c", b"a-b"),
    "the same name in two folders": named(b"a/x", b"b/x", b"c/X"),
}

TYPES = {
    "no mode": of_type(0),
    "plain mode": of_type(FILE),
    "mode without a type": of_type(0o644 << 16),
    "only the user may read": of_type(0o100400 << 16),
    "everybody may write": of_type(0o100666 << 16),
    "plain folder": of_type(FOLDER, b"a/"),
    **{
        f"DOS attribute {bit:#x}": of_type(bit, made_by=20)
        for bit in (0x01, 0x02, 0x04, 0x20, 0x80, 0x100, 0x800, 0x2000)
    },
}

LEGAL: dict[str, bytes] = {**CONTAINERS, **SIZES, **DESCRIPTORS, **HEADERS, **VALUES, **NAMES, **TYPES}
"""By what is unusual about each."""
