"""The speed targets, measured: `python -m tests.benchmarks.run` prints them in Markdown, and asserts nothing.

Each target is a ratio of two whole processes that run in turn; the median of the ratios of the pairs is what counts.
Absolute times on a shared machine say little. What is measured is the wheel, installed into a virtual environment.
"""

import argparse
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.measuring import Pairs, measure
from tests.benchmarks.packages import SIZES, install, place_for, prepare
from tests.benchmarks.targets import (
    FINDINGS,
    GROWTH,
    MEMORY,
    MOST_KILOBYTES,
    MOST_SECONDS,
    PAIRS,
    RESOURCES,
    TARGETS,
    Target,
)
from tests.benchmarks.where import COMMANDS, where

HEADS = (
    "#",
    "command",
    "against",
    "ratio",
    "processor",
    "first",
    "then",
    "wall s",
    "processor s",
    "peak MB",
    "output kB",
)
_WIDEST = 60


def main(arguments: Sequence[str]) -> None:
    """Measure the targets of the sizes that are given, or those of S and M."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", default="S,M", help=f"which of {','.join(SIZES)}; S,M by default")
    parser.add_argument("--only", default="", help="numbers of targets, such as 2,4")
    parser.add_argument("--pairs", type=int, help="how many pairs are run")
    parser.add_argument("--where", action="store_true", help="print where the time goes instead")
    parser.add_argument("--folder", type=Path, help="where packages and environment are kept")
    given = parser.parse_args(arguments)
    sizes = [size for size in given.sizes.split(",") if size]
    place = place_for(given.folder)
    environment = install(place)
    if given.where:
        folder = prepare(place, ["M"], environment)
        for command in COMMANDS:
            say(f"\n`{command}`\n\n{where(command, folder, environment)}")
        return
    only = set(filter(None, given.only.split(",")))
    chosen = {
        number: target
        for number, target in TARGETS.items()
        if (number in only if only else target.size in {"", *sizes})
    }
    folder = prepare(place, {target.size for target in chosen.values()} - {""}, environment)
    now = datetime.now(UTC).date()
    say(f"{now}, {platform.machine()}, CPython {platform.python_version()}; medians of pairs\n")
    say(_row(HEADS))
    say(_row(["---"] * len(HEADS)))
    found = {}
    for number, target in chosen.items():
        count = given.pairs or target.pairs or PAIRS[target.size]
        found[number] = measure(target.first, target.second, folder, environment, count)
        say(_row(_cells(number, target, found[number])))
    for line in _derived(found):
        say(line)


def _cells(number: str, target: Target, pairs: Pairs) -> list[str]:
    one = pairs.first
    return [
        number,
        f"`{target.first}`",
        f"`{_brief(target.second)}`",
        f"{pairs.ratio(lambda spent: spent.wall):.2f}",
        f"{pairs.ratio(lambda spent: spent.processor):.2f}",
        "" if target.most is None else f"{target.most}",
        "" if target.then is None else f"{target.then}",
        f"{statistics.median(spent.wall for spent in one):.2f}",
        f"{statistics.median(spent.processor for spent in one):.2f}",
        f"{max(spent.memory for spent in one):.0f}",
        f"{max(spent.output for spent in one) / 1_000:.1f}",
    ]


def _derived(found: Mapping[str, Pairs]) -> list[str]:
    """Return what follows from several pairs: growth and memory."""
    lines = []
    for what, large, small in GROWTH:
        if large in found and small in found:
            each = [
                statistics.median(spent.processor for spent in found[number].first) / RESOURCES[size]
                for number, size in ((large, "L"), (small, "M"))
            ]
            lines.append(
                f"- {what}: processor time for one of 20,000 is {each[0] / each[1]:.2f} times one of 1,000; at most 1.2"
            )
    for what, number, most in MEMORY:
        if number in found:
            needed = max(spent.memory for spent in found[number].first)
            lines.append(f"- {what}: {needed:.0f} MB at its peak; at most {most:.0f}")
    if "4" in found and "5a" in found:
        peaks = [max(spent.memory for spent in found[number].first) for number in ("5a", "4")]
        lines.append(f"- check L has {peaks[0] / peaks[1]:.2f} times the peak of check M; at most 1.5")
    if FINDINGS in found:
        runs = found[FINDINGS].first
        wall, output = statistics.median(run.wall for run in runs), max(run.output for run in runs) / 1_000
        lines.append(
            f"- 10,000 findings of one cause: {wall:.1f} s and {output:.0f} kB; at most {MOST_SECONDS} s and"
            f" {MOST_KILOBYTES:,} kB"
        )
    return ["", *lines] if lines else []


def _brief(command: str) -> str:
    words = " ".join(command.split()).replace("|", "/")
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
