"""Several packages imported one after the other."""

from collections.abc import Sequence

from assetpkg.report.plan import PlanReport, report_plan
from assetpkg.report.plan_effects import VerdictWord
from assetpkg.report.shape import Report, shape
from assetpkg.simulation.rollout import Rollout
from assetpkg.simulation.verdict import Verdict


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
    verdicts = {step.plan.verdict for step in rollout.steps}
    return PlansReport(
        verdict=next(verdict.value for verdict in Verdict if verdict in verdicts),
        circles=[[paths[number] for number in cycle] for cycle in rollout.cycles],
        steps=steps,
    )
