"""What is printed of a document: the same structure with every credential replaced, never a part of one."""

import re
from typing import Any

from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import JsonText, Secret
from assetpkg.kinds.nodes import NO_FIELDS, Fields, fields_below, is_secret_word

MASK = "***"
"""What stands for a credential: no length, no first letter, no hash."""

_PLACEHOLDER = r"\*+|\$\{[^}]*\}|<[^>]*>|#[^#]*#|"
# Not compiled here, since few texts are looked into so closely.
# People write `/` and `@` into passwords as they are; what looks like a port is none.
_IN_ADDRESS = r"(?P<before>://[^/?#\s:@]*:)(?!\d{1,5}(?:[/?#,;\s]|$))(?:(?!://)\S)*(?P<after>@)"
_IN_ORACLE_ADDRESS = r"(?i)(?P<before>:(?:thin|oci8?):[^/@\s]{0,128}/)\S{0,512}(?P<after>@)"
_PARAMETER = (
    r"(?i)(?P<before>(?:password|passwd|pwd|secret|token|access_?key|api_?key|authorization|sig(?:nature)?)\s*=\s*"
)
_QUOTED = _PARAMETER + r"\\?\")[^\"]*(?P<after>\"|$)"
_SINGLE_QUOTED = _PARAMETER + r"\\?')[^']*(?P<after>'|$)"
_IN_BRACES = _PARAMETER + r"\{)[^}]*(?P<after>\}|$)"
_BARE = _PARAMETER + r"(?:(?:basic|bearer)\s+)?)(?!\\?[\"']|\{)[^&;\s\"']+(?:[\"'][^&;\s\"',}\]]+)*"
_EMBEDDED = (_IN_ADDRESS, _IN_ORACLE_ADDRESS, _QUOTED, _SINGLE_QUOTED, _IN_BRACES, _BARE)


def is_credential(value: Any) -> bool:
    """Say whether a secret field's value gives something away: neither empty, nor a placeholder, nor yes or no."""
    if value is None or isinstance(value, bool) or (not value and isinstance(value, (list, dict))):
        return False
    return not (isinstance(value, str) and re.fullmatch(_PLACEHOLDER, value.strip()))


def has_embedded_credential(text: str) -> bool:
    """Say whether a text holds credentials as a URL or a connection string does (`//user:…@`, `password=…`)."""
    return ("=" in text or "@" in text) and mask_text(text) != text


def mask_text(text: str) -> str:
    """Return the text with the credentials inside URLs and connection strings replaced."""
    for pattern in _EMBEDDED:
        text = re.sub(pattern, _mask_match, text)
    return text


def mask(fields: Fields, value: Any) -> Any:
    """Return a copy of a document in which no credential is left."""
    if isinstance(value, dict):
        return {key: mask_member(fields.get(key), key, child, value) for key, child in value.items()}
    if isinstance(value, list):
        return [mask(fields, child) for child in value]
    return mask_text(value) if isinstance(value, str) else value


def mask_member(field: Field | None, key: str, value: Any, parent: dict[str, Any]) -> Any:
    """Return what may be shown of the member `key` of the object `parent`."""
    secret = is_secret_word(key) if field is None else field.marker(Secret) is not None
    if secret:
        return MASK if is_credential(value) else value
    if field is not None and field.marker(JsonText) and isinstance(value, str):
        return _mask_json(value)
    return mask(fields_below(field, parent), value)


def _mask_json(text: str) -> Any:
    from assetpkg import documents

    try:
        document = documents.parse(text.encode("utf-8", "replace"))
    except documents.InvalidDocument:
        return mask_text(text)
    masked = mask(NO_FIELDS, document)
    return text if masked == document else documents.dump(masked).decode().rstrip()


def _mask_match(match: "re.Match[str]") -> str:
    groups = match.groupdict()
    return f"{groups['before']}{MASK}{groups.get('after') or ''}" if not _keeps(match) else match.group()


def _keeps(match: "re.Match[str]") -> bool:
    before, after = match.group("before"), match.groupdict().get("after") or ""
    hidden = match.group()[len(before) : len(match.group()) - len(after)]
    return not is_credential(hidden)
