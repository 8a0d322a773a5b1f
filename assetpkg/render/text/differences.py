"""What differs between the target and the package, field by field: in a line each, or as a unified diff."""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from assetpkg.diagnostics.sentences import and_more, plural, shorten_counted
from assetpkg.render.screen import Screen, chop, indent, masked, printable, width_of
from assetpkg.report.plan import ChangeReport

_MOST_FIELDS = 6
"""How many differences of one resource are shown on a screen, unless it is shown in full."""
_MOST_LINES = 12
"""How many lines they take there at most, and how many of a text are shown."""
_LONGEST_LINE = 160
"""How many characters of a value are shown there, and how long a list or an object is that is shown in a line."""
_MARGIN = "      "
_COLOURS = {"+": "green", "-": "red", "~": "yellow", "=": "dim", "?": "yellow"}
_LINES = {"+": "green", "-": "red", "@": "cyan"}
"""The colours of the lines of a diff, by their first characters."""
_OF_DIFF = ("removed", "changed", "renamed")
"""What becomes of a resource that is on both sides of a comparison, or was on the one before."""
_OPEN = {"keep": "=", "undetermined": "?"}
"""The actions after which a field is not, or perhaps not, what the package says."""


_MANY = re.compile(r"\n|\A\s*[{[]").search
"""What is in a text that has lines, or may hold a document."""


class Differing(Protocol):
    """A resource of which fields differ."""

    @property
    def address(self) -> str:
        """Its address."""

    @property
    def action(self) -> str:
        """What becomes of it."""

    @property
    def fields(self) -> Sequence[Any]:
        """What differs, each with a pointer, and the value before and after."""


def difference_lines(change: ChangeReport, screen: Screen, *, in_full: bool, room: int = _MOST_LINES) -> Iterator[str]:
    """Yield in what a resource differs from the one on the target, and what of it was not looked at there.

    Unless it is shown in full, the first differences in at most so many lines, as far as more than one is shown: the
    others are counted, with the way to them.
    """
    whole = in_full or screen.endless
    yield from field_lines(change, screen, whole=whole, room=room)
    if change.unchanged:
        yield f"{_MARGIN}({plural(change.unchanged, 'unchanged field')})"
    if change.unverified:
        pointers = change.unverified if whole else change.unverified[:_MOST_FIELDS]
        more_of_them = and_more(len(change.unverified) - len(pointers))
        told = f"(not looked at on the target: {', '.join(map(printable, pointers))}{more_of_them})"
        yield from indent(told, _MARGIN, screen)


def field_lines(
    change: Differing,
    screen: Screen,
    *,
    whole: bool,
    room: int = _MOST_LINES,
    sides: tuple[str, str] = ("target", "package"),
) -> Iterator[str]:
    """Yield the fields that differ, all of them or the first, with the names of both sides where they are needed."""
    lines: list[str] = []
    left = len(change.fields)
    for number, field in enumerate(change.fields):
        more = list(_difference(field, change, screen, sides, whole=whole))
        fits = number < _MOST_FIELDS and len(lines) + len(more) <= room
        # The count of what is left takes a line as well, so the last difference may have that one.
        if lines and not whole and not fits and (left > 1 or len(more) > 1):
            break
        lines += more
        left -= 1
    yield from lines
    if left:
        yield f"{_MARGIN}… and {plural(left, 'more difference')} ({way_to(change)})"


def way_to(change: Differing) -> str:
    """Return the option that has a resource shown in full."""
    return f"--only {shlex.quote(printable(change.address))}"


def _difference(field: Any, change: Differing, screen: Screen, sides: tuple[str, str], *, whole: bool) -> Iterator[str]:
    sign = _sign_of(field, change)
    name = printable(field.pointer) or "content"
    head = f"{_MARGIN}{screen.paint(sign, _COLOURS[sign])} {name}:"
    room = screen.width - len(_MARGIN) - width_of(name) - len(f"{sign} : ")
    if field.secret and field.before == field.after:
        yield f"{head} (secret, changed)"
        return
    # A credential of several lines is known as a whole only.
    before, after = masked(field.before), masked(field.after)
    # What has no pointer is all of a file, which has lines whatever they hold.
    compared = _compared(before, after) if field.pointer else _lines(before, after)
    values = [_value(value, whole=whole) for value in (before, after)]
    line = _in_one_line(values, field, change)
    is_text = not field.pointer or any(isinstance(value, str) and "\n" in value for value in (before, after))
    if not is_text and (compared is None or len(line) <= _LONGEST_LINE) and width_of(line) <= room:
        yield f"{head} {line}"
    elif compared is None or not (is_text or whole):
        yield head
        width = max(map(len, sides))
        for word, value in zip(sides, values, strict=True):
            yield from _filled(value, f"{_MARGIN}  {word:<{width}} ", screen)
    else:
        yield f"{head} (- {sides[0]}, + {sides[1]})"
        yield from _diff(*compared, change, screen, whole=whole)


def _compared(*values: Any) -> tuple[Sequence[str], Sequence[str]] | None:
    """Return the lines of two values that are more than a word each."""
    if not any(isinstance(value, (dict, list)) or (isinstance(value, str) and _MANY(value)) for value in values):
        return None
    from assetpkg.render.line_diff import lines_to_compare

    return lines_to_compare(*values)


def _lines(*texts: str | None) -> tuple[Sequence[str], Sequence[str]]:
    before, after = (() if text is None else text.split("\n") for text in texts)
    return before, after


def _diff(
    before: Sequence[str], after: Sequence[str], change: Differing, screen: Screen, *, whole: bool
) -> Iterator[str]:
    from assetpkg.render.line_diff import unified

    lines = list(unified(before, after))
    # A count of one line would take the place of that line.
    most = len(lines) if whole or len(lines) == _MOST_LINES + 1 else _MOST_LINES
    for line in lines[:most]:
        first, *more = chop(f"{line[:1]}{_shown(line[1:])}", screen.width - len(_MARGIN) - 2)
        colour = _LINES.get(line[:1])
        yield f"{_MARGIN}  {screen.paint(first, colour) if colour else first}".rstrip()
        yield from (f"{_MARGIN}   {piece}" for piece in more)
    if len(lines) > most:
        yield f"{_MARGIN}  … and {plural(len(lines) - most, 'more line')} ({way_to(change)})"


def _sign_of(field: Any, change: Differing) -> str:
    """Return what becomes of a field: it stays where the resource does, and nobody knows where that is undetermined."""
    if change.action in _OPEN:
        return _OPEN[change.action]
    return "+" if field.before is None else "-" if field.after is None else "~"


def _in_one_line(values: Sequence[str], field: Any, change: Differing) -> str:
    before, after = values
    if change.action == "keep":
        stays = "stays without a value" if field.before is None else f"{before} stays"
        return f"{stays} (package: {'none' if field.after is None else after})"
    if field.after is None and change.action in _OF_DIFF:
        return before
    return after if field.before is None and change.action not in _OPEN else f"{before} -> {after}"


def _value(value: Any, *, whole: bool) -> str:
    if value is None:
        return "(none)"
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if whole else shorten_counted(text, _LONGEST_LINE)


def _shown(line: str) -> str:
    return printable(line.replace("\t", "    "))


def _filled(text: str, first: str, screen: Screen) -> Iterator[str]:
    """Yield a value after `first`, in lines that are filled to their end, so that no blank of it is lost."""
    margin = width_of(first)
    for number, piece in enumerate(chop(text, screen.width - margin)):
        yield f"{' ' * margin if number else first}{piece}"
