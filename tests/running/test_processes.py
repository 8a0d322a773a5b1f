"""Processes of our own: how many there are, that they say nothing, and that none is left over."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assetpkg.running import processes
from assetpkg.running.processes import MOST, WORTH, processes_for
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("jobs", "size", "processors", "expected"),
    [
        pytest.param(None, 0, 8, None, id="nothing to do"),
        pytest.param(None, 2 * WORTH - 1, 8, None, id="too little for two"),
        pytest.param(None, 2 * WORTH, 8, 2, id="enough for two"),
        pytest.param(None, 100 * WORTH, 2, 2, id="two processors"),
        pytest.param(None, 100 * WORTH, 1, None, id="one processor"),
        pytest.param(None, 1000 * WORTH, 64, MOST, id="no more than most unless asked for"),
        pytest.param(1, 1000 * WORTH, 64, None, id="one was asked for"),
        pytest.param(3, 0, 1, 3, id="as many as were asked for"),
        pytest.param(20, 1000 * WORTH, 2, 20, id="also many"),
    ],
)
def test_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch, jobs: int | None, size: int, processors: int, expected: int | None
) -> None:
    monkeypatch.setattr(processes, "processors", lambda: processors)
    found = processes_for(jobs, size)
    assert (None if found is None else found.number) == expected


def test_there_is_a_processor() -> None:
    assert 1 <= processes.processors() <= (os.cpu_count() or 1)


RUN = """
import os, sys, time
from assetpkg.running.processes import Processes, end_processes
from assetpkg.running.spread import spread

def work(number):
    os.write(1, b"out"), os.write(2, b"err")
    print("more"), print("more", file=sys.stderr)
    return os.getpid()

def wait(_):
    time.sleep(60)

if __name__ == "__main__":
    pids = {answer.result for answer in spread(work, range(8), Processes(2))}
    assert len(pids) in {1, 2} and os.getpid() not in pids
    if sys.argv[1:] == ["stay"]:
        executor = Processes(2)()
        for number in range(2):
            executor.submit(wait, number)
        sys.stdout.write(" ".join(map(str, executor._processes)) + "\\n")
        sys.stdout.flush()
        time.sleep(60)
    end_processes()
"""


def test_workers_say_nothing_themselves() -> None:
    done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def alive(pid: int) -> bool:
    """Say whether a process is there, and not only its number until somebody asks how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except (OSError, IndexError):
        return False


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 120
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(map(alive, pids))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(number: int) -> None:
    command = [sys.executable, "-c", RUN, "stay"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(alive, pids))
        parent.send_signal(number)
        assert gone(pids)
        parent.kill()
