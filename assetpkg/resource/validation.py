"""A document held against its kind: every breach as a fault with a pointer."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import ValidationError

from assetpkg.credentials import is_credential
from assetpkg.diagnostics.model import MOST_TOLD, Fault
from assetpkg.diagnostics.values import shown
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.errors import CLOSE, meant
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.kinds.laws import Law
from assetpkg.kinds.markers import Disputed, JsonSchemaText, Variant
from assetpkg.kinds.part import Part
from assetpkg.kinds.validators import validator_of
from assetpkg.limits import DOCUMENT_SCHEMA_STEPS, Allowance
from assetpkg.resource.answers import forgive
from assetpkg.resource.constraints import Whole, find_breaches, waived_by
from assetpkg.resource.notable import walk_notable
from assetpkg.resource.type_errors import length_of, tell
from assetpkg.resource.walk import Fields, Node, Step, fields_at

# It is only counted, and a document can have a million of it.
_ONE_MORE = Fault(slug="unknown-field", message="")

_NOT_CHECKED = "; in a document this large, what follows in the list was not held against its type"


def has_types_of(part: type[Part], document: dict[str, Any]) -> bool:
    """Say whether a document has the types that its class declares; what is in a variant is not looked at."""
    return bool(validator_of(part, briefly=True).isinstance_python(document))


def find_faults(
    part: type[Part],
    document: dict[str, Any],
    notable: Iterable[Node] | None = None,
    *,
    briefly: bool = False,
    is_sound: bool = False,
) -> Iterator[Fault]:
    """Yield every violation of a kind's declaration: first what its classes refuse, then what they only doubt.

    What the platform itself writes is no error. `notable` are its notable nodes, where somebody has walked the document
    already. `briefly`, the classes refuse only the first item in a list: for documents that can have a million
    violations. A document that `is_sound` is known to have the types of its class.
    """
    yield from forgive(part, document, _find_faults(part, document, notable, briefly=briefly, is_sound=is_sound))


def _find_faults(
    part: type[Part], document: dict[str, Any], notable: Iterable[Node] | None, *, briefly: bool, is_sound: bool
) -> Iterator[Fault]:
    waived = () if is_sound else {f"/{name}" for name in waived_by(document, fields_of(part))}
    refused = () if is_sound else _refused(part, document, (), briefly=briefly)
    yield from (fault for fault in refused if fault.slug != "missing-field" or fault.pointer not in waived)
    is_partial = issubclass(part, Kind) and part.partial
    unknown = 0
    whole = Whole(document)
    allowance = Allowance(DOCUMENT_SCHEMA_STEPS)
    for node in walk_notable(fields_of(part), document) if notable is None else notable:
        if node.field is None or node.field.foreign:
            if node.described and node.steps != ("$schema",) and not is_partial:
                unknown += 1
                yield _unknown_field(node, fields_of(part), document) if unknown <= MOST_TOLD else _ONE_MORE
            continue
        for marker in node.field.judged:
            if isinstance(marker, Law):
                yield from find_breaches(marker, node, whole)
            elif isinstance(marker, Variant):
                yield from _refused_variant(marker, node, document, briefly=briefly)
            elif isinstance(marker, Disputed):
                yield from _disputed(marker, node)
            elif isinstance(marker, JsonSchemaText):
                yield from _wrong_schema(marker, node, document, allowance)


def _refused(part: type[Part], value: dict[str, Any], above: tuple[Step, ...], *, briefly: bool) -> Iterator[Fault]:
    try:
        validator_of(part, briefly=briefly).validate_python(value)
    except ValidationError as error:
        for fault in tell(error, fields_of(part), value, above):
            in_list = briefly and any(step.isdecimal() for step in split_pointer(fault.pointer))
            yield fault._replace(message=f"{fault.message}{_NOT_CHECKED}") if in_list else fault


def _refused_variant(marker: Variant, node: Node, document: dict[str, Any], *, briefly: bool) -> Iterator[Fault]:
    parent = _value_at(document, node.steps[:-1])
    chosen = parent.get(marker.on)
    if not isinstance(chosen, str) or not isinstance(node.value, dict):
        return
    part = marker.classes.get(chosen)
    if part is not None:
        yield from _refused(part, node.value, node.steps, briefly=briefly)
        blank = part.missing(chosen, node.value)
        if blank:
            yield Fault(
                slug="missing-connection",
                message=f"{chosen} needs {', '.join(blank)} to connect, but these fields are blank or missing",
                hint="enter it on the target after the import",
                pointer=join_pointer(node.steps),
                at_key=True,
            )
        return
    if chosen in marker.undescribed:
        return
    yield Fault(
        slug="unknown-variant",
        message=f"{marker.on} {shown(chosen)} is not in any published list, so its fields were not checked",
        hint=f"check the spelling{meant(chosen, (*marker.classes, *marker.undescribed), CLOSE)}",
        pointer=join_pointer((*node.steps[:-1], marker.on)),
    )


def _unknown_field(node: Node, fields: Fields, document: dict[str, Any]) -> Fault:
    beside = fields_at(fields, document, node.steps[:-1])
    missing = (name for name, field in beside.items() if not field.foreign and name not in node.parent)
    return Fault(
        slug="unknown-field",
        message=f"field {shown(node.steps[-1])} is not known for this kind; it is kept unchanged",
        hint=f"check the spelling{meant(str(node.steps[-1]), missing, CLOSE)}",
        pointer=join_pointer(node.steps),
        at_key=True,
    )


def _disputed(marker: Disputed, node: Node) -> Iterator[Fault]:
    value = node.value
    if not isinstance(value, str) or not value or (node.secret and not is_credential(value)):
        return
    breach = None
    if marker.min_length is not None and len(value) < marker.min_length:
        breach = f"{length_of(value, 'short', secret=node.secret)}; at least {marker.min_length:,} may be required"
    elif marker.max_length is not None and len(value) > marker.max_length:
        breach = f"{length_of(value, 'long', secret=node.secret)}; at most {marker.max_length:,} may be allowed"
    elif marker.characters is not None and not re.fullmatch(marker.characters.pattern, value):
        breach = f"may have only {marker.characters.words}"
    if breach:
        named = f"{node.steps[-1]} {shown(value, secret=node.secret)}"
        yield Fault(
            slug="disputed-limit",
            message=f"{named} {breach}, according to {marker.source}; other sources disagree",
            hint="follow the stricter limit to be safe",
            pointer=join_pointer(node.steps),
        )


def _wrong_schema(
    marker: JsonSchemaText, node: Node, document: dict[str, Any], allowance: Allowance
) -> Iterator[Fault]:
    if not isinstance(node.value, str) or not node.value:
        return
    from assetpkg.json_schema.embedded import judge_schema

    parent = _value_at(document, node.steps[:-1])
    samples = {name: parent[name] for name in marker.satisfied_by if isinstance(parent.get(name), str)}
    for name, slug, message, hint in judge_schema(node.value, samples, allowance):
        yield Fault(
            slug=slug,
            message=message,
            hint=hint,
            pointer=join_pointer((*node.steps[:-1], name or node.steps[-1])),
        )


def _value_at(document: Any, steps: tuple[Step, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document
