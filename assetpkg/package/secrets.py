"""What has to be entered by hand after an import: every credential that the resources of a package have, or could."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assetpkg.credentials import is_credential
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import JsonText, Named
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.resource.embedded import fields_inside, read_text
from assetpkg.resource.references import Holder
from assetpkg.resource.walk import Fields, Step, fields_below, is_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialToEnter:
    """One place for a credential; `declared` where the resource's type has it, and `present` where it holds one.

    What is not declared was found: in an unknown field of such a name, or inside a text.
    """

    address: str
    entry: str
    pointer: str
    declared: bool
    present: bool


def credentials_to_enter(package: Package) -> tuple[CredentialToEnter, ...]:
    """Return the credentials to enter after an import, in the order of the resources."""
    return tuple(place for resource in package.resources for place in credentials_of(package, resource))


def credentials_of(package: Package, resource: Resource) -> Iterator[CredentialToEnter]:
    """Yield the credentials of one resource of `package`: first those that its type declares, by the way they stand."""
    fields, document = fields_of(resource.kind), package.document(resource.address)
    seen = {}
    for steps, declared, value in _places(fields, document, ()):
        seen[join_pointer(steps)] = (declared, is_credential(value))
    for found in resource.credentials:
        if found.holder is Holder.VALUE:
            seen.setdefault(found.pointer, (False, True))
    for pointer, (declared, present) in seen.items():
        yield CredentialToEnter(
            address=resource.address, entry=resource.entry, pointer=pointer, declared=declared, present=present
        )


Place = tuple[tuple[Step, ...], bool, Any]


def _places(fields: Fields, value: Any, steps: tuple[Step, ...]) -> Iterator[Place]:
    """Yield the secret members of a document, those included that its class has and it has not."""
    if isinstance(value, list):
        for index, child in enumerate(value):
            yield from _places(fields, child, (*steps, index))
    elif isinstance(value, dict):
        for key in (*fields, *(key for key in value if key not in fields)):
            yield from _place(fields, key, value, (*steps, key))


def _place(fields: Fields, key: str, parent: Mapping[str, Any], steps: tuple[Step, ...]) -> Iterator[Place]:
    field, value = fields.get(key), parent.get(key)
    text = field.marker(JsonText) if field else None
    if is_secret(field, key, parent):
        yield steps, field is not None and not field.foreign and field.marker(Named) is None, value
    elif text is not None and isinstance(value, str) and value:
        try:
            document = read_text(value)
        except InvalidDocument:
            return
        yield from _places(fields_inside(text), document, (*steps, INSIDE))
    else:
        yield from _places(fields_below(field, parent), value, steps)


__all__ = ["CredentialToEnter", "credentials_of", "credentials_to_enter"]
