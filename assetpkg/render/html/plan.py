"""What the page of a plan shows, and of several: each resource a row, with what was found about it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.findings import GRAVITY, count_plan, gravity
from assetpkg.render.html.graph import Graph, draw, kinds_of
from assetpkg.render.html.pictures import Part, bar
from assetpkg.render.html.sides import Difference, differences
from assetpkg.render.html.words import reason_of
from assetpkg.render.screen import View
from assetpkg.render.sentences import GRAVEST, SIGNS, asked_for, verdict_sentence, verdict_word, worst_verdict_word
from assetpkg.report.beside import BesidePlan
from assetpkg.report.check import DiagnosticReport
from assetpkg.report.compare import PlansReport
from assetpkg.report.outcome import ChecklistReport, ItemReport
from assetpkg.report.plan import ChangeReport, PlanReport
from assetpkg.report.plan_effects import OtherVerdictReport

_GRAVE = ("error", "risk")
"""The severities that are named above everything else."""
_MOST_CAUSES = 12
"""How many causes are named above everything else."""
_MOST_NAMES = 8
"""How many resources are named of one cause."""

_MOST_LINKS, _FEW_LINKS, _MANY_ROWS = 8, 3, 1_000
"""How many resources are named that a resource needs, and how many where there are very many rows."""


class Row(NamedTuple):
    """A resource in the table: its number, what was found about it, and what differs."""

    number: int
    change: ChangeReport
    found: Sequence[DiagnosticReport]
    codes: Sequence[str]
    differences: Sequence[Difference]
    more_fields: int
    used_by: Sequence[str]

    @property
    def badges(self) -> Sequence[DiagnosticReport]:
        """One finding of each rule, the gravest."""
        return list({each.code: each for each in reversed(self.found)}.values())[::-1]

    @property
    def summary(self) -> str:
        """What the row says before it is unfolded: the gravest finding, or how much differs."""
        differing = len(self.differences) + self.more_fields
        if self.found:
            return self.found[0].message
        return plural(differing, "difference") if differing else "Details"

    @property
    def gravest(self) -> str:
        """The gravest severity of what was found; empty where nothing was."""
        return self.found[0].severity if self.found else ""

    @property
    def unfolds(self) -> bool:
        """Whether there is more to say than a line has."""
        change = self.change
        return bool(self.found or change.fields or change.unverified or change.action not in {"keep", "create"})


class Cause(NamedTuple):
    """What is in the way of one or more resources, in the words of the first of them; no rule may speak of it.

    `same` says whether these words hold for all of them.
    """

    severity: str
    code: str
    message: str
    hint: str
    same: bool
    rows: Sequence[Row]
    left: int


class Todo(NamedTuple):
    """What is to be done by hand of one sort, and the page that it comes from."""

    title: str
    page: str
    items: Sequence[ItemReport]


class PlanView(NamedTuple):
    """One plan as the page shows it; `key` sets its parts apart from those of other plans of the page."""

    key: str
    report: PlanReport
    path: str
    needs: Sequence[str]
    rows: Sequence[Row]
    numbers: Mapping[str, int]
    parts: Sequence[Part]
    kinds: Sequence[tuple[str, int]]
    codes: Sequence[tuple[str, int]]
    causes: Sequence[Cause]
    more_causes: int
    general: Sequence[DiagnosticReport]
    severities: Mapping[str, int]
    graph: Graph
    checklist: ChecklistReport | None
    other_verdicts: Sequence[OtherVerdictReport] | None

    @property
    def most_links(self) -> int:
        """How many of what a resource needs, or what needs it, are named in its row."""
        return _FEW_LINKS if len(self.rows) > _MANY_ROWS else _MOST_LINKS

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        return verdict_word(self.report)

    @property
    def sentence(self) -> str:
        """The verdict as a sentence."""
        return verdict_sentence(self.report)

    @property
    def described(self) -> str:
        """How the import is asked for."""
        return asked_for(self.report.options, self.target)

    @property
    def counts(self) -> Sequence[tuple[str, int]]:
        """Every action with its number, also those that nothing has."""
        return [(word, getattr(self.report.summary, word)) for word in SIGNS]

    @property
    def words(self) -> Sequence[tuple[str, int]]:
        """The actions that something has."""
        return [(word, count) for word, count in self.counts if count]

    @property
    def assumed(self) -> Sequence[str]:
        """The assumptions that shaped the plan."""
        return [each.name for each in self.report.assumptions]

    @property
    def target(self) -> str:
        """What the target is called."""
        return self.report.target.name if self.report.target else "an unknown instance"

    @property
    def note(self) -> str:
        """What a client has to know, as a sentence."""
        return f"{self.report.request.note[:1].upper()}{self.report.request.note[1:]}"

    @property
    def todo(self) -> Mapping[str, Sequence[Todo]]:
        """What is to be done by hand, before and after."""
        items = self.checklist.items if self.checklist is not None else ()
        return {phase: list(_todo(items, phase)) for phase in ("before", "after")}


def prepare(report: PlanReport | PlansReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a plan, or of several, and what it shows."""
    beside: list[BesidePlan] = list(view.beside()) if view.beside is not None else []
    if isinstance(report, PlansReport):
        padded = [*beside, *[BesidePlan()] * (len(report.steps) - len(beside))]
        plans = [
            _look(step.plan, f"p{number}-", step.path, step.needs, each)
            for number, (step, each) in enumerate(zip(report.steps, padded, strict=True), 1)
        ]
        return "plans.html", {"report": report, "verdict": worst_verdict_word(report), "plans": plans}
    return "plan.html", {"plan": _look(report, "", "", (), beside[0] if beside else BesidePlan())}


def _look(report: PlanReport, key: str, path: str, needs: Sequence[str], beside: BesidePlan) -> PlanView:
    rows = _rows(report)
    numbers = {row.change.address: row.number for row in rows}
    general = sorted((each for each in report.diagnostics if each.address not in numbers), key=gravity)
    causes = list(_causes(rows))
    return PlanView(
        key=key,
        report=report,
        path=path,
        needs=needs,
        rows=rows,
        numbers=numbers,
        parts=bar((word, getattr(report.summary, word)) for word in SIGNS),
        kinds=kinds_of(report.changes),
        codes=sorted(Counter(code for row in rows for code in row.codes).items()),
        causes=causes[:_MOST_CAUSES],
        more_causes=max(0, len(causes) - _MOST_CAUSES),
        general=general,
        severities=count_plan(report),
        graph=draw(report, numbers),
        checklist=beside.checklist,
        other_verdicts=beside.other_verdicts if report.other_verdicts is None else report.other_verdicts,
    )


def _rows(report: PlanReport) -> list[Row]:
    found: dict[str, list[DiagnosticReport]] = {}
    for each in report.diagnostics:
        if each.address is not None:
            found.setdefault(each.address, []).append(each)
    used: dict[str, list[str]] = {}
    for change in report.changes:
        for other in change.depends_on:
            used.setdefault(other, []).append(change.address)
    rows = [_row(change, sorted(found.get(change.address, ()), key=gravity), used) for change in report.changes]
    rows.sort(key=_urgency)
    return [row._replace(number=number) for number, row in enumerate(rows, 1)]


def _row(change: ChangeReport, found: Sequence[DiagnosticReport], used: Mapping[str, Sequence[str]]) -> Row:
    differing, more = differences(change.fields)
    return Row(
        number=0,
        change=change,
        found=found,
        codes=list(dict.fromkeys(each.code for each in found)),
        differences=differing,
        more_fields=more,
        used_by=used.get(change.address, ()),
    )


def _urgency(row: Row) -> tuple[bool, int, int]:
    """Return the rank of a row: conflicts, then what was found, the gravest first, then what changes most."""
    grave = GRAVITY[row.gravest] if row.gravest else len(GRAVITY)
    return row.change.action != "conflict", grave, GRAVEST.index(row.change.action)


def _causes(rows: Sequence[Row]) -> Iterator[Cause]:
    """Yield what blocks, and what is doubtful, each cause once, the gravest first."""
    groups: dict[tuple[str, str], list[tuple[DiagnosticReport | None, Row]]] = {}
    for row in rows:
        grave = [each for each in row.badges if each.severity in _GRAVE]
        for each in grave:
            groups.setdefault((each.severity, each.code), []).append((each, row))
        if row.change.action == "conflict" and not any(each.severity == "error" for each in grave):
            groups.setdefault(("error", row.change.reason), []).append((None, row))
    for (severity, _), members in sorted(groups.items(), key=lambda each: (GRAVITY[each[0][0]], -len(each[1]))):
        found, first = members[0]
        yield Cause(
            severity=severity,
            code=found.code if found else "",
            message=found.message if found else reason_of(first.change),
            hint=found.hint if found else "",
            same=len({each.message if each else "" for each, _ in members}) == 1,
            rows=[row for _, row in members[:_MOST_NAMES]],
            left=max(0, len(members) - _MOST_NAMES),
        )


def _todo(items: Sequence[ItemReport], phase: str) -> Iterator[Todo]:
    for (title, page), members in groupby((item for item in items if item.phase == phase), key=_sort_of):
        yield Todo(title, page, list(members))


def _sort_of(item: ItemReport) -> tuple[str, str]:
    return item.title, item.page
