"""Looks for an archive that assetpkg accepts and that another reader, which accepts it too, shows otherwise.

`python -m tests.trust.fuzz.differential --seconds 600` changes archives until the time is over, keeps what assetpkg
accepts, has every reader at hand read it, and prints each disagreement with the archive in hexadecimal; `--seed`
repeats a run. Exit status: 0 all agree, 1 they do not.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.archive.zip.forms import FORMS
from tests.trust.fuzz.mutations import mutate
from tests.trust.fuzz.readers import View, our_view, their_views
from tests.trust.fuzz.shapes import Shape, take_apart
from tests.trust.hostile.catalogue import LEGAL

SEED = 20_260_101
_BATCH = 2_000
# Every reader reads all of a batch; those that need a process for each archive, every so many of them.
_SAMPLED = 10
_LARGEST_SEED = 8_000
_FILES = {"manifest.json": b'{"format": "assetpkg/1"}\n', "applications/A.json": b"{}", "empty": b""}


class Disagreement(NamedTuple):
    """An archive that another reader shows otherwise."""

    reader: str
    archive: bytes
    ours: View
    theirs: View


class Known(NamedTuple):
    """A reader that is known to show some archives otherwise, and why that is its own affair."""

    reader: str
    reason: str
    applies: Callable[[Shape], bool]


def _is_wide(shape: Shape) -> bool:
    fields = ("size", "csize", "offset")
    return any(member.central.get(field) == _UNKNOWN for member in shape.members for field in fields)


def _is_translated(shape: Shape) -> bool:
    return any(
        not member.name.isascii() and int(member.central["made_by"]) >> 8 in _TRANSLATED for member in shape.members
    )


_UNKNOWN = 0xFFFFFFFF
# DOS, OS/2 and Windows NT.
_TRANSLATED = frozenset({0, 6, 11})

KNOWN: tuple[Known, ...] = (
    Known("fflate", "it reads zip64 values only where the end record is zip64 as well, and checks nothing", _is_wide),
    Known("Info-ZIP", "it takes names from DOS and Windows for code page 850, although they are UTF-8", _is_translated),
)


def seeds() -> list[Shape]:
    """Return the legal archives of the hostile set, and one of each writer's form, taken apart."""
    archives = [*LEGAL.values(), *(form(_FILES) for form in FORMS.values())]
    return [take_apart(archive) for archive in archives if len(archive) < _LARGEST_SEED]


def accepted(chance: random.Random, count: int) -> Iterator[tuple[bytes, View]]:
    """Yield those of `count` changed archives that assetpkg accepts, each once, with what it sees in them."""
    shapes = seeds()
    seen: set[bytes] = set()
    for _ in range(count):
        archive = mutate(chance.choice(shapes), chance)
        if archive in seen:
            continue
        seen.add(archive)
        view = our_view(archive)
        if view is not None:
            yield archive, view


def disagreements(found: Sequence[tuple[bytes, View]], place: Path, *, tools: int) -> Iterator[Disagreement]:
    """Yield what other readers show otherwise, except what is known."""
    for (archive, ours), views in zip(
        found, their_views([archive for archive, _ in found], place, tools=tools), strict=True
    ):
        for reader, theirs in views.items():
            if theirs is not None and theirs != ours and not _is_known(reader, archive):
                yield Disagreement(reader, archive, ours, theirs)


def _is_known(reader: str, archive: bytes) -> bool:
    return any(known.reader == reader and known.applies(take_apart(archive)) for known in KNOWN)


def _main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.trust.fuzz.differential", description=__doc__)
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - to be repeated, not to be secret
    until = time.monotonic() + given.seconds
    mutants = read = wrong = 0
    while time.monotonic() < until:
        found = list(accepted(chance, _BATCH))
        mutants, read = mutants + _BATCH, read + len(found)
        with tempfile.TemporaryDirectory() as place:
            for at in disagreements(found, Path(place, "archives"), tools=len(found) // _SAMPLED):
                wrong += 1
                sys.stdout.write(f"{at.reader}\n  ours   {at.ours}\n  theirs {at.theirs}\n  {at.archive.hex()}\n")
        sys.stdout.write(f"{mutants:,} archives, {read:,} accepted, {wrong} shown otherwise\n")
        sys.stdout.flush()
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(_main())
