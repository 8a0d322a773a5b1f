"""`assetpkg show`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    ADDRESS,
    PACKAGE,
    details_option,
    format_option,
    grouped,
    only_option,
    output_option,
    reading_options,
    unchanged_option,
)
from assetpkg.cli.outputs import complain
from assetpkg.cli.parameters import SHOW
from assetpkg.cli.reports import report_option
from assetpkg.render.formats import FORMATS

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.report.compare import PlansReport
    from assetpkg.report.plan import PlanReport
    from assetpkg.report.show import ShowReport

_BILL = "cyclonedx"
"""The format of a bill of materials, for which more is looked at than for the others."""


@door.command
@click.argument("package", type=PACKAGE, metavar="PACKAGE|SNAPSHOT|PLAN")
@click.argument("address", required=False, type=ADDRESS)
@grouped(SHOW, "--order", is_flag=True, help="Of a package: list first what the others need.")
@details_option("Of a saved plan: show every resource in full.")
@only_option(
    "Of a saved plan: show in full the resources with such an address; in a graph, only these and what is next to them."
)
@unchanged_option("Of a saved plan: show also what is already on the target and equal.")
@grouped(SHOW, "--documents", is_flag=True, help="Show all documents, one value in a line, as Git compares texts.")
@format_option(
    "ShowReport", "PlanReport", "PlansReport", title="The output format; for a saved plan all but cyclonedx."
)
@report_option("ShowReport", "PlanReport", "PlansReport")
@output_option
@reading_options
def command(call: Call, package: str, address: str | None, *, order: bool, documents: bool) -> int:
    """List what is in PACKAGE, or show the resource at ADDRESS without its credentials, or show a saved plan again.

    A snapshot of an instance is listed and shown like a package.

    An address is a kind and names, for example "api/Order Center/orders/get-order". PLAN is what "assetpkg plan
    --format json --output PLAN.json" has written. Entries that cannot be read are reported on standard error.

    With --documents, every resource is shown without its credentials, the same text for the same content, whatever its
    container. What is not a package is then shown by its files, so that Git can compare it, too.

    Exit status: 0 shown, 1 shown without what cannot be read, 2 it could not run.
    """
    from assetpkg.package.reading import is_document, read_document
    from assetpkg.render.text.listing import render_unread
    from assetpkg.report.show import report_documents

    snapshot = call.read_snapshot(package)
    if documents:
        if address is not None or call.details or call.only or call.show_unchanged:
            raise click.UsageError("--documents shows all of a package or a snapshot; there is nothing to choose.")
        if _BILL in call.forms:
            raise click.UsageError("--documents shows documents, and a bill of materials has none.")
        subject = snapshot or call.read(package)
        archive = subject.archive
        is_unknown = not archive.entries and not archive.is_folder and package != STANDARD_STREAM
        content = read_document(package, call.settings.reading_limits, limit="file") if is_unknown else None
        replace(call, details=True).present(report_documents(subject, content))
        return OK
    if snapshot is None and is_document(package):
        if address is not None or order:
            raise click.UsageError("A saved plan has no addresses of its own, and has its order; use --only.")
        replace(call, is_saved=True).present(_plan(call, package))
        return OK
    if call.details or call.show_unchanged or (call.only and not all(FORMATS[form].draws for form in call.forms)):
        raise click.UsageError("--details, --only and --show-unchanged are for a saved plan, --only also for a graph.")
    report = _package(snapshot or call.open(package), address, ordered=order, billed=_BILL in call.forms)
    call.present(report)
    unread = render_unread(report, package)
    complain(unread)
    return FOUND if unread else OK


def _package(subject: "Package", address: str | None, *, ordered: bool, billed: bool) -> "ShowReport":
    from assetpkg.kinds.kind import fields_of
    from assetpkg.report.show import report_show
    from assetpkg.resource.masking import mask

    if address is None:
        return report_show(
            subject, ((resource, None) for resource in subject.resources), ordered=ordered, billed=billed
        )
    resource = subject.resource(address)
    document = mask(fields_of(resource.kind), subject.document(address))
    return report_show(subject, [(resource, document)], ordered=ordered, billed=billed)


def _plan(call: Call, path: str) -> "PlanReport | PlansReport":
    from assetpkg.errors import CannotRead
    from assetpkg.render.screen import Screen, printable
    from assetpkg.report.saved import read_plans

    report = read_plans(path, call.settings.reading_limits)
    # A plan that assetpkg has written drives no terminal; one that somebody else has written may try to.
    if any(line != printable(line) for line in call.render(report, "text", Screen()).split("\n")):
        raise CannotRead(f"{path} is not a saved plan: it has control characters where no plan has any")
    return report
