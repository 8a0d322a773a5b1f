"""Opening what the user names: a package, or a document."""

import codecs
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Literal, TypedDict, Union, Unpack

from assetpkg.archive import STANDARD_INPUT, STANDARD_STREAM, ZIP_BEGINNING
from assetpkg.archive.archive import Archive, hold_file, is_folder, parse_archive, read_archive, stream_archive
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.zip import BytesSource, FileSource, Source
from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead, InvalidPackage
from assetpkg.limits import DEFAULT_LIMITS, Limits, how_to_raise
from assetpkg.package.layout import OWN
from assetpkg.package.package import Package, load

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.package.parts import Parts
    from assetpkg.running.spread import ExecutorLike

PackageLike = str | os.PathLike[str] | Package
"""A package, or the path of one."""

LayoutLike = Union[str, os.PathLike[str], "LayoutFile"]
"""A layout file, or the path of one."""

SizeLimit = Literal["file", "document", "plan"]
"""The limits that a whole file may have."""

_OF_OTHERS = frozenset({"node_modules", "__pycache__"})
"""Folders with what other people have made, in which nobody keeps packages of his own."""
_PACKED = 5
"""About how many times its packed size a document has."""
_MOST_KEPT = 2**25
"""How many bytes of documents are kept at most where they are needed again; of more, several processes read parts."""
_BEGINNING = 64
"""How many bytes of a file are looked at to tell what it is; blanks may be before the rest."""
_MARKER = f'"format"\\s*:\\s*"{OWN.format.rpartition("/")[0]}/'.encode()
"""What distinguishes the manifest of a package from the many other files of that name, also when it is not JSON."""


def read(
    path: str | os.PathLike[str],
    *,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
    executor: "ExecutorLike | None" = None,
) -> Package:
    """Read the package at `path`, a zip or a folder; `-` is a zip on standard input.

    `limits` say how much of it is read. With a `names_encoding`, such as "gbk", names in a zip that are not ASCII, and
    not marked as UTF-8, are read in that. An archive of another layout is read by the one of the `layouts` that fits,
    each a layout file or its path. `check` reports what is wrong with the content. The workers of an `executor` each
    read a part of a large package; they need to see the same files. Raises `CannotRead` if there is nothing to read,
    and for a layout file that cannot be read, and `InvalidOption` for one that is not a layout.
    """
    how: HowRead = {"limits": limits, "names_encoding": names_encoding, "layouts": layouts, "executor": executor}
    return read_as(path, **how)


class HowRead(TypedDict, total=False):
    """How what is at a path is read, as `read` and `load` say."""

    limits: Limits
    names_encoding: str | None
    layouts: Sequence[LayoutLike]
    beside: Package | None
    executor: "ExecutorLike | None"
    faults_wanted: bool
    kept: bool
    """Whether what is read is needed again soon, and is kept where one process reads it, as far as it is bearable."""


def read_as(path: str | os.PathLike[str], **how: Unpack[HowRead]) -> Package:
    """Read the package at `path` as `read` does, and as `how` says beyond that."""
    archive = _archive_at(path, how.get("limits", DEFAULT_LIMITS), how.get("names_encoding"))
    return _loaded(path, archive, how)


def _loaded(path: str | os.PathLike[str], archive: Archive, how: HowRead) -> Package:
    workers = None if os.fspath(path) == STANDARD_STREAM else how.get("executor")
    if how.get("kept") and workers is None:
        archive = archive.kept(_MOST_KEPT)
    return load(
        archive,
        beside=how.get("beside"),
        layouts=layouts_of(how.get("layouts", ())),
        parts=_parts_of(path, archive, workers, names_encoding=how.get("names_encoding")),
        faults_wanted=how.get("faults_wanted", True),
    )


def _archive_at(path: str | os.PathLike[str], limits: Limits, names_encoding: str | None) -> Archive:
    """Return the archive at `path`, or on standard input; raises `CannotRead` when there is nothing to read."""
    if os.fspath(path) != STANDARD_STREAM:
        return read_archive(path, limits, names_encoding=names_encoding)
    content = _bounded(sys.stdin.buffer, limits)
    return parse_archive(content, limits, origin=STANDARD_INPUT, names_encoding=names_encoding)


def read_unknown(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, names_encoding: str | None = None
) -> Archive:
    """Read the zip or the folder at `path`, of whatever layout; `-` is a zip on standard input.

    Raises `CannotRead` when there is nothing to read, and `InvalidPackage` for what has no entries, and for what is
    of the own layout already.
    """
    archive = _archive_at(path, limits, names_encoding)
    if not archive.entries:
        seen = load(archive)
        reason = f"{seen.refusal}{seen.remedy}" if archive.faults else "it is empty"
        if archive.faults and (is_document(path) or Path(path).suffix.lower() == ".json"):
            reason = "it is a JSON file, and an export is a zip or a folder; put the file into a folder, and give that"
        raise InvalidPackage(f"{archive.origin} cannot be read as an export: {reason}")
    manifest = archive.entries.get(OWN.manifest)
    try:
        is_own = manifest is not None and re.search(_MARKER, manifest.read()) is not None
    except UnreadableEntry:
        is_own = False
    if is_own:
        raise InvalidPackage(f"{archive.origin} is of assetpkg's own layout already, so there is nothing to learn")
    return archive


def read_stream(
    file: IO[bytes],
    name: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: "Sequence[LayoutFile]" = (),
) -> Package:
    """Read the package in an open file that goes by this name, a zip; the options are those of `read`.

    Its resources are read from the file when they are needed, which therefore has to stay open.
    """
    return load(stream_archive(file, limits, name=name, names_encoding=names_encoding), layouts=layouts)


def read_each(
    paths: Sequence[str],
    executor: "ExecutorLike",
    *,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
) -> Iterator[Package]:
    """Read several packages as `read` does, each of them by one of the workers; raises `CannotRead` for the first."""
    from assetpkg.package.parts import Opening, read_ahead

    archives = [read_archive(path, limits, names_encoding=names_encoding) for path in paths]
    taught = layouts_of(layouts)
    try:
        openings = [Opening.of(path, limits, names_encoding=names_encoding) for path in paths]
    except OSError:
        yield from (load(archive, layouts=taught) for archive in archives)
        return
    for archive, ahead in zip(archives, read_ahead(openings, executor), strict=True):
        yield load(archive, layouts=taught, parts=ahead)


def read_either(path: str | os.PathLike[str], **how: Unpack[HowRead]) -> Package | Source:
    """Read the package at `path`, or return where a file is read that is not a zip, such as a snapshot.

    `-` is either on standard input. Raises `CannotRead` when there is nothing to read.
    """
    limits, names_encoding = how.get("limits", DEFAULT_LIMITS), how.get("names_encoding")
    if os.fspath(path) == STANDARD_STREAM:
        content = _bounded(sys.stdin.buffer, limits)
        if not _looks_like_a_zip(content):
            return BytesSource(as_utf8(content))
        return _loaded(path, parse_archive(content, limits, origin=STANDARD_INPUT, names_encoding=names_encoding), how)
    if not is_folder(path) and not _is_to_be_a_zip(path, _content(path, limits, _BEGINNING)):
        # Of what has a byte order mark, all is made UTF-8 at once.
        is_marked = as_utf8(beginning := _content(path, limits, len(codecs.BOM_UTF32_LE)), "ignore") != beginning
        return BytesSource(as_utf8(_content(path, limits))) if is_marked else hold_file(path)
    return _loaded(path, read_archive(path, limits, names_encoding=names_encoding), how)


def layouts_of(layouts: Sequence[LayoutLike]) -> "tuple[LayoutFile, ...]":
    """Return layouts, read where they are paths; raises `CannotRead` and `InvalidOption`."""
    if not layouts:
        return ()
    from assetpkg.layouts.reading import read_layout

    return tuple(read_layout(each) if isinstance(each, (str, os.PathLike)) else each for each in layouts)


def _parts_of(
    path: str | os.PathLike[str], archive: Archive, executor: "ExecutorLike | None", *, names_encoding: str | None
) -> "Parts | None":
    """Return what has workers read an archive, where there is an executor; `None` where it is gone again."""
    if executor is None:
        return None
    from assetpkg.package.parts import Opening, Parts

    try:
        return Parts(Opening.of(path, archive.limits, names_encoding=names_encoding), executor)
    except OSError:
        return None


def weigh(path: str | os.PathLike[str], enough: int) -> int:
    """Return about how many bytes of documents are at `path`; what is past `enough` in a folder is not counted.

    Of a zip, that is guessed by its size; what cannot be looked at has none.
    """
    try:
        if not stat.S_ISDIR(Path(path).stat().st_mode):
            return Path(path).stat().st_size * (1 if Path(path).suffix.lower() == ".json" else _PACKED)
        total = 0
        for folder, _, files in os.walk(path):
            for name in files:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - a path object for each is slow
                if total >= enough:
                    return total
    except (OSError, ValueError, RecursionError):
        return 0
    return total


def origin_of(path: str | os.PathLike[str]) -> str:
    """Return how messages call what was read from `path`."""
    return STANDARD_INPUT if os.fspath(path) == STANDARD_STREAM else os.fspath(path)


def read_document(
    path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS, *, limit: SizeLimit = "document"
) -> bytes:
    """Read the JSON document at `path`, no larger than the limit of this name; `-` is one on standard input.

    It may have a byte order mark, which is taken off, or be in UTF-16 or UTF-32 with one, as Windows PowerShell writes
    it. Raises `CannotRead` when there is nothing to read, or too much; what the document is worth is for who parses it
    to say.
    """
    return as_utf8(read_bytes(path, limits, limit=limit))


def read_bytes(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS, *, limit: SizeLimit = "file") -> bytes:
    """Read the file at `path` as it is, no larger than the limit of this name; `-` is one on standard input.

    Raises `CannotRead` when there is nothing to read, or too much.
    """
    if os.fspath(path) != STANDARD_STREAM:
        return _content(path, limits, limit=limit)
    return _bounded(sys.stdin.buffer, limits, limit)


def is_document(path: str | os.PathLike[str]) -> bool:
    """Say whether there is a file at `path` that begins as a JSON object does; standard input is never looked at."""
    if os.fspath(path) == STANDARD_STREAM:
        return False
    try:
        beginning = _content(path, DEFAULT_LIMITS, _BEGINNING, limit=None)
        return as_utf8(beginning, "ignore").lstrip().startswith(b"{")
    except CannotRead:
        return False


def find_packages(files: Iterable[str], limits: Limits = DEFAULT_LIMITS) -> tuple[Sequence[str], Sequence[str]]:
    """Return the packages that the files are, or are in, each once, and the zips among them that are not packages.

    A folder is one where its manifest says so, however damaged; other files are nothing to speak of. A zip that
    cannot be read counts as a package: what it was meant to be is not known. Of a folder that is in no package, all
    packages below are found: a file that is gone leads to none.
    """
    packages: dict[str, None] = {}
    others = []
    for file in (found for name in files for found in _expand(name, limits)):
        if not file.lower().endswith(".zip"):
            folder = next(
                (str(above) for above in (Path(file), *Path(file).parents) if _is_package(above, limits)), None
            )
            packages.update({} if folder is None else {folder: None})
        elif _is_package_zip(file, limits):
            packages[file] = None
        else:
            others.append(file)
    return list(packages), others


def is_same_place(path: str, other: str) -> bool:
    """Say whether two paths are the same file or folder, which is there."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def find_below(path: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Sequence[str], Sequence[str]] | None:
    """Return the packages below a folder that is not one itself, and the zips there that are not packages.

    `None` stands for what is to be read as it is: a file, a package, and a folder that is meant to be one, since it has
    a manifest or folders of resources. Raises `CannotRead` for a folder in which nothing is found, and for one inside
    a package.
    """
    if not Path(path).is_dir() or _is_package(Path(path), limits):
        return None
    above = next((str(folder) for folder in Path(path).parents if _is_package(folder, limits)), None)
    if above is not None:
        raise CannotRead(f"'{path}' is inside the package '{above}'; name the package")
    found, others = find_packages([path], limits)
    if found:
        return found, others
    if _is_meant_as_a_package(path):
        return None
    raise CannotRead(
        f"no package is in '{path}' or below it; for an export of another program, propose a layout file with"
        " 'assetpkg learn'"
    )


def _is_meant_as_a_package(folder: str) -> bool:
    """Say whether a folder has a manifest, or a folder of resources; what cannot be listed is for reading to say."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - the names alone
    except OSError:
        return True
    return OWN.manifest in names or any(OWN.kind_of(f"{name}/a/b/c.json") is not None for name in names)


def _expand(name: str, limits: Limits) -> Iterator[str]:
    """Yield a file, or the zips and manifests below a folder that is in no package; hidden folders are passed over."""
    if not Path(name).is_dir() or any(_is_package(above, limits) for above in (Path(name), *Path(name).parents)):
        yield name
        return
    for folder, folders, names in os.walk(name):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in _OF_OTHERS)
        for found in sorted(names):
            if found == OWN.manifest or found.lower().endswith(".zip"):
                yield str(Path(folder) / found)


def _is_package(folder: Path, limits: Limits) -> bool:
    try:
        return re.search(_MARKER, _content(folder / OWN.manifest, limits)) is not None
    except CannotRead:
        return False


def _is_package_zip(path: str, limits: Limits) -> bool:
    """Say whether a zip is a package, or the folder of one, or it cannot be said."""
    try:
        archive = read_archive(path, limits)
        manifests = [entry for name, entry in archive.entries.items() if name.rpartition("/")[2] == OWN.manifest]
        unreadable = bool(archive.faults) and not archive.entries
        return unreadable or any(re.search(_MARKER, entry.read()) for entry in manifests)
    except (CannotRead, UnreadableEntry):
        return True


def _bounded(stream: BinaryIO, limits: Limits, limit: SizeLimit = "file") -> bytes:
    most: int = getattr(limits, limit)
    content = stream.read(most + 1)
    if len(content) > most:
        raise CannotRead(f"{STANDARD_INPUT} is more than {most:,} bytes long; {how_to_raise(limit, 2 * most)}")
    return content


def _looks_like_a_zip(content: bytes) -> bool:
    return content.startswith(ZIP_BEGINNING)


def _is_to_be_a_zip(path: str | os.PathLike[str], beginning: bytes) -> bool:
    """Say whether a file is read as a zip: it begins like one, or it has the name of one and does not begin as JSON."""
    is_json = as_utf8(beginning, "ignore").lstrip().startswith(b"{")
    return _looks_like_a_zip(beginning) or (Path(path).suffix.lower() == ".zip" and not is_json)


def _content(
    path: str | os.PathLike[str], limits: Limits, most: int | None = None, *, limit: SizeLimit | None = "file"
) -> bytes:
    """Return the content of a regular file, or its first bytes; a pipe without a writer would be waited for forever."""
    with FileSource(path) as source:
        if limit is not None and source.size > (allowed := getattr(limits, limit)):
            length = f"{source.size:,} bytes long; at most {allowed:,} are read"
            raise CannotRead(f"{path} is {length}; {how_to_raise(limit, source.size)}")
        return source.read_at(0, source.size if most is None else min(most, source.size))


def package_of(package: PackageLike) -> Package:
    """Return the package, read where it is a path; raises `CannotRead`."""
    return package if isinstance(package, Package) else read(package)
