"""The job of an import, as it is predicted."""

from collections.abc import Iterable, Sequence
from typing import Literal

from assetpkg.credentials.masking import mask_renamed
from assetpkg.report.shape import report_as, shape, shape_of
from assetpkg.simulation.prediction import (
    LONGEST_NAME,
    SHOWN_AT_MOST,
    Elsewhere,
    FailingReason,
    Prediction,
    ResourceType,
)

NOTE = (
    f"A job shows at most {SHOWN_AT_MOST} reasons, and it is not documented which: these are all that are predicted, in"
    f" the order of the plan. It has at most {LONGEST_NAME} characters for a name and for a message; names are cut to"
    " that here, messages are not. Whether an import goes on after its first failure is not documented."
)
"""What a reader of the prediction has to know."""


@shape_of(FailingReason, "resource_name")
class PredictedReasonReport:
    """A reason for which the job would fail, in the platform's shape, and what assetpkg knows beyond it."""

    resource_type: ResourceType
    """What it is reported of: an application, or a task."""
    resource_name: str
    """The name of that after the import, cut to 64 characters."""
    error_code: str | None
    """The platform's error code, where a public table has one for this; which one a job has is not documented."""
    error_msg: str
    """What fails, in the words of assetpkg, in full."""
    address: str
    """The very resource that fails."""
    package_name: str
    """The name of the application or task as it is in the package: whole, and without the prefix."""
    documented: bool
    """Whether a public page says that it fails; false where that is assumed."""


@shape_of(Elsewhere)
class ElsewhereReport:
    """What fails, and belongs to no application or task that is known, so that no reason can be predicted for it."""

    error_code: str | None
    """The platform's error code, where a public table has one for this."""
    error_msg: str
    """What fails."""
    address: str | None
    """The resource that fails; null where it is none."""
    documented: bool
    """Whether a public page says that it fails; false where that is assumed."""
    refused: bool
    """Whether the platform refuses the call itself, so that there is no job."""


@shape
class PredictedJobReport:
    """The job that the import would end in."""

    status: Literal["FAILED"] | None
    """Its status, where a public page says that it fails; null otherwise, since no success is ever promised."""
    reasons: Sequence[PredictedReasonReport]
    """Everything for which it would fail, in the order of the plan."""
    elsewhere: Sequence[ElsewhereReport]
    """What fails, and no reason can name."""
    shown_at_most: int
    """How many reasons a job shows."""
    note: str
    """What a reader has to know."""


def report_prediction(prediction: Prediction) -> PredictedJobReport:
    """Return the report of the job that is predicted."""
    return PredictedJobReport(
        status=status_of(prediction),
        reasons=report_reasons(prediction.reasons),
        elsewhere=report_elsewhere(prediction.elsewhere),
        shown_at_most=SHOWN_AT_MOST,
        note=NOTE,
    )


def prediction_in(report: PredictedJobReport) -> Prediction:
    """Return the prediction that a report reports."""
    return Prediction(
        reasons=tuple(FailingReason(**vars(reason)) for reason in report.reasons),
        elsewhere=tuple(Elsewhere(**vars(each)) for each in report.elsewhere),
    )


def status_of(prediction: Prediction) -> Literal["FAILED"] | None:
    """Return the status that is predicted, where one is."""
    return "FAILED" if prediction.failed else None


def report_reasons(reasons: Iterable[FailingReason]) -> Sequence[PredictedReasonReport]:
    """Return the reports of reasons for which a job would fail."""
    return [
        report_as(PredictedReasonReport, each, resource_name=mask_renamed(each.resource_name, each.package_name))
        for each in reasons
    ]


def report_elsewhere(failures: Iterable[Elsewhere]) -> Sequence[ElsewhereReport]:
    """Return the reports of what fails and no reason can name."""
    return [report_as(ElsewhereReport, each) for each in failures]
