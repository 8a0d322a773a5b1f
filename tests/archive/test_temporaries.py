"""Results that take their places together: all of them, or none."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assetpkg import CannotWrite
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry
from assetpkg.archive.temporaries import Place, Unfinished, together
from assetpkg.archive.write_file import write_file
from assetpkg.archive.write_folder import write_folder

OLD = b"what was there before"
Write = Callable[[], None]


class Refused(Place):
    """A place that refuses its result, after something else has happened."""

    def __init__(self, meanwhile: Write = lambda: None) -> None:
        self.meanwhile = meanwhile

    def take(self) -> None:
        self.meanwhile()
        raise CannotWrite("cannot write 'b': is a directory")


def refused(meanwhile: Write = lambda: None) -> Write:
    return lambda: Unfinished().finish(Refused(meanwhile))


def file(place: Path) -> Write:
    return lambda: write_file(place, [b"new"])


def folder(place: Path) -> Write:
    archive = Archive(origin="a.zip", entries={"inside": Entry("inside", 3, lambda: b"new")})
    return lambda: write_folder(place, archive, private=False)


def write_together(*results: Write) -> str:
    """Write several results, and return why that was refused."""
    try:
        with together():
            for write in results:
                write()
    except CannotWrite as error:
        return str(error)
    return ""


def state_of(place: Path) -> dict[str, bytes | str | None]:
    """Return what is in a folder: contents, where links lead, and `None` for a folder."""
    return {
        each.name: str(each.readlink()) if each.is_symlink() else each.read_bytes() if each.is_file() else None
        for each in place.rglob("*")
    }


@pytest.fixture(params=["nothing", "files", "a link", "empty folders"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder in which something may be in the places of the files a, b and c, and of the folders d and e."""
    names = {"nothing": "", "files": "abc", "a link": "o", "empty folders": "de"}[request.param]
    for name in names:
        if request.param == "empty folders":
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).write_bytes(OLD)
    if request.param == "a link":
        (tmp_path / "a").symlink_to("o")
    return tmp_path


@pytest.mark.parametrize("number", range(1, 6))
def test_where_a_place_is_refused_the_results_before_it_are_taken_back(there: Path, number: int) -> None:
    before, files = state_of(there), {place: place.lstat().st_ino for place in there.iterdir() if place.is_file()}
    results = [file(there / "a"), folder(there / "d"), file(there / "b"), folder(there / "e"), file(there / "c")]
    results.insert(number, refused())
    assert write_together(*results) == "cannot write 'b': is a directory"
    assert state_of(there) == before
    assert {place: place.lstat().st_ino for place in files} == files, "the very same files"


def test_all_results_of_a_block_are_there_at_its_end_and_nothing_else(there: Path) -> None:
    assert write_together(file(there / "a"), folder(there / "d"), file(there / "b")) == ""
    assert state_of(there).items() >= {"a": b"new", "b": b"new", "d": None, "inside": b"new"}.items()
    assert not list(there.glob(".*"))


def test_a_folder_that_is_made_meanwhile_is_in_the_way_of_all_results(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)
    why = write_together(file(tmp_path / "a"), file(tmp_path / "b"), (tmp_path / "b").mkdir)
    assert why == f"cannot write '{tmp_path / 'b'}': it is a folder; name a file"
    assert state_of(tmp_path) == {"a": OLD, "b": None}


def test_what_another_program_has_put_there_meanwhile_is_not_taken_away(tmp_path: Path) -> None:
    def replace() -> None:
        (tmp_path / "theirs").write_bytes(b"theirs")
        (tmp_path / "theirs").replace(tmp_path / "a")

    assert write_together(file(tmp_path / "a"), refused(replace))
    assert state_of(tmp_path) == {"a": b"theirs"}


def test_where_a_file_cannot_have_two_names_the_first_result_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_bytes(OLD)
    assert write_together(file(tmp_path / "a"), refused())
    assert state_of(tmp_path) == {"a": b"new"}


def test_what_is_written_and_may_be_lost_is_not_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def break_disk() -> None:
        monkeypatch.setattr(os, "fsync", fail)

    why = write_together(file(tmp_path / "a"), folder(tmp_path / "d"), break_disk)
    assert why.startswith(f"'{tmp_path / 'a'}' is written, but it may be lost after a power failure")
    assert state_of(tmp_path) == {"a": b"new", "d": None, "inside": b"new"}
