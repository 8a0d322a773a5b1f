"""Plans that were saved as JSON, read back into the reports that they were made of."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from assetpkg import documents
from assetpkg.assumptions import ASSUMPTIONS
from assetpkg.errors import CannotRead
from assetpkg.report import FORMAT_VERSION
from assetpkg.report.plans import PlanReport
from assetpkg.report.rollout import PlansReport

_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})")


def parse_plans(content: bytes, origin: str) -> PlanReport | PlansReport:
    """Read what `assetpkg plan --format json` has written to the file `origin`: a plan, or several of one call.

    Fields that a newer version has added are passed over. Raises `CannotRead` with the reason and the place for
    anything else, and for a format whose major version is not known here.
    """
    try:
        document = documents.parse(content)
    except documents.InvalidDocument as error:
        _refuse(origin, documents.describe(error.faults[0], content))
    if not isinstance(document, dict) or not ("changes" in document or "steps" in document):
        _refuse(origin, "make one with 'assetpkg plan PACKAGE --format json --output FILE'")
    _look_at_version(origin, document)
    adapter: TypeAdapter[Any] = TypeAdapter(PlansReport if "steps" in document else PlanReport)
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


def parse_plan(content: bytes, origin: str) -> PlanReport:
    """Read the plan of one package, as `parse_plans` does."""
    report = parse_plans(content, origin)
    if isinstance(report, PlansReport):
        raise CannotRead(f"{origin} has the plans of several packages; save the plan of one")
    return report


def _plans(report: PlanReport | PlansReport) -> Iterable[PlanReport]:
    return [step.plan for step in report.steps] if isinstance(report, PlansReport) else [report]


def _look_at_version(origin: str, document: Mapping[str, Any]) -> None:
    found = document.get("format_version")
    version = _VERSION.fullmatch(found) if isinstance(found, str) else None
    if version is None:
        _refuse(origin, "its 'format_version' is no version")
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
    raise CannotRead(f"{origin} is no saved plan: {why}")
