"""The line that says how far a long command is: seen on a real terminal, and never anywhere else."""

import os
import pty
import re
import select
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import assetpkg
from assetpkg.render.screen import width_of
from assetpkg.running.progress import follow
from tests.build import make_package
from tests.starting import Starter

SLOW = """
import os, sys, time
import assetpkg.__main__ as entry
from assetpkg.cli import progress
from assetpkg.package import loading
progress._PATIENCE /= {hurry}
progress._PERIOD /= {hurry}
original = loading._content
end = time.monotonic() + 60
def lines():
    return os.path.getsize("waited") if os.path.exists("waited") else 0
def slowly(found):
    before = lines()
    time.sleep({seconds} / {hurry})
    while {seen} and lines() == before and time.monotonic() < end:
        time.sleep(0.005)
    return original(found)
loading._content = slowly
class Line(progress.Line):
    def __init__(self, command):
        self.begun = time.monotonic()
        super().__init__(command)
    def _write(self):
        with open("waited", "a") as file:
            print(time.monotonic() - self.begun, file=file)
        super()._write()
progress.Line = Line
entry.start()
"""
"""The program as it is with a package of seven files, each of which takes a while; `hurry` divides every time.

It writes down after how many seconds there was a line, each time. Where one is to be `seen`, each file takes until the
next one is there, however busy the machine is.
"""
HURRY = 8
LINE = re.compile(rb"\rassetpkg: checking; reading ([^\r]*?shop\.zip), ([0-9]) of 7 *(?=\r)")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assetpkg.write(make_package(), tmp_path / "shop.zip")
    return tmp_path


class Terminal:
    """A program on a terminal of its own, which standard error is, and standard output if nothing else is given."""

    def __init__(  # noqa: PLR0913 - each is said by some test
        self,
        starter: Starter,
        place: Path,
        arguments: str,
        *,
        seconds: float,
        hurry: float = HURRY,
        seen: bool = True,
        output: int | None = None,
        **variables: str,
    ) -> None:
        self._starter = starter
        self._ours, theirs = pty.openpty()
        self.pid = starter.start(
            arguments.split(),
            (theirs, theirs if output is None else output, theirs),
            place,
            code=SLOW.format(seconds=seconds, hurry=hurry, seen=seen),
            environment={**os.environ, "TERM": "xterm", **variables},
        )
        os.close(theirs)
        self.said = b""
        self.status: int | None = None

    def read_until(self, pattern: "re.Pattern[bytes]") -> None:
        deadline = time.monotonic() + 60
        while not pattern.search(self.said) and time.monotonic() < deadline and self._read():
            pass

    def read_all(self) -> bytes:
        while self._read():
            pass
        self.status = self._starter.wait(self.pid)
        os.close(self._ours)
        return self.said

    def _read(self) -> bool:
        try:
            part = os.read(self._ours, 4096) if select.select([self._ours], [], [], 60)[0] else b""
        except OSError:
            part = b""  # as Linux says that nobody is on the other side any more
        self.said += part
        return bool(part)


OnTerminal = Callable[..., Terminal]


@pytest.fixture
def terminal(starter: Starter, place: Path) -> OnTerminal:
    """Run a program on a terminal, in the place with the package."""
    return partial(Terminal, starter, place)


def screen(said: bytes) -> list[str]:
    """Return what is left on the screen, line by line, with what was written over."""
    lines = []
    for text in said.decode().replace("\r\n", "\n").split("\n"):
        shown = ""
        for piece in text.split("\r"):
            shown = piece + shown[len(piece) :]
        lines.append(shown.rstrip())
    return lines


def test_long_work_says_what_it_does_and_how_far_it_is(terminal: OnTerminal, place: Path) -> None:
    shown = terminal("check shop.zip", seconds=0.4)
    said = shown.read_all()
    counts = [int(number) for _, number in LINE.findall(said)]
    assert len(counts) > 2
    assert counts == sorted(counts)
    waited = [float(line) for line in (place / "waited").read_text().split()]
    assert waited[0] >= 1 / HURRY, "nothing is said in the first second"
    assert screen(said) == ["1 package checked: nothing found", ""]
    assert shown.status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("plan shop.zip", rb"reading shop.zip, [0-9] of 7"),
        ("check shop.zip shop.zip --jobs 2", rb"checking, [0-2] of 2"),
        ("show shop.zip", rb"reading shop.zip, [0-9] of 7"),
        ("pack shop.zip -o other.zip", rb"reading shop.zip, [0-9] of 7"),
    ],
)
def test_every_command_says_it(terminal: OnTerminal, arguments: str, words: bytes) -> None:
    said = terminal(arguments, seconds=0.3).read_all()
    assert re.search(rb"\rassetpkg: " + words, said)
    assert not [line for line in screen(said) if line.startswith("assetpkg: ")]


def test_short_work_says_nothing_and_imports_nothing_for_it(terminal: OnTerminal) -> None:
    # Of any machine, however busy: what is short is over long before the line would be there.
    said = terminal("check shop.zip", seconds=0, hurry=0.05, seen=False).read_all()
    assert said == b"1 package checked: nothing found\r\n"


@pytest.mark.parametrize(
    ("arguments", "term"),
    [
        pytest.param("check shop.zip --format json", "xterm", id="a format for machines"),
        pytest.param("check shop.zip", "dumb", id="a terminal that cannot go back"),
    ],
)
def test_where_a_terminal_shows_no_line(terminal: OnTerminal, arguments: str, term: str) -> None:
    said = terminal(arguments, seconds=0.2, seen=False, TERM=term).read_all()
    assert b"reading" not in said
    assert b"\r" not in said.replace(b"\r\n", b"")


def test_a_pipe_gets_no_line_and_leaves_none(terminal: OnTerminal) -> None:
    reader, writer = os.pipe()
    shown = terminal("check shop.zip", seconds=0.2, seen=False, output=writer)
    os.close(writer)
    assert shown.read_all() == b"", "the reader of the pipe may write to the same terminal"
    with os.fdopen(reader, "rb") as output:
        assert output.read() == b"1 package checked: nothing found\n"


def test_a_file_gets_no_line_but_the_terminal_beside_it_does(terminal: OnTerminal, place: Path) -> None:
    with (place / "report.txt").open("wb") as file:
        said = terminal("check shop.zip", seconds=0.3, output=file.fileno()).read_all()
    assert LINE.search(said)
    assert screen(said) == [""]
    assert (place / "report.txt").read_text() == "1 package checked: nothing found\n"


def test_what_is_no_terminal_gets_no_line(starter: Starter, place: Path) -> None:
    done = starter.run("check", "shop.zip", cwd=place, code=SLOW.format(seconds=0.2, hurry=HURRY, seen=False))
    assert (done.stdout, done.stderr) == (b"1 package checked: nothing found\n", b"")


@pytest.mark.parametrize(
    ("number", "status", "told"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_the_line_goes_away_when_the_program_is_ended(
    terminal: OnTerminal, number: int, status: int, told: str
) -> None:
    shown = terminal("check shop.zip", seconds=3_600, seen=False)  # It is over only when it is ended.
    shown.read_until(re.compile(rb"\rassetpkg: checking"))
    os.kill(shown.pid, number)
    assert screen(shown.read_all()) == [f"assetpkg: {told}", ""]
    assert shown.status == status


def test_a_name_on_the_line_cannot_control_the_terminal_or_show_a_credential(terminal: OnTerminal, place: Path) -> None:
    name = "password=hunter22\x1b[2J.zip"
    (place / "shop.zip").rename(place / name)
    said = terminal(f"check {name}", seconds=0.3).read_all()
    assert b"reading password=***" in said
    assert b"hunter22" not in said
    assert b"\x1b[2J" not in said


def test_a_narrow_terminal_is_kept_to(terminal: OnTerminal, place: Path) -> None:
    folder = place / ("很长的名字" * 12)
    folder.mkdir()
    (place / "shop.zip").rename(folder / "shop.zip")
    said = terminal(f"check {folder.name}/shop.zip", seconds=0.3).read_all()
    lines = [piece for piece in said.decode().split("\r") if piece.startswith("assetpkg: ")]
    assert max(map(width_of, lines)) <= 79


def test_nobody_listens_to_a_library(place: Path) -> None:
    items = [1, 2, 3]
    assert follow("anything", items) is items
    assert assetpkg.check(place / "shop.zip") == []
