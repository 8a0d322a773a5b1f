"""Plans that were saved as JSON, read back into the reports that they were made of."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from assetpkg import documents
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits, how_to_raise
from assetpkg.package.reading import read_document
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.report.plan import PlanReport
from assetpkg.report.rollout import PlansReport
from assetpkg.report.shape import FORMAT_VERSION

_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})")


def read_plans(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> PlanReport | PlansReport:
    """Read the saved plan at `path`, or the plans of one call, as `parse_plans` does; `-` is standard input."""
    return parse_plans(read_document(path, limits, limit="plan"), os.fspath(path), limits)


def read_plan(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> PlanReport:
    """Read the saved plan of one package at `path`, as `parse_plan` does; `-` is standard input."""
    return parse_plan(read_document(path, limits, limit="plan"), os.fspath(path), limits)


def parse_plans(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> PlanReport | PlansReport:
    """Read what `assetpkg plan --format json` has written to the file `origin`: a plan, or several of one call.

    Fields that a newer version has added are passed over. Raises `CannotRead` with the reason and the place for
    anything else, for a format whose major version is not known here, and for what is larger than `limits` allow.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(_report_of(content, origin, limits))
    try:
        report: PlanReport | PlansReport = adapter.validate_json(content, strict=True)
    except ValidationError as error:
        _refuse(origin, _first_breach(error))
    for plan in _plans(report):
        if not all(plan.order.circles) or not ASSUMPTIONS.keys() & plan.options.assumptions.keys():
            _refuse(origin, "its circles are empty, or its assumptions are gone; it was changed by hand")
    if isinstance(report, PlansReport) and not all(report.circles):
        _refuse(origin, "its circles are empty; it was changed by hand")
    return report


def parse_plan(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> PlanReport:
    """Read the plan of one package, as `parse_plans` does."""
    report = parse_plans(content, origin, limits)
    if isinstance(report, PlansReport):
        raise CannotRead(f"{origin} has the plans of several packages; save the plan of one")
    return report


def _report_of(content: bytes, origin: str, limits: Limits) -> type[PlanReport | PlansReport]:
    """Return what a document is the report of, if it is strict JSON; the document itself is not kept any longer."""
    number = documents.count_many_values(content, limits.plan_values)
    if number > limits.plan_values:
        raise CannotRead(
            f"{origin} has {number:,} values and names of members; at most {limits.plan_values:,} are read;"
            f" {how_to_raise('plan-values', number)}"
        )
    try:
        document = documents.parse(content, limits.for_plans())
    except documents.InvalidDocument as error:
        _refuse(origin, documents.refusal(error, content))
    if not isinstance(document, dict) or not ("changes" in document or "steps" in document):
        _refuse(origin, "make one with 'assetpkg plan PACKAGE --format json --output FILE'")
    _look_at_version(origin, document)
    return PlansReport if "steps" in document else PlanReport


def _plans(report: PlanReport | PlansReport) -> Iterable[PlanReport]:
    return [step.plan for step in report.steps] if isinstance(report, PlansReport) else [report]


def _look_at_version(origin: str, document: Mapping[str, Any]) -> None:
    found = document.get("format_version")
    version = _VERSION.fullmatch(found) if isinstance(found, str) else None
    if version is None:
        _refuse(origin, "its 'format_version' is not a version")
    major = FORMAT_VERSION.partition(".")[0]
    if int(version[1]) != int(major):
        raise CannotRead(f"{origin} is a plan of format {found}, and this assetpkg reads {major}.x; plan again")


def _first_breach(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = documents.join_pointer(detail["loc"])
    if detail["type"] == "missing":
        return f"'{place}' is missing, so an older assetpkg has saved it, or it was changed; plan again"
    return f"at '{place}', {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _refuse(origin: str, why: str) -> NoReturn:
    raise CannotRead(f"{origin} is not a saved plan: {why}")
