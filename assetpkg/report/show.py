"""What is in a package."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from assetpkg.credentials.masking import mask_line
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.report.order import OrderReport, report_order
from assetpkg.report.shape import Report, shape


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
    """Its asset version, verbatim."""
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
    unread: Sequence[UnreadReport]
    """What could not be read, and is in no other field."""
    order: OrderReport | None
    """In which order they depend on each other; null unless it was asked for."""


def report_show(package: Package, resources: Iterable[tuple[Resource, Any]], *, ordered: bool = False) -> ShowReport:
    """Return the report of a package's content, or of some resources with their documents; `ordered`, with an order."""
    told = [_resource(package, resource, document) for resource, document in resources]
    entries = package.layout.sources(package.archive).values()
    size = package.archive.size
    return ShowReport(
        name=mask_line(package.name),
        asset_version=package.asset_version,
        sha256=package.digest if package.is_whole else None,
        size=sum(entry.size for entry in entries) if size is None else size,
        files=len(entries),
        unused_files=package.idle_files,
        resources=told,
        unread=[UnreadReport(entry=mask_line(entry), reason=mask_line(reason)) for entry, reason in package.damaged],
        order=_order(told) if ordered else None,
    )


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
