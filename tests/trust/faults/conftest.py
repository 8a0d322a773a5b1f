"""A place with a package in it, and the means to have anything go wrong there."""

import errno
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

import pytest

from tests.conftest import ROOT, THOROUGH
from tests.starting import Starter

TEMPORARY = re.compile(r"\.[^/]{1,40}\.[0-9a-f]{16}\.tmp")
"""The names of what `kill -9` may leave."""


class Outcome(NamedTuple):
    """How a run ended: the exit status (below zero, the signal that killed it) and what it said."""

    status: int
    out: str
    err: str

    def failed_in_one_line(self, status: int = 2) -> str:
        """Return the one line that it said, which is not a traceback; the status is the documented one."""
        assert self.status == status, self
        (line,) = self.err.splitlines()
        assert line.startswith("assetpkg: "), line
        assert "itself" not in line, line
        return line


class Rig:
    """Runs the command line in a place, with a fault at a chosen system call."""

    def __init__(self, starter: Starter, place: Path, notes: Path) -> None:
        """Run in `place`; what is said goes to files in `notes`."""
        self._starter = starter
        self.notes = notes
        self.place = place

    def run(self, *arguments: str, plan: str = "", **more: Any) -> Outcome:
        """Run a command to its end."""
        return self.finish(self.start(*arguments, plan=plan, **more))

    def start(self, *arguments: str, plan: str = "", cwd: Path | None = None, **more: Any) -> int:
        """Start a command, and return its process id."""
        number = len(list(self.notes.iterdir()))
        out, err = self.notes / f"{number}.out", self.notes / f"{number}.err"
        with Path(os.devnull).open("rb") as nothing, out.open("wb") as said, err.open("wb") as complained:
            streams = [stream.fileno() for stream in (nothing, said, complained)]
            pid = self._starter.start(arguments, streams, cwd or self.place, plan=plan, **more)
        (self.notes / f"{pid}.pid").write_text(str(number))
        return pid

    def finish(self, pid: int) -> Outcome:
        """Wait for the end of a process."""
        status = self._starter.wait(pid)
        assert status != "stopped"
        return self._outcome(pid, status)

    def is_stopped(self, pid: int) -> "Outcome | None":
        """Wait until a process stops, and return nothing; or its outcome, when it has come to its end."""
        status = self._starter.wait(pid)
        return None if status == "stopped" else self._outcome(pid, status)

    def go_on(self, pid: int) -> Outcome:
        """Let a process that has stopped run to its end."""
        os.kill(pid, signal.SIGCONT)
        return self.finish(pid)

    def _outcome(self, pid: int, status: int) -> Outcome:
        number = (self.notes / f"{pid}.pid").read_text()
        said = [(self.notes / f"{number}.{end}").read_text(errors="backslashreplace") for end in ("out", "err")]
        return Outcome(status, *said)


class Disk:
    """A small file system of its own, where the machine lets us mount one; else the errors that it would give."""

    def __init__(self, place: Path, options: str) -> None:
        """Mount it at `place`."""
        self.place = place
        self._options = options
        self.is_real = False

    def __enter__(self) -> Self:
        """Mount it."""
        self.place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", self._options, "tmpfs", str(self.place)]
        self.is_real = subprocess.run(command, capture_output=True, check=False).returncode == 0
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        if self.is_real:
            subprocess.run(["umount", "--lazy", str(self.place)], check=True)

    def remount(self, options: str) -> None:
        """Mount it anew, with other options."""
        if self.is_real:
            subprocess.run(["mount", "-o", f"remount,{options}", str(self.place)], check=True)

    def plan(self, call: str, number: int, error: int) -> str:
        """Return the plan for a shim that does what the file system would."""
        return "" if self.is_real else f"{call}:{number}:e{error}"


def places_for_faults(record: Path, call: str = "any", *, every: bool = THOROUGH) -> list[int]:
    """Return at which of the recorded calls a fault is tried, counted from 1.

    Those are all of them, or else the first and the last of each kind: of the same call, to a file of the same sort.
    """
    calls = [line for line in record.read_text().splitlines() if call in {"any", line.partition(" ")[0]}]
    if every or not calls:
        return list(range(1, len(calls) + 1))
    kinds = [_kind(line) for line in calls]
    first = {kind: at for at, kind in reversed(list(enumerate(kinds, 1)))}
    last = {kind: at for at, kind in enumerate(kinds, 1)}
    return sorted({1, *first.values(), *last.values(), len(calls)})


def _kind(recorded: str) -> tuple[str, str]:
    """Return what a call is, and to what: an open file, one that is being made, another, or a folder."""
    call, _, place = recorded.partition(" ")
    if place.isdecimal():
        return call, "open"
    if TEMPORARY.search(place):
        return call, "temporary"
    return call, Path(place).suffix or "folder"


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the shim."""
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = str(Path(__file__).parent / "shim.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.fixture(scope="session")
def _with_faults(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    with Starter(ROOT, tmp_path_factory.mktemp("warm"), {"LD_PRELOAD": str(shim)}) as starter:
        yield starter


@pytest.fixture
def rig(_with_faults: Starter, tmp_path: Path) -> Iterator[Rig]:
    """Run the command line with faults, in an empty place, which is in memory if it can be: nobody waits for a disk."""
    (tmp_path / "notes").mkdir()
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it has a name of its own
    place = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else tmp_path))
    place.chmod(0o755)
    yield Rig(_with_faults, place, tmp_path / "notes")
    subprocess.run(["rm", "-rf", place], check=True)  # Python cannot remove what is nested too deeply


def names_in(place: Path) -> list[str]:
    """Return the names in a folder, sorted."""
    return sorted(found.name for found in place.iterdir())


def as_error(number: int) -> str:
    """Return what the operating system says of an error, as we put it."""
    return os.strerror(number).lower()


ENOSPC, EIO, EDQUOT, EROFS, EXDEV, EPERM = (
    errno.ENOSPC,
    errno.EIO,
    errno.EDQUOT,
    errno.EROFS,
    errno.EXDEV,
    errno.EPERM,
)
