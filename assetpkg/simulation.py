"""The import simulated and told: plan, rules and report in one step."""

from typing import TYPE_CHECKING

from assetpkg.checking import diagnose, find_all, run, tell
from assetpkg.diagnostics import Diagnostic
from assetpkg.instance import Instance
from assetpkg.package import Package
from assetpkg.planning.changes import Plan
from assetpkg.policy import Policy
from assetpkg.rules import plan_rules
from assetpkg.rules.imports.review import Review
from assetpkg.rules.references import JUDGED_BY_A_PLAN

if TYPE_CHECKING:
    from assetpkg.team_schemas import TeamSchemas


def review(
    plan: Plan,
    package: Package,
    instance: Instance | None,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
) -> list[Diagnostic]:
    """Return everything that is to be said about a plan: what is wrong with the package, and with the import.

    `policy` and `schemas` are as for `check`; whatever a policy says, a conflict blocks the plan.
    """
    found = diagnose(package.archive, run(plan_rules(), Review(plan, package, instance)))
    judged = JUDGED_BY_A_PLAN if instance is not None else frozenset()
    alone = [diagnostic for diagnostic in find_all(package, schemas) if diagnostic.code not in judged]
    return tell([*alone, *found], policy)
