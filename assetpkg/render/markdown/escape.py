"""Text of packages in Markdown, where none of it is a mark, a link or a mention."""

import re

from assetpkg.render.screen import printable

_FENCES = re.compile("`+")


def plain(text: str) -> str:
    """Return a name as text of Markdown, in which nothing is a mark."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#!|&" else each for each in printable(text))


def code(text: str) -> str:
    """Return text as a code span, which ends where it should whatever is in it."""
    shown = printable(text)
    longest = max((len(found) for found in _FENCES.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # Markdown takes one blank off both ends, but not of blanks alone.
    margin = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{margin}{shown}{margin}{fence}"
