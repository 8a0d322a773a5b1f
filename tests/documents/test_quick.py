"""The fast reader reads what the strict one reads, or leaves it to that one: of any bytes, and within any limits."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assetpkg.documents import InvalidDocument
from assetpkg.documents.quick import DOUBTFUL, read_quickly
from assetpkg.documents.strict import LONGEST_WAY, parse, parse_strictly
from assetpkg.limits import DEFAULT_LIMITS, Limits
from tests.tables import every_row
from tests.trust.hostile import documents

_NUMBERS = (
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "01",
    "1.",
    ".5",
    "-0.0",
    "1e5",
    "1E+2",
    "1e-400",
    "1e308",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "1e309",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "9007199254740993",
    "0.30000000000000004",
    "123456789.123456789123456789",
    "2.2250738585072011e-308",
)
NUMBERS = st.sampled_from(_NUMBERS) | st.integers(1, 330).map(lambda length: "-" * (length % 2) + "7" * length)
WORDS = st.lists(
    st.sampled_from(
        ["a", "b", "\\u0061", "\\n", '\\"', "\\/", "\\\\", "\\x", "订", "😀", "\t", "\\ud83d\\ude00", "\\ud800"]
    )
    | st.text(max_size=4),
    max_size=4,
).map(lambda parts: f'"{"".join(parts)}"')
PLAIN = NUMBERS | WORDS | st.sampled_from(["true", "false", "null", "tru", "undefined", ""])
BLANK = st.sampled_from(["", "", "", " ", "\n", "\r\n\t", "\xa0", "\f"])


def _spelled(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.tuples(BLANK, WORDS, BLANK, inner, BLANK).map(lambda each: f"{each[0]}{each[1]}{each[2]}:{each[3]}")
    return st.lists(members, max_size=4).map(lambda each: f"{{{','.join(each)}}}") | st.lists(inner, max_size=4).map(
        lambda each: f"[{', '.join(each)}]"
    )


SPELLED = st.recursive(PLAIN, _spelled, max_leaves=12)
CONTENTS = st.tuples(SPELLED, st.sampled_from(["", "", "", "\ufeff", " ", "x"])).map(
    lambda each: (each[1] + each[0]).encode()
)
SMALL = Limits(document=200, depth=3, values=20, digits=5, text=100)


def _outcome(content: bytes, limits: Limits, read: Callable[[bytes, Limits], Any] = parse_strictly) -> Any:
    try:
        return repr(read(content, limits))
    except InvalidDocument as error:
        return error.faults


@given(content=CONTENTS | st.binary(max_size=12), limits=st.sampled_from([DEFAULT_LIMITS, SMALL]))
@example(content=b'{"a": 1, "\\u0061": 2}', limits=DEFAULT_LIMITS)
@example(content=b"[" * 101 + b"]" * 101, limits=DEFAULT_LIMITS)
@example(content=b"9" * 310, limits=DEFAULT_LIMITS)
@example(content=b"-" + b"9" * 309, limits=DEFAULT_LIMITS)
@example(content=b"[[1,2]]", limits=SMALL._replace(values=3))
def test_both_readers_read_the_same_of_any_bytes(content: bytes, limits: Limits) -> None:
    found = read_quickly(content, limits, LONGEST_WAY)
    strictly = _outcome(content, limits)
    assert found is DOUBTFUL or repr(found) == strictly
    assert _outcome(content, limits, parse) == strictly


@pytest.mark.parametrize("content", [*documents.STRICT.values(), *(each.content for each in documents.HOSTILE)])
def test_both_readers_agree_about_what_parsers_disagree_about(content: bytes) -> None:
    found = read_quickly(content, DEFAULT_LIMITS, LONGEST_WAY)
    assert found is DOUBTFUL or repr(found) == _outcome(content, DEFAULT_LIMITS)


@every_row(
    ("document", "is_certain"),
    [
        pytest.param({"a": [1, -2, 0.5, "订", None, True, {}]}, True, id="an ordinary document"),
        pytest.param({"a" * 40: 1}, True, id="a name of forty characters"),
        pytest.param([[["x"]]] * 300, True, id="many lists beside each other"),
        pytest.param({"a" * 5_000: 1}, False, id="a name that is too long for a pointer"),
        pytest.param({"a" * 2_100: {"b" * 2_100: 1}}, False, id="two names that are, together"),
        pytest.param(10**309, False, id="an integer of too many digits"),
    ],
)
def test_an_ordinary_document_needs_no_second_reader(document: Any, *, is_certain: bool) -> None:
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    assert (read_quickly(content, DEFAULT_LIMITS, LONGEST_WAY) is not DOUBTFUL) == is_certain
