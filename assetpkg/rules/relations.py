"""REF and RSC: what a resource needs from the one that it refers to, and from its neighbours."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import AnsweredBy, Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.documents import join_pointer
from assetpkg.kinds.notes import Expects, NeedsBeside
from assetpkg.package.index import Path, Resource
from assetpkg.package.package import Package, read_document
from assetpkg.resource.inspection import Note
from assetpkg.resource.references import Reference
from assetpkg.rules.route_table import Alike, Route, Spelling, tell_apart

Find = Callable[[Reference], tuple[Resource, Mapping[str, Any]] | None]
"""Finds the resource that a reference leads to, with its document."""


@rule(
    "REF001",
    "dangling-reference",
    Severity.RISK,
    source=cited("API reference: the fields that name another resource"),
    answered_by=AnsweredBy.TARGET,
)
def dangling_reference(package: Package) -> Iterator[Problem]:
    """A resource refers to a resource that is not in the package.

    Finds ids, and keys of applications, that no resource of the package has. It looks in fields and in the JSON text of
    `task_detail`.

    An import needs the resource on the target, with exactly this id. The package alone cannot show whether it is there.
    `assetpkg plan` with a target can, and checks these references itself.

    Add the resource to the package, correct the reference, or make a plan with the target.
    """
    for resource in package.resources:
        for reference in resource.references:
            if reference.certain and package.index.resolve(reference) is None:
                named = mask_line(reference.value)
                yield Problem(
                    message=f"refers to {reference.kind} '{named}', which is not in this package",
                    hint="add it, or make a plan with a target that has it",
                    place=resource.place,
                    pointer=reference.pointer,
                )


@rule("RSC060", "unfit-reference", Severity.ERROR, source=Page.CREATING_A_CUSTOM_AUTHORIZER)
def unfit_reference(package: Package) -> Iterator[Problem]:
    """A resource refers to a resource of the wrong type.

    Finds custom authorizers with a custom backend that is not called by POST or not deployed. Finds also APIs with an
    authorizer that is not for callers (FRONTEND), and backends with an authorizer that is not for backends (BACKEND).

    The platform requires exactly these types and refuses others.

    Refer to another resource, or change the resource that the reference leads to.
    """
    yield from find_unfit(package.resources, _inside(package))


@rule(
    "RSC061",
    "needed-beside-reference",
    Severity.ERROR,
    source=cited("API reference: fields that another resource asks for"),
)
def needed_beside_reference(package: Package) -> Iterator[Problem]:
    """A field is missing, and the resource that is referred to makes it mandatory.

    Finds APIs without `roma_app_id` in a group of the whole instance (V1). Finds also mappings of a composite task that
    read a MySQL data source without `ext_info.server_id`.

    The platform refuses to create such a resource.

    Add the field.
    """
    yield from find_needed(package.resources, _inside(package))


@rule("RSC062", "equal-route", Severity.RISK, source=undocumented("which spellings of a path are different paths"))
def equal_route(package: Package) -> Iterator[Problem]:
    """Two APIs of a group answer the same requests, and only the spelling of their routes differs.

    Finds `/orders/{id}` together with `/orders/{orderId}`, `/orders` with `/orders/` or `/Orders`, and `GET` with `ANY`
    of the same path, when the match mode is the same.

    The same requests fit both APIs. The platform refuses an API with a method, path and match mode that already exist
    (APIG.3301). It is not documented whether names in braces, a slash at the end, capital letters or `ANY` count.

    Change the path of one of them, or remove it.
    """
    for resource, first in equal_routes(package.resources):
        known, other = routing(resource) or ("", "", ""), routing(first) or ("", "", "")
        route, what = mask_line(" ".join(known)), tell_apart(known, other)
        yield Problem(
            message=f"'{route}' differs from the route of {first.address} only in {what}",
            hint="change one of the two paths",
            place=resource.place,
            pointer=routing_pointer(resource),
        )


def find_unfit(resources: Iterable[Resource], find: Find) -> Iterator[Problem]:
    """Yield a problem for each reference to a resource that `find` finds and that has the wrong type."""
    for resource, note, document, other in _noted(resources, Expects, find):
        for field, values in note.marker.fields.items():  # type: ignore[attr-defined]
            actual = document.get(field)
            if actual is not None and actual not in values:
                wanted, there = " or ".join(str(value) for value in values), mask_line(str(actual))
                yield Problem(
                    message=f"refers to {other.address}, whose {field} is {there}; it must be {wanted}",
                    hint="refer to another resource, or change that one",
                    place=resource.place,
                    pointer=note.pointer,
                )


def find_needed(resources: Iterable[Resource], find: Find) -> Iterator[Problem]:
    """Yield a problem for each field that a reference needs beside it and that is missing."""
    for resource, note, document, other in _noted(resources, NeedsBeside, find):
        marker = note.marker
        if not isinstance(marker, NeedsBeside):
            continue
        actual = document.get(marker.there)
        if isinstance(actual, str) and actual.upper() in marker.values:
            name = ".".join(marker.here)
            yield Problem(
                message=f"needs '{name}', because the {marker.there} of {other.address} is {mask_line(actual)}",
                hint=f"add '{name}'",
                place=resource.place,
                pointer=note.pointer,
            )


def routing(resource: Resource) -> Spelling | None:
    """Return method, path and match mode of a resource that answers requests."""
    for unique, values in zip(resource.kind.unique, resource.inspection.keys, strict=True):
        if unique.route and values is not None:
            return values[0], values[1], values[2]
    return None


def routing_pointer(resource: Resource) -> str:
    """Return the place of the path of a resource that answers requests."""
    return next((join_pointer([unique.fields[1]]) for unique in resource.kind.unique if unique.route), "")


def equal_routes(resources: Iterable[Resource]) -> Iterator[tuple[Resource, Resource]]:
    """Yield each resource that answers what another one below the same parent does, spelled differently."""
    below: dict[Path | None, list[Resource]] = {}
    for resource in resources:
        if routing(resource) is not None:
            below.setdefault(resource.parent, []).append(resource)
    # One parent after the other: the routes of all would take more memory than the resources do.
    for members in below.values():
        seen: Alike[Resource] = Alike()
        for resource in members:
            known = routing(resource) or ("", "", "")
            route = Route.parse(*known)
            first = seen.find(resource.parent, route)
            seen.add(resource.parent, route, resource)
            if first is not None and routing(first) != known:
                yield resource, first


def _noted(
    resources: Iterable[Resource], marker: type[Any], find: Find
) -> Iterator[tuple[Resource, Note, Mapping[str, Any], Resource]]:
    for resource in resources:
        for note in resource.notes:
            if isinstance(note.marker, marker):
                reference = next((known for known in resource.references if known.pointer == note.pointer), None)
                found = find(reference) if reference else None
                if found is not None:
                    yield resource, note, found[1], found[0]


def _inside(package: Package) -> Find:
    documents: dict[str, Mapping[str, Any]] = {}

    def find(reference: Reference) -> tuple[Resource, Mapping[str, Any]] | None:
        found = package.index.resolve(reference)
        if found is None:
            return None
        if found.address not in documents:
            documents[found.address] = read_document(package.archive, found)
        return found, documents[found.address]

    return find


RULES: tuple[Rule, ...] = (dangling_reference, unfit_reference, needed_beside_reference, equal_route)
