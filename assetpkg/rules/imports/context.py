"""What the rules over a plan look at, and how they turn its remarks into problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.planning.changes import Action, Change, Plan, Reason
from assetpkg.planning.context import ImportContext
from assetpkg.planning.parameters import value_of
from assetpkg.rules.team_plan import PlanRule
from assetpkg.target.instance import Instance

GUIDE = "User guide, Importing and Exporting Integration Assets"
PAGE = "API reference, Importing Assets"


@dataclass(frozen=True, slots=True)
class Review:
    """A finished plan, beside the package and the target that it was made of, and what the team asks of it."""

    plan: Plan
    package: Package
    instance: Instance | None
    plan_rules: tuple[PlanRule, ...] = ()


def about(
    review: Review,
    reason: Reason,
    tell: Callable[[Change, Any], tuple[str, str]],
    actions: frozenset[Action] = frozenset(Action),
) -> Iterator[Problem]:
    """Yield a problem for every remark with `reason`; `tell` makes message and hint of the change and the facts.

    Only changes with one of these actions count.
    """
    for change in review.plan.with_action(*actions):
        for remark in change.remarks:
            if remark.reason is reason:
                # A name or an id is masked before it is cut or stands within a sentence, where its form is lost.
                message, hint = tell(change, {name: _shown(value) for name, value in remark.details.items()})
                yield Problem(
                    message=message,
                    hint=hint,
                    place=change.place,
                    pointer=remark.pointer,
                    platform_code=remark.details.get("code"),
                    address=change.address,
                )


def context_of(review: Review) -> ImportContext:
    """Return what the plan was made in, to ask where names and references lead after the import."""
    return ImportContext(review.package, review.instance, review.plan.options)


def arriving(review: Review) -> Iterator[tuple[Change, Resource]]:
    """Yield the changes of what the platform imports, with their resources; what conflicts may be mended by then."""
    for change in review.plan.changes:
        if change.action is not Action.OMIT:
            yield change, review.package.index.by_address[change.address]


def feature(review: Review, name: str) -> Any:
    """Return the value of a configuration parameter of the target; `None` where it is not known."""
    return value_of(review.instance.features if review.instance else {}, name)


def source_feature(review: Review, name: str) -> Any:
    """Return the value of a configuration parameter of the source, as `feature` does."""
    return value_of(review.package.manifest.source.get("features"), name)


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(item) for item in value)
    return mask_line(value) if isinstance(value, str) else value
