"""What a resource meets: the exact one of several in any order, what answered questions say, and names almost alike."""

import random
import unicodedata
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Action, ImportOptions, Mode, Reason
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.resource.naming import fold, make_visible
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode, make_instance
from tests.laws.strategies import Document, Draw, laws, packages, snapshot_of
from tests.laws.test_imports import options

NAMES = st.sampled_from(["orders", "stock", "订单（一）"])
SCOPES = st.sampled_from(["instance", "application"])


@st.composite
def sources(draw: Draw) -> list[Document]:
    """Draw data sources of a few names in three applications, no name twice in one application."""
    pairs = draw(st.lists(st.tuples(NAMES, st.integers(0, 2)), min_size=1, max_size=6, unique=True))
    return [source(f"ds-{number}", name, application) for number, (name, application) in enumerate(pairs)]


def overwriting(assumptions: dict[str, str]) -> ImportOptions:
    return ImportOptions(mode=Mode.MERGE, datasource_overwrite=True, assumptions=assumptions)


def source(known: str, name: str, application: int, **content: str) -> Document:
    return {
        "datasource_id": known,
        "datasource_name": name,
        "datasource_type": "MYSQL",
        "app_id": f"app-{application}",
        "content": {"host": f"{known}.example.com", **content},
    }


APPLICATIONS = [{"id": f"app-{number}", "name": f"Shop {number}", "key": f"key-{number}"} for number in range(3)]


def tasks_of(members: list[Document]) -> list[Document]:
    return [
        {
            "task_id": f"task-{number}",
            "task_name": f"task-{number}",
            "task_type": "TIMING",
            "source_datasource_id": member["datasource_id"],
            "target_datasource_id": member["datasource_id"],
        }
        for number, member in enumerate(members)
    ]


def target_of(members: list[Document], **more: Any) -> assetpkg.Instance:
    return make_instance({"application": APPLICATIONS, "datasource": members, "task": tasks_of(members)}, **more)


@laws
@given(sources(), st.data(), SCOPES)
def test_of_several_of_one_name_the_one_with_the_same_id_is_met(
    members: list[Document], data: st.DataObject, scope: str
) -> None:
    wanted = data.draw(st.sampled_from(members))
    brought = {**wanted, "content": {"host": "new.example.com"}}
    target = target_of(data.draw(st.permutations(members)))
    package = Package.new("shop").with_resources(
        [("datasource", brought), *(("application", application) for application in APPLICATIONS)]
    )
    plan = assetpkg.plan(package, target, overwriting({"datasource-names": scope}))
    (change,) = plan.by_kind["datasource"]
    (met,) = change.matches
    assert target.document(target.index.by_address[met]) == wanted
    assert (change.action, change.target_address) == (Action.UPDATE, met)
    (impact,) = plan.impact
    number = next(at for at, member in enumerate(target_ids(target)) if member == wanted["datasource_id"])
    assert f"task/task-{number}" in {user.address for user in impact.users}
    assert not {user.address for user in impact.users if user.kind == "task"} - {f"task/task-{number}"}
    hosts = {found["datasource_id"]: found["content"]["host"] for found in documents(plan.apply().instance)}
    expected = {member["datasource_id"]: member["content"]["host"] for member in members}
    assert hosts == {**expected, wanted["datasource_id"]: "new.example.com"}
    undone = plan.undo()
    assert [found.address for found in undone.restored] == [met]
    assert undone.package is not None
    back = assetpkg.plan(undone.package, plan.apply().instance, undone.options).apply()
    assert {found["datasource_id"]: found["content"]["host"] for found in documents(back.instance)} == expected


def target_ids(target: assetpkg.Instance) -> list[str]:
    """Return the ids of the data sources in the order of the tasks that use them."""
    found = {task.name: task.references[0].value for task in target.index.resources_of("task")}
    return [found[f"task-{number}"] for number in range(len(found))]


def documents(target: assetpkg.Instance) -> list[Document]:
    return [target.document(resource) for resource in target.index.resources_of("datasource")]


@laws
@given(sources(), st.data())
def test_an_answered_assumption_is_followed_by_every_verb(members: list[Document], data: st.DataObject) -> None:
    scope = {"datasource-names": "application"}
    package = Package.new("shop").with_resources(
        [*(("application", found) for found in APPLICATIONS), *(("datasource", member) for member in members)]
    )
    there = data.draw(st.lists(st.sampled_from(members), unique_by=lambda member: member["datasource_id"]))
    target = target_of([{**member, "content": {"host": "old.example.com"}} for member in there])
    assert not [found for found in assetpkg.check(package, assumptions=scope) if found.code in {"RSC030", "RSC033"}]
    plan = assetpkg.plan(package, target, overwriting(scope))
    assert not plan.conflicts
    assert not [found for found in plan.diagnostics if found.code in {"RSC030", "RSC033", "IMP083"}]
    assert plan.summary["update"] == len(there)
    after = plan.apply().instance
    assert len(after.index.resources_of("datasource")) == len(members)
    assert {found["datasource_id"]: found["app_id"] for found in documents(after)} == {
        member["datasource_id"]: member["app_id"] for member in members
    }
    assert {impact.change.address for impact in plan.impact} == {
        change.address for change in plan.with_action(Action.UPDATE)
    }
    # Under the other answer a name is one in the instance: all but the first of a name are in the way, and say so.
    names = [member["datasource_name"] for member in members]
    other = assetpkg.plan(package, make_instance(), mode=Mode.MERGE)
    assert len(other.conflicts) == len(names) - len(set(names))
    assert all(str(change.basis) == "assumed: datasource-names=instance" for change in other.conflicts)


@laws
@given(packages(), options(), st.integers(0, 1000))
def test_the_order_of_a_snapshot_decides_nothing(package: Package, chosen: ImportOptions, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - only another order
    snapshot = snapshot_of(package, chance)
    # Every name is there for a second time, under another id.
    for members in snapshot["resources"].values():
        members.extend([{**member, **dict.fromkeys(_ids(member), f"twin-{at}")} for at, member in enumerate(members)])
    told = []
    for _ in range(2):
        target = parse_snapshot(encode(snapshot), "target.json")
        plan = assetpkg.plan(package, target, chosen)
        told.append(
            (
                [
                    (change.address, change.action, change.reason, change.matches, change.fields)
                    for change in plan.changes
                ],
                {found.message for found in plan.diagnostics if found.code < "IMP080"},
                plan.untouched,
                {resource.address: resource.id for resource in target.index.resources},
            )
        )
        for members in snapshot["resources"].values():
            chance.shuffle(members)
    assert told[0] == told[1]


def _ids(member: Document) -> list[str]:
    return [key for key in ("id", "datasource_id", "task_id") if key in member]


@laws
@given(packages(), options(), st.integers(0, 1000))
def test_pages_that_overlap_make_no_other_plan(package: Package, chosen: ImportOptions, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - only another order
    snapshot = snapshot_of(package, chance)
    once = assetpkg.plan(package, parse_snapshot(encode(snapshot), "target.json"), chosen)
    for members in snapshot["resources"].values():
        members.extend(chance.sample(members, chance.randint(0, len(members))))
        chance.shuffle(members)
    twice = assetpkg.plan(package, parse_snapshot(encode(snapshot), "target.json"), chosen)
    assert twice.planned.changes == once.planned.changes
    assert twice.untouched == once.untouched
    assert bool(twice.target and twice.target.repeats) == ("IMP080" in {found.code for found in twice.diagnostics})


@laws
@given(st.lists(st.sampled_from(["Shop", "Stock", "New 订单"]), min_size=3, max_size=3), st.booleans())
def test_a_new_name_is_brought_to_what_is_matched_by_id(names: list[str], grouped: bool) -> None:  # noqa: FBT001 - drawn
    by_id = {"merge-matches": "id", "merge-existing": "update"}
    new = [{**known, "name": f"{name} {known['id']}"} for known, name in zip(APPLICATIONS, names, strict=True)]
    groups = [
        {**({"id": f"g-{at}"} if grouped else {}), "name": "orders", "version": "V2", "roma_app_id": known["id"]}
        for at, known in enumerate(APPLICATIONS)
    ]
    target = make_instance(
        {"application": APPLICATIONS, "api_group": [{"id": f"g-{at}", **group} for at, group in enumerate(groups)]}
    )
    package = Package.new("shop").with_resources(
        [*(("application", known) for known in new), *(("api_group", group) for group in groups)]
    )
    plan = assetpkg.plan(package, target, mode=Mode.MERGE, assumptions=by_id)
    assert [(change.action, [field.pointer for field in change.fields]) for change in plan.changes] == [
        *[(Action.UPDATE, ["/name"])] * 3,
        *[(Action.KEEP, [])] * 3,
    ]
    outcome = plan.apply()
    assert {found.name for found in outcome.instance.index.resources_of("application")} == {
        found["name"] for found in new
    }
    assert set(outcome.updated) <= outcome.instance.index.by_address.keys()
    back = plan.undo()
    assert back.package is not None
    undone = assetpkg.plan(back.package, outcome.instance, back.options).apply().instance
    assert undone.index.by_address.keys() == target.index.by_address.keys()


ALIKE = st.sampled_from(["Shop", "Café", "订单（一）", "Shop 2", "straße"])
CHANGES = st.sampled_from(
    [
        str.upper,
        str.lower,
        lambda name: f" {name}",
        lambda name: f"{name}\u3000",
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace("（", "(").replace("）", ")"),
        lambda name: f"{name}\u200b",
    ]
)


@laws
@given(
    ALIKE, st.lists(CHANGES, max_size=3), st.sampled_from(Mode), st.sampled_from(ASSUMPTIONS["names-differ-by"].values)
)
def test_names_that_are_almost_the_same_are_what_is_assumed(
    name: str, changes: list[Callable[[str], str]], mode: Mode, answer: str
) -> None:
    other = name
    for change in changes:
        other = change(other)
    assert fold(other) == fold(name)
    assumptions = {"names-differ-by": answer}
    package = Package.new("shop").with_resource("datasource", source("ds-1", name, 0))
    package = package.with_resource("application", APPLICATIONS[0])
    target = target_of([source("ds-2", other, 0)])
    plan = assetpkg.plan(package, target, mode=mode, assumptions=assumptions)
    (change_of,) = plan.by_kind["datasource"]
    near = bool([found for found in plan.diagnostics if found.code == "IMP025"])
    met = name == other or answer == "letters"
    assert near == (not met and answer == "undetermined")
    assert (change_of.action is Action.CREATE) == (not met)
    assert ("names-differ-by" in change_of.assumptions) == (name != other)
    if name != other and change_of.reason in {Reason.NAME_TAKEN, Reason.ABSENT}:
        assert f"names-differ-by={answer}" in str(change_of.basis)
    if mode is Mode.MERGE and met:
        assert (change_of.fields[0].pointer == "/datasource_name") == (name != other)
    both = (
        package.with_resource("datasource", source("ds-2", other, 0) | {"datasource_id": "ds-2"})
        if name != other
        else package
    )
    codes = {found.code for found in assetpkg.check(both, assumptions=assumptions)} & {"RSC034", "RSC037"}
    expected = {"undetermined": {"RSC034"}, "letters": {"RSC037"}}.get(answer, set())
    assert codes == (expected if name != other else set())


@laws
@given(st.text(max_size=8))
def test_what_is_shown_of_a_name_can_be_told_apart(name: str) -> None:
    shown = make_visible(name)
    assert all(unicodedata.category(sign) not in {"Mn", "Me", "Cc", "Cf"} for sign in shown)
    assert fold(fold(name)) == fold(name)
