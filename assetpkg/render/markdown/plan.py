"""A plan as Markdown, and several: what a reviewer decides from, the verdict and the counts first."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics import sentences
from assetpkg.diagnostics.sentences import and_more, plural
from assetpkg.planning.changes import Action
from assetpkg.render.findings import Subject, accepted_in_words, subjects_of
from assetpkg.render.markdown.check import accepted_table, counted, findings_table
from assetpkg.render.markdown.marks import Table, code, page, shorten, words
from assetpkg.render.screen import masked
from assetpkg.render.sentences import asked_for, verdict_word, worst_verdict_word
from assetpkg.report.compare import PlansReport
from assetpkg.report.plan import ChangeReport, FieldReport, PlanReport
from assetpkg.simulation.verdict import ACCEPTED

if TYPE_CHECKING:
    from assetpkg.report.diff import ValueReport

MOST_FIELDS = 6
"""How many differences of one resource are shown."""
_LONGEST_VALUE = 80
_VERDICTS = {
    "blocked": "blocked",
    "risky": "risky",
    ACCEPTED: "accepted",
    "unverified": "unverified",
    "clear": "clear: no documented obstacle found",
}
_ORDER = {word: number for number, word in enumerate(("conflict", "update", "undetermined", "keep", "create", "omit"))}
"""The actions in the order in which a reviewer asks for them; what is kept and equal is only counted."""


def tell_plan(report: PlanReport) -> str:
    """Return the page of one plan."""
    subjects = subjects_of(report)
    return page(
        [
            f"# Plan: {_VERDICTS[verdict_word(report)]}",
            _sentence(report, subjects),
            _counts([report], ()),
            _untouched([report]),
            *_tables([report], subjects),
        ]
    )


def tell_plans(report: PlansReport) -> str:
    """Return the page of several plans: the order of the imports, then what is in them."""
    subjects, plans = subjects_of(report), [step.plan for step in report.steps]
    found = counted(finding for subject in subjects for finding in subject.findings)
    circles = [
        (", ".join(code(shorten(path)) for path in (*circle, circle[0])),) for circle in report.circles if circle
    ]
    order = [
        (
            f"{number}",
            code(shorten(step.path)),
            verdict_word(step.plan),
            ", ".join(code(shorten(path)) for path in step.needs),
        )
        for number, step in enumerate(report.steps, 1)
    ]
    return page(
        [
            f"# Plans: {_VERDICTS[worst_verdict_word(report)]}",
            f"{plural(len(plans), 'package')}, one import after the other: {found}{accepted_in_words(subjects)}.",
            Table("", ("import", "package", "verdict", "after"), order, "import"),
            Table("No order", ("these need each other, so none can be imported first",), circles, "circle"),
            _counts(plans, [step.path for step in report.steps]),
            *_tables(plans, subjects),
        ]
    )


def _sentence(report: PlanReport, subjects: Sequence[Subject]) -> str:
    found = counted(finding for subject in subjects for finding in subject.findings)
    target = code(shorten(report.target.name)) if report.target else "an unknown instance"
    name = code(shorten(report.package.name)) or "a package"
    options = asked_for(report.options, mark=code)
    alone = "" if report.target else " Without a target, every create is unverified."
    return f"**{found}{accepted_in_words(subjects)}.** {name} into {target}: {options}.{alone}"


def _counts(plans: Sequence[PlanReport], paths: Sequence[str]) -> Table:
    """Return how many resources have each action, of each package where there are several."""
    words_ = [action.value for action in Action]
    rows = [
        (
            *([code(shorten(paths[number]))] if paths else []),
            *(f"{getattr(plan.summary, word):,}" for word in words_),
        )
        for number, plan in enumerate(plans)
    ]
    return Table("", (*(["package"] if paths else []), *words_), rows, "package")


def _untouched(plans: Iterable[PlanReport]) -> str:
    number = sum(plan.target.untouched for plan in plans if plan.target)
    return f"{plural(number, 'resource on the target is', 'resources on the target are')} not touched."


def _tables(plans: Sequence[PlanReport], subjects: Sequence[Subject]) -> Iterator[Table]:
    yield findings_table("What blocks", subjects, ("error",), by_address=True)
    yield findings_table("Risks and warnings", subjects, ("risk", "warning"), by_address=True)
    changes = [change for plan in plans for change in plan.changes if change.action != "keep" or change.fields]
    changes.sort(key=lambda change: _ORDER[change.action])
    heads = ("action", "resource", "what differs: target → package")
    yield Table("Changes", heads, changes, "change", _change)
    yield findings_table("Notes", subjects, ("info",), by_address=True)
    yield Table("Assumptions", ("assumption", "question", "resources"), list(_assumptions(plans)), "assumption")
    yield accepted_table(subjects)


def _change(change: ChangeReport) -> Sequence[str]:
    renamed = f" as {code(shorten(change.target_name))}" if change.target_name != change.name else ""
    differing = "; ".join(tell_field(field) for field in change.fields[:MOST_FIELDS])
    more = and_more(len(change.fields) - MOST_FIELDS)
    return change.action, f"{code(shorten(change.address))}{renamed}", f"{differing}{more}"


def tell_field(field: "FieldReport | ValueReport") -> str:
    """Return what a field has on both sides."""
    pointer = code(shorten(field.pointer))
    if field.secret and field.before == field.after:
        return f"{pointer} secret, changed"
    return f"{pointer} {tell_value(field.before)} → {tell_value(field.after)}"


def tell_value(value: Any) -> str:
    """Return a value, or the beginning of a long one."""
    if value is None:
        return "none"
    text = mask_line(json.dumps(masked(value), ensure_ascii=False))
    return code(sentences.shorten(text, _LONGEST_VALUE))


def _assumptions(plans: Iterable[PlanReport]) -> Iterator[Sequence[str]]:
    """Yield the assumptions that shaped the plans, each once, with how many resources rest on it."""
    touched: dict[str, int] = {}
    said: dict[str, str] = {}
    for plan in plans:
        for each in plan.assumptions:
            name = f"{each.name}={each.value}"
            touched[name] = touched.get(name, 0) + len(each.addresses)
            said[name] = each.question
    for name, number in touched.items():
        yield code(name), words(said[name]), f"{number:,}"
