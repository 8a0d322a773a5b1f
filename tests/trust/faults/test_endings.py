"""How the program ends when nobody listens, somebody interrupts it, or it has an error: in one line, and never 1.

Where that is decided before anything of ours is imported, it is a real process from its first line on.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import assetpkg
from tests.build import make_package
from tests.conftest import ROOT, THOROUGH
from tests.starting import Starter
from tests.trust.faults.conftest import names_in

COMMAND = f"{sys.executable} -m assetpkg"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assetpkg.unpack(make_package(), tmp_path / "in")
    return tmp_path


def add_a_finding(place: Path) -> None:
    (place / "in" / "topics" / "broken.json").write_bytes(b"{")


def shell(script: str, place: Path, programs: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a script with `assetpkg` in it, and give the status of the first command of a pipe.

    With `programs`, it is the one that is there, and starts quickly.
    """
    script = f"{script if programs else script.replace('assetpkg', COMMAND, 1)}; exit ${{PIPESTATUS[0]}}"
    environment = {**ENVIRONMENT, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"} if programs else ENVIRONMENT
    return subprocess.run(
        ["bash", "-c", script], cwd=place, env=environment, capture_output=True, check=False, text=True
    )


@pytest.fixture(scope="module")
def plain(starter: Starter) -> str:
    """What is reported of a rule where nothing is in the way."""
    return starter.run("rules", "PKG001").stdout.decode()


FULL = "assetpkg: cannot go on: no space left on device\n"
CLOSED = "assetpkg: cannot go on: bad file descriptor\n"


LOST = {
    "a full device": ("> /dev/full", FULL),
    "closed from the beginning": (">&-", CLOSED),
    "both full": ("> /dev/full 2> /dev/full", ""),
    "both closed": (">&- 2>&-", ""),
    "all closed": ("<&- >&- 2>&-", ""),
}
SAID = ("check in", "check in --format json", "--help")


@pytest.mark.parametrize(
    ("arguments", "redirection", "told"),
    [
        pytest.param(arguments, *lost, id=f"{arguments}, {name}")
        for arguments in SAID
        for name, lost in LOST.items()
        # How it is said makes no difference where nothing can be said; daily, each is tried where it could.
        if THOROUGH or arguments == SAID[0] or lost[1]
    ],
)
def test_lost_output_is_not_taken_for_findings(place: Path, arguments: str, redirection: str, told: str) -> None:
    add_a_finding(place)
    done = shell(f"assetpkg {arguments} {redirection}", place)
    assert (done.returncode, done.stderr) == (2, told)


def unread(starter: Starter, place: Path, arguments: str) -> tuple[int, bytes]:
    """Run a command whose output nobody reads; returns its status, and what it complains of."""
    reader, writer = os.pipe()
    os.close(reader)
    with (place / "complaint").open("wb") as complaint, Path(os.devnull).open("rb") as nothing:
        streams = (nothing.fileno(), writer, complaint.fileno())
        status = starter.wait(starter.start(arguments.split(), streams, place))
    os.close(writer)
    return status, (place / "complaint").read_bytes()


@pytest.mark.parametrize(
    "arguments", ["check in", "plan in", "rules", "schema api", "--help", "check --help", "--version"]
)
def test_a_reader_that_has_gone_is_not_taken_for_findings_either(starter: Starter, place: Path, arguments: str) -> None:
    """The status is that of other programs, which the signal for a closed pipe ends."""
    add_a_finding(place)
    assert unread(starter, place, arguments) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        "generate -o -",
        "pack in -o -",
        "redact in -o -",
        "subset in --only * -o -",
        "apply in --target in --partial -o -",
    ],
)
def test_so_it_is_with_the_bytes_of_a_file(starter: Starter, place: Path, arguments: str) -> None:
    assert unread(starter, place, arguments) == (128 + signal.SIGPIPE, b"")


def test_the_version_that_nobody_reads(place: Path) -> None:
    assert shell("assetpkg --version > /dev/full", place).stderr == FULL


def test_closed_streams_do_not_get_into_files(place: Path) -> None:
    """The first file that is opened would be standard output, if something did not be in its place."""
    assert shell("assetpkg pack in -o out.zip <&- >&- 2>&-", place).returncode == 2, "what it had to say is lost"
    assert assetpkg.read(place / "out.zip").digest == make_package().digest


def test_standard_input_that_is_closed_cannot_be_read(place: Path) -> None:
    done = shell("assetpkg check - <&-", place)
    assert (done.returncode, done.stderr) == (2, CLOSED)


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        (signal.SIGTERM, 143, "assetpkg: terminated\n"),
        (signal.SIGINT, 130, "assetpkg: interrupted\n"),
        (signal.SIGHUP, 129, "assetpkg: hung up\n"),
    ],
)
def test_a_signal_while_it_waits_for_input(place: Path, number: int, status: int, told: str) -> None:
    # What is ignored here, as under nohup, the child would ignore as well.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        waiting = subprocess.Popen(
            [sys.executable, "-m", "assetpkg", "check", "-"],
            cwd=place,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        signal.signal(number, before)
    with waiting as process:
        assert process.stdin is not None
        process.stdin.write("PK")
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while "pipe" not in Path(f"/proc/{process.pid}/wchan").read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait(60) == status
        assert process.stderr is not None
        assert process.stderr.read() == told


def test_a_signal_that_the_caller_ignores_is_ignored() -> None:
    asked = "print(*(signal.getsignal(number) == signal.SIG_IGN for number in (1, 2, 15)))"
    script = f"import signal; from assetpkg.cli.exits import heed_signals; heed_signals(); {asked}"
    command = ["bash", "-c", f"trap '' HUP TERM; exec {sys.executable} -c '{script}'"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False, text=True)
    assert done.stdout == "True False True\n", done.stderr


BROKEN = """
import importlib, sys
import assetpkg.__main__ as entry
def fail(*_, **__):
    raise {error}
importlib.import_module({module!r}).{name} = fail
entry.start()
"""


START = ("assetpkg.__main__", "main")
READING = ("assetpkg.package.reading", "read_as")
WRITING = ("assetpkg.archive.write_file", "write_file")
LARGE = "cannot go on: the input is too large for this machine"
OURS = "an error in assetpkg itself, KeyError at "


@pytest.mark.parametrize(
    ("where", "error", "status", "told"),
    [
        (START, "KeyboardInterrupt", 130, "interrupted"),
        (READING, "KeyboardInterrupt", 130, "interrupted"),
        (START, "MemoryError", 2, LARGE),
        (READING, "MemoryError", 2, LARGE),
        (WRITING, "RecursionError", 2, LARGE),
        (WRITING, "OSError(5, 'Input/output error')", 2, "cannot go on: input/output error"),
        (START, "ImportError('no such part')", 2, "cannot go on: a part of the program cannot be loaded: no such part"),
        (START, "KeyError('a-secret')", 2, f"{OURS}__main__.py:"),
        (READING, "KeyError('a-secret')", 2, f"{OURS}cli/reader.py:"),
        (WRITING, "KeyError('a-secret')", 2, f"{OURS}cli/outputs.py:"),
    ],
)
def test_whatever_comes_up_is_told_in_one_line(  # noqa: PLR0913, PLR0917 - the table has as many columns
    starter: Starter, place: Path, where: tuple[str, str], error: str, status: int, told: str
) -> None:
    script = BROKEN.format(error=error, module=where[0], name=where[1])
    done = starter.run("check", "in", "-o", "out.txt", cwd=place, code=script)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == status
    assert line.startswith(f"assetpkg: {told}")
    assert "a-secret" not in line
    assert names_in(place) == ["in"]


@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("sink", ["| cat", "> reported.txt; cat reported.txt"])
def test_a_report_can_go_through_a_device(place: Path, programs: Path, plain: str, device: str, sink: str) -> None:
    before = os.lstat(device) if device == "/dev/stdout" else None
    assert shell(f"assetpkg rules PKG001 -o {device} {sink}", place, programs).stdout == plain
    if before is not None:
        assert os.lstat(device).st_ino == before.st_ino, "the device is the one that it was"


def test_a_report_can_go_into_a_pipe_with_a_name(place: Path, programs: Path, plain: str) -> None:
    done = shell("mkfifo pipe; cat pipe & assetpkg rules PKG001 -o pipe; wait", place, programs)
    assert (done.stdout, done.stderr) == (plain, "")
    assert (place / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("rules -o /dev/full", "assetpkg: cannot write '/dev/full': no space left on device\n"),
        (
            "pack in -o /dev/stdout",
            "assetpkg: cannot write '/dev/stdout': it is not a file, and could not be read back; give a file\n",
        ),
        ("rules -o /dev/fd/99", "assetpkg: cannot write '/dev/fd/99': no such file or directory\n"),
        ("rules -o socket", "assetpkg: cannot write 'socket': it is not a file; give a file\n"),
        ("unpack out.zip -o /dev/null", "assetpkg: '/dev/null' exists and is not an empty folder; give a new folder\n"),
    ],
)
def test_what_cannot_be_written_to_stays_what_it_is(place: Path, programs: Path, arguments: str, told: str) -> None:
    os.mknod(place / "socket", 0o140644)
    assetpkg.write(make_package(), place / "out.zip")
    before = {name: os.lstat(f"/dev/{name}").st_ino for name in ("null", "full", "stdout")}
    done = shell(f"assetpkg {arguments}", place, programs)
    assert (done.returncode, done.stderr) == (2, told)
    assert {name: os.lstat(f"/dev/{name}").st_ino for name in before} == before


def test_the_folder_that_one_is_in_is_not_replaced(place: Path, programs: Path) -> None:
    assetpkg.write(make_package(), place / "out.zip")
    (place / "here").mkdir()
    done = shell("assetpkg unpack ../out.zip -o .", place / "here", programs)
    assert "is the current folder" in done.stderr
    assert done.returncode == 2
    assert names_in(place / "here") == []
