"""An archive: entries, name and bytes, out of a zip, a folder or memory, with nothing understood yet."""

import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO, Literal
from weakref import finalize

from assetpkg.archive import STANDARD_INPUT, STANDARD_STREAM
from assetpkg.archive.entries import Entry, Kept, Located, Packed, Underlying, UnreadableEntry, fault_of
from assetpkg.archive.folder import read_folder
from assetpkg.archive.zip import (
    BytesSource,
    FileSource,
    Source,
    StreamSource,
    ZipDirectory,
    ZipEntry,
    ZipFault,
    ZipRefused,
    open_zip,
)
from assetpkg.credentials.masking import describe
from assetpkg.errors import CannotRead, reason_of
from assetpkg.limits import DEFAULT_LIMITS, Limits

Container = Literal["zip", "folder", "document", "stream"]
"""What entries come in; a stream is a zip on standard input."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Archive:
    """Entries in the order of their names, and what is wrong with the container.

    `origin` is the path that it came from, for messages; `file_name` is set for a zip that has one. It `is_document`
    where its entries were made of one file, such as a snapshot. `limits` are those that it was read with, and that its
    documents are read with; `names_encoding` is how names in a zip are read that do not say it themselves. Where this
    is a view of another archive, that is the `underlying` one.
    """

    origin: str
    entries: Mapping[str, Entry]
    faults: tuple[Located, ...] = ()
    is_folder: bool = False
    is_document: bool = False
    file_name: str | None = None
    size: int | None = None
    limits: Limits = DEFAULT_LIMITS
    names_encoding: str | None = None
    underlying: Underlying | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)

    @property
    def container(self) -> Container:
        """What its entries came in."""
        if self.is_document:
            return "document"
        return "folder" if self.is_folder else "stream" if self.origin == STANDARD_INPUT else "zip"

    @property
    def path(self) -> str:
        """The path as a user names it."""
        return STANDARD_STREAM if self.container == "stream" else self.origin

    @classmethod
    def from_contents(cls, contents: Mapping[str, bytes], *, origin: str = "package") -> "Archive":
        """Return an archive in memory, in the form of a folder."""
        return cls(origin=origin, entries=_held(contents), is_folder=True)

    def with_contents(self, contents: Mapping[str, bytes]) -> "Archive":
        """Return the archive with these entries added or replaced."""
        return self.with_entries({**self.entries, **_held(contents)})

    def without(self, name: str) -> "Archive":
        """Return the archive without the entry `name`."""
        return self.with_entries({known: entry for known, entry in self.entries.items() if known != name})

    def only(self, names: Collection[str]) -> "Archive":
        """Return the archive with none but the entries `names`."""
        return self.with_entries({known: entry for known, entry in self.entries.items() if known in names})

    def kept(self, most: int) -> "Archive":
        """Return the archive with entries that are read but once, and kept: as many as have `most` bytes together."""
        entries = dict(self.entries)
        for name, entry in self.entries.items():
            most -= entry.size
            if most < 0:
                break
            entries[name] = Entry(name, entry.size, Kept(entry.read))
        return replace(self, entries=MappingProxyType(entries))

    def sharing(self, known: "Archive", *, without: Collection[str] = ()) -> "Archive":
        """Return the archive with the entries of `known` where they are the same: a file unchanged, the same bytes.

        What was learnt of those needs not be learnt again; of the entries `without`, it is.
        """
        before = {name: entry for name, entry in known.entries.items() if name not in without}
        kept = {
            name: before[name] if _is_same(entry, before.get(name)) else entry for name, entry in self.entries.items()
        }
        return self.with_entries(kept)

    def with_entries(self, entries: Mapping[str, Entry]) -> "Archive":
        """Return the archive with these entries and no others."""
        return Archive(
            origin=self.origin,
            entries=in_order(entries),
            faults=self.faults,
            is_folder=self.is_folder,
            is_document=self.is_document,
            limits=self.limits,
            underlying=self.underlying,
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


def hold_file(path: str | os.PathLike[str]) -> Source:
    """Open the regular file at `path` for as long as somebody may read from it; raises `CannotRead`."""
    return _HeldFile(FileSource(path))


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Say whether a folder, and not a file, is at `path`; raises `CannotRead` when there is nothing."""
    try:
        # `Path.stat` would take an empty path, as of a variable that is not set, for the current folder.
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError) as error:
        raise CannotRead(f"cannot read '{path}': {reason_of(error)}") from None


def read_archive(
    path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS, *, names_encoding: str | None = None
) -> Archive:
    """Read the zip or folder at `path`; bad content becomes faults.

    With a `names_encoding`, names in a zip that are not ASCII, and not marked as UTF-8, are read as that.
    Raises `CannotRead` when there is nothing at `path`, or nothing that may be read.
    """
    place = Path(path)
    if is_folder(path):
        entries, faults = read_folder(place, limits)
        return Archive(origin=str(path), entries=in_order(entries), faults=tuple(faults), is_folder=True, limits=limits)
    source = hold_file(place)
    return _read_zip(source, limits, origin=str(path), file_name=place.name, names_encoding=names_encoding)


def parse_archive(
    content: bytes, limits: Limits = DEFAULT_LIMITS, *, origin: str, names_encoding: str | None = None
) -> Archive:
    """Read a zip in memory, as `read_archive` does; bad content becomes faults."""
    source = BytesSource(content)
    return _read_zip(source, limits, origin=origin, file_name=None, names_encoding=names_encoding)


def stream_archive(
    file: IO[bytes], limits: Limits = DEFAULT_LIMITS, *, name: str, names_encoding: str | None = None
) -> Archive:
    """Read a zip in an open file that goes by this name, as `read_archive` does; bad content becomes faults.

    The entries are read from it later, so that whoever needs them has to leave it open.
    """
    return _read_zip(StreamSource(file), limits, origin=name, file_name=name, names_encoding=names_encoding)


def _read_zip(
    source: Source, limits: Limits, *, origin: str, file_name: str | None, names_encoding: str | None
) -> Archive:
    make = partial(
        Archive,
        origin=origin,
        file_name=file_name,
        size=source.size,
        limits=limits,
        names_encoding=names_encoding,
    )
    try:
        directory = open_zip(source, limits, names_encoding=names_encoding)
    except ZipRefused as refused:
        faults = tuple(_located(fault, limits) for fault in refused.faults)
        return make(entries=MappingProxyType({}), faults=faults)
    entries = {
        entry.name: Entry(entry.name, entry.size, _Reading(directory, entry, limits))
        for entry in directory.entries
        if not entry.is_dir
    }
    faults = tuple(_located(fault, limits) for fault in directory.warnings)
    return make(entries=in_order(entries), faults=faults)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Reading:
    """How an entry of a zip is read; there is one for each, so it takes as little memory as it can."""

    directory: ZipDirectory
    entry: ZipEntry
    limits: Limits

    def __call__(self) -> bytes:
        return self._content(None)

    def packed(self) -> Packed | None:
        data, known = self.directory.read_packed(self.entry), self.entry
        if data is None:
            return None
        decides = f"{known.method} {known.size} {known.crc} ".encode()
        return Packed(hashlib.sha256(decides + data).digest(), partial(self._content, data))

    def _content(self, packed: bytes | None) -> bytes:
        try:
            return self.directory.read(self.entry, packed)
        except ZipRefused as refused:
            raise UnreadableEntry(_located(refused.fault, self.limits)[1]) from None


def packed_of(entry: Entry) -> Packed | None:
    """Return how an entry is packed; `None` for one that is not of a zip, and for a large one."""
    return entry.read.packed() if isinstance(entry.read, _Reading) else None


def _located(fault: ZipFault, limits: Limits) -> Located:
    place = "" if fault.offset is None else f" (at byte {fault.offset:,})"
    made = fault_of(fault.slug, f"{fault.message}{place}", limits, hint=fault.hint, needed=fault.needed)
    return fault.entry, made._replace(byte_offset=fault.offset)


def _is_same(entry: Entry, other: Entry | None) -> bool:
    """Say whether two entries are read from the same file, unchanged since, or hold the same bytes."""
    if other is None or not isinstance(entry.read, partial) or not isinstance(other.read, partial):
        return False
    return entry.read.func is other.read.func and entry.read.args == other.read.args


def _held(contents: Mapping[str, bytes]) -> dict[str, Entry]:
    return {name: Entry(name, len(content), partial(bytes, content)) for name, content in contents.items()}


def in_order(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Return entries in the order of their names, as an archive has them."""
    return MappingProxyType({name: entries[name] for name in sorted(entries)})
