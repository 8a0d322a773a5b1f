"""What a page shows beside the report of a plan: it takes longer to find out, and the other formats do without."""

from collections.abc import Sequence
from typing import NamedTuple

from assetpkg.errors import InvalidPackage
from assetpkg.report.outcome import ChecklistReport, report_checklist
from assetpkg.report.plan_effects import OtherVerdictReport, report_other_verdicts
from assetpkg.simulation.plan import Plan

_MOST_TRIED = 1_000
"""Of how many resources other answers are tried unasked; of more, that would take most of the time of the plan."""


class BesidePlan(NamedTuple):
    """What to do by hand, and the verdicts under other answers; `None` for what is not known, or not tried."""

    checklist: ChecklistReport | None = None
    other_verdicts: Sequence[OtherVerdictReport] | None = None


def report_beside(plan: Plan) -> BesidePlan:
    """Report what a page shows beside a plan; nothing to do by hand where a package is too damaged to say that."""
    try:
        checklist = report_checklist(plan, plan.checklist())
    except InvalidPackage:
        checklist = None
    tried = report_other_verdicts(plan.other_verdicts) if len(plan.changes) <= _MOST_TRIED else None
    return BesidePlan(checklist, tried)
