"""Changes in place: what is replaced, dropped, called otherwise or added, and every other byte as it was."""

import base64

import pytest

from assetpkg.errors import InvalidPackage
from assetpkg.layouts.edits import Changes, edited
from assetpkg.layouts.forms import CODED, FORMS, Steps
from assetpkg.limits import DEFAULT_LIMITS
from tests.tables import every_row


def changed(form: str, text: str, **what: object) -> str:
    changes = Changes("x")
    for steps, value in what.get("replace", {}).items():  # type: ignore[attr-defined]
        changes.replace(steps, value)
    for steps in what.get("drop", ()):  # type: ignore[attr-defined]
        changes.drop(steps)
    for steps, name in what.get("rename", {}).items():  # type: ignore[attr-defined]
        changes.rename(steps, name)
    for steps, members in what.get("add", {}).items():  # type: ignore[attr-defined]
        for name, value in members.items():
            changes.add(steps, name, value)
    return edited(FORMS[form](text.encode(), DEFAULT_LIMITS), changes).decode()  # type: ignore[index]


CODED_TEXT = base64.b64encode(b'{"a": 1}').decode()
CODED_AGAIN = base64.b64encode(b'{"a": 2}').decode()
ROWS = 'a,b\r\n1,"x, y"\r\n2,\r\n'


@every_row(
    ("form", "text", "what", "expected"),
    [
        ("json", '{"a" : 1 ,"b":[ ]}', {"replace": {("a",): "ä"}}, '{"a" : "ä" ,"b":[ ]}'),
        ("json", '{"a": 1, "b": 2, "c": 3}', {"drop": [("a",)]}, '{"b": 2, "c": 3}'),
        ("json", '{"a": 1, "b": 2, "c": 3}', {"drop": [("b",)]}, '{"a": 1, "c": 3}'),
        ("json", '{"a": 1, "b": 2, "c": 3}', {"drop": [("c",)]}, '{"a": 1, "b": 2}'),
        ("json", '{"a": 1, "b": 2, "c": 3}', {"drop": [("a",), ("b",)]}, '{"c": 3}'),
        ("json", "[ 1, 2 ]", {"drop": [(0,), (1,)]}, "[  ]"),
        ("json", '{"a": {"b": 1}}', {"rename": {("a",): 'x"y'}, "replace": {("a", "b"): 2}}, '{"x\\"y": {"b": 2}}'),
        ("json", "{}", {"add": {(): {"a": 1, "b": [2]}}}, '{"a": 1, "b": [2]}'),
        ("json", '{\n  "a":1\n}', {"add": {(): {"b": 2}}}, '{\n  "a":1,\n  "b":2\n}'),
        ("json", '{"a": 1}', {"drop": [("a",)], "add": {(): {"b": 2}}}, '{"b": 2}'),
        ("json", '{"a": 1, "z": 0}', {"drop": [("z",)], "add": {(): {"b": 2}}}, '{"a": 1,"b": 2}'),
        (
            "json",
            '{"t": "{\\"a\\": 1, \\"b\\": \\"\\u00e4\\"}"}',
            {"replace": {("t", "#", "a"): 'n"'}},
            '{"t": "{\\"a\\": \\"n\\\\\\"\\", \\"b\\": \\"\\u00e4\\"}"}',
        ),
        (
            "json",
            f'{{"t": "{CODED_TEXT}"}}',
            {"replace": {("t", CODED, "a"): 2}},
            f'{{"t": "{CODED_AGAIN}"}}',
        ),
        ("json-lines", '{"a": 1}\n\n{"a": 2}\r\n', {"replace": {(1, "a"): 3}}, '{"a": 1}\n\n{"a": 3}\r\n'),
        ("json-lines", '{"a": 1}\n{"a": 2}\n{"a": 3}', {"drop": [(1,)]}, '{"a": 1}\n{"a": 3}'),
        ("csv", ROWS, {"replace": {(0, "b"): 'say "x"', (1, "b"): True}}, 'a,b\r\n1,"say ""x"""\r\n2,true\r\n'),
        ("csv", ROWS, {"drop": [(0,)]}, "a,b\r\n2,\r\n"),
        ("csv", ROWS, {"drop": [(0, "b")]}, 'a,b\r\n1,""\r\n2,\r\n'),
        ("csv", ROWS, {"add": {(1,): {"b": "new"}}}, 'a,b\r\n1,"x, y"\r\n2,new\r\n'),
    ],
)
def test_what_changes_is_changed_and_nothing_else(
    form: str, text: str, what: dict[str, dict[Steps, object]], expected: str
) -> None:
    assert changed(form, text, **what) == expected


def test_what_has_no_place_is_refused() -> None:
    with pytest.raises(InvalidPackage, match="'x' has no column 'c' for a value in row 1"):
        changed("csv", ROWS, add={(0,): {"c": 1}})
    with pytest.raises(InvalidPackage, match="a column of 'x' cannot be called otherwise for one row"):
        changed("csv", ROWS, rename={(0, "a"): "c"})
    changes = Changes("x")
    changes.replace(("a",), 1)
    changes.replace(("a",), 1)
    with pytest.raises(InvalidPackage, match="one value of 'x' would become two different ones"):
        changes.replace(("a",), 2)
    changes.rename(("a",), "b")
    with pytest.raises(InvalidPackage, match="one member of 'x' would get two different names"):
        changes.rename(("a",), "c")
