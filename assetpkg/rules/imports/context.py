"""What the rules over a plan look at, and how they turn its remarks into problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem
from assetpkg.diagnostics.pages import Page
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.planning.changes import Action, Change, Changes, Remark
from assetpkg.planning.context import ImportContext
from assetpkg.planning.parameters import value_of
from assetpkg.rules.team_plan import PlanRule
from assetpkg.target.instance import Instance

GUIDE = Page.IMPORT_GUIDE
PAGE = Page.IMPORTING_ASSETS
AnyRemark = TypeVar("AnyRemark", bound=Remark)


@dataclass(frozen=True, slots=True)
class Review:
    """What an import would do, and what the team asks of it."""

    context: ImportContext
    plan: Changes
    plan_rules: tuple[PlanRule, ...] = ()

    @property
    def package(self) -> Package:
        """The package."""
        return self.context.package

    @property
    def instance(self) -> Instance | None:
        """The target."""
        return self.context.instance


def about(
    review: Review,
    sort: type[AnyRemark],
    tell: Callable[[Change, AnyRemark], tuple[str, str]],
    actions: frozenset[Action] = frozenset(Action),
) -> Iterator[Problem]:
    """Yield a problem for every remark of this class; `tell` makes message and hint of the change and the remark.

    Only changes with one of these actions count.
    """
    for change in review.plan.with_action(*actions):
        for remark in change.remarks:
            if isinstance(remark, sort):
                # A name or an id is masked before it is cut or put into a sentence, where its form is lost.
                message, hint = tell(change, _masked(remark))
                yield Problem(
                    message=message,
                    hint=hint,
                    place=change.place,
                    pointer=remark.pointer,
                    platform_code=remark.code,
                    address=change.address,
                )


def arriving(review: Review) -> Iterator[tuple[Change, Resource]]:
    """Yield the changes of what the platform imports, with their resources; what conflicts may be fixed by then."""
    for change in review.plan.changes:
        if change.action is not Action.OMIT:
            yield change, review.package.index.by_address[change.address]


def feature(review: Review, name: str) -> Any:
    """Return the value of a configuration parameter of the target; `None` where it is not known."""
    return value_of(review.instance.features if review.instance else {}, name)


def source_feature(review: Review, name: str) -> Any:
    """Return the value of a configuration parameter of the source, as `feature` does."""
    return value_of(review.package.manifest.source.get("features"), name)


def _masked(remark: AnyRemark) -> AnyRemark:
    """Return a remark with the credentials in its texts replaced."""
    return replace(remark, **{field.name: _shown(getattr(remark, field.name)) for field in fields(remark)})


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(item) for item in value)
    return mask_line(value) if isinstance(value, str) else value
