"""A layout is a value: another one, with many resources in one document, is read, checked, planned and shown."""

import json
from typing import Any

import pytest

from assetpkg.archive.archive import Archive
from assetpkg.authoring.redact.redact import redact
from assetpkg.authoring.split import split
from assetpkg.errors import InvalidPackage
from assetpkg.kinds import KINDS
from assetpkg.package.layout import Holding, Layout
from assetpkg.package.package import Package, load
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.options import ImportOptions
from assetpkg.report.show import report_show
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from assetpkg.simulation.plan import plan
from tests.build import API, APPLICATION, GROUP, TOPIC, edited, encode, make_instance

LISTS = tuple(Holding(kind, f"/resources/{word}", listed=True) for word, kind in KINDS.items())
SINGLE = (Holding(KINDS["application"], "/application"),)
TOY = Layout(
    format="toy/1",
    manifest="about.json",
    holdings=lambda entry: {"all.json": LISTS, "shop.json": SINGLE}.get(entry, ()),
)
HUNTER = "hunter2-hunter2"


def toy(resources: dict[str, list[Any]], **files: Any) -> Package:
    contents = {
        "about.json": encode({"format": "toy/1", "asset_version": "1.0", "name": "toys"}),
        "all.json": encode({"resources": resources}),
        **{f"{name}.json": encode(document) for name, document in files.items()},
    }
    return load(Archive.from_contents(contents), layout=TOY)


WHOLE = {
    "application": [APPLICATION],
    "api_group": [GROUP],
    "api": [API, edited(API, id="2", name="put-order", req_method="PUT")],
}


def told(package: Package, policy: Policy | None = None) -> list[str]:
    return [
        f"{found.code} {found.location.entry}:{found.location.line}:{found.location.column} {found.location.pointer}"
        for found in check(package, policy)
    ]


def test_resources_are_parts_of_a_document() -> None:
    package = toy(WHOLE)
    assert package.understood
    assert [(found.address, found.place) for found in package.resources] == [
        ("application/Shop", ("all.json", "/resources/application/0")),
        ("api_group/Shop/orders", ("all.json", "/resources/api_group/0")),
        ("api/Shop/orders/get-order", ("all.json", "/resources/api/0")),
        ("api/Shop/orders/put-order", ("all.json", "/resources/api/1")),
    ]
    assert package.document("api/Shop/orders/put-order")["req_method"] == "PUT"
    assert [found.entry for found in report_show(package, ((each, None) for each in package.resources)).resources] == [
        "all.json"
    ] * 4
    assert told(package) == []


def test_a_single_resource_may_be_below_a_member() -> None:
    package = toy({}, shop={"application": APPLICATION})
    assert [(found.address, found.place.pointer) for found in package.resources] == [
        ("application/Shop", "/application")
    ]


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        pytest.param({"req_method": "FETCH"}, "RSC014", "/req_method", id="a fault"),
        pytest.param({"group_id": "lost"}, "REF001", "/group_id", id="a reference"),
        pytest.param({"authorizer_id": "x", "password": HUNTER}, "SEC001", "/password", id="a credential"),
    ],
)
def test_a_finding_has_line_and_column_in_the_whole_document(change: dict[str, Any], code: str, pointer: str) -> None:
    package = toy({**WHOLE, "api": [API, edited(API, id="2", name="put-order", **change)]})
    text = package.archive.entries["all.json"].read().decode()
    before = text[: text.index(json.dumps(next(iter(change.values())) if code != "SEC001" else HUNTER))]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert f"{code} all.json:{line}:{column} /resources/api/1{pointer}" in told(package)


def test_what_keeps_a_part_from_being_read_is_told_with_its_place() -> None:
    package = toy({"topic": [TOPIC, {"app_id": "shop-key"}]})
    assert package.damaged[0][0] == "all.json"
    assert package.damaged[0][1].startswith("at '/resources/topic/1', ")


def test_a_document_that_is_not_json_has_no_resources() -> None:
    contents = {
        "about.json": encode({"format": "toy/1", "asset_version": "1.0", "name": "toys"}),
        "all.json": b'{"a": 1,\n}',
    }
    package = load(Archive.from_contents(contents), layout=TOY)
    assert package.resources == ()
    assert [line.split()[:2] for line in told(package)] == [["RSC001", "all.json:1:8"]]


def test_a_policy_finds_the_kind_of_a_part() -> None:
    package = toy({**WHOLE, "api": [edited(API, req_method="FETCH")]})
    assert any(line.startswith("RSC") for line in told(package))
    assert not any(line.startswith("RSC") for line in told(package, Policy.parse(per_kind={"api": ["RSC"]})))
    assert any(line.startswith("RSC") for line in told(package, Policy.parse(per_kind={"topic": ["RSC"]})))


def test_an_import_is_planned() -> None:
    target = make_instance({"application": [APPLICATION], "api_group": [GROUP], "api": [edited(API, remark="x")]})
    changes = plan(toy(WHOLE), target, ImportOptions()).changes
    assert {(change.address, change.place.pointer) for change in changes} == {
        (found.address, found.place.pointer) for found in toy(WHOLE).resources
    }


def test_credentials_are_replaced_in_their_parts() -> None:
    package = toy({**WHOLE, "api": [edited(API, password=HUNTER)]})
    (replaced,) = redact(package).replaced
    assert (replaced.entry, replaced.address, replaced.pointer) == (
        "all.json",
        "api/Shop/orders/get-order",
        "/resources/api/0/password",
    )
    assert redact(package).package.layout is TOY
    places = [place for resource in package.resources for place in credentials_of(package, resource)]
    assert {place.pointer for place in places if place.present} == {"/password"}


def test_parts_are_not_changed_one_by_one() -> None:
    package = toy(WHOLE)
    for change in (
        lambda: package.with_resource("topic", TOPIC),
        lambda: package.with_document("application/Shop", APPLICATION),
        lambda: package.without("application/Shop"),
        lambda: split(package),
    ):
        with pytest.raises(InvalidPackage):
            change()
