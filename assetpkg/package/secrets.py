"""What must be entered by hand after an import: every credential that the resources have or could have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assetpkg.credentials import is_credential
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Named
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.resource.references import Holder
from assetpkg.resource.walk import outside_credentials, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialToEnter:
    """One place for a credential; `declared` if the resource's type declares it, and `present` if it has a value.

    A place that is not declared was found in an unknown field with such a name, or inside a text.
    """

    address: str
    entry: str
    pointer: str
    declared: bool
    present: bool


def credentials_of(package: Package, resource: Resource) -> Iterator[CredentialToEnter]:
    """Yield the credentials of one resource of `package`: first those that its type declares, by the way they are."""
    return credentials_in(resource, package.document(resource.address))


def credentials_in(resource: Resource, document: Mapping[str, Any]) -> Iterator[CredentialToEnter]:
    """Yield the credentials of a resource with this document, as `credentials_of` does."""
    seen = {}
    nodes = walk(fields_of(resource.kind), document, inside=True, absent=True)
    for node in outside_credentials(nodes):
        if node.secret:
            seen[join_pointer(node.steps)] = (_is_declared(node.field), is_credential(node.value))
    for found in resource.credentials:
        if found.holder is Holder.VALUE:
            seen.setdefault(found.pointer, (False, True))
    for pointer, (declared, present) in seen.items():
        yield CredentialToEnter(
            address=resource.address, entry=resource.entry, pointer=pointer, declared=declared, present=present
        )


def _is_declared(field: Field | None) -> bool:
    return field is not None and not field.foreign and field.marker(Named) is None
