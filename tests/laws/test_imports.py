import random

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, ImportOptions, Mode, Reason
from assetpkg.package.package import Package, load
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode, make_instance
from tests.laws.strategies import PREFIXES, Document, Draw, contents_of, laws, packages, snapshot_of

RANDOM = st.randoms(use_true_random=False)
MERGE = ImportOptions(mode=Mode.MERGE)


@st.composite
def drifted(draw: Draw, package: Package) -> Instance:
    """Draw a target that has some of the package, some of it changed, and does not know everything."""
    snapshot = snapshot_of(package, random.Random(draw(st.integers(0, 1000))))  # noqa: S311 - only another order
    for members in snapshot["resources"].values():
        members[:] = [member for member in members if draw(st.integers(0, 3))]
        for member in members:
            if draw(st.booleans()):
                member["description"] = draw(st.text("ab", min_size=1))
    snapshot["covers"] = [kind for kind in snapshot["covers"] if draw(st.integers(0, 4))]
    return parse_snapshot(encode(snapshot), "target.json")


@st.composite
def options(draw: Draw) -> ImportOptions:
    chosen = {name: draw(st.sampled_from(known.values)) for name, known in ASSUMPTIONS.items()}
    return ImportOptions(
        mode=draw(st.sampled_from(Mode)),
        prefix=draw(st.just("") | PREFIXES),
        datasource_overwrite=draw(st.booleans()),
        assumptions=chosen,
    )


@laws
@given(packages())
def test_an_empty_target_gets_everything_created(package: Package) -> None:
    plan = assetpkg.plan(package, make_instance())
    assert {(change.action, change.reason) for change in plan.changes} == {(Action.CREATE, Reason.ABSENT)}
    assert {change.action for change in assetpkg.plan(package, make_instance(), MERGE).changes} == {Action.CREATE}


@laws
@given(packages(), st.booleans())
def test_merging_a_package_into_itself_changes_nothing(package: Package, overwrite: bool) -> None:  # noqa: FBT001 - drawn
    merge = ImportOptions(mode=Mode.MERGE, datasource_overwrite=overwrite)
    plan = assetpkg.plan(package, Instance.from_package(package), merge)
    assert {(change.action, change.reason, change.fields) for change in plan.changes} == {
        (Action.KEEP, Reason.IDENTICAL, ())
    }
    assert plan.untouched == 0


@laws
@given(packages(), RANDOM)
def test_merging_into_what_means_the_same_changes_nothing(package: Package, chance: random.Random) -> None:
    target = parse_snapshot(encode(snapshot_of(package, chance)), "target.json")
    for change in assetpkg.plan(package, target, MERGE).changes:
        assert (change.address, change.action, change.fields) == (change.address, Action.KEEP, ())


@laws
@given(packages(), st.data())
def test_every_resource_is_in_the_plan_once(package: Package, data: st.DataObject) -> None:
    copies = {f"{name.removesuffix('.json')} copy.json": content for name, content in contents_of(package).items()}
    chosen = data.draw(st.sets(st.sampled_from(sorted(copies))))
    doubled = load(package.archive.with_contents({name: copies[name] for name in chosen if "/" in name}))
    target = data.draw(st.none() | drifted(package))
    plan = assetpkg.plan(doubled, target, data.draw(options()))
    assert [change.address for change in plan.changes] == [resource.address for resource in doubled.resources]
    assert len({change.address for change in plan.changes}) == len(doubled.inspections) - sum(
        not found.readable for found in doubled.inspections.values()
    )


@laws
@given(packages(), st.data())
def test_addnew_never_updates(package: Package, data: st.DataObject) -> None:
    chosen = data.draw(options())
    addnew = ImportOptions(prefix=chosen.prefix, datasource_overwrite=chosen.datasource_overwrite)
    plan = assetpkg.plan(package, data.draw(st.none() | drifted(package)), addnew)
    assert {change.action for change in plan.changes} <= {Action.CREATE, Action.CONFLICT, Action.UNDETERMINED}
    assert not plan.count(Action.UPDATE)


@laws
@given(packages(), st.data())
def test_addnew_into_the_same_package_creates_nothing_that_is_there(package: Package, data: st.DataObject) -> None:
    plan = assetpkg.plan(package, Instance.from_package(package))
    assert {change.action for change in plan.changes} == {Action.CONFLICT}
    kept = data.draw(st.sampled_from([resource.address for resource in package.resources]))
    one = assetpkg.plan(package, Instance.from_package(package.without(kept)))
    assert next(change for change in one.changes if change.address == kept).reason is not Reason.NAME_TAKEN


@laws
@given(packages())
def test_without_a_target_every_create_is_unverified(package: Package) -> None:
    for change in assetpkg.plan(package).changes:
        assert (change.action, change.reason) == (Action.CREATE, Reason.UNVERIFIED)


@laws
@given(packages(), st.data())
def test_a_plan_only_names_what_there_is(package: Package, data: st.DataObject) -> None:
    target: Instance | None = data.draw(st.none() | drifted(package))
    plan = assetpkg.plan(package, target, data.draw(options()))
    addresses = {resource.address for resource in package.resources}
    for change in plan.changes:
        assert set(change.depends_on) <= addresses - {change.address}
        assert set(change.assumptions) <= set(ASSUMPTIONS)
        assert change.basis
    assert 0 <= plan.untouched <= (len(target.index.resources) if target else 0)


def test_documents_are_what_a_snapshot_is_made_of() -> None:
    package = assetpkg.Package.new("shop").with_resource("application", {"name": "Shop"})
    resources: dict[str, list[Document]] = snapshot_of(package, random.Random(0))["resources"]  # noqa: S311
    assert [member["name"] for member in resources["application"]] == ["Shop"]
