"""A package that is read in parts, each by another worker; what the parts give is put together in their order."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assetpkg.archive.archive import Archive, read_archive
from assetpkg.errors import CannotRead
from assetpkg.limits import Limits
from assetpkg.package.layout import OWN, Layout
from assetpkg.package.loading import Taken, take_each
from assetpkg.package.look import Look
from assetpkg.package.preparing import prepare
from assetpkg.running.parts import in_parts
from assetpkg.running.processes import WORTH
from assetpkg.running.spread import PART, ExecutorLike, spread


class Opening(NamedTuple):
    """How a package is opened, by any worker, and how to tell that it is still the same."""

    path: str
    limits: Limits
    names_encoding: str | None
    stamp: tuple[int, int]

    @classmethod
    def of(cls, path: str | os.PathLike[str], limits: Limits, *, names_encoding: str | None) -> "Opening":
        """Note how the package at `path`, which was just opened, is opened again; raises `OSError`."""
        return cls(os.path.abspath(path), limits, names_encoding, stamp_of(path))  # noqa: PTH100 - links stay links

    def open(self, layout: Layout) -> Archive:
        """Open it again; raises `CannotRead` where it is gone or another one by now."""
        archive = read_archive(self.path, self.limits, names_encoding=self.names_encoding)
        refuse_changed(self.path, self.stamp)
        return prepare(archive, layout).archive


class _Held(NamedTuple):
    """The one package that a worker has open, since the next part is most likely of the same."""

    opening: Opening
    archive: Archive
    look: Look


class _Part(NamedTuple):
    """Some of the entries of a package."""

    opening: Opening
    layout: Layout
    names: Sequence[str]
    faults_wanted: bool


_held: list[_Held] = []
"""At most one."""


class Parts(NamedTuple):
    """Reads the entries of a package by the workers of an executor."""

    opening: Opening
    executor: ExecutorLike

    def take(self, archive: Archive, layout: Layout, look: Look, names: Sequence[str]) -> Iterator[Taken]:
        """Read entries as `take_each` does; a part that does not come back is read here.

        What looks as if it was seen is read here as well: it is recognised in less time than it takes to send back what
        was found in it, and is what it was, and not one more of it. So is everything where not enough is new to pay for
        a worker.
        """
        new = _new(archive, names, look) if look.seen else names
        size = sum(archive.entries[name].size for name in new)
        first = _first_of_each_folder(new)
        left = [name for name in new if name not in first]
        sizes = ((name, archive.entries[name].size) for name in left)
        parts = [_Part(self.opening, layout, part, look.faults_wanted) for part in in_parts(sizes, PART)]
        if len(parts) < 2 or (look.seen and size < WORTH):  # noqa: PLR2004 - one is no faster
            yield from take_each(archive, layout, look, names)
            return
        # A process that is a copy of this one begins with what is loaded for the first document of a kind: else each
        # would load all that for itself.
        known = {taken.name: taken for taken in take_each(archive, layout, look, first)}
        elsewhere = frozenset(left)
        here = take_each(archive, layout, look, (name for name in names if name not in elsewhere and name not in known))
        _held[:] = [_Held(self.opening, archive, look)]  # and with the archive
        try:
            there = self._taken(parts, archive, layout, look)
            for name in names:
                yield known[name] if name in known else next(there if name in elsewhere else here)
        finally:
            _held.clear()

    def _taken(self, parts: Sequence[_Part], archive: Archive, layout: Layout, look: Look) -> Iterator[Taken]:
        for part, answer in zip(parts, spread(_read_part, parts, self.executor), strict=True):
            yield from take_each(archive, layout, look, part.names) if answer.result is None else answer.result


def _read_part(part: _Part) -> list[Taken]:
    held = next(
        (each for each in _held if each.opening == part.opening and each.look.faults_wanted == part.faults_wanted), None
    )
    if held is None:
        held = _Held(part.opening, part.opening.open(part.layout), Look(faults_wanted=part.faults_wanted))
        _held[:] = [held]
    return list(take_each(held.archive, part.layout, held.look, part.names))


def read_ahead(openings: Sequence[Opening], executor: ExecutorLike) -> Iterator["Ahead"]:
    """Have workers read whole packages, and yield what each has given; what does not come back is read here."""
    for answer in spread(_read_whole, openings, executor):
        yield Ahead({taken.name: taken for taken in answer.result or ()})


class Ahead(NamedTuple):
    """What a worker has read of a package, by the names of the entries."""

    known: Mapping[str, Taken]

    def take(self, archive: Archive, layout: Layout, look: Look, names: Sequence[str]) -> Iterator[Taken]:
        """Give what is known, and read the rest."""
        for name in names:
            taken = self.known.get(name)
            yield from take_each(archive, layout, look, [name]) if taken is None else (taken,)


def _read_whole(opening: Opening) -> list[Taken]:
    archive = opening.open(OWN)
    return list(take_each(archive, OWN, Look(), [name for name in archive.entries if name != OWN.manifest]))


def _new(archive: Archive, names: Sequence[str], look: Look) -> Sequence[str]:
    """Return the entries that look as if they were not seen before; only reading them could tell."""
    seen = {each.entry: each.size for each in look.seen.values()}
    return [name for name in names if seen.get(name) != archive.entries[name].size]


def _first_of_each_folder(names: Sequence[str]) -> Collection[str]:
    """Return the first of the entries `names` in each folder on top, which mostly has the resources of one kind."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.partition("/")[0], name)
    return frozenset(found.values())


def refuse_changed(path: str, stamp: tuple[int, int]) -> None:
    """Raise `CannotRead` where what was just opened at `path` is not what had the stamp."""
    if stamp_of(path) != stamp:
        raise CannotRead(f"{path} has changed while it was read")


def stamp_of(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Return what tells a file, or a folder, from what it was before; raises `OSError` and `ValueError`."""
    status = Path(path).stat()
    return status.st_size, status.st_mtime_ns
