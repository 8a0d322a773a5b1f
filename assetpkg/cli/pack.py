"""`assetpkg pack`."""

import click

from assetpkg.cli.options import OK


@click.command("pack")
@click.argument("folder", metavar="DIR")
@click.option("-o", "--output", required=True, metavar="ZIP", help="The zip to write.")
@click.option("--store", is_flag=True, help="Do not compress: the same bytes on every machine.")
def command(folder: str, output: str, *, store: bool) -> int:
    """Make the zip of the package in DIR: the same content, the same bytes.

    The zip is written whole or not at all, and read back before it takes its place.
    """
    from assetpkg.packing import write
    from assetpkg.reading import read
    from assetpkg.render.screen import plural, printable

    package = read(folder)
    write(package, output, store=store)
    click.echo(printable(f"{output}: {plural(len(package.resources), 'resource')}"))
    click.echo(f"content sha256 {package.digest}")
    return OK
