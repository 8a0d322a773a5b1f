"""Why a text is not strict JSON: a second and slower reading, in one walk, that finds the places.

Its time is in proportion to the text, whatever the text is: nothing is looked at again because it is nested.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.spans import LazyPattern
from assetpkg.diagnostics.model import MOST_TOLD, Fault
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents.pointers import join_pointer
from assetpkg.limits import Limits, how_to_raise

_IN_QUOTES = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_STRING = LazyPattern(_IN_QUOTES, re.DOTALL)
_TOKEN = LazyPattern(rf'{_IN_QUOTES}|[][{{}},:]|[^][{{}},:"\s]+', re.DOTALL)
_SURROGATE = LazyPattern("[\ud800-\udfff]")
_BLANKS = b" \t\r\n"
_WINDOW = 2**18
_EXPONENT = {"e", "E"}
_LONGEST_KEY = 60
"""How much of a key a message shows."""
# These are only counted, and a document can have a million of them.
_ANOTHER_KEY = Fault(slug="duplicate-key", message="")
_ANOTHER_HALF = Fault(slug="lone-surrogate", message="")
HALF_OF_A_PAIR = "half of a surrogate pair, which is not a complete character"
"""What is wrong with a text that cannot be written in UTF-8."""
_LONG_NUMBER = 300
"""In characters; a shorter number without an exponent is neither too long nor too large."""


class OutOfRange(Exception):
    """A number that is not a finite double, or too long."""


def whole_number(digits: str, most: int) -> int:
    """Read an integer of at most so many digits; raises `OutOfRange`."""
    length = len(digits) - digits.startswith("-")
    if length > most:
        raise OutOfRange(f"an integer of {length:,} digits; at most {most:,} are read")
    return int(digits)


def finite_number(digits: str) -> float:
    """Read a number with a fraction or an exponent; raises `OutOfRange`."""
    number = float(digits)
    if math.isinf(number):
        raise OutOfRange("a number too large for a double")
    return number


def no_number(word: str) -> NoReturn:
    """Refuse a word that Python takes for a number."""
    raise OutOfRange(f"{word} is not allowed in JSON")


def count_values(content: bytes) -> int:
    """Return how many values, and names of members, a JSON document has, without building them."""
    outside = _outside_of_strings(content)
    opened = outside.count(b"[") + outside.count(b"{") - outside.count(b"[]") - outside.count(b"{}")
    return 1 + outside.count(b",") + outside.count(b":") + opened


def _outside_of_strings(content: bytes) -> bytes:
    """Return what stands outside of strings, without blanks and with a zero for each string."""
    plain = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    found, inside = [], 0
    # A document of nothing but strings would be cut into millions of pieces at once.
    for start in range(0, len(plain), _WINDOW):
        pieces = plain[start : start + _WINDOW].split(b'"')
        found.append(b"0".join(pieces[inside::2]).translate(None, _BLANKS))
        inside = (inside + len(pieces) - 1) % 2
        if inside:
            found.append(b"0")
    return b"".join(found)


def find_long_text(text: str, most: int) -> tuple[int, int] | None:
    """Return offset and length of the first string with more than `most` characters between its quotes."""
    if len(text) <= most:
        return None
    for match in _STRING.finditer(text):
        length = len(match[0]) - 1 - match[0].endswith('"', 1)
        if length > most:
            return match.start(), length
    return None


def find_depth(text: str, most: int) -> int:
    """Return how many levels deep a text, JSON or not, has brackets nested; it is not counted beyond `most` and one."""
    depth = deepest = 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if depth > most:
                break
        elif mark in "]}":
            depth -= 1
    return deepest


def no_json(error: json.JSONDecodeError) -> Fault:
    """Return the fault of a text that no JSON parser reads."""
    from assetpkg.documents.mistakes import name_mistake

    sentence, offset = name_mistake(error)
    hint = "fix the JSON at this place; an editor with JSON support also shows it"
    return Fault(slug="invalid-json", message=f"not JSON: {sentence}", hint=hint, offset=offset)


def find_duplicates(text: str) -> Iterator[Fault]:
    """Yield the keys that are in one object twice, up to where the text is not JSON any more, and that place."""
    broken = None
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        broken = no_json(error)
    twice = _keys(text, len(text) if broken is None else broken.offset or 0)
    for number, (key, offset, steps) in enumerate(twice):
        if number >= MOST_TOLD:
            yield _ANOTHER_KEY
            continue
        yield Fault(
            slug="duplicate-key",
            message=f"key {shorten(mask_line(key), _LONGEST_KEY)!r} occurs for the second time in one object",
            hint="keep one of them; some parsers use the first, others the last",
            pointer=join_pointer(steps),
            offset=offset,
        )
    if broken is not None:
        yield broken


def find_number(text: str, limits: Limits) -> Fault:
    """Return the fault of the first number that is not one for everybody; there is one."""
    short = min(_LONG_NUMBER, limits.digits)
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0] in '"[]{},:' or (len(word) <= short and word[-1].isdigit() and not _EXPONENT & set(word)):
            continue
        try:
            json.loads(
                word,
                parse_int=lambda digits: whole_number(digits, limits.digits),
                parse_float=finite_number,
                parse_constant=no_number,
            )
        except OutOfRange as error:
            hint = "write a smaller number, a string, or null"
            if word.lstrip("-").isdecimal():
                hint = f"{hint}; {how_to_raise('digits', len(word.lstrip('-')))}"
            return Fault(slug="number-range", message=str(error), hint=hint, offset=match.start())
        except ValueError:
            continue
    return Fault(slug="number-range", message="a number that is out of range", hint="write a smaller one")


def find_surrogates(document: Any) -> Iterator[Fault]:
    """Yield the texts of a document that have half of a surrogate pair."""
    for number, pointer in enumerate(_halves(document, "")):
        if number >= MOST_TOLD:
            yield _ANOTHER_HALF
            continue
        yield Fault(
            slug="lone-surrogate",
            message=HALF_OF_A_PAIR,
            hint="write the whole character, or remove it",
            pointer=pointer.encode("utf-8", "replace").decode(),
        )


def _halves(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _halves(key, pointer)
            yield from _halves(child, f"{pointer}{join_pointer([key])}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _halves(child, f"{pointer}/{index}")
    elif isinstance(value, str) and _SURROGATE.search(value):
        yield pointer


def _keys(text: str, end: int) -> Iterator[tuple[str, int, list[str | int]]]:
    """Yield each key that its object has already, with its offset and the steps to it; up to `end` the text is JSON."""
    # For each object the keys so far, and for each list nothing; and the step to what is inside.
    open_ones: list[tuple[set[str] | None, list[str | int]]] = []
    before = ""
    for match in _TOKEN.finditer(text, 0, end):
        word = match[0]
        seen, step = open_ones[-1] if open_ones else (None, [])
        if word in "[{":
            open_ones.append((set() if word == "{" else None, [0]))
        elif word in "]}":
            open_ones.pop()
        elif seen is not None and word[0] == '"' and before in "{,":
            try:
                key = json.loads(word) if "\\" in word else word[1:-1]
            except ValueError:
                return  # The text is not JSON any more in the middle of this word.
            step[0] = key
            if key in seen:
                yield key, match.start(), [step for _, (step,) in open_ones]
            seen.add(key)
        elif seen is None and word == "," and step:
            step[0] = int(step[0]) + 1
        before = word
