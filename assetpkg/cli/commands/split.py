"""`assetpkg split`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import PACKAGE, folder_option, format_option, import_options, reading_options
from assetpkg.cli.outputs import refuse_standard_output


@door.command
@click.argument("package", type=PACKAGE)
@folder_option("DIR", "A new folder: zips and a run sheet")
@click.option(
    "--max",
    "most",
    type=click.IntRange(min=1),
    help="The most applications and tasks together of one import.  [default: 100]",
)
@import_options(
    mode="The mode of the imports.",
    prefix="The prefix of the imports.",
    overwrite="Whether the imports overwrite data sources.",
    assume="limit-of-100=each counts applications and tasks separately.",
)
@format_option("SplitReport")
@reading_options
def command(call: Call, package: str, most: int | None) -> int:
    """Split PACKAGE into as few packages as possible that each keep the limit of an import.

    What a resource refers to is in the same part or in an earlier one. RUN.md in the folder has the order and the
    calls.
    """
    from assetpkg.archive.archive import Archive
    from assetpkg.archive.write_folder import write_folder
    from assetpkg.authoring.split import split
    from assetpkg.package.packing import zip_of
    from assetpkg.planning.assumptions import IMPORT_LIMIT, LIMIT_OF_100
    from assetpkg.render.text.authoring import render_run_sheet
    from assetpkg.report.authoring import RUN_SHEET, report_split

    refuse_standard_output(call.product)
    options, subject = call.options, call.open(package)
    limit = IMPORT_LIMIT if most is None else most
    parts = split(subject, limit, together=not options.assumes(LIMIT_OF_100, "each"))
    report = report_split(parts, subject, options, limit)
    files = {told.file: zip_of(batch.package) for told, batch in zip(report.batches, parts.batches, strict=True)}
    files[RUN_SHEET] = render_run_sheet(report).encode()
    write_folder(call.product, Archive.from_contents(files), private=subject.holds_credentials)
    call.present(report)
    return OK
