"""Positions in a text as the protocol counts them: lines, and in a line units of UTF-16."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_NEW_LINE = re.compile("\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Position(NamedTuple):
    """A place between two characters: its line, and how many units of UTF-16 are before it there, both from zero."""

    line: int
    units: int


class Range(NamedTuple):
    """From one position to another."""

    start: Position
    end: Position


NOWHERE = Range(Position(0, 0), Position(0, 0))
"""The beginning of a document, for what has no place of its own."""


class Text:
    """A text whose positions are converted, each in the time that a search takes, however long its lines are."""

    def __init__(self, text: str) -> None:
        """Take a text; half of a pair of surrogates, which no file can have, becomes a replacement character."""
        self.text = _SURROGATE.sub("\ufffd", text)
        self._begins = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        self._ends = [*(found.start() for found in _LINE_END.finditer(self.text)), len(self.text)]
        self._astral = [] if self.text.isascii() else [found.start() for found in _ASTRAL.finditer(self.text)]
        self._rows = [0, *(found.end() for found in _NEW_LINE.finditer(self.text))]

    def offset(self, position: Position) -> int:
        """Return the offset of a position; one after the end of its line is there, and one after the text at its end.

        A position in the middle of a character of two units is before it.
        """
        if position.line >= len(self._begins):
            return len(self.text)
        begin, end = self._begins[position.line], self._ends[position.line]
        first, last = bisect_left(self._astral, begin), bisect_left(self._astral, end)
        wide = bisect_left(
            range(first, last), position.units, key=lambda each: self._astral[each] - begin + each - first
        )
        return min(max(begin + position.units - wide, begin), end)

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        line = max(bisect_right(self._begins, offset) - 1, 0)
        begin = self._begins[line]
        wide = bisect_left(self._astral, offset) - bisect_left(self._astral, begin)
        return Position(line, offset - begin + wide)

    def range(self, start: int, end: int) -> Range:
        """Return the range from one offset to another."""
        return Range(self.position(start), self.position(max(start, end)))

    def offset_of(self, line: int, column: int) -> int:
        """Return the offset of a line and a column as findings have them: from one, in characters."""
        if not 1 <= line <= len(self._rows):
            return len(self.text)
        return min(self._rows[line - 1] + max(column - 1, 0), len(self.text))
