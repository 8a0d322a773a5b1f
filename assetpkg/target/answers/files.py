"""Where saved answers are: files, folders, zips and zips in these, each file with how messages call it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.archive import STANDARD_INPUT, STANDARD_STREAM, ZIP_BEGINNING
from assetpkg.archive.archive import Archive, parse_archive, read_archive
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import OPERATIONS
from assetpkg.limits import Limits
from assetpkg.package.layout import OWN
from assetpkg.package.package import Package, load
from assetpkg.package.reading import read_document

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile

_NO_ANSWERS = (".md", ".py", ".sh", ".ps1", ".bat", ".toml", ".ini", ".cfg", ".lock", ".log", ".headers")
"""What files beside answers end in: scripts that fetched them, and notes."""


class File(NamedTuple):
    """A file that may hold answers; `place` is its path below what the user named, and `said` what he says it is."""

    origin: str
    place: str
    said: str
    read: Callable[[], bytes]


class Found(NamedTuple):
    """What there is to read: files, whole packages with the name of each, and what cannot be read, with the reason."""

    files: list[File]
    packages: list[tuple[str, Package]]
    refused: list[tuple[str, str]]
    passed_over: list[str]
    layouts: "tuple[LayoutFile, ...]" = ()
    """The layouts that archives of other programs are read by."""


def find_files(
    paths: Iterable[str], limits: Limits, names_encoding: str | None = None, layouts: "tuple[LayoutFile, ...]" = ()
) -> Found:
    """Return the files at `paths`, each a file, a folder, a zip, or `KIND=FILE`; raises `CannotRead` for none there."""
    found = Found([], [], [], [], layouts)
    for path in paths:
        said, place = split_said(path)
        if place != STANDARD_STREAM and _is_archive(place):
            archive = read_archive(place, limits, names_encoding=names_encoding)
            _take_archive(found, archive, _prefix(place, archive), said)
        else:
            content = read_document(place, limits, limit="file")
            name = STANDARD_INPUT if place == STANDARD_STREAM else place
            found.files.append(File(name, Path(place).name, said, partial(bytes, content)))
    return found


def in_file(origin: str, content: bytes) -> Found:
    """Return a file that was read already."""
    return Found([File(origin, Path(origin).name, "", partial(bytes, content))], [], [], [])


def in_archive(origin: str, archive: Archive) -> Found:
    """Return what is in a folder or a zip that was read already, and that is no package."""
    found = Found([], [], [], [])
    _take_entries(found, archive, _prefix(origin, archive), "")
    return found


def _prefix(origin: str, archive: Archive) -> str:
    return f"{origin.rstrip('/')}/" if archive.is_folder else f"{origin}: "


def split_said(path: str) -> tuple[str, str]:
    """Return what the user says a file is about, empty where nothing, and its path; raises `InvalidOption`."""
    word, equals, rest = path.partition("=")
    if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", word) or Path(path).exists():
        return "", path
    subjects = {operation.subject for operation in OPERATIONS.values()}
    known = {*KINDS, *subjects, *OPERATIONS}
    if word not in known:
        raise InvalidOption(f"'{word}' is neither a kind nor a call{near(word, known, 'assetpkg snapshot --calls')}")
    return word, rest


def _is_archive(path: str) -> bool:
    place = Path(path)
    try:
        if not place.is_file():
            return place.is_dir()  # a pipe would wait for a writer that may never come
        with place.open("rb") as file:
            return file.read(len(ZIP_BEGINNING)) == ZIP_BEGINNING
    except (OSError, ValueError):
        return False  # whoever reads it says why


def _take_archive(found: Found, archive: Archive, prefix: str, said: str, *, nested: bool = False) -> None:
    package = load(archive, layouts=found.layouts) if found.layouts or _may_be_package(archive) else None
    if package is not None and package.understood:
        found.refused.extend((f"{prefix}{entry}".rstrip("/: "), reason) for entry, reason in package.damaged)
        found.packages.append((prefix.rstrip("/: "), package))
    else:
        _take_entries(found, archive, prefix, said, nested=nested)


def _take_entries(found: Found, archive: Archive, prefix: str, said: str, *, nested: bool = False) -> None:
    found.refused.extend((f"{prefix}{entry}".rstrip("/: "), fault.message) for entry, fault in archive.faults)
    for name, entry in archive.entries.items():
        if name.rpartition("/")[2].startswith(".") or is_littered(name):
            continue
        if name.lower().endswith(_NO_ANSWERS):
            found.passed_over.append(f"{prefix}{name}")
        elif name.lower().endswith(".zip"):
            inner = _open(found, archive, f"{prefix}{name}", name, nested=nested)
            if inner is not None:
                _take_archive(found, inner, f"{prefix}{name}: ", said, nested=True)
        else:
            found.files.append(File(f"{prefix}{name}", name, said, entry.read))


def _may_be_package(archive: Archive) -> bool:
    """Say whether an archive has a manifest, be it in a folder: without one, nobody need look into all of it."""
    return any(name.rpartition("/")[2] == OWN.manifest for name in archive.entries)


def _open(found: Found, archive: Archive, origin: str, name: str, *, nested: bool) -> Archive | None:
    """Return the zip that is an entry of an archive; `None` where it cannot be read."""
    if nested:
        found.refused.append((origin, "a zip in a zip in a zip is not opened; unpack it"))
        return None
    try:
        content = archive.entries[name].read()
        return parse_archive(content, archive.limits, origin=origin, names_encoding=archive.names_encoding)
    except (UnreadableEntry, CannotRead) as error:
        found.refused.append((origin, str(error)))
        return None


def contents(files: Iterable[File], refused: list[tuple[str, str]]) -> Iterator[tuple[File, bytes]]:
    """Yield each file with its content; what cannot be read goes to `refused`."""
    for file in files:
        try:
            yield file, file.read()
        except UnreadableEntry as error:
            refused.append((file.origin, str(error)))
