"""`assetpkg reconcile`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    JOB,
    SAVED_PLAN,
    details_option,
    document_options,
    format_option,
    output_option,
)


@door.command
@click.argument("plan", type=SAVED_PLAN, metavar="PLAN.json")
@click.argument("job", type=JOB, metavar="JOB.json")
@details_option("Show every failure that was predicted.")
@format_option("ReconcileReport")
@output_option
@document_options
def command(call: Call, plan: str, job: str) -> int:
    """Compare the predicted job of a saved plan with the platform's answer about the real one.

    PLAN.json is what "assetpkg plan --format json --output PLAN.json" has written, JOB.json the answer to
    GET /v2/{project_id}/instances/{instance_id}/assets/jobs/{job_id} when the job has ended.

    Exit status: 0 everything that the job says was predicted, 1 something was not, 2 it could not run, or the job is
    running still.
    """
    from assetpkg.package.reading import origin_of, read_document
    from assetpkg.report.job import report_reconciliation
    from assetpkg.report.prediction import prediction_in
    from assetpkg.report.saved import read_plan
    from assetpkg.simulation.job import parse_job
    from assetpkg.simulation.reconcile import reconcile

    limits = call.settings.reading_limits
    prediction = prediction_in(read_plan(plan, limits).predicted_job)
    found = reconcile(prediction, parse_job(read_document(job, limits), origin_of(job), limits))
    call.present(report_reconciliation(found))
    return OK if found.all_foreseen else FOUND
