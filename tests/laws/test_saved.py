"""Saved plans: shown again as they were, hold while nothing changes, and name whatever does."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import CannotRead, ImportOptions, Mode
from assetpkg.package.package import Package, load
from assetpkg.planning.context import ImportContext
from assetpkg.render import json_v1
from assetpkg.render.screen import Screen
from assetpkg.render.text.plan import render_plan
from assetpkg.render.text.sections import Detail
from assetpkg.report.plan import PlanReport, report_plan
from assetpkg.report.saved import Subject, parse_plan, report_verification
from assetpkg.simulation.verdict import other_answers
from assetpkg.target.instance import Instance
from tests.laws.strategies import Draw, laws, packages
from tests.laws.test_imports import drifted, options
from tests.tables import every_row


def planned(package: Package, instance: Instance | None, chosen: ImportOptions) -> PlanReport:
    return report_plan(assetpkg.plan(package, instance, chosen))


def saved(report: PlanReport) -> PlanReport:
    return parse_plan(json_v1.render(report).encode(), "PLAN.json")


def changed(before: PlanReport, now: PlanReport) -> set[Subject]:
    return {each.subject for each in report_verification(before, now, "plan.json").differences}


@st.composite
def imports(draw: Draw) -> tuple[Package, Instance | None, ImportOptions]:
    package = draw(packages())
    return package, draw(st.none() | drifted(package)), draw(options())


@laws
@given(imports(), st.booleans())
def test_a_saved_plan_is_shown_again_as_it_was(drawn: tuple[Any, ...], everything: bool) -> None:  # noqa: FBT001 - drawn
    report = planned(*drawn)
    again, detail = saved(report), Detail(everything=everything)
    assert json_v1.render(again) == json_v1.render(report)
    for screen in (Screen(), Screen(width=100, colour=True)):
        assert render_plan(again, screen, detail) == render_plan(report, screen, detail)


@laws
@given(imports())
def test_a_plan_holds_while_nothing_changes(drawn: tuple[Any, ...]) -> None:
    verified = report_verification(saved(planned(*drawn)), planned(*drawn), "plan.json")
    assert verified.holds
    assert verified.differences == []


@laws
@given(imports(), st.data())
def test_every_change_is_named(drawn: tuple[Any, ...], data: st.DataObject) -> None:
    package, instance, chosen = drawn
    before = saved(planned(package, instance, chosen))
    resource = data.draw(st.sampled_from(package.resources))
    content = package.archive.entries[resource.entry].read()
    blank = load(package.archive.with_contents({resource.entry: content + b" "}))
    assert changed(before, planned(blank, instance, chosen)) >= {"package"}
    other = data.draw(drifted(package))
    if instance is None or other.digest != instance.digest:
        assert changed(before, planned(package, other, chosen)) >= {"target"}
    mode = Mode.MERGE if chosen.mode is Mode.ADD_NEW else Mode.ADD_NEW
    for another in (
        replace(chosen, mode=mode),
        replace(chosen, datasource_overwrite=not chosen.datasource_overwrite),
        replace(chosen, prefix=f"{chosen.prefix}x"),
    ):
        assert changed(before, planned(package, instance, another)) >= {"options"}
    answer = data.draw(st.sampled_from(other_answers(chosen)))
    otherwise = ImportContext(package, instance, chosen).answered(*answer)
    assert changed(before, planned(package, otherwise.instance, otherwise.options)) >= {"assumptions"}


@laws
@given(imports(), st.data())
def test_options_changed_in_the_file_are_named(drawn: tuple[Any, ...], data: st.DataObject) -> None:
    report = planned(*drawn)
    document = json.loads(json_v1.render(report))
    name = data.draw(st.sampled_from(sorted(document["options"]["assumptions"])))
    document["options"]["assumptions"][name] += "!"
    document["options"]["prefix"] += "!"
    edited = parse_plan(json.dumps(document).encode(), "PLAN.json")
    # The options of the file are those that the import would be planned with.
    assert changed(edited, replace(report, options=edited.options)) >= {"options", "assumptions"}


@laws
@given(imports(), st.data())
def test_a_damaged_plan_is_refused_or_shown(drawn: tuple[Any, ...], data: st.DataObject) -> None:
    document = json.loads(json_v1.render(planned(*drawn)))
    holder: Any = document
    for _ in range(data.draw(st.integers(0, 4))):
        below = [child for child in (holder.values() if isinstance(holder, dict) else holder) if child]
        below = [child for child in below if isinstance(child, (dict, list))]
        holder = data.draw(st.sampled_from(below)) if below else holder
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    key = data.draw(st.sampled_from(keys))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(st.sampled_from([None, [], {}, "", "x", 0, -1, 10**40, True, [[]], [""], {"x": "y"}]))
    try:
        report = parse_plan(json.dumps(document).encode(), "PLAN.json")
    except CannotRead:
        return
    render_plan(report, Screen(), Detail(everything=True))
    report_verification(report, report, "plan.json")


@every_row("content", [b"", b"\xff", b"[]", b"{}", b'{"changes": []}', b'{"steps": []}', b"{" * 200])
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead, match="is not a saved plan"):
        parse_plan(content, "PLAN.json")
