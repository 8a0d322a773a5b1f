"""Archives whose records contradict each other: where they end, what they hold, what overlaps, what is left over."""

from assetpkg.archive.zip import Limits
from tests.archive.zip.forge import Member, deflate, descriptor, extra, forge, streamed
from tests.trust.hostile.shapes import (
    DEFLATED,
    LATE,
    PACKED,
    PLAIN,
    TEXT,
    WIDE,
    Oddity,
    also,
    with_both,
    with_central,
    with_local,
)

HONEST = forge(PLAIN, PACKED)
_LOCALS = len(PLAIN.local_part()) + len(PACKED.local_part())
_END = len(HONEST) - 22

TRUNCATED = tuple(
    Oddity(f"cut off {where}", "not-zip", HONEST[:at])
    for where, at in {
        "in the first signature": 3,
        "in the first header": 20,
        "in the first name": 33,
        "in the first data": 60,
        "after the first entry": len(PLAIN.local_part()),
        "before the directory": _LOCALS,
        "in a central header": _LOCALS + 20,
        "after a central header": _LOCALS + len(PLAIN.central_part(0)),
        "before the end record": _END,
        "in the end record's signature": _END + 3,
        "in the end record": _END + 12,
        "before the comment's length": _END + 20,
        "in the comment's length": _END + 21,
    }.items()
)

ENDS = (
    Oddity("empty file", "not-zip", b""),
    Oddity("one byte", "not-zip", b"P"),
    Oddity("text", "not-zip", b"hello, this is no zip archive at all"),
    Oddity("a tar archive", "not-zip", b"a.txt".ljust(257, b"\0") + b"ustar\x0000".ljust(1024, b"\0")),
    Oddity("a gzip stream", "not-zip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + deflate(TEXT) + bytes(8)),
    Oddity("only local headers", "not-zip", LATE.local_part() + PLAIN.local_part()),
    Oddity("far more than a comment after", "not-zip", forge(PLAIN) + b"x" * 70_000),
    Oddity("wrong end signature", "not-zip", forge(PLAIN, end={"signature": b"PK\x05\x07"})),
    Oddity("64 KiB of signatures without records", "not-zip", b"PK\x03\x04" * 16_384),
    Oddity("newline after", "trailing-data", forge(PLAIN) + b"\n"),
    Oddity("CRLF after", "trailing-data", forge(PLAIN) + b"\r\n"),
    Oddity("one zero after", "trailing-data", forge(PLAIN) + b"\0"),
    Oddity("zeros after", "trailing-data", forge(PLAIN) + bytes(1024)),
    Oddity("zeros after, more than a comment has", "trailing-data", forge(PLAIN) + bytes(70_000)),
    Oddity("zeros after a comment, more than one has", "trailing-data", forge(PLAIN, comment=b"a") + bytes(70_000)),
    Oddity("nothing but zeros", "not-zip", bytes(70_000)),
    Oddity("a script after", "trailing-data", forge(PLAIN) + b"<script>alert(1)</script>"),
    Oddity("a local header after", "trailing-data", forge(PLAIN) + PACKED.local_part()),
    Oddity("bytes after the comment", "trailing-data", forge(PLAIN, comment=b"abc") + b"\n"),
    Oddity("comment shorter than said", "trailing-data", forge(PLAIN, end={"comment_length": 5})),
    Oddity(
        "comment much shorter than said", "trailing-data", forge(PLAIN, comment=b"a", end={"comment_length": 0xFFFF})
    ),
    Oddity("comment longer than said", "trailing-data", forge(PLAIN, comment=b"abc", end={"comment_length": 2})),
    Oddity("comment of no length", "trailing-data", forge(PLAIN, comment=b"abc", end={"comment_length": 0})),
    Oddity("64 KiB of end signatures", "trailing-data", b"PK\x05\x06" * 16_384),
    Oddity("two end records", "eocd-ambiguous", forge(PLAIN, comment=forge())),
    Oddity("an archive in the comment", "eocd-ambiguous", forge(PLAIN, comment=forge(PACKED))),
    Oddity("three end records", "eocd-ambiguous", forge(PLAIN, comment=forge(comment=forge()))),
    Oddity(
        "an end record in an entry's comment that reaches the end",
        "eocd-ambiguous",
        forge(Member(b"a", TEXT, comment=forge(end={"comment_length": 22}))),
    ),
    Oddity(
        "an end record in stored data that reaches the end",
        "eocd-ambiguous",
        forge(Member(b"a", forge(end={"comment_length": 22 + 46 + 1}))),
    ),
    Oddity(
        "an end record in a name that reaches the end",
        "eocd-ambiguous",
        forge(Member(forge(end={"comment_length": 22}))),
    ),
    Oddity("an end record in the comment of an empty archive", "eocd-ambiguous", forge(comment=forge())),
    *(
        Oddity(
            f"record PK\\x{mark[2]:02x}\\x{mark[3]:02x} in the comment",
            "comment-signature",
            forge(comment=b"see " + mark),
        )
        for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08")
    ),
    Oddity("an archive in the comment that does not reach its end", "comment-signature", forge(comment=forge() + b".")),
    Oddity("Latin-1 comment", "comment-encoding", forge(PLAIN, comment=b"caf\xe9")),
    Oddity("comment with half a character", "comment-encoding", forge(PLAIN, comment="caf\u00e9".encode()[:-1])),
    Oddity("comment with overlong UTF-8", "comment-encoding", forge(PLAIN, comment=b"\xc0\xaf")),
    Oddity("comment", "archive-comment", forge(PLAIN, comment=b"made on Friday")),
    Oddity("comment that drives a terminal", "archive-comment", forge(PLAIN, comment=b"\x1b[2J\x1b]0;a\x07")),
    Oddity("the longest comment", "archive-comment", forge(PLAIN, comment=b"a" * 0xFFFF)),
)

BOUNDS = (
    Oddity("directory begins too early", "cd-bounds", forge(PLAIN, end={"offset": 3})),
    Oddity("directory begins one byte late", "cd-bounds", forge(PLAIN, end={"offset": len(PLAIN.local_part()) + 1})),
    Oddity("directory begins at zero", "cd-bounds", forge(PLAIN, end={"offset": 0})),
    Oddity("directory begins after everything", "cd-bounds", forge(PLAIN, end={"offset": WIDE - 1})),
    Oddity("directory too short", "cd-bounds", forge(PLAIN, end={"size": 3})),
    Oddity("directory one byte too long", "cd-bounds", forge(PLAIN, end={"size": len(PLAIN.central_part(0)) + 1})),
    Oddity("directory of no size", "cd-bounds", forge(PLAIN, end={"size": 0})),
    Oddity("directory larger than the file", "cd-bounds", forge(PLAIN, end={"size": WIDE - 1})),
    Oddity("bytes after the directory", "cd-bounds", forge(PLAIN, behind_directory=b"abc")),
    Oddity("a second directory after the first", "cd-bounds", forge(PLAIN, behind_directory=PLAIN.central_part(0))),
    Oddity("archive after a program", "cd-bounds", b"#!/bin/sh\n" + forge(PLAIN)),
    Oddity("archive after another archive", "cd-bounds", forge(PACKED) + forge(PLAIN)),
    Oddity("archive after a PDF", "cd-bounds", b"%PDF-1.4\n%%EOF\n" + forge(PLAIN)),
    Oddity("archive after one byte", "cd-bounds", b"\0" + forge(PLAIN)),
    Oddity("archive with zip64 records after a program", "zip64-locator", b"#!/bin/sh\n" + forge(PLAIN, wide_end={})),
    Oddity("name runs over the directory", "cd-bounds", with_central(name_length=500)),
    Oddity("extra area runs over the directory", "cd-bounds", with_central(extra_length=500)),
    Oddity("comment runs over the directory", "cd-bounds", with_central(comment_length=500)),
    Oddity("the lengths of a header together run over", "cd-bounds", with_central(comment_length=1)),
    Oddity("the directory ends inside a header", "cd-bounds", forge(PLAIN, end={"size": 30, "offset": _LOCALS})),
    Oddity("fewer entries said", "cd-count", forge(PLAIN, PACKED, end={"entries": 1, "entries_here": 1})),
    Oddity("no entries said", "cd-count", forge(PLAIN, end={"entries": 0, "entries_here": 0})),
    Oddity("more entries said", "cd-count", forge(PLAIN, end={"entries": 2, "entries_here": 2})),
    Oddity("most entries said", "cd-count", forge(PLAIN, end={"entries": 0xFFFE, "entries_here": 0xFFFE})),
    Oddity(
        "zip64 says fewer entries",
        "cd-count",
        forge(
            PLAIN, PACKED, wide_end={"entries": 1, "entries_here": 1}, end={"entries": 0xFFFF, "entries_here": 0xFFFF}
        ),
    ),
    Oddity(
        "entries modulo 65,536",
        "zip64-eocd-mismatch",
        forge(PLAIN, wide_end={"entries": 65_537, "entries_here": 65_537}, end={"entries": 1, "entries_here": 1}),
    ),
    *(
        Oddity(f"central signature {mark!r}", "cd-signature", with_central(signature=mark))
        for mark in (b"PK\x01\x03", b"PK\x03\x04", b"PK\x00\x00", b"\0\0\0\0", b"pk\x01\x02")
    ),
    Oddity(
        "digital signature",
        "cd-signature",
        forge(PLAIN, behind_directory=b"PK\x05\x05\x02\0ab", end={"size": len(PLAIN.central_part(0)) + 8}),
    ),
    Oddity(
        "bytes in the directory",
        "cd-signature",
        forge(PLAIN, behind_directory=bytes(50), end={"size": len(PLAIN.central_part(0)) + 50}),
    ),
    Oddity("an archive extra data record", "gap", forge(PLAIN, before_directory=b"PK\x06\x08\x02\0\0\0ab")),
    Oddity(
        "a comment that is a header",
        "cd-count",
        forge(Member(b"a", TEXT, central={"comment_length": 0}, comment=PACKED.central_part(0))),
    ),
)

SPACES = (
    Oddity("bytes before the first entry", "gap", forge(Member(b"a.txt", TEXT, before=b"hidden"))),
    Oddity("one byte before the first entry", "gap", forge(Member(b"a.txt", TEXT, before=b"\0"))),
    Oddity("one byte between two entries", "gap", forge(PLAIN, Member(b"b.txt", TEXT, before=b"\0"))),
    Oddity("hidden entry", "gap", forge(PLAIN, Member(b"b.txt", TEXT, before=PACKED.local_part()))),
    Oddity("hidden first entry", "gap", forge(Member(b"b.txt", TEXT, before=PLAIN.local_part()))),
    Oddity("hidden last entry", "gap", forge(PLAIN, before_directory=PACKED.local_part())),
    Oddity("hidden entry of the same name", "gap", forge(PLAIN, before_directory=PLAIN.local_part())),
    Oddity("bytes before the directory", "gap", forge(PLAIN, before_directory=b"hidden")),
    Oddity("one zero before the directory", "gap", forge(PLAIN, before_directory=b"\0")),
    Oddity("only bytes", "gap", forge(before_directory=b"hidden")),
    Oddity("an entry that no header names", "gap", forge(before_directory=PLAIN.local_part())),
    Oddity("a hidden archive", "gap", forge(PLAIN, before_directory=forge(PACKED))),
    Oddity(
        "a descriptor that no flag announces",
        "gap",
        forge(Member(b"a.txt", TEXT, deflate(TEXT), behind=descriptor(TEXT, DEFLATED))),
    ),
    Oddity("two entries with the same data", "overlap", forge(PLAIN, Member(b"b.txt", TEXT, central={"offset": 0}))),
    Oddity("entry in the directory", "overlap", with_central(offset=110)),
    Oddity("entry at the directory", "overlap", with_central(offset=len(PLAIN.local_part()))),
    Oddity("entry after everything", "overlap", with_central(offset=0xFFFFFFF0)),
    Oddity("data runs into the directory", "overlap", with_both(csize=len(TEXT) + 9, size=len(TEXT) + 9)),
    Oddity("data runs one byte into the directory", "overlap", with_both(csize=len(TEXT) + 1, size=len(TEXT) + 1)),
    Oddity(
        "data runs into the next entry", "overlap", forge(Member(b"a", TEXT, both={"csize": 99, "size": 99}), PACKED)
    ),
    Oddity(
        "data runs into the next name", "overlap", forge(Member(b"a", TEXT, both={"csize": 72, "size": 72}), PACKED)
    ),
    Oddity(
        "an entry inside the data of another",
        "overlap",
        forge(
            Member(b"a.zip", PACKED.local_part() + TEXT), Member(b"b.txt", TEXT, deflate(TEXT), central={"offset": 35})
        ),
    ),
    Oddity("local name runs into the directory", "overlap", with_local(name_length=500)),
    Oddity("local extra area runs into the directory", "overlap", with_local(extra_length=500)),
    Oddity("local name is cut", "local-mismatch-name", with_local(name_length=4), also=also("gap")),
    Oddity("entry offset one byte early", "overlap", forge(PLAIN, Member(b"b", TEXT, central={"offset": 105}))),
    Oddity("entry offset one byte late", "gap", forge(Member(b"a", TEXT, central={"offset": 1}))),
    Oddity("entry offset inside the entry before", "overlap", forge(PLAIN, Member(b"b", TEXT, central={"offset": 50}))),
)

DISKS = (
    Oddity("second disk", "multi-disk", forge(PLAIN, end={"disk": 1})),
    Oddity("directory on another disk", "multi-disk", forge(PLAIN, end={"directory_disk": 1})),
    Oddity("no known disk without a zip64 record", "multi-disk", forge(PLAIN, end={"disk": 0xFFFF})),
    Oddity("entries on another disk", "multi-disk", forge(PLAIN, end={"entries_here": 0})),
    Oddity("more entries here than altogether", "multi-disk", forge(PLAIN, end={"entries_here": 2})),
    Oddity("entry on another disk", "multi-disk", with_central(disk=1)),
    Oddity("split marker", "multi-disk", forge(Member(b"a.txt", TEXT, before=b"PK00"))),
    Oddity("spanned marker, and offsets without it", "multi-disk", b"PK\x07\x08" + forge(PLAIN)),
    Oddity("split marker, and offsets without it", "multi-disk", b"PK00" + forge(PLAIN)),
    Oddity("spanned marker", "multi-disk", forge(Member(b"a.txt", TEXT, before=b"PK\x07\x08"))),
    Oddity("zip64 of two disks", "multi-disk", forge(PLAIN, locator={"disks": 2})),
    Oddity("zip64 of no disk", "multi-disk", forge(PLAIN, locator={"disks": 0})),
    Oddity("zip64 record on another disk", "multi-disk", forge(PLAIN, locator={"disk": 1})),
    Oddity("zip64 on another disk", "multi-disk", forge(PLAIN, wide_end={"disk": 1}, end={"disk": 0xFFFF})),
    Oddity(
        "zip64 directory on another disk",
        "multi-disk",
        forge(PLAIN, wide_end={"directory_disk": 1}, end={"directory_disk": 0xFFFF}),
    ),
    Oddity(
        "zip64 entries on another disk",
        "multi-disk",
        forge(PLAIN, wide_end={"entries_here": 0}, end={"entries_here": 0xFFFF}),
    ),
)

LIMITS = (
    Oddity("large file", "archive-too-large", forge(PLAIN), Limits(file=100)),
    Oddity("many entries", "too-many-entries", forge(PLAIN, PACKED), Limits(entries=1)),
    Oddity("large directory", "directory-too-large", forge(PLAIN), Limits(headers=10)),
    Oddity("large local extras", "directory-too-large", with_local(extra=extra(7, bytes(90))), Limits(headers=80)),
    Oddity("large entry", "entry-too-large", forge(PLAIN), Limits(entry=50)),
    Oddity("large together", "total-too-large", forge(PLAIN, PACKED), Limits(total=100)),
    Oddity("large streamed entry", "entry-too-large", forge(LATE), Limits(entry=50)),
    Oddity(
        "large stored entry with a descriptor",
        "entry-too-large",
        forge(streamed(b"a", TEXT, stored=True)),
        Limits(entry=50),
    ),
)

ODDITIES = (*TRUNCATED, *ENDS, *BOUNDS, *SPACES, *DISKS, *LIMITS)
