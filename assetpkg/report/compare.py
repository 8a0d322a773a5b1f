"""Several imports: of one package side by side, and of several packages one after the other."""

from collections.abc import Iterable, Sequence
from typing import Literal

from assetpkg.credentials.masking import mask_renamed
from assetpkg.planning.changes import Action, ActionWord, Change
from assetpkg.report.plan import (
    AssumptionWord,
    BasisReport,
    OptionsReport,
    PackageReport,
    PlanReport,
    PlanSummary,
    ReasonWord,
    TargetReport,
    report_basis,
    report_options,
    report_package,
    report_plan,
    report_target,
    summarise,
)
from assetpkg.report.plan_effects import VerdictWord
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.compare import Comparison, Row
from assetpkg.simulation.plan import Plan
from assetpkg.simulation.rollout import Rollout
from assetpkg.simulation.verdict import Verdict


@shape
class ColumnReport:
    """One way of importing the package, and what comes of it."""

    options: OptionsReport
    """How the import is asked for."""
    verdict: VerdictWord
    """The whole plan in a word; the best of them is not a promise."""
    open_verdict: VerdictWord
    """The verdict without what the project accepts; the same as `verdict` where it accepts nothing."""
    summary: PlanSummary
    """How many resources have each action."""
    overwrites: Sequence[str]
    """The addresses on the target of what is replaced."""
    may_overwrite: Sequence[str]
    """The addresses on the target of what differs, where no document says which one stays."""


@shape_of(Change, "basis", "target_name")
class CellReport:
    """What one way does to one resource."""

    action: ActionWord
    """What the import would do to it."""
    reason: ReasonWord
    """Why, as one word."""
    basis: BasisReport
    """What that rests on: a page of the documents, an assumption, or a comparison."""
    assumptions: Sequence[AssumptionWord]
    """The names of the assumptions that it rests on."""
    target_name: str
    """Its name after the import."""


@shape_of(Row, "kind", "differs_only_by", "cells")
class RowReport:
    """What becomes of one resource, one cell for each column."""

    address: str
    """The resource's kind and names, joined by `/`."""
    kind: str
    """The word for its kind."""
    differs: bool
    """Whether the columns do not all do the same to it."""
    differs_only_by: Sequence[AssumptionWord]
    """The assumptions of which each alone, answered otherwise, would make all columns alike."""
    cells: Sequence[CellReport]
    """What each column does to it."""


@shape
class CompareReport(Report):
    """Several imports of one package into one target, side by side."""

    document: Literal["compare"] = "compare"
    package: PackageReport
    """What would be imported."""
    target: TargetReport
    """What it was held against; `untouched` is that of the first column."""
    columns: Sequence[ColumnReport]
    """The ways of importing it."""
    rows: Sequence[RowReport]
    """Every resource of the package, once."""


def report_comparison(comparison: Comparison) -> CompareReport:
    """Return the report of a comparison."""
    first = comparison.columns[0]
    return CompareReport(
        package=report_package(first.package),
        target=report_target(first.context.known_instance, first),
        columns=[_column(column) for column in comparison.columns],
        rows=[_row(row) for row in comparison.rows],
    )


def _column(plan: Plan) -> ColumnReport:
    return ColumnReport(
        options=report_options(plan.options),
        verdict=plan.verdict.value,
        open_verdict=plan.open_verdict.value,
        summary=summarise(plan),
        overwrites=_met(plan.with_action(Action.UPDATE)),
        may_overwrite=_met(plan.with_action(Action.UNDETERMINED)),
    )


def _row(row: Row) -> RowReport:
    cells = [_cell(change) for change in row.changes]
    return report_as(RowReport, row, kind=row.changes[0].kind, differs_only_by=row.only_by, cells=cells)


def _cell(change: Change) -> CellReport:
    name = mask_renamed(change.target_name, change.name)
    return report_as(CellReport, change, basis=report_basis(change.basis), target_name=name)


def _met(changes: Iterable[Change]) -> list[str]:
    """Return what is met on the target: other names than the import's where it is not known what a prefix renames."""
    return sorted({address for change in changes for address in change.matches})


@shape
class StepReport:
    """One import, in the order of the imports."""

    path: str
    """The package, as it was named."""
    needs: Sequence[str]
    """The packages that have to be imported before it, as they were named."""
    plan: PlanReport
    """What it would do to what the imports before it leave."""


@shape
class PlansReport(Report):
    """The plans of several packages, each against the result of those before."""

    document: Literal["plans"] = "plans"
    verdict: VerdictWord
    """The worst of their verdicts."""
    circles: Sequence[Sequence[str]]
    """The packages that need each other, so that none of them can be first."""
    steps: Sequence[StepReport]
    """The imports, in the order that the references ask for."""


def report_rollout(rollout: Rollout, paths: Sequence[str], *, strict: bool = False) -> PlansReport:
    """Return the report of several imports of the packages at `paths`; `strict` is as for one plan."""
    steps = [
        StepReport(
            path=paths[step.number],
            needs=[paths[number] for number in step.needs],
            plan=report_plan(step.plan, strict=strict),
        )
        for step in rollout.steps
    ]
    verdicts = {step.plan.verdict for step in rollout.steps} or {Verdict.CLEAR}
    return PlansReport(
        verdict=next(verdict.value for verdict in Verdict if verdict in verdicts),
        circles=[[paths[number] for number in cycle] for cycle in rollout.cycles],
        steps=steps,
    )
