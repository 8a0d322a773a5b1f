"""The order in which applications have to be imported."""

from collections.abc import Iterator
from typing import NamedTuple

from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import undocumented
from assetpkg.package.index import reference_to
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.order import Graph, find_cycles, order_below
from assetpkg.planning.owners import owner_after
from assetpkg.rules.imports.about import GUIDE


class Call(NamedTuple):
    """A scheduled task that calls an API of another application; `created` when this very import makes the API."""

    change: Change
    caller: str
    called: str
    api: str
    created: bool
    pointer: str


@rule("IMP060", "calls-other-application", Severity.ERROR, source=GUIDE)
def calls_other_application(planned: Changes) -> Iterator[Problem]:
    """A scheduled API task calls an API of another application that the same import would create.

    Finds scheduled API tasks of one application, and called APIs of another one that is not on the target before.

    Such an import fails: the assets of the application that is called have to be imported first.

    Cut the package with `assetpkg split`, which puts the task into a later package than the API that it calls; or make
    one package of each application, and import them in the order that the hint gives.
    """
    found = [call for call in _calls(planned) if call.created]
    graph = _graph(found)
    circling = {application for cycle in find_cycles(graph) for application in cycle}
    for call in found:
        if call.caller in circling and call.called in circling:
            continue
        order = ", then ".join(_name(application) for application in order_below(graph, call.caller))
        yield Problem(
            message=f"calls {call.api} of another application, which must be on the target first",
            hint="use 'assetpkg split', which moves the task to a later package;"
            f" or import the applications one by one: {order}",
            place=call.change.place,
            pointer=call.pointer,
            address=call.change.address,
        )


@rule("IMP061", "calls-in-a-circle", Severity.ERROR, source=GUIDE)
def calls_in_a_circle(planned: Changes) -> Iterator[Problem]:
    """Applications call each other's APIs by scheduled tasks, so that neither can be imported before the other.

    Finds circles among the applications whose scheduled API tasks call APIs that the same import would create.

    The assets of the application that is called have to be on the target first. In a circle there is no first, as long
    as each application comes with its scheduled API tasks.

    Cut the package with `assetpkg split`, which puts the tasks into a later package than the APIs that they call; or
    take one of them out of the package, and create it on the target by hand afterwards.
    """
    found = [call for call in _calls(planned) if call.created]
    for cycle in find_cycles(_graph(found)):
        inside = [call for call in found if {call.caller, call.called} <= set(cycle)]
        around = " > ".join(_name(application) for application in (*cycle, cycle[0]))
        yield Problem(
            message="applications call each other by scheduled API tasks,"
            f" so none of them can be completely imported first: {around}",
            hint="use 'assetpkg split', which moves the tasks to a later package;"
            f" or leave {inside[0].change.address} out, and create it by hand afterwards",
            place=inside[0].change.place,
            pointer=inside[0].pointer,
            address=inside[0].change.address,
        )


@rule("IMP062", "calls-under-prefix", Severity.RISK, source=undocumented("what a reference means under a prefix"))
def calls_under_prefix(planned: Changes) -> Iterator[Problem]:
    """A scheduled API task calls an API of the target, and the import has a prefix.

    Finds scheduled API tasks of an import with a prefix whose API is not in the package.

    No page says whether the task then calls the API of the application without the prefix or of one with it.

    Look at the task after the import, before it is started.
    """
    if not planned.options.prefix:
        return
    for call in _calls(planned):
        if not call.created:
            yield Problem(
                message=f"calls {call.api} of the target; what that means under a prefix is not documented",
                hint="look at the task after the import, before it is started",
                place=call.change.place,
                pointer=call.pointer,
                address=call.change.address,
            )


def _calls(planned: Changes) -> Iterator[Call]:
    """Yield the scheduled tasks that call an API of another application."""
    context = planned.context
    fates = {change.address: change.action for change in planned.changes}
    for change, resource in planned.arriving():
        calls = resource.kind.calls
        used = None if calls is None else reference_to(resource, calls)
        caller = None if used is None else owner_after(context, resource)
        if used is None or caller is None:
            continue
        inside = planned.package.index.resolve(used)
        if inside is not None:
            called, api = owner_after(context, inside), inside.address
            created = fates[api] in (Action.CREATE, Action.CONFLICT)
        else:
            address = str(context.matching.lands(used))
            called, created, api = _application_on_target(context, address), False, address
        if called is not None and called != caller:
            yield Call(change, caller, called, api, created, used.pointer)


def _application_on_target(context: ImportContext, address: str) -> str | None:
    found = context.target_index.by_address.get(address)
    application = context.target_index.owner(found) if found is not None else None
    return application.address if application else None


def _graph(calls: list[Call]) -> Graph:
    """Return for each application those that have to be imported before it."""
    graph: dict[str, frozenset[str]] = {}
    for call in calls:
        graph[call.caller] = graph.get(call.caller, frozenset()) | {call.called}
        graph.setdefault(call.called, frozenset())
    return graph


def _name(address: str) -> str:
    return f"'{address.partition('/')[2]}'"


RULES: tuple[Rule, ...] = (calls_other_application, calls_in_a_circle, calls_under_prefix)
