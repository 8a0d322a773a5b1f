"""Text for a person's screen: colours, widths, and nothing in it that could drive the terminal."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assetpkg.diagnostics.sentences import plural

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
# `re` compiles these when they are used first, and keeps them: the page of a command shows nothing of a package.
_UNPRINTABLE = (
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


ENDLESS = 1 << 30
"""How many columns a line has where nobody wraps it: a pipe, a file, the log of a job."""
_READABLE = 120
"""How wide a sentence is at most, on however wide a screen."""


_COMMAND = r"(?m)^([^\S\n]*):(?=:)|#(?=#\[)"
"""What GitHub takes for a command in the log of a job: two colons that begin a line, or `##[` anywhere in one."""


class Screen(NamedTuple):
    """What the output goes to: how many columns and lines it has, whether it shows colours, and is a terminal.

    It may be the log of a job in GitHub Actions, in which a line can be a command.
    """

    width: int = 80
    colour: bool = False
    height: int = 40
    terminal: bool = False
    github_log: bool = False

    @property
    def endless(self) -> bool:
        """Whether nothing is wrapped or left out for want of room."""
        return self.width >= ENDLESS

    @property
    def reading_width(self) -> int:
        """How many columns a line of prose has."""
        return self.width if self.endless else min(self.width, _READABLE)

    def paint(self, text: str, colour: str) -> str:
        """Return `text` in a colour, where there are colours."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.colour and text else text

    def severity(self, severity: str, text: str) -> str:
        """Return `text` in the colour of a severity."""
        return self.paint(text, _SEVERITY[severity])

    def action(self, action: str, text: str) -> str:
        """Return `text` in the colour of an action."""
        return self.paint(text, _ACTION[action])


class SourceLine(NamedTuple):
    """A line of a file, without credentials, and where in it what is meant begins and ends, counted from zero."""

    number: int
    text: str
    start: int
    end: int


LineOf = Callable[[str, Any], SourceLine | None]
"""What returns the line of a file that a place in a package is in, where that can still be read."""


class View(NamedTuple):
    """What is seen of a report: on which screen, how much, and how the file that was made is called.

    `fail_on` is the least severity that makes the command fail, and `folder` what paths are relative to.
    """

    screen: Screen = Screen()
    details: bool = False
    only: tuple[str, ...] = ()
    show_unchanged: bool = False
    product: str = ""
    beside: "Callable[[], Iterable[Any]] | None" = None
    """Makes what a format shows beside the report of each plan (`report.beside.BesidePlan`), where it shows that."""
    fail_on: str = "risk"
    folder: str = "/"
    line_of: LineOf | None = None


def printable(text: str) -> str:
    """Return text from a package without credentials, and with what cannot be seen in it as escapes.

    A report has no credentials where its classes are careful; this is the last look, and the only way to a screen.
    """
    from assetpkg.credentials.masking import mask_line

    shown = re.sub(_UNPRINTABLE, _escape, _composed(mask_line(text), _escape))
    return f"{shown[:-1]}\\x20" if shown.endswith(" ") else shown


def without_commands(text: str) -> str:
    """Return text for the log of a job in which no line is a command: the first sign of one is written as an escape."""
    return re.sub(_COMMAND, lambda found: f"{found[1]}\\x3a" if found[0].endswith(":") else "\\x23", text)


def masked(value: Any) -> Any:
    """Return a value whose parts can be looked at one by one: what is a credential only as a whole is gone."""
    from assetpkg.credentials.masking import mask_text

    return mask_text(value) if isinstance(value, str) else value


def printable_json(text: str) -> str:
    """Return JSON text with the same characters in JSON's own escapes; it means the same, and keeps its line ends."""
    return re.sub(_UNPRINTABLE, _escape_json, _composed(text, _escape_json))


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
    """Yield `text` in lines of at most `width` columns, broken at blanks, and where Chinese is written without them."""
    if width_of(text) <= width:
        if text:
            yield text
        return
    line = ""
    for word in text.split(" "):
        if line and width_of(line) + 1 + width_of(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
        if not word.isascii():
            *full, line = _broken(line, width)
            yield from full
    if line:
        yield line


def _broken(line: str, width: int) -> Iterator[str]:
    """Yield a line in pieces that fit, broken beside characters of double width only."""
    start = taken = 0
    stop: int | None = None
    for index, character in enumerate(line):
        columns = _column(character)
        if index > start and (columns == 2 or _column(line[index - 1]) == 2):  # noqa: PLR2004
            stop = index
        taken += columns
        if taken > width and stop is not None:
            yield line[start:stop]
            start, taken, stop = stop, width_of(line[stop : index + 1]), None
    yield line[start:]


def chop(text: str, width: int) -> Iterator[str]:
    """Yield a value in pieces of at most `width` columns, of which nothing is lost: they make it when joined."""
    start = taken = 0
    for index, character in enumerate(text):
        columns = _column(character)
        if taken + columns > width and index > start:
            yield text[start:index]
            start, taken = index, 0
        taken += columns
    yield text[start:]


def indent(text: str, first: str, screen: Screen, *, wide: bool = False) -> Iterator[str]:
    """Yield `text` wrapped after `first`, with the further lines below it; a name is as `wide` as the screen."""
    margin = " " * width_of(first)
    for number, line in enumerate(wrap(text, (screen.width if wide else screen.reading_width) - len(margin))):
        yield f"{margin if number else first}{line}"


def listed(names: Iterable[str], first: str, screen: Screen, *, margin: int = 4) -> Iterator[str]:
    """Yield names after `first`, each whole where a line holds it, in as many lines of the screen as they take.

    A name is in quotes where it has a comma in it.
    """
    words = [_quoted_in_list(printable(name)) for name in names]
    words[:-1] = [f"{word}," for word in words[:-1]]
    if screen.endless:
        yield " ".join((first, *words))
        return
    line, is_empty = first, not first.strip()
    for word in words:
        room = screen.width - width_of(line) - (not is_empty)
        if width_of(word) <= room:
            line = f"{line}{word}" if is_empty else f"{line} {word}"
        else:
            if not is_empty:
                yield line
            *full, last = wrap(word, screen.width - margin)
            yield from (f"{' ' * margin}{piece}" for piece in full)
            line = f"{' ' * margin}{last}"
        is_empty = False
    yield line


def _quoted_in_list(name: str) -> str:
    return f'"{name}"' if "," in name else name


def unused_files(number: int) -> str:
    """Say that files of a package are no resources, and what becomes of them."""
    return f"{plural(number, 'file is', 'files are')} not imported"


def few(names: Sequence[str], most: int, where: str = "--details") -> Sequence[str]:
    """Return the first names, and in the place of the others how many they are, and where they are."""
    left = len(names) - most
    return [*names[:most], f"and {left:,} more ({where})"] if left > 0 else names


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
