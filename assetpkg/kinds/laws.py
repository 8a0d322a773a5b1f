"""Markers for the laws that the fields of one document have among each other."""

from collections.abc import Mapping
from typing import Any

from assetpkg.kinds.markers import Marker

ANYTHING = "*"
"""Stands for every value that is not empty."""


class Law(Marker):
    """Something that a document has to keep to beside its types; a breach is a fault."""

    is_judged = True


class Requires(Law):
    """A field whose value decides that siblings are needed: `needs` has them by value, in any case of letters.

    It says nothing where the sibling in `unless`, or the document's member of that name, has the value beside it.
    """

    needs: Mapping[Any, tuple[str, ...]]
    slug: str = "needed-field"
    unless: tuple[str, Any] | None = None
    platform_code: str | None = None

    def _words(self) -> dict[str, Any]:
        return {"needs": {str(value): list(fields) for value, fields in self.needs.items()}}


class Sorts(Law):
    """The sorts of a resource whose fields are published, in capitals; others do not need the `waived` fields."""

    values: tuple[str, ...]
    waived: tuple[str, ...]


class AnyOf(Law):
    """An object that needs at least one of these members."""

    fields: tuple[str, ...]
    slug: str = "needed-field"


class InPath(Law):
    """A list of parameters, of which those in the path are the ones that the text at `path` has in braces."""

    path: tuple[str, ...]


class NameIn(Law):
    """The name of an item of the document's list `items`, where the sibling in `when` has the value beside it.

    Of a list of objects, each has such a name in its member `of`.
    """

    items: str
    when: tuple[str, Any] | None = None
    of: str | None = None


class Reserved(Law):
    """A text that the platform keeps for itself, where the sibling in `when` has the value beside it."""

    text: str
    when: tuple[str, Any]


class Unsupported(Law):
    """Values, in any case of letters, that are declared and that the platform does not do yet."""

    values: tuple[str, ...]
    instead: str


class Without(Law):
    """A text that should have none of these characters."""

    characters: str


class MostBytes(Law):
    """A stricter length, in bytes of UTF-8, that only one of two sources states."""

    size: int
    source: str


class Distinct(Law):
    """A list whose items differ in the fields `by`, or as a whole where there are none.

    Capital letters make no difference among items whose field in `any_case` has the value beside it.
    """

    by: tuple[str, ...] = ()
    platform_code: str | None = None
    any_case: tuple[str, str] | None = None


class LessThan(Law):
    """A number that has to be less than the sibling `field`."""

    field: str


class Most(Law):
    """A list with a published number of items, which the platform's support can raise."""

    items: int
    platform_code: str | None = None


class PublishedIn(Law):
    """Names of environments, separated by vertical bars, without one of which the resource is not an asset."""

    environment: str


def holds(parent: Mapping[str, Any], condition: tuple[str, Any] | None) -> bool:
    """Say whether the member of `parent` has the value beside it, in any case of letters; without a condition, yes."""
    if condition is None:
        return True
    value, wanted = parent.get(condition[0]), condition[1]
    if wanted == ANYTHING:
        return not is_missing(value)
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return bool(value == wanted)


def is_missing(value: Any) -> bool:
    """Say whether `value` is as good as absent."""
    return value is None or value in ("", [])


def at(value: Any, steps: tuple[str | int, ...]) -> Any:
    """Return the member that `steps` lead to, or `None`."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value
