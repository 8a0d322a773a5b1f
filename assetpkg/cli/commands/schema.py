"""`assetpkg schema`."""

import click

from assetpkg.cli import door
from assetpkg.cli.door import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.options import Offered, output_option
from assetpkg.cli.outputs import deliver


@door.command
@click.argument("name", required=False, type=Offered("schema"), metavar="[KIND]")
@click.option(
    "--all", "everything", is_flag=True, help="Print all of them as one document, each under its name in $defs."
)
@output_option
def command(call: Call, name: str | None, *, everything: bool) -> int:
    """Print a published JSON Schema, or list their names.

    There is one for each KIND of resource, for the manifest, the snapshot, the settings, and every JSON output. An
    editor completes and checks the files of a package with them.
    """
    from assetpkg.json_schema.published import published_bundle, published_names, published_schema

    if everything and name is not None:
        raise click.UsageError("--all takes no name.")
    names = "".join(f"{known}\n" for known in published_names())
    text = published_bundle() if everything else names if name is None else published_schema(name)
    deliver(text, call.output)
    return OK
