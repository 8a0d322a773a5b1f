"""The parts of sentences: nothing is left out without a word."""

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.diagnostics.sentences import all_of, and_more, first_few, plural, shorten, shorten_counted
from tests.tables import every_row


@every_row(
    ("told", "expected"),
    [
        (plural(1, "file"), "1 file"),
        (plural(0, "file"), "0 files"),
        (plural(2_000, "entry", "entries"), "2,000 entries"),
        (plural(1, "file is", "files are"), "1 file is"),
        (and_more(0), ""),
        (and_more(-3), ""),
        (and_more(1_234), " and 1,234 more"),
        (first_few([], 3), ""),
        (first_few(["a", "b", "c"], 3), "a, b, c"),
        (first_few(["a", "b", "c", "d"], 3), "a, b, c and 1 more"),
        (first_few([1, 2, 3], 2, "'{}'".format), "'1', '2' and 1 more"),
        (all_of([]), ""),
        (all_of(["a"]), "a"),
        (all_of(["a", "b"]), "a and b"),
        (all_of(iter(["a", "b", "c"])), "a, b and c"),
        (shorten("12345", 5), "12345"),
        (shorten("123456", 5), "1234…"),
        (shorten_counted("12345", 5), "12345"),
        (shorten_counted("x" * 1_200, 3), "xxx… (1,200 characters)"),
    ],
)
def test_what_is_said(told: str, expected: str) -> None:
    assert told == expected


def test_only_what_is_named_is_put_into_words() -> None:
    told: list[int] = []

    def tell(number: int) -> str:
        told.append(number)
        return str(number)

    assert first_few(range(1_000), 2, tell) == "0, 1 and 998 more"
    assert told == [0, 1]


@given(st.text(), st.integers(1, 40))
def test_a_short_text_is_itself_and_a_long_one_says_that_it_is_cut(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text if len(text) <= most else short.endswith("…")
