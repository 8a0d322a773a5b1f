"""A package that other tools have packed: below a folder, or as the only file of another zip, as CI systems do."""

from dataclasses import replace

from assetpkg.archive.archive import Archive, in_order, parse_archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.diagnostics.model import Fault

_HINT = "make a clean zip of it with 'assetpkg pack', and use that one"
_MOST_FOLDERS = 4
"""How many folders a package may be below."""


def unwrap(archive: Archive, manifest: str) -> tuple[Archive, tuple[tuple[str, Fault], ...]]:
    """Return the archive of the package that a zip has in a folder or in another zip, and a fault that says so.

    Anything else is returned as it is. The entries have the names that they have in the package; faults of the
    container keep the names that are in the container.
    """
    if archive.is_folder or manifest in archive.entries:
        return archive, ()
    inner = _only_zip(archive)
    below = _below(archive if inner is None else inner, manifest)
    if below is None:
        return archive, ()
    found, folder = below
    where = " of ".join(
        [*([f"the folder '{folder}'"] if folder else []), *(["the only file, a zip,"] if inner is not None else [])]
    )
    return found, (("", Fault("wrapped", f"the package was read from {where} of this zip", _HINT)),)


def _only_zip(archive: Archive) -> Archive | None:
    """Return the archive that is the only file of another one, with what both have of the container."""
    names = [name for name in archive.entries if not is_littered(name)]
    if len(names) != 1 or not names[0].lower().endswith(".zip"):
        return None
    try:
        content = archive.entries[names[0]].read()
    except UnreadableEntry:
        return None
    inner = parse_archive(content, archive.limits, origin=archive.origin, names_encoding=archive.names_encoding)
    faults = (*archive.faults, *inner.faults)
    return replace(inner, file_name=archive.file_name, size=archive.size, faults=faults)


def _below(archive: Archive, manifest: str) -> tuple[Archive, str] | None:
    """Return the archive of what is below the folders that everything is in, and these; `None` if no package is."""
    names = [name for name in archive.entries if not is_littered(name)]
    folder = ""
    for _ in range(_MOST_FOLDERS + 1):
        if f"{folder}{manifest}" in archive.entries:
            return (_without(archive, folder), folder) if folder else (archive, "")
        steps = {name[len(folder) :].partition("/")[:2] for name in names}
        if len(steps) != 1 or not (step := steps.pop())[1]:
            return None
        folder = f"{folder}{step[0]}/"
    return None


def _without(archive: Archive, folder: str) -> Archive:
    """Return the archive with the names of its entries after `folder`; leftovers beside it keep theirs."""
    entries = {}
    for name, entry in archive.entries.items():
        short = name.removeprefix(folder)
        short = name if short in archive.entries else short
        entries[short] = Entry(short, entry.size, entry.read)
    return replace(archive, entries=in_order(entries))
