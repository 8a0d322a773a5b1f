"""The documented rules: for each one edit that breaks it and nothing else, and one that comes close and does not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assetpkg.kinds import KINDS
from assetpkg.planning.options import Mode
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, edited
from tests.rules.rows import (
    DATABASE,
    EVENTS,
    GET_ORDER,
    ORDERS,
    SHOP,
    SYNC,
    Make,
    Row,
    Table,
    checked,
    parameters,
    planned,
    row,
)

COPY = "composite_tasks/copy_tables.json"
SECOND = "apis/Shop/orders/second.json"
DOOR = "authorizers/door.json"
DOORKEEPER = "backend_apis/Shop/doorkeeper.json"
CHANNEL = "load_channels/servers.json"
PIN = "app_configs/Shop/pin.json"
NIGHTLY = "scheduled_api_tasks/Shop/nightly.json"

PARAMETER = {"name": "id", "location": "PATH", "type": "STRING"}
HEADER = {"name": "X-Trace", "location": "HEADER", "type": "STRING"}
QUERY = {**HEADER, "location": "QUERY"}
FROM_CALLER = {"name": "x", "location": "QUERY", "origin": "REQUEST", "value": "id"}
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
BY_BACKEND = {
    "id": "door-1",
    "name": "door",
    "type": "FRONTEND",
    "authorizer_type": "LD",
    "authorizer_uri": "/doorkeeper",
    "ld_api_id": "backend-1",
}
BY_FUNCTION = edited(BY_BACKEND, authorizer_type="FUNC", authorizer_uri=URN, authorizer_version="2", ld_api_id=...)
BACKEND = {
    "id": "backend-1",
    "name": "doorkeeper",
    "roma_app_id": "app-1",
    "method": "POST",
    "path": "/doorkeeper",
    "version": "1",
    "content_type": "json",
    "status": 4,
}
SERVERS = {
    "name": "servers",
    "port": 8080,
    "balance_strategy": 1,
    "member_type": "ip",
    "members": [{"host": "10.0.0.1"}],
}
HEALTH = {
    "protocol": "HTTP",
    "path": "/",
    "http_code": "200",
    "threshold_normal": 2,
    "threshold_abnormal": 2,
    "time_interval": 10,
    "timeout": 5,
}
CONFIG = {"app_id": "app-1", "config_name": "pin", "config_type": "password"}
TASK_OF_SHOP = {"name": "nightly", "roma_app_id": "app-1", "api_id": "api-2"}
OTHER_APP = {"id": "app-2", "name": "Other"}
OTHER_GROUP = edited(GROUP, id="group-2", name="more", roma_app_id="app-2")
OTHER_API = edited(API, id="api-2", name="second", group_id="group-2")
OTHER: dict[str, Any] = {
    "applications/Other.json": OTHER_APP,
    "api_groups/Other/more.json": OTHER_GROUP,
    "apis/Other/more/second.json": OTHER_API,
}
"""Another application with an API of its own."""


def api(**changes: Any) -> dict[str, Any]:
    return {GET_ORDER: edited(API, **changes)}


def web(**changes: Any) -> dict[str, Any]:
    return api(backend_type="HTTP", mock_info=..., backend_api=edited(WEB, **changes))


def function(**changes: Any) -> dict[str, Any]:
    return api(backend_type="FUNCTION", mock_info=..., func_info=edited(FUNCTION, **changes))


def task(**changes: Any) -> dict[str, Any]:
    return {SYNC: edited(TASK, **changes)}


def mapping(**changes: Any) -> dict[str, Any]:
    return {COPY: edited(COMPOSITE, mappings=[edited(MAPPING, **changes)])}


def second(**changes: Any) -> dict[str, Any]:
    """Another API of the same group."""
    return {SECOND: edited(API, id="api-2", name="second", **changes)}


def elsewhere(**changes: Any) -> dict[str, Any]:
    """Another API of another group of the same application."""
    more = edited(GROUP, id="group-2", name="more")
    return {"api_groups/Shop/more.json": more, **second(group_id="group-2", **changes)}


def many(count: int, group: str = "group-1") -> dict[str, Any]:
    return {
        f"apis/{number}.json": edited(API, id=..., name=f"api-{number}", req_uri=f"/{number}", group_id=group)
        for number in range(count)
    }


def groups(count: int) -> dict[str, Any]:
    return {f"api_groups/{number}.json": edited(GROUP, id=..., name=f"group-{number}") for number in range(count)}


def policy(**condition: Any) -> dict[str, Any]:
    conditions = [{"condition_origin": "source", "condition_value": "10.0.0.1", **condition}]
    return api(policy_mocks=[edited(POLICY, conditions=conditions)])


def authorizer(backend: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {DOOR: edited(BY_BACKEND, **changes), DOORKEEPER: edited(BACKEND, **(backend or {}))}


def channel(**changes: Any) -> dict[str, Any]:
    return {CHANNEL: edited(SERVERS, **changes)}


def imported(  # noqa: PLR0913 - an import has so many sides
    changes: Mapping[str, Any] | None = None,
    target: Mapping[str, list[Any]] | None = None,
    *,
    features: Mapping[str, Any] | None = None,
    source: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    members: Mapping[str, Any] | None = None,
    **options: Any,
) -> Make:
    """The import into a target with configuration parameters, from a source with some."""
    instance = {"version": "2.7", **(facts or {}), "features": dict(features or {})}
    return planned(
        changes,
        manifest={"source": {"features": dict(source)}} if source else None,
        target=target,
        members={"instance": instance, **(members or {})},
        **options,
    )


def merged(target: Mapping[str, list[Any]], changes: Mapping[str, Any] | None = None, **options: Any) -> Make:
    """The API alone, imported into what is on the target."""
    rest = {DATABASE: None, SYNC: None, EVENTS: None}
    return imported({**rest, **(changes or {})}, target, mode=Mode.MERGE, **options)


def there(**changes: Any) -> dict[str, list[Any]]:
    """Application and group, and another API in it, on the target."""
    return {"application": [APPLICATION], "api_group": [GROUP], "api": [edited(API, id="api-9", name="old", **changes)]}


SHOP_THERE: dict[str, list[Any]] = {"application": [APPLICATION], "api_group": [GROUP]}
ALONE = {SHOP: None, ORDERS: None, DATABASE: None, SYNC: None, EVENTS: None}
"""What is dropped so that the API is left."""
ON, OFF = {"app_route": "on"}, {"app_route": False}
WITHOUT_VARIABLES = {"covers": [kind for kind in KINDS if kind != "environment_variable"]}
VARIABLE = {"group_id": "group-1", "variable_name": "host", "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID"}
KNOWN = {"functions": [{"urn": URN, "version": "2", "alias": "live"}]}
HIDDEN = {"api_groups/Shop/DEFAULT.json": edited(GROUP, id="group-2", name="DEFAULT")}
NIGHT: dict[str, Any] = {NIGHTLY: TASK_OF_SHOP}
CIRCLE = {
    **OTHER,
    **NIGHT,
    "scheduled_api_tasks/Other/daily.json": {"name": "daily", "roma_app_id": "app-2", "api_id": "api-1"},
}


def filled(count: int) -> dict[str, list[Any]]:
    return {"application": [{"name": f"a{number}"} for number in range(count)]}


FAILING: Table = {
    "RSC050": (
        row(
            "a web service without its backend",
            checked(api(backend_type="HTTP")),
            'RSC050 apis/Shop/orders/get-order.json#/backend_type 10:19: backend_type "HTTP" needs '
            "'backend_api', which is missing -> add 'backend_api', or change backend_type",
        ),
        row(
            "a function without its backend",
            checked(api(backend_type="FUNCTION")),
            'RSC050 apis/Shop/orders/get-order.json#/backend_type 10:19: backend_type "FUNCTION" '
            "needs 'func_info', which is missing",
        ),
        row(
            "a fixed answer without its backend",
            checked(api(mock_info=...)),
            'RSC050 apis/Shop/orders/get-order.json#/backend_type 10:19: backend_type "MOCK" needs '
            "'mock_info', which is missing",
        ),
        row(
            "no authorizer",
            checked(api(auth_type="AUTHORIZER")),
            'RSC050 apis/Shop/orders/get-order.json#/auth_type 9:16: auth_type "AUTHORIZER" needs '
            "'authorizer_id', which is missing",
        ),
        row(
            "a domain without an application",
            checked(api(domain_name="orders.example.com")),
            "RSC050 apis/Shop/orders/get-order.json#/domain_name 14:18: domain_name "
            "\"orders.example.com\" needs 'roma_app_id', which is missing",
        ),
        row(
            "a group of no application",
            checked({ORDERS: edited(GROUP, roma_app_id=...), GET_ORDER: None}),
            "RSC050 api_groups/Shop/orders.json#/version 4:14: version \"V2\" needs 'roma_app_id', which is missing",
        ),
        row(
            "no address",
            checked(web(vpc_channel_status=2, url_domain=...)),
            "RSC050 apis/Shop/orders/get-order.json#/backend_api/vpc_channel_status 16:27: "
            "vpc_channel_status 2 needs 'url_domain', which is missing",
        ),
        row(
            "a load channel that is not named",
            checked(web(vpc_channel_status=1)),
            "RSC050 apis/Shop/orders/get-order.json#/backend_api/vpc_channel_status 17:27: "
            "vpc_channel_status 1 needs 'vpc_channel_info', which is missing",
        ),
        row(
            "a condition on no system parameter",
            checked(policy(condition_origin="system")),
            "RSC050 apis/Shop/orders/get-order.json#/policy_mocks/0/conditions/0/condition_origin "
            "20:31: condition_origin \"system\" needs 'sys_param_name', which is missing",
        ),
        row(
            "a condition on no cookie",
            checked(policy(condition_origin="cookie", condition_type="exact")),
            "RSC050 apis/Shop/orders/get-order.json#/policy_mocks/0/conditions/0/condition_origin "
            "20:31: condition_origin \"cookie\" needs 'cookie_param_name', which is missing",
        ),
        row(
            "an authorizer without its custom backend",
            checked(authorizer(ld_api_id=...)),
            'RSC050 authorizers/door.json#/authorizer_type 5:22: authorizer_type "LD" needs '
            "'ld_api_id', which is missing",
        ),
        row(
            "a channel of micro-services without one",
            checked(channel(type=3)),
            "RSC050 load_channels/servers.json#/type 11:11: type 3 needs 'microservice_info', which is missing",
        ),
        row(
            "a health check of no path",
            checked(channel(vpc_health_config=edited(HEALTH, path=...))),
            'RSC050 load_channels/servers.json#/vpc_health_config/protocol 12:17: protocol "HTTP" '
            "needs 'path', which is missing",
        ),
    ),
    "RSC051": (
        row(
            "a parameter that is in no path",
            checked(api(req_params=[PARAMETER, edited(PARAMETER, name="line")])),
            "RSC051 apis/Shop/orders/get-order.json#/req_params/1/name 21:15: parameter 'line' has location PATH, "
            "but req_uri \"/orders/{id}\" has no '{line}' -> write '{line}' into the path, or give the parameter "
            "another location",
        ),
        row(
            "a place for no parameter",
            checked(api(req_params=[PARAMETER], req_uri="/orders/{id}/{line}")),
            "RSC051 apis/Shop/orders/get-order.json#/req_uri 8:14: req_uri \"/orders/{id}/{line}\" has '{line}', but "
            "req_params has no such parameter with location PATH",
        ),
        row(
            "a backend parameter that is in no path",
            checked(
                api(
                    backend_type="HTTP",
                    mock_info=...,
                    backend_api=WEB,
                    backend_params=[{"name": "x", "location": "PATH", "origin": "CONSTANT", "value": "1"}],
                )
            ),
            "RSC051 apis/Shop/orders/get-order.json#/backend_params/0/name 20:15: parameter 'x' has location PATH, "
            "but backend_api.req_uri \"/internal\" has no '{x}'",
        ),
    ),
    "RSC052": (
        row(
            "a backend parameter from nowhere",
            checked(api(backend_params=[FROM_CALLER])),
            'RSC052 apis/Shop/orders/get-order.json#/backend_params/0/value 19:16: value "id" is not a name in '
            "req_params -> add it to req_params, or use a name from there",
        ),
        row(
            "a condition on no parameter",
            checked(policy(condition_origin="param", condition_type="exact", req_param_name="id")),
            "RSC052 apis/Shop/orders/get-order.json#/policy_mocks/0/conditions/0/req_param_name 23:29: "
            'req_param_name "id" is not a name in req_params',
        ),
    ),
    "RSC053": (
        row(
            "the gateway's own path",
            checked(api(req_uri="/apic/health_check")),
            'RSC053 apis/Shop/orders/get-order.json#/req_uri 8:14: req_uri "/apic/health_check" with req_method GET '
            "is reserved by the platform -> use another path or another method",
        ),
    ),
    "RSC054": (
        row(
            "a parameter twice",
            checked(api(req_params=[PARAMETER, PARAMETER])),
            'RSC054 apis/Shop/orders/get-order.json#/req_params/1 20:5: "PATH id" occurs in req_params for the '
            "second time -> remove or rename one of them [APIG.3209]",
        ),
        row(
            "a header twice, in other letters",
            checked(api(req_params=[PARAMETER, HEADER, edited(HEADER, name="x-trace")])),
            'RSC054 apis/Shop/orders/get-order.json#/req_params/2 25:5: "HEADER x-trace" occurs in req_params for the '
            "second time -> remove or rename one of them [APIG.3209]",
        ),
        row(
            "a tag twice",
            checked(api(tags=["read", "read"])),
            'RSC054 apis/Shop/orders/get-order.json#/tags/1 16:5: "read" occurs in tags for the second time '
            "[APIG.3213]",
        ),
        row(
            "two policies of one name",
            checked(api(policy_mocks=[POLICY, POLICY])),
            'RSC054 apis/Shop/orders/get-order.json#/policy_mocks/1 20:5: "night" occurs in policy_mocks for the '
            "second time [APIG.3210]",
        ),
        row(
            "an identity twice",
            checked(authorizer(identities=[{"name": "a", "location": "QUERY"}] * 2)),
            'RSC054 authorizers/door.json#/identities/1 13:5: "QUERY a" occurs in identities for the second time '
            "[APIG.3212]",
        ),
    ),
    "RSC055": (
        row(
            "no schedule",
            checked(task(task_type="TIMING")),
            "RSC055 tasks/sync_orders.json#/task_type 4:16: task_type \"TIMING\" needs 'dispatch', "
            "which is missing -> add 'dispatch', or change task_type [FDI.3083]",
        ),
        row(
            "no schedule, in small letters",
            checked(task(task_type="timing")),
            "RSC055 tasks/sync_orders.json#/task_type 4:16: task_type \"timing\" needs 'dispatch', "
            "which is missing [FDI.3083]",
        ),
        row(
            "an empty schedule",
            checked(task(dispatch={"remark": "every night"})),
            "RSC055 tasks/sync_orders.json#/dispatch 7:15: dispatch has neither 'cron' nor 'period'",
        ),
        row(
            "no cron expression",
            checked(task(dispatch={"use_quartz_cron": True, "period": "DAY"})),
            "RSC055 tasks/sync_orders.json#/dispatch/use_quartz_cron 8:24: use_quartz_cron true needs"
            " 'cron', which is missing",
        ),
        row(
            "no period",
            checked(task(dispatch={"use_quartz_cron": False, "cron": "0 0 2 * * ?"})),
            "RSC055 tasks/sync_orders.json#/dispatch/use_quartz_cron 8:24: use_quartz_cron false "
            "needs 'period', which is missing",
        ),
        row(
            "no interval",
            checked(task(dispatch={"use_quartz_cron": False, "period": "DAY"})),
            'RSC055 tasks/sync_orders.json#/dispatch/period 9:15: period "DAY" needs '
            "'dispatch_interval', which is missing",
        ),
    ),
    "RSC056": (
        row(
            "a composite task by the clock",
            checked({COPY: edited(COMPOSITE, task_type="timing")}),
            'RSC056 composite_tasks/copy_tables.json#/task_type 15:16: task_type "timing" is not '
            "supported here yet -> use REALTIME",
        ),
        row(
            "a hyphen in a table's name",
            checked(mapping(source_table="a-b")),
            "RSC056 composite_tasks/copy_tables.json#/mappings/0/source_table 13:23: source_table "
            "\"a-b\" has '-', which is not supported here",
        ),
        row(
            "a number sign in a table's name",
            checked(mapping(target_table="a#b")),
            "RSC056 composite_tasks/copy_tables.json#/mappings/0/target_table 13:23: target_table "
            "\"a#b\" has '#', which is not supported here",
        ),
    ),
    "RSC057": (
        row(
            "another environment",
            checked(api(run_env_name="TEST")),
            'RSC057 apis/Shop/orders/get-order.json#/run_env_name 14:19: is published only in "TEST"; only APIs '
            "that are published in RELEASE are asset data -> publish it in RELEASE and export again, or create "
            "it on the target by hand",
        ),
        row(
            "nowhere",
            checked(api(run_env_name="")),
            "RSC057 apis/Shop/orders/get-order.json#/run_env_name 14:19: is published nowhere; only APIs that are "
            "published in RELEASE are asset data",
        ),
        row(
            "a longer name",
            checked(api(run_env_name="RELEASES|TEST")),
            'RSC057 apis/Shop/orders/get-order.json#/run_env_name 14:19: is published only in "RELEASES|TEST"; '
            "only APIs that are published in RELEASE are asset data",
        ),
    ),
    "RSC058": (
        row(
            "no servers",
            checked(channel(members=[])),
            "RSC058 load_channels/servers.json#/member_type 5:18: member_type \"ip\" needs 'members', "
            "which is empty -> fill 'members', or change member_type",
        ),
        row(
            "no list of servers",
            checked(channel(members=...)),
            "RSC058 load_channels/servers.json#/member_type 5:18: member_type \"ip\" needs 'members', which is missing",
        ),
    ),
    "RSC060": (
        row(
            "a custom backend by GET",
            checked(authorizer({"method": "GET"})),
            "RSC060 authorizers/door.json#/ld_api_id 7:16: refers to backend_api/Shop/doorkeeper, whose method is "
            "GET; it must be POST -> refer to another resource, or change that one",
        ),
        row(
            "a custom backend that is not deployed",
            checked(authorizer({"status": 3})),
            "RSC060 authorizers/door.json#/ld_api_id 7:16: refers to backend_api/Shop/doorkeeper, whose status is "
            "3; it must be 4",
        ),
        row(
            "an authorizer for backends before an API",
            checked(authorizer(type="BACKEND") | api(auth_type="AUTHORIZER", authorizer_id="door-1")),
            "RSC060 apis/Shop/orders/get-order.json#/authorizer_id 14:20: refers to authorizer/door, whose type is "
            "BACKEND; it must be FRONTEND",
        ),
        row(
            "an authorizer for callers before a backend",
            checked(authorizer() | web(authorizer_id="door-1")),
            "RSC060 apis/Shop/orders/get-order.json#/backend_api/authorizer_id 17:22: refers to authorizer/door, "
            "whose type is FRONTEND; it must be BACKEND",
        ),
    ),
    "RSC061": (
        row(
            "an API of no application",
            checked({ORDERS: edited(GROUP, version="V1")}),
            "RSC061 apis/Shop/orders/get-order.json#/group_id 3:15: needs 'roma_app_id', because the version of "
            "api_group/Shop/orders is V1 -> add 'roma_app_id'",
        ),
        row(
            "no server id",
            checked(mapping(ext_info=...)),
            "RSC061 composite_tasks/copy_tables.json#/mappings/0/source_datasource_id 8:31: needs "
            "'ext_info.server_id', because the datasource_type of datasource/orders-db is MYSQL",
        ),
        row(
            "an empty server id",
            checked(mapping(ext_info={"server_id": ""})),
            "RSC061 composite_tasks/copy_tables.json#/mappings/0/source_datasource_id 8:31: needs "
            "'ext_info.server_id', because the datasource_type of datasource/orders-db is MYSQL",
        ),
    ),
    "RSC062": (
        row(
            "another name in braces",
            checked(second(req_uri="/orders/{orderId}")),
            "RSC062 apis/Shop/orders/second.json#/req_uri 8:14: 'GET /orders/{orderId} NORMAL' differs from the "
            "route of api/Shop/orders/get-order only in names in braces -> change one of the two paths",
        ),
        row(
            "a slash at the end",
            checked(second(req_uri="/orders/{id}/")),
            "RSC062 apis/Shop/orders/second.json#/req_uri 8:14: 'GET /orders/{id}/ NORMAL' differs from the "
            "route of api/Shop/orders/get-order only in slashes",
        ),
        row(
            "capital letters, and a slash too many",
            checked(second(req_uri="//Orders/{id}")),
            "RSC062 apis/Shop/orders/second.json#/req_uri 8:14: 'GET //Orders/{id} NORMAL' differs from the "
            "route of api/Shop/orders/get-order only in slashes and capital letters",
        ),
        row(
            "any method",
            checked(second(req_method="ANY")),
            "RSC062 apis/Shop/orders/second.json#/req_uri 8:14: 'ANY /orders/{id} NORMAL' differs from the "
            "route of api/Shop/orders/get-order only in the method ANY",
        ),
    ),
    "LIM010": (
        row(
            "one group too many",
            checked(groups(1500)),
            "LIM010: holds 1501 of kind api_group; the published quota is 1500 per instance -> ask for a higher "
            "quota on the target, or split the package [APIG.3101]",
        ),
    ),
    "LIM011": (
        row(
            "one API too many",
            checked(many(1000)),
            "LIM011 api_groups/Shop/orders.json 1:1: api_group/Shop/orders has 1001 apis; the published quota is "
            "1000 per API group -> ask for a higher quota on the target, or divide it [APIG.3125]",
        ),
    ),
    "LIM012": (
        row(
            "one tag too many",
            checked(api(tags=[f"tag-{number}" for number in range(11)])),
            "LIM012 apis/Shop/orders/get-order.json#/tags 14:11: tags has 11 items; at most 10 are allowed unless "
            "the quota was raised -> remove some, or ask for a higher quota on the target [APIG.3133]",
        ),
        row(
            "one server too many",
            checked(channel(members=[{"host": f"10.0.0.{n}"} for n in range(11)])),
            "LIM012 load_channels/servers.json#/members 6:14: members has 11 items; at most 10 are allowed unless "
            "the quota was raised [APIG.3110]",
        ),
    ),
    "IMP039": (
        row(
            "an application's leave to call an API",
            imported(
                {
                    "app_authorizations/a.json": {
                        "app_ids": ["app-1"],
                        "api_ids": ["api-1"],
                        "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID",
                    }
                }
            ),
            "IMP039: 1 of kind app_authorization: it is not documented that an import carries them -> check for them "
            "on the target after the import",
        ),
    ),
    "IMP050": (
        row(
            "in another group",
            imported(elsewhere(), features=ON),
            "IMP050 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/more/second; application/Shop may call both -> change one of the paths, or "
            "compare the configuration of the instances",
        ),
        row(
            "another name in braces, and the switch's other name",
            imported(elsewhere(req_uri="/orders/{orderId}"), features={"APP_ROUTE_SWITCH": "on"}),
            "IMP050 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/more/second; application/Shop may call both",
        ),
        row(
            "on the target",
            merged(there(req_uri="/orders/{orderId}"), features=ON),
            "IMP050 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/orders/old on the target; application/Shop may call both",
        ),
        row(
            "of another application, by authorisation",
            imported(
                {
                    **OTHER,
                    "app_authorizations/a.json": {
                        "app_ids": ["app-1"],
                        "api_ids": ["api-2"],
                        "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID",
                    },
                },
                features=ON,
            ),
            "IMP039: 1 of kind app_authorization: it is not documented that an import carries them",
            "IMP050 apis/Other/more/second.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/orders/get-order; application/Shop may call both",
        ),
    ),
    "IMP051": (
        row(
            "a word where the other has a parameter",
            imported(elsewhere(req_uri="/orders/latest"), features=ON),
            "IMP051 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} can answer "
            "requests for api/Shop/more/second; application/Shop may call both -> change one of the "
            "paths, or compare the configuration of the instances",
        ),
        row(
            "any method",
            imported(elsewhere(req_method="ANY"), features=ON),
            "IMP051 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} can answer "
            "requests for api/Shop/more/second; application/Shop may call both",
        ),
        row(
            "everything below",
            imported(elsewhere(req_uri="/", match_mode="SWA"), features=ON),
            "IMP051 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} can answer "
            "requests for api/Shop/more/second; application/Shop may call both",
        ),
        row(
            "in the same group",
            imported(second(req_uri="/orders/latest"), features=ON),
            "IMP051 apis/Shop/orders/second.json#/req_uri 8:14: GET /orders/latest can answer "
            "requests for api/Shop/orders/get-order; application/Shop may call both",
        ),
        row(
            "on the target",
            merged(there(req_uri="/orders/latest"), features=ON),
            "IMP051 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} can answer "
            "requests for api/Shop/orders/old on the target; application/Shop may call both",
        ),
    ),
    "IMP052": (
        row(
            "nothing is known of app_route",
            imported(elsewhere()),
            "IMP052 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/more/second; application/Shop may call both, which can fail if app_route is on at "
            "the target -> change one of the paths, or compare the configuration of the instances",
        ),
    ),
    "IMP053": (
        row(
            "another name in braces",
            merged(there(req_uri="/orders/{orderId}"), features=OFF),
            "IMP053 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/orders/old on the target, except for names in braces -> change one of the "
            "paths, or compare the configuration of the instances",
        ),
        row(
            "a slash at the end, and any method",
            merged(there(req_uri="/orders/{id}/", req_method="ANY"), features=OFF),
            "IMP053 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/orders/old on the target, except for the method ANY and slashes",
        ),
        row(
            "capital letters",
            merged(there(req_uri="/Orders/{id}"), features=OFF),
            "IMP053 apis/Shop/orders/get-order.json#/req_uri 8:14: GET /orders/{id} has the route of "
            "api/Shop/orders/old on the target, except for capital letters",
        ),
    ),
    "IMP054": (
        row(
            "no function at all",
            imported(function(), members={"functions": []}),
            "IMP054 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls the function"
            " default:ship, which the target does not have -> create the function on the target "
            "first, or change the URN [APIG.3019]",
        ),
        row(
            "of an authorizer",
            imported({DOOR: BY_FUNCTION}, members={"functions": []}),
            "IMP054 authorizers/door.json#/authorizer_uri 6:21: calls the function default:ship, "
            "which the target does not have [APIG.3019]",
        ),
    ),
    "IMP055": (
        row(
            "another version",
            imported(function(version="3"), members=KNOWN),
            "IMP055 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls version 3 of"
            " the function default:ship, which the target does not have -> publish it on the target "
            "first, or call another one",
        ),
        row(
            "another alias",
            imported(function(alias_urn=f"{URN}:!old"), members=KNOWN),
            "IMP055 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls alias old of"
            " the function default:ship, which the target does not have",
        ),
        row(
            "another version in the URN",
            imported(function(function_urn=f"{URN}:3", version=...), members=KNOWN),
            "IMP055 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls version 3 of"
            " the function default:ship, which the target does not have",
        ),
    ),
    "IMP056": (
        row(
            "functions were not looked at",
            imported(function()),
            "IMP056: calls 1 function, and those of the target are not known -> list the functions in"
            " the snapshot, or check them by hand",
        ),
    ),
    "IMP057": (
        row(
            "another region",
            imported(function(), facts={"region": "south"}),
            "IMP056: calls 1 function, and those of the target are not known -> list the functions in"
            " the snapshot, or check them by hand",
            "IMP057 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls a function "
            "of region north, and the target's region is south -> create the function there, and "
            "change the URN",
        ),
        row(
            "another project",
            imported(function(), facts={"region": "north", "project_id": "project-2"}),
            "IMP056: calls 1 function, and those of the target are not known",
            "IMP057 apis/Shop/orders/get-order.json#/func_info/function_urn 12:21: calls a function "
            "of project project-1, and the target's project is project-2",
        ),
    ),
    "IMP060": (
        row(
            "in the same package",
            imported(OTHER | NIGHT),
            "IMP060 scheduled_api_tasks/Shop/nightly.json#/api_id 4:13: calls api/Other/more/second "
            "of another application, which must be on the target first -> use "
            "'assetpkg split', which moves the task to a later package; or import the applications one by one: "
            "'Other', then 'Shop'",
        ),
    ),
    "IMP061": (
        row(
            "both ways",
            imported(CIRCLE),
            "IMP061 scheduled_api_tasks/Other/daily.json#/api_id 4:13: applications call each other "
            "by scheduled API tasks, so none of them can be completely imported first: 'Other' > 'Shop' > 'Other' -> "
            "use 'assetpkg split', which moves the tasks to a later package; or "
            "leave scheduled_api_task/Other/daily out, and create it by hand afterwards",
        ),
    ),
    "IMP062": (
        row(
            "an API of the target",
            imported(
                NIGHT,
                {"application": [OTHER_APP], "api_group": [OTHER_GROUP], "api": [OTHER_API]},
                prefix="dev_",
            ),
            "IMP062 scheduled_api_tasks/Shop/nightly.json#/api_id 4:13: calls api/Other/more/second "
            "of the target; what that means under a prefix is not documented -> look at the task "
            "after the import, before it is started",
        ),
    ),
    "IMP063": (
        row(
            "a millisecond more",
            imported(web(), features={"backend_timeout": 4999}),
            "IMP063 apis/Shop/orders/get-order.json#/backend_api/timeout 16:16: a timeout of 5000 ms;"
            " the target allows 4999 ms -> raise backend_timeout at the target, or lower the timeout",
        ),
        row(
            "a limit as text",
            imported(function(), features={"backend_timeout": "4999"}, members=KNOWN),
            "IMP063 apis/Shop/orders/get-order.json#/func_info/timeout 14:16: a timeout of 5000 ms; "
            "the target allows 4999 ms",
        ),
    ),
    "IMP064": (
        row(
            "no certificate for backends",
            imported(web(enable_client_ssl=True), features={"backend_client_certificate": "off"}),
            "IMP064 apis/Shop/orders/get-order.json#/backend_api/enable_client_ssl 17:26: needs "
            "backend_client_certificate, which is off at the target -> turn "
            "backend_client_certificate on at the target before the import",
        ),
        row(
            "no scheduled API tasks",
            imported(OTHER | NIGHT, features={"API_TASK_SWITCH": "off"}),
            "IMP064 scheduled_api_tasks/Shop/nightly.json 1:1: needs API_TASK_SWITCH, which is off at the target",
            "IMP060 scheduled_api_tasks/Shop/nightly.json#/api_id 4:13: calls api/Other/more/second "
            "of another application, which must be on the target first",
        ),
        row(
            "no green channel",
            imported(
                {
                    "app_authorizations/a.json": {
                        "app_ids": ["app-1"],
                        "api_ids": ["api-1"],
                        "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID",
                        "auth_tunnel": "GREEN",
                    }
                },
                features={"green_tunnel": False},
            ),
            "IMP039: 1 of kind app_authorization: it is not documented that an import carries them",
            "IMP064 app_authorizations/a.json#/auth_tunnel 9:18: needs green_tunnel, which is off at the target",
        ),
    ),
    "IMP065": (
        row(
            "in DEFAULT",
            imported(HIDDEN | api(group_id="group-2"), features={"default_group_hide": "on"}),
            "IMP065 apis/Shop/orders/get-order.json 1:1: is in the group DEFAULT, which the target "
            "hides -> put it into a group of its own, or turn default_group_hide off",
        ),
    ),
    "IMP066": (
        row(
            "one application too many",
            imported(target=filled(100)),
            "IMP066: makes 101 of kind application; the published quota is 100 per instance -> put "
            "the live quota into the snapshot, ask for a higher one, or split the package",
        ),
    ),
    "IMP067": (
        row(
            "a group of the whole instance on the target",
            imported(ALONE, {"application": [APPLICATION], "api_group": [edited(GROUP, version="V1")]}),
            "IMP067 apis/Shop/orders/get-order.json#/group_id 3:15: needs 'roma_app_id', because the version of "
            "api_group/Shop/orders is V1 -> add 'roma_app_id'",
        ),
        row(
            "a custom backend of the target by GET",
            imported(ALONE | {GET_ORDER: None, DOOR: BY_BACKEND}, {"backend_api": [edited(BACKEND, method="GET")]}),
            "IMP067 authorizers/door.json#/ld_api_id 7:16: refers to backend_api/{app-1}/doorkeeper, whose method "
            "is GET; it must be POST",
        ),
    ),
    "IMP068": (
        row(
            "a password",
            imported({PIN: CONFIG}),
            "IMP068 app_configs/Shop/pin.json 1:1: is an encrypted entry; its value is not carried "
            "over, and an old instance cannot read it -> enter the value again; if the import reports "
            "cipherEntries, ask for an upgrade of the instance",
        ),
    ),
    "IMP069": (
        row(
            "a certificate",
            imported({PIN: edited(CONFIG, config_type="certificate")}, facts={"version": None}),
            "IMP069 app_configs/Shop/pin.json 1:1: is an encrypted entry, which an old instance "
            "cannot read; the target's version is not known -> write the instance's version into the "
            "snapshot",
        ),
    ),
    "IMP070": (
        row(
            "the name is taken",
            imported({DOOR: BY_FUNCTION}, {"authorizer": [edited(BY_FUNCTION, id="d")]}, members=KNOWN),
            "IMP070 authorizers/door.json 1:1: 'door' is on the target already; random characters "
            "will follow the name -> rename it first, or find it by the beginning of its name",
        ),
    ),
    "IMP071": (
        row(
            "a name of 57 characters",
            imported(
                {DOOR: edited(BY_FUNCTION, name="d" * 57)},
                {"authorizer": [edited(BY_FUNCTION, id="d", name="d" * 57)]},
                members=KNOWN,
            ),
            "IMP070 authorizers/door.json 1:1: "
            "'ddddddddddddddddddddddddddddddddddddddddddddddddddddddddd' is on the target already; "
            "random characters will follow the name -> rename it first, or find it by the "
            "beginning of its name",
            "IMP071 authorizers/door.json 1:1: its name of 57 characters is taken, and leaves no "
            "room for the random characters: at most 64 are allowed -> rename it to at most 56 characters",
        ),
    ),
    "IMP072": (
        row(
            "in an address",
            imported(web(url_domain="#host#:8080")),
            "IMP072 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host#, which"
            " the target does not have for group 'Shop/orders' in RELEASE -> add it to the group "
            "after the import",
        ),
        row(
            "in another group",
            imported(web(url_domain="#host#"), {"environment_variable": [VARIABLE]}),
            "IMP072 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host#, which"
            " the target does not have for group 'Shop/orders' in RELEASE",
        ),
        row(
            "in another environment",
            merged(
                SHOP_THERE
                | {
                    "environment_variable": [edited(VARIABLE, env_id="env-2")],
                    "environment": [{"id": "env-2", "name": "TEST"}],
                },
                web(url_domain="#host#"),
            ),
            "IMP072 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host#, which"
            " the target does not have for group 'Shop/orders' in RELEASE",
        ),
    ),
    "IMP073": (
        row(
            "in an address",
            imported(web(url_domain="#host#:8080"), members=WITHOUT_VARIABLES),
            "IMP073 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host#, which"
            " an import does not carry for group 'Shop/orders' -> add it to the group on the target, in"
            " each environment",
        ),
        row(
            "in a path",
            imported(web(req_uri="/#stage#/orders"), members=WITHOUT_VARIABLES),
            "IMP073 apis/Shop/orders/get-order.json#/backend_api/req_uri 14:16: uses #stage#, which "
            "an import does not carry for group 'Shop/orders'",
        ),
        row(
            "without a target",
            planned(web(url_domain="#host#:8080"), alone=True),
            "IMP001: no target was given, so every create is unverified",
            "IMP073 apis/Shop/orders/get-order.json#/backend_api/url_domain 15:19: uses #host#, which"
            " an import does not carry for group 'Shop/orders'",
        ),
    ),
}

PASSING: Table = {
    "RSC050": (
        row("a web service", checked(web(vpc_channel_status=2))),
        row("a function", checked(function())),
        row("a domain and an application", checked(api(domain_name="orders.example.com", roma_app_id="app-1"))),
        row(
            "a group of the instance", checked({ORDERS: edited(GROUP, version="V1", roma_app_id=...), GET_ORDER: None})
        ),
        row("a condition on an address", checked(policy())),
        row("a condition on the path", checked(policy(condition_origin="system", sys_param_name="req_path"))),
        row("an authorizer by a function", checked({DOOR: BY_FUNCTION})),
        row("a health check of a port", checked(channel(vpc_health_config=edited(HEALTH, protocol="TCP", path=...)))),
    ),
    "RSC051": (
        row("a parameter in the path", checked(api(req_params=[PARAMETER]))),
        row("no parameter in the path is declared", checked(api(req_params=[edited(PARAMETER, location="QUERY")]))),
        row("a function has no path", checked(function() | api(backend_params=[]))),
    ),
    "RSC052": (
        row("a declared parameter", checked(api(req_params=[PARAMETER], backend_params=[FROM_CALLER]))),
        row("a constant", checked(api(backend_params=[edited(FROM_CALLER, origin="CONSTANT")]))),
        row(
            "a header in other letters",
            checked(api(req_params=[PARAMETER, HEADER], backend_params=[edited(FROM_CALLER, value="x-trace")])),
        ),
    ),
    "RSC053": (row("another method", checked(api(req_uri="/apic/health_check", req_method="POST"))),),
    "RSC054": (
        row("two places", checked(api(req_params=[PARAMETER, edited(PARAMETER, location="QUERY")]))),
        row("capitals in a query", checked(api(req_params=[PARAMETER, QUERY, edited(QUERY, name="x-trace")]))),
        row("capitals", checked(api(tags=["read", "Read"]))),
        row("two names", checked(api(policy_mocks=[POLICY, edited(POLICY, name="day")]))),
    ),
    "RSC055": (
        row(
            "a cron expression",
            checked(task(task_type="timing", dispatch={"use_quartz_cron": True, "cron": "0 0 2 * * ?", "period": ""})),
        ),
        row("a period", checked(task(task_type="TIMING", dispatch={"period": "DAY", "dispatch_interval": 1}))),
        row("a task in real time", checked(task(task_type="realtime"))),
    ),
    "RSC056": (
        row("a composite task in real time", checked({COPY: edited(COMPOSITE, task_type="realtime")})),
        row("names of tables", checked(mapping(source_table="a_b", target_table="ERP.ITEMS"))),
    ),
    "RSC057": (
        row("among others", checked(api(run_env_name="TEST|RELEASE"))),
        row("nothing is said", checked(api(run_env_name=None))),
    ),
    "RSC058": (
        row("a server", checked(channel())),
        row(
            "a micro-service",
            checked(channel(type=3, members=..., microservice_info={"service_type": "CCE"})),
        ),
    ),
    "RSC060": (
        row("a custom backend by POST", checked(authorizer())),
        row("nothing is said of its state", checked(authorizer({"status": ...}))),
        row("an authorizer for callers", checked(authorizer() | api(auth_type="AUTHORIZER", authorizer_id="door-1"))),
    ),
    "RSC061": (
        row(
            "an application",
            checked({ORDERS: edited(GROUP, version="V1"), GET_ORDER: edited(API, roma_app_id="app-1")}),
        ),
        row(
            "another database",
            checked(mapping(ext_info=...) | {DATABASE: edited(DATASOURCE, datasource_type="POSTGRESQL")}),
        ),
    ),
    "RSC062": (
        row("another method", checked(second(req_uri="/orders/{orderId}", req_method="POST"))),
        row("another match mode", checked(second(req_uri="/orders/{orderId}", match_mode="SWA"))),
        row("another group", checked(elsewhere(req_uri="/orders/{orderId}"))),
    ),
    "LIM010": (row("as many groups as there may be", checked(groups(1499))),),
    "LIM011": (row("as many APIs as there may be", checked(many(999))),),
    "LIM012": (row("ten tags", checked(api(tags=[f"tag-{number}" for number in range(10)]))),),
    "IMP039": (row("kinds that the pages name", imported()),),
    "IMP050": (
        row("app_route is off", imported(elsewhere(), features=OFF)),
        row("another method", imported(elsewhere(req_method="POST"), features=ON)),
        row("app_route was on at the source", imported(elsewhere(), features=ON, source=ON)),
        row("the group that the platform makes", imported(HIDDEN | second(group_id="group-2"), features=ON)),
        row("another application", imported(OTHER, features=ON)),
        row("itself", merged({**SHOP_THERE, "api": [API]}, features=ON)),
    ),
    "IMP051": (
        row("a longer path", imported(elsewhere(req_uri="/orders/{id}/lines"), features=ON)),
        row("app_route is off", imported(elsewhere(req_uri="/orders/latest"), features=OFF)),
        row("app_route was on at the source", imported(second(req_uri="/orders/latest"), features=ON, source=ON)),
    ),
    "IMP052": (
        row("only an overlap", imported(elsewhere(req_uri="/orders/latest"))),
        row("app_route is off", imported(elsewhere(), features=OFF)),
    ),
    "IMP053": (row("a longer path", merged(there(req_uri="/orders/{orderId}/lines"), features=OFF)),),
    "IMP054": (
        row("it is there", imported(function(), members=KNOWN)),
        row("its version is in the URN", imported(function(function_urn=f"{URN}:2", version=...), members=KNOWN)),
    ),
    "IMP055": (
        row("an alias goes before a version", imported(function(version="3", alias_urn=f"{URN}:!live"), members=KNOWN)),
        row("any version", imported(function(version=...), members=KNOWN)),
    ),
    "IMP056": (row("nothing calls a function", imported()),),
    "IMP057": (row("functions are known", imported(function(), facts={"region": "south"}, members=KNOWN)),),
    "IMP060": (
        row("its own application", imported({NIGHTLY: edited(TASK_OF_SHOP, api_id="api-1")})),
        row(
            "an API of the target",
            imported(NIGHT, {"application": [OTHER_APP], "api_group": [OTHER_GROUP], "api": [OTHER_API]}),
        ),
    ),
    "IMP061": (
        row("its own application", imported({NIGHTLY: edited(TASK_OF_SHOP, api_id="api-1")})),
        row(
            "an API of the target",
            imported(NIGHT, {"application": [OTHER_APP], "api_group": [OTHER_GROUP], "api": [OTHER_API]}),
        ),
    ),
    "IMP062": (
        row(
            "no prefix",
            imported(NIGHT, {"application": [OTHER_APP], "api_group": [OTHER_GROUP], "api": [OTHER_API]}),
        ),
    ),
    "IMP063": (
        row("as long as it may be", imported(web(), features={"backend_timeout": 5000})),
        row("no limit is known", imported(web())),
    ),
    "IMP064": (
        row("not used", imported(web(enable_client_ssl=False), features={"backend_client_certificate": "off"})),
        row("on", imported(web(enable_client_ssl=True), features={"backend_client_certificate": "on"})),
        row("not known", imported(web(enable_client_ssl=True))),
    ),
    "IMP065": (
        row("nothing is hidden", imported(HIDDEN | api(group_id="group-2"))),
        row("another group", imported(features={"default_group_hide": "on"})),
    ),
    "IMP066": (
        row("as many applications as there may be", imported(target=filled(99))),
        row(
            "a live quota",
            imported(target=filled(100), members={"quotas": {"application": {"limit": 200, "used": 100}}}),
        ),
    ),
    "IMP067": (row("a group of an application", imported(ALONE, SHOP_THERE)),),
    "IMP068": (row("an open value", imported({PIN: edited(CONFIG, config_type="variable", config_value="1")})),),
    "IMP069": (
        row(
            "an open value",
            imported({PIN: edited(CONFIG, config_type="variable", config_value="1")}, facts={"version": None}),
        ),
    ),
    "IMP070": (
        row("the name is free", imported({DOOR: BY_FUNCTION}, members=KNOWN)),
        row(
            "merged",
            imported(
                ALONE | {GET_ORDER: None, DOOR: BY_FUNCTION},
                {"authorizer": [BY_FUNCTION]},
                members=KNOWN,
                mode=Mode.MERGE,
            ),
        ),
    ),
    "IMP071": (row("a free name", imported({DOOR: edited(BY_FUNCTION, name="d" * 57)}, members=KNOWN)),),
    "IMP072": (
        row("it is there", merged(SHOP_THERE | {"environment_variable": [VARIABLE]}, web(url_domain="#host#"))),
        row("no variable", imported(web(url_domain="a#b:8080"))),
    ),
    "IMP073": (row("no variable", imported(web(url_domain="a#b:8080"), members=WITHOUT_VARIABLES)),),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
