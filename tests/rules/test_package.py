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
from tests.rules.test_container import LISTLESS

CONTENTS = make_contents()


FAILING: Table = {
    "PKG010": (
        row(
            "no manifest",
            checked({MANIFEST: None}),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it holds 6 files (6 "
            "JSON): 'api_groups/Shop/orders.json', 'apis/Shop/orders/get-order.json', 'applications/Shop.json', "
            "'datasources/orders-db.json', 'tasks/sync_orders.json' and 1 more -> propose a layout file for it "
            "with 'assetpkg learn', for --layout; ROMA's own layout is not public",
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
            "two folders",
            from_bytes(zipped({"a/manifest.json": b"{}", "b/manifest.json": b"{}"})),
            "PKG010: no entry 'manifest.json', so this is not a package of layout assetpkg/1: it holds 2 files (2 "
            "JSON): 'a/manifest.json', 'b/manifest.json'",
        ),
    ),
    "PKG032": (
        row(
            "the package in a folder of its own",
            from_bytes(zipped({f"shop/{name}": content for name, content in CONTENTS.items()})),
            "PKG032: the package was read from the folder 'shop/' of this zip -> make a clean zip of it with 'assetpkg "
            "pack', and use that one",
            LISTLESS,
        ),
        row(
            "in two folders, beside what macOS leaves",
            from_bytes(
                zipped({f"a/b/{name}": content for name, content in CONTENTS.items()} | {"__MACOSX/a/._b": b"Mac OS X"})
            ),
            "PKG032: the package was read from the folder 'a/b/' of this zip",
            LISTLESS,
        ),
        row(
            "a packed package in the zip of a CI system",
            from_bytes(zipped({"shop.zip": packed()})),
            "PKG032: the package was read from the only file, a zip, of this zip",
        ),
        row(
            "a folder in a zip in a zip",
            from_bytes(zipped({"x.zip": zipped({f"shop/{name}": content for name, content in CONTENTS.items()})})),
            "PKG032: the package was read from the folder 'shop/' of the only file, a zip, of this zip",
            LISTLESS,
        ),
    ),
    "PKG031": (
        *(
            row(
                f"instead of {meant}: {folder}",
                checked({f"{folder}/a.json": {"name": "orders"}}),
                f"PKG031 {folder}/a.json 1:1: this file is not imported; did you mean '{meant}/'? -> rename the "
                f"folder, or move the files to '{meant}/'",
            )
            for folder, meant in (
                ("topic", "topics"),
                ("Topics", "topics"),
                ("data-sources", "datasources"),
                ("data_source", "datasources"),
                ("API_GROUPS", "api_groups"),
                ("export/Topics", "topics"),
                ("dictionary", "dictionaries"),
            )
        ),
        row(
            "two files in a folder",
            checked({"api/a.json": {"name": "orders"}, "api/Shop/b.json": {"name": "orders"}}),
            "PKG031 api/a.json 1:1: 2 files in 'api/' are not imported; did you mean 'apis/'?",
        ),
        row(
            "the suffix in capitals",
            checked({"topics/a.JSON": b"{}", "topics/b.Json": b"{}"}),
            "PKG031 topics/a.JSON: 2 files in 'topics/' are not imported; did you mean the suffix '.json'? -> "
            "write the suffix in small letters",
        ),
    ),
    "PKG020": (
        row(
            "the browser's second download",
            from_bytes(packed(), "assets (1).zip"),
            "PKG020: the file name 'assets (1).zip' must begin with an English letter or a digit and have only "
            "English letters, digits, "
            "'+', '-' and '_' -> rename it, for example to 'assets-1.zip' [ROMA.10013]",
        ),
        row(
            "Chinese characters",
            from_bytes(packed(), "订单.zip"),
            "PKG020: the file name '订单.zip' must begin with an English letter or a digit and have only "
            "English letters, digits, '+', "
            "'-' and '_' [ROMA.10013]",
        ),
        row(
            "an underscore first",
            from_bytes(packed(), "_shop.zip"),
            "PKG020: the file name '_shop.zip' must begin with an English letter or a digit and have only "
            "English letters, digits, '+', "
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
            "another folder",
            checked({"subjects/order-events.json": {"name": "orders"}}),
            "PKG030 subjects/order-events.json 1:1: no kind has its resources in this folder; the file is kept, but it "
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
    "PKG031": (
        row(
            "what macOS leaves beside a document",
            from_bytes(
                packed({"topics/._a.json": b"Mac OS X", "__MACOSX/topics/a.json": b"{}", "topics/.DS_Store": b""})
            ),
        ),
    ),
    "PKG032": (row("a packed package", from_bytes(packed())),),
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
            "'manifest.json' and 3 more",
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
