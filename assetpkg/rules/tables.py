"""Tables of a file with settings: their keys, each declared once for what reads it and for the schema of the file."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assetpkg.errors import InvalidOption, near

Form = Mapping[str, Any]
"""A JSON Schema."""
TEXT: Form = {"type": "string"}
TOML_FILE: Form = {"type": "string", "pattern": r"\.[Tt][Oo][Mm][Ll]$"}
TEXTS: Form = {"type": "array", "items": TEXT}


class Key(NamedTuple):
    """A key of a table: how its value is read, what it is, and the schema of the value, or what makes that.

    `needed` says of a key that every table has what is missing without it, after "needs".
    """

    read: Callable[[Any], Any]
    title: str
    form: Form | Callable[[], Form] = TEXT
    needed: str = ""


def read_keys(whose: str, table: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
    """Return what a table says, by the names of fields, for which a dash is an underscore.

    Raises `InvalidOption` for an unknown key, a value that cannot be read, and a key that is missing; `whose` they are,
    begins the sentence.
    """
    said: dict[str, Any] = {}
    for key, item in table.items():
        if key not in keys:
            raise InvalidOption(f"{whose} has no key '{key}'{near(key, keys)}")
        try:
            said[key.replace("-", "_")] = keys[key].read(item)
        except InvalidOption as error:
            raise InvalidOption(f"{whose}: {key}: {error}") from None
    for key, row in keys.items():
        if row.needed and key not in table:
            raise InvalidOption(f"{whose} needs {row.needed}")
    return said


def read_text(value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise InvalidOption("write a string")
    return value


def read_switch(value: Any) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise InvalidOption(f"write true or false, not {value!r}")
    return value
