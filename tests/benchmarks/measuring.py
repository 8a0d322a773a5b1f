"""Two programs held against each other: whole processes that run in turn, and what each of them took."""

import os
import shlex
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """What a process and those that it started took; `memory` is the most that one of them had at a time."""

    wall: float
    """Seconds from start to end."""
    processor: float
    """Seconds of processor time."""
    memory: float
    """In MB."""
    output: int
    """How many bytes it wrote to standard output."""


class Pairs(NamedTuple):
    """The runs of two commands, pair by pair."""

    first: Sequence[Spent]
    second: Sequence[Spent]

    def ratio(self, of: Callable[[Spent], float]) -> float:
        """Return the median of the ratios of the pairs."""
        return statistics.median(of(one) / of(other) for one, other in zip(self.first, self.second, strict=True))


def measure(first: str, second: str, place: Path, environment: Mapping[str, str], pairs: int) -> Pairs:
    """Run two shell commands in turn; where there are several pairs, one before those that count warms up."""
    warming = int(pairs > 1)
    runs = [(spend(first, place, environment), spend(second, place, environment)) for _ in range(pairs + warming)]
    return Pairs(*zip(*runs[warming:], strict=True))


def spend(command: str, place: Path, environment: Mapping[str, str]) -> Spent:
    """Run a command, and return what it took; raises `SystemExit` when it could not run."""
    plain = not set(command) & set(";>|*")
    words = shlex.split(command) if plain else ["sh", "-c", command]
    words[0] = shutil.which(words[0], path=environment["PATH"]) or words[0]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(words, cwd=place, env=environment, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = err.read().decode()
        # A plan may have found something; a program that broke off says so, and its time is none.
        if process.returncode not in {0, 1} or said:
            raise SystemExit(f"{command}: {process.returncode} {said}")
        return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1_000, out.seek(0, os.SEEK_END))
