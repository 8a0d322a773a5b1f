"""The verdict of a plan as people read it: the same in every format, and never against the exit status."""

import re
from collections.abc import Sequence
from typing import Any

import assetpkg
from assetpkg.render.formats import render
from assetpkg.render.screen import View
from assetpkg.render.sentences import column_word, verdict_word, worst_verdict_word
from assetpkg.report.check import AcceptedReport
from assetpkg.report.compare import report_comparison, report_rollout
from assetpkg.report.plan import report_plan
from assetpkg.rules.policy import Policy
from assetpkg.simulation.compare import Comparison
from assetpkg.simulation.plan import Plan
from assetpkg.simulation.rollout import roll_out
from tests.build import TOPIC, edited, make_instance, make_package
from tests.tables import every_row

GRAVE = ("error", "risk")
TAKEN = {"application": [{"id": "app-0", "name": "Shop"}]}
"""A name that is taken, so that an import with AddNew has a conflict (IMP021)."""


def planned(*codes: str, wrong: bool = False, **words: Any) -> Plan:
    """Return the plan of a package whose application is there already, where findings of these codes are accepted."""
    package = make_package({"topics/order-events.json": edited(TOPIC, access_policy="NOBODY")} if wrong else {})
    allow = [{"code": code, "address": "*", "reason": "known"} for code in codes]
    return assetpkg.plan(package, make_instance(TAKEN), policy=Policy.parse(allow=allow, **words))


ROWS: list[tuple[Plan, str, bool]] = [
    (planned(), "blocked", True),
    (planned("IMP021"), "accepted", False),
    (planned("IMP021", wrong=True), "blocked", True),
    (planned("IMP021", "RSC014", wrong=True), "accepted", False),
    (planned("RSC014", wrong=True), "blocked", True),
    # A conflict whose rule is ignored is nobody's finding, and accepted by nobody.
    (planned("RSC014", wrong=True, ignore=["IMP021"]), "blocked", True),
    # Its finding may be less than an error, and is to be accepted all the same.
    (planned("RSC014", wrong=True, severities={"IMP021": "warning"}), "blocked", True),
    (planned("RSC014", "IMP021", wrong=True, severities={"IMP021": "warning"}), "accepted", False),
    (planned("IMP021", wrong=True, severities={"RSC014": "risk"}), "risky", True),
    (planned("IMP021", wrong=True, severities={"RSC014": "warning"}), "accepted", False),
]


@every_row(("plan", "word", "fails"), ROWS)
def test_what_is_accepted_makes_no_plan_blocked_or_risky(plan: Plan, word: str, fails: object) -> None:
    report = report_plan(plan)
    grave = any(found.severity in {"error", "risk"} for found in plan.diagnostics)
    assert (verdict_word(report), bool(plan.open_conflicts) or grave) == (word, fails)
    assert report.verdict == "blocked", "the platform knows of nothing that is accepted"


@every_row(("plan", "word"), [row[:2] for row in ROWS])
def test_every_format_for_people_has_the_same_verdict(plan: Plan, word: str) -> None:
    report = report_plan(plan)
    text, markdown, page = (render(report, form, View()) for form in ("text", "markdown", "html"))
    assert text.startswith(f"{word.capitalize()}: ")
    assert markdown.startswith(f"# Plan: {word}\n")
    assert f'<div class="verdict {word}">\n<p class="word">{text.partition(".")[0]}.' in page
    said, told = _counted(text.partition(".")[0]), _counted(markdown.split("\n")[2].partition(".")[0])
    if word == "accepted":
        assert said == {severity: number for severity in GRAVE if (number := _number(report.accepted, severity))}
    else:
        assert said == {severity: number for severity, number in told.items() if severity in GRAVE}
        assert said or report.summary.conflict
    assert _counted(" ".join(re.findall(r"<li>([^<]*)</li>", page))) == told
    assert (f"{len(report.accepted)} accepted" in text) is bool(report.accepted)
    assert (f"{len(report.accepted)} finding" in markdown) is bool(report.accepted)


@every_row(("plan", "word"), [row[:2] for row in ROWS])
def test_a_way_that_is_compared_has_the_verdict_of_its_plan(plan: Plan, word: str) -> None:
    report = report_comparison(Comparison(columns=(plan,), rows=()))
    assert (report.columns[0].verdict, column_word(report.columns[0])) == ("blocked", word)
    text, markdown, page = (render(report, form, View()) for form in ("text", "markdown", "html"))
    assert f"\n 1  {word} " in text
    assert f"no prefix, data sources not overwritten | {word} |" in markdown
    assert f'<b class="verdict-word {word}">{word}</b>' in page
    free = word != "blocked"
    assert ("Without a documented obstacle, or with accepted ones only:" in text) is free
    assert ("No documented obstacle, or only accepted ones, for way 1" in page) is free


def _counted(text: str) -> dict[str, int]:
    return {severity: int(number) for number, severity in re.findall(r"(\d+) (error|risk|warning)", text)}


def _number(found: Sequence[AcceptedReport], severity: str) -> int:
    return sum(each.severity == severity for each in found)


def test_of_several_plans_the_worst_verdict_is_said() -> None:
    for codes, word in (((), "blocked"), (("IMP021",), "accepted")):
        policy = Policy.parse(allow=[{"code": code, "address": "*", "reason": "known"} for code in codes])
        report = report_rollout(roll_out([make_package()], make_instance(TAKEN), policy=policy), ["shop"])
        assert (report.verdict, worst_verdict_word(report)) == ("blocked", word)
        text, markdown, page = (render(report, form, View()) for form in ("text", "markdown", "html"))
        assert f"1  shop: {word}\n" in text
        assert markdown.startswith(f"# Plans: {word}\n")
        assert f'<div class="verdict {word}"><p class="word">{word.capitalize()}</p>' in page
    assert worst_verdict_word(report_rollout(roll_out([], make_instance()), [])) == "clear"
