"""Which application answers which requests once the import is done, and which may call them."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assetpkg.package.index import OWNER, Path, Resource, reference_to
from assetpkg.planning.changes import Action, Changes
from assetpkg.planning.context import ImportContext
from assetpkg.planning.owners import owner_after
from assetpkg.rules.relations import routing
from assetpkg.rules.route_table import Route

AUTHORIZATION = "app_authorization"
"""The kind whose resources let applications call APIs."""


class Answer(NamedTuple):
    """A resource that answers requests after the import: in the package, or only on the target.

    `application` and `path` are those on the target; `application` is `None` where none is known.
    """

    resource: Resource
    path: Path
    application: str | None
    route: Route
    inside: bool


def answers(planned: Changes) -> list[Answer]:
    """Return everything that answers requests after the import, what only the target has first."""
    context = planned.context
    inside, met = [], set[str]()
    for change, resource in planned.arriving():
        known = routing(resource)
        if known is not None and change.action is not Action.CONFLICT:
            renamed = change.target_name != resource.name
            path = context.naming.target_path(resource, renamed=renamed)
            met.update(change.matches)
            application = owner_after(context, resource)
            inside.append(Answer(resource, path, application, Route.parse(*known), inside=True))
    return [*_on_target(context, met), *inside]


def callable_by(planned: Changes, known: Iterable[Answer]) -> Iterator[tuple[str, Answer]]:
    """Yield each application with what it may call by its own APIs and by its authorisations."""
    by_path: dict[Path, Answer] = {}
    told: set[tuple[str, Path]] = set()
    for answer in known:
        by_path[answer.path] = answer
        if answer.application is not None:
            told.add((answer.application, answer.path))
            yield answer.application, answer
    for application, path in _authorised(planned):
        if path in by_path and (application, path) not in told:
            told.add((application, path))
            yield application, by_path[path]


def _on_target(context: ImportContext, met: AbstractSet[str]) -> Iterator[Answer]:
    """Yield what answers requests on the target and is not `met` by what answers them after the import."""
    index = context.target_index
    for resource in index.resources:
        known = routing(resource) if resource.address not in met else None
        if known is None:
            continue
        parent = index.parent_of(resource)
        reference = reference_to(resource, OWNER) or (parent and reference_to(parent, OWNER))
        found = index.resolve(reference) if reference else None
        application = found.address if found else reference.value if reference else None
        yield Answer(resource, resource.path, application, Route.parse(*known), inside=False)


def _authorised(planned: Changes) -> Iterator[tuple[str, Path]]:
    context = planned.context
    for _, resource in planned.arriving():
        if resource.path.kind == AUTHORIZATION:
            apis = [context.naming.resolve_after(used) for used in resource.references if used.kind == "api"]
            for used in resource.references:
                application = context.matching.lands(used) if used.kind == OWNER else None
                yield from ((application, api) for api in apis if application and api)
    index = planned.context.target_index
    for resource in index.resources_of(AUTHORIZATION):
        found = [index.resolve(used) for used in resource.references]
        callers = [other for other in found if other and other.path.kind == OWNER]
        called = [other.path for other in found if other and other.path.kind == "api"]
        yield from ((caller.address, path) for caller in callers for path in called)
