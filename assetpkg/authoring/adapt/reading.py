"""Adapt files as they come in: TOML, held against the declaration, and without a literal credential."""

import datetime as dt
import math
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

from assetpkg.archive.read_file import read_file
from assetpkg.authoring.adapt.declaration import (
    ADAPT_FORMAT,
    FILL_IN,
    AdaptFile,
    ResourceChange,
    is_open,
    variable_in,
)
from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.words import names_secret
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.kinds import KINDS, no_kind
from assetpkg.layouts.tables import declared, parse_toml, shaped
from assetpkg.limits import LARGEST_SETTINGS
from assetpkg.resource.naming import has_own_name

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NO_LITERAL = 'no adapt file may contain one; write the name of an environment variable instead, { env = "NAME" }'
_OF_DECISION = {
    "name": ("rename", "keep-target"),
    "id": ("keep-target",),
    "accept": ("accept", "rename"),
    "values": ("accept", "rename", FILL_IN, None),
}
"""What a resource may have beside which decision."""
_NEEDS = {"rename": "name", "accept": "accept"}


class Adapting(NamedTuple):
    """An adapt file, and what messages call it."""

    file: AdaptFile
    origin: str = "the adapt file"


def read_adapt(path: str | os.PathLike[str]) -> Adapting:
    """Read the adapt file at `path`.

    Raises `CannotRead` for a file that is not there or is not TOML, and `InvalidOption` for one that is not an adapt
    file, or has a credential, which is not shown.
    """
    return parse_adapt(read_file(path, LARGEST_SETTINGS), str(path))


def parse_adapt(content: bytes, origin: str) -> Adapting:
    """Read an adapt file from its bytes; `origin` is what messages call it. Raises as `read_adapt` does."""
    table = parse_toml(content, origin)
    try:
        return Adapting(adapt_file_of(table), origin)
    except InvalidOption as error:
        raise InvalidOption(f"{origin}: {error}") from None
    except RecursionError:
        raise CannotRead(f"{origin} is nested too deeply") from None


def adapt_file_of(table: Mapping[str, Any]) -> AdaptFile:
    """Return the adapt file that a table declares; raises `InvalidOption` with the first thing that is wrong."""
    _refuse_literals(table)
    resources = table.get("resources")
    for address, change in resources.items() if isinstance(resources, dict) else ():
        if isinstance(change, dict):
            shaped(ResourceChange, change, f"resources.'{address}': ")
    file = declared(AdaptFile, table, ADAPT_FORMAT, "an adapt file")
    _check_prefix(file)
    for address, change in file.resources.items():
        _check(change, f"resources.'{address}'")
    return file


def adapting_of(known: "AdaptFile | Adapting | str | os.PathLike[str] | None") -> Adapting:
    """Return the adapt file itself, or that at a path, or one that changes nothing; raises as `read_adapt` does."""
    if known is None:
        return Adapting(AdaptFile(format="assetpkg-adapt/1"), "the prefix")
    if isinstance(known, AdaptFile):
        return Adapting(known)
    return known if isinstance(known, Adapting) else read_adapt(known)


def _refuse_literals(table: Mapping[str, Any]) -> None:
    """Raise `InvalidOption` for a text that is a credential by its form, or by what it is called."""
    for where, text in _texts(table, ""):
        if mask_line(text) != text:
            raise InvalidOption(f"{where or 'a key'} has a credential, and {_NO_LITERAL}")
    resources = table.get("resources")
    for address, change in resources.items() if isinstance(resources, dict) else ():
        values = change.get("values") if isinstance(change, dict) else None
        for pointer, value in values.items() if isinstance(values, dict) else ():
            *_, last = split_pointer(pointer) or [pointer]
            for key, child in ((last, value), *_members(value)):
                if _is_literal(key, child):
                    raise InvalidOption(f"resources.'{address}': '{pointer}' is a credential, and {_NO_LITERAL}")


def _is_literal(key: str, value: Any) -> bool:
    return variable_in(value) is None and not is_open(value) and names_secret(key, value) and is_credential(value)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every member below a value."""
    if isinstance(value, dict) and variable_in(value) is None:
        for key, child in value.items():
            yield key, child
            yield from _members(child)
    elif isinstance(value, list):
        for child in value:
            yield from _members(child)


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield every text, keys as well, with where it is."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield where, key
            yield from _texts(child, f"{where}.'{mask_line(key)}'" if where else mask_line(key))
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child, where)


def _check_prefix(file: AdaptFile) -> None:
    for word in file.kinds:
        if word not in KINDS:
            raise InvalidOption(f"kinds: {no_kind(word)}")
        if not has_own_name(KINDS[word]):
            raise InvalidOption(
                f"kinds: a {KINDS[word].title} has no name of its own that a prefix could be put before"
            )


def _check(change: ResourceChange, where: str) -> None:
    """Raise `InvalidOption` for what no class can say."""
    for key, decisions in _OF_DECISION.items():
        if getattr(change, key) and change.decision not in decisions and change.decision != FILL_IN:
            words = " or ".join(f'"{word}"' for word in decisions if word not in {None, FILL_IN})
            words += " or none" if None in decisions else ""
            found = "without a decision" if change.decision is None else f'with the decision "{change.decision}"'
            _refuse(where, f"{key} means nothing {found}; it needs {words}")
    needed = _NEEDS.get(change.decision or "")
    if needed is not None and not getattr(change, needed):
        what = "its new name" if needed == "name" else 'the code of a rule and a reason, accept = { IMP021 = "…" }'
        _refuse(where, f'the decision "{change.decision}" needs {needed}, {what}')
    for code, reason in change.accept.items():
        _check_code(code, where)
        if not reason.strip():
            _refuse(where, f"accept: {code} needs a reason")
    for pointer, value in change.values.items():
        if not pointer.startswith("/"):
            _refuse(where, f"values: '{pointer}' is not a JSON pointer; write '/{pointer}'")
        _check_value(f"{where}: '{pointer}'", value)
    for pointer in change.values:
        steps = split_pointer(pointer)
        above = (join_pointer(steps[:depth]) for depth in range(1, len(steps)))
        whole = next((each for each in above if each in change.values), None)
        if whole is not None:
            _refuse(where, f"values: '{pointer}' is inside of '{whole}', which gets another value as a whole")


def _check_code(code: str, where: str) -> None:
    from assetpkg.rules import catalogue
    from assetpkg.rules.plugins import may_be_of_a_plugin

    if code not in catalogue() and not may_be_of_a_plugin(code):
        _refuse(where, f"accept: no rule has the code '{code}'{near(code, catalogue())}")


def _check_value(where: str, value: Any) -> None:
    variable = variable_in(value)
    if variable is not None:
        if variable != FILL_IN and not _VARIABLE.fullmatch(variable):
            raise InvalidOption(f"{where}: an environment variable cannot be named '{variable}'")
        return
    if isinstance(value, (dict, list)):
        for child in value.values() if isinstance(value, dict) else value:
            _check_value(where, child)
    elif isinstance(value, (dt.date, dt.time)):
        raise InvalidOption(f"{where}: a date of TOML is not JSON; write it as a text, in quotes")
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidOption(f"{where}: {value} is not JSON")


def _refuse(where: str, sentence: str) -> NoReturn:
    raise InvalidOption(f"{where}: {sentence}")
