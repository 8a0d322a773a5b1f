"""The documented rules: for each one edit that breaks it and nothing else, and one that comes close and does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assetpkg.checking import check
from assetpkg.diagnostics import Diagnostic
from assetpkg.kinds import KINDS
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.planning.plan import plan
from assetpkg.rules import catalogue
from assetpkg.simulation import review
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, edited, make_instance, make_package

Changes = Mapping[str, Any]

GET_ORDER = "apis/Shop/orders/get-order.json"
ORDERS = "api_groups/Shop/orders.json"
SYNC = "tasks/sync_orders.json"
COPY = "composite_tasks/copy_tables.json"

PARAMETER = {"name": "id", "location": "PATH", "type": "STRING"}
WEB = {
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/internal",
    "url_domain": "orders.example.com",
    "timeout": 5000,
}
URN = "urn:fss:north:project-1:function:default:ship"
FUNCTION = {"function_urn": URN, "invocation_type": "sync", "timeout": 5000, "version": "2"}
MAPPING = {"source_datasource_id": "ds-1", "target_datasource_id": "ds-1", "ext_info": {"server_id": "7"}}
COMPOSITE = {"task_name": "copy_tables", "operation_types": ["INSERT"], "mappings": [MAPPING]}
POLICY = {"name": "night", "effect_mode": "ALL", "conditions": []}


def api(**changes: Any) -> Changes:
    return {GET_ORDER: edited(API, **changes)}


def web(**changes: Any) -> Changes:
    return api(backend_type="HTTP", mock_info=..., backend_api=edited(WEB, **changes))


def function(**changes: Any) -> Changes:
    return api(backend_type="FUNCTION", mock_info=..., func_info=edited(FUNCTION, **changes))


def task(**changes: Any) -> Changes:
    return {SYNC: edited(TASK, **changes)}


def composite(**changes: Any) -> Changes:
    return {COPY: edited(COMPOSITE, **changes)}


def mapping(**changes: Any) -> Changes:
    return composite(mappings=[edited(MAPPING, **changes)])


def second_api(**changes: Any) -> Changes:
    return {"apis/Shop/orders/second.json": edited(API, id="api-2", name="second", **changes)}


def many(count: int, group: str = "group-1") -> Changes:
    return {
        f"apis/{number}.json": edited(API, id=..., name=f"api-{number}", req_uri=f"/{number}", group_id=group)
        for number in range(count)
    }


def policy(**condition: Any) -> Changes:
    conditions = [{"condition_origin": "source", "condition_value": "10.0.0.1", **condition}]
    return api(policy_mocks=[edited(POLICY, conditions=conditions)])


CHECKED: Mapping[str, tuple[Sequence[Changes], Sequence[Changes]]] = {
    "RSC050": (
        [
            api(backend_type="HTTP"),
            api(backend_type="FUNCTION"),
            api(mock_info=...),
            api(auth_type="AUTHORIZER"),
            api(domain_name="orders.example.com"),
            {ORDERS: edited(GROUP, roma_app_id=...), GET_ORDER: None},
            web(vpc_channel_status=2, url_domain=...),
            web(vpc_channel_status=1),
            policy(condition_origin="system"),
            policy(condition_origin="cookie", condition_type="exact"),
        ],
        [
            web(),
            function(),
            api(backend_type="HTTP", mock_info=..., backend_api=edited(WEB, vpc_channel_status=2)),
            api(domain_name="orders.example.com", roma_app_id="app-1"),
            {ORDERS: edited(GROUP, version="V1", roma_app_id=...), GET_ORDER: None},
            policy(),
            policy(condition_origin="system", sys_param_name="req_path"),
        ],
    ),
    "RSC051": (
        [
            api(req_params=[PARAMETER, edited(PARAMETER, name="line")]),
            api(req_params=[PARAMETER], req_uri="/orders/{id}/{line}"),
            api(
                backend_type="HTTP",
                mock_info=...,
                backend_api=WEB,
                backend_params=[{"name": "x", "location": "PATH", "origin": "CONSTANT", "value": "1"}],
            ),
        ],
        [
            api(req_params=[PARAMETER]),
            api(req_params=[edited(PARAMETER, location="QUERY")]),
            api(req_params=[]),
        ],
    ),
    "RSC052": (
        [
            api(backend_params=[{"name": "x", "location": "QUERY", "origin": "REQUEST", "value": "id"}]),
            policy(condition_origin="param", condition_type="exact", req_param_name="id"),
        ],
        [
            api(
                req_params=[PARAMETER],
                backend_params=[{"name": "x", "location": "QUERY", "origin": "REQUEST", "value": "id"}],
            ),
            api(backend_params=[{"name": "x", "location": "QUERY", "origin": "CONSTANT", "value": "id"}]),
        ],
    ),
    "RSC053": ([api(req_uri="/apic/health_check")], [api(req_uri="/apic/health_check", req_method="POST")]),
    "RSC054": (
        [
            api(req_params=[PARAMETER, PARAMETER]),
            api(tags=["read", "read"]),
            api(policy_mocks=[POLICY, POLICY]),
        ],
        [
            api(req_params=[PARAMETER, edited(PARAMETER, location="QUERY")]),
            api(tags=["read", "Read"]),
            api(policy_mocks=[POLICY, edited(POLICY, name="day")]),
        ],
    ),
    "RSC055": (
        [
            task(task_type="TIMING"),
            task(task_type="timing"),
            task(dispatch={"remark": "every night"}),
            task(dispatch={"use_quartz_cron": True, "period": "DAY"}),
            task(dispatch={"use_quartz_cron": False, "cron": "0 0 2 * * ?"}),
            task(dispatch={"use_quartz_cron": False, "period": "DAY"}),
        ],
        [
            task(task_type="timing", dispatch={"use_quartz_cron": True, "cron": "0 0 2 * * ?", "period": ""}),
            task(task_type="TIMING", dispatch={"period": "DAY", "dispatch_interval": 1}),
            task(task_type="realtime"),
        ],
    ),
    "RSC056": (
        [
            composite(task_type="TIMING"),
            composite(task_type="timing"),
            mapping(source_table="a-b"),
            mapping(target_table="a#b"),
        ],
        [composite(task_type="realtime"), mapping(source_table="a_b", target_table="ERP.ITEMS")],
    ),
    "RSC017": (
        [mapping(source_table="表" * 22)],
        [mapping(source_table="表" * 21), mapping(source_table="t" * 64)],
    ),
    "RSC015": ([web(timeout=600_001), function(timeout=600_001)], [web(timeout=600_000)]),
    "RSC057": (
        [api(run_env_name="TEST"), api(run_env_name=""), api(run_env_name="RELEASES|TEST")],
        [api(run_env_name="TEST|RELEASE"), api(run_env_name="RELEASE"), api(run_env_name=None)],
    ),
    "RSC061": (
        [
            {ORDERS: edited(GROUP, version="V1")},
            mapping(ext_info=...),
            mapping(ext_info={"server_id": ""}),
        ],
        [
            {ORDERS: edited(GROUP, version="V1"), GET_ORDER: edited(API, roma_app_id="app-1")},
            mapping(),
            {
                **mapping(ext_info=...),
                "datasources/orders-db.json": edited(DATASOURCE, datasource_type="POSTGRESQL"),
            },
        ],
    ),
    "RSC062": (
        [second_api(req_uri="/orders/{orderId}")],
        [
            second_api(req_uri="/orders/{orderId}", req_method="POST"),
            second_api(req_uri="/orders/{orderId}", match_mode="SWA"),
            {
                "api_groups/Shop/more.json": edited(GROUP, id="group-2", name="more"),
                **second_api(req_uri="/orders/{orderId}", group_id="group-2"),
            },
        ],
    ),
    "LIM010": (
        [{
            f"api_groups/{number}.json": edited(GROUP, id=..., name=f"group-{number}") for number in range(1500)
        }],
        [{f"api_groups/{number}.json": edited(GROUP, id=..., name=f"group-{number}") for number in range(1499)}],
    ),
    "LIM011": ([many(1000)], [many(999)]),
    "LIM012": ([api(tags=[f"tag-{n}" for n in range(11)])], [api(tags=[f"tag-{n}" for n in range(10)])]),
}  # fmt: skip


@dataclass(frozen=True)
class Import:
    """An import: changes to the package and to its manifest's source, the target, and the options."""

    changes: Changes = field(default_factory=dict)
    resources: Mapping[str, list[Any]] = field(default_factory=dict)
    features: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    options: ImportOptions = field(default_factory=ImportOptions)
    facts: Mapping[str, Any] = field(default_factory=lambda: {"version": "2.7"})
    members: Mapping[str, Any] = field(default_factory=dict)

    def findings(self) -> list[Diagnostic]:
        """Plan it, and return all that is found."""
        package = make_package(self.changes, manifest={"source": {"features": dict(self.source)}})
        instance = make_instance(
            self.resources, instance={**self.facts, "features": dict(self.features)}, **self.members
        )
        return review(plan(package, instance, self.options), package, instance)


ON, OFF = {"app_route": "on"}, {"app_route": False}
PUBLISHED = {"covers": [kind for kind in KINDS if kind != "environment_variable"]}
MERGE = ImportOptions(mode=Mode.MERGE)
SHOP = {"application": [APPLICATION], "api_group": [GROUP]}
THERE: Mapping[str, list[Any]] = {**SHOP, "datasource": [DATASOURCE], "task": [TASK], "topic": []}
OTHER_GROUP = {"api_groups/Shop/more.json": edited(GROUP, id="group-2", name="more")}
DEFAULT_GROUP = {"api_groups/Shop/DEFAULT.json": edited(GROUP, id="group-2", name="DEFAULT")}
FUNCTIONS = {"functions": [{"urn": URN, "version": "2", "alias": "live"}]}


def elsewhere(**changes: Any) -> Changes:
    return {**OTHER_GROUP, **second_api(group_id="group-2", **changes)}


def on_target(**changes: Any) -> Mapping[str, list[Any]]:
    """An application with the same group and another API, on the target."""
    return {**SHOP, "api": [edited(API, id="api-9", name="old", **changes)]}


def merged(**changes: Any) -> Changes:
    return {
        "datasources/orders-db.json": None,
        "tasks/sync_orders.json": None,
        "topics/order-events.json": None,
        **api(**changes),
    }


PLANNED: Mapping[str, tuple[Sequence[Import], Sequence[Import]]] = {
    "IMP050": (
        [
            Import(elsewhere(), features=ON),
            Import(elsewhere(req_uri="/orders/{orderId}"), features={"APP_ROUTE_SWITCH": "on"}),
            Import(merged(), on_target(req_uri="/orders/{orderId}"), features=ON, options=MERGE),
        ],
        [
            Import(elsewhere(), features=OFF),
            Import(elsewhere(req_method="POST"), features=ON),
            Import(elsewhere(), features=ON, source=ON),
            Import({**DEFAULT_GROUP, **second_api(group_id="group-2")}, features=ON),
            Import(
                {
                    "applications/Other.json": {"id": "app-2", "name": "Other"},
                    "api_groups/Other/more.json": edited(GROUP, id="group-2", name="more", roma_app_id="app-2"),
                    **second_api(group_id="group-2"),
                },
                features=ON,
            ),
        ],
    ),
    "IMP051": (
        [
            Import(elsewhere(req_uri="/orders/latest"), features=ON),
            Import(elsewhere(req_method="ANY"), features=ON),
            Import(elsewhere(req_uri="/", match_mode="SWA"), features=ON),
            Import(second_api(req_uri="/orders/latest"), features=ON),
            Import(merged(), on_target(req_uri="/orders/latest"), features=ON, options=MERGE),
        ],
        [
            Import(elsewhere(req_uri="/orders/{id}/lines"), features=ON),
            Import(elsewhere(req_uri="/orders/latest"), features=OFF),
            Import(second_api(req_uri="/orders/latest"), features=ON, source=ON),
        ],
    ),
    "IMP052": ([Import(elsewhere())], [Import(elsewhere(req_uri="/orders/latest")), Import(elsewhere(), features=OFF)]),
    "IMP053": (
        [Import(merged(), on_target(req_uri="/orders/{orderId}"), features=OFF, options=MERGE)],
        [Import(merged(), on_target(req_uri="/orders/{orderId}/lines"), features=OFF, options=MERGE)],
    ),
    "IMP054": (
        [Import(function(), members={"functions": []})],
        [
            Import(function(), members=FUNCTIONS),
            Import(function(function_urn=f"{URN}:2", version=...), members=FUNCTIONS),
        ],
    ),
    "IMP055": (
        [
            Import(function(version="3"), members=FUNCTIONS),
            Import(function(alias_urn=f"{URN}:!old"), members=FUNCTIONS),
            Import(function(function_urn=f"{URN}:3", version=...), members=FUNCTIONS),
        ],
        [
            Import(function(version="3", alias_urn=f"{URN}:!live"), members=FUNCTIONS),
            Import(function(version=...), members=FUNCTIONS),
        ],
    ),
    "IMP056": ([Import(function())], [Import()]),
    "IMP063": (
        [Import(web(), features={"backend_timeout": 4999}), Import(web(), features={"backend_timeout": "4999"})],
        [Import(web(), features={"backend_timeout": 5000}), Import(web())],
    ),
    "IMP064": (
        [Import(web(enable_client_ssl=True), features={"backend_client_certificate": "off"})],
        [
            Import(web(enable_client_ssl=False), features={"backend_client_certificate": "off"}),
            Import(web(enable_client_ssl=True), features={"backend_client_certificate": "on"}),
            Import(web(enable_client_ssl=True)),
        ],
    ),
    "IMP065": (
        [Import({**DEFAULT_GROUP, **api(group_id="group-2")}, features={"default_group_hide": "on"})],
        [
            Import({**DEFAULT_GROUP, **api(group_id="group-2")}),
            Import(features={"default_group_hide": "on"}),
        ],
    ),
    "IMP066": (
        [Import(resources={"application": [{"name": f"a{number}"} for number in range(100)]})],
        [
            Import(resources={"application": [{"name": f"a{number}"} for number in range(99)]}),
            Import(
                resources={"application": [{"name": f"a{number}"} for number in range(100)]},
                members={"quotas": {"application": {"limit": 200, "used": 100}}},
            ),
        ],
    ),
    "IMP067": (
        [
            Import(
                {
                    "api_groups/Shop/orders.json": None,
                    "applications/Shop.json": None,
                    "datasources/orders-db.json": None,
                    "tasks/sync_orders.json": None,
                    "topics/order-events.json": None,
                },
                {"application": [APPLICATION], "api_group": [edited(GROUP, version="V1")]},
            )
        ],
        [
            Import(
                {
                    "api_groups/Shop/orders.json": None,
                    "applications/Shop.json": None,
                    "datasources/orders-db.json": None,
                    "tasks/sync_orders.json": None,
                    "topics/order-events.json": None,
                },
                SHOP,
            )
        ],
    ),
    "IMP073": (
        [
            Import(web(url_domain="#host#:8080"), members=PUBLISHED),
            Import(web(req_uri="/#stage#/orders"), members=PUBLISHED),
        ],
        [Import(web(url_domain="a#b:8080"), members=PUBLISHED)],
    ),
}


@pytest.mark.parametrize(
    ("code", "changes"), [(code, changes) for code, (bad, _) in CHECKED.items() for changes in bad]
)
def test_one_edit_breaks_the_rule_and_nothing_else(code: str, changes: Changes) -> None:
    assert [found.code for found in check(make_package(changes))] == [code]


@pytest.mark.parametrize(
    ("code", "changes"), [(code, changes) for code, (_, good) in CHECKED.items() for changes in good]
)
def test_what_comes_close_breaks_no_rule(code: str, changes: Changes) -> None:
    del code
    assert check(make_package(changes)) == []


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, (bad, _) in PLANNED.items() for case in bad])
def test_one_edit_breaks_the_rule_over_the_plan_and_nothing_else(code: str, case: Import) -> None:
    assert [found.code for found in case.findings()] == [code]


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, (_, good) in PLANNED.items() for case in good])
def test_an_import_that_comes_close_breaks_no_rule(code: str, case: Import) -> None:
    assert code not in {found.code for found in case.findings()}


def test_every_new_rule_has_its_rows() -> None:
    new = {code for code in catalogue() if "RSC050" <= code < "RSC100" or "LIM010" <= code < "LIM100"}
    new |= {code for code in catalogue() if "IMP050" <= code < "IMP100"}
    assert new <= {*CHECKED, *PLANNED}


@pytest.mark.parametrize("code", [*CHECKED, *PLANNED])
def test_the_page_has_four_paragraphs(code: str) -> None:
    assert len(catalogue()[code].page.split("\n\n")) == 4
