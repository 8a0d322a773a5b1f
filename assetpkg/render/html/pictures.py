"""Counts as a picture: a bar of parts, each as wide as its share, and wide enough to be seen."""

from collections.abc import Iterable
from typing import NamedTuple

WIDTH = 1_000
"""How wide a bar is, in units of its own."""
_LEAST = 8
"""What the smallest part takes of it: one conflict among thousands is to be seen."""


class Part(NamedTuple):
    """A part of a bar: what is counted, how many there are, and from where to where."""

    word: str
    number: int
    start: int
    width: int


def bar(counts: Iterable[tuple[str, int]]) -> list[Part]:
    """Return the parts of a bar, in their order; what is not there at all takes nothing of it."""
    present = [(word, count) for word, count in counts if count]
    total = sum(count for _, count in present)
    room = WIDTH - _LEAST * len(present)
    parts, start = [], 0
    for number, (word, count) in enumerate(present, 1):
        width = WIDTH - start if number == len(present) else _LEAST + room * count // total
        parts.append(Part(word, count, start, width))
        start += width
    return parts
