"""How much a hostile archive can cost, and how its bytes are fetched."""

import os
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from assetpkg.archive.zip import BytesSource, FileSource, Limits, ZipRefused, open_zip, write_zip
from assetpkg.errors import CannotRead
from tests.archive.zip.forge import Member, extra, forge

MEGABYTE = 1 << 20


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def zeros(size: int) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(engine.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)) + engine.flush()


def refusal(archive: bytes) -> str:
    try:
        directory = open_zip(BytesSource(archive))
        for entry in directory.entries:
            directory.read(entry)
    except ZipRefused as refused:
        return refused.fault.slug
    return "accepted"


def test_a_bomb_that_lies_about_its_size_stays_small() -> None:
    bomb = forge(Member(b"a.json", bytes(100), zeros(400 * MEGABYTE)))
    slugs: list[str] = []
    assert peak(lambda: slugs.append(refusal(bomb))) < 4 * MEGABYTE
    assert slugs == ["size-mismatch"]


def test_a_bomb_that_tells_the_truth_is_not_inflated() -> None:
    size = 50 * MEGABYTE
    bomb = forge(Member(b"a.json", b"", zeros(size), {"size": size}))
    assert peak(lambda: refusal(bomb)) < MEGABYTE


def test_an_entry_that_lies_upwards_costs_what_it_holds() -> None:
    archive = forge(Member(b"a.json", b"", zeros(MEGABYTE), {"size": 10 * MEGABYTE}))
    assert peak(lambda: refusal(archive)) < 4 * MEGABYTE


def test_overlapping_entries_are_not_read_twice() -> None:
    kernel = Member(b"kernel", bytes(1000), extra(7, bytes(60_000)))
    archive = forge(*(Member(str(number).encode(), central={"offset": 0}) for number in range(20_000)), kernel)
    assert refusal(archive) == "overlap"


def test_many_small_extra_values_are_bounded() -> None:
    area = extra(7, b"") * 16_000
    archive = forge(*(Member(str(number).encode(), local={"extra": area}) for number in range(20)))
    with pytest.raises(ZipRefused, match="directory-too-large"):
        open_zip(BytesSource(archive), Limits(headers=MEGABYTE))


def test_sixteen_thousand_end_records_are_bounded() -> None:
    assert refusal(b"PK\x05\x06" * 16_384) == "trailing-data"


def test_a_file_is_opened_once(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"".join(write_zip([("a", b"true")])))
    with FileSource(path) as source:
        directory = open_zip(source)
        path.unlink()
        path.write_bytes(b"".join(write_zip([("a", b"fake")])))
        assert directory.read(directory.entries[0]) == b"true"


def test_a_file_that_becomes_shorter_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"".join(write_zip([("a", b"true")])))
    with FileSource(path) as source:
        directory = open_zip(source)
        os.truncate(path, 20)
        with pytest.raises(CannotRead, match="became shorter"):
            directory.read(directory.entries[0])


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no such file"):
        FileSource(tmp_path / "a.zip")


def test_a_failing_disk_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"abc")
    source = FileSource(path)
    source.close()
    with pytest.raises(CannotRead, match="bad file descriptor"):
        source.read_at(0, 3)


def test_without_positioned_reads_the_same_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")
    path = tmp_path / "a.zip"
    path.write_bytes(b"".join(write_zip([("a", b"true"), ("b", b"also true")])))
    with FileSource(path) as source:
        directory = open_zip(source)
        assert [directory.read(entry) for entry in directory.entries] == [b"true", b"also true"]


@pytest.mark.parametrize(
    ("kind", "why"),
    [("folder", "is a folder; name a file"), ("pipe", "is not a regular file"), ("device", "is not a regular file")],
)
def test_only_regular_files_are_read(kind: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "odd"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/zero")
    with pytest.raises(CannotRead, match=why):
        FileSource(path)


def test_the_reader_starts_light() -> None:
    heavy = {"zipfile", "unicodedata", "shutil", "pydantic"}
    code = "import sys, assetpkg.archive.zip; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
