import errno
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg import CannotWrite, InvalidPackage, Package
from assetpkg.archive import folder
from assetpkg.archive import write_file as write_file_module
from assetpkg.archive.archive import Archive, read_archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.write_file import write_file
from assetpkg.archive.write_folder import write_folder
from assetpkg.archive.zip import write_zip
from assetpkg.diagnostics.model import Fault
from assetpkg.package import packing
from assetpkg.package.package import load
from assetpkg.package.packing import zip_of
from assetpkg.package.reading import read_as
from tests.archive.zip.forge import deflate
from tests.build import APPLICATION, edited, make_contents, make_package

OLD = b"what was there before"


def mode_of(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def failing() -> Iterator[bytes]:
    yield b"half"
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refusing(_: Path) -> None:
    raise CannotWrite("it does not read back")


def test_a_file_is_written_over_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)
    write_file(target, [b"new ", b"content"])
    assert target.read_bytes() == b"new content"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("there", [False, True])
def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path, *, there: bool) -> None:
    target = tmp_path / "a"
    if there:
        target.write_bytes(OLD)
    with pytest.raises(CannotWrite, match="no space left"):
        write_file(target, failing())
    with pytest.raises(CannotWrite, match="does not read back"):
        write_file(target, [b"new"], verify=refusing)
    assert [place.read_bytes() for place in tmp_path.iterdir()] == [OLD] * there


def test_an_interruption_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    target = tmp_path / "a"
    target.write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, interrupted())
    assert [place.read_bytes() for place in tmp_path.iterdir()] == [OLD]


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_failing_call_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    target = tmp_path / "a"
    target.write_bytes(OLD)
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(CannotWrite, match="input/output error"):
        write_file(target, [b"new"])
    assert [place.read_bytes() for place in tmp_path.iterdir()] == [OLD]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing/a", "there is no folder '.*missing'; make it first"),
        ("", "it is a folder; name a file"),
        ("a\0b", "not a valid path"),
        ("x" * 300, "file name too long"),
    ],
)
def test_places_where_nothing_can_be_written(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(CannotWrite, match=sentence):
        write_file(f"{tmp_path}/{name}", [b"new"])
    assert list(tmp_path.iterdir()) == []


def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    target = tmp_path / f"{'订' * 83}.zip"
    write_file(target, [b"new"])
    assert target.read_bytes() == b"new"


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(OLD)
    (tmp_path / "link").symlink_to("precious")
    write_file(tmp_path / "link", [b"new"])
    assert (tmp_path / "precious").read_bytes() == OLD
    assert (tmp_path / "link").read_bytes() == b"new"
    assert not (tmp_path / "link").is_symlink()


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0o000, 0o666)])
def test_a_new_file_has_the_mode_that_the_umask_allows(tmp_path: Path, umask: int, mode: int) -> None:
    os.umask(umask)
    write_file(tmp_path / "a", [b"new"])
    assert mode_of(tmp_path / "a") == mode
    assert os.umask(0o022) == umask


def test_a_file_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "a").chmod(0o640)
    write_file(tmp_path / "a", [b"new"])
    assert mode_of(tmp_path / "a") == 0o640


def test_nobody_else_reads_a_file_while_it_is_written(tmp_path: Path) -> None:
    def watching() -> Iterator[bytes]:
        (temporary,) = tmp_path.iterdir()
        assert mode_of(temporary) == 0o600
        yield b"new"

    write_file(tmp_path / "a", watching())


ARCHIVE = Archive.from_contents({"a/b/c.json": b"{}", "订单.txt": b"x"})


@pytest.mark.parametrize(
    ("private", "umask", "file", "folder"),
    [
        (False, 0o022, 0o644, 0o755),
        (False, 0o077, 0o600, 0o700),
        (True, 0o022, 0o600, 0o700),
        (True, 0o000, 0o600, 0o700),
    ],
)
def test_the_modes_of_a_folder(tmp_path: Path, umask: int, file: int, folder: int, *, private: bool) -> None:
    os.umask(umask)
    write_folder(tmp_path / "out", ARCHIVE, private=private)
    places = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert {mode_of(place) for place in places if place.is_dir()} == {folder}
    assert {mode_of(place) for place in places if place.is_file()} == {file}


@pytest.mark.parametrize(
    ("secret", "file", "folder"), [(None, 0o644, 0o755), ("${SECRET}", 0o644, 0o755), ("a-real-secret", 0o600, 0o700)]
)
def test_a_package_with_credentials_is_unpacked_for_the_user_alone(
    tmp_path: Path, secret: str | None, file: int, folder: int
) -> None:
    package = make_package({"applications/Shop.json": {**APPLICATION, "secret": secret}})
    assetpkg.unpack(package, tmp_path / "out")
    assert mode_of(tmp_path / "out") == mode_of(tmp_path / "out" / "apis") == folder
    assert mode_of(tmp_path / "out" / "manifest.json") == file


def test_a_folder_is_written_into_an_empty_one_and_as_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "new"):
        write_folder(place, ARCHIVE, private=False)
        assert (place / "a" / "b" / "c.json").read_bytes() == b"{}"
        assert (place / "订单.txt").read_bytes() == b"x"
    with pytest.raises(CannotWrite, match=r"there is no folder '.*missing'; make it first"):
        write_folder(tmp_path / "missing" / "new", ARCHIVE, private=False)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["empty", "new"]


@pytest.mark.parametrize("there", ["a full folder", "a file", "a link to an empty folder", "a link to nothing"])
def test_what_is_there_is_not_written_over(tmp_path: Path, there: str) -> None:
    target = tmp_path / "out"
    (tmp_path / "empty").mkdir()
    match there:
        case "a full folder":
            target.mkdir()
            (target / "a").write_bytes(OLD)
        case "a file":
            target.write_bytes(OLD)
        case "a link to an empty folder":
            target.symlink_to("empty")
        case _:
            target.symlink_to("nothing")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite, match="exists and is not an empty folder; give a new folder"):
        write_folder(target, ARCHIVE, private=False)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CannotWrite, match="no space left"):
        write_folder(tmp_path / "out", ARCHIVE, private=False)
    assert list(tmp_path.iterdir()) == []


def damaged() -> Package:
    """Return a package in a zip whose one file does not have its checksum."""
    from assetpkg.archive.archive import parse_archive
    from assetpkg.archive.zip import write_zip

    content = b"".join(write_zip(make_contents({"docs/a.txt": b"precious content"}).items(), store=True))
    return load(parse_archive(content.replace(b"precious", b"precioUs"), origin="a.zip"))


def test_a_damaged_package_is_written_neither_way(tmp_path: Path) -> None:
    for write in (assetpkg.write, assetpkg.unpack):
        with pytest.raises(InvalidPackage, match=r"'docs/a\.txt' of a\.zip cannot be read as part of a package"):
            write(damaged(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def misdeflate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have zlib pack other bytes than it is given."""
    monkeypatch.setattr(zlib, "compress", lambda data, *_: deflate(bytes(byte ^ 1 for byte in data)))


def lose_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the last entry left out."""
    monkeypatch.setattr(packing, "write_zip", lambda files, *, store: write_zip(list(files)[:-1], store=store))


def change_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a bit of the first central header change that means nothing to anybody: by what it was made."""
    fill = write_file_module.pour

    def pour(descriptor: int, pieces: Iterator[bytes]) -> str:
        content = b"".join(pieces)
        digest = fill(descriptor, [content])
        at = content.index(b"PK\x01\x02") + 4
        os.pwrite(descriptor, bytes([content[at] ^ 1]), at)
        return digest

    monkeypatch.setattr(write_file_module, "pour", pour)


@pytest.mark.parametrize(
    ("go_wrong", "sentence"),
    [
        (misdeflate, "the written zip does not have the content of the package; the disk may be failing"),
        (lose_an_entry, "the written zip does not have the content of the package; the disk may be failing"),
        (change_on_disk, "does not have the content that was written; the disk may be failing"),
    ],
)
def test_a_zip_that_does_not_read_back_takes_the_place_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, go_wrong: Callable[[pytest.MonkeyPatch], None], sentence: str
) -> None:
    package = make_package()
    (tmp_path / "a.zip").write_bytes(OLD)
    go_wrong(monkeypatch)
    with pytest.raises(CannotWrite, match=sentence):
        assetpkg.write(package, tmp_path / "a.zip")
    assert [place.read_bytes() for place in tmp_path.iterdir()] == [OLD]


def test_a_file_that_goes_away_between_reading_and_writing_is_said(tmp_path: Path) -> None:
    assetpkg.unpack(make_package(), tmp_path / "in")
    package = assetpkg.read(tmp_path / "in")
    (tmp_path / "in" / "topics" / "order-events.json").unlink()
    with pytest.raises(InvalidPackage, match="cannot pack"):
        assetpkg.write(package, tmp_path / "a.zip")
    with pytest.raises(CannotWrite, match="cannot unpack"):
        assetpkg.unpack(package, tmp_path / "out")
    assert [place.name for place in tmp_path.iterdir()] == ["in"]


def test_a_file_that_changes_between_reading_and_writing_is_noticed(tmp_path: Path) -> None:
    assetpkg.unpack(make_package(), tmp_path / "in")
    package = assetpkg.read(tmp_path / "in")
    (tmp_path / "a.zip").write_bytes(OLD)
    (tmp_path / "in" / "topics" / "order-events.json").write_bytes(b"{}")
    with pytest.raises(InvalidPackage, match=r"'topics/order-events\.json': it changed after it was listed"):
        assetpkg.write(package, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == OLD


def test_a_file_that_changes_without_a_trace_is_noticed_by_its_digest(tmp_path: Path) -> None:
    assetpkg.unpack(make_package(), tmp_path / "in")
    package = assetpkg.read(tmp_path / "in")
    place = tmp_path / "in" / "topics" / "order-events.json"
    times = place.stat()
    place.write_bytes(place.read_bytes().replace(b"order", b"ordre"))
    os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    sentence = r"'topics/order-events\.json' changed after it was read; try again when no other program writes there"
    with pytest.raises(InvalidPackage, match=sentence):
        assetpkg.write(package, tmp_path / "a.zip")
    with pytest.raises(CannotWrite, match=sentence):
        assetpkg.unpack(package, tmp_path / "out")
    assert [found.name for found in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_kept_is_written_as_it_was_read_and_the_rest_is_read_again(tmp_path: Path, *, kept: bool) -> None:
    assetpkg.unpack(make_package(), tmp_path / "in")
    archive = read_archive(tmp_path / "in")
    place = tmp_path / "in" / "topics" / "order-events.json"
    before = sum(entry.size for name, entry in archive.entries.items() if name < "topics/order-events.json")
    package = load(archive.kept(before + place.stat().st_size - (not kept)))
    as_it_was = zip_of(load(archive))
    place.write_bytes(b"{}")
    if kept:
        assert zip_of(package) == as_it_was
    else:
        with pytest.raises(InvalidPackage, match=r"'topics/order-events\.json': it changed after it was listed"):
            zip_of(package)


def test_a_file_that_is_kept_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assetpkg.unpack(make_package(), tmp_path / "in")
    files = sorted(tmp_path.rglob("*.json"))
    opened: list[Path] = []
    read = folder._content  # noqa: SLF001 - where a file is opened

    def note(file: Any, place: int | str) -> bytes:
        opened.append(Path(file.folder, file.name))
        return read(file, place)

    monkeypatch.setattr(folder, "_content", note)
    package = read_as(tmp_path / "in", kept=True)
    assetpkg.write(package, tmp_path / "a.zip")
    assert sorted(opened) == files


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "a//b", ""])
def test_a_name_that_leads_elsewhere_is_not_unpacked(tmp_path: Path, name: str) -> None:
    """An archive that was made in memory has passed no reader."""
    with pytest.raises(CannotWrite, match=f"cannot unpack '{re.escape(name)}' of 'package': the (path|name) "):
        write_folder(tmp_path / "in" / "out", Archive.from_contents({name: b""}), private=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".git/config", "a/.GIT/hooks/pre-commit", ".hg/hgrc", ".svn/entries"])
def test_what_version_control_would_run_is_not_unpacked(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite, match="version control could read it as its own file"):
        write_folder(tmp_path / "out", Archive.from_contents({name: b""}), private=False)
    assert list(tmp_path.iterdir()) == []


def test_names_that_are_one_somewhere_are_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="are the same name on systems that ignore case"):
        write_folder(tmp_path / "out", Archive.from_contents({"a": b"", "A": b""}), private=False)


def test_nothing_is_left_of_a_folder_that_could_not_be_read_whole(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="cannot unpack"):
        write_folder(tmp_path / "out", gone(), private=False)
    assert list(tmp_path.iterdir()) == []


def gone() -> Archive:
    """Return an archive whose file cannot be read."""

    def read() -> bytes:
        raise UnreadableEntry(Fault(slug="damaged-entry", message="it is gone"))

    return Archive(origin="a.zip", entries={"a": Entry("a", 1, read)})


def test_a_package_can_be_written_over_the_zip_that_it_came_from(tmp_path: Path) -> None:
    assetpkg.write(make_package(), tmp_path / "a.zip")
    package = assetpkg.read(tmp_path / "a.zip")
    changed = package.with_document("application/Shop", edited(APPLICATION, remark="new"))
    assetpkg.write(changed, tmp_path / "a.zip")
    assert assetpkg.read(tmp_path / "a.zip").document("application/Shop")["remark"] == "new"
