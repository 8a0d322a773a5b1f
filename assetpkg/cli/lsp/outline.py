"""The members of a document, as an editor lists them beside it."""

from typing import NamedTuple

from assetpkg.cli.lsp.cursor import LONGEST
from assetpkg.cli.lsp.texts import Range, Text
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents import iterate_members, skip_space, value_end
from assetpkg.render.screen import printable

MOST = 1_000
"""How many members are listed of a document."""
_DEEPEST = 3
_LONGEST_NAME = 200


class Member(NamedTuple):
    """A member: its key, or the number of an item; all of it, and the part that names it."""

    name: str
    range: Range
    key: Range
    opening: str
    below: "tuple[Member, ...]" = ()


def outline(text: Text) -> tuple[Member, ...]:
    """Return the members of a document, three levels deep, `MOST` at most; none of a text that is not JSON."""
    if len(text.text) > LONGEST:
        return ()
    try:
        return _members(text, skip_space(text.text, 0), 1, [MOST])
    except (ValueError, RecursionError):
        return ()


def _members(text: Text, start: int, depth: int, left: list[int]) -> tuple[Member, ...]:
    found = []
    source = text.text
    for key, key_at, value_at in iterate_members(source, start):
        if left[0] <= 0:
            break
        left[0] -= 1
        end = value_end(source, value_at)
        opening = source[value_at : value_at + 1]
        below = _members(text, value_at, depth + 1, left) if depth < _DEEPEST and opening in ("{", "[") else ()
        name = shorten(printable(str(key)), _LONGEST_NAME) or '""'
        named = text.range(key_at, value_end(source, key_at) if isinstance(key, str) else min(value_at + 1, end))
        found.append(Member(name, text.range(key_at, end), named, opening, below))
    return tuple(found)
