"""What a command reads is kept from what it writes: nothing is written over an input, into it, or around it.

A parameter of the type `Input` names what is read, and an `OutputOption` what is written, however they are called.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.parameters import Input, OutputOption
from assetpkg.errors import CannotWrite
from assetpkg.settings.settings import SETTINGS

if TYPE_CHECKING:
    from assetpkg.settings.settings import Settings
    from assetpkg.settings.targets import NamedTarget

_SETTINGS = "the file with the settings"


def protect_inputs(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> None:
    """Raise `CannotWrite` where an output would take the place of an input, or change it; before anything is read."""
    outputs = _outputs(parameters, given)
    for output, replaces in outputs:
        searched = [path for path in _searched(parameters, given) if _is_beside_packages(output, path)]
        inputs = _inputs(parameters, given)
        refuse_inputs(output, ((path, what) for path, what in inputs if what != replaces and path not in searched))
    files = [output for output, _ in outputs if output != STANDARD_STREAM]
    places = [_place_of(output) for output in files]
    for number, output in enumerate(files):
        if places[number] in places[:number]:
            raise CannotWrite(f"'{output}' is named for two outputs; name another place for one of them")


def protect_settings(
    parameters: Sequence[click.Parameter], given: Mapping[str, Any], settings: "Settings", named: "NamedTarget | None"
) -> None:
    """Raise `CannotWrite` where an output would take the place of a file that the settings name.

    These are the project's own schemas, layouts and baseline, and the target of this call, if it is given by its name.
    """
    for output, replaces in _outputs(parameters, given):
        baseline = SETTINGS["baseline"].what
        refuse_inputs(output, [(settings.baseline, baseline)] if settings.baseline and replaces != baseline else ())
        refuse_inputs(output, [(named.snapshot, "the target")] if named else ())
        refuse_inputs(output, [(named.adapt, "the adapt file")] if named and named.adapt else ())
        places = (str(settings.folder / path) for path in settings.schemas.values())
        refuse_inputs(output, ((place, "a schema of the settings") for place in places))
        refuse_inputs(output, ((path, "a layout file") for path in settings.layouts.values()))
        # Of a folder of another layout, every file may be a part.
        searched = _searched(parameters, given) if settings.layouts else ()
        refuse_inputs(output, ((path, "the package") for path in searched))


def refuse_inputs(output: str, inputs: Iterable[tuple[str, str]]) -> None:
    """Raise `CannotWrite` for an `output` that is one of the `inputs`, lies in one or holds one.

    An input is a path, `-` for standard input, and what it is in words. Links, hard or symbolic, are the file that
    they lead to. What is neither a file nor a folder, as a terminal, is nobody's input alone.
    """
    if output == STANDARD_STREAM or "\0" in output:
        return
    for path, what in inputs:
        how = _relation(output, path)
        if how is not None:
            raise CannotWrite(f"'{output}' {how} {what} itself; name another place")


def _outputs(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the paths of the outputs, each with the input that it may take the place of, in words.

    One option may name several, each with its format.
    """
    options = ((each, given.get(each.name or "")) for each in parameters if isinstance(each, OutputOption))
    return [
        (path, option.replaces)
        for option, value in options
        for path in ([value] if isinstance(value, str) else [each.path for each in value or ()])
        if path
    ]


def _place_of(output: str) -> str:
    """Return where a file will be: a link is replaced where it is."""
    return str(Path(os.path.realpath(Path(output).parent), Path(output).name))


def _inputs(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from assetpkg.settings.file import OWN_FILE, SHARED_FILE
    from assetpkg.settings.sources import CONFIG_VARIABLE

    for each in parameters:
        if isinstance(each.type, Input):
            value = given.get(each.name or "") or ()
            values = (value,) if isinstance(value, str) else value
            yield from ((each.type.place_in(one), each.type.what) for one in values)
    files = [os.environ.get(CONFIG_VARIABLE, "")]
    # Whichever of them it is that has the settings: none is for a report to replace.
    files += [str(folder / name) for folder in (Path(), *_above()) for name in (OWN_FILE, SHARED_FILE)]
    yield from ((path, _SETTINGS) for path in files if path)


def _searched(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> Iterator[str]:
    for each in parameters:
        if isinstance(each.type, Input) and each.type.searched:
            yield from given.get(each.name or "") or ()


def _is_beside_packages(output: str, folder: str) -> bool:
    """Say whether an output in a folder that is searched for packages is none of them, and in none of them."""
    from assetpkg.package.layout import OWN

    place, root = Path(_place_of(output)), Path(os.path.realpath(folder))
    if not root.is_dir() or place.suffix.lower() == ".zip" or place.name == OWN.manifest:
        return False
    inside = [above for above in place.parents if above.is_relative_to(root)]
    return bool(inside) and not any((above / OWN.manifest).exists() for above in inside)


def _above() -> Iterator[Path]:
    try:
        yield from Path.cwd().parents
    except OSError:
        return  # the current folder is gone


def _relation(output: str, path: str) -> Literal["is", "lies in", "holds"] | None:
    known = _status(path)
    if known is None or not (stat.S_ISREG(known.st_mode) or stat.S_ISDIR(known.st_mode)):
        return None
    # A link is replaced where it is, and stands for what it leads to.
    places = {Path(os.path.realpath(output)), Path(os.path.realpath(Path(output).parent), Path(output).name)}
    if any(_is(place, known) for place in places):
        return "is"
    if stat.S_ISDIR(known.st_mode) and any(_is(above, known) for place in places for above in place.parents):
        return "lies in"
    written = _status(output)
    if path == STANDARD_STREAM or written is None or not stat.S_ISDIR(written.st_mode):
        return None
    return "holds" if any(_is(above, written) for above in Path(os.path.realpath(path)).parents) else None


def _is(place: Path, known: os.stat_result) -> bool:
    status = _status(str(place))
    return status is not None and os.path.samestat(status, known)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.fstat(sys.stdin.fileno()) if path == STANDARD_STREAM else Path(path).stat()
    except (OSError, ValueError):
        return None  # it is not there, which is for who reads or writes it to say
