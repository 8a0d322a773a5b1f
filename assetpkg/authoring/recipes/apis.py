"""Made-up API groups, and APIs with everything that they can have."""

import json
from collections.abc import Mapping
from random import Random

from assetpkg.authoring.recipes.maker import LONGEST_TEXT, Document, Maker, Recipe, name_of, word

_MOST_PARAMETERS = 24

_LONGEST_SAMPLE = 16_000
"""In bytes; the platform keeps 20,480 characters of an example."""


def _api_group(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("api_group", number),
        "name": name_of("api_group", number),
        "version": "V2",
        "roma_app_id": maker.belongs("api_group", number),
        "roma_app_name": name_of("application", maker.owner("api_group", number)),
        "remark": maker.sentences(1, maker.random("api_group", number)),
        "sl_domains": [f"{word(number)}{number}.apic.example.com"],
    }


def _schema(number: int) -> Document:
    text, line = {"type": "string", "maxLength": 64}, {"type": "integer", "minimum": 0}
    item = {"type": "object", "properties": {"sku": text, "quantity": line}, "required": ["sku"]}
    lines = {"type": "array", "items": item}
    properties = {
        "id": {"type": "integer"},
        "lines": lines,
        "address": {"type": "object", "properties": {"city": text}},
    }
    return {"title": f"order {number % 50}", "type": "object", "properties": properties, "required": ["id"]}


def _parameter(number: int, index: int, remark: str) -> Document:
    parameter = {
        "name": f"p{index}-{word(number + index)}",
        "location": ("QUERY", "HEADER")[index % 2],
        "type": "STRING",
        "required": 2,
        "min_size": 1,
        "max_size": 64,
        "sample_value": '{"id": 7, "lines": []}',
        "valid_enable": 1,
        "remark": remark,
    }
    if index == 0 and (number + 1) % 10 == 0:
        parameter["json_schema"] = json.dumps(_schema(number))
    return parameter


def _backend(maker: Maker, number: int) -> Document:
    """Return the members of an API that say what answers: one of five sorts."""
    web: Document = {
        "req_protocol": "HTTPS",
        "req_method": "POST",
        "req_uri": f"/internal/{word(number)}/{{id}}",
        "timeout": 5_000,
        "retry_count": "-1",
    }
    by_domain = {**web, "url_domain": "backend.example.com:8443", "vpc_channel_status": 2}
    match number % 5:
        case 1 if maker.has("load_channel"):
            channel = {"vpc_channel_id": maker.any("load_channel", number)}
            return {
                "backend_type": "HTTP",
                "backend_api": {**web, "vpc_channel_status": 1, "vpc_channel_info": channel},
            }
        case 2 if maker.has("backend_api"):
            return {"backend_type": "HTTP", "backend_api": by_domain, "ld_api_id": maker.any("backend_api", number)}
        case 3:
            urn = f"urn:fss:cn-north-4:06a7af5f359b:function:default:{word(number)}-{number % 40}"
            function = {"function_urn": urn, "version": "latest", "invocation_type": "sync", "timeout": 5_000}
            return {"backend_type": "FUNCTION", "func_info": function}
        case 4:
            header = '[{"key": "X-Mock", "value": "1", "remark": ""}]'
            return {"backend_type": "MOCK", "mock_info": {"status_code": 200, "header": header}}
        case _:
            return {"backend_type": "HTTP", "backend_api": by_domain}


def _auth(maker: Maker, number: int) -> Document:
    if (number + 4) % 7 == 0 and maker.has("authorizer"):
        return {"auth_type": "AUTHORIZER", "authorizer_id": maker.any("authorizer", number)}
    return {"auth_type": "APP", "auth_opt": {"app_code_auth_type": "DISABLE"}}


def _api(maker: Maker, number: int) -> Document:
    random, group = maker.random("api", number), number % maker.counts["api_group"]
    count = min(_MOST_PARAMETERS, max(2, maker.content // 1_500))
    parameters = [_parameter(number, index, maker.sentences(1, random)) for index in range(count)]
    rest = max(200, maker.content - 520 * count - 1_400)
    document: Document = {
        "id": maker.identity("api", number),
        "name": name_of("api", number),
        "type": 1 + number % 2,
        "version": "v1",
        "remark": maker.sentences(1, random),
        "group_id": maker.identity("api_group", group),
        "group_name": name_of("api_group", group),
        "roma_app_id": maker.belongs("api", number),
        "req_protocol": "HTTPS",
        "req_method": ("GET", "POST", "PUT", "DELETE")[number % 4],
        "req_uri": f"/v1/{word(number)}/{number}/{{id}}",
        "match_mode": "NORMAL",
        **_auth(maker, number),
        "cors": False,
        "req_params": [{"name": "id", "location": "PATH", "type": "STRING", "required": 1}, *parameters],
        **_backend(maker, number),
        "backend_params": [
            {"name": found["name"], "location": found["location"], "origin": "REQUEST", "value": found["name"]}
            for found in parameters
        ],
        "policy_mocks": _policies(maker, rest - _LONGEST_SAMPLE, random),
        "tags": [word(random.randrange(20)), "read"],
        "status": 1,
        "register_time": "2026-03-18T02:15:40Z",
        "result_normal_sample": maker.rows(min(rest, _LONGEST_SAMPLE), random),
    }
    if "backend_api" in document:
        document["backend_params"].append({"name": "id", "location": "PATH", "origin": "REQUEST", "value": "id"})
    return document


def _policies(maker: Maker, length: int, random: Random) -> list[Document]:
    """Return a fixed answer under a condition, or as many as it takes for texts of this many bytes."""
    condition = {"condition_origin": "source", "condition_type": "exact", "condition_value": "192.0.2.7"}
    count = 1 + max(0, length) // LONGEST_TEXT
    return [
        {
            "name": f"night{number}",
            "effect_mode": "ALL",
            "conditions": [condition],
            "status_code": 503,
            "result_content": maker.rows(max(100, length // count), random),
        }
        for number in range(count)
    ]


RECIPES: Mapping[str, Recipe] = {"api_group": _api_group, "api": _api}
