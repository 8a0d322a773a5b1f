"""Changes to an archive that know its fields: set in one header, or alike in both, and so without contradiction."""

import random
import struct
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.archive.zip.forge import STREAMED, UTF8, Member, descriptor, extra, forge
from tests.trust.fuzz.shapes import NARROW, PLAIN, Shape
from tests.trust.hostile.inner import PLANTS, stored_blocks

_UNKNOWN = 0xFFFFFFFF
_MODES = (0o100644, 0o100600, 0o100000, 0o040755, 0o120777, 0o010644, 0o060644, 0o644, 0)
_ATTRIBUTES = (*(mode << 16 for mode in _MODES), 0o100644 << 16 | 0x20, 0x10, 0x20, 0x01, 0x08, 0x40, 0x400)
_NUMBERS = (0, 1, 2, 3, 8, 9, 10, 20, 45, 63, 99, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, _UNKNOWN)
_FORMS = ("<4s3L", "<4sL2Q", "<3L", "<L2Q")
_SIGNATURES = tuple(f"PK{pair}".encode() for pair in ("\1\2", "\3\4", "\5\6", "\6\6", "\6\7", "\7\x08"))
# What some reader somewhere looks at: zip64, OS/2, NTFS, VMS, Unix, encryption, timestamps, Macintosh, SMS, Unicode
# names and comments, Be, links, streamed attributes, jar, AES, alignment, and tags that nobody knows.
_TAGS = (
    *(0x0001, 0x0007, 0x0008, 0x0009, 0x000A, 0x000C, 0x000D, 0x000E, 0x000F, 0x0014, 0x0015, 0x0016, 0x0017, 0x0019),
    *(0x0065, 0x07C8, 0x2605, 0x2705, 0x334D, 0x4341, 0x4453, 0x4704, 0x470F, 0x4B46, 0x4C41, 0x4D49, 0x4F4C, 0x5356),
    *(0x5455, 0x554E, 0x5855, 0x6375, 0x6542, 0x6C65, 0x6C78, 0x7075, 0x756E, 0x7855, 0x7875, 0x9901, 0xA11E, 0xA220),
    *(0xCAFE, 0xD935, 0xE57A, 0xFB4A, 0xFD4A, 0x1986, 0xFFFF, 0x0000),
)
_NAMES = (
    *(
        "b",
        "A.txt",
        "a",
        "a/",
        "a/b",
        "a.txt/",
        "A/b",
        "b.txt",
        "é",
        "É",
        "订单",
        "ß",
        "ſ",
        "K",
        "🙂",
        "ａ",
        "ﬁ",
        "ǆ",
        "İ",
    ),
    *("a b", "a.", " a", "-a", "--", "@a", "#", "%2e%2e", "a%2fb", "~", "~a", "$HOME", "a;b", "a'b", "[a]", "{a,b}"),
    *(
        "__MACOSX/a",
        ".a",
        "..a",
        "a..",
        "con",
        "\\a",
        "a\\b",
        "../a",
        "/a",
        "C:a",
        "é".upper(),
        "e\u0301",
        "한글",
        "が",
    ),
)

_PLANTED = 0.2
"""In how many archives a second one lies, whose offsets are right in the file."""

Change = Callable[[random.Random, Shape], Shape]


def mutate(shape: Shape, chance: random.Random) -> bytes:
    """Return an archive that differs from `shape` in a few things."""
    for _ in range(chance.choice((1, 1, 2, 2, 3, 5))):
        shape = chance.choice(_CHANGES)(chance, shape)
    try:
        # Last, since its offsets are right only as long as nothing before it changes.
        archive = (_plant(chance, shape) if chance.random() < _PLANTED else shape).forge()
    except struct.error:
        return b""
    return archive if chance.random() > 0.05 else _with_noise(chance, archive)


def _pick(chance: random.Random, shape: Shape, change: Callable[[Member], Member]) -> Shape:
    if not shape.members:
        return shape
    at = chance.randrange(len(shape.members))
    return shape._replace(members=(*shape.members[:at], change(shape.members[at]), *shape.members[at + 1 :]))


def _told(
    chance: random.Random, member: Member, fields: Mapping[str, Any], central: Mapping[str, Any] | None = None
) -> Member:
    """Set fields in both headers, mostly, or in one of them; those of the central one may be its own."""
    mine = fields if central is None else central
    match chance.randrange(6):
        case 0:
            return replace(member, local={**member.local, **fields})
        case 1:
            return replace(member, central={**member.central, **mine})
        case _:
            return replace(member, local={**member.local, **fields}, central={**member.central, **mine})


def _number(chance: random.Random, old: int, name: str) -> int:
    value = chance.choice(
        (chance.choice(_NUMBERS), old ^ 1 << chance.randrange(32), old + chance.choice((-1, 1)), chance.getrandbits(32))
    )
    return value & (0xFFFF if name in NARROW else _UNKNOWN)


def _change_field(chance: random.Random, shape: Shape) -> Shape:
    name = chance.choice(PLAIN)
    return _pick(
        chance, shape, lambda member: _told(chance, member, {name: _number(chance, int(member.local[name]), name)})
    )


def _change_central(chance: random.Random, shape: Shape) -> Shape:
    name = chance.choice(("made_by", "disk", "internal", "attributes", "attributes", "attributes"))

    def change(member: Member) -> Member:
        value = _number(chance, int(member.central[name]), name)
        if name == "attributes" and chance.random() < 0.7:
            value = chance.choice(_ATTRIBUTES)
        if name == "made_by" and chance.random() < 0.7:
            value = chance.randrange(32) << 8 | 20
        return replace(member, central={**member.central, name: value})

    return _pick(chance, shape, change)


def _change_name(chance: random.Random, shape: Shape) -> Shape:
    name = chance.choice(_NAMES) if chance.random() < 0.8 else _any_name(chance)
    raw = name.encode(chance.choice(("utf-8",) * 6 + ("cp850", "gbk", "utf-16-le")), "replace")

    def change(member: Member) -> Member:
        flags = int(member.local["flags"])
        marked = flags & ~UTF8 | chance.choice((0, UTF8)) if raw.isascii() or chance.random() < 0.2 else flags | UTF8
        return _told(chance, member, {"name": raw, "flags": marked})

    return _pick(chance, shape, change)


def _any_name(chance: random.Random) -> str:
    planes = ((0x20, 0x7F), (0xA0, 0x250), (0x250, 0x3000), (0x3000, 0xD800), (0xE000, 0x10000), (0x10000, 0x20000))
    text = "".join(chr(chance.randrange(*chance.choice(planes))) for _ in range(chance.randrange(1, 5)))
    return unicodedata.normalize("NFC", text) if chance.random() < 0.8 else text


def _change_extra(chance: random.Random, shape: Shape) -> Shape:
    def change(member: Member) -> Member:
        value = _extra_value(chance, member)
        old, old_central = bytes(member.local["extra"]), bytes(member.central["extra"])
        if chance.random() < 0.5:
            return _told(chance, member, {"extra": value + old}, {"extra": value + old_central})
        return _told(chance, member, {"extra": old + value}, {"extra": old_central + value})

    return _pick(chance, shape, change)


def _extra_value(chance: random.Random, member: Member) -> bytes:
    name = bytes(member.local["name"])
    tag = chance.choice(_TAGS)
    body = chance.choice((b"", chance.randbytes(chance.randrange(1, 40)), bytes(chance.randrange(1, 40))))
    match tag:
        case 0x7075 | 0x6375 if chance.random() < 0.8:
            text = name if tag == 0x7075 else member.comment
            other = chance.choice((text, text, chance.choice(_NAMES).encode()))
            body = bytes([chance.choice((1, 1, 1, 2))]) + struct.pack("<L", zlib.crc32(text)) + other
        case 0x756E if chance.random() < 0.8:
            body = struct.pack("<HL2H", chance.choice(_MODES), chance.choice((0, 5)), 0, 0) + b"b.txt"
            body = struct.pack("<L", zlib.crc32(body)) + body
        case 0x6C65 | 0x6C78 if chance.random() < 0.8:
            mode = chance.choice(_MODES) << 16
            body = bytes([chance.randrange(8)]) + struct.pack("<HHL", 3 << 8 | 20, 0, mode)
        case 0x5455 if chance.random() < 0.5:
            body = b"\x03" + bytes(8)
        case 0x554E if chance.random() < 0.8:
            other = chance.choice(_NAMES).encode("utf-16-le")
            body = b"NUCX" + struct.pack("<H", len(other) // 2) + other
        case 0x0008 if chance.random() < 0.8:
            body = struct.pack("<L", zlib.crc32(name)) + chance.choice(_NAMES).encode()
        case _:
            pass
    return extra(tag, body) if chance.random() < 0.97 else extra(tag, body)[:-1]


def _widen(chance: random.Random, shape: Shape) -> Shape:
    """Leave sizes to zip64 values, in one of the many ways."""

    def change(member: Member) -> Member:
        size, csize = int(member.central["size"]), len(member.data)
        left = chance.choice((("size", "csize"), ("size", "csize"), ("size",), ("csize",), ()))
        there = chance.choice((left, ("size", "csize"), ("size", "csize", "offset"), ("csize", "size")))
        offset = sum(len(each.local_part()) for each in shape.members[: shape.members.index(member)])
        values = {"size": size, "csize": csize, "offset": offset}
        if chance.random() < 0.1:
            values[chance.choice(("size", "csize", "offset"))] += chance.choice((1, -1, 1 << 32))
        body = b"".join(struct.pack("<q", values[name]) for name in there)
        fields = dict.fromkeys(left, _UNKNOWN)
        return _told(
            chance,
            member,
            {**fields, "extra": extra(1, body) + bytes(member.local["extra"])},
            {**fields, "extra": extra(1, body) + bytes(member.central["extra"])},
        )

    return _pick(chance, shape, change)


def _postpone(chance: random.Random, shape: Shape) -> Shape:
    """Put a descriptor after the data, with or without the values in the local header."""

    def change(member: Member) -> Member:
        values = (int(member.central["crc"]), len(member.data), int(member.central["size"]))
        form = chance.choice(_FORMS)
        behind = descriptor(b"", 0, form)
        packed = struct.pack(form.replace("4s", "4s"), *((b"PK\7\x08",) if "4s" in form else ()), *values)
        empty = {"crc": 0, "csize": 0, "size": 0} if chance.random() < 0.7 else {}
        streamed = replace(member, behind=packed if chance.random() < 0.95 else behind)
        told = _told(chance, streamed, {"flags": int(member.local["flags"]) | STREAMED})
        return replace(told, local={**told.local, **empty})

    return _pick(chance, shape, change)


def _repack(chance: random.Random, shape: Shape) -> Shape:
    """Give a member other content, stored or deflated in some way, and tell the truth about it."""

    def change(member: Member) -> Member:
        content = chance.choice((b"", b"x", bytes(300), chance.randbytes(50), chance.choice(_SIGNATURES), forge()))
        content += chance.choice((b"", chance.choice(_SIGNATURES) + bytes(12)))
        engine = zlib.compressobj(chance.randrange(10), zlib.DEFLATED, -15, 8, chance.randrange(5))
        deflated = engine.compress(content) + engine.flush(zlib.Z_FULL_FLUSH) + engine.flush()
        method = chance.choice((0, 8))
        data = deflated if method else content
        if chance.random() < 0.05:
            data += chance.choice((b"\0", b"\3\0", b"hidden"))
        truth = {"method": method, "crc": zlib.crc32(content), "csize": len(data), "size": len(content)}
        again = replace(
            member,
            packed=data,
            local={**member.local, **truth},
            central={**member.central, **truth},
            behind=b"",
        )
        flags = int(member.local["flags"]) & ~STREAMED
        return replace(again, local={**again.local, "flags": flags}, central={**again.central, "flags": flags})

    return _pick(chance, shape, change)


def _change_comment(chance: random.Random, shape: Shape) -> Shape:
    comment = chance.choice((b"", b"hello", "é".encode(), b"\xe9", b"PK\5\6", bytes(22), b"\0", forge(), b"x" * 300))
    if chance.random() < 0.5:
        return shape._replace(comment=comment)
    return _pick(chance, shape, lambda member: replace(member, comment=comment))


def _change_end(chance: random.Random, shape: Shape) -> Shape:
    counts = ("disk", "directory_disk", "entries_here", "entries", "size", "offset")
    what = chance.randrange(4)
    if what == 0 and shape.wide_end is None:
        return shape._replace(wide_end={})
    if what == 1 and shape.wide_end is not None:
        name = chance.choice(("body", "made_by", "needed", *counts))
        return shape._replace(wide_end={**shape.wide_end, name: _number(chance, 44, "made_by")})
    if what == 2 and shape.wide_end is not None:
        name = chance.choice(("disk", "wide_end", "disks"))
        return shape._replace(locator={**(shape.locator or {}), name: _number(chance, 1, "disk")})
    name = chance.choice(counts)
    narrow = name not in ("size", "offset")
    value = chance.choice((_UNKNOWN, len(shape.members), 0, _number(chance, 0, "size"))) & (
        0xFFFF if narrow else _UNKNOWN
    )
    return shape._replace(end={**shape.end, name: value})


def _rearrange(chance: random.Random, shape: Shape) -> Shape:
    """Change the order of the directory, or which members there are."""
    members: Sequence[Member] = shape.members
    match chance.randrange(4):
        case 0:
            return shape._replace(order=tuple(chance.sample(shape.order, len(shape.order))))
        case 1 if members:
            members = (*members, chance.choice(members))
        case 2 if members:
            members = tuple(chance.sample(members, len(members) - 1))
        case _:
            members = (*members, Member(**_NEW[chance.randrange(len(_NEW))]))
    whole = [replace(member, **_explicit(member)) for member in members]
    return shape._replace(members=tuple(whole), order=tuple(range(len(whole))))


def _plant(chance: random.Random, shape: Shape) -> Shape:
    """Add an entry, anywhere among the others, that holds a second archive."""
    plant = chance.choice(list(PLANTS.values()))
    at = chance.randrange(len(shape.members) + 1)
    order = (*(number + (number >= at) for number in shape.order), at)

    def holding(content: bytes) -> Shape:
        entry = Member(b"planted.zip", content, stored_blocks(content) if blocks else None)
        return shape._replace(members=(*shape.members[:at], entry, *shape.members[at:]), order=order)

    blocks = chance.random() < 0.5
    mark = bytes(reversed(range(1, len(plant(0)) + 1)))
    return holding(plant(holding(mark).forge().index(mark)))


_NEW: tuple[dict[str, Any], ...] = (
    {"name": b"a/"},
    {"name": b"new/"},
    {"name": b"new", "content": b"new"},
    {"name": b"a.txt/b", "content": b"new"},
    {"name": "é".encode(), "content": b"new"},
)


def _explicit(member: Member) -> dict[str, Any]:
    """Return both headers of a member with every field, which the other changes build on."""
    natural = {**member._fields(), **member.both}
    attributes = 0o040755 << 16 | 0x10 if member.name.endswith(b"/") else 0o100644 << 16
    own = {"made_by": 3 << 8 | 20, "disk": 0, "internal": 0, "attributes": attributes}
    return {"local": {**natural, **member.local}, "central": {**natural, **own, **member.central}}


def _with_noise(chance: random.Random, archive: bytes) -> bytes:
    at = chance.randrange(len(archive) + 1)
    width = chance.choice((0, 1, 1, 2, 4))
    return archive[:at] + chance.randbytes(chance.choice((width, 0, 1))) + archive[at + width :]


_CHANGES: tuple[Change, ...] = (
    _change_field,
    _change_field,
    _change_central,
    _change_central,
    _change_name,
    _change_name,
    _change_extra,
    _change_extra,
    _change_extra,
    _widen,
    _postpone,
    _repack,
    _change_comment,
    _change_end,
    _rearrange,
)
