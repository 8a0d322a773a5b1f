import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg import documents
from assetpkg.documents import InvalidDocument, indented, join_pointer, line_and_column, locate, parse, split_pointer
from assetpkg.limits import DEFAULT_LIMITS
from tests.tables import every_row

DEEPEST = DEFAULT_LIMITS.depth


@every_row(
    ("content", "value"),
    [
        pytest.param(b"{}", {}, id="an empty object"),
        pytest.param(b' \t\r\n"a" ', "a", id="a plain value between blanks"),
        pytest.param('{"名": "订"}'.encode(), {"名": "订"}, id="Chinese"),
        pytest.param(b'"\\ud83d\\ude00"', "😀", id="a whole surrogate pair"),
        pytest.param(b"-0.0", -0.0, id="minus zero"),
        pytest.param(b"1e308", 1e308, id="a large double"),
        pytest.param(b"9" * 309, int("9" * 309), id="the longest integer"),
        pytest.param(b"[" * DEEPEST + b"]" * DEEPEST, None, id="the deepest nesting"),
        pytest.param(b'"' + b"[{" * 500 + b'\\"["', "[{" * 500 + '"[', id="brackets in a string are not nesting"),
        pytest.param(b'[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}], id="the same key in two objects"),
        pytest.param(b'{"a": 1, "A": 2}', {"a": 1, "A": 2}, id="keys that differ in case"),
    ],
)
def test_strict_json_is_read(content: bytes, value: Any) -> None:
    assert parse(content) == value or value is None


@every_row(
    ("content", "slugs"),
    [
        pytest.param(b"", ["invalid-json"], id="nothing"),
        pytest.param(b"{", ["invalid-json"], id="an object without end"),
        pytest.param(b"{'a': 1}", ["invalid-json"], id="single quotes"),
        pytest.param(b'{"a": 1,}', ["invalid-json"], id="a comma too many"),
        pytest.param(b"{} {}", ["invalid-json"], id="two documents"),
        pytest.param(b"// a\n{}", ["invalid-json"], id="a comment"),
        pytest.param(b'"\x01"', ["invalid-json"], id="a control character"),
        pytest.param(b"01", ["invalid-json"], id="a leading zero"),
        pytest.param("\xa0{}".encode(), ["invalid-json"], id="a blank that JSON does not know"),
        pytest.param(b"\xff", ["not-utf8"], id="no UTF-8"),
        pytest.param(b'"\xed\xa0\x80"', ["not-utf8"], id="a surrogate in UTF-8"),
        pytest.param(b"\xef\xbb\xbf{}", ["not-utf8"], id="a byte order mark"),
        pytest.param('{"a": 1}'.encode("utf-16"), ["not-utf8"], id="UTF-16"),
        pytest.param(b'{"a": 1, "a": 1}', ["duplicate-key"], id="a key twice"),
        pytest.param(b'{"a": 1, "\\u0061": 1}', ["duplicate-key"], id="a key twice, once escaped"),
        pytest.param(
            b'{"a": 1, "b": {"c": 1, "c": 2}, "a": 1, "a": 1}', ["duplicate-key"] * 3, id="every double is reported"
        ),
        pytest.param(b'[{"a": 1, "a": 2}, {"b": x}]', ["duplicate-key", "invalid-json"], id="a double, then no JSON"),
        pytest.param(
            b'[{"a": 1, "a": 2}, {"\\udbdb\x02"',
            ["duplicate-key", "invalid-json"],
            id="a double, then a key that breaks off",
        ),
        pytest.param(b"NaN", ["number-range"], id="not a number"),
        pytest.param(b"[-Infinity]", ["number-range"], id="infinity"),
        pytest.param(b"1e309", ["number-range"], id="beyond a double"),
        pytest.param(b"9" * 310, ["number-range"], id="an integer of too many digits"),
        pytest.param(b'"\\ud800"', ["lone-surrogate"], id="half a pair"),
        pytest.param(b'{"\\udc00": ["\\ud800"]}', ["lone-surrogate"] * 2, id="half a pair in key and value"),
        pytest.param(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), ["too-deep"], id="one level too deep"),
        pytest.param(b'{"a":' * 100_000, ["too-deep"], id="far too deep"),
        pytest.param(b" " * (DEFAULT_LIMITS.document + 1), ["too-large"], id="a byte too much"),
    ],
)
def test_everything_else_is_refused(content: bytes, slugs: list[str]) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(content)
    assert [fault.slug for fault in caught.value.faults] == slugs
    assert all(fault.message and "\n" not in fault.message for fault in caught.value.faults)


@every_row(
    ("content", "pointer", "place"),
    [
        pytest.param(b'{"a": {"b": 1,\n  "b": 2}}', "/a/b", (2, 3), id="the second of two keys"),
        pytest.param(b'{\r\n  "a": [1,\r\n NaN]}', "", (3, 2), id="NaN after CRLF"),
        pytest.param('{"订单":\n [1e999]}'.encode(), "", (2, 3), id="a number after Chinese"),
        pytest.param('["订", '.encode() + b"\xff]", "", (1, 7), id="bytes, counted in characters"),
        pytest.param(b'{\n"a" 1}', "", (2, 5), id="no colon"),
        pytest.param(b"\xef\xbb\xbf{}", "", (1, 1), id="the mark at the beginning"),
    ],
)
def test_a_fault_has_its_place(content: bytes, pointer: str, place: tuple[int, int]) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(content)
    fault = caught.value.faults[0]
    assert fault.pointer == pointer
    assert fault.offset is not None
    assert line_and_column(content.decode("utf-8", "replace"), fault.offset) == place


def test_a_lone_surrogate_has_the_pointer_of_its_string() -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(b'{"a/b": [0, {"~": "\\ud800"}]}')
    assert [fault.pointer for fault in caught.value.faults] == ["/a~1b/1/~0"]


TEXT = '{\r\n  "a": {"b/c": [10, {"~": true}]},\r\n  "": "订单",\r\n  "\\u0078": null, "d": 1, "d" : 2\r\n}\r\n'


@pytest.mark.parametrize(
    ("pointer", "at_key", "place"),
    [
        pytest.param("", False, (1, 1), id="the document"),
        pytest.param("/a", False, (2, 8), id="an object"),
        pytest.param("/a", True, (2, 3), id="the key of an object"),
        pytest.param("/a/b~1c", False, (2, 16), id="a key with a slash"),
        pytest.param("/a/b~1c/0", False, (2, 17), id="an item"),
        pytest.param("/a/b~1c/1/~0", False, (2, 27), id="a key with a tilde"),
        pytest.param("/a/b~1c/1/~0", True, (2, 22), id="that key"),
        pytest.param("/", False, (3, 7), id="an empty key"),
        pytest.param("/x", False, (4, 13), id="a key that is written with escapes"),
        pytest.param("/d", False, (4, 33), id="of a key that is there twice, the last"),
        pytest.param("/d", True, (4, 27), id="and its key"),
    ],
)
def test_a_pointer_leads_to_line_and_column(pointer: str, place: tuple[int, int], *, at_key: bool) -> None:
    offset = locate(TEXT, pointer, at_key=at_key)
    assert offset is not None
    assert line_and_column(TEXT, offset) == place


@every_row("pointer", ["/b", "/a/b", "/a/b~1c/2", "/a/b~1c/x", "/a/b~1c/0/0", "/d/"])
def test_a_pointer_to_nothing_leads_nowhere(pointer: str) -> None:
    assert locate(TEXT, pointer) is None


@every_row(
    "text",
    ["{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{"a"=1}', "{1:2}", "[1 2]", "[1}", "[,]", '{"a":1 "b":2}'],
)
def test_walking_over_what_is_no_json_stops_there(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        list(documents.iterate_members(text, 0))


@every_row("steps", [[], ["a"], ["a/b", "~", "~1"], ["", ""], ["订单", "0"]])
def test_pointers_are_split_as_they_were_joined(steps: list[str]) -> None:
    assert split_pointer(join_pointer(steps)) == steps


@every_row(("offset", "place"), [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (2, 3)), (5, (3, 1)), (6, (3, 2))])
def test_lines_and_columns_are_counted_from_one(offset: int, place: tuple[int, int]) -> None:
    assert line_and_column("a\n订\r\nb", offset) == place


def test_a_document_is_written_in_one_way() -> None:
    assert documents.dump({"b": [1, {"名": None}], "a": {}}) == (
        '{\n  "b": [\n    1,\n    {\n      "名": null\n    }\n  ],\n  "a": {}\n}\n'.encode()
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        documents.dump(float("nan"))


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([1e-7, 1e16, -0.0, 5e-324])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(["\ud800", '": 1e5', "\x7f\u2028"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
)


@given(VALUES)
def test_lines_are_those_of_json_itself(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=2)


def test_lines_are_those_of_json_itself_where_they_are_deep() -> None:
    value: Any = []
    for _ in range(400):
        value = [value]
    assert indented(value) == json.dumps(value, indent=2)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_written(number: float) -> None:
    for value in (number, [number], {"a": {"b": number}}):
        with pytest.raises(ValueError, match="not JSON compliant"):
            indented(value)


@pytest.mark.parametrize("value", [{1}, b"a", date(2026, 1, 2), Decimal(1), range(2)], ids=repr)
def test_what_json_does_not_have_is_not_written(value: Any) -> None:
    with pytest.raises(TypeError, match="is not JSON serializable"):
        indented({"a": [value]})
