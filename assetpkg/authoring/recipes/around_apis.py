"""Made-up resources around APIs: backends, authorizers, authorisations, calls by the clock, and plug-ins."""

import base64
import json
from collections.abc import Mapping

from assetpkg.authoring.recipes.fdi import datasource_type
from assetpkg.authoring.recipes.maker import AUTHORISED, Document, Maker, Recipe, name_of, word
from assetpkg.kinds.apic import RELEASE_ID

_STATEMENT = base64.b64encode(b"select * from orders where id = ${id}").decode()


def _backend_api(maker: Maker, number: int) -> Document:
    source = number % maker.counts["datasource"]
    return {
        "id": maker.identity("backend_api", number),
        "name": name_of("backend_api", number),
        "roma_app_id": maker.belongs("backend_api", number),
        "method": "POST",
        "path": f"/{word(number)}/{number}",
        "version": "1.0.0",
        "content_type": "json",
        "description": maker.sentences(2, maker.random("backend_api", number)),
        "parameters": [{"name": "id", "in": "Parameters", "required": True, "description": word(number)}],
        "type": "data",
        "scripts": [
            {
                "ds_id": maker.identity("datasource", source),
                "ds_type": datasource_type(source).lower(),
                "type": "SQL",
                "object_name": "rows",
                "content": _STATEMENT,
            }
        ],
        "status": 4,
    }


def _load_channel(maker: Maker, number: int) -> Document:
    members = [{"host": f"192.0.2.{80 + each}", "port": 8080, "weight": 50} for each in range(2)]
    return {
        "id": maker.identity("load_channel", number),
        "name": name_of("load_channel", number),
        "port": 8080,
        "balance_strategy": 1 + number % 4,
        "member_type": "ip",
        "type": 2,
        "members": members,
        "vpc_health_config": {
            "protocol": "TCP", "port": 8080, "threshold_normal": 2, "threshold_abnormal": 5, "time_interval": 10,
            "timeout": 5,
        },
    }  # fmt: skip


def _authorizer(maker: Maker, number: int) -> Document:
    custom = number % 2 == 1 and maker.has("backend_api")
    return {
        "id": maker.identity("authorizer", number),
        "name": name_of("authorizer", number),
        "type": "FRONTEND",
        "authorizer_type": "LD" if custom else "FUNC",
        "authorizer_uri": f"/{word(number)}"
        if custom
        else f"urn:fss:cn-north-4:06a7af5f359b:function:default:let-{number}",
        **({"ld_api_id": maker.any("backend_api", number)} if custom else {"authorizer_version": "latest"}),
        "identities": [{"name": "X-Caller", "location": "HEADER"}],
        "ttl": 60,
        "need_body": False,
        "roma_app_id": maker.belongs("authorizer", number),
    }


def _app_authorization(maker: Maker, number: int) -> Document:
    opened = sorted({maker.any("api", AUTHORISED * number + each) for each in range(AUTHORISED)})
    return {
        "id": maker.identity("app_authorization", number),
        "app_ids": [maker.belongs("app_authorization", number)],
        "api_ids": opened,
        "env_id": RELEASE_ID,
        "auth_tunnel": "NORMAL",
    }


def _scheduled_api_task(maker: Maker, number: int) -> Document:
    called = number % maker.counts["api"]
    return {
        "id": maker.identity("scheduled_api_task", number),
        "name": name_of("scheduled_api_task", number),
        "roma_app_id": maker.belongs("scheduled_api_task", number),
        "api_id": maker.identity("api", called),
        "schedule": f"0 {number % 60} 3 * * ?",
    }


_PLUGINS: tuple[tuple[str, Document], ...] = (
    ("cors", {"allow_origin": "*", "allow_methods": "GET,POST", "allow_headers": "X-Request", "max_age": 172_800}),
    ("rate_limit", {"scope": "share", "default_interval": 60, "default_time_unit": "second", "api_limit": 100}),
    ("set_resp_headers", {"response_headers": [{"name": "X-Served-By", "value": "gateway", "action": "append"}]}),
)


def _plugin(maker: Maker, number: int) -> Document:
    kind, content = _PLUGINS[number % len(_PLUGINS)]
    return {
        "plugin_id": maker.identity("plugin", number),
        "plugin_name": name_of("plugin", number),
        "plugin_type": kind,
        "plugin_scope": "global",
        "plugin_content": json.dumps(content),
        "remark": maker.sentences(1, maker.random("plugin", number)),
    }


RECIPES: Mapping[str, Recipe] = {
    "backend_api": _backend_api,
    "load_channel": _load_channel,
    "authorizer": _authorizer,
    "app_authorization": _app_authorization,
    "scheduled_api_task": _scheduled_api_task,
    "plugin": _plugin,
}
