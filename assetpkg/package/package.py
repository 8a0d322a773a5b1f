"""An asset package: an index over its archive. Documents are decoded when asked for, and not kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import UnreadableEntry, fault_of
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.diagnostics.model import Fault, Problem
from assetpkg.documents import InvalidDocument
from assetpkg.errors import CannotRead, InvalidPackage, UnknownAddress, near
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind
from assetpkg.limits import MOST_PACKAGE_FAULTS
from assetpkg.package.index import Index, Resource
from assetpkg.package.layout import MANIFEST, describe_unknown, entry_for, occupied_by, occupy
from assetpkg.package.loading import Intake, refuses
from assetpkg.package.manifest import (
    FORMAT,
    PackageManifest,
    new_manifest,
    with_assets,
    without_assets,
)
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.references import Credential
from assetpkg.resource.type_errors import shown

NO_MANIFEST = PackageManifest("", {})

_TOO_MANY_FAULTS = (
    f"{MOST_PACKAGE_FAULTS:,} things are wrong with the entries before; this one and those behind were not looked at"
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
    inspections: Mapping[str, Inspection] = field(repr=False)
    digests: Mapping[str, str] = field(repr=False)
    entry_faults: tuple[tuple[str, Fault], ...]
    strays: Mapping[str, tuple[Credential, ...]] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        """Show the name."""
        return f"Package({self.name!r})"

    @classmethod
    def new(cls, name: str, *, asset_version: str = "1.0") -> "Package":
        """Return a package without any resource."""
        return load(Archive.from_contents({MANIFEST: new_manifest(name, asset_version)}))

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
        return self.manifest.document.get("format") == FORMAT

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content: the same for a folder and its zip, on every machine, however compressed."""
        lines = dict(self.digests)
        if self.manifest.text:
            plain = without_assets(self.manifest.text).encode()
            lines[MANIFEST] = hashlib.sha256(plain).hexdigest()
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
    def has_faults(self) -> bool:
        """Whether anything was found while the package was read, be it a mere note."""
        return bool(self._problems)

    @property
    def credentials(self) -> Iterator[tuple[str, Credential]]:
        """Every place that holds a credential, with its entry: in the manifest, resources, names and other files."""
        yield from ((MANIFEST, found) for found in self.manifest.credentials)
        for entry, inspection in self.inspections.items():
            yield from ((entry, found) for found in inspection.credentials)
        for entry, credentials in self.strays.items():
            yield from ((entry, found) for found in credentials)

    @property
    def holds_credentials(self) -> bool:
        """Whether any place holds one, so that what is written of it is for nobody but the user."""
        return any(True for _ in self.credentials)

    @property
    def refusal(self) -> str | None:
        """Why nothing in the package can be judged: the first reason not to understand it, if it is not understood."""
        if self.understood:
            return None
        faults = (*(fault for _, fault in self.entry_faults), *self.manifest.faults)
        return next((_with_code(fault) for fault in faults if refuses(fault)), "no manifest")

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
        found: dict[str, list[Problem]] = {}
        located = [
            *self.entry_faults,
            *((MANIFEST, fault) for fault in self.manifest.faults),
            *((inspection.entry, fault) for inspection in self.inspections.values() for fault in inspection.faults),
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

        `added` are kinds with documents, `changed` documents by the address of the resource, which stays in its file,
        and `removed` addresses; references to what is removed stay, and dangle. Raises `UnknownAddress`, and
        `InvalidPackage` for an unknown kind, for a document that is no JSON or has no name, for a resource that has an
        address that is there already, and for one that is both changed and removed.
        """
        archive, inspections, contents = self.archive, dict(self.inspections), dict[str, bytes]()
        for address in removed:
            entry = self.resource(address).entry
            archive = archive.without(entry)
            inspections.pop(entry, None)
        for address, document in changed.items():
            found = self.resource(address)
            if found.entry not in inspections:
                raise InvalidPackage(f"{address} cannot be changed and removed")
            contents[found.entry], inspections[found.entry] = encode(found.path.kind, document)
        fresh = [(kind, *encode(kind, document)) for kind, document in added]
        draft = Index.build([*inspections.values(), *(inspection for _, _, inspection in fresh)] if fresh else ())
        names = {id(found.inspection): found.path.names for found in draft.resources}
        occupied = occupied_by(archive.entries)
        for kind, content, inspection in fresh:
            entry = entry_for(KINDS[kind], [mask_text(name) for name in names[id(inspection)]], occupied)
            occupy(entry, occupied)
            contents[entry] = content
        return self._with_contents(archive, contents)

    def _with_contents(self, archive: Archive, contents: Mapping[str, bytes]) -> "Package":
        package = load(archive.with_contents(contents), known=self)
        paths = Counter(found.path for found in package.resources)
        twice = next(
            (found.path for found in package.resources if found.entry in contents and paths[found.path] > 1), None
        )
        if twice is not None:
            raise InvalidPackage(f"the package has a resource '{twice}' already; change that one")
        return package


def load(archive: Archive, *, known: Package | None = None) -> Package:
    """Read every entry once and index the resources; never raises for bad content, which becomes faults.

    Entries that `known` has read already, the same objects, are not read again.
    """
    read = Intake(archive.limits)
    manifest, passed_over = NO_MANIFEST, ""
    for name, entry in archive.entries.items():
        if known is not None and known.archive.entries.get(name) is entry and name != MANIFEST:
            read.remember(name, known.digests, known.inspections, known.strays)
        elif name == MANIFEST:
            manifest = read.manifest(name, entry) or manifest
        elif read.found >= MOST_PACKAGE_FAULTS:
            passed_over = passed_over or name
        else:
            read.take(name, entry)
    _share_texts(manifest, read.inspections)
    too_many = [(passed_over, fault_of("too-many-faults", _TOO_MANY_FAULTS, archive.limits))] if passed_over else []
    return Package(
        archive=archive,
        manifest=manifest,
        inspections=read.inspections,
        digests=read.digests,
        entry_faults=(*archive.faults, *read.faults, *too_many, *_layout_faults(archive, manifest)),
        strays=read.strays,
    )


def _share_texts(manifest: PackageManifest, inspections: Mapping[str, Inspection]) -> None:
    """Let the table of contents hold the very texts that the index holds: a large package has each but once."""
    for asset in manifest.assets or ():
        found = inspections.get(asset["path"])
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
            "sha256": found.digest,
        }
        for found in sorted(package.resources, key=lambda found: found.entry)
    ]
    return package.archive.with_contents({MANIFEST: with_assets(package.manifest.text, assets).encode()})


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
    return package.archive.with_contents({MANIFEST: without_assets(package.manifest.text).encode()})


def read_document(archive: Archive, resource: Resource) -> dict[str, Any]:
    """Return the document of a resource, read again; raises `CannotRead` when it is gone or changed since."""
    try:
        document: dict[str, Any] = documents.parse(archive.entries[resource.entry].read(), archive.limits)
    except UnreadableEntry as error:
        raise CannotRead(f"cannot read '{resource.entry}' of {archive.origin} again: {error}") from None
    return document


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


def _why_unreadable(found: Inspection) -> str:
    """Return the first fault of a resource that has no name, which is the one that takes the name away."""
    return next((fault.message for fault in found.faults if refuses(fault)), "it has no name")


def _with_code(fault: Fault) -> str:
    """Return the message of a fault, with the code of its rule where it is the container's."""
    from assetpkg.diagnostics.catalogue import CONTAINER_FAULTS

    declared = CONTAINER_FAULTS.get(fault.slug)
    return f"{fault.message} [{declared.code}]" if declared else fault.message


def _layout_faults(archive: Archive, manifest: PackageManifest) -> Iterator[tuple[str, Fault]]:
    if not archive.entries and archive.faults:
        return
    if MANIFEST not in archive.entries:
        below = sorted(name for name in archive.entries if name.endswith("/" + MANIFEST))
        hint = (
            f"pack what is inside '{below[0].rpartition('/')[0]}', not the folder itself"
            if below
            else "make a package with 'assetpkg pack'; ROMA's own layout is not public, so it is not read"
        )
        holds = describe_unknown(sorted(archive.entries))
        message = f"no entry '{MANIFEST}', so this is no package of layout {FORMAT}: {holds}"
        yield "", Fault(slug="no-manifest", message=message, hint=hint)
    elif manifest.document and manifest.document.get("format") != FORMAT:
        found = manifest.document.get("format")
        named = "no format is named" if found is None else f"format {shown(found)} is unknown"
        message = f"{named}; this assetpkg reads '{FORMAT}'; {describe_unknown(sorted(archive.entries))}"
        yield (
            MANIFEST,
            Fault(
                slug="unknown-format",
                message=message,
                hint=f"set format to '{FORMAT}' if that is what it is",
                pointer="/format",
            ),
        )


def encode(kind: str, document: Mapping[str, Any]) -> tuple[bytes, Inspection]:
    """Return the bytes of a resource's document, and what there is in them; the entry is for the caller to name.

    Raises `InvalidPackage` for an unknown kind, and for a document that is no JSON or has no name.
    """
    if kind not in KINDS:
        raise InvalidPackage(f"no kind is named '{kind}'{near(kind, KINDS)}")
    content = _encode(document)
    inspection = inspect(KINDS[kind], "", content)
    if not inspection.readable:
        raise InvalidPackage(f"a resource of kind {kind} needs a name")
    return content, inspection


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
