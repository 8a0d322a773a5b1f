"""How messages show what documents and files have: values as JSON writes them, texts in one line, no credential."""

import json
from typing import Any

from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import MASK, mask_line, mask_text

_LONGEST = 60
"""How much of a value a message shows."""

_JSON_TYPES = {str: "a string", bool: "true or false", int: "an integer", float: "a number", list: "a list"}


def shown(value: Any, *, secret: bool = False) -> str:
    """Return what a message shows of a value: a container's type, the beginning of a text, nothing of a secret.

    It is as JSON writes it, a text in double quotes: what is in single ones is a name.
    """
    if secret and is_credential(value):
        return MASK
    if isinstance(value, (dict, list)):
        return f"({type_of(value)})"
    text = json.dumps(mask_text(value) if isinstance(value, str) else value, ensure_ascii=False)
    if len(text) <= _LONGEST:
        return text
    end = '…"' if isinstance(value, str) else "…"
    # The quotation mark at the end would belong to a backslash before it.
    return text[: _LONGEST - len(end)].rstrip("\\") + end


def type_of(value: Any) -> str:
    """Return the type of a value, in words."""
    if value is None:
        return "null"
    return next((words for known, words in _JSON_TYPES.items() if isinstance(value, known)), "an object")


def in_one_line(text: str) -> str:
    """Return a text in one line, without credentials, and with nothing that cannot be seen."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in mask_line(text))
