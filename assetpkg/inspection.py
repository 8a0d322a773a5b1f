"""One resource file read once: what the index keeps of it, and everything that is wrong with it alone."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.diagnostics import Fault
from assetpkg.documents import InvalidDocument, join_pointer
from assetpkg.kinds.kind import Kind, fields_of, id_field, name_field
from assetpkg.kinds.markers import JsonText, Name, Ref
from assetpkg.kinds.nodes import Node, nodes_of
from assetpkg.masking import has_embedded_credential, is_credential
from assetpkg.validation import find_faults


class Reference(NamedTuple):
    """A use of another resource: its kind, the value that names it, by which of its fields, and where it stands."""

    kind: str
    by: tuple[str, ...]
    value: str
    pointer: str


class Credential(NamedTuple):
    """A place that holds a credential: the whole value, or hidden inside an address or a connection string."""

    pointer: str
    embedded: bool


class Inspection(NamedTuple):
    """What the index keeps of one resource file; `name` is empty where there is none.

    `keys` has, for each of the kind's unique combinations, the values in this document, or `None` where one
    of them is absent. `scope` is the value of the field that names the parent.
    """

    kind: str
    entry: str
    size: int
    digest: str
    name: str = ""
    id: str | None = None
    scope: str | None = None
    keys: tuple[tuple[str, ...] | None, ...] = ()
    references: tuple[Reference, ...] = ()
    credentials: tuple[Credential, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the file holds a JSON object with a name."""
        return bool(self.name)


def inspect(kind: type[Kind], entry: str, content: bytes) -> Inspection:
    """Read one resource of `kind`; never raises for bad content, which becomes faults."""
    seen: dict[str, Any] = {
        "kind": kind.kind,
        "entry": entry,
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
    }
    try:
        document = documents.parse(content)
    except InvalidDocument as error:
        return Inspection(**seen, faults=error.faults)
    if not isinstance(document, dict):
        fault = Fault(slug="wrong-type", message="the document is no object", hint="write one resource, { … }")
        return Inspection(**seen, faults=(fault,))
    return _take_down(kind, document, seen)


def _take_down(kind: type[Kind], document: dict[str, Any], seen: dict[str, Any]) -> Inspection:
    """Take down what the index keeps of a `document`; `seen` are the facts about the bytes that it came from."""
    references: list[Reference] = []
    credentials: list[Credential] = []
    nodes = nodes_of(fields_of(kind), document)
    for node in nodes:
        if node.field is not None and node.field.marker(Ref) is not None:
            references.extend(_references(node))
        if node.secret or _may_embed(node.value):
            credentials.extend(_credentials(node))
    known_id = id_field(kind)
    return Inspection(
        **seen,
        name=_text(document, name_field(kind).name) or "",
        id=_text(document, known_id.name) if known_id else None,
        scope=_scope(kind, document),
        keys=tuple(_key(kind, document, unique.fields) for unique in kind.unique),
        references=tuple(references),
        credentials=tuple(credentials),
        faults=tuple(find_faults(kind, document, nodes)),
    )


def scope_field(kind: type[Kind]) -> str | None:
    """Return the field that names the parent of a resource of `kind`, if its name is not unique by itself."""
    marker = name_field(kind).marker(Name)
    return marker.scope if marker else None


def _scope(kind: type[Kind], document: dict[str, Any]) -> str | None:
    field = scope_field(kind)
    return _text(document, field) if field else None


def _text(document: dict[str, Any], field: str) -> str | None:
    value = document.get(field)
    return value if isinstance(value, str) and value else None


def _key(kind: type[Kind], document: dict[str, Any], fields: tuple[str, ...]) -> tuple[str, ...] | None:
    declared = fields_of(kind)
    values = []
    for field in fields:
        value = document.get(field)
        values.append(declared[field].default if value is None else value)
    return tuple(values) if all(isinstance(value, str) and value for value in values) else None


def _references(node: Node) -> Iterator[Reference]:
    marker = node.field.marker(Ref) if node.field else None
    if marker is None:
        return
    values = node.value if isinstance(node.value, list) else [node.value]
    for index, value in enumerate(values):
        if isinstance(value, str) and value and value not in marker.unless:
            steps = (*node.steps, index) if isinstance(node.value, list) else node.steps
            yield Reference(marker.kind, marker.by, value, join_pointer(steps))


def _may_embed(value: Any) -> bool:
    """Say whether a value is worth looking into; most texts hold neither of the two signs."""
    return ("=" in value or "@" in value) if isinstance(value, str) else isinstance(value, list)


def _credentials(node: Node) -> Iterator[Credential]:
    if node.secret:
        if is_credential(node.value):
            yield Credential(join_pointer(node.steps), embedded=False)
    elif isinstance(node.value, str) and not (node.field and node.field.marker(JsonText)):
        if has_embedded_credential(node.value):
            yield Credential(join_pointer(node.steps), embedded=True)
    elif isinstance(node.value, list):
        for index, value in enumerate(node.value):
            if isinstance(value, str) and has_embedded_credential(value):
                yield Credential(join_pointer((*node.steps, index)), embedded=True)
