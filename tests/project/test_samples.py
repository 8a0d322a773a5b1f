"""What is in `samples/`: clean, the same as a folder and as a zip, and snapshots that are read without a word."""

import json
import zlib
from pathlib import Path

import pytest

from assetpkg import check, plan, read, read_target, unpack, write
from assetpkg.archive.archive import read_archive
from tests.conftest import SAMPLES, Cli

FOLDER = SAMPLES / "order-center"
ZIP = SAMPLES / "order-center.zip"
SNAPSHOTS = [SAMPLES / "production.json", SAMPLES / "staging.json"]
SAMPLED = {"application", "datasource", "task", "composite_task", "api_group", "api", "topic"}

# zlib-ng and others make other bytes of the same content; Python says which one it runs with.
CLASSIC_ZLIB = all(part.isdigit() for part in zlib.ZLIB_RUNTIME_VERSION.split("."))


@pytest.mark.parametrize("path", [FOLDER, ZIP], ids=["folder", "zip"])
def test_the_sample_checks_clean(path: Path) -> None:
    assert check(read(path)) == []


def test_the_sample_has_every_kind_and_a_chinese_name() -> None:
    resources = read(FOLDER).resources
    assert {found.path.kind for found in resources} >= SAMPLED
    assert "订单中心" in {found.name for found in resources}


def test_the_sample_is_as_fmt_writes_it(cli: Cli) -> None:
    result = cli("fmt", str(FOLDER), "--check")
    assert (result.returncode, result.stdout) == (0, b"0 files would change, 31 unchanged\n")


def test_the_zip_is_what_pack_makes_of_the_folder(tmp_path: Path, cli: Cli) -> None:
    made = tmp_path / "order-center.zip"
    result = cli("pack", str(FOLDER), "--output", str(made))
    assert result.returncode == 0, result.stderr
    contents = {name: entry.read() for name, entry in read_archive(made).entries.items()}
    assert contents == {name: entry.read() for name, entry in read_archive(ZIP).entries.items()}
    if CLASSIC_ZLIB:
        assert made.read_bytes() == ZIP.read_bytes()
    stored = tmp_path / "stored.zip"
    write(read(ZIP), stored, store=True)
    again = tmp_path / "stored-again.zip"
    write(read(FOLDER), again, store=True)
    assert stored.read_bytes() == again.read_bytes()


def test_the_zip_unpacks_to_the_folder(tmp_path: Path) -> None:
    unpack(read(ZIP), tmp_path / "again")
    files = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == files


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_a_snapshot_is_one_without_doubts(path: Path) -> None:
    instance = read_target(path)
    assert instance.name == path.stem
    assert instance.covers >= SAMPLED
    assert [(found.address, found.faults) for found in instance.index.resources if found.faults] == []
    document = json.loads(path.read_bytes())
    assert {kind: len(found) for kind, found in document["resources"].items()} == {
        kind: len(instance.index.resources_of(kind)) for kind in document["resources"]
    }


def test_the_snapshots_differ_in_what_an_import_meets() -> None:
    package = read(FOLDER)
    staging, production = (read_target(SAMPLES / f"{name}.json") for name in ("staging", "production"))
    assert production.features == {"app_route": True}
    assert production.quotas
    shared = {found.address for found in package.resources} & production.index.by_address.keys()
    assert any(
        found.id != production.index.by_address[found.address].id
        for found in package.resources
        if found.address in shared
    )
    assert staging.index.by_address.keys() & {found.address for found in package.resources}
    assert {change.action.word for change in plan(package, production).changes} >= {"create", "conflict"}


def test_the_sample_of_exported_apis_becomes_a_package(tmp_path: Path, cli: Cli) -> None:
    made = tmp_path / "prices"
    done = cli("convert", str(SAMPLES / "prices.yaml"), "--beside", str(FOLDER), "--output", str(made))
    assert done.returncode == 1, "an operation is left out, and one extension is not understood"
    assert b"prices.yaml:34:7 the extension 'x-apigateway-cache' is not understood" in b" ".join(done.stdout.split())
    whole = read(FOLDER)
    for resource in read(made).resources:
        whole = whole.with_resource(resource.path.kind, read(made).document(resource.address))
    assert check(whole) == []
