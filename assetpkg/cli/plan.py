"""`assetpkg plan`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    CHANGES,
    FOUND,
    OK,
    deliver,
    fails,
    format_option,
    open_package,
    output_option,
    policy_options,
    reading_options,
    refuse_unjudged,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.settings import Settings


@click.command("plan")
@click.argument("package")
@click.option("--target", metavar="TARGET", help="A snapshot of the instance (JSON), or another package.")
@click.option(
    "--mode",
    default="AddNew",
    show_default=True,
    metavar="MODE",
    help="AddNew or Merge; in the console: Append or Overwrite.",
)
@click.option("--prefix", default="", help="Joined with every application name.")
@click.option(
    "--datasource-overwrite", is_flag=True, help="Update data sources that exist; documented with Merge only."
)
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Answer an open question otherwise than by default."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option
@output_option
@policy_options
@reading_options
@telling_failures
@settling
def command(
    package: str,
    target: str | None,
    mode: str,
    prefix: str,
    *,
    datasource_overwrite: bool,
    detailed_exitcode: bool,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """Simulate the import of PACKAGE into an instance: what it would do to every resource, and why.

    Without --target nothing is known of the instance, and every create is unverified.
    """
    from assetpkg.assumptions import PACKAGE_TARGET
    from assetpkg.planning.changes import Action
    from assetpkg.planning.options import ImportOptions, parse_mode
    from assetpkg.planning.plan import plan
    from assetpkg.reading import read_target
    from assetpkg.render import json_v1, plans
    from assetpkg.report.plans import report_plan
    from assetpkg.simulation import review

    schemas = settings.read_schemas()
    options = ImportOptions(
        mode=parse_mode(mode),
        prefix=prefix,
        datasource_overwrite=datasource_overwrite,
        assumptions=settings.assumptions,
    )
    subject = open_package(package, settings)
    complete = options.assumes(PACKAGE_TARGET, "complete")
    limits, utf8 = settings.reading_limits, settings.assume_utf8_names
    instance = None if target is None else read_target(target, complete=complete, limits=limits, assume_utf8_names=utf8)
    planned = plan(subject, instance, options)
    diagnostics = review(planned, subject, instance, settings.policy, schemas)
    refuse_unjudged(subject, diagnostics, settings.threshold)
    report = report_plan(planned, subject, instance, diagnostics)
    deliver(json_v1.render(report) if form == "json" else plans.render_plan(report, screen(output)), output)
    if planned.count(Action.CONFLICT) or fails(diagnostics, settings.threshold):
        return FOUND
    changed = any(planned.count(action) for action in (Action.CREATE, Action.UPDATE, Action.UNDETERMINED))
    return CHANGES if detailed_exitcode and changed else OK
