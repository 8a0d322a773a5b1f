"""`assetpkg reconcile`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    FOUND,
    OK,
    deliver,
    document_options,
    format_option,
    output_option,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("reconcile")
@click.argument("plan", metavar="PLAN.json")
@click.argument("job", metavar="JOB.json")
@click.option("--details", is_flag=True, help="Show every failure that was foreseen.")
@format_option
@output_option
@document_options
@telling_failures
@settling
def command(plan: str, job: str, *, details: bool, form: str, output: str | None, settings: "Settings") -> int:
    """Hold the job that a saved plan foresaw against the platform's answer about the real one.

    PLAN.json is what "assetpkg plan --format json --output PLAN.json" has written, JOB.json the answer to
    GET /v2/{project_id}/instances/{instance_id}/assets/jobs/{job_id} when the job has ended.

    Exit status: 0 everything that the job says was foreseen, 1 something was not, 2 it could not run, or the job is
    running still.
    """
    from assetpkg.package.reading import read_document
    from assetpkg.render import json_v1
    from assetpkg.render.text.job import render_reconciliation
    from assetpkg.report.job import prediction_in, report_reconciliation
    from assetpkg.report.saved import read_plan
    from assetpkg.simulation.job import parse_job
    from assetpkg.simulation.reconcile import reconcile

    limits = settings.reading_limits
    prediction = prediction_in(read_plan(plan, limits).predicted_job)
    found = reconcile(prediction, parse_job(read_document(job, limits), job, limits))
    report = report_reconciliation(found)
    text = "" if form == "json" else render_reconciliation(report, screen(output), in_full=details)
    deliver(text or json_v1.render(report), output)
    return OK if found.all_foreseen else FOUND
