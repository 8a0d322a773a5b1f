"""A document seen as its kind declares it: every member, with the field that it is, and whether it is a secret.

This is the one place that knows how fields, variants, lists and documents in strings lead from one value to the next.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials.spans import LazyPattern
from assetpkg.credentials.words import ABSENT, is_secret_word, names_beside, names_secret
from assetpkg.documents import INSIDE, InvalidDocument
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import JsonText, Named, Secret, SecretUnless, Unordered, Variant
from assetpkg.kinds.part import Part
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.variants import fields_chosen, leads_to_secrets

Step = str | int
Fields = Mapping[str, Field]

NO_FIELDS: Fields = MappingProxyType({})
"""The fields of an object that no class describes."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
"""What is around a document."""

ID_LENGTHS = frozenset({32, 36})
_ID = LazyPattern(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
        return is_secret(self.field, str(self.steps[-1]) if self.steps else "", self.parent)


def is_secret(field: Field | None, key: str, parent: Mapping[str, Any]) -> bool:
    """Say whether the member `key` of the object `parent` is a credential: declared, or unknown and named like one."""
    if field is None or (field.foreign and field.marker(Secret) is None):
        return names_secret(key, parent.get(key, ABSENT)) or any(map(is_secret_word, names_beside(key, parent)))
    markers = field.by_class
    if Secret in markers:
        return True
    if SecretUnless in markers:
        unless = field.marker(SecretUnless)
        return unless is not None and parent.get(unless.field) not in unless.values
    named = field.marker(Named)
    if named is not None and is_named_secret(named, parent):
        return True
    return field.is_object and _is_text_for_an_object(field, parent.get(key))


def _is_text_for_an_object(field: Field, value: Any) -> bool:
    """Say whether a text, or a list with one, is where an object with secrets is due: it may hold all of them."""
    sorts = map(type, value) if isinstance(value, list) else (type(value),)
    return str in sorts and leads_to_secrets(field)


def is_named_secret(named: Named, parent: Mapping[str, Any]) -> bool:
    """Say whether the value that `named` marks is a credential: it counts, and the name beside it is one's."""
    if named.on is not None and parent.get(named.on[0]) != named.on[1]:
        return False
    name = parent.get(named.field)
    return isinstance(name, str) and is_secret_word(name)


def is_id_like(text: str) -> bool:
    """Say whether a text has the form of the ids that the platform gives: 32 hexadecimal digits, or a UUID."""
    return len(text) in ID_LENGTHS and _ID.fullmatch(text) is not None


def walk(
    fields: Fields, document: Any, steps: tuple[Step, ...] = (), *, inside: bool = False, absent: bool = False
) -> Iterator[Node]:
    """Yield a node for every member of every object in `document`, parents first; lists are walked through.

    A document that is not an object has a node for itself first. Nodes are made one by one: a document can have a
    million. With `inside`, a string that holds a document is walked instead of yielded, below the step
    `documents.INSIDE`: `/task_detail/#/error_handler/0` is an item in the JSON text of `task_detail`. With `absent`,
    there are also nodes for members that a class has and its object has not.
    """
    if not isinstance(document, dict):
        yield Node(None, steps, document, NOTHING)
    pending = [(fields, document, steps, _children(fields, document, absent=absent))]
    while pending:
        fields, parent, above, children = pending[-1]
        is_object, described = isinstance(parent, dict), bool(fields)
        for key, child in children:
            place = (*above, key)
            if is_object:
                node = Node(fields.get(key), place, child, parent, described)
                opened = _opened(node) if inside else None
                if opened is not None:
                    yield from walk(*opened, (*place, INSIDE), inside=True, absent=absent)
                    continue
                yield node
            if isinstance(child, (dict, list)):
                below = fields_below(fields.get(key), parent) if is_object else fields
                pending.append((below, child, place, _children(below, child, absent=absent)))
                break
        else:
            pending.pop()


def outside_credentials(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield those of the nodes of a walk that are not below a credential."""
    depth = None
    for node in nodes:
        if depth is None or len(node.steps) <= depth:
            depth = len(node.steps) if node.secret else None
            yield node


def _children(fields: Fields, value: Any, *, absent: bool) -> Iterator[tuple[Any, Any]]:
    """Return the members of an object with their keys, or the items of a list with their numbers."""
    if isinstance(value, list):
        return enumerate(value)
    if not isinstance(value, dict):
        return iter(())
    if absent:
        return ((key, value.get(key)) for key in (*fields, *(key for key in value if key not in fields)))
    return iter(value.items())


def _opened(node: Node) -> tuple[Fields, Any] | None:
    if node.field is None or node.field.is_plain or node.secret:
        return None
    try:
        return open_text(node.field, node.value)
    except InvalidDocument:
        return None


def in_order(fields: Fields, value: Any) -> Any:
    """Return a document with its members as its class has them, and a list whose order means nothing sorted.

    Members that no class knows are the last, in the order of their keys.
    """
    if isinstance(value, list):
        return [in_order(fields, item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {}
    for key in (*(name for name in fields if name in value), *sorted(key for key in value if key not in fields)):
        known = fields.get(key)
        child = in_order(fields_below(known, value), value[key])
        is_unordered = known is not None and known.marker(Unordered) is not None and isinstance(child, list)
        told[key] = sorted(child, key=_as_text) if is_unordered else child
    return told


def _as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def follow(fields: Fields, document: Any, steps: Sequence[Step]) -> Iterator[Node]:
    """Yield the nodes on the way that `steps` lead; without a document, as far as the fields alone say."""
    value = document
    for depth, step in enumerate(steps, 1):
        # The steps of a pointer are words, those to an item too.
        if isinstance(step, int) or (step.isdecimal() and step not in fields and not isinstance(value, dict)):
            value = value[int(step)] if isinstance(value, list) else None
            continue
        parent = value if isinstance(value, dict) else NOTHING
        value = parent.get(step)
        node = Node(fields.get(step), tuple(steps[:depth]), value, parent)
        yield node
        fields = fields_below(node.field, parent)


def fields_at(fields: Fields, document: Any, steps: Sequence[Step]) -> Fields:
    """Return the fields of the object that `steps` lead to in a document."""
    for node in follow(fields, document, steps):
        fields = fields_below(node.field, node.parent)
    return fields


def strings_in(value: Any, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield a string, or those of a list and of lists in it, after the steps to each."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, list):
        for index, child in enumerate(value):
            if isinstance(child, (str, list)):
                yield from strings_in(child, (*steps, index))


def open_text(field: Field | None, value: Any, limits: Limits = DEFAULT_LIMITS) -> tuple[Fields, Any] | None:
    """Return the document that the string `value` holds, after its fields; `None` where `field` is not for documents.

    Raises `InvalidDocument` as `documents.parse` does.
    """
    marker = field.marker(JsonText) if field is not None else None
    if marker is None or not value or not isinstance(value, str):
        return None
    return fields_inside(marker), read_text(value, limits)


def read_text(text: str, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Return the document that a string holds; raises `InvalidDocument` as `documents.parse` does."""
    return documents.parse(text.encode("utf-8", "surrogatepass"), limits)


def fields_inside(marker: JsonText) -> Fields:
    """Return the fields of the document in a string that bears `marker`."""
    part: type[Part] | None = marker.holds
    return NO_FIELDS if part is None else fields_of(part)


def fields_below(field: Field | None, parent: Mapping[str, Any]) -> Fields:
    """Return the fields of the object that is at `field` of the object `parent`."""
    if field is None:
        return NO_FIELDS
    variant = field.marker(Variant)
    if variant is None:
        return field.parts
    chosen = parent.get(variant.on)
    return fields_chosen(variant, chosen if isinstance(chosen, str) else "")
