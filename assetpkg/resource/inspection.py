"""One resource file read once: what the index keeps of it, and everything that is wrong with it alone."""

import hashlib
from functools import cache
from itertools import chain
from sys import intern
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials.masking import describe
from assetpkg.diagnostics.model import Fault, Place, bound
from assetpkg.documents import InvalidDocument, has_many_values, join_pointer
from assetpkg.kinds.kind import Kind, fields_of, id_field, name_field, name_fields
from assetpkg.kinds.markers import Name
from assetpkg.kinds.notes import Noted
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.notable import walk_notable
from assetpkg.resource.references import Credential, Mentions, Reference, Unfilled, word_of
from assetpkg.resource.texts import may_have_signs
from assetpkg.resource.validation import find_faults, has_types_of
from assetpkg.resource.walk import Node

MANY = 20_000
"""Of how many values on a document is walked anew at each look, and held against its class briefly."""


class Note(NamedTuple):
    """A value that rules look at together with other resources or with the target: what its marker took of it."""

    marker: Noted
    values: tuple[Any, ...]
    pointer: str

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)


class Inspection(NamedTuple):
    """What the index keeps of one resource; `name` is empty where there is none.

    It is all of the document `entry`, or what is at `pointer` in that; its own pointers begin there.
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
    unfilled: tuple[Unfilled, ...] = ()
    notes: tuple[Note, ...] = ()
    faults: tuple[Fault, ...] = ()
    pointer: str = ""

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)

    @property
    def place(self) -> Place:
        """The entry, and where in its document the resource is."""
        return Place(self.entry, self.pointer)

    @property
    def readable(self) -> bool:
        """Whether the file holds a JSON object with a name."""
        return bool(self.name)


def inspect(  # noqa: PLR0913 - where it is, and what is asked of it
    kind: type[Kind],
    entry: str,
    content: bytes,
    limits: Limits = DEFAULT_LIMITS,
    *,
    pointer: str = "",
    faults_wanted: bool = True,
) -> Inspection:
    """Read one resource of `kind`, which is at `pointer` in `entry`; bad content becomes faults, and raises nothing.

    Where no `faults_wanted`, a readable document has none.
    """
    seen: dict[str, Any] = {
        "kind": kind.kind,
        "entry": entry,
        "pointer": pointer,
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
    }
    try:
        document = documents.parse(content, limits)
    except InvalidDocument as error:
        fields = fields_of(kind)
        return Inspection(**seen, faults=tuple(hide_below_secrets(fields, fault) for fault in error.faults))
    if not isinstance(document, dict):
        fault = Fault(slug="wrong-type", message="the document is not an object", hint="write one resource, { … }")
        return Inspection(**seen, faults=(fault,))
    is_sound = has_types_of(kind, document)
    found, mentions, known = _take_down(kind, content, document, seen, limits, is_sound=is_sound)
    if found.readable and not faults_wanted:
        return found
    refused = find_faults(kind, document, known, briefly=known is None, is_sound=is_sound)
    faults = bound(chain(refused, mentions.faults, mentions.placeholders()))
    return found._replace(faults=faults) if faults else found


def _take_down(  # noqa: PLR0913 - the document in all its forms
    kind: type[Kind],
    content: bytes,
    document: dict[str, Any],
    seen: dict[str, Any],
    limits: Limits,
    *,
    is_sound: bool,
) -> tuple[Inspection, Mentions, list[Node] | None]:
    """Take down what the index keeps of a `document`; `seen` are the facts about the `content` that it came from.

    Return it with what has been noted, and the notable nodes, if they are few enough to be kept.
    """
    mentions = Mentions(limits, searched=may_have_signs(content, document))
    fields, keys = fields_of(kind), _keys_of(kind)
    known: list[Node] | None = None if has_many_values(content, MANY) else []
    mentions.take(fields, document, notable=known, is_sound=is_sound)
    found = Inspection(
        **seen,
        name=_join([part for name in keys.names if (part := _name_part(document.get(name)))]),
        id=word_of(document.get(keys.id)) if keys.id else None,
        scope=_text(document, keys.scope) if keys.scope else None,
        keys=tuple([_key(document, unique) for unique in keys.unique]),
        references=tuple(mentions.references),
        credentials=tuple(mentions.all_credentials()),
        unfilled=tuple(mentions.all_unfilled()),
        notes=tuple(
            [
                Note(marker, values, join_pointer(node.steps))
                for node in (walk_notable(fields, document) if known is None else known)
                if node.field is not None
                for marker in node.field.noted
                if isinstance(marker, Noted) and (values := marker.take(node.value, node.parent)) is not None
            ]
        ),
    )
    return found, mentions, known


class _Keys(NamedTuple):
    """The fields of a kind that say which resource a document is; each of the `unique` ones with its default."""

    names: tuple[str, ...]
    id: str | None
    scope: str | None
    unique: tuple[tuple[tuple[str, Any], ...], ...]


@cache
def _keys_of(kind: type[Kind]) -> _Keys:
    known_id, declared = id_field(kind), fields_of(kind)
    return _Keys(
        names=tuple(field.name for field in name_fields(kind)),
        id=known_id.name if known_id else None,
        scope=scope_field(kind),
        unique=tuple(tuple((name, declared[name].default) for name in unique.fields) for unique in kind.unique),
    )


def scope_field(kind: type[Kind]) -> str | None:
    """Return the field that names the parent of a resource of `kind`, if its name is not unique by itself."""
    marker = name_field(kind).marker(Name)
    return marker.scope if marker else None


def _join(parts: list[str]) -> str:
    """Return a name of several parts; of one it is the very text, which the keys have as well."""
    return parts[0] if len(parts) == 1 else " ".join(parts)


def _name_part(value: Any) -> str:
    """Return what a field adds to a name: its text, or the texts of its list in an order that means nothing."""
    if isinstance(value, list):
        return "+".join(sorted(item for item in value if isinstance(item, str)))
    return value if isinstance(value, str) else ""


def _text(document: dict[str, Any], field: str) -> str | None:
    value = document.get(field)
    return intern(value) if isinstance(value, str) and value else None


def _key(document: dict[str, Any], unique: tuple[tuple[str, Any], ...]) -> tuple[str, ...] | None:
    values = []
    for field, default in unique:
        value = document.get(field, default)
        value = default if value is None else value
        if not isinstance(value, str) or not value:
            return None
        values.append(value)
    return tuple(values)
