"""Named targets: where a team imports to, and how, under one word."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from assetpkg.archive import STANDARD_STREAM
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.rules.tables import TOML_FILE, Form, Key, read_keys, read_switch


class NamedTarget(NamedTuple):
    """A target of the project: its snapshot, and how packages are imported into it, as far as that is settled."""

    snapshot: str
    mode: str | None = None
    prefix: str | None = None
    datasource_overwrite: bool | None = None
    adapt: str | None = None

    def seen_from(self, folder: Path) -> "NamedTarget":
        """Return the same with its paths below the folder of the file that names them."""
        adapt = None if self.adapt is None else str(folder / self.adapt)
        return self._replace(snapshot=str(folder / self.snapshot), adapt=adapt)


def read_targets(value: Any) -> Mapping[str, NamedTarget]:
    """Read a table of targets, each a table, as a file with settings has them; raises `InvalidOption`."""
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise InvalidOption("write each target as a table, [targets.NAME]")
    return {_name(name): _read_target(name, table) for name, table in value.items()}


def choose_target(word: str | None, named: Mapping[str, NamedTarget]) -> NamedTarget | None:
    """Return the target that is named by `word`; `None` where it is the path of one.

    Raises `InvalidOption` for what is both, and `CannotRead` for what is neither and looks like a misspelled name.
    """
    if word is None:
        return None
    is_there = _is_there(word)
    if word in named and not is_there:
        return named[word]
    if word in named:
        raise InvalidOption(
            f"'{word}' is a target of the settings, and there is a file or folder of that name; for the file or folder,"
            f" write './{word}', or give one of them another name"
        )
    if not is_there and word == Path(word).name and not Path(word).suffix:
        raise CannotRead(f"no file or folder, and no target of the settings, is named '{word}'{_how(word, named)}")
    return None


def _how(word: str, named: Mapping[str, NamedTarget]) -> str:
    """Return which name may be meant, or else which there are, and how a target gets this one."""
    known = near(word, named) if named else ""
    if known.endswith("?"):
        return known
    # Without quotes, TOML has only letters of ASCII in a key.
    key = word if re.fullmatch("[A-Za-z0-9_-]+", word) else json.dumps(word, ensure_ascii=False)
    return f"{known}; to name a target so, put '[targets.{key}]' and 'snapshot = \"FILE\"' into assetpkg.toml"


def _is_there(word: str) -> bool:
    try:
        return word == STANDARD_STREAM or Path(word).exists()
    except (OSError, ValueError):
        return False


def _name(name: str) -> str:
    if not name.strip() or name != Path(name).name or name.startswith("-"):
        raise InvalidOption(f"a target cannot be named '{name}'; write a word that is not a path")
    return name


def _read_target(name: str, table: Mapping[str, Any]) -> NamedTarget:
    return NamedTarget(**read_keys(f"'{name}'", table, TARGET_KEYS))


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value or value == STANDARD_STREAM:
        raise InvalidOption("write the path of a file or folder")
    return value


def _adapt_file(value: Any) -> str:
    if not isinstance(value, str) or not value.lower().endswith(".toml"):
        raise InvalidOption("write the path of an adapt file, which ends in .toml")
    return value


def _mode(value: Any) -> str:
    from assetpkg.planning.options import parse_mode

    return parse_mode(value).value


def _prefix(value: Any) -> str:
    from assetpkg.planning.options import ImportOptions

    return ImportOptions(prefix=value).prefix


def _modes() -> Form:
    from assetpkg.planning.options import Mode

    return {"type": "string", "enum": [str(mode) for mode in Mode]}


TARGET_KEYS: Mapping[str, Key] = {
    "snapshot": Key(
        _path,
        "The snapshot of the instance, or another target.",
        needed="a snapshot, the path of what '--target' reads",
    ),
    "mode": Key(_mode, "The mode of the import.", _modes),
    "prefix": Key(_prefix, "The prefix of the import."),
    "datasource-overwrite": Key(
        read_switch, "Whether the import updates data sources that exist.", {"type": "boolean"}
    ),
    "adapt": Key(_adapt_file, "The adapt file by which a package is planned.", TOML_FILE),
}
"""The keys of a target; each is the field of its name."""
