"""`assetpkg checklist`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import TARGET, parse_options, query_options, read_before
from assetpkg.cli.options import (
    OK,
    deliver,
    open_package,
    output_option,
    reading_options,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("checklist")
@click.argument("package")
@click.option("--target", metavar="TARGET", help=TARGET)
@click.option(
    "--scenario",
    type=click.Choice(["migration", "recovery"]),
    help="Why it is imported.  [default: migration with AddNew, recovery with Merge]",
)
@query_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="The output format; text is Markdown.",
)
@output_option
@reading_options
@telling_failures
@settling
def command(
    package: str,
    target: str | None,
    scenario: str | None,
    mode: str,
    prefix: str,
    output: str | None,
    *,
    datasource_overwrite: bool,
    form: str,
    settings: "Settings",
) -> int:
    """List what to do by hand before and after the import of PACKAGE, as far as it asks for it.

    With a target, what is there already is ticked. The same thing has the same id every time.

    Exit status: 0 listed, 2 it could not run.
    """
    from assetpkg.render import json_v1
    from assetpkg.render.markdown import checklist as lists
    from assetpkg.report.checklist import report_checklist
    from assetpkg.simulation.plan import plan

    options = parse_options(mode, prefix, settings, datasource_overwrite=datasource_overwrite)
    subject = open_package(package, settings)
    instance = read_before(target, options, settings) if target is not None else None
    planned = plan(subject, instance, options)
    report = report_checklist(planned, planned.checklist(scenario))
    if form == "json":
        text = json_v1.render(report)
    elif form == "csv":
        text = lists.render_csv(report)
    else:
        text = lists.render_markdown(report)
    deliver(text, output)
    return OK
