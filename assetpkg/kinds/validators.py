"""What a class refuses, without the cost of building the class: its validator, straight from its fields.

pydantic builds a class by general means, which takes longer than checking a small package does. The classes of
assetpkg use few of these means, so that a page of code says the same in pydantic-core's own words, and tests hold
both to the same answers. A class that uses more is built by pydantic, and is only slower.
"""

from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_origin

from pydantic_core import SchemaValidator
from pydantic_core import core_schema as core

from assetpkg.kinds.markers import Characters, Marker, WholeNumber
from assetpkg.kinds.part import Called, Part, Within, model_of

_PLAIN: dict[Any, core.CoreSchema] = {
    str: core.str_schema(strict=True),
    int: core.int_schema(strict=True),
    bool: core.bool_schema(strict=True),
    Any: core.any_schema(),
}


_LONG = 10_000
"""How many characters a text may have at least, so that it takes less to count them in Python."""
_NEED_UTF_8 = frozenset({"min_length", "pattern"})


class _Unknown(Exception):
    """An annotation that only pydantic understands."""


@cache
def validator_of(part: type[Part], *, briefly: bool = False) -> Any:
    """Return what refuses the same documents as `part`, for the same reasons, at the same places.

    `briefly`, it stops in each list at the first item that is wrong: a breach takes a thousand bytes.
    """
    try:
        return SchemaValidator(_object(part, briefly), core.CoreConfig(hide_input_in_errors=True))
    except _Unknown:
        model = model_of(part)
        model.model_rebuild()
        return model.__pydantic_validator__


@cache
def _object(part: type[Part], briefly: bool) -> core.CoreSchema:  # noqa: FBT001 - one of two schemas
    fields = {
        field.alias: core.TypedDictField(
            type="typed-dict-field",
            schema=_counted(_annotated(field.annotation, field.metadata, briefly)),
            required=field.required,
        )
        for field in part.declared.values()
    }
    return core.typed_dict_schema(fields, extra_behavior="ignore", strict=True)


def _counted(schema: Any) -> Any:
    """Return a schema in which Python counts the characters of a text that may be long, and refuses it alike.

    pydantic-core counts them in UTF-8, into which it writes every text first that is not ASCII: for a sample of an
    answer that takes longer than holding most of an API to its class.
    """
    if schema["type"] == "nullable":
        return {**schema, "schema": _counted(schema["schema"])}
    if schema["type"] != "str" or schema.get("max_length", 0) < _LONG or not _NEED_UTF_8.isdisjoint(schema):
        return schema
    count = {"type": "no-info", "function": partial(_at_most, schema["max_length"])}
    return {"type": "function-after", "function": count, "schema": _PLAIN[str]}


def _at_most(most: int, text: str) -> str:
    if len(text) > most:
        from pydantic_core import PydanticKnownError

        raise PydanticKnownError("string_too_long", {"max_length": most})
    return text


def _schema(annotation: Any, briefly: bool) -> core.CoreSchema:  # noqa: FBT001
    if isinstance(annotation, type) or annotation is Any:
        found = _PLAIN.get(annotation)
        if found is None and issubclass(annotation, Part):
            found = _object(annotation, briefly)
    else:
        found = _made(get_origin(annotation), getattr(annotation, "__args__", ()), annotation, briefly)
    if found is None:
        raise _Unknown
    return found


def _made(origin: Any, inner: tuple[Any, ...], annotation: Any, briefly: bool) -> core.CoreSchema | None:  # noqa: FBT001
    """Return the schema for what is made of others."""
    if origin is Annotated:
        return _annotated(annotation.__origin__, annotation.__metadata__, briefly)
    if origin is Literal:
        return core.literal_schema(list(inner))
    if origin is list:
        return core.list_schema(_schema(inner[0], briefly), fail_fast=briefly, strict=True)
    if origin is dict and inner[0] is str:
        return core.dict_schema(_PLAIN[str], _schema(inner[1], briefly), fail_fast=briefly, strict=True)
    if origin in {Union, UnionType}:
        choices = [_schema(choice, briefly) for choice in inner if choice is not NoneType]
        return _union(choices, nullable=NoneType in inner)
    return None


def _union(choices: list[core.CoreSchema], *, nullable: bool) -> core.CoreSchema:
    union = choices[0] if len(choices) == 1 else core.union_schema(list(choices))
    return core.nullable_schema(union) if nullable else union


def _annotated(annotation: Any, metadata: Any, briefly: bool) -> core.CoreSchema:  # noqa: FBT001
    schema: Any = _schema(annotation, briefly)
    for item in metadata:
        if isinstance(item, Within):
            schema = {**schema, **item.limits}
        elif isinstance(item, Characters):
            schema = {**schema, "pattern": item.pattern}
        elif isinstance(item, WholeNumber):
            schema = core.chain_schema([core.int_schema(strict=True), schema])
        elif not isinstance(item, Marker | Called):
            raise _Unknown
    return cast("core.CoreSchema", schema)
