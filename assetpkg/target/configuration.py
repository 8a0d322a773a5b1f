"""How an instance is configured: its parameters, by any of the names that they have, and its functions."""

from collections.abc import Iterable, Mapping
from typing import Any

from assetpkg.target.instance import Function

_SWITCH = "_switch"
_STEPS = 7
"""How many steps the URN of a function has: urn:fss:REGION:PROJECT:function:PACKAGE:NAME; a version may follow."""


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


def plain_urn(urn: str) -> str:
    """Return the URN of a function without the version or the alias that may follow."""
    return ":".join(urn.split(":")[:_STEPS])


def name_of_function(urn: str) -> tuple[str, str] | None:
    """Return the package of a function and its name, as its URN has them; `None` for one that is no whole URN."""
    steps = urn.split(":")
    return (steps[_STEPS - 2], steps[_STEPS - 1]) if len(steps) >= _STEPS else None


def entries_of(functions: Iterable[Function], urn: str) -> list[Function]:
    """Return the entries for a function; its URN may go on with a version or an alias."""
    return [known for known in functions if urn == known.urn or urn.startswith(f"{known.urn}:")]


def find_lack(known: list[Function], urn: str, version: str, alias: str) -> str | None:
    """Return, in words, the version or alias that none of a function's entries has; `None` where one has it."""
    if alias:
        name = _alias(alias)
        return f"alias {name}" if all(found.alias != name for found in known) else None
    wanted = version or _version(urn, known[0].urn)
    return f"version {wanted}" if wanted and all(found.version != wanted for found in known) else None


def _version(urn: str, plain: str) -> str:
    """Return the version that a URN goes on with."""
    return urn[len(plain) + 1 :] if not urn[len(plain) + 1 :].startswith("!") else ""


def _alias(alias: str) -> str:
    """Return the name of an alias, which may be given as the function's URN with the name after it."""
    return alias.rpartition(":")[2].removeprefix("!")
