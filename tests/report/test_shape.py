"""What a report copies has the same name and the same type in the class that it is copied from."""

from collections.abc import Sequence
from enum import Enum
from importlib import import_module
from inspect import getattr_static
from pkgutil import iter_modules
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assetpkg import report
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Source
from assetpkg.report.shape import COPIED, Copied
from tests.tables import every_row

UNIONS = (Union, UnionType)

for module in iter_modules(report.__path__, "assetpkg.report."):
    import_module(module.name)


def test_reports_are_copied() -> None:
    assert len(COPIED) >= 20


@every_row(("part", "copied"), COPIED.items(), ids=lambda known: getattr(known, "__name__", ""))
def test_the_fields_of_both_agree(part: type[Any], copied: Copied) -> None:
    told = get_type_hints(part)
    for name in copied.names:
        assert agree(told[name], type_of(copied.source, name)), f"{name} of {copied.source.__name__}"


def type_of(source: type[Any], name: str) -> Any:
    """Return the declared type of a field, or of a property."""
    known = getattr_static(source, name, None)
    if isinstance(known, property) and known.fget is not None:
        return get_type_hints(known.fget)["return"]
    return get_type_hints(source, None, {"Page": Page, "Source": Source})[name]


def agree(told: Any, held: Any) -> bool:
    """Say whether every value of the type `held` is one of the type `told`, apart from an enum, which is its word."""
    if told is Any or told == held or (told is str and isinstance(held, type) and issubclass(held, str)):
        return True
    if get_origin(held) in UNIONS:
        return all(agree(told, each) for each in get_args(held))
    if get_origin(told) in UNIONS:
        return any(agree(each, held) for each in get_args(told))
    if get_origin(told) is Sequence and get_origin(held) in (tuple, list):
        return agree(get_args(told)[0], get_args(held)[0])
    words = words_of(held)
    return bool(words) and (told is str or (get_origin(told) is Literal and words <= set(get_args(told))))


def words_of(held: Any) -> set[str]:
    """Return the words of an enum, or of a literal."""
    if isinstance(held, type) and issubclass(held, Enum):
        return {member.value for member in held}
    return set(get_args(held)) if get_origin(held) is Literal else set()
