"""Text for a person's screen: colours, widths, and nothing in it that could drive the terminal."""

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line

_COLOURS = {"red": "31", "yellow": "33", "green": "32", "cyan": "36", "dim": "2", "bold": "1"}
_SEVERITY = {"error": "red", "risk": "yellow", "warning": "yellow", "info": "cyan"}
_ACTION = {
    "create": "green",
    "update": "yellow",
    "keep": "dim",
    "undetermined": "yellow",
    "conflict": "red",
    "omit": "dim",
}
_UNPRINTABLE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, which drive terminals
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # line ends, and what changes the direction
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # what has no width or no sign, tags and selectors among it
    "\ufe00-\ufe0f"  # selectors of variants
    "\u00a0\u1680\u2000-\u200a\u202f\u205f"  # blanks that look like the space
    "\ud800-\udfff"  # halves of characters
    f"\ufdd0-\ufdef{''.join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))}"
    "]"
)


class Screen(NamedTuple):
    """What the output goes to: how many columns it has, and whether it shows colours."""

    width: int = 80
    colour: bool = False

    def paint(self, text: str, colour: str) -> str:
        """Return `text` in a colour, where there are colours."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.colour and text else text

    def severity(self, severity: str, text: str) -> str:
        """Return `text` in the colour of a severity."""
        return self.paint(text, _SEVERITY[severity])

    def action(self, action: str, text: str) -> str:
        """Return `text` in the colour of an action."""
        return self.paint(text, _ACTION[action])


class View(NamedTuple):
    """What is seen of a report: on which screen, how much, and how the file that was made is called.

    `fail_on` is the least severity that makes the command fail, and `folder` what paths are relative to.
    """

    screen: Screen = Screen()
    details: bool = False
    only: tuple[str, ...] = ()
    show_unchanged: bool = False
    product: str = ""
    fail_on: str = "risk"
    folder: str = "/"


def printable(text: str) -> str:
    """Return text from a package without credentials, and with what cannot be seen in it as escapes.

    A report has no credentials where its classes are careful; this is the last look, and the only way to a screen.
    """
    shown = _UNPRINTABLE.sub(_escape, _composed(mask_line(text), _escape))
    return f"{shown[:-1]}\\x20" if shown.endswith(" ") else shown


def printable_json(text: str) -> str:
    """Return JSON text with the same characters in JSON's own escapes; it means the same, and keeps its line ends."""
    return _UNPRINTABLE.sub(_escape_json, _composed(text, _escape_json))


def _composed(text: str, escape: Callable[["re.Match[str]"], str]) -> str:
    """Return text with those marks as escapes that make, with the letter before them, what one character is too."""
    if text.isascii():
        return text
    import unicodedata

    if unicodedata.is_normalized("NFC", text):
        return text
    marks = {mark for mark in text if unicodedata.combining(mark)}
    return re.sub(f"[{''.join(sorted(marks))}]", escape, text) if marks else text


def width_of(text: str) -> int:
    """Return how many columns `text` takes: Chinese characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_column(character) for character in text)


def pad(text: str, width: int) -> str:
    """Return `text` filled with blanks to `width` columns."""
    return text + " " * max(0, width - width_of(text))


def cut(text: str, width: int) -> str:
    """Return `text` in at most `width` columns, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    kept = 0
    for index, character in enumerate(text):
        kept += _column(character)
        if kept > width - 1:
            return f"{text[:index]}…"
    return text


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield `text` in lines of at most `width` columns, broken at blanks where there are any."""
    line = ""
    for word in text.split(" "):
        if line and width_of(line) + 1 + width_of(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def indent(text: str, first: str, screen: Screen) -> Iterator[str]:
    """Yield `text` wrapped after `first`, with the further lines below it."""
    margin = " " * width_of(first)
    for number, line in enumerate(wrap(text, screen.width - len(margin))):
        yield f"{margin if number else first}{line}"


def unused_files(number: int) -> str:
    """Say that files of a package are no resources, and what becomes of them."""
    return f"{plural(number, 'file')} {'is' if number == 1 else 'are'} imported as nothing"


def plural(count: int, word: str, words: str = "") -> str:
    """Return a count and what is counted; `words` where the plural is not made with an s."""
    return f"{count:,} {word if count == 1 else words or f'{word}s'}"


def and_more(left: int) -> str:
    """Return the end of a list of which so many are left out; nothing where none is."""
    return f" and {left:,} more" if left > 0 else ""


def left_out(left: int, margin: str, what: str = "", how: str = " (--details)") -> Iterator[str]:
    """Yield the line that says how many more there are of `what`, and how they are seen; nothing where none is."""
    if left > 0:
        yield f"{margin}… and {plural(left, f'more {what}') if what else f'{left:,} more'}{how}"


def quoted(prefix: str) -> str:
    """Return a prefix as it is shown: in quotes where a blank in it would be lost."""
    shown = printable(prefix)
    return f"'{shown}'" if any(character.isspace() for character in shown) else shown


def _column(character: str) -> int:
    import unicodedata

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape_json(match: "re.Match[str]") -> str:
    character = match.group()
    return character if character == "\n" else json.dumps(character)[1:-1]


def _escape(match: "re.Match[str]") -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
