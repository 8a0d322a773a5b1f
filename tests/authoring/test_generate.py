"""Packages that are made up: valid, the same every time, of the size that was asked for, with a target beside them."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest

from assetpkg import ImportOptions, Mode, Package, check, plan
from assetpkg.authoring.generate import Blueprint, Scale, draft, draw, generate
from assetpkg.authoring.recipes import RECIPES
from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.package.package import load
from assetpkg.package.packing import zip_of
from assetpkg.planning.changes import Action
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.conftest import THOROUGH

MERGE = ImportOptions(mode=Mode.MERGE)
SMALL = Scale(resources=120, size=3_000)

MANY = 200 if THOROUGH else 80

SCALES = [
    pytest.param(Scale(resources=16, size=1_000), id="one of each kind"),
    pytest.param(Scale(resources=20, size=10_000), id="small"),
    pytest.param(SMALL, id="many"),
    pytest.param(Scale(resources=40 if THOROUGH else 20, size=1_000_000 if THOROUGH else 60_000), id="large documents"),
    pytest.param(Scale(resources=MANY, apis=10, size=1_000), id="few APIs"),
    pytest.param(Scale(resources=MANY, apis=MANY - 20, size=1_000, seed=7), id="many APIs"),
    pytest.param(Scale(resources=60, applications=1, tasks=1, size=1_000), id="one application, one task"),
]


def counts_of(package: Package) -> Counter[str]:
    return Counter(resource.path.kind for resource in package.resources)


@pytest.mark.parametrize("scale", SCALES)
def test_a_package_and_its_target_have_nothing_to_find(scale: Scale) -> None:
    blueprint = draw(scale)
    for made in (blueprint, blueprint.twin(), blueprint.twin(same_ids=True)):
        package = load(made.archive())
        assert check(package) == []
        assert len(package.resources) == scale.resources
        assert list(package.credentials) == []


@pytest.mark.parametrize("scale", SCALES)
def test_every_reference_leads_to_a_resource(scale: Scale) -> None:
    index = generate(scale).index
    references = [reference for resource in index.resources for reference in resource.references]
    assert references
    assert [reference for reference in references if index.resolve(reference) is None] == []


def test_every_kind_that_is_imported_is_made_and_every_kind_refers_to_all_that_it_can() -> None:
    assert set(RECIPES) == {word for word, kind in KINDS.items() if kind.imported}
    package = generate(SMALL)
    assert set(counts_of(package)) == set(RECIPES)
    used = {(resource.path.kind, found.kind) for resource in package.resources for found in resource.references}
    assert used >= {
        ("api", "api_group"), ("api", "application"), ("api", "authorizer"), ("api", "backend_api"),
        ("api", "load_channel"), ("api_group", "application"), ("app_authorization", "api"),
        ("authorizer", "backend_api"), ("backend_api", "datasource"), ("composite_task", "datasource"),
        ("product", "product_template"), ("scheduled_api_task", "api"), ("task", "datasource"),
        ("topic", "application"),
    }  # fmt: skip
    assert any(
        reference.pointer.startswith("/task_detail/")
        for resource in package.index.resources_of("task")
        for reference in resource.references
    )


def test_the_same_seed_gives_the_same_bytes() -> None:
    pieces = b"".join(draw(SMALL).zip())
    assert hashlib.sha256(pieces).digest() == hashlib.sha256(b"".join(draw(SMALL).zip())).digest()
    assert pieces == zip_of(generate(SMALL))
    assert generate(replace(SMALL, seed=2)).digest != generate(SMALL).digest
    twin = draw(SMALL).twin()
    assert b"".join(twin.snapshot()) == b"".join(draw(SMALL).twin().snapshot())
    assert b"".join(twin.zip()) == zip_of(load(twin.archive()))


@pytest.mark.parametrize(
    ("scale", "counts"),
    [
        (Scale(resources=1_000), {"application": 20, "task": 60, "composite_task": 20, "datasource": 99, "api": 616}),
        (Scale(resources=20_000), {"application": 20, "task": 60, "composite_task": 20, "datasource": 500}),
        (Scale(resources=5_100, apis=5_000), {"api": 5_000, "api_group": 9}),
        (Scale(resources=500, applications=150, tasks=120), {"application": 150, "task": 90, "composite_task": 30}),
        (Scale(resources=5_020, apis=5_000), {"api": 5_000, "api_group": 5}),
    ],
)
def test_there_are_as_many_as_asked_for(scale: Scale, counts: dict[str, int]) -> None:
    made = draw(scale)
    found = Counter(row.kind for row in made.rows)
    assert found.total() == scale.resources
    assert {kind: found[kind] for kind in counts} == counts


@pytest.mark.parametrize("size", [3_000, 20_000, 200_000])
def test_documents_are_about_as_large_as_asked_for(size: int) -> None:
    archive = draw(Scale(resources=60, size=size)).archive()
    average = sum(entry.size for entry in archive.entries.values()) / 60
    assert 0.8 * size < average < 1.2 * size


@pytest.mark.parametrize(
    ("scale", "reason"),
    [
        (Scale(resources=10), "10 resources are too few for these numbers of them; 16 would do"),
        (Scale(resources=100, apis=90), "100 resources are too few for these numbers of them; 105 would do"),
        (Scale(resources=100, applications=90), "are too few"),
        (Scale(resources=60_000, size=100_000), "6,000,000,000 bytes are more than the 1,073,741,824 that are read"),
    ],
)
def test_what_cannot_be_made_is_refused(scale: Scale, reason: str) -> None:
    with pytest.raises(InvalidOption, match=reason):
        draw(scale)


def target_of(twin: Blueprint) -> Instance:
    return parse_snapshot(b"".join(twin.snapshot()), "target.json")


@pytest.mark.parametrize("same_ids", [False, True])
def test_a_plan_against_the_target_has_every_action(*, same_ids: bool) -> None:
    blueprint = draw(Scale(resources=300, size=1_000))
    package, target = generate(Scale(resources=300, size=1_000)), target_of(blueprint.twin(same_ids=same_ids))
    found = plan(package, target, MERGE)
    assert found.count(Action.KEEP) > 200
    assert 5 <= found.count(Action.UNDETERMINED) <= 20
    assert found.count(Action.CREATE) > 0
    assert found.untouched > 0
    again = plan(package, target)
    assert again.count(Action.CONFLICT) > 200
    assert again.count(Action.CREATE) > 0


def test_the_target_has_other_ids_and_mostly_the_same_names() -> None:
    blueprint = draw(Scale(resources=300, size=1_000))
    package, other, same = (
        load(made.archive()) for made in (blueprint, blueprint.twin(), blueprint.twin(same_ids=True))
    )
    ids = {resource.id for resource in package.resources if resource.id_given}
    assert not ids & {resource.id for resource in other.resources if resource.id_given}
    assert len(ids & {resource.id for resource in same.resources}) > 280
    names = {resource.name for resource in package.index.resources_of("datasource")}
    kept = names & {resource.name for resource in other.index.resources_of("datasource")}
    assert 0.5 * len(names) < len(kept) < len(names)


def test_numbers_of_any_kind_can_be_given() -> None:
    package = load(draft({"application": 2, "api_group": 3, "api": 9}, 1_500).archive())
    assert counts_of(package) == {"application": 2, "api_group": 3, "api": 9}
    assert check(package) == []
