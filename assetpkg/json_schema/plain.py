"""Schemas of plain words: those that most parameters have, and that need no engine to be judged.

`jsonschema` takes longer to load than checking a small package takes. A schema of nothing but these words, each with
the value that it has to have, is valid in the newest draft, which is the one of a schema that names none. Whether a
value satisfies it is said where it is certain; the engine is asked about all others, and words what is wrong with them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assetpkg.limits import Allowance


def is_plain(schema: Any, allowance: Allowance) -> bool:
    """Say whether a schema has only plain words, and is valid; each of them is a step."""
    if type(schema) is not dict:
        return False
    allowance.spend(1 + len(schema))
    if not schema.keys() <= _WORDS.keys():
        return False
    if not all(_WORDS[word](value) for word, value in schema.items()):
        return False
    below = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return all(is_plain(each, allowance) for each in below)


def satisfies(value: Any, schema: Mapping[str, Any], allowance: Allowance) -> bool:
    """Say whether a value certainly satisfies a plain schema; each value and each word is a step."""
    allowance.spend(1 + len(schema))
    kind = type(value)
    wanted = schema.get("type")
    if wanted is not None and _TYPES.get(kind, frozenset()).isdisjoint([wanted] if type(wanted) is str else wanted):
        return False
    if not all(_KEPT[word](value, limit) for word, limit in schema.items() if word in _KEPT):
        return False
    if kind is dict:
        allowance.spend(len(value))
        inner = [(value[name], below) for name, below in schema.get("properties", {}).items() if name in value]
        return all(satisfies(child, below, allowance) for child, below in inner)
    if kind is list and "items" in schema:
        return all(satisfies(child, schema["items"], allowance) for child in value)
    return True


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in {int, float}


def _are_names(value: Any) -> bool:
    return type(value) is list and all(map(_is_text, value)) and len(set(value)) == len(value)


def _is_type(value: Any) -> bool:
    listed = [value] if type(value) is str else value
    return _are_names(listed) and bool(listed) and _ALL_TYPES.issuperset(listed)


_ALL_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_TYPES: Mapping[type, frozenset[str]] = {
    list: frozenset({"array"}),
    bool: frozenset({"boolean"}),
    int: frozenset({"integer", "number"}),
    type(None): frozenset({"null"}),
    # A number without a fraction is an integer, too.
    float: frozenset({"number"}),
    dict: frozenset({"object"}),
    str: frozenset({"string"}),
}
_WORDS: Mapping[str, Callable[[Any], bool]] = {
    "title": _is_text,
    "description": _is_text,
    "type": _is_type,
    "properties": lambda value: type(value) is dict,
    "required": _are_names,
    "items": lambda value: type(value) is dict,
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _is_count),
    **dict.fromkeys(("minimum", "maximum"), _is_number),
}
"""The plain words, each with what its value has to be; schemas inside of it are looked at by themselves."""
_KEPT: Mapping[str, Callable[[Any, Any], bool]] = {
    "required": lambda value, names: type(value) is not dict or value.keys() >= set(names),
    "minLength": lambda value, limit: type(value) is not str or len(value) >= limit,
    "maxLength": lambda value, limit: type(value) is not str or len(value) <= limit,
    "minItems": lambda value, limit: type(value) is not list or len(value) >= limit,
    "maxItems": lambda value, limit: type(value) is not list or len(value) <= limit,
    "minimum": lambda value, limit: type(value) not in {int, float} or value >= limit,
    "maximum": lambda value, limit: type(value) not in {int, float} or value <= limit,
}
"""What a value keeps to that satisfies each of the words."""
