"""PKG1 and PKG2: the zip or the folder itself; rows by hand for what people meet, and one forged for each oddity."""

import errno
import os
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

from assetpkg.archive import archive
from assetpkg.archive.archive import Archive
from assetpkg.archive.zip import Limits
from assetpkg.diagnostics import catalogue
from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.limits import how_to_raise
from assetpkg.package import loading
from assetpkg.package.package import load
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from tests.archive.zip.forge import Member, deflate, forge
from tests.archive.zip.test_faults import noticed
from tests.build import make_contents
from tests.rules.rows import (
    EVENTS,
    MANIFEST,
    SHOP,
    Make,
    Row,
    Table,
    from_bytes,
    from_folder,
    limited,
    packed,
    parameters,
    row,
)
from tests.tables import every_row
from tests.trust.hostile.catalogue import ODDITIES, Oddity

DECLARED = catalogue.CONTAINER_FAULTS
CONTENTS = make_contents()
LISTLESS = (
    "MAN025 manifest.json 1:1: has no list 'assets' of the files in the zip, so nothing says whether they are complete"
)
LINK = 0o120777 << 16
SET_USER_ID = 0o104755 << 16


def forged(*, comment: bytes = b"", **changed: Member) -> bytes:
    """The minimal package forged, with the entries given by their bare names changed."""
    members = {name: Member(name.encode(), content) for name, content in CONTENTS.items()}
    members |= {member.name.decode("latin-1"): member for member in changed.values()}
    return forge(*members.values(), comment=comment)


def with_manifest(**fields: int) -> Member:
    return Member(MANIFEST.encode(), CONTENTS[MANIFEST], central=fields)


def alone(make: Make) -> Make:
    """The same, without what is said of an archive that holds no package."""
    return lambda folder: [found for found in make(folder) if found.code != "PKG010"]


def of_the_forge(oddity: Oddity) -> Row:
    """An archive with one oddity, of which a check says what the reader notices."""
    lines = []
    for fault in noticed(oddity.archive, oddity.limits):
        declared = DECLARED[fault.slug]
        place = "" if fault.offset is None else f" (at byte {fault.offset:,})"
        code = f" [{declared.platform_code}]" if declared.platform_code else ""
        where = " ".join(filter(None, (declared.code, fault.entry)))
        declared = DECLARED[fault.slug]
        limit = declared.limit
        raised = f"; {how_to_raise(limit, fault.needed or 2 * getattr(oddity.limits, limit))}" if limit else ""
        lines.append(f"{where}: {fault.message}{place} -> {fault.hint}{raised}{code}")
    return row(oddity.title, alone(limited(oddity.limits, from_bytes(oddity.archive))), *sorted(lines))


def unreadable(name: str, make: Make) -> Make:
    """The same, where the operating system does not let the file or folder `name` be opened, not even by root."""
    opened = os.open

    def refuse(path: str | Path, *more: Any, **named: Any) -> int:
        if Path(path).name == name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *more, **named)

    def make_refused(folder: Path) -> list[Diagnostic]:
        with mock.patch.object(os, "open", refuse):
            return make(folder)

    return make_refused


def changed(folder: Path) -> list[Diagnostic]:
    """A folder in which somebody writes after it was listed."""
    for name, content in CONTENTS.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    listed = archive.read_archive(folder)
    (folder / EVENTS).write_bytes(b"{}")
    return check(load(listed))


WRITTEN = (
    row(
        "an empty file",
        from_bytes(b""),
        "PKG001: the file is empty -> give the path of a zip archive; if the file is one, fetch it again, because "
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
    row(
        "bytes after the archive",
        from_bytes(packed() + b"\n"),
        "PKG101: more follows the end of the archive: 1 byte (at byte 1,963) -> remove the bytes after the archive, "
        "or fetch it again",
    ),
    row(
        "two names of one entry",
        from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], local={"name": b"topics/other-event.json"}))),
        "PKG151 topics/order-events.json: the local header has a different name (at byte 1,157)",
    ),
    row(
        "an entry twice",
        from_bytes(forge(*[Member(MANIFEST.encode(), CONTENTS[MANIFEST])] * 2)),
        "PKG235 manifest.json: 'manifest.json' occurs twice (at byte 289)",
    ),
    row(
        "an encrypted entry",
        from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], both={"flags": 1}))),
        "PKG180 topics/order-events.json: the entry is encrypted (at byte 1,706)",
    ),
    row(
        "an entry outside the archive",
        from_bytes(forged(out=Member(b"../out.json", b"{}"))),
        "PKG201 ../out.json: the path has a `..` component (at byte 1,819) -> do not unpack this archive; ask its "
        "author for an archive with names that stay inside the package folder",
    ),
    row(
        "a backslash",
        from_bytes(forged(slash=Member(b"topics\\a.json", b"{}"))),
        "PKG204 topics\\a.json: the path has a backslash, which separates folders on Windows only (at byte 1,821)",
    ),
    row(
        "a name that Windows reserves",
        from_bytes(forged(nul=Member(b"topics/NUL.json", b"{}"))),
        "PKG213 topics/NUL.json: 'NUL.json' is a device on Windows (at byte 1,823)",
    ),
    row(
        "names that differ only in case",
        from_bytes(forged(shop=Member(b"applications/shop.json", b"{}"))),
        "PKG236 applications/shop.json: 'applications/shop.json' and 'applications/Shop.json' are the same name on "
        "systems that ignore case (at byte 1,830)",
    ),
    row(
        "an undeclared encoding",
        from_bytes(forged(a=Member(b"topics/caf\xe9.json", b"{}"))),
        "PKG230 topics/caf�.json: the name is not valid UTF-8 (at byte 1,824)",
    ),
    row(
        "a name in a folder that ends in a dot",
        from_folder({**CONTENTS, "notes.": b""}),
        "PKG030 notes.: no kind has its resources in this folder; the file is kept, but it is not imported",
        "PKG215 notes.: 'notes.' ends with a dot or space, which Windows removes",
    ),
    row(
        "names in a folder that differ only in case",
        from_folder({**CONTENTS, "applications/shop.json": CONTENTS[SHOP]}),
        "PKG236 applications/shop.json 1:1: 'applications/shop.json' and 'applications/Shop.json' are the same name "
        "on systems that ignore case",
        "RSC031 applications/shop.json#/id 2:9: the id 'app-1' is also the id of application/Shop",
        "RSC030 applications/shop.json#/name 3:11: the name 'Shop' is also used in 'applications/Shop.json'",
        "RSC032 applications/shop.json#/key 4:10: key 'shop-key' is also used by application/Shop [APIG.3310]",
    ),
    row(
        "a link in a folder",
        from_folder(CONTENTS, lambda place: (place / "topics/link.json").symlink_to("/etc/passwd")),
        "PKG240 topics/link.json: a symbolic link, not a file -> replace the entry with the file or the folder itself",
    ),
    row(
        "a pipe in a folder",
        from_folder(CONTENTS, lambda place: os.mkfifo(place / "topics/pipe.json")),
        "PKG240 topics/pipe.json: a named pipe, not a file -> replace the entry with the file or the folder itself",
    ),
    row(
        "a link in a zip",
        from_bytes(forged(link=Member(b"topics/link.json", b"/etc/passwd", central={"attributes": LINK}))),
        "PKG240 topics/link.json: the entry is neither a file nor a folder (mode 120777) (at byte 1,833)",
    ),
    row(
        "another checksum than the one that is declared",
        from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], both={"crc": 7}))),
        LISTLESS,
        "PKG190 topics/order-events.json: the content does not match the declared checksum (at byte 1,211) -> fetch "
        "or export the archive again: it was damaged on the way [ROMA.10011]",
    ),
    row(
        "compressed data that is not one",
        from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], b"\xff\xff\xff\xff"))),
        LISTLESS,
        "PKG193 topics/order-events.json: the packed data is damaged (at byte 1,211) [ROMA.10011]",
    ),
    row(
        "a damaged manifest",
        from_bytes(forged(manifest=Member(MANIFEST.encode(), CONTENTS[MANIFEST], both={"crc": 7}))),
        "PKG190 manifest.json: the content does not match the declared checksum (at byte 43) [ROMA.10011]",
    ),
    row(
        "an archive that is too large",
        limited(Limits(file=99), from_bytes(packed())),
        "PKG140: 1,963 bytes are more than the limit of 99 -> split the package; to read it anyway, use --limit "
        "file=2KiB",
    ),
    row(
        "too many entries",
        limited(Limits(entries=3), from_bytes(packed())),
        "PKG141: 7 entries are more than the limit of 3",
    ),
    row(
        "an entry that is too large",
        limited(Limits(entry=400), from_bytes(packed())),
        "PKG144 manifest.json: 1,174 bytes are more than the limit of 400 (at byte 1,744)",
    ),
    row(
        "entries that are too large together",
        limited(Limits(total=999), from_bytes(packed())),
        "PKG143: 2,016 unpacked bytes are more than the limit of 999",
    ),
    row(
        "an entry that inflates beyond reason",
        limited(
            Limits(ratio_from=1000),
            from_bytes(forged(zeros=Member(b"zeros", bytes(999_999), deflate(bytes(999_999))))),
        ),
        "PKG145 zeros: the entry is more than 200 times as large as its packed form (at byte 2,796)",
    ),
    row(
        "a file in a folder that is too large",
        limited(Limits(entry=250), from_folder(CONTENTS)),
        "PKG144 apis/Shop/orders/get-order.json: 256 bytes are more than the limit of 250 -> remove the file from "
        "the package, or split it; to read it anyway, use --limit entry=256",
    ),
    row(
        "too many files in a folder",
        limited(Limits(entries=3), from_folder(CONTENTS)),
        "PKG141: it contains more than 3 files, or more than 12 folders -> split the package; if it is a folder of "
        "packages, name one of them; to read it anyway, use --limit entries=6",
    ),
    row(
        "a comment on the archive",
        from_bytes(forged(comment=b"made on Friday")),
        "PKG112: the archive has a comment of 14 bytes (at byte 1,798) -> nothing needs to be done; assetpkg ignores "
        "the comment",
        LISTLESS,
    ),
    row(
        "a comment on an entry",
        from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], comment=b"the best"))),
        LISTLESS,
        "PKG185 topics/order-events.json: the entry has a comment of 8 bytes (at byte 1,706)",
    ),
    row(
        "an entry that runs as its owner",
        from_bytes(forged(a=with_manifest(attributes=SET_USER_ID))),
        "PKG243 manifest.json: mode 104755 sets a setuid, setgid or sticky bit (at byte 1,289)",
        LISTLESS,
    ),
)


def too_many(_: Path) -> list[Diagnostic]:
    """A package that is given up after its first fault."""
    broken = {"applications/Broken.json": b"no document", **CONTENTS}
    with mock.patch.object(loading, "MOST_PACKAGE_FAULTS", 1):
        return check(load(Archive.from_contents(broken)), Policy.parse(["PKG"]))


OF_FOLDERS = (
    row(
        "more faults than anybody reads",
        too_many,
        "PKG146 applications/Shop.json 1:1: the entries before have 10,000 errors; this entry and the ones after it "
        "were not checked -> fix the reported errors first, then check again",
    ),
    row(
        "a file that may not be read",
        unreadable("order-events.json", from_folder(CONTENTS)),
        "PKG250 topics/order-events.json: the file cannot be read: permission denied -> give yourself read "
        "permission, or remove it",
    ),
    row(
        "a folder that may not be listed",
        unreadable("topics", from_folder(CONTENTS)),
        "PKG251 topics/: the folder cannot be read: permission denied -> give yourself read permission, or remove it",
    ),
    row(
        "a file that changes after it was listed",
        changed,
        "PKG252 topics/order-events.json: it changed after it was listed -> wait until no program writes there, then "
        "try again",
    ),
)


ONE_OF_EACH = tuple({oddity.slug: oddity for oddity in reversed(ODDITIES) if not oddity.also}.values())
"""The first archive of the forge for each slug from which nothing else follows."""
FORGED = tuple(of_the_forge(oddity) for oddity in ONE_OF_EACH)

FAILING: Table = {
    declared.code: tuple(
        row for row in (*FORGED, *OF_FOLDERS, *WRITTEN) if any(line.startswith(declared.code) for line in row.found)
    )
    for declared in DECLARED.values()
}

HONEST = (
    row("a packed package", from_bytes(packed())),
    row("a package whose entries are stored", from_bytes(packed(store=True))),
    row("a folder", from_folder(CONTENTS)),
)
SOUND = {
    "not-zip": HONEST,
    "local-mismatch-name": (row("forged in every field, and true", from_bytes(forged()), LISTLESS),),
    "name-legacy-encoding": (
        row(
            "Chinese and spaces",
            from_bytes(packed({"topics/订单 1.json": CONTENTS[EVENTS].replace(b"order-events", b"other")})),
        ),
    ),
    "name-collision": (
        row(
            "the same name in two folders",
            from_folder({**CONTENTS, "topics/Shop.json": CONTENTS[EVENTS].replace(b"order-events", b"other")}),
        ),
    ),
    "special-file": (
        row("plain files and folders", from_folder(CONTENTS, lambda place: (place / "empty").mkdir())),
        row("what version control keeps", from_folder(CONTENTS, lambda place: (place / ".git").symlink_to("/"))),
    ),
    "crc": (
        row(
            "a deflated entry",
            from_bytes(forged(event=Member(EVENTS.encode(), CONTENTS[EVENTS], deflate(CONTENTS[EVENTS])))),
            LISTLESS,
        ),
    ),
    "too-many-entries": (
        row("as many entries as there may be", limited(Limits(entries=7), from_bytes(packed()))),
        row("as many files as there may be", limited(Limits(entries=7), from_folder(CONTENTS))),
    ),
    "entry-too-large": (
        row(
            "a file as large as it may be",
            limited(Limits(entry=max(map(len, CONTENTS.values()))), from_folder(CONTENTS)),
        ),
    ),
}
PASSING: Table = {declared.code: SOUND.get(declared.slug, HONEST[:1]) for declared in DECLARED.values()}


@pytest.mark.parametrize(
    "row", parameters(FAILING, {code: rows for code, rows in PASSING.items() if rows != HONEST[:1]})
)
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


def test_no_fault_is_declared_twice() -> None:
    modules = [module for module in vars(catalogue).values() if isinstance(module, ModuleType)]
    declared = [fault.slug for module in modules for fault in getattr(module, "FAULTS", ())]
    assert sorted(declared) == sorted(catalogue.FAULTS)


@pytest.mark.parametrize("oddity", ONE_OF_EACH, ids=lambda oddity: oddity.slug)
def test_what_was_found_is_told_with_its_place_in_the_zip(oddity: Oddity, tmp_path: Path) -> None:
    told = alone(limited(oddity.limits, from_bytes(oddity.archive)))(tmp_path)
    offsets = {(DECLARED[fault.slug].code, fault.offset) for fault in noticed(oddity.archive, oddity.limits)}
    assert {(found.code, found.location.byte_offset) for found in told} == offsets
    declared = DECLARED[oddity.slug]
    for found in told:
        assert found.slug == oddity.slug
        assert found.severity is declared.severity
        assert (found.severity is Severity.ERROR) == declared.refused
        assert found.location.line is None


@every_row("oddity", ONE_OF_EACH, ids=lambda oddity: oddity.slug)
def test_a_refusal_names_the_rule(oddity: Oddity) -> None:
    loaded = load(archive.parse_archive(oddity.archive, oddity.limits, origin="shop.zip"))
    declared = DECLARED[oddity.slug]
    assert str(loaded.refusal).endswith(f"[{declared.code}]") is declared.refused
