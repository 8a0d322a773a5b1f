"""A text as it is read: its characters, also where they are written as escapes, and how each of them is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assetpkg.authoring.redact.edits import Edit

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\"'\\/bfnrt]"
    r"|(?:%[0-9a-fA-F]{2})+|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);"
)
_BMP = 0x10000
_MOST = 0x110000
_SURROGATES = range(0xD800, 0xE000)
_LOW_SURROGATES = 0xDC00


@dataclass(frozen=True, slots=True)
class Reading:
    """The characters of a text, and what each is written as; without `written`, all of them as they are."""

    text: str
    written: Sequence[str] | None = None
    starts: Sequence[int] = ()

    def edit(self, start: int, end: int, new: str) -> Edit:
        """Return the edit of the first text by which the characters from `start` to `end` here become `new` ones.

        What was escaped is escaped again, in the same way.
        """
        if self.written is None:
            return Edit(start, end, new)
        old = self.written[start:end]
        if len(new) == len(old):
            new = "".join(_as_written(sign, how) for sign, how in zip(new, old, strict=True))
        return Edit(self.starts[start], self.starts[end], new)


def read(text: str) -> Reading:
    """Return how a text is read."""
    if "\\" not in text and "%" not in text and "&" not in text:
        return Reading(text)
    pieces: list[str] = []
    written: list[str] = []
    at = 0
    for match in _ESCAPE.finditer(text):
        plain, how = _unescaped(match[0])
        between = text[at : match.start()]
        pieces += [between, plain]
        written += [*between, *how]
        at = match.end()
    if not at:
        return Reading(text)
    pieces.append(text[at:])
    written += text[at:]
    starts, total = [0], 0
    for each in written:
        total += len(each)
        starts.append(total)
    return Reading("".join(pieces), written, starts)


def _unescaped(unit: str) -> tuple[str, Sequence[str]]:
    """Return the characters of an escape, and what each of them is written as."""
    if unit[0] == "%":
        return _of_url(unit)
    if unit[0] == "&":
        return _of_html(unit)
    if unit[1] != "u":
        return {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}.get(unit[1], unit[1]), [unit]
    codes = [int(code, 16) for code in unit.split("\\u")[1:]]
    if len(codes) > 1:
        return chr(_BMP + ((codes[0] - _SURROGATES.start) << 10) + (codes[1] - _LOW_SURROGATES)), [unit]
    return (unit, unit) if codes[0] in _SURROGATES else (chr(codes[0]), [unit])


def _of_url(unit: str) -> tuple[str, Sequence[str]]:
    try:
        plain = bytes.fromhex(unit.replace("%", "")).decode()
    except UnicodeDecodeError:
        return unit, unit
    how, at = [], 0
    for sign in plain:
        end = at + 3 * len(sign.encode())
        how.append(unit[at:end])
        at = end
    return plain, how


def _of_html(unit: str) -> tuple[str, Sequence[str]]:
    if unit[1] != "#":
        return {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}[unit[1:-1]], [unit]
    code = unit[2:-1]
    number = int(code[1:], 16) if code[0] in "xX" else int(code)
    return (chr(number), [unit]) if number < _MOST and number not in _SURROGATES else (unit, unit)


def _as_written(sign: str, how: str) -> str:
    """Return a character, written as another one was."""
    if len(how) == 1:
        return sign
    if how[0] == "%":
        return _in_case(quote(sign, safe="") if not sign.isascii() else f"%{ord(sign):02X}", how)
    if how[0] == "&":
        return f"&#x{ord(sign):x};" if how[2] in "xX" else f"&#{ord(sign)};"
    units = sign.encode("utf-16-be")
    codes = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{code.upper() if how != how.lower() else code}" for code in codes)


def _in_case(escaped: str, how: str) -> str:
    return escaped.lower() if how == how.lower() and how != how.upper() else escaped
