"""The document of a resource after an import: what the package brings, and what an import leaves to the target.

An update replaces exactly what a plan compares, fields that no class declares among it: those that the package does
not have are gone, as they are after any other PUT. What a plan does not compare stays as it is on the target.
"""

from collections.abc import Container, Mapping
from typing import Any

from assetpkg import documents
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import mask_text
from assetpkg.credentials.stand_ins import stand_in_of
from assetpkg.documents import InvalidDocument
from assetpkg.kinds.kind import Field, Kind, fields_of, name_fields
from assetpkg.kinds.markers import ByHand, Computed, JsonText, Ref
from assetpkg.resource.diff import is_equal, pair_items
from assetpkg.resource.emptying import empty, empty_member
from assetpkg.resource.masking import has_embedded_credential
from assetpkg.resource.walk import Fields, fields_below, fields_inside, is_secret, read_text

Document = dict[str, Any]


def created(kind: type[Kind], document: Mapping[str, Any], *, stand_ins: bool = True) -> Document:
    """Return what an import makes of a document where nothing was.

    What the server makes, what no import carries, and credentials are not in it: nobody knows them yet. Without
    `stand_ins`, what is in the place of a credential is not in it either.
    """
    fields = fields_of(kind)
    brought = _brought(fields, empty(fields, document, stand_ins=not stand_ins))
    for name in (field.name for field in name_fields(kind)):
        # A name that is nothing but a credential is still one: without any, the resource would not be there.
        if isinstance(document.get(name), str) and not str(brought.get(name, "")).strip():
            brought[name] = mask_text(document[name])
    return {key: value for key, value in brought.items() if key != "$schema"}


def updated(kind: type[Kind], before: Mapping[str, Any], after: Mapping[str, Any], changed: Container[str]) -> Document:
    """Return `before` with the members `changed` of `after`; its id, name and what the server makes stay.

    A credential that both have, and not the same, is left out: which of them holds afterwards is not documented. So is
    one for which the other has a mask or a placeholder, and one inside a text that is new.
    """
    return _merged(fields_of(kind), before, after, changed)


def _brought(fields: Fields, value: Any) -> Any:
    """Return a value without what the server makes and what no import carries."""
    if isinstance(value, list):
        return [_brought(fields, child) for child in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _brought(fields_below(fields.get(key), value), child)
        for key, child in value.items()
        if not _is_left_out(fields.get(key))
    }


def _is_left_out(field: Field | None) -> bool:
    return field is not None and (field.marker(Computed) is not None or field.marker(ByHand) is not None)


def _merged(
    fields: Fields, before: Mapping[str, Any], after: Mapping[str, Any], changed: Container[str] | None = None
) -> Document:
    """Merge two objects, or the members `changed` of them."""
    merged: Document = {}
    for key in (*before, *(key for key in after if key not in before)):
        field = fields.get(key)
        if _is_left_out(field) or (changed is not None and key not in changed):
            if key in before and not _is_stale(fields, key, before, after, changed):
                merged[key] = before[key]
        elif is_secret(field, key, before) or is_secret(field, key, after):
            _take_secret(merged, key, before, after)
        elif key in before and key in after:
            merged[key] = _value(field, key, before, after)
        elif key in after and not has_embedded_credential(key):
            merged[key] = _new(field, key, after)
    return merged


def _is_stale(
    fields: Fields, key: str, before: Mapping[str, Any], after: Mapping[str, Any], changed: Container[str] | None
) -> bool:
    """Say whether `key` is a copy of the name of what is referred to no longer."""
    field, beside = fields.get(key), f"{key.removesuffix('_name')}_id"
    if field is None or field.marker(Computed) is None or beside == f"{key}_id" or beside not in fields:
        return False
    replaced = changed is None or beside in changed
    return replaced and fields[beside].marker(Ref) is not None and after.get(beside) != before.get(beside)


def _take_secret(merged: Document, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    old, new = before.get(key), after.get(key)
    if is_credential(old) and (is_credential(new) or stand_in_of(new)) and not is_equal(old, new):
        return
    if key in before:
        merged[key] = old
    elif not is_credential(new):
        merged[key] = new


def _value(field: Field | None, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:
    old, new = before[key], after[key]
    below = fields_below(field, after)
    text = field.marker(JsonText) if field else None
    if isinstance(old, dict) and isinstance(new, dict):
        return _merged(below, old, new)
    if isinstance(old, list) and isinstance(new, list):
        return _items(field, below, old, new)
    if isinstance(old, str) and old == new:
        return old  # with a credential in it, it is the target's own
    if text is not None and isinstance(old, str) and isinstance(new, str):
        merged = _text(fields_inside(text), old, new)
        if merged is not None:
            return merged
    return _new(field, key, after)


def _new(field: Field | None, key: str, parent: Mapping[str, Any]) -> Any:
    """Return what an import makes of the member `key` of `parent` where nothing, or something else, was."""
    return _brought(fields_below(field, parent), empty_member(field, key, parent[key], dict(parent)))


def _items(field: Field | None, below: Fields, old: list[Any], new: list[Any]) -> list[Any]:
    pairs = pair_items(field, below, old, new)
    return [_item(below, one, other) for index, one, other in pairs if index is not None]


def _item(below: Fields, old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return _merged(below, old, new)
    return new if isinstance(new, str) and old == new else _brought(below, empty(below, new))


def _text(fields: Fields, old: str, new: str) -> str | None:
    """Return the text after, with what the server made inside the one before; verbatim where there is nothing such.

    `None` where not both hold an object.
    """
    try:
        before, after = read_text(old), read_text(new)
    except InvalidDocument:
        return None
    if not isinstance(before, dict) or not isinstance(after, dict):
        return None
    merged = _merged(fields, before, after)
    return new if is_equal(merged, after) else documents.dump(merged).decode().rstrip()
