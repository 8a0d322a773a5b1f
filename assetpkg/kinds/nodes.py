"""A document seen as its kind declares it: every member, with the field that it is, and whether it is a secret."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Secret, SecretUnless, Variant

Step = str | int
Fields = Mapping[str, Field]

NO_FIELDS: Fields = MappingProxyType({})
"""The fields of an object that no class describes."""

_SECRET_WORD = re.compile(
    r"passw|pwd|secret|token|private_?key|key_?store|trust_?store|authorization|credential|api_?key|access_?key"
    r"|config_file_content|(^|_)(ak|sk|community|passphrase)$",
    re.IGNORECASE,
)
_ABOUT_A_SECRET = re.compile(r"_(url|uri|id|name|type|enable|enabled|ttl|timeout)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Node:
    """One member of the object `parent` in a document; `field` is `None` where its class does not know the key."""

    field: Field | None
    steps: tuple[Step, ...]
    value: Any
    parent: Mapping[str, Any]

    @property
    def secret(self) -> bool:
        """Whether the value is a credential."""
        return is_secret(self.field, str(self.steps[-1]), self.parent)


def is_secret(field: Field | None, key: str, parent: Mapping[str, Any]) -> bool:
    """Say whether the member `key` of the object `parent` is a credential: declared, or unknown and named like one."""
    if field is None:
        return is_secret_word(key)
    unless = field.marker(SecretUnless)
    return field.marker(Secret) is not None or (unless is not None and parent.get(unless.field) not in unless.values)


def is_secret_word(key: str) -> bool:
    """Say whether a key that no class declares is named like a credential."""
    return _SECRET_WORD.search(key) is not None and _ABOUT_A_SECRET.search(key) is None


def iterate_nodes(fields: Fields, value: Any, steps: tuple[Step, ...] = ()) -> Iterator[Node]:
    """Yield a node for every member of every object in `value`, parents first; lists are walked through."""
    if isinstance(value, dict):
        for key, child in value.items():
            field = fields.get(key)
            yield Node(field, (*steps, key), child, value)
            if isinstance(child, (dict, list)):
                yield from iterate_nodes(fields_below(field, value), child, (*steps, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            if isinstance(child, (dict, list)):
                yield from iterate_nodes(fields, child, (*steps, index))


def fields_below(field: Field | None, parent: Mapping[str, Any]) -> Fields:
    """Return the fields of the object that stands at `field` of the object `parent`."""
    if field is None:
        return NO_FIELDS
    variant = field.marker(Variant)
    if variant is None:
        return field.parts
    chosen = parent.get(variant.on)
    part = variant.classes.get(chosen) if isinstance(chosen, str) else None
    return fields_of(part) if part else NO_FIELDS
