"""What is wrong with JSON that people have written by hand: a sentence, and the place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.documents import InvalidDocument, line_and_column, parse
from assetpkg.documents.mistakes import name_mistake
from tests.laws.strategies import laws
from tests.tables import every_row

CANARY = "9Kq7wVx"
NUMBER = (
    "not a number as JSON has them: decimal, without a plus sign or leading zeros, with digits on both sides of a point"
)
BACKSLASH = "a text has a backslash that begins no escape; a backslash itself is written \\\\"
CUT_OFF = "it ends too early, or a text that begins here is not closed"
ENDS = "it ends too early, before the last bracket is closed"


@every_row(
    ("text", "place", "sentence"),
    [
        ("", (1, 1), "it is empty"),
        (" \n\t\n", (3, 1), "it is empty"),
        ('{"a": "b', (1, 7), CUT_OFF),
        ('{"a": "b}', (1, 7), CUT_OFF),
        ('{"a": 1,\n"b', (2, 1), CUT_OFF),
        ('{"a": 1', (1, 8), ENDS),
        ('{"a":\n', (2, 1), ENDS),
        ('{"a": [1,\n2,\n', (3, 1), ENDS),
        ('{\n  "a": 1\n  "b": 2\n}', (3, 3), "a comma or a closing bracket is expected"),
        ('{"a": 1; "b": 2}', (1, 8), "a comma or a closing bracket is expected, and not ';'"),
        ('{"a" 1}', (1, 6), "a colon is expected"),
        ('{"a"= 1}', (1, 5), "a colon is expected, and not '='"),
        ('{"a"：1}', (1, 5), "a colon is expected, and not '：' (U+FF1A)"),
        ('{"a": 1，"b": 2}', (1, 8), "a comma or a closing bracket is expected, and not '，' (U+FF0C)"),
        ('{"a":\u00a01}', (1, 6), "U+00A0 is not a blank of JSON"),
        ('{"a": 1\u200b}', (1, 8), "U+200B is not a blank of JSON"),
        ("{a: 1}", (1, 2), "the name of a member is expected, in double quotes"),
        ('{"a": 1, ...}', (1, 10), "the name of a member is expected, in double quotes, and not '.'"),
        ("a: 1", (1, 1), "a value is expected"),
        ('{"a": }', (1, 7), "a value is expected"),
        ('{"a": 1,}', (1, 8), "a comma before the closing bracket"),
        ("[1,\n\n]", (1, 3), "a comma before the closing bracket"),
        ('{"a": 1,, "b": 2}', (1, 9), "a comma too many"),
        ("[1, , 2]", (1, 5), "a comma too many"),
        ("[, 2]", (1, 2), "a comma too many"),
        ('{"a": [1, 2}}', (1, 12), "'}' does not close the bracket that is open"),
        ('{"a": 1]', (1, 8), "']' does not close the bracket that is open"),
        ('{"a": 1}}', (1, 9), "a closing bracket too many"),
        ('{"a": 1}\n{"b": 2}', (2, 1), "something follows after the end of the document"),
        ("{'a': 1}", (1, 2), "a text is in double quotes, and not in single ones"),
        ("{“a”: 1}", (1, 2), "a text is in straight double quotes, and not in “ (U+201C)"),
        ('{"a": «b»}', (1, 7), "a text is in straight double quotes, and not in « (U+00AB)"),
        ('{"a": None}', (1, 7), "'None' is 'null' in JSON"),
        ('{"a": [True]}', (1, 8), "'True' is 'true' in JSON"),
        ('{"a": FALSE}', (1, 7), "'FALSE' is 'false' in JSON"),
        ('{"a": Nonesuch}', (1, 7), "a value is expected"),
        ('{"a": 007}', (1, 8), NUMBER),
        ('{"a": 0x1F}', (1, 8), NUMBER),
        ('{"a": 1.}', (1, 8), NUMBER),
        ('{"a": .5}', (1, 7), NUMBER),
        ('{"a": +5}', (1, 7), NUMBER),
        ('{"a": +b}', (1, 7), "a value is expected, and not '+'"),
        ('{"a": "b\tc"}', (1, 9), "a text has a tab, which is written \\t"),
        ('{"a": "b\nc"}', (1, 9), "a text has no closing quote in its line; a line break in it is written \\n"),
        ('{"a": "b\x00c"}', (1, 9), "a text has a control character, which is written \\u0000"),
        (r'{"a": "C:\windows"}', (1, 10), BACKSLASH),
        (r'{"a": "\u12"}', (1, 8), "after \\u there are not four hexadecimal digits"),
        ("// a\n{}", (1, 1), "JSON has no comments"),
        ('{"a": /* b */ 1}', (1, 7), "JSON has no comments"),
        ("{} // a", (1, 4), "JSON has no comments"),
        ('["//", 01]', (1, 9), NUMBER),
        ("[1:]", (1, 3), "a comma or a closing bracket is expected, and not ':'"),
        ("[]]", (1, 3), "a closing bracket too many"),
        ('{"a": 1 , \n\n }', (1, 9), "a comma before the closing bracket"),
        ('{"a": 1, # b\n}', (1, 10), "JSON has no comments"),
        ("{\n<<<<<<< HEAD\n", (2, 1), "a conflict that Git has left"),
        ('{\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}', (3, 1), "a conflict that Git has left"),
        ('{\0"\0a\0', (1, 2), "it is in UTF-16, and not in UTF-8"),
        ("\0{\0}", (1, 1), "it is in UTF-16, and not in UTF-8"),
        ("\n\0{\0", (2, 1), "it is in UTF-16, and not in UTF-8"),
        ("\0" * 8, (1, 1), "it has nothing but zero bytes"),
        ("{\0\0\0", (1, 2), "U+0000 is not a blank of JSON"),
        ('{\0"a": 1}', (1, 2), "U+0000 is not a blank of JSON"),
        ("\0", (1, 1), "it has nothing but zero bytes"),
        ("<html>", (1, 1), "it begins as HTML or XML"),
        ('{"a": <b>}', (1, 7), "a value is expected, and not '<'"),
    ],
)
def test_a_mistake_has_a_sentence_and_a_place(text: str, place: tuple[int, int], sentence: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        parse(text.encode())
    (fault,) = refused.value.faults
    assert fault.message == f"not JSON: {sentence}"
    assert fault.offset is not None
    assert line_and_column(text, fault.offset) == place


PIECES = [
    "{", "}", "[", "]", ",", ":", '"', '"a"', " ", "\n", "\t", "1", "-", "+", ".", "0x", "null", "None", "'", "“", "\\",
    "\\u", "//", "<", "<<<<<<<", "=======",
    "：", "\u00a0", "\u0301", "\x00", "订单", CANARY, f'"{CANARY}"', f"'{CANARY}'",
]  # fmt: skip


@laws
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_mistake_has_a_sentence_that_repeats_none_of_the_text(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        sentence, offset = name_mistake(error)
        assert 0 <= offset <= len(text)
        assert sentence[:1].isalpha() or sentence[0] == "'"
        assert CANARY not in sentence
        assert "订单" not in sentence
        assert sentence.isprintable()
