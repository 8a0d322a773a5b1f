"""`assetpkg setup`."""

import click

from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.outputs import deliver
from assetpkg.cli.parameters import Words
from assetpkg.cli.setup import PIECES, text_for


@door.command
@click.argument("name", required=False, type=Words(PIECES), metavar="[NAME]")
def command(call: Call, name: str | None) -> int:
    """Print what to put where to use assetpkg in a shell, an editor, a hook or a pipeline, or list what there is.

    Nothing is changed: the text goes to standard output, and begins with a comment that says where to put it.

    Exit status: 0 printed, 2 it could not run.
    """
    del call
    if name is None:
        width = max(map(len, PIECES))
        deliver("".join(f"{each:<{width}}  {title}\n" for each, title in PIECES.items()), None)
    else:
        deliver(text_for(name, click.get_current_context().find_root().command), None)
    return OK
