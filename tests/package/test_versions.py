"""An older asset version: lifted in one place, whether a package is read or written anew."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import assetpkg
from assetpkg.archive.archive import parse_archive
from assetpkg.authoring.fix import fix
from assetpkg.authoring.fmt import fmt
from assetpkg.cli.program import cli
from assetpkg.documents.spelled import Spelled
from assetpkg.package import versions
from assetpkg.package.package import Package, load
from assetpkg.package.packing import zip_of
from assetpkg.package.versions import Step, older_minor, parse_version
from assetpkg.simulation.diff import diff
from tests.build import APPLICATION, DATASOURCE, encode, make_package
from tests.build import MANIFEST as STATED
from tests.rules.rows import DATABASE, MANIFEST, SHOP


def _titles(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """In 1.1, an application has a name, and no title."""
    if kind == "application" and "title" in document:
        document["name"] = document.pop("title")
    return document


def _ports(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """In 1.2, a data source has its port as a text."""
    content = document.get("content")
    if kind == "datasource" and isinstance(content, dict) and isinstance(content.get("port"), Spelled):
        content["port"] = content["port"].text
    return document


STEPS = (Step("the title of an application is its name", _titles), Step("ports are texts", _ports))
OLD: dict[str, Any] = {
    MANIFEST: STATED,
    SHOP: {"id": "app-1", "title": "Shop", "key": "shop-key", "x-number": 1.0},
    DATABASE: {**DATASOURCE, "content": {**DATASOURCE["content"], "port": 3306}},
}


@pytest.fixture(autouse=True)
def _newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "STEPS", STEPS)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    contents = {name: entry.read() for name, entry in fmt(make_package()).package.archive.entries.items()}
    for name, content in {**contents, **{name: encode(document) for name, document in OLD.items()}}.items():
        (tmp_path / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / name).write_bytes(content)
    return tmp_path / "shop"


def codes(package: Package) -> list[tuple[str, str, int | None]]:
    return [(found.code, found.location.pointer, found.location.line) for found in assetpkg.check(package)]


def test_an_older_package_is_read_as_one_of_the_newest_version(shop: Path) -> None:
    new = make_package({SHOP: {**APPLICATION, "x-number": 1.0}}, manifest={"asset_version": "1.2"})
    old = assetpkg.read(shop)
    assert old.asset_version == "1.2"
    assert old.document("application/Shop") == new.document("application/Shop")
    assert not diff(old, new).differences
    # Places are those of the files as they are.
    assert codes(old) == [("RSC016", "/x-number", 5), ("MAN013", "/asset_version", 3)]
    # What is made of it is of the newest version, and is not lifted once more.
    packed = load(parse_archive(zip_of(old), origin="packed"))
    assert packed.archive.underlying is None
    assert packed.asset_version == "1.2"
    changed = old.with_document("application/Shop", {**APPLICATION, "remark": "new"})
    assert changed.document("application/Shop")["remark"] == "new"


def test_fmt_writes_the_newest_version_only_when_it_is_asked_for(shop: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*.json")}
    assert json.loads(files_of(fmt(assetpkg.read(shop)))[SHOP]) == OLD[SHOP]
    assert json.loads(files_of(fmt(assetpkg.read(shop)))[MANIFEST])["asset_version"] == "1.0"
    assert fix(assetpkg.read(shop)).files == ()
    upgraded = fmt(assetpkg.read(shop), upgrade=True)
    upgraded.write(shop)
    assert b'"x-number": 1.0' in (shop / SHOP).read_bytes()
    again = assetpkg.read(shop)
    assert again.digest == upgraded.package.digest
    assert codes(again) == [("RSC016", "/x-number", 5)]
    assert fmt(again, upgrade=True).changed == ()
    assert {path for path, content in before.items() if path.read_bytes() != content} == {
        shop / name for name in (SHOP, DATABASE, MANIFEST)
    }


def files_of(formatted: assetpkg.Formatting) -> dict[str, bytes]:
    return {name: entry.read() for name, entry in formatted.package.archive.entries.items()}


def test_texts_in_files_of_their_own_stay_there_when_a_package_is_upgraded(shop: Path) -> None:
    task = {**json.loads((shop / "tasks/sync_orders.json").read_bytes()), "task_detail": {"$file": "sync_orders.d.txt"}}
    (shop / "tasks/sync_orders.json").write_bytes(encode(task))
    (shop / "tasks/sync_orders.d.txt").write_text("{}\n")
    upgraded = fmt(assetpkg.read(shop), upgrade=True)
    assert "tasks/sync_orders.d.txt" not in {file.entry for file in upgraded.changed}
    upgraded.write(shop)
    package = assetpkg.read(shop)
    assert package.document("task/sync_orders")["task_detail"] == "{}\n"
    assert (package.asset_version, package.document("application/Shop")["name"]) == ("1.2", "Shop")


def test_all_of_a_package_is_upgraded_or_nothing(shop: Path) -> None:
    (shop / DATABASE).write_bytes(b'{"port": 3306')
    with pytest.raises(
        assetpkg.InvalidPackage, match=r"cannot be upgraded: 'datasources/orders-db\.json' cannot be read"
    ):
        fmt(assetpkg.read(shop), upgrade=True)


def test_the_command_upgrades_and_leaves_what_it_does_not_know(shop: Path) -> None:
    done = CliRunner().invoke(cli, ["fmt", "--upgrade", "--no-config", str(shop)], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "3 files formatted, 4 unchanged" in done.stdout
    manifest = shop / MANIFEST
    manifest.write_text(manifest.read_text().replace('"1.2"', '"1.7"'))
    done = CliRunner().invoke(cli, ["fmt", "--upgrade", "--no-config", str(shop)], standalone_mode=False)
    assert done.return_value == 1
    assert "left " in done.stdout
    assert "asset version 1.7 is newer than 1.2" in " ".join(done.stdout.split())
    assert [code for code, _, _ in codes(assetpkg.read(shop))] == ["RSC016", "MAN012"]


def test_versions_that_can_be_lifted() -> None:
    assert [older_minor(version) for version in ("1.0", "01.1", "1.2", "1.3", "0.9", "2.0", "1", 1.0, None)] == [
        0,
        1,
        *[None] * 7,
    ]
    assert parse_version("1.0.0") is None
