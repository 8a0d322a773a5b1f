"""One archive for each thing that the reader knows to be odd, with exactly one oddity each."""

import struct
import unicodedata
import zlib
from typing import NamedTuple

from assetpkg.zipfiles import Limits

from .forge import (
    FILE,
    FOLDER,
    STREAMED,
    UTF8,
    Member,
    deflate,
    descriptor,
    extra,
    forge,
    streamed,
)

TEXT = b"the quick brown fox jumps over the lazy dog; the quick brown fox sleeps"
PLAIN = Member(b"a.txt", TEXT)
PACKED = Member(b"b.txt", TEXT, deflate(TEXT))
LATE = streamed(b"c.txt", TEXT)
WIDE = 0xFFFFFFFF


class Oddity(NamedTuple):
    title: str
    slug: str
    archive: bytes
    limits: Limits = Limits()


def wide(*values: int) -> bytes:
    return extra(0x0001, struct.pack(f"<{len(values)}Q", *values))


def unicode_path(name: bytes, other: bytes, version: int = 1) -> bytes:
    return extra(0x7075, struct.pack("<BL", version, zlib.crc32(name)) + other)


def asi(mode: int) -> bytes:
    return extra(0x756E, struct.pack("<LH", 0, mode) + b"\0" * 8)


def named(*names: bytes) -> bytes:
    return forge(*(Member(name, b"" if name.endswith(b"/") else TEXT) for name in names))


def with_both(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, both=fields))


def with_local(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, local=fields))


def with_central(**fields: int | bytes) -> bytes:
    return forge(Member(b"a.txt", TEXT, central=fields))


def late(behind: bytes, *, before: bytes = b"", **local: int) -> bytes:
    fields = {"crc": 0, "csize": 0, "size": 0} | local
    return forge(Member(b"a.txt", TEXT, deflate(TEXT), {"flags": STREAMED}, fields, before=before, behind=behind))


_DEFLATED = len(deflate(TEXT))
_SIGNED = descriptor(TEXT, _DEFLATED)
_HONEST = forge(PLAIN)
_BIG_BLANK = b"\0" * 30_000

CONTAINER = (
    Oddity("empty file", "not-zip", b""),
    Oddity("text", "not-zip", b"hello, this is no zip archive at all"),
    Oddity("cut off", "not-zip", forge(PLAIN)[:-30]),
    Oddity("far more than a comment behind", "not-zip", forge(PLAIN) + b"x" * 70_000),
    Oddity("newline behind", "trailing-data", forge(PLAIN) + b"\n"),
    Oddity("zeros behind", "trailing-data", forge(PLAIN) + bytes(1024)),
    Oddity("comment shorter than said", "trailing-data", forge(PLAIN, end={"comment_length": 5})),
    Oddity("comment longer than said", "trailing-data", forge(PLAIN, comment=b"abc", end={"comment_length": 2})),
    Oddity("two end records", "eocd-ambiguous", forge(PLAIN, comment=forge())),
    Oddity("record in the comment", "comment-signature", forge(PLAIN, comment=b"see PK\x01\x02 there")),
    Oddity("Latin-1 comment", "comment-encoding", forge(PLAIN, comment=b"caf\xe9")),
    Oddity("comment", "archive-comment", forge(PLAIN, comment=b"made on Friday")),
    Oddity("directory begins too early", "cd-bounds", forge(PLAIN, end={"offset": 3})),
    Oddity("directory too short", "cd-bounds", forge(PLAIN, end={"size": 3})),
    Oddity("bytes behind the directory", "cd-bounds", forge(PLAIN, behind_directory=b"abc")),
    Oddity("archive behind a program", "cd-bounds", b"#!/bin/sh\n" + forge(PLAIN)),
    Oddity("name runs over the directory", "cd-bounds", with_central(name_length=500)),
    Oddity("fewer entries said", "cd-count", forge(PLAIN, PACKED, end={"entries": 1, "entries_here": 1})),
    Oddity("more entries said", "cd-count", forge(PLAIN, end={"entries": 2, "entries_here": 2})),
    Oddity("wrong central signature", "cd-signature", with_central(signature=b"PK\x01\x03")),
    Oddity(
        "digital signature",
        "cd-signature",
        forge(PLAIN, behind_directory=b"PK\x05\x05\x02\0ab", end={"size": len(PLAIN.central_part(0)) + 8}),
    ),
    Oddity("bytes before the first entry", "gap", forge(Member(b"a.txt", TEXT, before=b"hidden"))),
    Oddity("hidden entry", "gap", forge(PLAIN, Member(b"b.txt", TEXT, before=PACKED.local_part()))),
    Oddity("bytes before the directory", "gap", forge(PLAIN, before_directory=b"hidden")),
    Oddity("only bytes", "gap", forge(before_directory=b"hidden")),
    Oddity(
        "two entries with the same data",
        "overlap",
        forge(PLAIN, Member(b"b.txt", TEXT, central={"offset": 0})),
    ),
    Oddity("entry in the directory", "overlap", forge(Member(b"a.txt", TEXT, central={"offset": 110}))),
    Oddity("entry behind everything", "overlap", with_central(offset=0xFFFFFFF0)),
    Oddity("data runs into the directory", "overlap", with_both(csize=len(TEXT) + 9, size=len(TEXT) + 9)),
    Oddity(
        "data runs into the next entry",
        "overlap",
        forge(Member(b"a", TEXT, both={"csize": 99, "size": 99}), PACKED),
    ),
    Oddity("second disk", "multi-disk", forge(PLAIN, end={"disk": 1})),
    Oddity("entries on another disk", "multi-disk", forge(PLAIN, end={"entries_here": 0})),
    Oddity("entry on another disk", "multi-disk", with_central(disk=1)),
    Oddity("split marker", "multi-disk", forge(Member(b"a.txt", TEXT, before=b"PK00"))),
    Oddity("zip64 of two disks", "multi-disk", forge(PLAIN, locator={"disks": 2})),
    Oddity("zip64 of no disk", "multi-disk", forge(PLAIN, locator={"disks": 0})),
    Oddity("zip64 on another disk", "multi-disk", forge(PLAIN, wide_end={"disk": 1})),
    Oddity("zip64 locator points elsewhere", "zip64-locator", forge(PLAIN, locator={"wide_end": 4})),
    Oddity("zip64 locator points behind the end", "zip64-locator", forge(PLAIN, locator={"wide_end": 1 << 62})),
    Oddity("no zip64 record", "zip64-locator", forge(PLAIN, end={"offset": WIDE})),
    Oddity(
        "bytes behind the zip64 record",
        "zip64-extensible-data",
        forge(PLAIN, wide_end={}, behind_wide_end=b"abc"),
    ),
    Oddity("zip64 record of another length", "zip64-extensible-data", forge(PLAIN, wide_end={"body": 50})),
    Oddity("zip64 and end record disagree", "zip64-eocd-mismatch", forge(PLAIN, wide_end={}, end={"offset": 7})),
    Oddity("large file", "archive-too-large", forge(PLAIN), Limits(file=100)),
    Oddity("many entries", "too-many-entries", forge(PLAIN, PACKED), Limits(entries=1)),
    Oddity("large directory", "directory-too-large", forge(PLAIN), Limits(headers=10)),
    Oddity("large local extras", "directory-too-large", with_local(extra=extra(7, bytes(90))), Limits(headers=80)),
    Oddity("large entry", "entry-too-large", forge(PLAIN), Limits(entry=50)),
    Oddity("large together", "total-too-large", forge(PLAIN, PACKED), Limits(total=100)),
    Oddity(
        "packs too well",
        "ratio",
        forge(Member(b"a", _BIG_BLANK, deflate(_BIG_BLANK))),
        Limits(ratio_from=20_000),
    ),
)

HEADERS = (
    Oddity("wrong local signature", "local-signature", with_local(signature=b"PK\x03\x05")),
    Oddity("another local name", "local-mismatch-name", with_local(name=b"b.txt")),
    Oddity("a longer local name", "local-mismatch-name", with_local(name=b"../../a.txt")),
    Oddity("another local method", "local-mismatch-method", with_local(method=8)),
    Oddity("another local flag", "local-mismatch-flags", with_local(flags=2)),
    Oddity("another local CRC", "local-mismatch-crc", with_local(crc=1)),
    Oddity("another local packed size", "local-mismatch-csize", with_local(csize=1)),
    Oddity("another local size", "local-mismatch-usize", with_local(size=1)),
    Oddity("another local time", "local-mismatch-time", with_local(time=1)),
    Oddity("another local version", "local-mismatch-version", with_local(needed=10)),
    Oddity("entry comment", "entry-comment", forge(Member(b"a.txt", TEXT, comment=b"made on Friday"))),
    Oddity(
        "record in an entry comment",
        "entry-comment-signature",
        forge(Member(b"a", TEXT, comment=b"PK\x05\x06")),
    ),
    Oddity("Latin-1 entry comment", "comment-encoding", forge(Member(b"a.txt", TEXT, comment=b"caf\xe9"))),
    Oddity("no descriptor", "data-descriptor", late(b"")),
    Oddity("wrong CRC in the descriptor", "data-descriptor", late(descriptor(b"", _DEFLATED))),
    Oddity("wrong size in the descriptor", "data-descriptor", late(descriptor(TEXT, 7))),
    Oddity("wrong descriptor signature", "data-descriptor", late(b"PK\x07\x09" + _SIGNED[4:])),
    Oddity("two descriptors", "data-descriptor", late(_SIGNED * 2)),
    Oddity("bytes behind the descriptor", "data-descriptor", late(_SIGNED + b"hidden")),
    Oddity("false local size with a descriptor", "data-descriptor", late(_SIGNED, size=7)),
    Oddity("unsigned descriptor", "data-descriptor-nosig", late(descriptor(TEXT, _DEFLATED, "<3L"))),
    Oddity("wide descriptor", "data-descriptor-width", late(descriptor(TEXT, _DEFLATED, "<4sL2Q"))),
    Oddity("stored with descriptor", "stored-data-descriptor", forge(streamed(b"a", TEXT, stored=True))),
    Oddity(
        "stored archive with descriptor",
        "stored-data-descriptor-signature",
        forge(streamed(b"a.zip", forge(PLAIN), stored=True)),
    ),
    Oddity("zip64 value disagrees", "zip64-conflict", with_central(extra=wide(1, 1))),
    Oddity("local zip64 value disagrees", "zip64-conflict", with_local(extra=wide(len(TEXT), 1))),
    Oddity("zip64 value missing", "zip64-missing", with_central(offset=WIDE)),
    Oddity("local zip64 value missing", "zip64-missing", with_local(csize=WIDE)),
    Oddity("zip64 value too short", "zip64-length", with_central(size=WIDE, extra=extra(1, b"1234"))),
    Oddity("zip64 value too long", "zip64-length", with_central(extra=wide(len(TEXT), len(TEXT), 0, 0))),
    Oddity("zip64 value empty", "zip64-length", with_central(extra=wide())),
    Oddity(
        "zip64 values in doubtful order",
        "zip64-length",
        with_central(csize=WIDE, extra=wide(len(TEXT), len(TEXT))),
    ),
    Oddity("half an extra value", "extra-malformed", with_central(extra=b"\x01")),
    Oddity("extra value too long", "extra-malformed", with_local(extra=b"\x07\0\xff\0abc")),
    Oddity("zip64 value twice", "extra-duplicate", with_central(size=WIDE, extra=wide(len(TEXT)) * 2)),
    Oddity("Unicode name twice", "extra-duplicate", with_local(extra=unicode_path(b"a.txt", b"a.txt") * 2)),
    Oddity("Unicode comment twice", "extra-duplicate", with_central(extra=extra(0x6375, b"x") * 2)),
    Oddity("another Unicode name", "unicode-path-differs", with_central(extra=unicode_path(b"a.txt", b"../b"))),
    Oddity("another local Unicode name", "unicode-path-differs", with_local(extra=unicode_path(b"a.txt", b"b"))),
    Oddity("Unicode name of another", "unicode-path-invalid", with_central(extra=unicode_path(b"b", b"a.txt"))),
    Oddity("Unicode name version 2", "unicode-path-invalid", with_both(extra=unicode_path(b"a.txt", b"a.txt", 2))),
    Oddity("short Unicode name", "unicode-path-invalid", with_central(extra=extra(0x7075, b"\x01"))),
    Oddity("password", "encrypted", with_both(flags=1)),
    Oddity("strong encryption", "encrypted", with_both(flags=0x40)),
    Oddity("hidden directory", "encrypted", with_both(flags=0x2000)),
    Oddity("AES", "encrypted", with_both(method=99)),
    Oddity("AES value", "encrypted", with_central(extra=extra(0x9901, b"\x02\0AE\x03\x08\0"))),
    Oddity("local encryption value", "encrypted", with_local(extra=extra(0x0017, bytes(8)))),
    Oddity("deflate64", "method-unsupported", with_both(method=9)),
    Oddity("version 8.4", "version-needed", with_both(needed=84)),
    *(
        Oddity(f"flag bit {bit}", "flags-reserved", with_both(flags=1 << bit))
        for bit in (4, 5, 7, 8, 9, 10, 12, 14, 15)
    ),
    Oddity("stored sizes differ", "stored-size", forge(Member(b"a.txt", TEXT, both={"size": 7}))),
)

CONTENT = (
    Oddity("another byte", "crc", forge(PLAIN).replace(b"quick", b"quack")),
    Oddity("declares less", "size-mismatch", forge(Member(b"a", TEXT, deflate(TEXT), {"size": 7}))),
    Oddity("declares more", "size-mismatch", forge(Member(b"a", TEXT, deflate(TEXT), {"size": 700}))),
    Oddity("garbage", "deflate-error", forge(Member(b"a", TEXT, b"\xff" * 20))),
    Oddity("cut off stream", "deflate-truncated", forge(Member(b"a", TEXT, deflate(TEXT)[:-1]))),
    Oddity("no stream", "deflate-truncated", forge(Member(b"a", b"", b""))),
    Oddity("bytes behind the stream", "deflate-trailing", forge(Member(b"a", TEXT, deflate(TEXT) + b"hidden"))),
    Oddity("two streams", "deflate-trailing", forge(Member(b"a", TEXT, deflate(TEXT) * 2))),
    Oddity(
        "many bytes behind the stream",
        "deflate-trailing",
        forge(Member(b"a", TEXT, deflate(TEXT) + bytes(1 << 19))),
    ),
)

_DECOMPOSED = unicodedata.normalize("NFD", "café").encode()

NAMES = (
    Oddity("empty name", "path-empty", named(b"")),
    Oddity("parent folder", "path-traversal", named(b"../a")),
    Oddity("parent folder inside", "path-traversal", named(b"a/../b")),
    Oddity("only the parent folder", "path-traversal", named(b"../")),
    Oddity("this folder", "path-dot-component", named(b"./a")),
    Oddity("two slashes", "path-empty-component", named(b"a//b")),
    Oddity("two slashes at the end", "path-empty-component", named(b"a//")),
    Oddity("absolute", "path-absolute", named(b"/etc/passwd")),
    Oddity("only a slash", "path-absolute", named(b"/")),
    Oddity("drive", "path-drive", named(b"C:/a")),
    Oddity("drive-relative", "path-drive", named(b"c:a")),
    Oddity("backslash", "path-backslash", named(b"a\\b")),
    Oddity("NUL", "path-control-char", named(b"a.json\0.exe")),
    Oddity("escape", "path-control-char", named(b"a\x1b[31m")),
    Oddity("delete", "path-control-char", named(b"a\x7f")),
    Oddity("C1 control", "path-control-char", named("a\x9bb".encode())),
    *(
        Oddity(f"invisible U+{ord(each):04X}", "path-invisible-char", named(f"a{each}b".encode()))
        for each in "\u200b\u200d\u202e\u2066\ufeff\u2028\u061c\ufdd0\uffff\U0001fffe"
    ),
    *(Oddity(f"Windows {each}", "path-windows-char", named(f"ab{each}c".encode())) for each in '<>"|?*:'),
    Oddity("stream", "path-windows-char", named(b"a.txt::$DATA")),
    *(
        Oddity(f"device {each}", "path-windows-device", named(each.encode()))
        for each in (
            "con",
            "NUL",
            "a/aux.json",
            "prn .txt",
            "COM1",
            "lpt9.tar.gz",
            "com³",
            "conin$",
            "CONOUT$",
        )
    ),
    *(Oddity(f"alias {each}", "path-windows-shortname", named(each.encode())) for each in ("MANIFE~1.JSO", "a~2/b")),
    Oddity("trailing dot", "path-trailing-dot-space", named(b"a./b")),
    Oddity("trailing space", "path-trailing-dot-space", named(b"a ")),
    Oddity("three dots", "path-trailing-dot-space", named(b".../a")),
    Oddity("leading space", "path-leading-space", named(b"a/ b")),
    Oddity("long component", "path-component-too-long", named(b"a" * 256)),
    Oddity("long component of few characters", "path-component-too-long", named(("語" * 86).encode())),
    Oddity("long path", "path-too-long", named(b"/".join([b"a" * 100] * 11))),
    Oddity("deep path", "path-too-deep", named(b"a/" * 32 + b"b")),
    Oddity("decomposed", "path-not-nfc", named(_DECOMPOSED)),
    Oddity("not UTF-8", "name-bad-utf8", forge(Member(b"caf\xe9", TEXT, both={"flags": UTF8}))),
    Oddity("overlong UTF-8", "name-bad-utf8", named(b"\xc0\xae\xc0\xae/a")),
    Oddity("surrogate", "name-bad-utf8", named(b"\xed\xa0\x80")),
    Oddity("unmarked UTF-8", "name-legacy-encoding", forge(Member("café".encode(), TEXT, both={"flags": 0}))),
    Oddity(
        "Shift-JIS",
        "name-legacy-encoding",
        forge(Member(b"\x93\xfa\x96\x7b", TEXT, both={"flags": 0})),
    ),
    Oddity("same name", "duplicate-name", named(b"a", b"a")),
    Oddity("folder twice", "duplicate-name", named(b"a/", b"a/")),
    Oddity("file and folder of the same name", "duplicate-name", named(b"a", b"a/")),
    Oddity("other case", "name-collision", named(b"a/B.txt", b"a/b.txt")),
    Oddity("folder in other case", "name-collision", named(b"a/x", b"m/x", b"A/y")),
    Oddity("sharp s", "name-collision", named("straße".encode(), b"STRASSE")),
    Oddity(
        "long s",
        "name-collision",
        named("\u017f".encode(), b"S"),
    ),
    Oddity("file used as folder", "file-dir-conflict", named(b"a", b"a!", b"a/b")),
)


def of_type(attributes: int, name: bytes = b"a") -> bytes:
    return forge(Member(name, b"" if name.endswith(b"/") else TEXT, central={"attributes": attributes}))


TYPES = (
    *(
        Oddity(f"mode {mode:o}", "special-file", of_type(mode << 16))
        for mode in (0o120777, 0o010644, 0o020644, 0o060644, 0o140644, 0o150644)
    ),
    Oddity(
        "link by DOS",
        "special-file",
        forge(Member(b"a", TEXT, central={"attributes": 0o120777 << 16, "made_by": 20})),
    ),
    Oddity("reparse point", "special-file", of_type(0x400)),
    Oddity("DOS device", "special-file", of_type(0x40)),
    Oddity("volume label", "special-file", of_type(0x08)),
    Oddity("ASi link", "special-file", with_central(extra=asi(0o120777))),
    Oddity("local ASi link", "special-file", with_local(extra=asi(0o120777))),
    Oddity("folder with data", "dir-with-data", forge(Member(b"a/", TEXT))),
    Oddity("folder with packed data", "dir-with-data", forge(Member(b"a/", b"", b"\x4b\x00"))),
    Oddity("folder with a long empty stream", "dir-with-data", forge(Member(b"a/", b"", b"\0\0\0\xff\xff\x03\0"))),
    Oddity("folder mode on a file", "type-conflict", of_type(0o040755 << 16)),
    Oddity("file mode on a folder", "type-conflict", of_type(FILE, b"a/")),
    Oddity("DOS folder bit on a file", "type-conflict", of_type(FILE | 0x10)),
    Oddity("ASi folder", "type-conflict", with_local(extra=asi(0o040755))),
    Oddity("setuid", "mode-setid", of_type(0o104644 << 16)),
    Oddity("sticky folder", "mode-setid", of_type(FOLDER | 0o1000 << 16, b"a/")),
    Oddity("executable", "mode-setid", of_type(0o100755 << 16)),
    Oddity("closed", "mode-setid", of_type(0o100000 << 16)),
)

ODDITIES = (*CONTAINER, *HEADERS, *CONTENT, *NAMES, *TYPES)

LEGAL = {
    "empty archive": forge(),
    "stored and deflated": forge(PLAIN, PACKED),
    "streamed": forge(LATE, PLAIN),
    "streamed with true local values": forge(
        Member(b"a", TEXT, deflate(TEXT), {"flags": STREAMED}, behind=descriptor(TEXT, _DEFLATED))
    ),
    "streamed zip64": forge(
        Member(
            b"a",
            TEXT,
            deflate(TEXT),
            {"flags": STREAMED},
            {"crc": 0, "csize": WIDE, "size": WIDE, "extra": wide(0, 0)},
            behind=descriptor(TEXT, _DEFLATED, "<4sL2Q"),
        )
    ),
    "zip64 records": forge(PLAIN, wide_end={}),
    "zip64 records that are needed": forge(
        PLAIN,
        wide_end={},
        end={"entries": 0xFFFF, "entries_here": 0xFFFF, "size": WIDE, "offset": WIDE, "disk": 0xFFFF},
    ),
    "zip64 sizes": with_both(size=WIDE, csize=WIDE, extra=wide(len(TEXT), len(TEXT))),
    "zip64 sizes repeated": with_both(extra=wide(len(TEXT), len(TEXT))),
    "zip64 everything": with_central(
        size=WIDE,
        csize=WIDE,
        offset=WIDE,
        disk=0xFFFF,
        extra=extra(1, struct.pack("<3QL", len(TEXT), len(TEXT), 0, 0)),
    ),
    "other extras": with_both(extra=extra(0xCAFE, b"") + extra(0x5455, b"\x01abcd") + extra(0xCAFE, b"")),
    "true Unicode name": with_both(extra=unicode_path(b"a.txt", b"a.txt")),
    "other order": forge(PLAIN, PACKED),
    "folder": named(b"a/", b"a/b/", b"a/b/c"),
    "folder as Java writes it": forge(Member(b"a/", b"", b"\x03\0")),
    "ASi mode": with_both(extra=asi(0o100644)),
    "no mode": of_type(0),
    "archive bit": of_type(0x20),
    "flags of the compressor": forge(Member(b"a", TEXT, deflate(TEXT), {"flags": 6})),
    "host in version-needed": with_both(needed=3 << 8 | 20),
    "no date": with_both(time=0, date=0),
    "impossible date": with_both(time=0xFFFF, date=0xFFFF),
    "Chinese and full-width names": named("订单（一）.json".encode(), "订单(一).json".encode()),
    "names that only look like devices": named(b"console", b"com10", b"nul_", b"a.con"),
    "names that only look like aliases": named(b"backup~", b"longname~1.json", b"a~b"),
    "stored archive": forge(Member(b"a.zip", forge(PLAIN))),
}
