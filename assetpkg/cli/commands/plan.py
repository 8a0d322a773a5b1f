"""`assetpkg plan`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import CHANGES, FOUND, OK
from assetpkg.cli.options import (
    ADDRESS,
    IMPORT,
    PACKAGE,
    RULES,
    SHOW,
    details_option,
    format_option,
    grouped,
    import_options,
    output_option,
    policy_options,
    reading_options,
    shared,
    target_option,
)
from assetpkg.cli.reports import report_option

if TYPE_CHECKING:
    from assetpkg.report.compare import PlansReport
    from assetpkg.report.plan import PlanReport
    from assetpkg.simulation.plan import Plan


@door.command
@click.argument("packages", type=PACKAGE, nargs=-1, required=True, metavar="PACKAGE...")
@target_option()
@import_options()
@grouped(IMPORT, "--suggest-prefix", is_flag=True, help="Use the shortest prefix without clashes on the target.")
@grouped(RULES, "--strict", is_flag=True, help="Fail also when another answer to an open question changes the verdict.")
@details_option("Show every resource in full.")
@shared(
    "--only",
    group=SHOW,
    type=ADDRESS,
    multiple=True,
    metavar="GLOB",
    help="Show in full the resources with such an address, for example 'api/*'.",
)
@shared("--show-unchanged", group=SHOW, is_flag=True, help="Show also what is already on the target and equal.")
@grouped(RULES, "--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option("PlanReport", "PlansReport")
@report_option("PlanReport", "PlansReport")
@output_option
@policy_options
@reading_options
def command(
    call: Call, packages: tuple[str, ...], *, suggest_prefix: bool, strict: bool, detailed_exitcode: bool
) -> int:
    """Simulate the import of PACKAGE into an instance: what it would do to every resource, and why.

    Without --target, nothing is known about the instance, and every create is unverified. Several packages are planned
    one after the other, in the order that their references need. Each is planned against what the packages before it
    leave.
    """
    options = call.options
    if suggest_prefix and (options.prefix or call.target is None):
        raise click.UsageError("--suggest-prefix needs --target, and excludes --prefix.")
    if len(packages) > 1 and (call.target is None or suggest_prefix):
        raise click.UsageError("Several packages need --target, and exclude --suggest-prefix.")
    if len(packages) > 1:
        plans, report = _plan_several(call, packages, strict=strict)
    else:
        plans, report = _plan_one(call, packages[0], strict=strict, suggest=suggest_prefix)
    call.present(report)
    return _status(call, plans, strict=strict, detailed=detailed_exitcode)


def _plan_one(
    call: Call, path: str, *, strict: bool, suggest: bool
) -> "tuple[Sequence[Plan], PlanReport | PlansReport]":
    from assetpkg.planning.prefix import suggest_prefix
    from assetpkg.report.plan import report_plan

    options, package = call.options, call.open(path)
    instance = call.read_before(package)
    if suggest and instance is not None:
        options = replace(options, prefix=suggest_prefix(package, instance, options))
    planned = call.plan(package, instance, options)
    # No text shows the digests of the target.
    return [planned], report_plan(planned, strict=strict, suggested=suggest, digests_wanted=call.forms != {"text"})


def _plan_several(
    call: Call, paths: Sequence[str], *, strict: bool
) -> "tuple[Sequence[Plan], PlanReport | PlansReport]":
    from assetpkg.report.compare import report_rollout
    from assetpkg.simulation.rollout import roll_out

    instance = call.read_target()
    rollout = roll_out(call.open_each(paths), instance, call.options, *call.judge)
    return [step.plan for step in rollout.steps], report_rollout(rollout, paths, strict=strict)


def _status(call: Call, plans: "Sequence[Plan]", *, strict: bool, detailed: bool) -> int:
    from assetpkg.planning.changes import Action

    failed = any(plan.count(Action.CONFLICT) or call.fails(plan.diagnostics) for plan in plans)
    if failed or (strict and any(plan.other_verdicts for plan in plans)):
        return FOUND
    changing = (Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
    return CHANGES if detailed and any(plan.count(action) for plan in plans for action in changing) else OK
