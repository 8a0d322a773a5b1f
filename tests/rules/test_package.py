"""PKG: the zip or the folder as a whole."""

import os
from pathlib import Path

import pytest

from assetpkg.zipfiles import Limits
from tests.build import make_contents
from tests.zipfiles.forge import Member, deflate, forge

from .rows import (
    EVENTS,
    MANIFEST,
    SHOP,
    Row,
    Table,
    checked,
    from_bytes,
    from_folder,
    limited,
    packed,
    parameters,
    row,
    zipped,
)

CONTENTS = make_contents()
LINK = 0o120777 << 16
SET_USER_ID = 0o104755 << 16
RESERVED = "look for a misspelled folder"


def forged(*, comment: bytes = b"", **changed: Member) -> bytes:
    """The minimal package forged, with the entries given by their bare names changed."""
    members = {name: Member(name.encode(), content) for name, content in CONTENTS.items()}
    members |= {member.name.decode("latin-1"): member for member in changed.values()}
    return forge(*members.values(), comment=comment)


def with_manifest(**fields: int) -> Member:
    return Member(MANIFEST.encode(), CONTENTS[MANIFEST], central=fields)


FAILING: Table = {
    "PKG001": (
        row(
            "an empty file",
            from_bytes(b""),
            "PKG001: the file is empty -> give the path of a zip archive; if it is one, fetch it again, for "
            "its end is missing [ROMA.10011]",
        ),
        row(
            "a text",
            from_bytes(b"no archive at all"),
            "PKG001: the file is not a zip archive [ROMA.10011]",
        ),
        row(
            "a zip that was cut off on its way",
            from_bytes(packed()[:-40]),
            "PKG001: the file begins like a zip archive, but its end is missing [ROMA.10011]",
        ),
    ),
    "PKG002": (
        row(
            "bytes behind the archive",
            from_bytes(packed() + b"\n"),
            "PKG002: more follows the end of the archive: 1 bytes (at byte 1,963) -> cut off what follows the "
            "archive, or fetch it again",
        ),
        row(
            "two names of one entry",
            from_bytes(
                forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], local={"name": b"topics/other-event.json"}))
            ),
            "PKG002 topics/order-events.json: the local header has another name (at byte 1,157)",
        ),
        row(
            "an entry twice",
            from_bytes(forge(*[Member(MANIFEST.encode(), CONTENTS[MANIFEST])] * 2)),
            "PKG002 manifest.json: 'manifest.json' is there twice (at byte 289)",
        ),
        row(
            "an encrypted entry",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], both={"flags": 1}))),
            "PKG002 topics/order-events.json: the entry is encrypted (at byte 1,706)",
        ),
    ),
    "PKG003": (
        row(
            "an entry outside the archive",
            from_bytes(forged(out=Member(b"../out.json", b"{}"))),
            "PKG003 ../out.json: the path has a `..` component (at byte 1,819) -> do not use this archive "
            "unless you know who made it; unpack the archive with the program that made it, and pack the files "
            "again with `assetpkg pack`",
        ),
        row(
            "a backslash",
            from_bytes(forged(slash=Member(b"topics\\a.json", b"{}"))),
            "PKG003 topics\\a.json: the path has a backslash, which separates folders on Windows only (at byte 1,821)",
        ),
        row(
            "a name that Windows reserves",
            from_bytes(forged(nul=Member(b"topics/NUL.json", b"{}"))),
            "PKG003 topics/NUL.json: 'NUL.json' is a device on Windows (at byte 1,823)",
        ),
        row(
            "names that differ only in case",
            from_bytes(forged(shop=Member(b"applications/shop.json", b"{}"))),
            "PKG003 applications/shop.json: 'applications/shop.json' and 'applications/Shop.json' are one name "
            "where case does not count (at byte 1,830)",
        ),
        row(
            "an undeclared encoding",
            from_bytes(forged(a=Member(b"topics/caf\xe9.json", b"{}"))),
            "PKG003 topics/caf�.json: the name is not valid UTF-8 (at byte 1,824)",
        ),
        row(
            "a name in a folder that ends in a dot",
            from_folder({**CONTENTS, "notes.": b""}),
            "PKG003 notes.: 'notes.' ends in a dot or space, which Windows drops",
            "PKG030 notes.: no kind has its resources here; the file is kept, and imported as nothing",
        ),
        row(
            "names in a folder that differ only in case",
            from_folder({**CONTENTS, "applications/shop.json": CONTENTS[SHOP]}),
            "PKG003 applications/shop.json 1:1: 'applications/shop.json' and 'applications/Shop.json' are one "
            "name where case does not count",
            "RSC031 applications/shop.json#/id 2:9: the id 'app-1' is that of application/Shop too",
            "RSC030 applications/shop.json#/name 3:11: the name 'Shop' is that of 'applications/Shop.json' too",
            "RSC032 applications/shop.json#/key 4:10: key 'shop-key' is that of application/Shop too [APIG.3310]",
        ),
    ),
    "PKG004": (
        row(
            "a link in a folder",
            from_folder(CONTENTS, lambda place: (place / "topics/link.json").symlink_to("/etc/passwd")),
            "PKG004 topics/link.json: a symbolic link, and not a file -> put the file itself here",
        ),
        row(
            "a pipe in a folder",
            from_folder(CONTENTS, lambda place: os.mkfifo(place / "topics/pipe.json")),
            "PKG004 topics/pipe.json: a named pipe, and not a file",
        ),
        row(
            "a link in a zip",
            from_bytes(forged(link=Member(b"topics/link.json", b"/etc/passwd", central={"attributes": LINK}))),
            "PKG004 topics/link.json: the entry is neither a file nor a folder (mode 120777) (at byte 1,833)",
        ),
    ),
    "PKG005": (
        row(
            "another checksum than the one that is declared",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], both={"crc": 7}))),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
            "PKG005 topics/order-events.json: the content does not have the declared checksum (at byte 1,211) "
            "-> fetch or export the archive again: it was damaged on the way",
        ),
        row(
            "compressed data that is none",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], b"\xff\xff\xff\xff"))),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
            "PKG005 topics/order-events.json: the packed data is damaged (at byte 1,211)",
        ),
        row(
            "a damaged manifest",
            from_bytes(forged(manifest=Member(MANIFEST.encode(), CONTENTS[MANIFEST], both={"crc": 7}))),
            "PKG005 manifest.json: the content does not have the declared checksum (at byte 43)",
        ),
    ),
    "PKG006": (
        row(
            "an archive that is too large",
            limited(Limits(file=99), from_bytes(packed())),
            "PKG006: 1963 bytes are more than the limit of 99 -> split the package",
        ),
        row(
            "too many entries",
            limited(Limits(entries=3), from_bytes(packed())),
            "PKG006: 7 entries are more than the limit of 3",
        ),
        row(
            "an entry that is too large",
            limited(Limits(entry=400), from_bytes(packed())),
            "PKG006 manifest.json: 1174 bytes are more than the limit of 400 (at byte 1,744)",
        ),
        row(
            "entries that are too large together",
            limited(Limits(total=999), from_bytes(packed())),
            "PKG006: 2016 unpacked bytes are more than the limit of 999",
        ),
        row(
            "an entry that inflates beyond reason",
            limited(
                Limits(ratio_from=1000),
                from_bytes(forged(zeros=Member(b"zeros", bytes(999_999), deflate(bytes(999_999))))),
            ),
            "PKG006 zeros: the entry is more than 200 times as large as its packed form (at byte 2,796)",
        ),
        row(
            "a file in a folder that is too large",
            limited(Limits(entry=250), from_folder(CONTENTS)),
            "PKG006 apis/Shop/orders/get-order.json: 256 bytes are more than the limit of 250 "
            "-> remove it from the package",
        ),
        row(
            "too many files in a folder",
            limited(Limits(entries=3), from_folder(CONTENTS)),
            "PKG006: more than 3 files, or 12 folders, are in it",
        ),
    ),
    "PKG007": (
        row(
            "a comment on the archive",
            from_bytes(forged(comment=b"made on Friday")),
            "PKG007: the archive has a comment of 14 bytes (at byte 1,798) -> nothing needs to be done; the "
            "comment is never interpreted",
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
        ),
        row(
            "a comment on an entry",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], comment=b"the best"))),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
            "PKG007 topics/order-events.json 1:1: the entry has a comment of 8 bytes (at byte 1,706)",
        ),
        row(
            "an entry that runs as its owner",
            from_bytes(forged(a=with_manifest(attributes=SET_USER_ID))),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
            "PKG007 manifest.json 1:1: mode 104755 sets a setuid, setgid or sticky bit (at byte 1,289)",
        ),
    ),
    "PKG010": (
        row(
            "no manifest",
            checked({MANIFEST: None}),
            "PKG010: no entry 'manifest.json', so this is no package of layout assetpkg/1: it holds 6 files (6 JSON): "
            "'api_groups/Shop/orders.json', 'apis/Shop/orders/get-order.json', 'applications/Shop.json', "
            "'datasources/orders-db.json', 'tasks/sync_orders.json', … -> make a package with 'assetpkg pack'; "
            "ROMA's own layout is not public, so it is not read",
        ),
        row(
            "an empty archive",
            from_bytes(forge()),
            "PKG010: no entry 'manifest.json', so this is no package of layout assetpkg/1: it is empty",
        ),
        row(
            "a manifest in another case",
            from_folder({"Manifest.json": b"{}"}),
            "PKG010: no entry 'manifest.json', so this is no package of layout assetpkg/1: it holds 1 file (1 "
            "JSON): 'Manifest.json'",
        ),
        row(
            "the package in a folder of its own",
            from_bytes(zipped({f"shop/{name}": content for name, content in CONTENTS.items()})),
            "PKG010: no entry 'manifest.json', so this is no package of layout assetpkg/1: it holds 7 files (7 "
            "JSON): 'shop/api_groups/Shop/orders.json', 'shop/apis/Shop/orders/get-order.json', "
            "'shop/applications/Shop.json', 'shop/datasources/orders-db.json', 'shop/manifest.json', …",
        ),
    ),
    "PKG020": (
        row(
            "the browser's second download",
            from_bytes(packed(), "assets (1).zip"),
            "PKG020: the file name 'assets (1).zip' is not letters, digits, '+', '-' and '_' with a letter or "
            "digit first -> rename it, for example to 'assets-1.zip' [ROMA.10013]",
        ),
        row(
            "Chinese characters",
            from_bytes(packed(), "订单.zip"),
            "PKG020: the file name '订单.zip' is not letters, digits, '+', '-' and '_' with a letter or "
            "digit first [ROMA.10013]",
        ),
        row(
            "an underscore first",
            from_bytes(packed(), "_shop.zip"),
            "PKG020: the file name '_shop.zip' is not letters, digits, '+', '-' and '_' with a letter or digit "
            "first [ROMA.10013]",
        ),
        row(
            "another ending",
            from_bytes(packed(), "shop.tar"),
            "PKG020: the file name 'shop.tar' does not end in '.zip' [ROMA.10013]",
        ),
        row(
            "no ending",
            from_bytes(packed(), "shop"),
            "PKG020: the file name 'shop' does not end in '.zip' [ROMA.10013]",
        ),
    ),
    "PKG021": (
        row(
            "a dot before the ending",
            from_bytes(packed(), "shop-1.2.zip"),
            "PKG021: the file name 'shop-1.2.zip' has dots or capitals where it is not documented that they "
            "are accepted -> rename it, for example to 'shop-1-2.zip' [ROMA.10013]",
        ),
        row(
            "the ending in capitals",
            from_bytes(packed(), "shop.ZIP"),
            "PKG021: the file name 'shop.ZIP' has dots or capitals where it is not documented that they are "
            "accepted [ROMA.10013]",
        ),
    ),
    "PKG030": (
        row(
            "a misspelled folder",
            checked({"topic/order-events.json": {"name": "orders"}}),
            "PKG030 topic/order-events.json 1:1: no kind has its resources here; the file is kept, and "
            "imported as nothing -> look for a misspelled folder",
        ),
        row(
            "a text file",
            checked({"readme.md": b"Read me."}),
            "PKG030 readme.md: no kind has its resources here; the file is kept, and imported as nothing",
        ),
        row(
            "another ending in a kind's folder",
            checked({"topics/notes.txt": b""}),
            "PKG030 topics/notes.txt: no kind has its resources here; the file is kept, and imported as nothing",
        ),
        row(
            "a file that looks like a manifest",
            checked({"topics.json": b"{}"}),
            "PKG030 topics.json 1:1: no kind has its resources here; the file is kept, and imported as nothing",
        ),
    ),
}

HONEST = (
    row("a packed package", from_bytes(packed())),
    row("a package whose entries are stored", from_bytes(packed(store=True))),
    row("a folder", from_folder(CONTENTS)),
)

PASSING: Table = {
    "PKG001": HONEST,
    "PKG002": (
        row(
            "forged in every field, and true",
            from_bytes(forged()),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
        ),
    ),
    "PKG003": (
        row(
            "Chinese and spaces",
            from_bytes(packed({"topics/订单 1.json": CONTENTS[EVENTS].replace(b"order-events", b"other")})),
        ),
        row(
            "the same name in two folders",
            from_folder({**CONTENTS, "topics/Shop.json": CONTENTS[EVENTS].replace(b"order-events", b"other")}),
        ),
    ),
    "PKG004": (
        row("plain files and folders", from_folder(CONTENTS, lambda place: (place / "empty").mkdir())),
        row("what version control keeps", from_folder(CONTENTS, lambda place: (place / ".git").symlink_to("/"))),
    ),
    "PKG005": (
        row(
            "a deflated entry",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], deflate(CONTENTS[EVENTS])))),
            "MAN021 manifest.json 1:1: has no list 'assets' of what is in the zip",
        ),
    ),
    "PKG006": (
        row("as many entries as there may be", limited(Limits(entries=7), from_bytes(packed()))),
        row("as many files as there may be", limited(Limits(entries=7), from_folder(CONTENTS))),
        row(
            "a file as large as it may be",
            limited(Limits(entry=max(map(len, CONTENTS.values()))), from_folder(CONTENTS)),
        ),
    ),
    "PKG007": (row("what assetpkg packs", from_bytes(packed())),),
    "PKG010": (row("the manifest at the top", checked()),),
    "PKG020": (
        row("letters, digits and the three signs", from_bytes(packed(), "9-Shop+2_b.zip")),
        row("a folder of any name", from_folder(CONTENTS, lambda place: place)),
    ),
    "PKG021": (row("one dot", from_bytes(packed(), "shop-1_2.zip")),),
    "PKG030": (
        row(
            "a folder in a kind's folder",
            checked({EVENTS: None, "topics/Shop/deep/order-events.json": CONTENTS[EVENTS]}),
        ),
        row(
            "any file where the layout is unknown",
            checked({"readme.md": b""}, manifest={"format": "other/1"}),
            "MAN002 manifest.json#/format 2:13: format \"other/1\" is unknown; this assetpkg reads 'assetpkg/1'; "
            "it holds 8 files (7 JSON, 1 other): 'api_groups/Shop/orders.json', "
            "'apis/Shop/orders/get-order.json', 'applications/Shop.json', 'datasources/orders-db.json', "
            "'manifest.json', …",
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
