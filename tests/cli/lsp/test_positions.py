"""Positions, addresses and half-typed documents: what holds for every text, however it is written."""

import json
import os
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assetpkg.cli.lsp.addresses import address_of, path_of
from assetpkg.cli.lsp.cursor import DEEPEST, LONGEST, read_at
from assetpkg.cli.lsp.outline import MOST, outline
from assetpkg.cli.lsp.texts import Position, Text
from tests.tables import every_row

TEXTS = st.text(st.sampled_from('a"{}[]:,\\/ 订é\n\r\u2028😀𝒳\x0b'), max_size=40)
WORDS = st.text(st.sampled_from('ab"\\/ 订\n\u2028😀\x7f'), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(TEXTS)
@example("订单😀x\r\n😀😀\rend")
def test_a_position_counts_units_of_utf_16_and_leads_back(text: str) -> None:
    known = Text(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two there is no place
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        line = before.rpartition("\n")[2]
        position = known.position(offset)
        assert position == (before.count("\n"), len(line.encode("utf-16-le")) // 2)
        assert known.offset(position) == offset


def test_a_position_that_is_nowhere_is_at_the_nearest_place() -> None:
    text = Text("a😀b\r\nc")
    assert text.offset(Position(0, 2)) == 1  # in the middle of a character
    assert text.offset(Position(0, 99)) == 3
    assert text.offset(Position(7, 0)) == 6
    assert Text("\ud83d").text == "\ufffd"


@pytest.mark.skipif(os.name == "nt", reason="the paths are those of POSIX")
@given(st.text(st.sampled_from("ab.~%#?&;:@+ 库é😀\n\x7f\\"), min_size=1, max_size=12))
@example("库存 100%#1?.json")
@example("a;b&c:d@e")
def test_an_address_leads_back_to_the_path(name: str) -> None:
    if name not in {".", ".."}:
        path = f"/tmp/订 单/{name}"  # noqa: S108 - it is only a name
        assert path_of(address_of(path)) == path
        assert address_of(path).isascii()


@every_row(
    "address", ["untitled:one", "git:/a.json", "file://host/a.json", "file:///a%00.json", "http://[", "", "file:a"]
)
def test_what_is_no_file_of_this_machine_has_no_path(address: str) -> None:
    assert path_of(address) is None


CURSORS: list[tuple[str, tuple[Any, ...], bool, str | None]] = [
    ('{"a": "x‸y"}', ("a",), False, "xy"),
    ('{"a‸b": 1}', ("ab",), True, "ab"),
    ("{‸", (), True, None),
    ('{"a": ‸', ("a",), False, None),
    ('{"a": 1, ‸}', (), True, None),
    ('{"a": [{"b": 1}, {"c": "‸', ("a", 1, "c"), False, ""),
    ('{"a": ["x", ‸]', ("a", 1), False, None),
    ('{"a": "x\n "b": "‸"}', ("b",), False, ""),
    ('{"a": 1 "b‸', ("b",), True, "b"),
    ('{"a": {"b": [1, 2}, "c": ‸12', ("c",), False, "12"),
    ('{"a": "\\u8ba2\\"‸"', ("a",), False, '订"'),
    ('{"a": "end\\\\‸"}', ("a",), False, "end\\"),
    ('{"a": "half\\u8b‸', ("a",), False, "half"),
    ("‸", (), False, None),
    (']]}}{"a": ‸', ("a",), False, None),
]
"""A text with the cursor in it; the steps to where that is, whether at a key, and what is written there."""


@every_row(("text", "steps", "at_key", "word"), CURSORS, ids=lambda text: text)
def test_a_cursor_is_found_in_a_document_that_is_not_finished(
    text: str,
    steps: tuple[Any, ...],
    at_key: bool,  # noqa: FBT001 - of a row
    word: str | None,
) -> None:
    found = read_at(text.replace("‸", ""), text.index("‸"))
    assert found is not None
    assert (found.steps, found.at_key, found.word) == (steps, at_key, word)


@given(JSON, st.data())
def test_a_document_is_read_as_json_and_every_beginning_of_it_is_read(document: Any, data: st.DataObject) -> None:
    text = json.dumps(document, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 1])))
    whole = read_at(text, len(text))
    assert whole is not None
    assert whole.document == document
    cut = data.draw(st.integers(0, len(text)))
    assert read_at(text[:cut], cut) is not None


@given(TEXTS, st.integers(0, 40))
def test_no_text_is_too_odd_for_a_cursor_or_an_outline(text: str, offset: int) -> None:
    assert read_at(text, offset) is not None
    assert isinstance(outline(Text(text)), tuple)


def test_a_long_key_is_shortened_once_it_is_masked() -> None:
    key = f"{'x' * 180} mysql://root:S3cretPWx@host/db and more"
    (member,) = outline(Text(json.dumps({key: 1})))
    assert "S3" not in member.name
    assert len(member.name) == 200
    assert member.name.endswith("…")


def test_what_is_too_much_is_left_out() -> None:
    deep = '{"a":' * 5_000
    assert read_at(deep, len(deep)) is None
    shallow = '{"a":' * DEEPEST
    assert read_at(shallow, len(shallow)) is not None
    assert read_at(" " * (LONGEST + 1), 0) is None
    many = Text(json.dumps({str(number): {"x": number} for number in range(MOST)}))
    assert sum(1 + len(each.below) for each in outline(many)) == MOST
