"""A document seen as its kind declares it: every member, with the field that it is, and whether it is a secret."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.credentials.words import ABSENT, is_secret_word, names_beside, names_secret
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import Named, Secret, SecretUnless, Variant
from assetpkg.resource.variants import fields_chosen, leads_to_secrets

Step = str | int
Fields = Mapping[str, Field]

NO_FIELDS: Fields = MappingProxyType({})
"""The fields of an object that no class describes."""

_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Node(NamedTuple):
    """One member of the object `parent` in a document; `field` is `None` where its class does not know the key.

    `described` says whether the object has a class. There are a hundred nodes in a resource, so a node is a tuple.
    """

    field: Field | None
    steps: tuple[Step, ...]
    value: Any
    parent: Mapping[str, Any]
    described: bool = True

    @property
    def secret(self) -> bool:
        """Whether the value is a credential."""
        return is_secret(self.field, str(self.steps[-1]), self.parent)


def is_secret(field: Field | None, key: str, parent: Mapping[str, Any]) -> bool:
    """Say whether the member `key` of the object `parent` is a credential: declared, or unknown and named like one."""
    if field is None or (field.foreign and field.marker(Secret) is None):
        return names_secret(key, parent.get(key, ABSENT)) or any(map(is_secret_word, names_beside(key, parent)))
    if field.marker(Secret) is not None:
        return True
    unless, named = field.marker(SecretUnless), field.marker(Named)
    if unless is not None:
        return parent.get(unless.field) not in unless.values
    if named is not None and _is_named_constant(named, parent):
        return True
    return _is_text_for_an_object(field, parent.get(key))


def _is_text_for_an_object(field: Field, value: Any) -> bool:
    """Say whether a text, or a list with one, stands where an object with secrets is due: it may hold all of them."""
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) for text in texts) and leads_to_secrets(field)


def _is_named_constant(named: Named, parent: Mapping[str, Any]) -> bool:
    name = parent.get(named.field)
    return (
        (named.on is None or parent.get(named.on[0]) == named.on[1]) and isinstance(name, str) and is_secret_word(name)
    )


def is_id_like(text: str) -> bool:
    """Say whether a text has the form of the ids that the platform gives: 32 hexadecimal digits, or a UUID."""
    return len(text) in {32, 36} and _ID.fullmatch(text) is not None


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
            nodes.append(Node(field, place, child, value, described))
            if isinstance(child, (dict, list)):
                _collect(nodes, fields_below(field, value), child, place)
    else:
        for index, child in enumerate(value):
            if isinstance(child, (dict, list)):
                _collect(nodes, fields, child, (*steps, index))


class Nodes:
    """The same nodes in the same order, made anew at each look at them: a document can have a million."""

    def __init__(self, fields: Fields, document: Any) -> None:
        """Take the document, and the fields of its class."""
        self._fields, self._document = fields, document

    def __iter__(self) -> Iterator[Node]:
        """Yield them."""
        pending = [_children(self._fields, self._document, ())]
        while pending:
            found = next(pending[-1], None)
            if found is None:
                pending.pop()
                continue
            fields, value, steps, node = found
            if node is not None:
                yield node
            if isinstance(value, (dict, list)):
                pending.append(_children(fields, value, steps))


def _children(
    fields: Fields, value: Any, steps: tuple[Step, ...]
) -> Iterator[tuple[Fields, Any, tuple[Step, ...], Node | None]]:
    """Yield for each child the fields below it, the child, its steps, and its node, if it has a name."""
    if isinstance(value, dict):
        described = bool(fields)
        for key, child in value.items():
            field, place = fields.get(key), (*steps, key)
            below = fields_below(field, value) if isinstance(child, (dict, list)) else NO_FIELDS
            yield below, child, place, Node(field, place, child, value, described)
    else:
        for index, child in enumerate(value):
            if isinstance(child, (dict, list)):
                yield fields, child, (*steps, index), None


def fields_below(field: Field | None, parent: Mapping[str, Any]) -> Fields:
    """Return the fields of the object that stands at `field` of the object `parent`."""
    if field is None:
        return NO_FIELDS
    variant = field.marker(Variant)
    if variant is None:
        return field.parts
    chosen = parent.get(variant.on)
    return fields_chosen(variant, chosen if isinstance(chosen, str) else "")
