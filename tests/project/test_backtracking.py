"""Steps are counted on the way that Python takes: both find the same, and what is known to grow does."""

import random
import re

import pytest

from tests.backtracking import Steps, TooManySteps
from tests.tables import every_row

PIECES = (
    *(
        "a",
        "b",
        ".",
        "[ab]",
        "[^a]",
        r"\w",
        r"\s",
        r"\b",
        "^",
        "$",
        r"\Z",
        "(a)",
        "(?:ab|a)",
        "(?:a|)",
        "(b)?",
        "(?i:A)",
    ),
    *("a*", "a+?", "b{1,2}", "(?:ab)*", "(?:a*)*", "(?:a|b)*?", "a*+", "(?>a+)", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)"),
)
TEXTS = ("", "a", "b", "ab", "ba", "aab", "abab", "b a", "aabb ab", "Ab\nba\n", "bbbaaa")
ENOUGH = 100_000


def test_a_search_finds_what_python_finds() -> None:
    draw = random.Random(21)  # noqa: S311 - a sample
    for source in sorted({"".join(draw.choices(PIECES, k=draw.randint(1, 6))) for _ in range(3_000)}):
        pattern, steps = re.compile(source), Steps(source, most=ENOUGH * len(TEXTS))
        for text in TEXTS:
            found, whole = pattern.search(text), pattern.fullmatch(text)
            assert steps.search(text) == (found and found.span()), (source, text)
            assert steps.match(text, whole=True) == (whole.end() if whole else -1), (source, text)


@every_row(
    ("source", "text", "span"),
    [
        (r"(?P<q>['\"])(.*?)(?P=q)", "x'abc'd", (1, 6)),
        (rb"[\x80-\xff]+", b"ab\x80\x81c", (2, 4)),
        (r"(?i)basic\s{1,8}\w++", "xx bASIC  ab", (3, 12)),
        (r"(?m)^b$", "a\nb\nc", (2, 3)),
        (r"(?s)a.{1,1000}b", "a\nb", (0, 3)),
    ],
)
def test_what_else_there_is_in_patterns(source: str | bytes, text: str | bytes, span: tuple[int, int]) -> None:
    assert Steps(source, most=ENOUGH).search(text) == span


@every_row(
    ("source", "text", "longer", "times"),
    [
        pytest.param("a*b", "a" * 20, "a" * 40, 4, id="the square"),
        pytest.param("a*+b", "b" * 20, "b" * 40, 1, id="found at once"),
        pytest.param("^a*b", "a" * 20, "a" * 40, 2, id="in proportion"),
    ],
)
def test_steps_grow_as_they_do(source: str, text: str, longer: str, times: int) -> None:
    def made(given: str) -> int:
        steps = Steps(source, most=ENOUGH)
        steps.search(given)
        return steps.made

    assert made(longer) / made(text) == pytest.approx(times, rel=0.25)


def test_a_search_that_would_not_end_is_given_up() -> None:
    with pytest.raises(TooManySteps):
        Steps("^(a+)+$", most=ENOUGH).search("a" * 50 + "!")
