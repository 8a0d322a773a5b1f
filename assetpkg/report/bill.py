"""What a package needs around it: the systems that it connects to, and the credentials that have to be there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.documents import split_pointer
from assetpkg.kinds.notes import Address, Variables
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.package.secrets import CredentialToEnter, credentials_of
from assetpkg.report.shape import report_as, shape, shape_of
from assetpkg.resource.endpoints import endpoints_of


@shape
class ConnectionReport:
    """An address in a resource, by which it connects to another system."""

    address: str
    """The address of the resource."""
    pointer: str
    """The JSON pointer to the field."""
    endpoints: Sequence[str]
    """The hosts, as `scheme://host:port` or `//host:port`, and nothing else; empty where none is recognised."""


@shape_of(CredentialToEnter, "address", "pointer")
class CredentialReport:
    """A place for a credential; never its value."""

    address: str
    """The address of the resource."""
    pointer: str
    """The JSON pointer to the field, or into a text in it."""
    declared: bool
    """Whether the type of the resource declares it; false for what was found elsewhere, as in a text."""
    present: bool
    """Whether the package has a value there."""


@shape
class VariableReport:
    """An environment variable that a resource uses."""

    address: str
    """The address of the resource."""
    name: str
    """The name of the variable."""


@shape
class BillReport:
    """What the resources need around them."""

    connections: Sequence[ConnectionReport]
    """Where they connect to, in the order of the resources."""
    credentials: Sequence[CredentialReport]
    """Which credentials they have or need, in the order of the resources."""
    variables: Sequence[VariableReport]
    """Which environment variables they use, in the order of the resources."""
    holds_credentials: bool
    """Whether the package has a credential anywhere, also in a file that is no resource."""


def report_bill(package: Package, resources: Iterable[Resource]) -> BillReport:
    """Return the report of what some resources of a package need around them."""
    chosen = list(resources)
    return BillReport(
        connections=[connection for resource in chosen for connection in _connections(package, resource)],
        credentials=[
            report_as(CredentialReport, place, address=resource.address, pointer=mask_line(place.pointer))
            for resource in chosen
            for place in credentials_of(package, resource)
        ],
        holds_credentials=package.holds_credentials,
        variables=[
            VariableReport(address=resource.address, name=name)
            for resource in chosen
            for name in sorted(
                {name for note in resource.notes if isinstance(note.marker, Variables) for name in note.values}
            )
        ],
    )


def _connections(package: Package, resource: Resource) -> Iterator[ConnectionReport]:
    notes = [note for note in resource.notes if isinstance(note.marker, Address)]
    document = package.document(resource.address) if notes else {}
    for note in notes:
        port = _port_beside(document, split_pointer(note.pointer))
        yield ConnectionReport(
            address=resource.address,
            pointer=mask_line(note.pointer),
            endpoints=list(endpoints_of(str(note.values[0]), port)),
        )


def _port_beside(document: Mapping[str, Any], steps: Sequence[str]) -> str:
    """Return the port in the sibling of an address that is named like it, as `port` beside `host`."""
    around: Any = document
    for step in steps[:-1]:
        if isinstance(around, list):
            around = around[int(step)] if step.isdecimal() and int(step) < len(around) else None
        else:
            around = around.get(step) if isinstance(around, dict) else None
    if not isinstance(around, dict):
        return ""
    names = ("port", *(steps[-1].replace(word, "port") for word in ("host", "address")))
    found = next((around[name] for name in names if name in around and name != steps[-1]), "")
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) and found else ""
