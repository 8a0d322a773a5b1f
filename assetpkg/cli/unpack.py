"""`assetpkg unpack`."""

import click

from assetpkg.cli.options import OK


@click.command("unpack")
@click.argument("package", metavar="ZIP")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to make; it may exist if it is empty.")
def command(package: str, output: str) -> int:
    """Make the folder of the package ZIP, every file byte for byte.

    Only the manifest's list of assets is left out: in a folder the files are the truth.
    """
    from assetpkg.packing import unpack
    from assetpkg.reading import read
    from assetpkg.render.screen import plural, printable
    from assetpkg.texts import mask_line

    subject = read(package)
    unpack(subject, output)
    click.echo(printable(f"{mask_line(output)}: {plural(len(subject.resources), 'resource')}"))
    click.echo(f"content sha256 {subject.digest}")
    return OK
