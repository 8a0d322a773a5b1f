"""What processes that share the work may do: nothing that one alone may not, and nothing after its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import assetpkg
from assetpkg.authoring.generate import draft
from assetpkg.package.package import load
from tests.build import TOPIC, edited, make_package
from tests.conftest import ROOT, THOROUGH, Cli
from tests.running.test_processes import alive, gone
from tests.starting import Starter

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

START = """
import os, sys, time
from pathlib import Path
import assetpkg.__main__ as entry
from assetpkg.package import parts
parts.PART = 20_000
taken = parts.take_each
{body}
entry.start()
"""
"""The program with smaller parts, and something done to it that its workers, which are copies, have as well."""

DIE = """
def take(archive, layout, seen, names):
    if os.getpid() != here and any(name.endswith({dying!r}) for name in names):
        os.kill(os.getpid(), 9)
    return taken(archive, layout, seen, names)
here = os.getpid()
parts.take_each = take
import assetpkg.package.package as package
package.take_each = take
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a large package, a small one, one with a finding, and one that is not there."""
    folder = tmp_path_factory.mktemp("many")
    made = draft({"application": 1, "datasource": 2, "api_group": 2, "api": 30, "topic": 2}, 4_000)
    assetpkg.write(load(made.archive()), folder / "large.zip")
    assetpkg.write(make_package(), folder / "small.zip")
    found = make_package({"topics/order-events.json": edited(TOPIC, access_policy="some")})
    assetpkg.write(found, folder / "found.zip")
    return folder


Started = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def started(place: Path, starter: Starter) -> Started:
    """Run the program with something done to it, in a folder with the packages; its exit status is known."""

    def run(body: str, *arguments: str, status: int) -> "subprocess.CompletedProcess[str]":
        done = starter.run(*arguments, cwd=place, code=START.format(body=body))
        assert done.returncode == status, done.stderr
        return subprocess.CompletedProcess(done.args, status, done.stdout.decode(), done.stderr.decode())

    return run


CALLS = (
    ("check large.zip found.zip missing.zip small.zip small.zip", 2),
    ("plan large.zip --target large.zip --mode Merge --format json", 0),
    ("plan large.zip small.zip found.zip small.zip --target small.zip --mode Merge", 1),
    ("show large.zip", 0),
    ("check large.zip", 0),
    ("check found.zip large.zip --format json", 1),
    ("check found.zip large.zip --ignore RSC --containing", 0),
    ("plan large.zip --target found.zip --format json", 0),
    ("plan small.zip missing.zip found.zip --target small.zip --mode Merge", 2),
)
"""Calls with their exit statuses; the daily run has one of each sort, which are the first."""


@pytest.mark.parametrize(("arguments", "status"), CALLS if THOROUGH else CALLS[:4])
def test_the_answer_does_not_depend_on_how_many_work(started: Started, arguments: str, status: int) -> None:
    alone, together = (started("", *arguments.split(), "--jobs", jobs, status=status) for jobs in "12")
    assert alone.stdout + alone.stderr
    assert (together.stdout, together.stderr) == (alone.stdout, alone.stderr)


def test_standard_input_is_read_by_the_one_that_has_it(place: Path, cli: Cli) -> None:
    done = cli("check", "-", "small.zip", "--jobs", "2", cwd=place, stdin=(place / "found.zip").read_bytes())
    assert done.returncode == 1
    assert b"standard input" not in done.stderr
    assert b"2 packages checked: 1 error" in done.stdout


def test_a_worker_that_dies_of_a_package_harms_no_other(started: Started) -> None:
    body = DIE.format(dying="order-events.json")
    done = started(body, "check", *["small.zip", "missing.zip", "large.zip"] * 3, "--jobs", "2", status=2)
    assert done.stdout.count("the process that worked on it died; it may need more memory") == 3
    assert done.stdout.count("no such file") == 3
    assert "3 packages checked: nothing found; 6 files could not be read" in done.stdout
    assert done.stderr == ""


def test_what_a_worker_died_of_is_done_without_it_where_it_is_one_package(place: Path, started: Started) -> None:
    dying = assetpkg.read(place / "large.zip").resources[20].entry
    done = started(DIE.format(dying=dying), "check", "large.zip", "--jobs", "2", status=0)
    assert (done.stdout, done.stderr) == ("1 package checked: nothing found\n", "")


NO_PROCESS = """
def fork():
    raise BlockingIOError(11, "Resource temporarily unavailable")
os.fork = fork
"""
NO_LOCK = """
import _multiprocessing
class SemLock:
    SEM_VALUE_MAX = 1
    def __init__(self, *_):
        raise OSError(38, "Function not implemented")
_multiprocessing.SemLock = SemLock
"""


@pytest.mark.parametrize("body", [NO_PROCESS, NO_LOCK], ids=["no process", "no lock"])
@pytest.mark.parametrize("names", [["large.zip"], ["small.zip", "small.zip"]], ids=["one", "several"])
def test_where_no_process_can_be_started_one_does_it_all(started: Started, body: str, names: list[str]) -> None:
    done = started(body, "check", *names, "--jobs", "2", status=0)
    assert "nothing found" in done.stdout
    assert done.stderr == ""


WAIT = """
def wait(archive, layout, seen, names):
    if os.getpid() != here:
        Path("pids", str(os.getpid())).touch()
        time.sleep(60)
    return taken(archive, layout, seen, names)
here = os.getpid()
parts.take_each = wait
import assetpkg.package.package as package
package.take_each = wait
"""


ONE, SEVERAL = ["large.zip"], ["small.zip", "found.zip"]


@pytest.mark.parametrize(
    ("names", "number", "everybody", "status", "told"),
    [
        pytest.param(ONE, signal.SIGINT, True, 130, "assetpkg: interrupted\n", id="one, as from a keyboard"),
        pytest.param(SEVERAL, signal.SIGINT, True, 130, "assetpkg: interrupted\n", id="several, as from a keyboard"),
        pytest.param(ONE, signal.SIGINT, False, 130, "assetpkg: interrupted\n", id="interrupted"),
        pytest.param(SEVERAL, signal.SIGTERM, True, 143, "assetpkg: terminated\n", id="all terminated"),
        pytest.param(SEVERAL, signal.SIGTERM, False, 143, "assetpkg: terminated\n", id="terminated"),
        pytest.param(ONE, signal.SIGKILL, False, -9, "", id="killed"),
    ],
)
def test_a_signal_ends_all(  # noqa: PLR0913, PLR0917 - the table has as many columns
    place: Path, tmp_path: Path, names: list[str], number: int, everybody: int, status: int, told: str
) -> None:
    (tmp_path / "pids").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", START.format(body=WAIT), "check", *(str(place / name) for name in names), "--jobs", "2"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while len(os.listdir(tmp_path / "pids")) < 2 and time.monotonic() < deadline:  # noqa: PTH208 - only how many
            time.sleep(0.01)
        pids = [int(path.name) for path in (tmp_path / "pids").iterdir()]
        assert len(pids) == 2
        assert all(map(alive, pids))
        (os.killpg if everybody else os.kill)(process.pid, number)
        assert process.wait(60) == status
        said, complained = process.communicate()
        assert gone(pids)
    assert (said, complained) == ("", told)


YOUNG = """
import os, signal
from assetpkg.cli.exits import heed_signals
heed_signals()
worker = os.fork()
if not worker:
    os.kill(os.getpid(), {number})
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
"""
"""A worker that gets a signal before it has begun, as when another one has just died."""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, "143\n"), (signal.SIGINT, "130\n")])
def test_a_worker_that_has_not_begun_ends_without_a_word(number: int, status: str) -> None:
    command = [sys.executable, "-c", YOUNG.format(number=int(number))]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == (status, "")


WATCH = """
FORBIDDEN = (
    "socket.", "urllib.", "http.client", "ftplib.", "smtplib.", "webbrowser.", "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn", "ctypes.dlopen",
)
log = os.open("events.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watch(event, arguments):
    if event.startswith(FORBIDDEN) or event == "os.fork":
        os.write(log, f"{os.getpid()} {event}\\n".encode())
    elif event == "open" and str(arguments[0]).endswith((".zip", "manifest.json")):
        os.write(log, f"{os.getpid()} open\\n".encode())
sys.addaudithook(watch)
"""


@pytest.mark.parametrize(
    "arguments", ["check large.zip", "check small.zip small.zip found.zip", "plan large.zip --target small.zip"]
)
def test_no_worker_reaches_out(place: Path, tmp_path: Path, arguments: str) -> None:
    """They talk through pipes that they were born with, open files, and nothing else."""
    words = [str(place / word) if word.endswith(".zip") else word for word in arguments.split()]
    done = subprocess.run(
        [sys.executable, "-c", START.format(body=WATCH), *words, "--jobs", "2"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    events = [line.split() for line in (tmp_path / "events.log").read_text().splitlines()]
    parents = {pid for pid, event in events if event == "os.fork"}
    assert len(parents) == 1, "only one process starts others"
    assert {event for _, event in events} <= {"os.fork", "open"}


@pytest.mark.parametrize(
    ("settings", "variable", "option", "several"),
    [
        pytest.param("jobs = 2", "", "", True, id="the file"),
        pytest.param("jobs = 2", "1", "", False, id="environment beats file"),
        pytest.param("jobs = 1", "1", "2", True, id="option beats environment"),
        pytest.param("", "", "", False, id="a small package is done by one"),
    ],
)
def test_where_it_is_said_how_many_work(  # noqa: PLR0913, PLR0917 - the table has as many columns
    starter: Starter,
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    variable: str,
    option: str,
    several: int,
) -> None:
    (tmp_path / "assetpkg.toml").write_text(settings)
    monkeypatch.setenv("ASSETPKG_JOBS", variable)
    words = ["check", str(place / "large.zip"), *(["--jobs", option] if option else [])]
    assert starter.run(*words, cwd=tmp_path, code=START.format(body=WATCH)).returncode == 0
    assert ("os.fork" in (tmp_path / "events.log").read_text()) == bool(several)
