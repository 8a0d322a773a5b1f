"""`assetpkg subset`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    ADDRESS,
    PACKAGE,
    details_option,
    file_option,
    format_option,
    reading_options,
)
from assetpkg.cli.outputs import put_either, told_as
from assetpkg.cli.parameters import Input


@door.command
@click.argument("package", type=PACKAGE)
@file_option("OUTPUT", "The zip or the folder to write")
@click.option(
    "--only",
    type=ADDRESS,
    multiple=True,
    metavar="GLOB",
    help="Take the resources with such an address, for example 'api/*'.",
)
@click.option(
    "--without", type=ADDRESS, multiple=True, metavar="GLOB", help="Do not take the resources with such an address."
)
@click.option(
    "--since",
    type=Input("the earlier package"),
    metavar="PACKAGE",
    help="Take only what is new or changed since this earlier package.",
)
@click.option("--no-dependencies", is_flag=True, help="Do not take what the others refer to.")
@details_option()
@format_option("SubsetReport")
@reading_options
def command(
    call: Call,
    package: str,
    *,
    only: tuple[str, ...],
    without: tuple[str, ...],
    since: str | None,
    no_dependencies: bool,
) -> int:
    """Make a package of some resources of PACKAGE, and of everything that they refer to.

    OUTPUT is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty. Every file stays as it is, and
    the manifest has the same name. Files that belong to no resource are left out.

    With --since, OUTPUT is the delta: what is new or changed by meaning since an earlier package, and what that refers
    to. An import deletes nothing, so what only the earlier package has is reported.

    Exit status 1, and nothing is written, when nothing is left to take, or when something refers to what --without
    takes away.
    """
    from assetpkg.report.subset import report_subset
    from assetpkg.simulation.delta import subset

    if not (only or without or since):
        raise click.UsageError("Say what to take: --only, --without or --since.")
    before = None if since is None else call.open(since)
    found = subset(call.open(package), only, without, before, dependencies=not no_dependencies)
    if found.package is not None:
        put_either(found.package, call.product, call.settings.policy)
    call.present(report_subset(found, told_as(call.product)))
    return OK if found.package is not None else FOUND
