"""Documents of made-up resources: valid, as large as asked for, with real references, the same for the same seed."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from assetpkg.kinds.apic.access import RELEASE

Document = dict[str, Any]

LARGE = ("task", "composite_task", "api")
"""The kinds whose documents are as large as asked for; the others are small on the platform, too."""
_OWNED = ("app_config", "api_group", "api", "backend_api", "scheduled_api_task")
"""The kinds whose names are below that of an application."""
AUTHORISED = 2
"""How many APIs an authorisation opens."""

_WORDS = (
    "order", "stock", "price", "invoice", "customer", "shipment", "warehouse", "payment", "return", "supplier",
    "contract", "delivery", "batch", "region", "currency", "quantity", "status", "created", "updated", "reference",
)  # fmt: skip
_CHINESE = ("订单中心", "库存服务", "客户主数据", "发票", "物流跟踪", "采购", "支付网关", "售后")
_ROWS, _SENTENCES = 1_009, 499
"""How many rows and sentences the texts are put together from; making each anew would take most of the time."""
_LONGEST_SAMPLE = 16_000
"""In bytes; the platform keeps 20,480 characters of an example."""
_LONGEST_TEXT = 3_000_000
"""In bytes; 4 Mi characters of one text are read."""
_MOST_PARAMETERS, _MOST_COLUMNS = 24, 9_000


class Maker:
    """Makes the document of any resource by its kind and number, whatever was made before.

    `counts` are the resources of each kind, and `content` about how many bytes a large document has. Documents with
    another `salt` differ in their ids, and in nothing else.
    """

    def __init__(self, counts: Mapping[str, int], content: int, seed: int, salt: str = "") -> None:
        """Prepare what the texts are made of."""
        self.counts, self.content = counts, content
        self._seed, self._salt = seed, salt
        random = self.random("texts")
        self._rows = [_row(random, number) for number in range(_ROWS)]
        self._row_length = len(json.dumps(", ".join(self._rows), ensure_ascii=False).encode()) // _ROWS
        self._sentences = [_sentence(random) for _ in range(_SENTENCES)]

    def make(self, kind: str, number: int) -> Document:
        """Make a document."""
        return RECIPES[kind](self, number)

    def salted(self, salt: str) -> "Maker":
        """Return a maker of the same documents with other ids."""
        return Maker(self.counts, self.content, self._seed, salt)

    def random(self, *words: object) -> Random:
        """Return the source of chance for something."""
        return Random("/".join(map(str, (self._seed, *words))))  # noqa: S311 - repeatable on purpose

    def identity(self, kind: str, number: int) -> str:
        """Return the id of a resource of a kind that has texts for ids."""
        return hashlib.sha256(f"{self._salt}/{self._seed}/{kind}/{number}".encode()).hexdigest()[:32]

    def numeral(self, number: int) -> int:
        """Return the id of a resource of a kind that has numbers for ids."""
        return number + (500_001 if self._salt else 1)

    def owner(self, kind: str, number: int) -> int:
        """Return the number of the application that a resource belongs to."""
        if kind == "scheduled_api_task":
            return self.owner("api", number % self.counts["api"])
        return (number % self.counts["api_group"] if kind == "api" else number) % self.counts["application"]

    def parents(self, kind: str, number: int) -> Iterator[tuple[str, int]]:
        """Yield kind and number of the resources that the name of one is below, the topmost first."""
        if kind in _OWNED:
            yield "application", self.owner(kind, number)
        if kind == "api":
            yield "api_group", number % self.counts["api_group"]

    def belongs(self, kind: str, number: int) -> str:
        """Return the id of the application that a resource belongs to."""
        return self.identity("application", self.owner(kind, number))

    def any(self, kind: str, number: int) -> str:
        """Return the id of the resource of `kind` that the one with this number of another kind refers to."""
        return self.identity(kind, number % self.counts[kind])

    def used_apis(self) -> int:
        """Return how many APIs, the first ones, are called by scheduled tasks or opened by authorisations."""
        return max(AUTHORISED * self.counts.get("app_authorization", 0), self.counts.get("scheduled_api_task", 0))

    def has(self, kind: str) -> bool:
        """Say whether there are any of this kind."""
        return self.counts.get(kind, 0) > 0

    def rows(self, length: int, random: Random) -> str:
        """Return a JSON list that has about this many bytes where it is written as a string."""
        return f"[{', '.join(random.choices(self._rows, k=max(1, length // self._row_length)))}]"

    def sentences(self, count: int, random: Random) -> str:
        """Return a text of this many sentences of about sixty bytes."""
        return " ".join(random.choices(self._sentences, k=count))


def name(number: int) -> str:
    """Return a name; every third one is Chinese."""
    if number % 3 == 1:
        return f"{_CHINESE[number % len(_CHINESE)]}{number}"
    return f"{word(number)}-{number}"


def word(number: int) -> str:
    """Return an English word."""
    return _WORDS[number % len(_WORDS)]


def name_of(kind: str, number: int) -> str:
    """Return the name of a resource, or what its file is called where it has none of its own."""
    return _NAMES[kind].format(name=name(number), word=word(number), number=number)


_NAMES: Mapping[str, str] = {
    "application": "{name}",
    "app_config": "{word}.limit.{number}",
    "datasource": "{name}-source",
    "task": "sync_{word}_{number}",
    "composite_task": "replicate_{word}_{number}",
    "api_group": "{name}-group",
    "api": "{name}-api",
    "backend_api": "{name}-backend",
    "load_channel": "channel-{name}",
    "authorizer": "authorizer_{word}_{number}",
    "app_authorization": "authorisation-{number}",
    "scheduled_api_task": "nightly-{name}",
    "plugin": "plugin_{word}_{number}",
    "topic": "{word}-events-{number}",
    "product": "{name}-product",
    "product_template": "{name}-template",
}


def _row(random: Random, number: int) -> str:
    row = {key: random.randrange(10**6) for key in random.sample(_WORDS, 4)}
    return json.dumps({"id": number, "name": random.choice(_CHINESE), **row}, ensure_ascii=False)


def _sentence(random: Random) -> str:
    words = random.sample(_WORDS, 7)
    words[random.randrange(7)] = random.choice(_CHINESE)
    return f"{' '.join(words)}."


def _application(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("application", number),
        "name": name_of("application", number),
        "key": application_key(number),
        "remark": maker.sentences(2, maker.random("application", number)),
        "roles": ["read", "access", "modify", "delete", "admin"],
        "owner": True,
        "create_time": "2026-03-02T01:14:27Z",
    }


def application_key(number: int) -> str:
    """Return what topics call an application by."""
    return f"{word(number)}-key-{number}"


def _app_config(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("app_config", number),
        "app_id": maker.belongs("app_config", number),
        "config_name": name_of("app_config", number),
        "config_type": "variable",
        "config_value": str(20 + number),
        "description": maker.sentences(2, maker.random("app_config", number)),
    }


_CONTENTS: tuple[tuple[str, Document], ...] = (
    ("MYSQL", {"mode": "default", "host": "db.example.com", "port": "3306", "database_name": "orders"}),
    ("ORACLE", {"mode": "multiAddress", "multi_oracle_address": [{"oracle_address": "o.example.com"}]}),
    ("KAFKA", {"broker": "192.0.2.41:9093,192.0.2.42:9093", "ssl_enable": True}),
    ("API", {"url": "https://crm.example.com/v1", "api_method": "GET", "api_auth_detail": {"auth_method": "none"}}),
    ("OBS", {"address": "obs.example.com", "port": "443", "bucket_name": "archive", "https": True}),
    ("FTP", {"host": "ftp.example.com", "port": "22", "ftp_protocol": "sftp"}),
)


def _datasource(maker: Maker, number: int) -> Document:
    kind, content = _CONTENTS[number % len(_CONTENTS)]
    return {
        "datasource_id": maker.identity("datasource", number),
        "datasource_name": name_of("datasource", number),
        "datasource_type": kind,
        "app_id": maker.belongs("datasource", number),
        "app_name": name_of("application", maker.owner("datasource", number)),
        "description": maker.sentences(3, maker.random("datasource", number)),
        "content": content,
        "create_time": 1_775_097_000_000,
    }


def _task(maker: Maker, number: int) -> Document:
    source, target = maker.any("datasource", number), maker.any("datasource", number + 1)
    rows = maker.rows(min(max(200, maker.content - 900), _LONGEST_TEXT), maker.random("task", number))
    ends = json.dumps({"source_ds_id": source, "target_ds_id": target, "error_handler": [{"id": source}]})
    return {
        "task_id": maker.identity("task", number),
        "task_name": name_of("task", number),
        "task_type": "TIMING",
        "source_datasource_id": source,
        "target_datasource_id": target,
        "task_detail": f'{ends[:-1]}, "mapping": {rows}}}',
        "description": maker.sentences(2, maker.random("description", number)),
        "dispatch": {"use_quartz_cron": False, "period": "MIN", "dispatch_interval": 1 + number % 59},
        "status": "running",
    }


def _composite_task(maker: Maker, number: int) -> Document:
    random = maker.random("composite_task", number)
    columns = [
        {"field_name": f"{known}_{column}", "field_type": "VARCHAR", "field_length": str(column)}
        for column, known in enumerate(random.choices(_WORDS, k=min(_MOST_COLUMNS, max(2, maker.content // 575))))
    ]
    pairs = [
        {"source_column": known["field_name"], "source_column_type": "VARCHAR2", "target_column": known["field_name"]}
        for known in columns
    ]
    return {
        "task_id": maker.identity("composite_task", number),
        "task_name": name_of("composite_task", number),
        "task_type": "REALTIME",
        "operation_types": ["INSERT", "UPDATE", "DELETE"],
        "source_app_id": maker.belongs("composite_task", number),
        "description": maker.sentences(2, random),
        "mappings": [
            {
                "source_datasource_id": maker.any("datasource", number),
                "target_datasource_id": maker.any("datasource", number + 1),
                "source_table": f"ERP.T{table}",
                "target_table": f"public.t{table}",
                "source_columns": columns,
                "mapping_columns": pairs,
                "ext_info": {"server_id": str(5_000 + number)},
            }
            for table in range(2)
        ],
    }


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
    count = 1 + max(0, length) // _LONGEST_TEXT
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
                "ds_type": _CONTENTS[source % len(_CONTENTS)][0].lower(),
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
        "env_id": RELEASE,
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


def _topic(maker: Maker, number: int) -> Document:
    return {
        "name": name_of("topic", number),
        "app_id": application_key(maker.owner("topic", number)),
        "access_policy": ("all", "pub", "sub")[number % 3],
        "partition": 3,
        "retention_time": 72,
        "description": maker.sentences(2, maker.random("topic", number)),
    }


def _services(maker: Maker, random: Random) -> list[Document]:
    def properties(count: int) -> list[Document]:
        return [
            {
                "property_name": f"{known}-{each}", "description": maker.sentences(1, random), "data_type": "number",
                "required": 0, "min": "0", "max": "100", "step": "1", "unit": "kg", "method": "RW",
            }
            for each, known in enumerate(random.sample(_WORDS, count))
        ]  # fmt: skip

    command = {"name": "restart", "requests": properties(2), "responses": properties(1)}
    return [
        {"service_name": f"service-{each}", "status": 0, "properties": properties(3), "commands": [command]}
        for each in range(2)
    ]


def _product(maker: Maker, number: int) -> Document:
    return {
        "id": maker.numeral(number),
        "name": name_of("product", number),
        "app_id": maker.belongs("product", number),
        "manufacturer_id": "maker-1",
        "manufacturer_name": "Maker",
        "model": f"model-{number}",
        "product_type": 0,
        "protocol_type": 0,
        "template_id": maker.numeral(number % maker.counts["product_template"]),
        "description": maker.sentences(1, maker.random("product", number)),
        "services": _services(maker, maker.random("services", number)),
        "topics": [{"name": word(number), "permission": 0, "version": "v1.0"}],
    }


def _product_template(maker: Maker, number: int) -> Document:
    return {
        "id": maker.numeral(number),
        "name": name_of("product_template", number),
        "status": 0,
        "description": maker.sentences(1, maker.random("product_template", number)),
        "services": _services(maker, maker.random("template services", number)),
    }


RECIPES: Mapping[str, Callable[[Maker, int], Document]] = {
    "application": _application,
    "app_config": _app_config,
    "datasource": _datasource,
    "task": _task,
    "composite_task": _composite_task,
    "api_group": _api_group,
    "api": _api,
    "backend_api": _backend_api,
    "load_channel": _load_channel,
    "authorizer": _authorizer,
    "app_authorization": _app_authorization,
    "scheduled_api_task": _scheduled_api_task,
    "plugin": _plugin,
    "topic": _topic,
    "product": _product,
    "product_template": _product_template,
}
"""How a document of each kind that is imported looks."""
