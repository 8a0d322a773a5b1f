"""The speed targets, measured: `python -m tests.benchmarks.run` prints them, and asserts nothing.

Each target is a ratio of two whole processes. They run in turn, and the median of the ratios of the pairs is shown
beside the target; absolute times say nothing on a shared machine. What is measured is the wheel, installed into a
fresh virtual environment. Numbers after the command choose targets, for example the large ones, 5 and 6.
"""

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import SIZES, generate

ROOT = Path(__file__).parent.parent.parent
PAIRS = 11
"""How many pairs are run; odd, so that the median is one of them."""


@dataclass(frozen=True)
class Target:
    """Two shell commands, and what the first may cost beside the second; `sizes` are the packages they need."""

    first: str
    second: str
    most: float
    sizes: str = ""


_BARE = """python -c 'import click
from pydantic import BaseModel'"""
_UNZIP_AND_DIFF = "rm -rf a b; unzip -q M.zip -d a; unzip -q Mb.zip -d b; diff -r a b > diff.txt; true"

TARGETS: Mapping[int, Target] = {
    1: Target("assetpkg --version", "python -c pass", 2),
    2: Target("assetpkg check S.zip", _BARE, 1.8, "S"),
    3: Target("assetpkg check S.zip", "check-jsonschema --schemafile manifest-schema.json manifest.json", 0.9, "S"),
    4: Target("assetpkg check M.zip", "unzip -tq M.zip", 4.5, "M"),
    5: Target("assetpkg check L.zip", "unzip -tq L.zip", 2.5, "L"),
    6: Target("assetpkg plan L.zip --mode Merge --target Lb.zip", "unzip -tq L.zip", 2.0, "L"),
    7: Target("assetpkg plan M.zip --mode Merge --target Mb.zip", _UNZIP_AND_DIFF, 0.5, "M"),
    10: Target("assetpkg pack M -o packed.zip", "cd M; rm -f ../zipped.zip; zip -qr -6 ../zipped.zip .", 1.3, "M"),
}
"""What is measured against what, and the ratio that is aimed at."""
USUAL = (1, 2, 3, 4, 7, 10)


def main(arguments: Iterable[str]) -> None:
    """Measure the targets whose numbers are given, or the usual ones."""
    numbers = [int(word) for word in arguments] or list(USUAL)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environment = install(place / "venv")
        prepare(place, {size for number in numbers for size in TARGETS[number].sizes})
        say(f"medians of the ratios of {PAIRS} pairs\n")
        for number in numbers:
            target = TARGETS[number]
            ratio = measure(target, place, environment)
            second = " ".join(target.second.split())[:60]
            say(f"{number:>3}  {ratio:5.2f}  at most {target.most:<4}  {target.first}  :  {second}")


def install(place: Path) -> dict[str, str]:
    """Install the wheel, and what it is held against, into a new virtual environment; return the environment."""
    say("installing the wheel and its yardsticks …")
    venv.create(place, with_pip=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, str(ROOT), "check-jsonschema"], check=True)
    return {**os.environ, "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def prepare(place: Path, sizes: Iterable[str]) -> None:
    """Make the packages, and the folder of M."""
    shutil.copy(ROOT / "schemas" / "manifest.json", place / "manifest-schema.json")
    shutil.copy(ROOT / "samples" / "order-center" / "manifest.json", place)
    for size in (size for size in SIZES if size in sizes):
        say(f"making {size} …")
        generate(place, size)
        subprocess.run(["unzip", "-q", f"{size}.zip", "-d", size], cwd=place, check=True)


def measure(target: Target, place: Path, environment: Mapping[str, str]) -> float:
    """Return the median of the ratios of paired runs; the first pair only warms up."""
    ratios = [
        spend(target.first, place, environment) / spend(target.second, place, environment) for _ in range(PAIRS + 1)
    ]
    return statistics.median(ratios[1:])


def spend(command: str, place: Path, environment: Mapping[str, str]) -> float:
    """Return the seconds that a command takes, from its start to its end."""
    plain = not set(command) & set(";>|")
    words = shlex.split(command) if plain else ["sh", "-c", command]
    words[0] = shutil.which(words[0], path=environment["PATH"]) or words[0]
    started = time.perf_counter()
    done = subprocess.run(words, cwd=place, env=environment, capture_output=True, check=False)
    spent = time.perf_counter() - started
    # A plan may have found something; a program that broke off says so, and its time is none.
    if done.returncode not in {0, 1} or done.stderr:
        raise SystemExit(f"{command}: {done.stderr.decode()}")
    return spent


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
