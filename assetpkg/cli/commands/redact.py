"""`assetpkg redact`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import PACKAGE, file_option, format_option, reading_options
from assetpkg.cli.outputs import pour_out, put_either, told_as
from assetpkg.errors import CannotWrite

if TYPE_CHECKING:
    from assetpkg.report.authoring import RedactReport


@door.command
@click.argument("package", type=PACKAGE)
@file_option("COPY", "The zip or the folder to write")
@format_option("RedactReport")
@reading_options
def command(call: Call, package: str) -> int:
    """Make a copy of PACKAGE without its credentials.

    Each credential becomes ${NAME}. The name comes from its place, and the same credential has the same name
    everywhere: in fields, addresses, scripts, names, keys and other files. A number becomes null, and a key file its
    placeholder. All other bytes stay the same. The printed list says what to enter again.

    COPY is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty. PACKAGE may also be a snapshot
    (JSON); then COPY is one.

    Exit status 1, and nothing is written, when a credential is also there in a form that cannot be replaced.
    """
    call.present(_copied(call, package, call.product))
    return OK


def _copied(call: Call, package: str, copy: str) -> "RedactReport":
    """Write the copy, and return the report of it."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.authoring.redact.redact import redact, redact_snapshot
    from assetpkg.package.package import Package
    from assetpkg.package.reading import origin_of, read_either
    from assetpkg.report.authoring import report_redact

    settings = call.settings
    subject = read_either(
        package, limits=settings.reading_limits, names_encoding=settings.names_encoding, layouts=call.layouts
    )
    suffix = Path(copy).suffix.lower()
    if not isinstance(subject, Package):
        snapshot = redact_snapshot(subject.read_at(0, subject.size), origin_of(package))
        if copy == STANDARD_STREAM:
            pour_out(snapshot.content)
        elif suffix == ".json":
            write_file(copy, [snapshot.content])
        else:
            raise CannotWrite(f"'{copy}' would be the copy of a snapshot; name a file that ends in .json")
        return report_redact(told_as(copy), snapshot.instance.name, snapshot.instance.digest, snapshot.replaced)
    redaction = redact(subject)
    if suffix == ".json":
        raise CannotWrite(f"'{copy}' would be the copy of a package; name a zip or a folder")
    put_either(redaction.package, copy, settings.policy)
    return report_redact(told_as(copy), redaction.package.name, redaction.package.digest, redaction.replaced)
