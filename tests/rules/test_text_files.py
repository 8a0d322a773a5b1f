"""RSC080 to RSC089: scripts and long texts that are in files of their own."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assetpkg.archive.zip import Limits
from tests.build import TASK, edited, make_contents
from tests.rules.rows import SYNC, Row, Table, checked, from_bytes, from_folder, limited, parameters, row, zipped

DETAIL = b'{"target_ds_id": "ds-1"}\n'
DETAIL_FILE = "tasks/sync_orders.task_detail.json.txt"
AT = "tasks/sync_orders.json#/task_detail 7:18"
NOTHING = "no kind has its resources in this folder; the file is kept, but it is not imported"
AGAIN = {**TASK, "task_id": "task-2", "task_name": "sync"}


def naming(name: Any, **members: Any) -> dict[str, Any]:
    return edited(TASK, task_detail={"$file": name, **members})


def beside(content: bytes | None = None) -> dict[str, bytes]:
    """The minimal package, whose task names a file, and that file, if it has content."""
    return make_contents({SYNC: naming("sync_orders.task_detail.json.txt"), DETAIL_FILE: content})


def whole(contents: Mapping[str, Any]) -> dict[str, Any]:
    return {SYNC: naming("sync_orders.task_detail.json.txt"), **contents}


NO_LIST = (
    "MAN025 manifest.json 1:1: has no list 'assets' of the files in the zip, so nothing says whether they are complete"
    " -> make a clean zip of it with 'assetpkg pack'"
)
ODD = edited(AGAIN, task_detail={"$file": 1})

FAILING: Table = {
    "RSC080": (
        row(
            "a path outside the package",
            checked({SYNC: naming("../../../etc/passwd")}),
            f'RSC080 {AT}: "../../../etc/passwd" is not the name of a file beside this one that begins with '
            '"sync_orders." -> write the name of a file beside the resource that begins with the resource\'s own, or '
            "write the text itself",
        ),
        row(
            "a file of the package that is another's",
            checked({SYNC: naming("sync.task_detail.json.txt"), "tasks/sync.task_detail.json.txt": DETAIL}),
            f"PKG030 tasks/sync.task_detail.json.txt: {NOTHING}",
            f'RSC080 {AT}: "sync.task_detail.json.txt" is not the name of a file beside this one that begins with '
            '"sync_orders."',
        ),
        row(
            "a resource",
            checked({SYNC: naming("sync_orders.json")}),
            f'RSC080 {AT}: "sync_orders.json" is not the name of a file beside this one that begins with '
            '"sync_orders."',
        ),
        row(
            "a name that controls a terminal, and members that nobody knows",
            checked(
                {SYNC: naming("sync_orders.\x1b[31m/x"), "tasks/sync.json": edited(AGAIN, task_detail={"$file": 1})}
            ),
            "RSC080 tasks/sync.json#/task_detail 7:18: the object may have '$file' with the name of a file, "
            "'$encoding' with 'base64', and no more",
            f'RSC080 {AT}: "sync_orders.\\u001b[31m/x" is not the name of a file beside this one that begins with '
            '"sync_orders."',
        ),
        row(
            "an unknown encoding",
            checked({SYNC: naming("sync_orders.x.txt", **{"$encoding": "rot13"}), "tasks/sync_orders.x.txt": DETAIL}),
            f"RSC080 {AT}: the object may have '$file' with the name of a file, '$encoding' with 'base64', and no more",
            f"PKG030 tasks/sync_orders.x.txt: {NOTHING}",
        ),
    ),
    "RSC081": (
        row(
            "no such file",
            checked({SYNC: naming("sync_orders.task_detail.json.txt")}),
            f'RSC081 {AT}: the file "sync_orders.task_detail.json.txt" with this text is not beside the document -> '
            "add the file, correct its name, or write the text itself",
        ),
        row(
            "one in other letters",
            checked(whole({"tasks/sync_orders.Task_Detail.json.txt": DETAIL})),
            f"PKG030 tasks/sync_orders.Task_Detail.json.txt: {NOTHING}",
            f'RSC081 {AT}: the file "sync_orders.task_detail.json.txt" with this text is not beside the document',
        ),
    ),
    "RSC082": (
        row(
            "bytes that are no text",
            checked(whole({DETAIL_FILE: b"caf\xe9"})),
            f'RSC082 {AT}: the file "sync_orders.task_detail.json.txt" is not a text: not UTF-8 at byte 3 -> save the '
            "file as UTF-8, as a plain file",
            f"PKG030 {DETAIL_FILE}: {NOTHING}",
        ),
        row(
            "UTF-16 with its mark, as PowerShell writes it",
            checked(whole({DETAIL_FILE: DETAIL.decode().encode("utf-16")})),
            f'RSC082 {AT}: the file "sync_orders.task_detail.json.txt" is not a text: it is in UTF-16, and not in UTF-8'
            " -> save the file as UTF-8, as a plain file",
            f"PKG030 {DETAIL_FILE}: {NOTHING}",
        ),
        row(
            "a link to a file elsewhere",
            from_folder(beside(), lambda shop: (shop / DETAIL_FILE).symlink_to("/etc/hostname")),
            f'RSC082 {AT}: the file "sync_orders.task_detail.json.txt" is a symbolic link, not a file',
            f"PKG240 {DETAIL_FILE}: a symbolic link, not a file -> replace the entry with the file or the folder "
            "itself",
        ),
        row(
            "more than is read of a document",
            limited(Limits(document=400), from_folder(beside(b" " * 380))),
            f'RSC082 {AT}: the file "sync_orders.task_detail.json.txt" is not a text: with it the document has 602 '
            "bytes, and at most 400 are read",
            f"PKG030 {DETAIL_FILE}: {NOTHING}",
        ),
    ),
    "RSC083": (
        row(
            "two resources with one file",
            checked(
                {
                    "tasks/sync.json": edited(AGAIN, task_detail={"$file": "sync.orders.txt"}),
                    "tasks/sync.orders.json": edited(
                        AGAIN, task_id="task-3", task_name="sync.orders", task_detail={"$file": "sync.orders.txt"}
                    ),
                    "tasks/sync.orders.txt": DETAIL,
                }
            ),
            'RSC083 tasks/sync.orders.json#/task_detail 7:18: the file "sync.orders.txt" is the text of another place '
            'already, in "sync.json" -> give each text a file of its own',
        ),
    ),
}

PASSING: Table = {
    "RSC080": (row("a file beside it", checked(whole({DETAIL_FILE: DETAIL}))),),
    "RSC081": (row("a file that is there, in a zip", from_bytes(zipped(beside(DETAIL))), NO_LIST),),
    "RSC082": (row("a text of other letters", checked(whole({DETAIL_FILE: '{"x": "订单"}'.encode()}))),),
    "RSC083": (
        row(
            "each with its own",
            checked(whole({DETAIL_FILE: DETAIL, "tasks/sync.json": edited(AGAIN, task_detail=json.dumps({}))})),
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
