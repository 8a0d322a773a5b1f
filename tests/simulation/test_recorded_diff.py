"""The target of a saved plan held against a later state of the instance, by what the plan has recorded."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

import assetpkg
from assetpkg import CannotRead, Diff, RecordedTarget
from assetpkg.limits import Limits
from assetpkg.target.recorded import read_recorded
from tests.build import APPLICATION, DATASOURCE, TASK, TOPIC, edited, make_instance, make_package

BEFORE = {"application": [APPLICATION], "datasource": [DATASOURCE], "task": [TASK], "topic": [TOPIC]}
LISTED = {"topic": ["access_policy"]}
Row = tuple[Mapping[str, Any], Mapping[str, Any], list[tuple[str, str]], list[str], dict[str, int]]

ROWS: dict[str, Row] = {
    "nothing": ({}, {}, [], [], {}),
    "what the server makes, and an order that means nothing": (
        {},
        {"datasource": [dict(reversed(edited(DATASOURCE, create_time=5).items()))]},
        [],
        [],
        {},
    ),
    "another credential, of which there is no digest": (
        {"datasource": [edited(DATASOURCE, content={**DATASOURCE["content"], "password": "First-Passw0rd"})]},
        {"datasource": [edited(DATASOURCE, content={**DATASOURCE["content"], "password": "0ther-Passw0rd"})]},
        [],
        [],
        {},
    ),
    "a value": ({}, {"topic": [edited(TOPIC, tag="new")]}, [("changed", "topic/order-events")], [], {}),
    "one more, and one less": (
        {},
        {"application": [APPLICATION, edited(APPLICATION, id="a-2", name="New")], "topic": []},
        [("added", "application/New"), ("removed", "topic/order-events")],
        [],
        {},
    ),
    "another name is one less and one more": (
        {},
        {"topic": [edited(TOPIC, name="other")]},
        [("removed", "topic/order-events"), ("added", "topic/other")],
        [],
        {},
    ),
    "a kind that nobody looked for later": ({}, {"topic": None}, [], [], {"topic": 1}),
    "listed before, and looked at in full later": (
        {"topic": [edited(TOPIC, access_policy=...)], "partial": LISTED},
        {},
        [],
        ["topic/order-events"],
        {},
    ),
    "listed both times, and the same as far as that is known": (
        {"topic": [edited(TOPIC, access_policy=...)], "partial": LISTED},
        {"topic": [edited(TOPIC, access_policy=...)], "partial": LISTED},
        [],
        ["topic/order-events"],
        {},
    ),
    "listed both times, and changed": (
        {"topic": [edited(TOPIC, access_policy=...)], "partial": LISTED},
        {"topic": [edited(TOPIC, access_policy=..., tag="new")], "partial": LISTED},
        [("changed", "topic/order-events")],
        [],
        {},
    ),
}
"""How the target was other than `BEFORE`, how it is later: what differs, what is not known to, what is not compared."""


def saved(changes: Mapping[str, Any]) -> bytes:
    """Return the JSON of a plan for such a target."""
    plan = assetpkg.plan(make_package(), target(changes), mode="Merge")
    return assetpkg.to_json(plan).encode()


def target(changes: Mapping[str, Any]) -> assetpkg.Instance:
    """Return `BEFORE` with other resources of some kinds; `None` for a kind that nobody has looked for."""
    resources = {**BEFORE, **changes}
    members = {"partial": resources.pop("partial")} if "partial" in resources else {}
    known = {kind: found for kind, found in resources.items() if found is not None}
    return make_instance(known, covers=list(known), **members)


def rows_of(found: Diff) -> list[tuple[str, str]]:
    assert all(each.fields == () and each.alike_by is None for each in found.differences)
    return [(each.action, each.address) for each in found.differences]


def test_what_has_changed_since_the_plan_was_saved() -> None:
    for name, (before, later, differing, unverified, uncovered) in ROWS.items():
        recorded = read_recorded(saved(before), "PLAN.json")
        assert recorded == RecordedTarget.of(target(before)), name
        found = assetpkg.diff(recorded, target(later))
        told = (sorted(rows_of(found)), list(found.unverified), dict(found.uncovered))
        assert told == (sorted(differing), unverified, uncovered), name
        assert found.is_same is (not differing), name
        met = found.same + len(unverified) + found.count("changed")
        assert met + found.count("removed") + sum(uncovered.values()) == len(BEFORE), name
        # The other way round, and against another plan, it is the same.
        mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
        back = assetpkg.diff(read_recorded(saved(later), "LATER.json"), recorded)
        assert sorted(rows_of(back)) == sorted((mirrored[action], address) for action, address in differing), name


def test_a_plan_is_read_where_it_is_compared(tmp_path: Any) -> None:
    (tmp_path / "PLAN.json").write_bytes(saved({}))
    found = assetpkg.diff(tmp_path / "PLAN.json", target({"topic": []}))
    assert rows_of(found) == [("removed", "topic/order-events")]
    assert "Diff(0 added, 1 removed" in repr(found)


@pytest.mark.parametrize(
    ("edits", "limits", "sentence"),
    [
        ({"digests": ...}, {}, "it was saved by an older assetpkg; plan again"),
        ({"undetermined": 2}, {}, "was predicted, so that not all of it is settled; compare the predicted snapshot"),
        ({"digests": {"topic/\x1b[31m": 5}}, {}, "PLAN.json is not a saved plan: at '/target/digests/topic"),
        ({"digests": {"\x1b[31mred/x": "0"}}, {}, "its target has resources of an unknown kind"),
        ({"covers": ...}, {}, "at '/target', field 'covers' is missing; an older assetpkg has saved it"),
        ({}, {"plan": 100}, "bytes long; at most 100 are read; to read it"),
        ({}, {"plan_values": 10}, "at most 10 are read"),
    ],
)
def test_what_has_not_recorded_its_target_is_refused(
    edits: Mapping[str, Any], limits: Mapping[str, int], sentence: str
) -> None:
    document = json.loads(saved({}))
    document["target"] = edited(document["target"], **edits)
    with pytest.raises(CannotRead) as refused:
        read_recorded(json.dumps(document).encode(), "PLAN.json", Limits(**limits))
    assert sentence in str(refused.value)


def test_of_the_plans_of_one_call_it_is_the_target_of_the_first() -> None:
    steps = [{"plan": json.loads(saved({"topic": []}))}, {"plan": json.loads(saved({}))}]
    document = {"document": "plans", "format_version": "1.2", "steps": steps}
    assert read_recorded(json.dumps(document).encode(), "PLANS.json") == RecordedTarget.of(target({"topic": []}))
    with pytest.raises(CannotRead, match="is a plan without a target"):
        read_recorded(json.dumps({**document, "steps": []}).encode(), "PLANS.json")
