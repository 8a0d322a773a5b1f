"""What was not looked at on a target is no difference: to know less of it never makes one appear."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Id, Name, Ref
from assetpkg.package.package import Package
from assetpkg.planning.options import Mode
from assetpkg.target.paths import without
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode
from tests.laws.strategies import laws, packages, snapshot_of


def differences(package: Package, snapshot: dict[str, Any]) -> dict[str, set[str]]:
    """Return the fields of each resource that differ, by address."""
    plan = assetpkg.plan(package, parse_snapshot(encode(snapshot), "target.json"), mode=Mode.MERGE)
    return {change.address: {field.pointer.split("/")[1] for field in change.fields} for change in plan.changes}


def removable(kind: str, document: dict[str, Any]) -> list[str]:
    """Return the fields that a resource can be without, and be found all the same."""
    fields = fields_of(KINDS[kind])
    special = (Id, Name, Ref)
    return [name for name in document if name in fields and not any(fields[name].marker(mark) for mark in special)]


@laws
@given(packages(), st.randoms(use_true_random=False), st.data())
def test_knowing_less_makes_no_difference_appear(package: Package, chance: random.Random, data: st.DataObject) -> None:
    snapshot = snapshot_of(package, chance)
    kinds = [kind for kind, members in snapshot["resources"].items() if members]
    kind = data.draw(st.sampled_from(sorted(kinds)))
    members = snapshot["resources"][kind]
    changed = data.draw(st.sampled_from(["remark", "description", "unknown"]))
    members[0] = {**members[0], changed: "of the target"}
    before = differences(package, snapshot)
    gone = data.draw(st.sets(st.sampled_from(sorted(removable(kind, members[0]) or ["unknown"]))))
    snapshot["resources"][kind] = [
        {name: value for name, value in member.items() if name not in gone} for member in members
    ]
    snapshot["partial"] = {kind: data.draw(st.sampled_from([[], sorted(gone)]))} if gone else {}
    after = differences(package, snapshot)
    assert all(found <= before[address] for address, found in after.items())
    assert not any(name in gone for address, found in after.items() if address.startswith(f"{kind}/") for name in found)


WITHIN = {
    "api": ["mock_info/header", "req_params/required", "req_params/type"],
    "composite_task": ["mappings/source_table"],
    "datasource": ["content/host", "content/url"],
}


@laws
@given(packages(unknown=False), st.randoms(use_true_random=False), st.data())
def test_knowing_less_within_a_field_makes_no_difference_appear(
    package: Package, chance: random.Random, data: st.DataObject
) -> None:
    snapshot = snapshot_of(package, chance)
    kind = data.draw(st.sampled_from(sorted(WITHIN)))
    gone = data.draw(st.sets(st.sampled_from(WITHIN[kind])))
    members = snapshot["resources"].get(kind, [])
    for path in gone:
        members = [without(member, path) for member in members]
    snapshot["resources"][kind] = members
    snapshot["partial"] = {kind: sorted(gone)}
    assert not any(differences(package, snapshot).values())
