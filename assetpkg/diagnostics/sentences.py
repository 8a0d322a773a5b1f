"""The parts that sentences are put together of: what is counted, the first of many, the beginning of what is long."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def plural(count: int, word: str, words: str = "") -> str:
    """Return a count and what is counted; `words` where the plural is not made with an s."""
    return f"{count:,} {word if count == 1 else words or f'{word}s'}"


def and_more(left: int) -> str:
    """Return the end of a list of which so many are left out; nothing where none is."""
    return f" and {left:,} more" if left > 0 else ""


def first_few(items: Sequence[T], most: int, tell: Callable[[T], str] = str) -> str:
    """Return the first items of a list in words, at most so many, and how many more there are."""
    return f"{', '.join(map(tell, items[:most]))}{and_more(len(items) - most)}"


def all_of(words: Iterable[str]) -> str:
    """Return a list in words, all of it: `a, b and c`."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def shorten(text: str, most: int) -> str:
    """Return a text in at most so many characters, with an ellipsis where something is left out.

    A text with credentials is masked before: of a part of one it would not be known what it is.
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shorten_counted(text: str, most: int) -> str:
    """Return the beginning of a long text, at most so many characters, and how many it has."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"
