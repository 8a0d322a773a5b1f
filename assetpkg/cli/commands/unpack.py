"""`assetpkg unpack`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import PACKAGE, folder_option, reading_options
from assetpkg.cli.outputs import refuse_standard_output, tell


@door.command
@click.argument("package", type=PACKAGE, metavar="ZIP")
@folder_option("DIR", "The folder to make; it may exist if it is empty")
@reading_options
def command(call: Call, package: str) -> int:
    """Make the folder of the package ZIP; every file keeps its bytes.

    The manifest's list of assets is left out, because in a folder the files are the list. Folders without files are
    left out too. The folder is written completely or not at all.
    """
    from assetpkg.credentials.masking import mask_line
    from assetpkg.diagnostics.sentences import plural
    from assetpkg.package.packing import unpack
    from assetpkg.render.screen import printable

    refuse_standard_output(call.product)
    subject = call.open_content(package, kept=True)
    unpack(subject, call.product)
    line = printable(f"{mask_line(call.product)}: {plural(len(subject.resources), 'resource')}")
    tell(f"{line}\ncontent sha256 {subject.digest}\n", call.product)
    return OK
