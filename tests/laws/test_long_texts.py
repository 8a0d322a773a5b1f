"""Scripts and long texts mean the same wherever they are: in their resource, or in files of their own."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.authoring.fmt import Formatting, fmt
from assetpkg.authoring.long_texts import TextPlace
from assetpkg.cli.program import cli
from assetpkg.errors import CannotWrite, InvalidPackage
from assetpkg.package.beside import beside_of
from assetpkg.package.package import Package, load
from assetpkg.package.packing import dump, zip_of
from assetpkg.simulation.diff import diff
from tests.build import API, TASK, edited, make_contents, make_package
from tests.laws.strategies import laws

BACKEND = {
    "name": "get_orders",
    "roma_app_id": "app-1",
    "method": "GET",
    "path": "/orders",
    "version": "1",
    "content_type": "json",
}
BACKEND_FILE = "backend_apis/Shop/get_orders.json"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def with_scripts(*contents: str, detail: str = "{}", body: str = "{}", **script: Any) -> dict[str, Any]:
    scripts = [{"object_name": "orders", "type": "SQL", "content": content, **script} for content in contents]
    return {
        BACKEND_FILE: {**BACKEND, "scripts": scripts},
        "tasks/sync_orders.json": {**TASK, "task_detail": detail},
        "apis/Shop/orders/get-order.json": edited(API, mock_info={"result_content": body}),
    }


def files_of(package: Package) -> Archive:
    beside = beside_of(package.archive)
    return package.archive if beside is None else beside.archive


def read_anew(formatted: Formatting) -> Package:
    """Read what would be written, and not what is known in memory."""
    files = files_of(formatted.package)
    return load(Archive.from_contents({name: entry.read() for name, entry in files.entries.items()}))


SIGNS = st.text(max_size=200) | st.text("ab\n\r\t\x00\ufeff订{}\"'\\", max_size=200)
TEXTS = st.lists(
    SIGNS | SIGNS.map(lambda text: coded(text.encode("utf-8", "replace").decode())), min_size=1, max_size=4
)


@laws
@given(TEXTS, SIGNS, SIGNS)
def test_a_text_means_the_same_in_a_file_of_its_own(contents: list[str], detail: str, body: str) -> None:
    package = make_package(with_scripts(*contents, detail=detail, body=body))
    plain, beside = fmt(package), fmt(package, where=TextPlace.BESIDE)
    again = read_anew(beside)
    assert again.digest == plain.package.digest
    assert not diff(again, package).differences
    if not package.damaged:
        assert zip_of(again) == zip_of(plain.package)
    # What is found has its place in another file, and is recognised all the same.
    found, known = assetpkg.check(again), assetpkg.check(plain.package)
    assert sorted((one.code, one.message, one.fingerprint) for one in found) == sorted(
        (one.code, one.message, one.fingerprint) for one in known
    )
    assert {one.location.entry for one in found} <= {"", *files_of(again).entries}
    # Once more, it changes nothing; plain formatting leaves texts where they are; and there is a way back.
    assert fmt(again, where=TextPlace.BESIDE).changed == ()
    assert fmt(again).changed == ()
    back = fmt(again, where=TextPlace.INSIDE)
    assert {name: entry.read() for name, entry in back.package.archive.entries.items()} == {
        name: entry.read() for name, entry in plain.package.archive.entries.items()
    }


ODD = (
    "get_orders.sql",
    "get_orders.",
    "get_orders.a.b",
    "get_orders.json",
    "../get_orders.x",
    "get_orders.x/y",
    "",
    "订",
)
NAMES = st.sampled_from(ODD) | st.text(max_size=12)
VALUES = NAMES | st.none() | st.integers() | st.lists(NAMES, max_size=2)
NAMED = st.dictionaries(st.sampled_from(["$file", "$encoding", "x"]) | NAMES, VALUES, max_size=3) | NAMES.map(
    lambda name: {"$file": name}
)
FILES = st.dictionaries(st.sampled_from(["sql", "a.b", "a", "x/y", "json", "SQL"]), st.binary(max_size=20), max_size=3)


@laws
@given(st.lists(NAMED, min_size=1, max_size=3), FILES, st.sampled_from(list(TextPlace)))
def test_whatever_a_document_names_is_read_or_said_to_be_wrong(
    named: list[Any], files: dict[str, bytes], where: TextPlace
) -> None:
    beside = {f"backend_apis/Shop/get_orders.{name}": content for name, content in files.items()}
    package = make_package({**with_scripts(*named), **beside})
    found = assetpkg.check(package)
    wrong = {"RSC001", "RSC002", "RSC005", "RSC011", *(f"RSC08{number}" for number in range(4))}
    scripts = [] if package.damaged else package.document("backend_api/Shop/get_orders")["scripts"]
    assert package.damaged or all(isinstance(script["content"], (str, dict)) for script in scripts)
    if any(isinstance(script["content"], dict) for script in scripts) or package.damaged:
        assert wrong & {one.code for one in found}
    formatted = fmt(package, where=where)
    assert fmt(read_anew(formatted), where=where).changed == ()


def test_texts_have_names_and_contents_that_people_read() -> None:
    scripts = with_scripts(coded("select 1\nfrom orders"), coded("订单"), "not in base64", body='{"id": 1}\n')
    scripts["apis/Shop/orders/get-order.json"]["req_params"] = [
        {"name": "id", "location": "PATH", "type": "STRING", "required": 1, "json_schema": '{\n  "type": "string"\n}'}
    ]
    beside = fmt(make_package(scripts), where=TextPlace.BESIDE)
    assert {file.entry: (file.after or b"").decode() for file in beside.changed if file.before is None} == {
        "apis/Shop/orders/get-order.mock_info-result_content.txt": '{"id": 1}\n',
        "apis/Shop/orders/get-order.req_params-0-json_schema.json.txt": '{\n  "type": "string"\n}',
        "backend_apis/Shop/get_orders.orders.sql": "select 1\nfrom orders",
        "backend_apis/Shop/get_orders.orders-2.sql": "订单",
    }
    written = json.loads(files_of(beside.package).entries[BACKEND_FILE].read())
    assert [script["content"] for script in written["scripts"]] == [
        {"$file": "get_orders.orders.sql", "$encoding": "base64"},
        {"$file": "get_orders.orders-2.sql", "$encoding": "base64"},
        "not in base64",
    ]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a script and the document of a task in files of their own."""
    detail = '{\n  "target_ds_id": "ds-2",\n  "password": "Tr0ub4dor&3"\n}\n'
    for name, content in make_contents(with_scripts(coded("select 1"), detail=detail)).items():
        place = tmp_path / "shop" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    fmt(assetpkg.read(tmp_path / "shop"), where="beside").write(tmp_path / "shop")
    assert (tmp_path / "shop/tasks/sync_orders.task_detail.json.txt").read_text() == detail
    return tmp_path / "shop"


def test_a_finding_inside_a_text_is_in_its_file_with_line_and_column(shop: Path) -> None:
    found = {one.code: one.location[:4] for one in assetpkg.check(shop) if "task_detail" in one.location.entry}
    file = "tasks/sync_orders.task_detail.json.txt"
    assert found == {"REF001": (file, "/target_ds_id", 2, 19), "SEC001": (file, "/password", 3, 15)}


def test_what_is_changed_in_a_file_is_changed_in_the_resource(shop: Path) -> None:
    (shop / "backend_apis/Shop/get_orders.orders.sql").write_text("select 2")
    package = assetpkg.read(shop)
    script = package.document("backend_api/Shop/get_orders")["scripts"][0]
    assert base64.b64decode(script["content"]) == b"select 2"
    changed = package.with_document("task/sync_orders", TASK)
    assert list(dump(changed).entries) == list(dump(package).entries)
    assert all("task_detail" not in one.location.entry for one in assetpkg.check(changed))
    # What was changed in memory is kept, and has a form already.
    formatted = fmt(changed)
    assert formatted.changed == ()
    assert formatted.package.digest == changed.digest


def test_all_files_are_written_or_none(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    inline = fmt(assetpkg.read(shop), where=TextPlace.INSIDE)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CannotWrite, match="cannot remove"):
        inline.write(shop)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before
    # A folder on the way that became a link leads out of the package.
    (shop / "tasks").rename(shop.parent / "elsewhere")
    (shop / "tasks").symlink_to(shop.parent / "elsewhere")
    with pytest.raises(CannotWrite, match="has changed since it was read"):
        inline.write(shop)


def test_a_package_whose_text_is_missing_is_not_packed(shop: Path) -> None:
    (shop / "backend_apis/Shop/get_orders.orders.sql").unlink()
    package = assetpkg.read(shop)
    with pytest.raises(InvalidPackage, match=r"get_orders\.orders\.sql.* is not beside the document"):
        dump(package)
    assert [left.entry for left in fmt(package, where="inside").left] == [BACKEND_FILE]


def test_git_shows_the_difference_of_a_resource_and_of_its_text(shop: Path) -> None:
    document, text = shop / BACKEND_FILE, shop / "backend_apis/Shop/get_orders.orders.sql"
    other = shop / "other"
    other.write_bytes(document.read_bytes().replace(b'"version": "1"', b'"version": "2"'))
    shown = diff_of(BACKEND_FILE, document, other)
    assert "version" in shown
    assert "scripts" not in shown
    other.write_text("select 2")
    assert "-select 1" in diff_of("backend_apis/Shop/get_orders.orders.sql", text, other)


def diff_of(name: str, old: Path, new: Path) -> str:
    words = ("diff", "--git", "--no-config", f"shop/{name}", str(old), "0", "100644", str(new), "0", "100644")
    return CliRunner().invoke(cli, words, standalone_mode=False).stdout


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(assetpkg.InvalidOption, match="kept, beside or inside"):
        fmt(make_package(), where="outside")
