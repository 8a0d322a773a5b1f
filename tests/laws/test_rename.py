import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, Change, ImportOptions, Mode, Plan, Reason
from assetpkg.documents import split_pointer
from assetpkg.kinds import KINDS
from assetpkg.kinds.markers import Prefixed
from assetpkg.package.package import Package
from assetpkg.resource.naming import judge_prefixed
from assetpkg.target.instance import Instance
from tests.build import make_instance
from tests.laws.strategies import PREFIXES, laws, packages

MODES = st.sampled_from(Mode)
READINGS = st.sampled_from(["either", "applications", "applications+tasks"])


def planned(package: Package, prefix: str, reading: str = "either", mode: Mode = Mode.ADD_NEW) -> Plan:
    options = ImportOptions(mode=mode, prefix=prefix, assumptions={"prefix-renames": reading})
    return assetpkg.plan(package, make_instance(), options)


def renames(change: Change, reading: str) -> bool:
    prefixed = KINDS[change.kind].prefixed
    return prefixed is Prefixed.YES or (prefixed is Prefixed.MAYBE and reading != "applications")


@laws
@given(packages(), PREFIXES, READINGS, MODES)
def test_a_prefix_makes_no_reference_dangle(package: Package, prefix: str, reading: str, mode: Mode) -> None:
    plan = planned(package, prefix, reading, mode)
    assert not [change for change in plan.changes if change.reason is Reason.MISSING_REFERENCE]
    targets = {change.target_address for change in plan.changes}
    assert len(targets) == len(package.resources)


@laws
@given(packages(), PREFIXES, READINGS)
def test_a_prefix_leaves_the_number_of_resources_and_what_they_depend_on_alone(
    package: Package, prefix: str, reading: str
) -> None:
    plain, renamed = planned(package, ""), planned(package, prefix, reading)
    assert [(change.address, change.depends_on) for change in renamed.changes] == [
        (change.address, change.depends_on) for change in plain.changes
    ]


@laws
@given(packages())
def test_an_empty_prefix_changes_no_name(package: Package) -> None:
    for change in planned(package, "").changes:
        assert (change.target_name, change.target_address) == (change.name, change.address)


@laws
@given(packages(), PREFIXES, READINGS)
def test_a_prefix_stands_before_the_names_that_it_reaches_and_nowhere_else(
    package: Package, prefix: str, reading: str
) -> None:
    for change in planned(package, prefix, reading).changes:
        assert change.target_name == (prefix + change.name if renames(change, reading) else change.name)


@laws
@given(packages(), PREFIXES, READINGS)
def test_what_stands_below_an_application_moves_along_and_back(package: Package, prefix: str, reading: str) -> None:
    for change in planned(package, prefix, reading).changes:
        names = package.resource(change.address).path.names
        below = len(names) == {"api_group": 2, "api": 3}.get(change.kind, 0)
        steps = split_pointer(change.target_address.removeprefix(change.kind))
        assert steps[:-1] == [prefix + names[0] if below else names[0], *names[1:-1]][: len(names) - 1]
        assert steps[-1] == change.target_name
        back = [steps[0].removeprefix(prefix) if below else steps[0], *steps[1:-1], change.name][-len(names) :]
        assert back == list(names)


@laws
@given(packages(unknown=False), PREFIXES)
def test_a_fresh_prefix_and_an_empty_target_create_everything(package: Package, prefix: str) -> None:
    assume(
        not any(
            judge_prefixed(resource.kind, prefix, resource.name)
            for resource in package.resources
            if resource.kind.prefixed is not Prefixed.NO
        )
    )
    assert {change.action for change in planned(package, prefix).changes} == {Action.CREATE}


@laws
@given(packages(), PREFIXES)
def test_a_prefix_makes_room_beside_the_same_package_for_all_that_it_reaches(package: Package, prefix: str) -> None:
    target = Instance.from_package(package)
    names = {resource.name for resource in package.index.resources_of("application")}
    options = ImportOptions(prefix=prefix, assumptions={"prefix-renames": "applications+tasks"})
    for change in assetpkg.plan(package, target, options).changes:
        reached = change.kind in {"application", "task", "composite_task"}
        if (
            reached
            and change.target_name not in {*names, *_tasks(package)}
            and change.reason is not Reason.PREFIXED_NAME
        ):
            assert change.action is Action.CREATE


def _tasks(package: Package) -> set[str]:
    return {found.name for kind in ("task", "composite_task") for found in package.index.resources_of(kind)}


@pytest.mark.parametrize("mode", list(Mode))
def test_planning_does_not_change_the_package(mode: Mode) -> None:
    package = assetpkg.Package.new("shop").with_resource("application", {"name": "Shop"})
    before = package.digest
    planned(package, "dev_", mode=mode)
    assert package.digest == before
    assert package.document("application/Shop") == {"name": "Shop"}
