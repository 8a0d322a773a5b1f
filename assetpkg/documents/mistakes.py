"""The mistakes of people who write JSON by hand, by name: what the decoder met, and what JSON has in its place.

A sentence repeats no more of a text than one sign, or a word of those that are listed here: it may be a credential.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator

from assetpkg.documents.encodings import other_encoding

_NEAR = 1_000
"""How many characters before a bracket a comma is looked for, or before a word the beginning of its line."""
_COMMENTS = ("//", "/*", "#")
_CONFLICTS = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?![<=>|])")
_WORDS = {
    "None": "null", "nil": "null", "undefined": "null", "NULL": "null", "Null": "null",
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false",
}  # fmt: skip
"""The words of other languages for what JSON has as well."""
_WORD = re.compile(r"[A-Za-z]+")
_QUOTES = "`´‘’‚‛“”„‟«»「」『』＂＇"
"""What is used for quotes elsewhere."""
_BLANKS = " \t\r\n"
_WRONG_NUMBER = (
    "not a number as JSON has them: decimal, without a plus sign or leading zeros, with digits on both sides of a point"
)
_VALUE, _NAME = "Expecting value", "Expecting property name enclosed in double quotes"
_BEGINNINGS = (_VALUE, _NAME)
_EXPECTED = {
    _VALUE: "a value is expected",
    _NAME: "the name of a member is expected, in double quotes",
    "Expecting ':' delimiter": "a colon is expected",
    "Expecting ',' delimiter": "a comma or a closing bracket is expected",
}
"""What the decoder waits for, by its own words."""
LAST_COMMA = "a comma before the closing bracket"

Found = tuple[str, int]
"""A sentence, and the offset that it is about."""


def name_mistake(error: json.JSONDecodeError) -> Found:
    """Return what is wrong with a text that the decoder refused, as the middle of a sentence, and where."""
    return next(found for look in _LOOKS for found in look(error.msg, error.doc, error.pos))


def _end(said: str, text: str, at: int) -> Iterator[Found]:
    if not text.strip(_BLANKS):
        yield "it is empty", at
    elif not text.strip("\0"):
        yield "it has nothing but zero bytes", at
    elif said.startswith("Unterminated string"):
        # No text goes beyond its line, so that this one is in the last line: more often cut off than forgotten.
        yield "it ends too early, or a text that begins here is not closed", at
    elif at >= len(text.rstrip(_BLANKS)):
        yield "it ends too early, before the last bracket is closed", at


def _other_language(said: str, text: str, at: int) -> Iterator[Found]:
    word = _WORD.match(text, at)
    if said.startswith("Invalid"):
        return
    if text.startswith(_COMMENTS, at):
        yield "JSON has no comments", at
    elif _CONFLICTS.match(text, at) and not text[max(0, at - _NEAR) : at].rpartition("\n")[2].strip(_BLANKS):
        yield "a conflict that Git has left", at
    elif text[at] == "\0" and (encoding := other_encoding(text[:4].encode())) is not None:
        yield f"it is in {encoding}, and not in UTF-8", at
    elif text[at] == "<" and not text[:at].strip("\ufeff" + _BLANKS):
        yield "it begins as HTML or XML", at
    elif said not in _BEGINNINGS:
        return
    elif text[at] == "'":
        yield "a text is in double quotes, and not in single ones", at
    elif text[at] in _QUOTES:
        yield f"a text is in straight double quotes, and not in {text[at]} (U+{ord(text[at]):04X})", at
    elif word is not None and word[0] in _WORDS:
        yield f"'{word[0]}' is '{_WORDS[word[0]]}' in JSON", at


def _comma(said: str, text: str, at: int) -> Iterator[Found]:
    # Newer versions of Python see it themselves, and stop at the comma.
    if said.startswith("Illegal trailing comma"):
        yield LAST_COMMA, at
    start = max(0, at - _NEAR)
    before = text[start:at].rstrip(_BLANKS)
    if text[at] in "]}" and before.endswith(","):
        yield LAST_COMMA, start + len(before) - 1
    elif text[at] == "," and before[-1:] in (",", "[", "{"):
        yield "a comma too many", at


def _number(said: str, text: str, at: int) -> Iterator[Found]:
    after_digit = said == "Expecting ',' delimiter" and text[at - 1 : at].isdecimal()
    before_digit = said == _VALUE and text[at + 1 : at + 2].isdecimal()
    if (after_digit and text[at] in ".0123456789xX") or (before_digit and text[at] in "+."):
        yield _WRONG_NUMBER, at


def _inside(said: str, text: str, at: int) -> Iterator[Found]:
    """Say what is wrong within a text."""
    if said.startswith("Invalid control character"):
        if text[at] in "\r\n":
            yield "a text has no closing quote in its line; a line break in it is written \\n", at
        elif text[at] == "\t":
            yield "a text has a tab, which is written \\t", at
        else:
            yield f"a text has a control character, which is written \\u{ord(text[at]):04x}", at
    elif said.startswith("Invalid \\u"):
        yield "after \\u there are not four hexadecimal digits", max(text.rfind("\\", 0, at + 1), 0)
    elif said.startswith("Invalid \\"):
        yield "a text has a backslash that begins no escape; a backslash itself is written \\\\", at


def _bracket(said: str, text: str, at: int) -> Iterator[Found]:
    if said == "Extra data":
        if text[at] in "]}":
            yield "a closing bracket too many", at
        else:
            yield "something follows after the end of the document", at
    elif said == "Expecting ',' delimiter" and text[at] in "]}":
        yield f"'{text[at]}' does not close the bracket that is open", at


def _expected(said: str, text: str, at: int) -> Iterator[Found]:
    """Say what is expected, and what sign is there where it is one that JSON has no use for there."""
    expected = _EXPECTED.get(said, said[:1].lower() + said[1:])
    sign, sort = text[at], unicodedata.category(text[at])
    if sort[0] in "ZC" or sort == "Mn":
        yield f"U+{ord(sign):04X} is not a blank of JSON", at
    elif sort[0] in "PS" and sign not in '"-{}[]':
        code = "" if sign.isascii() else f" (U+{ord(sign):04X})"
        yield f"{expected}, and not '{sign}'{code}", at
    yield expected, at


_LOOKS: tuple[Callable[[str, str, int], Iterator[Found]], ...] = (
    _end, _other_language, _comma, _number, _inside, _bracket, _expected,
)  # fmt: skip
"""What is looked at, the most special first; the last one always finds something."""
