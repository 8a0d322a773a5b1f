"""The configuration parameters of an instance, by any of the names that the platform gives them."""

from collections.abc import Mapping
from typing import Any

_SWITCH = "_switch"


def plain_name(name: str) -> str:
    """Return the name of a parameter in small letters, `app_route` for what is called `APP_ROUTE_SWITCH` as well."""
    return name.casefold().removesuffix(_SWITCH)


def value_of(features: Any, name: str) -> Any:
    """Return the value of the parameter `name`, under either of its names; `None` where it is not known."""
    known = {str(key).casefold(): value for key, value in features.items()} if isinstance(features, Mapping) else {}
    words = (name.casefold(), f"{name.casefold()}{_SWITCH}", plain_name(name))
    return next((known[word] for word in words if known.get(word) is not None), None)


def is_on(value: Any) -> bool | None:
    """Say whether the value of a configuration parameter means on; `None` where it is neither on nor off."""
    word = str(value).casefold()
    return True if word in ("on", "true", "1") else False if word in ("off", "false", "0") else None


def is_same(one: Any, other: Any) -> bool:
    """Say whether two values of a configuration parameter mean the same, however each of them is written."""
    switched = is_on(one)
    return one == other or (switched is not None and switched is is_on(other))


def number_in(value: Any) -> int | None:
    """Return the number that the value of a configuration parameter is, if it is one."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
