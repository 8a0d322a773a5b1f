"""JSON Schemas in files: compiled once with all that they refer to, and what they refuse, by place and keyword."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.json_schema.keywords import dialect, extra_members, find_errors, find_schema_error, quiet
from assetpkg.json_schema.patterns import InvalidPattern, Unjudged
from assetpkg.limits import TEAM_SCHEMA_STEPS, Allowance, TooMuchWork

Steps = tuple[str | int, ...]
Fetch = Callable[[str], Any]
"""Returns the document at an address, or raises `UnusableSchema`."""

_STEPS_FOR_NOTHING = 20_000
_MOST_VIOLATIONS = 1_000
"""How many of them are looked at one by one."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


class UnusableSchema(Exception):
    """A schema that nothing can be held against; its text says why."""

    def __init__(self, reason: str) -> None:
        """Take the reason; credentials in it are replaced."""
        super().__init__(mask_line(reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaViolation:
    """A place in a document that a schema refuses, and the keyword that does it, with its value and its place.

    `keyword` is empty where the schema is simply `false`. `extra` are the members that the keyword refuses, or
    misses, where it is about the names of members; `more` is how many others were found after it.
    """

    steps: Steps
    keyword: str
    limit: Any
    extra: tuple[str, ...]
    address: str
    pointer: str
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class CompiledSchema:
    """A schema in a file, with every file that it refers to; nothing else is ever looked up."""

    address: str
    documents: Mapping[str, Any]
    validator: Any

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled, for a worker, as the documents that it is compiled of."""
        return _compiled_again, (self.address, json.dumps(dict(self.documents)))

    def find_violations(self, document: Any) -> Iterator[SchemaViolation]:
        """Yield what the schema refuses in `document`.

        Raises `UnusableSchema` if it cannot be applied, `TooMuchWork` if that is because of the document, and
        `Unjudged` if the document has to match a pattern that cannot be judged.
        """
        errors, more = self._find(document)
        errors.sort(key=lambda error: list(map(str, error.absolute_path)))
        violations: dict[tuple[Steps, str, str], SchemaViolation] = {}
        for error in errors:
            violation = self._violation(error)
            violations.setdefault((violation.steps, violation.address, violation.pointer), violation)
        told = list(violations.values())
        yield from told[:-1]
        yield from (replace(last, more=more) for last in told[-1:])

    def _find(self, document: Any) -> tuple[list[Any], int]:
        try:
            return find_errors(self.validator, document, Allowance(TEAM_SCHEMA_STEPS), _MOST_VIOLATIONS)
        except (TooMuchWork, RecursionError):
            if self._is_endless():
                raise UnusableSchema("it refers to itself without end, or takes too much work") from None
            raise TooMuchWork from None
        except Unjudged:
            raise
        except Exception as failure:  # noqa: BLE001 - whatever a schema makes jsonschema raise
            raise UnusableSchema(_reason(failure)) from None

    def _is_endless(self) -> bool:
        """Say whether the schema does not even come to an end where there is nothing to hold against it."""
        try:
            nothings: tuple[Any, ...] = ({}, [], "", 0, None)
            for nothing in nothings:
                find_errors(self.validator, nothing, Allowance(_STEPS_FOR_NOTHING), 1)
        except (TooMuchWork, RecursionError):
            return True
        return False

    def _violation(self, error: Any) -> SchemaViolation:
        address, pointer = self._place(error)
        is_false = error.validator in (None, "properties")
        return SchemaViolation(
            steps=tuple(error.absolute_path),
            keyword="" if is_false else error.validator,
            limit=False if is_false else error.validator_value,
            extra=tuple(_extra(error)),
            address=address,
            pointer=pointer,
        )

    def _place(self, error: Any) -> tuple[str, str]:
        """Return the address of the file and the pointer to the keyword that an error comes from.

        The object with the keyword is the very one of the file, whatever references led to it; a `false` that is no
        property's is reported without its place.
        """
        if id(error.schema) not in self._places:
            return self.address, ""
        address, place = self._places[id(error.schema)]
        below = tuple(error.relative_path)[-1:] if error.validator == "properties" else ()
        return address, documents.join_pointer((*place, error.validator, *below))

    @cached_property
    def _places(self) -> Mapping[int, tuple[str, Steps]]:
        """Where each object of the files is."""
        found: dict[int, tuple[str, Steps]] = {}
        pending: list[tuple[str, Steps, Any]] = [
            (address, (), document) for address, document in self.documents.items()
        ]
        while pending:
            address, steps, value = pending.pop()
            if isinstance(value, dict):
                found[id(value)] = address, steps
                pending.extend((address, (*steps, key), child) for key, child in value.items())
            elif isinstance(value, list):
                pending.extend((address, (*steps, index), child) for index, child in enumerate(value))
        return found


def compile_schema(address: str, fetch: Fetch) -> CompiledSchema:
    """Return the schema at `address`, and all that it refers to, as `fetch` gives them; raises `UnusableSchema`."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
    from referencing.exceptions import Unresolvable

    loaded: dict[str, Any] = {}
    references: dict[tuple[str, str], None] = {}
    inside: set[str] = set()
    pending = [address]
    while pending:
        wanted = pending.pop()
        if wanted in loaded or wanted in inside or wanted in REGISTRY or f"{wanted}#" in REGISTRY:
            continue
        loaded[wanted] = _resource(wanted, fetch(wanted))
        found = list(_references(loaded[wanted], wanted))
        inside.update(base for base, _ in found)
        references.update({place: None for place in found if place[1]})
        pending.extend(urldefrag(urljoin(base, reference))[0] for base, reference in found if reference)
    registry: Any = REGISTRY.with_resources(loaded.items()).crawl()
    for base, reference in references:
        try:
            target = registry.resolver(base).lookup(reference).contents
        except Unresolvable:
            raise UnusableSchema(f"its reference '{reference}' leads nowhere") from None
        if not isinstance(target, (dict, bool)):
            raise UnusableSchema(f"its reference '{reference}' does not lead to a schema")
    contents = {known: resource.contents for known, resource in loaded.items()}
    validator = dialect(_validator_class(contents[address]))(contents[address], registry=registry)
    return CompiledSchema(address=address, documents=contents, validator=validator)


@lru_cache(maxsize=16)
def _compiled_again(address: str, contents: str) -> CompiledSchema:
    """Compile a schema that another process has compiled; a worker is given the same one with every task."""
    found: dict[str, Any] = json.loads(contents)
    return compile_schema(address, found.__getitem__)


def _resource(address: str, document: Any) -> Any:
    """Return the valid schema `document` with its address for its id, so that references are relative to its file."""
    from jsonschema import Draft4Validator
    from referencing import Resource
    from referencing.jsonschema import DRAFT202012

    if not isinstance(document, (dict, bool)):
        raise UnusableSchema("a schema is an object, or true or false")
    known = _validator_class(document)
    if isinstance(document, dict):
        document = {**document, "id" if known is Draft4Validator else "$id": address}
    try:
        error = find_schema_error(known, document, Allowance(TEAM_SCHEMA_STEPS))
    except Unjudged as reason:
        raise UnusableSchema(str(reason)) from None
    except (TooMuchWork, RecursionError):
        raise UnusableSchema("it is too large, or nested too deeply") from None
    if error is not None:
        place = documents.join_pointer(list(error.absolute_path))
        what = f": {_not_a_pattern(error.instance)}" if error.validator == "format" else ""
        raise UnusableSchema(f"it is not a valid JSON Schema{f', at {place}' if place else ''}{what}")
    return Resource.from_contents(quiet(document), default_specification=DRAFT202012)


def _validator_class(document: Any) -> Any:
    from jsonschema import Draft3Validator, Draft202012Validator
    from jsonschema.validators import validator_for

    if not isinstance(document, dict) or "$schema" not in document:
        return Draft202012Validator
    dialect = document["$schema"]
    nothing: Any = None
    known: Any = validator_for(document, default=nothing) if isinstance(dialect, str) else nothing
    if known is None or known is Draft3Validator:
        raise UnusableSchema(f"its $schema is {json.dumps(dialect)}, which is not one of the drafts 4 to 2020-12")
    return known


def _references(resource: Any, base: str) -> Iterator[tuple[str, str]]:
    """Yield the base of every schema within a schema, and with it every reference that is there."""
    base = urljoin(base, resource.id() or "")
    yield base, ""
    if isinstance(resource.contents, dict):
        for keyword in _REFERENCES:
            reference = resource.contents.get(keyword)
            if isinstance(reference, str):
                yield base, reference
    for below in resource.subresources():
        yield from _references(below, base)


def _reason(failure: Exception) -> str:
    """Say why a schema cannot be applied, where only trying could tell: in parts that no draft calls a schema."""
    from referencing.exceptions import Unresolvable

    if isinstance(failure, InvalidPattern):
        return _not_a_pattern(str(failure))
    if isinstance(failure, Unresolvable):
        return f"its reference '{failure.ref}' leads nowhere"
    return f"it cannot be applied ({type(failure).__name__})"


def _not_a_pattern(text: str) -> str:
    return f"the pattern {json.dumps(str(text), ensure_ascii=False)} is not a regular expression"


def _extra(error: Any) -> Iterator[str]:
    """Yield the members that are missing, or too many, where the keyword is about that."""
    if not isinstance(error.instance, dict) or not isinstance(error.schema, dict):
        return
    if error.validator == "required" and isinstance(error.validator_value, list):
        yield from (name for name in error.validator_value if name not in error.instance)
    elif error.validator == "additionalProperties":
        yield from extra_members(error.instance, error.schema)
