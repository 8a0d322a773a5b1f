"""The import simulated and told: plan, rules and report in one step."""

from assetpkg.checking import check, diagnose, run
from assetpkg.diagnostics import Diagnostic
from assetpkg.instance import Instance
from assetpkg.package import Package
from assetpkg.planning.changes import Plan
from assetpkg.rules import Policy, plan_rules
from assetpkg.rules.imports.review import Review
from assetpkg.rules.references import JUDGED_BY_A_PLAN


def review(plan: Plan, package: Package, instance: Instance | None, policy: Policy | None = None) -> list[Diagnostic]:
    """Return everything that is to be said about a plan: what is wrong with the package, and with the import."""
    found = diagnose(package.archive, run(plan_rules(), Review(plan, package, instance)))
    judged = JUDGED_BY_A_PLAN if instance is not None else frozenset()
    alone = [diagnostic for diagnostic in check(package) if diagnostic.code not in judged]
    return (policy or Policy()).filter([*alone, *found])
