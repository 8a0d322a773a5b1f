"""The import simulated and told: plan, rules and verdict in one step, for one set of options or for several."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.package.package import Package
from assetpkg.planning.changes import Action, Plan, Reason
from assetpkg.planning.plan import Import, plan_each
from assetpkg.rules import plan_rules
from assetpkg.rules.imports.context import Review
from assetpkg.rules.policy import Policy
from assetpkg.rules.references import JUDGED_BY_A_PLAN
from assetpkg.rules.runner import diagnose, find_all, run, tell
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas

Verdict = Literal["blocked", "risky", "unverified", "clear"]


class Simulation(NamedTuple):
    """A plan, and everything that is to be said about it."""

    plan: Plan
    diagnostics: Sequence[Diagnostic]

    @property
    def verdict(self) -> Verdict:
        """The one word for it; the best of them is no promise."""
        return judge_verdict(self.plan, self.diagnostics)


def simulate(
    package: Package,
    imports: Sequence[Import],
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
) -> Iterator[Simulation]:
    """Yield the simulation of each import of `package` into one target.

    What they share is worked out once: the package by itself, and every comparison of two documents. `policy` and
    `schemas` are as for `check`.
    """
    alone = find_all(package, schemas)
    for plan, (instance, _) in zip(plan_each(package, imports), imports, strict=True):
        yield Simulation(plan, _judge(plan, package, instance, policy, alone))


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
    return _judge(plan, package, instance, policy, find_all(package, schemas))


def judge_verdict(plan: Plan, diagnostics: Iterable[Diagnostic]) -> Verdict:
    """Return the one word for a plan; the best of them is no promise."""
    severities = {diagnostic.severity for diagnostic in diagnostics}
    if Severity.ERROR in severities or plan.count(Action.CONFLICT):
        return "blocked"
    if Severity.RISK in severities:
        return "risky"
    return "unverified" if any(change.reason is Reason.UNVERIFIED for change in plan.changes) else "clear"


def _judge(
    plan: Plan, package: Package, instance: Instance | None, policy: Policy | None, alone: Iterable[Diagnostic]
) -> list[Diagnostic]:
    asked = policy.plan_rules if policy is not None else ()
    found = diagnose(package.archive, run(plan_rules(), Review(plan, package, instance, asked)))
    judged = JUDGED_BY_A_PLAN if instance is not None else frozenset()
    kept = [diagnostic for diagnostic in alone if diagnostic.code not in judged]
    return tell([*kept, *found], policy, package.layout)
