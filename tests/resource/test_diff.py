from typing import Any

import pytest

from assetpkg.credentials.masking import MASK
from assetpkg.kinds import KINDS
from assetpkg.resource.diff import FieldChange, Sides, compare, is_equal
from tests.build import API, APPLICATION, DATASOURCE, TASK, TOPIC, edited
from tests.tables import every_row

APP = {"id": "1", "name": "Shop"}
SOURCE = edited(DATASOURCE, app_id="x")
KAFKA: dict[str, Any] = {"datasource_type": "KAFKA", "content": {"broker": "a", "ssl_username": "hush-hush"}}
PARAMETER: dict[str, Any] = {"name": "id", "location": "QUERY", "type": "STRING"}
COMPOSITE: dict[str, Any] = {"task_name": "copy", "operation_types": ["INSERT", "DELETE"]}
BY_ADDRESS = {"condition_origin": "source", "condition_value": "192.0.2.0/24"}
BY_NAME = {
    "condition_origin": "param",
    "condition_value": "1",
    "condition_type": "exact",
    "req_param_name": "q",
}
POLICY: dict[str, Any] = {
    "name": "one",
    "effect_mode": "ALL",
    "result_content": "{}",
    "conditions": [BY_ADDRESS, BY_NAME],
}
DETAIL = '{"a": [1, 2], "b": {"c": true}}'

Difference = tuple[str, Any, Any]


def differences(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Compare with references that lead to what `at` says: `-before` and `-after` are the same thing on both sides."""

    def resolve(end: str) -> Any:
        return lambda marker, value: f"{marker.kind}/{value.removesuffix(end)}" if value.endswith(end) else None

    changes = compare(KINDS[kind], before, after, Sides(before=resolve("-before"), after=resolve("-after")))
    assert all(change.secret == (MASK in str((change.before, change.after))) for change in changes)
    return [(change.pointer, change.before, change.after) for change in changes]


@every_row(
    ("kind", "before", "after"),
    [
        pytest.param("application", APPLICATION, APPLICATION, id="the same"),
        pytest.param("application", {"name": "a", "key": "b"}, {"key": "b", "name": "a"}, id="keys in another order"),
        pytest.param("application", APP, edited(APP, id="2"), id="another id"),
        pytest.param("application", APP, edited(APP, id=...), id="no id"),
        pytest.param("application", APP, edited(APP, name="dev_Shop"), id="another name, by which both were matched"),
        pytest.param("application", APP, {**APP, "create_time": "today", "favorite": True}, id="what the server makes"),
        pytest.param(
            "api",
            API,
            {**API, "group_name": "x", "mock_info": {"result_content": "{}", "id": "9"}},
            id="what the server makes inside",
        ),
        pytest.param("topic", TOPIC, {**TOPIC, "partition": 3, "sync_replication": False}, id="a default and absence"),
        pytest.param("topic", {**TOPIC, "partition": None}, {**TOPIC, "partition": 3}, id="a default and null"),
        pytest.param("application", APP, {**APP, "remark": ""}, id="an empty text and absence"),
        pytest.param("api", API, {**API, "tags": [], "req_params": []}, id="an empty list and absence"),
        pytest.param("task", {**TASK, "task_type": "TIMING"}, {**TASK, "task_type": "timing"}, id="a word of a list"),
        pytest.param(
            "api",
            {**API, "req_params": [{"name": "X-Trace", "location": "HEADER", "type": "STRING"}]},
            {**API, "req_params": [{"name": "x-trace", "location": "HEADER", "type": "string"}]},
            id="the name of a header in other letters",
        ),
        pytest.param("topic", TOPIC, {**TOPIC, "$schema": "topic.json"}, id="a schema"),
        pytest.param(
            "composite_task",
            COMPOSITE,
            edited(COMPOSITE, operation_types=["DELETE", "INSERT"]),
            id="a list whose order means nothing",
        ),
        pytest.param(
            "api",
            {**API, "policy_mocks": [POLICY]},
            {**API, "policy_mocks": [edited(POLICY, conditions=[{**BY_NAME, "id": "7"}, BY_ADDRESS])]},
            id="conditions in another order",
        ),
        pytest.param(
            "application",
            {**APP, "remark": "one\r\ntwo\r\n"},
            {**APP, "remark": "one\ntwo"},
            id="line ends of a text for people",
        ),
        pytest.param("application", {**APP, "remark": "\n"}, APP, id="an empty line and no text"),
        pytest.param(
            "api",
            {**API, "req_params": [PARAMETER, edited(PARAMETER, location="PATH")]},
            {**API, "req_params": [edited(PARAMETER, location="PATH", id="7"), {**PARAMETER, "valid_enable": 2}]},
            id="objects in another order, told apart by their keys",
        ),
        pytest.param(
            "task",
            {**TASK, "task_detail": DETAIL},
            {**TASK, "task_detail": '{"b":{"c":true},"a":[1,2.0]}'},
            id="JSON in a text, written otherwise",
        ),
        pytest.param("task", {**TASK, "task_detail": "{x"}, {**TASK, "task_detail": "{x"}, id="no JSON in a text"),
        pytest.param(
            "datasource",
            edited(SOURCE, app_id="a-before"),
            edited(SOURCE, app_id="a-after"),
            id="another id of the same thing",
        ),
        pytest.param(
            "datasource",
            SOURCE,
            {**SOURCE, "content": {**SOURCE["content"], "password": "x"}},
            id="a credential on one side only",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, "content": {**SOURCE["content"], "x_token": "x"}},
            SOURCE,
            id="an unknown credential on one side only",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, "content": {"password": "***"}},
            {**SOURCE, "content": {"password": "x"}},
            id="a placeholder and a credential",
        ),
        pytest.param(
            "application", {**APP, "secret": "a-secret"}, {**APP, "secret": "a-secret"}, id="the same credential"
        ),
        pytest.param(
            "topic",
            {**TOPIC, "x": [None, {"y": None}]},
            {**TOPIC, "x": [None, {}]},
            id="null in a list, null and absence",
        ),
        pytest.param("topic", {**TOPIC, "x": 1}, {**TOPIC, "x": 1.0}, id="1 and 1.0"),
    ],
)
def test_what_makes_no_difference(kind: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert differences(kind, before, after) == []
    assert compare(KINDS[kind], before, before, Sides(before=lambda *_: None, after=lambda *_: None)) == ()


@every_row(
    ("kind", "before", "after", "found"),
    [
        pytest.param(
            "topic", TOPIC, {**TOPIC, "partition": 4}, [("/partition", 3, 4)], id="a default and another value"
        ),
        pytest.param(
            "topic", {**TOPIC, "partition": 4}, TOPIC, [("/partition", 4, 3)], id="another value and a default"
        ),
        pytest.param("application", {**APP, "remark": "a"}, APP, [("/remark", "a", None)], id="a text that goes away"),
        pytest.param("topic", TOPIC, {**TOPIC, "x/y": {"~": 1}}, [("/x~1y", None, {"~": 1})], id="an unknown key"),
        pytest.param("topic", {**TOPIC, "x": True}, {**TOPIC, "x": 1}, [("/x", True, 1)], id="true is not 1"),
        pytest.param(
            "topic",
            {**TOPIC, "x": [0, {"y": False}]},
            {**TOPIC, "x": [False, {"y": 0}]},
            [("/x/0", 0, False), ("/x/1/y", False, 0)],
            id="false is not 0",
        ),
        pytest.param("topic", {**TOPIC, "x": "1"}, {**TOPIC, "x": 1}, [("/x", "1", 1)], id="a text is not a number"),
        pytest.param(
            "topic",
            {**TOPIC, "x": {"a": 1}},
            {**TOPIC, "x": [1]},
            [("/x", {"a": 1}, [1])],
            id="an object is not a list",
        ),
        pytest.param(
            "topic",
            {**TOPIC, "x": [1, 2]},
            {**TOPIC, "x": [2, 1]},
            [("/x", [1, 2], [2, 1])],
            id="a list whose order counts",
        ),
        pytest.param(
            "topic",
            {**TOPIC, "x": [1, 2, 3]},
            {**TOPIC, "x": [1]},
            [("/x", 2, None), ("/x", 3, None)],
            id="items that go away",
        ),
        pytest.param(
            "topic", {**TOPIC, "x": [[1]]}, {**TOPIC, "x": [[1, 2]]}, [("/x/0/1", None, 2)], id="a list in a list"
        ),
        pytest.param(
            "composite_task",
            COMPOSITE,
            edited(COMPOSITE, operation_types=["DELETE", "UPDATE"]),
            [("/operation_types/1", None, "UPDATE"), ("/operation_types", "INSERT", None)],
            id="an item for another",
        ),
        pytest.param(
            "composite_task",
            COMPOSITE,
            edited(COMPOSITE, operation_types=["INSERT", "INSERT", "DELETE"]),
            [("/operation_types/1", None, "INSERT")],
            id="an item twice",
        ),
        pytest.param(
            "api",
            {**API, "req_params": [PARAMETER, edited(PARAMETER, name="b")]},
            {**API, "req_params": [edited(PARAMETER, name="b", type="NUMBER"), PARAMETER]},
            [("/req_params/0/type", "STRING", "NUMBER")],
            id="a field of an object in an unordered list",
        ),
        pytest.param(
            "api",
            {**API, "req_params": [PARAMETER]},
            {**API, "req_params": [edited(PARAMETER, name="b")]},
            [("/req_params/0", None, edited(PARAMETER, name="b")), ("/req_params", PARAMETER, None)],
            id="another key is another object",
        ),
        pytest.param(
            "task",
            {**TASK, "task_detail": DETAIL},
            {**TASK, "task_detail": '{"a": [2, 1]}'},
            [("/task_detail/#/a", [1, 2], [2, 1]), ("/task_detail/#/b", {"c": True}, None)],
            id="other JSON in a text",
        ),
        pytest.param(
            "task",
            {**TASK, "task_detail": "1"},
            {**TASK, "task_detail": "true"},
            [("/task_detail/#", 1, True)],
            id="true is not 1 in a text either",
        ),
        pytest.param(
            "datasource",
            edited(SOURCE, app_id="a-before"),
            edited(SOURCE, app_id="b-after"),
            [("/app_id", "a-before", "b-after")],
            id="a reference to another thing",
        ),
        pytest.param(
            "datasource",
            edited(SOURCE, app_id="a"),
            edited(SOURCE, app_id="b"),
            [("/app_id", "a", "b")],
            id="references that lead nowhere",
        ),
        pytest.param(
            "datasource",
            SOURCE,
            edited(SOURCE, content={**SOURCE["content"], "port": "1"}),
            [("/content/port", "3306", "1")],
            id="a field inside",
        ),
        pytest.param(
            "application",
            {**APP, "secret": "a-secret"},
            {**APP, "secret": "b-secret"},
            [("/secret", MASK, MASK)],
            id="another credential",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, "content": {"x_password": [1]}},
            {**SOURCE, "content": {"x_password": [2]}},
            [("/content/x_password", MASK, MASK)],
            id="another unknown credential",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, "content": {"url": "a://u:one@h"}},
            {**SOURCE, "content": {"url": "a://u:two@h"}},
            [("/content/url", "a://u:***@h", "a://u:***@h")],
            id="another embedded credential",
        ),
        pytest.param(
            "topic",
            TOPIC,
            {**TOPIC, "x": [{"password": "hush"}]},
            [("/x", None, [{"password": MASK}])],
            id="a credential in something new",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, **KAFKA},
            {**SOURCE, "content": {}},
            [("/datasource_type", "KAFKA", "MYSQL"), ("/content/broker", "a", None)],
            id="a credential of the type before",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, "content": {}},
            {**SOURCE, **KAFKA},
            [("/datasource_type", "MYSQL", "KAFKA"), ("/content/broker", None, "a")],
            id="a credential of the type after",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, **KAFKA},
            {**SOURCE, "content": {"ssl_username": "ssh-hush"}},
            [
                ("/datasource_type", "KAFKA", "MYSQL"),
                ("/content/ssl_username", MASK, MASK),
                ("/content/broker", "a", None),
            ],
            id="a credential in one of two types",
        ),
        pytest.param(
            "datasource",
            {**SOURCE, **KAFKA},
            {**SOURCE, "datasource_type": "KAFKA", "content": "gone"},
            [("/content", MASK, MASK)],
            id="a credential in what is not an object any more",
        ),
    ],
)
def test_what_makes_a_difference(
    kind: str, before: dict[str, Any], after: dict[str, Any], found: list[Difference]
) -> None:
    assert differences(kind, before, after) == found


def test_a_difference_shows_what_was_and_what_is() -> None:
    assert FieldChange(pointer="/a") == FieldChange(pointer="/a", before=None, after=None, secret=False)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (True, True, True),
        (True, 1, False),
        (0, False, False),
        ("1", 1, False),
        (None, None, True),
        (None, 0, False),
        ([1, [2]], [1, [2]], True),
        ([1], [1, 2], False),
        ([1], [True], False),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": None}, {}, False),
        ({}, [], False),
    ],
)
def test_equality_of_json(*, one: Any, other: Any, equal: bool) -> None:
    assert is_equal(one, other) is equal


SIDES = Sides(before=lambda _, __: None, after=lambda _, __: None)
AUTH = {"client_id": "hush", "app_key": "hush", "user_name": "hush"}


@pytest.mark.parametrize("before", ["api", "API", "MYSQL", None])
@pytest.mark.parametrize("after", ["api", "API", "MYSQL", None])
def test_what_is_a_secret_of_one_type_is_told_of_none(before: str | None, after: str | None) -> None:
    def document(kind: str | None, secret: str) -> dict[str, Any]:
        auth = {name: f"{value}-{secret}" for name, value in AUTH.items()}
        content = {"api_auth_detail": auth, "x": {"y": auth}, "connector_params": {"a": f"hush-{secret}"}}
        return {"datasource_name": "a", "datasource_type": kind, "content": content}

    changes = compare(KINDS["datasource"], document(before, "1"), document(after, "2"), SIDES)
    assert "hush" not in "".join(f"{change.before}{change.after}" for change in changes)
    assert sum(change.secret for change in changes) == len(AUTH) * 2 + 1


@every_row(
    ("kind", "before", "after", "expected"),
    [
        pytest.param(
            "api",
            {"policy_mocks": [POLICY]},
            {"policy_mocks": [edited(POLICY, name="two"), {**POLICY, "effect_mode": "ANY"}]},
            [("/policy_mocks/0", None, edited(POLICY, name="two")), ("/policy_mocks/1/effect_mode", "ALL", "ANY")],
            id="a policy before the others",
        ),
        pytest.param(
            "api",
            {"policy_mocks": [POLICY, edited(POLICY, name="two")]},
            {"policy_mocks": [edited(POLICY, name="two"), POLICY]},
            [("/policy_mocks", ["one", "two"], ["two", "one"])],
            id="policies in another order",
        ),
        pytest.param(
            "api",
            {"policy_mocks": [POLICY]},
            {"policy_mocks": [edited(POLICY, conditions=[BY_NAME, {**BY_ADDRESS, "condition_value": "::1"}])]},
            [("/policy_mocks/0/conditions/1/condition_value", "192.0.2.0/24", "::1")],
            id="conditions in another order, one changed",
        ),
        pytest.param(
            "api",
            {"req_params": [{**PARAMETER, "orchestrations": ["a", "b", "c"]}]},
            {"req_params": [{**PARAMETER, "orchestrations": ["c", "a", "b"]}]},
            [("/req_params/0/orchestrations", ["a", "b", "c"], ["c", "a", "b"])],
            id="an order that counts",
        ),
        pytest.param(
            "application", {"remark": "a\n\nb"}, {"remark": "a\nb"}, [("/remark", "a\n\nb", "a\nb")], id="lines"
        ),
    ],
)
def test_what_is_moved_is_told_from_what_is_changed(
    kind: str, before: dict[str, Any], after: dict[str, Any], expected: list[Difference]
) -> None:
    assert differences(kind, before, after) == expected


@every_row(
    ("before", "after", "pointers"),
    [
        ({"a": [1, {"b": 0}]}, {"a": [1, {"b": 0}]}, []),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 2, "b": 1}}, []),
        ({"a": [1]}, {"a": [True]}, ["/x/a/0"]),
        ({"a": {"b": False}}, {"a": {"b": 0}}, ["/x/a/b"]),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": [[1], [2]]}, {"a": [[1], [3]]}, ["/x/a/1/0"]),
    ],
)
def test_equal_values_are_passed_over_and_what_python_takes_for_equal_is_not(
    before: Any, after: Any, pointers: list[str]
) -> None:
    assert [
        pointer for pointer, _, _ in differences("topic", {**TOPIC, "x": before}, {**TOPIC, "x": after})
    ] == pointers


def test_what_leads_nowhere_on_the_target_and_is_the_same_in_the_package_is_no_difference() -> None:
    sides = Sides(before=lambda *_: None, after=lambda _, value: f"{value}-there")
    api = edited(API, group_id="g", roma_app_id="a")
    assert compare(KINDS["api"], api, api, sides) == ()
    assert [change.pointer for change in compare(KINDS["api"], api, edited(api, group_id="h"), sides)] == ["/group_id"]


def test_what_is_equal_and_refers_to_other_resources_is_a_difference() -> None:
    def lead(end: str) -> Sides:
        return Sides(before=lambda _, value: value, after=lambda _, value: f"{value}{end}")

    api = edited(API, group_id="g", roma_app_id="a")
    assert [change.pointer for change in compare(KINDS["api"], api, api, lead("-there"))] == [
        pointer for pointer in ("/group_id", "/roma_app_id") if pointer[1:] in api
    ]
    assert compare(KINDS["api"], api, api, lead("")) == ()
    known_id = "0123456789abcdef0123456789abcdef"
    task = edited(TASK, task_detail=f'{{"x": {{"y": ["{known_id}"]}}, "z": {{"y": ["order"]}}}}')
    found = [change.pointer for change in compare(KINDS["task"], task, task, lead("-there"))]
    assert "/task_detail/#/x/y/0" in found
    assert not [pointer for pointer in found if "/z" in pointer]


@every_row(
    ("value", "differs"),
    [
        pytest.param("0123456789abcdef0123456789abcdef", True, id="an id"),
        pytest.param("7", False, id="what has not the form of one"),
    ],
)
def test_what_names_no_resource_is_the_same_wherever_it_would_lead(*, value: str, differs: bool) -> None:
    sides = Sides(before=lambda *_: "datasource/one", after=lambda *_: "datasource/another")
    task = edited(TASK, task_detail=f'{{"error_handler": [{{"id": "{value}"}}]}}')
    found = [change.pointer for change in compare(KINDS["task"], task, task, sides)]
    assert ("/task_detail/#/error_handler/0/id" in found) is differs
