"""Which application answers which requests once the import is done, and which may call them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assetpkg.package.index import Index, Path, Resource
from assetpkg.planning.changes import Action
from assetpkg.planning.context import Setting
from assetpkg.resource.inspection import Reference
from assetpkg.rules.imports.context import Review, arriving, setting_of
from assetpkg.rules.relations import routing
from assetpkg.rules.route_table import Route

AUTHORIZATION = "app_authorization"
"""The kind whose resources let applications call APIs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A resource that answers requests after the import: in the package, or only on the target.

    `application` and `path` are those on the target; `application` is `None` where none is known.
    """

    resource: Resource
    path: Path
    application: str | None
    route: Route
    inside: bool


def answers(review: Review) -> list[Answer]:
    """Return everything that answers requests after the import, what only the target has first."""
    setting = setting_of(review)
    inside = []
    for change, resource in arriving(review):
        known = routing(resource)
        if known is not None and change.action is not Action.CONFLICT:
            renamed = change.target_name != resource.name
            path = setting.target_path(resource, renamed=renamed)
            application = application_after(setting, resource)
            inside.append(Answer(resource, path, application, Route.parse(*known), inside=True))
    met = {answer.path for answer in inside}
    return [*(answer for answer in _on_target(setting) if answer.path not in met), *inside]


def callable_by(review: Review, known: Iterable[Answer]) -> Iterator[tuple[str, Answer]]:
    """Yield each application with what it may call by its own APIs and by its authorisations."""
    by_path: dict[Path, Answer] = {}
    told: set[tuple[str, Path]] = set()
    for answer in known:
        by_path[answer.path] = answer
        if answer.application is not None:
            told.add((answer.application, answer.path))
            yield answer.application, answer
    for application, path in _authorised(review):
        if path in by_path and (application, path) not in told:
            told.add((application, path))
            yield application, by_path[path]


def application_after(setting: Setting, resource: Resource) -> str | None:
    """Return the address on the target of the application that a resource of the package belongs to."""
    for holder in (resource, *_parents(setting, resource)):
        reference = reference_to(holder, "application")
        if reference is not None:
            return str(setting.resolve_after(reference) or reference.value)
    return None


def reference_to(resource: Resource, kind: str) -> Reference | None:
    """Return the first reference of a resource to one of `kind`."""
    return next((reference for reference in resource.references if reference.kind == kind), None)


def _parents(setting: Setting, resource: Resource) -> Iterator[Resource]:
    if resource.parent is None:
        return
    inside = setting.package.index.by_path.get(resource.parent)
    if inside is not None:
        yield inside
        return
    target = setting.target_parent(resource)
    outside = setting.instance.index.by_path.get(target) if setting.instance and target else None
    if outside is not None:
        yield outside


def _on_target(setting: Setting) -> Iterator[Answer]:
    index = setting.instance.index if setting.instance else Index(())
    for resource in index.resources:
        known = routing(resource)
        if known is None:
            continue
        parent = index.by_path.get(resource.parent) if resource.parent else None
        reference = reference_to(resource, "application") or (parent and reference_to(parent, "application"))
        found = index.resolve(reference) if reference else None
        application = found.address if found else reference.value if reference else None
        yield Answer(resource, resource.path, application, Route.parse(*known), inside=False)


def _authorised(review: Review) -> Iterator[tuple[str, Path]]:
    setting = setting_of(review)
    for _, resource in arriving(review):
        if resource.path.kind == AUTHORIZATION:
            apis = [setting.resolve_after(used) for used in resource.references if used.kind == "api"]
            for used in resource.references:
                application = setting.resolve_after(used) if used.kind == "application" else None
                yield from ((str(application), api) for api in apis if application and api)
    index = review.instance.index if review.instance else Index(())
    for resource in index.resources_of(AUTHORIZATION):
        found = [index.resolve(used) for used in resource.references]
        callers = [other for other in found if other and other.path.kind == "application"]
        called = [other.path for other in found if other and other.path.kind == "api"]
        yield from ((caller.address, path) for caller in callers for path in called)
