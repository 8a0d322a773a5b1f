"""Parameters of an operation, as an API and as a custom backend have them."""

from collections.abc import Iterator
from typing import Any

from assetpkg.package.openapi.file import OPENAPI, Operation
from assetpkg.package.openapi.source import Part, Sort

_PLACES = {"path": "PATH", "query": "QUERY", "header": "HEADER"}
_BACKEND_PLACES = {"header": "Headers", "query": "Parameters", "body": "Body"}
_NUMBERS = ("integer", "number", "long", "float", "double")
_TYPES = {"string": "STRING", **dict.fromkeys(_NUMBERS, "NUMBER")}
_PASSED = {"always": 1, "true": 1, "1": 1, "never": 2, "false": 2, "2": 2}
YES, NO = 1, 2


def read_parameters(operation: Operation) -> list[dict[str, Any]]:
    """Return what `req_params` of an API has."""
    return [_request_parameter(part, place, operation) for part, place in _placed(operation, _PLACES)]


def read_backend_parameters(operation: Operation) -> list[dict[str, Any]]:
    """Return what `parameters` of a custom backend has."""
    found = []
    for part, place in _placed(operation, _BACKEND_PLACES):
        rows = (
            ("name", part.text("name")),
            ("in", place),
            ("default", _holder(part, operation).text("default")),
            ("description", part.text("description") or None),
            ("required", bool(part.flag("required"))),
        )
        found.append(present(rows))
    return found


def present(rows: "Iterator[tuple[str, Any]] | tuple[tuple[str, Any], ...]") -> dict[str, Any]:
    """Return the members that there are."""
    return {name: value for name, value in rows if value is not None}


def _placed(operation: Operation, places: dict[str, str]) -> Iterator[tuple[Part, str]]:
    for part in operation.parameters():
        place = str(part.value.get("in"))
        if place in places:
            yield part, places[place]
        else:
            part.note(Sort.UNUSED, "", f"a parameter in '{place}' has no place in the document", f"in/{place}")
            part.source.finish(part.pointer)


def _holder(part: Part, operation: Operation) -> Part:
    """Return the object with type, default and bounds of a parameter."""
    return (part.part("schema") or Part(part.source, {}, part.at("schema"))) if operation.file.form == OPENAPI else part


def _request_parameter(part: Part, place: str, operation: Operation) -> dict[str, Any]:
    schema = _holder(part, operation)
    sample = part.text("example") if part.value.get("example") not in ("", None) else None
    rows = (
        ("name", part.text("name")),
        ("location", place),
        ("type", _type(schema, operation)),
        ("required", YES if place == "PATH" or part.flag("required") else NO),
        ("default_value", schema.text("default")),
        ("sample_value", sample),
        ("enumerations", _choices(schema)),
        ("min_num", schema.number("minimum")),
        ("max_num", schema.number("maximum")),
        ("min_size", schema.number("minLength")),
        ("max_size", schema.number("maxLength")),
        ("pass_through", part.word("x-apigateway-pass-through", _PASSED)),
        ("orchestrations", part.texts("x-apigateway-orchestrations") or None),
        ("remark", part.text("description") or None),
    )
    return present(rows)


def _type(schema: Part, operation: Operation) -> str:
    written = schema.text("type")
    if written is not None and written in _TYPES:
        return _TYPES[written]
    what = "no type" if written is None else f"the type '{written}', which the platform does not have,"
    operation.assume("req_params", f"a parameter with {what} is taken as STRING", f"type/{written}", schema)
    return "STRING"


def _choices(schema: Part) -> str | None:
    values = schema.get("enum")
    if not isinstance(values, list) or not values:
        return None
    schema.source.spend(len(values))
    return ",".join("" if value is None else str(value) for value in values)
