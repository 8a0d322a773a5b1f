"""`assetpkg diff`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    PACKAGE,
    details_option,
    format_option,
    only_option,
    output_option,
    reading_options,
)
from assetpkg.cli.reports import report_option

_BOTH = 2


@door.command
@click.argument("sides", nargs=-1, required=True, type=PACKAGE, metavar="BEFORE AFTER")
@click.option(
    "--git", is_flag=True, help="Take the arguments with which Git calls a program for differences, and exit with 0."
)
@details_option("Show also all that an added or removed resource says.")
@only_option("Show in full only the resources with such an address, for example 'api/*'.")
@format_option("DiffReport")
@report_option("DiffReport")
@output_option
@reading_options
def command(call: Call, sides: tuple[str, ...], *, git: bool) -> int:
    """Compare BEFORE and AFTER by meaning: what is added, removed, changed or renamed.

    Each of them is a package, a snapshot of an instance, saved answers of the platform, or a saved plan. A plan stands
    for its target, of which it has recorded which resources there were, and not their fields. A resource is the same as
    the one of its name, or else of its id, or else of its content. Ids, what the server makes, an order that means
    nothing and defaults make no difference. Credentials are never shown, only that they differ.

    Exit status: 0 no difference, 1 differences, 2 it could not run.
    """
    if git:
        from assetpkg.cli.git import report_for_git

        report = report_for_git(call, sides)
        if report is not None:
            call.present(report)
        return OK
    if len(sides) != _BOTH:
        raise click.UsageError(f"There are two sides to compare, BEFORE and AFTER, and not {len(sides)}.")
    from assetpkg.package.package import Package
    from assetpkg.report.diff import report_diff
    from assetpkg.simulation.diff import diff

    before = call.read_compared(sides[0])
    after = call.read_compared(sides[1], beside=before if isinstance(before, Package) else None)
    found = diff(before, after)
    call.present(report_diff(found, *sides))
    return OK if found.is_same else FOUND
