"""Minimal valid things, each one edit away from a fault."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from assetpkg.archive.archive import Archive
from assetpkg.kinds import KINDS
from assetpkg.package.package import Package, load
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot

MANIFEST: dict[str, Any] = {"format": "assetpkg/1", "asset_version": "1.0", "name": "shop"}

APPLICATION: dict[str, Any] = {"id": "app-1", "name": "Shop", "key": "shop-key"}
DATASOURCE: dict[str, Any] = {
    "datasource_id": "ds-1",
    "datasource_name": "orders-db",
    "datasource_type": "MYSQL",
    "app_id": "app-1",
    "content": {"host": "db.example.com", "port": "3306", "database_name": "orders"},
}
TASK: dict[str, Any] = {
    "task_id": "task-1",
    "task_name": "sync_orders",
    "task_type": "REALTIME",
    "source_datasource_id": "ds-1",
    "target_datasource_id": "ds-1",
}
GROUP: dict[str, Any] = {"id": "group-1", "name": "orders", "version": "V2", "roma_app_id": "app-1"}
API: dict[str, Any] = {
    "id": "api-1",
    "group_id": "group-1",
    "name": "get-order",
    "type": 1,
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/orders/{id}",
    "auth_type": "APP",
    "backend_type": "MOCK",
    "mock_info": {"result_content": "{}"},
}
TOPIC: dict[str, Any] = {"name": "order-events", "app_id": "shop-key", "access_policy": "all"}

DOCUMENTS: Mapping[str, dict[str, Any]] = {
    "applications/Shop.json": APPLICATION,
    "datasources/orders-db.json": DATASOURCE,
    "tasks/sync_orders.json": TASK,
    "api_groups/Shop/orders.json": GROUP,
    "apis/Shop/orders/get-order.json": API,
    "topics/order-events.json": TOPIC,
}
"""A package with one resource of most kinds, which checks clean."""


def encode(document: Any) -> bytes:
    """Return a document as the bytes of a file."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def make_contents(
    changes: Mapping[str, Any] | None = None, *, manifest: Mapping[str, Any] | None = None
) -> dict[str, bytes]:
    """Return the files of the minimal package with `changes`: an entry's document, raw bytes, or `None` to drop it."""
    documents: dict[str, Any] = {"manifest.json": {**MANIFEST, **(manifest or {})}, **DOCUMENTS, **(changes or {})}
    return {
        name: document if isinstance(document, bytes) else encode(document)
        for name, document in documents.items()
        if document is not None
    }


def make_package(changes: Mapping[str, Any] | None = None, *, manifest: Mapping[str, Any] | None = None) -> Package:
    """Return the minimal package, in the form of a folder, with `changes` as `make_contents` takes them."""
    return load(Archive.from_contents(make_contents(changes, manifest=manifest)))


def edited(document: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a copy of `document` with these fields; `...` removes one."""
    copied = copy.deepcopy(dict(document))
    for field, value in changes.items():
        if value is ...:
            copied.pop(field, None)
        else:
            copied[field] = value
    return copied


def make_snapshot(resources: Mapping[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """Return a snapshot document that covers every kind, with these resources by kind, and other members changed.

    A kind with `...` has no list.
    """
    lists = {**{kind: [] for kind in members.get("covers", KINDS) if kind in KINDS}, **(resources or {})}
    return {
        "format": "assetpkg-snapshot/1",
        "name": "production",
        "covers": list(KINDS),
        "resources": {kind: found for kind, found in lists.items() if found is not ...},
        **members,
    }


def make_instance(resources: Mapping[str, Any] | None = None, **members: Any) -> Instance:
    """Return the target of such a snapshot."""
    return parse_snapshot(encode(make_snapshot(resources, **members)), "target.json")
