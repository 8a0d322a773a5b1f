"""The drafts of JSON Schema as they are applied here: every pattern in linear time, and all work counted.

jsonschema searches with Python's regular expressions, which can take years for thirty characters, compares items with
each other one by one, and follows references however often they double. So its keywords are taken one by one: each
spends what it does from an `Allowance`, and those about patterns use an engine whose time is linear. Nothing
is fetched: the registry that a validator is given has all that it may know.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import Any

from assetpkg.json_schema.patterns import InvalidPattern, Unjudged, compile_pattern, matches, work
from assetpkg.limits import Allowance

_CHARACTERS_IN_A_STEP = 1_000


class QuietDict(dict[str, Any]):
    """An object that jsonschema's messages do not write out: they are never shown, and may be as long as the value."""

    def __repr__(self) -> str:
        """Show nothing."""
        return "{…}"


class QuietList(list[Any]):
    """A list of the same kind."""

    def __repr__(self) -> str:
        """Show nothing."""
        return "[…]"


class QuietText(str):
    """A text of the same kind."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing."""
        return "…"


def quiet(value: Any) -> Any:
    """Return a copy of a JSON value that messages do not write out."""
    if isinstance(value, dict):
        return QuietDict((key, quiet(child)) for key, child in value.items())
    if isinstance(value, list):
        return QuietList(quiet(child) for child in value)
    return QuietText(value) if isinstance(value, str) else value


def find_errors(validator: Any, instance: Any, allowance: Allowance, most: int) -> tuple[list[Any], int]:
    """Return the first errors, at most so many, that a validator of `dialect` has, and how many more there are.

    Raises `TooMuchWork`, and `Unjudged` for a pattern.
    """
    token = work.set(allowance)
    try:
        errors = validator.iter_errors(quiet(instance))
        return list(islice(errors, most)), sum(1 for _ in errors)
    finally:
        work.reset(token)


def find_schema_error(known: Any, schema: Any, allowance: Allowance) -> Any:
    """Return the first thing that makes a schema of the draft `known` none, or `None`; raises as `find_errors`."""
    from jsonschema.validators import validator_for

    if {"patternProperties"} < _words(schema) & {"patternProperties", "unevaluatedProperties", "unevaluatedItems"}:
        raise Unjudged("it has patternProperties together with unevaluatedProperties")
    made = dialect(validator_for(known.META_SCHEMA, default=known))
    errors, _ = find_errors(made(known.META_SCHEMA, format_checker=known.FORMAT_CHECKER), schema, allowance, 1)
    return next(iter(errors), None)


def _words(schema: Any) -> set[str]:
    """Return all keys in a schema."""
    found: set[str] = set()
    pending = [schema]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            found.update(value)
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
    return found


@cache
def dialect(known: Any) -> Any:
    """Return the class of validators for jsonschema's draft `known`."""
    from jsonschema.validators import extend, validator_for

    own = {name: keyword for name, keyword in _OWN.items() if name in known.VALIDATORS}
    keywords = {name: _counted(name, keyword) for name, keyword in {**known.VALIDATORS, **own}.items()}
    keywords["properties"] = _counted("properties", _placing_false(known.VALIDATORS["properties"]))
    made: Any = extend(known, keywords)  # type: ignore[no-untyped-call]

    def evolve(self: Any, **changes: Any) -> Any:
        # jsonschema's own would go over to its own class wherever a schema names its draft.
        work.get().spend(1)
        schema = changes.setdefault("schema", self.schema)
        chosen = validator_for(schema, default=known)
        named = {"resolver": "_ref_resolver", "format_checker": "format_checker"}
        named |= {"registry": "_registry", "_resolver": "_resolver"}
        given = {name: changes.get(name, getattr(self, attribute)) for name, attribute in named.items()}
        return (made if chosen is known else dialect(chosen))(schema, **given)

    made.evolve = evolve
    return made


def _counted(name: str, keyword: Callable[..., Any]) -> Callable[..., Any]:
    """Return a keyword that spends a step, and one for each part of its own value and of the instance."""

    def spend_and_find(validator: Any, value: Any, instance: Any, schema: Any) -> Any:
        steps = 1 + (len(value) if isinstance(value, (dict, list)) else 0)
        if isinstance(instance, (dict, list)):
            steps += len(instance)
            if name.startswith("unevaluated"):
                # jsonschema looks each member up in a list of them.
                steps += len(instance) ** 2 // 100
        elif isinstance(instance, str):
            steps += len(instance) // _CHARACTERS_IN_A_STEP
        work.get().spend(steps)
        return keyword(validator, value, instance, schema)

    return spend_and_find


def _pattern(_: Any, pattern: Any, instance: Any, __: Any) -> Iterator[Any]:
    if isinstance(instance, str) and isinstance(pattern, str) and not matches(pattern, instance):
        yield _error("pattern")


def _pattern_properties(validator: Any, patterns: Any, instance: Any, _: Any) -> Iterator[Any]:
    if isinstance(instance, dict):
        work.get().spend(len(patterns) * len(instance))
        for pattern, below in patterns.items():
            for name, child in instance.items():
                if matches(pattern, name):
                    yield from validator.descend(child, below, path=name, schema_path=pattern)


def _additional_properties(validator: Any, below: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    extra = list(extra_members(instance, schema))
    if isinstance(below, dict):
        for name in extra:
            yield from validator.descend(instance[name], below, path=name)
    elif not below and extra:
        yield _error("additionalProperties")


def extra_members(instance: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the members of an object that a schema neither names nor has a pattern for."""
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name in instance:
        if name not in known and not any(matches(pattern, name) for pattern in patterns):
            yield name


def _unique_items(_: Any, wanted: Any, instance: Any, __: Any) -> Iterator[Any]:
    if wanted and isinstance(instance, list) and len({_comparable(item) for item in instance}) < len(instance):
        yield _error("uniqueItems")


def _comparable(value: Any) -> Any:
    """Return what is equal for equal JSON values, and has a hash; unlike in Python, true is not 1."""
    if isinstance(value, dict):
        work.get().spend(len(value))
        return frozenset((key, _comparable(child)) for key, child in value.items())
    if isinstance(value, list):
        work.get().spend(len(value))
        return tuple(map(_comparable, value))
    return (bool, value) if isinstance(value, bool) else value


def _multiple_of(_: Any, factor: Any, instance: Any, __: Any) -> Iterator[Any]:
    if isinstance(instance, bool) or not isinstance(instance, (int, float)):
        return
    try:
        quotient = instance / factor if isinstance(factor, float) else Fraction(instance) / factor
        is_multiple = int(quotient) == quotient
    except (OverflowError, ValueError):
        is_multiple = (Fraction(instance) / Fraction(factor)).denominator == 1
    if not is_multiple:
        yield _error("multipleOf")


def _format(validator: Any, name: Any, instance: Any, __: Any) -> Iterator[Any]:
    """Hold schemas to the one format that matters for applying them; formats in other documents are annotations.

    A pattern that cannot be judged is one nevertheless: what is not held against it needs no judgement.
    """
    if name == "regex" and validator.format_checker is not None and isinstance(instance, str):
        try:
            compile_pattern(str(instance))
        except InvalidPattern:
            yield _error("format")
        except Unjudged:
            pass


def _error(keyword: str) -> Any:
    from jsonschema import ValidationError

    return ValidationError(f"refused by {keyword}")


def _placing_false(known: Callable[..., Any]) -> Callable[..., Any]:
    """Return `properties` that says where a property with the schema `false` is, unlike jsonschema's."""
    from jsonschema import ValidationError

    def find(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[Any]:
        members = instance if isinstance(instance, dict) else {}
        for name, below in properties.items():
            if below is False and name in members:
                yield ValidationError("not allowed", path=[name])
        others = {name: below for name, below in properties.items() if below is not False}
        yield from known(validator, others, instance, schema)

    return find


_OWN: Mapping[str, Callable[..., Any]] = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "uniqueItems": _unique_items,
    "multipleOf": _multiple_of,
    "format": _format,
}
