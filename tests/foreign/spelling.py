"""Member names in other conventions, as exporters write them that are made in another language."""

from collections.abc import Callable, Mapping
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.resource.walk import Fields, fields_below

Spell = Callable[[str], str]


def camel(name: str) -> str:
    """Return `roma_app_id` as `romaAppId`."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def pascal(name: str) -> str:
    """Return `roma_app_id` as `RomaAppId`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def kebab(name: str) -> str:
    """Return `roma_app_id` as `roma-app-id`."""
    return name.replace("_", "-")


def upper(name: str) -> str:
    """Return `roma_app_id` as `ROMA_APP_ID`."""
    return name.upper()


def same(name: str) -> str:
    """Return `roma_app_id`."""
    return name


SPELLINGS: Mapping[str, Spell] = {
    "same": same, "camelCase": camel, "PascalCase": pascal, "kebab-case": kebab, "UPPER_CASE": upper,
}  # fmt: skip
"""The conventions by what layout files call them."""


def respell(kind: str, document: Mapping[str, Any], convention: str) -> dict[str, Any]:
    """Return a document with its members called as the convention has it, but for maps whose keys are data."""
    respelt: dict[str, Any] = _respelt(document, fields_of(KINDS[kind]), SPELLINGS[convention])
    return respelt


def _respelt(value: Any, fields: Fields, spell: Spell) -> Any:
    if isinstance(value, list):
        return [_respelt(item, fields, spell) for item in value]
    if not isinstance(value, dict) or not fields:
        return value
    return {spell(key): _respelt(below, fields_below(fields.get(key), value), spell) for key, below in value.items()}
