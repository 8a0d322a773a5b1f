"""`assetpkg redact`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import FOUND, OK, deliver, format_option, reading_options, screen, settling
from assetpkg.ending import CANNOT_RUN
from assetpkg.errors import AssetpkgError, CannotWrite, CredentialRemains

if TYPE_CHECKING:
    from assetpkg.report.redaction import RedactReport
    from assetpkg.settings import Settings


@click.command("redact")
@click.argument("package")
@click.option("-o", "--output", "copy", required=True, metavar="COPY", help="The zip or the folder to write.")
@format_option
@reading_options
@settling
def command(package: str, copy: str, form: str, *, settings: "Settings") -> int:
    """Make a copy of PACKAGE without its credentials.

    Each becomes ${NAME}, named after its place and the same wherever it is written: in fields, addresses, scripts,
    names, keys and other files. A number becomes null, and a file of keys its placeholder. Every other byte stays.
    The list of places that is printed tells what to fill in again.

    COPY is a zip where it ends in ".zip", and else a folder, new or empty. PACKAGE may also be a snapshot (JSON);
    then COPY is one.

    The exit status is 1, and nothing is written, where a credential is also written in a form that is not replaced.
    """
    from assetpkg.render import json_v1, redaction
    from assetpkg.report.findings import report_failure

    try:
        report = _copied(package, copy, settings)
    except AssetpkgError as error:
        if form != "json":
            if not isinstance(error, CredentialRemains):
                raise
            from assetpkg.render.screen import printable

            click.echo(f"assetpkg: {printable(str(error))}", err=True)
        else:
            deliver(json_v1.render(report_failure(str(error))), None)
        return FOUND if isinstance(error, CredentialRemains) else CANNOT_RUN
    deliver(json_v1.render(report) if form == "json" else redaction.render_redact(report, screen(None)), None)
    return OK


def _copied(package: str, copy: str, settings: "Settings") -> "RedactReport":
    """Write the copy, and return the report of it."""
    from assetpkg.packing import unpack, write
    from assetpkg.reading import origin_of, read_either
    from assetpkg.redaction.packages import redact, redact_snapshot
    from assetpkg.report.redaction import report_redact
    from assetpkg.writing import write_file

    limits, utf8 = settings.reading_limits, settings.assume_utf8_names
    subject = read_either(package, limits=limits, assume_utf8_names=utf8)
    suffix = Path(copy).suffix.lower()
    _refuse_place(package, copy)
    if isinstance(subject, bytes):
        snapshot = redact_snapshot(subject, origin_of(package))
        if suffix != ".json":
            raise CannotWrite(f"'{copy}' would be the copy of a snapshot; name a file that ends in .json")
        write_file(copy, [snapshot.content])
        return report_redact(copy, snapshot.instance.name, snapshot.instance.digest, snapshot.replaced)
    redaction = redact(subject)
    if suffix == ".json":
        raise CannotWrite(f"'{copy}' would be the copy of a package; name a zip or a folder")
    (write if suffix == ".zip" else unpack)(redaction.package, copy)
    return report_redact(copy, redaction.package.name, redaction.package.digest, redaction.replaced)


def _refuse_place(package: str, copy: str) -> None:
    """Raise `CannotWrite` for a copy that would take the place of the original, or change it."""
    if copy == "-":
        raise CannotWrite("a copy cannot go to standard output; name a zip or a folder")
    if "\0" in copy or package == "-":
        return
    original, place = Path(package).resolve(), Path(copy).resolve()
    if place == original or original in place.parents or place in original.parents:
        how = "is" if place == original else "lies in" if original in place.parents else "holds"
        raise CannotWrite(f"'{copy}' {how} the package itself; name another place")
