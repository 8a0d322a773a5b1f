"""Where a package holds credentials, and which of them have to be entered by hand after an import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from assetpkg.archive import Entry, UnreadableEntry
from assetpkg.credentials import Sort, find_spans, is_credential, is_suspicious, sort_of_file
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.embedded import fields_inside, read_text
from assetpkg.index import Resource
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import JsonText, Named
from assetpkg.kinds.nodes import Fields, Step, fields_below, is_secret
from assetpkg.layout import MANIFEST, kind_of, unsafe_name
from assetpkg.package import Package
from assetpkg.texts import describe, mask_line

LARGEST_FILE = 2**20
"""In bytes; a larger file that is no part of a resource is not searched."""


_ZIP = b"PK"


class Holder(Enum):
    """What holds a credential."""

    VALUE = "value"
    KEY = "key"
    """The key of a member."""
    NAME = "name"
    """The name of a file, or of a folder on the way to it."""
    FILE = "file"
    """A file that is no part of a resource."""


class Hiding(NamedTuple):
    """A place that holds a credential: the entry, a pointer into it or an offset in characters, and the sort."""

    entry: str
    sort: Sort
    holder: Holder = Holder.VALUE
    pointer: str = ""
    offset: int | None = None

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


def find_credentials(package: Package) -> Iterator[Hiding]:
    """Yield every place of a package that holds a credential: in its documents, its names, and its other files.

    A file that is no part of a resource is read again for it.
    """
    documents = [(MANIFEST, package.manifest.credentials)]
    documents += [(entry, inspection.credentials) for entry, inspection in package.inspections.items()]
    for entry, credentials in documents:
        for found in credentials:
            yield Hiding(entry, found.sort, Holder.KEY if found.at_key else Holder.VALUE, found.pointer)
    for name, held in package.archive.entries.items():
        yield from (Hiding(name, sort, Holder.NAME) for sort in _sorts_in_name(name))
        if package.understood and name != MANIFEST and kind_of(name) is None:
            yield from _in_file(held)


def _sorts_in_name(name: str) -> Iterator[Sort]:
    if mask_line(name) != name:
        spans = (span for step in name.split("/") for span in find_spans(unsafe_name(step)))
        yield from dict.fromkeys(span.sort for span in spans)


def _in_file(entry: Entry) -> Iterator[Hiding]:
    if entry.size > LARGEST_FILE:
        return
    try:
        content = entry.read()
    except UnreadableEntry:
        return
    try:
        text = content.decode()
    except UnicodeDecodeError:
        # A zip is opaque here: unlike in a field, there is nothing odd about one among files.
        sort = None if content.startswith(_ZIP) else sort_of_file(content)
        if sort is not None:
            yield Hiding(entry.name, sort, Holder.FILE, offset=0)
        return
    first: dict[Sort, int] = {}
    for span in find_spans(text) if is_suspicious(text) else ():
        first.setdefault(span.sort, span.start)
    yield from (Hiding(entry.name, sort, Holder.FILE, offset=offset) for sort, offset in first.items())


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
        if not found.at_key:
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
        yield steps, field is not None and field.marker(Named) is None, value
    elif text is not None and isinstance(value, str) and value:
        try:
            document = read_text(value)
        except InvalidDocument:
            return
        yield from _places(fields_inside(text), document, (*steps, INSIDE))
    else:
        yield from _places(fields_below(field, parent), value, steps)


__all__ = ["CredentialToEnter", "Hiding", "Holder", "credentials_of", "credentials_to_enter", "find_credentials"]
