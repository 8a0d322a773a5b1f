"""Patterns as ECMAScript means them: held against Node, and searched for in linear time or not at all."""

import json
import random
import subprocess

import pytest

from assetpkg.json_schema.patterns import InvalidPattern, Unjudged, matches
from tests.ending import ends
from tests.starting import Starter
from tests.tables import every_row

PIECES = (
    *"ab-[](){}|^$.*+?,1~# 中é",
    *(r"\w", r"\d", r"\s", r"\W", r"\S", r"\D", r"\b", r"\B", r"\-", r"\.", r"\/", r"\n", r"\0", r"\1", r"\c", "\\"),
    *(r"\x61", r"\u0061", r"\u{61}", r"\cA", r"\p{L}", r"\k<n>", "(?:", "(?=", "(?!", "(?<=", "(?<n>"),
    *("[a-z]", "[^a]", r"[\w-.]", "[]", "[^]", "{1,2}", "{2}", "{2,1}", "{,2}", "&&", "--"),
)
"""What patterns are put together from: what means something, and what means something else to other engines."""
TEXTS = (
    *("", "a", "b", "ab", "aab", "a-b", "a.b", "1", "12", "x1", "A", "n", "u", "中", "é", " ", "\n", "a\nb"),
    *("]", "}", "{", "{,2}", "\\", "c", "\\cA", "p{L}", "-", "&", "&&", "_", "~#", "a 1"),
)
JUDGE = """
const {patterns, texts} = JSON.parse(require("fs").readFileSync(0));
const tests = (pattern, flag) => {
  try { const made = new RegExp(pattern, flag); return texts.map((text) => made.test(text)); } catch { return null; }
};
console.log(JSON.stringify(patterns.map((pattern) => tests(pattern, "u") ?? tests(pattern, ""))));
"""


def in_node(patterns: list[str]) -> list[list[bool] | None]:
    """Return what Node finds with each pattern in each of the texts; `None` where it does not take the pattern."""
    given = json.dumps({"patterns": patterns, "texts": TEXTS})
    done = subprocess.run(["node", "-e", JUDGE], input=given, capture_output=True, text=True, check=True)
    found: list[list[bool] | None] = json.loads(done.stdout)
    return found


def judged(pattern: str) -> list[bool] | str | None:
    """Return the same as assetpkg says it, or why it does not."""
    try:
        return [matches(pattern, text) for text in TEXTS]
    except InvalidPattern:
        return None
    except Unjudged as reason:
        return str(reason)


def test_what_node_takes_is_never_called_invalid_and_is_found_where_node_finds_it() -> None:
    draw = random.Random(21)  # noqa: S311 - a sample
    patterns = sorted({"".join(draw.choices(PIECES, k=draw.randint(1, 6))) for _ in range(6_000)})
    compared = 0
    for pattern, expected in zip(patterns, in_node(patterns), strict=True):
        found = judged(pattern)
        if expected is not None and not isinstance(found, str):
            assert found == expected, pattern
            compared += 1
    assert compared > len(patterns) / 4


@every_row(
    ("pattern", "inside", "outside"),
    [
        pytest.param(r"^[\w-\.]+@([\w-]+\.)+[\w-]{2,4}$", "a-b.c@example.com", "a b@example.com", id="an address"),
        pytest.param(r"^[\w-. ]+$", "a-b. c", "a/b", id="a set and a hyphen"),
        pytest.param(r"^\d+$", "42", "٤٢", id="digits of ASCII alone"),
        pytest.param(r"^\w+$", "a_1", "é", id="letters of ASCII alone"),
        pytest.param(r"^[a&&b]$", "&", "", id="no intersection"),
        pytest.param(r"^[[a]$", "[", "b", id="a bracket in a class"),
        pytest.param(r"^\/a\-b$", "/a-b", "a-b", id="needless escapes"),
        pytest.param(r"^[^]$", "\n", "", id="anything"),
        pytest.param("^[]?$", "", "a", id="nothing"),
        pytest.param("^{a}$", "{a}", "a", id="braces that are no number"),
        pytest.param(r"^[\u4e00-\u9fa5]+$", "订单", "order", id="a range by numbers"),
        pytest.param(r"^\uD83D\uDE00$", "😀", "a", id="a pair of surrogates"),
        pytest.param(r"^\p{Script=Han}+$", "订单", "order", id="a script"),
        pytest.param("^.$", "😀", "\r", id="any character but line ends"),
        pytest.param("^(?<year>[0-9]{4})$", "2026", "26", id="a group with a name"),
        pytest.param("^(?i:ab)c$", "ABc", "abC", id="flags for a part"),
        pytest.param("^(?!test)[a-zA-Z ]+$", "a test", "test a", id="not at the beginning"),
        pytest.param(r"(?=.*\d)(?=.*[A-Z])^.{8,}$", "Abcdefg1", "abcdefg1", id="all of these"),
        pytest.param(r"^(?!.*\.\.)(?!\.)[\w.]+$", "a.b", "a..b", id="none of these"),
        pytest.param("(?i)^abc$", "ABC", "ABD", id="flags at the beginning, as in Java"),
    ],
)
def test_a_pattern_means_what_it_means_in_ecmascript(pattern: str, inside: str, outside: str) -> None:
    assert (matches(pattern, inside), matches(pattern, outside)) == (True, False)


@every_row(
    ("pattern", "reason"),
    [
        pytest.param("a(?!b)", "lookaround", id="looking ahead, not at the beginning"),
        pytest.param("^(?=a)|b", "lookaround", id="at the beginning of one choice"),
        pytest.param("(?=a)b", "lookaround", id="anywhere"),
        pytest.param("^(?=a(?=b))a", "lookaround", id="inside what looks ahead"),
        pytest.param("(?<=a)b", "lookaround", id="looking behind"),
        pytest.param(r"(a)\1", "a backreference", id="by number"),
        pytest.param(r"(?<n>a)\k<n>", "a backreference", id="by name"),
        pytest.param(r"[\ud800-\udbff]", "half of a surrogate pair", id="halves"),
        pytest.param("(?s:.)", "flags within", id="flags that change dots"),
        pytest.param("(a{1000}){1000}", "too much repetition", id="repeated too often"),
        pytest.param("(" * 200 + ")" * 200, "more than 100 groups in each other", id="deep"),
        pytest.param("a++", "a pattern that is not one of ECMAScript", id="what Java has"),
        pytest.param("a" * 1_001, "a pattern of 1,001 characters; at most 1,000 are read", id="long"),
    ],
)
def test_what_cannot_be_searched_for_is_not_judged(pattern: str, reason: str) -> None:
    with pytest.raises(Unjudged, match=reason):
        matches(pattern, "a")


@every_row("pattern", ["(", "[", "a)", "*", "a**", r"\\\\" + "\\", "a{2,1}", "[b-a]", "(?<1>a)", "(?<n"])
def test_what_no_engine_takes_is_invalid(pattern: str) -> None:
    with pytest.raises(InvalidPattern):
        matches(pattern, "a")


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(?=(a+)+$)a", "^(?!(a*)*$)a*", "(.*)*x"])
def test_a_long_text_is_searched_to_the_end(pattern: str, starter: Starter) -> None:
    assert ends(starter, f"from assetpkg.json_schema.patterns import matches\nmatches({pattern!r}, 'a' * LONG + '!')")
