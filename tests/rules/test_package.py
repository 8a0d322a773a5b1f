"""PKG: the zip or the folder as a whole."""

from pathlib import Path

import pytest

from tests.archive.zip.forge import forge
from tests.build import make_contents
from tests.rules.rows import (
    EVENTS,
    MANIFEST,
    Row,
    Table,
    checked,
    from_bytes,
    from_folder,
    packed,
    parameters,
    row,
    zipped,
)

CONTENTS = make_contents()


FAILING: Table = {
    "PKG010": (
        row(
            "no manifest",
            checked({MANIFEST: None}),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it holds 6 files (6 "
            "JSON): 'api_groups/Shop/orders.json', 'apis/Shop/orders/get-order.json', 'applications/Shop.json', "
            "'datasources/orders-db.json', 'tasks/sync_orders.json', … -> create a package with 'assetpkg pack'; "
            "ROMA's own layout is not public, so assetpkg cannot read it",
        ),
        row(
            "an empty archive",
            from_bytes(forge()),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it is empty",
        ),
        row(
            "a manifest in another case",
            from_folder({"Manifest.json": b"{}"}),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it holds 1 file (1 "
            "JSON): 'Manifest.json'",
        ),
        row(
            "the package in a folder of its own",
            from_bytes(zipped({f"shop/{name}": content for name, content in CONTENTS.items()})),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it holds 7 files (7 "
            "JSON): 'shop/api_groups/Shop/orders.json', 'shop/apis/Shop/orders/get-order.json', "
            "'shop/applications/Shop.json', 'shop/datasources/orders-db.json', 'shop/manifest.json', …",
        ),
    ),
    "PKG020": (
        row(
            "the browser's second download",
            from_bytes(packed(), "assets (1).zip"),
            "PKG020: the file name 'assets (1).zip' must begin with a letter or digit and have only letters, digits, "
            "'+', '-' and '_' -> rename it, for example to 'assets-1.zip' [ROMA.10013]",
        ),
        row(
            "Chinese characters",
            from_bytes(packed(), "订单.zip"),
            "PKG020: the file name '订单.zip' must begin with a letter or digit and have only letters, digits, '+', "
            "'-' and '_' [ROMA.10013]",
        ),
        row(
            "an underscore first",
            from_bytes(packed(), "_shop.zip"),
            "PKG020: the file name '_shop.zip' must begin with a letter or digit and have only letters, digits, '+', "
            "'-' and '_' [ROMA.10013]",
        ),
        row(
            "another ending",
            from_bytes(packed(), "shop.tar"),
            "PKG020: the file name 'shop.tar' does not end in '.zip' [ROMA.10013]",
        ),
        row(
            "no ending",
            from_bytes(packed(), "shop"),
            "PKG020: the file name 'shop' does not end in '.zip' [ROMA.10013]",
        ),
    ),
    "PKG021": (
        row(
            "a dot before the ending",
            from_bytes(packed(), "shop-1.2.zip"),
            "PKG021: the file name 'shop-1.2.zip' has dots or capital letters, and it is not documented whether "
            "this is accepted -> rename it, for example to 'shop-1-2.zip' [ROMA.10013]",
        ),
        row(
            "the ending in capitals",
            from_bytes(packed(), "shop.ZIP"),
            "PKG021: the file name 'shop.ZIP' has dots or capital letters, and it is not documented whether this "
            "is accepted [ROMA.10013]",
        ),
    ),
    "PKG030": (
        row(
            "a misspelled folder",
            checked({"topic/order-events.json": {"name": "orders"}}),
            "PKG030 topic/order-events.json 1:1: no kind has its resources in this folder; the file is kept, but it "
            "is not imported -> check the spelling of the folder",
        ),
        row(
            "a text file",
            checked({"readme.md": b"Read me."}),
            "PKG030 readme.md: no kind has its resources in this folder; the file is kept, but it is not imported",
        ),
        row(
            "another ending in a kind's folder",
            checked({"topics/notes.txt": b""}),
            "PKG030 topics/notes.txt: no kind has its resources in this folder; the file is kept, but it is not "
            "imported",
        ),
        row(
            "a file that looks like a manifest",
            checked({"topics.json": b"{}"}),
            "PKG030 topics.json 1:1: no kind has its resources in this folder; the file is kept, but it is not "
            "imported",
        ),
    ),
}

PASSING: Table = {
    "PKG010": (row("the manifest at the top", checked()),),
    "PKG020": (
        row("letters, digits and the three signs", from_bytes(packed(), "9-Shop+2_b.zip")),
        row("a folder of any name", from_folder(CONTENTS, lambda place: place)),
    ),
    "PKG021": (row("one dot", from_bytes(packed(), "shop-1_2.zip")),),
    "PKG030": (
        row(
            "a folder in a kind's folder",
            checked({EVENTS: None, "topics/Shop/deep/order-events.json": CONTENTS[EVENTS]}),
        ),
        row(
            "any file where the layout is unknown",
            checked({"readme.md": b""}, manifest={"format": "other/1"}),
            "MAN002 manifest.json#/format 2:13: format \"other/1\" is unknown; this assetpkg reads 'assetpkg/1'; "
            "it holds 8 files (7 JSON, 1 other): 'api_groups/Shop/orders.json', "
            "'apis/Shop/orders/get-order.json', 'applications/Shop.json', 'datasources/orders-db.json', "
            "'manifest.json', …",
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
