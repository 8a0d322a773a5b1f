"""An archive: entries, name and bytes, out of a zip, a folder or memory, with nothing understood yet."""

import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from weakref import finalize

from assetpkg.diagnostics import Fault
from assetpkg.errors import CannotRead
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
from assetpkg.zipfiles.clashes import find_clashes
from assetpkg.zipfiles.names import check_path

LIMITS = Limits()
"""How large an archive may be."""

_NOT_CONTENT = frozenset({".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What version control and file managers leave in a folder; no part of a package."""
_NOT_A_ZIP = frozenset({"not-zip"})
_SPECIAL = frozenset({"special-file", "type-conflict", "dir-with-data"})
_DAMAGED = frozenset({"crc", "stored-size", "size-mismatch"})
_OVER = frozenset({"ratio"})

_NOT_UTF8 = Fault(slug="unsafe-name", message="the name is not UTF-8", hint="rename the file")

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

    def only(self, names: Collection[str]) -> "Archive":
        """Return the archive with none but the entries `names`."""
        return self._with_entries({known: entry for known, entry in self.entries.items() if known in names})

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
        return _read_folder(place)
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


def _read_folder(folder: Path) -> Archive:
    entries: dict[str, Entry] = {}
    faults: list[Located] = []
    try:
        for found, place, status in _walk(folder, ""):
            # Names are UTF-8 whatever the locale takes them for.
            raw = os.fsencode(found)
            name = raw.decode("utf-8", "backslashreplace")
            if name.encode() != raw:
                faults.append((name, _NOT_UTF8))
            if stat.S_ISREG(status.st_mode):
                entries[name] = Entry(name, status.st_size, partial(_read_file, place))
            else:
                message = "a link, device or pipe, and not a file"
                faults.append((name, Fault(slug="special-file", message=message, hint="put the file itself here")))
    except OSError as error:
        raise CannotRead(f"cannot read '{error.filename}': {(error.strerror or 'unknown reason').lower()}") from None
    misspelt = {name for name, fault in faults if fault is _NOT_UTF8}
    for name in [name for name in entries if name not in misspelt]:
        check_path(name, lambda _, message, name=name: faults.append((name, _unsafe(message))))  # type: ignore[misc]
    if not faults:
        faults.extend((name, _unsafe(message)) for _, name, message in find_clashes(entries))
    if len(entries) > LIMITS.entries or sum(entry.size for entry in entries.values()) > LIMITS.total:
        message = f"more than {LIMITS.entries:,} files, or {LIMITS.total:,} bytes"
        faults.append(("", Fault(slug="over-limit", message=message, hint="name a package, not a folder of packages")))
    return Archive(origin=str(folder), entries=_sorted(entries), faults=tuple(faults), is_folder=True)


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


def _read_file(place: Path) -> bytes:
    try:
        with FileSource(place) as source:
            if source.size > LIMITS.entry:
                message = f"{source.size:,} bytes are more than the limit of {LIMITS.entry:,}"
                raise UnreadableEntry(Fault(slug="over-limit", message=message, hint="remove it from the package"))
            return source.read_at(0, source.size)
    except CannotRead as error:
        raise UnreadableEntry(Fault(slug="damaged-entry", message=str(error).rstrip("."))) from None


def _unsafe(message: str) -> Fault:
    return Fault(slug="unsafe-name", message=message, hint="rename the file")


def _held(contents: Mapping[str, bytes]) -> dict[str, Entry]:
    return {name: Entry(name, len(content), partial(bytes, content)) for name, content in contents.items()}


def _sorted(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({name: entries[name] for name in sorted(entries)})
