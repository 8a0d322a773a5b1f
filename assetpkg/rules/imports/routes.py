"""Paths that collide once the import is done."""

from collections.abc import Iterator
from itertools import islice

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import undocumented
from assetpkg.planning.changes import Changes
from assetpkg.rules.imports.about import GUIDE, feature, source_feature
from assetpkg.rules.imports.ownership import Answer, answers, callable_by
from assetpkg.rules.relations import equal_routes, routing, routing_pointer
from assetpkg.rules.route_table import Alike, Overlap, RouteTable, tell_apart
from assetpkg.target.configuration import is_on

APP_ROUTE = "app_route"
DEFAULT_GROUP = "DEFAULT"
"""The group that the platform makes itself; its APIs are not reached by address alone."""
_SHOWN = 3
"""How many of the others a message names."""

Meeting = tuple[Answer, list[Answer], str, Overlap]
"""An API of the package, some that it meets, the application that may call both, and how they meet."""


@rule("IMP050", "path-conflict", Severity.ERROR, source=GUIDE)
def path_conflict(planned: Changes) -> Iterator[Problem]:
    """An application could call two APIs by the same method and path, and the target routes by application.

    Finds APIs with the same method, path and match mode among those of one application and those that it is authorised
    for, when `app_route` is on at the target. Names in braces make no difference; the group DEFAULT is left out.

    With `app_route` APIs are called by address, without the domain of their group. The guide names it as a reason for
    an import to fail that a package holds APIs with conflicting paths.

    Change one of the paths, or turn `app_route` off at the target.
    """
    if is_on(feature(planned, APP_ROUTE)):
        for api, others, application, overlap in _meetings(planned):
            if overlap is Overlap.EXACT:
                yield _problem(api, f"has the route of {_listed(others)}; {application} may call both")


@rule("IMP051", "path-overlap", Severity.RISK, source=undocumented("which overlapping paths count as conflicting"))
def path_overlap(planned: Changes) -> Iterator[Problem]:
    """An application could call two APIs by the same request, and the target routes by application.

    Finds APIs of one application of which some request fits both, when `app_route` is on at the target: one has a
    parameter where the other has a word, one takes any method, one takes everything below its path (SWA), or they
    differ only in a slash at the end or in capital letters. Two APIs of the package are left alone if the source had
    `app_route` on as well.

    The guide speaks of conflicting paths, and does not say whether such ones are.

    Make the paths distinct, or try the import on an instance with `app_route` on.
    """
    if is_on(feature(planned, APP_ROUTE)):
        for api, others, application, overlap in _meetings(planned):
            if overlap is Overlap.POSSIBLE:
                yield _problem(api, f"can answer requests for {_listed(others)}; {application} may call both")


@rule("IMP052", "path-conflict-if", Severity.WARNING, source=GUIDE)
def path_conflict_if(planned: Changes) -> Iterator[Problem]:
    """The import can fail if the target routes by application, and it is not known whether it does.

    Finds what IMP050 finds, when nothing says whether `app_route` is on at the target.

    See IMP050.

    Look at the configuration parameters of the target, and write `app_route` into the snapshot.
    """
    if is_on(feature(planned, APP_ROUTE)) is None:
        for api, others, application, overlap in _meetings(planned):
            if overlap is Overlap.EXACT:
                message = f"has the route of {_listed(others)}; {application} may call both"
                yield _problem(api, f"{message}, which can fail if {APP_ROUTE} is on at the target")


@rule("IMP053", "equal-route-on-target", Severity.RISK, source=undocumented("which spellings of a path are different"))
def equal_route_on_target(planned: Changes) -> Iterator[Problem]:
    """An API answers what one in the same group of the target does, and only the spelling of their routes differs.

    Finds what RSC062 finds in a package: names in braces, a slash at the end, capital letters, and `ANY` for a method.
    It does so where `app_route` is not on; where it is, IMP050 and IMP051 find them.

    An API whose method, path and match mode exist is refused (APIG.3301); whether these spellings count is not
    documented.

    Change the path, or compare the two APIs.
    """
    if is_on(feature(planned, APP_ROUTE)):
        return
    there: Alike[Answer] = Alike()
    for answer in planned.once(answers):
        if not answer.inside:
            there.add(answer.path.names[:-1], answer.route, answer)
            continue
        other = there.find(answer.path.names[:-1], answer.route)
        if other is None:
            continue
        known, spelling = routing(answer.resource), routing(other.resource)
        if known is not None and spelling is not None and spelling != known:
            what = tell_apart(known, spelling)
            yield _problem(answer, f"has the route of {other.resource.address} on the target, except for {what}")


def _meetings(planned: Changes) -> Iterator[Meeting]:
    """Yield each API of the package that meets others, once: with those that it meets exactly, or else possibly."""
    tried_at_source = is_on(source_feature(planned, APP_ROUTE))
    tables: dict[str, RouteTable[Answer]] = {}
    told: set[str] | None = None
    for application, answer in callable_by(planned, planned.once(answers)):
        if answer.path.names[-2:-1] == (DEFAULT_GROUP,):
            continue
        table = tables.setdefault(application, RouteTable())
        near = (
            (other, overlap)
            for other, overlap in table.find(answer.route)
            if (answer.inside or other.inside)
            and not _is_same_in_group(answer, other)
            and not (tried_at_source and answer.inside and other.inside)
        )
        found = list(islice(near, _SHOWN + 1))
        table.add(answer.route, answer)
        if not found:
            continue
        if told is None:
            told = {double.address for double, _ in equal_routes(planned.package.resources)}
        if answer.resource.address not in told:
            how = found[0][1]
            others = [other for other, overlap in found if overlap is how]
            api, met = (answer, others) if answer.inside else (others[0], [answer])
            told.add(api.resource.address)
            yield api, met, application, how


def _is_same_in_group(answer: Answer, other: Answer) -> bool:
    """Say whether the two are refused as doubles in their group anyway."""
    return answer.path.names[:-1] == other.path.names[:-1] and routing(answer.resource) == routing(other.resource)


def _problem(answer: Answer, message: str) -> Problem:
    method, path, _ = routing(answer.resource) or ("", "", "")
    return Problem(
        message=f"{method} {mask_line(path)} {message}",
        hint="change one of the paths, or compare the configuration of the instances",
        place=answer.resource.place,
        pointer=routing_pointer(answer.resource),
        address=answer.resource.address,
    )


def _listed(others: list[Answer]) -> str:
    words = [f"{other.resource.address}{'' if other.inside else ' on the target'}" for other in others[:_SHOWN]]
    # How many others there are is not known: after one too many, no more were looked for.
    return ", ".join(words) + (" and others" if len(others) > _SHOWN else "")


RULES: tuple[Rule, ...] = (path_conflict, path_overlap, path_conflict_if, equal_route_on_target)
