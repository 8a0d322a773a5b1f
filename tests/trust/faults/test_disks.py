"""Disks and machines that have too little of something, or let us do too little: one line, and nothing has changed."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.package.package import load
from tests.build import make_contents
from tests.conftest import ROOT
from tests.trust.faults.conftest import EDQUOT, EIO, ENOSPC, EPERM, EROFS, EXDEV, Disk, Rig, as_error, names_in

NOBODY = 65_534
PACKAGE = load(Archive.from_contents({**make_contents(), "docs/noise": os.urandom(700_000)}))
"""A package that is larger than the small disk, and does not pack well."""
OLD = b"what was there before"
TARGETS = {"pack": "out.zip", "unpack": "out"}


@pytest.fixture
def stage(rig: Rig) -> Rig:
    assetpkg.unpack(PACKAGE, rig.place / "in")
    assetpkg.write(PACKAGE, rig.place / "in.zip")
    return rig


@pytest.fixture(params=TARGETS)
def command(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def arguments(command: str, stage: Rig, folder: Path) -> tuple[str, ...]:
    source = {"pack": "in", "unpack": "in.zip"}[command]
    return command, str(stage.place / source), "-o", str(folder / TARGETS[command])


def put_old(command: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    target = folder / TARGETS[command]
    target.mkdir() if command == "unpack" else target.write_bytes(OLD)


def assert_old(command: str, folder: Path) -> None:
    """Say that the old target is all that there is."""
    assert names_in(folder) == [TARGETS[command]]
    target = folder / TARGETS[command]
    assert names_in(target) == [] if command == "unpack" else target.read_bytes() == OLD


@pytest.mark.parametrize(
    ("options", "call", "number"),
    [pytest.param("size=600k", "write", 2, id="blocks"), pytest.param("nr_inodes=2", "open", 1, id="inodes")],
)
def test_a_full_disk(stage: Rig, command: str, options: str, call: str, number: int) -> None:
    with Disk(stage.place / "disk", options) as disk:
        put_old(command, disk.place)
        done = stage.run(*arguments(command, stage, disk.place), plan=disk.plan(call, number, ENOSPC))
        assert as_error(ENOSPC) in done.failed_in_one_line()
        assert_old(command, disk.place)


def test_a_disk_that_is_read_only(stage: Rig, command: str) -> None:
    with Disk(stage.place / "disk", "size=4m") as disk:
        put_old(command, disk.place)
        disk.remount("ro")
        plan = disk.plan("open" if command == "pack" else "mkdir", 1, EROFS)
        done = stage.run(*arguments(command, stage, disk.place), plan="" if disk.is_real else plan)
        assert as_error(EROFS) in done.failed_in_one_line()
        assert_old(command, disk.place)


def test_another_disk_is_never_in_between(stage: Rig, command: str) -> None:
    put_old(command, stage.place / "there")
    done = stage.run(*arguments(command, stage, stage.place / "there"), plan=f"rename:1:e{EXDEV}")
    assert as_error(EXDEV) in done.failed_in_one_line()
    assert_old(command, stage.place / "there")


@pytest.mark.parametrize("error", [EIO, EDQUOT])
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_what_fails_is_told_and_not_tried_again(stage: Rig, command: str, call: str, error: int) -> None:
    put_old(command, stage.place / "there")
    record = stage.notes / "calls"
    done = stage.run(*arguments(command, stage, stage.place / "there"), plan=f"{call}:1:e{error}", record=str(record))
    assert as_error(error) in done.failed_in_one_line()
    assert_old(command, stage.place / "there")
    assert [line.split()[0] for line in record.read_text().splitlines()].count(call) == 1


def test_a_folder_that_cannot_be_flushed_is_told(stage: Rig) -> None:
    (stage.place / "there").mkdir()
    done = stage.run(*arguments("pack", stage, stage.place / "there"), plan=f"fsync:2:e{EIO}")
    assert "is written, but it may be lost after a power failure" in done.failed_in_one_line()
    assert assetpkg.read(stage.place / "there" / "out.zip").digest == PACKAGE.digest


@contextmanager
def immutable(folder: Path) -> Iterator[bool]:
    """Make the files of a folder unchangeable; gives whether the file system can."""
    places = [str(place) for place in folder.iterdir()]
    able = subprocess.run(["chattr", "+i", *places], capture_output=True, check=False).returncode == 0
    yield able
    if able:
        subprocess.run(["chattr", "-i", *places], check=True)


def test_a_target_that_nobody_may_change(stage: Rig, command: str, tmp_path: Path) -> None:
    put_old(command, tmp_path / "there")
    with immutable(tmp_path / "there") as able:
        done = stage.run(*arguments(command, stage, tmp_path / "there"), plan="" if able else f"rename:1:e{EPERM}")
        assert as_error(EPERM) in done.failed_in_one_line()
        assert_old(command, tmp_path / "there")


def test_a_folder_that_we_may_not_write_in(stage: Rig, command: str) -> None:
    put_old(command, stage.place / "there")
    (stage.place / "there").chmod(0o555)
    user: dict[str, Any] = {"user": NOBODY} if os.geteuid() == 0 else {}
    done = stage.run(*arguments(command, stage, stage.place / "there"), **user)
    (stage.place / "there").chmod(0o755)
    assert as_error(errno.EACCES) in done.failed_in_one_line()
    assert_old(command, stage.place / "there")


def test_a_file_may_be_only_so_large(stage: Rig, command: str) -> None:
    put_old(command, stage.place / "there")
    limits = {"RLIMIT_FSIZE": 300_000}
    done = stage.run(*arguments(command, stage, stage.place / "there"), limits=limits)
    assert as_error(errno.EFBIG) in done.failed_in_one_line()
    assert_old(command, stage.place / "there")


def test_too_few_files_may_be_open(stage: Rig, command: str) -> None:
    told, statuses = set(), []
    for most in range(20):
        folder = stage.place / f"there{most}"
        put_old(command, folder)
        done = stage.run(*arguments(command, stage, folder), limits={"RLIMIT_NOFILE": most})
        statuses.append(done.status)
        if done.status:
            told.add(done.failed_in_one_line().rpartition(": ")[2].rstrip(".").lower())
            assert_old(command, folder)
    assert statuses[0] == 2
    assert statuses[-1] == 0
    assert told == {as_error(errno.EMFILE)}


def test_too_little_memory(stage: Rig, command: str) -> None:
    statuses = []
    for mebibytes in (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64):
        folder = stage.place / f"there{mebibytes}"
        put_old(command, folder)
        done = stage.run(*arguments(command, stage, folder), limits={"RLIMIT_AS": mebibytes << 20})
        statuses.append(done.status)
        if done.status:
            assert re.search("too large for this machine|cannot allocate memory", done.failed_in_one_line())
            assert_old(command, folder)
    assert statuses[0] == 2
    assert statuses[-1] == 0


def test_too_little_memory_to_begin_with(tmp_path: Path) -> None:
    """From so little that Python itself does not start, to enough."""
    assetpkg.unpack(PACKAGE, tmp_path / "in")
    statuses = []
    for mebibytes in (24, 36, 256):
        done = subprocess.run(
            ["bash", "-c", f'ulimit -v {mebibytes << 10}; exec "$0" -m assetpkg check in', sys.executable],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            text=True,
        )
        statuses.append(done.returncode)
        if done.stderr.startswith("assetpkg: "):
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 1
    assert statuses[-1] == 0


def test_the_order_in_which_things_reach_the_disk(stage: Rig) -> None:
    """Whatever a power cut keeps of it: a name stands for a file only after the file's bytes are on the disk."""
    record = stage.notes / "calls"
    (stage.place / "there").mkdir()
    assert (
        stage.run(*arguments("pack", stage, stage.place / "there"), plan="any:0:none", record=str(record)).status == 0
    )
    calls = [line.split()[0] for line in record.read_text().splitlines()]
    assert [call for call in calls if call in {"fsync", "rename"}] == ["fsync", "rename", "fsync"]
    assert "write" not in calls[calls.index("fsync") : calls.index("rename")]

    record.unlink()
    assert (
        stage.run(*arguments("unpack", stage, stage.place / "there"), plan="any:0:none", record=str(record)).status == 0
    )
    calls = [line.split()[0] for line in record.read_text().splitlines()]
    before, after = calls[: calls.index("rename")], calls[calls.index("rename") :]
    entries = PACKAGE.archive.entries
    folders = {above for name in entries for above in PurePath(name).parents}
    assert before.count("fsync") == len(entries) + len(folders)
    assert after.count("fsync") == 1
