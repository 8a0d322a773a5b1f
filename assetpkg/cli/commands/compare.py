"""`assetpkg compare`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import TARGET, assume_option, read_before
from assetpkg.cli.options import (
    FOUND,
    OK,
    deliver,
    fails,
    format_option,
    open_package,
    output_option,
    policy_options,
    reading_options,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("compare")
@click.argument("package")
@click.option("--target", required=True, metavar="TARGET", help=TARGET)
@click.option("--prefix", multiple=True, help="Compare also what each mode does with this prefix; may be repeated.")
@assume_option
@click.option(
    "--all", "everything", is_flag=True, help="Show each resource, also those to which every way does the same."
)
@format_option
@output_option
@policy_options
@reading_options
@telling_failures
@settling
def command(
    package: str,
    target: str,
    prefix: tuple[str, ...],
    *,
    everything: bool,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """Compare what AddNew, Merge, and Merge with overwritten data sources would do.

    One column for each way of importing PACKAGE, one row for each resource that becomes something else by it, or for
    many of one kind that become the same. Exit status 0 when at least one way has nothing at or above --fail-on,
    else 1.
    """
    from assetpkg.planning.changes import Action
    from assetpkg.render import json_v1
    from assetpkg.render.text.compare import render_comparison
    from assetpkg.report.compare import report_comparison
    from assetpkg.simulation.compare import compare_imports, usual_options

    schemas = settings.read_schemas()
    subject = open_package(package, settings)
    option_sets = usual_options(prefix, settings.assumptions)
    instance = read_before(target, option_sets[0], settings)
    compared = compare_imports(subject, instance, option_sets, settings.policy, schemas)
    report = report_comparison(compared)
    text = render_comparison(report, screen(output), everything=everything) if form == "text" else ""
    deliver(text or json_v1.render(report), output)
    good = (
        not column.count(Action.CONFLICT) and not fails(column.diagnostics, settings.threshold)
        for column in compared.columns
    )
    return OK if any(good) else FOUND
