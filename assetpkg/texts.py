"""What may be said of a text from a package: every credential in it replaced, in whatever spelling it comes.

Whatever is told goes through `mask_line`: messages, places, addresses, the texts of exceptions and of `repr`.
"""

import re
from collections.abc import Mapping
from typing import Any

from assetpkg.credentials import find_spans, is_suspicious

MASK = "***"
"""What stands for a credential: no length, no first letter, no hash."""

_BREAKS = re.compile(r"[\s'\"(),;/]+")
_QUOTED = re.compile(r"(?<=')[^']+(?=')|(?<=\")[^\"]+(?=\")")
_WORD = re.compile(r"[^\s'\"(),;]+")
_ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SHORTEST_WORD = 14
"""How many characters a credential has at least that no sign such as `=` or `:` gives away."""


def mask_text(text: str) -> str:
    """Return the text with the credentials inside it replaced."""
    pieces, at = [], 0
    for span in find_spans(text):
        pieces += [text[at : span.start], MASK]
        at = span.end
    return "".join((*pieces, text[at:])) if pieces else text


def mask_line(text: str) -> str:
    """Return a sentence, a place or a name with the credentials in it replaced.

    A value is masked as a whole, in quotes within a sentence, as a word, and as a step of a pointer, an address or a
    path, where `/` is written `~1` or `%2F`.
    """
    if not _is_suspicious(text):
        return text
    masked = _QUOTED.sub(_mask_piece, mask_text(text))
    return _mask_steps(_WORD.sub(_mask_piece, masked))


def describe(record: Any) -> str:
    """Return what `repr` says of a named tuple or a dataclass, with the credentials in its texts replaced."""
    names = getattr(record, "_fields", None) or [
        name for name, field in record.__dataclass_fields__.items() if field.repr
    ]
    told = ", ".join(f"{name}={_told(getattr(record, name))!r}" for name in names)
    return f"{type(record).__name__}({told})"


def _told(value: Any) -> Any:
    if isinstance(value, str):
        return mask_line(value)
    if isinstance(value, Mapping):
        return {_told(key): _told(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return type(value)(_told(child) for child in value)
    return value


def _is_suspicious(text: str) -> bool:
    if len(text) < _SHORTEST_WORD and not any(sign in text for sign in "=:>"):
        return False
    # A word counts as a line here, since what is known by its form alone fills a line.
    return is_suspicious(text) or is_suspicious(_unescape(_BREAKS.sub("\n", text)))


def _mask_piece(match: "re.Match[str]") -> str:
    return _mask_steps(mask_text(match[0]))


def _mask_steps(path: str) -> str:
    return "/".join(_mask_step(step) for step in path.split("/"))


def _mask_step(step: str) -> str:
    masked = mask_text(step)
    plain = _unescape(masked)
    if plain == masked:
        return masked
    shown = mask_text(plain)
    if shown == plain:
        return masked
    return shown.replace("/", "%2F") if _ESCAPE.search(masked) else shown.replace("~", "~0").replace("/", "~1")


def _unescape(text: str) -> str:
    if "~" in text:
        text = text.replace("~1", "/").replace("~0", "~")
    return _ESCAPE.sub(_decoded, text) if "%" in text else text


def _decoded(match: "re.Match[str]") -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")
