"""Where the bytes of an archive come from: a file, or memory."""

import os
import stat
from contextlib import suppress
from threading import Lock
from types import TracebackType
from typing import IO, Protocol, Self

from assetpkg.errors import A_FOLDER, NO_REGULAR_FILE, CannotRead, reason_of


class Source(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset`; the caller stays within `size`."""


class BytesSource:
    """An archive in memory."""

    def __init__(self, content: bytes) -> None:
        """Read from `content`."""
        self._content = content

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._content)

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        return self._content[offset : offset + length]


class StreamSource:
    """An archive in an open file that need not have a path; several threads may read it at once."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read from a file that nobody else moves in, for as long as this is needed."""
        self._file = file
        self._lock = Lock()
        self._size = file.seek(0, os.SEEK_END)

    @property
    def size(self) -> int:
        """How many bytes the file had at first."""
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        with self._lock:
            self._file.seek(offset)
            return self._file.read(length)


class FileSource:
    """An archive on disk, opened once: whatever happens to its path, the same file is read to the end."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open the regular file at `path`."""
        self._path = os.fspath(path)
        self._descriptor = _open(self._path)
        status = os.fstat(self._descriptor)
        if not stat.S_ISREG(status.st_mode):
            self.close()
            why = A_FOLDER if stat.S_ISDIR(status.st_mode) else NO_REGULAR_FILE
            raise CannotRead(f"cannot read '{self._path}': {why}")
        self._size = status.st_size

    @property
    def size(self) -> int:
        """How many bytes the file had when it was opened."""
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        try:
            content = _read(self._descriptor, offset, length)
        except OSError as error:
            raise CannotRead(f"cannot read '{self._path}': {reason_of(error)}") from error
        if len(content) != length:
            raise CannotRead(f"cannot read '{self._path}': it became shorter while it was read; try again")
        return content

    def close(self) -> None:
        """Close the file; a failure to close what was only read means nothing."""
        with suppress(OSError):
            os.close(self._descriptor)

    def __enter__(self) -> Self:
        """Close the file at the end of a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def _open(path: str) -> int:
    # Without O_NONBLOCK, opening a named pipe would wait for a writer that may never come.
    names = ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC")
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in names)
    try:
        return os.open(path, flags)
    except OSError as error:
        raise CannotRead(f"cannot read '{path}': {reason_of(error)}") from error


def _read(descriptor: int, offset: int, length: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, length, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)
