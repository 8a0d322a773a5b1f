"""What is printed of a document: the same structure with every credential replaced, never a part of one."""

from collections.abc import Sequence
from typing import Any

from assetpkg import documents
from assetpkg.credentials import find_spans, is_credential
from assetpkg.credentials.masking import MASK, mask_text
from assetpkg.diagnostics.model import Fault
from assetpkg.kinds.kind import Field
from assetpkg.resource.walk import NO_FIELDS, Fields, Step, fields_below, follow, is_secret, open_text


def has_embedded_credential(text: str) -> bool:
    """Say whether a text holds credentials, as a URL or a connection string does, or by their form."""
    return bool(find_spans(text))


def mask(fields: Fields, value: Any) -> Any:
    """Return a copy of a document in which no credential is left, neither in a value nor in a key."""
    if isinstance(value, dict):
        masked: dict[str, Any] = {}
        for key, child in value.items():
            masked[_free_key(mask_text(key), masked)] = mask_member(fields.get(key), key, child, value)
        return masked
    if isinstance(value, list):
        return [mask(fields, child) for child in value]
    return mask_text(value) if isinstance(value, str) else value


def mask_member(field: Field | None, key: str, value: Any, parent: dict[str, Any]) -> Any:
    """Return what may be shown of the member `key` of the object `parent`."""
    if is_secret(field, key, parent):
        return MASK if is_credential(value) else mask(NO_FIELDS, value)
    try:
        opened = open_text(field, value)
    except documents.InvalidDocument as error:
        # What was not even looked at may be full of credentials.
        return MASK if error.faults[0].slug in documents.LIMIT_SLUGS else mask_text(value)
    if opened is None:
        return mask(fields_below(field, parent), value)
    masked = mask(*opened)
    return value if masked == opened[1] else documents.dump(masked).decode().rstrip()


def _free_key(key: str, taken: dict[str, Any]) -> str:
    """Return `key`, with a number after it where another key was masked to the same."""
    free, number = key, len(taken)
    while free in taken:
        number += 1
        free = f"{key}#{number}"
    return free


def hide_below_secrets(fields: Fields, fault: Fault) -> Fault:
    """Return a fault of a document with these fields as it may be reported: nothing below a secret, not even a key."""
    steps = documents.split_pointer(fault.pointer)
    depth = steps_to_secret(fields, steps)
    if depth is None or depth == len(steps):
        return fault
    what = "has a key twice" if fault.slug == "duplicate-key" else "is not strict JSON"
    return fault._replace(message=f"the content here {what}", pointer=documents.join_pointer(steps[:depth]))


def steps_to_secret(fields: Fields, steps: Sequence[Step]) -> int | None:
    """Return how many steps lead to the first secret on the way, `None` without one; what may be one counts."""
    return next((len(node.steps) for node in follow(fields, None, steps) if node.secret), None)
