"""JSON Schemas that are inside packages."""

import json
import socket
from pathlib import Path

import pytest

from assetpkg import check
from assetpkg.json_schema.embedded import judge_schema
from assetpkg.limits import EMBEDDED_SCHEMA_STEPS, Allowance
from tests.build import API, make_package
from tests.tables import every_row

INTEGER = '{"type": "integer", "minimum": 1}'


def judged(schema: str, **samples: str) -> list[tuple[str, str]]:
    found = judge_schema(schema, samples, Allowance(EMBEDDED_SCHEMA_STEPS))
    return [(field, slug) for field, slug, message, hint in found if message and hint]


@every_row(
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


@every_row(
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


UNJUDGED = [("", "unjudged-json-schema")]
BROKEN = [("sample_value", "breaks-json-schema")]


def doubling(keyword: str) -> str:
    """Return a schema that leads to 2^40 uses of its last part."""
    definitions: dict[str, object] = {"0": {"type": "object"}}
    for number in range(1, 41):
        definitions[str(number)] = {keyword: [{"$ref": f"#/$defs/{number - 1}"}] * 2}
    return json.dumps({"$defs": definitions, "$ref": "#/$defs/40", "unevaluatedProperties": False})


def nested(levels: int) -> str:
    return '{"not":' * levels + "{}" + "}" * levels


@pytest.mark.parametrize(
    ("schema", "sample", "found"),
    [
        pytest.param('{"pattern": "^(a+)+$"}', '"' + "a" * 40 + '!"', BROKEN, id="a pattern that backtracks"),
        pytest.param('{"pattern": "^(a+)+$"}', '"aaa"', [], id="the same, satisfied"),
        pytest.param('{"patternProperties": {"^(a+)+$": false}}', '{"%s!": 1}' % ("a" * 40), [], id="as a name's"),
        pytest.param('{"patternProperties": {"^(a+)+$": false}}', '{"aa": 1}', BROKEN, id="as a name's, broken"),
        pytest.param(
            '{"patternProperties": {"^(a+)+$": {}}, "additionalProperties": false}',
            '{"%s!": 1}' % ("a" * 40),
            BROKEN,
            id="as the name's of all but others",
        ),
        pytest.param(
            '{"propertyNames": {"pattern": "^(a|a)*$"}}', '{"%s!": 1}' % ("a" * 40), BROKEN, id="of all names"
        ),
        pytest.param(
            '{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$schema": '
            '"http://json-schema.org/draft-04/schema#", "pattern": "^(a+)+$"}}}',
            '{"a": "%s!"}' % ("a" * 40),
            BROKEN,
            id="in a part that names another draft",
        ),
        pytest.param('{"pattern": "(?=a)"}', '"a"', UNJUDGED, id="looking ahead"),
        pytest.param('{"pattern": "(a)\\\\1"}', '"aa"', UNJUDGED, id="looking back"),
        pytest.param('{"pattern": "(a{1000}){1000}"}', '"aa"', UNJUDGED, id="a pattern that grows"),
        pytest.param('{"pattern": "%s"}' % ("a" * 1_001), '"aa"', UNJUDGED, id="a long pattern"),
        pytest.param(
            '{"patternProperties": {"(": {}}}', "{}", [("", "invalid-json-schema")], id="a name's that is not one"
        ),
        pytest.param(doubling("allOf"), "{}", UNJUDGED, id="references that double"),
        pytest.param(doubling("anyOf"), "[]", UNJUDGED, id="choices that double"),
        pytest.param('{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}', "1", UNJUDGED, id="itself, twice"),
        pytest.param('{"$dynamicAnchor": "a", "$dynamicRef": "#a"}', "1", UNJUDGED, id="itself, dynamically"),
        pytest.param(
            '{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}',
            "1",
            UNJUDGED,
            id="two, each other",
        ),
        pytest.param(nested(97), "1", BROKEN, id="nested as deep as a document may be"),
        pytest.param(
            '{"uniqueItems": true}', json.dumps([{"a": n} for n in range(20_000)]), [], id="many unlike objects"
        ),
        pytest.param('{"uniqueItems": true}', '[{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]', BROKEN, id="two alike"),
        pytest.param('{"uniqueItems": true}', "[1, true, [1], [true], 0, false]", [], id="true is not one"),
        pytest.param('{"multipleOf": 1e-308}', "1e308", BROKEN, id="a quotient beyond a double"),
        pytest.param('{"multipleOf": 0.5}', "9" * 309, [], id="an integer beyond a double"),
        pytest.param('{"multipleOf": 0.01}', "0.755", BROKEN, id="no multiple"),
        pytest.param('{"multipleOf": 3}', "7", BROKEN, id="no whole multiple"),
        pytest.param('{"minLength": 1e300}', '"a"', BROKEN, id="an endless text"),
        pytest.param(
            '{"patternProperties": {"a": {}}, "unevaluatedProperties": false}', "{}", UNJUDGED, id="patterns elsewhere"
        ),
        pytest.param(json.dumps({"enum": [[n] for n in range(5_000)]}), "[[1]]", BROKEN, id="a long list of choices"),
        pytest.param(
            json.dumps({"items": {"enum": list(range(9_000))}}),
            json.dumps(["x"] * 9_000),
            UNJUDGED,
            id="for each",
        ),
    ],
)
def test_a_hostile_schema_ends(schema: str, sample: str, found: list[tuple[str, str]]) -> None:
    assert judged(schema, sample_value=sample) == found


def test_the_schemas_of_a_document_share_what_may_be_done() -> None:
    allowance = Allowance(2_000)
    schema = json.dumps({"type": "integer", "multipleOf": 1})
    slugs = [slug for _ in range(50) for _, slug, _, _ in judge_schema(schema, {"sample_value": "1"}, allowance)]
    assert 0 < len(slugs) < 50
    assert set(slugs) == {"unjudged-json-schema"}


def test_a_schema_that_refers_to_itself_is_applied_or_refused() -> None:
    assert judged('{"$ref": "#"}', sample_value="1") == UNJUDGED
    assert judged('{"properties": {"a": {"$ref": "#"}}}', sample_value='{"a": {"a": {}}}') == []


def test_no_message_shows_a_sample() -> None:
    told = list(judge_schema('{"type": "integer"}', {"sample_value": "canary"}, Allowance(EMBEDDED_SCHEMA_STEPS)))
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
