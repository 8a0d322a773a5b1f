"""`assetpkg undo`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import import_options, parse_options, read_before
from assetpkg.cli.options import (
    OK,
    format_option,
    open_package,
    reading_options,
    screen,
    settling,
    tell,
    telling_failures,
)
from assetpkg.cli.outputs import file_option, put_package, told_as

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("undo")
@click.argument("package")
@import_options
@file_option("UNDO.zip", "The package to write")
@click.option("--details", is_flag=True, help="Name every resource.")
@format_option
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
    details: bool,
    form: str,
    settings: "Settings",
) -> int:
    """Make the package that brings back what the import of PACKAGE changes on TARGET, which is the state before it.

    It has the previous values and no credentials. What no package undoes is listed: what the import creates, and the
    credentials to enter again. Where nothing needs to be brought back, no package is written.

    Exit status: 0 written, or nothing to bring back, 2 it could not run.
    """
    from assetpkg.render import json_v1
    from assetpkg.render.text.outcome import render_undo
    from assetpkg.report.outcome import report_undo
    from assetpkg.simulation.plan import plan

    options = parse_options(mode, prefix, settings, datasource_overwrite=datasource_overwrite)
    subject = open_package(package, settings)
    instance = read_before(target, options, settings)
    planned = plan(subject, instance, options, policy=settings.policy, schemas=settings.read_schemas())
    found = planned.undo()
    if found.package is not None:
        put_package(found.package, product, settings.policy)
    report = report_undo(planned, found)
    text = render_undo(report, told_as(product), screen(None), in_full=details) if form == "text" else ""
    tell(text or json_v1.render(report), product)
    return OK
