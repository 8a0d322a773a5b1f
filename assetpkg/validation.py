"""A document held against its kind: every breach as a fault with a pointer, in words that name value and limit."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from assetpkg.breaches import find_breaches
from assetpkg.diagnostics import Fault
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import Part, fields_of
from assetpkg.kinds.laws import Law
from assetpkg.kinds.markers import Characters, Disputed, JsonSchemaText, Variant
from assetpkg.kinds.nodes import Fields, Node, Step, fields_below, iterate_nodes
from assetpkg.masking import MASK, is_credential, mask_text

_LONGEST_VALUE = 60
"""How much of a value a message shows."""

_JSON_TYPES = {str: "a string", bool: "true or false", int: "an integer", float: "a number", list: "a list"}
_WANTED = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}


def find_faults(part: type[Part], document: dict[str, Any], nodes: Iterable[Node] | None = None) -> Iterator[Fault]:
    """Yield every breach of a kind's declaration: first what its classes refuse, then what they only doubt.

    `nodes` are those of the document, where somebody has walked it already.
    """
    yield from _refused(part, document, fields_of(part), document, ())
    for node in iterate_nodes(fields_of(part), document) if nodes is None else nodes:
        if node.field is None:
            if node.steps != ("$schema",):
                yield _unknown_field(node)
            continue
        for marker in node.field.markers:
            if isinstance(marker, Variant):
                yield from _refused_variant(marker, node, document)
            elif isinstance(marker, Disputed):
                yield from _disputed(marker, node)
            elif isinstance(marker, JsonSchemaText):
                yield from _wrong_schema(marker, node, document)
            elif isinstance(marker, Law):
                yield from find_breaches(marker, node.steps, _value_at(document, node.steps[:-1]), document)


def _refused(
    part: type[Part], value: Any, fields: Fields, document: dict[str, Any], above: tuple[Step, ...]
) -> Iterator[Fault]:
    try:
        part.__pydantic_validator__.validate_python(value, strict=True)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=True):
            yield _fault(detail, fields, document, above)


def _refused_variant(marker: Variant, node: Node, document: dict[str, Any]) -> Iterator[Fault]:
    parent = _value_at(document, node.steps[:-1])
    chosen = parent.get(marker.on)
    if not isinstance(chosen, str) or not isinstance(node.value, dict):
        return
    part = marker.classes.get(chosen)
    if part is not None:
        yield from _refused(part, node.value, fields_of(part), document, node.steps)
        return
    yield Fault(
        slug="unknown-variant",
        message=f"{marker.on} {_shown(chosen)} is none of the known ones, so its fields were not checked",
        hint="look for a misspelling",
        pointer=join_pointer((*node.steps[:-1], marker.on)),
    )


def _unknown_field(node: Node) -> Fault:
    return Fault(
        slug="unknown-field",
        message=f"field {_shown(node.steps[-1])} is not one that this kind is known to have; it is kept as it is",
        hint="look for a misspelling",
        pointer=join_pointer(node.steps),
        at_key=True,
    )


def _disputed(marker: Disputed, node: Node) -> Iterator[Fault]:
    value = node.value
    if not isinstance(value, str) or not value:
        return
    breach = None
    if marker.min_length is not None and len(value) < marker.min_length:
        breach = f"is {len(value)} long where at least {marker.min_length} may be asked"
    elif marker.max_length is not None and len(value) > marker.max_length:
        breach = f"is {len(value)} long where at most {marker.max_length} may be allowed"
    elif marker.characters is not None and not re.fullmatch(marker.characters.pattern, value):
        breach = f"may have only {marker.characters.words}"
    if breach:
        shown = _shown(value, secret=node.secret)
        yield Fault(
            slug="disputed-limit",
            message=f"{node.steps[-1]} {shown} {breach}, says {marker.source}; others disagree",
            hint="keep to the stricter limit to be safe",
            pointer=join_pointer(node.steps),
        )


def _wrong_schema(marker: JsonSchemaText, node: Node, document: dict[str, Any]) -> Iterator[Fault]:
    if not isinstance(node.value, str) or not node.value:
        return
    from assetpkg.schema import judge_schema

    parent = _value_at(document, node.steps[:-1])
    samples = {name: parent[name] for name in marker.satisfied_by if isinstance(parent.get(name), str)}
    for name, slug, message, hint in judge_schema(node.value, samples):
        yield Fault(
            slug=slug,
            message=message,
            hint=hint,
            pointer=join_pointer((*node.steps[:-1], name or node.steps[-1])),
        )


def _fault(detail: Any, fields: Fields, document: dict[str, Any], above: tuple[Step, ...]) -> Fault:
    kind, steps = detail["type"], detail["loc"]
    field, secret = _field_at(fields, document, above, steps)
    shown = _shown(detail["input"], secret=secret)
    name = steps[-1] if steps and isinstance(steps[-1], str) else f"item {'.'.join(map(str, steps))}"
    describe = _SENTENCES.get(kind)
    if kind == "missing":
        slug, message, hint = "missing-field", f"field '{name}' is missing", f"add '{name}'"
    elif kind in _WANTED:
        slug, message = "wrong-type", f"{name} is {_type_of(detail['input'])}, and must be {_WANTED[kind]}"
        hint = f"write {_WANTED[kind]}"
    elif kind == "string_pattern_mismatch":
        words = field or f"what matches {detail['ctx']['pattern']}"
        slug, message, hint = "wrong-characters", f"{name} {shown} may have only {words}", "change the text"
    elif describe is not None:
        slug, message, hint = describe(name, shown, detail.get("ctx") or {}, detail["input"])
    else:
        slug, message, hint = "out-of-range", f"{name} {shown}: {detail['msg'].lower()}", "change the value"
    return Fault(slug=slug, message=message, hint=hint, pointer=join_pointer((*above, *steps)))


Sentence = tuple[str, str, str]


def _too_short(name: Any, shown: str, limits: Any, value: Any) -> Sentence:
    least = limits["min_length"]
    return "wrong-length", f"{name} {shown} is {len(value)} long; at least {least} are needed", "lengthen it"


def _too_long(name: Any, shown: str, limits: Any, value: Any) -> Sentence:
    most = limits["max_length"]
    return "wrong-length", f"{name} {shown} is {len(value)} long; at most {most} are allowed", "shorten it"


def _not_a_choice(name: Any, shown: str, limits: Any, _: Any) -> Sentence:
    choices = limits["expected"].replace(" or ", ", ").replace("'", "")
    return "not-allowed-value", f"{name} {shown} is not one of {choices}", f"use one of {choices}"


def _too_small(name: Any, shown: str, limits: Any, _: Any) -> Sentence:
    return "out-of-range", f"{name} {shown} is less than {limits['ge']}", f"use {limits['ge']} or more"


def _too_large(name: Any, shown: str, limits: Any, _: Any) -> Sentence:
    return "out-of-range", f"{name} {shown} is more than {limits['le']}", f"use {limits['le']} or less"


_SENTENCES: dict[str, Callable[[Any, str, Any, Any], Sentence]] = {
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_short,
    "too_long": _too_long,
    "literal_error": _not_a_choice,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}


def _field_at(
    fields: Fields, document: dict[str, Any], above: tuple[Step, ...], steps: tuple[Step, ...]
) -> tuple[str, bool]:
    """Return the words for the characters of the field that `steps` lead to, and whether it is a secret."""
    words, secret = "", False
    value = _value_at(document, above)
    for step in steps:
        if isinstance(step, str) and isinstance(value, dict):
            field = fields.get(step)
            node = Node(field, (step,), value.get(step))
            secret = secret or node.secret
            characters = field.marker(Characters) if field else None
            words = characters.words if characters else ""
            fields = fields_below(field, value)
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
    return words, secret


def _value_at(document: Any, steps: tuple[Step, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    return next((words for known, words in _JSON_TYPES.items() if isinstance(value, known)), "an object")


def _shown(value: Any, *, secret: bool = False) -> str:
    if secret and is_credential(value):
        return MASK
    if isinstance(value, (dict, list)):
        return f"({_type_of(value)})"
    text = mask_text(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
