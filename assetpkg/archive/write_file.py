"""Files put where the user wants them: whole, or not at all, and read back before they take another's place."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from assetpkg.archive.temporaries import Place, Unfinished, place_of, umask, why_not_written
from assetpkg.errors import A_FOLDER, CannotWrite, reason_of

NEW_FILE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""How a file is opened that must not be there yet, not even as a link."""
PRIVATE = 0o600
"""The mode of a file that holds credentials."""

_CHUNK = 1 << 20
# Some file systems cannot flush a folder, and say so.
_NO_SUCH_THING = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})


def write_file(
    path: str | os.PathLike[str],
    pieces: Iterable[bytes],
    *,
    verify: Callable[[Path], None] | None = None,
    private: bool = False,
) -> None:
    """Write a file: beside its place first, flushed to disk, read back, and only then renamed over the old one.

    The file must hold what was written; `verify` is given it beside that, and raises to refuse it. A link is replaced,
    and what it leads to stays. A device or a pipe takes the bytes as they come, and nothing that has to be verified.
    With `private`, nobody but the user may read it. Raises `CannotWrite`, and leaves what was there.
    """
    target = place_of(path)
    try:
        if _is_stream(target):
            if verify is not None:
                raise CannotWrite(f"cannot write '{path}': it is not a file, and could not be read back; give a file")
            _pour(target, pieces)
            return
        _refuse_special(target, path)
        with Unfinished() as unfinished:
            temporary = unfinished.file_beside(target)
            _fill(temporary, target, pieces, verify, private=private)
            unfinished.finish(_FilePlace(temporary, target, path))
    except OSError as error:
        raise CannotWrite(f"cannot write '{path}': {why_not_written(target, error)}") from None


class _FilePlace(Place):
    """The place of a file, and the name by which the user knows it."""

    def __init__(self, temporary: Path, target: Path, path: str | os.PathLike[str]) -> None:
        self._temporary, self._target, self._path = temporary, target, path
        self._kept: Path | None = None
        self._was_free = False
        self._written: os.stat_result | None = None

    def keep(self, unfinished: Unfinished) -> None:
        kept = unfinished.file_beside(self._target)
        try:
            os.link(self._target, kept, follow_symlinks=False)
            self._kept = kept
        except FileNotFoundError:
            self._was_free = True
        except (OSError, NotImplementedError):
            return

    def take(self) -> None:
        try:
            self._written = self._temporary.lstat()
            self._temporary.replace(self._target)
        except OSError as error:
            raise CannotWrite(f"cannot write '{self._path}': {reason_of(error)}") from None

    def put_back(self) -> None:
        if self._written is None or not os.path.samestat(self._written, self._target.lstat()):
            return  # it is not what was written, so it is not for us to take it away
        if self._kept is not None:
            self._kept.replace(self._target)
        elif self._was_free:
            self._target.unlink()

    def settle(self) -> None:
        flush_names(self._target, self._path)


def flush_names(target: Path, path: str | os.PathLike[str]) -> None:
    """Flush the folder that a result is in; raises `CannotWrite`, which says that the result is written."""
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise CannotWrite(
            f"'{path}' is written, but it may be lost after a power failure: its folder cannot be flushed: "
            f"{reason_of(error)}"
        ) from None


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can; raises `OSError` where it fails to."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return  # a folder that may be written and not read, or a system that opens none
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def sync(folder: int) -> None:
    """Flush an open folder to disk; a file system that knows no such thing is not a failure."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_SUCH_THING:
            raise


def pour(descriptor: int, pieces: Iterable[bytes]) -> str:
    """Write all bytes to an open file; returns their SHA-256."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return digest.hexdigest()


def _fill(
    temporary: Path, target: Path, pieces: Iterable[bytes], verify: Callable[[Path], None] | None, *, private: bool
) -> None:
    descriptor = os.open(temporary, NEW_FILE, PRIVATE)
    try:
        digest = pour(descriptor, pieces)
        temporary.chmod(PRIVATE if private else _mode_for(target))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if verify is not None:
        verify(temporary)
    if _digest(temporary) != digest:
        raise CannotWrite(f"'{target}' does not have the content that was written; the disk may be failing")


def _is_stream(target: Path) -> bool:
    """Say whether bytes for `target` go through it, and not into a file of this name."""
    if target.is_symlink():
        # `/dev/stdout` and `/dev/fd/1` are ways to an open file, and no names that a file could take over.
        folder = os.path.realpath(target.parent)
        if folder == "/dev" or folder.startswith("/proc/"):
            return True
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _pour(target: Path, pieces: Iterable[bytes]) -> None:
    descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        pour(descriptor, pieces)
    finally:
        os.close(descriptor)


def _refuse_special(target: Path, path: str | os.PathLike[str]) -> None:
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if target.is_dir():
        raise CannotWrite(f"cannot write '{path}': {A_FOLDER}")
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise CannotWrite(f"cannot write '{path}': it is not a file; give a file")


def _digest(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _mode_for(target: Path) -> int:
    """Return the mode that a plain write would leave: that of the old file, or what the umask allows."""
    try:
        status = target.lstat()
    except OSError:
        return 0o666 & ~umask()
    return stat.S_IMODE(status.st_mode) & 0o777 if stat.S_ISREG(status.st_mode) else 0o666 & ~umask()
