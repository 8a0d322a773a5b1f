"""A document that may be half typed, read as far as it goes: what is in it, and where in it the cursor is."""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

LONGEST = 2_000_000
"""In characters: in a longer document nothing is answered but what is wrong with it."""
DEEPEST = 200
"""How many objects and lists may be around the cursor."""
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])*+(?:"|\\)?|[{}\[\],:]|[^\s{}\[\],:"]+')
_WHOLE = re.compile(r'"(?:[^"\\]|\\.)*+"')
_UNITS = re.compile(r'(?:[^"\\]|\\u[0-9A-Fa-f]{4}|\\[^u])*+')
"""The characters of a string, without an escape that has no end yet."""


class Cursor(NamedTuple):
    """Where the cursor is: the steps that lead there, and the text from `start` to `end` that it touches.

    It is `at_key` where the key of a member is, or is due. `word` is what is written there, and `None` where nothing
    is. The last step of a key that is not there yet is missing. `is_text` says that it is between quotes. `document` is
    everything that could be read of the document.
    """

    steps: tuple[str | int, ...]
    at_key: bool
    start: int
    end: int
    word: str | None
    is_text: bool
    document: Any


class _Level:
    """An object or a list that is open, and what comes next in it."""

    __slots__ = ("holder", "index", "key", "state")

    def __init__(self, holder: dict[str, Any] | list[Any]) -> None:
        self.holder = holder
        self.key: str | None = None
        self.index = 0
        self.state = "key" if isinstance(holder, dict) else "value"

    def take(self, value: Any) -> None:
        """Put a value where it is due; one that is not due comes after the others of a list, or is nowhere."""
        if isinstance(self.holder, list):
            self.index = max(self.index, len(self.holder))
            self.holder.append(value)
        elif self.state == "value" and self.key is not None:
            self.holder[self.key] = value
        self.state = "done"

    def go_on(self) -> None:
        """Go on to the next member after a comma."""
        if isinstance(self.holder, dict):
            self.key, self.state = None, "key"
        else:
            if len(self.holder) == self.index:
                self.holder.append(None)
            self.index += 1
            self.state = "value"


class _Reader:
    def __init__(self) -> None:
        self.document: Any = None
        self.levels: list[_Level] = []

    def take(self, word: str) -> None:
        """Take the next token of a text."""
        top = self.levels[-1] if self.levels else None
        if word in ("{", "["):
            value: Any = {} if word == "{" else []
            self._put(top, value)
            self.levels.append(_Level(value))
        elif word in ("}", "]"):
            self._close(dict if word == "}" else list)
        elif word == ",":
            if top is not None:
                top.go_on()
        elif word == ":":
            if top is not None and top.state == "colon":
                top.state = "value"
        elif top is not None and isinstance(top.holder, dict) and top.state in ("key", "done"):
            top.key, top.state = decoded(word), "colon"
        else:
            self._put(top, _value(word))

    def is_key_due(self) -> bool:
        """Say whether the next string is a key; after a member without a comma, it will be one."""
        top = self.levels[-1] if self.levels else None
        return top is not None and isinstance(top.holder, dict) and top.state in ("key", "done")

    def steps(self) -> tuple[str | int, ...]:
        """Return the steps to what comes next, without a key that is not there yet."""
        found: list[str | int] = []
        for level in self.levels:
            if isinstance(level.holder, list):
                due = level is self.levels[-1] and level.state == "done"
                found.append(level.index + 1 if due else level.index)
            elif level.key is not None:
                found.append(level.key)
        return tuple(found)

    def _put(self, top: _Level | None, value: Any) -> None:
        if top is not None:
            top.take(value)
        elif self.document is None:
            self.document = value

    def _close(self, sort: type[Any]) -> None:
        # What is open inside of what is closed was not finished.
        for depth in range(1, min(len(self.levels), 3) + 1):
            if isinstance(self.levels[-depth].holder, sort):
                del self.levels[-depth:]
                return


def read_at(text: str, offset: int) -> Cursor | None:
    """Return where the cursor at an offset of a text is; `None` in a text that is too long."""
    if len(text) > LONGEST:
        return None
    reader, found = _Reader(), None
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        word = token[0]
        if found is None and start <= offset <= end and word not in "{}[],:":
            found = _touching(reader, word, start, end)
        elif found is None and start >= offset:
            found = _between(reader, offset)
        reader.take(word)
    found = _between(reader, offset) if found is None else found
    return None if len(found.steps) > DEEPEST else found._replace(document=reader.document)


def _touching(reader: _Reader, word: str, start: int, end: int) -> Cursor:
    steps, at_key, shown = reader.steps(), reader.is_key_due(), decoded(word)
    if at_key:
        above = steps[:-1] if reader.levels[-1].key is not None else steps
        steps = (*above, shown)
    return Cursor(steps, at_key, start, end, shown, word.startswith('"'), None)


def _between(reader: _Reader, offset: int) -> Cursor:
    steps, top = reader.steps(), reader.levels[-1] if reader.levels else None
    at_key = top is not None and isinstance(top.holder, dict) and top.state == "key"
    return Cursor(steps, at_key=at_key, start=offset, end=offset, word=None, is_text=False, document=None)


def decoded(word: str) -> str:
    """Return the text of a token: of a string what it says, also where it has no end yet."""
    if not word.startswith('"'):
        return word
    inner = word[1:-1] if _WHOLE.fullmatch(word) else word[1:]
    known = _UNITS.match(inner)
    try:
        return str(json.loads(f'"{known[0] if known else ""}"', strict=False))
    except ValueError:
        return inner


def length_before(text: str, start: int, offset: int) -> int:
    """Return how many characters of the string that begins at `start` are before an offset."""
    return len(decoded(text[start:offset])) if offset > start else 0


def _value(word: str) -> Any:
    if word.startswith('"'):
        return decoded(word)
    constants: dict[str, Any] = {"true": True, "false": False, "null": None}
    if word in constants:
        return constants[word]
    try:
        return int(word) if len(word) <= 20 else word  # noqa: PLR2004 - no id that is a number is longer
    except ValueError:
        return word


def value_at(document: Any, steps: Sequence[str | int]) -> Any:
    """Return what steps lead to in a document; `None` where nothing is there."""
    for step in steps:
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and isinstance(step, int) and 0 <= step < len(document):
            document = document[step]
        else:
            return None
    return document
