"""CSV as RFC 4180 has it, read with the place of each cell."""

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from assetpkg.diagnostics.model import Fault
from assetpkg.documents import InvalidDocument
from assetpkg.limits import Limits, how_to_raise

_QUOTE = '"'
_END = re.compile(r",|\r?\n|\r\Z")


class Cell(NamedTuple):
    """A cell: what it says, and from where to where it is in the text, quotes included."""

    value: str
    start: int
    end: int
    quoted: bool = False


def read_rows(text: str, limits: Limits) -> list[list[Cell]]:
    """Return the rows of a text, each with as many cells as it has; empty lines are passed over.

    Raises `InvalidDocument` for a quote that does not end, for text after one, for a row with more cells than the
    header, and for more cells than are read.
    """
    rows: list[list[Cell]] = []
    cells = 0
    for row in _rows(text):
        cells += len(row)
        if cells > limits.values:
            message = f"more than {limits.values:,} cells; at most {limits.values:,} are read"
            raise InvalidDocument(
                Fault("too-many-values", message, f"split the file; {how_to_raise('values', 2 * cells)}")
            )
        if rows and len(row) > len(rows[0]):
            _refuse(f"the row has {len(row)} cells, and the header has {len(rows[0])}", row[0].start)
        rows.append(row)
    return rows


def written_cell(text: str, *, quoted: bool) -> str:
    """Return the text of a cell, in quotes where it needs them or had them."""
    if quoted or any(mark in text for mark in ',"\r\n') or text != text.strip():
        return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    return text


def _rows(text: str) -> Iterator[list[Cell]]:
    at, row = 0, list[Cell]()
    while at < len(text) or row:
        cell = _quoted(text, at) if text.startswith(_QUOTE, at) else _bare(text, at)
        row.append(cell)
        at = cell.end
        if text.startswith(",", at):
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if len(row) > 1 or row[0].value or row[0].quoted:
            yield row
        row = []


def _bare(text: str, at: int) -> Cell:
    found = _END.search(text, at)
    end = len(text) if found is None else found.start()
    return Cell(text[at:end], at, end)


def _quoted(text: str, start: int) -> Cell:
    at = start + 1
    while True:
        end = text.find(_QUOTE, at)
        if end < 0:
            _refuse("a cell begins with a quote and does not end with one", start)
        if not text.startswith(_QUOTE, end + 1):
            break
        at = end + 2
    after = text[end + 1 : end + 3]
    if after and not after.startswith((",", "\n", "\r\n")):
        _refuse("there is text after the closing quote of a cell", end + 1)
    return Cell(text[start + 1 : end].replace(_QUOTE * 2, _QUOTE), start, end + 1, quoted=True)


def _refuse(message: str, offset: int) -> NoReturn:
    raise InvalidDocument(Fault("invalid-json", f"not CSV: {message}", "save the file as CSV again", offset=offset))
