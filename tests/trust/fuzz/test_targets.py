"""A short run of each target, the same each time; `python -m tests.trust.fuzz TARGET --seconds 600` is longer."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, THOROUGH
from tests.trust.fuzz.targets import TARGETS

DAILY = ("parsers",)
"""What is fuzzed daily: the parsers of bytes. Starting the others takes longer than they run, and what they begin with
is given to the commands elsewhere, daily."""
RUNS = {
    "parsers": 1_600,
    "container": 800,
    "paths": 1_500,
    "json": 1_500,
    "manifest": 40,
    "resource": 40,
    "openapi": 500,
    "command": 10,
}
"""How many inputs beyond those that a target begins with: about a second or two of them, for each."""


@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="atheris is made for Linux")
@pytest.mark.parametrize("target", TARGETS if THOROUGH else DAILY)
def test_nothing_fails(target: str, tmp_path: Path) -> None:
    length = ["--seconds", "60"] if THOROUGH else ["--runs", str(RUNS[target])]
    command = [sys.executable, "-m", "tests.trust.fuzz", target, *length, "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert not list(tmp_path.glob("crash-*"))
