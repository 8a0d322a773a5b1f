"""A document reduced to what it means: without what the server makes, what means nothing in it, and credentials."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from assetpkg.documents import INSIDE, split_pointer
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.kinds.markers import Computed, FreeText, Unordered
from assetpkg.resource.diff import lines_of
from assetpkg.resource.walk import Fields

_HIDDEN = ""
"""What stands for a credential, so that no digest is a way to guess one."""

_noted: dict[int, tuple[Fields, tuple[Field, ...]]] = {}
"""The fields of each class of which more is asked than their value; a class is kept for as long as the program runs."""


def digest_meaning(kind: type[Kind], document: dict[str, Any], credentials: Iterable[str]) -> str:
    """Return the SHA-256 of what `document` means; at the pointers `credentials` it has credentials."""
    for pointer in credentials:
        document = _hide(document, split_pointer(pointer))
    return hashlib.sha256(canonical(_reduced(fields_of(kind), document))).hexdigest()


def canonical(value: Any) -> bytes:
    """Return a value as JSON: the same bytes, whatever the order of its members."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _reduced(fields: Fields, value: Any) -> Any:
    if isinstance(value, list):
        return [_reduced(fields, item) for item in value]
    noted = _notable(fields)
    if not isinstance(value, dict) or not noted:
        return value
    told = dict(value)
    for field in noted:
        if field.name not in told:
            continue
        child = told[field.name]
        if field.marker(Computed) is not None:
            del told[field.name]
        elif isinstance(child, str) and field.marker(FreeText) is not None:
            told[field.name] = lines_of(child)
        elif isinstance(child, (dict, list)):
            child = _reduced(field.parts, child)
            told[field.name] = sorted(child, key=canonical) if _is_unordered(field, child) else child
    return told


def _is_unordered(field: Field, child: Any) -> bool:
    return isinstance(child, list) and field.marker(Unordered) is not None


def _notable(fields: Fields) -> tuple[Field, ...]:
    known = _noted.get(id(fields))
    if known is None or known[0] is not fields:
        known = _noted[id(fields)] = (fields, tuple(field for field in fields.values() if _says_more(field)))
    return known[1]


def _says_more(field: Field) -> bool:
    marked = any(field.marker(marker) is not None for marker in (Computed, FreeText, Unordered))
    return marked or bool(field.parts and _notable(field.parts))


def _hide(value: Any, steps: list[str]) -> Any:
    """Return a value in which a credential, or the text that it is in, is hidden; what is beside it is shared."""
    if not steps or steps[0] == INSIDE:
        return _HIDDEN
    step, rest = steps[0], steps[1:]
    if isinstance(value, Mapping) and step in value:
        return {**value, step: _hide(value[step], rest)}
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return [_hide(item, rest) if place == int(step) else item for place, item in enumerate(value)]
    return _HIDDEN
