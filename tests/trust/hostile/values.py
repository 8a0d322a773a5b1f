"""Archives whose extra values or zip64 records say something else than the plain fields."""

import struct
import zlib

from tests.archive.zip.forge import Member, deflate, extra, forge
from tests.trust.hostile.shapes import (
    DEFLATED,
    MANY,
    PLAIN,
    SIGNED,
    TEXT,
    WIDE,
    Oddity,
    also,
    asi,
    late,
    unicode_path,
    wide,
    with_both,
    with_central,
    with_local,
)

_SIZE = len(TEXT)

RECORDS = (
    Oddity("zip64 locator points elsewhere", "zip64-locator", forge(PLAIN, locator={"wide_end": 4})),
    Oddity("zip64 locator points one byte early", "zip64-locator", forge(PLAIN, locator={"wide_end": 158})),
    Oddity("zip64 locator points at itself", "zip64-locator", forge(PLAIN, locator={"wide_end": 215})),
    Oddity("zip64 locator points after the end", "zip64-locator", forge(PLAIN, locator={"wide_end": 1 << 62})),
    Oddity("zip64 locator of the highest offset", "zip64-locator", forge(PLAIN, locator={"wide_end": (1 << 64) - 1})),
    Oddity("wrong zip64 signature", "zip64-locator", forge(PLAIN, wide_end={"signature": b"PK\x06\x05"})),
    Oddity(
        "a locator without a record",
        "zip64-locator",
        forge(PLAIN, behind_directory=struct.pack("<4sLQL", b"PK\x06\x07", 0, 7, 1)),
    ),
    Oddity(
        "a locator as an entry's comment",
        "zip64-locator",
        forge(Member(b"a", TEXT, comment=struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1))),
    ),
    Oddity(
        "a decoy record before the true directory",
        "zip64-extensible-data",
        forge(
            Member(b"a.zip", struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 0, 0, 0, 0)),
            locator={"wide_end": 35},
        ),
    ),
    *(
        Oddity(f"no zip64 record for the {field}", "zip64-locator", forge(PLAIN, end={field: WIDE}))
        for field in ("offset", "size")
    ),
    Oddity(
        "no zip64 record, and wrong zip64 locator signature",
        "cd-bounds",
        forge(PLAIN, wide_end={}, locator={"signature": b"PK\x06\x08"}),
    ),
    *(
        Oddity(
            f"{len(between)} bytes after the zip64 record",
            "zip64-extensible-data",
            forge(PLAIN, wide_end={}, behind_wide_end=between),
        )
        for between in (b"\0", b"abc", bytes(56))
    ),
    Oddity(
        "extensible data that the length covers",
        "zip64-extensible-data",
        forge(PLAIN, wide_end={"body": 44 + 6}, behind_wide_end=b"\x07\0\0\0\0\0"),
    ),
    *(
        Oddity(f"zip64 record of length {body}", "zip64-extensible-data", forge(PLAIN, wide_end={"body": body}))
        for body in (0, 43, 45, 56, (1 << 64) - 1)
    ),
    *(
        Oddity(
            f"zip64 and end record disagree about the {field}",
            "zip64-eocd-mismatch",
            forge(PLAIN, wide_end={}, end={field: value}),
        )
        for field, value in (
            ("offset", 7),
            ("size", 7),
            ("entries", 7),
            ("entries_here", 7),
            ("disk", 7),
            ("directory_disk", 7),
        )
    ),
    *(
        Oddity(f"zip64 says another {field}", "zip64-eocd-mismatch", forge(PLAIN, wide_end={field: value}))
        for field, value in (("offset", 7), ("size", 7), ("offset", 1 << 63))
    ),
    Oddity("only zip64 says another offset", "cd-bounds", forge(PLAIN, wide_end={"offset": 7}, end={"offset": WIDE})),
    Oddity("only zip64 says another size", "cd-bounds", forge(PLAIN, wide_end={"size": 7}, end={"size": WIDE})),
    Oddity(
        "only zip64 says an enormous size", "cd-bounds", forge(PLAIN, wide_end={"size": 1 << 63}, end={"size": WIDE})
    ),
    Oddity(
        "zip64 says 2^63 entries",
        "too-many-entries",
        forge(
            PLAIN, wide_end={"entries": 1 << 63, "entries_here": 1 << 63}, end={"entries": MANY, "entries_here": MANY}
        ),
    ),
)

SIZES = (
    Oddity("zip64 value disagrees", "zip64-conflict", with_central(extra=wide(1, 1))),
    Oddity("zip64 packed size disagrees", "zip64-conflict", with_central(extra=wide(_SIZE, 1))),
    Oddity("zip64 offset disagrees", "zip64-conflict", with_central(extra=wide(_SIZE, _SIZE, 1))),
    Oddity(
        "zip64 disk disagrees", "zip64-conflict", with_central(extra=extra(1, struct.pack("<3QL", _SIZE, _SIZE, 0, 1)))
    ),
    Oddity("local zip64 value disagrees", "zip64-conflict", with_local(extra=wide(_SIZE, 1))),
    Oddity("local zip64 size disagrees", "zip64-conflict", with_local(extra=wide(1, _SIZE))),
    *(
        Oddity(f"zip64 value for the {field} missing", "zip64-missing", with_central(**{field: value}))
        for field, value in (("size", WIDE), ("csize", WIDE), ("offset", WIDE), ("disk", MANY))
    ),
    Oddity("local zip64 value for the packed size missing", "zip64-missing", with_local(csize=WIDE)),
    Oddity("local zip64 value for the size missing", "zip64-missing", with_local(size=WIDE)),
    Oddity(
        "zip64 value in the local header only",
        "zip64-missing",
        forge(Member(b"a", TEXT, local={"extra": wide(_SIZE, _SIZE)}, both={"size": WIDE, "csize": WIDE})),
    ),
    Oddity(
        "zip64 value in the central header only",
        "zip64-missing",
        forge(Member(b"a", TEXT, central={"extra": wide(_SIZE, _SIZE)}, both={"size": WIDE, "csize": WIDE})),
    ),
    *(
        Oddity(
            f"zip64 value of {length} bytes for a size",
            "zip64-length",
            with_central(size=WIDE, extra=extra(1, bytes(length))),
        )
        for length in (0, 4, 7, 9, 12, 29, 32)
    ),
    *(
        Oddity(
            f"zip64 value of {length} bytes for nothing", "zip64-length", with_central(extra=extra(1, bytes(length)))
        )
        for length in (4, 12, 20, 36)
    ),
    Oddity("zip64 value without bytes", "zip64-empty", with_central(extra=extra(1, b""))),
    Oddity("zip64 values without bytes", "zip64-empty", with_both(extra=extra(1, b""))),
    Oddity("local zip64 value without bytes", "zip64-empty", with_local(extra=extra(1, b""))),
    Oddity(
        "local zip64 value without bytes before a descriptor",
        "zip64-length",
        late(SIGNED, extra=extra(1, b"")),
    ),
    Oddity("local zip64 value too short", "zip64-length", with_local(size=WIDE, csize=WIDE, extra=wide(_SIZE))),
    Oddity(
        "local zip64 value too long", "zip64-length", with_local(size=WIDE, csize=WIDE, extra=wide(_SIZE, _SIZE, 0))
    ),
    Oddity("local zip64 value for one size only", "zip64-length", with_local(csize=WIDE, extra=wide(_SIZE))),
    Oddity("zip64 value too long", "zip64-length", with_central(extra=wide(_SIZE, _SIZE, 0, 0))),
    Oddity("zip64 values in doubtful order", "zip64-length", with_central(csize=WIDE, extra=wide(_SIZE, _SIZE))),
    Oddity(
        "zip64 size is another",
        "local-mismatch-usize",
        forge(Member(b"a", TEXT, deflate(TEXT), central={"size": WIDE, "extra": wide(7)})),
    ),
    Oddity(
        "zip64 packed size is another",
        "local-mismatch-csize",
        forge(Member(b"a", TEXT, deflate(TEXT), central={"csize": WIDE, "extra": wide(DEFLATED - 1)})),
        also=also("gap"),
    ),
    Oddity("zip64 offset is another", "overlap", with_central(offset=WIDE, extra=wide(1 << 40))),
    Oddity("zip64 disk is another", "multi-disk", with_central(disk=MANY, extra=extra(1, struct.pack("<L", 1)))),
    Oddity(
        "zip64 size of 2^63",
        "entry-too-large",
        forge(
            Member(
                b"a",
                TEXT,
                deflate(TEXT),
                {"size": WIDE},
                {"extra": wide(1 << 63, DEFLATED), "csize": WIDE},
                {"extra": wide(1 << 63)},
            )
        ),
        also=also("ratio", "total-too-large"),
    ),
    Oddity(
        "zip64 packed size of 2^63",
        "overlap",
        forge(Member(b"a", TEXT, deflate(TEXT), central={"csize": WIDE, "extra": wide(1 << 63)})),
    ),
)

AREAS = (
    *(
        Oddity(
            f"{part} extra area {title}",
            "extra-malformed",
            with_central(extra=area) if part == "central" else with_local(extra=area),
        )
        for part in ("central", "local")
        for title, area in {
            "of one byte": b"\x01",
            "of three zeros, as zipalign has it": b"\0\0\0",
            "whose value is too long": b"\x07\0\xff\0abc",
            "whose last value is too long": extra(7, b"abc") + b"\x08\0\x01\0",
            "with bytes left over": extra(7, b"abc") + b"\0\0",
        }.items()
    ),
    *(
        Oddity(
            f"{part} {title} twice",
            "extra-duplicate",
            forge(
                Member(
                    b"a.txt",
                    TEXT,
                    local={"extra": area * 2} if part == "local" else {},
                    central={"extra": area * 2} if part == "central" else {},
                )
            ),
        )
        for part in ("central", "local")
        for title, area in {
            "zip64 value": wide(_SIZE, _SIZE),
            "Unicode name": unicode_path(b"a.txt", b"a.txt"),
            "Unicode comment": extra(0x6375, struct.pack("<BL", 1, zlib.crc32(b""))),
            "mode": asi(0o100644),
        }.items()
    ),
    Oddity(
        "two zip64 values that differ",
        "extra-duplicate",
        forge(Member(b"a", TEXT, deflate(TEXT), central={"size": WIDE, "extra": wide(1) + wide(_SIZE)})),
    ),
    Oddity(
        "two Unicode names that differ",
        "extra-duplicate",
        with_central(extra=unicode_path(b"a.txt", b"b") + unicode_path(b"a.txt", b"a.txt")),
    ),
    Oddity(
        "a zip64 value twice, with others between",
        "extra-duplicate",
        with_central(extra=wide(_SIZE, _SIZE) + extra(7, b"") + wide(_SIZE, _SIZE)),
    ),
)

NAMES = (
    *(
        Oddity(f"Unicode name {name!r}", "unicode-path-differs", with_central(extra=unicode_path(b"a.txt", name)))
        for name in (b"b.txt", b"../b", b"/etc/passwd", b"A.txt", b"a.txt\0", b"", b"a.txt/", b"\xff")
    ),
    Oddity("another local Unicode name", "unicode-path-differs", with_local(extra=unicode_path(b"a.txt", b"b"))),
    Oddity(
        "another Unicode name in both headers",
        "unicode-path-differs",
        with_both(extra=unicode_path(b"a.txt", b"b.txt")),
    ),
    Oddity("Unicode name of another", "unicode-path-invalid", with_central(extra=unicode_path(b"b", b"a.txt"))),
    Oddity("local Unicode name of another", "unicode-path-invalid", with_local(extra=unicode_path(b"b", b"a.txt"))),
    *(
        Oddity(
            f"Unicode name version {version}",
            "unicode-path-invalid",
            with_both(extra=unicode_path(b"a.txt", b"a.txt", version)),
        )
        for version in (0, 2, 255)
    ),
    *(
        Oddity(
            f"Unicode name of {length} bytes",
            "unicode-path-invalid",
            with_central(extra=extra(0x7075, b"\x01" * length)),
        )
        for length in (0, 1, 4)
    ),
    Oddity(
        "Unicode name for an unmarked one",
        "name-legacy-encoding",
        forge(
            Member(
                "caf\u00e9".encode("cp437"),
                TEXT,
                both={"flags": 0, "extra": unicode_path("caf\u00e9".encode("cp437"), "caf\u00e9".encode())},
            )
        ),
    ),
)

ODDITIES = (*RECORDS, *SIZES, *AREAS, *NAMES)
