"""`assetpkg pack`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assetpkg.cli.options import FOUND, OK, open_package, reading_options, settling, tell
from assetpkg.cli.outputs import file_option, put_package, told_as

if TYPE_CHECKING:
    from assetpkg.resource.references import Credential
    from assetpkg.settings.settings import Settings

_MOST_PLACES = 20
"""How many places with credentials are listed; `check` tells all."""


@click.command("pack")
@click.argument("folder", metavar="DIR")
@file_option("ZIP", "The zip to write")
@click.option("--store", is_flag=True, help="Do not compress: the same bytes on every machine.")
@click.option("--deny-secrets", is_flag=True, help="Write nothing if there are credentials in it; exit status 1.")
@reading_options
@settling
def command(folder: str, product: str, *, store: bool, deny_secrets: bool, settings: "Settings") -> int:
    """Make the zip of the package in DIR: the same content, the same bytes.

    The zip is written whole or not at all, and read back before it takes its place. Credentials in it are told.
    """
    from assetpkg.credentials.masking import mask_line
    from assetpkg.render.screen import plural, printable

    package = open_package(folder, settings)
    found = list(package.credentials)
    if found and deny_secrets:
        _tell(found, "not packed: {} in it; remove what should not be there")
        return FOUND
    put_package(package, product, settings.policy, store=store)
    line = printable(f"{mask_line(told_as(product))}: {plural(len(package.resources), 'resource')}")
    tell(f"{line}\ncontent sha256 {package.digest}\n", product)
    if found:
        _tell(found, "packed with {} in it; --deny-secrets refuses that")
    return OK


def _tell(found: "Sequence[tuple[str, Credential]]", sentence: str) -> None:
    """Say on standard error how many credentials there are and where, and not what they are."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.render.screen import plural, printable

    click.echo(f"assetpkg: {sentence.format(plural(len(found), 'credential'))}", err=True)
    for entry, place in found[:_MOST_PLACES]:
        click.echo(printable(f"  {mask_line(entry)} {mask_line(place.pointer)}".rstrip()), err=True)
    if len(found) > _MOST_PLACES:
        click.echo(f"  … and {len(found) - _MOST_PLACES:,} more; assetpkg check --select SEC tells all", err=True)
