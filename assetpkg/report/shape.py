"""How a report is declared, and how a part of it is copied from the value that it reports."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, NamedTuple, TypeVar, dataclass_transform

FORMAT_VERSION = "1.1"
"""Of all outputs: a minor step adds fields, a major one may change them."""

T = TypeVar("T")


class Copied(NamedTuple):
    """The class of the values that a part of a report is copied from, and the names of the fields of both."""

    source: type[Any]
    names: tuple[str, ...]


COPIED: dict[type[Any], Copied] = {}
"""What is copied from what, by the classes of the parts; a test holds that the fields of both agree."""


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def shape(cls: type[T]) -> type[T]:
    """Make a class a part of a report: its fields are the members of a JSON object."""
    return dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def shape_of(source: type[Any], *own: str) -> Callable[[type[T]], type[T]]:
    """Make a class a part of a report that has its fields from `source`, apart from those named in `own`."""

    def declare(cls: type[T]) -> type[T]:
        part: type[Any] = shape(cls)
        names = tuple(field.name for field in fields(part) if field.name not in own)
        COPIED[part] = Copied(source, names)
        return part

    return declare


@shape
class Report:
    """The whole of what a command reports."""

    format_version: str = FORMAT_VERSION
    """The version of this format, MAJOR.MINOR."""


def report_as(cls: type[T], value: object, **own: Any) -> T:
    """Return `value` as the part of a report that was declared for it; `own` are the fields that it has not itself."""
    return cls(**{name: _word(getattr(value, name)) for name in COPIED[cls].names}, **own)


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
