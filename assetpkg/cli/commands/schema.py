"""`assetpkg schema`."""

import click

from assetpkg.cli.options import OK, deliver, output_option


@click.command("schema")
@click.argument("name", required=False, metavar="[KIND]")
@output_option
def command(name: str | None, output: str | None) -> int:
    """Print a published JSON Schema, or list their names.

    There is one for each KIND of resource, for the manifest, the snapshot, and every JSON output. An editor
    completes and checks the files of a package with them.
    """
    from assetpkg.json_schema.published import published_names, published_schema

    deliver("".join(f"{known}\n" for known in published_names()) if name is None else published_schema(name), output)
    return OK
