"""`assetpkg check`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.archive.temporaries import together
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import CANNOT_RUN, FOUND, OK
from assetpkg.cli.options import (
    PACKAGES,
    baseline_options,
    containing_option,
    details_option,
    format_option,
    output_option,
    policy_options,
    reading_options,
    setting_option,
    summary_option,
)
from assetpkg.cli.outputs import note
from assetpkg.cli.packages import find
from assetpkg.cli.reports import report_option
from assetpkg.diagnostics.model import Severity
from assetpkg.errors import CannotRead, CannotWrite
from assetpkg.running.progress import follow

if TYPE_CHECKING:
    from assetpkg.report.check import CheckReport, FixReport
    from assetpkg.report.summary import SummaryReport
    from assetpkg.simulation.many_checks import Checked


@door.command
@click.argument("packages", type=PACKAGES, nargs=-1, required=True, metavar="PACKAGE...")
@containing_option("Check")
@click.option("--list", "listing", is_flag=True, help="Only list the packages that would be checked.")
@click.option("--fix", "fixing", is_flag=True, help="First fix, in folders, what can be fixed in one way only.")
@click.option("--diff", is_flag=True, help="With --fix: write nothing, and show what would change; exit status 1 then.")
@summary_option
@details_option("Show every place of each finding.")
@format_option("CheckReport")
@report_option("CheckReport")
@output_option
@policy_options
@baseline_options
@setting_option("assume")
@reading_options
def command(call: Call, packages: tuple[str, ...], *, containing: bool, listing: bool, fixing: bool, diff: bool) -> int:
    """Validate packages: what is wrong, where, and how to fix it.

    Each PACKAGE is a zip or a folder, or a snapshot of an instance; of a folder that is not a package, all packages
    below are checked. One that cannot be read does not stop the others.
    """
    from assetpkg.report.check import report_packages

    if diff and not fixing:
        raise click.UsageError("--diff shows what --fix would change; give both.")
    if fixing and STANDARD_STREAM in packages:
        raise click.UsageError("--fix corrects the files of folders; standard input has none: give a folder.")
    if call.write_baseline is not None:
        from assetpkg.cli.baselines import refuse_name

        refuse_name(call.write_baseline)
    paths, failures = find(call, packages, containing=containing)
    if listing:
        for sentence in failures.values():
            note(sentence)
        call.present(report_packages(path for path in paths if path not in failures))
        return CANNOT_RUN if failures else OK
    fixes = _fix_each(call, paths, failures, diff=diff) if fixing else {}
    found = [_judged(call, checked) for checked in _check_each(call, paths, failures)]
    if call.settings.allow and len(found) > 1:
        found = _told_once(found)
    with together():
        if call.write_baseline is not None:
            found = _accepted_from_now_on(call, found, call.write_baseline)
        call.present(_report(call, found, fixes), _summarise(found) if call.summary else None)
    if any(checked.failure is not None for checked in found):
        return CANNOT_RUN
    if any(each.state == "fixable" for told in fixes.values() for each in told):
        return FOUND
    return FOUND if any(call.fails(checked.diagnostics) for checked in found) else OK


def _summarise(found: "Sequence[Checked]") -> "SummaryReport":
    from assetpkg.report.summary import report_summary

    known = [checked for checked in found if checked.failure is None]
    accepted = sum(len(checked.accepted) for checked in known)
    diagnostics = [checked.diagnostics for checked in known]
    return report_summary("check", diagnostics, accepted=accepted, unreadable=len(found) - len(known))


def _fix_each(
    call: Call, paths: Sequence[str], failures: dict[str, str], *, diff: bool
) -> "Mapping[str, Sequence[FixReport]]":
    """Fix the packages that can be read, or see what would be fixed; why one cannot be written is a failure of it."""
    from assetpkg.authoring.fix import fix
    from assetpkg.render.line_diff import unified
    from assetpkg.report.fix import report_fixes

    fixes = {}
    for path in follow("fixing", [path for path in dict.fromkeys(paths) if path not in failures]):
        try:
            if call.read_snapshot(path) is not None:
                continue
            found = fix(call.read(path), call.judge[0])
            if not diff:
                found.write(path)
        except (CannotRead, CannotWrite) as error:
            failures[path] = str(error)
        else:
            fixes[path] = report_fixes(found, written=not diff, unified=unified if diff else None)
    return fixes


def _report(call: Call, found: "Sequence[Checked]", fixes: "Mapping[str, Sequence[FixReport]]") -> "CheckReport":
    from assetpkg.report.check import report_check, report_package, report_unreadable

    packages = (
        report_package(
            checked.path,
            checked.diagnostics,
            checked.unused_files,
            checked.coverage,
            container=checked.container,
            resources=checked.resources,
            accepted=checked.accepted,
            fixes=fixes.get(checked.path),
        )
        if checked.failure is None
        else report_unreadable(checked.path, checked.failure)
        for checked in found
    )
    return report_check(packages, call.judge.policy.plugins)


def _told_once(found: "Sequence[Checked]") -> "list[Checked]":
    """Leave out what is said about an allow in an earlier package, or is not so since another package uses it."""
    from assetpkg.rules.accepting import told_elsewhere

    silent = told_elsewhere([(checked.diagnostics, checked.accepted) for checked in found])
    return [
        replace(checked, diagnostics=tuple(each for each in checked.diagnostics if each.message not in messages))
        for checked, messages in zip(found, silent, strict=True)
    ]


def _accepted_from_now_on(call: Call, found: "Sequence[Checked]", path: str) -> "list[Checked]":
    """Write a baseline, and return what was found as it is with that; nothing is written if a package is not known."""
    from assetpkg.cli.baselines import write_baseline
    from assetpkg.planning.assumptions import complete_assumptions
    from assetpkg.rules.accepting import accepted_by_a_baseline, made_by_check

    if any(checked.failure is not None for checked in found):
        note(f"{path} is not written, since not every package could be read")
        return list(found)
    made_by = made_by_check(complete_assumptions(call.settings.assumptions))
    write_baseline(path, made_by, ((checked.name, checked.diagnostics, checked.accepted) for checked in found))
    accepted = [(checked, *accepted_by_a_baseline(checked.diagnostics, checked.accepted)) for checked in found]
    return [replace(checked, diagnostics=tuple(rest), accepted=tuple(taken)) for checked, rest, taken in accepted]


def _check_each(call: Call, paths: Sequence[str], failures: Mapping[str, str]) -> "Iterator[Checked]":
    """Yield what is wrong with each package: processes share out small ones, and the parts of each large one."""
    from assetpkg.package.reading import weigh
    from assetpkg.running.processes import LARGE
    from assetpkg.simulation.many_checks import Checked, check_many

    policy, schemas = call.judge
    processes = call.processes(paths)
    all_here = processes is None or len(paths) == 1
    here = [path for path in paths if all_here or path == STANDARD_STREAM or weigh(path, LARGE) >= LARGE]
    known = {path: Checked(path=path, failure=failure) for path, failure in failures.items()}
    unknown = dict.fromkeys(path for path in here if path not in known)
    known |= {path: _check_one(call, path) for path in follow("checking", list(unknown))}
    others = check_many(
        [path for path in paths if path not in known],
        policy,
        schemas,
        limits=call.settings.reading_limits,
        assumptions=call.settings.assumptions,
        names_encoding=call.settings.names_encoding,
        layouts=call.layouts,
        executor=processes,
    )
    for path in follow("checking", paths):
        yield known[path] if path in known else next(others)


def _check_one(call: Call, path: str) -> "Checked":
    from assetpkg.simulation.many_checks import Checked, checked_as

    try:
        package = call.read_snapshot(path) or call.read(path)
        return checked_as(path, package, call.judge, call.settings.assumptions)
    except CannotRead as error:
        return Checked(path=path, failure=str(error))


def _judged(call: Call, checked: "Checked") -> "Checked":
    """Return what is known of a package, as a failure where it could not be judged, and yet would pass.

    What was refused has nothing inside that a rule could look at: a policy that passes over the refusal itself must
    not make that look like a clean package.
    """
    from assetpkg.package.reading import origin_of

    # Where no finding makes the command fail, the refusal has to be among what is reported all the same.
    is_reported = call.never_fails and any(each.severity is Severity.ERROR for each in checked.diagnostics)
    if checked.refusal is None or is_reported or call.fails(checked.diagnostics):
        return checked
    name = origin_of(checked.path)
    error = CannotRead(f"{name} could not be judged, and no setting lets that pass: {checked.refusal}")
    return replace(checked, failure=str(error))
