"""Every command where there is no network at all: it says and writes the same as where there is one."""

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
from assetpkg.__main__ import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["assetpkg", *command]
    try:
        main()
        status = 0
    except SystemExit as ended:
        status = ended.code
    sys.stdout.write(f"\\nended with {status}\\n")
"""
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
    """Run all commands; returns what they said, and what is there afterwards."""
    shutil.copytree(SAMPLES, place / "samples")
    done = subprocess.run(
        [*prefix, sys.executable, "-c", RUN, json.dumps(list(command_lines()))],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    files = {str(file.relative_to(place)): file.read_bytes() for file in sorted(place.rglob("*")) if file.is_file()}
    return done.stdout, done.stderr, files


def test_every_command_says_the_same_without_a_network(tmp_path: Path, without_network: list[str]) -> None:
    here, there = tmp_path / "with", tmp_path / "without"
    said = run_all([], here)
    assert said == run_all(without_network, there)
    assert said[0].count(b"\nended with ") == len(command_lines())
    assert {"a.zip", "a/manifest.json", "plan.txt"} <= said[2].keys()
