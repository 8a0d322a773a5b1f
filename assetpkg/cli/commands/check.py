"""`assetpkg check`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import CANNOT_RUN, FOUND, OK
from assetpkg.cli.options import (
    PACKAGE,
    containing_option,
    details_option,
    format_option,
    output_option,
    policy_options,
    reading_options,
    setting_option,
)
from assetpkg.cli.reports import report_option
from assetpkg.diagnostics.model import Severity
from assetpkg.errors import CannotRead
from assetpkg.running.progress import follow

if TYPE_CHECKING:
    from assetpkg.simulation.many_checks import Checked


@door.command
@click.argument("packages", type=PACKAGE, nargs=-1, required=True, metavar="PACKAGE...")
@containing_option("Check")
@details_option("Show every place of each finding.")
@format_option("CheckReport")
@report_option("CheckReport")
@output_option
@policy_options
@setting_option("assume")
@reading_options
def command(call: Call, packages: tuple[str, ...], *, containing: bool) -> int:
    """Validate packages: what is wrong, where, and how to fix it.

    Each PACKAGE is a zip or a folder, or a snapshot of an instance; one that cannot be read does not stop the others.
    """
    from assetpkg.report.check import report_check, report_package, report_unreadable

    reported, status = [], OK
    for checked in _check_each(call, call.find(packages) if containing else packages):
        failure = checked.failure or _unjudged(call, checked)
        if failure is not None:
            reported.append(report_unreadable(checked.path, failure))
            status = CANNOT_RUN
            continue
        reported.append(
            report_package(checked.path, checked.diagnostics, checked.unused_files, checked.coverage, checked.container)
        )
        if status == OK and call.fails(checked.diagnostics):
            status = FOUND
    call.present(report_check(reported))
    return status


def _check_each(call: Call, paths: Sequence[str]) -> "Iterator[Checked]":
    """Yield what is wrong with each package: processes share out small ones, and the parts of each large one."""
    from assetpkg.package.reading import weigh
    from assetpkg.running.processes import LARGE
    from assetpkg.simulation.many_checks import check_many

    policy, schemas = call.judge
    processes = call.processes(paths)
    all_here = processes is None or len(paths) == 1
    here = [path for path in paths if all_here or path == STANDARD_STREAM or weigh(path, LARGE) >= LARGE]
    known = {path: _check_one(call, path) for path in follow("checking", list(dict.fromkeys(here)))}
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


def _unjudged(call: Call, checked: "Checked") -> str | None:
    """Return why a package could not be judged that is not understood, and yet would pass.

    What was refused has nothing inside that a rule could look at: a policy that passes over the refusal itself must
    not make that look like a clean package.
    """
    from assetpkg.package.reading import origin_of

    # Where no finding makes the command fail, the refusal has to be among what is reported all the same.
    is_reported = call.never_fails and any(each.severity is Severity.ERROR for each in checked.diagnostics)
    if checked.refusal is None or is_reported or call.fails(checked.diagnostics):
        return None
    name = origin_of(checked.path)
    return str(CannotRead(f"{name} could not be judged, and no setting lets that pass: {checked.refusal}"))
