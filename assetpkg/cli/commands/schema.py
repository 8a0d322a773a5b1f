"""`assetpkg schema`."""

from pathlib import Path

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli import door
from assetpkg.cli.call import Call
from assetpkg.cli.exits import OK
from assetpkg.cli.outputs import deliver, note
from assetpkg.cli.parameters import SHOW, Offered, OutputOption


@door.command
@click.argument("name", required=False, type=Offered("schema"), metavar="[KIND]")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="All of them: as one document, each under its name in $defs, or as a folder.",
)
@click.option(
    "-o",
    "--output",
    cls=OutputOption,
    group=SHOW,
    type=click.Path(),
    help="Write to this file, completely or not at all; with --all, into this new folder.",
)
def command(call: Call, name: str | None, *, everything: bool) -> int:
    """Print a published JSON Schema, or list their names.

    There is one for each KIND of resource, for the manifest, the snapshot, the settings, and every JSON output. An
    editor completes and checks the files of a package with them.

    'assetpkg schema --all --output .schemas' writes each into a file of a new folder, with catalog.json, the list of
    them; a name that ends in .json is a file with all of them.
    """
    from assetpkg.json_schema.published import published_bundle, published_names, published_schema

    if everything and name is not None:
        raise click.UsageError("--all takes no name.")
    if everything and call.output not in (None, STANDARD_STREAM) and Path(call.output or "").suffix.lower() != ".json":
        _put_folder(call.output or "")
        return OK
    names = "".join(f"{known}\n" for known in published_names())
    text = published_bundle() if everything else names if name is None else published_schema(name)
    deliver(text, call.output)
    return OK


def _put_folder(output: str) -> None:
    """Write all schemas as a new folder, whole or not at all; raises `CannotWrite`."""
    from assetpkg.archive.archive import Archive
    from assetpkg.archive.write_folder import write_folder
    from assetpkg.json_schema.published import published_files

    files = published_files()
    write_folder(output, Archive.from_contents(files, origin="the schemas"), private=False)
    note(f"{output}: {len(files) - 1} schemas, and catalog.json, the list of them")
