import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.documents import InvalidDocument, join_pointer
from assetpkg.documents.yaml import Written, find_places, parse_yaml
from assetpkg.limits import DEFAULT_LIMITS
from tests.tables import every_row

FEW = DEFAULT_LIMITS._replace(values=2_000)


@every_row(
    ("text", "value"),
    [
        pytest.param("a: 1\nb: [x, 'y', \"z\"]\n", {"a": 1, "b": ["x", "y", "z"]}, id="an object"),
        pytest.param("- 1\n- -2.5\n- 0x1F\n- 0o17\n- 012\n", [1, -2.5, 31, 15, 12], id="numbers"),
        pytest.param("[null, ~, true, False, 'true']\n", [None, None, True, False, "true"], id="words"),
        pytest.param("- \n- Null\n", [None, None], id="nothing as a value"),
        pytest.param("[no, 2026-01-31, 1:59:59, 1_0]", ["no", "2026-01-31", "1:59:59", "1_0"], id="no 1.1"),
        pytest.param("a: {200: ok, 1.0: x}", {"a": {"200": "ok", "1.0": "x"}}, id="keys that are numbers"),
        pytest.param("a: &x {b: [1]}\nc: *x\n", {"a": {"b": [1]}, "c": {"b": [1]}}, id="an alias"),
        pytest.param("a: !!str 200", {"a": "200"}, id="a text by its tag"),
        pytest.param("'<<': 1", {"<<": 1}, id="a key in quotes that would merge without"),
        pytest.param("a: |\n  one\n  two\nb: >\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two\n"}, id="blocks"),
        pytest.param("名: 订单\n", {"名": "订单"}, id="Chinese"),
        pytest.param("# nothing but\n---\na: {}\n...\n", {"a": {}}, id="marks around the document"),
    ],
)  # fmt: skip
def test_yaml_is_read(text: str, value: Any) -> None:
    assert parse_yaml(text.encode()) == value


def test_a_version_stays_as_it_was_written() -> None:
    (version,) = parse_yaml(b"[1.10]")
    assert (version, str(version), json.dumps(version)) == (1.1, "1.10", "1.1")
    assert isinstance(version, Written)


BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 30))])


@every_row(
    ("text", "slug", "said"),
    [
        pytest.param("", "invalid-yaml", "no document", id="nothing"),
        pytest.param("a: 1\n---\nb: 2\n", "invalid-yaml", "more than one document", id="two documents"),
        pytest.param("a: 1\nb: 2\na: 3\n", "duplicate-key", "twice", id="a key twice"),
        pytest.param("1: x\n'1': y\n", "duplicate-key", "twice", id="a key twice, once a number"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", "invalid-yaml", "merge key", id="a merge key"),
        pytest.param("a: !!python/object:os.system x", "invalid-yaml", "a tag", id="a tag that would run something"),
        pytest.param("a: !!binary aGk=", "invalid-yaml", "a tag", id="a tag for bytes"),
        pytest.param("!!map {a: 1}", "invalid-yaml", "a tag", id="a tag of an object"),
        pytest.param("? {a: 1}\n: 2\n", "invalid-yaml", "a key that is an object", id="an object as a key"),
        pytest.param("a: &x b\n*x : 1\n", "invalid-yaml", "a key that is an alias", id="an alias as a key"),
        pytest.param("a: &x [*x]", "invalid-yaml", "no end yet", id="a circle"),
        pytest.param("a: *x", "invalid-yaml", "of nothing", id="an alias of nothing"),
        pytest.param(BOMB, "too-many-values", "aliases included", id="aliases that grow"),
        pytest.param("[" + "x," * 2_000 + "]", "too-many-values", "1,000", id="many values"),
        pytest.param("[" * 200, "too-deep", "100 levels", id="open brackets"),
        pytest.param("- " * 2_000, "too-deep", "100 levels", id="open lists"),
        pytest.param("{a: " * 2_000, "too-deep", "100 levels", id="open objects"),
        pytest.param("a: 1e999", "number-range", "too large", id="a number too large"),
        pytest.param("a: " + "9" * 400, "number-range", "400 digits", id="a long integer"),
        pytest.param("a: \t- b: c: d\n", "invalid-yaml", "not YAML", id="not YAML"),
        pytest.param("a: 'b", "invalid-yaml", "not YAML", id="an open quote"),
        pytest.param('a: "\\ud800"', "lone-surrogate", "surrogate", id="half of a surrogate pair"),
        pytest.param("a: b\x01", "invalid-yaml", "not YAML", id="a control character"),
    ],
)  # fmt: skip
def test_what_is_not_strict_is_refused(text: str, slug: str, said: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse_yaml(text.encode(), FEW)
    (fault,) = caught.value.faults
    assert fault.slug == slug or (slug, fault.slug) == ("lone-surrogate", "invalid-yaml")
    assert said in fault.message or "surrogate" in said


def test_deep_aliases_count_with_what_they_repeat() -> None:
    deep = "\n".join(["a0: &a0 []", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 150))])
    with pytest.raises(InvalidDocument, match="100 levels"):
        parse_yaml(deep.encode())


TEXT = b"""\
paths:
  /a:
    get: {x-one: 1}
    tags:
    - first
    - {deep: [1, {x-two: 2}]}
"""


@every_row(
    ("pointer", "place"),
    [
        ("/paths", (1, 1)),
        ("/paths/~1a/get/x-one", (3, 11)),
        ("/paths/~1a/tags/1", (6, 7)),
        ("/paths/~1a/tags/1/deep/1/x-two", (6, 19)),
        ("/paths/~1a/get/missing", (3, 5)),
        ("", (1, 1)),
    ],
)
def test_a_place_is_found_by_its_pointer(pointer: str, place: tuple[int, int]) -> None:
    assert find_places(TEXT, [pointer]) == {pointer: place}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab/~<é", max_size=3), inner, max_size=4),
    max_leaves=12,
)


def pointers(value: Any, steps: tuple[str | int, ...] = ()) -> "list[str]":
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    own = [join_pointer(steps)] if steps else []
    return [*own, *(found for step, member in below for found in pointers(member, (*steps, step)))]


@given(VALUES)
def test_json_is_yaml_and_means_the_same(value: Any) -> None:
    content = json.dumps(value, ensure_ascii=False).encode()
    assert parse_yaml(content) == value
    wanted = pointers(value)
    assert set(find_places(content, wanted)) == set(wanted)
