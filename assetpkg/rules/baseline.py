"""Baselines: the findings that were there when a project began to look, accepted by what they are about."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NoReturn

from pydantic import ValidationError

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import OF_ACCEPTING, Diagnostic
from assetpkg.errors import CannotRead
from assetpkg.kinds.model import Model
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.resource.type_errors import first_breach

BASELINE_FORMAT = "assetpkg-baseline/1"


class MadeBy(Model):
    """By what a baseline was made; only the same can say that one of its findings is not there any more."""

    command: Literal["check", "plan"]
    """The command."""
    assumptions: dict[str, str]
    """The answers to open questions that were not the defaults."""
    mode: str | None = None
    """The mode of the import; null for a check."""
    prefix: str | None = None
    """The prefix of the import; null for a check."""
    datasource_overwrite: bool | None = None
    """Whether the import overwrites data sources; null for a check."""
    target: str | None = None
    """The name of the target; null without one."""


class BaselineFinding(Model):
    """One finding that is accepted."""

    package: str
    """The name of the package, from its manifest; empty where that has none."""
    code: str
    """The code of the rule."""
    slug: str
    """The name of the rule in words."""
    address: str | None
    """The resource that it is about; null for what is in none."""
    entry: str
    """The entry of the package that it is in; empty for the package itself."""
    pointer: str
    """The JSON pointer into that entry; empty for all of it."""
    fingerprint: str
    """By what it is known again: rule, place and value, and not line, message or file name of the package."""
    more: int
    """How many others of the same rule in the same entry it stands for."""


class Baseline(Model):
    """Findings that are accepted."""

    format: str
    """The marker of these files, `assetpkg-baseline/1`."""
    made_by: MadeBy
    """By what the file was made."""
    findings: list[BaselineFinding]
    """The findings, in the order of packages, places and rules."""

    @cached_property
    def by_fingerprint(self) -> Mapping[str, int]:
        """How many others each finding may stand for, by fingerprint."""
        known: dict[str, int] = {}
        for finding in self.findings:
            known[finding.fingerprint] = max(finding.more, known.get(finding.fingerprint, 0))
        return known

    @cached_property
    def by_package(self) -> Mapping[str, Sequence[BaselineFinding]]:
        """The findings by the names of their packages."""
        known: dict[str, list[BaselineFinding]] = {}
        for finding in self.findings:
            known.setdefault(finding.package, []).append(finding)
        return known


def entries_for(package: str, found: Iterable[Diagnostic]) -> Iterator[BaselineFinding]:
    """Yield the entries for what was found in a package of this name; findings about what is accepted have none."""
    for each in found:
        if not each.code.startswith(OF_ACCEPTING):
            yield BaselineFinding(
                package=mask_line(package),
                code=each.code,
                slug=each.slug,
                address=each.address,
                entry=each.location.entry,
                pointer=each.location.pointer,
                fingerprint=each.fingerprint,
                more=each.more,
            )


def make_baseline(made_by: Mapping[str, Any], findings: Iterable[BaselineFinding]) -> Baseline:
    """Return a baseline of findings, which are put in order; those that are equal are there once."""
    ordered = sorted(findings, key=lambda each: (*_order(each), -each.more))
    unique = {(each.package, each.fingerprint): each for each in reversed(ordered)}
    return Baseline(format=BASELINE_FORMAT, made_by=MadeBy(**made_by), findings=sorted(unique.values(), key=_order))


def dump_baseline(baseline: Baseline) -> bytes:
    """Return the text of a baseline, the same for the same findings: one finding a line, so that a diff shows each."""
    known = baseline.model_dump()
    findings = ",\n".join(f"    {_line(finding)}" for finding in known["findings"])
    made_by = _line({name: value for name, value in known["made_by"].items() if value is not None})
    listed = f"[\n{findings}\n  ]" if findings else "[]"
    return f'{{\n  "format": "{BASELINE_FORMAT}",\n  "made_by": {made_by},\n  "findings": {listed}\n}}\n'.encode()


def read_baseline(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Baseline:
    """Read the baseline at `path`; raises `CannotRead` for what is not there or not a baseline."""
    from assetpkg.package.reading import origin_of, read_document

    return parse_baseline(read_document(path, limits), origin_of(path), limits)


def parse_baseline(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> Baseline:
    """Read a baseline from its bytes; `origin` is what messages call it. Raises `CannotRead`."""
    try:
        document = documents.parse(content, limits)
    except documents.InvalidDocument as error:
        _refuse(origin, documents.refusal(error, content))
    found = document.get("format") if isinstance(document, dict) else None
    if found != BASELINE_FORMAT:
        said = f"its format is {json.dumps(found)}" if isinstance(found, str) else "it has no format"
        _refuse(origin, f'{said}; one that "--write-baseline" makes has "{BASELINE_FORMAT}"')
    try:
        return Baseline.model_validate(document)
    except ValidationError as error:
        _refuse(origin, first_breach(error, document))


def _refuse(origin: str, why: str) -> NoReturn:
    raise CannotRead(f"{origin} is not a baseline: {why}")


def _order(finding: BaselineFinding) -> tuple[str, str, str, str, str]:
    return finding.package, finding.entry, finding.pointer, finding.code, finding.fingerprint


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
