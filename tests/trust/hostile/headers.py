"""Archives whose headers disagree with each other, or ask for what is not read."""

from tests.archive.zip.forge import STREAMED, Member, deflate, extra, forge
from tests.trust.hostile.shapes import (
    DEFLATED,
    PACKED,
    PLAIN,
    TEXT,
    Oddity,
    also,
    packed_with,
    with_both,
    with_central,
    with_local,
)

_MISMATCHES: tuple[tuple[str, str, tuple[int | bytes, ...]], ...] = (
    ("name", "local-mismatch-name", (b"b.txt", b"A.txt", b"a.txt\0", b"a", b"", b"../../a.txt", b"/a.txt", b"a.txt/")),
    ("method", "local-mismatch-method", (8, 9, 12, 99, 0xFFFF)),
    ("flags", "local-mismatch-flags", (1, 2, 4, 8, 0x40, 0x800, 0x2000, 0x8000)),
    ("crc", "local-mismatch-crc", (0, 1, 0xFFFFFFFF)),
    ("csize", "local-mismatch-csize", (0, 1, len(TEXT) - 1, len(TEXT) + 1, 0xFFFFFFFE)),
    ("size", "local-mismatch-usize", (0, 1, len(TEXT) - 1, len(TEXT) + 1, 0xFFFFFFFE)),
    ("time", "local-mismatch-time", (1, 0xFFFF)),
    ("date", "local-mismatch-time", (0, 0x22)),
    ("needed", "local-mismatch-version", (0, 10, 45)),
)

LOCAL_ONLY = tuple(
    Oddity(f"local {field} {value!r}", slug, with_local(**{field: value}))
    for field, slug, values in _MISMATCHES
    for value in values
)

_PACKED_CENTRAL: tuple[tuple[str, int | bytes, str, frozenset[str]], ...] = (
    ("name", b"b.txt", "local-mismatch-name", also()),
    ("name", b"../a.txt", "local-mismatch-name", also("path-traversal")),
    ("method", 0, "local-mismatch-method", also("stored-size")),
    ("method", 9, "local-mismatch-method", also("method-unsupported")),
    ("flags", 1, "local-mismatch-flags", also("encrypted")),
    ("flags", 2, "local-mismatch-flags", also()),
    ("flags", 6, "local-mismatch-flags", also()),
    ("flags", STREAMED, "local-mismatch-flags", also("data-descriptor")),
    ("flags", 0x800, "local-mismatch-flags", also()),
    ("crc", 7, "local-mismatch-crc", also()),
    ("csize", DEFLATED - 1, "local-mismatch-csize", also("gap")),
    ("csize", DEFLATED + 1, "overlap", also()),
    ("csize", 0, "local-mismatch-csize", also("gap")),
    ("size", len(TEXT) - 1, "local-mismatch-usize", also()),
    ("size", 0, "local-mismatch-usize", also()),
    ("time", 7, "local-mismatch-time", also()),
    ("needed", 10, "local-mismatch-version", also()),
    ("needed", 84, "version-needed", also()),
)

CENTRAL_ONLY = tuple(
    Oddity(f"central {field} {value!r}", slug, packed_with(central={field: value}), also=follows)
    for field, value, slug, follows in _PACKED_CENTRAL
)

SIGNATURES = tuple(
    Oddity(f"local signature {mark!r}", "local-signature", with_local(signature=mark))
    for mark in (b"PK\x03\x05", b"PK\x01\x02", b"PK\x05\x06", b"\0\0\0\0", b"pk\x03\x04")
)

_ENCRYPTION = {
    "a password": 1 << 0,
    "strong encryption": 1 << 0 | 1 << 6,
    "only strong": 1 << 6,
    "a hidden directory": 1 << 13,
}

FEATURES = (
    *(Oddity(f"flags of {title}", "encrypted", with_both(flags=flags)) for title, flags in _ENCRYPTION.items()),
    Oddity("AES", "encrypted", with_both(method=99)),
    Oddity(
        "AES with all that belongs to it",
        "encrypted",
        with_both(method=99, flags=1, needed=51, extra=extra(0x9901, b"\x02\0AE\x03\x08\0")),
    ),
    Oddity("AES value", "encrypted", with_central(extra=extra(0x9901, b"\x02\0AE\x03\x08\0"))),
    Oddity("local AES value", "encrypted", with_local(extra=extra(0x9901, b"\x02\0AE\x03\x08\0"))),
    Oddity("encryption value", "encrypted", with_central(extra=extra(0x0017, bytes(8)))),
    Oddity("local encryption value", "encrypted", with_local(extra=extra(0x0017, bytes(8)))),
    *(
        Oddity(f"method {method}", "method-unsupported", with_both(method=method))
        for method in (*range(1, 8), *range(9, 21), 93, 94, 95, 96, 97, 98, 100, 0x0108, 0xFFFF)
    ),
    *(Oddity(f"version {version / 10}", "version-needed", with_both(needed=version)) for version in (64, 84, 255)),
    Oddity("version 8.4 in the zip64 end record", "version-needed", forge(PLAIN, wide_end={"needed": 84})),
    Oddity("version 8.4 in the local header only", "version-needed", with_local(needed=84)),
    *(
        Oddity(f"flag bit {bit}", "flags-reserved", with_both(flags=1 << bit))
        for bit in (4, 5, 7, 8, 9, 10, 12, 14, 15)
    ),
    *(
        Oddity(f"flag bit {bit} of a deflated entry", "flags-reserved", packed_with({"flags": 1 << bit | 2}))
        for bit in (4, 5, 12)
    ),
)

COMMENTS = (
    Oddity("entry comment", "entry-comment", forge(Member(b"a.txt", TEXT, comment=b"made on Friday"))),
    Oddity("the longest entry comment", "entry-comment", forge(Member(b"a.txt", TEXT, comment=b"a" * 0xFFFF))),
    *(
        Oddity(
            f"record {mark!r} in an entry comment",
            "entry-comment-signature",
            forge(Member(b"a", TEXT, comment=b"see " + mark)),
        )
        for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08")
    ),
    Oddity(
        "an entry comment that is a header",
        "entry-comment-signature",
        forge(Member(b"a", TEXT, comment=PACKED.central_part(0)), PACKED),
        also=also("comment-encoding"),
    ),
    Oddity("Latin-1 entry comment", "comment-encoding", forge(Member(b"a.txt", TEXT, comment=b"caf\xe9"))),
    Oddity(
        "Latin-1 entry comment marked as UTF-8",
        "comment-encoding",
        forge(Member(b"a.txt", TEXT, deflate(TEXT), {"flags": 0x800}, comment=b"caf\xe9")),
    ),
)

ODDITIES = (*LOCAL_ONLY, *CENTRAL_ONLY, *SIGNATURES, *FEATURES, *COMMENTS)
