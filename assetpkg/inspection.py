"""One resource file read once: what the index keeps of it, and everything that is wrong with it alone."""

import hashlib
from dataclasses import dataclass
from typing import Any

from assetpkg import documents
from assetpkg.diagnostics import Fault
from assetpkg.documents import InvalidDocument
from assetpkg.kinds.kind import Kind, fields_of, id_field, name_field
from assetpkg.kinds.markers import Name
from assetpkg.kinds.nodes import iterate_nodes
from assetpkg.notes import Credential, Notes, Reference
from assetpkg.validation import find_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
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
    notes = Notes()
    nodes = tuple(iterate_nodes(fields_of(kind), document))
    notes.take(nodes)
    known_id = id_field(kind)
    return Inspection(
        **seen,
        name=_text(document, name_field(kind).name) or "",
        id=_text(document, known_id.name) if known_id else None,
        scope=_scope(kind, document),
        keys=tuple(_key(kind, document, unique.fields) for unique in kind.unique),
        references=tuple(notes.references),
        credentials=tuple(notes.all_credentials()),
        faults=(*find_faults(kind, document, nodes), *notes.faults),
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


__all__ = ["Credential", "Inspection", "Reference", "inspect", "scope_field"]
