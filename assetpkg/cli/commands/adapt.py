"""`assetpkg adapt`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import FOUND, OK
from assetpkg.cli.options import (
    ADAPT_FILE,
    PACKAGE,
    details_option,
    file_option,
    format_option,
    policy_options,
    reading_options,
    shared,
)
from assetpkg.cli.outputs import put_either, told_as
from assetpkg.cli.parameters import Offered


@door.command
@click.argument("package", type=PACKAGE)
@file_option("OUTPUT", "The zip or the folder to write")
@click.option("--with", "by", type=ADAPT_FILE, metavar="FILE.toml", help="The adapt file of the environment.")
@shared(
    "--target",
    type=Offered("target"),
    metavar="NAME",
    help="Instead of --with: the adapt file of this target in the settings, which plans for it use, too.",
)
@click.option("--prefix", default="", help="Put before the names of applications; instead of the prefix of the file.")
@details_option("Show every place.")
@format_option("AdaptReport")
@policy_options
@reading_options
def command(call: Call, package: str, *, by: str | None, prefix: str) -> int:
    """Make of PACKAGE what one environment needs: other values, other names, and without what is left out.

    FILE.toml is reviewed once for each environment; "assetpkg plan --write-adapt" drafts one. References and copies of
    names follow every new name. Credentials come from environment variables. All other bytes stay.

    OUTPUT is a zip when its name ends in ".zip"; otherwise it is a folder, new or empty.

    Exit status 1, and nothing is written, when something of FILE.toml is found at or above --fail-on, such as an entry
    that was left open.
    """
    from assetpkg.authoring.adapt.adapt import adapt
    from assetpkg.report.adapt import report_adapt

    if call.target is not None:
        if by is not None:
            raise click.UsageError("--with and --target exclude each other.")
        by = _adapt_file(call, call.target)
    if by is None and not prefix:
        raise click.UsageError("Say what to change: --with, --target or --prefix.")
    made = adapt(call.open(package), by, prefix=prefix)
    found = made.findings(call.judge.policy)
    fails = call.fails(found)
    if not fails:
        put_either(made.package, call.product, call.settings.policy)
    call.present(report_adapt(made, found, told_as(call.product), written=not fails))
    return FOUND if fails else OK


def _adapt_file(call: Call, target: str) -> str:
    """Return the adapt file of the target of the settings that is named; raises `UsageError` where there is none."""
    if call.named is None:
        raise click.UsageError(f"--target: '{target}' is not a target of the settings, which could have an adapt file.")
    if call.named.adapt is None:
        raise click.UsageError("--target: the settings have no adapt file for it; name one with --with.")
    return call.named.adapt
