"""`assetpkg plan`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.archive.temporaries import together
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import CHANGES, FOUND, OK
from assetpkg.cli.options import (
    PACKAGES,
    adapt_option,
    baseline_options,
    containing_option,
    details_option,
    format_option,
    grouped,
    import_options,
    only_option,
    output_option,
    policy_options,
    reading_options,
    summary_option,
    target_option,
    unchanged_option,
)
from assetpkg.cli.packages import open_packages
from assetpkg.cli.parameters import IMPORT, RULES, OutputOption
from assetpkg.cli.reports import report_option

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.report.beside import BesidePlan
    from assetpkg.report.compare import PlansReport
    from assetpkg.report.plan import PlanReport
    from assetpkg.report.summary import SummaryReport
    from assetpkg.simulation.plan import Plan
    from assetpkg.simulation.rollout import Rollout


@door.command
@click.argument("packages", type=PACKAGES, nargs=-1, required=True, metavar="PACKAGE...")
@containing_option("Plan")
@target_option()
@import_options()
@adapt_option
@click.option(
    "--write-adapt",
    cls=OutputOption,
    group=IMPORT,
    type=click.Path(dir_okay=False),
    metavar="NEW.toml",
    help="Draft an adapt file from the conflicts, and from the addresses of the source.",
)
@grouped(IMPORT, "--suggest-prefix", is_flag=True, help="Use the shortest prefix without clashes on the target.")
@grouped(
    RULES,
    "--strict",
    is_flag=True,
    help="Fail also when another answer to an open question changes the verdict; with --fail-on never, only say so.",
)
@summary_option
@details_option("Show every resource in full.")
@only_option("Show in full the resources with such an address, for example 'api/*'.")
@unchanged_option("Show also what is already on the target and equal.")
@grouped(RULES, "--detailed-exitcode", is_flag=True, help="Exit status 3 when there are changes and nothing failed.")
@format_option("PlanReport", "PlansReport")
@report_option("PlanReport", "PlansReport")
@output_option
@policy_options
@baseline_options
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
    from assetpkg.cli.baselines import refuse_name

    options = call.options
    if suggest_prefix and (options.prefix or call.target is None):
        raise click.UsageError("--suggest-prefix needs --target, and excludes --prefix.")
    refuse_name(call.write_baseline)
    if call.write_adapt is not None:
        from assetpkg.cli.drafts import refuse_draft

        refuse_draft(call.write_adapt, adapt=call.adapt, several=len(packages) > 1 or containing)
    paths, opened = open_packages(call, packages, containing=containing)
    if len(paths) > 1 and (call.target is None or suggest_prefix):
        raise click.UsageError("Several packages need --target, and exclude --suggest-prefix.")
    steps, rollout = _plan(call, opened, suggest=suggest_prefix)
    with together():
        if steps and call.write_baseline is not None:
            steps = _accepted_from_now_on(call, steps, call.write_baseline)
            rollout = rollout and replace(
                rollout, steps=tuple(replace(step, plan=plan) for step, plan in zip(rollout.steps, steps, strict=True))
            )
        if call.write_adapt is not None:
            from assetpkg.cli.drafts import write_draft

            write_draft(call.write_adapt, steps[0])
        if call.summary and not call.reports:
            call.present(_summarise(steps))
            return _status(call, steps, strict=strict, detailed=detailed_exitcode)
        report: PlanReport | PlansReport
        if rollout is not None:
            from assetpkg.report.compare import report_rollout

            report = report_rollout(rollout, paths, strict=strict)
        else:
            from assetpkg.report.plan import report_plan

            # No text shows digests.
            wanted = call.forms != {"text"}
            report = report_plan(steps[0], strict=strict, suggested=suggest_prefix, digests_wanted=wanted)
        call.present(report, _summarise(steps) if call.summary else None, beside=lambda: _beside(steps))
        return _status(call, steps, strict=strict, detailed=detailed_exitcode)


def _plan(call: Call, packages: "Sequence[Package]", *, suggest: bool) -> "tuple[Sequence[Plan], Rollout | None]":
    """Return the plan of each package, in the order of the imports, and the order where there is not just one."""
    if len(packages) != 1:
        from assetpkg.simulation.rollout import Rollout, roll_out

        if not packages:
            return [], Rollout(steps=(), cycles=())
        rollout = roll_out(packages, call.read_target(), call.options, *call.judge, adapt=call.adapting)
        return [step.plan for step in rollout.steps], rollout
    options, (package,) = call.options, packages
    target = call.read_before(package)
    if suggest and target is not None:
        from assetpkg.authoring.adapt.adapt import adapt
        from assetpkg.planning.prefix import suggest_prefix

        subject = package if call.adapting is None else adapt(package, call.adapting).package
        options = replace(options, prefix=suggest_prefix(subject, target, options))
    return [call.plan(package, target, options)], None


def _accepted_from_now_on(call: Call, plans: "Sequence[Plan]", path: str) -> "Sequence[Plan]":
    """Write a baseline of what the plans have found, and return the same plans with it."""
    from assetpkg.cli.baselines import write_baseline

    # Several packages are planned one after the other: the baseline is for the target before the first of them.
    found = ((plan.package.own_name, plan.diagnostics, plan.accepted) for plan in plans)
    baseline = write_baseline(path, plans[0].made_by, found)
    policy = call.judge.policy._replace(baseline=baseline)
    return [replace(plan, judge=plan.judge._replace(policy=policy)) for plan in plans]


def _summarise(plans: "Sequence[Plan]") -> "SummaryReport":
    from assetpkg.report.summary import report_summary
    from assetpkg.simulation.verdict import Verdict

    verdicts = {plan.verdict for plan in plans} or {Verdict.CLEAR}
    return report_summary(
        "plan",
        [plan.diagnostics for plan in plans],
        accepted=sum(len(plan.accepted) for plan in plans),
        verdict=next(verdict.value for verdict in Verdict if verdict in verdicts),
    )


def _beside(plans: "Sequence[Plan]") -> "list[BesidePlan]":
    from assetpkg.report.beside import report_beside

    return [report_beside(plan) for plan in plans]


def _status(call: Call, plans: "Sequence[Plan]", *, strict: bool, detailed: bool) -> int:
    from assetpkg.planning.changes import Action

    failed = any(plan.open_conflicts or call.fails(plan.diagnostics) for plan in plans)
    if not call.never_fails and (failed or (strict and any(plan.other_verdicts for plan in plans))):
        return FOUND
    changing = (Action.CREATE, Action.UPDATE, Action.UNDETERMINED)
    return CHANGES if detailed and any(plan.count(action) for plan in plans for action in changing) else OK
