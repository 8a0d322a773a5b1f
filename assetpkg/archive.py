"""An archive: entries, name and bytes, out of a zip, a folder or memory, with nothing understood yet."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from weakref import finalize

from assetpkg.diagnostics import Fault
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits, how_to_raise
from assetpkg.zipfiles import (
    BytesSource,
    FileSource,
    Source,
    ZipEntry,
    ZipFault,
    ZipRefused,
    open_zip,
)
from assetpkg.zipfiles.clashes import find_clashes
from assetpkg.zipfiles.names import check_path

_NOT_CONTENT = frozenset({".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What version control and file managers leave in a folder; no part of a package."""

Located = tuple[str, Fault]
"""An entry (empty for the archive itself) and what is wrong with it."""


class UnreadableEntry(Exception):
    """An entry whose content cannot be had; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        """Carry `fault`."""
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A named content; `read` returns it anew at each call, or raises `UnreadableEntry`."""

    name: str
    size: int
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Entries in the order of their names, and what is wrong with the container.

    `origin` is the path that it came from, for messages; `file_name` is set for a zip that has one. `limits` are those
    that it was read with, and that its documents are read with.
    """

    origin: str
    entries: Mapping[str, Entry]
    faults: tuple[Located, ...] = ()
    is_folder: bool = False
    file_name: str | None = None
    size: int | None = None
    limits: Limits = DEFAULT_LIMITS

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
        return Archive(
            origin=self.origin,
            entries=_sorted(entries),
            faults=self.faults,
            is_folder=self.is_folder,
            limits=self.limits,
        )


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


def read_archive(
    path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS, *, assume_utf8_names: bool = False
) -> Archive:
    """Read the zip or folder at `path`; bad content becomes faults.

    With `assume_utf8_names`, names in a zip that are not ASCII are UTF-8 even where the writer did not mark them so.
    Raises `CannotRead` when there is nothing at `path`, or nothing that may be read.
    """
    place = Path(path)
    try:
        mode = place.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise CannotRead(f"cannot read '{path}': {reason.lower()}") from None
    if stat.S_ISDIR(mode):
        return _read_folder(place, limits)
    source = _HeldFile(FileSource(place))
    return _read_zip(source, limits, origin=str(path), file_name=place.name, assume_utf8_names=assume_utf8_names)


def parse_archive(
    content: bytes, limits: Limits = DEFAULT_LIMITS, *, origin: str, assume_utf8_names: bool = False
) -> Archive:
    """Read a zip in memory, as `read_archive` does; bad content becomes faults."""
    source = BytesSource(content)
    return _read_zip(source, limits, origin=origin, file_name=None, assume_utf8_names=assume_utf8_names)


def _read_zip(
    source: Source, limits: Limits, *, origin: str, file_name: str | None, assume_utf8_names: bool
) -> Archive:
    make = partial(Archive, origin=origin, file_name=file_name, size=source.size, limits=limits)
    try:
        directory = open_zip(source, limits, assume_utf8_names=assume_utf8_names)
    except ZipRefused as refused:
        faults = tuple(_located(fault, limits) for fault in refused.faults)
        return make(entries=MappingProxyType({}), faults=faults)
    entries = {
        entry.name: Entry(entry.name, entry.size, partial(_read_entry, directory.read, entry, limits))
        for entry in directory.entries
        if not entry.is_dir
    }
    faults = tuple(_located(fault, limits) for fault in directory.warnings)
    return make(entries=_sorted(entries), faults=faults)


def _read_entry(read: Callable[[ZipEntry], bytes], entry: ZipEntry, limits: Limits) -> bytes:
    try:
        return read(entry)
    except ZipRefused as refused:
        raise UnreadableEntry(_located(refused.fault, limits)[1]) from None


def _located(fault: ZipFault, limits: Limits) -> Located:
    place = "" if fault.offset is None else f" (at byte {fault.offset:,})"
    return fault.entry, _fault(fault.slug, f"{fault.message}{place}", limits, hint=fault.hint, byte_offset=fault.offset)


def _fault(slug: str, message: str, limits: Limits, *, hint: str = "", byte_offset: int | None = None) -> Fault:
    """Make a fault of an oddity; about a limit, its hint says how to raise that."""
    from assetpkg.oddities import ODDITIES

    declared = ODDITIES[slug]
    mend = hint or declared.hint
    if declared.limit is not None:
        mend = f"{mend}; {how_to_raise(declared.limit, 2 * getattr(limits, declared.limit))}"
    return Fault(slug=slug, message=message, hint=mend, platform_code=declared.platform_code, byte_offset=byte_offset)


def _read_folder(folder: Path, limits: Limits) -> Archive:
    entries: dict[str, Entry] = {}
    faults: list[Located] = []
    try:
        for found, place, status in _walk(folder, ""):
            # Names are UTF-8 whatever the locale takes them for.
            raw = os.fsencode(found)
            name = raw.decode("utf-8", "backslashreplace")
            if name.encode() != raw:
                faults.append((name, _fault("name-bad-utf8", "the name is not UTF-8", limits)))
            if stat.S_ISREG(status.st_mode):
                entries[name] = Entry(name, status.st_size, partial(_read_file, place, limits))
            else:
                faults.append((name, _fault("special-file", "a link, device or pipe, and not a file", limits)))
    except OSError as error:
        raise CannotRead(f"cannot read '{error.filename}': {(error.strerror or 'unknown reason').lower()}") from None
    misspelt = {name for name, fault in faults if fault.slug == "name-bad-utf8"}
    for name in [name for name in entries if name not in misspelt]:
        check_path(name, lambda slug, message, name=name: faults.append((name, _fault(slug, message, limits))))  # type: ignore[misc]
    if not faults:
        faults.extend((name, _fault(slug, message, limits)) for slug, name, message in find_clashes(entries))
    if len(entries) > limits.entries:
        faults.append(("", _fault("too-many-entries", f"more than {limits.entries:,} files", limits)))
    if sum(entry.size for entry in entries.values()) > limits.total:
        message = f"the files have more than {limits.total:,} bytes together"
        faults.append(("", _fault("total-too-large", message, limits)))
    return Archive(origin=str(folder), entries=_sorted(entries), faults=tuple(faults), is_folder=True, limits=limits)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Path, os.stat_result]]:
    with os.scandir(folder) as members:
        for member in sorted(members, key=lambda member: member.name):
            if member.name in _NOT_CONTENT:
                continue
            name = f"{prefix}{member.name}"
            if member.is_dir(follow_symlinks=False):
                yield from _walk(folder / member.name, f"{name}/")
            else:
                yield name, folder / member.name, member.stat(follow_symlinks=False)


def _read_file(place: Path, limits: Limits) -> bytes:
    try:
        with FileSource(place) as source:
            if source.size > limits.entry:
                message = f"{source.size:,} bytes are more than the limit of {limits.entry:,}"
                raise UnreadableEntry(_fault("entry-too-large", message, limits))
            return source.read_at(0, source.size)
    except CannotRead as error:
        raise UnreadableEntry(_fault("unreadable-file", str(error).rstrip("."), limits)) from None


def _held(contents: Mapping[str, bytes]) -> dict[str, Entry]:
    return {name: Entry(name, len(content), partial(bytes, content)) for name, content in contents.items()}


def _sorted(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({name: entries[name] for name in sorted(entries)})
