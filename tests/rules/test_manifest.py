"""MAN: the manifest, and whether it matches the content of the package."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from assetpkg.diagnostics.model import Diagnostic
from assetpkg.package import versions
from assetpkg.package.package import Package
from assetpkg.package.versions import Step
from tests.build import MANIFEST as DOCUMENT
from tests.build import TOPIC, edited, encode, make_contents
from tests.rules.rows import (
    EVENTS,
    MANIFEST,
    SHOP,
    Make,
    Row,
    Table,
    checked,
    from_bytes,
    from_folder,
    from_stream,
    packed,
    parameters,
    row,
    zipped,
)

CONTENTS = make_contents()
TOPIC_ADDRESS = "topic/order-events"
MORE = edited(TOPIC, name="more")
LARGER = edited(TOPIC, partition=7)
DIGEST = "0" * 64


def asset(number: int, **changes: Any) -> Callable[[bytes], bytes]:
    """Change one line of the table of contents."""

    def edit(content: bytes) -> bytes:
        document = json.loads(content)
        document["assets"][number] |= changes
        return encode(document)

    return edit


def after_packing(**edits: Callable[[bytes], bytes | None]) -> bytes:
    names = {"manifest": MANIFEST, "shop": SHOP, "events": EVENTS, "more": "topics/more.json"}
    return packed(edits={names[name]: edit for name, edit in edits.items()})


def changed(change: Callable[[Package], Package]) -> Make:
    """A packed package that is changed in memory: its list is made anew when it is packed again."""
    return from_stream(packed(), change)


def lifted(make: Make) -> Make:
    """The same, where one more minor version is known, whose documents are those of 1.0."""

    def make_lifted(folder: Path) -> list[Diagnostic]:
        with mock.patch.object(versions, "STEPS", (Step("nothing", lambda _, document: document),)):
            return make(folder)

    return make_lifted


FAILING: Table = {
    "MAN001": (
        row(
            "no JSON",
            checked({MANIFEST: b'{\n  "format": assetpkg/1\n}'}),
            "MAN001 manifest.json 2:13: the manifest cannot be read: not JSON: a value is expected -> fix the JSON at "
            "this place; an editor with JSON support also shows it",
        ),
        row(
            "not UTF-8",
            checked({MANIFEST: b'{"name": "caf\xe9"}'}),
            "MAN001 manifest.json 1:14: the manifest cannot be read: not UTF-8 at byte 13",
        ),
        row(
            "a byte order mark",
            checked({MANIFEST: b"\xef\xbb\xbf{}"}),
            "MAN001 manifest.json 1:1: the manifest cannot be read: begins with a byte order mark",
        ),
        row(
            "a key twice",
            checked({MANIFEST: b'{"name": "a",\n "name": "b"}'}),
            "MAN001 manifest.json#/name 2:2: the manifest cannot be read: a key occurs for the second time in one "
            "object",
        ),
        row("a list", checked({MANIFEST: b"[]"}), "MAN001 manifest.json 1:1: the manifest is not an object"),
        row(
            "nothing",
            checked({MANIFEST: b""}),
            "MAN001 manifest.json 1:1: the manifest cannot be read: not JSON: it is empty",
        ),
    ),
    "MAN002": (
        row(
            "another format",
            checked(manifest={"format": "assetpkg/2"}),
            'MAN002 manifest.json#/format 2:13: format "assetpkg/2" is unknown; this assetpkg reads '
            "'assetpkg/1'; it holds 7 files (7 JSON): 'api_groups/Shop/orders.json', "
            "'apis/Shop/orders/get-order.json', 'applications/Shop.json', 'datasources/orders-db.json', "
            "'manifest.json' and 2 more -> set format to 'assetpkg/1' if the package has this layout",
        ),
        row(
            "a format that is not a text",
            checked(manifest={"format": 1}),
            "MAN002 manifest.json#/format 2:13: format 1 is unknown; this assetpkg reads 'assetpkg/1'; it "
            "holds 7 files (7 JSON): 'api_groups/Shop/orders.json', 'apis/Shop/orders/get-order.json', "
            "'applications/Shop.json', 'datasources/orders-db.json', 'manifest.json' and 2 more",
            "MAN010 manifest.json#/format 2:13: format is an integer, but must be a string",
        ),
    ),
    "MAN010": (
        row(
            "no name",
            checked({MANIFEST: {"format": "assetpkg/1", "asset_version": "1.0"}}),
            "MAN010 manifest.json#/name 1:1: field 'name' is missing -> add 'name'",
        ),
        row(
            "a misspelled name",
            checked({MANIFEST: {"format": "assetpkg/1", "asset_version": "1.0", "nmae": "shop"}}),
            "MAN010 manifest.json#/name 1:1: field 'name' is missing -> rename 'nmae' to 'name'",
        ),
        row(
            "nothing at all",
            checked({MANIFEST: {"surprise": 1}}),
            "MAN002 manifest.json#/format 1:1: no format is named; this assetpkg reads 'assetpkg/1'; it holds "
            "7 files (7 JSON): 'api_groups/Shop/orders.json', 'apis/Shop/orders/get-order.json', "
            "'applications/Shop.json', 'datasources/orders-db.json', 'manifest.json' and 2 more",
            "MAN010 manifest.json#/asset_version 1:1: field 'asset_version' is missing",
            "MAN010 manifest.json#/format 1:1: field 'format' is missing",
            "MAN010 manifest.json#/name 1:1: field 'name' is missing",
        ),
        row(
            "a blank name",
            checked(manifest={"name": ""}),
            'MAN010 manifest.json#/name 4:11: name "" is 0 characters long; at least 1 is needed',
        ),
        row(
            "a version of one number",
            checked(manifest={"asset_version": "1"}),
            'MAN010 manifest.json#/asset_version 3:20: asset_version "1" does not match ^[0-9]{1,9}\\.[0-9]{1,9}$',
        ),
        row(
            "a version that is a number",
            checked(manifest={"asset_version": 1.0}),
            "MAN010 manifest.json#/asset_version 3:20: asset_version is a number, but must be a string",
        ),
        row(
            "a source that is a text",
            checked(manifest={"source": "production"}),
            "MAN010 manifest.json#/source 5:13: source is a string, but must be an object",
        ),
        row(
            "a checksum that is not one",
            from_bytes(after_packing(manifest=asset(0, sha256="abc"))),
            "MAN022 api_groups/Shop/orders.json 1:1: its SHA-256 is a68f55ba5e3e…, and the manifest says abc…",
            'MAN010 manifest.json#/assets/0/sha256 11:17: sha256 "abc" does not match ^[0-9a-f]{64}$',
        ),
        row(
            "a line without a path",
            from_bytes(packed(edits={MANIFEST: lambda content: content.replace(b'"path": "apis/', b'"road": "apis/')})),
            "MAN021 apis/Shop/orders/get-order.json 1:1: is not in the manifest's list of assets",
            "MAN010 manifest.json#/assets/1/path 7:5: field 'path' is missing",
        ),
    ),
    "MAN011": (
        row(
            "the next version",
            checked(manifest={"asset_version": "2.0"}),
            "MAN011 manifest.json#/asset_version 3:20: asset version 2.0 is unknown; this assetpkg knows 1.0 -> use "
            "a version of assetpkg that knows this asset version",
        ),
        row(
            "the version before",
            checked(manifest={"asset_version": "0.9"}),
            "MAN011 manifest.json#/asset_version 3:20: asset version 0.9 is unknown; this assetpkg knows 1.0",
        ),
    ),
    "MAN012": (
        row(
            "a newer minor version",
            checked(manifest={"asset_version": "1.7"}),
            "MAN012 manifest.json#/asset_version 3:20: asset version 1.7 is newer than 1.0, the newest that this "
            "assetpkg knows -> use a newer version of assetpkg, which can check the new parts",
        ),
    ),
    "MAN013": (
        row(
            "an older minor version",
            lifted(checked()),
            "MAN013 manifest.json#/asset_version 3:20: asset version 1.0 is older than 1.1, and is read as that -> "
            "write its files as those of the newest version with 'assetpkg fmt --upgrade'",
        ),
    ),
    "MAN020": (
        row(
            "a resource that was lost",
            from_bytes(after_packing(events=lambda _: None)),
            "MAN020 manifest.json#/assets/5/path 11:97: lists 'topics/order-events.json', which is not in the "
            "package -> pack again with 'assetpkg pack'",
        ),
    ),
    "MAN021": (
        row(
            "a resource that was added",
            from_bytes(after_packing(more=lambda _: encode({**json.loads(CONTENTS[EVENTS]), "name": "more"}))),
            "MAN021 topics/more.json 1:1: is not in the manifest's list of assets -> pack again with 'assetpkg pack'",
        ),
    ),
    "MAN025": (
        row(
            "a zip without a list",
            from_bytes(zipped(CONTENTS)),
            "MAN025 manifest.json 1:1: has no list 'assets' of the files in the zip, so nothing says whether they are "
            "complete -> make a clean zip of it with 'assetpkg pack'",
        ),
        row(
            "a zip on standard input without a list",
            from_stream(zipped(CONTENTS)),
            "MAN025 manifest.json 1:1: has no list 'assets' of the files in the zip, so nothing says whether they are "
            "complete",
        ),
    ),
    "MAN022": (
        row(
            "a resource that was changed",
            from_bytes(after_packing(events=lambda content: content.replace(b'"all"', b'"pub"'))),
            "MAN022 topics/order-events.json 1:1: its SHA-256 is 29c90cb4e8a5…, and the manifest says dff0e73f17a1… "
            "-> if the change was intended, pack again with 'assetpkg pack'",
        ),
        row(
            "a resource that has a blank more",
            from_bytes(after_packing(shop=lambda content: content + b" ")),
            "MAN022 applications/Shop.json 1:1: its SHA-256 is 7c2e35db8d27…, and the manifest says 80ce9ad28b27…",
        ),
    ),
    "MAN023": (
        row(
            "another kind",
            from_bytes(after_packing(manifest=asset(0, kind="task"))),
            "MAN023 manifest.json#/assets/0/kind 7:15: says that the kind of 'api_groups/Shop/orders.json' is "
            '"task"; it is "api_group" -> pack again with \'assetpkg pack\'',
        ),
        row(
            "another name and id",
            from_bytes(after_packing(manifest=asset(0, name="get-orders", id="api-2"))),
            "MAN023 manifest.json#/assets/0/name 8:15: says that the name of 'api_groups/Shop/orders.json' is "
            '"get-orders"; it is "orders"',
            "MAN023 manifest.json#/assets/0/id 9:13: says that the id of 'api_groups/Shop/orders.json' is "
            '"api-2"; it is "group-1"',
        ),
        row(
            "a derived id that is not the one",
            from_bytes(after_packing(manifest=asset(5, id="other"))),
            "MAN023 manifest.json#/assets/5/id 44:13: says that the id of 'topics/order-events.json' is \"other\"; "
            'it is "35689eb810125e19797b8426808db76a"',
        ),
    ),
    "MAN024": (
        row(
            "an empty list",
            checked(manifest={"assets": []}),
            "MAN024 manifest.json#/assets 5:3: a folder's manifest needs no list 'assets'; packing creates it -> "
            "remove the list",
        ),
        row(
            "the list of an unpacked zip",
            from_folder({**CONTENTS, MANIFEST: encode({**DOCUMENT, "assets": None})}),
            "MAN024 manifest.json#/assets 5:3: a folder's manifest needs no list 'assets'; packing creates it",
        ),
    ),
}

PACKED = row("a packed package", from_bytes(packed()))
MINIMAL = row("a folder without a list", checked())

PASSING: Table = {
    "MAN001": (
        MINIMAL,
        row("keys that nobody knows", checked(manifest={"team": {"name": "orders"}, "$schema": "manifest.json"})),
    ),
    "MAN002": (MINIMAL,),
    "MAN010": (
        row(
            "every field there is",
            checked(
                manifest={
                    "source": {
                        "region": "r",
                        "project_id": "p",
                        "instance_id": "i",
                        "instance_version": "1",
                        "features": {"app_route": True},
                    },
                }
            ),
        ),
        row("a line without an id", from_bytes(after_packing(manifest=asset(0, id=None)))),
    ),
    "MAN011": (MINIMAL, row("zeros in front", checked(manifest={"asset_version": "01.00"}))),
    "MAN012": (MINIMAL,),
    "MAN013": (MINIMAL, row("the newest one", lifted(checked(manifest={"asset_version": "1.1"})))),
    "MAN020": (
        PACKED,
        row("one that was taken out in memory", changed(lambda found: found.without(TOPIC_ADDRESS))),
    ),
    "MAN025": (PACKED, MINIMAL),
    "MAN021": (
        PACKED,
        row(
            "one that was added in memory",
            changed(lambda found: found.with_resource("topic", edited(TOPIC, name="more"))),
        ),
        MINIMAL,
        row(
            "a file that is not a resource",
            from_bytes(packed({"readme.md": b"Read me."})),
            "PKG030 readme.md: no kind has its resources in this folder; the file is kept, but it is not imported",
        ),
    ),
    "MAN022": (
        PACKED,
        row(
            "one that was changed in memory",
            changed(lambda found: found.with_document("topic/order-events", edited(TOPIC, partition=7))),
        ),
    ),
    "MAN023": (PACKED,),
    "MAN024": (PACKED, MINIMAL),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
