"""What the target has to the last bit is judged all the same, where something else may be met or be in the way."""

from collections.abc import Mapping
from typing import Any

import pytest

from assetpkg import ImportOptions, Instance, Mode
from assetpkg.planning.assumptions import ASSUMPTIONS, MERGE_MATCHES
from assetpkg.planning.changes import Action
from assetpkg.planning.context import ImportContext
from assetpkg.planning.plan import judged_change
from assetpkg.planning.remarks import Reason
from assetpkg.planning.twins import find_twin, may_have_twins
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, edited, make_package
from tests.tables import every_row

Changes = Mapping[str, Any]

SHOP, SOURCE, SYNC = "application/Shop", "datasource/orders-db", "task/sync_orders"
ORDER = "api/Shop/orders/get-order"
CHECK = {"name": "token_check", "type": "FRONTEND", "authorizer_type": "LD", "authorizer_uri": "/read"}
MASKED = edited(DATASOURCE, content={**DATASOURCE["content"], "user_name": "shop", "password": "***"})
OTHER_SHOP = edited(APPLICATION, id="app-2", key="other-key")
NO_ID = edited(APPLICATION, id=...)
SAME_KEY = edited(APPLICATION, id="app-2", name="Store")
SAME_ID = edited(APPLICATION, name="A", key="other-key")
SAME_ROUTE = edited(API, id="api-2", name="find-order")
REPLICATE = {"task_name": TASK["task_name"], "operation_types": ["INSERT"]}
ELSEWHERE = edited(DATASOURCE, datasource_id="ds-2")
BY_ID = {MERGE_MATCHES.name: "id"}


def context_of(brought: Changes, there: Changes, answers: Mapping[str, str]) -> ImportContext:
    assumptions = {name: answers.get(name, known.default) for name, known in ASSUMPTIONS.items()}
    options = ImportOptions(mode=Mode.MERGE, assumptions=assumptions)
    return ImportContext(make_package(brought), Instance.from_package(make_package(there)), options)


def test_all_of_a_package_is_there() -> None:
    context = context_of({}, {}, {})
    assert may_have_twins(context)
    assert [find_twin(context, resource) for resource in context.package.resources] == [*context.target_index.resources]


@every_row(
    ("address", "brought", "there", "answers"),
    [
        pytest.param(
            "authorizer/token_check",
            {"authorizers/a.json": CHECK},
            {"authorizers/a.json": CHECK},
            {},
            id="a kind of which a name that is taken is no error",
        ),
        pytest.param(
            SOURCE, {"datasources/orders-db.json": MASKED}, {"datasources/orders-db.json": MASKED}, {}, id="a mask"
        ),
        pytest.param(
            "environment/TEST",
            {"environments/a.json": {"name": "TEST"}},
            {"environments/a.json": {"name": "TEST"}},
            {},
            id="a kind that no import brings",
        ),
        pytest.param(SHOP, {}, {"applications/A.json": SAME_ID}, {}, id="an id that another one has as well"),
        pytest.param(SHOP, {}, {"applications/A.json": SAME_ID}, BY_ID, id="an id that is met in another one"),
        pytest.param(
            SHOP,
            {"applications/Shop.json": NO_ID},
            {"applications/Shop.json": NO_ID, "applications/Z.json": edited(NO_ID, key="other-key")},
            {},
            id="a name that the target has twice",
        ),
        pytest.param(
            f"{SHOP}#2", {"applications/A.json": OTHER_SHOP}, {}, {}, id="a name that the package has a second time"
        ),
        pytest.param(ORDER, {"apis/z.json": SAME_ROUTE}, {}, {}, id="a unique value that is in the package twice"),
        pytest.param(SHOP, {}, {"applications/Z.json": SAME_KEY}, {}, id="a unique value that the target has twice"),
        pytest.param(
            SYNC, {"composite_tasks/a.json": REPLICATE}, {}, {}, id="a name that is taken by one of another kind"
        ),
        pytest.param(
            ORDER,
            {"apis/Shop/orders/get-order.json": edited(API, id=...)},
            {"apis/Shop/orders/get-order.json": edited(API, id=...), "api_groups/Z.json": edited(GROUP, name="all")},
            BY_ID,
            id="a parent that is met in another one",
        ),
        pytest.param(
            SYNC,
            {"datasources/orders-db.json": None},
            {"datasources/orders-db.json": ELSEWHERE},
            {},
            id="a reference that leads nowhere",
        ),
        pytest.param(
            SYNC,
            {"datasources/orders-db.json": edited(DATASOURCE, datasource_name="other-db")},
            {},
            {},
            id="a reference that leads elsewhere",
        ),
    ],
)
def test_what_is_the_same_and_has_to_be_judged(
    address: str, brought: Changes, there: Changes, answers: Mapping[str, str]
) -> None:
    context = context_of(brought, there, answers)
    resource = context.package.resource(address)
    assert resource.digest in {other.digest for other in context.target_index.at(resource.path)}
    assert find_twin(context, resource) is None
    change = judged_change(context, resource)
    assert (change.action, change.reason, change.remarks, change.assumptions) != (Action.KEEP, Reason.IDENTICAL, (), ())
