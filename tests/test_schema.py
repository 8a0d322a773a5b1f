"""JSON Schemas that stand inside packages."""

import json
import socket
from pathlib import Path

import pytest

from assetpkg import check
from assetpkg.schema import judge_schema

from .build import API, make_package

INTEGER = '{"type": "integer", "minimum": 1}'


def judged(schema: str, **samples: str) -> list[tuple[str, str]]:
    return [(field, slug) for field, slug, message, hint in judge_schema(schema, samples) if message and hint]


@pytest.mark.parametrize(
    ("schema", "samples"),
    [
        pytest.param(INTEGER, {"sample_value": "7"}, id="a sample that satisfies it"),
        pytest.param(INTEGER, {}, id="no sample"),
        pytest.param("true", {"sample_value": "x"}, id="true"),
        pytest.param('{"type": "string"}', {"sample_value": "plain text"}, id="plain text is a string"),
        pytest.param('{"type": "string"}', {"sample_value": '"7"'}, id="a quoted number is a string"),
        pytest.param(
            '{"$defs": {"a": {"type": "object"}}, "$ref": "#/$defs/a"}', {"sample_value": "{}"}, id="a reference inside"
        ),
        pytest.param(
            '{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": true}',
            {"sample_value": "2"},
            id="an old draft",
        ),
        pytest.param('{"format": "email"}', {"sample_value": "no mail"}, id="a format is a remark"),
    ],
)
def test_good_schemas(schema: str, samples: dict[str, str]) -> None:
    assert judged(schema, **samples) == []


@pytest.mark.parametrize(
    ("schema", "samples", "found"),
    [
        pytest.param("{", {}, [("", "invalid-json-schema")], id="no JSON"),
        pytest.param('{"type": "integer", "type": "string"}', {}, [("", "invalid-json-schema")], id="a key twice"),
        pytest.param("[]", {}, [("", "invalid-json-schema")], id="a list"),
        pytest.param('{"type": "int"}', {"sample_value": "x"}, [("", "invalid-json-schema")], id="an unknown type"),
        pytest.param('{"minimum": "1"}', {}, [("", "invalid-json-schema")], id="a limit that is a text"),
        pytest.param(
            '{"pattern": "("}', {"sample_value": "x"}, [("", "invalid-json-schema")], id="no regular expression"
        ),
        pytest.param(" " * 65_537, {}, [("", "invalid-json-schema")], id="too long"),
        pytest.param("[" * 200, {}, [("", "invalid-json-schema")], id="too deep"),
        pytest.param(
            INTEGER,
            {"default_value": "0", "sample_value": "x"},
            [("default_value", "breaks-json-schema"), ("sample_value", "breaks-json-schema")],
            id="samples that break it",
        ),
        pytest.param("false", {"sample_value": "1"}, [("sample_value", "breaks-json-schema")], id="false"),
    ],
)
def test_bad_schemas(schema: str, samples: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert judged(schema, **samples) == found


@pytest.mark.parametrize(
    "target",
    [
        "FILE",
        "http://127.0.0.1:9/schema.json",
        "https://example.com/schema.json",
        "other.json",
        "#/$defs/nothing",
        "urn:example:a",
        "//host/share/a.json",
    ],
)
def test_no_reference_leaves_the_schema(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a schema asked for something outside")

    (tmp_path / "schema.json").write_text(json.dumps({"const": "from a file"}))
    uri = (tmp_path / "schema.json").as_uri() if target == "FILE" else target
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    assert judged(json.dumps({"$ref": uri}), sample_value='"from a file"') == [("", "invalid-json-schema")]


def test_a_schema_that_refers_to_itself_is_applied_or_refused() -> None:
    assert judged('{"$ref": "#"}', sample_value="1") == [("", "invalid-json-schema")]
    assert judged('{"properties": {"a": {"$ref": "#"}}}', sample_value='{"a": {"a": {}}}') == []


def test_no_message_shows_a_sample() -> None:
    told = list(judge_schema('{"type": "integer"}', {"sample_value": "canary"}))
    assert "canary" not in str(told)


def test_a_schema_in_a_package_is_found_with_its_place() -> None:
    parameters = [
        {"name": "id", "location": "PATH", "type": "NUMBER", "required": 1, "json_schema": schema, "sample_value": "0"}
        for schema in (INTEGER, "{")
    ]
    found = check(make_package({"apis/Shop/orders/get-order.json": {**API, "req_params": parameters}}))
    places = [
        (diagnostic.code, diagnostic.location.pointer)
        for diagnostic in found
        if diagnostic.code in {"RSC020", "RSC021"}
    ]
    assert places == [("RSC021", "/req_params/0/sample_value"), ("RSC020", "/req_params/1/json_schema")]
