"""Every command, watched, and where there is no network at all: it says and writes the same as where there is one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES
from tests.project.test_architecture import command_lines

RUN = """
import json, sys
FORBIDDEN = (
    "socket.", "urllib.", "http.client", "ftplib.", "smtplib.", "webbrowser.", "subprocess.Popen",
    "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn", "ctypes.dlopen",
)
seen, events, statuses = [], set(), []
def watch(event, arguments):
    events.add(event)
    if event.startswith(FORBIDDEN):
        seen.append(f"{' '.join(sys.argv)}: {event} {arguments!r}")
sys.addaudithook(watch)
from assetpkg.__main__ import main
_, commands, record = sys.argv
for command in json.loads(commands):
    sys.argv = ["assetpkg", *command]
    try:
        main()
        statuses.append(0)
    except SystemExit as ended:
        statuses.append(ended.code)
    sys.stdout.write(f"\\nended with {statuses[-1]}\\n")
with open(record, "w") as file:
    json.dump({"seen": seen, "statuses": statuses, "opened": "open" in events}, file)
"""
"""All commands in one process, which writes down their statuses, and what they did that nothing here does."""
REACH_OUT = """
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anywhere:
    print(anywhere.connect_ex(("192.0.2.1", 9)) or "reached")
"""
NAMESPACES = (["unshare", "--map-root-user", "--net"], ["unshare", "--net"])
"""Ways into an empty network namespace: for anybody, where the system allows it, and for root."""


@pytest.fixture(scope="module")
def without_network() -> list[str]:
    """Return the command that runs another one without a network."""
    for namespace in NAMESPACES:
        done = subprocess.run(
            [*namespace, sys.executable, "-c", REACH_OUT], capture_output=True, check=False, text=True
        )
        if done.returncode == 0:
            assert done.stdout != "reached\n", "the namespace has a network"
            return namespace
    pytest.fail("this machine gives no empty network namespace; run the tests as root, or allow user namespaces")


def run_all(prefix: list[str], place: Path) -> tuple[bytes, bytes, dict[str, bytes]]:
    """Run all commands; returns what they said, and what is there afterwards. None of them reaches out, or would."""
    shutil.copytree(SAMPLES, place / "samples")
    record = place.with_suffix(".json")
    done = subprocess.run(
        [*prefix, sys.executable, "-c", RUN, json.dumps(list(command_lines())), str(record)],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    watched = json.loads(record.read_bytes())
    assert watched["opened"], "the watch was asleep"
    assert watched["seen"] == []
    for (command, statuses), status in zip(command_lines().items(), watched["statuses"], strict=True):
        assert status in statuses, command
    files = {str(file.relative_to(place)): file.read_bytes() for file in sorted(place.rglob("*")) if file.is_file()}
    return done.stdout, done.stderr, files


def test_no_command_reaches_out_and_none_needs_a_network(tmp_path: Path, without_network: list[str]) -> None:
    here, there = tmp_path / "with", tmp_path / "without"
    said = run_all([], here)
    assert said == run_all(without_network, there)
    assert said[0].count(b"\nended with ") == len(command_lines())
    assert {"a.zip", "a/manifest.json", "plan.txt"} <= said[2].keys()
