"""Results put where the user wants them: whole, or not at all, and verified before they take another's place."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assetpkg.archive import Archive, UnreadableEntry
from assetpkg.errors import CannotWrite

PRIVATE = 0o600
"""The mode of a file that holds credentials."""


def write_file(
    path: str | os.PathLike[str],
    pieces: Iterable[bytes],
    *,
    verify: Callable[[Path], None] | None = None,
    private: bool = False,
) -> None:
    """Write a file: beside its place first, flushed to disk, verified, and only then renamed over the old one.

    Raises `CannotWrite`, and leaves what was there; `verify` is given the finished file and raises to refuse it. With
    `private`, nobody but the user may read it.
    """
    target = _target(path)
    temporary = None
    try:
        temporary = _fill_temporary(target, pieces)
        if verify is not None:
            verify(temporary)
        temporary.chmod(PRIVATE if private else _mode_for(target))
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise CannotWrite(f"cannot write '{path}': {_reason(error)}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_folder(path: str | os.PathLike[str], archive: Archive, *, private: bool) -> None:
    """Write an archive as a new folder, or into an empty one: built beside its place, then renamed.

    With `private`, nobody but the user may read it. Raises `CannotWrite`, and leaves nothing behind, when the
    folder is not empty, or an entry cannot be read or written.
    """
    target = _target(path)
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise CannotWrite(f"'{path}' exists and is not an empty folder; name a new one")
    building = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=_hidden(target), suffix=".tmp", dir=target.parent))
        for name, entry in archive.entries.items():
            _place(building, name, entry.read())
        for folder, _, files in os.walk(building):
            for file in files:
                Path(folder, file).chmod(PRIVATE if private else 0o666 & ~_umask())
            Path(folder).chmod(0o700 if private else 0o777 & ~_umask())
        building.rename(target)
        _sync_folder(target.parent)
    except UnreadableEntry as error:
        raise CannotWrite(f"cannot unpack '{archive.origin}': {error}") from None
    except OSError as error:
        raise CannotWrite(f"cannot write '{path}': {_reason(error)}") from None
    finally:
        if building is not None and building.exists():
            shutil.rmtree(building, ignore_errors=True)


def _target(path: str | os.PathLike[str]) -> Path:
    if "\0" in os.fspath(path):
        raise CannotWrite(f"cannot write '{path}': no valid path")
    return Path(path)


def _hidden(target: Path) -> str:
    """Return how the name of a temporary file begins; forty characters of four bytes leave room for the rest."""
    return f".{target.name[:40]}."


def _fill_temporary(target: Path, pieces: Iterable[bytes]) -> Path:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    descriptor, name = tempfile.mkstemp(prefix=_hidden(target), suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _place(folder: Path, name: str, content: bytes) -> None:
    # Names are UTF-8 whatever the locale writes.
    place = folder.joinpath(*(os.fsdecode(part.encode()) for part in name.split("/")))
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _mode_for(target: Path) -> int:
    """Return the mode that a plain write would leave: that of the old file, or what the umask allows."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError), _opened(folder) as descriptor:
        os.fsync(descriptor)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
