"""Archives in archives: opened by the one strict reader, under the same limits, all of them together."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.archive.entries import Entry, Located, UnreadableEntry, fault_of
from assetpkg.layouts.globs import Glob
from assetpkg.limits import MOST_NESTED_ARCHIVES

INTO = "!/"
"""What is between the name of an archive and that of an entry in it."""

V = TypeVar("V")


class Held(Generic[V]):
    """The few things that were used last: as many as are no larger than allowed together, and at least a few."""

    def __init__(self, most: int, least: int = 1) -> None:
        """Hold as much as `most`, in whatever unit sizes are given, and at `least` so many things."""
        self._most, self._least, self._size = most, least, 0
        self._known: OrderedDict[Any, tuple[V, int]] = OrderedDict()

    def get(self, key: Any, make: Callable[[], V], size_of: Callable[[V], int]) -> V:
        """Return what is held, or else make it."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key][0]
        value = make()
        self._size += (size := size_of(value))
        self._known[key] = (value, size)
        while self._size > self._most and len(self._known) > self._least:
            self._size -= self._known.popitem(last=False)[1][1]
        return value


class Nest:
    """All entries of an archive, those of the archives in it among them, under the names that they have together."""

    def __init__(self, archive: Archive, globs: Sequence[Glob]) -> None:
        """Open the archives in an archive that one of the globs fits; what is wrong with them becomes faults."""
        self.entries: dict[str, Entry] = {}
        self.faults: list[Located] = []
        self.opened: list[str] = []
        self._globs = globs
        self._held: Held[Archive] = Held(archive.limits.entry)
        self._limits = archive.limits
        self._encoding = archive.names_encoding
        self._origin = archive.origin
        self._reads: dict[str, Callable[[], bytes]] = {}
        self._total = sum(entry.size for entry in archive.entries.values())
        self._number = len(archive.entries)
        self._add(archive, "", 0)

    def _add(self, archive: Archive, above: str, depth: int) -> None:
        for name, entry in archive.entries.items():
            whole = f"{above}{name}"
            read = partial(self.read, above.removesuffix(INTO), name) if above else entry.read
            if not any(glob.fits(whole) for glob in self._globs):
                self.entries[whole] = Entry(whole, entry.size, read) if above else entry
                continue
            self._reads[whole] = read
            inner = self._open(whole, depth)
            if inner is None:
                self.entries[whole] = Entry(whole, entry.size, read)
                continue
            self.opened.append(whole)
            self._add(inner, f"{whole}{INTO}", depth + 1)

    def _open(self, whole: str, depth: int) -> Archive | None:
        """Return the archive in an entry; `None` where it cannot be opened, which is a fault."""
        if depth >= MOST_NESTED_ARCHIVES:
            message = f"archives are in archives more than {MOST_NESTED_ARCHIVES} deep"
            self.faults.append((whole, fault_of("nested-too-deep", message, self._limits)))
            return None
        try:
            inner = self._archive(whole)
        except UnreadableEntry as error:
            self.faults.append((whole, error.fault))
            return None
        for name, fault in inner.faults:
            self.faults.append((f"{whole}{INTO}{name}" if name else whole, fault._replace(byte_offset=None)))
        if not inner.entries and inner.faults:
            return None
        self._total += sum(entry.size for entry in inner.entries.values())
        self._number += len(inner.entries)
        slug, message, needed = "", "", 0
        if self._total > self._limits.total:
            slug, needed = "total-too-large", self._total
            message = f"with the archives in it, {self._total:,} bytes; at most {self._limits.total:,} are read"
        elif self._number > self._limits.entries:
            slug, needed = "too-many-entries", self._number
            message = f"with the archives in it, {self._number:,} entries; at most {self._limits.entries:,} are read"
        if slug:
            self.faults.append((whole, fault_of(slug, message, self._limits, needed=needed)))
            return None
        return inner

    def _archive(self, whole: str) -> Archive:
        def opened() -> Archive:
            content = self._reads[whole]()
            return parse_archive(content, self._limits, origin=self._origin, names_encoding=self._encoding)

        return self._held.get(whole, opened, lambda archive: archive.size or 0)

    def read(self, outer: str, name: str) -> bytes:
        """Return the content of an entry of an archive; raises `UnreadableEntry`."""
        return self._archive(outer).entries[name].read()

    def content(self, outer: str) -> bytes:
        """Return the bytes of an archive in the archive; raises `UnreadableEntry`."""
        return self._reads[outer]()

    def inside(self, outer: str) -> Iterator[str]:
        """Yield the names of the entries in an archive, by their names in that archive."""
        yield from self._archive(outer).entries
