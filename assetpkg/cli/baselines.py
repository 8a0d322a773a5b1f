"""Baselines as commands make them: of everything that is found now, whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assetpkg.archive.temporaries import when_written
from assetpkg.cli.outputs import note
from assetpkg.diagnostics.model import Accepted, Diagnostic
from assetpkg.diagnostics.sentences import plural

if TYPE_CHECKING:
    from assetpkg.rules.baseline import Baseline
    from assetpkg.settings.settings import Settings

FoundIn = tuple[str, Sequence[Diagnostic], Sequence[Accepted]]
"""The name of a package, what was found in it and counts, and what is accepted already."""


def refuse_name(path: str | None) -> None:
    """Raise `UsageError` for a baseline that would go to standard output, where the report goes, or not be read."""
    if path is not None and not path.lower().endswith(".json"):
        raise click.UsageError(f"--write-baseline: a baseline ends in .json, unlike '{path}'.")


def is_made_now(path: str, settings: "Settings") -> bool:
    """Say whether the baseline of the settings is not there yet, and is the one that is written to `path`."""
    known = Path(settings.baseline or "")
    return not known.exists() and known.resolve() == Path(path).resolve()


def write_baseline(path: str, made_by: Mapping[str, Any], found: Iterable[FoundIn]) -> "Baseline":
    """Write a baseline of what was found and no allow accepts, and return it; raises `CannotWrite`."""
    from assetpkg.archive.write_file import write_file
    from assetpkg.render.screen import printable_json
    from assetpkg.rules.baseline import dump_baseline, entries_for, make_baseline

    entries = [
        entry
        for name, diagnostics, accepted in found
        for entry in entries_for(name, [*diagnostics, *(each.diagnostic for each in accepted if each.by == "baseline")])
    ]
    baseline = make_baseline(made_by, entries)
    # It is shown in terminals and in reviews, as every other JSON that is written.
    write_file(path, [printable_json(dump_baseline(baseline).decode()).encode()])
    told = f"{path} is written: {plural(len(baseline.findings), 'finding is', 'findings are')} accepted from now on"
    when_written(partial(note, told))
    return baseline
