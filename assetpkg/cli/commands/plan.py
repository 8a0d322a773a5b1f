"""`assetpkg plan`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.cli.imports import TARGET, parse_options, query_options, read_before
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
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.planning.options import ImportOptions
    from assetpkg.report.rollout import PlansReport
    from assetpkg.settings.settings import Settings
    from assetpkg.simulation.plan import Plan
    from assetpkg.simulation.rollout import Rollout
    from assetpkg.target.instance import Instance


@click.command("plan")
@click.argument("packages", nargs=-1, required=True, metavar="PACKAGE...")
@click.option("--target", metavar="TARGET", help=TARGET)
@query_options
@click.option("--suggest-prefix", is_flag=True, help="Use the shortest prefix without clashes on the target.")
@click.option("--strict", is_flag=True, help="Fail, too, when another answer to an open question changes the verdict.")
@click.option("--details", is_flag=True, help="Show every resource in full.")
@click.option("--only", multiple=True, metavar="GLOB", help="Show in full what has such an address, as in 'api/*'.")
@click.option("--show-unchanged", is_flag=True, help="Show also what is on the target already, and equal.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option
@output_option
@policy_options
@reading_options
@telling_failures
@settling
def command(
    packages: tuple[str, ...],
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

    Without --target nothing is known of the instance, and every create is unverified. Several packages are planned one
    after the other, in the order that their references ask for, each against what the ones before leave behind.
    """
    from assetpkg.render import json_v1
    from assetpkg.render.text.plan import Detail, render_plan
    from assetpkg.report.plan import PlanReport, report_plan
    from assetpkg.report.rollout import report_rollout

    options = parse_options(mode, prefix, settings, datasource_overwrite=datasource_overwrite)
    if suggest_prefix and (prefix or target is None):
        raise click.UsageError("--suggest-prefix needs --target, and excludes --prefix.")
    if len(packages) > 1 and (target is None or suggest_prefix):
        raise click.UsageError("Several packages need --target, and exclude --suggest-prefix.")
    instance = None if target is None else read_before(target, options, settings)
    plans: Sequence[Plan]
    report: PlanReport | PlansReport
    if len(packages) > 1 and instance is not None:
        rollout = _plan_several(packages, instance, options, settings)
        plans = [step.plan for step in rollout.steps]
        report = report_rollout(rollout, packages, strict=strict)
    else:
        plans = [plan_one(packages[0], instance, options, settings, suggest=suggest_prefix)]
        report = report_plan(plans[0], strict=strict, suggested=suggest_prefix)
    detail = Detail(everything=details, only=only, unchanged=show_unchanged)
    if form == "json":
        said = json_v1.render(report)
    elif isinstance(report, PlanReport):
        said = render_plan(report, screen(output), detail)
    else:
        from assetpkg.render.text.rollout import render_rollout

        said = render_rollout(report, screen(output), detail)
    deliver(said, output)
    return _status(plans, settings, strict=strict, detailed=detailed_exitcode)


def plan_one(
    path: str, instance: "Instance | None", options: "ImportOptions", settings: "Settings", *, suggest: bool = False
) -> "Plan":
    """Plan the import of one package under the rules that hold; `suggest` looks for a prefix."""
    from assetpkg.planning.prefix import suggest_prefix
    from assetpkg.simulation.plan import plan

    schemas = settings.read_schemas()
    package = open_package(path, settings)
    if suggest and instance is not None:
        options = replace(options, prefix=suggest_prefix(package, instance, options))
    return plan(package, instance, options, policy=settings.policy, schemas=schemas)


def _plan_several(
    paths: Sequence[str], instance: "Instance", options: "ImportOptions", settings: "Settings"
) -> "Rollout":
    from assetpkg.simulation.rollout import roll_out

    schemas = settings.read_schemas()
    packages = [open_package(path, settings) for path in paths]
    return roll_out(packages, instance, options, settings.policy, schemas)


def _status(plans: "Sequence[Plan]", settings: "Settings", *, strict: bool, detailed: bool) -> int:
    from assetpkg.planning.changes import Action

    failed = any(plan.count(Action.CONFLICT) or fails(plan.diagnostics, settings.threshold) for plan in plans)
    if failed or (strict and any(plan.other_verdicts for plan in plans)):
        return FOUND
    changing = (Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
    return CHANGES if detailed and any(plan.count(action) for plan in plans for action in changing) else OK
