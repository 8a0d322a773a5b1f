"""`assetpkg merge`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import PACKAGE, details_option, file_option, format_option, reading_options
from assetpkg.cli.outputs import put_either, told_as
from assetpkg.cli.parameters import Input, Words

if TYPE_CHECKING:
    from assetpkg.resource.joining import Side

_BOTH = 2


@door.command
@click.argument("packages", nargs=-1, required=True, type=PACKAGE, metavar="A B")
@file_option("OUTPUT", "The zip or the folder to write", required=False)
@click.option(
    "--base",
    type=Input("the package that both were made of"),
    metavar="PACKAGE",
    help="The package that both were made of: what each has changed since is merged.",
)
@click.option("--prefer", type=Words(("a", "b")), help="Where both clash, take what this one has.")
@click.option("--git", is_flag=True, help="Take the arguments with which Git calls a program that merges: %O %A %B %P.")
@details_option()
@format_option("MergeReport")
@reading_options
def command(call: Call, packages: tuple[str, ...], *, base: str | None, prefer: "Side | None", git: bool) -> int:
    """Merge the packages A and B into one.

    OUTPUT is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty. Without --base, A and B may
    have the same resource only where both mean the same by it. With --base, it is what both have made of the base:
    field by field, with what was removed, and with new names. What is from one of them keeps its bytes.

    Exit status 1, and nothing is written, when A and B clash. --prefer settles most clashes.
    """
    if git:
        from assetpkg.cli.git_merge import merge_for_git

        return merge_for_git(call, packages, prefer, is_plain=not (base or call.product))
    if len(packages) != _BOTH:
        raise click.UsageError(f"Name two packages to merge, A and B, and not {len(packages)}.")
    if not call.product:
        raise click.UsageError("Missing option '-o' / '--output'.")
    from assetpkg.report.merge import report_merge
    from assetpkg.simulation.merging.merge import merge

    a, b = map(call.open, packages)
    found = merge(a, b, None if base is None else call.open(base), prefer=prefer)
    if found.package is not None:
        put_either(found.package, call.product, call.settings.policy)
    call.present(report_merge(found, told_as(call.product)))
    return OK if found.package is not None else FOUND
