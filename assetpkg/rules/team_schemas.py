"""RSC: one resource and the JSON Schema that the team has written for its kind."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from assetpkg.credentials.masking import MASK, mask_line
from assetpkg.diagnostics import values
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import agreed
from assetpkg.documents import join_pointer
from assetpkg.errors import InvalidOption
from assetpkg.kinds.kind import fields_of
from assetpkg.limits import TooMuchWork
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.resource.masking import mask, steps_to_secret
from assetpkg.resource.walk import NO_FIELDS, Fields

if TYPE_CHECKING:
    from assetpkg.json_schema.compiled import CompiledSchema, SchemaViolation, Steps
    from assetpkg.json_schema.team import TeamSchemas

_LONGEST_LIMIT = 60
"""A message does not show a longer limit; the schema has it."""


class Judged(NamedTuple):
    """What a schema refuses in a resource; or, in `unjudged`, why that is not known."""

    resource: Resource
    schema: "CompiledSchema"
    violations: "Sequence[SchemaViolation]" = ()
    unjudged: str = ""


@dataclass(frozen=True)
class SchemaChecked:
    """A package together with the JSON Schemas that its team has written for it."""

    package: Package
    schemas: "TeamSchemas"

    @cached_property
    def judged(self) -> Sequence[Judged]:
        """What each schema refuses in each resource of its kind."""
        from assetpkg.json_schema.compiled import UnusableSchema
        from assetpkg.json_schema.patterns import Unjudged

        found: list[Judged] = []
        for kind, schema in self.schemas.by_kind.items():
            for resource in self.package.index.resources_of(kind):
                try:
                    found.append(Judged(resource, schema, list(schema.find_violations(self.document(resource)))))
                except TooMuchWork:
                    found.append(Judged(resource, schema, unjudged="that takes too much work"))
                except Unjudged as reason:
                    found.append(Judged(resource, schema, unjudged=str(reason)))
                except UnusableSchema as error:
                    raise InvalidOption(f"the schema for {kind} cannot be used: {error}") from None
        return found

    def document(self, resource: Resource) -> Any:
        """Return the document of a resource as its schema checks it."""
        document = self.package.document(resource.address)
        document.pop("$schema", None)
        return document


@rule("RSC040", "team-schema", Severity.ERROR, source=agreed("schema"))
def team_schema(subject: SchemaChecked) -> Iterator[Problem]:
    """A resource does not satisfy the project's schema for its kind.

    Finds what a schema under `[tool.assetpkg.schemas]` refuses in a resource of its kind. The message names the file
    and the place in it. A `$schema` at the top of a resource is not checked with the schema.

    The platform may accept the resource. The project has stricter rules than the platform.

    Change the resource, or the schema.
    """
    for resource, _, violations, _ in subject.judged:
        if violations:
            shown = mask(fields_of(resource.kind), subject.document(resource))
            for violation in violations:
                yield from _tell(resource, violation, shown, subject.schemas.name_of(violation.address))


def _tell(resource: Resource, violation: "SchemaViolation", shown: Any, file: str) -> Iterator[Problem]:
    """Yield the problem, or one for each member that is not allowed; `shown` is the document without credentials."""
    place = f"breaks {file}{f' at {violation.pointer}' if violation.pointer else ''}"
    hint = f"change the resource, or {file}"
    steps, value = _reach(violation.steps, shown, fields_of(resource.kind))
    if violation.keyword == "additionalProperties" and violation.extra and value != MASK:
        for name in violation.extra:
            yield Problem(
                message=f"{place}: '{mask_line(name)}' is not allowed",
                hint=hint,
                place=resource.place,
                pointer=join_pointer((*violation.steps, name)),
                at_key=True,
            )
        return
    yield Problem(
        message=f"{place}: {_reason(violation, value)}",
        hint=hint,
        place=resource.place,
        pointer=join_pointer(steps),
        more=violation.more,
    )


def _reach(steps: "Steps", shown: Any, fields: Fields) -> "tuple[Steps, Any]":
    """Return how far `steps` may be shown, and what is shown there: of a secret nothing, and no key in it."""
    depth = steps_to_secret(fields, steps)
    if depth is not None:
        return steps[:depth], MASK
    for number, step in enumerate(steps):
        if isinstance(shown, str):
            return steps[:number], MASK
        # A key that holds a credential is not found in what is shown, and what is below it is not shown either.
        shown = shown.get(step, MASK) if isinstance(shown, dict) else shown[step]
    return steps, shown


def _reason(violation: "SchemaViolation", shown: Any) -> str:
    if violation.keyword == "required" and violation.extra:
        names = ", ".join(f"'{name}'" for name in violation.extra)
        return f"{names} {'is' if len(violation.extra) == 1 else 'are'} missing"
    value = values.shown(shown)
    if not violation.keyword:
        return f"{value} is not allowed"
    limit = "" if MASK in value else json.dumps(mask(NO_FIELDS, violation.limit), ensure_ascii=False)
    short = f" {limit}" if 0 < len(limit) <= _LONGEST_LIMIT else ""
    return f"{value} does not satisfy {violation.keyword}{short}"


@rule("RSC041", "unjudged-by-team-schema", Severity.RISK, source=agreed("schema"))
def unjudged_by_team_schema(subject: SchemaChecked) -> Iterator[Problem]:
    """A resource was not checked with the schema that the project has for its kind, or not completely.

    Finds resources that are so large, or so deeply nested, that the check would take too long. Finds also resources
    with a text for which the schema has a pattern that no engine can search for in a time that is known before, such
    as one with a backreference.

    It is not known whether the resource follows the project's rules.

    Check where the resource came from. If it is right, simplify the schema.
    """
    for resource, schema, _, unjudged in subject.judged:
        if unjudged:
            yield Problem(
                message=f"was not checked with {subject.schemas.name_of(schema.address)}: {unjudged}",
                hint="check where it came from, or simplify the schema",
                place=resource.place,
            )


RULES: tuple[Rule, ...] = (team_schema, unjudged_by_team_schema)
