"""What holds under every layout: the plan is that of the own layout, and every byte finds its way back."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import parse_archive, read_archive
from assetpkg.authoring.convert import convert, layout_in, put_back, write_copy
from assetpkg.layouts.reading import parse_layout
from assetpkg.layouts.writing import layout_text
from assetpkg.package.package import Package, load
from assetpkg.package.packing import zip_of
from assetpkg.planning.options import Mode
from tests.conftest import SAMPLES, THOROUGH
from tests.layouts.worlds import NESTED, ROWS, WORLDS, Documents, World, documents_of

EVERY_WORLD = pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
SOME_WORLDS = pytest.mark.parametrize("world", WORLDS if THOROUGH else WORLDS[::2], ids=lambda world: world.name)
LAYOUTS = [world.layout for world in WORLDS]


@cache
def native() -> Package:
    return assetpkg.read(SAMPLES / "order-center")


@cache
def documents() -> Documents:
    return documents_of(native())


def read(world: World, content: bytes | None = None) -> Package:
    """Read what a program writes, with all layouts taught, of which one fits."""
    archive = parse_archive(world.zip(documents()) if content is None else content, origin="export.zip")
    return load(archive, layouts=LAYOUTS)


def said(plan: assetpkg.Plan) -> list[tuple[Any, ...]]:
    return [(each.address, each.target_name, each.action, each.reason, each.fields) for each in plan.changes]


@EVERY_WORLD
@pytest.mark.parametrize("mode", Mode if THOROUGH else [Mode.MERGE])
def test_the_plan_is_that_of_the_own_layout(world: World, mode: Mode) -> None:
    target = assetpkg.read_target(SAMPLES / "production.json")
    plan, known = assetpkg.plan(read(world), target, mode=mode), assetpkg.plan(native(), target, mode=mode)
    assert said(plan) == said(known)
    assert plan.verdict == known.verdict


@EVERY_WORLD
def test_nothing_is_wrong_with_it(world: World) -> None:
    assert [found for found in assetpkg.check(read(world)) if found.code != "PKG030"] == []


@SOME_WORLDS
def test_it_is_a_target_as_the_own_layout_is_one(world: World) -> None:
    plan = assetpkg.plan(native(), assetpkg.Instance.from_package(read(world)), mode="Merge")
    assert {change.action.value for change in plan.changes} == {"keep"}


@EVERY_WORLD
def test_converted_there_and_back_it_is_the_same_byte_for_byte(world: World, tmp_path: Path) -> None:
    original = tmp_path / "export.zip"
    original.write_bytes(world.zip(documents()))
    package = assetpkg.read(original, layouts=LAYOUTS)
    converted = convert(package).package
    assert assetpkg.check(converted) == []
    assert {found.address for found in converted.resources} == {found.address for found in native().resources}
    assert layout_in(converted) == world.layout
    moved = original.rename(tmp_path / "moved.zip")
    found = put_back(converted, assetpkg.read(moved, layouts=LAYOUTS))
    write_copy(found, str(moved), tmp_path / "again.zip")
    assert found.changed == ()
    assert (tmp_path / "again.zip").read_bytes() == moved.read_bytes()


@pytest.mark.parametrize("world", [ROWS, NESTED], ids=lambda world: world.name)
def test_a_folder_and_its_zip_have_one_digest(world: World, tmp_path: Path) -> None:
    package = read(world)
    assetpkg.unpack(package, tmp_path / "folder")
    folder = assetpkg.read(tmp_path / "folder", layouts=LAYOUTS)
    assetpkg.write(folder, tmp_path / "again.zip")
    assert package.digest == folder.digest == assetpkg.read(tmp_path / "again.zip", layouts=LAYOUTS).digest


@EVERY_WORLD
def test_a_value_that_is_changed_is_the_only_one_that_is_different(world: World) -> None:
    package = read(world)
    before = {found.address: package.document(found.address) for found in package.resources}
    for address in list(before)[1 :: 4 if THOROUGH else 15]:
        key = next(key for key in ("remark", "description", "datasource_type", "name") if key in before[address])
        changed = {**before[address], key: 'new "text" \\ 新'}
        again = read(world, zip_of(package.with_document(address, changed)))
        after = [again.document(found.address) for found in again.resources]
        old = [document for known, document in before.items() if known != address]
        assert sorted(map(json.dumps, after)) == sorted(map(json.dumps, [*old, changed]))


@EVERY_WORLD
def test_all_other_bytes_stay(world: World) -> None:
    package = read(world)
    topic = next(found for found in package.resources if found.path.kind == "topic")
    changed = package.with_document(topic.address, {**package.document(topic.address), "name": "@@@"})
    restored = package.layout.restored(package.archive)
    old, new = (archive.entries for archive in (restored, changed.layout.restored(changed.archive)))
    (name,) = (name for name in old if old[name].read() != new[name].read())
    assert restored.size == len(world.zip(documents())), "it is the very archive"
    assert old.keys() == new.keys()
    if not name.endswith((".zip", ".jsonl")):
        one, other = old[name].read(), new[name].read()
        start = next(at for at, (before, after) in enumerate(zip(one, other, strict=False)) if before != after)
        assert one[:start] + other[start:] == one[:start] + b"@@@" + one[start + len(one) - len(other) + 3 :]


@SOME_WORLDS
def test_a_copy_without_credentials_has_none(world: World) -> None:
    word = "Zx9-hunter-77-kQ"
    held = [
        (kind, {**document, "content": {**document["content"], "password": word}})
        if kind == "datasource"
        else (kind, document)
        for kind, document in documents()
    ]
    package = read(world, world.zip(held))
    copy = assetpkg.redact(package)
    again = read(world, zip_of(copy.package))
    assert copy.replaced
    assert not list(again.credentials)
    assert all(word not in json.dumps(again.document(found.address)) for found in again.resources)
    assert len(again.resources) == len(package.resources)


@SOME_WORLDS
def test_its_parts_are_of_the_same_layout_and_hold_everything(world: World) -> None:
    package = read(world)
    parts = [read(world, zip_of(batch.package)) for batch in assetpkg.split(package, 3).batches]
    assert len(parts) > 1
    held = [found.address for part in parts for found in part.resources]
    assert sorted(held) == sorted(found.address for found in package.resources)


@EVERY_WORLD
def test_a_layout_file_is_written_as_it_is_read(world: World) -> None:
    text = layout_text(world.layout)
    assert parse_layout(text.encode(), "layout.toml") == world.layout
    assert layout_text(parse_layout(text.encode(), "layout.toml")) == text


def _rows(contents: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the rows of an export with their documents as values: that program has their members in its own order."""
    return [{**row, "content": json.loads(row["content"])} for row in json.loads(contents["rows.json"])["rows"]]


def test_the_sample_is_what_another_program_makes_of_the_package() -> None:
    found = {name: entry.read() for name, entry in read_archive(SAMPLES / "export.zip").entries.items()}
    made = ROWS.make(documents())
    assert found["export.json"] == made["export.json"]
    assert _rows(found) == _rows(made)
    assert (SAMPLES / "export.toml").read_text() == layout_text(ROWS.layout)
