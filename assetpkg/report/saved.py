"""Plans that were saved as JSON: read back, and held against the same import planned anew."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from assetpkg.credentials.masking import mask_line
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.reading import origin_of, read_document
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.report.binding import digest_assumptions, digest_options
from assetpkg.report.check import AcceptedReport, DiagnosticReport
from assetpkg.report.compare import PlansReport
from assetpkg.report.plan import ChangeReport, FieldReport, OptionsReport, PlanReport
from assetpkg.report.shape import Report, shape
from assetpkg.resource.type_errors import first_breach
from assetpkg.target.recorded import parse_saved, refuse_breach, refuse_saved

Subject = Literal["package", "target", "options", "assumptions", "rules", "verdict", "changes", "findings", "rest"]

_REST = ("request", "other_verdicts", "prefix", "impact", "order", "predicted_job")
"""What is computed of all that, and only named when it is not the same."""
_INCIDENTAL = frozenset({"file_name", "suggested", "line", "column", "end_line", "end_column"})
"""Fields that tell a folder from its zip, or how an option came about, and nothing about the import."""


def read_plans(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> PlanReport | PlansReport:
    """Read the saved plan at `path`, or the plans of one call, as `parse_plans` does; `-` is standard input."""
    return parse_plans(read_document(path, limits, limit="plan"), origin_of(path), limits)


def read_plan(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> PlanReport:
    """Read the saved plan of one package at `path`, as `parse_plan` does; `-` is standard input."""
    return parse_plan(read_document(path, limits, limit="plan"), origin_of(path), limits)


def parse_plans(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> PlanReport | PlansReport:
    """Read what `assetpkg plan --format json` has written to the file `origin`: a plan, or several of one call.

    Fields that a newer version has added are passed over. Raises `CannotRead` with the reason and the place for
    anything else, for a format whose major version is not known here, and for what is larger than `limits` allow.
    """
    # The document itself is not kept any longer.
    report_class = PlansReport if "steps" in parse_saved(content, origin, limits) else PlanReport
    adapter: TypeAdapter[Any] = TypeAdapter(report_class)
    try:
        report: PlanReport | PlansReport = adapter.validate_json(content, strict=True)
    except ValidationError as error:
        refuse_breach(origin, first_breach(error, parse_saved(content, origin, limits)))
    for plan in _plans(report):
        if not all(plan.order.circles) or not ASSUMPTIONS.keys() & plan.options.assumptions.keys():
            refuse_saved(origin, "its circles are empty, or its assumptions are gone; it was changed by hand")
    if isinstance(report, PlansReport) and not all(report.circles):
        refuse_saved(origin, "its circles are empty; it was changed by hand")
    return report


def parse_plan(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> PlanReport:
    """Read the plan of one package, as `parse_plans` does."""
    report = parse_plans(content, origin, limits)
    if isinstance(report, PlansReport):
        raise CannotRead(f"{origin} has the plans of several packages; save the plan of one")
    return report


def _plans(report: PlanReport | PlansReport) -> Iterable[PlanReport]:
    return [step.plan for step in report.steps] if isinstance(report, PlansReport) else [report]


@shape
class DifferenceReport:
    """Something that is not as it was when the plan was saved."""

    subject: Subject
    """What it is about."""
    name: str
    """What of that: an option, an assumption, an address, a code."""
    saved: str | None
    """What it was when the plan was saved; null where there was none."""
    now: str | None
    """What it is now; null where there is none."""


@shape
class VerifyReport(Report):
    """Whether a saved plan still holds."""

    document: Literal["verify"] = "verify"
    path: str
    """The saved plan, as it was named."""
    holds: bool
    """Whether everything is as it was."""
    differences: Sequence[DifferenceReport]
    """What is not."""
    saved_taken: str | None
    """When the target was looked at for the plan, as its snapshot says; no difference."""
    taken: str | None
    """The same of the target that the plan was held against now."""


def report_verification(saved: PlanReport, anew: PlanReport, path: str) -> VerifyReport:
    """Return the report of the saved plan at `path` and the same import planned anew."""
    found = [
        *_inputs(saved, anew),
        *_options(saved.options, anew.options),
        *_seals(saved),
        *_rules(saved, anew),
        *_outcome(saved, anew),
    ]
    before, now = (plan.target.taken if plan.target else None for plan in (saved, anew))
    return VerifyReport(path=mask_line(path), holds=not found, differences=found, saved_taken=before, taken=now)


def _inputs(saved: PlanReport, anew: PlanReport) -> Iterator[DifferenceReport]:
    yield from _compare("package", "sha256", saved.package.sha256, anew.package.sha256)
    if saved.target is not None and anew.target is not None and saved.target.parts and anew.target.parts:
        yield from _compare_tables("target", saved.target.parts, anew.target.parts)
    else:
        before, after = (plan.target.sha256 if plan.target else None for plan in (saved, anew))
        yield from _compare("target", "sha256", before, after)


def _options(saved: OptionsReport, now: OptionsReport) -> Iterator[DifferenceReport]:
    yield from _compare("options", "mode", saved.mode, now.mode)
    yield from _compare("options", "prefix", saved.prefix, now.prefix)
    overwrites = [str(each.datasource_overwrite).lower() for each in (saved, now)]
    yield from _compare("options", "datasource_overwrite", *overwrites)
    yield from _compare_tables("assumptions", saved.assumptions, now.assumptions)


def _seals(saved: PlanReport) -> Iterator[DifferenceReport]:
    """Yield what was changed in the saved plan itself: its options are not those that it is bound to."""
    options = saved.options
    sealed = digest_options(options.mode, options.prefix, overwrite=options.datasource_overwrite)
    yield from _compare("options", "sha256 in the saved plan", saved.binding.options, sealed)
    answers = digest_assumptions(options.assumptions)
    yield from _compare("assumptions", "sha256 in the saved plan", saved.binding.assumptions, answers)


def _rules(saved: PlanReport, anew: PlanReport) -> Iterator[DifferenceReport]:
    before, after = saved.binding, anew.binding
    yield from _compare("rules", "version of assetpkg", before.tool_version, after.tool_version)
    yield from _compare("rules", "sha256", before.rule_set, after.rule_set)
    for field in fields(before.policy):
        values = [_words(getattr(binding.policy, field.name)) for binding in (before, after)]
        yield from _compare("rules", field.name.replace("_", "-"), *values)
    named = [{f"default of {name}": value for name, value in binding.defaults.items()} for binding in (before, after)]
    yield from _compare_tables("assumptions", *named)


def _outcome(saved: PlanReport, anew: PlanReport) -> Iterator[DifferenceReport]:
    yield from _compare("verdict", "verdict", saved.verdict, anew.verdict)
    yield from _changes(saved.changes, anew.changes)
    yield from _findings(saved, anew)
    for name in _REST:
        if not _same(getattr(saved, name), getattr(anew, name)):
            yield DifferenceReport(subject="rest", name=name, saved="as it was", now="another")


def _changes(saved: Iterable[ChangeReport], anew: Iterable[ChangeReport]) -> Iterator[DifferenceReport]:
    before, after = ({change.address: change for change in changes} for changes in (saved, anew))
    for address in dict.fromkeys((*before, *after)):
        one, other = before.get(address), after.get(address)
        if one is None or other is None or not _same(one, other):
            alike = one is not None and other is not None and one.action == other.action
            if one is not None and other is not None and alike:
                differing = list(_fields(one, other))
                if differing:
                    yield from differing
                    continue
            told = [None if each is None else each.action for each in (one, other)]
            now = f"{told[1]}, in other words" if alike else told[1]
            yield DifferenceReport(subject="changes", name=address, saved=told[0], now=now)


def _fields(saved: ChangeReport, anew: ChangeReport) -> Iterator[DifferenceReport]:
    """Yield the fields in which a resource differs from the target otherwise than before."""
    before, after = ({field.pointer: field for field in change.fields} for change in (saved, anew))
    for pointer in dict.fromkeys((*before, *after)):
        told = [_difference(fields.get(pointer)) for fields in (before, after)]
        yield from _compare("changes", f"{anew.address} {pointer}", *told)


def _difference(field: FieldReport | None) -> str:
    """Return the two values of a field that differs."""
    if field is None:
        return "no difference"
    values = (json.dumps(value, ensure_ascii=False) for value in (field.before, field.after))
    return "target {}, package {}".format(*values)


def _findings(saved: PlanReport, anew: PlanReport) -> Iterator[DifferenceReport]:
    """Yield what is found no more, found otherwise, as with another severity, accepted no more, or found now."""
    before, after = (dict.fromkeys(_all_found(plan)) for plan in (saved, anew))
    came = [each for each in after if each not in before]
    for name, told in (each for each in before if each not in after):
        other = next((each for each in came if each[0] == name), None)
        if other is not None:
            came.remove(other)
        yield DifferenceReport(subject="findings", name=name, saved=told, now=other[1] if other else None)
    for name, told in came:
        yield DifferenceReport(subject="findings", name=name, saved=None, now=told)


def _all_found(plan: PlanReport) -> Iterator[tuple[str, str]]:
    yield from map(_finding, plan.diagnostics)
    yield from map(_finding, plan.accepted)


def _finding(found: DiagnosticReport | AcceptedReport) -> tuple[str, str]:
    where = found.address or found.location.entry or ""
    accepted = "accepted " if isinstance(found, AcceptedReport) else ""
    return f"{found.code} {where}".strip(), f"{accepted}{found.severity}: {found.message}"


def _compare(subject: Subject, name: str, saved: str | None, now: str | None) -> Iterator[DifferenceReport]:
    if saved != now:
        yield DifferenceReport(subject=subject, name=name, saved=saved, now=now)


def _compare_tables(subject: Subject, saved: dict[str, str], now: dict[str, str]) -> Iterator[DifferenceReport]:
    for name in dict.fromkeys((*saved, *now)):
        yield from _compare(subject, name, saved.get(name), now.get(name))


def _words(value: Any) -> str:
    """Return a list of words, or a table of them, in a line."""
    if isinstance(value, dict):
        members = (f"{key}={word if isinstance(word, str) else _words(word)}" for key, word in value.items())
        return "; ".join(members) or "none"
    return ", ".join(value) or "none"


def _same(one: Any, other: Any) -> bool:
    """Say whether two parts of a report tell the same; a list is the same as a tuple."""
    if is_dataclass(one) and is_dataclass(other):
        names = [field.name for field in fields(one) if field.name not in _INCIDENTAL]
        return type(one) is type(other) and all(_same(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(type(one) is type(other) and one == other)
