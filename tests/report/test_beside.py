"""What a page shows beside the report of a plan."""

import pytest

import assetpkg
from assetpkg.render.formats import render
from assetpkg.render.screen import View
from assetpkg.report import beside
from assetpkg.report.beside import report_beside
from assetpkg.report.plan import report_plan
from assetpkg.simulation.plan import Plan
from tests.conftest import SAMPLES

UNTRIED = "not tried"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return assetpkg.plan(SAMPLES / "order-center", SAMPLES / "staging.json", mode="Merge")


def test_other_answers_are_those_that_strict_reports(plan: Plan) -> None:
    assert report_beside(plan).other_verdicts == report_plan(plan, strict=True).other_verdicts


def test_other_answers_of_a_large_plan_are_not_tried_unasked(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_MOST_TRIED", len(plan.changes))
    assert report_beside(plan).other_verdicts is not None
    monkeypatch.setattr(beside, "_MOST_TRIED", len(plan.changes) - 1)
    assert report_beside(plan).other_verdicts is None


def test_a_page_says_what_other_answers_change_and_a_text_only_when_asked() -> None:
    plan = assetpkg.plan(SAMPLES / "order-center", SAMPLES / "production.json", mode="Merge")
    report, view = report_plan(plan), View(beside=lambda: [report_beside(plan)])
    assert UNTRIED in render(report, "html", View())
    page = render(report, "html", view)
    assert UNTRIED not in page
    assert "leaves the verdict as it is" in page
    assert render(report, "text", view) == render(report, "text", View())


def test_what_is_to_be_done_by_hand_is_there(plan: Plan) -> None:
    checklist = report_beside(plan).checklist
    assert checklist is not None
    assert checklist.items
