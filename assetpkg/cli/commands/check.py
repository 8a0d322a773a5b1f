"""`assetpkg check`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import CANNOT_RUN, FOUND, OK
from assetpkg.cli.options import PACKAGE, details_option, format_option, output_option, policy_options, reading_options
from assetpkg.cli.outputs import note
from assetpkg.errors import CannotRead

if TYPE_CHECKING:
    from assetpkg.diagnostics.model import Diagnostic
    from assetpkg.package.package import Package


@door.command
@click.argument("packages", type=PACKAGE, nargs=-1, required=True, metavar="PACKAGE...")
@click.option(
    "--containing",
    is_flag=True,
    help="Check the package that each PACKAGE is or is in, once; of other folders, all packages below; for pre-commit.",
)
@details_option("Show every place of each finding.")
@format_option("CheckReport")
@output_option
@policy_options
@reading_options
def command(call: Call, packages: tuple[str, ...], *, containing: bool) -> int:
    """Validate packages: what is wrong, where, and how to fix it.

    Each PACKAGE is a zip or a folder; one that cannot be read does not stop the others.
    """
    from assetpkg.package.reading import find_packages
    from assetpkg.report.check import report_check, report_package, report_unreadable
    from assetpkg.rules.runner import check

    checked, status, judge = [], OK, call.judge
    named, others = find_packages(packages, call.settings.reading_limits) if containing else (packages, ())
    for path in others:
        note(f"{path} is a zip, but no asset package: passed over")
    for path in named:
        try:
            package = call.read(path)
            diagnostics = check(package, *judge)
            _refuse_unjudged(call, package, diagnostics)
        except CannotRead as error:
            checked.append(report_unreadable(path, str(error)))
            status = CANNOT_RUN
            continue
        checked.append(report_package(path, diagnostics))
        if status == OK and call.fails(diagnostics):
            status = FOUND
    call.present(report_check(checked))
    return status


def _refuse_unjudged(call: Call, package: "Package", diagnostics: "Iterable[Diagnostic]") -> None:
    """Raise `CannotRead` for a package that is not understood, and yet would pass.

    What was refused has nothing inside that a rule could look at: a policy that passes over the refusal itself must
    not make that look like a clean package.
    """
    if package.refusal is not None and not call.fails(diagnostics):
        raise CannotRead(
            f"{package.archive.origin} could not be judged, and no setting lets that pass: {package.refusal}"
        )
