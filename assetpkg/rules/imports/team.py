"""What the team asks of every plan."""

from collections.abc import Iterator

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.rules.imports.context import Review


@rule("IMP090", "team-plan-rule", Severity.ERROR, source="the project's own rule")
def team_plan_rule(review: Review) -> Iterator[Problem]:
    """A change is not what the project allows in a plan.

    Finds what a table under `[[tool.assetpkg.plan-rules]]` does not allow: more changes of a sort than `at-most`, any
    where it is absent, or a name that none of `names` fits. The message names the rule of the project. Too many changes
    are one finding, about the plan as a whole.

    The platform may well accept it: the project has agreed on more than the platform asks for.

    Change the options of the import or the package, or the project's rule where it asks for too much.
    """
    target = review.instance.name if review.instance is not None else ""
    for demand in review.plan_rules:
        for change, message in demand.broken_by(review.plan, target):
            yield Problem(
                message=f"breaks '{demand.name}': {message}",
                hint="change the options or the package, or the project's rule",
                place=change.place if change else None,
                address=change.address if change else None,
            )


RULES: tuple[Rule, ...] = (team_plan_rule,)
