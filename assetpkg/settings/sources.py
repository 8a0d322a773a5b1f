"""The settings of one call: the words of its options, over the environment, over the project's file."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assetpkg.errors import InvalidOption, nearest
from assetpkg.settings.file import find_settings, read_settings, read_table, refuse_credentials
from assetpkg.settings.settings import SETTINGS, Settings
from assetpkg.settings.table import VARIABLES

CONFIG_VARIABLE = f"{VARIABLES}CONFIG"
_OF_TESTS = frozenset({f"{VARIABLES}TESTS"})
"""What our own tests read."""
_IN_GITLAB = "GITLAB_CI"
"""The variable that every job in GitLab has."""
_OF_GITLAB = frozenset(f"{VARIABLES}{name}" for name in ("SOURCE", "COMMAND", "PACKAGES", "TARGET", "MODE", "PREFIX"))
"""What our template for GitLab makes options of. Elsewhere they do nothing, and who sets one should know."""


def settle(
    words: Mapping[str, Sequence[str]],
    *,
    config: str | None = None,
    no_config: bool = False,
    start: Path = Path(),
) -> Settings:
    """Return what holds for one call: the `words` of its options, over the environment, over the project's file.

    `config` names that file, `no_config` says that there is none; otherwise it is looked for from the folder `start`
    upward. Raises `CannotRead` for a file that is not there or is not TOML, and `InvalidOption` for what no setting can
    be. Codes that only a plug-in can have are looked at when it is loaded.
    """
    config = config or os.environ.get(CONFIG_VARIABLE)
    file = Settings() if no_config else read_settings(Path(config)) if config else find_settings(start)
    settled = parse_words(words).over(read_environment(os.environ)).over(file)
    if not settled.plugins:
        settled.refuse_doubts()
    return settled


def read_environment(environment: Mapping[str, str]) -> Settings:
    """Read the variables `ASSETPKG_SELECT` and so on; empty ones and those of no setting are as if not there.

    Raises `InvalidOption` with the name of the variable.
    """
    table = {}
    for key, row in SETTINGS.items():
        value = environment.get(row.variable) if row.words else None
        if value:
            table[key] = _said(key, [value], f"{row.variable}: ", separator=row.separator)
    return read_table(table, lambda key: f"{SETTINGS[key].variable}: ")


def find_ignored(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that is meant for assetpkg, to judge by its name, and that nothing reads."""
    named = [name for name, value in environment.items() if value and name.startswith(VARIABLES)]
    if not named:
        return
    rows = {row.variable: row for row in SETTINGS.values()}
    read = {CONFIG_VARIABLE, *(name for name, row in rows.items() if row.words)}
    others = _OF_TESTS | _OF_GITLAB if environment.get(_IN_GITLAB) else _OF_TESTS
    # Their common beginning would make any two of them alike.
    words = {name.removeprefix(VARIABLES): name for name in read}
    for name in sorted(set(named) - read - others):
        why = "assetpkg does not know it"
        if name in rows:
            why = "this setting can only be in a file"
        elif found := nearest(name.removeprefix(VARIABLES), words):
            why += f"; did you mean '{words[found]}'?"
        yield f"the environment variable {name} is ignored: {why}"


def parse_words(words: Mapping[str, Sequence[str]]) -> Settings:
    """Read options as the command line has them, each a list of words; raises `InvalidOption`."""
    table = {key: _said(key, given, f"--{SETTINGS[key].flag}: ") for key, given in words.items() if given}
    return read_table(table, lambda key: f"--{SETTINGS[key].flag}: ")


def _said(key: str, words: Sequence[str], where: str, *, separator: str = "") -> Any:
    """Return what a file would say, if no word contains a credential: that is looked for before any is cut."""
    row = SETTINGS[key]
    if row.words is None:
        raise InvalidOption(f"{where}this setting can only be in a file")
    try:
        refuse_credentials(list(words))
        return row.words(row, [part for word in words for part in word.split(separator)] if separator else words)
    except InvalidOption as error:
        raise InvalidOption(f"{where}{error}") from None
