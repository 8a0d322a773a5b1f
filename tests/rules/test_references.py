"""REF: what one resource needs from another."""

from pathlib import Path

import pytest

from tests.build import API, APPLICATION, DATASOURCE, TASK, TOPIC, edited
from tests.rules.rows import (
    DATABASE,
    EVENTS,
    GET_ORDER,
    ORDERS,
    SHOP,
    SYNC,
    Row,
    Table,
    checked,
    parameters,
    planned,
    row,
)

BACKEND = {
    "id": "ld-1",
    "name": "stock",
    "roma_app_id": "app-1",
    "method": "POST",
    "path": "/stock",
    "version": "1",
    "content_type": "json",
}
SCRIPT = {"object_name": "r1", "content": "cmV0dXJuIDE7"}
MIRROR = {
    "task_name": "mirror",
    "operation_types": ["INSERT"],
    "mappings": [{"source_datasource_id": "ds-1", "target_datasource_id": "ds-9", "ext_info": {"server_id": "7"}}],
}


FAILING: Table = {
    "RSC071": (
        row(
            "the name of an application",
            checked({DATABASE: edited(DATASOURCE, app_name="Store")}),
            "RSC071 datasources/orders-db.json#/app_name 11:15: app_name is 'Store', but app_id leads to "
            "application/Shop -> check which of the two is meant, and correct the other one",
        ),
        row(
            "by its key",
            checked({EVENTS: edited(TOPIC, app_name="shop")}),
            "RSC071 topics/order-events.json#/app_name 5:15: app_name is 'shop', but app_id leads to application/Shop",
        ),
        row(
            "inside a list",
            checked(
                {"backend_apis/stock.json": {**BACKEND, "scripts": [{**SCRIPT, "ds_id": "ds-1", "ds_name": "db"}]}}
            ),
            "RSC071 backend_apis/stock.json#/scripts/0/ds_name 14:18: ds_name is 'db', but ds_id leads to "
            "datasource/orders-db",
        ),
    ),
    "RSC072": (
        row(
            "a copy that nobody has renamed",
            checked({SHOP: edited(APPLICATION, name="Store")}),
            "RSC072 applications/Shop.json 1:1: the file is not named after the integration application in it, 'Store' "
            "-> rename the file, or correct the name in it",
        ),
        row(
            "one among others of its kind",
            checked(
                {f"topics/topic-{name}.json": edited(TOPIC, name=f"topic-{new}") for name, new in ("aa", "bb", "cd")}
            ),
            "RSC072 topics/topic-c.json 1:1: the file is not named after the topic in it, 'topic-d'",
        ),
    ),
    "IMP076": (
        row(
            "the name of an application that is on the target",
            planned(
                {
                    SHOP: None,
                    ORDERS: None,
                    GET_ORDER: None,
                    EVENTS: None,
                    DATABASE: edited(DATASOURCE, app_name="Store"),
                },
                target={"application": [APPLICATION]},
            ),
            "IMP076 datasources/orders-db.json#/app_name 11:15: app_name is 'Store', but app_id leads to "
            "application/Shop -> check which of the two is meant, and correct the other one",
        ),
    ),
    "REF001": (
        row(
            "an id that nothing has",
            checked({DATABASE: edited(DATASOURCE, app_id="app-9")}),
            "REF001 datasources/orders-db.json#/app_id 5:13: refers to application 'app-9', which is not in this "
            "package -> add it, or make a plan with a target that has it",
        ),
        row(
            "both ends of a task",
            checked({SYNC: edited(TASK, source_datasource_id="ds-8", target_datasource_id="ds-9")}),
            "REF001 tasks/sync_orders.json#/source_datasource_id 5:27: refers to datasource 'ds-8', which is not "
            "in this package",
            "REF001 tasks/sync_orders.json#/target_datasource_id 6:27: refers to datasource 'ds-9', which is not "
            "in this package",
        ),
        row(
            "in a list",
            checked({"composite_tasks/mirror.json": MIRROR}),
            "REF001 composite_tasks/mirror.json#/mappings/0/target_datasource_id 9:31: refers to datasource "
            "'ds-9', which is not in this package",
        ),
        row(
            "the key of an application",
            checked({EVENTS: edited(TOPIC, app_id="key-9")}),
            "REF001 topics/order-events.json#/app_id 3:13: refers to application 'key-9', which is not in this package",
        ),
        row(
            "a name where an id is due",
            checked({DATABASE: edited(DATASOURCE, app_id="Shop")}),
            "REF001 datasources/orders-db.json#/app_id 5:13: refers to application 'Shop', which is not in this "
            "package",
        ),
        row(
            "everything that a lost application had",
            checked({SHOP: None}),
            "REF001 api_groups/Shop/orders.json#/roma_app_id 5:18: refers to application 'app-1', which is not in "
            "this package",
            "REF001 datasources/orders-db.json#/app_id 5:13: refers to application 'app-1', which is not in this "
            "package",
            "REF001 topics/order-events.json#/app_id 3:13: refers to application 'shop-key', which is not in this "
            "package",
        ),
        row(
            "a plan without a target",
            planned({DATABASE: edited(DATASOURCE, app_id="app-9")}, alone=True),
            "REF001 datasources/orders-db.json#/app_id 5:13: refers to application 'app-9', which is not in this "
            "package",
            "IMP001: no target was given, so every create is unverified",
        ),
        row(
            "a custom authorizer",
            checked({GET_ORDER: edited(API, auth_type="AUTHORIZER", authorizer_id="auth-1")}),
            "REF001 apis/Shop/orders/get-order.json#/authorizer_id 14:20: refers to authorizer 'auth-1', which is "
            "not in this package",
        ),
        row(
            "a custom backend",
            checked({GET_ORDER: edited(API, ld_api_id="backend-1")}),
            "REF001 apis/Shop/orders/get-order.json#/ld_api_id 14:16: refers to backend_api 'backend-1', which is "
            "not in this package",
        ),
    ),
}

PASSING: Table = {
    "RSC071": (
        row("the name that it has", checked({EVENTS: edited(TOPIC, app_name="Shop")})),
        row("an empty one", checked({EVENTS: edited(TOPIC, app_name="")})),
    ),
    "RSC072": (
        row(
            "the name, spelled for a file system",
            checked({SHOP: None, "applications/Shop%2E.json": edited(APPLICATION, name="Shop.")}),
        ),
        row(
            "files by number",
            checked({f"topics/{name}.json": edited(TOPIC, name=f"topic-{name}") for name in range(9)}),
        ),
        row("the id", checked({SHOP: None, "applications/app-1.json": APPLICATION})),
        row("in another case", checked({SHOP: None, "applications/shop.json": APPLICATION})),
    ),
    "IMP076": (
        row(
            "the name that it has",
            planned(
                {SHOP: None, ORDERS: None, GET_ORDER: None, DATABASE: None, SYNC: None}
                | {EVENTS: edited(TOPIC, app_name="Shop")},
                target={"application": [APPLICATION]},
            ),
        ),
    ),
    "REF001": (
        row("an id that is there", checked()),
        row("an application by its id", checked({EVENTS: edited(TOPIC, app_id="app-1")})),
        row("no reference", checked({GET_ORDER: edited(API, roma_app_id=None)})),
        row(
            "a plan with a target answers it",
            planned({DATABASE: edited(DATASOURCE, app_id="app-9")}),
            "IMP010 datasources/orders-db.json#/app_id 5:13: refers to application 'app-9', which neither the "
            "package nor the target has",
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
