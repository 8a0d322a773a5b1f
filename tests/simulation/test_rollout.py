"""Several packages one after the other: their order, and what each finds."""

from typing import Any

import pytest

import assetpkg
from assetpkg import Action, ImportOptions, Mode
from assetpkg.package.package import Package
from assetpkg.simulation.rollout import Rollout, roll_out
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited, make_instance, make_package


def package(*resources: tuple[str, dict[str, Any]]) -> Package:
    return Package.new("part").with_resources(resources)


SHOP = package(("application", APPLICATION))
SOURCES = package(("datasource", DATASOURCE))
TASKS = package(("task", TASK))
BESIDE = package(("topic", edited(TOPIC, app_id=...)))


def rolled(*packages: Package, **there: Any) -> Rollout:
    return roll_out(packages, make_instance(there), ImportOptions())


ORDERS = {
    "as given": ([SHOP, SOURCES, TASKS], [0, 1, 2]),
    "the other way round": ([TASKS, SOURCES, SHOP], [2, 1, 0]),
    "what needs nothing stays in front": ([BESIDE, TASKS, SHOP, SOURCES], [0, 2, 3, 1]),
}


@pytest.mark.parametrize(("packages", "expected"), ORDERS.values(), ids=ORDERS.keys())
def test_a_package_comes_after_what_it_refers_to(packages: list[Package], expected: list[int]) -> None:
    rollout = rolled(*packages)
    assert [step.number for step in rollout.steps] == expected
    assert rollout.cycles == ()
    assert not [change for step in rollout.steps for change in step.plan.with_action(Action.CONFLICT)]


def test_what_is_on_the_target_is_not_waited_for() -> None:
    rollout = rolled(TASKS, SOURCES, datasource=[edited(DATASOURCE, app_id=...)])
    assert [(step.number, step.needs) for step in rollout.steps] == [(0, ()), (1, ())]


def test_each_is_planned_against_what_the_ones_before_leave() -> None:
    merge = ImportOptions(mode=Mode.MERGE)
    rollout = roll_out([make_package(), make_package()], make_instance(), merge)
    assert [step.plan.count(Action.CREATE) for step in rollout.steps] == [6, 0]
    assert rollout.steps[1].plan.count(Action.KEEP) == 6


def test_packages_that_need_each_other_are_a_circle() -> None:
    one = package(("application", APPLICATION), ("api", edited(API, group_id="group-2")))
    other = package(("api_group", edited(GROUP, id="group-2", roma_app_id="app-1")))
    rollout = rolled(one, other, BESIDE)
    assert rollout.cycles == ((0, 1),)
    assert {step.number for step in rollout.steps} == {0, 1, 2}
    assert any(step.plan.count(Action.CONFLICT) for step in rollout.steps)


def test_a_single_package_is_planned_as_ever() -> None:
    (step,) = rolled(make_package()).steps
    assert step.plan.changes == assetpkg.plan(make_package(), make_instance()).changes
