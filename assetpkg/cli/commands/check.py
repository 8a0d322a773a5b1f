"""`assetpkg check`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    FOUND,
    OK,
    deliver,
    fails,
    format_option,
    open_unjudged,
    output_option,
    policy_options,
    reading_options,
    refuse_unjudged,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("check")
@click.argument("packages", nargs=-1, required=True, metavar="PACKAGE...")
@click.option(
    "--containing",
    is_flag=True,
    help="Each PACKAGE is a file: check the package that it is, or that it stands in, each once; for pre-commit.",
)
@format_option
@output_option
@policy_options
@reading_options
@telling_failures
@settling
def command(
    packages: tuple[str, ...],
    *,
    containing: bool,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """Validate packages: what is wrong, where, and how to mend it.

    Each PACKAGE is a zip or a folder; one that cannot be read does not stop the others.
    """
    from assetpkg.cli.exits import CANNOT_RUN
    from assetpkg.credentials.masking import mask_line
    from assetpkg.errors import CannotRead
    from assetpkg.package.reading import find_packages
    from assetpkg.render.screen import printable
    from assetpkg.report.check import report_check, report_package, report_unreadable
    from assetpkg.rules.runner import check

    policy, schemas = settings.policy, settings.read_schemas()
    checked, status = [], OK
    named, others = find_packages(packages, settings.reading_limits) if containing else (packages, ())
    for path in others:
        click.echo(f"assetpkg: {printable(mask_line(path))} is a zip, but no asset package: passed over", err=True)
    for path in named:
        try:
            package = open_unjudged(path, settings)
            diagnostics = check(package, policy, schemas)
            refuse_unjudged(package, diagnostics, settings.threshold)
        except CannotRead as error:
            checked.append(report_unreadable(path, str(error)))
            status = CANNOT_RUN
            continue
        checked.append(report_package(path, diagnostics))
        if status == OK and fails(diagnostics, settings.threshold):
            status = FOUND
    report = report_check(checked)
    if form == "json":
        from assetpkg.render import json_v1

        said = json_v1.render(report)
    else:
        from assetpkg.render.text.check import render_check

        said = render_check(report, screen(output))
    deliver(said, output)
    return status
