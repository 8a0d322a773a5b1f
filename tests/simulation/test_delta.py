"""Parts of packages that are refused, and what is odd in those that are not."""

from pathlib import Path

import pytest

import assetpkg
from tests.build import API, edited, make_package
from tests.conftest import SAMPLES
from tests.package.test_foreign_layout import WHOLE, toy

PACKAGE = make_package()


@pytest.mark.parametrize(
    ("only", "sentence"),
    [
        ("apis/*", "no resource has an address like 'apis/*'; did you mean 'api/*'?"),
        ("api/Shop/ordesr/*", "no resource has an address like 'api/Shop/ordesr/*'; did you mean 'api/Shop/orders/*'?"),
        (
            "topic/order-event",
            "no resource has an address like 'topic/order-event'; did you mean 'topic/order-events'?",
        ),
    ],
)
def test_a_glob_that_fits_nothing_is_refused(only: str, sentence: str) -> None:
    for globs in ({"only": only}, {"without": [only]}, {"only": ["api/*", only]}):
        with pytest.raises(assetpkg.UnknownAddress) as refused:
            assetpkg.subset(PACKAGE, **globs)
        assert str(refused.value) == sentence


def test_a_glob_may_be_for_what_only_the_earlier_package_has() -> None:
    found = assetpkg.subset(make_package({"topics/order-events.json": None}), "topic/*", since=PACKAGE)
    assert (found.package, dict(found.gone)) == (None, {"topic/order-events": None})


def test_an_address_is_a_glob_for_itself() -> None:
    name = "of [all] {id}"
    package = make_package({"apis/Shop/orders/get-order.json": edited(API, name=name)})
    assert list(assetpkg.subset(package, f"api/Shop/orders/{name}").chosen) == [f"api/Shop/orders/{name}"]


def test_a_part_of_another_layout_has_the_bytes_of_the_archive(tmp_path: Path) -> None:
    layout, whole = assetpkg.read_layout(SAMPLES / "export.toml"), tmp_path / "whole"
    taught = assetpkg.read(SAMPLES / "export.zip", layouts=[layout])
    assetpkg.unpack(taught, whole)
    found = assetpkg.subset(taught, "topic/orders")
    assert found.package is not None
    assetpkg.unpack(found.package, tmp_path / "part")
    part = assetpkg.read(tmp_path / "part", layouts=[layout])
    assert list(part.index.by_address) == ["application/Order Center", "topic/orders"]
    assert (tmp_path / "part" / "export.json").read_bytes() == (whole / "export.json").read_bytes()
    lines = (whole / "rows.json").read_bytes().splitlines()
    assert {line.rstrip(b",") for line in (tmp_path / "part" / "rows.json").read_bytes().splitlines()} <= {
        line.rstrip(b",") for line in lines
    }
    assert assetpkg.subset(taught, since=part, dependencies=False).left == tuple(part.index.by_address)
    assert assetpkg.subset(part, since=taught).package is None


def test_a_part_of_a_file_is_refused() -> None:
    with pytest.raises(assetpkg.InvalidPackage, match="contains several resources"):
        assetpkg.subset(toy(WHOLE), "application/*")


def test_a_file_that_changes_meanwhile_is_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    assetpkg.unpack(PACKAGE, folder)
    part = assetpkg.subset(assetpkg.read(folder), "topic/*").package
    assert part is not None
    (folder / "topics" / "order-events.json").write_bytes(b'{"name": "other"}')
    with pytest.raises(assetpkg.InvalidPackage, match="it changed after"):
        assetpkg.write(part, tmp_path / "part.zip")
    assert not (tmp_path / "part.zip").exists()
