"""`assetpkg compare`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    PACKAGE,
    adapt_option,
    format_option,
    grouped,
    output_option,
    policy_options,
    reading_options,
    setting_option,
    shared,
    target_option,
)
from assetpkg.cli.parameters import IMPORT, SHOW
from assetpkg.cli.reports import report_option


@door.command
@click.argument("package", type=PACKAGE)
@target_option(required=True)
@adapt_option
@grouped(IMPORT, "--prefix", multiple=True, help="Compare each mode also with this prefix; may be repeated.")
@setting_option("assume", group=IMPORT)
@shared(
    "--all",
    "details",
    group=SHOW,
    is_flag=True,
    help="Show every resource, also those for which the ways do not differ.",
)
@format_option("CompareReport")
@report_option("CompareReport")
@output_option
@policy_options
@setting_option("baseline")
@reading_options
def command(call: Call, package: str, prefix: tuple[str, ...]) -> int:
    """Compare import modes side by side: AddNew, Merge, and Merge with overwritten data sources.

    There is one column for each way of importing PACKAGE. There is one row for each resource for which the ways differ;
    resources of one kind with the same result share a row. Exit status 0 when at least one way has no finding at or
    above --fail-on, else 1.
    """
    from assetpkg.report.compare import report_comparison
    from assetpkg.simulation.compare import compare_imports, usual_options

    subject = call.open(package)
    settled = call.named.prefix if call.named is not None else None
    option_sets = usual_options(prefix or ([settled] if settled else []), call.settings.assumptions)
    target = call.read_target(option_sets[0], beside=subject)
    compared = compare_imports(subject, target, option_sets, *call.judge, adapt=call.adapting)
    call.present(report_comparison(compared))
    good = (not column.open_conflicts and not call.fails(column.diagnostics) for column in compared.columns)
    return OK if call.never_fails or any(good) else FOUND
