"""Paths to fields within the fields of a document, such as `dispatch/cron_timezone`, through all items of lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from assetpkg.errors import CLOSE, nearest
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.kinds.markers import Variant

SLASH = "/"
"""What is between the names of a path; no field of a class has it in its name."""


def is_path(name: str) -> bool:
    """Say whether a name in `partial` is that of a field within a field."""
    return SLASH in name


def meant_path(kind: type[Kind], name: str) -> str | None:
    """Return the declared field that was meant by one that no resource of a kind is known to have.

    `None` where the field is declared, or like none that is: a document may have fields that no class declares.
    """
    fields = _fields_within(kind)
    steps = name.split(SLASH)
    meant = _meant(fields, steps)
    if meant == steps:
        # It may be written as a pointer, or as programs write fields of fields.
        others = name.strip(SLASH).replace(".", SLASH).split(SLASH)
        return SLASH.join(others) if others != steps and _is_declared(fields, others) else None
    return SLASH.join(meant)


def has(document: Mapping[str, Any], name: str) -> bool:
    """Say whether there is a field at a path, or of a name, in some place where it could be."""
    *above, last = name.split(SLASH)
    return any(last in one for one in _objects(document, above))


def lacks(document: Mapping[str, Any], path: str) -> bool:
    """Say whether there are objects at the place of a path, and the field is in none of them."""
    *above, last = path.split(SLASH)
    found = list(_objects(document, above))
    return bool(found) and not any(last in one for one in found)


def without(document: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return a document without the field at a path."""
    found: dict[str, Any] = _without(document, path.split(SLASH))
    return found


_Names = dict[str, "_Names"]
"""Names of fields, each with those of the fields within it."""


@cache
def _fields_within(kind: type[Kind]) -> _Names:
    """Return the declared fields of a kind, whichever variants the objects in it have."""
    return _names([fields_of(kind)])


def _names(alternatives: Iterable[Mapping[str, Field]]) -> _Names:
    within: dict[str, list[Mapping[str, Field]]] = {}
    for fields in alternatives:
        for name, field in fields.items():
            variant = field.marker(Variant)
            classes = () if variant is None else variant.classes.values()
            within.setdefault(name, []).extend((field.parts, *map(fields_of, classes)))
    return {name: _names(inside) for name, inside in within.items()}


def _is_declared(fields: _Names, steps: Sequence[str]) -> bool:
    return not steps or (steps[0] in fields and _is_declared(fields[steps[0]], steps[1:]))


def _meant(fields: _Names, steps: Sequence[str]) -> list[str]:
    """Return the steps of a path with the nearest name for each that is misspelled."""
    if not steps:
        return []
    name = steps[0] if steps[0] in fields else nearest(steps[0], fields, CLOSE)
    return list(steps) if name is None else [name, *_meant(fields[name], steps[1:])]


def _objects(value: Any, steps: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, steps)
    elif isinstance(value, Mapping):
        if not steps:
            yield value
        elif steps[0] in value:
            yield from _objects(value[steps[0]], steps[1:])


def _without(value: Any, steps: Sequence[str]) -> Any:
    if isinstance(value, list):
        return [_without(one, steps) for one in value]
    if not isinstance(value, Mapping) or steps[0] not in value:
        return value
    if len(steps) == 1:
        return {key: one for key, one in value.items() if key != steps[0]}
    return {**value, steps[0]: _without(value[steps[0]], steps[1:])}
