"""Adapt files that commands read and draft: a draft is whole or not at all, and never over a file that is there."""

import os
from functools import partial
from typing import TYPE_CHECKING

import click

from assetpkg.archive.temporaries import when_written
from assetpkg.cli.outputs import note
from assetpkg.diagnostics.sentences import plural
from assetpkg.errors import CannotWrite

if TYPE_CHECKING:
    from assetpkg.authoring.adapt.reading import Adapting
    from assetpkg.simulation.plan import Plan


def read_adapting(path: str) -> "Adapting":
    """Return the adapt file by which packages are planned, and say that there is one; raises as `read_adapt` does."""
    from assetpkg.authoring.adapt.reading import read_adapt

    adapting = read_adapt(path)
    note(f"planned as {path} adapts it, which is what 'assetpkg adapt' writes")
    return adapting


def refuse_draft(path: str, *, adapt: str | None, several: bool) -> None:
    """Raise for a draft that cannot be made, or would take the place of a file, before anything is read."""
    if adapt is not None:
        raise click.UsageError("--write-adapt drafts a new file, and excludes --adapt.")
    if several:
        raise click.UsageError("--write-adapt is for one package.")
    if not path.lower().endswith(".toml"):
        raise click.UsageError(f"--write-adapt: an adapt file ends in .toml, unlike '{path}'.")
    if os.path.lexists(path):
        raise CannotWrite(f"'{path}' is there already, and may be reviewed; name another file, or delete it")


def write_draft(path: str, plan: "Plan") -> None:
    """Write the draft that a plan leads to; raises `CannotWrite`."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.simulation.drafting import draft_adapt

    draft = draft_adapt(plan)
    write_file(path, [draft.text.encode()])
    places = plural(draft.left_open, "place")
    told = f"{path} is written: fill in {places}, read the rest, and use it with --adapt and 'assetpkg adapt --with'"
    when_written(partial(note, told))
