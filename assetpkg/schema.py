"""JSON Schemas that stand inside packages: whether they are valid, and whether values satisfy them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from assetpkg import documents

Judgement = tuple[str, str, str, str]
"""The field that is wrong (empty for the schema itself), slug, message and hint."""

_LONGEST_SCHEMA = 65_536
"""In characters; beyond it a schema is not compiled."""


def judge_schema(text: str, samples: Mapping[str, str]) -> Iterator[Judgement]:
    """Yield what is wrong with the JSON Schema in `text`, and with each of the `samples` that should satisfy it.

    Samples are JSON where they parse as JSON, and plain text otherwise. No reference leaves the schema: a `$ref` to
    a file or an address is a fault. No message shows a sample's value.
    """
    validator = _compile(text)
    if isinstance(validator, str):
        yield "", "invalid-json-schema", validator, "mend the schema, or remove it"
        return
    for name, sample in samples.items():
        try:
            broken = next(iter(validator.iter_errors(_value(sample))), None)
        except Exception as error:  # noqa: BLE001 - an unresolvable reference has no common base class
            yield (
                "",
                "invalid-json-schema",
                f"the schema cannot be applied: {_reason(error)}",
                "mend the schema",
            )
            return
        if broken is not None:
            message = f"{name} does not satisfy the schema beside it{_at(broken.absolute_schema_path)}"
            yield name, "breaks-json-schema", message, f"change {name} or the schema"


def _compile(text: str) -> Any:
    """Return a validator for the schema in `text`, or a sentence that says why there is none."""
    if len(text) > _LONGEST_SCHEMA:
        return f"a schema of {len(text):,} characters; at most {_LONGEST_SCHEMA:,} are read"
    try:
        schema = documents.parse(text.encode("utf-8", "replace"))
    except documents.InvalidDocument as error:
        return f"the schema cannot be read: {error.faults[0].message}"
    if not isinstance(schema, (dict, bool)):
        return "the schema is neither an object nor true or false"
    return _validator(json.dumps(schema))


@cache
def _validator(schema_text: str) -> Any:
    import jsonschema
    from referencing import Registry

    schema = json.loads(schema_text)
    known = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        known.check_schema(schema)
    except jsonschema.SchemaError as error:
        return f"no valid JSON Schema{_at(error.absolute_path)}"
    return known(schema, registry=Registry())


def _value(sample: str) -> Any:
    try:
        return documents.parse(sample.encode("utf-8", "replace"))
    except documents.InvalidDocument:
        return sample


def _reason(error: Exception) -> str:
    from referencing.exceptions import Unresolvable

    return "a reference leads out of it" if isinstance(error, Unresolvable) else type(error).__name__


def _at(path: Iterable[str | int]) -> str:
    pointer = documents.join_pointer(list(path))
    return f", at {pointer} of the schema" if pointer else ""
