"""A line of a file, with what is meant in it underlined."""

from collections.abc import Iterator

from assetpkg.render.screen import Screen, SourceLine, cut, printable, width_of

_TAB = "    "
_LEFT_OUT = "…"
_LEAST = 8
"""How many columns before what is meant are shown at least, where a line is longer than the screen."""


def excerpt_lines(line: SourceLine, margin: str, screen: Screen) -> Iterator[str]:
    """Yield the line, cut around what is meant if it is longer than the screen, and marks below what is meant."""
    gutter = f"{margin}{line.number} | "
    parts = [_shown(part) for part in _parts(line)]
    room = screen.width - width_of(gutter)
    before, meant, after = parts
    if width_of("".join(parts)) > room:
        meant = cut(meant, max(room - _LEAST - 2, _LEAST))
        left = room - width_of(meant)
        before = _tail(before, max(left // 2, left - width_of(after)))
        after = cut(after, room - width_of(before) - width_of(meant))
    yield f"{gutter}{before}{meant}{after}".rstrip()
    marks = "^" * max(width_of(meant), 1)
    blank = f"{' ' * (width_of(gutter) - 2)}| {' ' * width_of(before)}"
    yield f"{blank}{screen.paint(marks, 'red')}"


def _parts(line: SourceLine) -> tuple[str, str, str]:
    return line.text[: line.start], line.text[line.start : line.end], line.text[line.end :]


def _shown(part: str) -> str:
    """Return a part of a line with what cannot be seen as escapes; blanks stay what they are, also at its end."""
    bare = part.replace("\t", _TAB).rstrip(" ")
    blanks = len(part.replace("\t", _TAB)) - len(bare)
    return f"{printable(bare)}{' ' * blanks}"


def _tail(text: str, room: int) -> str:
    """Return the end of a text that takes at most so many columns."""
    if width_of(text) <= room:
        return text
    taken = 0
    for index in range(len(text) - 1, -1, -1):
        taken += width_of(text[index])
        if taken > room - 1:
            return f"{_LEFT_OUT}{text[index + 1 :]}"
    return text
