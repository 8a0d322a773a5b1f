"""`assetpkg show`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
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
    from assetpkg.settings import Settings


@click.command("show")
@click.argument("package")
@click.argument("address", required=False)
@format_option
@output_option
@reading_options
@telling_failures
@settling
def command(package: str, address: str | None, *, form: str, output: str | None, settings: "Settings") -> int:
    """List what is in PACKAGE, or show the resource at ADDRESS, without its credentials.

    An address is a kind and names, for example "api/Order Center/orders/get-order".
    """
    from assetpkg.errors import CannotRead
    from assetpkg.kinds.kind import fields_of
    from assetpkg.masking import mask
    from assetpkg.render import json_v1, listing
    from assetpkg.report.contents import report_show

    subject = open_package(package, settings)
    if subject.refusal is not None:
        raise CannotRead(f"{package} is no asset package: {subject.refusal}")
    if address is None:
        report = report_show(subject, ((resource, None) for resource in subject.resources))
    else:
        resource = subject.resource(address)
        report = report_show(subject, [(resource, mask(fields_of(resource.kind), subject.document(address)))])
    deliver(json_v1.render(report) if form == "json" else listing.render_show(report, screen(output)), output)
    return OK
