"""The job of an import: as it is predicted, and as it was."""

from collections.abc import Iterable, Sequence
from typing import Literal

from assetpkg.credentials.masking import mask_renamed
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.job import Job, JobReason, Status
from assetpkg.simulation.prediction import (
    LONGEST_NAME,
    SHOWN_AT_MOST,
    Elsewhere,
    FailingReason,
    Prediction,
    ResourceType,
)
from assetpkg.simulation.reconcile import CodeWord, PredictedReason, Reconciliation

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


@shape_of(JobReason)
class JobReasonReport:
    """A reason of a job, as the platform reported it, with credentials masked."""

    resource_type: str
    """What it is reported of."""
    resource_name: str
    """The name of that."""
    error_code: str | None
    """The platform's error code; null where it gave none."""
    error_msg: str | None
    """The platform's message; null where it gave none."""


@shape_of(PredictedReason, "reason", "expected")
class ForeseenReport:
    """A reason of the job that was predicted."""

    reason: JobReasonReport
    """What the job says."""
    expected: Sequence[PredictedReasonReport]
    """Everything that was expected to fail of what it names."""
    code: CodeWord
    """How the error codes compare; `unknown` where one side has none."""


@shape_of(Job)
class JobReport:
    """What the platform says about the job."""

    id: str | None
    """Its id."""
    type: str | None
    """What it does."""
    status: Status
    """How it ended, in the newer spelling."""
    begin_time: str | None
    """When it began."""
    end_time: str | None
    """When it ended."""


@shape
class ReconcileReport(Report):
    """A prediction held against the job."""

    document: Literal["reconcile"] = "reconcile"
    all_foreseen: bool
    """Whether everything that the job says was predicted."""
    predicted_status: Literal["FAILED"] | None
    """The status that was predicted; null where none was."""
    status_foreseen: bool
    """Whether the job ended in a way that the prediction leaves open."""
    job: JobReport
    """The job."""
    foreseen: Sequence[ForeseenReport]
    """The reasons of the job that were predicted."""
    missed: Sequence[JobReasonReport]
    """The reasons of the job that were not."""
    wrong: Sequence[PredictedReasonReport]
    """What was expected and did not happen, as far as the job reports."""
    hidden: Sequence[PredictedReasonReport]
    """What was expected, and the job does not tell: it may show no more reasons than it does."""
    elsewhere: Sequence[ElsewhereReport]
    """What was expected to fail without a reason that names it."""
    shown_at_most: int
    """How many reasons a job shows."""


def report_prediction(prediction: Prediction) -> PredictedJobReport:
    """Return the report of the job that is predicted."""
    return PredictedJobReport(
        status=_status(prediction),
        reasons=_predicted(prediction.reasons),
        elsewhere=_elsewhere(prediction.elsewhere),
        shown_at_most=SHOWN_AT_MOST,
        note=NOTE,
    )


def report_reconciliation(found: Reconciliation) -> ReconcileReport:
    """Return the report of a prediction and the job that it was about."""
    prediction = found.prediction
    return ReconcileReport(
        all_foreseen=found.all_foreseen,
        predicted_status=_status(prediction),
        status_foreseen=found.status_foreseen,
        job=report_as(JobReport, found.job),
        foreseen=[
            report_as(
                ForeseenReport,
                each,
                reason=report_as(JobReasonReport, each.reason),
                expected=_predicted(each.expected),
            )
            for each in found.foreseen
        ],
        missed=[report_as(JobReasonReport, reason) for reason in found.missed],
        wrong=_predicted(found.wrong),
        hidden=_predicted(found.hidden),
        elsewhere=_elsewhere(prediction.elsewhere),
        shown_at_most=SHOWN_AT_MOST,
    )


def prediction_in(report: PredictedJobReport) -> Prediction:
    """Return the prediction that a report reports."""
    return Prediction(
        reasons=tuple(FailingReason(**vars(reason)) for reason in report.reasons),
        elsewhere=tuple(Elsewhere(**vars(each)) for each in report.elsewhere),
    )


def _status(prediction: Prediction) -> Literal["FAILED"] | None:
    return "FAILED" if prediction.failed else None


def _predicted(reasons: Iterable[FailingReason]) -> Sequence[PredictedReasonReport]:
    return [
        report_as(PredictedReasonReport, each, resource_name=mask_renamed(each.resource_name, each.package_name))
        for each in reasons
    ]


def _elsewhere(failures: Iterable[Elsewhere]) -> Sequence[ElsewhereReport]:
    return [report_as(ElsewhereReport, each) for each in failures]
