"""What a plan means beyond its changes: the call, the names that follow, who notices, and on what the verdict rests."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import ActionWord
from assetpkg.planning.impact import Impact, User
from assetpkg.planning.prefix import StaleName, UpdatedReference
from assetpkg.planning.request import FORM_FIELD, METHOD, NOTE, Request
from assetpkg.planning.spelling import WayWord
from assetpkg.report.shape import OneOf, report_as, shape, shape_of
from assetpkg.simulation.plan import Plan
from assetpkg.simulation.verdict import AlternativeVerdict

VerdictWord = Literal["blocked", "risky", "unverified", "clear"]


@shape_of(Request, "method", "query", "form_field", "note")
class RequestReport:
    """The call that the plan was computed for."""

    method: str
    """The method of HTTP."""
    path: str
    """The path; in braces what the target does not tell."""
    query: dict[str, str]
    """The parameters of the query, as they are."""
    query_string: str
    """The query as it is in the URL."""
    form_field: str
    """The field of the multipart form that holds the file."""
    file_name: str | None
    """The file; null for a folder, which has to be packed, and for standard input."""
    note: str
    """What a client has to know."""


@shape_of(AlternativeVerdict)
class OtherVerdictReport:
    """An answer that was not assumed, and the verdict that the plan would have with it."""

    name: Annotated[str, OneOf(ASSUMPTIONS)]
    """The assumption."""
    value: str
    """The other answer."""
    verdict: VerdictWord
    """The verdict with that answer."""


@shape_of(UpdatedReference)
class FollowerReport:
    """A reference to a renamed resource, which leads to it under its new name."""

    address: str
    """The resource that refers."""
    pointer: str
    """Where it does."""
    to: str
    """What it refers to, by its address in the package."""
    target: str
    """What that is called on the target."""


@shape_of(StaleName)
class LeftBehindReport:
    """A place where the old name of a renamed resource is, and stays."""

    address: str
    """The resource in which it is."""
    pointer: str
    """Where."""
    to: str
    """The renamed resource, by its address in the package."""
    copy: bool
    """Whether it is the whole value, a copy of the name, and no text around it."""
    written: Sequence[WayWord]
    """How the name is written there; empty where it is as it is."""


@shape
class PrefixReport:
    """What a prefix carries with it, and what it cannot."""

    value: str
    """The prefix."""
    suggested: bool
    """Whether assetpkg has chosen it."""
    follows: Sequence[FollowerReport]
    """The references that follow the new names."""
    left_behind: Sequence[LeftBehindReport]
    """The places that keep the old name: texts, URLs, scripts, copies, keys."""


@shape_of(User, "in_package")
class UserReport:
    """A resource on the target that uses a data source."""

    address: str
    """Its address on the target."""
    kind: str
    """The word for its kind."""
    through: str | None
    """What it uses the data source through; null where it refers to it itself."""
    in_package: bool
    """Whether the package holds it, too."""


@shape
class ImpactReport:
    """A data source that is overwritten, or kept although it differs, and who notices on the target."""

    address: str
    """Its address on the target."""
    action: ActionWord
    """What the import would do to it."""
    users: Sequence[UserReport]
    """What uses it there, and the applications that this belongs to."""
    not_covered: Sequence[str]
    """The kinds of users that the target was not looked at for."""


def report_request(request: Request) -> RequestReport:
    """Return the report of the call that a plan was computed for."""
    query = dict(request.query)
    return report_as(RequestReport, request, method=METHOD, query=query, form_field=FORM_FIELD, note=NOTE)


def report_other_verdicts(others: Iterable[AlternativeVerdict]) -> Sequence[OtherVerdictReport]:
    """Return the report of the verdicts under other answers."""
    return [report_as(OtherVerdictReport, other) for other in others]


def report_prefix(plan: Plan, *, suggested: bool) -> PrefixReport:
    """Return the report of what the prefix of a plan carries with it."""
    return PrefixReport(
        value=plan.options.prefix,
        suggested=suggested,
        follows=[report_as(FollowerReport, found) for found in plan.updated_references],
        left_behind=[report_as(LeftBehindReport, found) for found in plan.stale_names],
    )


def report_impact(found: Iterable[Impact]) -> Sequence[ImpactReport]:
    """Return the report of the data sources that something on the target will notice."""
    return [_impact(impact) for impact in found]


def _impact(impact: Impact) -> ImpactReport:
    return ImpactReport(
        address=impact.change.target_address,
        action=impact.change.action.word,
        users=[report_as(UserReport, user, in_package=user.planned) for user in impact.users],
        not_covered=impact.not_covered,
    )
