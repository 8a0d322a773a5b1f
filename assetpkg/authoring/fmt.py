"""A package with its files in one form: members in the order of their class, two spaces, line feeds, nothing else.

What a file means stays as it is. A number keeps its spelling, and a file that cannot be read strictly is left.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.edit_folder import FileEdit, edit_folder
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.authoring.long_texts import Places, TextPlace, parse_text_place
from assetpkg.credentials.masking import mask_line
from assetpkg.documents.spelled import dump_spelled, spell
from assetpkg.errors import InvalidPackage
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import JsonText
from assetpkg.limits import Limits
from assetpkg.package.beside import as_in_folder, as_whole, beside_of
from assetpkg.package.manifest import Manifest
from assetpkg.package.package import Package, as_written, load, refuse_unknown
from assetpkg.package.text_files import TEXT_FILE_FAULTS
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.walk import Fields, fields_below, fields_inside

SCHEMA = "$schema"
"""The member that names the schema of a file for an editor; it comes first."""
_NOT_KNOWN = frozenset({"newer-asset-version", "unknown-asset-version"})
_CHANGES_FINDINGS = "formatted, it would be more than is read, or something else would be found in it"


@dataclass(frozen=True, kw_only=True)
class FormattedFile:
    """A file that has another form now, or is new, or is gone."""

    entry: str
    """Its name in the package."""
    before: bytes | None = field(repr=False)
    """Its content before; `None` for a new file with a long text."""
    after: bytes | None = field(repr=False)
    """Its content in the one form; `None` for a file whose text is in its resource now."""


@dataclass(frozen=True, kw_only=True)
class LeftFile:
    """A file that is left as it is."""

    entry: str
    """Its name in the package."""
    reason: str
    """Why it could not be formatted."""


@dataclass(frozen=True, kw_only=True)
class Formatting:
    """A package whose files have one form."""

    package: Package
    """The package, formatted."""
    source: Package
    """The package as it was."""
    changed: tuple[FormattedFile, ...]
    """The files that had another form."""
    left: tuple[LeftFile, ...]
    """The files that could not be formatted."""
    files: int
    """How many files were looked at: the manifest, and those with resources."""

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the changed files in the folder that the package was read from: all of them, or none.

        Raises `CannotWrite` when a file cannot be written, or is not any more as it was read.
        """
        # At any moment, every text that a document names is there.
        edits = [FileEdit(file.entry, file.before, file.after) for file in sorted(self.changed, key=_in_turn)]
        edit_folder(folder, edits, private=self.source.holds_credentials)


def _in_turn(file: FormattedFile) -> tuple[bool, bool, str]:
    return file.after is None, file.entry.endswith(".json"), file.entry


def fmt(
    package: Package, *, texts: bool = False, where: TextPlace | str = TextPlace.KEPT, upgrade: bool = False
) -> Formatting:
    """Return a package with the same content in one form; nothing is written.

    Members come in the order of their class, and after them those that it does not know, in their own order. Each is on
    a line of its own, with two spaces for each level. With `texts`, so are documents in strings that their class calls
    JSON. `where` says where scripts and long texts are to be: in files of their own, in their resource, or as they are.
    With `upgrade`, documents of an older asset version become those of the newest: all of them, or none. Raises
    `InvalidPackage` for what is not a package, for a package of another layout, and for one that cannot be upgraded,
    and `InvalidOption` for an unknown `where`.
    """
    place = parse_text_place(where)
    refuse_unknown(package)
    if not package.layout.is_own:
        raise InvalidPackage(
            f"{package.archive.origin} is of another layout, whose files have their own form; "
            "write it in the own one with 'assetpkg convert'"
        )
    package = package if upgrade else as_written(package)
    entries = [name for name in package.archive.entries if package.layout.holdings(name)]
    entries.append(package.layout.manifest)  # the last one: it may list digests of the others
    texts_stay, stay = set[str](entries if not texts else ()), _unusable(package)
    stay.update(_not_lifted(package) if upgrade else {})
    changed, left, made = _in_one_form(package, entries, texts_stay, stay)
    beside = beside_of(package.archive)
    if upgrade and left and beside is not None and beside.version is not None:
        entry, reason = next(iter(sorted(left.items())))
        raise InvalidPackage(f"{package.archive.origin} cannot be upgraded: '{entry}' cannot be read: {reason}")
    written = _written(package, made, changed, [name for name in entries if name not in left], place)
    if written.underlying is not None or package.archive.underlying is not None:
        plain, made = made, load(written, known=made)
        if made.digest != plain.digest:
            raise InvalidPackage(f"{package.archive.origin} has texts that would be too large in files of their own")
    return _formatting(package, made, left, entries)


def _in_one_form(
    package: Package, entries: Sequence[str], texts_stay: set[str], stay: dict[str, str]
) -> tuple[dict[str, bytes], dict[str, str], Package]:
    """Return the files that have another form then, those that are left with the reasons, and the package with them.

    The texts of some files stay, and some files stay as they are; more do, where something else would be found in them.
    """
    while True:
        changed, left = dict[str, bytes](), dict(stay)
        for entry in (name for name in entries if name not in stay):
            content = b""
            try:
                content = package.archive.entries[entry].read()
                formatted = _format(package, entry, content, changed, texts=entry not in texts_stay)
            except documents.InvalidDocument as error:
                fault = hide_below_secrets(_fields_of(package, entry), error.faults[0])
                left[entry] = mask_line(documents.describe(fault, content))
            except UnreadableEntry as error:
                left[entry] = error.fault.message
            else:
                changed.update({entry: formatted} if formatted != content else {})
        made = load(package.archive.with_contents(changed), known=package)
        worse = _worse(package, made, changed)
        if not worse:
            return changed, left, made
        stay.update({entry: _CHANGES_FINDINGS for entry in worse if entry in texts_stay})
        texts_stay.update(worse)


def _unusable(package: Package) -> dict[str, str]:
    """Return the documents that name files for their texts that cannot be had, each with the reason."""
    return {entry: fault.message for entry, fault in package.entry_faults if fault.slug in TEXT_FILE_FAULTS}


def _not_lifted(package: Package) -> dict[str, str]:
    """Return the manifest of a package of a newer version, with why that is not lifted."""
    newer = [fault.message for fault in package.manifest.faults if fault.slug in _NOT_KNOWN]
    return {package.layout.manifest: newer[0]} if newer else {}


def _written(
    package: Package, made: Package, changed: Mapping[str, bytes], entries: list[str], where: TextPlace
) -> Archive:
    """Return the archive of a formatted package, with its long texts where they are to be."""
    beside = beside_of(package.archive)
    folder = as_in_folder(package.archive)
    contents, gone = dict[str, bytes](), set[str]()
    places = Places(where, folder.entries)
    for entry in entries:
        kind = package.layout.kind_of(entry)
        covered = beside is not None and beside.covers(entry, package.archive.entries)
        known = beside.texts.get(entry, ()) if beside is not None and covered else ()
        content = changed.get(entry)
        if content is None and beside is not None and beside.version is not None:
            content = made.archive.entries[entry].read()
        if kind is None or not (known or where is TextPlace.BESIDE):
            contents.update({} if content is None else {entry: content})
            continue
        whole = made.archive.entries[entry].read() if content is None else content
        placed = places.place(fields_of(kind), entry, spell(whole.decode()), known)
        contents[entry] = f"{dump_spelled(placed.document)}\n".encode()
        contents.update(placed.files)
        gone.update(each.entry for each in known if each.entry not in placed.files)
    archive = folder.with_contents(
        {name: content for name, content in contents.items() if _content(folder, name) != content}
    )
    return as_whole(archive.only(archive.entries.keys() - gone), package.layout, lifted=False)


def _content(folder: Archive, entry: str) -> bytes | None:
    known = folder.entries.get(entry)
    return None if known is None else known.read()


def _formatting(package: Package, made: Package, left: Mapping[str, str], entries: Iterable[str]) -> Formatting:
    before, after = as_in_folder(package.archive).entries, as_in_folder(made.archive).entries
    differ = [name for name in sorted({*before, *after}) if before.get(name) is not after.get(name)]
    return Formatting(
        package=made,
        source=package,
        changed=tuple(
            FormattedFile(
                entry=name,
                before=before[name].read() if name in before else None,
                after=after[name].read() if name in after else None,
            )
            for name in differ
        ),
        left=tuple(LeftFile(entry=entry, reason=left[entry]) for entry in sorted(left)),
        files=len({*entries, *differ}),
    )


def _format(package: Package, entry: str, content: bytes, changed: Mapping[str, bytes], *, texts: bool) -> bytes:
    """Return a file in the one form; raises `InvalidDocument` for one that cannot be read."""
    limits = package.archive.limits
    documents.parse(content, limits)
    document = spell(content.decode())
    if entry == package.layout.manifest:
        document = _with_digests(package, document, changed)
    arranged = _Arranging(limits, texts=texts).arrange(_fields_of(package, entry), document)
    return f"{dump_spelled(_first(arranged))}\n".encode()


def _fields_of(package: Package, entry: str) -> Fields:
    is_manifest = entry == package.layout.manifest
    return fields_of(Manifest) if is_manifest else package.layout.fields_of(entry)


class _Arranging:
    """Puts the members of documents into the order of their class."""

    def __init__(self, limits: Limits, *, texts: bool) -> None:
        self._limits, self._texts = limits, texts

    def arrange(self, fields: Fields, value: Any) -> Any:
        """Return a value whose objects have the members of their class first, in its order."""
        if isinstance(value, list):
            return [self.arrange(fields, item) for item in value]
        if not isinstance(value, dict):
            return value
        order = (*(name for name in fields if name in value), *(name for name in value if name not in fields))
        return {name: self._member(fields.get(name), value[name], value) for name in order}

    def _member(self, known: Field | None, value: Any, parent: Mapping[str, Any]) -> Any:
        if isinstance(value, (dict, list)):
            return self.arrange(fields_below(known, parent), value)
        marker = known.marker(JsonText) if known is not None and self._texts else None
        if marker is None or not isinstance(value, str):
            return value
        try:
            opened = documents.parse(value.encode(), self._limits)
        except documents.InvalidDocument:
            return value
        if not isinstance(opened, (dict, list)):
            return value
        return dump_spelled(self.arrange(fields_inside(marker), spell(value)))


def _first(document: Any) -> Any:
    """Return a document with what names its schema before everything else."""
    if not isinstance(document, dict) or SCHEMA not in document:
        return document
    return {SCHEMA: document[SCHEMA], **document}


def _with_digests(package: Package, manifest: Any, changed: Mapping[str, bytes]) -> Any:
    """Return the manifest with the digests of changed files in its table of contents, where they were right before."""
    import hashlib

    assets = manifest.get("assets") if isinstance(manifest, dict) else None
    for asset in assets if isinstance(assets, list) else ():
        path = asset.get("path") if isinstance(asset, dict) else None
        if isinstance(path, str) and path in changed and asset.get("sha256") == package.digests.get(path):
            asset["sha256"] = hashlib.sha256(changed[path]).hexdigest()
    return manifest


def _worse(package: Package, made: Package, changed: Mapping[str, bytes]) -> list[str]:
    """Return the changed files in which something else is found than before, such as a text that is too long now."""
    before, after = _found(package), _found(made)
    return [entry for entry in changed if before.get(entry) != after.get(entry)]


def _found(package: Package) -> Mapping[str, Counter[str]]:
    """Return how much of what is found in each entry, wherever in the file that is."""
    found: dict[str, Counter[str]] = {}
    faults = [(place.entry, fault) for place, seen in package.inspections.items() for fault in seen.faults]
    for entry, fault in (*faults, *((package.layout.manifest, fault) for fault in package.manifest.faults)):
        found.setdefault(entry, Counter())[fault.slug] += 1 + fault.more
    return found
