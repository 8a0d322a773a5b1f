"""What foreign archives are made of: documents of every kind with real references, and documents that are no assets."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from assetpkg.authoring.generate import draft
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Computed, FreeText

Document = dict[str, Any]
Documents = Mapping[str, list[Document]]
"""The documents of a package, by kind."""

FEW: Mapping[str, int] = {
    "application": 3, "app_config": 3, "datasource": 4, "task": 3, "composite_task": 2, "api_group": 3, "api": 7,
    "backend_api": 2, "load_channel": 2, "authorizer": 2, "app_authorization": 2, "scheduled_api_task": 2, "plugin": 2,
    "topic": 6, "product": 3, "product_template": 2, "dictionary": 3,
}  # fmt: skip
"""How many of each kind an archive has unless asked for others."""
SINGLE: Mapping[str, int] = dict.fromkeys(FEW, 1)
"""One of each kind."""
EVERY: Mapping[str, int] = {**FEW, **dict.fromkeys((kind for kind in KINDS if kind not in FEW), 2)}
"""Those kinds, too, that are never imported."""
_CONTENT = 1_000
"""How many bytes a large document has."""
_LEFT_OUT = 0.2
"""How often a field is left out that says nothing about anything else."""


def make_documents(counts: Mapping[str, int] = FEW, seed: int = 1) -> dict[str, list[Document]]:
    """Return documents of these kinds, the same for the same seed; of the optional fields, each has others."""
    blueprint = draft({**SINGLE, **counts}, _CONTENT, seed)
    made: dict[str, list[Document]] = {kind: [] for kind in KINDS}
    for row in blueprint.rows:
        if row.kind in counts and row.kind not in _FURTHER:
            made[row.kind].append(blueprint.document(row))
    for kind, make in _FURTHER.items():
        made[kind] = [make(number, made) for number in range(counts.get(kind, 0))]
    random = Random(f"fields/{seed}")  # noqa: S311 - repeatable on purpose
    return {kind: [_thinned(kind, document, random) for document in found] for kind, found in made.items() if found}


def _thinned(kind: str, document: Document, random: Random) -> Document:
    """Return a document without some of what is made by the server, or is for people."""
    fields = fields_of(KINDS[kind])
    droppable = {
        name for name, field in fields.items() if not field.required and field.by_class.keys() & {Computed, FreeText}
    }
    return {key: value for key, value in document.items() if key not in droppable or random.random() > _LEFT_OUT}


def _id(kind: str, number: int) -> str:
    return Random(f"{kind}/{number}").randbytes(16).hex()  # noqa: S311 - repeatable on purpose


def _first(made: Documents, kind: str, number: int, field: str = "id") -> Any:
    found = made.get(kind)
    return found[number % len(found)][field] if found else _id(kind, 0)


_FURTHER: Mapping[str, Callable[[int, Documents], Document]] = {
    "dictionary": lambda n, _: {
        "id": _id("dictionary", n), "name": f"Region {n}", "code": f"region_{n}", "order": 1 + n,
        "parent_code": "" if n == 0 else "region_0", "remark": "sales regions", "type": "USER",
        "create_time": "2026-02-11T08:10:00Z",
    },
    "environment": lambda n, _: {
        "id": _id("environment", n), "name": f"stage_{n}", "remark": "for tests",
        "create_time": "2026-02-11T08:10:00Z",
    },
    "environment_variable": lambda n, made: {
        "id": _id("environment_variable", n), "group_id": _first(made, "api_group", n), "variable_name": f"host_{n}",
        "env_id": _first(made, "environment", n), "variable_value": f"10.0.0.{n}",
    },
    "domain": lambda n, made: {
        "id": _id("domain", n), "group_id": _first(made, "api_group", n), "url_domain": f"api{n}.example.com",
        "status": 3, "min_ssl_version": "TLSv1.2",
    },
    "throttling_policy": lambda n, _: {
        "id": _id("throttling_policy", n), "name": f"slow_{n}", "api_call_limits": 100 + n, "time_interval": 1,
        "time_unit": "SECOND", "type": 1, "user_call_limits": 50, "app_call_limits": 50, "remark": "for everybody",
    },
    "access_control_policy": lambda n, _: {
        "id": _id("access_control_policy", n), "acl_name": f"office_{n}", "acl_type": "PERMIT", "entity_type": "IP",
        "acl_value": "192.0.2.1,192.0.2.2", "update_time": "2026-02-11T08:10:00Z",
    },
    "signature_key": lambda n, _: {
        "id": _id("signature_key", n), "name": f"signature_{n}", "sign_type": "hmac", "bind_num": 2,
        "create_time": "2026-02-11T08:10:00Z",
    },
    "app_code": lambda n, made: {
        "id": _id("app_code", n), "app_id": _first(made, "application", n), "create_time": "2026-02-11T08:10:00Z",
    },
    "client_access_control": lambda n, made: {
        "app_id": _first(made, "application", n), "app_acl_type": "PERMIT", "app_acl_values": ["192.0.2.7"],
    },
    "client_quota": lambda n, _: {
        "app_quota_id": _id("client_quota", n), "name": f"quota_{n}", "call_limits": 1000, "time_unit": "DAY",
        "time_interval": 1, "bound_app_num": 1,
    },
    "device": lambda n, made: {
        "id": 901 + n, "device_name": f"scale {n}", "node_id": f"node-{n}", "app_id": _first(made, "application", n),
        "product": {"id": _first(made, "product", n)}, "status": 0, "online_status": 1,
    },
    "rule": lambda n, made: {
        "rule_id": 301 + n, "name": f"forward_{n}", "app_id": _first(made, "application", n), "status": 0,
        "sources": [{"topic": "devices/up"}], "destinations": [{"topic": f"readings-{n}"}],
    },
}  # fmt: skip
"""How documents are made of kinds that no package is made up of."""


NOISE: Mapping[str, Any] = {
    "package.json": {
        "name": "exporter", "version": "2.4.1", "description": "saves assets", "private": True,
        "scripts": {"build": "tsc", "test": "jest"}, "dependencies": {"axios": "^1.6.0", "jszip": "3.10.1"},
    },
    "openapi.json": {
        "openapi": "3.0.3", "info": {"title": "Orders", "version": "1.0"},
        "paths": {"/orders/{id}": {"get": {
            "operationId": "getOrder", "tags": ["orders"],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "the order"}},
        }}},
    },
    "i18n/zh.json": {"title": "资产", "save": "保存", "cancel": "取消", "name": "名称", "status": "状态"},
    "i18n/en.json": {"title": "Assets", "save": "Save", "cancel": "Cancel", "name": "Name", "status": "Status"},
    "users.json": [
        {"id": 7 + n, "name": f"user{n}", "email": f"user{n}@example.com", "status": 1, "type": "LOCAL"}
        for n in range(4)
    ],
    "orders/2026.json": {"total": 2, "orders": [
        {"id": f"o-{n}", "customer": f"c-{n}", "status": "PAID", "lines": [{"sku": "a", "quantity": 2}]}
        for n in range(2)
    ]},
    "logs/export.log": b"2026-03-01T10:00:00Z INFO export begins\n2026-03-01T10:00:09Z INFO done\n",
    "logs/events.jsonl": b"".join(
        b'{"time": "2026-03-01T10:00:0%dZ", "level": "INFO", "message": "saved", "id": %d}\n' % (n, n)
        for n in range(5)
    ),
    "README.md": b"# Export\n\nMade by the exporter.\n",
    "stock.csv": b"sku,name,quantity\na-1,chair,4\na-2,table,9\na-3,lamp,1\n",
    "checksums.txt": b"0a1b2c  openapi.json\n",
    "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n",
    "rows.json": {"rows": [
        {"type": "USER", "content": {"id": 1, "name": "anna", "remark": "head of sales"}},
        {"type": "ROLE", "content": {"id": 2, "name": "reader", "description": "may read"}},
    ]},
}  # fmt: skip
"""Documents that are no assets, as they lie beside some."""
