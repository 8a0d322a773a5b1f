"""Documents whose numbers stay as they are spelled: `1.0` is not `1`, `1e5` has no zeros, and no digit is lost."""

import json
from json.encoder import encode_basestring
from typing import Any

_INDENT = "  "


class Spelled:
    """A number as it is written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Take the text."""
        self.text = text


_DECODER = json.JSONDecoder(parse_int=Spelled, parse_float=Spelled)
_WORDS = {None: "null", True: "true", False: "false"}


def spell(text: str) -> Any:
    """Return the document in a text that has been read strictly, its numbers as they are spelled."""
    return _DECODER.decode(text)


def dump_spelled(document: Any, line: str = "\n") -> str:
    """Write such a document as `dump` writes all of them, but for the line feed at the end.

    `line` is what each of its lines begins with, where it is a part of another document.
    """
    pieces: list[str] = []
    _write(document, line, pieces)
    return "".join(pieces)


def dump_in_one_line(document: Any, comma: str = ", ", colon: str = ": ") -> str:
    """Write such a document in one line, with these signs between its values."""
    if isinstance(document, dict):
        members = (
            f"{encode_basestring(key)}{colon}{dump_in_one_line(child, comma, colon)}" for key, child in document.items()
        )
        return f"{{{comma.join(members)}}}"
    if isinstance(document, list):
        return f"[{comma.join(dump_in_one_line(child, comma, colon) for child in document)}]"
    return dump_spelled(document)


def _write(value: Any, line: str, pieces: list[str]) -> None:
    """Add the pieces of a value; `line` is a line feed, and what a line at this depth begins with."""
    if isinstance(value, str):
        pieces.append(encode_basestring(value))
    elif isinstance(value, Spelled):
        pieces.append(value.text)
    elif not isinstance(value, (dict, list)):
        pieces.append(_WORDS[value])
    elif not value:
        pieces.append("{}" if isinstance(value, dict) else "[]")
    else:
        _write_members(value, line, pieces)


def _write_members(value: dict[str, Any] | list[Any], line: str, pieces: list[str]) -> None:
    below = f"{line}{_INDENT}"
    if isinstance(value, dict):
        before = f"{{{below}"
        for key, child in value.items():
            pieces += (before, encode_basestring(key), ": ")
            _write(child, below, pieces)
            before = f",{below}"
        pieces.append(f"{line}}}")
        return
    before = f"[{below}"
    for child in value:
        pieces.append(before)
        _write(child, below, pieces)
        before = f",{below}"
    pieces.append(f"{line}]")
