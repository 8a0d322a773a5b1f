"""`assetpkg split`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    OK,
    deliver,
    format_option,
    open_package,
    reading_options,
    screen,
    settling,
    telling_failures,
)
from assetpkg.cli.outputs import folder_option, refuse_standard_output

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("split")
@click.argument("package")
@folder_option("DIR", "A new folder: zips and a run sheet")
@click.option("--max", "most", type=click.IntRange(min=1), help="How many of each one import takes.  [default: 100]")
@click.option("--mode", default="AddNew", show_default=True, metavar="MODE", help="The mode of the imports.")
@click.option("--prefix", default="", help="The prefix of the imports.")
@click.option("--datasource-overwrite", is_flag=True, help="Whether the imports overwrite data sources.")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="limit-of-100=sum counts both together.")
@format_option
@reading_options
@telling_failures
@settling
def command(
    package: str,
    product: str,
    most: int | None,
    mode: str,
    prefix: str,
    *,
    datasource_overwrite: bool,
    form: str,
    settings: "Settings",
) -> int:
    """Cut PACKAGE into the fewest that keep to the limit of an import, and to the order of the imports.

    What a resource refers to is in the same part or in an earlier one. RUN.md in the folder has the order and the
    calls.
    """
    from assetpkg.archive.archive import Archive
    from assetpkg.archive.write_folder import write_folder
    from assetpkg.authoring.split import split
    from assetpkg.package.packing import zip_of
    from assetpkg.planning.assumptions import IMPORT_LIMIT, LIMIT_OF_100
    from assetpkg.planning.options import ImportOptions, parse_mode
    from assetpkg.render import json_v1
    from assetpkg.render.text.split import render_run_sheet, render_split
    from assetpkg.report.split import RUN_SHEET, report_split

    refuse_standard_output(product)
    options = ImportOptions(
        mode=parse_mode(mode),
        prefix=prefix,
        datasource_overwrite=datasource_overwrite,
        assumptions=settings.assumptions,
    )
    subject = open_package(package, settings)
    limit = IMPORT_LIMIT if most is None else most
    parts = split(subject, limit, together=options.assumes(LIMIT_OF_100, "sum"))
    report = report_split(parts, subject, options, limit)
    files = {told.file: zip_of(batch.package) for told, batch in zip(report.batches, parts.batches, strict=True)}
    files[RUN_SHEET] = render_run_sheet(report).encode()
    private = subject.holds_credentials
    write_folder(product, Archive.from_contents(files), private=private)
    deliver(json_v1.render(report) if form == "json" else render_split(report, screen(None)), None)
    return OK
