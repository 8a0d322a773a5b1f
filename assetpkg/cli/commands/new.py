"""`assetpkg new`."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import ADDRESS, PACKAGE, document_options, format_option
from assetpkg.cli.outputs import note
from assetpkg.cli.parameters import Offered

if TYPE_CHECKING:
    from assetpkg.package.package import Package

_PACKAGE = "package"
"""The word for a whole package, in the place of a kind."""


@door.command
@click.argument("kind", type=Offered("kind or package"))
@click.argument("name", type=Offered("name"))
@click.option(
    "--in",
    "folder",
    type=PACKAGE,
    default=".",
    show_default=True,
    metavar="DIR",
    help="The folder of the package that the resource is for; of a new package, the folder that it is to be in.",
)
@click.option(
    "--below",
    type=ADDRESS,
    multiple=True,
    metavar="ADDRESS",
    help="What the resource belongs to or uses, where the package has several of a kind. Repeatable.",
)
@click.option("--with-parents", is_flag=True, help="Make what the resource needs, too, where the package has none.")
@format_option("NewReport")
@document_options
def command(call: Call, kind: str, name: str, folder: str, below: tuple[str, ...], *, with_parents: bool) -> int:
    """Make a new resource of KIND called NAME: the smallest document that is valid, in a file of its own.

    What it needs, such as the API group of an API, is the only one of its kind in the package, or what --below names.
    Nothing is ever overwritten. With the word package for KIND, a new package is made: a folder with a manifest.

    APIs of an OpenAPI file are made by 'assetpkg convert'.
    """
    from assetpkg.authoring.new import new, new_package
    from assetpkg.errors import InvalidPackage
    from assetpkg.kinds import parse_kind
    from assetpkg.package.layout import safe_name
    from assetpkg.report.new import report_new

    if kind == _PACKAGE:
        if below or with_parents:
            raise click.UsageError("--below and --with-parents are for a resource.")
        place = str(Path(folder, safe_name(name)))
        new_package(place, name)
        call.present(report_new(place))
        return OK
    word = parse_kind(kind, _PACKAGE)  # before a folder is read that may be of anything
    package = call.open(folder)
    if not package.archive.is_folder:
        raise InvalidPackage(f"'{folder}' is not a folder; make one of it with 'assetpkg unpack'")
    making = new(package, word, name, below=below, with_parents=with_parents)
    making.write(folder)
    call.present(report_new(folder, making))
    _note_address(package, kind, name, folder)
    return OK


def _note_address(package: "Package", kind: str, name: str, folder: str) -> None:
    """Say that a name which looks like an address was taken as a name, since a name may have a slash."""
    above, _, last = name.rpartition("/")
    parent = next((one for one in package.resources if above and one.address.partition("/")[2] == above), None)
    if parent is not None:
        line = shlex.join(["assetpkg", "new", kind, last, "--in", folder, "--below", parent.address])
        note(
            f"the name has a slash, and is '{name}'; for '{last}' below {parent.address}, delete the file, and: {line}"
        )
