"""What is left of a document whose credentials are taken out of it for an import: nothing is where one was."""

import json
from typing import Any

import pytest

from assetpkg.credentials import find_spans
from assetpkg.credentials.masking import empty_text
from assetpkg.credentials.stand_ins import empty_stand_ins, find_left_open
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.resource.emptying import empty
from tests.credentials.texts import MISSED, ORDINARY, Row, secret_rows
from tests.tables import every_row

BIRD = "Zx7Qm4Wv9Tk2002"
TOKEN = "ghp_" + "a1B2c3D4e5F6" * 3
FOUND = [row for group, row in secret_rows() if group != MISSED]
DEEP = "[" * 200 + "]" * 200


@every_row(
    ("text", "emptied"),
    [
        (f"https://u:{BIRD}@crm/x", "https://u:@crm/x"),
        (f"password: {BIRD}", "password: "),
        (f"jdbc:mysql://u:{BIRD}@h/x?password={BIRD}", "jdbc:mysql://u:@h/x?password="),
        (TOKEN, ""),
        ("https://crm/x", "https://crm/x"),
        ("//u:***@h/x?password=***", "//u:***@h/x?password=***"),
    ],
)
def test_a_text_has_nothing_where_credentials_were(text: str, emptied: str) -> None:
    assert empty_text(text) == emptied


@every_row("row", FOUND, ids=lambda row: row.text)
def test_no_credential_is_left_in_a_text_and_none_comes_about(row: Row) -> None:
    emptied = empty_text(row.text)
    assert find_spans(emptied) == ()
    assert not [secret for secret in row.secrets if secret in emptied and secret not in row.shown]


@every_row("text", ORDINARY)
def test_an_ordinary_text_stays(text: str) -> None:
    assert empty_text(text) == text


@every_row(
    ("text", "emptied"),
    [
        ("jdbc:mysql://u:***@h/x?password=******&a=b", "jdbc:mysql://u:@h/x?password=&a=b"),
        ("host=h;pwd = ${DB_PASSWORD}", "host=h;pwd = "),
        ("https://u:{{password}}@h", "https://u:@h"),
        ("https://${HOST}/x", "https://${HOST}/x"),
        ("3 *** hotels", "3 *** hotels"),
    ],
)
def test_a_text_has_nothing_where_something_stood_for_a_credential(text: str, emptied: str) -> None:
    assert empty_stand_ins(text) == emptied
    assert not [stands for _, stands in find_left_open([emptied]) if stands is not None]


@every_row(
    ("kind", "document", "emptied"),
    [
        pytest.param("application", {"secret": BIRD, "name": "a"}, {"name": "a"}, id="a field of its own is gone"),
        pytest.param("application", {"x": [{"token": BIRD}]}, {"x": [{}]}, id="also deep inside"),
        pytest.param("api", {"remark": f"password: {BIRD}"}, {"remark": "password: "}, id="a text"),
        pytest.param("api", {"x": [[f"pwd={BIRD}"], 1]}, {"x": [["pwd="], 1]}, id="a text in a list"),
        pytest.param("api", {f"pwd={BIRD}": 1, "y": 2}, {"y": 2}, id="a key that holds one"),
        pytest.param(
            "task",
            {"task_detail": json.dumps({"a": {"password": BIRD}, "u": f"https://u:{BIRD}@h"})},
            {"task_detail": '{\n  "a": {},\n  "u": "https://u:@h"\n}'},
            id="a document in a string",
        ),
        pytest.param("task", {"task_detail": '{"a":1}'}, {"task_detail": '{"a":1}'}, id="which else stays verbatim"),
        pytest.param("task", {"task_detail": f"pwd={BIRD}"}, {"task_detail": "pwd="}, id="a string that holds none"),
        pytest.param("task", {"task_detail": DEEP}, {"task_detail": ""}, id="what nobody can look into"),
    ],
)
def test_a_document_without_credentials(kind: str, document: dict[str, Any], emptied: dict[str, Any]) -> None:
    assert empty(fields_of(KINDS[kind]), document) == emptied


@every_row(
    ("document", "stays", "emptied"),
    [
        pytest.param({"secret": "******"}, {"secret": "******"}, {}, id="a mask"),
        pytest.param({"secret": "${SECRET}"}, {"secret": "${SECRET}"}, {}, id="a placeholder"),
        pytest.param({"secret": ""}, {"secret": ""}, {"secret": ""}, id="nothing"),
        pytest.param({"remark": "pwd=***"}, {"remark": "pwd=***"}, {"remark": "pwd="}, id="a mask in a text"),
        pytest.param({"remark": "***"}, {"remark": "***"}, {"remark": "***"}, id="a mask of something else"),
    ],
)
def test_what_stands_for_a_credential_goes_where_that_is_asked(
    document: dict[str, Any], stays: dict[str, Any], emptied: dict[str, Any]
) -> None:
    fields = fields_of(KINDS["application"])
    assert empty(fields, document) == stays
    assert empty(fields, document, stand_ins=True) == emptied
