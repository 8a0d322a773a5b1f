"""What the rules over a plan look at, and how they turn its remarks into problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assetpkg.diagnostics import Problem
from assetpkg.instance import Instance
from assetpkg.package import Package
from assetpkg.planning.changes import Change, Plan, Reason

GUIDE = "User guide, Importing and Exporting Integration Assets"
PAGE = "API reference, Importing Assets"


@dataclass(frozen=True, slots=True)
class Review:
    """A finished plan, beside the package and the target that it was made of."""

    plan: Plan
    package: Package
    instance: Instance | None


def about(review: Review, reason: Reason, tell: Callable[[Change, Any], tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for every remark with `reason`; `tell` makes message and hint of the change and the facts."""
    for change in review.plan.changes:
        for remark in change.remarks:
            if remark.reason is reason:
                message, hint = tell(change, remark.details)
                yield Problem(
                    message=message,
                    hint=hint,
                    entry=change.entry,
                    pointer=remark.pointer,
                    platform_code=remark.details.get("code"),
                    address=change.address,
                )
