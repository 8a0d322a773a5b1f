"""What may be said of a text from a package: every credential in it replaced, in whatever spelling it comes.

Whatever is reported goes through `mask_line`: messages, places, addresses, the texts of exceptions and of `repr`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from assetpkg.credentials import Span, find_spans, is_suspicious
from assetpkg.credentials.spans import LazyPattern

MASK = "***"
"""What stands for a credential: no length, no first letter, no hash."""

_BREAKS = LazyPattern(r"[\s'\"(){},;/.]+")
_QUOTED = LazyPattern(r"'([^']+)(?=')|\"([^\"]+)(?=\")")
_BRACED = LazyPattern(r"\{([^{}/]+)(?=\})")
_WORD = LazyPattern(r"[^\s'\"(),;]+")
_STEP = LazyPattern(r"[^/]+")
_SUFFIX = LazyPattern(r"\.\w{1,8}$")
_PERCENT = LazyPattern(r"(?:%[0-9A-Fa-f]{2})+")
_UNIT = LazyPattern(r"~[01]|(?:%[0-9A-Fa-f]{2})+|.", re.DOTALL)
_LONGEST_LINE = 2_000
"""In characters; only what was made to be long has such a name or key, and every look at it costs."""
_SHORTEST_WORD = 14
"""How many characters a credential has at least that no sign gives away."""
_SIGNS = "=:> (@"


def mask_text(text: str) -> str:
    """Return the text with the credentials inside it replaced."""
    return _without(text, [span[:2] for span in find_spans(text)])


def empty_text(text: str) -> str:
    """Return the text with nothing where credentials were; empty where the rest would look like another one."""
    emptied = _without(text, [span[:2] for span in find_spans(text)], "")
    return emptied if emptied == text or not find_spans(emptied) else ""


def mask_line(text: str) -> str:
    """Return a sentence, a place or a name with the credentials in it replaced.

    They are looked for in the whole, in what is in quotes or braces, in each word, and in each step of a pointer,
    an address or a path, where `/` is written `~1` or `%2F`. A very long one that may hold some is replaced whole.
    """
    if len(text) > _LONGEST_LINE:
        return MASK if _is_suspicious(text) else text
    return _masked(text)


# One name or sentence is reported again and again: by each place, in each format, in each column.
@lru_cache(maxsize=4096)
def _masked(text: str) -> str:
    if not _is_suspicious(text):
        return text
    found = _bounds(text, 0)
    for pieces in (_QUOTED, _BRACED, _WORD):
        for match in pieces.finditer(text):
            group = match.lastindex or 0
            if match[group] != text:
                found += _bounds(match[group], match.start(group))
    return _without(text, found)


def mask_renamed(renamed: str, name: str) -> str:
    """Return what may be said of a name that was made by putting something before `name`, or after it."""
    masked = mask_line(name)
    return mask_line(renamed if masked == name else renamed.replace(name, masked))


def find_in_path(path: str) -> Iterator[Span]:
    """Yield the credentials in the steps of a path whose names may be escaped, in no order; offsets are of no use."""
    for step in _STEP.findall(path):
        for spelling in _spellings(step):
            yield from find_spans(spelling)


def describe(record: Any) -> str:
    """Return what `repr` says of a named tuple or a dataclass, with the credentials in its texts replaced."""
    names = getattr(record, "_fields", None) or [
        name for name, field in record.__dataclass_fields__.items() if field.repr
    ]
    told = ", ".join(f"{name}={_told(getattr(record, name))!r}" for name in names)
    return f"{type(record).__name__}({told})"


def _told(value: Any) -> Any:
    if isinstance(value, str):
        return mask_line(value)
    if isinstance(value, Mapping):
        return {_told(key): _told(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return type(value)(_told(child) for child in value)
    return value


def _is_suspicious(text: str) -> bool:
    if len(text) < _SHORTEST_WORD and text.isascii() and not any(sign in text for sign in _SIGNS):
        return False
    # A word counts as a line here, since what is known by its form alone fills a line.
    return is_suspicious(text) or is_suspicious(_unescape(_BREAKS.sub("\n", text)))


Bounds = tuple[int, int]


def _bounds(text: str, at: int) -> list[Bounds]:
    """Return the bounds of the credentials in a text and in its steps; the text itself is at `at`."""
    found = [(at + span.start, at + span.end) for span in find_spans(text)]
    for match in _STEP.finditer(text):
        start = at + match.start()
        if match[0] != text:
            found += [(start + span.start, start + span.end) for span in find_spans(match[0])]
        found += [(start + first, start + last) for first, last in _escaped_bounds(match[0])]
    return found


def _escaped_bounds(step: str) -> Iterator[Bounds]:
    """Yield the bounds of the credentials in a step that is escaped, or has the suffix of a file after it."""
    spans = [span for spelling in _spellings(step) if spelling != step for span in find_spans(spelling)]
    if not spans:
        return
    plain, places = _unescape_placed(step)
    for span in spans:
        end = span.end
        while end < len(plain) and places[end] == places[end - 1]:
            end += 1
        yield places[span.start], places[end]


def _spellings(step: str) -> Iterator[str]:
    """Yield what a step may stand for: itself, what it is the escaped form of, and that without a suffix."""
    plain = _unescape(step)
    yield step
    if plain != step:
        yield plain
    if _SUFFIX.search(plain):
        yield _SUFFIX.sub("", plain)


def _without(text: str, found: list[Bounds], instead: str = MASK) -> str:
    """Return the text with what is between the bounds replaced."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(found):
        if start >= at:
            pieces += [text[at:start], instead]
        at = max(at, end)
    return "".join((*pieces, text[at:])) if pieces else text


def _unescape(step: str) -> str:
    if "~" in step:
        step = step.replace("~1", "/").replace("~0", "~")
    return _PERCENT.sub(lambda match: _plain(match[0]), step) if "%" in step else step


def _unescape_placed(step: str) -> tuple[str, Sequence[int]]:
    """Return what an escaped step stands for, and for each of its characters, and its end, the place in the step."""
    if "~" not in step and "%" not in step:
        return step, range(len(step) + 1)
    plain: list[str] = []
    places: list[int] = []
    for match in _UNIT.finditer(step):
        unit = _plain(match[0])
        plain.append(unit)
        places += [match.start()] * len(unit)
    return "".join(plain), [*places, len(step)]


def _plain(unit: str) -> str:
    if len(unit) == 1:
        return unit
    if unit.startswith("~"):
        return "/" if unit == "~1" else "~"
    return bytes.fromhex(unit.replace("%", "")).decode("utf-8", "replace")
