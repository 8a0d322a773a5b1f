"""`assetpkg unpack`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import OK, open_package, reading_options, settling
from assetpkg.cli.outputs import folder_option, refuse_standard_output

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings


@click.command("unpack")
@click.argument("package", metavar="ZIP")
@folder_option("DIR", "The folder to make; it may exist if it is empty")
@reading_options
@settling
def command(package: str, product: str, *, settings: "Settings") -> int:
    """Make the folder of the package ZIP, every file byte for byte.

    Only the manifest's list of assets is left out: in a folder the files are the truth. Folders without files are no
    content, and left out as well. The folder is there whole or not at all.
    """
    from assetpkg.credentials.masking import mask_line
    from assetpkg.package.packing import unpack
    from assetpkg.render.screen import plural, printable

    refuse_standard_output(product)
    subject = open_package(package, settings)
    unpack(subject, product)
    click.echo(printable(f"{mask_line(product)}: {plural(len(subject.resources), 'resource')}"))
    click.echo(f"content sha256 {subject.digest}")
    return OK
