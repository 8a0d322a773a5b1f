"""What no command takes, whatever it does: an empty path, a word that is not UTF-8, and two inputs in one stream.

`pathlib` takes an empty path for the current folder, so that a variable that is not set would name it. A word becomes
part of a name or of a document; the name of a file may have any bytes, and stays as it is. Standard input is at its end
when the first input has been read from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from click.core import ParameterSource

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.parameters import Input, SettingOption, Somewhere
from assetpkg.errors import InvalidOption, refuse_not_utf8


def refuse_unusable(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> None:
    """Raise `InvalidOption` for a value that was given, is meant as a path and is empty, or is a word and not UTF-8.

    So it does for standard input in the place of several inputs.
    """
    context = click.get_current_context()
    for each in parameters:
        if context.get_parameter_source(each.name or "") is ParameterSource.DEFAULT:
            continue
        is_path = isinstance(each.type, Somewhere | click.Path)
        for value in _texts(given.get(each.name or "")):
            if not is_path:
                refuse_not_utf8(_name_of(each), value)
            elif _is_empty(each, value):
                raise InvalidOption(
                    f"{_name_of(each)}: the path is empty; name a file or a folder (is the variable set that it is"
                    " made of?)"
                )
    _refuse_one_for_two(parameters, given)


def _refuse_one_for_two(parameters: Sequence[click.Parameter], given: Mapping[str, Any]) -> None:
    readers = [
        _name_of(each)
        for each in parameters
        if isinstance(each.type, Input)
        for value in _texts(given.get(each.name or ""))
        if each.type.place_in(value) == STANDARD_STREAM
    ]
    if len(readers) > 1:
        raise InvalidOption(
            f"standard input can be one input only, and '-' is given {len(readers)} times"
            f" ({', '.join(dict.fromkeys(readers))}); name a file or a folder instead"
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (each for each in value if isinstance(each, str))


def _is_empty(parameter: click.Parameter, value: str) -> bool:
    """Say whether the path in a value is empty; for a setting that means that there is none."""
    if isinstance(parameter, SettingOption):
        return False
    return not (parameter.type.place_in(value) if isinstance(parameter.type, Input) else value)


def _name_of(parameter: click.Parameter) -> str:
    """Return how the page of a command calls a parameter, without the signs for how often it may be given."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[].")
