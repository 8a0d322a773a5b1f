import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from assetpkg.kinds import KINDS, PLATFORMS, kind_in_folder
from assetpkg.kinds.application import Application
from assetpkg.kinds.datasource_content import CONTENT_CLASSES, DATASOURCE_TYPES
from assetpkg.kinds.kind import Field, Kind, Part, fields_of, id_field, name_field
from assetpkg.kinds.markers import Characters, Computed, Disputed, Name, Ref, Secret, Unordered, Variant
from assetpkg.published import field_docstrings

KINDS_TO_COME = {"authorizer", "backend_api", "load_channel"}

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

MINIMAL: dict[str, dict[str, Any]] = {
    "application": {"name": "Order Center"},
    "datasource": DATASOURCE,
    "task": TASK,
    "composite_task": {"task_name": "replicate.master-data", "operation_types": ["INSERT"]},
    "api_group": {"name": "orders"},
    "api": API,
    "topic": {"name": "orders", "app_id": "order-center-8d2f41c6", "access_policy": "all"},
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


PARTS = sorted({part for part in every_part() if part.__module__.startswith("assetpkg.kinds.")}, key=str)


@pytest.mark.parametrize("word", KINDS)
def test_minimal_document_is_accepted_and_has_null_for_absence(word: str) -> None:
    kind = KINDS[word]
    kind.model_validate(MINIMAL[word])
    optional = {name: None for name in fields_of(kind) if name not in MINIMAL[word]}
    kind.model_validate(MINIMAL[word] | optional)


@pytest.mark.parametrize(("word", "more"), ACCEPTED)
def test_legal_document_is_accepted(word: str, more: dict[str, Any]) -> None:
    KINDS[word].model_validate(MINIMAL[word] | more)


@pytest.mark.parametrize(("word", "path", "value", "expected"), REFUSED)
def test_illegal_document_is_refused_at_the_right_place(word: str, path: str, value: Any, expected: str) -> None:
    document = edited(MINIMAL[word] | NESTED.get(word, {}), path, value)
    with pytest.raises(ValidationError) as refusal:
        KINDS[word].model_validate(document)
    (fault,) = refusal.value.errors()
    assert (".".join(map(str, fault["loc"])), fault["type"]) == (path, expected)


def test_unknown_fields_are_kept() -> None:
    read = Application.model_validate({"name": "Order Center", "colour": "blue"})
    assert read.model_extra == {"colour": "blue"}


@pytest.mark.parametrize("word", DATASOURCE_TYPES)
def test_content_may_be_blank(word: str) -> None:
    part = CONTENT_CLASSES[word]
    part.model_validate({})
    part.model_validate(dict.fromkeys(fields_of(part)))
    texts = {name for name, field in part.model_fields.items() if "str" in str(field.annotation)}
    choices = {name for name, field in part.model_fields.items() if "Literal['" in str(field.annotation)}
    part.model_validate(dict.fromkeys((texts | choices) - {"connector_params"}, ""))


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("word", DATASOURCE_TYPES)
def test_credentials_of_a_data_source_are_secrets(word: str) -> None:
    found = {path for path, field in walk(fields_of(CONTENT_CLASSES[word])) if field.marker(Secret)}
    assert found == SECRETS[word]


def test_data_source_types_are_the_published_ones() -> None:
    assert len(DATASOURCE_TYPES) == len(set(DATASOURCE_TYPES)) == 35
    variant = fields_of(KINDS["datasource"])["content"].marker(Variant)
    assert variant == Variant("datasource_type", CONTENT_CLASSES)


def test_only_an_application_and_a_data_source_hold_declared_secrets() -> None:
    found = {
        word: {path for path, field in walk(fields_of(kind)) if field.marker(Secret)} for word, kind in KINDS.items()
    }
    assert {word: paths for word, paths in found.items() if paths} == {"application": {"secret"}}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_class_and_field_says_what_it_is(part: type[Part]) -> None:
    assert (part.__doc__ or "").endswith(".")
    docstrings = field_docstrings(part)
    assert [name for name in part.model_fields if not docstrings.get(name, "").endswith(".")] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
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


@pytest.mark.parametrize("word", KINDS)
def test_references_lead_to_kinds(word: str) -> None:
    references = [(path, field.marker(Ref)) for path, field in walk(fields_of(KINDS[word]))]
    assert {reference.kind for _, reference in references if reference} <= KINDS.keys() | KINDS_TO_COME


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
    ],
)
def test_documented_defaults_stand_for_absence(word: str, path: str, default: Any) -> None:
    (field,) = (field for at, field in walk(fields_of(KINDS[word])) if at == path)
    assert field.default == default
    assert type(field.default) is type(default)


@pytest.mark.parametrize("word", KINDS)
def test_every_kind_has_one_name_and_at_most_one_id(word: str) -> None:
    kind = KINDS[word]
    scope = name_field(kind).marker(Name)
    assert scope is not None
    assert scope.scope is None or scope.scope in fields_of(kind)
    known_id = id_field(kind)
    assert (known_id.name if known_id else None) == {
        "datasource": "datasource_id", "task": "task_id", "composite_task": "task_id", "topic": None,
    }.get(word, "id")  # fmt: skip
    for unique in kind.unique:
        assert {*unique.fields, *([unique.scope] if unique.scope else [])} <= fields_of(kind).keys()


def test_kinds_stand_in_the_order_of_their_declarations() -> None:
    assert tuple(KINDS) == tuple(MINIMAL)
    modules = [
        PLATFORMS.index(module) for kind in KINDS.values() for module in PLATFORMS if module.__name__ == kind.__module__
    ]
    assert modules == sorted(modules)
    assert len(modules) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_is_found_by_its_word_and_its_folder(kind: type[Kind]) -> None:
    assert KINDS[kind.kind] is kind
    assert kind_in_folder(kind.folder) is kind
    assert kind.title
    assert kind.page


def test_other_folders_hold_no_kind() -> None:
    assert kind_in_folder("rules") is None
    assert kind_in_folder("") is None


def test_tasks_of_both_kinds_count_together() -> None:
    counted = {word: kind.counted_as for word, kind in KINDS.items() if kind.counted_as}
    assert counted == {"application": "applications", "task": "tasks", "composite_task": "tasks"}
    assert KINDS["task"].quota is not None
    assert KINDS["composite_task"].quota is None
