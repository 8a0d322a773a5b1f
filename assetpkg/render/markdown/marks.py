"""Text of packages inside Markdown: no part of it is a mark, HTML, a link or a mention; and tables of it."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics import sentences
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import printable

MOST = 65_000
"""How many characters a page has at most: a comment on GitHub takes 65,536."""
LONGEST = 600
"""How many characters of a text are shown."""
_FENCES = re.compile("`+")
_QUOTED = re.compile(r"""(?<!\w)(?:'(?P<name>[^']+)'|"(?P<value>(?:[^"\\]|\\.)+)")(?!\w)""")
"""A name in quotation marks, which are not shown around a code span, or a value with those that belong to it."""
_SIMPLE = re.compile(r"[(\"“]{0,2}[^\W\d_]+(?:[-’'][^\W\d_]+)*[)\"”]{0,2}[,;:]?|\(?\d[\d,]*[;:]?|[,;:.–…]")
_SENTENCE_END = (".", "!", "?")
_SIGNS = (",", ";", ":", ".")
_OPENING = re.compile(r"[(\"“]{1,2}")
_CLOSING = re.compile(r"[)\"”]{0,2}[,;:.!?]{0,2}")


def plain(text: str) -> str:
    """Return a name as text of Markdown, in which nothing is a mark."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#!|&" else each for each in printable(text))


def code(text: str) -> str:
    """Return text as a code span, which ends where it should whatever is in it; in a code span nothing is a link."""
    shown = printable(text)
    if not shown:
        return ""
    longest = max((len(found) for found in _FENCES.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # Markdown takes one blank off both ends, but not of blanks alone.
    margin = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{margin}{shown}{margin}{fence}"


def words(text: str) -> str:
    """Return a sentence as text of Markdown: what is more than words and numbers is a code span, as is a quoted name.

    That leaves nothing that a service would make a link or a mention of, whatever it looks for.
    """
    shown = shorten(text)
    told = ""
    last = 0
    for quoted in _QUOTED.finditer(shown):
        if quoted["value"] and all(map(_is_simple, quoted[0].split())):
            continue
        told = _joined(told, shown[last : quoted.start()])
        told = _with(told, code(quoted["name"] or quoted[0]), is_apart=shown[: quoted.start()][-1:].isspace())
        last = quoted.end()
    return _joined(told, shown[last:])


def shorten(text: str) -> str:
    """Return as much of a text as is shown, without credentials: what is left of one would not be known any more."""
    return sentences.shorten(mask_line(text), LONGEST)


def _joined(told: str, text: str) -> str:
    """Return what is told, and after it a text: its words, and in code spans those that could mean something."""
    odd: list[str] = []
    is_apart = text[:1].isspace()
    ends_apart = text[-1:].isspace()
    words_ = text.split()
    for number, word in enumerate(words_, 1):
        if not _is_plain(word, is_first=number == 1 and not is_apart, is_last=number == len(words_) and not ends_apart):
            odd.append(word)
            continue
        if odd:
            told, odd, is_apart = _with(told, _odd(odd), is_apart=is_apart), [], True
        told, is_apart = _with(told, word, is_apart=is_apart), True
    return _with(told, _odd(odd), is_apart=is_apart) if odd else told


def _is_plain(word: str, *, is_first: bool, is_last: bool) -> bool:
    """Say whether a word is shown as it is; a sign only where it stands at a name in quotation marks."""
    if (is_first and _CLOSING.fullmatch(word)) or (is_last and _OPENING.fullmatch(word)):
        return True
    return word not in _SIGNS and _is_simple(word)


def _with(told: str, part: str, *, is_apart: bool) -> str:
    # Two code spans without a blank between them would be one.
    is_apart = is_apart or (told.endswith("`") and part.startswith("`"))
    return f"{told} {part}" if told and is_apart else f"{told}{part}"


def _odd(words_: Sequence[str]) -> str:
    """Return words in one code span, without the sign of the sentence after them."""
    text = " ".join(words_)
    end = text[-1] if text[-1] in ",;:" and len(text) > 1 else ""
    return f"{code(text.removesuffix(end).rstrip())}{end}"


def _is_simple(word: str) -> bool:
    bare = word[:-1] if word.endswith(_SENTENCE_END) and not word[:-1].isdigit() else word
    return bool(_SIMPLE.fullmatch(bare)) and printable(word) == word


class Table(NamedTuple):
    """A table under a heading; `cells` makes of each of `rows` its cells as Markdown, and `what` says what a row is."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Any]
    what: str = "row"
    cells: Callable[[Any], Sequence[str]] = tuple

    def head(self) -> list[str]:
        """Return the lines before the rows."""
        title = [f"## {self.title}", ""] if self.title else []
        return [*title, f"| {' | '.join(self.heads)} |", f"|{'---|' * len(self.heads)}"]


def row(cells: Sequence[str]) -> str:
    """Return a row of a table, in which no text ends a cell."""
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    # A backslash before a bar is read in more than one way, so that such a bar is written as other signs are.
    return text.replace("\\|", "\\\\x7c").replace("|", "\\|")


def page(parts: Sequence[str | Table]) -> str:
    """Return lines and tables as a page that is not too long: rows for which there is no room are counted.

    No table takes the room of the others: a short one is there whole, and the long ones have equal parts of the rest.
    """
    tables = [part for part in parts if isinstance(part, Table) and part.rows]
    fixed = [line for table in tables for line in table.head()]
    fixed += [part for part in parts if isinstance(part, str)]
    room = MOST - sum(len(line) + 2 for line in fixed) - 100 * len(tables)
    written = [_rows(table, room) for table in tables]
    rooms = iter(_shared([sum(len(line) + 1 for line in rows) for rows in written], room))
    rows_of = iter(written)
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [part, ""]
        elif part.rows:
            kept = _fitting(next(rows_of), next(rooms))
            lines += [*part.head(), *kept]
            if len(kept) < len(part.rows):
                lines += ["", f"… and {plural(len(part.rows) - len(kept), f'more {part.what}')}, in the JSON."]
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(table: Table, room: int) -> list[str]:
    """Return the rows of a table, and of a long one those that fill the room and the next."""
    lines: list[str] = []
    for each in table.rows:
        lines.append(row(table.cells(each)))
        room -= len(lines[-1]) + 1
        if room < 0:
            break
    return lines


def _fitting(lines: Sequence[str], room: int) -> Sequence[str]:
    """Return the first lines, as many as there is room for."""
    lengths = accumulate(len(line) + 1 for line in lines)
    return lines[: sum(length <= room for length in lengths)]


def _shared(sizes: Sequence[int], room: int) -> list[int]:
    """Return how much of the room each has, the smallest first: what it needs, or an equal part of what is left."""
    shares = [0] * len(sizes)
    for left, index in zip(range(len(sizes), 0, -1), sorted(range(len(sizes)), key=sizes.__getitem__), strict=True):
        shares[index] = max(min(sizes[index], room // left), 0)
        room -= shares[index]
    return shares
