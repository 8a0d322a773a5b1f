"""The way back: an import undone brings every previous value, and a state that is written reads back."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, ImportOptions
from assetpkg.kinds.markers import Ref
from assetpkg.package.index import Index
from assetpkg.package.package import Package
from assetpkg.resource.diff import Resolve, Sides, compare
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import dump_snapshot, parse_snapshot
from tests.build import encode
from tests.laws.strategies import laws, packages
from tests.laws.test_imports import drifted, options
from tests.laws.test_outcome import imported, state


def resolver(index: Index, places: Mapping[str, str] = MappingProxyType({})) -> Resolve:
    """Return what says where a reference leads: an address in the index, or where that is in the `places` now."""

    def address(marker: Ref, value: str) -> str | None:
        found = index.resolve(Reference(marker.kind, marker.by, value, ""))
        return places.get(found.address, found.address) if found else None

    return address


@laws
@given(packages(), st.data())
def test_an_import_undone_brings_every_previous_value(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    plan, outcome = imported(package, target, chosen)
    way_back = plan.undo()
    changed = [target.index.by_address[found.address] for found in way_back.restored]
    changed += [target.index.by_address[address] for address in way_back.companions]
    # What refers to nothing before the import cannot be imported again.
    assume(all(target.index.resolve(use) for found in changed for use in found.references))
    after, places = outcome.instance, dict(outcome.moved)
    if way_back.package is not None:
        answers = {**chosen.assumptions, "merge-existing": "update"}
        back = ImportOptions(
            mode=way_back.options.mode,
            datasource_overwrite=way_back.options.datasource_overwrite,
            assumptions=answers,
        )
        returning, undone = imported(way_back.package, after, back)
        assert {change.action for change in returning.changes} <= {Action.UPDATE, Action.KEEP}
        after = undone.instance
        # What has another address after the import may have another one again.
        there = {address: places.get(address, address) for address in target.index.by_address}
        places = {address: undone.moved.get(place, place) for address, place in there.items()}
    sides = Sides(before=resolver(target.index, places), after=resolver(after.index))
    for address, resource in target.index.by_address.items():
        before, now = target.document(resource), after.document(after.index.by_address[places.get(address, address)])
        # A document as it was may refer elsewhere where an import took a value that should be unique.
        assert before == now or compare(resource.kind, before, now, sides) == ()


@laws
@given(packages(), st.data())
def test_what_needs_no_undoing_makes_no_package(package: Package, data: st.DataObject) -> None:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    plan = assetpkg.plan(package, target, chosen)
    found = plan.undo()
    changed = plan.count(Action.UPDATE) + plan.count(Action.UNDETERMINED)
    assert (found.package is None) == (not found.restored)
    assert bool(found.restored) == bool(changed)
    assert {change.address for change in found.stays} == {change.address for change in plan.with_action(Action.CREATE)}


@laws
@given(packages(), st.data())
def test_a_foreseen_state_reads_back_as_it_is(package: Package, data: st.DataObject) -> None:
    target = data.draw(drifted(package) | st.just(Instance.from_package(package)))
    _, outcome = imported(package, target, data.draw(options()))
    read = parse_snapshot(b"".join(dump_snapshot(outcome.instance)), "after.json")
    assert state(read) == state(outcome.instance)
    assert replace(read, index=Index(()), document=outcome.instance.document, is_package=False) == replace(
        outcome.instance, index=Index(()), is_package=False
    )


def test_encoding_is_what_a_snapshot_is_read_from() -> None:
    target = parse_snapshot(encode({"format": "assetpkg-snapshot/1", "name": "a", "covers": [], "resources": {}}), "a")
    package = Package.new("nothing")
    outcome = assetpkg.plan(package, target).apply()
    assert b"".join(dump_snapshot(outcome.instance)).endswith(b'"resources": {}\n}\n')
