"""`assetpkg lsp`."""

import sys
from functools import partial

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.outputs import note
from assetpkg.cli.parameters import Input
from assetpkg.errors import AssetpkgError


@door.command
@click.option(
    "--config",
    type=Input("the file with the settings"),
    metavar="FILE",
    help="The file with the settings, for all packages.",
)
@click.option("--no-config", is_flag=True, help="Read no file with settings.")
@click.option(
    "--allow-plugins",
    is_flag=True,
    help="Load the plug-ins that settings name, which are programs: only where you trust every project that you open.",
)
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it always does.")
def command(call: Call, config: str | None, *, no_config: bool, allow_plugins: bool, stdio: bool) -> int:
    """Serve an editor as a language server, over standard input and output: an editor starts it.

    It shows what is wrong with the package around an open document while that is written, and answers what things mean,
    where they lead, what refers to them, and what may be written. Without --config, the settings are those of the
    nearest assetpkg.toml or pyproject.toml above the document. It needs the extra "lsp".

    Exit status: 0 the editor has ended it, 2 it could not run.
    """
    del call, stdio
    from assetpkg.settings.sources import settle

    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other.")
    settle_for = partial(settle, {}, config=config, no_config=no_config)
    if config is not None:
        settle_for()  # what is wrong with it is said at once
    try:
        from assetpkg.cli.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise AssetpkgError(
            "the language server needs the extra 'lsp' of assetpkg, which is not installed; install it: "
            "pip install 'assetpkg[lsp]', or in a clone of its repository: pip install '.[lsp]'"
        ) from None
    if sys.stdin.isatty():
        note("an editor starts this command, and writes to its standard input; end it with Ctrl+C")
    if not serve(lambda folder: settle_for(start=folder), plugins=allow_plugins):
        raise AssetpkgError("standard input has ended, and no editor has begun a session there; an editor starts this")
    return OK
