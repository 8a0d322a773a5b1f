"""`assetpkg plan`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import CHANGES, FOUND, OK
from assetpkg.cli.options import (
    PACKAGE,
    containing_option,
    details_option,
    format_option,
    import_options,
    output_option,
    policy_options,
    reading_options,
    shared,
    target_option,
)
from assetpkg.cli.outputs import note
from assetpkg.cli.reports import report_option

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.report.compare import PlansReport
    from assetpkg.report.plan import PlanReport
    from assetpkg.simulation.plan import Plan


@door.command
@click.argument("packages", type=PACKAGE, nargs=-1, required=True, metavar="PACKAGE...")
@containing_option("Plan")
@target_option()
@import_options()
@click.option("--suggest-prefix", is_flag=True, help="Use the shortest prefix without clashes on the target.")
@click.option("--strict", is_flag=True, help="Fail also when another answer to an open question changes the verdict.")
@details_option("Show every resource in full.")
@shared(
    "--only",
    multiple=True,
    metavar="GLOB",
    help="Show in full the resources with such an address, for example 'api/*'.",
)
@shared("--show-unchanged", is_flag=True, help="Show also what is already on the target and equal.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option("PlanReport", "PlansReport")
@report_option("PlanReport", "PlansReport")
@output_option
@policy_options
@reading_options
def command(
    call: Call,
    packages: tuple[str, ...],
    *,
    containing: bool,
    suggest_prefix: bool,
    strict: bool,
    detailed_exitcode: bool,
) -> int:
    """Simulate the import of PACKAGE into an instance: what it would do to every resource, and why.

    Without --target, nothing is known about the instance, and every create is unverified. Several packages are planned
    one after the other, in the order that their references need. Each is planned against what the packages before it
    leave. With --containing, a zip with the content of another package is not planned again.
    """
    options = call.options
    if suggest_prefix and (options.prefix or call.target is None):
        raise click.UsageError("--suggest-prefix needs --target, and excludes --prefix.")
    paths = call.find(packages) if containing else packages
    opened = call.open_each(paths)
    found = _each_once(paths, opened) if containing else list(zip(paths, opened, strict=True))
    if len(found) > 1 and (call.target is None or suggest_prefix):
        raise click.UsageError("Several packages need --target, and exclude --suggest-prefix.")
    if len(found) == 1:
        plans, report = _plan_one(call, found[0][1], strict=strict, suggest=suggest_prefix)
    else:
        plans, report = _plan_several(call, found, strict=strict)
    call.present(report)
    return _status(call, plans, strict=strict, detailed=detailed_exitcode)


def _each_once(paths: Sequence[str], packages: "Sequence[Package]") -> "Sequence[tuple[str, Package]]":
    """Return packages with their paths, each content once: nobody imports a folder, and then the zip that it makes."""
    from assetpkg.package.packing import find_copies

    copies = find_copies(packages)
    for copy, other in copies.items():
        note(f"{paths[copy]} has the content of {paths[other]}: planned once")
    return [pair for number, pair in enumerate(zip(paths, packages, strict=True)) if number not in copies]


def _plan_one(
    call: Call, package: "Package", *, strict: bool, suggest: bool
) -> "tuple[Sequence[Plan], PlanReport | PlansReport]":
    from assetpkg.planning.prefix import suggest_prefix
    from assetpkg.report.plan import report_plan

    options = call.options
    instance = call.read_before(package)
    if suggest and instance is not None:
        options = replace(options, prefix=suggest_prefix(package, instance, options))
    planned = call.plan(package, instance, options)
    # No text shows the digests of the target.
    return [planned], report_plan(planned, strict=strict, suggested=suggest, digests_wanted=call.forms != {"text"})


def _plan_several(
    call: Call, found: "Sequence[tuple[str, Package]]", *, strict: bool
) -> "tuple[Sequence[Plan], PlanReport | PlansReport]":
    from assetpkg.report.compare import report_rollout
    from assetpkg.simulation.rollout import Rollout, roll_out

    if not found:
        return [], report_rollout(Rollout(steps=(), cycles=()), [])
    rollout = roll_out([package for _, package in found], call.read_target(), call.options, *call.judge)
    return [step.plan for step in rollout.steps], report_rollout(rollout, [path for path, _ in found], strict=strict)


def _status(call: Call, plans: "Sequence[Plan]", *, strict: bool, detailed: bool) -> int:
    from assetpkg.planning.changes import Action

    failed = any(plan.count(Action.CONFLICT) or call.fails(plan.diagnostics) for plan in plans)
    if not call.never_fails and (failed or (strict and any(plan.other_verdicts for plan in plans))):
        return FOUND
    changing = (Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
    return CHANGES if detailed and any(plan.count(action) for plan in plans for action in changing) else OK
