"""JSON of what Python has in hand: the text that the command line prints with `--format json`."""

from collections.abc import Iterable, Sequence
from typing import Any

from assetpkg.archive.archive import Container
from assetpkg.authoring.adapt.adapt import Adaptation
from assetpkg.diagnostics.model import Diagnostic, Findings
from assetpkg.errors import InvalidOption
from assetpkg.package.package import Package
from assetpkg.render import json_v1
from assetpkg.report.adapt import report_adapt
from assetpkg.report.check import report_check, report_package
from assetpkg.report.compare import report_comparison, report_rollout
from assetpkg.report.diff import report_diff
from assetpkg.report.job import report_reconciliation
from assetpkg.report.merge import report_merge
from assetpkg.report.outcome import (
    ApplyReport,
    ChecklistReport,
    UndoReport,
    report_apply,
    report_checklist,
    report_undo,
)
from assetpkg.report.plan import report_plan
from assetpkg.report.show import report_show
from assetpkg.report.snapshot import report_snapshot
from assetpkg.report.subset import report_subset
from assetpkg.simulation.compare import Comparison
from assetpkg.simulation.delta import Subset
from assetpkg.simulation.difference import Diff
from assetpkg.simulation.merging.merge import Merge
from assetpkg.simulation.outcome.apply import Outcome
from assetpkg.simulation.outcome.checklist.checklist import Checklist
from assetpkg.simulation.outcome.undo import Undo
from assetpkg.simulation.plan import Plan
from assetpkg.simulation.reconcile import Reconciliation
from assetpkg.simulation.rollout import Rollout
from assetpkg.target.answers.collecting import Collected


def to_json(  # noqa: C901, PLR0913 - each class of values, and what a command knows beside one
    value: (
        Package
        | Plan
        | Comparison
        | Diff
        | Subset
        | Adaptation
        | Merge
        | Rollout
        | Reconciliation
        | Outcome
        | Undo
        | Checklist
        | Collected
        | Iterable[Diagnostic]
    ),
    *,
    path: str = "",
    unused_files: int | None = None,
    container: Container | None = None,
    resources: Sequence[str] | None = None,
    plan: Plan | None = None,
) -> str:
    """Return what the command for such a value prints with `--format json`: for diagnostics, that is `check`.

    `path` is how a package that was checked is called, `container` what it came in, `resources` the addresses of what
    is in it, and `unused_files` how many of its files no import uses, where that is known. What a plan leads to
    (`apply`, `undo`, `checklist`) needs that `plan`; raises `InvalidOption` without it, and for another one.
    """
    report: Any
    match value:
        case Outcome() | Undo() | Checklist():
            report = _follows(value, plan)
        case Package():
            report = report_show(value, ((resource, None) for resource in value.resources))
        case Plan():
            report = report_plan(value)
        case Comparison():
            report = report_comparison(value)
        case Diff():
            report = report_diff(value)
        case Subset():
            report = report_subset(value)
        case Adaptation():
            report = report_adapt(value, value.findings())
        case Merge():
            report = report_merge(value)
        case Rollout():
            origins = {step.number: step.plan.package.archive.origin for step in value.steps}
            report = report_rollout(value, [origins[number] for number in sorted(origins)])
        case Reconciliation():
            report = report_reconciliation(value)
        case Collected():
            report = report_snapshot(value)
        case _:
            accepted = value.accepted if isinstance(value, Findings) else ()
            package = report_package(
                path, value, unused_files, container=container, resources=resources, accepted=accepted
            )
            report = report_check([package])
    return json_v1.render(report)


def _follows(value: Outcome | Undo | Checklist, plan: Plan | None) -> ApplyReport | UndoReport | ChecklistReport:
    if plan is None or value.planned is not plan.planned:
        raise InvalidOption(f"the JSON of {type(value).__name__} needs the plan that it was made by: plan=…")
    if isinstance(value, Outcome):
        return report_apply(plan, value, applied=True)
    return report_undo(plan, value) if isinstance(value, Undo) else report_checklist(plan, value)
