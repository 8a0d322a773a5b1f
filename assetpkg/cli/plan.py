"""`assetpkg plan`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    CHANGES,
    FOUND,
    OK,
    deliver,
    fails,
    format_option,
    output_option,
    policy_options,
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
@click.option("--suggest-prefix", is_flag=True, help="Use the shortest prefix without clashes on the target.")
@click.option(
    "--datasource-overwrite", is_flag=True, help="Update data sources that exist; documented with Merge only."
)
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Answer an open question otherwise than by default."
)
@click.option("--strict", is_flag=True, help="Fail, too, when another answer to an open question changes the verdict.")
@click.option("--details", is_flag=True, help="Show every resource in full.")
@click.option("--only", multiple=True, metavar="GLOB", help="Show in full what has such an address, as in 'api/*'.")
@click.option("--show-unchanged", is_flag=True, help="Show also what is on the target already, and equal.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option
@output_option
@policy_options
@telling_failures
@settling
def command(
    package: str,
    target: str | None,
    mode: str,
    prefix: str,
    *,
    suggest_prefix: bool,
    datasource_overwrite: bool,
    strict: bool,
    details: bool,
    only: tuple[str, ...],
    show_unchanged: bool,
    detailed_exitcode: bool,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """Simulate the import of PACKAGE into an instance: what it would do to every resource, and why.

    Without --target nothing is known of the instance, and every create is unverified.
    """
    from assetpkg.assumptions import PACKAGE_TARGET
    from assetpkg.ledger import find_other_verdicts
    from assetpkg.planning.changes import Action
    from assetpkg.planning.options import ImportOptions, parse_mode
    from assetpkg.planning.plan import plan
    from assetpkg.planning.prefixes import suggest_prefix as suggest
    from assetpkg.reading import read, read_target
    from assetpkg.render import json_v1, plans
    from assetpkg.report.plans import Asked, report_plan
    from assetpkg.simulation import review

    schemas = settings.read_schemas()
    options = ImportOptions(
        mode=parse_mode(mode),
        prefix=prefix,
        datasource_overwrite=datasource_overwrite,
        assumptions=settings.assumptions,
    )
    if suggest_prefix and (prefix or target is None):
        raise click.UsageError("--suggest-prefix needs --target, and excludes --prefix.")
    subject = read(package)
    complete = options.assumes(PACKAGE_TARGET, "complete")
    instance = None if target is None else read_target(target, complete=complete)
    if suggest_prefix and instance is not None:
        options = replace(options, prefix=suggest(subject, instance, options))
    planned = plan(subject, instance, options)
    diagnostics = review(planned, subject, instance, settings.policy, schemas)
    others = find_other_verdicts(subject, instance, options, settings.policy, schemas) if strict else None
    report = report_plan(planned, subject, instance, diagnostics, Asked(others, suggested=suggest_prefix))
    detail = plans.Detail(everything=details, only=only, unchanged=show_unchanged)
    deliver(json_v1.render(report) if form == "json" else plans.render_plan(report, screen(output), detail), output)
    if planned.count(Action.CONFLICT) or others or fails(diagnostics, settings.threshold):
        return FOUND
    changed = any(planned.count(action) for action in (Action.CREATE, Action.UPDATE, Action.UNDETERMINED))
    return CHANGES if detailed_exitcode and changed else OK
