"""`assetpkg pack`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import OK, open_package, reading_options, settling

if TYPE_CHECKING:
    from assetpkg.settings import Settings


@click.command("pack")
@click.argument("folder", metavar="DIR")
@click.option("-o", "--output", required=True, metavar="ZIP", help="The zip to write.")
@click.option("--store", is_flag=True, help="Do not compress: the same bytes on every machine.")
@reading_options
@settling
def command(folder: str, output: str, *, store: bool, settings: "Settings") -> int:
    """Make the zip of the package in DIR: the same content, the same bytes.

    The zip is written whole or not at all, and read back before it takes its place.
    """
    from assetpkg.packing import write
    from assetpkg.render.screen import plural, printable

    package = open_package(folder, settings)
    write(package, output, store=store)
    click.echo(printable(f"{output}: {plural(len(package.resources), 'resource')}"))
    click.echo(f"content sha256 {package.digest}")
    return OK
