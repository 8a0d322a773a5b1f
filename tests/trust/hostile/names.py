"""Archives whose names mean another path, or another file, somewhere; and whose entries are not plain files."""

import unicodedata

from tests.archive.zip.forge import FILE, FOLDER, UTF8, Member, forge
from tests.trust.hostile.shapes import TEXT, Oddity, also, asi, named, of_type, with_both, with_central, with_local


def _each(slug: str, *names: bytes | str) -> tuple[Oddity, ...]:
    """Return an oddity for each name, alone in its archive."""
    spelled = [name if isinstance(name, bytes) else name.encode() for name in names]
    return tuple(Oddity(f"{name!r}"[:60], slug, named(name)) for name in spelled)


def _around(*ranges: tuple[int, int]) -> list[str]:
    """Return names with the first and the last character of each range."""
    return [f"a{chr(code)}b" for pair in ranges for code in dict.fromkeys(pair)]


_INVISIBLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x2028, 0x2029),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2065, 0x2065),
    (0x2066, 0x206F),
    (0x3164, 0x3164),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0x1FFFE, 0x1FFFF),
    (0xE0000, 0xE0001),
    (0xE0020, 0xE007F),
    (0x10FFFE, 0x10FFFF),
)

_DEVICES = ("con", "prn", "aux", "nul", "conin$", "conout$", "clock$")
_PORTS = tuple(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")

PATHS = (
    *_each("path-empty", b""),
    *_each("path-traversal", b"..", b"../", b"../a", b"a/..", b"a/../b", b"a/../../b", b"../../etc/passwd"),
    *_each("path-dot-component", b".", b"./", b"./a", b"a/.", b"a/./b"),
    *_each("path-empty-component", b"a//b", b"a//", b"a///b"),
    *_each("path-absolute", b"/", b"/a", b"/etc/passwd"),
    Oddity("'//server/share/a'", "path-absolute", named(b"//server/share/a"), also=also("path-empty-component")),
    *_each("path-drive", b"C:/a", b"c:a", b"Z:/", b"a:b"),
    *_each("path-backslash", b"a\\b", b"..\\a", b"a\\..\\b", b"\\a", b"\\\\server\\share\\a"),
    *_each("path-control-char", *(bytes([97, code, 98]) for code in (*range(0x20), 0x7F))),
    *_each("path-control-char", *_around((0x80, 0x85), (0x9B, 0x9F))),
    *_each("path-control-char", b"a.json\0.exe", b"\x1b[31mred", b"a\x1b]0;title\x07"),
    *_each("path-invisible-char", *_around(*_INVISIBLE)),
    *_each("path-windows-char", *(f"ab{sign}c" for sign in '<>"|?*:')),
    *_each("path-windows-char", b"a.txt:stream", b"a.txt::$DATA", b"a/b:c", b"ab/c:/d"),
    *_each("path-windows-device", *_DEVICES, *(name.upper() for name in _DEVICES), *_PORTS),
    *_each("path-windows-device", "nul.txt", "NUL.tar.gz", "prn .txt", "a/aux.json", "con/a", "a/COM¹/b", "Lpt9.json"),
    *_each("path-windows-shortname", b"MANIFE~1.JSO", b"manife~1.jso", b"a~2/b", b"GIT~1", b"PROGRA~1/a", b"AB1234~9"),
    *_each("path-windows-shortname", b"a~999999"),
    *_each("path-trailing-dot-space", b"a.", b"a ", b"a./b", b"a /b", b"..."),
    *_each("path-trailing-dot-space", b".../a", b"a.txt.", b"a. .", b"a.json /"),
    *_each("path-leading-space", b" a", b"a/ b", b" a/b"),
    *_each("path-component-too-long", b"a" * 256, b"b/" + b"a" * 256 + b"/c", "語" * 86, "\U0001f600" * 64),
    *_each("path-too-long", b"/".join([b"a" * 100] * 11), b"a" * 1_025, b"a" * 60_000, b"\xe8\xaa\x9e" * 342),
    *_each("path-too-deep", b"a/" * 32 + b"b", b"a/" * 33, b"a/" * 500 + b"b"),
    *_each("path-not-nfc", *(unicodedata.normalize("NFD", name) for name in ("café", "Ångström", "한글", "が"))),
    *_each("path-not-nfc", "\u212a", "\u2126", "\uf900", "a\u0344"),
)

ENCODINGS = (
    *(
        Oddity(f"marked as UTF-8: {raw!r}", "name-bad-utf8", forge(Member(raw, TEXT, both={"flags": UTF8})))
        for raw in (
            *(b"caf\xe9", b"\xff", b"a\x80", b"\xc3", b"\xe8\xaa", b"\xf5\x80\x80\x80", b"\xf4\x90\x80\x80"),
            *(b"\xc0\xae\xc0\xae/a", b"..\xc0\xafa", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb8\x80"),
        )
    ),
    *(
        Oddity(f"unmarked {codec}", "name-legacy-encoding", forge(Member(name.encode(codec), TEXT, both={"flags": 0})))
        for codec, name in {
            "utf-8": "café",
            "cp437": "naïve",
            "latin-1": "café",
            "gbk": "订单",
            "shift_jis": "日本",
            "koi8-r": "заказ",
            "big5": "訂單",
        }.items()
    ),
    Oddity(
        "Shift-JIS with a backslash inside",
        "name-legacy-encoding",
        forge(Member("表".encode("shift_jis"), TEXT, both={"flags": 0})),
    ),
    Oddity("an unmarked folder", "name-legacy-encoding", forge(Member("é/".encode(), both={"flags": 0}))),
)

_PAIRS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("duplicate-name", ("a", "a")),
    ("duplicate-name", ("manifest.json", "b", "manifest.json")),
    ("duplicate-name", ("a/", "a/")),
    ("duplicate-name", ("a", "a/")),
    ("duplicate-name", ("a/b", "a/b/")),
    ("duplicate-name", ("订单", "订单")),
    ("name-collision", ("a", "A")),
    ("name-collision", ("manifest.json", "Manifest.JSON")),
    ("name-collision", ("a/B.txt", "a/b.txt")),
    ("name-collision", ("a/x", "m/x", "A/y")),
    ("name-collision", ("a/", "A/")),
    ("name-collision", ("a/", "A/b")),
    ("name-collision", ("a/b/c/x", "a/B/d/y")),
    ("name-collision", ("a", "A/b")),
    ("name-collision", ("straße", "STRASSE")),
    ("name-collision", ("straße", "straẞe")),
    ("name-collision", ("\u017f", "S")),
    ("name-collision", ("É", "é")),
    ("name-collision", ("É/a", "é/b")),
    ("name-collision", ("ΣΑΣ", "σας")),
    ("name-collision", ("µ", "μ")),
    ("name-collision", ("ﬁle", "file")),
    ("name-collision", ("İ", "i̇")),
    ("name-collision", ("ǰ", "J̌")),
    ("name-collision", ("Ж", "ж")),
    ("name-collision", ("Ⅳ", "ⅳ")),
    ("name-collision", ("Ａ", "ａ")),
    ("name-collision", ("\u1fb3", "\u03b1\u03b9")),
    ("file-dir-conflict", ("a", "a/b")),
    ("file-dir-conflict", ("a", "a!", "a/b")),
    ("file-dir-conflict", ("a", "a/b/c/d")),
    ("file-dir-conflict", ("a/b", "a/b/c")),
    ("file-dir-conflict", ("a/b/", "a/b/c", "a/b/c/d")),
)

CLASHES = tuple(
    Oddity(" and ".join(map(repr, names)), slug, named(*(name.encode() for name in names))) for slug, names in _PAIRS
)

_SPECIAL = {
    "link": 0o120777,
    "pipe": 0o010644,
    "character device": 0o020644,
    "block device": 0o060644,
    "socket": 0o140755,
    "unknown 3": 0o030644,
    "unknown 5": 0o050644,
    "unknown 7": 0o070644,
    "unknown 11": 0o130644,
    "unknown 13": 0o150644,
    "unknown 15": 0o170644,
}
_HOSTS = {
    "DOS": 0,
    "Amiga": 1,
    "VMS": 2,
    "Unix": 3,
    "OS/2": 6,
    "Macintosh": 7,
    "NTFS": 10,
    "VFAT": 14,
    "macOS": 19,
    "nobody": 255,
}

TYPES = (
    *(
        Oddity(f"{what} made by {system}", "special-file", of_type(mode << 16, made_by=host << 8 | 20))
        for what, mode in _SPECIAL.items()
        for system, host in _HOSTS.items()
        if what == "link" or system in {"DOS", "Unix"}
    ),
    Oddity("a link that is a folder", "special-file", of_type(0o120777 << 16 | 0x10, b"a/")),
    Oddity("a link with setuid", "special-file", of_type(0o124777 << 16)),
    *(
        Oddity(
            f"DOS attribute {bit:#x} made by {system}",
            "special-file",
            of_type(bit | FILE * (host == 3), made_by=host << 8 | 20),
        )
        for bit in (0x08, 0x40, 0x400, 0x408, 0x420)
        for system, host in (("DOS", 0), ("Unix", 3), ("NTFS", 10))
    ),
    Oddity("a reparse point that is a folder", "special-file", of_type(0x410, b"a/", made_by=20)),
    *(
        Oddity(f"ASi {what} in {part}", "special-file", change(extra=asi(mode, b"target")))
        for what, mode in _SPECIAL.items()
        if not what.startswith("unknown")
        for part, change in (
            ("the central header", with_central),
            ("the local header", with_local),
            ("both headers", with_both),
        )
    ),
    Oddity("folder with data", "dir-with-data", forge(Member(b"a/", TEXT))),
    Oddity("folder with packed data", "dir-with-data", forge(Member(b"a/", b"", b"\x4b\x00"))),
    Oddity("folder with a long empty stream", "dir-with-data", forge(Member(b"a/", b"", b"\0\0\0\xff\xff\x03\0"))),
    Oddity("folder with a checksum", "dir-with-data", forge(Member(b"a/", both={"crc": 7}))),
    Oddity("folder mode on a file", "type-conflict", of_type(0o040755 << 16)),
    Oddity("folder mode on a file, made by DOS", "type-conflict", of_type(0o040755 << 16, made_by=20)),
    Oddity("file mode on a folder", "type-conflict", of_type(FILE, b"a/")),
    Oddity("DOS folder bit on a file", "type-conflict", of_type(FILE | 0x10)),
    Oddity("only the DOS folder bit on a file", "type-conflict", of_type(0x10, made_by=20)),
    Oddity("ASi folder", "type-conflict", with_local(extra=asi(0o040755))),
    Oddity("ASi folder in the central header", "type-conflict", with_central(extra=asi(0o040755))),
    Oddity("ASi file that is a folder", "type-conflict", forge(Member(b"a/", both={"extra": asi(0o100644)}))),
    *(
        Oddity(f"mode {mode:o}", "mode-setid", of_type(mode << 16))
        for mode in (0o104644, 0o102644, 0o101644, 0o107777, 0o100755, 0o100700, 0o100001, 0o100000)
    ),
    *(
        Oddity(f"folder mode {mode:o}", "mode-setid", of_type(FOLDER | mode << 16, b"a/"))
        for mode in (0o1000, 0o2000, 0o4000)
    ),
    Oddity("ASi setuid", "mode-setid", with_both(extra=asi(0o104644))),
)

ODDITIES = (*PATHS, *ENCODINGS, *CLASHES, *TYPES)
