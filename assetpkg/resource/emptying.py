"""A document as an import or a person would have it without its credentials: nothing is where one was.

What is shown has a mask there; what is written for an import has none, since that would become the credential.
"""

from functools import lru_cache
from typing import Any

from assetpkg import documents
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import empty_text
from assetpkg.credentials.stand_ins import empty_stand_ins, stand_in_of
from assetpkg.documents import InvalidDocument
from assetpkg.kinds.kind import Field
from assetpkg.resource.masking import has_embedded_credential
from assetpkg.resource.variants import is_declared_secret
from assetpkg.resource.walk import NO_FIELDS, Fields, fields_below, is_secret, open_text


def empty(fields: Fields, value: Any, *, stand_ins: bool = False) -> Any:
    """Return a value without credentials: members that are one are gone, and texts have nothing where one was.

    With `stand_ins`, so are masks and placeholders that are in the place of one.
    """
    if isinstance(value, dict):
        return {
            key: empty_member(fields.get(key), key, child, value, stand_ins=stand_ins)
            for key, child in value.items()
            if not _is_gone(fields.get(key), key, value, stand_ins=stand_ins)
        }
    if isinstance(value, list):
        return [empty(fields, child, stand_ins=stand_ins) for child in value]
    return _text(value, stand_ins=stand_ins) if isinstance(value, str) else value


def empty_member(field: Field | None, key: str, value: Any, parent: dict[str, Any], *, stand_ins: bool = False) -> Any:
    """Return the member `key` of the object `parent`, which is no credential itself, without those inside it."""
    if is_secret(field, key, parent):
        return empty(NO_FIELDS, value, stand_ins=stand_ins)
    try:
        opened = open_text(field, value)
    except InvalidDocument as error:
        # What was not even looked at may be full of credentials.
        return "" if error.faults[0].slug in documents.LIMIT_SLUGS else _text(value, stand_ins=stand_ins)
    if opened is None:
        return empty(fields_below(field, parent), value, stand_ins=stand_ins)
    emptied = empty(*opened, stand_ins=stand_ins)
    return value if emptied == opened[1] else documents.dump(emptied).decode().rstrip()


def _is_gone(field: Field | None, key: str, parent: dict[str, Any], *, stand_ins: bool) -> bool:
    if is_secret(field, key, parent):
        value = parent[key]
        stands = stand_ins and stand_in_of(value, variables=is_declared_secret(field)) is not None
        return stands or is_credential(value)
    # A class declares its keys, so that none of them holds a credential.
    return (field is None or field.foreign) and _holds_credential(key)


# An object without a class has the same few keys as others, again and again.
@lru_cache(maxsize=4096)
def _holds_credential(key: str) -> bool:
    return has_embedded_credential(key)


def _text(text: str, *, stand_ins: bool) -> str:
    emptied = empty_text(text)
    return empty_stand_ins(emptied) if stand_ins else emptied
