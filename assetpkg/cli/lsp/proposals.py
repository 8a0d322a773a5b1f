"""What may be written at a cursor: members of the class, words of a choice, and resources that may be referred to."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from assetpkg.cli.lsp.hover import meaning_of
from assetpkg.cli.lsp.point import Point, written
from assetpkg.cli.lsp.project import Project
from assetpkg.credentials.masking import mask_line
from assetpkg.kinds.markers import Ref, Variant
from assetpkg.package.index import Resource, lookups
from assetpkg.render.screen import printable

MOST = 1_000
"""How many proposals there are at most."""


class Proposal(NamedTuple):
    """What may be written from `start` to `end` of a text; an editor shows it if what is typed fits `sought`."""

    label: str
    detail: str
    meaning: str
    new: str
    sought: str
    start: int
    end: int
    sort: str = "value"


def propose(point: Point | None, project: Project) -> tuple[Sequence[Proposal], bool]:
    """Return what may be written at a point, and whether that is all; at a credential, nothing is proposed."""
    if point is None or point.is_hidden:
        return [], True
    found = list(islice(_members(point) if point.at_key else _values(point, project), MOST + 1))
    return found[:MOST], len(found) <= MOST


def _members(point: Point) -> Iterator[Proposal]:
    """Yield the members of the class that the object does not have yet."""
    for name, field in point.fields.items():
        if field.foreign or (name in point.parent and name != point.key):
            continue
        colon = "" if point.word is not None else ": "
        detail = "required" if field.required else ""
        yield _proposal(point, name, f"{_quoted(name, point)}{colon}", detail, meaning_of(point.part, name), "member")


def _values(point: Point, project: Project) -> Iterator[Proposal]:
    field = point.field
    if field is None or field.foreign:
        return
    reference = field.marker(Ref)
    if reference is not None:
        for found in project.package.index.resources_of(reference.kind):
            value = _value_of(found, reference)
            # A name that holds a credential is shown nowhere, and so it is not offered either.
            if value is not None and mask_line(value) == value and mask_line(found.name) == found.name:
                label = printable(found.name)
                detail = printable(found.address)
                sought = f"{found.name} {value}"
                yield _proposal(
                    point,
                    label,
                    _quoted(value, point),
                    detail,
                    f"`{value}`" if value.isalnum() else "",
                    "reference",
                    sought,
                )
        return
    words = dict.fromkeys([*field.choices.values(), *_chosen_by(point)])
    for word in words:
        yield _proposal(point, word, _quoted(word, point), "", "", "word")


def _chosen_by(point: Point) -> Iterator[str]:
    """Yield the words by which this member chooses the class of another one."""
    for field in point.fields.values():
        variant = field.marker(Variant)
        if variant is not None and variant.on == point.key:
            yield from variant.classes


def _value_of(found: Resource, reference: Ref) -> str | None:
    """Return what refers to a resource: the first of the fields that has a value of its own."""
    known = dict(lookups(found))
    if not found.id_given:
        known.pop("id", None)
    return next((known[by] for by in reference.by if by in known), None)


def _quoted(word: str, point: Point) -> str:
    return written(word, point.quotes)


def _proposal(point: Point, label: str, new: str, detail: str, meaning: str, sort: str, sought: str = "") -> Proposal:
    return Proposal(label, detail, meaning, new, f'"{sought or label}', point.start, point.end, sort)
