"""Opening what the user names: a package, or a target."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from assetpkg.archive import LIMITS, Archive, parse_archive, read_archive
from assetpkg.errors import CannotRead
from assetpkg.instance import Instance, parse_snapshot
from assetpkg.package import Package, load

STANDARD_INPUT = "-"


def read(path: str | os.PathLike[str]) -> Package:
    """Read the package, a zip or a folder, at `path`; `-` is a zip on standard input.

    Whatever is wrong with its content is for `check` to say; raises `CannotRead` when there is nothing to read.
    """
    return load(_archive(path))


def read_target(path: str | os.PathLike[str], *, complete: bool = True) -> Instance:
    """Read the target at `path`: a snapshot (JSON), or another package.

    `complete` says whether such a package is taken for all that is on the instance. Raises `CannotRead` when it
    is neither, with the reason.
    """
    if os.fspath(path) != STANDARD_INPUT and not Path(path).is_dir() and not _looks_like_a_zip(path):
        return parse_snapshot(_content(path), str(path))
    package = read(path)
    if not package.understood:
        first = next(package.all_faults, "")
        raise CannotRead(f"{path} is neither a snapshot nor an asset package: {first or 'no manifest'}")
    return Instance.from_package(package, complete=complete)


def _archive(path: str | os.PathLike[str]) -> Archive:
    if os.fspath(path) != STANDARD_INPUT:
        return read_archive(path)
    return parse_archive(_bounded(sys.stdin.buffer), origin="standard input")


def _bounded(stream: BinaryIO) -> bytes:
    content = stream.read(LIMITS.file + 1)
    if len(content) > LIMITS.file:
        raise CannotRead(f"standard input is more than {LIMITS.file:,} bytes long")
    return content


def _looks_like_a_zip(path: str | os.PathLike[str]) -> bool:
    return _content(path, 2) == b"PK"


def _content(path: str | os.PathLike[str], most: int = LIMITS.file) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise CannotRead(f"cannot read '{path}': {reason.lower()}") from None
