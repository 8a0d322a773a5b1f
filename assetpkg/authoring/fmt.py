"""A package with its files in one form: members in the order of their class, two spaces, line feeds, nothing else.

What a file means stays as it is. A number keeps its spelling, and a file that cannot be read strictly is left.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assetpkg import documents
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.write_file import write_file
from assetpkg.credentials.masking import mask_line
from assetpkg.documents.spelled import dump_spelled, spell
from assetpkg.errors import CannotWrite, InvalidPackage, reason_of
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import JsonText
from assetpkg.limits import Limits
from assetpkg.package.manifest import Manifest
from assetpkg.package.package import Package, load, refuse_unknown
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.walk import Fields, fields_below, fields_inside

SCHEMA = "$schema"
"""The member that names the schema of a file for an editor; it comes first."""
_CHANGES_FINDINGS = "formatted, it would be more than is read, or something else would be found in it"


@dataclass(frozen=True, kw_only=True)
class FormattedFile:
    """A file that has another form now."""

    entry: str
    """Its name in the package."""
    before: bytes = field(repr=False)
    """Its content before."""
    after: bytes = field(repr=False)
    """Its content in the one form."""


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
    changed: tuple[FormattedFile, ...]
    """The files that had another form."""
    left: tuple[LeftFile, ...]
    """The files that could not be formatted."""
    files: int
    """How many files were looked at: the manifest, and those with resources."""

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the changed files in the folder that the package was read from, each completely or not at all.

        Raises `CannotWrite` when a file cannot be written, or is not any more as it was read; others may be written.
        """
        for file in self.changed:
            place = Path(folder, *file.entry.split("/"))
            try:
                same = not place.is_symlink() and place.read_bytes() == file.before
            except OSError as error:
                raise CannotWrite(f"cannot write '{place}': {reason_of(error)}") from None
            if not same:
                raise CannotWrite(f"'{place}' has changed since it was read; run the command again")
            write_file(place, [file.after])


def fmt(package: Package, *, texts: bool = False) -> Formatting:
    """Return a package with the same content in one form; nothing is written.

    Members come in the order of their class, and after them those that it does not know, in their own order. Each is on
    a line of its own, with two spaces for each level. With `texts`, so are documents in strings that their class calls
    JSON. Raises `InvalidPackage` for what is not a package, and for a package of another layout.
    """
    refuse_unknown(package)
    if not package.layout.is_own:
        raise InvalidPackage(
            f"{package.archive.origin} is of another layout, whose files have their own form; "
            "write it in the own one with 'assetpkg convert'"
        )
    entries = [name for name in package.archive.entries if package.layout.holdings(name)]
    entries.append(package.layout.manifest)  # the last one: it may list digests of the others
    texts_stay, stay = set[str](entries if not texts else ()), dict[str, str]()
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
            return _formatting(package, made, changed, left, len(entries))
        stay.update({entry: _CHANGES_FINDINGS for entry in worse if entry in texts_stay})
        texts_stay.update(worse)


def _formatting(
    package: Package, made: Package, changed: Mapping[str, bytes], left: Mapping[str, str], files: int
) -> Formatting:
    read = package.archive.entries
    return Formatting(
        package=made,
        changed=tuple(
            FormattedFile(entry=entry, before=read[entry].read(), after=changed[entry]) for entry in sorted(changed)
        ),
        left=tuple(LeftFile(entry=entry, reason=left[entry]) for entry in sorted(left)),
        files=files,
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
