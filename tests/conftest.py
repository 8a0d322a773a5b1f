"""What every test starts from: an environment without a say, and the command line as a user has it."""

import compileall
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.starting import Starter

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

THOROUGH = os.environ.get("ASSETPKG_TESTS") == "thorough"
"""Whether to try what is left out of the daily run, since it takes an hour rather than minutes."""

# Daily, the same examples for everybody and every time; thoroughly, others each time. Nobody fails for a busy machine.
settings.register_profile(
    "quick",
    max_examples=8,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "thorough", settings.get_profile("quick"), max_examples=200, derandomize=False, print_blob=True
)
settings.load_profile("thorough" if THOROUGH else "quick")

Cli = Callable[..., "subprocess.CompletedProcess[bytes]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="Write the answers in tests/cases/ anew.")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the package once, as an installation is: where Python keeps no bytecode, every process would do it.

    Nothing waits for the disk: what a test writes need not outlast a power failure. That a command does wait is held
    of processes, in `tests/trust/faults/test_disks.py`.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "assetpkg", quiet=1)
    pytest.MonkeyPatch().setattr(os, "fsync", lambda _: None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what tests are compiled to also where Python keeps no bytecode: it takes as long as importing them."""
    asked, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        return (yield)
    finally:
        sys.dont_write_bytecode = asked


@pytest.fixture(autouse=True)
def _silent_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "CI", "TERM", "GITHUB_ACTIONS"} or name.startswith(
            "ASSETPKG_"
        ):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Start the command line in processes of its own."""
    with Starter(ROOT, tmp_path_factory.mktemp("warm")) as starter:
        yield starter


@pytest.fixture
def cli(starter: Starter) -> Cli:
    """Run the command line in a process of its own; returns exit status, standard output and error as bytes."""
    return starter.run


@pytest.fixture(scope="session")
def programs(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the program `assetpkg`, for the path of a script."""
    return starter.make_program(tmp_path_factory.mktemp("programs"))
