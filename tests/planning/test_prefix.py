"""Prefixes: the shortest that is free, what follows a new name, and what keeps the old one."""

import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import ImportOptions, Mode, Package, Reason
from assetpkg.planning.context import ImportContext
from assetpkg.planning.prefix import find_stale_names, find_updated_references, suggest_prefix
from tests.build import API, APPLICATION, DATASOURCE, TASK, edited, make_instance, make_package
from tests.laws.strategies import laws
from tests.tables import every_row

OPTIONS = ImportOptions()
CLASHES = {Reason.NAME_TAKEN, Reason.PREFIXED_NAME}


def named(*names: str, field: str = "name", document: dict[str, Any] = APPLICATION) -> list[dict[str, Any]]:
    return [edited(document, **{field: name, "id": ..., "key": ...}) for name in names]


@every_row(
    ("there", "expected"),
    [
        pytest.param([], "a", id="nothing there"),
        pytest.param(["Shop"], "a", id="the name itself is there"),
        pytest.param(["aShop"], "b", id="the first one is taken"),
        pytest.param(["aShop", "bShop", "dShop"], "c", id="the first free one"),
        pytest.param(
            [f"{letter}Shop" for letter in "abcdefghijklmnopqrstuvwxyz"], "0", id="capitals are almost the same"
        ),
    ],
)
def test_the_shortest_prefix_that_is_free(there: list[str], expected: str) -> None:
    assert suggest_prefix(make_package(), make_instance({"application": named(*there)}), OPTIONS) == expected


def test_a_task_is_kept_free_where_it_may_be_renamed() -> None:
    target = make_instance({"task": [edited(TASK, task_name="async_orders", task_id="other")]})
    assert suggest_prefix(make_package(), target, OPTIONS) == "b"
    only = replace(OPTIONS, assumptions={"prefix-renames": "applications"})
    assert suggest_prefix(make_package(), target, only) == "a"


FIRST = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    ("name", "there", "why"),
    [
        pytest.param("S" * 256, [], r"no room for a prefix: application/S{27}… .* leaves room for 0$", id="full"),
        pytest.param(
            "S" * 255,
            [f"{letter}{'S' * 255}" for letter in FIRST],
            r"no room for a prefix that is free of clashes: application/S{27}… .* room for 1, and every one",
            id="room for one, and each is taken",
        ),
    ],
)
def test_where_there_is_no_prefix_room_is_what_is_missing(name: str, there: list[str], why: str) -> None:
    package = make_package({"applications/Shop.json": edited(APPLICATION, name=name)})
    with pytest.raises(assetpkg.InvalidOption, match=why):
        suggest_prefix(package, make_instance({"application": named(*there)}), OPTIONS)


@laws
@given(st.sets(st.sampled_from([f"{letter}Shop" for letter in "abcdefgh0"] + ["Shop", "aaShop"])))
def test_under_the_suggested_prefix_no_name_of_the_package_is_taken(there: set[str]) -> None:
    package, target = make_package(), make_instance({"application": named(*sorted(there))})
    prefix = suggest_prefix(package, target, OPTIONS)
    plan = assetpkg.plan(package, target, ImportOptions(prefix=prefix))
    assert not [change for change in plan.changes if change.kind == "application" and change.reason in CLASHES]
    earlier = [letter for letter in "abcdefgh" if letter < prefix]
    assert {f"{letter}Shop" for letter in earlier} <= there


def test_references_to_a_renamed_resource_follow_it() -> None:
    found = {(each.address, each.pointer): each.target for each in find_updated_references(renaming())}
    assert found == {
        ("datasource/orders-db", "/app_id"): "application/dev_Shop",
        ("api_group/Shop/orders", "/roma_app_id"): "application/dev_Shop",
        ("topic/order-events", "/app_id"): "application/dev_Shop",
    }


@pytest.mark.parametrize(
    ("document", "pointer", "copy"),
    [
        pytest.param({"remark": "of the Shop team"}, "/remark", False, id="free text"),
        pytest.param({"req_uri": "/Shop/{id}"}, "/req_uri", False, id="a path"),
        pytest.param({"tags": ["Shop"]}, "/tags/0", True, id="a copy in a list"),
        pytest.param({"roma_app_name": "Shop"}, "/roma_app_name", True, id="a copy of the name"),
    ],
)
def test_a_text_keeps_the_old_name(document: dict[str, Any], pointer: str, copy: bool) -> None:  # noqa: FBT001 - a row
    setting = renaming({"apis/Shop/orders/get-order.json": edited(API, **document)})
    found = [(each.pointer, each.to, each.copy) for each in find_stale_names(setting)]
    assert found == [(pointer, "application/Shop", copy)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param("订单", "查询订单的状态", True, id="two characters of Chinese, without blanks around them"),
        pytest.param("订单", "API订单v2", True, id="Chinese beside ASCII"),
        pytest.param("订单A", "订单AB", False, id="only the end that is ASCII needs a boundary"),
        pytest.param("it", "run by it", True, id="a word of two letters"),
        pytest.param("it", "items", False, id="two letters in a longer word"),
        pytest.param("订", "订单", False, id="one character is not looked for"),
    ],
)
def test_short_names_are_looked_for_from_two_characters(name: str, text: str, *, found: bool) -> None:
    package = Package.new("p").with_resources(
        [("application", {"name": name}), ("topic", {"name": "t", "access_policy": "pub", "description": text})]
    )
    setting = ImportContext(package, make_instance(), ImportOptions(prefix="dev_"))
    places = [(each.pointer, each.to) for each in find_stale_names(setting) if each.address == "topic/t"]
    assert places == [("/description", f"application/{name}")] * found


def test_a_name_of_both_an_application_and_a_task_is_no_old_name_in_its_own_field() -> None:
    package = Package.new("p").with_resources(
        [("application", {"name": "sync"}), ("task", {"task_name": "sync", "task_type": "REALTIME"})]
    )
    assert list(find_stale_names(ImportContext(package, make_instance(), ImportOptions(prefix="dev_")))) == []


@pytest.mark.parametrize("text", ["Workshop", "Shopping", "a shop"])
def test_another_word_is_no_old_name(text: str) -> None:
    setting = renaming({"apis/Shop/orders/get-order.json": edited(API, remark=text)})
    assert list(find_stale_names(setting)) == []


def test_a_name_inside_a_json_text_is_found_and_a_credential_is_not_looked_at() -> None:
    setting = renaming(
        {
            "tasks/sync_orders.json": edited(TASK, task_detail='{"note": "for Shop"}'),
            "datasources/orders-db.json": edited(DATASOURCE, content={"host": "a.example.com", "password": "Shop"}),
        }
    )
    assert [each.pointer for each in find_stale_names(setting)] == ["/task_detail/#/note"]


def test_what_uses_an_overwritten_data_source_on_the_target_is_named() -> None:
    target = make_instance(
        {
            "application": [APPLICATION],
            "datasource": [edited(DATASOURCE, content={"host": "other.example.com"})],
            "task": [TASK, edited(TASK, task_id="task-2", task_name="nightly")],
        }
    )
    options = ImportOptions(mode=Mode.MERGE, datasource_overwrite=True)
    (impact,) = assetpkg.plan(make_package(), target, options).impact
    assert impact.change.target_address == "datasource/orders-db"
    assert {(user.address, user.through, user.planned) for user in impact.users} == {
        ("task/sync_orders", None, True),
        ("task/nightly", None, False),
        ("application/Shop", None, True),
    }
    assert impact.not_covered == ()


def renaming(changes: dict[str, Any] | None = None) -> ImportContext:
    return ImportContext(make_package(changes), make_instance(), ImportOptions(prefix="dev_"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"backend_api": {"req_uri": "/apps/Shop%20Center"}}, ("/backend_api/req_uri", ("percent",)), id="a path"
        ),
        pytest.param(
            {"mock_info": {"result_content": '{"a": "Shop\\u0020Center"}'}},
            ("/mock_info/result_content", ("escaped",)),
            id="a sample",
        ),
        pytest.param({"more": {"Shop Center": 1}}, ("/more/Shop Center", ("key",)), id="a key"),
        pytest.param({"more": {"Shop+Center": {"a": 1}}}, ("/more/Shop+Center", ("key", "plus")), id="a key, encoded"),
    ],
)
def test_how_an_old_name_is_written_is_told(changes: dict[str, Any], expected: tuple[str, tuple[str, ...]]) -> None:
    package = Package.new("p").with_resources(
        [("application", {"name": "Shop Center"}), ("topic", {"name": "t", "access_policy": "pub", **changes})]
    )
    setting = ImportContext(package, make_instance(), ImportOptions(prefix="dev_"))
    assert [(each.pointer, each.written) for each in find_stale_names(setting)] == [expected]
