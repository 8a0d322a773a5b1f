"""What becomes of one document in an import, and of the references between several: tables."""

import json
from dataclasses import replace
from typing import Any

import pytest

import assetpkg
from assetpkg import Action, ImportOptions, InvalidPackage, Mode, Outcome, Package, Reason
from assetpkg.kinds import KINDS
from assetpkg.render.screen import Screen
from assetpkg.render.text.outcome import render_apply
from assetpkg.report.outcome import UndeterminedReport, report_apply
from assetpkg.resource.merge import created, updated
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import dump_snapshot, parse_snapshot
from assetpkg.target.undetermined import Uncertainty
from tests.build import API, APPLICATION, DATASOURCE, TASK, TOPIC, edited, make_instance, make_package
from tests.tables import every_row

UPDATE = ImportOptions(
    mode=Mode.MERGE,
    datasource_overwrite=True,
    assumptions={"merge-existing": "update", "prefix-renames": "applications"},
)
GROUP = {"id": "group-1", "name": "orders", "roma_app_id": "app-1"}
LISTED = {"id": "api-1", "name": "get-order", "group_id": "group-1"}
"""An API as a list answers it."""
OWN, OTHER = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"


def package_of(*resources: tuple[str, dict[str, Any]]) -> Package:
    return Package.new("shop").with_resources(resources)


def outcome_of(package: Package, target: Instance, options: ImportOptions) -> Outcome:
    return assetpkg.plan(package, target, options).apply()


def after(outcome: Outcome, address: str) -> dict[str, Any]:
    return outcome.instance.document(outcome.instance.index.by_address[address])


@every_row(
    ("kind", "document", "expected"),
    [
        pytest.param("application", {"name": "a", "secret": "S3cret-value"}, {"name": "a"}, id="a secret is new"),
        pytest.param(
            "application", {"name": "a", "secret": "***"}, {"name": "a", "secret": "***"}, id="a mask says nothing"
        ),
        pytest.param("application", {"name": "a", "owner": True}, {"name": "a"}, id="the server makes its own"),
        pytest.param(
            "application", {"$schema": "s", "name": "a", "x": 1}, {"name": "a", "x": 1}, id="unknown fields come"
        ),
        pytest.param("load_channel", {"name": "a", "members": [{"host": "b"}]}, {"name": "a"}, id="by hand is by hand"),
        pytest.param(
            "api",
            {"name": "a", "req_params": [{"id": "1", "name": "b", "location": "PATH"}]},
            {"name": "a", "req_params": [{"name": "b", "location": "PATH"}]},
            id="also inside lists",
        ),
        pytest.param("datasource", {"content": {"token": "abcdefgh"}}, {"content": {}}, id="what is named like one"),
        pytest.param("api", {"remark": "password: Zx7Qm4Wv9"}, {"remark": "password: "}, id="a text has nothing there"),
        pytest.param(
            "application", {"name": "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"}, {"name": "***"}, id="but a name is one"
        ),
    ],
)
def test_what_is_created(kind: str, document: dict[str, Any], expected: dict[str, Any]) -> None:
    assert created(KINDS[kind], document) == expected


CONTENT = {"datasource_type": "MYSQL"}


@every_row(
    ("kind", "before", "brought", "changed", "expected"),
    [
        pytest.param("task", {"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a"}, {"a": 3, "b": 2}, id="only what differs"),
        pytest.param("task", {"x": 1}, {}, {"x"}, {}, id="what the package has not is gone"),
        pytest.param("task", {}, {"x": {"y": 1}}, {"x"}, {"x": {"y": 1}}, id="what only it has is new"),
        pytest.param(
            "datasource",
            {**CONTENT, "content": {"host": "a", "password": "Old-pass1"}},
            {**CONTENT, "content": {"host": "b"}},
            {"content"},
            {**CONTENT, "content": {"host": "b", "password": "Old-pass1"}},
            id="a credential that the package has not stays",
        ),
        pytest.param(
            "datasource",
            {**CONTENT, "content": {"password": "Old-pass1"}},
            {**CONTENT, "content": {"password": "New-pass1"}},
            {"content"},
            {**CONTENT, "content": {}},
            id="of two credentials nobody knows which",
        ),
        pytest.param(
            "datasource",
            {**CONTENT, "content": {"host": "a"}},
            {**CONTENT, "content": {"host": "b", "password": "New-pass1", "user_name": "***"}},
            {"content"},
            {**CONTENT, "content": {"host": "b", "user_name": "***"}},
            id="no credential is carried",
        ),
        pytest.param(
            "datasource",
            {"app_id": "1", "app_name": "one", "vpc_id": "v"},
            {"app_id": "2", "app_name": "two"},
            {"app_id"},
            {"app_id": "2", "vpc_id": "v"},
            id="the copy of a name does not outlive its reference",
        ),
        pytest.param(
            "datasource",
            {"app_id": "1", "app_name": "one", "description": "a"},
            {"app_id": "2", "description": "b"},
            {"description"},
            {"app_id": "1", "app_name": "one", "description": "b"},
            id="a reference to the same stays with its copy",
        ),
        pytest.param(
            "api",
            {
                "req_params": [
                    {"id": "1", "name": "a", "location": "PATH"},
                    {"id": "2", "name": "b", "location": "PATH"},
                ]
            },
            {"req_params": [{"name": "b", "location": "PATH", "x": 1}, {"id": "9", "name": "c", "location": "PATH"}]},
            {"req_params"},
            {
                "req_params": [
                    {"id": "2", "name": "b", "location": "PATH", "x": 1},
                    {"name": "c", "location": "PATH"},
                ]
            },
            id="items are found again by their keys",
        ),
        pytest.param("api", {"x": [{"a": 1}, 2]}, {"x": [{"a": 2}]}, {"x"}, {"x": [{"a": 2}]}, id="or by their places"),
        pytest.param(
            "task",
            {"task_detail": '{"a": 1, "password": "Old-pass1"}'},
            {"task_detail": '{"a": 2}'},
            {"task_detail"},
            {"task_detail": '{\n  "a": 2,\n  "password": "Old-pass1"\n}'},
            id="documents in strings are documents",
        ),
        pytest.param(
            "task",
            {"task_detail": '{"a": 1}'},
            {"task_detail": '{"a":2}'},
            {"task_detail"},
            {"task_detail": '{"a":2}'},
            id="and are as they were written",
        ),
        pytest.param(
            "task", {"task_detail": "no"}, {"task_detail": "yes"}, {"task_detail"}, {"task_detail": "yes"}, id="if any"
        ),
        pytest.param(
            "task", {"task_detail": "[1]"}, {"task_detail": "[2]"}, {"task_detail"}, {"task_detail": "[2]"}, id="lists"
        ),
        pytest.param(
            "datasource",
            {"content": {"url": "https://u:Old-pass1@h", "host": "a"}},
            {"content": {"url": "https://u:Old-pass1@h", "host": "b"}},
            {"content"},
            {"content": {"url": "https://u:Old-pass1@h", "host": "b"}},
            id="a text that the target has stays",
        ),
        pytest.param(
            "datasource",
            {"content": {"url": "https://u:Old-pass1@h", "x": ["pwd=Old-pass1", "b"]}},
            {"content": {"url": "https://u:New-pass1@h", "x": ["pwd=Old-pass1", "pwd=New-pass1", "c"]}},
            {"content"},
            {"content": {"url": "https://u:@h", "x": ["pwd=Old-pass1", "pwd=", "c"]}},
            id="a new text has no credential",
        ),
        pytest.param(
            "datasource",
            {"content": {"x": 1}},
            {"content": {"x": "pwd=New-pass1", "y": {"z": "pwd=New-pass1"}, "pwd=New-pass1": 1}},
            {"content"},
            {"content": {"x": "pwd=", "y": {"z": "pwd="}}},
            id="wherever it is new",
        ),
        pytest.param(
            "task",
            {"task_detail": "no"},
            {"task_detail": '{"password": "New-pass1"}'},
            {"task_detail"},
            {"task_detail": "{}"},
            id="nor has a document in a string",
        ),
    ],
)
def test_what_is_updated(
    kind: str, before: dict[str, Any], brought: dict[str, Any], changed: set[str], expected: dict[str, Any]
) -> None:
    assert updated(KINDS[kind], before, brought, changed) == expected


def test_a_reference_follows_to_the_id_on_the_target() -> None:
    package = package_of(("application", APPLICATION), ("datasource", DATASOURCE), ("task", TASK))
    target = make_instance({"application": [edited(APPLICATION, id="app-9")]})
    outcome = outcome_of(package, target, UPDATE)
    assert after(outcome, "datasource/orders-db")["app_id"] == "app-9"
    assert after(outcome, "task/sync_orders")["source_datasource_id"] == "ds-1"


def test_a_reference_inside_a_text_follows_too() -> None:
    detail = json.dumps({"error_handler": [{"id": OWN}], "note": "kept"})
    package = package_of(
        ("application", APPLICATION),
        ("datasource", edited(DATASOURCE, datasource_id=OWN)),
        ("task", edited(TASK, source_datasource_id=OWN, target_datasource_id=OWN, task_detail=detail)),
    )
    target = make_instance({"application": [APPLICATION], "datasource": [edited(DATASOURCE, datasource_id=OTHER)]})
    found = after(outcome_of(package, target, UPDATE), "task/sync_orders")
    assert json.loads(found["task_detail"]) == {"error_handler": [{"id": OTHER}], "note": "kept"}


def test_numbers_stay_numbers() -> None:
    template = {"id": 7, "name": "Sensor"}
    package = package_of(
        ("application", APPLICATION),
        ("product_template", template),
        ("product", {"id": 1, "name": "Thermometer", "app_id": "app-1", "template_id": 7}),
    )
    target = make_instance({"product_template": [edited(template, id=70)]})
    outcome = outcome_of(package, target, ImportOptions(mode=Mode.MERGE))
    assert after(outcome, "product/Thermometer")["template_id"] == 70


def test_what_names_a_resource_is_not_touched() -> None:
    authorization = {"app_ids": ["app-1"], "api_ids": ["api-1"], "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID"}
    package = package_of(("application", APPLICATION), ("app_authorization", authorization))
    target = make_instance({"application": [edited(APPLICATION, id="app-9")], "api": [API]})
    outcome = outcome_of(package, target, ImportOptions(mode=Mode.MERGE))
    (address,) = outcome.created
    assert after(outcome, address)["app_ids"] == ["app-1"]
    assert [(fact.why, fact.pointers) for fact in outcome.undetermined if fact.why == "reference"] == [
        ("reference", ["/app_ids/0"])
    ]


def test_what_is_left_out_leaves_a_mark_where_it_was_needed() -> None:
    package = package_of(("application", APPLICATION), ("datasource", DATASOURCE), ("topic", TOPIC))
    double = package_of(("application", edited(APPLICATION, name="x" * 300)), ("datasource", DATASOURCE))
    outcome = outcome_of(double, make_instance(), ImportOptions(prefix="a"))
    assert [change.address for change in outcome.left_out] == ["application/" + "x" * 300]
    assert {fact.why for fact in outcome.undetermined} == {"reference", "credentials", "blocked"}
    assert outcome_of(package, make_instance(), ImportOptions()).left_out == ()


def test_an_id_that_is_taken_gives_way_and_is_followed() -> None:
    package = package_of(("application", APPLICATION), ("topic", edited(TOPIC, app_id="app-1")))
    target = make_instance({"application": [edited(APPLICATION, name="Other", key="other")]})
    outcome = outcome_of(package, target, ImportOptions())
    own = after(outcome, "application/Shop")["id"]
    assert own != "app-1"
    assert after(outcome, "topic/order-events")["app_id"] in {own, "shop-key"}


def test_states_follow_each_other() -> None:
    first = package_of(("application", APPLICATION), ("topic", TOPIC))
    second = package_of(("datasource", DATASOURCE))
    one = outcome_of(first, make_instance(quotas={"application": {"limit": 5, "used": 1}}), ImportOptions())
    two = outcome_of(second, one.instance, ImportOptions())
    assert two.left_out == ()
    assert two.instance.quotas["application"].used == 2
    assert {fact.address for fact in two.instance.undetermined} == {"application/Shop", "datasource/orders-db"}
    assert {fact.address for fact in two.undetermined} == {"datasource/orders-db"}


def test_of_two_of_one_name_the_one_that_was_overwritten_is_brought_back() -> None:
    old = edited(DATASOURCE, description="old")
    shop, other = edited(APPLICATION), edited(APPLICATION, id="app-2", name="Other", key="other")
    target = make_instance(
        {
            "application": [shop, other],
            "datasource": [edited(old, datasource_id="ds-8", app_id="app-2"), edited(old, datasource_id="ds-9")],
        }
    )
    package = package_of(("application", shop), ("datasource", DATASOURCE))
    options = ImportOptions(mode=Mode.MERGE, datasource_overwrite=True, assumptions={"datasource-names": "application"})
    plan = assetpkg.plan(package, target, options)
    found = plan.undo()
    assert (found.doubles, [restored.address for restored in found.restored]) == ((), ["datasource/orders-db#2"])
    assert found.package is not None
    assert found.package.document("datasource/orders-db")["datasource_id"] == "ds-9"
    returning = assetpkg.plan(found.package, plan.apply().instance, found.options)
    assert (
        returning.apply().instance.document(target.index.by_address["datasource/orders-db#2"])["description"] == "old"
    )


@pytest.mark.parametrize(("new", "first"), [("ds-1", "datasource/orders-db#2"), ("ds-9", "datasource/orders-db")])
def test_a_second_one_of_a_name_is_told_from_the_first(new: str, first: str) -> None:
    shop, other = edited(APPLICATION), edited(APPLICATION, id="app-2", name="Other", key="other")
    there = edited(DATASOURCE, app_id="app-2", datasource_id="ds-5")
    target = make_instance({"application": [shop, other], "datasource": [there]})
    package = package_of(("application", shop), ("datasource", edited(DATASOURCE, datasource_id=new)))
    options = ImportOptions(mode=Mode.MERGE, assumptions={"datasource-names": "application"})
    plan = assetpkg.plan(package, target, options)
    outcome = plan.apply()
    (created,) = outcome.created
    assert {created, first} == {"datasource/orders-db", "datasource/orders-db#2"}
    assert outcome.moved == ({"datasource/orders-db": first} if first != "datasource/orders-db" else {})
    assert (after(outcome, created)["datasource_id"], after(outcome, first)["datasource_id"]) == (new, "ds-5")
    report = report_apply(plan, outcome, applied=True)
    assert [(each.before, each.after) for each in report.moved] == list(outcome.moved.items())
    told = render_apply(report, "after.json", Screen(width=120))
    assert ("datasource/orders-db -> datasource/orders-db#2" in told) is bool(outcome.moved)


def test_what_is_on_the_target_twice_and_cannot_be_told_apart_is_named() -> None:
    topics = [edited(TOPIC, remark="a"), edited(TOPIC, remark="b")]
    target = make_instance({"application": [APPLICATION], "topic": topics})
    plan = assetpkg.plan(package_of(("application", APPLICATION), ("topic", TOPIC)), target, UPDATE)
    found = plan.undo()
    assert [change.reason for change in plan.changes] == [Reason.IDENTICAL, Reason.AMBIGUOUS]
    assert found.doubles == ("topic/order-events", "topic/order-events#2")
    assert found.package is None
    left = [(fact.address, fact.why) for fact in plan.apply().undetermined]
    assert left == [("topic/order-events", "several"), ("topic/order-events#2", "several")]


def test_two_whose_names_differ_in_a_credential_alone_are_not_brought_back_under_one_name() -> None:
    names = "orders password=Hunter2secret", "orders password=Other9secret"
    old, new = (
        [
            edited(DATASOURCE, datasource_id=f"ds-{number}", datasource_name=name, description=said)
            for number, name in enumerate(names)
        ]
        for said in ("old", "new")
    )
    files = {f"datasources/{number}.json": document for number, document in enumerate(new)}
    package = make_package({**files, "datasources/orders-db.json": None, "tasks/sync_orders.json": None})
    found = assetpkg.plan(package, make_instance({"application": [APPLICATION], "datasource": old}), UPDATE).undo()
    first, second = "datasource/orders password=***", "datasource/orders password=***#2"
    assert ([each.address for each in found.restored], found.doubles) == ([first], (second,))
    assert found.package is not None
    assert [each.name for each in found.package.index.resources_of("datasource")] == ["orders password="]


def test_a_package_is_as_good_a_target() -> None:
    package = package_of(("application", APPLICATION))
    target = Instance.from_package(package_of(("application", edited(APPLICATION, description="old"))))
    outcome = outcome_of(package, target, UPDATE)
    assert outcome.updated == ("application/Shop",)
    assert after(outcome, "application/Shop") == APPLICATION
    with pytest.raises(InvalidPackage):
        package.with_resource("application", APPLICATION)


@every_row("word", [*Uncertainty, "word-of-a-later-version"])
def test_every_uncertainty_is_reported(word: str) -> None:
    plan = assetpkg.plan(package_of(), make_instance(), UPDATE)
    report = report_apply(plan, plan.apply(), applied=True)
    unsettled = replace(report, undetermined=[UndeterminedReport(address="api/a", why=word, pointers=[])])
    assert f"  {word} (1): " in render_apply(unsettled, "snapshot.json", Screen())


def test_what_goes_by_a_key_that_is_replaced_follows_it() -> None:
    there = {"application": [edited(APPLICATION, key="old-key")], "topic": [edited(TOPIC, name="t", app_id="old-key")]}
    package, target = make_package({"topics/order-events.json": None}), make_instance(there)
    merge = ImportOptions(mode=Mode.MERGE, assumptions={"merge-existing": "update"})
    outcome = outcome_of(package, target, merge)
    (topic,) = outcome.instance.index.resources_of("topic")
    assert outcome.instance.document(topic)["app_id"] == APPLICATION["key"]
    assert (outcome.updated, outcome.followed) == (("application/Shop",), ("topic/t",))
    assert {change.action for change in assetpkg.plan(package, outcome.instance, merge).changes} == {Action.KEEP}


def test_what_is_known_in_part_is_said_of_the_same_resources_afterwards() -> None:
    """What is renamed takes it along, and what is below that, too."""
    there = {"application": [edited(APPLICATION, id="app-1", name="Old")], "api_group": [GROUP], "api": [LISTED]}
    known = {"application/Old": ["remark"], "api_group/Old/orders": [], "api/Old/orders/get-order": ["tags"]}
    target = make_instance(there, partial={**known, "topic": ["tag"]})
    assert known.keys() <= target.index.by_address.keys()
    by_id = replace(UPDATE, assumptions={**UPDATE.assumptions, "merge-matches": "id"})
    outcome = outcome_of(package_of(("application", edited(APPLICATION, id="app-1", name="New"))), target, by_id)
    assert outcome.updated == ("application/New",)
    assert outcome.instance.partial == {
        "application/New": ("remark",),
        "api_group/New/orders": (),
        "api/New/orders/get-order": ("tags",),
        "topic": ("tag",),
    }
    again = parse_snapshot(b"".join(dump_snapshot(outcome.instance)), "after.json")
    assert again.partial == outcome.instance.partial


def test_of_two_of_one_name_it_is_known_which_is_known_in_part() -> None:
    shop, other = edited(APPLICATION), edited(APPLICATION, id="app-2", name="Other", key="other")
    there = {"application": [shop, other], "datasource": [edited(DATASOURCE, app_id="app-2", datasource_id="ds-5")]}
    target = make_instance(there, partial={"datasource/orders-db": ["content"]})
    package = package_of(("application", shop), ("datasource", edited(DATASOURCE, datasource_id="ds-1")))
    options = ImportOptions(mode=Mode.MERGE, assumptions={"datasource-names": "application"})
    outcome = outcome_of(package, target, options)
    assert outcome.created == ("datasource/orders-db",)
    assert outcome.instance.partial == {"datasource/orders-db#2": ("content",)}
