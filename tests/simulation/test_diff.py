"""What two packages differ in, resource by resource."""

from collections.abc import Mapping
from typing import Any

import pytest

import assetpkg
from assetpkg import Difference, Package
from tests.build import (
    API,
    APPLICATION,
    DATASOURCE,
    GROUP,
    TASK,
    TOPIC,
    edited,
    make_contents,
    make_instance,
    make_package,
)

Row = tuple[str, str | None, str | None, str | None, list[str]]
"""The action, the address before and after, by what it was known again, and the pointers of the fields."""

GONE = dict.fromkeys(("tasks/sync_orders.json", "apis/Shop/orders/get-order.json", "topics/order-events.json"))
FTP = edited(
    DATASOURCE, datasource_id=..., datasource_name="files", datasource_type="FTP", content={"host": "h", "port": "22"}
)
RENAMED = {"datasources/files.json": None, "datasources/more-files.json": edited(FTP, datasource_name="more-files")}

CASES: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], list[Row]]] = {
    "nothing": ({}, {}, []),
    "a value": (
        {},
        {"topics/order-events.json": edited(TOPIC, access_policy="pub")},
        [("changed", "topic/order-events", "topic/order-events", None, ["/access_policy"])],
    ),
    "another id is noise": ({}, {"apis/Shop/orders/get-order.json": edited(API, id="api-9")}, []),
    "new ids all along": (
        {},
        {
            "applications/Shop.json": edited(APPLICATION, id="new-1"),
            "datasources/orders-db.json": edited(DATASOURCE, datasource_id="new-2", app_id="new-1"),
            "tasks/sync_orders.json": edited(TASK, source_datasource_id="new-2", target_datasource_id="new-2"),
            "api_groups/Shop/orders.json": edited(GROUP, id="new-3", roma_app_id="new-1"),
            "apis/Shop/orders/get-order.json": edited(API, group_id="new-3"),
        },
        [],
    ),
    "a default is noise": ({}, {"api_groups/Shop/orders.json": edited(GROUP, version="V2", remark="")}, []),
    "the same id": (
        {},
        {"applications/Shop.json": edited(APPLICATION, name="Store", remark="new")},
        [("renamed", "application/Shop", "application/Store", "id", ["/remark"])],
    ),
    "the same content": (
        {"datasources/files.json": FTP},
        RENAMED,
        [("renamed", "datasource/files", "datasource/more-files", "content", [])],
    ),
    "the same content twice is no rename": (
        {"datasources/files.json": FTP},
        {**RENAMED, "datasources/third.json": edited(FTP, datasource_name="third")},
        [
            ("removed", "datasource/files", None, None, ["/datasource_type", "/app_id", "/content"]),
            ("added", None, "datasource/more-files", None, ["/datasource_type", "/app_id", "/content"]),
            ("added", None, "datasource/third", None, ["/datasource_type", "/app_id", "/content"]),
        ],
    ),
    "little content is no rename": (
        {},
        {"topics/order-events.json": None, "topics/others.json": edited(TOPIC, name="others")},
        [
            ("removed", "topic/order-events", None, None, ["/app_id", "/access_policy"]),
            ("added", None, "topic/others", None, ["/app_id", "/access_policy"]),
        ],
    ),
    "names that are swapped are two changes": (
        {"datasources/files.json": FTP},
        {
            "datasources/orders-db.json": edited(FTP, datasource_name="orders-db"),
            "datasources/files.json": edited(DATASOURCE, datasource_name="files"),
        },
        [
            ("changed", "datasource/files", "datasource/files", None, ["/datasource_type", "/content/host"]),
            ("changed", "datasource/orders-db", "datasource/orders-db", None, ["/datasource_type", "/content/host"]),
            # The id that it uses is that of the other one now.
            ("changed", "task/sync_orders", "task/sync_orders", None, ["/source_datasource_id"]),
        ],
    ),
    "a group in another application": (
        {"applications/Other.json": {"id": "app-2", "name": "Other", "key": "other-key"}},
        {"api_groups/Shop/orders.json": edited(GROUP, roma_app_id="app-2")},
        [("renamed", "api_group/Shop/orders", "api_group/Other/orders", "id", ["/roma_app_id"])],
    ),
    "a group that only one side has": (
        {},
        {"api_groups/Shop/orders.json": None},
        [
            ("removed", "api_group/Shop/orders", None, None, ["/version", "/roma_app_id"]),
            ("renamed", "api/Shop/orders/get-order", "api/{group-1}/get-order", "id", []),
        ],
    ),
}


def row_of(difference: Difference) -> Row:
    pointers = [field.pointer for field in difference.fields]
    return difference.action, difference.before, difference.after, difference.alike_by, pointers


def test_what_differs() -> None:
    for name, (before, changes, expected) in CASES.items():
        found = assetpkg.diff(make_package(before), make_package({**before, **changes}))
        rows = [row_of(difference) for difference in found.differences]
        for row, told in zip(rows, expected, strict=True):
            # Of a long list of fields, the first ones say enough.
            assert (*row[:4], row[4][: len(told[4])]) == told, name
        assert found.is_same is (not expected), name
        back = assetpkg.diff(make_package({**before, **changes}), make_package(before))
        assert len(back.differences) == len(expected), name


def test_a_credential_is_never_shown_and_said_to_differ() -> None:
    content = DATASOURCE["content"]
    sides = [
        make_package({"datasources/orders-db.json": edited(DATASOURCE, content={**content, "password": word})})
        for word in ("Pa55word-one!", "Pa55word-two!", "******")
    ]
    (found,) = assetpkg.diff(sides[0], sides[1]).differences
    assert [(field.pointer, field.before, field.after, field.secret) for field in found.fields] == [
        ("/content/password", "***", "***", True)
    ]
    assert assetpkg.diff(sides[0], sides[2]).is_same
    text = assetpkg.to_json(assetpkg.diff(sides[0], make_package(dict.fromkeys(["datasources/orders-db.json"]))))
    assert "Pa55word" not in text


def test_a_text_in_json_is_compared_field_by_field() -> None:
    task = "tasks/sync_orders.json"
    one = make_package({task: edited(TASK, task_detail='{"a": 1, "b": [1, 2]}')})
    other = make_package({task: edited(TASK, task_detail='{ "b": [1, 3],\n"a": 1 }')})
    (found,) = assetpkg.diff(one, other).differences
    assert [(field.pointer, field.before, field.after) for field in found.fields] == [("/task_detail/#/b/1", 2, 3)]


def test_what_a_snapshot_does_not_cover_is_not_compared() -> None:
    package = make_package()
    instance = make_instance({"application": [APPLICATION]}, covers=["application"])
    for sides in ((package, instance), (instance, package)):
        found = assetpkg.diff(*sides)
        assert found.is_same
        assert found.same == 1
        assert found.uncovered == {"datasource": 1, "task": 1, "api_group": 1, "api": 1, "topic": 1}


def test_what_nobody_has_looked_at_is_not_known_to_differ() -> None:
    listed = make_instance(
        {"topic": [{"name": "order-events", "app_id": "shop-key"}]}, partial={"topic": ["access_policy"]}
    )
    found = assetpkg.diff(make_package({**GONE, "topics/order-events.json": TOPIC}), listed)
    assert found.unverified == {"topic/order-events": ("/access_policy",)}
    assert "topic/order-events" not in [each.address for each in found.differences]


DISPATCH = {"period": "MIN", "dispatch_interval": 5, "start_datetime": 1}


def test_what_nobody_has_looked_at_within_a_field_is_not_known_to_differ() -> None:
    """The time zone of a schedule is in no answer; what is beside it is compared all the same."""
    zone = {**DISPATCH, "cron_timezone": "Asia/Shanghai"}
    rows: dict[str, tuple[dict[str, Any], dict[str, Any] | None, tuple[str, ...], tuple[str, ...]]] = {
        "not there": (zone, DISPATCH, (), ("/dispatch/cron_timezone",)),
        "there and the same": (zone, zone, (), ()),
        "there and another": (zone, {**DISPATCH, "cron_timezone": "UTC"}, ("/dispatch/cron_timezone",), ()),
        "beside it": (
            zone, {**DISPATCH, "period": "HOUR"}, ("/dispatch/period",), ("/dispatch/cron_timezone",)
        ),
        "no schedule": (zone, None, ("/dispatch",), ()),
    }  # fmt: skip
    for name, (ours, theirs, differ, unverified) in rows.items():
        package = make_package({"tasks/sync_orders.json": edited(TASK, dispatch=ours)})
        there = {**TASK, **({} if theirs is None else {"dispatch": theirs})}
        known = {"application": [APPLICATION], "datasource": [DATASOURCE], "task": [there]}
        for key in ("task", "task/sync_orders"):
            target = make_instance(known, covers=[*known], partial={key: ["dispatch/cron_timezone"]})
            for sides in ((package, target), (target, package)):
                found = assetpkg.diff(*sides)
                (one,) = found.differences or (None,)
                assert (tuple(field.pointer for field in one.fields) if one else ()) == differ, name
                assert (one.unverified if one else found.unverified.get("task/sync_orders", ())) == unverified, name
            changes = assetpkg.plan(package, target, mode="Merge").changes
            (planned,) = (change for change in changes if change.address == "task/sync_orders")
            assert tuple(field.pointer for field in planned.fields) == differ, name
            assert (planned.reason == "not-looked-at") == (not differ and bool(unverified)), name


def test_a_reference_that_leads_nowhere_on_one_side_is_no_difference() -> None:
    alone = make_package({"datasources/orders-db.json": None})
    for sides in ((make_package(), alone), (alone, make_package())):
        assert [each.kind for each in assetpkg.diff(*sides).differences] == ["datasource"]


def test_another_asset_version_is_a_difference() -> None:
    found = assetpkg.diff(make_package(), make_package(manifest={"asset_version": "1.1"}))
    assert (found.versions, found.is_same, found.differences) == (("1.0", "1.1"), False, ())


def test_files_that_no_import_uses_are_no_difference() -> None:
    one = make_package({"notes.txt": b"old", "docs/a.txt": b"a"})
    other = make_package({"notes.txt": b"new", "docs/b.txt": b"b"})
    found = assetpkg.diff(one, other)
    assert found.is_same
    assert found.idle_files == {"added": ("docs/b.txt",), "removed": ("docs/a.txt",), "changed": ("notes.txt",)}


def test_of_several_with_one_name_the_same_are_compared() -> None:
    twice = {
        "datasources/a.json": edited(DATASOURCE, datasource_id="ds-7", description="seven"),
        "datasources/b.json": edited(DATASOURCE, datasource_id="ds-8", description="eight"),
    }
    other = {"datasources/z.json": twice["datasources/a.json"], "datasources/b.json": twice["datasources/b.json"]}
    found = assetpkg.diff(make_package(twice), make_package(other))
    assert found.is_same, found.differences


@pytest.mark.parametrize("entry", ["topics/order-events.json", "manifest.json"])
def test_a_package_that_cannot_be_read_is_refused(entry: str) -> None:
    from assetpkg.archive.archive import Archive
    from assetpkg.package.package import load

    broken: Package = load(Archive.from_contents({**make_contents(), entry: b"{"}))
    for sides in ((make_package(), broken), (broken, make_package())):
        with pytest.raises(assetpkg.InvalidPackage):
            assetpkg.diff(*sides)
