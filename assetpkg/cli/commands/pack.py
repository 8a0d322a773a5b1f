"""`assetpkg pack`."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import PACKAGE, file_option, reading_options
from assetpkg.cli.outputs import complain, note, put_package, tell, told_as

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.resource.references import Credential

_MOST_PLACES = 20
"""How many places with credentials are listed; `check` reports all."""


@door.command
@click.argument("folder", type=PACKAGE, metavar="PACKAGE")
@file_option("ZIP", "The zip to write")
@click.option("--store", is_flag=True, help="Do not compress: the same bytes on every machine.")
@click.option("--deny-secrets", is_flag=True, help="Write nothing when the package has credentials; exit status 1.")
@click.option("--compare", is_flag=True, help="Write nothing; exit status 1 when ZIP is not what PACKAGE makes.")
@reading_options
def command(call: Call, folder: str, *, store: bool, deny_secrets: bool, compare: bool) -> int:
    """Make the zip of PACKAGE, a folder or another zip. The same content gives the same bytes.

    The zip is written completely or not at all, and read back before it replaces anything. Credentials in it are
    reported.
    """
    from assetpkg.credentials.masking import mask_line
    from assetpkg.diagnostics.sentences import plural
    from assetpkg.package.packing import without_leftovers
    from assetpkg.render.screen import printable, unused_files

    package = without_leftovers(call.open_content(folder, kept=not compare))
    found = list(package.credentials)
    if found and deny_secrets:
        _tell(found, "not packed: {} in it; remove what should not be there")
        return FOUND
    if compare:
        return _compare(call, package)
    put_package(package, call.product, call.settings.policy, store=store)
    line = printable(f"{mask_line(told_as(call.product))}: {plural(len(package.resources), 'resource')}")
    unused = f"{unused_files(package.idle_files)}\n" if package.idle_files else ""
    tell(f"{line}\n{unused}content sha256 {package.digest}\n", call.product)
    if found:
        _tell(found, "packed with {} in it; --deny-secrets refuses that")
    return OK


def _compare(call: Call, package: "Package") -> int:
    """Say whether the zip has the content of the package; how it is compressed does not count."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.render.screen import left_out, printable

    product = printable(mask_line(told_as(call.product)))
    if not Path(call.product).exists():
        line = shlex.join(["assetpkg", "pack", package.archive.origin, "--output", call.product])
        note(f"{product} is missing; make it with: {line}")
        return FOUND
    packed = call.open_content(call.product)
    changed = sorted(
        name
        for name in {*package.digests, *packed.digests} - {package.layout.manifest}
        if package.digests.get(name) != packed.digests.get(name)
    )
    if packed.digest == package.digest:
        click.echo(f"{product}: the same content")
        return OK
    note(f"{product} does not have the content of {printable(mask_line(package.archive.origin))}; pack it again")
    for name in changed[:_MOST_PLACES] or [package.layout.manifest]:
        click.echo(f"  {printable(mask_line(name))}", err=True)
    for line in left_out(len(changed) - _MOST_PLACES, "  ", how=""):
        click.echo(line, err=True)
    return FOUND


def _tell(found: "Sequence[tuple[str, Credential]]", sentence: str) -> None:
    """Say on standard error how many credentials there are and where, and not what they are."""
    from assetpkg.credentials.masking import mask_line
    from assetpkg.diagnostics.sentences import plural
    from assetpkg.render.screen import left_out, printable

    note(sentence.format(plural(len(found), "credential")))
    for entry, place in found[:_MOST_PLACES]:
        complain(printable(f"  {mask_line(entry)} {mask_line(place.pointer)}".rstrip()) + "\n")
    for line in left_out(len(found) - _MOST_PLACES, "  ", how="; assetpkg check --select SEC reports all"):
        complain(f"{line}\n")
