"""`assetpkg apply`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    PACKAGE,
    adapt_option,
    details_option,
    file_option,
    format_option,
    import_options,
    reading_options,
    rule_options,
    target_option,
)
from assetpkg.cli.outputs import put_snapshot


@door.command
@click.argument("package", type=PACKAGE)
@target_option(required=True)
@import_options()
@adapt_option
@file_option("AFTER.json", "The snapshot to write")
@click.option("--partial", is_flag=True, help="Apply what has no conflict, also when the plan is blocked.")
@details_option()
@format_option("ApplyReport")
@rule_options
@reading_options
def command(call: Call, package: str, *, partial: bool) -> int:
    """Write the state of TARGET after the import of PACKAGE as a snapshot, for later plans and comparisons.

    What is not documented is listed in the snapshot's member "undetermined".

    Exit status: 0 written, 1 the plan is blocked and nothing was written, 2 it could not run.
    """
    from assetpkg.report.outcome import report_apply
    from assetpkg.simulation.verdict import Verdict

    subject = call.open(package)
    planned = call.plan(subject, call.read_before(subject))
    outcome = planned.apply()
    applied = partial or planned.verdict is not Verdict.BLOCKED
    report = report_apply(planned, outcome, applied=applied)
    if applied:
        put_snapshot(outcome.instance, call.product)
    call.present(report)
    return OK if applied else FOUND
