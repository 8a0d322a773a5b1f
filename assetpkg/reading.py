"""Opening what the user names: a package, or a target."""

import os
import re
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assetpkg.archive import LIMITS, Archive, UnreadableEntry, parse_archive, read_archive
from assetpkg.documents import MAX_BYTES
from assetpkg.errors import CannotRead
from assetpkg.layout import MANIFEST
from assetpkg.package import Package, load
from assetpkg.zipfiles import FileSource

if TYPE_CHECKING:
    from assetpkg.instance import Instance

STANDARD_INPUT = "-"
_ZIP = b"PK"
"""How every zip begins."""
_BEGINNING = 64
"""How many bytes of a file are looked at to tell what it is; blanks may stand before the rest."""
_MARKER = rb'"format"\s*:\s*"assetpkg/'
"""What tells the manifest of a package from the many other files of that name, also when it is no JSON."""


def read(path: str | os.PathLike[str]) -> Package:
    """Read the package, a zip or a folder, at `path`; `-` is a zip on standard input.

    Whatever is wrong with its content is for `check` to say; raises `CannotRead` when there is nothing to read.
    """
    return load(_archive(path))


def read_target(path: str | os.PathLike[str], *, complete: bool = True) -> "Instance":
    """Read the target at `path`: a snapshot (JSON), or another package.

    `-` is either on standard input. `complete` says whether such a package is taken for all that is on the instance.
    Raises `CannotRead` when it is neither, with the reason.
    """
    from assetpkg.instance import Instance, parse_snapshot

    if os.fspath(path) == STANDARD_INPUT:
        content = _bounded(sys.stdin.buffer)
        if not _looks_like_a_zip(content):
            return parse_snapshot(content, "standard input")
        package = load(parse_archive(content, origin="standard input"))
    elif not _is_folder(path) and not _looks_like_a_zip(_content(path, len(_ZIP))):
        return parse_snapshot(_content(path), str(path))
    else:
        package = read(path)
    if not package.understood:
        first = next(package.all_faults, "")
        raise CannotRead(f"{path} is neither a snapshot nor an asset package: {first or 'no manifest'}")
    return Instance.from_package(package, complete=complete)


def read_document(path: str | os.PathLike[str]) -> bytes:
    """Read the JSON document at `path`, no larger than one may be; `-` is one on standard input.

    Raises `CannotRead` when there is nothing to read; what the document is worth is for who parses it to say.
    """
    if os.fspath(path) != STANDARD_INPUT:
        return _content(path, MAX_BYTES + 1)
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def is_document(path: str | os.PathLike[str]) -> bool:
    """Say whether there is a file at `path` that begins as a JSON object does; standard input is never looked at."""
    if os.fspath(path) == STANDARD_INPUT:
        return False
    try:
        return _content(path, _BEGINNING).lstrip().startswith(b"{")
    except CannotRead:
        return False


def find_packages(files: Iterable[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the packages that the files are or stand in, each once, and the zips among them that are no packages.

    A folder is one where its manifest says so, however damaged; other files are nothing to speak of. A zip that
    cannot be read counts as a package: what it was meant to be is not known.
    """
    packages: dict[str, None] = {}
    others = []
    for file in files:
        if not file.lower().endswith(".zip"):
            folder = next((str(above) for above in (Path(file), *Path(file).parents) if _is_package(above)), None)
            packages.update({} if folder is None else {folder: None})
        elif _is_package_zip(file):
            packages[file] = None
        else:
            others.append(file)
    return list(packages), others


def _is_package(folder: Path) -> bool:
    try:
        return re.search(_MARKER, _content(folder / MANIFEST)) is not None
    except CannotRead:
        return False


def _is_package_zip(path: str) -> bool:
    """Say whether a zip is a package, or the folder of one, or cannot be told."""
    try:
        archive = read_archive(path)
        manifests = [entry for name, entry in archive.entries.items() if name.rpartition("/")[2] == MANIFEST]
        unreadable = bool(archive.faults) and not archive.entries
        return unreadable or any(re.search(_MARKER, entry.read()) for entry in manifests)
    except (CannotRead, UnreadableEntry):
        return True


def _archive(path: str | os.PathLike[str]) -> Archive:
    if os.fspath(path) != STANDARD_INPUT:
        return read_archive(path)
    return parse_archive(_bounded(sys.stdin.buffer), origin="standard input")


def _bounded(stream: BinaryIO) -> bytes:
    content = stream.read(LIMITS.file + 1)
    if len(content) > LIMITS.file:
        raise CannotRead(f"standard input is more than {LIMITS.file:,} bytes long")
    return content


def _looks_like_a_zip(content: bytes) -> bool:
    return content.startswith(_ZIP)


def _is_folder(path: str | os.PathLike[str]) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise CannotRead(f"cannot read '{path}': {reason.lower()}") from None


def _content(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """Return the content of a regular file, or its first bytes; a pipe without a writer would be waited for forever."""
    with FileSource(path) as source:
        if source.size > LIMITS.file:
            raise CannotRead(f"{path} is more than {LIMITS.file:,} bytes long")
        return source.read_at(0, source.size if most is None else min(most, source.size))
