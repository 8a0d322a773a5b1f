"""What is said of a schema of plain words is what the engine says of it, of any schema and any value."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assetpkg.json_schema.embedded import judge_schema
from assetpkg.json_schema.plain import is_plain, satisfies
from assetpkg.limits import Allowance
from tests.tables import every_row

WORDS = st.sampled_from(
    ["title", "type", "properties", "required", "items", "minLength", "maxItems", "minimum", "enum"]
)
TYPES = st.sampled_from(["string", "integer", "number", "object", "array", "null", "boolean", "text"])
NAMES = st.sampled_from(["a", "b", "c"])
PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, "", "a", "abc"])
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)


def _schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    proper = st.fixed_dictionaries(
        {},
        optional={
            "title": st.just("order"),
            "type": TYPES | st.lists(TYPES, max_size=3),
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "items": inner,
            "required": st.lists(NAMES, max_size=3),
            **{word: st.integers(-1, 3) for word in ("minLength", "maxLength", "minItems", "maxItems")},
            **{word: st.integers(-2, 2) | st.just(0.5) for word in ("minimum", "maximum")},
        },
    )
    return proper | st.dictionaries(WORDS, PLAIN, max_size=2)


SCHEMAS = st.recursive(st.just({}) | PLAIN, _schemas, max_leaves=6)
MUCH = 10_000


@given(schema=SCHEMAS, value=VALUES)
@example(schema={"type": ["integer"]}, value=1.0)
@example(schema={"type": "number"}, value=True)
@example(schema={"required": ["a", "a"]}, value={})
def test_a_plain_schema_is_valid_and_what_satisfies_it_does(schema: Any, value: Any) -> None:
    if is_plain(schema, Allowance(MUCH)):
        jsonschema.Draft202012Validator.check_schema(schema)
        if satisfies(value, schema, Allowance(MUCH)):
            assert jsonschema.Draft202012Validator(schema).is_valid(value)


@every_row(
    ("schema", "value", "seen"),
    [
        pytest.param({}, {"a": 1}, (True, True), id="an empty schema"),
        pytest.param({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": 1}, (True, True), id="usual"),
        pytest.param({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": "x"}, (True, False), id="not"),
        pytest.param({"type": "array", "items": {"maxLength": 2}}, ["ab", 7], (True, True), id="items"),
        pytest.param({"required": ["a"]}, {"b": 1}, (True, False), id="a member that is missing"),
        pytest.param({"pattern": "a"}, "a", (False, None), id="a word that is not plain"),
        pytest.param({"$schema": "http://json-schema.org/draft-04/schema#"}, 1, (False, None), id="another draft"),
        pytest.param({"type": "text"}, 1, (False, None), id="a type that is none"),
        pytest.param({"properties": {"a": {"maxLength": -1}}}, 1, (False, None), id="a wrong value below"),
        pytest.param(True, 1, (False, None), id="no object"),
    ],
)
def test_plain_words(schema: Any, value: Any, seen: tuple[bool, bool | None]) -> None:
    plain = is_plain(schema, Allowance(MUCH))
    assert (plain, satisfies(value, schema, Allowance(MUCH)) if plain else None) == seen


def test_what_is_plain_is_paid_for_as_well() -> None:
    allowance = Allowance(MUCH)
    schema = json.dumps({"type": "array", "items": {"type": "integer"}})
    assert list(judge_schema(schema, {"sample_value": json.dumps([1] * 500)}, allowance)) == []
    assert allowance.spent > 500
