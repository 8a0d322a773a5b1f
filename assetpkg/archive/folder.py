"""A folder as a package: every file below it, found and read without leaving it, waiting, or reading two versions.

Whoever made the folder may still be changing it. So a folder is listed through its open descriptor and never through
a link, and a file is read only where it is the one that was listed: same folder, same file, same size, same time,
before and after. Everything else is a fault of this one entry.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from assetpkg.archive.entries import Entry, Located, UnreadableEntry, fault_of
from assetpkg.archive.litter import is_litter
from assetpkg.archive.zip.clashes import find_clashes
from assetpkg.archive.zip.faults import shown_name
from assetpkg.archive.zip.names import check_path
from assetpkg.errors import CannotRead, reason_of
from assetpkg.limits import MOST_CONTAINER_FAULTS, Limits

RELATIVE = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether a file can be named from the folder that it is in, and not only by its whole path (not on Windows)."""

FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# Without O_NONBLOCK, opening a named pipe would wait for a writer that may never come.
_FILE_FLAGS = (
    os.O_RDONLY
    | NO_LINK
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

_SPECIAL = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_FOLDERS = 4
"""How many folders there may be for each file; a resource has up to three above it."""
# The machine has run out of something; that says nothing about the package.
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
_SWAPPED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})


class Listing(NamedTuple):
    """The files of a folder in the order in which they were met, and what is wrong with its members."""

    entries: dict[str, Entry]
    faults: list[Located]


class _Same(NamedTuple):
    """What distinguishes a file from any other one, and from itself after a change."""

    device: int
    number: int
    size: int
    time: int

    @classmethod
    def of(cls, status: os.stat_result) -> "_Same":
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class _TooMuch(Exception):
    """Holds the slug and the message of a limit on the folder as a whole, and what is needed, where that is known."""


def read_folder(folder: Path, limits: Limits, *, everything: bool = False) -> Listing:
    """List the files below `folder`, without leftovers of systems unless `everything`; bad members become faults.

    Raises `CannotRead` when `folder` itself cannot be listed.
    """
    walk = _Walk(limits, everything=everything)
    try:
        with _opened(folder) as descriptor:
            walk.visit(descriptor, str(folder), "")
    except _TooMuch as found:
        slug, message, needed = found.args
        return Listing({}, [("", fault_of(slug, message, limits, needed=needed))])
    except OSError as error:
        raise CannotRead(f"cannot read '{folder}': {reason_of(error)}") from None
    walk.check_names()
    return Listing(walk.entries, walk.faults)


class _Walk:
    """What was found so far."""

    def __init__(self, limits: Limits, *, everything: bool) -> None:
        self.entries: dict[str, Entry] = {}
        self.faults: list[Located] = []
        self._limits = limits
        self._everything = everything
        self._most_folders = _FOLDERS * limits.entries
        self._files = self._folders = self._bytes = 0

    def visit(self, descriptor: int | str, place: str, prefix: str) -> None:
        """Find what is in an open folder; `place` is its path, and `prefix` what its members' names begin with."""
        number = _number(descriptor)
        for found in self._names(descriptor):
            # Names are UTF-8 whatever the locale takes them for.
            raw = os.fsencode(found)
            name = f"{prefix}{raw.decode('utf-8', 'backslashreplace')}"
            try:
                status = _stat(descriptor, found)
            except OSError as error:
                self._note(name, *_told(error, "file"))
                continue
            is_folder = stat.S_ISDIR(status.st_mode)
            self._folders += is_folder
            self._files += not is_folder
            if not _is_utf8(raw):
                self._note(name, "name-bad-utf8", "the name is not UTF-8")
            elif is_folder:
                self._descend(descriptor, found, place, name)
            elif stat.S_ISREG(status.st_mode):
                self._bytes += status.st_size
                file = _File(place, number, found, _Same.of(status), self._limits)
                self.entries[name] = Entry(name, status.st_size, partial(_read, file))
            else:
                what = next((word for is_one, word in _SPECIAL if is_one(status.st_mode)), "a special file")
                self._note(name, "special-file", f"{what}, not a file")
        self._check_bounds()

    def check_names(self) -> None:
        """Note the names that some system reads as others, and those that it takes for one."""
        sound = []
        for name in self.entries:
            faults: list[tuple[str, str]] = []
            check_path(name, lambda slug, message, found=faults: found.append((slug, message)))  # type: ignore[misc]
            for slug, message in faults:
                self._note(name, slug, message)
            if not faults:
                sound.append(name)
        for slug, name, message in find_clashes(sound):
            self._note(name, slug, message)

    def _names(self, descriptor: int | str) -> list[str]:
        """Return the names in a folder, sorted; a folder without end is not read to its end."""
        self._check_bounds()
        room = self._limits.entries + self._most_folders - self._files - self._folders
        with os.scandir(descriptor) as members:
            kept = (member.name for member in members if self._everything or not is_litter(member.name))
            return sorted(islice(kept, room + 1))

    def _check_bounds(self) -> None:
        if self._files > self._limits.entries or self._folders > self._most_folders:
            message = (
                f"it contains more than {self._limits.entries:,} files, or more than {self._most_folders:,} folders"
            )
            raise _TooMuch("too-many-entries", message, None)
        if self._bytes > self._limits.total:
            message = f"all files together have more than {self._limits.total:,} bytes"
            raise _TooMuch("total-too-large", message, max(self._bytes, 2 * self._limits.total))

    def _descend(self, descriptor: int | str, found: str, place: str, name: str) -> None:
        too_far: list[str] = []
        check_path(f"{name}/-", lambda slug, message: too_far.append(message) if slug == "path-too-deep" else None)
        if too_far:
            self._note(f"{name}/", "path-too-deep", too_far[0])
            return
        try:
            with _opened(found, descriptor, NO_LINK) as inner:
                self.visit(inner, f"{place}/{found}", f"{name}/")
        except OSError as error:
            if error.errno in _EXHAUSTED:
                raise
            self._note(f"{name}/", *_told(error, "folder"))

    def _note(self, name: str, slug: str, message: str) -> None:
        if len(self.faults) < MOST_CONTAINER_FAULTS:
            self.faults.append((shown_name(name), fault_of(slug, message, self._limits)))


class _File(NamedTuple):
    """A file as it was listed: the folder it is in, its name there, and what distinguishes it from any other file."""

    folder: str
    folder_number: tuple[int, int]
    name: str
    same: _Same
    limits: Limits


def _read(file: _File) -> bytes:
    """Return the content of the very file that was listed, or raise `UnreadableEntry`."""
    if file.same.size > file.limits.entry:
        message = f"{file.same.size:,} bytes are more than the limit of {file.limits.entry:,}"
        raise UnreadableEntry(fault_of("entry-too-large", message, file.limits, needed=file.same.size))
    try:
        # A link on the way to the folder would lead to another folder, which is seen before anything in it is touched.
        with _opened(file.folder) as folder:
            if _number(folder) != file.folder_number:
                raise _unreadable(file, "changed-file", "its folder was replaced")
            return _content(file, folder)
    except OSError as error:
        if error.errno in _EXHAUSTED:
            raise CannotRead(f"cannot read '{file.folder}/{file.name}': {reason_of(error)}") from None
        raise _unreadable(file, *_told(error, "file")) from None


def _content(file: _File, folder: int | str) -> bytes:
    descriptor = _open(file.name, _FILE_FLAGS, folder)
    try:
        if _Same.of(os.fstat(descriptor)) != file.same:
            raise _unreadable(file, "changed-file", "it changed after it was listed")
        content = b"".join(_pieces(descriptor, file.same.size + 1))
        if len(content) != file.same.size or _Same.of(os.fstat(descriptor)) != file.same:
            raise _unreadable(file, "changed-file", "it changed while it was read")
        return content
    finally:
        _close(descriptor)


def _pieces(descriptor: int, most: int) -> Iterator[bytes]:
    while most and (piece := os.read(descriptor, most)):
        most -= len(piece)
        yield piece


@contextmanager
def _opened(path: str | Path, folder: int | str | None = None, flags: int = 0) -> Iterator[int | str]:
    """Open a folder; what stands for it is its descriptor, or its path where descriptors cannot stand for folders."""
    if not RELATIVE:
        yield str(path) if folder is None else f"{folder}/{path}"
        return
    descriptor = _open(path, FOLDER_FLAGS | flags, folder)
    try:
        yield descriptor
    finally:
        _close(descriptor)


def _close(descriptor: int) -> None:
    # A failure to close what was only read means nothing.
    with suppress(OSError):
        os.close(descriptor)


def _open(path: str | Path, flags: int, folder: int | str | None) -> int:
    if isinstance(folder, str):
        return os.open(f"{folder}/{path}", flags)
    return os.open(path, flags, dir_fd=folder)


def _stat(folder: int | str, name: str) -> os.stat_result:
    if isinstance(folder, str):
        return Path(folder, name).lstat()
    return os.stat(name, dir_fd=folder, follow_symlinks=False)


def _number(folder: int | str) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116 - an open folder
    return status.st_dev, status.st_ino


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _told(error: OSError, what: str) -> tuple[str, str]:
    """Return the slug and the message of an error of the operating system."""
    if error.errno in _SWAPPED:
        return "changed-file", f"the {what} was removed or replaced while the package was read"
    return f"unreadable-{what}", f"the {what} cannot be read: {reason_of(error)}"


def _unreadable(file: _File, slug: str, message: str) -> UnreadableEntry:
    return UnreadableEntry(fault_of(slug, message, file.limits))
