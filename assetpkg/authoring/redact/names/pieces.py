"""The texts of a document that have words: all of them but those for which its classes have words of their own.

Documents in strings are seen as such, whether a class says that they are there or not.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from assetpkg.authoring.redact.names.vocabulary import is_key_of_the_format, variant_words
from assetpkg.documents import INSIDE, InvalidDocument
from assetpkg.kinds.kind import Field
from assetpkg.kinds.markers import Id, JsonSchemaText, JsonText, Ref
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.walk import NO_FIELDS, Fields, Node, Step, open_text, read_text, walk

Steps = tuple[Step, ...]

_OBJECT_OR_LIST = re.compile(r"\s*[{\[]")
_RESERVED = "/apic/health_check"
"""The path that the platform has for itself."""


class Piece(NamedTuple):
    """A text of a document, or a number: at its steps, or the key there.

    `kept` says that it stays, and `address` that it is the address of a resource, which begins with a kind.
    """

    steps: Steps
    value: str | int
    at_key: bool = False
    kept: bool = False
    address: bool = False


class Manner(NamedTuple):
    """What is known of a document as a whole.

    `kept` has the places whose values and keys are of the format, and `addresses` those of addresses; a `None` among
    the steps is any step. `described_in_part` says that unknown keys may be the platform's; `numbers` that a number may
    be an id.
    """

    kept: tuple[tuple[Step | None, ...], ...] = ()
    addresses: tuple[tuple[Step | None, ...], ...] = ()
    described_in_part: bool = False
    numbers: bool = True


RESOURCE = Manner(described_in_part=True)
MANIFEST = Manner(
    kept=(("format",), ("asset_version",), ("source", "instance_version"), ("source", "features")),
    described_in_part=True,
)
SNAPSHOT = Manner(
    kept=(
        ("format",), ("taken",), ("covers",), ("quotas",), ("instance", "version"), ("instance", "features"),
        ("jobs", None, "type"), ("jobs", None, "status"), ("undetermined", None, "why"),
        ("undetermined", None, "pointers"), ("known_as", None, "by"), ("partial", None, None),
    ),
    addresses=(("partial", None), ("undetermined", None, "address"), ("known_as", None, "address")),
    described_in_part=True,
)  # fmt: skip
"""The documents that a package and a snapshot are made of."""
OTHER = Manner()
"""A document that is no part of these."""


def pieces_of(
    fields: Fields, document: Any, manner: Manner, limits: Limits = DEFAULT_LIMITS, steps: Steps = ()
) -> Iterator[Piece]:
    """Yield the pieces of a document, and of the documents in its strings."""
    for node in walk(fields, document, steps):
        kept = any(_leads(place, node.steps) for place in manner.kept)
        if node.parent and (node.field is None):
            key = str(node.steps[-1])
            address = any(_leads(place, node.steps, whole=True) for place in manner.addresses)
            own = kept or (not address and manner.described_in_part and is_key_of_the_format(key))
            yield Piece(node.steps, key, at_key=True, kept=own, address=address)
        yield from _values(node, node.value, node.steps, manner, limits, kept=kept)


def _values(  # noqa: PLR0913 - where it is, and how it is read
    node: Node, value: Any, steps: Steps, manner: Manner, limits: Limits, *, kept: bool
) -> Iterator[Piece]:
    if isinstance(value, list):
        for index, child in enumerate(value):
            place = (*steps, index)
            own = kept or any(_leads(place_of, place) for place_of in manner.kept)
            yield from _values(node, child, place, manner, limits, kept=own)
    elif isinstance(value, str):
        inner = None if kept else _document_in(node.field, value, limits)
        if inner is not None:
            yield from pieces_of(*inner, limits, (*steps, INSIDE))
            return
        address = any(_leads(place, steps, whole=True) for place in manner.addresses)
        yield Piece(steps, value, kept=kept or _is_of_the_format(node.field, value), address=address)
    elif isinstance(value, int) and not isinstance(value, bool) and not kept and manner.numbers:
        known = node.field
        if known is None or known.marker(Id) or known.marker(Ref):
            yield Piece(steps, value)


def _document_in(field: Field | None, value: str, limits: Limits) -> tuple[Fields, Any, Manner] | None:
    """Return the document that a string holds, after its fields, and before what is known of it."""
    if not _OBJECT_OR_LIST.match(value):
        return None
    try:
        opened = open_text(field, value, limits)
        if opened is not None and field is not None:
            text = field.marker(JsonText)
            partly = text is not None and text.holds is not None
            return (*opened, Manner(described_in_part=partly))
        is_schema = field is not None and field.marker(JsonSchemaText) is not None
        return NO_FIELDS, read_text(value, limits), Manner(numbers=not is_schema)
    except InvalidDocument:
        return None


def _is_of_the_format(field: Field | None, value: str) -> bool:
    """Say whether a value is a word that the class of its field has for it."""
    if value == _RESERVED:
        return True
    if field is None or field.foreign:
        return False
    if value.casefold() in field.choices or field.name == "cron" or value in variant_words():
        return True
    reference = field.marker(Ref)
    return reference is not None and value in reference.unless


def _leads(place: tuple[Step | None, ...], steps: Steps, *, whole: bool = False) -> bool:
    """Say whether a place is at the steps or above them; as a `whole`, whether it is at them."""
    if len(steps) < len(place) or (whole and len(steps) != len(place)):
        return False
    return all(known is None or known == step for known, step in zip(place, steps, strict=False))
