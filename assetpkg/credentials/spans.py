"""What is found: a credential in a text, of which sort it is, and where it begins and ends."""

import re
from enum import Enum
from typing import Any, NamedTuple

SHORTEST_TOKEN = 16
"""How long a word with a digit must be to be taken for a token rather than for a name."""


class LazyPattern:
    """A regular expression, compiled when it is used first: few packages need most of them, and start-up counts."""

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        """Take what `re.compile` takes."""
        self.source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Become the compiled pattern's methods."""
        compiled = re.compile(self.source, self._flags)
        self.__dict__[name] = found = getattr(compiled, name)
        return found


class Sort(Enum):
    """The sorts of credentials, each found by a rule of its own; of two in one place, the later one counts."""

    FIELD = "in a field"
    ADDRESS = "inside an address or a connection string"
    TOKEN = "a token, known by its form"  # noqa: S105 - a description
    FILE = "a file of keys"
    PRIVATE_KEY = "a private key"


class Span(NamedTuple):
    """A credential in a text: where it begins and ends, and of which sort it is."""

    start: int
    end: int
    sort: Sort


GRAVITY = {sort: number for number, sort in enumerate(Sort)}
"""How grave the sorts are; the higher, the graver."""


def merged(found: list[Span]) -> tuple[Span, ...]:
    """Return what was found from left to right, and of what overlaps, all of it, as the gravest."""
    wide: list[Span] = []
    for span in sorted(found, key=lambda span: span[:2]):
        last = wide[-1] if wide else None
        if last is None or span.start >= last.end:
            wide.append(span)
        else:
            sort = max(last.sort, span.sort, key=GRAVITY.__getitem__)
            wide[-1] = Span(last.start, max(last.end, span.end), sort)
    return tuple(wide)
