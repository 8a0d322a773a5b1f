"""Texts that are escaped, as JSON, URLs and HTML do it, once or again and again: what they say, and where it is."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Self

from assetpkg.credentials.spans import LazyPattern

_UNIT = LazyPattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\"'\\/bfnrt]"
    r"|(?:%[0-9a-fA-F]{2})+|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);"
)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MOST_LEVELS = 5
"""How often a text is unescaped; what is escaped more often was made so in order not to be read."""
_LONGEST = 2**20
"""In characters; what is longer is not unescaped."""


class View:
    """A text unescaped, and where each character of it is in the text that it was made of."""

    def __init__(self, text: str, outer: "View | None" = None) -> None:
        """Unescape a text, that of another view if `outer` is given."""
        self._outer = outer
        # After each unit: where it ends here, and where in the outer text; between units, both go on alike.
        self._here, self._there = array("q", [0]), array("q", [0])
        pieces: list[str] = []
        at = length = 0
        for match in _UNIT.finditer(text):
            plain = _plain(match[0])
            length += match.start() - at
            pieces += [text[at : match.start()], plain]
            self._here.append(length)
            self._there.append(match.start())
            length += len(plain)
            at = match.end()
            self._here.append(length)
            self._there.append(at)
        self.changed = at > 0
        self.text = "".join((*pieces, text[at:])) if pieces else text

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds that a stretch of the view has in the first text; units are taken whole."""
        first = bisect_right(self._here, start) - 1
        last = bisect_left(self._here, end)
        before = self._there[first] + start - self._here[first]
        if first % 2:
            before = self._there[first]
        if last == len(self._here):
            behind = self._there[-1] + end - self._here[-1]
        elif last % 2:
            behind = self._there[last] - (self._here[last] - end)
        else:
            behind = self._there[last]
        return self._outer.bounds(before, behind) if self._outer else (before, behind)

    def again(self) -> Self:
        """Return the view of what this one says."""
        return type(self)(self.text, self)


def is_escaped(text: str) -> bool:
    """Say whether a text has something that could be unescaped."""
    return ("\\" in text or "%" in text or "&" in text) and _UNIT.search(text) is not None


def views(text: str) -> Iterator[View]:
    """Yield what a text says when it is unescaped once, twice and so on, until nothing changes."""
    if len(text) > _LONGEST or not is_escaped(text):
        return
    view = View(text)
    for _ in range(_MOST_LEVELS):
        yield view
        view = view.again()
        if not view.changed:
            return


def unescape(text: str) -> str:
    """Return what a text says in the end."""
    last = text
    for view in views(text):
        last = view.text
    return last


def _plain(unit: str) -> str:
    if unit[0] == "%":
        return bytes.fromhex(unit.replace("%", "")).decode("utf-8", "replace")
    if unit[0] == "&":
        import html

        return html.unescape(unit)
    if unit[1] == "u":
        codes = [int(code, 16) for code in unit.split("\\u")[1:]]
        if len(codes) == 2:  # noqa: PLR2004 - a pair of surrogates
            return chr(0x10000 + ((codes[0] - 0xD800) << 10) + (codes[1] - 0xDC00))
        return chr(codes[0]) if not 0xD800 <= codes[0] < 0xE000 else "\ufffd"  # noqa: PLR2004
    return _LETTERS.get(unit[1], unit[1])
