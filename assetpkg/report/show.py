"""What is in a package."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Literal

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds.kind import fields_of
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.report.bill import BillReport, report_bill
from assetpkg.report.order import OrderReport, report_order
from assetpkg.report.shape import Report, shape
from assetpkg.resource.masking import mask
from assetpkg.resource.walk import in_order


@shape
class ResourceReport:
    """One resource; `document` is there when one was asked for, without credentials."""

    address: str
    """Its kind and names, joined by `/`."""
    kind: str
    """The word for its kind."""
    name: str
    """Its name."""
    id: str
    """Its id; derived from kind and names where the document has none."""
    id_given: bool
    """Whether the document has that id."""
    entry: str
    """The entry that holds it."""
    sha256: str | None
    """The SHA-256 of that entry; null beside the document of one with credentials, which could be guessed from it."""
    size: int
    """The size of that entry in bytes."""
    depends_on: Sequence[str]
    """The addresses of the resources in the package that it refers to."""
    document: Any
    """The document without credentials, where one resource was asked for; null elsewhere."""


@shape
class EntryReport:
    """An entry that is no resource."""

    entry: str
    """The entry; empty for the archive itself."""
    sha256: str | None
    """The SHA-256 of its bytes; null where they could not be read."""
    size: int
    """Its size in bytes."""


@shape
class UnreadReport:
    """An entry that could not be read as part of the package."""

    entry: str
    """The entry; empty for the archive itself."""
    reason: str
    """Why it could not be read, with the code of the rule where it is the container's."""


@shape
class ShowReport(Report):
    """What is inside a package; `size` is that of the zip, or of all files together, in bytes."""

    document: Literal["show"] = "show"
    name: str
    """The name of the package."""
    asset_version: str
    """Its asset version, verbatim; empty for a snapshot, which has none."""
    sha256: str | None
    """The digest of its content, the same for a folder and its zip; null where some of it could not be read."""
    size: int
    """The bytes of the zip, or of all files of the folder together."""
    files: int
    """How many entries it has."""
    unused_files: int
    """How many of them an import uses for nothing."""
    resources: Sequence[ResourceReport]
    """What is in it, in the order of kinds and addresses."""
    others: Sequence[EntryReport]
    """The entries that are no resource, where all documents were asked for; empty elsewhere."""
    unread: Sequence[UnreadReport]
    """What could not be read, and is in no other field."""
    order: OrderReport | None
    """In which order they depend on each other; null unless it was asked for."""
    bill: BillReport | None = None
    """What they connect to, and need; null unless a bill of materials was asked for."""


def report_show(
    package: Package, resources: Iterable[tuple[Resource, Any]], *, ordered: bool = False, billed: bool = False
) -> ShowReport:
    """Return the report of a package's content, or of some resources with their documents.

    With an order where it is to be `ordered`, and with what the resources need around them where `billed`.
    """
    chosen = list(resources)
    told = [_resource(package, resource, document) for resource, document in chosen]
    entries = package.layout.sources(package.archive).values()
    size = package.archive.size
    return ShowReport(
        name=mask_line(package.name),
        asset_version="" if package.archive.is_document else package.asset_version,
        sha256=package.digest if package.is_whole else None,
        size=sum(entry.size for entry in entries) if size is None else size,
        files=len(entries),
        unused_files=package.idle_files,
        resources=told,
        others=[],
        unread=[UnreadReport(entry=mask_line(entry), reason=mask_line(reason)) for entry, reason in package.damaged],
        order=_order(told) if ordered else None,
        bill=report_bill(package, (resource for resource, _ in chosen)) if billed else None,
    )


def report_documents(package: Package, content: bytes | None = None) -> ShowReport:
    """Return the report of a package with all documents, each in the order of its class and without credentials.

    What is not a package has none, and is known by its entries, or by its `content` where it has not even those.
    """
    documents = (
        (
            resource,
            mask(fields_of(resource.kind), in_order(fields_of(resource.kind), package.document(resource.address))),
        )
        for resource in package.resources
    )
    report = report_show(package, documents)
    held = {package.layout.manifest, *(resource.entry for resource in package.resources)}
    known = {name: entry for name, entry in package.archive.entries.items() if name not in held}
    others = [
        EntryReport(entry=mask_line(name), sha256=package.digests.get(name), size=known[name].size)
        for name in sorted(known)
    ]
    if content is not None:
        others.append(EntryReport(entry="", sha256=sha256(content).hexdigest(), size=len(content)))
    refusal = package.refusal
    refused = [] if refusal is None or report.unread else [UnreadReport(entry="", reason=mask_line(refusal))]
    return replace(report, others=others, unread=[*refused, *report.unread])


def _order(resources: Sequence[ResourceReport]) -> OrderReport:
    from assetpkg.planning.order import order

    there = frozenset(each.address for each in resources)
    return report_order(order({each.address: there.intersection(each.depends_on) for each in resources}))


def _resource(package: Package, resource: Resource, document: Any) -> ResourceReport:
    return ResourceReport(
        address=resource.address,
        kind=resource.path.kind,
        name=mask_line(resource.name),
        id=mask_line(resource.id),
        id_given=resource.id_given,
        entry=mask_line(resource.entry),
        sha256=None if document is not None and resource.credentials else resource.digest,
        size=resource.inspection.size,
        depends_on=package.index.addresses_used_by(resource),
        document=document,
    )
