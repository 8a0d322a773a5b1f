"""An asset package: an index over its archive. Documents are decoded when asked for, and not kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.diagnostics.model import Fault, Place, Problem
from assetpkg.documents import InvalidDocument
from assetpkg.errors import CannotRead, InvalidPackage, UnknownAddress, near
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind
from assetpkg.limits import MOST_PACKAGE_FAULTS
from assetpkg.package.index import Index, Resource
from assetpkg.package.layout import OWN, Layout, describe_unknown, occupied_by, occupy
from assetpkg.package.loading import NOTES, Intake
from assetpkg.package.manifest import PackageManifest, new_manifest, with_assets, without_assets
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.references import Credential
from assetpkg.resource.type_errors import shown

NO_MANIFEST = PackageManifest("", {})

_TOO_MANY_FAULTS = Fault(
    slug="too-many-faults",
    message=f"{MOST_PACKAGE_FAULTS:,} things are wrong with the entries before; this one and those behind were not "
    "looked at",
    hint="mend what is told first, and check again",
)


@dataclass(frozen=True, kw_only=True)
class Package:
    """The understood content of one archive; changing it means getting a new one.

    `digests` has the SHA-256 of every entry that could be read. `entry_faults` are those that belong to no
    resource: of the container, of the layout, of entries that could not be read. `strays` are the credentials in
    names of entries, and in entries that are part of no resource.
    """

    archive: Archive
    manifest: PackageManifest
    inspections: Mapping[Place, Inspection] = field(repr=False)
    digests: Mapping[str, str] = field(repr=False)
    entry_faults: tuple[tuple[str, Fault], ...]
    strays: Mapping[str, tuple[Credential, ...]] = field(default_factory=dict, repr=False)
    layout: Layout = field(default=OWN, repr=False)

    def __repr__(self) -> str:
        """Show the name."""
        return f"Package({self.name!r})"

    @classmethod
    def new(cls, name: str, *, asset_version: str = "1.0") -> "Package":
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
        """What the package is called: by its manifest, or else by its file."""
        return self.manifest.name or mask_line(self.archive.origin)

    @property
    def asset_version(self) -> str:
        """The asset version, verbatim."""
        return self.manifest.asset_version

    @property
    def understood(self) -> bool:
        """Whether the archive could be read and has the layout that assetpkg knows."""
        return self.manifest.document.get("format") == self.layout.format

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content: the same for a folder and its zip, on every machine, however compressed."""
        lines = dict(self.digests)
        if self.manifest.text:
            plain = without_assets(self.manifest.text).encode()
            lines[self.layout.manifest] = hashlib.sha256(plain).hexdigest()
        listing = "".join(f"{digest} {name}\n" for name, digest in sorted(lines.items()))
        return hashlib.sha256(listing.encode()).hexdigest()

    @property
    def is_changed(self) -> bool:
        """Whether a zip was changed in memory since it was read, so that its list is made anew when it is packed."""
        return not self.archive.is_folder and self.archive.size is None

    def resource(self, address: str) -> Resource:
        """Return the resource at `address`; raises `UnknownAddress`."""
        known = self.index.by_address
        found = known.get(address) or known.get(mask_line(address))
        if found is None:
            raise UnknownAddress(f"no resource has the address '{address}'{near(address, self.index.by_address)}")
        return found

    def document(self, address: str) -> dict[str, Any]:
        """Return the raw document of a resource, a fresh one at each call; raises `UnknownAddress`."""
        return read_document(self.archive, self.resource(address))

    def model(self, address: str) -> Kind:
        """Return the typed view of a resource; raises `pydantic.ValidationError` for an invalid one."""
        return self.resource(address).kind.model_validate(self.document(address))

    def find_faults(self, slug: str) -> Iterator[Problem]:
        """Yield a problem for every fault with this slug, in any part of the package."""
        return iter(self._problems.get(slug, ()))

    @property
    def credentials(self) -> Iterator[tuple[str, Credential]]:
        """Every place that holds a credential, with its entry: in the manifest, resources, names and other files."""
        yield from ((self.layout.manifest, found) for found in self.manifest.credentials)
        for (entry, above), inspection in self.inspections.items():
            for found in inspection.credentials:
                yield entry, found._replace(pointer=f"{above}{found.pointer}") if above else found
        for entry, credentials in self.strays.items():
            yield from ((entry, found) for found in credentials)

    @property
    def holds_credentials(self) -> bool:
        """Whether any place holds one, so that what is written of it is for nobody but the user."""
        return any(True for _ in self.credentials)

    @property
    def all_faults(self) -> Iterator[str]:
        """What keeps the package from being understood, in the words of its faults, the container's with codes."""
        for fault in (*(fault for _, fault in self.entry_faults), *self.manifest.faults):
            if _refuses(fault):
                yield _told(fault)

    @property
    def refusal(self) -> str | None:
        """Why nothing in the package can be judged: the first reason not to understand it, if it is not understood."""
        return None if self.understood else next(self.all_faults, "no manifest")

    @cached_property
    def damaged(self) -> tuple[tuple[str, str], ...]:
        """The entries that cannot be read as part of a package, each with the reason; an empty name is the archive."""
        refused = [(entry, _told(fault)) for entry, fault in self.entry_faults if _refuses(fault)]
        unreadable = [found for found in self.inspections.values() if not found.readable]
        return (*refused, *((found.entry, _why_unreadable(found)) for found in unreadable))

    @property
    def is_whole(self) -> bool:
        """Whether every entry has given its content, so that the digest stands for all of them."""
        return not any(_refuses(fault) for _, fault in self.entry_faults)

    @cached_property
    def _problems(self) -> Mapping[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        located = [
            *self.entry_faults,
            *((self.layout.manifest, fault) for fault in self.manifest.faults),
        ]
        for entry, fault in located:
            found.setdefault(fault.slug, []).append(Problem.from_fault(entry, fault))
        for (entry, above), inspection in self.inspections.items():
            for fault in inspection.faults:
                problem = Problem.from_fault(entry, fault)
                found.setdefault(fault.slug, []).append(
                    problem._replace(pointer=f"{above}{fault.pointer}") if above else problem
                )
        return found

    def with_resource(self, kind: str, document: Mapping[str, Any]) -> "Package":
        """Return the package with one more resource; raises as `with_resources` does."""
        return self.with_resources([(kind, document)])

    def with_resources(self, additions: Iterable[tuple[str, Mapping[str, Any]]]) -> "Package":
        """Return the package with more resources, each of a kind and with its document.

        Raises `InvalidPackage` for an unknown kind, for a document that is no JSON or has no name, for a resource
        that has an address that is there already, and where the layout has no place for more.
        """
        fresh = [(kind, content, _inspect_new(kind, content)) for kind, content in _encoded(additions)]
        draft = Index.build([*self.inspections.values(), *(inspection for _, _, inspection in fresh)])
        names = {id(found.inspection): found.path.names for found in draft.resources}
        occupied = occupied_by(self.archive.entries)
        contents: dict[str, bytes] = {}
        for kind, content, inspection in fresh:
            shown = [mask_text(name) for name in names[id(inspection)]]
            entry = self.layout.entry_for(KINDS[kind], shown, occupied)
            occupy(entry, occupied)
            contents[entry] = content
        return self._with_contents(contents)

    def with_document(self, address: str, document: Mapping[str, Any]) -> "Package":
        """Return the package with another document for the resource at `address`, in the same file.

        Raises `UnknownAddress`, and `InvalidPackage` as `with_resources` does.
        """
        found = self.resource(address)
        content = _encode(document)
        _inspect_new(found.path.kind, content)
        if found.place.pointer:
            raise InvalidPackage(f"'{address}' is a part of '{found.entry}', and cannot be changed alone")
        return self._with_contents({found.entry: content})

    def _with_contents(self, contents: Mapping[str, bytes]) -> "Package":
        package = load(self.archive.with_contents(contents), known=self)
        paths = Counter(found.path for found in package.resources)
        twice = next(
            (found.path for found in package.resources if found.entry in contents and paths[found.path] > 1), None
        )
        if twice is not None:
            raise InvalidPackage(f"the package has a resource '{twice}' already; change that one")
        return package

    def without(self, address: str) -> "Package":
        """Return the package without the resource at `address`; references to it stay, and dangle.

        Raises `UnknownAddress`, and `InvalidPackage` where the resource is a part of a file.
        """
        found = self.resource(address)
        if found.place.pointer:
            raise InvalidPackage(f"'{address}' is a part of '{found.entry}', and cannot be taken out alone")
        return load(self.archive.without(found.entry), known=self)


def load(archive: Archive, *, known: Package | None = None, layout: Layout = OWN) -> Package:
    """Read every entry once and index the resources; never raises for bad content, which becomes faults.

    Entries that `known` has read already, the same objects, are not read again; its layout is that of both.
    """
    layout = layout if known is None else known.layout
    read = Intake(layout, archive.limits)
    seen: dict[str, list[Inspection]] = {}
    for inspection in known.inspections.values() if known is not None else ():
        seen.setdefault(inspection.entry, []).append(inspection)
    manifest, passed_over = NO_MANIFEST, ""
    for name, entry in archive.entries.items():
        if known is not None and known.archive.entries.get(name) is entry and name != layout.manifest:
            read.remember(name, known.digests, seen.get(name, ()), known.strays)
        elif name == layout.manifest:
            manifest = read.manifest(name, entry) or manifest
        elif read.found >= MOST_PACKAGE_FAULTS:
            passed_over = passed_over or name
        else:
            read.take(name, entry)
    _share_texts(manifest, read.inspections)
    too_many = [(passed_over, _TOO_MANY_FAULTS)] if passed_over else []
    return Package(
        archive=archive,
        manifest=manifest,
        inspections=read.inspections,
        digests=read.digests,
        entry_faults=(*archive.faults, *read.faults, *too_many, *_layout_faults(archive, manifest, layout)),
        strays=read.strays,
        layout=layout,
    )


def _share_texts(manifest: PackageManifest, inspections: Mapping[Place, Inspection]) -> None:
    """Let the table of contents hold the very texts that the index holds: a large package has each but once."""
    for asset in manifest.assets or ():
        found = inspections.get(Place(asset["path"]))
        if found is not None:
            known = {
                "path": found.entry,
                "sha256": found.digest,
                "kind": found.kind,
                "name": found.name,
                "id": found.id,
            }
            asset.update((key, text) for key, text in known.items() if key in asset and asset[key] == text)


def dump(package: Package) -> Archive:
    """Return the archive to write as a zip: the same entries, and a manifest with its table of contents.

    Raises `InvalidPackage` when the package is not understood whole, since then the table would not be true.
    """
    refuse_damaged(package)
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
    for asset in () if package.is_changed else package.manifest.assets or ():
        if package.digests.get(asset["path"]) != asset.get("sha256"):
            raise InvalidPackage(
                f"'{asset['path']}' is not what {package.archive.origin}'s manifest says; run 'assetpkg check'"
            )
    return package.archive.with_contents({package.layout.manifest: without_assets(package.manifest.text).encode()})


def read_document(archive: Archive, resource: Resource) -> dict[str, Any]:
    """Return the document of a resource, read again; raises `CannotRead` when it is gone or changed since."""
    try:
        document: Any = documents.parse(archive.entries[resource.entry].read(), archive.limits)
        for step in documents.split_pointer(resource.place.pointer):
            document = document[int(step) if isinstance(document, list) else step]
    except UnreadableEntry as error:
        raise CannotRead(f"cannot read '{resource.entry}' of {archive.origin} again: {error}") from None
    found: dict[str, Any] = document
    return found


def refuse_unknown(package: Package) -> None:
    """Raise `InvalidPackage` with the reason for what is no package: nothing in it can be judged, or is left out."""
    if package.refusal is not None:
        raise InvalidPackage(
            f"{package.archive.origin} is no asset package: {package.refusal}; run 'assetpkg check' to see more"
        )


def refuse_damaged(package: Package) -> None:
    """Raise `InvalidPackage` as `refuse_unknown` does, and for a package of which any entry cannot be read."""
    refuse_unknown(package)
    for entry, reason in package.damaged[:1]:
        raise InvalidPackage(
            f"'{entry or package.archive.origin}' cannot be read as part of a package: {reason};"
            " run 'assetpkg check' to see more"
        )


def _refuses(fault: Fault) -> bool:
    """Say whether a fault of a container or layout is more than a warning."""
    from assetpkg.diagnostics.catalogue import refuses

    return refuses(fault.slug)


def _why_unreadable(found: Inspection) -> str:
    """Return the first fault of a resource that has no name, which is the one that takes the name away."""
    why = next((fault.message for fault in found.faults if fault.slug not in NOTES), "it has no name")
    return f"at '{found.pointer}', {why}" if found.pointer else why


def _told(fault: Fault) -> str:
    """Return the message of a fault, with the code of its rule where it is the container's."""
    from assetpkg.diagnostics.catalogue import ODDITIES

    return f"{fault.message} [{ODDITIES[fault.slug].code}]" if fault.slug in ODDITIES else fault.message


def _layout_faults(archive: Archive, manifest: PackageManifest, layout: Layout) -> Iterator[tuple[str, Fault]]:
    if not archive.entries and archive.faults:
        return
    if layout.manifest not in archive.entries:
        below = sorted(name for name in archive.entries if name.endswith(f"/{layout.manifest}"))
        hint = (
            f"pack what is inside '{below[0].rpartition('/')[0]}', not the folder itself"
            if below
            else "make a package with 'assetpkg pack'; ROMA's own layout is not public, so it is not read"
        )
        holds = describe_unknown(sorted(archive.entries))
        message = f"no entry '{layout.manifest}', so this is no package of layout {layout.format}: {holds}"
        yield "", Fault(slug="no-manifest", message=message, hint=hint)
    elif manifest.document and manifest.document.get("format") != layout.format:
        found = manifest.document.get("format")
        named = "no format is named" if found is None else f"format {shown(found)} is unknown"
        message = f"{named}; this assetpkg reads '{layout.format}'; {describe_unknown(sorted(archive.entries))}"
        yield (
            layout.manifest,
            Fault(
                slug="unknown-format",
                message=message,
                hint=f"set format to '{layout.format}' if that is what it is",
                pointer="/format",
            ),
        )


def _encoded(additions: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, bytes]]:
    for kind, document in additions:
        if kind not in KINDS:
            raise InvalidPackage(f"no kind is named '{kind}'{near(kind, KINDS)}")
        yield kind, _encode(document)


def _encode(document: Mapping[str, Any]) -> bytes:
    try:
        content = documents.dump(document)
        documents.parse(content)
    except InvalidDocument as error:
        reason = f"a resource cannot be written: {error}"
    except UnicodeEncodeError:
        reason = "a resource cannot be written as JSON: half of a surrogate pair, which is no character"
    except (TypeError, ValueError, RecursionError) as error:
        reason = f"a resource cannot be written as JSON: {error}"
    else:
        return content
    # Outside of the `except`, since those errors keep the text that they are about.
    raise InvalidPackage(reason)


def _inspect_new(kind: str, content: bytes) -> Inspection:
    inspection = inspect(KINDS[kind], "", content)
    if not inspection.readable:
        raise InvalidPackage(f"a resource of kind {kind} needs a name")
    return inspection


__all__ = ["Entry", "Package", "dump", "dump_folder", "load", "read_document", "refuse_damaged", "refuse_unknown"]
