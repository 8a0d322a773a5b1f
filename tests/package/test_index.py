from typing import Any

import pytest

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Index, Path, derive_id
from assetpkg.resource.inspection import inspect
from assetpkg.resource.references import Reference
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited, encode
from tests.tables import every_row


def index(*documents: tuple[str, dict[str, Any]]) -> Index:
    return Index.build(
        inspect(KINDS[kind], f"{number:02}", encode(document)) for number, (kind, document) in enumerate(documents)
    )


SHOP = ("application", APPLICATION)
ORDERS = ("api_group", GROUP)


@every_row(
    ("documents", "addresses"),
    [
        pytest.param([SHOP], ["application/Shop"], id="a plain name"),
        pytest.param([("application", edited(APPLICATION, name="订单 中心"))], ["application/订单 中心"], id="Chinese"),
        pytest.param(
            [("datasource", edited(DATASOURCE, datasource_name="a/b~c"))], ["datasource/a~1b~0c"], id="escaped"
        ),
        pytest.param(
            [("api", API), ORDERS, SHOP],
            ["application/Shop", "api_group/Shop/orders", "api/Shop/orders/get-order"],
            id="parents, in any order",
        ),
        pytest.param([ORDERS], ["api_group/{app-1}/orders"], id="a parent that is not there"),
        pytest.param([("api_group", edited(GROUP, roma_app_id=...))], ["api_group/orders"], id="no parent"),
        pytest.param(
            [("api", API), ("api_group", edited(GROUP, roma_app_id=...))],
            ["api_group/orders", "api/orders/get-order"],
            id="a parent without a parent",
        ),
        pytest.param(
            [SHOP, ("application", edited(APPLICATION, id="2"))], ["application/Shop", "application/Shop#2"], id="twice"
        ),
        pytest.param(
            [("topic", edited(TOPIC, name=name)) for name in ("a", "a#2", "a", "a")],
            ["topic/a", "topic/a#3", "topic/a#4", "topic/a#2"],
            id="twice, and a name like the address of a double",
        ),
        pytest.param([("application", {"id": "x"}), SHOP], ["application/Shop"], id="what has no name has no address"),
        pytest.param(
            [("topic", TOPIC), ("task", TASK), SHOP],
            ["application/Shop", "task/sync_orders", "topic/order-events"],
            id="in the order of kinds",
        ),
    ],
)
def test_addresses(documents: list[tuple[str, dict[str, Any]]], addresses: list[str]) -> None:
    found = index(*documents)
    assert [resource.address for resource in found.resources] == addresses
    assert list(found.by_address) == addresses


def test_the_same_names_in_other_scopes_are_other_resources() -> None:
    found = index(
        SHOP,
        ("application", edited(APPLICATION, id="app-2", name="B")),
        ORDERS,
        ("api_group", edited(GROUP, id="2", roma_app_id="app-2")),
    )
    assert [resource.address for resource in found.resources_of("api_group")] == [
        "api_group/B/orders",
        "api_group/Shop/orders",
    ]
    assert not any(resource.is_double for resource in found.resources)


@pytest.mark.parametrize(
    ("path", "derived"),
    [
        (Path("application", ("Shop",)), "dd868c0fafc31f1c303d1500ef94c214"),
        (Path("api", ("Order Center", "orders", "get/order")), "92676ec72c773e79e8548a41ad5dbfaf"),
        (Path("topic", ("订单",)), "0976d2d8cb499ef086548aa4b0e80ee0"),
    ],
)
def test_derived_ids_never_change(path: Path, derived: str) -> None:
    assert derive_id(path) == derived


def test_an_id_is_derived_only_where_none_is_given() -> None:
    given, derived = index(SHOP, ("application", {"name": "B"})).resources[::-1]
    assert (given.id, given.id_given) == ("app-1", True)
    assert (derived.id, derived.id_given) == (derive_id(Path("application", ("B",))), False)
    assert index(("application", {"name": "B", "id": ""})).resources[0].id == derived.id


@every_row(
    ("kind", "by", "value", "address"),
    [
        ("application", ("id",), "app-1", "application/Shop"),
        ("application", ("key", "id"), "shop-key", "application/Shop"),
        ("application", ("key", "id"), "app-1", "application/Shop"),
        ("application", ("name",), "Shop", "application/Shop"),
        ("application", ("id",), "shop-key", None),
        ("datasource", ("id",), "app-1", None),
        ("unheard-of", ("id",), "app-1", None),
    ],
)
def test_references_are_resolved_by_the_fields_that_they_name(
    kind: str, by: tuple[str, ...], value: str, address: str | None
) -> None:
    found = index(SHOP, ("datasource", DATASOURCE)).resolve(Reference(kind, by, value, "/x"))
    assert (found.address if found else None) == address


def test_a_derived_id_can_be_referred_to() -> None:
    known = derive_id(Path("application", ("B",)))
    found = index(("application", {"name": "B"}), ("api_group", edited(GROUP, roma_app_id=known)))
    assert [resource.address for resource in found.resources_of("api_group")] == ["api_group/B/orders"]
    assert found.with_id("application", known) is found.by_path[Path("application", ("B",))]


def test_unique_combinations_count_within_their_scope() -> None:
    other = edited(API, id="2", name="other", match_mode="NORMAL")
    elsewhere = edited(API, id="3", group_id="nowhere")
    found = index(SHOP, ORDERS, ("api", API), ("api", other), ("api", elsewhere))
    shared = [sorted(member.address for member in members) for members in found.by_unique.values() if len(members) > 1]
    assert shared == [["api/Shop/orders/get-order", "api/Shop/orders/other"]]


@every_row("kind", list(KINDS))
def test_every_kind_can_be_indexed_by_its_name_alone(kind: str) -> None:
    (resource,) = index((kind, {name_field(KINDS[kind]).name: "a b"})).resources
    assert (resource.address, resource.name, resource.kind) == (f"{kind}/a b", "a b", KINDS[kind])
