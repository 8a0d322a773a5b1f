import ast
import inspect as python
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assetpkg.documents import dump
from assetpkg.kinds import KINDS, kind_in_folder
from assetpkg.kinds import kind as kinds_of
from assetpkg.kinds.__main__ import MODULES, text, unlisted
from assetpkg.kinds.application import Application
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES, UNDESCRIBED_TYPES
from assetpkg.kinds.kind import Field, Kind, fields_of, id_field, name_fields
from assetpkg.kinds.markers import (
    ByHand,
    Characters,
    Computed,
    Disputed,
    Name,
    Ref,
    Secret,
    SecretUnless,
    Unordered,
    Variant,
)
from assetpkg.kinds.part import Part
from assetpkg.report.docstrings import field_docstrings
from assetpkg.resource.diff import Sides, compare
from assetpkg.resource.inspection import inspect
from assetpkg.resource.masking import mask
from assetpkg.resource.walk import is_secret
from tests.tables import every_row

DATASOURCE: dict[str, Any] = {
    "datasource_name": "mysql-orders",
    "datasource_type": "MYSQL",
    "app_id": "d6ec0326-d952-4d5d-af06-d09a2b4f9a3b",
    "content": {},
}
TASK: dict[str, Any] = {
    "task_name": "sync_orders",
    "task_type": "TIMING",
    "source_datasource_id": "30969b20e866bae728ebf8a6e207f621",
    "target_datasource_id": "eb5730db1fcd72e67e5a5167e2335400",
}
MAPPING: dict[str, Any] = {
    "source_datasource_id": "8312e78f4c27c37861584e6a4b3cb558",
    "target_datasource_id": "eb5730db1fcd72e67e5a5167e2335400",
}
API: dict[str, Any] = {
    "name": "get-order",
    "group_id": "4d6348829a59d2546d27e5398d50e7f8",
    "type": 1,
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/orders/{orderId}",
    "auth_type": "APP",
    "backend_type": "HTTP",
}
WEB: dict[str, Any] = {"req_protocol": "HTTPS", "req_method": "GET", "req_uri": "/o", "timeout": 5000}
FUNCTION: dict[str, Any] = {"function_urn": "urn:fss:f", "invocation_type": "sync", "timeout": 1}
POLICY: dict[str, Any] = {"name": "night", "effect_mode": "ALL", "conditions": []}
PARAMETER: dict[str, Any] = {"name": "orderId", "location": "PATH", "type": "STRING"}
CONSTANT: dict[str, Any] = {
    "name": "X-Caller",
    "location": "HEADER",
    "origin": "CONSTANT",
    "value": "gateway",
}

SCRIPT: dict[str, Any] = {"object_name": "orders", "content": "c2VsZWN0IDE="}
CHECK: dict[str, Any] = {
    "protocol": "TCP",
    "threshold_normal": 2,
    "threshold_abnormal": 5,
    "time_interval": 10,
    "timeout": 5,
}
PROPERTY: dict[str, Any] = {"property_name": "heat", "data_type": "number", "required": 1}
SERVICE: dict[str, Any] = {"service_name": "thermometer", "status": 0}
PRODUCT: dict[str, Any] = {
    "name": "sensor",
    "app_id": "d6ec0326-d952-4d5d-af06-d09a2b4f9a3b",
    "manufacturer_id": "m-1",
    "manufacturer_name": "Maker",
    "model": "s-1",
    "product_type": 0,
    "protocol_type": 0,
}

MINIMAL: dict[str, dict[str, Any]] = {
    "application": {"name": "Order Center"},
    "app_config": {"app_id": "d6ec0326", "config_name": "page-size", "config_type": "variable"},
    "dictionary": {"name": "Regions", "code": "regions"},
    "datasource": DATASOURCE,
    "task": TASK,
    "composite_task": {"task_name": "replicate.master-data", "operation_types": ["INSERT"]},
    "api_group": {"name": "orders"},
    "api": API,
    "backend_api": {
        "name": "read-orders",
        "roma_app_id": "d6ec0326",
        "method": "POST",
        "path": "/orders/read",
        "version": "1.0.1",
        "content_type": "json",
    },
    "load_channel": {"name": "order-servers", "port": 8080, "balance_strategy": 1, "member_type": "ip"},
    "authorizer": {
        "name": "token_check",
        "type": "FRONTEND",
        "authorizer_type": "LD",
        "authorizer_uri": "/orders/read",
    },
    "app_authorization": {"app_ids": ["a-1"], "api_ids": ["i-1"], "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID"},
    "scheduled_api_task": {"name": "nightly", "roma_app_id": "d6ec0326", "api_id": "i-1"},
    "plugin": {"plugin_name": "pages", "plugin_type": "cors", "plugin_scope": "global", "plugin_content": "{}"},
    "topic": {"name": "orders", "app_id": "order-center-8d2f41c6", "access_policy": "all"},
    "product": PRODUCT,
    "product_template": {"name": "sensors", "status": 0},
    "environment": {"name": "TEST"},
    "environment_variable": {"group_id": "g-1", "variable_name": "host", "env_id": "e-1"},
    "domain": {"url_domain": "api.example.com"},
    "throttling_policy": {"name": "slowly"},
    "access_control_policy": {"acl_name": "office"},
    "signature_key": {"name": "gateway"},
    "app_code": {"id": "c-1", "app_id": "d6ec0326"},
    "client_access_control": {"app_id": "d6ec0326"},
    "client_quota": {"name": "monthly"},
    "device": {"device_name": "hall", "node_id": "00-11"},
    "rule": {"name": "forward"},
}

ACCEPTED = [
    ("application", {"name": "订单中心（新）", "key": None}),
    ("datasource", {"datasource_name": "订单 库", "description": "", "datasource_type": "CLICKHOUSE"}),
    ("datasource", {"datasource_name": "x"}),
    ("task", {"task_name": "fdi_task_v2mysql-tomysql", "task_type": "realtime", "status": 0, "task_tag": ""}),
    (
        "task",
        {"task_detail": "{}", "dispatch": {"period": "", "use_quartz_cron": True, "cron": "0 0 2 * * ?"}},
    ),
    ("task", {"dispatch": {"period": "MIN", "dispatch_interval": 5, "start_datetime": 1772503200000}}),
    ("composite_task", {"mappings": [MAPPING | {"ext_info": {"server_id": "5"}}], "dispatch": None}),
    ("composite_task", {"mappings": [MAPPING | {"mapping_columns": [{"source_column_length": "22"}]}]}),
    (
        "api_group",
        {"name": "库存：一、二/\\(x)", "version": "V1", "url_domains": [{"domain": "a.example.com"}]},
    ),
    ("api", {"backend_api": WEB | {"retry_count": "10"}, "req_params": [PARAMETER], "tags": ["a-1", "订单"]}),
    ("api", {"func_info": FUNCTION, "backend_params": [CONSTANT], "cors": None, "match_mode": None}),
    ("api", {"mock_info": {"status_code": 451, "header": "[]"}, "policy_mocks": [POLICY]}),
    ("api", {"policy_https": [POLICY | {k: v for k, v in WEB.items() if k != "timeout"}]}),
    ("api", {"policy_functions": [POLICY | FUNCTION], "authorizer_id": "", "req_protocol": "GRPCS"}),
    ("topic", {"partition": None, "retention_time": 720, "policiesOnly": False, "app_key": "k"}),
    ("app_config", {"config_name": "mail@example.com", "config_type": "certificate", "config_value": "{}"}),
    ("dictionary", {"name": "地区 1", "parent_code": "", "order": 100, "extend_one": '{"any": "<text>"}'}),
    ("backend_api", {"parameters": [{"name": "application/json", "in": "Body"}], "type": "", "status": 4}),
    ("backend_api", {"scripts": [SCRIPT | {"ds_type": "clickhouse", "type": "SP"}], "version": "1.0 beta"}),
    ("load_channel", {"members": [{"host": "10.0.0.1"}, {"ecs_id": "e-1", "weight": 0}], "type": 3}),
    ("load_channel", {"member_groups": [{"member_group_name": "new", "microservice_port": 0}]}),
    ("load_channel", {"vpc_health_config": CHECK, "microservice_info": {"service_type": "CCE"}}),
    ("authorizer", {"identities": [{"name": "1st", "location": "HEADER"}], "ttl": 0, "name": "令牌_1"}),
    ("app_authorization", {"auth_tunnel": "GREEN", "visit_params": [{"api_id": "i-1", "visit_param": "a,b"}]}),
    ("scheduled_api_task", {"schedule": {"cron": "0 0 2 * * ?"}, "retries": 3}),
    ("product", {"id": 7, "template_id": 10**17, "services": [SERVICE | {"commands": [{"command_name": "on"}]}]}),
    ("product", {"topics": [{"version": "v", "permission": 1, "topic_name": "/v/${deviceId}/up"}]}),
    ("product_template", {"services": [SERVICE | {"properties": [PROPERTY | {"data_type": "array"}]}]}),
    ("rule", {"rule_id": 3, "status": 0, "destinations": [{"topic": "orders", "destination_type": 0}]}),
]

ABSENT = object()
REFUSED = [
    ("application", "name", ABSENT, "missing"),
    ("application", "name", 7, "string_type"),
    ("application", "name", "a/b", "string_pattern_mismatch"),
    ("application", "key", "ab", "string_too_short"),
    ("datasource", "datasource_name", ABSENT, "missing"),
    ("datasource", "datasource_name", "", "string_too_short"),
    ("datasource", "datasource_name", "a" * 256, "string_too_long"),
    ("datasource", "datasource_name", "a<b", "string_pattern_mismatch"),
    ("datasource", "datasource_name", " \u3000 ", "string_pattern_mismatch"),
    ("datasource", "datasource_type", None, "string_type"),
    ("datasource", "datasource_type", "a" * 33, "string_too_long"),
    ("datasource", "app_id", ABSENT, "missing"),
    ("datasource", "content", ABSENT, "missing"),
    ("datasource", "content", "{}", "dict_type"),
    ("datasource", "description", "a" * 1025, "string_too_long"),
    ("task", "task_name", ABSENT, "missing"),
    ("task", "task_name", "ab", "string_too_short"),
    ("task", "task_name", "a" * 101, "string_too_long"),
    ("task", "task_name", "_sync", "string_pattern_mismatch"),
    ("task", "task_type", "HOURLY", "literal_error"),
    ("task", "source_datasource_id", ABSENT, "missing"),
    ("task", "target_datasource_id", "", "string_too_short"),
    ("task", "task_detail", {}, "string_type"),
    ("task", "task_tag", "a b", "string_pattern_mismatch"),
    ("task", "dispatch.period", "YEAR", "literal_error"),
    ("task", "dispatch.dispatch_interval", 60, "less_than_equal"),
    ("task", "dispatch.dispatch_interval", "5", "int_type"),
    ("task", "dispatch.start_datetime", -1, "greater_than_equal"),
    ("task", "dispatch.use_quartz_cron", 1, "bool_type"),
    ("composite_task", "operation_types", ABSENT, "missing"),
    ("composite_task", "operation_types", [], "too_short"),
    ("composite_task", "operation_types", ["INSERT"] * 4, "too_long"),
    ("composite_task", "operation_types.0", "UPSERT", "literal_error"),
    ("composite_task", "source_app_id", "a" * 65, "string_too_long"),
    ("composite_task", "mappings.0.source_datasource_id", ABSENT, "missing"),
    ("composite_task", "mappings.0.mapping_columns.0.source_column", "", "string_too_short"),
    ("composite_task", "mappings.0.mapping_columns.0.source_column_length", 22, "string_type"),
    ("api_group", "name", "ab", "string_too_short"),
    ("api_group", "name", "-orders", "string_pattern_mismatch"),
    ("api_group", "version", "V3", "literal_error"),
    ("api_group", "remark", "a" * 1001, "string_too_long"),
    ("api", "name", "a b c", "string_pattern_mismatch"),
    ("api", "group_id", ABSENT, "missing"),
    ("api", "group_id", "a/b", "string_pattern_mismatch"),
    ("api", "type", 3, "literal_error"),
    ("api", "type", "1", "int_type"),
    ("api", "type", True, "int_type"),
    ("api", "req_method", "get", "literal_error"),
    ("api", "req_uri", "/" * 513, "string_too_long"),
    ("api", "backend_type", ABSENT, "missing"),
    ("api", "match_mode", "PREFIX", "literal_error"),
    ("api", "cors", "false", "bool_type"),
    ("api", "remark", "<b>", "string_pattern_mismatch"),
    ("api", "tags.1", "1st", "string_pattern_mismatch"),
    ("api", "content_type", "text/html", "literal_error"),
    ("api", "req_params.0.location", "BODY", "literal_error"),
    ("api", "req_params.0.name", "order id", "string_pattern_mismatch"),
    ("api", "req_params.0.required", 0, "literal_error"),
    ("api", "req_params.0.min_num", "1", "int_type"),
    ("api", "backend_params.0.origin", "COOKIE", "literal_error"),
    ("api", "backend_params.0.value", ABSENT, "missing"),
    ("api", "backend_api.timeout", 0, "greater_than_equal"),
    ("api", "backend_api.timeout", 1.5, "int_type"),
    ("api", "backend_api.retry_count", "11", "string_pattern_mismatch"),
    ("api", "backend_api.vpc_channel_info.vpc_channel_id", ABSENT, "missing"),
    ("api", "func_info.function_urn", ABSENT, "missing"),
    ("api", "func_info.network_type", "V3", "literal_error"),
    ("api", "mock_info.status_code", 299, "literal_error"),
    ("api", "policy_mocks.0.name", "1st", "string_pattern_mismatch"),
    ("api", "policy_mocks.0.effect_mode", "NONE", "literal_error"),
    ("api", "policy_mocks.0.conditions.0.condition_value", ABSENT, "missing"),
    ("api", "auth_opt.app_code_auth_type", "BODY", "literal_error"),
    ("topic", "name", "1st-topic", "string_pattern_mismatch"),
    ("topic", "app_id", ABSENT, "missing"),
    ("topic", "access_policy", "none", "literal_error"),
    ("topic", "partition", 0, "greater_than_equal"),
    ("topic", "replication", 4, "less_than_equal"),
    ("topic", "retention_time", "72", "int_type"),
    ("app_config", "app_id", ABSENT, "missing"),
    ("app_config", "config_name", "1st", "string_pattern_mismatch"),
    ("app_config", "config_type", "secret", "literal_error"),
    ("dictionary", "name", "a", "string_too_short"),
    ("dictionary", "code", ABSENT, "missing"),
    ("dictionary", "code", "地区", "string_pattern_mismatch"),
    ("dictionary", "code", "a", "string_too_short"),
    ("dictionary", "order", 0, "greater_than_equal"),
    ("backend_api", "name", "a b c", "string_pattern_mismatch"),
    ("backend_api", "roma_app_id", ABSENT, "missing"),
    ("backend_api", "method", "PATCH", "literal_error"),
    ("backend_api", "path", "orders", "string_pattern_mismatch"),
    ("backend_api", "version", "<1>", "string_pattern_mismatch"),
    ("backend_api", "parameters.0.in", "Cookie", "literal_error"),
    ("backend_api", "parameters.0.name", "1st", "string_pattern_mismatch"),
    ("backend_api", "scripts.0.object_name", "1st", "string_pattern_mismatch"),
    ("backend_api", "scripts.0.content", "", "string_too_short"),
    ("load_channel", "name", "1st", "string_pattern_mismatch"),
    ("load_channel", "port", 0, "greater_than_equal"),
    ("load_channel", "balance_strategy", 5, "literal_error"),
    ("load_channel", "members.0.weight", 10001, "less_than_equal"),
    ("load_channel", "member_groups.0.member_group_name", ABSENT, "missing"),
    ("load_channel", "vpc_health_config.timeout", 31, "less_than_equal"),
    ("load_channel", "vpc_health_config.protocol", "UDP", "literal_error"),
    ("authorizer", "name", "a-b", "string_pattern_mismatch"),
    ("authorizer", "authorizer_type", "JWT", "literal_error"),
    ("authorizer", "identities.0.name", "-a", "string_pattern_mismatch"),
    ("authorizer", "identities.0.location", "PATH", "literal_error"),
    ("app_authorization", "app_ids", [], "too_short"),
    ("app_authorization", "api_ids", "i-1", "list_type"),
    ("app_authorization", "env_id", ABSENT, "missing"),
    ("scheduled_api_task", "api_id", ABSENT, "missing"),
    ("plugin", "plugin_type", "proxy", "literal_error"),
    ("product", "name", "a b", "string_pattern_mismatch"),
    ("product", "id", "7", "int_type"),
    ("product", "template_id", 0, "greater_than_equal"),
    ("product", "protocol_type", 6, "literal_error"),
    ("product", "services.0.service_name", "a", "string_too_short"),
    ("product", "services.0.properties.0.property_name", "1st", "string_pattern_mismatch"),
    ("product", "services.0.properties.0.min", 0, "string_type"),
    ("product", "services.0.commands.0.name", "a b", "string_pattern_mismatch"),
    ("product", "topics.0.permission", 2, "literal_error"),
    ("product_template", "status", 2, "literal_error"),
]

NESTED: dict[str, dict[str, Any]] = {
    "task": {"dispatch": {}},
    "composite_task": {"mappings": [MAPPING | {"mapping_columns": [{}]}]},
    "api": {
        "tags": ["orders", "read"],
        "auth_opt": {},
        "req_params": [PARAMETER],
        "backend_params": [CONSTANT],
        "backend_api": WEB | {"vpc_channel_info": {"vpc_channel_id": "c"}},
        "func_info": FUNCTION,
        "mock_info": {},
        "policy_mocks": [POLICY | {"conditions": [{"condition_origin": "source", "condition_value": "::1"}]}],
    },
    "backend_api": {"parameters": [{"name": "page", "in": "Parameters"}], "scripts": [SCRIPT]},
    "load_channel": {
        "members": [{"host": "10.0.0.1"}],
        "member_groups": [{"member_group_name": "new"}],
        "vpc_health_config": CHECK,
    },
    "authorizer": {"identities": [{"name": "token", "location": "HEADER"}]},
    "product": {
        "services": [SERVICE | {"properties": [PROPERTY], "commands": [{"name": "on"}]}],
        "topics": [{"version": "v1", "permission": 0, "name": "up"}],
    },
}

ACCOUNT = {"user_name", "password"}
STORES = {"trust_store", "trust_store_password", "key_store", "key_store_password", "key_store_key_password"}
KERBEROS = {"config_file_content"}
SECRETS: dict[str, set[str]] = {
    **dict.fromkeys(
        ["MYSQL", "SQLSERVER", "DB2", "GAUSS200", "GAUSS100", "TAURUS", "POSTGRESQL", "HIVE", "ORACLE"],
        ACCOUNT,
    ),
    **dict.fromkeys(["DWS", "HANA", "SAP", "MONGODB", "FTP", "WEBSOCKET", "LDAP"], ACCOUNT),
    "REDIS": {"password"},
    **dict.fromkeys(["KAFKA", "FIKAFKA", "MRSKAFKA"], {"ssl_username", "ssl_password"} | KERBEROS),
    **dict.fromkeys(["ACTIVEMQ", "ARTEMISMQ", "RABBITMQ", "IBMMQ"], ACCOUNT | STORES),
    "OBS": {"ak", "sk"},
    "DIS": {"ak", "sk"},
    "API": {
        f"api_auth_detail.{name}"
        for name in ACCOUNT | {"app_key", "app_secret", "secret", "client_id", "client_secret", "authorization"}
    },
    **dict.fromkeys(["MRSHIVE", "MRSHDFS", "MRSHBASE", "FIHDFS", "FIHIVE"], KERBEROS),
    "SNMP": ACCOUNT | {"snmp_community"},
    "HL7": ACCOUNT | STORES,
    "CUSTOMIZED": {"connector_params"},
}


def edited(document: Any, path: str, value: Any) -> Any:
    """Return a copy of `document` with another value at the dotted `path`, or without one."""
    first, _, rest = path.partition(".")
    if isinstance(document, list):
        items = list(document)
        items[int(first)] = edited(items[int(first)], rest, value) if rest else value
        return items
    if rest:
        return document | {first: edited(document[first], rest, value)}
    return {key: item for key, item in document.items() if key != first} | ({} if value is ABSENT else {first: value})


def every_part(part: type[Part] = Part) -> Iterator[type[Part]]:
    for subclass in part.__subclasses__():
        yield subclass
        yield from every_part(subclass)


def walk(fields: Mapping[str, Field], above: str = "") -> Iterator[tuple[str, Field]]:
    for name, field in fields.items():
        yield above + name, field
        yield from walk(field.parts, f"{above}{name}.")


@cache
def described_fields(part: type[Any]) -> frozenset[str]:
    """Return the fields of a class, those that it inherits aside, under which a sentence is."""
    if not part.__module__.startswith("assetpkg.kinds."):
        return frozenset()
    (body,) = (
        node.body
        for node in ast.parse(python.getsource(sys.modules[part.__module__])).body
        if isinstance(node, ast.ClassDef) and node.name == part.__name__
    )
    return frozenset(
        field.target.id
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if str(below.value.value).endswith(".")
    )


assert all(KINDS.values())  # imports them, so that their parts are found
PARTS = sorted({part for part in every_part() if part.__module__.startswith("assetpkg.kinds.")}, key=str)


@every_row("part", PARTS)
def test_a_field_is_what_its_own_annotation_says_whoever_else_has_the_same(part: type[Part]) -> None:
    known = dict(fields_of(part))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kinds_of, "_inside", vars(kinds_of)["_inside"].__wrapped__)
        alone = dict(fields_of.__wrapped__(part))
    assert list(known) == list(alone)
    for name, field in known.items():
        assert (list(field.markers), list(field.choices)) == (list(alone[name].markers), list(alone[name].choices))
        assert field == alone[name]


@every_row("word", KINDS)
def test_minimal_document_is_accepted_and_has_null_for_absence(word: str) -> None:
    kind = KINDS[word]
    kind.model_validate(MINIMAL[word])
    optional = {name: None for name in fields_of(kind) if name not in MINIMAL[word]}
    kind.model_validate(MINIMAL[word] | optional)


@every_row(("word", "more"), ACCEPTED)
def test_legal_document_is_accepted(word: str, more: dict[str, Any]) -> None:
    KINDS[word].model_validate(MINIMAL[word] | more)


@every_row(("word", "path", "value", "expected"), REFUSED)
def test_illegal_document_is_refused_at_the_right_place(word: str, path: str, value: Any, expected: str) -> None:
    document = edited(MINIMAL[word] | NESTED.get(word, {}), path, value)
    with pytest.raises(ValidationError) as refusal:
        KINDS[word].model_validate(document)
    (fault,) = refusal.value.errors()
    assert (".".join(map(str, fault["loc"])), fault["type"]) == (path, expected)


def test_unknown_fields_are_kept() -> None:
    read = Application.model_validate({"name": "Order Center", "colour": "blue"})
    assert read.model_extra == {"colour": "blue"}


@every_row("word", CONTENT_CLASSES)
def test_content_may_be_blank(word: str) -> None:
    part = CONTENT_CLASSES[word]
    part.model_validate({})
    part.model_validate(dict.fromkeys(fields_of(part)))
    texts = {name for name, field in part.model_fields.items() if "str" in str(field.annotation)}
    choices = {name for name, field in part.model_fields.items() if "Literal['" in str(field.annotation)}
    part.model_validate(dict.fromkeys((texts | choices) - {"connector_params"}, ""))


@every_row(
    ("word", "content", "path", "expected"),
    [
        ("MYSQL", {"mode": "multiAddress"}, "mode", "literal_error"),
        ("MYSQL", {"port": 3306}, "port", "string_type"),
        ("MYSQL", {"port": "33O6"}, "port", "string_pattern_mismatch"),
        ("MYSQL", {"mysql_timeout": 0}, "mysql_timeout", "greater_than_equal"),
        ("MYSQL", {"host": "a" * 256}, "host", "string_too_long"),
        ("GAUSS100", {"gauss100_version": "V1"}, "gauss100_version", "literal_error"),
        ("ORACLE", {"cdc_mode": "binlog"}, "cdc_mode", "literal_error"),
        (
            "ORACLE",
            {"multi_oracle_address": [{"oracle_port": 1521}]},
            "multi_oracle_address.0.oracle_port",
            "string_type",
        ),
        ("KAFKA", {"ssl_enable": "true"}, "ssl_enable", "bool_type"),
        ("API", {"api_method": "HEAD"}, "api_method", "literal_error"),
        (
            "API",
            {"api_auth_detail": {"auth_method": "basic"}},
            "api_auth_detail.auth_method",
            "literal_error",
        ),
        ("OBS", {"ak": "a" * 257}, "ak", "string_too_long"),
        ("FTP", {"ftp_protocol": "ftps"}, "ftp_protocol", "literal_error"),
        ("REDIS", {"redis_database": "one"}, "redis_database", "string_pattern_mismatch"),
        ("SNMP", {"snmp_version": 2}, "snmp_version", "literal_error"),
    ],
)
def test_content_is_held_to_its_type(word: str, content: dict[str, Any], path: str, expected: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        CONTENT_CLASSES[word].model_validate(content)
    (fault,) = refusal.value.errors()
    assert (".".join(map(str, fault["loc"])), fault["type"]) == (path, expected)


@every_row("word", CONTENT_CLASSES)
def test_credentials_of_a_data_source_are_secrets(word: str) -> None:
    found = {path for path, field in walk(fields_of(CONTENT_CLASSES[word])) if field.marker(Secret)}
    assert found == SECRETS[word]


def test_data_source_types_are_the_published_ones() -> None:
    families = set(CONTENT_CLASSES.values())
    assert sum(len(family.types) for family in families) == len(CONTENT_CLASSES) == 35
    variant = fields_of(KINDS["datasource"])["content"].marker(Variant)
    assert variant == Variant("datasource_type", CONTENT_CLASSES, UNDESCRIBED_TYPES)


def test_declared_secrets_outside_of_data_sources() -> None:
    found = {
        word: {path for path, field in walk(fields_of(kind)) if field.marker(Secret) or field.marker(SecretUnless)}
        for word, kind in KINDS.items()
    }
    assert {word: paths for word, paths in found.items() if paths} == {
        "application": {"secret"},
        "app_config": {"config_value"},
        "product": {"authentication.user_name", "authentication.password"},
        "signature_key": {"sign_key", "sign_secret"},
        "app_code": {"app_code"},
        "device": {"user_name", "password", "authentication.user_name", "authentication.password"},
        "rule": {"destinations.user_name", "destinations.password", "destinations.token"},
    }


@every_row(
    ("parent", "expected"),
    [
        ({"config_type": "variable"}, False),
        ({"config_type": "password"}, True),
        ({"config_type": "certificate"}, True),
        ({"config_type": "Variable"}, True),
        ({"config_type": None}, True),
        ({}, True),
    ],
)
def test_a_configuration_is_a_secret_unless_it_says_that_it_is_none(parent: dict[str, Any], expected: bool) -> None:  # noqa: FBT001
    kind = KINDS["app_config"]
    assert is_secret(fields_of(kind)["config_value"], "config_value", parent) is expected
    document = {"app_id": "a", "config_name": "pin", "config_value": "4711"} | parent
    assert bool(inspect(kind, "", dump(document)).credentials) is expected
    assert (mask(fields_of(kind), document)["config_value"] == "4711") is not expected


def test_a_value_that_was_a_secret_is_never_shown() -> None:
    nowhere = Sides(before=lambda _, __: None, after=lambda _, __: None)
    before = {"config_type": "password", "config_value": "hidden"}
    after = {"config_type": "variable", "config_value": "open"}
    changes = compare(KINDS["app_config"], before, after, nowhere)
    assert {(change.pointer, change.secret) for change in changes} == {("/config_type", False), ("/config_value", True)}
    assert "hidden" not in str(changes)


def test_what_is_done_by_hand_makes_no_difference() -> None:
    found = {
        f"{word}.{path}"
        for word, kind in KINDS.items()
        for path, field in walk(fields_of(kind))
        if field.marker(ByHand)
    }
    assert found == {"load_channel.members", "app_authorization.auth_whitelist", "app_authorization.auth_blacklist"}
    nowhere = Sides(before=lambda _, __: None, after=lambda _, __: None)
    members = {"members": [{"host": "10.0.0.1"}]}
    assert compare(KINDS["load_channel"], MINIMAL["load_channel"], MINIMAL["load_channel"] | members, nowhere) == ()


@every_row("part", PARTS, ids=lambda part: part.__name__)
def test_every_class_and_field_says_what_it_is(part: type[Part]) -> None:
    assert (part.__doc__ or "").strip().endswith(".")
    docstrings = field_docstrings(part)
    assert [name for name in part.model_fields if not docstrings.get(name, "").endswith(".")] == []


@every_row("part", PARTS, ids=lambda part: part.__name__)
def test_every_pattern_covers_the_whole_text(part: type[Part]) -> None:
    for path, field in walk(fields_of(part)):
        characters = [marker for marker in field.markers if isinstance(marker, Characters)]
        characters += [
            marker.characters for marker in field.markers if isinstance(marker, Disputed) and marker.characters
        ]
        for marker in characters:
            assert marker.pattern.startswith("^"), path
            assert marker.pattern.endswith("$"), path
            assert "(?" not in marker.pattern, path
            re.compile(marker.pattern)


@every_row("word", KINDS)
def test_references_lead_to_kinds(word: str) -> None:
    references = [(path, field.marker(Ref)) for path, field in walk(fields_of(KINDS[word]))]
    assert {reference.kind for _, reference in references if reference} <= KINDS.keys()


@every_row(
    ("word", "expected"),
    [
        ("datasource", {"app_id": "application"}),
        ("task", {"source_datasource_id": "datasource", "target_datasource_id": "datasource"}),
        (
            "composite_task",
            {
                "source_app_id": "application",
                "target_app_id": "application",
                "mappings.source_datasource_id": "datasource",
                "mappings.target_datasource_id": "datasource",
            },
        ),
        ("api_group", {"roma_app_id": "application"}),
        (
            "api",
            {
                "group_id": "api_group",
                "roma_app_id": "application",
                "authorizer_id": "authorizer",
                "ld_api_id": "backend_api",
                "backend_api.authorizer_id": "authorizer",
                "backend_api.vpc_channel_info.vpc_channel_id": "load_channel",
                "func_info.authorizer_id": "authorizer",
                "mock_info.authorizer_id": "authorizer",
                "policy_https.authorizer_id": "authorizer",
                "policy_https.vpc_channel_info.vpc_channel_id": "load_channel",
                "policy_functions.authorizer_id": "authorizer",
                "policy_mocks.authorizer_id": "authorizer",
            },
        ),
        ("topic", {"app_id": "application", "app_key": "application"}),
        ("app_config", {"app_id": "application"}),
        ("dictionary", {"parent_code": "dictionary"}),
        (
            "backend_api",
            {"roma_app_id": "application", "api_signature_id": "signature_key", "scripts.ds_id": "datasource"},
        ),
        ("load_channel", {}),
        ("authorizer", {"ld_api_id": "backend_api", "roma_app_id": "application"}),
        (
            "app_authorization",
            {
                "app_ids": "application",
                "api_ids": "api",
                "env_id": "environment",
                "visit_params.api_id": "api",
                "visit_params.app_id": "application",
            },
        ),
        ("scheduled_api_task", {"roma_app_id": "application", "api_id": "api"}),
        ("product", {"app_id": "application", "template_id": "product_template"}),
        ("product_template", {}),
    ],
)
def test_references_are_found_at_any_depth(word: str, expected: dict[str, str]) -> None:
    found = {path: field.marker(Ref) for path, field in walk(fields_of(KINDS[word]))}
    assert {path: reference.kind for path, reference in found.items() if reference} == expected


def test_markers_are_found_wherever_they_stand() -> None:
    api = fields_of(KINDS["api"])
    assert api["name"].marker(Name) == Name(scope="group_id")
    assert api["status"].marker(Computed)
    assert api["tags"].marker(Unordered) == Unordered()
    assert api["tags"].marker(Characters)
    assert api["req_params"].marker(Unordered) == Unordered(by=("location", "name"))
    assert api["req_params"].parts["id"].marker(Computed)
    assert api["policy_https"].parts["backend_params"].parts["req_param_id"].marker(Computed)
    assert fields_of(KINDS["topic"])["policiesOnly"].marker(Computed)


@every_row(
    ("word", "path", "default"),
    [
        ("application", "favorite", False),
        ("api", "match_mode", "NORMAL"),
        ("api", "cors", False),
        ("api", "auth_opt.app_code_auth_type", "DISABLE"),
        ("api", "req_params.valid_enable", 2),
        ("api", "backend_api.retry_count", "-1"),
        ("api", "policy_https.retry_count", "-1"),
        ("api", "func_info.network_type", "V1"),
        ("topic", "partition", 3),
        ("topic", "replication", 3),
        ("topic", "retention_time", 72),
        ("topic", "sync_replication", False),
        ("topic", "sync_message_flush", False),
        ("backend_api", "return_format", False),
        ("backend_api", "parameters.required", False),
        ("load_channel", "type", 2),
        ("load_channel", "members.is_backup", False),
        ("load_channel", "vpc_health_config.method", "GET"),
        ("app_authorization", "auth_tunnel", "NORMAL"),
        ("product", "data_format", 0),
        ("product", "services.properties.max", "65536"),
    ],
)
def test_documented_defaults_stand_for_absence(word: str, path: str, default: Any) -> None:
    (field,) = (field for at, field in walk(fields_of(KINDS[word])) if at == path)
    assert field.default == default
    assert type(field.default) is type(default)


@every_row("word", KINDS)
def test_every_kind_has_a_name_in_one_scope_and_at_most_one_id(word: str) -> None:
    kind = KINDS[word]
    (scope,) = {marker.scope for field in name_fields(kind) if (marker := field.marker(Name))}
    assert scope is None or scope in fields_of(kind)
    known_id = id_field(kind)
    assert (known_id.name if known_id else None) == {
        "datasource": "datasource_id", "task": "task_id", "composite_task": "task_id", "topic": None,
        "plugin": "plugin_id", "client_access_control": None, "client_quota": "app_quota_id", "rule": "rule_id",
    }.get(word, "id")  # fmt: skip
    for unique in kind.unique:
        assert {*unique.fields, *([unique.scope] if unique.scope else [])} <= fields_of(kind).keys()


def test_kinds_stand_in_the_order_of_their_declarations() -> None:
    assert tuple(KINDS) == tuple(MINIMAL)
    modules = [MODULES.index(kind.__module__.removeprefix("assetpkg.kinds.")) for kind in KINDS.values()]
    assert modules == sorted(modules)
    assert {kind.platform() for kind in KINDS.values()} == {"application", "fdi", "apic", "mqs", "link"}


def test_the_places_of_the_kinds_are_those_of_their_declarations() -> None:
    written = Path(python.getfile(type(KINDS))).with_name("registry.py").read_text(encoding="utf-8")
    assert written == text(), "run python -m assetpkg.kinds"
    assert unlisted() == ()


def test_a_kind_is_imported_when_it_is_asked_for() -> None:
    program = (
        "import sys; from assetpkg.kinds import KINDS, kind_in_folder; list(KINDS), 'api' in KINDS; "
        "kind_in_folder('topics'); print(*(name for name in sys.modules if name.startswith('assetpkg.kinds.')))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert set(shown.split()) == {f"assetpkg.kinds.{name}" for name in ("kind", "markers", "part", "registry", "mqs")}


@every_row("kind", KINDS.values(), ids=KINDS)
def test_a_kind_is_found_by_its_word_and_its_folder(kind: type[Kind]) -> None:
    assert KINDS[kind.kind] is kind
    assert kind_in_folder(kind.folder) is kind
    assert kind.title
    assert kind.page


def test_other_folders_hold_no_kind() -> None:
    assert kind_in_folder("images") is None
    assert kind_in_folder("") is None
    with pytest.raises(KeyError):
        KINDS["image"]


def test_kinds_that_are_never_imported_say_what_to_do() -> None:
    never = [word for word, kind in KINDS.items() if not kind.imported]
    assert never == [
        "dictionary", "environment", "environment_variable", "domain", "throttling_policy", "access_control_policy",
        "signature_key", "app_code", "client_access_control", "client_quota", "device", "rule",
    ]  # fmt: skip
    assert all(kind.by_hand for kind in KINDS.values() if not kind.imported)
    assert all(left.text.endswith(".") for kind in KINDS.values() for left in kind.by_hand)


def test_several_fields_name_a_resource_together() -> None:
    document = MINIMAL["app_authorization"] | {"app_ids": ["b", "a"]}
    assert inspect(KINDS["app_authorization"], "", dump(document)).name == "a+b i-1 DEFAULT_ENVIRONMENT_RELEASE_ID"
    variable = inspect(KINDS["environment_variable"], "", dump(MINIMAL["environment_variable"]))
    assert (variable.scope, variable.name) == ("g-1", "host e-1")


def test_numbers_are_ids_and_references() -> None:
    seen = inspect(KINDS["product"], "", dump(PRODUCT | {"id": 7, "template_id": 12}))
    assert seen.id == "7"
    assert [(found.kind, found.value) for found in seen.references if found.pointer == "/template_id"] == [
        ("product_template", "12")
    ]


def test_an_undeclared_field_of_a_partial_kind_says_nothing() -> None:
    slugs = {
        word: {fault.slug for fault in inspect(KINDS[word], "", dump(MINIMAL[word] | {"new": 1})).faults}
        for word in KINDS
    }
    silent = {word for word, found in slugs.items() if "unknown-field" not in found}
    assert silent == {word for word, kind in KINDS.items() if kind.partial}


@every_row("word", CONTENT_CLASSES)
def test_what_a_data_source_needs_to_connect_is_declared(word: str) -> None:
    family = CONTENT_CLASSES[word]
    for wanted in family.wanted:
        assert {*wanted.fields, *([wanted.on] if wanted.on else [])} <= fields_of(family).keys()
        assert set(wanted.types) <= set(family.types)
        assert not any(fields_of(family)[name].marker(Secret) for name in wanted.fields)


@every_row(
    ("word", "content", "expected"),
    [
        ("MYSQL", {}, ("host", "port", "database_name")),
        ("MYSQL", {"mode": "default", "host": "db", "port": "3306", "database_name": ""}, ("database_name",)),
        ("MYSQL", {"mode": "professional", "host": ""}, ("url",)),
        ("ORACLE", {"mode": "multiAddress", "multi_oracle_address": []}, ("multi_oracle_address",)),
        ("KAFKA", {}, ("broker",)),
        ("MRSKAFKA", {"config_file_name": "auth.zip"}, ("principal_name",)),
        ("HL7", {"hl7_position": "source"}, ()),
        ("DIS", {"dis_setting_type": "senior", "dis_region": "r"}, ("dis_endpoint", "dis_source_project_id")),
        ("CUSTOMIZED", {}, ()),
    ],
)
def test_what_a_data_source_lacks_to_connect(word: str, content: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert CONTENT_CLASSES[word].missing(word, content) == expected


def test_tasks_of_both_kinds_count_together() -> None:
    counted = {word: kind.counted_as for word, kind in KINDS.items() if kind.counted_as}
    assert counted == {"application": "applications", "task": "tasks", "composite_task": "tasks"}
    assert KINDS["task"].quota is not None
    assert KINDS["composite_task"].quota is None
