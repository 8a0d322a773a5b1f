"""What the rules over a plan share: how a remark becomes a problem, and what both instances are set to."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem
from assetpkg.diagnostics.pages import Page
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.remarks import Remark
from assetpkg.target.configuration import value_of

GUIDE = Page.IMPORT_GUIDE
PAGE = Page.IMPORTING_ASSETS
AnyRemark = TypeVar("AnyRemark", bound=Remark)


def about(
    planned: Changes,
    sort: type[AnyRemark],
    tell: Callable[[Change, AnyRemark], tuple[str, str]],
    actions: frozenset[Action] = frozenset(Action),
) -> Iterator[Problem]:
    """Yield a problem for every remark of this class; `tell` makes message and hint of the change and the remark.

    Only changes with one of these actions count.
    """
    for change in planned.with_action(*actions):
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


def feature(planned: Changes, name: str) -> Any:
    """Return the value of a configuration parameter of the target; `None` where it is not known."""
    return value_of(planned.instance.features if planned.instance else {}, name)


def source_feature(planned: Changes, name: str) -> Any:
    """Return the value of a configuration parameter of the source, as `feature` does."""
    return value_of(planned.package.manifest.source.get("features"), name)


def _masked(remark: AnyRemark) -> AnyRemark:
    """Return a remark with the credentials in its texts replaced."""
    return replace(remark, **{field.name: _shown(getattr(remark, field.name)) for field in fields(remark)})


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_shown(item) for item in value)
    return mask_line(value) if isinstance(value, str) else value
