"""`assetpkg checklist`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import (
    PACKAGE,
    adapt_option,
    format_option,
    import_options,
    output_option,
    reading_options,
    target_option,
)
from assetpkg.cli.parameters import Words


@door.command
@click.argument("package", type=PACKAGE)
@target_option()
@click.option(
    "--scenario",
    type=Words(["migration", "recovery"]),
    help="Why it is imported.  [default: recovery if source and target are the same instance, migration if they are"
    " not; if that is not known, recovery with Merge and migration with AddNew]",
)
@import_options()
@adapt_option
@format_option("ChecklistReport", title="The output format; text is Markdown.")
@output_option
@reading_options
def command(call: Call, package: str, scenario: str | None) -> int:
    """List what to do by hand before and after the import of PACKAGE.

    With a target, what is already there is ticked. An item has the same id every time.

    Exit status: 0 listed, 2 it could not run.
    """
    from assetpkg.report.outcome import report_checklist
    from assetpkg.simulation.outcome.checklist.found import Scenario
    from assetpkg.simulation.plan import plan

    subject = call.open(package)
    planned = plan(subject, call.read_before(subject), call.options, adapt=call.adapting)
    call.present(report_checklist(planned, planned.checklist(Scenario(scenario) if scenario is not None else None)))
    return OK
