"""An asset package: an index over its archive. Documents are decoded when asked for, and not kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Fault, Place, Problem
from assetpkg.errors import CannotRead, InvalidPackage, UnknownAddress, near_address
from assetpkg.kinds.kind import Kind
from assetpkg.package.beside import as_in_folder, as_whole, is_older, version_faults
from assetpkg.package.index import Index, Resource
from assetpkg.package.layout import OWN, Layout
from assetpkg.package.loading import EntryReader, Known, refuses, take_each
from assetpkg.package.look import Look
from assetpkg.package.manifest import PackageManifest, find_credentials, new_manifest
from assetpkg.package.preparing import Prepared, prepare, without_fit
from assetpkg.resource.inspection import Inspection
from assetpkg.resource.references import Credential

if TYPE_CHECKING:
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.package.parts import Ahead, Parts

F = TypeVar("F", Fault, Credential)


@dataclass(frozen=True, kw_only=True, repr=False)
class Package:
    """The content of one archive, as assetpkg understands it; each change returns a new package.

    `digests` has the SHA-256 of every entry that could be read. `entry_faults` are the faults that do not belong to a
    resource: of the container, of the layout, of entries that could not be read. `loose_credentials` are those in names
    of entries, and in entries that do not belong to a resource. Where no `faults_known`, nobody looked for what is
    wrong with a resource that is readable. `packed` has digests of the packed data of entries, where they were read
    from a zip.
    """

    archive: Archive
    manifest: PackageManifest
    inspections: Mapping[Place, Inspection]
    digests: Mapping[str, str]
    entry_faults: tuple[tuple[str, Fault], ...]
    loose_credentials: Mapping[str, tuple[Credential, ...]] = field(default_factory=dict)
    layout: Layout = OWN
    faults_known: bool = True
    packed: Mapping[str, bytes] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        """Show the name."""
        return f"Package({self.name!r})"

    @classmethod
    def new(cls, name: str, *, asset_version: str | None = None) -> "Package":
        """Return a package without any resource."""
        return load(Archive.from_contents({OWN.manifest: new_manifest(name, asset_version)}))

    @cached_property
    def index(self) -> Index:
        """The resources by address, id and name."""
        return Index.build(self.inspections.values())

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources, in the order of kinds and addresses."""
        return self.index.resources

    @property
    def name(self) -> str:
        """The name of the package: from its manifest, or else from its file."""
        return self.manifest.name or mask_line(self.archive.origin)

    @property
    def own_name(self) -> str:
        """The name that it has itself, whatever its file is called; empty where it has none."""
        return self.manifest.name if self.layout.is_own else ""

    @property
    def asset_version(self) -> str:
        """The asset version, verbatim."""
        return self.manifest.asset_version

    @property
    def understood(self) -> bool:
        """Whether the archive could be read and has a layout that assetpkg knows."""
        return self.manifest.document.get("format") == self.layout.format

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content: the same for a folder and its zip, on every machine, however compressed."""
        lines = dict(self.digests)
        if not self.layout.is_own:
            # It is made up, and what it says is in the other entries, except for the name of the file.
            lines.pop(self.layout.manifest, None)
        elif self.manifest.text:
            lines[self.layout.manifest] = hashlib.sha256(self.manifest.text.encode()).hexdigest()
        listing = "".join(f"{digest} {name}\n" for name, digest in sorted(lines.items()))
        return hashlib.sha256(listing.encode()).hexdigest()

    @cached_property
    def unused_files(self) -> tuple[str, ...]:
        """The entries that belong to no resource, so that they are not imported; leftovers of systems aside."""
        return tuple(
            name
            for name in self.archive.entries
            if name != self.layout.manifest and not self.layout.uses(name) and not is_littered(name)
        )

    @property
    def idle_files(self) -> int:
        """How many entries are not imported; 0 for an archive of a layout file, of which nobody knows that."""
        return len(self.unused_files) if self.layout.is_own else 0

    @property
    def is_changed(self) -> bool:
        """Whether a zip was changed in memory since it was read, so that its list is made anew when it is packed."""
        return not self.archive.is_folder and self.archive.size is None

    def resource(self, address: str) -> Resource:
        """Return the resource at `address`; raises `UnknownAddress`."""
        known = self.index.by_address
        found = known.get(address) or known.get(mask_line(address))
        if found is None:
            hint = near_address(address, known, "assetpkg show")
            raise UnknownAddress(f"no resource has the address '{address}'{hint}")
        return found

    def resources_of(self, kind: str) -> tuple[Resource, ...]:
        """Return the resources of a kind, such as `topic`, in their order; none for a word that is no kind."""
        return self.index.resources_of(kind)

    def owner_of(self, resource: Resource) -> Resource | None:
        """Return the application here that a resource belongs to; `None` where it has none, or that is not here."""
        return self.index.owner(resource)

    def used_by(self, resource: Resource) -> tuple[Resource, ...]:
        """Return the resources here that a resource refers to, each once, in the order of addresses."""
        return tuple(self.index.by_address[address] for address in self.index.addresses_used_by(resource))

    def document(self, address: str) -> dict[str, Any]:
        """Return the raw document of a resource, a new copy at each call; raises `UnknownAddress`."""
        return read_document(self.archive, self.resource(address))

    def model(self, address: str) -> Kind:
        """Return the typed view of a resource; raises `pydantic.ValidationError` for an invalid one."""
        return self.resource(address).kind.model_validate(self.document(address))

    def resource_around(self, entry: str, pointer: str = "") -> Resource | None:
        """Return the resource that is at `pointer` in `entry`, or around it; `None` where none is."""
        whole = self._whole.get(entry)
        if whole is not None:
            return whole
        parts = self._parts.get(entry, {})
        steps = documents.split_pointer(pointer) if parts else ()
        above = (documents.join_pointer(steps[:depth]) for depth in range(len(steps), 0, -1))
        return next((parts[place] for place in above if place in parts), None)

    @cached_property
    def _whole(self) -> Mapping[str, Resource]:
        """The resources that are all of their entries, by these."""
        return {found.entry: found for found in self.resources if not found.inspection.pointer}

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, Resource]]:
        """The resources that are in an entry with others, by its name and their pointers."""
        found: dict[str, dict[str, Resource]] = {}
        for resource in self.resources:
            if resource.inspection.pointer:
                found.setdefault(resource.entry, {})[resource.inspection.pointer] = resource
        return found

    def find_faults(self, slug: str) -> Iterator[Problem]:
        """Yield a problem for every fault with this slug, in any part of the package."""
        return iter(self._problems.get(slug, ()))

    @property
    def credentials(self) -> Iterator[tuple[str, Credential]]:
        """Every place that contains a credential, with its entry: in the manifest, resources, names and other files."""
        known = self.manifest.credentials
        known = find_credentials(self.manifest.document, self.archive.limits) if known is None else known
        yield from ((self.layout.manifest, found) for found in known)
        for place, inspection in self.inspections.items():
            yield from ((place.entry, _in_entry(found, place)) for found in inspection.credentials)
        for entry, credentials in self.loose_credentials.items():
            yield from ((entry, found) for found in credentials)

    @property
    def holds_credentials(self) -> bool:
        """Whether any place holds one, so that what is written of it is for nobody but the user."""
        return any(True for _ in self.credentials)

    @property
    def has_faults(self) -> bool:
        """Whether anything was found while the package was read, including notes."""
        return bool(self._problems)

    @property
    def refusal(self) -> str | None:
        """Why assetpkg does not understand the package (the first reason), if it does not."""
        if self.understood:
            return None
        return next((_at(entry, _with_code(fault)) for entry, fault in self._refusing), "no manifest")

    @property
    def remedy(self) -> str:
        """What to do about the `refusal`, to be put after it."""
        hint = next((fault.hint for _, fault in self._refusing), "")
        return f"; {hint}" if hint else ""

    @property
    def _refusing(self) -> Iterator[tuple[str, Fault]]:
        """The faults for which a package is not understood, each with its entry, if it has one, the first one first."""
        faults = (*self.entry_faults, *(("", fault) for fault in self.manifest.faults))
        return (found for found in faults if refuses(found[1]))

    @cached_property
    def damaged(self) -> tuple[tuple[str, str], ...]:
        """The entries that cannot be read as part of a package, each with the reason; an empty name is the archive."""
        refused = [(entry, _with_code(fault)) for entry, fault in self.entry_faults if refuses(fault)]
        unreadable = [found for found in self.inspections.values() if not found.readable]
        return (*refused, *((found.entry, _why_unreadable(found)) for found in unreadable))

    @property
    def is_whole(self) -> bool:
        """Whether every entry has given its content, so that the digest stands for all of them."""
        return not any(refuses(fault) for _, fault in self.entry_faults)

    @cached_property
    def _problems(self) -> Mapping[str, list[Problem]]:
        if not self.faults_known:
            raise RuntimeError("faults are asked of a package that was read without them")
        found: dict[str, list[Problem]] = {}
        located = [
            *self.entry_faults,
            *((self.layout.manifest, fault) for fault in self.manifest.faults),
            *(
                (place.entry, _in_entry(fault, place))
                for place, seen in self.inspections.items()
                for fault in seen.faults
            ),
        ]
        for entry, fault in located:
            found.setdefault(fault.slug, []).append(Problem.from_fault(entry, fault))
        return found

    def with_resource(self, kind: str, document: Mapping[str, Any]) -> "Package":
        """Return the package with one more resource; raises as `with_resources` does."""
        return self.with_resources([(kind, document)])

    def with_resources(self, additions: Iterable[tuple[str, Mapping[str, Any]]]) -> "Package":
        """Return the package with more resources, each of a kind and with its document; raises as `with_changes`."""
        return self.with_changes(added=additions)

    def with_document(self, address: str, document: Mapping[str, Any]) -> "Package":
        """Return the package with another document for the resource at `address`; raises as `with_changes`."""
        return self.with_changes(changed={address: document})

    def without(self, address: str) -> "Package":
        """Return the package without the resource at `address`, as `with_changes` does."""
        return self.with_changes(removed=[address])

    def with_changes(
        self,
        *,
        added: Iterable[tuple[str, Mapping[str, Any]]] = (),
        changed: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
        removed: Iterable[str] = (),
    ) -> "Package":
        """Return the package with several changes at once.

        `added` has kinds with documents. `changed` has documents by the address of the resource, which stays in its
        file. `removed` has addresses; references to removed resources stay in the package. Raises `UnknownAddress`.
        Raises `InvalidPackage` for an unknown kind, for a document that is not JSON or has no name, for an address that
        is already used, for a resource that is both changed and removed, for one that is a part of a file, and if the
        layout has no place for more.
        """
        from assetpkg.package.editing import encode, encode_new

        archive, inspections, contents = self.archive, dict(self.inspections), dict[str, bytes]()
        for address in removed:
            found = self._alone(address)
            archive = archive.without(found.entry)
            inspections.pop(found.place, None)
        for address, document in changed.items():
            found = self._alone(address)
            if found.place not in inspections:
                raise InvalidPackage(f"{address} cannot be changed and removed at the same time")
            contents[found.entry], inspections[found.place] = encode(found.path.kind, document)
        contents.update(encode_new(added, inspections.values(), archive.entries, self.layout))
        package = load(archive.with_contents(contents), known=self)
        # Whether names are unique in the narrower scope is an open question, so that such a package can be made.
        scope = package.index.narrow_scope
        paths = Counter((found.path, scope(found)) for found in package.resources)
        added_here = (found for found in package.resources if found.entry in contents)
        twice = next((found.path for found in added_here if paths[found.path, scope(found)] > 1), None)
        if twice is not None:
            raise InvalidPackage(f"the package already has a resource '{twice}'; change that one")
        return package

    def _alone(self, address: str) -> Resource:
        """Return a resource that has a file of its own."""
        found = self.resource(address)
        if found.place.pointer:
            raise InvalidPackage(f"'{address}' is a part of '{found.entry}' and cannot be changed alone")
        return found


def _in_entry(found: F, place: Place) -> F:
    """Return what was found in the resource at `place` with its pointer in all of the entry."""
    return found._replace(pointer=f"{place.pointer}{found.pointer}") if place.pointer else found


def load(  # noqa: PLR0913 - how it is understood, and what is known already
    archive: Archive,
    *,
    known: Package | None = None,
    beside: Package | None = None,
    layout: Layout = OWN,
    layouts: Sequence["LayoutFile"] = (),
    parts: "Parts | Ahead | None" = None,
    lifted: bool = True,
    faults_wanted: bool = True,
) -> Package:
    """Read every entry once and index the resources; never raises for bad content, which becomes faults.

    Entries that `known` has read already, the same objects, are not read again; its layout is that of both. What has
    the same bytes in `beside`, another package, is not looked into again. `parts` has several workers read it. Of the
    `layouts` that are taught, the one that fits is applied; an archive that none fits is read as one of `layout`.
    Unless they are to be `lifted`, the documents of an older asset version stay as they are. Where no `faults_wanted`,
    resources are looked into for what they are, and not for what is wrong with them.
    """
    if known is not None:
        prepared, faults_wanted = Prepared(archive, known.layout), known.faults_known
    else:
        prepared = prepare(archive, layout, layouts, lifted=lifted)
    archive, layout = prepared.archive, prepared.layout
    look = _look_after(beside, archive, layout, faults_wanted=faults_wanted)
    take = take_each if parts is None or not layout.is_own else parts.take
    read = EntryReader(archive, layout, partial(take, archive, layout, look), faults_wanted=faults_wanted)
    before = None if known is None else Known(known.archive, known.inspections, known.digests, known.loose_credentials)
    read.read_all(before)
    return Package(
        archive=archive,
        manifest=read.manifest,
        inspections=read.inspections,
        digests=read.digests,
        entry_faults=(
            *archive.faults,
            *prepared.not_applied,
            *prepared.wrapped,
            *(without_fit(read.faults, layouts, prepared.not_applied) if layouts else read.faults),
            *layout.faults_of(archive.entries),
            *version_faults(archive, layout),
        ),
        loose_credentials=read.loose_credentials,
        layout=layout,
        faults_known=faults_wanted,
        packed=read.packed,
    )


def _look_after(beside: Package | None, archive: Archive, layout: Layout, *, faults_wanted: bool) -> Look:
    """Return how an archive is looked at, of which some may have been seen in the package `beside`."""
    if beside is None or beside.archive.limits != archive.limits or (faults_wanted and not beside.faults_known):
        return Look(faults_wanted=faults_wanted)
    packed = beside.packed if layout is beside.layout else {}
    return Look.after(beside.inspections, packed, beside.loose_credentials, faults_wanted=faults_wanted)


def as_written(package: Package) -> Package:
    """Return a package of an older asset version with its documents as they are written; others as they are."""
    if not is_older(package.archive):
        return package
    return load(as_whole(as_in_folder(package.archive), package.layout, lifted=False), known=package)


def read_document(archive: Archive, resource: Resource) -> dict[str, Any]:
    """Return the document of a resource, read again; raises `CannotRead` when it is gone or changed since."""
    return read_inspected(archive, resource.inspection)


def read_inspected(archive: Archive, inspection: Inspection) -> dict[str, Any]:
    """Return the document that was inspected, as `read_document` does."""
    try:
        document: Any = documents.read_again(archive.entries[inspection.entry].read(), archive.limits)
        for step in documents.split_pointer(inspection.pointer):
            document = document[int(step) if isinstance(document, list) else step]
    except UnreadableEntry as error:
        raise CannotRead(f"cannot read '{inspection.entry}' of {archive.origin} again: {error}") from None
    found: dict[str, Any] = document
    return found


def refuse_unknown(package: Package) -> None:
    """Raise `InvalidPackage` with the reason for what is not a package: nothing in it can be judged, or is left out."""
    if package.refusal is not None:
        raise InvalidPackage(
            f"{package.archive.origin} is not an asset package: {package.refusal}{package.remedy}; "
            "run 'assetpkg check' for details"
        )


def refuse_damaged(package: Package) -> None:
    """Raise `InvalidPackage` as `refuse_unknown` does, and for a package of which any entry cannot be read."""
    refuse_unknown(package)
    for entry, reason in package.damaged[:1]:
        place = f"'{entry}' of {package.archive.origin}" if entry else f"'{package.archive.origin}'"
        raise InvalidPackage(f"{place} cannot be read as part of a package: {reason}; run 'assetpkg check' for details")


def _why_unreadable(found: Inspection) -> str:
    """Return the first fault of a resource that has no name, which is the one that takes the name away."""
    why = next((fault.message for fault in found.faults if refuses(fault)), "it has no name")
    return f"at '{found.pointer}', {why}" if found.pointer else why


def _at(entry: str, message: str) -> str:
    """Return a message with the entry that it is about, unless it names that itself."""
    return f"'{mask_line(entry)}': {message}" if entry and entry not in message else message


def _with_code(fault: Fault) -> str:
    """Return the message of a fault, with the code of its rule where it is the container's."""
    from assetpkg.diagnostics.catalogue import CONTAINER_FAULTS

    declared = CONTAINER_FAULTS.get(fault.slug)
    return f"{fault.message} [{declared.code}]" if declared else fault.message
