"""Credentials in documents that are in texts, whole or broken: what is below a name of one, however deep."""

import json
import re
from collections.abc import Iterator
from typing import Any

from assetpkg.credentials.blanks import is_no_value
from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.words import is_schema, is_secret_word, names_beside, names_secret

_TOKEN = LazyPattern(
    r'"(?P<text>[^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)|[{}\[\],]|[^\s"{}\[\],:]++',
    re.DOTALL,
)
_COLON = LazyPattern(r"\s*+:")
_SCHEMA = LazyPattern(r"\{[^{}\[\]]{1,2000}\}")
_NUMBER = LazyPattern(r"-?\d{4,}")
_LONGEST = 2**21
"""In characters; a longer text is only looked at as any other is."""
_MOST_NAMES = 64
"""How many members of an object may say what a value beside them is."""
_LONGEST_NAME = 128
_DEEPEST = 200
Values = list[tuple[str, Span]]


class _Frame:
    """An object or a list that is not closed yet; what is `hidden` is below the name of a credential.

    The values in a list are those of the member that it is in.
    """

    def __init__(self, *, hidden: bool, within: "_Frame | None" = None) -> None:
        self.hidden, self.is_list = hidden, within is not None
        self.key: str = within.key if within else ""
        self.names: dict[str, Any] = {}
        self.values: Values = within.values if within else []

    def named_values(self) -> Iterator[Span]:
        """Yield the values beside which a name of a credential is."""
        for key, span in () if self.is_list else self.values:
            if any(map(is_secret_word, names_beside(key, self.names))):
                yield span


def in_members(text: str) -> Iterator[Span]:
    """Find what is below names of credentials, and beside them, in what looks like JSON."""
    if len(text) > _LONGEST or '"' not in text or ":" not in text or ("{" not in text and "[" not in text):
        return
    frames = [_Frame(hidden=False)]
    for match in _TOKEN.finditer(text):
        sign, frame = match[0], frames[-1]
        if sign in ("{", "["):
            if len(frames) > _DEEPEST:
                return
            hidden = frame.hidden or _is_hidden_below(text, match.start(), frame.key)
            frames.append(_Frame(hidden=hidden, within=frame if sign == "[" else None))
        elif sign in ("}", "]"):
            yield from frame.named_values()
            frames = frames[:-1] or [_Frame(hidden=False)]
        elif sign == ",":
            frame.key = frame.key if frame.is_list else ""
        elif match["text"] is not None and _COLON.match(text, match.end()):
            frame.key = _shortened(match["text"])
        else:
            yield from _scalar(match, frame)
    for frame in frames:
        yield from frame.named_values()


def _shortened(key: str) -> str:
    """Return a key, or the beginning of a long one, which is seen to go on: nothing ends there."""
    return key if len(key) <= _LONGEST_NAME else f"{key[:_LONGEST_NAME]}…"


def _is_hidden_below(text: str, at: int, key: str) -> bool:
    """Say whether what begins at `at` is below a name of a credential, and no schema."""
    if not is_secret_word(key):
        return False
    schema = _SCHEMA.match(text, at)
    try:
        return not (schema and is_schema(json.loads(schema[0])))
    except ValueError:
        return True


def _scalar(match: "re.Match[str]", frame: _Frame) -> Iterator[Span]:
    word = match["text"]
    if word is None:
        if not _NUMBER.fullmatch(match[0]):
            return
        value: Any = 0
        span = Span(match.start(), match.end(), Sort.ADDRESS)
    else:
        value = word
        span = Span(match.start("text"), match.end("text"), Sort.ADDRESS)
        if frame.key and not frame.is_list and len(frame.names) < _MOST_NAMES:
            frame.names[frame.key] = word
        if is_no_value(word):
            return
    if frame.hidden or (frame.key and names_secret(frame.key, value)):
        yield span
    elif frame.key:
        frame.values.append((frame.key, span))
