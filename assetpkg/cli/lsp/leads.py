"""Where things lead: from a reference to the resource, and from a resource to everything that refers to it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from assetpkg.cli.lsp.hover import users_of
from assetpkg.cli.lsp.point import Point
from assetpkg.cli.lsp.project import Project
from assetpkg.cli.lsp.texts import NOWHERE, Range
from assetpkg.documents.positions import Region, Spot, find_places
from assetpkg.kinds.kind import name_field
from assetpkg.package.index import Resource

MOST = 1_000
"""How many places are listed."""


class Place(NamedTuple):
    """A range in a file."""

    path: str
    range: Range


def define(point: Point | None, project: Project) -> Place | None:
    """Return where the resource is that is referred to at a point: the place of its name."""
    reference = None if point is None else point.reference
    found = None if reference is None else project.package.index.resolve(reference)
    return None if found is None else next(_places(project, [(found, f"/{name_field(found.kind).name}")]), None)


def refer(point: Point | None, project: Project, entry: str, *, definition: bool = False) -> Sequence[Place]:
    """Return the places that refer to the resource that is meant at a point, `MOST` at most.

    That is the one which is referred to there, or else the one that the document is. With its `definition`, that is
    the first.
    """
    reference = None if point is None else point.reference
    if reference is not None:
        used = project.package.index.resolve(reference)
    else:
        used = None if point is None else project.package.resource_around(entry, point.pointer)
    if used is None:
        return []
    wanted = islice(users_of(project, used), MOST)
    own = [(used, f"/{name_field(used.kind).name}")] if definition else []
    return list(_places(project, [*own, *wanted]))


def _places(project: Project, wanted: Iterable[tuple[Resource, str]]) -> Iterator[Place]:
    """Yield where the pointers into resources lead, each file read once."""
    spots = [(resource.entry, Spot(f"{resource.place.pointer}{pointer}")) for resource, pointer in wanted]
    underlying = project.package.archive.underlying
    if underlying is not None:
        for traced in underlying.trace(spots):
            yield _place(project, traced.entry, traced.place)
        return
    by_entry: dict[str, list[Spot]] = {}
    for entry, spot in spots:
        by_entry.setdefault(entry, []).append(spot)
    for entry, members in by_entry.items():
        text = project.text_of(entry)
        for region in [None] * len(members) if text is None else find_places(text.text, members):
            yield _place(project, entry, region)


def _place(project: Project, entry: str, region: Region | None) -> Place:
    text = project.text_of(entry)
    if text is None or region is None or region.end_line is None or region.end_column is None:
        return Place(project.path_of(entry), NOWHERE)
    start = text.offset_of(region.line, region.column)
    return Place(project.path_of(entry), text.range(start, text.offset_of(region.end_line, region.end_column)))
