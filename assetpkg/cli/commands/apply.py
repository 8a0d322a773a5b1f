"""`assetpkg apply`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import import_options, parse_options, read_before
from assetpkg.cli.options import (
    FOUND,
    OK,
    format_option,
    open_package,
    reading_options,
    rule_options,
    screen,
    settling,
    tell,
    telling_failures,
)
from assetpkg.cli.outputs import file_option, put_snapshot, told_as

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("apply")
@click.argument("package")
@import_options
@file_option("AFTER.json", "The snapshot to write")
@click.option("--partial", is_flag=True, help="Apply what has no conflict, also when the plan is blocked.")
@click.option("--details", is_flag=True, help="Name every resource.")
@format_option
@rule_options
@reading_options
@telling_failures
@settling
def command(
    package: str,
    target: str,
    mode: str,
    prefix: str,
    product: str,
    *,
    datasource_overwrite: bool,
    partial: bool,
    details: bool,
    form: str,
    settings: "Settings",
) -> int:
    """Write the state of TARGET after the import of PACKAGE as a snapshot, to plan and compare against.

    What no document settles is listed in the snapshot's member "undetermined".

    Exit status: 0 written, 1 the plan is blocked and nothing was written, 2 it could not run.
    """
    from assetpkg.render import json_v1
    from assetpkg.render.text.outcome import render_apply
    from assetpkg.report.outcome import report_apply
    from assetpkg.simulation.plan import plan
    from assetpkg.simulation.verdict import Verdict

    schemas = settings.read_schemas()
    options = parse_options(mode, prefix, settings, datasource_overwrite=datasource_overwrite)
    subject = open_package(package, settings)
    instance = read_before(target, options, settings)
    planned = plan(subject, instance, options, policy=settings.policy, schemas=schemas)
    outcome = planned.apply()
    applied = partial or planned.verdict is not Verdict.BLOCKED
    report = report_apply(planned, outcome, applied=applied)
    if applied:
        put_snapshot(outcome.instance, product)
    text = render_apply(report, told_as(product), screen(None), in_full=details) if form == "text" else ""
    tell(text or json_v1.render(report), product)
    return OK if applied else FOUND
