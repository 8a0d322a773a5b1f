"""New resources and packages: the smallest that are valid, with what they need, and never over what is there."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.write_file import write_file
from assetpkg.archive.write_folder import write_folder
from assetpkg.authoring.recipes.smallest import SMALLEST, Slug, Uses
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sentences import first_few
from assetpkg.errors import CannotWrite, InvalidOption, InvalidPackage, reason_of, refuse_not_utf8
from assetpkg.json_schema.published import BASE
from assetpkg.kinds import KINDS, parse_kind
from assetpkg.kinds.kind import fields_of, name_field, name_fields
from assetpkg.kinds.markers import Ref
from assetpkg.package.index import Resource
from assetpkg.package.layout import OWN, occupied_by
from assetpkg.package.manifest import new_manifest
from assetpkg.package.package import Package, load, refuse_unknown
from assetpkg.rules.runner import check

SCHEMA = "$schema"
"""The member that names the schema of a file for an editor."""
_FEW = 5
"""How many addresses a message lists."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """A package with new resources."""

    package: Package
    """The package with them."""
    made: tuple[Resource, ...]
    """The new resources, what another one needs before that."""

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the files of the new resources into the folder that the package was read from.

        Raises `CannotWrite` when a file is there already, or cannot be written.
        """
        for resource in self.made:
            place = Path(folder, *resource.entry.split("/"))
            try:
                _make_folders(Path(folder), resource.entry)
            except OSError as error:
                raise CannotWrite(f"cannot write '{place}': {reason_of(error)}") from None
            if os.path.lexists(place):
                raise CannotWrite(f"'{place}' exists, and nothing is overwritten; give another name")
            write_file(place, [self.package.archive.entries[resource.entry].read()])


def new(package: Package, kind: str, name: str, *, below: Sequence[str] = (), with_parents: bool = False) -> Making:
    """Return a package with one more resource, the smallest valid one of its kind; nothing is written.

    What it needs, such as the API group of an API, is the only one of its kind in the package, or the one whose
    address is in `below`. With `with_parents`, what is missing is made, too. Raises `InvalidOption` for an unknown
    kind, for a name that its rules refuse, and where it is not known what is needed; `UnknownAddress` for an
    address that is not there; `InvalidPackage` if a resource of this name is there, and for another layout.
    """
    refuse_not_utf8("the name", name)
    refuse_unknown(package)
    if not package.layout.is_own:
        raise InvalidPackage(f"{package.archive.origin} is of another layout, to which nothing can be added")
    making = _Making(package, [package.resource(address) for address in below], with_parents=with_parents)
    making.add(parse_kind(kind), name)
    for resource in making.unused:
        raise InvalidOption(f"{kind} '{name}' needs no {resource.path.kind}, so that '{resource.address}' is of no use")
    return Making(package=making.package, made=tuple(making.made))


def new_package(folder: str | os.PathLike[str], name: str) -> Package:
    """Write a package without any resource as a new folder.

    Raises `InvalidOption` for what cannot be a name, and `CannotWrite` if the folder is not empty.
    """
    refuse_not_utf8("the name", name)
    manifest = {SCHEMA: f"{BASE}manifest.json", **documents.parse(new_manifest(name))}
    archive = Archive.from_contents({OWN.manifest: documents.dump(manifest)})
    package = load(archive)
    for fault in package.manifest.faults:
        raise InvalidOption(f"'{name}' cannot be the name of a package: {fault.message}")
    write_folder(folder, archive, private=package.holds_credentials)
    return package


class _Making:
    """A package that grows, one resource after the other."""

    def __init__(self, package: Package, below: Sequence[Resource], *, with_parents: bool) -> None:
        self.package, self.made = package, list[Resource]()
        self._below, self._with_parents = below, with_parents
        self._used: dict[str, int] = {}

    @property
    def unused(self) -> Iterator[Resource]:
        """What was named and is not needed."""
        taken: dict[str, int] = {}
        for resource in self._below:
            kind = resource.path.kind
            taken[kind] = taken.get(kind, 0) + 1
            if taken[kind] > self._used.get(kind, 0):
                yield resource

    def add(self, kind: str, name: str) -> Resource:
        """Add a resource, and what it needs before that."""
        document: dict[str, Any] = {SCHEMA: f"{BASE}{kind}.json"}
        fields = fields_of(KINDS[kind])
        for field in name_fields(KINDS[kind]):
            if field.name not in SMALLEST[kind]:
                document[field.name] = name
        for key, value in SMALLEST[kind].items():
            if isinstance(value, Slug):
                document[key] = f"{value.before}{_slug(name)}"
            elif isinstance(value, list):
                document[key] = [self._value(kind, key, item) for item in value]
            else:
                document[key] = self._value(kind, key, value)
        ordered = {key: document[key] for key in (SCHEMA, *fields) if key in document}
        self.package, resource = _added(self.package, kind, name, ordered)
        self.made.append(resource)
        return resource

    def _value(self, kind: str, key: str, value: Any) -> Any:
        if not isinstance(value, Uses):
            return value
        used = self._find(kind, value.kind)
        field = fields_of(KINDS[kind])[key]
        marker = field.marker(Ref)
        document = self.package.document(used.address)
        known = (document.get(by) for by in (marker.by if marker else ()) if by != "id")
        return next((found for found in known if isinstance(found, str) and found), used.id)

    def _find(self, kind: str, needed: str) -> Resource:
        """Return what a resource of a kind is to use; of several that were named, one after the other."""
        named = [resource for resource in self._below if resource.path.kind == needed]
        if named:
            number = self._used.get(needed, 0)
            self._used[needed] = number + 1
            return named[min(number, len(named) - 1)]
        there = [resource for resource in self.package.resources if resource.path.kind == needed]
        if len(there) == 1:
            return there[0]
        if there:
            addresses = first_few(there, _FEW, lambda resource: resource.address)
            raise InvalidOption(f"which {needed} is it for? name one with --below: {addresses}")
        if not self._with_parents:
            raise InvalidOption(
                f"a resource of kind {kind} needs one of kind {needed}, and the package has none; make that first, or "
                "both with --with-parents"
            )
        return self.add(needed, needed.replace("_", "-"))


def _added(package: Package, kind: str, name: str, document: dict[str, Any]) -> tuple[Package, Resource]:
    """Return a package with one more resource, in a file with its name."""
    content = documents.dump(document)
    draft = package.with_resource(kind, document)
    (found,) = (each for each in draft.resources if each.address not in package.index.by_address)
    # What is named by nothing but another resource has no name of its own.
    own = found.name if isinstance(SMALLEST[kind].get(name_field(KINDS[kind]).name), Uses) else name
    names = (*(found.parent.names if found.parent else ()), own)
    entry = OWN.entry_for(KINDS[kind], names, occupied_by(package.archive.entries))
    made = load(package.archive.with_contents({entry: content}), known=package)
    resource = next(each for each in made.resources if each.entry == entry)
    for each in check(made):
        if each.severity is Severity.ERROR and each.address == resource.address:
            raise InvalidOption(f"a resource of kind {kind} cannot be called '{name}': {each.message}")
    return made, resource


def _slug(name: str) -> str:
    """Return a name in letters, digits and hyphens; different names have different ones."""
    import hashlib
    import re

    plain = re.sub("[^A-Za-z0-9]+", "-", name).strip("-")
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".strip("-")


def _make_folders(top: Path, entry: str) -> None:
    """Make the folders of a file; raises `OSError`, and `CannotWrite` for a link, which would lead elsewhere."""
    place = top
    for part in entry.split("/")[:-1]:
        place /= part
        if place.is_symlink():
            raise CannotWrite(f"'{place}' is a link, which is not followed; make a folder of it")
        place.mkdir(exist_ok=True)
