"""What a command reads is named by these parameters, and what it writes by those; the one is kept from the other."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetpkg.cli.sparing import refuse_inputs

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings

INPUTS: Mapping[str, str] = {
    "package": "the package",
    "packages": "the package",
    "folder": "the package",
    "target": "the target",
    "plan": "the saved plan",
    "job": "the job",
    "config": "the file with the settings",
}
"""The parameters of commands that name what is read, and what it is in words."""
OUTPUTS = ("output", "product")
"""The parameters that name what is written."""


def spare_inputs(options: Mapping[str, Any]) -> None:
    """Raise `CannotWrite` where an output would take the place of an input, or change it; before anything is read."""
    for output in _outputs(options):
        refuse_inputs(output, _inputs(options))


def spare_schemas(options: Mapping[str, Any], settings: "Settings") -> None:
    """Raise `CannotWrite` where an output would take the place of one of the project's own schemas."""
    for output in _outputs(options):
        places = (str(settings.folder / path) for path in settings.schemas.values())
        refuse_inputs(output, ((place, "a schema of the settings") for place in places))


def _outputs(options: Mapping[str, Any]) -> list[str]:
    return [options[name] for name in OUTPUTS if options.get(name)]


def _inputs(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from assetpkg.settings.settings import OWN_FILE, SHARED_FILE
    from assetpkg.settings.sources import CONFIG_VARIABLE

    for name, what in INPUTS.items():
        given = options.get(name)
        yield from ((path, what) for path in ((given,) if isinstance(given, str) else given or ()))
    files = [os.environ.get(CONFIG_VARIABLE, "")]
    # Whichever of them it is that has the settings: none is for a report to replace.
    files += [str(folder / name) for folder in (Path(), *_above()) for name in (OWN_FILE, SHARED_FILE)]
    yield from ((path, INPUTS["config"]) for path in files if path)


def _above() -> Iterator[Path]:
    try:
        yield from Path.cwd().parents
    except OSError:
        return  # the current folder is gone
