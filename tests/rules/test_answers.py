"""What the platform itself answers is never an error: its published examples, and blanks in every field of the SDK."""

import re
from collections.abc import Mapping
from typing import Any

import huaweicloudsdkroma.v2.model as sdk  # type: ignore[import-untyped]
import pytest

from assetpkg.diagnostics.model import Severity
from assetpkg.documents import dump
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.resource.inspection import inspect
from assetpkg.rules import catalogue
from tests.kinds.test_kinds import MINIMAL
from tests.kinds.test_sdk import MODELS
from tests.tables import every_row

SEVERITIES = {declared.slug: declared.severity for declared in catalogue().values()}
GROUP_ID, APP_ID = "c77f5e81d9cb4424bf704ef2b0ac7600", "98df09fb-d459-4cbf-83a7-2b55ca6f3d5d"
TIME = "2020-07-31T06:55:55.383169068Z"
CHECK = {
    "enable_client_ssl": False,
    "http_code": "200",
    "path": "/vpc/demo",
    "port": 22,
    "protocol": "http",
    "threshold_abnormal": 5,
    "threshold_normal": 2,
    "time_interval": 10,
    "timeout": 5,
}

EXAMPLES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "the official record of CheckRomaAppDetails: all roles in one word",
        "application",
        "ServerAppInfo",
        {
            "id": "b2e6b145-4f3f-4a80-aa45-f4b8029f95a3",
            "name": "AppName",
            "key": "TEI95R8RZ2pIf8UM",
            "remark": "应用示例描述备注",
            "roles": ["read, access, delete, modify, admin"],
            "owner": True,
            "favorite": True,
            "created_user": {"user_id": "string", "user_name": "string"},
            "last_updated_user": {"user_id": "string", "user_name": "string"},
            "create_time": "2019-12-06T06:49:04.000Z",
            "update_time": "2019-12-06T06:49:04.000Z",
        },
    ),
    (
        "the official record of CreateAppConfigV2: no value",
        "app_config",
        "AppConfigInfoV2",
        {
            "id": "a8bf4963c54544be81d5af4cc4630bde",
            "app_id": APP_ID,
            "config_name": "app-config-demo",
            "config_type": "variable",
            "config_value": "",
            "description": "",
            "update_time": "2020-09-07T07:05:41.96969041Z",
        },
    ),
    (
        "a page's list of configurations: the type is a number",
        "app_config",
        "AppConfigInfoV2",
        {
            "id": "a8bf4963c54544be81d5af4cc4630bde",
            "app_id": APP_ID,
            "config_name": "app-config-demo",
            "config_type": 1,
            "config_value": "******",
            "update_time": "2020-09-07T07:05:41.96969041Z",
        },
    ),
    (
        "the official record of CreateApiGroupV2",
        "api_group",
        "ApiGroupInfo",
        {
            "id": GROUP_ID,
            "name": "api_group_001",
            "remark": "group1",
            "version": "V1",
            "is_default": 2,
            "on_sell_status": 2,
            "status": 1,
            "sl_domain": f"{GROUP_ID}.apic.example.com",
            "sl_domains": [f"{GROUP_ID}.apic.example.com", f"{GROUP_ID}.apic.example.cn"],
            "register_time": TIME,
            "update_time": TIME,
        },
    ),
    (
        "the official record of CreateLiveDataApiV2: a type is not set",
        "backend_api",
        "LdApiInfo",
        {
            "id": "bd42841c20184da6bbf457c6d8a06e37",
            "name": "livedata_api_demo",
            "path": "/test/function",
            "method": "GET",
            "version": "1.0.1",
            "content_type": "json",
            "description": "",
            "type": "",
            "status": 1,
            "parameters": [],
            "scripts": [],
            "return_format": False,
            "roma_app_id": APP_ID,
            "instance": "f0fa1789-3b76-433b-a787-9892951c620e",
            "created_time": "2020-09-18T09:25:59Z",
            "modified_time": "2020-09-18T09:25:59Z",
        },
    ),
    (
        "the official record of CreateCustomAuthorizerV2: its custom backend is left out",
        "authorizer",
        "AuthorizerResp",
        {
            "id": "0d982c1ac3da493dae47627b6439fc5c",
            "name": "Authorizer_demo",
            "type": "FRONTEND",
            "authorizer_type": "LD",
            "authorizer_uri": "/test",
            "authorizer_alias_uri": "",
            "authorizer_version": "",
            "identities": [{"location": "HEADER", "name": "header"}],
            "need_body": True,
            "ttl": 5,
            "create_time": TIME,
        },
    ),
    (
        "the request of CreateProjectVpcChannel: a protocol in small letters",
        "load_channel",
        "VpcCreate",
        {
            "name": "VPC_demo",
            "port": 22,
            "balance_strategy": 1,
            "member_type": "ip",
            "member_groups": [{"member_group_name": "test", "member_group_remark": "", "member_group_weight": 1}],
            "members": [{"host": "192.168.0.5", "member_group_name": "test", "weight": 1}],
            "vpc_health_config": CHECK,
        },
    ),
    (
        "the official record of CreateProjectVpcChannel: no servers",
        "load_channel",
        "ShowDetailsOfVpcChannelV2Response",
        {
            "name": "VPC_demo",
            "port": 22,
            "balance_strategy": 1,
            "member_type": "ip",
            "type": 2,
            "create_time": TIME,
            "member_groups": [
                {
                    "member_group_id": "ec79066c6f6f462e91ff3f17f0e43f2a",
                    "member_group_name": "test",
                    "member_group_remark": "",
                    "member_group_weight": 1,
                    "create_time": TIME,
                    "update_time": TIME,
                }
            ],
            "vpc_health_config": CHECK,
        },
    ),
    (
        "the official record of CreateProduct, with that of CreateProperty: numbers as texts, and texts as numbers",
        "product",
        "Product",
        {
            "id": 120671,
            "name": "pro-opcua",
            "app_id": "a1503e51-46f7-4d23-8617-7cb2d28dde98",
            "app_name": "app-link",
            "authentication": {"password": "********", "user_name": "4MjxbCl4q461"},
            "created_datetime": 1607481372416,
            "created_user": {"user_id": "6546435432432", "user_name": "user1"},
            "last_updated_user": {"user_id": "6546435432432", "user_name": "user1"},
            "data_format": 0,
            "description": "opcua product",
            "device_type": "default",
            "manufacturer_id": "pro-opcua",
            "manufacturer_name": "pro-opcua",
            "model": "pro-opcua",
            "permissions": ["read", "access", "delete", "modify"],
            "product_serial": "Dd1bRt122894",
            "product_type": 0,
            "protocol_type": 4,
            "version": "version",
            "services": [
                {
                    "service_name": "meter",
                    "status": 0,
                    "properties": [
                        {
                            "property_id": 3320,
                            "property_name": "p2",
                            "data_type": "datetime",
                            "description": None,
                            "enum_list": None,
                            "max": 65536,
                            "max_length": "10",
                            "method": "RWE",
                            "min": 0,
                            "required": 0,
                            "step": 1,
                            "unit": "yuan",
                        }
                    ],
                }
            ],
        },
    ),
    (
        "a product of a protocol that is newer than every list",
        "product",
        "Product",
        MINIMAL["product"] | {"protocol_type": 9, "created_datetime": 1607481372416},
    ),
    (
        "the official record of CreatePlugin: zeros in its content",
        "plugin",
        "PluginInfo",
        {
            "plugin_id": "9642ff2b9a86481689ca9d28babcfd7f",
            "plugin_name": "流控插件",
            "plugin_type": "rate_limit",
            "plugin_scope": "global",
            "plugin_content": '{"scope":"basic","default_interval":1,"api_limit":50,"app_limit":0,"specials":[]}',
            "remark": "流量控制",
            "create_time": TIME,
            "update_time": TIME,
        },
    ),
    (
        "a list item of ListTasks: the data sources are left out",
        "task",
        "BriefTaskRespBean",
        {
            "task_id": "6ae0cfcf460190522d06b60f05ad73d6",
            "task_name": "fdi_task_v2mysql-tomysql",
            "task_type": "REALTIME",
            "status": 0,
            "version": "",
            "created_date": "2020-11-02",
            "execute_status": "",
            "source_app_id": APP_ID,
            "target_app_id": APP_ID,
        },
    ),
    (
        "a list item of the topics: the access policy is left out",
        "topic",
        "ListInstanceTopicsRespTopics",
        {
            "name": "Topic.test",
            "app_id": APP_ID,
            "app_name": "AppName",
            "partition": 3,
            "replication": 3,
            "retention_time": 72,
            "sync_message_flush": False,
            "sync_replication": False,
            "permissions": ["all"],
            "description": "",
            "sensitive_word": "",
        },
    ),
    (
        "an API of a list: its function is left out, and what is not set is blank",
        "api",
        "ApiInfo",
        {
            "id": "5f918d104dc84480a75166ba99efff21",
            "name": "Api_function",
            "group_id": GROUP_ID,
            "type": 1,
            "req_protocol": "HTTPS",
            "req_method": "GET",
            "req_uri": "/test/function",
            "match_mode": "NORMAL",
            "auth_type": "NONE",
            "backend_type": "FUNCTION",
            "authorizer_id": "",
            "body_remark": "",
            "content_type": "",
            "domain_name": "",
            "ld_api_id": "",
            "response_id": "",
            "remark": "",
            "tag": "",
            "version": "",
            "status": 1,
            "arrange_necessary": 2,
            "register_time": TIME,
            "update_time": TIME,
        },
    ),
    (
        "the official record of CreateRequestThrottlingPolicyV2: a limit of zero",
        "throttling_policy",
        "ThrottlesInfo",
        {
            "id": "3437448ad06f4e0c91a224183116e965",
            "name": "throttle_demo",
            "api_call_limits": 800,
            "user_call_limits": 0,
            "enable_adaptive_control": "FALSE",
            "time_interval": 1,
            "time_unit": "SECOND",
            "create_time": TIME,
        },
    ),
]


def errors(word: str, document: Mapping[str, Any]) -> list[str]:
    inspection = inspect(KINDS[word], "", dump(dict(document)))
    assert inspection.readable
    return [fault.message for fault in inspection.faults if SEVERITIES[fault.slug] is Severity.ERROR]


@every_row(("word", "model", "document"), [pytest.param(*example[1:], id=example[0]) for example in EXAMPLES])
def test_a_published_example_is_no_error(word: str, model: str, document: dict[str, Any]) -> None:
    known = set(getattr(sdk, model).attribute_map.values())
    assert document.keys() - known <= {"services"}, "it is one of the official SDK"
    assert errors(word, document) == []


BLANKS: Mapping[str, Any] = {"str": "", "int": 0, "float": 0, "bool": False, "datetime": "", "date": "", "object": {}}


def blank(model: str, depth: int = 0) -> dict[str, Any]:
    """Make an answer of a model of the SDK in which nothing is set, and each list has one item."""
    made = getattr(sdk, model)
    found = {}
    for attribute, kind in made.openapi_types.items():
        item = re.sub(r"^list\[(.+)\]$", r"\1", kind)
        nested = hasattr(sdk, item) and bool(getattr(sdk, item).openapi_types)
        value = (blank(item, depth + 1) if depth < 4 else {}) if nested else BLANKS.get(item, "")
        found[made.attribute_map[attribute]] = [value] if item != kind else value
    return found


ANSWERED = [(kind, model) for kind, models in MODELS.items() if issubclass(kind, Kind) for model in models[1:]]


@pytest.mark.parametrize(("kind", "model"), ANSWERED, ids=[f"{kind}: {model}" for kind, model in ANSWERED])
def test_an_answer_of_the_sdk_in_which_nothing_is_set_is_no_error(kind: type[Kind], model: str) -> None:
    word, answer = kind.kind, blank(model)
    known = {key: value for key, value in answer.items() if key in fields_of(kind)}
    times = [key for key in known if re.search(r"time|date", key) and isinstance(known[key], (str, int))]
    moments = {key: TIME if isinstance(known[key], str) else 1607481372416 for key in times[:1]}
    assert errors(word, known | MINIMAL[word] | moments) == []


def test_what_people_write_is_held_against_the_limits() -> None:
    assert errors("product", MINIMAL["product"] | {"protocol_type": 9})
    assert errors("topic", {"name": "Topic", "app_id": "a"})
    assert errors("topic", MINIMAL["topic"] | {"partition": 0})
    assert errors("topic", MINIMAL["topic"] | {"partition": "3"})


def test_an_answer_of_the_wrong_form_is_an_error() -> None:
    assert errors("topic", MINIMAL["topic"] | {"app_name": "Shop", "partition": [3]})
    assert errors("topic", MINIMAL["topic"] | {"app_name": "Shop", "partition": "three"})


@every_row("word", KINDS)
def test_a_word_of_a_list_in_other_letters_is_no_error(word: str) -> None:
    for field in fields_of(KINDS[word]).values():
        for choice in field.choices.values():
            if choice and field.name in MINIMAL[word]:
                before = errors(word, MINIMAL[word] | {field.name: choice})
                found = errors(word, MINIMAL[word] | {field.name: choice.swapcase()})
                assert [message.casefold() for message in found] == [message.casefold() for message in before]
