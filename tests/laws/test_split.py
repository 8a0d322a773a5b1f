"""Cutting a package: the laws of the parts."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, ImportOptions, Mode
from assetpkg.authoring.split import split
from assetpkg.package.package import Package
from assetpkg.simulation.outcome.apply import apply
from tests.build import make_instance
from tests.laws.strategies import documents_of, laws, packages
from tests.laws.test_imports import drifted, options
from tests.laws.test_outcome import state

LIMITS = st.integers(1, 3)
MATCHING = {"merge-matches": "name", "earlier-ids": "found"}
"""The answers under which a later part finds what an earlier one has merged."""


@laws
@given(packages(), LIMITS, st.booleans())
def test_every_resource_is_in_one_part_and_no_part_is_over_the_limit(
    package: Package,
    most: int,
    together: bool,  # noqa: FBT001 - drawn
) -> None:
    found = split(package, most, together=together)
    entries = [resource.entry for batch in found.batches for resource in batch.package.resources]
    assert sorted(entries) == sorted(resource.entry for resource in package.resources)
    kept = {name for batch in found.batches for name in batch.package.archive.entries}
    assert kept == set(package.archive.entries)
    for batch in found.batches:
        assert (sum if together else max)((0, *batch.counts.values())) <= most
        assert all(number < batch.number for number in batch.needs)


@laws
@given(packages(), LIMITS, st.sampled_from(Mode), st.sampled_from(["", "dev_"]))
def test_the_parts_one_after_the_other_end_as_the_whole(package: Package, most: int, mode: Mode, prefix: str) -> None:
    chosen = ImportOptions(mode=mode, prefix=prefix, assumptions={"prefix-renames": "applications"})
    plan = assetpkg.plan(package, make_instance(), chosen)
    assume(not plan.count(Action.CONFLICT))
    whole, target = apply(plan.planned), make_instance()
    for batch in split(package, most).batches:
        plan = assetpkg.plan(batch.package, target, chosen)
        assert not list(plan.with_action(Action.CONFLICT))
        target = apply(plan.planned).instance
    assert state(target) == state(whole.instance)


@laws
@given(packages(), LIMITS, st.data())
def test_the_parts_end_as_the_whole_on_a_target_with_ids_of_its_own(
    package: Package, most: int, data: st.DataObject
) -> None:
    target, drawn = data.draw(drifted(package)), data.draw(options())
    chosen = replace(drawn, mode=Mode.MERGE, assumptions={**drawn.assumptions, **MATCHING})
    plan = assetpkg.plan(package, target, chosen)
    assume(not plan.count(Action.CONFLICT))
    whole = apply(plan.planned)
    for batch in split(package, most).batches:
        part = assetpkg.plan(batch.package, target, chosen)
        assert not list(part.with_action(Action.CONFLICT))
        target = apply(part.planned).instance
    assert state(target) == state(whole.instance)


@laws
@given(packages())
def test_what_keeps_to_the_limit_is_not_cut(package: Package) -> None:
    (only,) = split(package).batches
    assert only.package is package
    assert documents_of(only.package) == documents_of(package)
