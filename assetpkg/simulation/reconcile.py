"""A prediction held against the job itself: what was predicted, what was missed, and what was predicted wrongly."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assetpkg.errors import CannotRead
from assetpkg.simulation.job import Job, JobReason
from assetpkg.simulation.prediction import LONGEST_NAME, SHOWN_AT_MOST, FailingReason, Prediction

CodeWord = Literal["same", "other", "unknown"]
_IMPORT = "importasset"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedReason:
    """A reason of the job that was predicted: everything that was expected to fail of what it names.

    `code` says how the error codes compare; `unknown` where one side has none.
    """

    reason: JobReason
    expected: tuple[FailingReason, ...]
    code: CodeWord


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reconciliation:
    """A prediction and a job side by side.

    `wrong` was expected and did not happen, as far as the job reports; of `hidden` it says nothing, since it shows ten
    reasons at most. `status_foreseen` says whether the job ended in a way that the prediction leaves open.
    """

    prediction: Prediction
    job: Job
    foreseen: tuple[PredictedReason, ...]
    missed: tuple[JobReason, ...]
    wrong: tuple[FailingReason, ...]
    hidden: tuple[FailingReason, ...]
    status_foreseen: bool

    def __repr__(self) -> str:
        """Show how the job ended, and how much of that was predicted."""
        return f"Reconciliation({self.job.status}, {len(self.foreseen)} predicted, {len(self.missed)} missed)"

    @property
    def all_foreseen(self) -> bool:
        """Whether everything that the job says was predicted."""
        return self.status_foreseen and not self.missed


def reconcile(prediction: Prediction, job: Job) -> Reconciliation:
    """Hold a prediction against the finished job of the import.

    Reasons match by the sort and the name of what they name, the name in at most 64 characters, with the prefix or
    without. Raises `CannotRead` for a job that is running still, or is not an import.
    """
    if job.type is not None and job.type.casefold() != _IMPORT:
        raise CannotRead(f"the job is not an import: its type is '{job.type}'")
    if job.status == "RUNNING":
        done = "" if job.progress is None else f", {job.progress:.0%} done"
        raise CannotRead(f"the job is still running{done}; ask for its status again when it has ended")
    foreseen, missed = [], []
    named: set[FailingReason] = set()
    for reason in job.reasons:
        expected = tuple(each for each in prediction.reasons if _matches(each, reason))
        named.update(expected)
        if expected:
            foreseen.append(PredictedReason(reason=reason, expected=expected, code=_compare_codes(expected, reason)))
        else:
            missed.append(reason)
    rest = tuple(each for each in prediction.reasons if each not in named)
    # An absence proves something only where the list may be whole.
    told_all = job.status == "SUCCEEDED" or (job.status == "FAILED" and 0 < len(job.reasons) < SHOWN_AT_MOST)
    return Reconciliation(
        prediction=prediction,
        job=job,
        foreseen=tuple(foreseen),
        missed=tuple(missed),
        wrong=rest if told_all else (),
        hidden=() if told_all else rest,
        status_foreseen=_leaves_open(prediction, job),
    )


def _matches(expected: FailingReason, reason: JobReason) -> bool:
    names = (expected.resource_name, expected.package_name[:LONGEST_NAME])
    return expected.resource_type == reason.resource_type and reason.resource_name[:LONGEST_NAME] in names


def _compare_codes(expected: Iterable[FailingReason], reason: JobReason) -> CodeWord:
    codes = {each.error_code for each in expected} - {None}
    if reason.error_code is None or not codes:
        return "unknown"
    return "same" if reason.error_code in codes else "other"


def _leaves_open(prediction: Prediction, job: Job) -> bool:
    """Say whether the job may have ended so; one that failed must have had something to fail for."""
    if job.status == "FAILED":
        return bool(prediction.reasons or prediction.elsewhere)
    return not prediction.failed
