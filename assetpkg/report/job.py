"""The job of an import, as the platform reported it, and held against what was predicted."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.report.prediction import (
    ElsewhereReport,
    PredictedReasonReport,
    report_elsewhere,
    report_reasons,
    status_of,
)
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.job import Job, JobReason, Status
from assetpkg.simulation.prediction import SHOWN_AT_MOST
from assetpkg.simulation.reconcile import CodeWord, PredictedReason, Reconciliation


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


def report_reconciliation(found: Reconciliation) -> ReconcileReport:
    """Return the report of a prediction and the job that it was about."""
    prediction = found.prediction
    return ReconcileReport(
        all_foreseen=found.all_foreseen,
        predicted_status=status_of(prediction),
        status_foreseen=found.status_foreseen,
        job=report_as(JobReport, found.job),
        foreseen=[
            report_as(
                ForeseenReport,
                each,
                reason=report_as(JobReasonReport, each.reason),
                expected=report_reasons(each.expected),
            )
            for each in found.foreseen
        ],
        missed=[report_as(JobReasonReport, reason) for reason in found.missed],
        wrong=report_reasons(found.wrong),
        hidden=report_reasons(found.hidden),
        elsewhere=report_elsewhere(prediction.elsewhere),
        shown_at_most=SHOWN_AT_MOST,
    )
