"""Archives in the form of writers that cannot be run here: macOS Finder, Windows Explorer and .NET.

What they write is public knowledge: `zipinfo -v` shows it of any archive of theirs. Finder and `ditto` call themselves
Unix and version 2.1, always put a data descriptor after a file and never mark names as UTF-8; what a Mac keeps
besides a file's content follows as AppleDouble (RFC 1740) below `__MACOSX/`. Explorer calls itself DOS and version
2.0, has neither extra values nor descriptors, and since Windows 8 marks names that are not ASCII. .NET's `ZipFile`
does the same, and on Linux calls itself Unix.
"""

import struct
import zlib
from collections.abc import Callable, Mapping

from tests.archive.zip.forge import FILE, FOLDER, UTF8, Fields, Member, deflate, descriptor, extra, forge

Files = Mapping[str, bytes]

_TIME = {"time": 0x6A3C, "date": 0x5B77}
_MOMENT = 1_795_000_000
_MAC = 3 << 8 | 21
_DOS = 20
_UNIX = 3 << 8 | 20
_ARCHIVE_BIT = 0x20
_LATE = 1 << 3

_APPLE_DOUBLE = struct.pack(">LL16sH", 0x00051607, 0x00020000, b"Mac OS X        ", 1) + struct.pack(">3L", 9, 38, 32)
_FINDER_INFO = _APPLE_DOUBLE + bytes(32)
_IDENTITY = extra(0x7875, b"\x01\x04\xf5\x01\0\0\x04\x14\0\0\0")

_Extras = tuple[bytes, bytes]


def _with_times() -> _Extras:
    moment = struct.pack("<L", _MOMENT)
    return extra(0x5455, b"\x03" + moment * 2) + _IDENTITY, extra(0x5455, b"\x03" + moment) + _IDENTITY


def _before_catalina() -> _Extras:
    times = struct.pack("<2L", _MOMENT, _MOMENT)
    return extra(0x5855, times + struct.pack("<2H", 501, 20)), extra(0x5855, times)


def _finder(files: Files, extras: _Extras) -> bytes:
    folders = sorted({f"{name.rpartition('/')[0]}/" for name in files if "/" in name})
    members = [_finder_folder(folder, extras) for folder in folders]
    for name, content in {**files, ".DS_Store": bytes(6148)}.items():
        members.append(_finder_file(name, content, extras))
        folder, slash, base = name.rpartition("/")
        members.append(_finder_file(f"__MACOSX/{folder}{slash}._{base}", _FINDER_INFO, extras))
    return forge(*members)


def _finder_folder(name: str, extras: _Extras) -> Member:
    local, central = extras
    version = {**_TIME, "needed": 10, "flags": 0}
    attributes: Fields = {"made_by": _MAC, "attributes": FOLDER & ~0x10 | 0x4000, "extra": central}
    return Member(name.encode(), both=version, local={"extra": local}, central=attributes)


def _finder_file(name: str, content: bytes, extras: _Extras) -> Member:
    local, central = extras
    packed = deflate(content)
    return Member(
        name.encode(),
        content,
        packed,
        both={**_TIME, "flags": _LATE},
        local={"crc": 0, "csize": 0, "size": 0, "extra": local},
        central={"made_by": _MAC, "attributes": FILE | 0x4000, "extra": central},
        behind=descriptor(content, len(packed)),
    )


def _plain(files: Files, made_by: int, attributes: int, *, encoding: str = "utf-8") -> bytes:
    """An archive with neither descriptors nor extra values; empty files are stored, as version 1.0 has them."""
    members = []
    for name, content in files.items():
        raw = name.encode(encoding, "replace").replace(b"?", b"_")
        flags = 0 if raw.isascii() or encoding != "utf-8" else UTF8
        packed = deflate(content) if content else None
        both = {**_TIME, "flags": flags, "needed": 20 if content else 10, "crc": zlib.crc32(content)}
        members.append(Member(raw, content, packed, both=both, central={"made_by": made_by, "attributes": attributes}))
    return forge(*members)


FORMS: Mapping[str, Callable[[Files], bytes]] = {
    "macOS Finder": lambda files: _finder(files, _with_times()),
    "macOS Finder before 10.15": lambda files: _finder(files, _before_catalina()),
    "Windows Explorer": lambda files: _plain(files, _DOS, _ARCHIVE_BIT),
    "Windows Explorer 7": lambda files: _plain(files, _DOS, _ARCHIVE_BIT, encoding="cp850"),
    ".NET ZipFile": lambda files: _plain(files, _DOS, 0),
    ".NET ZipFile on Linux": lambda files: _plain(files, _UNIX, FILE),
}
"""How each of these writers packs files; a Mac adds its own (`.DS_Store`, `__MACOSX/`)."""
