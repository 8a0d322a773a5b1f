"""`assetpkg show`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    FOUND,
    OK,
    deliver,
    format_option,
    open_package,
    output_option,
    reading_options,
    screen,
    settling,
    telling_failures,
)

if TYPE_CHECKING:
    from assetpkg.render.text.plan import Detail
    from assetpkg.settings.settings import Settings


@click.command("show")
@click.argument("package", metavar="PACKAGE|PLAN.json")
@click.argument("address", required=False)
@click.option("--details", is_flag=True, help="Of a saved plan: show every resource in full.")
@click.option("--only", multiple=True, metavar="GLOB", help="Of a saved plan: show in full what has such an address.")
@click.option("--show-unchanged", is_flag=True, help="Of a saved plan: show also what is on the target, and equal.")
@format_option
@output_option
@reading_options
@telling_failures
@settling
def command(
    package: str,
    address: str | None,
    *,
    details: bool,
    only: tuple[str, ...],
    show_unchanged: bool,
    form: str,
    output: str | None,
    settings: "Settings",
) -> int:
    """List what is in PACKAGE, or show the resource at ADDRESS, without its credentials; or show a saved plan again.

    An address is a kind and names, for example "api/Order Center/orders/get-order". PLAN.json is what "assetpkg plan
    --format json --output PLAN.json" has written. Entries that cannot be read are told on standard error.

    Exit status: 0 shown, 1 shown without what cannot be read, 2 it could not run.
    """
    from assetpkg.package.reading import is_document
    from assetpkg.render.text.plan import Detail

    if is_document(package):
        if address is not None:
            raise click.UsageError("A saved plan has no addresses of its own; use --only.")
        detail = Detail(everything=details, only=only, unchanged=show_unchanged)
        said, unread = _plan(package, form, output, detail, settings), ""
    elif details or only or show_unchanged:
        raise click.UsageError("--details, --only and --show-unchanged are for a saved plan.")
    else:
        said, unread = _package(package, address, form, output, settings)
    deliver(said, output)
    click.echo(unread, nl=False, err=True)
    return FOUND if unread else OK


def _package(package: str, address: str | None, form: str, output: str | None, settings: "Settings") -> tuple[str, str]:
    """Return what to show, and what to say of entries that cannot be read."""
    from assetpkg.kinds.kind import fields_of
    from assetpkg.render import json_v1
    from assetpkg.render.text import listing
    from assetpkg.report.show import report_show
    from assetpkg.resource.masking import mask

    subject = open_package(package, settings)
    if address is None:
        report = report_show(subject, ((resource, None) for resource in subject.resources))
    else:
        resource = subject.resource(address)
        report = report_show(subject, [(resource, mask(fields_of(resource.kind), subject.document(address)))])
    shown = json_v1.render(report) if form == "json" else listing.render_show(report, screen(output))
    return shown, listing.render_unread(report, package)


def _plan(path: str, form: str, output: str | None, detail: "Detail", settings: "Settings") -> str:
    from assetpkg.errors import CannotRead
    from assetpkg.render import json_v1
    from assetpkg.render.screen import Screen, printable
    from assetpkg.render.text.plan import render_plan
    from assetpkg.render.text.rollout import render_rollout
    from assetpkg.report.plan import PlanReport
    from assetpkg.report.saved import read_plans

    report = read_plans(path, settings.reading_limits)
    if form == "json":
        return json_v1.render(report)

    def render(on: Screen) -> str:
        return render_plan(report, on, detail) if isinstance(report, PlanReport) else render_rollout(report, on, detail)

    # A plan that assetpkg has written drives no terminal; one that somebody else has written may try to.
    if any(line != printable(line) for line in render(Screen()).split("\n")):
        raise CannotRead(f"{path} is no saved plan: it has control characters where no plan has any")
    return render(screen(output))
