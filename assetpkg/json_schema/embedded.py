"""JSON Schemas that are inside packages: whether they are valid, and whether values satisfy them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.json_schema.keywords import dialect, find_errors, find_schema_error, quiet
from assetpkg.json_schema.patterns import InvalidPattern, Unjudged
from assetpkg.json_schema.plain import is_plain, satisfies
from assetpkg.limits import EMBEDDED_SCHEMA_STEPS, Allowance, TooMuchWork

Judgement = tuple[str, str, str, str]
"""The field that is wrong (empty for the schema itself), slug, message and hint."""

_LONGEST_SCHEMA = 65_536
"""In characters; beyond it a schema is not compiled."""


_ENDLESS = "it takes too much work, or refers to itself without end"


def judge_schema(text: str, samples: Mapping[str, str], allowance: Allowance) -> Iterator[Judgement]:
    """Yield what is wrong with the JSON Schema in `text`, and with each of the `samples` that should satisfy it.

    All of it is paid from the `allowance`; what is too much work, or has patterns that are, is reported as not judged.
    Samples are JSON where they parse as JSON, and plain text otherwise. No reference leaves the schema: a `$ref` to
    a file or an address is a fault. No message shows a sample's value.
    """
    try:
        yield from _judge(text, samples, allowance)
    except (TooMuchWork, RecursionError):
        yield _unjudged(_ENDLESS)
    except Unjudged as reason:
        yield _unjudged(str(reason))
    except Exception as error:  # noqa: BLE001 - an unresolvable reference has no common base class
        yield "", "invalid-json-schema", f"the schema cannot be applied: {_reason(error)}", "fix the schema"


def _unjudged(reason: str) -> Judgement:
    return "", "unjudged-json-schema", f"nothing was checked with the schema: {reason}", "simplify the schema"


def _judge(text: str, samples: Mapping[str, str], allowance: Allowance) -> Iterator[Judgement]:
    # What it took to compile a schema is paid each time, so that what was compiled before makes no difference.
    values = {name: _value(sample) for name, sample in samples.items()}
    steps = _steps_if_plain(text, values.values(), allowance.most - allowance.spent)
    if steps is not None:
        allowance.spend(steps)
        return
    made = _compile(text)
    allowance.spend(made.steps)
    validator = made.validator
    if not made.is_judged:
        yield _unjudged(made.reason)
        return
    if validator is None:
        yield "", "invalid-json-schema", made.reason, "fix the schema, or remove it"
        return
    for name, value in values.items():
        broken, _ = find_errors(validator, value, allowance, 1)
        if broken:
            message = f"{name} does not satisfy the parameter's schema{_at(broken[0].absolute_schema_path)}"
            yield name, "breaks-json-schema", message, f"change {name} or the schema"


class _Compiled(NamedTuple):
    """A validator, or a sentence that says why there is none; and the steps that it took."""

    validator: Any
    reason: str
    steps: int
    is_judged: bool = True


class _Plain(NamedTuple):
    """A schema of plain words, and the steps that it took to see that."""

    schema: Any
    steps: int


@lru_cache(maxsize=256)
def _plain(text: str) -> _Plain | None:
    """Return the schema in a text, if it is one of plain words."""
    allowance = Allowance(EMBEDDED_SCHEMA_STEPS)
    try:
        schema = documents.parse(text.encode("utf-8", "replace")) if len(text) <= _LONGEST_SCHEMA else None
        return _Plain(schema, allowance.spent) if is_plain(schema, allowance) else None
    except (documents.InvalidDocument, TooMuchWork):
        return None


def _steps_if_plain(text: str, values: Iterable[Any], most: int) -> int | None:
    """Return the steps to see that a schema is plain, and satisfied by all `values`; `None` where that is not seen."""
    known = _plain(text)
    if known is None:
        return None
    allowance = Allowance(most - known.steps)
    try:
        seen = all(satisfies(value, known.schema, allowance) for value in values)
    except TooMuchWork:
        return None
    return known.steps + allowance.spent if seen else None


@lru_cache(maxsize=256)
def _compile(text: str) -> _Compiled:
    if len(text) > _LONGEST_SCHEMA:
        return _Compiled(None, f"a schema of {len(text):,} characters; at most {_LONGEST_SCHEMA:,} are read", 1)
    try:
        return _compile_document(documents.parse(text.encode("utf-8", "replace")))
    except documents.InvalidDocument as error:
        return _Compiled(None, f"the schema cannot be read: {error.faults[0].message}", 1)


def _compile_document(schema: Any) -> _Compiled:
    if not isinstance(schema, (dict, bool)):
        return _Compiled(None, "the schema is neither an object nor true or false", 1)
    import jsonschema
    from referencing import Registry

    known = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    allowance = Allowance(EMBEDDED_SCHEMA_STEPS)
    try:
        broken = find_schema_error(known, schema, allowance)
    except (TooMuchWork, RecursionError):
        return _Compiled(None, _ENDLESS, EMBEDDED_SCHEMA_STEPS, is_judged=False)
    except Unjudged as reason:
        return _Compiled(None, str(reason), allowance.spent, is_judged=False)
    if broken is not None:
        what = ": it is not a regular expression" if broken.validator == "format" else ""
        return _Compiled(None, f"not a valid JSON Schema{_at(broken.absolute_path)}{what}", allowance.spent)
    return _Compiled(dialect(known)(quiet(schema), registry=Registry()), "", allowance.spent)


def _value(sample: str) -> Any:
    try:
        return documents.parse(sample.encode("utf-8", "replace"))
    except documents.InvalidDocument:
        return sample


def _reason(error: Exception) -> str:
    from referencing.exceptions import Unresolvable

    if isinstance(error, InvalidPattern):
        return "a pattern is not a regular expression"
    return "a reference leads outside the schema" if isinstance(error, Unresolvable) else type(error).__name__


def _at(path: Iterable[str | int]) -> str:
    pointer = documents.join_pointer(list(path))
    return f", at {pointer} of the schema" if pointer else ""
