"""A package of another layout in the own layout, for git and review, and what was changed there put back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assetpkg import documents
from assetpkg.archive import STANDARD_STREAM
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.write_file import write_file
from assetpkg.archive.write_folder import write_folder
from assetpkg.archive.zip import FileSource, write_zip
from assetpkg.archive.zip.patching import patch_zip
from assetpkg.documents import join_pointer
from assetpkg.errors import CannotWrite, InvalidPackage
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.origins import ORIGINS_FORMAT, Origins, parse_origins
from assetpkg.layouts.reading import parse_layout
from assetpkg.layouts.restoring import changes_in, same
from assetpkg.layouts.writing import layout_text
from assetpkg.package.editing import encode_new
from assetpkg.package.foreign import ForeignLayout
from assetpkg.package.layout import ORIGINS, OWN
from assetpkg.package.manifest import new_manifest
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.package.versions import newest_version, parse_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a resource of a converted folder came from."""

    address: str
    path: str
    entry: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A package in the own layout, and where each resource came from; `package` has the record of it, too."""

    package: Package
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A copy of an archive with what was changed, and the entries and pointers of the changes, which may be none.

    `before` is the archive as it was.
    """

    original: Package
    before: Archive
    archive: Archive
    changed: tuple[tuple[str, str], ...]


def convert(package: Package) -> Converted:
    """Return a package of another layout in the own one, with a record of where each resource came from.

    Raises `InvalidPackage` for a package that is of the own layout already, or is not understood whole.
    """
    layout = _layout_of(package)
    refuse_damaged(package)
    version = package.asset_version if parse_version(package.asset_version) else newest_version()
    manifest = new_manifest(package.name, version)
    resources = package.resources
    additions = [(found.path.kind, package.document(found.address)) for found in resources]
    contents = encode_new(additions, (), [OWN.manifest, ORIGINS], OWN)
    origins = tuple(
        Origin(address=found.address, path=path, entry=place.entry, pointer=_pointer(layout, found.entry))
        for found, path in zip(resources, contents, strict=True)
        for place in [layout.view.found[found.entry]]
    )
    record = {
        "format": ORIGINS_FORMAT,
        "original": {"name": package.name, "sha256": package.digest},
        "layout": layout_text(layout.view.layout),
        "resources": [{"path": each.path, "entry": each.entry, "pointer": each.pointer} for each in origins],
    }
    entries = {OWN.manifest: manifest, ORIGINS: documents.dump(record), **contents}
    return Converted(package=load(Archive.from_contents(entries, origin=package.archive.origin)), origins=origins)


def layout_in(converted: Package) -> LayoutFile:
    """Return the layout by which a folder was converted; raises `InvalidPackage` for one that was not."""
    return parse_layout(_origins_in(converted).layout.encode(), ORIGINS)


def put_back(converted: Package, original: Package) -> PutBack:
    """Return a copy of the original with the values that were changed in the folder that was made of it.

    They are at the places that they came from, and nothing else is touched. Raises `InvalidPackage`, with the reason,
    for what cannot be put back: what was added, taken away or renamed, a value that has no place of its own, and an
    original that is not the archive that the folder was made of.
    """
    refuse_damaged(converted)
    record = _origins_in(converted)
    layout = _layout_of(original)
    refuse_damaged(original)
    if original.digest != record.original.sha256:
        raise InvalidPackage(
            f"{original.archive.origin} is not the archive that the folder was made of; convert it again, and make the "
            "changes there"
        )
    _refuse_others(converted, original, record)
    contents = dict(_contents(converted, original, layout, record))
    archive = original.archive.with_contents(contents)
    places = {name: entry for name, entry in archive.entries.items() if name != layout.manifest}
    changed = tuple(dict.fromkeys(changes_in(layout.view, places)))
    return PutBack(original=original, before=layout.view.archive, archive=layout.restored(archive), changed=changed)


def _layout_of(package: Package) -> ForeignLayout:
    if not isinstance(package.layout, ForeignLayout):
        raise InvalidPackage(
            f"{package.archive.origin} is of the layout {OWN.format} already, so there is nothing to convert"
            if package.understood
            else f"{package.archive.origin} is not an asset package: {package.refusal}{package.remedy}"
        )
    return package.layout


def _pointer(layout: ForeignLayout, name: str) -> str:
    found = layout.view.found[name]
    place = layout.view.place_of(found)
    return join_pointer(found.steps[:-1] if place.encoding else found.steps)


def _origins_in(converted: Package) -> Origins:
    entry = converted.archive.entries.get(ORIGINS)
    if entry is None:
        raise InvalidPackage(f"{converted.archive.origin} has no '{ORIGINS}', so nobody knows what it was made of")
    try:
        found = parse_origins(entry.read(), converted.archive.limits.for_copies())
    except UnreadableEntry:
        found = None
    if found is None:
        raise InvalidPackage(f"'{ORIGINS}' of {converted.archive.origin} is damaged; convert the archive again")
    return found


def _refuse_others(converted: Package, original: Package, record: Origins) -> None:
    """Raise `InvalidPackage` for what is in the folder and not in the archive, or the other way around."""
    known = {each.path for each in record.resources} | {OWN.manifest, ORIGINS}
    new = next((name for name in converted.archive.entries if name not in known and converted.layout.uses(name)), None)
    if new is not None:
        raise InvalidPackage(f"'{new}' cannot be put back: it is new, and nobody knows where the archive has new ones")
    gone = next((path for path in sorted(known) if path not in converted.archive.entries), None)
    if gone is not None:
        raise InvalidPackage(f"'{gone}' cannot be put back: it is gone or renamed, and only values are changed")
    version = original.asset_version if parse_version(original.asset_version) else newest_version()
    if converted.asset_version != version:
        raise InvalidPackage(f"the asset version cannot be put back; write '{version}' into '{OWN.manifest}' again")


def _contents(
    converted: Package, original: Package, layout: ForeignLayout, record: Origins
) -> Iterator[tuple[str, bytes]]:
    """Yield the documents that are not what they were, by the entries of the view."""
    names = {(found.entry, _pointer(layout, name)): name for name, found in layout.view.found.items()}
    before: Mapping[str, str] = {found.entry: found.address for found in original.resources}
    for each in record.resources:
        name = names.get((each.entry, each.pointer))
        if name is None or name not in before:
            raise InvalidPackage(f"'{each.path}' cannot be put back: '{each.entry}' has nothing at '{each.pointer}'")
        content = converted.archive.entries[each.path].read()
        document = documents.parse(content, converted.archive.limits.for_copies())
        if not same(document, original.document(before[name])):
            yield name, content


def write_copy(found: PutBack, original: str, path: Path | None) -> bytes:
    """Write the copy of an original, a folder or a zip as that is, and return the bytes of a zip.

    Without a path, nothing is written. What was not changed has the very bytes of the original. Raises `CannotWrite`,
    and `InvalidPackage` for what cannot be packed.
    """
    private = found.original.holds_credentials
    if found.archive.is_folder:
        if path is None:
            raise CannotWrite("a folder cannot go to standard output; name one")
        write_folder(path, found.archive, private=private)
        return b""
    content = _patched(found, original) or _zipped(found)
    if path is not None:
        write_file(path, [content], private=private)
    return content


def _patched(found: PutBack, original: str) -> bytes | None:
    """Return the bytes of the original with the entries that were changed; `None` where that cannot be."""
    if original == STANDARD_STREAM:
        return None
    with FileSource(original) as source:
        content = source.read_at(0, source.size)
    before, after = found.before.entries, found.archive.entries
    changes = {name: entry.read() for name, entry in after.items() if entry is not before[name]}
    if not changes:
        return content
    limits, encoding = found.before.limits, found.before.names_encoding
    patched = patch_zip(content, changes, limits, names_encoding=encoding)
    if patched is None:
        return None
    again = parse_archive(patched, limits, origin=original, names_encoding=encoding)
    is_right = again.entries.keys() == after.keys() and all(
        entry.read() == again.entries[name].read() for name, entry in after.items()
    )
    return patched if is_right else None


def _zipped(found: PutBack) -> bytes:
    try:
        return b"".join(write_zip((name, entry.read) for name, entry in found.archive.entries.items()))
    except (ValueError, UnreadableEntry) as error:
        raise InvalidPackage(f"cannot pack the copy of {found.original.archive.origin}: {error}") from None
