"""What is printed of a document: the same structure with every credential replaced, never a part of one."""

from typing import Any

from assetpkg import documents
from assetpkg.credentials import find_spans, is_credential
from assetpkg.embedded import fields_inside, read_text
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import JsonText
from assetpkg.kinds.nodes import Fields, fields_below, is_secret

MASK = "***"
"""What stands for a credential: no length, no first letter, no hash."""


def has_embedded_credential(text: str) -> bool:
    """Say whether a text holds credentials, as a URL or a connection string does, or by their form."""
    return bool(find_spans(text))


def mask_text(text: str) -> str:
    """Return the text with the credentials inside it replaced."""
    pieces, at = [], 0
    for span in find_spans(text):
        pieces += [text[at : span.start], MASK]
        at = span.end
    return "".join((*pieces, text[at:])) if pieces else text


def mask(fields: Fields, value: Any) -> Any:
    """Return a copy of a document in which no credential is left."""
    if isinstance(value, dict):
        return {key: mask_member(fields.get(key), key, child, value) for key, child in value.items()}
    if isinstance(value, list):
        return [mask(fields, child) for child in value]
    return mask_text(value) if isinstance(value, str) else value


def mask_member(field: Field | None, key: str, value: Any, parent: dict[str, Any]) -> Any:
    """Return what may be shown of the member `key` of the object `parent`."""
    if is_secret(field, key, parent):
        return MASK if is_credential(value) else value
    marker = field.marker(JsonText) if field is not None else None
    if marker is not None and isinstance(value, str):
        return _mask_json(marker, value)
    return mask(fields_below(field, parent), value)


def _mask_json(marker: JsonText, text: str) -> Any:
    try:
        document = read_text(text)
    except documents.InvalidDocument as error:
        # What was not even looked at may be full of credentials.
        return MASK if error.faults[0].slug in documents.LIMIT_SLUGS else mask_text(text)
    masked = mask(fields_inside(marker), document)
    return text if masked == document else documents.dump(masked).decode().rstrip()


__all__ = ["MASK", "has_embedded_credential", "is_credential", "mask", "mask_member", "mask_text"]
