"""`assetpkg verify`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    MODE,
    PACKAGE,
    SAVED_PLAN,
    adapt_option,
    details_option,
    format_option,
    grouped,
    output_option,
    reading_options,
    rule_options,
    setting_option,
    shared,
    target_option,
)
from assetpkg.cli.parameters import IMPORT
from assetpkg.cli.reports import report_option

if TYPE_CHECKING:
    from assetpkg.planning.options import ImportOptions
    from assetpkg.report.plan import OptionsReport


@door.command
@click.argument("plan", type=SAVED_PLAN, metavar="PLAN.json")
@grouped(
    IMPORT, "--package", type=PACKAGE, required=True, metavar="PACKAGE", help="The package that is to be imported."
)
@target_option()
@adapt_option
@shared("--mode", group=IMPORT, type=MODE, metavar="MODE", help="The mode of the import.  [default: the plan's]")
@shared("--prefix", group=IMPORT, help="The prefix of the import.  [default: the plan's]")
@shared(
    "--datasource-overwrite/--no-datasource-overwrite",
    default=None,
    group=IMPORT,
    help="Whether the import updates data sources that exist.  [default: the plan's]",
)
@setting_option("assume", "Give another answer to an open question than the plan.", IMPORT)
@details_option("Show every difference.")
@format_option("VerifyReport")
@report_option("VerifyReport")
@output_option
@rule_options
@setting_option("baseline")
@reading_options
def command(call: Call, plan: str, package: str) -> int:
    """Check whether a saved plan still holds: plan the import again, and name everything that has changed.

    PLAN.json is what "assetpkg plan --format json --output PLAN.json" has written. Options of the import that are not
    given are those of the plan. Rules are selected as for "assetpkg plan".

    Exit status: 0 it holds, 1 something changed, 2 it could not run.
    """
    from assetpkg.limits import UNBOUNDED
    from assetpkg.render import json_v1
    from assetpkg.report.plan import report_plan
    from assetpkg.report.saved import parse_plan, read_plan, report_verification

    saved = read_plan(plan, call.settings.reading_limits)
    if saved.target is not None and call.target is None:
        raise click.UsageError("The plan was made against a target: name it with --target.")
    options = _options(call, saved.options)
    subject = call.open(package)
    planned = call.plan(subject, call.read_before(subject, options), options)
    anew = report_plan(planned, strict=saved.other_verdicts is not None)
    # Held against each other is what is written: a text that reads as a credential is hidden only there.
    report = report_verification(saved, parse_plan(json_v1.render(anew).encode(), package, UNBOUNDED), plan)
    call.present(report)
    return OK if report.holds else FOUND


def _options(call: Call, saved: "OptionsReport") -> "ImportOptions":
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
    overwrite = call.datasource_overwrite
    return ImportOptions(
        mode=parse_mode(saved.mode if call.mode is None else call.mode),
        prefix=saved.prefix if call.prefix is None else call.prefix,
        datasource_overwrite=saved.datasource_overwrite if overwrite is None else overwrite,
        assumptions={**known, **call.settings.assumptions},
    )
