"""What cannot be put back into an archive of another layout is refused, with the reason."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import parse_archive
from assetpkg.authoring.convert import convert, layout_in, put_back, write_copy
from assetpkg.errors import InvalidPackage
from assetpkg.package.layout import ORIGINS
from assetpkg.package.package import Package, load
from tests.conftest import SAMPLES
from tests.layouts.worlds import FOLDERS, ROWS, TREE, World, documents_of


def original_of(world: World) -> Package:
    documents = documents_of(assetpkg.read(SAMPLES / "order-center"))
    return load(parse_archive(world.zip(documents), origin="export.zip"), layouts=[world.layout])


def address_of(package: Package, kind: str) -> str:
    return next(found.address for found in package.resources if found.path.kind == kind)


def edited(package: Package, kind: str, **changes: Any) -> Package:
    address = address_of(package, kind)
    document = {**package.document(address), **changes}
    return package.with_document(address, {key: value for key, value in document.items() if value is not ...})


def raw(package: Package, name: str, content: bytes | None) -> Package:
    archive = package.archive.without(name) if content is None else package.archive.with_contents({name: content})
    return load(archive)


REFUSED: dict[str, tuple[World, Callable[[Package], Package], str]] = {
    "a value that others inherit": (
        TREE,
        lambda folder: edited(folder, "datasource", app_id="0e4a4e5c7e2d4f609c3b0d8a4f6b1c11"),
        "the archive would say something else of it, since a value is inherited by others, is a part of the layout, or",
    ),
    "an inherited value that is taken away": (
        TREE,
        lambda folder: edited(folder, "datasource", app_id=...),
        "cannot be put back: it is inherited there, and cannot be taken away for one resource",
    ),
    "a part of the name of an entry": (
        FOLDERS,
        lambda folder: edited(folder, "datasource", datasource_name="another"),
        "cannot be put back: it is a part of the name of the entry",
    ),
    "a new resource": (
        ROWS,
        lambda folder: folder.with_resource("topic", {"name": "new", "app_id": "x", "access_policy": "all"}),
        "'topics/new.json' cannot be put back: it is new, and nobody knows where the archive has new ones",
    ),
    "a resource that is gone": (
        ROWS,
        lambda folder: folder.without(address_of(folder, "topic")),
        "cannot be put back: it is gone or renamed, and only values are changed",
    ),
    "the asset version": (
        ROWS,
        lambda folder: raw(
            folder, "manifest.json", json.dumps({**folder.manifest.document, "asset_version": "1.7"}).encode()
        ),
        "the asset version cannot be put back; write '1.0' into 'manifest.json' again",
    ),
    "no record": (ROWS, lambda folder: raw(folder, ORIGINS, None), "so nobody knows what it was made of"),
    "a damaged record": (ROWS, lambda folder: raw(folder, ORIGINS, b"{}"), "is damaged; convert the archive again"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_put_back_is_refused_with_the_reason(case: str) -> None:
    world, change, reason = REFUSED[case]
    original = original_of(world)
    folder = change(convert(original).package)
    with pytest.raises(InvalidPackage, match=reason):
        put_back(folder, original)


def test_another_archive_is_refused() -> None:
    original = original_of(ROWS)
    folder = convert(original).package
    other = load(parse_archive(ROWS.zip(documents_of(original)[:-1]), origin="other.zip"), layouts=[layout_in(folder)])
    with pytest.raises(InvalidPackage, match="is not the archive that the folder was made of"):
        put_back(folder, other)


def test_the_own_layout_needs_no_conversion() -> None:
    with pytest.raises(InvalidPackage, match="is of the layout assetpkg/1 already"):
        convert(assetpkg.read(SAMPLES / "order-center"))


def test_a_value_that_is_changed_everywhere_is_put_back() -> None:
    original = original_of(TREE)
    folder = convert(original).package
    application = address_of(folder, "application")
    old = folder.document(application)["id"]
    changes = {}
    for resource in folder.resources:
        text = json.dumps(folder.document(resource.address))
        if old in text:
            changes[resource.address] = json.loads(text.replace(old, "f" * 32))
    found = put_back(folder.with_changes(changed=changes), original)
    again = load(found.archive, layouts=[TREE.layout])
    assert {json.dumps(again.document(each.address)) for each in again.resources} >= {
        json.dumps(document) for address, document in changes.items() if not address.startswith("application/")
    }


def test_a_copy_keeps_what_the_original_has_beside_its_contents(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in ROWS.make(documents_of(assetpkg.read(SAMPLES / "order-center"))).items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content)
        archive.writestr(zipfile.ZipInfo("empty/", (2024, 5, 6, 7, 8, 10)), b"")
        archive.comment = b"of the program"
    (tmp_path / "export.zip").write_bytes(out.getvalue())
    original = assetpkg.read(tmp_path / "export.zip", layouts=[ROWS.layout])
    found = put_back(edited(convert(original).package, "topic", name="new_name"), original)
    write_copy(found, str(tmp_path / "export.zip"), tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as before, zipfile.ZipFile(tmp_path / "copy.zip") as after:
        assert after.comment == before.comment
        assert [(each.filename, each.date_time) for each in after.infolist()] == [
            (each.filename, each.date_time) for each in before.infolist()
        ]
        assert after.read("export.json") == before.read("export.json")
        assert b"new_name" in after.read("rows.json")


def test_a_key_that_is_the_name_is_renamed() -> None:
    original = original_of(TREE)
    folder = edited(convert(original).package, "api_group", name="other_group")
    found = put_back(folder, original)
    assert len(found.changed) == 1
    assert "other_group" in {each.name for each in load(found.archive, layouts=[TREE.layout]).resources}
