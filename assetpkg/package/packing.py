"""A package written as a zip or as a folder."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from assetpkg.archive.archive import Archive, read_archive
from assetpkg.archive.entries import Entry, Kept, UnreadableEntry, fault_of
from assetpkg.archive.litter import is_littered
from assetpkg.archive.write_file import write_file
from assetpkg.archive.write_folder import write_folder
from assetpkg.archive.zip import write_zip
from assetpkg.errors import CannotWrite, InvalidPackage
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.manifest import with_assets
from assetpkg.package.package import Package, load, refuse_damaged


def without_leftovers(package: Package) -> Package:
    """Return a package without what file managers and systems leave beside its files, such as `__MACOSX`."""
    sound = [name for name in package.archive.entries if not is_littered(name)]
    return package if len(sound) == len(package.archive.entries) else load(package.archive.only(sound), known=package)


def find_copies(packages: Sequence[Package]) -> Mapping[int, int]:
    """Return the numbers of the packages that have the content of another one, with its number: folders before zips."""
    if len(packages) < 2:  # noqa: PLR2004 - one alone is no copy, and need not be read for that
        return {}
    first: dict[str, int] = {}
    digests = [without_leftovers(package).digest for package in packages]
    for number in sorted(range(len(packages)), key=lambda number: not packages[number].archive.is_folder):
        first.setdefault(digests[number], number)
    return {number: first[digest] for number, digest in enumerate(digests) if first[digest] != number}


def dump(package: Package) -> Archive:
    """Return the archive to write as a zip: the same entries, and a manifest with its table of contents.

    Raises `InvalidPackage` when the package is not understood whole, since then the table would not be true.
    """
    refuse_damaged(package)
    if not package.layout.is_own:
        return package.layout.restored(package.archive)
    assets = [
        {
            "kind": found.path.kind,
            "name": found.name,
            "id": found.id,
            "path": found.entry,
            "sha256": package.digests[found.entry],
        }
        for found in sorted(package.resources, key=lambda found: found.entry)
    ]
    return package.archive.with_contents({package.layout.manifest: with_assets(package.manifest.text, assets).encode()})


def dump_folder(package: Package) -> Archive:
    """Return the archive to write as a folder: the same entries, and a manifest without a table of contents.

    Raises `InvalidPackage` as `dump` does, and when the table that goes away does not agree with the content.
    """
    refuse_damaged(package)
    if not package.layout.is_own:
        return package.layout.restored(package.archive)
    for asset in () if package.is_changed else package.manifest.assets or ():
        if package.digests.get(asset["path"]) != asset.get("sha256"):
            raise InvalidPackage(
                f"'{asset['path']}' does not match the manifest of {package.archive.origin}; run 'assetpkg check'"
            )
    return package.archive.with_contents({package.layout.manifest: package.manifest.text.encode()})


def write(package: Package, path: str | os.PathLike[str], *, store: bool = False) -> None:
    """Write the package as a zip: the same content gives the same bytes; `store` turns compression off.

    Compressed bytes depend on the zlib of Python, stored bytes do not. Only the user can read a zip with credentials.
    Raises `InvalidPackage` if the package cannot be written as a zip, and `CannotWrite` if the file cannot be written.
    """
    archive = _as_judged(dump(package), package)
    try:
        pieces = write_zip(((name, entry.read) for name, entry in archive.entries.items()), store=store)
        private = package.holds_credentials
        write_file(path, pieces, verify=lambda written: _verify(written, package, archive), private=private)
    except ValueError as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error}") from None
    except UnreadableEntry as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error.fault.message}") from None


def zip_of(package: Package, *, store: bool = False) -> bytes:
    """Return the bytes of the zip that `write` creates from a package; raises `InvalidPackage` as `write` does."""
    archive = _as_judged(dump(package), package)
    try:
        return b"".join(write_zip(((name, entry.read) for name, entry in archive.entries.items()), store=store))
    except (ValueError, UnreadableEntry) as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error}") from None


def unpack(package: Package, path: str | os.PathLike[str]) -> None:
    """Write the package as a folder: every entry unchanged, and the manifest without its list of assets.

    Empty folders are left out. The umask decides who can read the files; if the package contains credentials, only the
    user can. Raises `InvalidPackage` and `CannotWrite` as `write` does, and `CannotWrite` also if the folder is not
    empty.
    """
    private = package.holds_credentials
    write_folder(path, _as_judged(dump_folder(package), package), private=private)


def _as_judged(archive: Archive, package: Package) -> Archive:
    """Return the archive with entries that give no other bytes than those that the package was judged by."""
    if not package.layout.is_own:
        return archive
    entries = {
        name: entry
        if name == package.layout.manifest or _is_kept(entry)
        else Entry(name, entry.size, partial(_read_judged, entry, package.digests[name]))
        for name, entry in archive.entries.items()
    }
    return replace(archive, entries=MappingProxyType(entries))


def _is_kept(entry: Entry) -> bool:
    """Say whether an entry gives the bytes that it gave when it was first read."""
    return isinstance(entry.read, Kept) and entry.read.content is not None


def _read_judged(entry: Entry, digest: str) -> bytes:
    try:
        content = entry.read()
    except UnreadableEntry as error:
        fault = error.fault._replace(message=f"'{entry.name}': {error.fault.message}")
        raise UnreadableEntry(fault) from None
    if hashlib.sha256(content).hexdigest() != digest:
        message = f"'{entry.name}' changed after it was read; try again when no other program writes there"
        raise UnreadableEntry(fault_of("changed-file", message, DEFAULT_LIMITS))
    return content


def _verify(written: Path, package: Package, archive: Archive) -> None:
    """Read the finished zip as anybody would: all of it has to come back.

    The zip is opened with every check that there is, and each entry is inflated and held against its checksum, which
    was taken of the content that the package was judged by. The documents in it are not looked into again.
    """
    found = read_archive(written, package.archive.limits.at_least(DEFAULT_LIMITS))
    if found.entries.keys() == archive.entries.keys() and all(map(_is_sound, found.entries.values())):
        return
    what = "package" if package.layout.is_own else "archive"
    raise CannotWrite(f"the written zip does not have the content of the {what}; the disk may be failing")


def _is_sound(entry: Entry) -> bool:
    try:
        entry.read()
    except UnreadableEntry:
        return False
    return True
