"""Folders put where the user wants them: whole, or not at all, without following anybody's link."""

import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.folder import FOLDER_FLAGS, NO_LINK, RELATIVE, read_folder
from assetpkg.archive.temporaries import Place, Unfinished, place_of, umask, why_not_written
from assetpkg.archive.write_file import NEW_FILE, PRIVATE, flush_names, pour, sync
from assetpkg.archive.zip import Limits
from assetpkg.archive.zip.clashes import find_clashes
from assetpkg.archive.zip.names import check_path
from assetpkg.errors import CannotWrite, reason_of
from assetpkg.running.progress import follow

_PRIVATE_FOLDER = 0o700
_REPOSITORIES = frozenset({".git", ".hg", ".svn"})
"""Folders in which version control looks for programs to run."""
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR})
_BOUNDLESS = Limits(entries=1 << 40, entry=1 << 40, total=1 << 40)
"""What was just written has passed the limits already."""


class _Modes(NamedTuple):
    file: int
    folder: int


def write_folder(path: str | os.PathLike[str], archive: Archive, *, private: bool) -> None:
    """Write an archive as a new folder, or in the place of an empty one: built beside it, read back, then renamed.

    Renaming a folder is atomic, replaces an empty folder, and nothing else: neither a link, nor what another program
    put there meanwhile. With `private`, nobody but the user may read it. Raises `CannotWrite`, and leaves nothing
    after, when the target is taken, the folder that it is to be in is missing, or an entry cannot be read or written.
    """
    target = place_of(path)
    _refuse_target(target, path)
    _refuse_names(archive)
    try:
        with Unfinished() as unfinished:
            building = unfinished.folder_beside(target)
            building.mkdir(_PRIVATE_FOLDER)
            modes = _Modes(PRIVATE, _PRIVATE_FOLDER) if private else _Modes(0o666 & ~umask(), 0o777 & ~umask())
            _verify(building, _Builder(building, modes).build(archive))
            unfinished.finish(_FolderPlace(building, target, path))
    except UnreadableEntry as error:
        raise CannotWrite(f"cannot unpack '{archive.origin}': {error}") from None
    except OSError as error:
        raise CannotWrite(f"cannot write '{path}': {why_not_written(target, error)}") from None


class _Builder:
    """The open folders from the top down to the one of the last file; nothing is made through a path."""

    def __init__(self, top: Path, modes: _Modes) -> None:
        self._top = top
        self._modes = modes
        self._names: list[str] = []
        self._open: list[int] = []

    def build(self, archive: Archive) -> Mapping[str, str]:
        """Write all entries, flushed to disk; returns the SHA-256 of each."""
        digests = {}
        try:
            self._enter(self._top)
            for name in follow("writing the folder", sorted(archive.entries)):
                # Names are UTF-8 whatever the locale writes.
                *folders, file = (os.fsdecode(part.encode()) for part in name.split("/"))
                while self._names != folders[: len(self._names)]:
                    self._leave()
                for folder in folders[len(self._names) :]:
                    self._make_folder(folder)
                digests[name] = self._make_file(file, archive.entries[name].read())
            while self._open:
                self._leave()
        finally:
            for descriptor in self._open:
                os.close(descriptor)
        return digests

    def _make_folder(self, name: str) -> None:
        if RELATIVE:
            os.mkdir(name, _PRIVATE_FOLDER, dir_fd=self._open[-1])
        else:
            self._top.joinpath(*self._names, name).mkdir()
        self._names.append(name)
        self._enter(name)

    def _enter(self, name: str | Path) -> None:
        if RELATIVE:
            above = self._open[-1] if self._open else None
            self._open.append(os.open(name, FOLDER_FLAGS | NO_LINK, dir_fd=above))

    def _leave(self) -> None:
        if RELATIVE:
            os.fchmod(self._open[-1], self._modes.folder)
            sync(self._open[-1])
            os.close(self._open.pop())
        if self._names:
            self._names.pop()

    def _make_file(self, name: str, content: bytes) -> str:
        if RELATIVE:
            descriptor = os.open(name, NEW_FILE, PRIVATE, dir_fd=self._open[-1])
        else:
            descriptor = os.open(self._top.joinpath(*self._names, name), NEW_FILE, self._modes.file)
        try:
            digest = pour(descriptor, [content])
            if RELATIVE:
                os.fchmod(descriptor, self._modes.file)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return digest


def _refuse_target(target: Path, path: str | os.PathLike[str]) -> None:
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise _taken(path)
    if target.exists() and target.samefile(Path.cwd()):
        raise CannotWrite(f"'{path}' is the current folder, which cannot be replaced; give a new folder")


def _refuse_names(archive: Archive) -> None:
    """Refuse names that lead elsewhere; an archive that was made in memory has not been checked yet."""
    faults: list[str] = []
    for name in archive.entries:
        check_path(name, lambda _, message: faults.append(message))
        if faults:
            raise CannotWrite(f"cannot unpack '{name}' of '{archive.origin}': {faults[0]}")
        if _REPOSITORIES & set(name.casefold().split("/")):
            raise CannotWrite(
                f"cannot unpack '{name}' of '{archive.origin}': version control could read it as its own file, and "
                "run programs that it names; remove it from the archive"
            )
    for clash in find_clashes(archive.entries):
        raise CannotWrite(f"cannot unpack '{archive.origin}': {clash.message}")


def _verify(building: Path, digests: Mapping[str, str]) -> None:
    """Read the finished folder as anybody would, and hold it against what was written."""
    listing = read_folder(building, _BOUNDLESS, everything=True)
    found = {
        name: hashlib.sha256(entry.read()).hexdigest()
        for name, entry in follow("reading it back", listing.entries.items())
    }
    if listing.faults or found != digests:
        raise CannotWrite("the written folder does not have the content of the package; the disk may be failing")


class _FolderPlace(Place):
    """The place of a folder, and the name by which the user knows it."""

    def __init__(self, building: Path, target: Path, path: str | os.PathLike[str]) -> None:
        self._building, self._target, self._path = building, target, path
        self._was_empty = False
        self._is_there = False

    def keep(self, unfinished: Unfinished) -> None:
        del unfinished
        self._was_empty = self._target.is_dir()

    def take(self) -> None:
        try:
            if os.name == "nt" and self._target.is_dir():
                self._target.rmdir()  # Windows renames onto nothing at all
            self._building.rename(self._target)
            self._is_there = True
        except OSError as error:
            if error.errno in _TAKEN:
                raise _taken(self._path) from None
            raise CannotWrite(f"cannot write '{self._path}': {reason_of(error)}") from None

    def put_back(self) -> None:
        if self._is_there:
            self._target.rename(self._building)
            if self._was_empty:
                self._target.mkdir()

    def settle(self) -> None:
        flush_names(self._target, self._path)


def _taken(path: str | os.PathLike[str]) -> CannotWrite:
    return CannotWrite(f"'{path}' exists and is not an empty folder; give a new folder")
