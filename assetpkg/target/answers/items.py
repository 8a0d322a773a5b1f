"""An item of an answer made a document: without nulls, under its own names, without credentials and masks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import mask_text
from assetpkg.documents import InvalidDocument, split_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, Kind, fields_of, id_field, name_fields
from assetpkg.kinds.markers import Computed, Secret
from assetpkg.kinds.operations import Operation
from assetpkg.kinds.operations.operation import PYTHON_NAMES, Renamed
from assetpkg.resource.inspection import scope_field
from assetpkg.resource.masking import mask_member
from assetpkg.resource.references import Mentions, word_of
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below, is_secret, open_text

MASK = "***"
"""What is in place of a value that is not told."""
_MASKED = re.compile(r"[*•]{3,}")


class Item(NamedTuple):
    """A document from an answer; `hidden` are its fields whose value is not known, `dropped` how many credentials."""

    document: dict[str, Any]
    hidden: frozenset[str]
    dropped: int


def take_item(raw: Mapping[str, Any], fields: Fields, secret: tuple[str, ...] = (), renamed: Renamed = ()) -> Item:
    """Return the document of an item, whose class has these fields.

    A field with a mask in place of a value is not known, and neither is one in which there is a credential among other
    things. A number in place of one of the words that a field may have says nothing: what it means is not published.
    """
    names = {**PYTHON_NAMES, **dict(renamed)}
    document = {names.get(key, key): _without_nulls(value) for key, value in raw.items() if value is not None}
    hidden, dropped = set(), 0
    suspects = _suspects(fields, document)
    secret = tuple(names.get(name, name) for name in secret)
    for key, value in list(document.items()):
        known = fields.get(key)
        if key in secret:
            dropped += is_credential(value)
            hidden.add(key)
        elif known is not None and known.choices and isinstance(value, int):
            hidden.add(key)
        elif key not in suspects:
            continue
        elif mask_text(key) != key:
            dropped += 1  # nor can it be said which field is not known
        else:
            cleaner = _Cleaner()
            kept = cleaner.clean(known, key, value, document)
            dropped += cleaner.dropped
            if kept is _GONE or cleaner.spoilt:
                if known is None or known.marker(Secret) is None or cleaner.spoilt:
                    hidden.add(key)
            else:
                document[key] = kept
                continue
        del document[key]
    return Item(document, frozenset(hidden), dropped)


def _suspects(fields: Fields, document: Mapping[str, Any]) -> frozenset[str]:
    """Return the members of a document in which there is a credential, or a mask."""
    mentions = Mentions()
    mentions.take(fields, document)
    found = {split_pointer(each.pointer)[0] for each in mentions.all_credentials()}
    found.update(split_pointer(each.pointer)[0] for each in mentions.all_unfilled())
    found.update(split_pointer(fault.pointer)[0] for fault in mentions.faults if fault.pointer)
    return frozenset(found).union(key for key, value in document.items() if _has_mask(value))


_GONE = object()


class _Cleaner:
    """What takes credentials out of the value of a field, and says whether the rest of it is still what it was."""

    def __init__(self) -> None:
        self.dropped, self.spoilt = 0, False

    def clean(self, field: Field | None, key: str, value: Any, parent: dict[str, Any]) -> Any:
        """Return a value without credentials; those that are a member of their own are gone."""
        if isinstance(value, str) and _MASKED.fullmatch(value):
            self.spoilt |= not is_secret(field, key, parent)
            return _GONE
        if is_secret(field, key, parent):
            if not is_credential(value):
                return value
            self.dropped += 1
            return _GONE
        if mask_member(field, key, value, parent) == value and not _has_mask(value):
            return value
        if isinstance(value, (dict, list)):
            return self._below(fields_below(field, parent), value)
        return self._opened(field, value)

    def _below(self, fields: Fields, value: Any) -> Any:
        if isinstance(value, list):
            return [self._below(fields, one) for one in value]
        return self._object(fields, value) if isinstance(value, dict) else self._text(value)

    def _object(self, fields: Fields, value: dict[str, Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        for key, one in value.items():
            kept = self.clean(fields.get(key), key, one, value)
            if mask_text(key) != key:
                self.dropped += 1
                self.spoilt = True
            elif kept is not _GONE:
                cleaned[key] = kept
        return cleaned

    def _text(self, value: Any) -> Any:
        if mask_member(None, "", value, {"": value}) != value or _has_mask(value):
            self.dropped += 1
            self.spoilt = True
        return value

    def _opened(self, field: Field | None, value: Any) -> Any:
        """Return a text that holds a document, without the credentials in that."""
        try:
            opened = open_text(field, value)
        except InvalidDocument:
            opened = None
        if opened is None or not isinstance(opened[1], dict):
            self.dropped += 1
            self.spoilt = True
            return value
        return documents.dump(self._object(opened[0], opened[1])).decode().rstrip()


def _has_mask(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_mask, value.values()))
    if isinstance(value, list):
        return any(map(_has_mask, value))
    return isinstance(value, str) and _MASKED.fullmatch(value) is not None


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {PYTHON_NAMES.get(key, key): _without_nulls(one) for key, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value


def fields_at(subject: str) -> Fields:
    """Return the fields of a kind, or of a part of one (`product.services.commands`)."""
    kind, *steps = subject.split(".")
    fields: Fields = fields_of(KINDS[kind]) if kind in KINDS else NO_FIELDS
    for step in steps:
        known = fields.get(step)
        fields = known.parts if known is not None else NO_FIELDS
    return fields


def key_of(kind: type[Kind], document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a resource is the same by: its id, or else its names, and what they are unique in."""
    known_id = id_field(kind)
    found = word_of(document.get(known_id.name)) if known_id else None
    if found is not None:
        return ("id", found)
    scope = scope_field(kind)
    return ("name", *(str(document.get(field.name)) for field in name_fields(kind)), str(document.get(scope or "")))


def name_of(kind: type[Kind], document: Mapping[str, Any]) -> str:
    """Return the name of a document for a message."""
    return " ".join(str(document.get(field.name, "?")) for field in name_fields(kind))


def answered_by(operation: Operation, kind: str) -> frozenset[str]:
    """Return the fields of a kind's document that an operation answers, if the resource has them."""
    if operation.chosen:
        return frozenset(KINDS[kind].only_in_detail)
    names = dict(operation.renamed)
    inside = {own for each in operation.inside if each.kind == kind for _, own in (*each.renamed, *each.taken)}
    lists = {own for _, own in operation.gathered}
    return frozenset(names.get(name, name) for name in operation.fields) | inside | lists


def compared_fields(kind: type[Kind]) -> Iterator[str]:
    """Yield the fields of a kind by which it is compared: not its names, its id and what the server makes."""
    named = {field.name for field in (*name_fields(kind), *filter(None, [id_field(kind)]))}
    for name, known in fields_of(kind).items():
        if name not in named and known.marker(Computed) is None and known.marker(Secret) is None:
            yield name
