"""New resources: of every kind, checked, with what they need, and never over what is there."""

import json
from pathlib import Path

import pytest

import assetpkg
from assetpkg.authoring.recipes import RECIPES
from assetpkg.authoring.recipes.smallest import SMALLEST, Uses
from assetpkg.json_schema.published import BASE, published_schema
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, name_fields
from tests.tables import every_row

NAMES = {"domain": ("one.example.com", "two.example.com")}
"""Names that a kind allows, where it does not allow what others do."""
NAMELESS = [
    kind
    for kind, known in KINDS.items()
    if all(isinstance(SMALLEST[kind].get(field.name), Uses) for field in name_fields(known))
]
"""Kinds that are named by nothing but what they refer to."""


def test_every_kind_can_be_made() -> None:
    assert list(SMALLEST) == list(KINDS)
    assert set(RECIPES) <= set(SMALLEST)


@every_row("kind", KINDS)
def test_what_is_made_checks_clean(kind: str) -> None:
    package = assetpkg.Package.new("shop")
    one, two = NAMES.get(kind, ("first", "second"))
    first = assetpkg.new(package, kind, one, with_parents=True)
    made = [first]
    if kind not in NAMELESS and kind != "app_authorization":
        below = [found.address for found in first.made[:-1]]
        below = [address for address in below if address.partition("/")[0] in needed(kind)]
        made.append(assetpkg.new(first.package, kind, two, below=below))
        assert [found.path.kind for found in made[1].made] == [kind]
    for each in made:
        assert list(assetpkg.check(each.package)) == []
        document = each.package.document(each.made[-1].address)
        assert document["$schema"] == json.loads(published_schema(kind))["$id"] == f"{BASE}{kind}.json"
        assert {field.name for field in fields_of(KINDS[kind]).values() if field.required} <= document.keys()
        assert assetpkg.fmt(each.package).changed == ()


def needed(kind: str) -> set[str]:
    """Return the kinds that the smallest document of a kind refers to."""
    values = [item for value in SMALLEST[kind].values() for item in (value if isinstance(value, list) else [value])]
    return {value.kind for value in values if isinstance(value, Uses)}


def test_names_become_files_that_every_system_has(tmp_path: Path) -> None:
    package = assetpkg.new_package(tmp_path / "shop", "订单/x")
    for name in ("CON", "订单 (新)", "aux.x", "a.b"):
        making = assetpkg.new(package, "application", name)
        making.write(tmp_path / "shop")
        package = making.package
    again = assetpkg.read(tmp_path / "shop")
    assert list(assetpkg.check(again)) == []
    assert {found.name for found in again.resources} == {"CON", "订单 (新)", "aux.x", "a.b"}
    assert again.digest == package.digest
    assert again.name == "订单/x"


def test_nothing_is_overwritten_or_written_through_a_link(tmp_path: Path) -> None:
    package = assetpkg.new_package(tmp_path / "shop", "shop")
    making = assetpkg.new(package, "application", "Shop")
    file = tmp_path / "shop" / "applications" / "Shop.json"
    file.parent.mkdir()
    file.write_text("not JSON")
    with pytest.raises(assetpkg.CannotWrite, match="exists, and nothing is overwritten"):
        making.write(tmp_path / "shop")
    assert file.read_text() == "not JSON"
    # Known to be there, it has another name beside it.
    beside = assetpkg.new(assetpkg.read(tmp_path / "shop"), "application", "Shop")
    assert beside.made[0].entry == "applications/%53hop.json"
    file.unlink()
    file.parent.rmdir()
    (tmp_path / "elsewhere").mkdir()
    file.parent.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(assetpkg.CannotWrite, match="is a link"):
        making.write(tmp_path / "shop")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    with pytest.raises(assetpkg.CannotWrite, match="not an empty folder"):
        assetpkg.new_package(tmp_path / "shop", "shop")
