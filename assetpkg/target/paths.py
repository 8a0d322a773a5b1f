"""Paths to fields within the fields of a document, such as `dispatch/cron_timezone`, through all items of lists."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SLASH = "/"
"""What is between the names of a path; no field of a class has it in its name."""


def is_path(name: str) -> bool:
    """Say whether a name in `partial` is that of a field within a field."""
    return SLASH in name


def lacks(document: Mapping[str, Any], path: str) -> bool:
    """Say whether there are objects at the place of a path, and the field is in none of them."""
    *above, last = path.split(SLASH)
    found = list(_objects(document, above))
    return bool(found) and not any(last in one for one in found)


def without(document: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return a document without the field at a path."""
    found: dict[str, Any] = _without(document, path.split(SLASH))
    return found


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
