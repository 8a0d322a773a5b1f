"""The job predicted: complete, in the platform's shape, and of one mind with a job that says the same."""

from hypothesis import assume, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Job, JobReason, Prediction, reconcile
from assetpkg.kinds import KINDS
from assetpkg.package.package import Package
from assetpkg.simulation.job import Status
from tests.laws.strategies import laws, packages
from tests.laws.test_imports import drifted, options


def foreseen(package: Package, data: st.DataObject) -> tuple[Prediction, set[str]]:
    target, chosen = data.draw(drifted(package)), data.draw(options())
    plan = assetpkg.plan(package, target, chosen)
    return plan.prediction, {change.address for change in plan.conflicts}


def told(prediction: Prediction, most: int) -> tuple[JobReason, ...]:
    reasons = [JobReason(each.resource_type, each.resource_name, None, "no") for each in prediction.reasons]
    return tuple(dict.fromkeys(reasons))[:most]


def job(*reasons: JobReason, status: Status = "FAILED") -> Job:
    return Job(id="1", type="importAsset", status=status, progress=1.0, begin_time=None, end_time=None, reasons=reasons)


@laws
@given(packages(), st.data())
def test_every_conflict_is_told_of_what_it_belongs_to(package: Package, data: st.DataObject) -> None:
    prediction, conflicts = foreseen(package, data)
    named = {each.address for each in prediction.reasons}
    assert conflicts <= named | {each.address for each in prediction.elsewhere}
    for each in prediction.reasons:
        counted = KINDS[each.address.partition("/")[0]].counted_as
        assert each.resource_type == ("task" if counted == "tasks" else "application")
        assert 1 <= len(each.resource_name) <= 64
    assert not prediction.failed or conflicts or prediction.reasons or prediction.elsewhere


@laws
@given(packages(), st.data())
def test_a_job_that_says_the_same_is_foreseen(package: Package, data: st.DataObject) -> None:
    prediction, _ = foreseen(package, data)
    assume(prediction.reasons)
    reasons = told(prediction, 10)
    found = reconcile(prediction, job(*reasons))
    assert found.all_foreseen
    assert not found.wrong
    assert [each.reason for each in found.foreseen] == list(reasons)
    assert bool(found.hidden) <= (len(reasons) == 10)
    expected = {reason for each in found.foreseen for reason in each.expected}
    assert expected | set(found.hidden) == set(prediction.reasons)


@laws
@given(packages(), st.data())
def test_what_the_job_does_not_say_is_wrong_only_where_it_says_all(package: Package, data: st.DataObject) -> None:
    prediction, _ = foreseen(package, data)
    strange = [JobReason("application", f"strange {number}", None, None) for number in range(10)]
    cut = reconcile(prediction, job(*strange))
    assert cut.missed == tuple(strange)
    assert not cut.wrong
    assert cut.hidden == prediction.reasons
    whole = reconcile(prediction, job(*strange[:9]))
    assert not whole.hidden
    assert whole.wrong == prediction.reasons
    done = reconcile(prediction, job(status="SUCCEEDED"))
    assert done.wrong == prediction.reasons
    assert done.all_foreseen is not prediction.failed
