"""CSV: the same cells as Python's reader finds, each where it says it is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.documents import InvalidDocument
from assetpkg.layouts.cells import read_rows, written_cell
from assetpkg.limits import DEFAULT_LIMITS

CELLS = st.text(st.sampled_from('ab,"\n 值'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_and_is_where_it_says(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    text = out.getvalue()
    found = read_rows(text, DEFAULT_LIMITS)
    assert [[cell.value for cell in row] for row in found] == rows
    for cell in (cell for row in found for cell in row):
        again = text[: cell.start] + written_cell(cell.value, quoted=cell.quoted) + text[cell.end :]
        assert [[each.value for each in row] for row in read_rows(again, DEFAULT_LIMITS)] == rows


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ('a,b\n"1,2', "not CSV: a cell begins with a quote and does not end with one", 4),
        ('a,b\n"1"x,2', "not CSV: there is text after the closing quote of a cell", 7),
        ("a\n1,2", "not CSV: the row has 2 cells, and the header has 1", 2),
    ],
)
def test_what_is_no_csv_is_said_with_its_place(text: str, message: str, offset: int) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_rows(text, DEFAULT_LIMITS)
    assert (refused.value.faults[0].message, refused.value.faults[0].offset) == (message, offset)


def test_more_cells_than_are_read_are_refused() -> None:
    with pytest.raises(InvalidDocument, match="more than 3 cells"):
        read_rows("a,b\n1,2\n", DEFAULT_LIMITS._replace(values=3))
