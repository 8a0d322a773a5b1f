"""An archive: entries, name and bytes, out of a zip, a folder or memory, with nothing understood yet."""

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from weakref import finalize

from assetpkg.diagnostics import Fault
from assetpkg.entries import Entry, Located, UnreadableEntry
from assetpkg.errors import CannotRead
from assetpkg.folders import read_folder
from assetpkg.zipfiles import (
    BytesSource,
    FileSource,
    Limits,
    Source,
    ZipEntry,
    ZipFault,
    ZipRefused,
    open_zip,
)

LIMITS = Limits()
"""How large an archive may be."""

_NOT_A_ZIP = frozenset({"not-zip"})
_SPECIAL = frozenset({"special-file", "type-conflict", "dir-with-data"})
_DAMAGED = frozenset({"crc", "stored-size", "size-mismatch"})
_OVER = frozenset({"ratio"})


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Entries in the order of their names, and what is wrong with the container.

    `origin` is the path that it came from, for messages; `file_name` is set for a zip that has one.
    """

    origin: str
    entries: Mapping[str, Entry]
    faults: tuple[Located, ...] = ()
    is_folder: bool = False
    file_name: str | None = None
    size: int | None = None

    @classmethod
    def from_contents(cls, contents: Mapping[str, bytes], *, origin: str = "package") -> "Archive":
        """Return an archive in memory, in the form of a folder."""
        return cls(origin=origin, entries=_held(contents), is_folder=True)

    def with_contents(self, contents: Mapping[str, bytes]) -> "Archive":
        """Return the archive with these entries added or replaced."""
        return self._with_entries({**self.entries, **_held(contents)})

    def without(self, name: str) -> "Archive":
        """Return the archive without the entry `name`."""
        return self._with_entries({known: entry for known, entry in self.entries.items() if known != name})

    def _with_entries(self, entries: Mapping[str, Entry]) -> "Archive":
        return Archive(origin=self.origin, entries=_sorted(entries), faults=self.faults, is_folder=self.is_folder)


class _HeldFile:
    """A file that is open for as long as somebody may read from it."""

    def __init__(self, file: FileSource) -> None:
        self._file = file
        finalize(self, file.close)

    @property
    def size(self) -> int:
        return self._file.size

    def read_at(self, offset: int, length: int) -> bytes:
        return self._file.read_at(offset, length)


def read_archive(path: str | os.PathLike[str]) -> Archive:
    """Read the zip or folder at `path`; bad content becomes faults.

    Raises `CannotRead` when there is nothing at `path`, or nothing that may be read.
    """
    place = Path(path)
    try:
        mode = place.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise CannotRead(f"cannot read '{path}': {reason.lower()}") from None
    if stat.S_ISDIR(mode):
        entries, faults = read_folder(place, LIMITS)
        return Archive(origin=str(path), entries=_sorted(entries), faults=tuple(faults), is_folder=True)
    return _read_zip(_HeldFile(FileSource(place)), origin=str(path), file_name=place.name)


def parse_archive(content: bytes, *, origin: str) -> Archive:
    """Read a zip in memory; bad content becomes faults."""
    return _read_zip(BytesSource(content), origin=origin, file_name=None)


def _read_zip(source: Source, *, origin: str, file_name: str | None) -> Archive:
    try:
        directory = open_zip(source, LIMITS)
    except ZipRefused as refused:
        faults = tuple(_located(fault) for fault in refused.faults)
        return Archive(
            origin=origin, entries=MappingProxyType({}), faults=faults, file_name=file_name, size=source.size
        )
    entries = {
        entry.name: Entry(entry.name, entry.size, partial(_read_entry, directory.read, entry))
        for entry in directory.entries
        if not entry.is_dir
    }
    warnings = tuple((fault.entry, _fault(fault, "zip-oddity")) for fault in directory.warnings)
    return Archive(origin=origin, entries=_sorted(entries), faults=warnings, file_name=file_name, size=source.size)


def _read_entry(read: Callable[[ZipEntry], bytes], entry: ZipEntry) -> bytes:
    try:
        return read(entry)
    except ZipRefused as refused:
        raise UnreadableEntry(_located(refused.fault)[1]) from None


def _located(fault: ZipFault) -> Located:
    return fault.entry, _fault(fault, _rule_of(fault.slug))


def _fault(fault: ZipFault, slug: str) -> Fault:
    place = "" if fault.offset is None else f" (at byte {fault.offset:,})"
    return Fault(slug=slug, message=f"{fault.message}{place}", hint=fault.hint)


def _rule_of(slug: str) -> str:
    """Return the slug of the rule that reports a fault of the zip reader."""
    if slug in _NOT_A_ZIP:
        return "not-a-zip"
    if slug in _SPECIAL:
        return "special-file"
    if slug in _DAMAGED or slug.startswith("deflate-"):
        return "damaged-entry"
    if slug in _OVER or slug.startswith("too-") or slug.endswith("-too-large"):
        return "over-limit"
    if slug.startswith(("path-", "name-")):
        return "unsafe-name"
    return "ambiguous-zip"


def _held(contents: Mapping[str, bytes]) -> dict[str, Entry]:
    return {name: Entry(name, len(content), partial(bytes, content)) for name, content in contents.items()}


def _sorted(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({name: entries[name] for name in sorted(entries)})
