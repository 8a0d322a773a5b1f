"""Carrying out a plan: the laws of the state that an import ends in."""

from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, ImportOptions, Mode, Plan
from assetpkg.kinds.kind import id_field
from assetpkg.package.package import Package, load
from assetpkg.planning.context import ImportContext
from assetpkg.simulation.outcome.apply import Outcome, apply
from assetpkg.target.instance import Instance
from tests.build import make_instance
from tests.laws.strategies import Document, laws, packages
from tests.laws.test_imports import drifted, options


def imported(package: Package, target: Instance, chosen: ImportOptions) -> tuple[Plan, Outcome]:
    plan = assetpkg.plan(package, target, chosen)
    return plan, apply(plan.planned)


def state(instance: Instance) -> dict[str, Document]:
    return {resource.address: instance.document(resource) for resource in instance.index.resources}


def merging(chosen: ImportOptions) -> ImportOptions:
    return ImportOptions(
        mode=Mode.MERGE,
        prefix=chosen.prefix,
        datasource_overwrite=chosen.datasource_overwrite,
        assumptions=chosen.assumptions,
    )


def has_orphans(plan: Plan) -> bool:
    """Say whether something refers to what a conflict leaves out, and the target has nothing of either."""
    left_out = {change.address for change in plan.with_action(Action.CONFLICT) if not change.matches}
    return any(left_out & set(change.depends_on) for change in plan.changes)


@laws
@given(packages(), st.data())
def test_merging_again_changes_nothing_that_is_settled(package: Package, data: st.DataObject) -> None:
    chosen = merging(data.draw(options()))
    plan, outcome = imported(package, data.draw(drifted(package)), chosen)
    doubted = {fact.address for fact in outcome.undetermined if fact.why in {"who-wins", "prefix-reading"}}
    if has_orphans(plan):
        return
    for first, again in zip(plan.changes, assetpkg.plan(package, outcome.instance, chosen).changes, strict=True):
        if again.action is Action.CONFLICT:
            assert first.action is Action.CONFLICT
        elif again.action not in (Action.OMIT, Action.KEEP):
            assert again.action is Action.UNDETERMINED or first.action is Action.CONFLICT
            assert doubted & {again.target_address, again.address} or first.action is Action.CONFLICT


@laws
@given(packages(), st.data())
def test_what_the_import_is_not_about_stays_as_it_is(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    before = state(target)
    plan, outcome = imported(package, target, chosen)
    after = state(outcome.instance)
    # What is updated may be renamed, and what shares its name with something new may come after that.
    places = {address: outcome.moved.get(address, address) for address in before}
    assert len(after) == len(before) + len(outcome.created)
    assert after.keys() == {*places.values(), *outcome.created}
    for address, place in places.items():
        assert place in {*outcome.updated, *outcome.followed} or after[place] == before[address]
    assert all(outcome.moved[address] != address for address in outcome.moved)
    assert state(target) == before
    assert len(outcome.updated) == plan.count(Action.UPDATE)


@laws
@given(packages(), st.data())
def test_every_create_is_there_and_nothing_dangles(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    plan, outcome = imported(package, target, chosen)
    index = outcome.instance.index
    assert len(outcome.created) == plan.count(Action.CREATE) == len(set(outcome.created))
    doubted = {fact.address for fact in outcome.undetermined if fact.why == "reference"}
    for address in outcome.created:
        for reference in index.by_address[address].references:
            assert not reference.certain or index.resolve(reference) is not None or address in doubted


@laws
@given(packages(), st.data())
def test_a_reference_leads_where_the_plan_says(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    plan, outcome = imported(package, target, chosen)
    setting, index = ImportContext(package, target, chosen), outcome.instance.index
    doubted = {fact.address for fact in outcome.undetermined if fact.why == "reference"}
    if has_orphans(plan):
        return
    for change, address in zip(plan.with_action(Action.CREATE), outcome.created, strict=True):
        resource = package.resource(change.address)
        if address in doubted:
            continue
        led = [index.resolve(use) for use in index.by_address[address].references if use.certain]
        meant = [setting.naming.resolve_after(use) for use in resource.references if use.certain]
        assert [found and found.path for found in led] == meant


@laws
@given(packages(), st.data())
def test_applying_is_deterministic(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    (_, one), (_, other) = imported(package, target, chosen), imported(package, target, chosen)
    assert state(one.instance) == state(other.instance)
    assert (one.created, one.updated, one.undetermined) == (other.created, other.updated, other.undetermined)
    assert one.instance.digest == other.instance.digest


@laws
@given(packages())
def test_an_empty_target_ends_as_the_package(package: Package) -> None:
    # No import carries a credential, such as one that a name happens to have: `orders:secret@host`.
    assume(not any(found.credentials for found in package.resources))
    _, outcome = imported(package, make_instance(), ImportOptions())
    assert set(outcome.created) == {resource.address for resource in package.resources}
    merge = ImportOptions(mode=Mode.MERGE, datasource_overwrite=True)
    again = assetpkg.plan(package, outcome.instance, merge)
    assert {(change.action, change.fields) for change in again.changes} == {(Action.KEEP, ())}
    assert {found.id for found in package.resources if id_field(found.kind)} == {
        found.id for found in outcome.instance.index.resources if id_field(found.kind)
    }


def identified(package: Package) -> Package:
    """Return the package with every id written out: a part does not have the parents that one is derived from."""
    for resource in package.resources:
        known = id_field(resource.kind)
        if known is not None and not resource.id_given:
            whole = {**package.document(resource.address), known.name: resource.id}
            package = package.with_document(resource.address, whole)
    return package


def parts(package: Package, cut: int) -> tuple[Package, Package]:
    """Return the package in two, the first closed under references: kinds are listed in the order of dependence."""
    addresses = [resource.address for resource in package.resources]
    depends = {change.address: change.depends_on for change in assetpkg.plan(package).planned.changes}
    first: set[str] = set()
    waiting = addresses[:cut]
    while waiting:
        address = waiting.pop()
        if address not in first:
            first.add(address)
            waiting.extend(depends[address])
    one, other = package, package
    for entry_of in package.resources:
        if entry_of.address in first:
            other = _dropped(other, entry_of.entry)
        else:
            one = _dropped(one, entry_of.entry)
    return one, other


def _dropped(package: Package, entry: str) -> Package:
    return load(package.archive.without(entry), known=package)


@laws
@given(packages(), st.integers(0, 12), st.sampled_from(Mode), st.sampled_from(["", "dev_"]))
def test_parts_one_after_the_other_end_as_the_whole(package: Package, cut: int, mode: Mode, prefix: str) -> None:
    chosen = ImportOptions(mode=mode, prefix=prefix, assumptions={"prefix-renames": "applications"})
    empty = make_instance()
    package = identified(package)
    plan, whole = imported(package, empty, chosen)
    assume(not plan.count(Action.CONFLICT))
    one, other = parts(package, cut)
    _, first = imported(one, empty, chosen)
    _, second = imported(other, first.instance, chosen)
    assert state(second.instance) == state(whole.instance)


def test_places_are_met_under_every_reading() -> None:
    package = Package.new("shop").with_resource("task", {"task_name": "sync", "task_type": "TIMING"})
    target = make_instance({"task": [{"task_name": "sync"}, {"task_name": "a_sync"}]})
    met = ImportContext(package, target, ImportOptions(prefix="a_")).matching.met_by(package.resource("task/sync"))
    assert [found.name for found in met] == ["a_sync", "sync"]
