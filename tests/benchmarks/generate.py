"""Packages of any size, the same ones every time: valid, of every kind, with real references and Chinese names.

`python -m tests.benchmarks.generate FOLDER S M …` writes for each size the package, and its twin (changed, added,
removed and renamed resources) as a package and as the snapshot of an instance.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args, get_origin

from assetpkg import Package, documents, write
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, id_field, name_field, name_fields
from assetpkg.kinds.markers import Ref
from assetpkg.target.snapshot import SNAPSHOT_FORMAT

SEED = 20_261_123

Document = dict[str, Any]
Made = list[tuple[str, Document]]
"""Resources in the order in which they were made: kind and document."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many resources of each kind (`other` of kinds that have no number), and how large the large ones are."""

    counts: Mapping[str, int]
    content: int
    other: int = 0
    schemas: bool = True
    """Whether some parameters have JSON Schemas, which cost the import of jsonschema once."""


def _shares(applications: int, per_application: Mapping[str, int]) -> dict[str, int]:
    shares = {kind: applications * number for kind, number in per_application.items()}
    return {"application": applications, **shares}


_SMALL = {"datasource": 2, "task": 1, "api_group": 1, "api": 3, "topic": 1}
_LARGE = {"datasource": 8, "task": 3, "composite_task": 1, "api_group": 2, "api": 33, "topic": 2}
_HUGE = {"datasource": 50, "task": 3, "composite_task": 1, "api_group": 20, "api": 900, "topic": 25}

SIZES: Mapping[str, Size] = {
    "S": Size(counts={**_shares(2, _SMALL), "composite_task": 2}, content=20_500, schemas=False),
    "M": Size(counts=_shares(20, _LARGE), content=26_000, other=10),
    "N": Size(counts={"application": 10, "api_group": 100, "api": 5_000}, content=4_000),
    "L": Size(counts=_shares(20, _HUGE), content=21_500, other=10),
}
"""20 entries of 0.2 MB, 1,000 of 20 MB, 5,000 APIs of 4 KB, 20,000 of 400 MB."""

_WORDS = (
    "order", "stock", "price", "invoice", "customer", "shipment", "warehouse", "payment", "return", "supplier",
    "contract", "delivery", "batch", "region", "currency", "quantity", "status", "created", "updated", "reference",
)  # fmt: skip
_CHINESE = ("订单中心", "库存服务", "客户主数据", "发票", "物流跟踪", "采购", "支付网关", "售后")


class Maker:
    """Makes one document after the other; `made` has what later ones refer to."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size = size
        self.random = Random(seed)  # noqa: S311 - repeatable on purpose
        self.made: dict[str, list[Document]] = {}

    def make(self, kind: str) -> Document:
        """Make one more document of `kind`."""
        known = self.made.setdefault(kind, [])
        recipe = RECIPES.get(kind)
        document = recipe(self, len(known)) if recipe else _plain(self, kind, len(known))
        known.append(document)
        return document

    def number_of(self, kind: str) -> int:
        return self.size.counts.get(kind, self.size.other)

    def identity(self, *words: object) -> str:
        return hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()[:32]

    def name(self, number: int) -> str:
        """Return a name that every third time is Chinese."""
        if number % 3 == 2:
            return f"{_CHINESE[number % len(_CHINESE)]}{number}"
        return f"{_WORDS[number % len(_WORDS)]}-{number}"

    def pick(self, kind: str, number: int) -> Document:
        """Return the document of `kind` that the `number`th of something belongs to."""
        return self.made[kind][number % len(self.made[kind])]

    def text(self, length: int) -> str:
        words = []
        while length > 0:
            word = self.random.choice(_CHINESE if self.random.random() < 0.1 else _WORDS)
            words.append(word)
            length -= len(word) + 1
        return " ".join(words)

    def json_text(self, length: int) -> str:
        """Return a JSON document of about this length, in a string."""
        rows: list[Document] = []
        while length > 0:
            row = {word: self.random.randrange(10**6) for word in self.random.sample(_WORDS, 4)}
            rows.append({"id": len(rows), "name": self.random.choice(_CHINESE), **row})
            length -= len(json.dumps(rows[-1], ensure_ascii=False)) + 2
        return json.dumps({"rows": rows}, ensure_ascii=False)


def _application(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("application", number),
        "name": maker.name(number),
        "key": f"key-{maker.identity('key', number)[:12]}",
        "remark": maker.text(80),
        "roles": ["read", "access", "modify", "delete", "admin"],
        "owner": True,
        "created_user": {"user_id": maker.identity("user"), "user_name": "li.na"},
        "create_time": "2026-03-02T01:14:27Z",
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
    application = maker.pick("application", number)
    word, content = _CONTENTS[number % len(_CONTENTS)]
    return {
        "datasource_id": maker.identity("datasource", number),
        "datasource_name": f"{word.lower()}-{maker.name(number)}",
        "datasource_type": word,
        "app_id": application["id"],
        "app_name": application["name"],
        "description": maker.text(200),
        "content": content,
        "create_time": 1_775_097_000_000,
    }


def _task(maker: Maker, number: int) -> Document:
    source, target = maker.pick("datasource", number), maker.pick("datasource", number + 1)
    return {
        "task_id": maker.identity("task", number),
        "task_name": f"sync_{_WORDS[number % len(_WORDS)]}_{number}",
        "task_type": "TIMING",
        "source_datasource_id": source["datasource_id"],
        "source_datasource_name": source["datasource_name"],
        "target_datasource_id": target["datasource_id"],
        "task_detail": maker.json_text(maker.size.content // 2),
        "dispatch": {"use_quartz_cron": False, "period": "MIN", "dispatch_interval": 1 + number % 59},
        "status": "running",
    }


def _composite_task(maker: Maker, number: int) -> Document:
    columns = [
        {"field_name": f"{word}_{column}", "field_type": "VARCHAR", "field_length": str(column)}
        for column, word in enumerate(maker.random.choices(_WORDS, k=maker.size.content // 600))
    ]
    pairs = [
        {
            "source_column": column["field_name"],
            "source_column_type": "VARCHAR2",
            "target_column": column["field_name"],
        }
        for column in columns
    ]
    return {
        "task_id": maker.identity("composite_task", number),
        "task_name": f"replicate_{_WORDS[number % len(_WORDS)]}_{number}",
        "task_type": "REALTIME",
        "operation_types": ["INSERT", "UPDATE", "DELETE"],
        "source_app_id": maker.pick("application", number)["id"],
        "mappings": [
            {
                "source_datasource_id": maker.pick("datasource", number)["datasource_id"],
                "target_datasource_id": maker.pick("datasource", number + 1)["datasource_id"],
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
    application = maker.pick("application", number)
    return {
        "id": maker.identity("api_group", number),
        "name": f"{maker.name(number)}-group",
        "version": "V2",
        "roma_app_id": application["id"],
        "roma_app_name": application["name"],
        "remark": maker.text(60),
        "sl_domains": [f"{maker.identity('domain', number)}.apic.example.com"],
    }


_SCHEMA = {"type": "object", "properties": {"id": {"type": "integer"}, "lines": {"type": "array"}}, "required": ["id"]}


def _parameter(maker: Maker, number: int, index: int) -> Document:
    location = ("QUERY", "HEADER")[index % 2]
    parameter = {
        "name": f"p{index}-{maker.random.choice(_WORDS)}",
        "location": location,
        "type": "STRING",
        "required": 2,
        "min_size": 1,
        "max_size": 64,
        "sample_value": '{"id": 7, "lines": []}',
        "valid_enable": 1,
        "remark": maker.text(120),
    }
    if maker.size.schemas and index == 0 and number % 10 == 0:
        parameter["json_schema"] = json.dumps({**_SCHEMA, "title": f"schema {number % 50}"})
    return parameter


_BACKENDS: tuple[tuple[str, str, Document], ...] = (
    (
        "HTTP",
        "backend_api",
        {
            "req_protocol": "HTTPS",
            "req_method": "POST",
            "req_uri": "/internal/{id}",
            "url_domain": "backend.example.com:8443",
            "timeout": 5000,
            "retry_count": "-1",
            "vpc_channel_status": 2,
        },
    ),
    (
        "FUNCTION",
        "func_info",
        {
            "function_urn": "urn:fss:cn-north-4:06a7af5f359b:function:default:ship-order",
            "version": "latest",
            "invocation_type": "sync",
            "timeout": 5000,
        },
    ),
    ("MOCK", "mock_info", {"status_code": 200, "header": '[{"key": "X-Mock", "value": "1", "remark": ""}]'}),
)


def _api(maker: Maker, number: int) -> Document:
    group = maker.pick("api_group", number)
    word, field, backend = _BACKENDS[number % len(_BACKENDS)]
    parameters = [_parameter(maker, number, index) for index in range(max(2, maker.size.content // 1_400))]
    document: Document = {
        "id": maker.identity("api", number),
        "name": f"{maker.name(number)}-api",
        "type": 1 + number % 2,
        "version": "v1",
        "remark": maker.text(60),
        "group_id": group["id"],
        "group_name": group["name"],
        "roma_app_id": group["roma_app_id"],
        "req_protocol": "HTTPS",
        "req_method": ("GET", "POST", "PUT", "DELETE")[number % 4],
        "req_uri": f"/v1/{_WORDS[number % len(_WORDS)]}/{number}/{{id}}",
        "match_mode": "NORMAL",
        "auth_type": "APP",
        "auth_opt": {"app_code_auth_type": "DISABLE"},
        "cors": False,
        "req_params": [{"name": "id", "location": "PATH", "type": "STRING", "required": 1}, *parameters],
        "backend_type": word,
        field: backend,
        "backend_params": [
            {"name": found["name"], "location": found["location"], "origin": "REQUEST", "value": found["name"]}
            for found in parameters
        ],
        "tags": [maker.random.choice(_WORDS), "read"],
        "status": 1,
        "register_time": "2026-03-18T02:15:40Z",
    }
    if word == "HTTP":
        document["policy_mocks"] = [_policy(number)]
    missing = maker.size.content - len(documents.dump(document))
    document["result_normal_sample"] = maker.json_text(min(missing, 18_000))[:20_480]
    return document


def _policy(number: int) -> Document:
    condition = {"condition_origin": "source", "condition_type": "exact", "condition_value": "192.0.2.7"}
    return {"name": f"night{number}", "effect_mode": "ALL", "conditions": [condition], "status_code": 503}


def _topic(maker: Maker, number: int) -> Document:
    return {
        "name": f"{_WORDS[number % len(_WORDS)]}-events-{number}",
        "app_id": maker.pick("application", number)["key"],
        "access_policy": ("all", "pub", "sub")[number % 3],
        "partition": 3,
        "retention_time": 72,
        "description": maker.text(100),
    }


RECIPES: Mapping[str, Callable[[Maker, int], Document]] = {
    "application": _application,
    "datasource": _datasource,
    "task": _task,
    "composite_task": _composite_task,
    "api_group": _api_group,
    "api": _api,
    "topic": _topic,
}
"""How the kinds that make up the size of a package look; every other kind gets what its class asks for."""


FIXED: Mapping[str, Document] = {
    "app_config": {"config_type": "variable", "config_value": "20"},
    "backend_api": {"method": "POST", "version": "1.0.0", "content_type": "json", "status": 4},
    "load_channel": {"port": 8080, "member_type": "ip", "members": [{"host": "192.0.2.80", "port": 8080}]},
    "authorizer": {"authorizer_type": "FUNC", "authorizer_uri": "urn:fss:cn-north-4:1:function:default:token"},
    "plugin": {"plugin_content": "{}"},
    "product": {"manufacturer_id": "m-1", "manufacturer_name": "Maker", "model": "s-1"},
}
"""What a class does not say of the kinds without a recipe, and rules ask for."""


def _plain(maker: Maker, kind: str, number: int) -> Document:
    """Make a document of a kind without a recipe: id, name, and the fields that may not be absent."""
    declared = KINDS[kind]
    names = {field.name for field in name_fields(declared)}
    document: Document = {}
    for name, info in declared.model_fields.items():
        field = fields_of(declared)[info.alias or name]
        reference = field.marker(Ref)
        if not info.is_required() or (field.name in names and reference is None):
            continue
        if reference is not None and maker.made.get(reference.kind):
            named = _named(maker.pick(reference.kind, number), reference)
            document[field.name] = [named] if _value(info.annotation) == [] else named
        else:
            document[field.name] = _value(info.annotation)
    known_id = id_field(declared)
    if known_id is not None:
        numbered = "int" in str(declared.model_fields[known_id.name].annotation)
        document[known_id.name] = number + 1 if numbered else maker.identity(kind, number)
    if "path" in document:
        document["path"] = f"/{kind}/{number}"
    if "code" in document:
        document["code"] = f"{kind}_{number}"
    if "env_id" in document:
        document["env_id"] = "DEFAULT_ENVIRONMENT_RELEASE_ID"
    plain_names = {name: f"{kind}_{number}" for name in names if name not in document}
    return {**document, **FIXED.get(kind, {}), **plain_names}


def _named(document: Document, reference: Ref) -> Any:
    kind = KINDS[reference.kind]
    first = reference.by[0]
    field = {"id": id_field(kind), "name": name_field(kind)}.get(first)
    return document[field.name if field else first]


def _value(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if origin is Literal:
        return get_args(annotation)[0]
    return {list: [], dict: {}, int: 1, bool: True}.get(origin or annotation, "value")


def make_resources(size: Size, seed: int = SEED, *, never_imported: bool = False) -> Made:
    """Return the resources of a package of `size`, those that others refer to first."""
    maker = Maker(size, seed)
    kinds = (kind for kind in _order() if KINDS[kind].imported or never_imported)
    return [(kind, maker.make(kind)) for kind in kinds for _ in range(maker.number_of(kind))]


def drift(made: Made, size: Size, seed: int = SEED) -> Made:
    """Return the twin: a twentieth changed, a hundredth each renamed, gone, and only there."""
    random = Random(seed + 1)  # noqa: S311 - repeatable on purpose
    more = make_resources(_larger(size), seed)
    there = {_name(kind, document) for kind, document in made}
    extra = [(kind, document) for kind, document in more if _name(kind, document) not in there]
    return [*_drifted(made, random), *extra]


def make_package(made: Iterable[tuple[str, Document]], name: str) -> Package:
    """Return the package that holds these resources."""
    return Package.new(name).with_resources(made)


def make_snapshot(made: Iterable[tuple[str, Document]], name: str) -> bytes:
    """Return the snapshot of an instance that has these resources."""
    resources: dict[str, list[Document]] = {}
    for kind, document in made:
        resources.setdefault(kind, []).append(document)
    return documents.dump({"format": SNAPSHOT_FORMAT, "name": name, "covers": list(KINDS), "resources": resources})


def generate(folder: Path, word: str) -> None:
    """Write the package of a size, and its twin as a package and as a snapshot."""
    size = SIZES[word]
    made = make_resources(size)
    twin = drift(made, size)
    write(make_package(made, word), folder / f"{word}.zip")
    write(make_package(twin, f"{word}b"), folder / f"{word}b.zip")
    (folder / f"{word}b.json").write_bytes(make_snapshot(twin, f"{word}b"))


def _order() -> Iterator[str]:
    """Yield the kinds so that a kind comes after those that it refers to."""
    done: set[str] = set()
    waiting = list(KINDS)
    while waiting:
        ready = [kind for kind in waiting if not (_referred(kind) & set(waiting)) - {kind}] or waiting[:1]
        yield from ready
        done.update(ready)
        waiting = [kind for kind in waiting if kind not in done]


def _referred(kind: str) -> set[str]:
    markers = (field.marker(Ref) for field in fields_of(KINDS[kind]).values())
    return {marker.kind for marker in markers if marker is not None}


def _larger(size: Size) -> Size:
    """Return a size with a hundredth more of what nothing refers to."""
    leaves = {kind: number + 1 + number // 100 for kind, number in size.counts.items() if kind in {"api", "topic"}}
    return Size(counts={**size.counts, **leaves}, content=size.content, other=size.other, schemas=size.schemas)


def _drifted(made: Made, random: Random) -> Iterator[tuple[str, Document]]:
    for kind, document in made:
        chance = random.random()
        name = name_field(KINDS[kind]).name
        if kind in {"api", "topic", "task"} and chance < 0.01:
            continue
        if kind in {"api", "topic", "task"} and chance < 0.02:
            yield kind, {**document, name: f"{document[name]}-old"}
        elif chance < 0.07:
            text = "description" if "description" in fields_of(KINDS[kind]) else "remark"
            yield kind, {**document, text: "changed since"} if text in fields_of(KINDS[kind]) else document
        else:
            yield kind, document


def _name(kind: str, document: Document) -> tuple[str, Any]:
    return kind, json.dumps([document[field.name] for field in name_fields(KINDS[kind])])


if __name__ == "__main__":
    place, *words = sys.argv[1:]
    Path(place).mkdir(parents=True, exist_ok=True)
    for word in words or ("S", "M", "N"):
        generate(Path(place), word)
