"""`assetpkg convert`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import PACKAGE, file_option, format_option, reading_options
from assetpkg.cli.outputs import pour_out, refuse_standard_output, refuse_terminal
from assetpkg.cli.parameters import Input

if TYPE_CHECKING:
    from assetpkg.report.convert import ConvertReport


@door.command
@click.argument("package", type=PACKAGE)
@file_option("OUTPUT", "The folder to make; with --back, the copy of the original")
@click.option("--back", is_flag=True, help="Put what was changed in the folder PACKAGE into a copy of the original.")
@click.option("--original", type=Input("the original"), metavar="FILE", help="With --back: what PACKAGE was made of.")
@click.option("--beside", type=PACKAGE, metavar="PACKAGE", help="Of an OpenAPI file: the package with what it names.")
@click.option(
    "--application", metavar="NAME", help="Of an OpenAPI file: the integration application of what names none."
)
@format_option("ConvertReport", "OpenApiReport")
@reading_options
def command(
    call: Call, package: str, *, back: bool, original: str | None, beside: str | None, application: str | None
) -> int:
    """Write PACKAGE, an archive of another layout, in the own one: a folder for git and review.

    The layout is the one that fits of those in the settings and of --layout. The file origins.json in the folder says
    where each resource came from. What the layout does not cover is not in the folder.

    PACKAGE may also be an OpenAPI (Swagger) file with the platform's extensions, in JSON or YAML: its API group, APIs
    and custom backends are in the folder. Such a file has no ids: what it names is looked up in the package of
    --beside. No credential is taken over.

    With --back, PACKAGE is such a folder. The values that were changed in it are put into a copy of the original, at
    the places that they came from, and nothing else is touched. What cannot be put back is refused. Whether the
    platform accepts the copy is not known.

    Exit status 1, and the folder is written, where something in an OpenAPI file was left out, not understood or not
    known by its name.
    """
    if back and original is None:
        raise click.UsageError("--back needs --original, the archive that the folder was made of.")
    if original is not None and not back:
        raise click.UsageError("--original is for --back.")
    content = None if back else _openapi(call, package)
    if content is not None:
        return _from_openapi(call, package, content, beside, application)
    if beside is not None or application is not None:
        raise click.UsageError("--beside and --application are for an OpenAPI file.")
    call.present(_back(call, package, original) if original is not None else _there(call, package))
    return OK


def _openapi(call: Call, path: str) -> bytes | None:
    """Return the content of an OpenAPI file; `None` for anything else."""
    from assetpkg.package.openapi.opening import openapi_at

    return openapi_at(path, call.settings.reading_limits)


def _from_openapi(call: Call, path: str, content: bytes, beside: str | None, application: str | None) -> int:
    from assetpkg.archive.write_folder import write_folder
    from assetpkg.authoring.from_openapi import package_of
    from assetpkg.package.openapi.names import Names, names_in
    from assetpkg.package.openapi.reading import read_openapi
    from assetpkg.report.openapi import report_openapi

    refuse_standard_output(call.product)
    names = Names() if beside is None else names_in(call.open(beside).index)
    limits = call.settings.reading_limits
    file = read_openapi(content, names=names, application=application, limits=limits, origin=path)
    made = package_of(file)
    write_folder(call.product, made.package.archive, private=made.package.holds_credentials)
    call.present(report_openapi(call.product, path, made))
    return FOUND if file.has_gaps else OK


def _there(call: Call, package: str) -> "ConvertReport":
    from assetpkg.archive.write_folder import write_folder
    from assetpkg.authoring.convert import convert
    from assetpkg.report.convert import report_convert

    refuse_standard_output(call.product)
    subject = call.open(package)
    converted = convert(subject)
    write_folder(call.product, converted.package.archive, private=converted.package.holds_credentials)
    return report_convert(call.product, subject, converted)


def _back(call: Call, folder: str, original: str) -> "ConvertReport":
    from assetpkg.authoring.convert import layout_in, put_back, write_copy
    from assetpkg.package.reading import read
    from assetpkg.report.convert import report_put_back

    converted = call.open(folder)
    settings = call.settings
    before = read(
        original,
        limits=settings.reading_limits,
        names_encoding=settings.names_encoding,
        layouts=[layout_in(converted)],
    )
    found = put_back(converted, before)
    if call.product == STANDARD_STREAM:
        refuse_terminal()
        pour_out(write_copy(found, original, None))
    else:
        write_copy(found, original, Path(call.product))
    return report_put_back(call.product, found)
