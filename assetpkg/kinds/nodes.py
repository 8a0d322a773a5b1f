"""A document seen as its kind declares it: every member, with the field that it is, and whether it is a secret."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Secret, Variant

Step = str | int
Fields = Mapping[str, Field]

NO_FIELDS: Fields = MappingProxyType({})
"""The fields of an object that no class describes."""

# Compiled when they are needed first, like those in other modules that few packages need: start-up counts.
_SENSITIVE = (
    r"(?i)passw|pwd|secret|token|private_?key|key_?store|trust_?store|authorization|credential|api_?key|access_?key"
    r"|config_file_content|(^|_)(ak|sk|community|passphrase)$"
)
_HARMLESS = r"(?i)_(url|uri|id|name|type|enable|enabled|ttl|timeout)$"


class Node(NamedTuple):
    """One member of an object in a document; `field` is `None` where the object's class does not know the key.

    `described` says whether the object has a class. There are a hundred nodes in a resource, so a node is a tuple.
    """

    field: Field | None
    steps: tuple[Step, ...]
    value: Any
    described: bool = True

    @property
    def secret(self) -> bool:
        """Whether the value is a credential: declared as one, or unknown and named like one."""
        if self.field is not None:
            return self.field.marker(Secret) is not None
        return is_secret_word(str(self.steps[-1]))


@lru_cache(maxsize=1024)
def is_secret_word(key: str) -> bool:
    """Say whether a key that no class declares is named like a credential."""
    return re.search(_SENSITIVE, key) is not None and re.search(_HARMLESS, key) is None


def nodes_of(fields: Fields, document: Any) -> list[Node]:
    """Return a node for every member of every object in `document`, parents first; lists are walked through."""
    nodes: list[Node] = []
    _collect(nodes, fields, document, ())
    return nodes


def _collect(nodes: list[Node], fields: Fields, value: Any, steps: tuple[Step, ...]) -> None:
    if isinstance(value, dict):
        described = bool(fields)
        for key, child in value.items():
            field, place = fields.get(key), (*steps, key)
            nodes.append(Node(field, place, child, described))
            if isinstance(child, (dict, list)):
                _collect(nodes, fields_below(field, value), child, place)
    else:
        for index, child in enumerate(value):
            if isinstance(child, (dict, list)):
                _collect(nodes, fields, child, (*steps, index))


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
