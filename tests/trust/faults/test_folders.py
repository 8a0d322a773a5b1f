"""Folders that somebody else made: what is odd in them is a finding, and nothing is waited for or followed."""

import os
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.folder import read_folder
from assetpkg.archive.zip import Limits
from tests.build import encode, make_package
from tests.trust.faults.conftest import Rig

AS_NOBODY: dict[str, Any] = {"user": 65_534} if os.geteuid() == 0 else {}
"""Who may not read everything; root may."""
CANARY = "canary-7f3a"
EVENTS = "topics/order-events.json"


def listen(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))


def raw(folder: Path, name: bytes) -> None:
    os.close(os.open(os.path.join(os.fsencode(folder), name), os.O_CREAT | os.O_WRONLY))  # noqa: PTH118 - bytes


def nest(folder: Path, depth: int) -> None:
    """Make folders in each other, deeper than a path can name, with a file at the bottom."""
    above = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=above)
        below = os.open("d", os.O_RDONLY, dir_fd=above)
        os.close(above)
        above = below
    os.close(os.open("f", os.O_CREAT | os.O_WRONLY, dir_fd=above))
    os.close(above)


Prepare = Callable[[Path], object]
REPLACE = "replace the entry with the file or the folder itself"
RENAME = "rename the file"
SPLIT = "split the package; if it is a folder of packages, name one of them"
IN_UTF8 = "give the file a name in UTF-8; `assetpkg pack` writes names only in UTF-8"
ODD: dict[str, tuple[Prepare, str, str, str]] = {
    "a link to a file": (
        lambda folder: (folder / "a.json").symlink_to(folder.parent / "secret"),
        "a.json",
        "a symbolic link, not a file",
        REPLACE,
    ),
    "a link to a folder": (
        lambda folder: (folder / "topics2").symlink_to(folder.parent / "outside"),
        "topics2",
        "a symbolic link, not a file",
        REPLACE,
    ),
    "a link to itself": (
        lambda folder: (folder / "a.json").symlink_to("a.json"),
        "a.json",
        "a symbolic link, not a file",
        REPLACE,
    ),
    "a link to the folder above": (
        lambda folder: (folder / "up").symlink_to(".."),
        "up",
        "a symbolic link, not a file",
        REPLACE,
    ),
    "a link to nothing": (
        lambda folder: (folder / "a.json").symlink_to("nowhere"),
        "a.json",
        "a symbolic link, not a file",
        REPLACE,
    ),
    "a pipe": (
        lambda folder: os.mkfifo(folder / "topics" / "p.json"),
        "topics/p.json",
        "a named pipe, not a file",
        REPLACE,
    ),
    "a socket": (
        lambda folder: listen(folder / "s"),
        "s",
        "a socket, not a file",
        REPLACE,
    ),
    "a name that is not UTF-8": (
        lambda folder: raw(folder, b"\xff.json"),
        "\\xff.json",
        "the name is not UTF-8",
        IN_UTF8,
    ),
    "a folder's name that is not UTF-8": (
        lambda folder: (folder / os.fsdecode(b"d\xff") / "a").parent.mkdir(),
        "d\\xff",
        "the name is not UTF-8",
        IN_UTF8,
    ),
    "half a character in UTF-8": (
        lambda folder: raw(folder, b"\xed\xa0\x80"),
        "\\xed\\xa0\\x80",
        "the name is not UTF-8",
        IN_UTF8,
    ),
    "a control character": (
        lambda folder: raw(folder, b"a\x1b[2Jb"),
        "a\x1b[2Jb",
        "the path has the control character U+001B",
        RENAME,
    ),
    "names that differ in case": (
        lambda folder: [(folder / name).write_bytes(b"") for name in ("Notes.txt", "notes.TXT")],
        "notes.TXT",
        "'notes.TXT' and 'Notes.txt' are the same name on systems that ignore case",
        "rename one of the two",
    ),
    "a name in decomposed form": (
        lambda folder: raw(folder, unicodedata.normalize("NFD", "café").encode()),
        unicodedata.normalize("NFD", "café"),
        "the path is not in composed form (NFC)",
        "rename the file in composed form (NFC)",
    ),
    "a device of Windows": (
        lambda folder: raw(folder, b"aux.json"),
        "aux.json",
        "'aux.json' is a device on Windows",
        RENAME,
    ),
    "folders without end": (
        lambda folder: nest(folder, 3_000),
        "/".join("d" * 32) + "/",
        "the path has 33 levels; 32 are allowed",
        "use fewer nested folders",
    ),
    "a file without end": (
        lambda folder: os.truncate(os.open(folder / "hole", os.O_CREAT | os.O_WRONLY), 65 << 20),
        "hole",
        "68,157,440 bytes are more than the limit of 67,108,864",
        "remove the file from the package, or split it; to read it anyway, use --limit entry=65MiB",
    ),
    "more files than can be": (
        lambda folder: os.truncate(os.open(folder / "hole", os.O_CREAT | os.O_WRONLY), 1 << 40),
        "",
        "all files together have more than 1,073,741,824 bytes",
        f"{SPLIT}; 'total' cannot be raised this far",
    ),
}


@pytest.fixture
def folder(rig: Rig) -> Path:
    (rig.place / "outside").mkdir()
    for name in ("outside/a.json", "secret"):
        (rig.place / name).write_bytes(encode({"name": CANARY}))
    assetpkg.unpack(make_package(), rig.place / "in")
    return rig.place / "in"


@pytest.mark.parametrize("oddity", ODD)
def test_what_is_odd_in_a_folder_is_a_finding(rig: Rig, folder: Path, oddity: str) -> None:
    prepare, entry, message, hint = ODD[oddity]
    prepare(folder)
    done = rig.run("check", "in")
    assert (done.status, done.err) == (1, "")
    assert CANARY not in done.out
    found = [each for each in assetpkg.check(assetpkg.read(folder)) if each.severity is assetpkg.Severity.ERROR]
    assert [(each.location.entry, each.message, each.hint) for each in found] == [(entry, message, hint)]
    assert found[0].code.startswith("PKG")
    rig.run("pack", "in", "-o", "out.zip").failed_in_one_line()
    assert not (rig.place / "out.zip").exists()


def test_a_device_is_a_finding(rig: Rig, folder: Path) -> None:
    """To make one takes root; to meet one does not: a folder of devices is on every system. A pipe is one, too."""
    listing = read_folder(Path("/dev"), Limits())
    assert ("null", "a device, not a file") in [(name, fault.message) for name, fault in listing.faults]
    os.mkfifo(folder / "topics" / "pipe.json")
    done = rig.run("check", "in")
    assert (done.status, "topics/pipe.json" in done.out) == (1, True)


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        (EVENTS, "PKG250", "the file cannot be read: permission denied"),
        ("apis/Shop/", "PKG251", "the folder cannot be read: permission denied"),
    ],
)
def test_what_may_not_be_read_does_not_stop_the_rest(
    rig: Rig, folder: Path, name: str, code: str, message: str
) -> None:
    (folder / name).chmod(0)
    done = rig.run("check", "in", **AS_NOBODY)
    (folder / name).chmod(0o755)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(
        f"in/{name}\n  {code} error: {message}\n    > give yourself read permission, or remove it\n"
    )
    assert "1 package checked: 1 error" in done.out


def test_a_folder_that_may_not_be_read_at_all(rig: Rig, folder: Path) -> None:
    folder.chmod(0)
    done = rig.run("pack", "in", "-o", "out.zip", **AS_NOBODY)
    folder.chmod(0o755)
    assert done.failed_in_one_line() == "assetpkg: cannot read 'in': permission denied"


@pytest.mark.parametrize("what", ["files", "folders", "links"])
def test_the_walk_stops_at_the_limit_and_not_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    for number in range(1_000):
        place = tmp_path / f"{number // 50}" / f"{number}"
        place.parent.mkdir(exist_ok=True)
        match what:
            case "files":
                place.touch()
            case "folders":
                place.mkdir()
            case _:
                place.symlink_to("x")
    looked_at = []
    real = os.stat

    def watched(*each: Any, **more: Any) -> os.stat_result:
        looked_at.append(each)
        return real(*each, **more)

    monkeypatch.setattr(os, "stat", watched)
    listing = read_folder(tmp_path, Limits(entries=60))
    assert listing.entries == {}
    assert [(name, fault.message) for name, fault in listing.faults] == [
        ("", "it contains more than 60 files, or more than 240 folders")
    ]
    assert len(looked_at) < 600, "two for each folder, and one for each file"


def test_a_folder_as_large_as_a_package_may_be_is_read(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "a").touch()
    listing = read_folder(tmp_path, Limits(entries=60))
    assert len(listing.entries) == 60
    assert listing.faults == []


def test_many_faults_are_bounded(tmp_path: Path) -> None:
    for number in range(1_500):
        (tmp_path / f"{number}").symlink_to("x")
    assert len(read_folder(tmp_path, Limits()).faults) == 1_000


def test_a_file_that_changes_between_two_pieces_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"before")
    os.utime(tmp_path / "a", (1, 1))
    entry = read_folder(tmp_path, Limits()).entries["a"]
    real = os.read

    def read(descriptor: int, most: int) -> bytes:
        piece = real(descriptor, min(most, 3))
        (tmp_path / "a").write_bytes(b"after!")
        return piece

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(UnreadableEntry, match="it changed while it was read"):
        entry.read()


def test_nothing_in_a_folder_that_came_in_the_place_of_another_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("in/inner", "outside"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a").touch()
    entry = read_folder(tmp_path / "in", Limits()).entries["inner/a"]
    (tmp_path / "in" / "inner").rename(tmp_path / "away")
    (tmp_path / "in" / "inner").symlink_to(tmp_path / "outside")
    opened = []
    real = os.open

    def watched(path: Any, *each: Any, **more: Any) -> int:
        opened.append(str(path))
        return real(path, *each, **more)

    monkeypatch.setattr(os, "open", watched)
    with pytest.raises(UnreadableEntry, match="its folder was replaced"):
        entry.read()
    assert "a" not in opened
    assert not [name for name in opened if name.endswith("/a")]
