"""What every test starts from: an environment without a say, and the command line as a user has it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

Cli = Callable[..., "subprocess.CompletedProcess[bytes]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="Write the answers in tests/cases/ anew.")


@pytest.fixture(autouse=True)
def _silent_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "CI", "TERM"} or name.startswith("ASSETPKG_"):
            monkeypatch.delenv(name)


@pytest.fixture
def cli() -> Cli:
    """Run the command line in a process of its own; returns exit status, standard output and error as bytes."""

    def run(*arguments: str, cwd: Path | None = None, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "assetpkg", *arguments]
        return subprocess.run(command, cwd=cwd or ROOT, input=stdin, capture_output=True, check=False)

    return run
