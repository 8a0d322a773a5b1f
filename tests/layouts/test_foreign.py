"""The same laws over archives that another generator makes, with documents of every kind and its own layout files."""

from functools import cache

import pytest

import assetpkg
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.authoring.convert import convert, put_back
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.reading import parse_layout
from assetpkg.package.package import Package, load
from assetpkg.package.packing import zip_of
from tests.conftest import THOROUGH
from tests.foreign.archives import LAYOUTS, make_foreign
from tests.layouts.test_laws import said

CHOSEN = list(LAYOUTS) if THOROUGH else list(LAYOUTS)[::3]
EVERY_LAYOUT = pytest.mark.parametrize("name", CHOSEN)


def layout_of(name: str) -> LayoutFile:
    return parse_layout(make_foreign(name).layout_file().encode(), name)


@cache
def taught() -> list[LayoutFile]:
    return [layout_of(name) for name in LAYOUTS]


@cache
def seen(name: str) -> Package:
    """The archive under its true layout, where all of them are taught."""
    return load(parse_archive(make_foreign(name).zip(), origin="export.zip"), layouts=taught())


@EVERY_LAYOUT
def test_what_is_found_is_what_there_is(name: str) -> None:
    package = seen(name)
    assert package.layout.taught == (layout_of(name),)
    assert len(package.resources) == len(make_foreign(name).truth)
    assert {found.code for found in assetpkg.check(package) if found.code.startswith("PKG")} <= {"PKG030"}


@EVERY_LAYOUT
def test_the_plan_is_that_of_the_own_layout(name: str) -> None:
    native = load(Archive.from_contents(make_foreign(name).native()))
    assert said(assetpkg.plan(seen(name))) == said(assetpkg.plan(native))
    target = assetpkg.Instance.from_package(native)
    assert said(assetpkg.plan(seen(name), target, mode="Merge")) == said(assetpkg.plan(native, target, mode="Merge"))


@EVERY_LAYOUT
def test_converted_there_and_back_nothing_is_different(name: str) -> None:
    package = seen(name)
    found = put_back(convert(package).package, package)
    assert found.changed == ()
    assert found.archive.size == len(make_foreign(name).zip()), "it is the very archive"


@EVERY_LAYOUT
def test_a_change_gets_to_its_place(name: str) -> None:
    package = seen(name)
    for resource in package.resources[:: 60 if not THOROUGH else 5]:
        document = package.document(resource.address)
        key = next((key for key in ("remark", "description", "req_uri", "task_name") if key in document), None)
        if key is None:
            continue
        changed = package.with_document(resource.address, {**document, key: f"{document[key]} 新\t"})
        again = load(parse_archive(zip_of(changed), origin="export.zip"), layouts=taught())
        before, after = documents_in(package), documents_in(again)
        assert [each for each in after if each not in before] == [{**document, key: f"{document[key]} 新\t"}]


def documents_in(package: Package) -> list[object]:
    return [package.document(found.address) for found in package.resources]
