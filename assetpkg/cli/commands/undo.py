"""`assetpkg undo`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import (
    PACKAGE,
    adapt_option,
    details_option,
    file_option,
    format_option,
    import_options,
    reading_options,
    target_option,
)
from assetpkg.cli.outputs import put_package


@door.command
@click.argument("package", type=PACKAGE)
@target_option(required=True)
@import_options()
@adapt_option
@file_option("UNDO.zip", "The package to write")
@details_option()
@format_option("UndoReport")
@reading_options
def command(call: Call, package: str) -> int:
    """Make the package that restores what the import of PACKAGE changes on TARGET.

    TARGET is the state before the import. The package has the previous values and no credentials. What a package cannot
    undo is listed: what the import creates, and the credentials to enter again. When there is nothing to restore, no
    package is written.

    Exit status: 0 written, or nothing to restore, 2 it could not run.
    """
    from assetpkg.report.outcome import report_undo

    subject = call.open(package)
    planned = call.plan(subject, call.read_before(subject))
    found = planned.undo()
    if found.package is not None:
        put_package(found.package, call.product, call.settings.policy)
    call.present(report_undo(planned, found))
    return OK
