"""The way home: a package written as a zip or as a folder."""

import os
from pathlib import Path

from assetpkg.archive import UnreadableEntry, read_archive
from assetpkg.errors import CannotWrite, InvalidPackage
from assetpkg.package import Package, dump, dump_folder
from assetpkg.package import load as load_package
from assetpkg.writing import write_file, write_folder
from assetpkg.zipfiles import write_zip


def write(package: Package, path: str | os.PathLike[str], *, store: bool = False) -> None:
    """Write the package as a zip, the same bytes for the same content; `store` leaves out compression.

    Compressed bytes depend on the zlib that Python was built with, stored ones on nothing. Raises
    `InvalidPackage` when the package cannot be written as one, and `CannotWrite` when the file cannot.
    """
    archive = dump(package)
    try:
        pieces = write_zip(((name, entry.read) for name, entry in archive.entries.items()), store=store)
        write_file(path, pieces, verify=lambda written: _verify(written, package))
    except ValueError as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error}") from None
    except UnreadableEntry as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error.fault.message}") from None


def zip_of(package: Package) -> bytes:
    """Return the bytes of the zip that `write` makes of a package; raises `InvalidPackage` as it does."""
    archive = dump(package)
    try:
        return b"".join(write_zip((name, entry.read) for name, entry in archive.entries.items()))
    except (ValueError, UnreadableEntry) as error:
        raise InvalidPackage(f"cannot pack {package.archive.origin}: {error}") from None


def unpack(package: Package, path: str | os.PathLike[str]) -> None:
    """Write the package as a folder, every entry as it is, and the manifest without its table of contents.

    Files are readable to others as the umask says, but to nobody else where the package holds credentials.
    Raises `InvalidPackage` and `CannotWrite` as `write` does, the latter also when the folder is not empty.
    """
    private = any(resource.credentials for resource in package.resources)
    write_folder(path, dump_folder(package), private=private)


def _verify(written: Path, package: Package) -> None:
    """Read the finished zip as anybody would, and hold its content against the package's."""
    if load_package(read_archive(written)).digest != package.digest:
        raise CannotWrite("the written zip does not read back as the package; the disk may be failing")
