"""JSON of what Python has in hand: the text that the command line prints with `--format json`."""

from collections.abc import Iterable

from assetpkg.diagnostics.model import Diagnostic
from assetpkg.package.package import Package
from assetpkg.render import json_v1
from assetpkg.report.check import report_check, report_package
from assetpkg.report.compare import report_comparison, report_rollout
from assetpkg.report.job import report_reconciliation
from assetpkg.report.plan import report_plan
from assetpkg.report.show import report_show
from assetpkg.simulation.compare import Comparison
from assetpkg.simulation.plan import Plan
from assetpkg.simulation.reconcile import Reconciliation
from assetpkg.simulation.rollout import Rollout


def to_json(
    value: Package | Plan | Comparison | Rollout | Reconciliation | Iterable[Diagnostic], *, path: str = ""
) -> str:
    """Return what `show`, `plan`, `compare`, `reconcile` or, for diagnostics, `check` prints with `--format json`.

    `path` is how a package that was checked is called.
    """
    if isinstance(value, Package):
        return json_v1.render(report_show(value, ((resource, None) for resource in value.resources)))
    if isinstance(value, Plan):
        return json_v1.render(report_plan(value))
    if isinstance(value, Comparison):
        return json_v1.render(report_comparison(value))
    if isinstance(value, Rollout):
        origins = {step.number: step.plan.package.archive.origin for step in value.steps}
        return json_v1.render(report_rollout(value, [origins[number] for number in sorted(origins)]))
    if isinstance(value, Reconciliation):
        return json_v1.render(report_reconciliation(value))
    return json_v1.render(report_check([report_package(path, value)]))
