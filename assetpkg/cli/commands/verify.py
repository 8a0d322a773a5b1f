"""`assetpkg verify`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import TARGET, read_before
from assetpkg.cli.options import (
    FOUND,
    OK,
    deliver,
    format_option,
    output_option,
    reading_options,
    rule_options,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.planning.options import ImportOptions
    from assetpkg.report.plan import OptionsReport
    from assetpkg.settings.settings import Settings


@click.command("verify")
@click.argument("plan", metavar="PLAN.json")
@click.option("--package", required=True, metavar="PACKAGE", help="The package that is to be imported.")
@click.option("--target", metavar="TARGET", help=TARGET)
@click.option("--mode", metavar="MODE", help="The mode of the import.  [default: the plan's]")
@click.option("--prefix", help="The prefix of the import.  [default: the plan's]")
@click.option(
    "--datasource-overwrite/--no-datasource-overwrite",
    default=None,
    help="Whether the import updates data sources that exist.  [default: the plan's]",
)
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Answer an open question otherwise than the plan.")
@format_option
@output_option
@rule_options
@reading_options
@telling_failures
@settling
def command(
    plan: str,
    package: str,
    target: str | None,
    mode: str | None,
    prefix: str | None,
    *,
    datasource_overwrite: bool | None,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """Say whether a saved plan still holds: plan the import anew, and name everything that is not as it was.

    PLAN.json is what "assetpkg plan --format json --output PLAN.json" has written. Options of the import that are not
    given are the plan's; rules are chosen as for the plan.

    Exit status: 0 it holds, 1 something changed, 2 it could not run.
    """
    from assetpkg.cli.commands.plan import plan_one
    from assetpkg.limits import UNBOUNDED
    from assetpkg.render import json_v1
    from assetpkg.render.text.verify import render_verification
    from assetpkg.report.plan import report_plan
    from assetpkg.report.saved import parse_plan, read_plan
    from assetpkg.report.verify import report_verification

    saved = read_plan(plan, settings.reading_limits)
    if saved.target is not None and target is None:
        raise click.UsageError("The plan was made against a target: name it with --target.")
    options = _options(saved.options, mode, prefix, settings, overwrite=datasource_overwrite)
    instance = None if target is None else read_before(target, options, settings)
    strict = saved.other_verdicts is not None
    planned = plan_one(package, instance, options, settings)
    anew = report_plan(planned, strict=strict)
    # Held against each other is what is written: a text that reads as a credential is hidden only there.
    report = report_verification(saved, parse_plan(json_v1.render(anew).encode(), package, UNBOUNDED))
    deliver(json_v1.render(report) if form == "json" else render_verification(report, screen(output)), output)
    return OK if report.holds else FOUND


def _options(
    saved: "OptionsReport", mode: str | None, prefix: str | None, settings: "Settings", *, overwrite: bool | None
) -> "ImportOptions":
    """Return the options of the import: those of the plan, unless others are given.

    Answers of the plan that this assetpkg does not know are left out, and named as a difference.
    """
    from assetpkg.planning.assumptions import ASSUMPTIONS
    from assetpkg.planning.options import ImportOptions, parse_mode

    known = {
        name: value
        for name, value in saved.assumptions.items()
        if name in ASSUMPTIONS and value in ASSUMPTIONS[name].values
    }
    return ImportOptions(
        mode=parse_mode(saved.mode if mode is None else mode),
        prefix=saved.prefix if prefix is None else prefix,
        datasource_overwrite=saved.datasource_overwrite if overwrite is None else overwrite,
        assumptions={**known, **settings.assumptions},
    )
