"""A short run of each target; a longer one is `python -m tests.fuzz TARGET --seconds 600`."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

from .targets import TARGETS

SECONDS = 5


@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="atheris is made for Linux")
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_fails(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(SECONDS), "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert not list(tmp_path.glob("crash-*"))
