"""The settings of one call: the words of its options, over the environment, over the project's file."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assetpkg.errors import InvalidOption
from assetpkg.settings.settings import Settings, find_settings, read_settings, read_table, refuse_credentials

VARIABLE = "ASSETPKG_"
"""What the names of environment variables begin with."""
CONFIG_VARIABLE = f"{VARIABLE}CONFIG"


def settle(words: Mapping[str, Sequence[str]], *, config: str | None = None, no_config: bool = False) -> Settings:
    """Return what holds for one call: the `words` of its options, over the environment, over the project's file.

    `config` names that file, `no_config` says that there is none; otherwise it is looked for. Raises `CannotRead`
    for a file that is not there or is no TOML, and `InvalidOption` for what no setting can be.
    """
    config = config or os.environ.get(CONFIG_VARIABLE)
    file = Settings() if no_config else read_settings(Path(config)) if config else find_settings(Path())
    return parse_words(words).over(read_environment(os.environ)).over(file)


def read_environment(environment: Mapping[str, str]) -> Settings:
    """Read the variables `ASSETPKG_SELECT` and so on; empty ones and those of no setting are as if not there.

    In `ASSETPKG_PER_KIND_IGNORES` and `ASSETPKG_PER_PATH_IGNORES` a semicolon stands between two. Raises
    `InvalidOption` with the name of the variable.
    """
    table = {}
    for key, read in _OPTIONS.items():
        value = environment.get(_variable(key))
        if value:
            where = f"{_variable(key)}: "
            words = _clean([value], where)
            table[key] = read(value.split(";") if key in _SEVERAL else words, where)
    return read_table(table, lambda key: f"{_variable(key)}: ")


def parse_words(words: Mapping[str, Sequence[str]]) -> Settings:
    """Read options as the command line has them, each a list of words; raises `InvalidOption`."""
    table = {}
    for key, given in words.items():
        if given:
            where = f"--{_FLAGS.get(key, key)}: "
            table[key] = _OPTIONS[key](_clean(given, where), where)
    return read_table(table, lambda _: "")


def _clean(words: Sequence[str], where: str) -> Sequence[str]:
    """Return the words, before anything is cut off them, if none holds a credential."""
    try:
        refuse_credentials(list(words))
    except InvalidOption as error:
        raise InvalidOption(f"{where}{error}") from None
    return words


def _variable(key: str) -> str:
    return VARIABLE + key.replace("-", "_").upper()


def _words(words: Sequence[str], _: str) -> list[str]:
    return list(words)


def _last(words: Sequence[str], _: str) -> str:
    return words[-1]


def _switch(words: Sequence[str], _: str) -> bool | str:
    return {"true": True, "1": True, "false": False, "0": False}.get(words[-1].lower(), words[-1])


def _named(words: Sequence[str], where: str, *, shape: str) -> dict[str, str]:
    """Read `NAME=VALUE`, several in a word with commas between."""
    parts = [part for word in words for part in word.split(",") if part.strip()]
    return dict(_split(part, "=", where, shape) for part in parts)


def _ignores(words: Sequence[str], where: str, *, shape: str) -> dict[str, list[str]]:
    """Read `PATTERN:CODES`."""
    found: dict[str, list[str]] = {}
    for word in filter(str.strip, words):
        name, codes = _split(word, ":", where, shape)
        found.setdefault(name, []).append(codes)
    return found


def _split(word: str, sign: str, where: str, shape: str) -> tuple[str, str]:
    name, found, value = word.rpartition(sign)
    if not found:
        raise InvalidOption(f"{where}write {shape}, not '{word}'")
    return name.strip(), value.strip()


_OPTIONS: Mapping[str, Callable[[Sequence[str], str], Any]] = {
    "select": _words,
    "ignore": _words,
    "fail-on": _last,
    "severity": partial(_named, shape="CODE=LEVEL"),
    "per-kind-ignores": partial(_ignores, shape="KIND:CODES"),
    "per-path-ignores": partial(_ignores, shape="PATTERN:CODES"),
    "assume": partial(_named, shape="NAME=VALUE"),
    "limits": partial(_named, shape="NAME=VALUE"),
    "assume-utf8-names": _switch,
}
"""The settings that the command line and the environment have, too: how their words become what a file would say."""
_FLAGS = {"limits": "limit"}
"""The options that are called otherwise than the setting: each is one of its entries."""
_SEVERAL = ("per-kind-ignores", "per-path-ignores")
