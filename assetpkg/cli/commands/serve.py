"""`assetpkg serve`."""

import os
import signal

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK, heed_signals
from assetpkg.cli.options import import_options, reading_options, target_option
from assetpkg.cli.outputs import note, tell
from assetpkg.cli.parameters import Somewhere
from assetpkg.errors import InvalidOption


@door.command
@target_option(required=True)
@click.option("--state", type=Somewhere(), metavar="FILE.db", help="Remember everything in this file, also for later.")
@click.option("--reset", is_flag=True, help="Begin anew with TARGET, and forget what FILE.db has.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 is any free port.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Listen here; all but this machine need a token."
)
@click.option(
    "--token-variable", metavar="NAME", help="The environment variable with the token that each call must have."
)
@click.option(
    "--status", type=click.IntRange(400, 499), default=403, show_default=True, help="The status of a refusal."
)
@click.option("--partial", is_flag=True, help="An import that fails has done what has no conflict.")
@click.option("--fault", multiple=True, metavar="NAME=VALUE", help="A failure on request, such as slow_jobs=5.")
@import_options(
    "The mode of an import that does not say.",
    "The prefix of an import that does not say.",
    "For imports that do not say: update data sources that exist.",
)
@reading_options
def command(
    call: Call,
    *,
    state: str | None,
    reset: bool,
    port: int,
    address: str,
    token_variable: str | None,
    status: int,
    partial: bool,
    fault: tuple[str, ...],
) -> int:
    """Serve the asset interfaces on this machine, as a stand-in for the instance TARGET; Ctrl-C ends it.

    An import does to the stand-in what "assetpkg plan" says and "assetpkg apply" writes. See "assetpkg help simulator".

    Exit status: 130 or 143 after the signal that ended it, 2 it could not run.
    """
    from assetpkg.simulator.emulator import NEEDED

    try:
        from assetpkg.simulator.server import arrange, run
    except ImportError:
        raise InvalidOption(NEEDED) from None
    arranged = arrange(
        call.read_target(),
        usual=call.options,
        settings=(call.settings.reading_limits, call.settings.names_encoding, call.layouts),
        state=state,
        reset=reset,
        place=(address, port),
        token=None if token_variable is None else _token(token_variable),
        status=status,
        partial=partial,
        faults=fault,
    )
    ended = run(arranged, note, lambda where: tell(f"{where.told}\n", None))
    if ended:
        # It has ended the server, also where the caller has the program ignore it, as shells do in the background.
        if signal.getsignal(ended) is signal.SIG_IGN:
            signal.signal(ended, signal.SIG_DFL)
            heed_signals()
        signal.raise_signal(ended)
    return OK


def _token(variable: str) -> str:
    """Return the token in an environment variable; raises `InvalidOption` where there is none."""
    token = os.environ.get(variable)
    if not token:
        raise InvalidOption(f"--token-variable: the environment variable '{variable}' is not set, or is empty")
    return token
