"""`assetpkg show`."""

import click

from assetpkg.cli.options import OK, deliver, format_option, output_option, screen, telling_failures


@click.command("show")
@click.argument("package")
@click.argument("address", required=False)
@format_option
@output_option
@telling_failures
def command(package: str, address: str | None, form: str, output: str | None) -> int:
    """List what is in PACKAGE, or show the resource at ADDRESS, without its credentials.

    An address is a kind and names, for example "api/Order Center/orders/get-order".
    """
    from assetpkg.errors import CannotRead
    from assetpkg.kinds.kind import fields_of
    from assetpkg.masking import mask
    from assetpkg.reading import read
    from assetpkg.render import json_v1, listing
    from assetpkg.report.contents import report_show

    subject = read(package)
    if subject.refusal is not None:
        raise CannotRead(f"{package} is no asset package: {subject.refusal}")
    if address is None:
        report = report_show(subject, ((resource, None) for resource in subject.resources))
    else:
        resource = subject.resource(address)
        report = report_show(subject, [(resource, mask(fields_of(resource.kind), subject.document(address)))])
    deliver(json_v1.render(report) if form == "json" else listing.render_show(report, screen(output)), output)
    return OK
