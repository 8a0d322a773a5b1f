"""IMP: the planned import."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from assetpkg.diagnostics.model import Diagnostic
from assetpkg.diagnostics.pages import Page
from assetpkg.kinds import KINDS
from assetpkg.planning.options import Mode
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited
from tests.rules.rows import (
    DATABASE,
    EVENTS,
    GET_ORDER,
    MANIFEST,
    ORDERS,
    SHOP,
    SYNC,
    Make,
    Row,
    Table,
    demanded,
    parameters,
    planned,
    row,
)

ALL: dict[str, list[Any]] = {
    "application": [APPLICATION],
    "datasource": [DATASOURCE],
    "task": [TASK],
    "api_group": [GROUP],
    "api": [API],
    "topic": [TOPIC],
}
"""The resources of the minimal package, as a target has them."""
OTHER = {"instance": {"id": "i-2", "version": "1"}}
"""Members of a target that is another instance than `i-1`."""
WEB = {
    "url_domain": "orders.example.com",
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/",
    "timeout": 5000,
    "vpc_channel_status": 2,
}
CHANNEL = {"id": "channel-1", "name": "shops", "port": 80, "balance_strategy": 1, "member_type": "ip"}
ELSEWHERE = edited(DATASOURCE, content={**DATASOURCE["content"], "host": "db.other.example.com"})
KNOWN = [kind for kind in KINDS if kind != "application"]
INSTANCE_GROUP = edited(GROUP, version="V1", roma_app_id=...)
MASKED = {DATABASE: edited(DATASOURCE, content={**DATASOURCE["content"], "password": "******"})}
SOURCE = {"source": {"instance_version": "22.1", "features": {"app_route": True, "a/b": "1", "odd": {"a": 1}}}}


def there(**changed: list[Any]) -> dict[str, list[Any]]:
    """A target with all the resources of the package, those of some kinds changed."""
    return {**ALL, **changed}


def only(**changed: list[Any]) -> dict[str, list[Any]]:
    """A target with nothing else."""
    return changed


def merged(target: dict[str, list[Any]], changes: dict[str, Any] | None = None, **options: Any) -> Make:
    return planned(changes, target=target, mode=Mode.MERGE, **options)


def never_imported(make: Make) -> Make:
    """The same, where the platform imports no topics; no kind is declared yet that it leaves out."""

    def make_without(folder: Path) -> list[Diagnostic]:
        with mock.patch.object(KINDS["topic"], "excluded_by", new=Page.IMPORT_GUIDE):
            return make(folder)

    return make_without


def many_tasks(count: int) -> dict[str, Any]:
    return {
        f"tasks/{number}.json": edited(TASK, task_id=f"task-{number}x", task_name=f"task-{number}")
        for number in range(1, count)
    }


def many_applications(count: int) -> dict[str, Any]:
    return {
        f"applications/{number}.json": {"id": f"app-{number}x", "name": f"Shop {number}"} for number in range(1, count)
    }


NEW_ID = {"address": "application/Shop", "why": "new-id", "pointers": ["/id"]}
BLOCKED = {"address": "application/Shop", "why": "blocked", "pointers": []}
_FOUND = (
    "refers to application/Shop as 'app-1', which an earlier import brings; it is not documented whether the platform "
    "finds it by that"
)
_HINT = "import both in one package, or --assume earlier-ids=… when you know"
EARLIER = (
    f"IMP016 api_groups/Shop/orders.json#/roma_app_id 5:18: {_FOUND} -> {_HINT}",
    f"IMP016 datasources/orders-db.json#/app_id 5:13: {_FOUND}",
)

OTHER_SOURCE = edited(DATASOURCE, datasource_id="ds-2", app_id="app-2")
STOCK = {"id": "app-2", "name": "Stock", "key": "stock-key"}

FAILING: Table = {
    "IMP025": (
        row(
            "another case on the target",
            planned(target=only(topic=[edited(TOPIC, name="Order-Events")])),
            "IMP025 topics/order-events.json 1:1: the name 'order-events' is almost that of 'topic/Order-Events' on "
            "the target; it is not documented whether they are one name -> make the names equal or different, or "
            "--assume names-differ-by=… when you know",
        ),
        row(
            "a prefix that makes one, and a task of another sort",
            planned(
                target=only(composite_task=[{"task_name": "DEV_sync_orders"}], application=[{"name": "Dev_shop"}]),
                prefix="dev_",
                assumptions={"prefix-renames": "all"},
            ),
            "IMP025 applications/Shop.json 1:1: the name 'dev_Shop' is almost that of 'application/Dev_shop' on the "
            "target; it is not documented whether they are one name",
            "IMP025 tasks/sync_orders.json 1:1: the name 'dev_sync_orders' is almost that of "
            "'composite_task/DEV_sync_orders' on the target; it is not documented whether they are one name",
        ),
    ),
    "IMP080": (
        row(
            "pages that overlap",
            merged(there(application=[APPLICATION, STOCK, APPLICATION, edited(STOCK, update_time="later")])),
            "IMP080: the target lists application 'Shop' (id 'app-1') twice, at /resources/application/0 and "
            "/resources/application/2, and 1 more; pages that overlapped, so that another application is perhaps "
            "missing -> take the snapshot again, each page from where the one before ends",
        ),
        row(
            "without an id",
            merged(there(topic=[TOPIC, TOPIC, TOPIC])),
            "IMP080: the target lists topic 'order-events' 3 times, at /resources/topic/0, /resources/topic/1 and "
            "/resources/topic/2; pages that overlapped, so that another topic is perhaps missing",
        ),
    ),
    "IMP081": (
        row(
            "two contents under one id",
            merged(there(application=[APPLICATION, edited(APPLICATION, remark="x")])),
            "IMP081: the target lists application 'Shop' (id 'app-1') twice, and differently: at "
            "/resources/application/0 and /resources/application/1 -> take the snapshot again, at one time and of one "
            "instance",
        ),
    ),
    "IMP082": (
        row(
            "two applications of one name",
            merged(there(application=[{"id": "x-1", "name": "Shop"}, APPLICATION])),
            "IMP082: the target has application 'Shop' twice, where names are unique: id 'app-1' and id 'x-1' -> take "
            "the snapshot again, at one time and of one instance",
        ),
    ),
    "IMP083": (
        row(
            "two data sources of one name",
            merged(there(application=[APPLICATION, STOCK], datasource=[OTHER_SOURCE, DATASOURCE])),
            "IMP083: the target has datasource 'orders-db' twice, which is evidence against "
            "datasource-names=instance: id 'ds-1' and id 'ds-2' -> answer the question with --assume "
            "datasource-names=application",
        ),
        row(
            "in one application",
            merged(
                there(datasource=[edited(DATASOURCE, datasource_id="ds-2"), DATASOURCE]),
                assumptions={"datasource-names": "application"},
            ),
            "IMP083: the target has datasource 'orders-db' twice, which is evidence against "
            "datasource-names=application: id 'ds-1' and id 'ds-2' -> take the snapshot again",
        ),
    ),
    "IMP084": (
        row(
            "two of a name, and the id of neither",
            merged(
                only(topic=[], application=[{"id": "a-1", "name": "Shop"}, {"id": "a-2", "name": "Shop"}]),
            ),
            "IMP082: the target has application 'Shop' twice, where names are unique: id 'a-1' and id 'a-2'",
            "IMP084 applications/Shop.json 1:1: may be merged into any of application/Shop (id 'a-1'), "
            "application/Shop#2 (id 'a-2') -> give it the id of the one that is meant, or rename the others on the "
            "target",
        ),
        row(
            "more of a name than a sentence names",
            merged(only(topic=[], application=[{"id": f"a-{each}", "name": "Shop"} for each in range(7)])),
            "IMP082: the target has application 'Shop' 7 times, where names are unique: id 'a-0', id 'a-1', id 'a-2', "
            "id 'a-3', id 'a-4' and 2 more",
            "IMP084 applications/Shop.json 1:1: may be merged into any of application/Shop (id 'a-0'), "
            "application/Shop#2 (id 'a-1'), application/Shop#3 (id 'a-2'), application/Shop#4 (id 'a-3'), "
            "application/Shop#5 (id 'a-4') and 2 more",
        ),
    ),
    "IMP001": (
        row(
            "no target",
            planned(alone=True),
            "IMP001: no target was given, so every create is unverified -> give --target a snapshot of the "
            "instance, or a package exported from it",
        ),
    ),
    "IMP002": (
        row(
            "applications were not looked at",
            planned(members={"covers": KNOWN}),
            "IMP002: the target does not cover application, so 1 is unverified -> take a snapshot that covers "
            "application",
        ),
        row(
            "nothing was looked at",
            planned(members={"covers": []}),
            "IMP002: the target does not cover api, so 1 is unverified",
            "IMP002: the target does not cover api_group, so 1 is unverified",
            "IMP002: the target does not cover application, so 1 is unverified",
            "IMP002: the target does not cover datasource, so 1 is unverified",
            "IMP002: the target does not cover task, so 1 is unverified",
            "IMP002: the target does not cover topic, so 1 is unverified",
        ),
    ),
    "IMP003": (
        row(
            "a target that was predicted",
            planned(members={"undetermined": [NEW_ID, BLOCKED]}),
            "IMP003: the target is predicted, and not all of it is settled: blocked 1, new-id 1 -> after the imports "
            "before it, take a snapshot and plan again",
        ),
    ),
    "IMP010": (
        row(
            "neither here nor there",
            planned({DATABASE: edited(DATASOURCE, app_id="app-9")}),
            "IMP010 datasources/orders-db.json#/app_id 5:13: refers to application 'app-9', which neither the "
            "package nor the target has -> add it to the package, or create it on the target first",
        ),
        row(
            "an id of another instance, with the name beside it",
            planned(
                {
                    SHOP: None,
                    DATABASE: edited(DATASOURCE, app_name="Stock"),
                    ORDERS: None,
                    GET_ORDER: None,
                    EVENTS: None,
                },
                target=only(application=[STOCK]),
            ),
            "IMP010 datasources/orders-db.json#/app_id 5:13: refers to application 'app-1', which neither the package "
            "nor the target has; by app_name it may be application/Stock, which the target has with the id 'app-2' -> "
            "write the id that it has on the target, or add it to the package",
        ),
        row(
            "an id of another instance in the JSON of a text, with the name beside it",
            planned(
                {SYNC: edited(TASK, task_detail='{"source_ds_id": "ds-9", "source_ds_name": "stock-db"}')},
                target=there(datasource=[edited(DATASOURCE, datasource_id="ds-2", datasource_name="stock-db")]),
                mode=Mode.MERGE,
            ),
            "IMP010 tasks/sync_orders.json#/task_detail/#/source_ds_id 7:38: refers to datasource 'ds-9', which "
            "neither the package nor the target has; by source_ds_name it may be datasource/stock-db, which the target "
            "has with the id 'ds-2' -> write the id that it has on the target, or add it to the package",
        ),
        row(
            "a package without its application",
            planned({SHOP: None}),
            "IMP010 api_groups/Shop/orders.json#/roma_app_id 5:18: refers to application 'app-1', which "
            "neither the package nor the target has",
            "IMP010 datasources/orders-db.json#/app_id 5:13: refers to application 'app-1', which neither the "
            "package nor the target has",
            "IMP010 topics/order-events.json#/app_id 3:13: refers to application 'shop-key', which neither the "
            "package nor the target has",
        ),
    ),
    "IMP011": (
        row(
            "an API of the target is called alike",
            merged(there(api=[edited(API, id="api-2", name="other")])),
            "IMP011 apis/Shop/orders/get-order.json 1:1: 'GET /orders/{id} NORMAL' is that of "
            "api/Shop/orders/other on the target -> change the method or the path [APIG.3301]",
        ),
        row(
            "two APIs of the package are called alike",
            planned({"apis/list.json": edited(API, id="api-2", name="list")}),
            "RSC032 apis/list.json#/req_uri 8:14: req_method + req_uri + match_mode 'GET /orders/{id} NORMAL' is "
            "also used by api/Shop/orders/get-order [APIG.3301]",
            "IMP011 apis/Shop/orders/get-order.json 1:1: 'GET /orders/{id} NORMAL' is that of "
            "api/Shop/orders/list in this package [APIG.3301]",
            "IMP011 apis/list.json 1:1: 'GET /orders/{id} NORMAL' is that of api/Shop/orders/get-order in this "
            "package [APIG.3301]",
        ),
    ),
    "IMP012": (
        row(
            "the same data source",
            planned(target=only(datasource=[DATASOURCE])),
            "IMP012 datasources/orders-db.json 1:1: id 'ds-1' is on the target already -> use --mode Merge, "
            "since AddNew needs new ids here",
        ),
        row(
            "another data source with its id",
            planned(target=only(datasource=[edited(DATASOURCE, datasource_name="invoices")])),
            "IMP012 datasources/orders-db.json 1:1: id 'ds-1' is on the target already, as datasource/invoices",
        ),
    ),
    "IMP013": (
        row(
            "an application's id is that of another",
            planned(target=only(application=[{"id": "app-1", "name": "Zoo"}])),
            "IMP013 applications/Shop.json 1:1: id 'app-1' belongs to application/Zoo on the target; it is not "
            "documented what happens to that resource -> give it another id, or compare the two on the target",
        ),
        row(
            "a renamed data source",
            merged(there(datasource=[edited(DATASOURCE, datasource_name="invoices")])),
            "IMP013 datasources/orders-db.json 1:1: id 'ds-1' belongs to datasource/invoices on the target; "
            "it is not documented what happens to that resource",
            "IMP030 tasks/sync_orders.json 1:1: exists and 2 fields differ; it is not documented which one stays",
        ),
    ),
    "IMP014": (
        row(
            "an application with another id",
            merged(
                there(
                    application=[edited(APPLICATION, id="app-7")],
                    topic=[],
                    api=[],
                    api_group=[],
                    task=[],
                    datasource=[],
                )
            ),
            "IMP014 applications/Shop.json 1:1: matched by name; its id is 'app-1' here and 'app-7' on the "
            "target -> check on the target that both are the same resource",
        ),
        row(
            "a data source with another id",
            merged(there(datasource=[edited(DATASOURCE, datasource_id="ds-7")], task=[])),
            "IMP014 datasources/orders-db.json 1:1: matched by name; its id is 'ds-1' here and 'ds-7' on the target",
        ),
    ),
    "IMP015": (
        row(
            "another application has the key",
            planned(target=only(application=[{"id": "app-7", "name": "Zoo", "key": "shop-key"}])),
            "IMP015 applications/Shop.json#/key 4:10: application/Zoo on the target has the same key; "
            "it is not documented whether this one is imported -> remove or change the key, and inform the callers "
            "[APIG.3310]",
        ),
    ),
    "IMP016": (
        row(
            "by an id that the platform has not given yet",
            planned({SHOP: None}, target=only(application=[APPLICATION]), members={"undetermined": [NEW_ID]}),
            "IMP003: the target is predicted, and not all of it is settled: new-id 1",
            *EARLIER,
        ),
        row(
            "by the id of a package whose application was merged into another one",
            planned(
                {SHOP: None},
                target=only(application=[edited(APPLICATION, id="app-9")]),
                members={"known_as": [{"address": "application/Shop", "by": "id", "value": "app-1"}]},
            ),
            *EARLIER,
        ),
    ),
    "IMP017": (
        row(
            "it refers to what a blocked import brings",
            planned({SHOP: None}, target=only(application=[APPLICATION]), members={"undetermined": [BLOCKED]}),
            "IMP003: the target is predicted, and not all of it is settled: blocked 1",
            "IMP017 api_groups/Shop/orders.json#/roma_app_id 5:18: refers to application/Shop, which a blocked import "
            "brings or changes -> fix the earlier import first",
            "IMP017 datasources/orders-db.json#/app_id 5:13: refers to application/Shop, which a blocked import "
            "brings or changes",
            "IMP017 topics/order-events.json#/app_id 3:13: refers to application/Shop, which a blocked import "
            "brings or changes",
        ),
        row(
            "it meets what a blocked import brings",
            merged(only(application=[APPLICATION]), members={"undetermined": [BLOCKED]}),
            "IMP003: the target is predicted, and not all of it is settled: blocked 1",
            "IMP017 applications/Shop.json 1:1: meets application/Shop, which a blocked import brings or changes -> "
            "fix the earlier import first",
        ),
    ),
    "IMP018": (
        row(
            "a key that a topic of the target goes by",
            merged(
                there(
                    application=[edited(APPLICATION, key="old-key")],
                    topic=[edited(TOPIC, app_id="old-key"), edited(TOPIC, name="refunds", app_id="old-key")],
                ),
                assumptions={"merge-existing": "update"},
            ),
            "IMP038 applications/Shop.json 1:1: exists and 1 field differs; assumed: update",
            "IMP018 applications/Shop.json#/key 4:10: its key on the target is replaced, and others still refer to it "
            "by the old one: topic/order-events, topic/refunds -> give it the key of the target, or inform its callers",
        ),
        row(
            "a key that nothing there goes by",
            merged(only(application=[edited(APPLICATION, key="old-key")]), assumptions={"merge-existing": "update"}),
            "IMP038 applications/Shop.json 1:1: exists and 1 field differs; assumed: update",
            "IMP018 applications/Shop.json#/key 4:10: its key on the target is replaced",
        ),
    ),
    "IMP021": (
        row(
            "an application",
            planned(target=only(application=[edited(APPLICATION, id="app-7", key="other-key")])),
            "IMP021 applications/Shop.json 1:1: 'Shop' is on the target already -> use --mode Merge, or a prefix",
        ),
        row(
            "a task whose name a composite task has, also in Merge",
            merged(there(task=[], composite_task=[{"task_name": "sync_orders", "operation_types": ["INSERT"]}])),
            "IMP021 tasks/sync_orders.json 1:1: 'sync_orders' is on the target already -> rename one of the two",
        ),
        row(
            "a topic",
            planned(target=only(topic=[TOPIC])),
            "IMP021 topics/order-events.json 1:1: 'order-events' is on the target already",
        ),
        row(
            "a topic, which no prefix reaches",
            planned(target=only(topic=[TOPIC]), prefix="dev_"),
            "IMP021 topics/order-events.json 1:1: 'order-events' is on the target already; the prefix is assumed not "
            "to rename topics (prefix-renames=either) -> rename it, or use --mode Merge",
        ),
        row(
            "an application that another prefix would let in",
            planned(target=only(application=[{"id": "app-7", "name": "dev_Shop"}]), prefix="dev_"),
            "IMP021 applications/Shop.json 1:1: 'dev_Shop' is on the target already",
        ),
        row(
            "an API group of the whole instance",
            planned(
                {ORDERS: INSTANCE_GROUP, GET_ORDER: edited(API, roma_app_id="app-1")},
                target=only(api_group=[edited(INSTANCE_GROUP, id="group-7")]),
            ),
            "IMP021 api_groups/Shop/orders.json 1:1: 'orders' is on the target already [APIG.3201]",
        ),
        row(
            "a data source",
            planned(target=only(datasource=[edited(DATASOURCE, datasource_id="ds-7")])),
            "IMP021 datasources/orders-db.json 1:1: 'orders-db' is on the target already",
        ),
    ),
    "IMP022": (
        row(
            "too long",
            planned({SHOP: edited(APPLICATION, name="S" * 250)}, prefix="department_"),
            "IMP022 applications/Shop.json#/name 3:11: with the prefix the name "
            "'department_SSSSSSSSSSSSSSSSSSSSSSSSSSSS…' is 261 characters long; at most 256 are allowed -> "
            "use a prefix of at most 6 characters",
        ),
        row(
            "no prefix fits",
            planned({SHOP: edited(APPLICATION, name="S" * 256)}, prefix="d"),
            "IMP022 applications/Shop.json#/name 3:11: with the prefix the name "
            "'dSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS…' is 257 characters long; at most 256 are allowed",
        ),
        row(
            "bad characters",
            planned(prefix="dev/"),
            "IMP022 applications/Shop.json#/name 3:11: with the prefix the name 'dev/Shop' may have only "
            "letters, digits, Chinese characters, '-', '_', '.', spaces and round brackets",
            "IMP022 tasks/sync_orders.json#/task_name 3:16: with the prefix the name 'dev/sync_orders' may "
            "have only English letters, digits, '.', '_' and '-', beginning with a letter or digit",
        ),
        row(
            "a blank first",
            planned(prefix=" "),
            "IMP022 applications/Shop.json#/name 3:11: with the prefix the name ' Shop' begins or ends with a blank",
            "IMP022 tasks/sync_orders.json#/task_name 3:16: with the prefix the name ' sync_orders' may have "
            "only English letters, digits, '.', '_' and '-', beginning with a letter or digit",
        ),
    ),
    "IMP023": (
        row(
            "a task that is new only with the prefix",
            planned(target=only(task=[edited(TASK, task_id="task-7")]), prefix="dev_"),
            "IMP023 tasks/sync_orders.json 1:1: create if the prefix renames tasks, conflict if it does not; "
            "neither is documented -> rename the task, or --assume prefix-renames=… when you know",
        ),
        row(
            "a task that is new only without it",
            planned(target=only(task=[edited(TASK, task_id="task-7", task_name="dev_sync_orders")]), prefix="dev_"),
            "IMP023 tasks/sync_orders.json 1:1: conflict if the prefix renames tasks, create if it does not; "
            "neither is documented",
        ),
        row(
            "a task that is merged only without it",
            merged(there(task=[edited(TASK, description="old")]), prefix="dev_"),
            "IMP024: with this prefix every application has a new name, so nothing is merged into an existing one",
            "IMP013 api_groups/Shop/orders.json 1:1: id 'group-1' belongs to api_group/Shop/orders on the "
            "target; it is not documented what happens to that resource",
            "IMP013 apis/Shop/orders/get-order.json 1:1: id 'api-1' belongs to api/Shop/orders/get-order on "
            "the target; it is not documented what happens to that resource",
            "IMP013 applications/Shop.json 1:1: id 'app-1' belongs to application/Shop on the target; it is not "
            "documented what happens to that resource",
            "IMP015 applications/Shop.json#/key 4:10: application/Shop on the target has the same key; "
            "it is not documented whether this one is imported [APIG.3310]",
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
            "IMP023 tasks/sync_orders.json 1:1: create if the prefix renames tasks, undetermined if it does "
            "not; neither is documented",
            "IMP030 topics/order-events.json 1:1: exists and 1 field differs; it is not documented which one stays",
        ),
    ),
    "IMP024": (
        row(
            "nothing to merge into",
            merged(ALL, prefix="dev_"),
            "IMP024: with this prefix every application has a new name, so nothing is merged into an existing one -> "
            "leave the prefix out to merge, or use AddNew",
            "IMP013 api_groups/Shop/orders.json 1:1: id 'group-1' belongs to api_group/Shop/orders on the "
            "target; it is not documented what happens to that resource",
            "IMP013 apis/Shop/orders/get-order.json 1:1: id 'api-1' belongs to api/Shop/orders/get-order on "
            "the target; it is not documented what happens to that resource",
            "IMP013 applications/Shop.json 1:1: id 'app-1' belongs to application/Shop on the target; it is not "
            "documented what happens to that resource",
            "IMP015 applications/Shop.json#/key 4:10: application/Shop on the target has the same key; "
            "it is not documented whether this one is imported [APIG.3310]",
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
            "IMP023 tasks/sync_orders.json 1:1: create if the prefix renames tasks, keep if it does not; "
            "neither is documented",
            "IMP030 topics/order-events.json 1:1: exists and 1 field differs; it is not documented which one stays",
        ),
    ),
    "IMP019": (
        row(
            "one that is overwritten",
            merged(there(), MASKED, datasource_overwrite=True),
            "IMP031 datasources/orders-db.json 1:1: is overwritten; it is not documented whether its credentials stay",
            "IMP019 datasources/orders-db.json#/content/password 10:17: a mask is in the place of a credential, and "
            "may replace the credential of the target -> leave it empty and enter the credential after the import, or "
            "fill it in before",
        ),
        row(
            "one that is made",
            merged(there(datasource=[], task=[]), {**MASKED, SYNC: None}),
            "IMP019 datasources/orders-db.json#/content/password 10:17: a mask is in the place of a credential, and "
            "may be imported as the credential",
        ),
        row(
            "an application, of which no page says what Merge does",
            merged(there(), {SHOP: {**APPLICATION, "secret": "${SECRET}"}}),
            "IMP030 applications/Shop.json 1:1: exists and 1 field differs; it is not documented which one stays",
            "IMP019 applications/Shop.json#/secret 5:13: a placeholder is in the place of a credential, and may "
            "replace the credential of the target",
        ),
    ),
    "IMP030": (
        row(
            "an application that differs in one field",
            merged(there(application=[edited(APPLICATION, remark="old")])),
            "IMP030 applications/Shop.json 1:1: exists and 1 field differs; it is not documented which one "
            "stays -> make both equal first, or --assume merge-existing=… when you "
            "know",
        ),
        row(
            "a topic that differs in two",
            merged(there(topic=[edited(TOPIC, partition=7, tag="x")])),
            "IMP030 topics/order-events.json 1:1: exists and 2 fields differ; it is not documented which one stays",
        ),
    ),
    "IMP038": (
        row(
            "the answer that is assumed",
            merged(there(topic=[edited(TOPIC, partition=7)]), assumptions={"merge-existing": "keep"}),
            "IMP038 topics/order-events.json 1:1: exists and 1 field differs; assumed: keep -> look at the "
            "differences, or make both equal first",
        ),
    ),
    "IMP031": (
        row(
            "a data source that is overwritten",
            merged(there(datasource=[edited(DATASOURCE, description="older")]), datasource_overwrite=True),
            "IMP031 datasources/orders-db.json 1:1: is overwritten; it is not documented whether its "
            "credentials stay -> stop the tasks that use it, import, enter the credentials again (user_name, "
            "password), test the connection",
        ),
    ),
    "IMP032": (
        row(
            "one difference",
            merged(there(datasource=[edited(DATASOURCE, description="older")])),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference -> use "
            "--datasource-overwrite if the package should replace it",
        ),
        row(
            "two differences",
            merged(
                there(
                    datasource=[
                        edited(
                            DATASOURCE,
                            description="older",
                            content={**DATASOURCE["content"], "host": "db2.example.com"},
                        )
                    ]
                )
            ),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 2 differences",
        ),
    ),
    "IMP033": (
        row(
            "another type, used by a task",
            merged(there(datasource=[edited(DATASOURCE, datasource_type="POSTGRESQL")])),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
            "IMP033 datasources/orders-db.json 1:1: is of type 'POSTGRESQL' on the target and 'MYSQL' here; "
            "used by task/sync_orders -> rename one of the two",
        ),
        row(
            "another type, used by nothing",
            merged(there(datasource=[edited(DATASOURCE, datasource_type="ORACLE")]), {SYNC: None}),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
            "IMP033 datasources/orders-db.json 1:1: is of type 'ORACLE' on the target and 'MYSQL' here",
        ),
    ),
    "IMP075": (
        row(
            "a data source that is made on another instance",
            planned(manifest={"source": {"instance_id": "i-1"}}, target={}, members=OTHER),
            "IMP075 datasources/orders-db.json#/content/host 7:13: brings the address 'db.example.com' of the source "
            "to another instance -> change it to that of the target's environment, or ignore IMP075 if both use the "
            "same system",
        ),
        row(
            "one that is overwritten there",
            merged(
                there(datasource=[ELSEWHERE]),
                manifest={"source": {"instance_id": "i-1"}},
                members=OTHER,
                datasource_overwrite=True,
            ),
            "IMP031 datasources/orders-db.json 1:1: is overwritten; it is not documented whether its credentials stay",
            "IMP075 datasources/orders-db.json#/content/host 7:13: brings the address 'db.example.com' of the source "
            "to another instance",
        ),
        row(
            "a backend and a server",
            planned(
                {
                    DATABASE: None,
                    SYNC: None,
                    GET_ORDER: edited(API, backend_type="HTTP", backend_api=WEB),
                    "load_channels/s.json": edited(CHANNEL, members=[{"host": "192.0.2.7"}]),
                },
                manifest={"source": {"instance_id": "i-1"}},
                target={},
                members=OTHER,
            ),
            "IMP075 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: brings the address "
            "'orders.example.com' of the source to another instance",
            "IMP075 load_channels/s.json#/members/0/host 9:15: brings the address '192.0.2.7' of the source to another "
            "instance",
        ),
    ),
    "IMP074": (
        row(
            "overwritten with another type, used by what the target has",
            merged(
                there(
                    application=[APPLICATION],
                    datasource=[edited(DATASOURCE, datasource_type="POSTGRESQL")],
                    task=[TASK, edited(TASK, task_id="task-2", task_name="nightly")],
                ),
                datasource_overwrite=True,
            ),
            "IMP031 datasources/orders-db.json 1:1: is overwritten; it is not documented whether its credentials stay",
            "IMP074 datasources/orders-db.json 1:1: changes its type from 'POSTGRESQL' on the target to 'MYSQL'; used "
            "there by task/nightly, task/sync_orders, application/Shop -> stop what uses it first, and check that it "
            "works with the new type; or rename one of the two",
        ),
    ),
    "IMP034": (
        row(
            "overwriting in AddNew",
            planned(datasource_overwrite=True),
            "IMP034: datasource_overwrite is not documented with AddNew; assumed: ignored -> use --mode Merge, "
            "or leave it out",
        ),
        row(
            "the answer that is assumed",
            planned(datasource_overwrite=True, assumptions={"addnew-datasource-overwrite": "honoured"}),
            "IMP034: datasource_overwrite is not documented with AddNew; assumed: honoured",
        ),
    ),
    "IMP035": (
        row(
            "no role to change it",
            merged(there(application=[edited(APPLICATION, remark="old", owner=False, roles=["read"])])),
            "IMP030 applications/Shop.json 1:1: exists and 1 field differs; it is not documented which one stays",
            "IMP035 applications/Shop.json 1:1: the account that took the snapshot may not change it on the "
            "target -> have its owner authorise the account, or import as the owner",
        ),
        row(
            "no role, and nothing to change",
            merged(there(application=[edited(APPLICATION, owner=False, roles=[])])),
            "IMP035 applications/Shop.json 1:1: the account that took the snapshot may not change it on the target",
        ),
    ),
    "IMP085": (
        row(
            "a field that only a detail call answers",
            merged({**ALL, "topic": [edited(TOPIC, access_policy=...)]}, members={"partial": {"topic": []}}),
            "IMP085 topics/order-events.json#/access_policy 4:20: was not looked at on the target in "
            "/access_policy -> take it into "
            "the snapshot as the detail call of the platform answers it",
        ),
        row(
            "a task as a list call answers it",
            merged({**ALL, "task": [edited(TASK, source_datasource_id=..., target_datasource_id=...)]}),
            "IMP085 tasks/sync_orders.json#/source_datasource_id 5:27: was not looked at on the target in "
            "/source_datasource_id, "
            "/target_datasource_id",
        ),
    ),
    "IMP086": (
        row(
            "a kind without a list",
            planned(target={"topic": ...}),
            'IMP086: the target covers topic, and has no list for it: was it looked at? -> write "topic": [] into '
            "resources if there is nothing of it, or take topic out of covers",
        ),
    ),
    "IMP036": (
        row(
            "an application that may be there",
            planned({SHOP: None, ORDERS: None, GET_ORDER: None, EVENTS: None}, members={"covers": KNOWN}),
            "IMP036 datasources/orders-db.json#/app_id 5:13: refers to application 'app-1', and the target "
            "does not cover application -> take a snapshot that covers it",
        ),
    ),
    "IMP037": (
        row(
            "a kind that is configuration",
            never_imported(planned()),
            "IMP037 topics/order-events.json 1:1: is never imported -> create it on the target by hand",
        ),
    ),
    "IMP040": (
        row(
            "an import is running",
            planned(members={"jobs": [{"type": "importAsset", "status": "RUNNING"}]}),
            "IMP040: an asset job (importAsset) was running when the snapshot was taken -> wait until it ends, "
            "and take another snapshot [ROMA.10012]",
        ),
        row(
            "something is running",
            planned(members={"jobs": [{"status": "running"}]}),
            "IMP040: an asset job (of unknown type) was running when the snapshot was taken [ROMA.10012]",
        ),
        row(
            "of the user who imports",
            planned(members={"user": "li", "jobs": [{"status": "RUNNING", "user": "li"}]}),
            "IMP040: an asset job (of unknown type) was running when the snapshot was taken [ROMA.10012]",
        ),
        row(
            "of nobody knows whom",
            planned(members={"user": "li", "jobs": [{"status": "RUNNING"}]}),
            "IMP040: an asset job (of unknown type) was running when the snapshot was taken [ROMA.10012]",
        ),
    ),
    "IMP026": (
        row(
            "a point for a line",
            planned(
                {EVENTS: edited(TOPIC, name="order.events")}, target=only(topic=[edited(TOPIC, name="order_events")])
            ),
            "RSC017 topics/order-events.json#/name 2:11: name \"order.events\" may have only characters other than '.'"
            ", according to the official SDK; other sources disagree",
            "IMP026 topics/order-events.json 1:1: its name is the same as that of topic/order_events on the target -> "
            "use the name that the target has, or another one",
        ),
    ),
    "IMP027": (
        row(
            "an import of somebody else",
            planned(members={"user": "li", "jobs": [{"type": "importAsset", "status": "RUNNING", "user": "wang"}]}),
            "IMP027: an asset job (importAsset) of wang was running when the snapshot was taken -> agree on an order "
            "with that user",
        ),
    ),
    "IMP041": (
        row(
            "on here, and off there",
            planned(manifest=SOURCE, members={"instance": {"features": {"app_route": False}}}),
            "IMP041 manifest.json#/source/features/app_route 8:20: app_route is on at the source and off at "
            "the target -> configure both instances the same, or verify what it changes",
        ),
        row(
            "on under one name, and off under the other",
            planned(
                manifest=edited(SOURCE, source={"features": {"APP_ROUTE_SWITCH": "on"}}),
                members={"instance": {"features": {"app_route": "off"}}},
            ),
            "IMP041 manifest.json#/source/features/APP_ROUTE_SWITCH 7:27: APP_ROUTE_SWITCH is on at the source and off "
            "at the target",
        ),
        row(
            "a name with a slash, and a value that is an object",
            planned(manifest=SOURCE, members={"instance": {"features": {"a/b": "2", "odd": {"a": 2}}}}),
            "IMP041 manifest.json#/source/features/a~1b 9:14: a/b is 1 at the source and 2 at the target",
            "IMP041 manifest.json#/source/features/odd 10:14: odd differs between source and target",
        ),
    ),
    "IMP042": (
        row(
            "an older target",
            planned(manifest=SOURCE, members={"instance": {"version": "21.3"}}),
            "IMP042 manifest.json#/source/instance_version 6:25: exported from version 22.1, and the target is "
            "21.3 -> try the import on an instance of the target's version first",
        ),
    ),
    "IMP043": (
        row(
            "one too many",
            planned(members={"quotas": {"application": {"limit": 100, "used": 100}}}),
            "IMP043: 1 of kind application would be created; of 100, 0 are free -> ask for a higher quota, or split "
            "the package",
        ),
        row(
            "the platform's code",
            planned(members={"quotas": {"api": {"limit": 3, "used": 9}}}),
            "IMP043: 1 of kind api would be created; of 3, 0 are free [APIG.3102]",
        ),
    ),
    "IMP044": (
        row(
            "too many together",
            planned(many_applications(60) | many_tasks(41), assumptions={"limit-of-100": "sum"}),
            "IMP044: holds 101 applications and tasks; assumed: 100 of both together -> split the package",
        ),
    ),
    "IMP090": (
        row(
            "nothing of this sort is allowed",
            demanded({"name": "no new topics", "kinds": ["topic"], "actions": ["create"]}),
            "IMP090 topics/order-events.json 1:1: breaks 'no new topics': create of a resource of "
            "kind topic: not allowed -> change the options or the package, or the project's rule",
        ),
        row(
            "more than so many",
            demanded({"name": "small steps", "addresses": ["a*"], "at-most": 2}),
            "IMP090: breaks 'small steps': 3 changes, at most 2 allowed: application/Shop, "
            "api_group/Shop/orders, api/Shop/orders/get-order -> change the options or the package, "
            "or the project's rule",
        ),
        row(
            "a name of another form",
            demanded({"name": "prefixed", "kinds": ["application"], "names": ["dev_*", "test_*"]}),
            "IMP090 applications/Shop.json 1:1: breaks 'prefixed': the name 'Shop' does not match 'dev_*' or 'test_*'",
        ),
    ),
}

EMPTY = row("an empty target", planned())
SAME = row("a target of the same resources", merged(ALL))

PASSING: Table = {
    "IMP025": (
        row(
            "the exact name is there beside another one",
            merged(there(topic=[edited(TOPIC, name="Order-Events"), TOPIC])),
        ),
        row(
            "names that are told apart by every character",
            planned(
                target=only(topic=[edited(TOPIC, name="Order-Events")]),
                assumptions={"names-differ-by": "every-character"},
            ),
        ),
    ),
    "IMP080": (row("one name of two kinds", merged(there(api_group=[GROUP], topic=[TOPIC]))),),
    "IMP081": (row("one id of two kinds", merged(there(task=[edited(TASK, task_id="app-1")]))),),
    "IMP082": (
        row(
            "one name in two applications",
            merged(
                there(application=[APPLICATION, STOCK], api_group=[GROUP, edited(GROUP, id="g-2", roma_app_id="app-2")])
            ),
        ),
    ),
    "IMP083": (
        row(
            "in two applications, where that is a name each",
            merged(
                there(application=[APPLICATION, STOCK], datasource=[OTHER_SOURCE, DATASOURCE]),
                assumptions={"datasource-names": "application"},
            ),
        ),
    ),
    "IMP084": (
        row(
            "the application tells which one",
            merged(
                only(
                    application=[APPLICATION, STOCK],
                    datasource=[OTHER_SOURCE, DATASOURCE],
                    api_group=[GROUP],
                    api=[API],
                    topic=[TOPIC],
                ),
                {DATABASE: edited(DATASOURCE, datasource_id=...), SYNC: None},
                assumptions={"datasource-names": "application"},
            ),
        ),
    ),
    "IMP001": (EMPTY,),
    "IMP002": (
        EMPTY,
        row(
            "a kind that the package has none of",
            planned({EVENTS: None}, members={"covers": [kind for kind in KINDS if kind != "topic"]}),
        ),
    ),
    "IMP003": (EMPTY,),
    "IMP010": (
        EMPTY,
        row("there, not here", planned({SHOP: None}, target=only(application=[APPLICATION]))),
        row(
            "not looked at",
            planned({SHOP: None}, alone=True),
            "REF001 api_groups/Shop/orders.json#/roma_app_id 5:18: refers to application 'app-1', which is not in "
            "this package",
            "REF001 datasources/orders-db.json#/app_id 5:13: refers to application 'app-1', which is not in this "
            "package",
            "REF001 topics/order-events.json#/app_id 3:13: refers to application 'shop-key', which is not in this "
            "package",
            "IMP001: no target was given, so every create is unverified",
        ),
    ),
    "IMP011": (
        SAME,
        row("another method", merged(there(api=[API, edited(API, id="api-2", name="put", req_method="PUT")]))),
    ),
    "IMP012": (
        SAME,
        row(
            "an id that is derived",
            planned(
                {SYNC: None, DATABASE: edited(DATASOURCE, datasource_id=...)},
                target=only(datasource=[edited(DATASOURCE, datasource_name="invoices", datasource_id="ds-7")]),
            ),
        ),
    ),
    "IMP013": (SAME,),
    "IMP014": (SAME,),
    "IMP015": (
        SAME,
        row("other keys", planned(target=only(application=[{"id": "app-7", "name": "Zoo", "key": "zoo-key"}]))),
    ),
    "IMP016": (
        EMPTY,
        row(
            "it is found by the id, you say",
            planned(
                {SHOP: None},
                target=only(application=[APPLICATION]),
                members={"undetermined": [NEW_ID]},
                assumptions={"earlier-ids": "found"},
            ),
            "IMP003: the target is predicted, and not all of it is settled: new-id 1",
        ),
    ),
    "IMP017": (EMPTY,),
    "IMP019": (
        row("a data source that is left as it is", merged(there(), MASKED)),
        row(
            "a blank",
            merged(there(), {DATABASE: edited(DATASOURCE, content={**DATASOURCE["content"], "password": ""})}),
        ),
    ),
    "IMP075": (
        row("the same instance", planned(manifest={"source": {"instance_id": "i-2"}}, target={}, members=OTHER)),
        row("an unknown source", planned(target={}, members=OTHER)),
        row(
            "a data source that is left as it is",
            merged(
                there(datasource=[ELSEWHERE]),
                manifest={"source": {"instance_id": "i-1"}},
                members=OTHER,
            ),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
        ),
        row(
            "an address that the target has already",
            planned(
                {SYNC: None},
                manifest={"source": {"instance_id": "i-1"}},
                target=only(datasource=[edited(DATASOURCE, datasource_name="other-db", datasource_id="ds-9")]),
                members=OTHER,
            ),
        ),
        row(
            "a variable of the platform",
            planned(
                {
                    DATABASE: None,
                    SYNC: None,
                    GET_ORDER: edited(API, backend_type="HTTP", backend_api=edited(WEB, url_domain="#host_name#")),
                },
                manifest={"source": {"instance_id": "i-1"}},
                target={},
                members=OTHER,
            ),
            "IMP072 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host_name#, which the target "
            "does not have for group 'Shop/orders' in RELEASE",
        ),
    ),
    "IMP018": (
        SAME,
        row(
            "something else is replaced",
            merged(only(application=[edited(APPLICATION, remark="old")]), assumptions={"merge-existing": "update"}),
            "IMP038 applications/Shop.json 1:1: exists and 1 field differs; assumed: update",
        ),
    ),
    "IMP021": (
        SAME,
        row(
            "a prefix that lets it in",
            planned(
                {EVENTS: None, DATABASE: None, SYNC: None},
                target=only(application=[edited(APPLICATION, id="app-7", key="k-7")]),
                prefix="dev_",
            ),
        ),
    ),
    "IMP022": (
        row("as long as a name may be", planned({SHOP: edited(APPLICATION, name="S" * 252)}, prefix="dev_")),
        row("a long name and no prefix", planned({SHOP: edited(APPLICATION, name="S" * 256)})),
    ),
    "IMP023": (
        row("new both ways", planned(prefix="dev_")),
        row(
            "one answer",
            planned(
                target=only(task=[edited(TASK, task_id="task-7")]),
                prefix="dev_",
                assumptions={"prefix-renames": "applications+tasks"},
            ),
        ),
    ),
    "IMP024": (
        SAME,
        row(
            "an application of the prefixed name",
            merged(only(application=[edited(APPLICATION, name="dev_Shop")]), prefix="dev_"),
        ),
    ),
    "IMP030": (SAME, row("made by the server", merged(there(application=[edited(APPLICATION, favorite=True)])))),
    "IMP038": (
        SAME,
        row(
            "nothing is settled",
            merged(there(topic=[edited(TOPIC, partition=7)])),
            "IMP030 topics/order-events.json 1:1: exists and 1 field differs; it is not documented which one stays",
        ),
    ),
    "IMP031": (
        row("nothing to overwrite", merged(ALL, datasource_overwrite=True)),
        row("a new data source", merged(only(), datasource_overwrite=True)),
    ),
    "IMP032": (SAME,),
    "IMP033": (
        SAME,
        row(
            "overwritten",
            merged(there(datasource=[edited(DATASOURCE, datasource_type="POSTGRESQL")]), datasource_overwrite=True),
            "IMP031 datasources/orders-db.json 1:1: is overwritten; it is not documented whether its credentials stay",
            "IMP074 datasources/orders-db.json 1:1: changes its type from 'POSTGRESQL' on the target to 'MYSQL'; used "
            "there by task/sync_orders, application/Shop",
        ),
    ),
    "IMP074": (
        SAME,
        row(
            "kept",
            merged(there(datasource=[edited(DATASOURCE, datasource_type="ORACLE")]), {SYNC: None}),
            "IMP032 datasources/orders-db.json 1:1: stays as it is on the target, with 1 difference",
            "IMP033 datasources/orders-db.json 1:1: is of type 'ORACLE' on the target and 'MYSQL' here",
        ),
    ),
    "IMP034": (row("overwriting in Merge", merged(ALL, datasource_overwrite=True)),),
    "IMP035": (
        row("its owner", merged(there(application=[edited(APPLICATION, owner=True, roles=[])]))),
        row("the role to change it", merged(there(application=[edited(APPLICATION, owner=False, roles=["modify"])]))),
    ),
    "IMP085": (
        row("a kind known in full", merged(ALL)),
        row("a field that is a default", merged(ALL, members={"partial": {"topic": ["partition"]}})),
    ),
    "IMP086": (
        EMPTY,
        row(
            "not covered, and no list",
            planned(members={"covers": KNOWN}),
            "IMP002: the target does not cover application, so 1 is unverified",
        ),
    ),
    "IMP036": (
        EMPTY,
        row(
            "in the package",
            planned(members={"covers": KNOWN}),
            "IMP002: the target does not cover application, so 1 is unverified",
        ),
    ),
    "IMP037": (EMPTY,),
    "IMP040": (
        row("a job that ended", planned(members={"jobs": [{"type": "importAsset", "status": "SUCCEEDED"}]})),
        row("no job", planned(members={"jobs": []})),
    ),
    "IMP026": (
        row(
            "another sign",
            planned(
                {EVENTS: edited(TOPIC, name="order-events")}, target=only(topic=[edited(TOPIC, name="order_events")])
            ),
        ),
    ),
    "IMP027": (
        row(
            "it has ended",
            planned(members={"user": "li", "jobs": [{"type": "importAsset", "status": "SUCCEEDED", "user": "wang"}]}),
        ),
    ),
    "IMP041": (
        row("the same", planned(manifest=SOURCE, members={"instance": {"features": {"app_route": True, "more": 1}}})),
        row("only one of them says", planned(manifest=SOURCE)),
        *(
            row(
                f"the same, written {there!r}",
                planned(manifest=SOURCE, members={"instance": {"features": {name: there}}}),
            )
            for name, there in (("app_route", "on"), ("APP_ROUTE", "True"), ("APP_ROUTE_SWITCH", "ON"))
        ),
    ),
    "IMP042": (
        row("the same", planned(manifest=SOURCE, members={"instance": {"version": "22.1"}})),
        row("only one of them says", planned(members={"instance": {"version": "22.1"}})),
    ),
    "IMP043": (
        row("room for the last one", planned(members={"quotas": {"application": {"limit": 100, "used": 99}}})),
        row("full, and nothing new", merged(ALL, members={"quotas": {"application": {"limit": 1, "used": 1}}})),
    ),
    "IMP044": (
        row("a hundred together", planned(many_applications(60) | many_tasks(40), assumptions={"limit-of-100": "sum"})),
        row(
            "the other answer",
            planned(many_applications(60) | many_tasks(41)),
            "LIM002: holds 60 applications and 41 tasks, 101 together; it is not documented whether the limit of "
            "100 is for each or for both together",
        ),
    ),
    "IMP090": (
        row("as many as allowed", demanded({"name": "small steps", "addresses": ["a*"], "at-most": 3})),
        row("another target", demanded({"name": "frozen", "targets": ["staging"], "actions": ["create"]})),
        row(
            "a name of the form",
            demanded({"name": "b", "kinds": ["application"], "names": ["dev_*"]}, prefix="dev_"),
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


@pytest.mark.parametrize("row", parameters(FAILING))
def test_what_is_said_of_a_resource_has_its_address(row: Row, tmp_path: Path) -> None:
    for diagnostic in row.make(tmp_path):
        if diagnostic.code.startswith("IMP"):
            about_the_whole = diagnostic.location.entry in {"", MANIFEST}
            assert (diagnostic.address is None) == about_the_whole
