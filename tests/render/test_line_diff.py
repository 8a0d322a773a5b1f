"""Two texts held against each other: what is said of them is true, short, and found in time that grows as they do."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.render.line_diff import lines_to_compare, unified
from tests.laws.strategies import laws
from tests.tables import every_row

LINES = st.lists(st.sampled_from(["", "a", "b", "}", "return x"]) | st.text("xyz", max_size=4), max_size=60)
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def patched(before: Sequence[str], diff: Sequence[str]) -> list[str]:
    """Return what the diff makes of the text before, as `patch` does."""
    made: list[str] = []
    rest = iter(before)
    taken = 0
    for line in diff:
        hunk = HUNK.fullmatch(line)
        if hunk is not None:
            start = int(hunk[1]) - (hunk[2] != "0")
            made += islice(rest, start - taken)
            taken = start
        elif line.startswith("+"):
            made.append(line[1:])
        else:
            taken += 1
            assert next(rest) == line[1:]
            made += [line[1:]] if line.startswith(" ") else []
    return [*made, *rest]


@laws
@given(LINES, LINES)
def test_a_diff_makes_the_one_of_the_other(before: list[str], after: list[str]) -> None:
    diff = list(unified(before, after))
    assert patched(before, diff) == after
    assert bool(diff) == (before != after)


def test_a_change_in_a_long_script_takes_a_few_lines() -> None:
    before = [line for number in range(4_000) for line in (f"  call({number});", "}", "")]
    after = list(before)
    after[30:31] = ["  other();"]
    del after[9_000:9_003]
    after += ["// the end"]
    diff = list(unified(before, after))
    assert patched(before, diff) == after
    assert len(diff) <= 30


@pytest.mark.parametrize("sort", ["nothing in common", "every second", "reversed", "one word"])
def test_no_text_takes_more_time_than_in_proportion(sort: str) -> None:
    def text(side: str) -> Iterator[str]:
        for number in range(50_000):
            every = "x" if number % 2 else f"{side}{number}"
            yield {"every second": every, "one word": "x"}.get(sort, f"{side}{number}")

    before, after = list(text("a")), list(text("b"))
    if sort == "reversed":
        after = before[::-1]
    if sort == "one word":
        after = after[:-400]
    assert patched(before, list(unified(before, after))) == after


@every_row(
    ("before", "after", "lines"),
    [
        ("a", "b", None),
        (1, None, None),
        ("a\nb", "a", (["a", "b"], ["a"])),
        (None, "a\nb", ([], ["a", "b"])),
        ('{"a": 1}', '{"a":2}', (["{", '  "a": 1', "}"], ["{", '  "a": 2', "}"])),
        ('{"a": 1}', '{"a": 1.0}', (["{", '  "a": 1', "}"], ["{", '  "a": 1.0', "}"])),
        ('{"a": 1}', '{"a":1}', None),
        ('{"a": 1', '{"a": 2', None),
        ("[" * 100_000, "[]", (["[" * 100_000], ["[]"])),
        ({"a": 1}, None, (["{", '  "a": 1', "}"], [])),
    ],
)
def test_what_is_compared_line_by_line(before: object, after: object, lines: object) -> None:
    found = lines_to_compare(before, after)
    assert (found if found is None else tuple(map(list, found))) == lines
