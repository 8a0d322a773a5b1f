"""`assetpkg redact`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import (
    FOUND,
    OK,
    STANDARD_OUTPUT,
    format_option,
    pour_out,
    reading_options,
    screen,
    settling,
    tell,
    telling_failures,
)
from assetpkg.cli.outputs import file_option, put_package, told_as
from assetpkg.errors import CannotWrite, CredentialRemains

if TYPE_CHECKING:
    from assetpkg.report.redact import RedactReport
    from assetpkg.settings.settings import Settings


@click.command("redact")
@click.argument("package")
@file_option("COPY", "The zip or the folder to write")
@format_option
@reading_options
@telling_failures
@settling
def command(package: str, product: str, form: str, *, settings: "Settings") -> int:
    """Make a copy of PACKAGE without its credentials.

    Each becomes ${NAME}, named after its place and the same wherever it is written: in fields, addresses, scripts,
    names, keys and other files. A number becomes null, and a file of keys its placeholder. Every other byte stays.
    The list of places that is printed tells what to fill in again.

    COPY is a zip where it ends in ".zip", and else a folder, new or empty. PACKAGE may also be a snapshot (JSON);
    then COPY is one.

    The exit status is 1, and nothing is written, where a credential is also written in a form that is not replaced.
    """
    from assetpkg.render import json_v1
    from assetpkg.render.text import redact
    from assetpkg.report.check import report_failure

    try:
        report = _copied(package, product, settings)
    except CredentialRemains as error:
        if form == "json":
            tell(json_v1.render(report_failure(str(error))), product)
        else:
            from assetpkg.render.screen import printable

            click.echo(f"assetpkg: {printable(str(error))}", err=True)
        return FOUND
    tell(json_v1.render(report) if form == "json" else redact.render_redact(report, screen(None)), product)
    return OK


def _copied(package: str, copy: str, settings: "Settings") -> "RedactReport":
    """Write the copy, and return the report of it."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.authoring.redact.redact import redact, redact_snapshot
    from assetpkg.package.packing import unpack
    from assetpkg.package.reading import origin_of, read_either
    from assetpkg.report.redact import report_redact

    limits, utf8 = settings.reading_limits, settings.assume_utf8_names
    subject = read_either(package, limits=limits, assume_utf8_names=utf8)
    suffix = Path(copy).suffix.lower()
    if isinstance(subject, bytes):
        snapshot = redact_snapshot(subject, origin_of(package))
        if copy == STANDARD_OUTPUT:
            pour_out(snapshot.content)
        elif suffix == ".json":
            write_file(copy, [snapshot.content])
        else:
            raise CannotWrite(f"'{copy}' would be the copy of a snapshot; name a file that ends in .json")
        return report_redact(told_as(copy), snapshot.instance.name, snapshot.instance.digest, snapshot.replaced)
    redaction = redact(subject)
    if suffix == ".json":
        raise CannotWrite(f"'{copy}' would be the copy of a package; name a zip or a folder")
    if suffix == ".zip" or copy == STANDARD_OUTPUT:
        put_package(redaction.package, copy, settings.policy)
    else:
        unpack(redaction.package, copy)
    return report_redact(told_as(copy), redaction.package.name, redaction.package.digest, redaction.replaced)
