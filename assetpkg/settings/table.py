"""What a setting is, how a file writes it, and how the words of the command line and the environment become that."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assetpkg.archive import NAMES_ENCODINGS
from assetpkg.diagnostics.model import THRESHOLDS, Severity
from assetpkg.errors import InvalidOption, meant

if TYPE_CHECKING:
    from assetpkg.rules.allows import Allow
    from assetpkg.rules.plugins import Plugins
    from assetpkg.rules.team_plan import PlanRule
    from assetpkg.settings.targets import NamedTarget

_ROW = "setting"
VARIABLES = "ASSETPKG_"
"""How the names of all environment variables for assetpkg begin."""
NEVER: Literal["never"] = "never"
"""The threshold that no finding reaches."""
FAIL_ON = (*THRESHOLDS, NEVER)
"""From what severity on a command fails, or that it never does."""
MOST_JOBS = 60
"""How many processes may be asked for; Windows can wait for a few more at a time."""
_DIGITS = 9

# What reads a value is imported when there is one: the page of a command needs none of it.


def _over(above: Any, below: Any) -> Any:
    """Lay a value over a lower one: a table replaces only the entries that it has itself, anything else the whole."""
    if isinstance(below, Mapping):
        return {**below, **above}
    return below if above is None else above


class Setting(NamedTuple):
    """A row of the table of settings: all that is known of one, in every place that it may be said.

    `read` makes of the value in a file that of `Settings`, and raises `InvalidOption`. The command line and the
    environment have it, too, where there is `words`, which makes of their words what a file would say; `option` is the
    name there if it is not the key. `metavar` is the shape of one word; `choices` are all that there are; an option
    with neither is a switch. `what` is what a file that is named is, in words: no output may replace it. In an
    environment variable `separator` is between two words. `lay` lays a value over that of a lower source. `title` says
    what it does, `example` is a line of a file.
    """

    key: str
    title: str
    example: str
    read: Callable[[Any], Any]
    option: str = ""
    words: Callable[["Setting", Sequence[str]], Any] | None = None
    metavar: str | None = None
    choices: Sequence[str] = ()
    what: str = ""
    separator: str = ""
    lay: Callable[[Any, Any], Any] = _over
    field: str = ""

    @property
    def flag(self) -> str:
        """The option of the command line, without its dashes."""
        return self.option or self.key

    @property
    def takes_one(self) -> bool:
        """Whether the command line has one word for it, and no list."""
        return self.words in (last_word, last_number, switched)

    @property
    def variable(self) -> str:
        """The name of the environment variable."""
        return f"{VARIABLES}{self.key.replace('-', '_').upper()}"


def row(key: str, title: str, example: str, read: Callable[[Any], Any], **rest: Any) -> Mapping[str, Setting]:
    """Return the row of a setting as what the field of `Settings` is known by."""
    return {_ROW: Setting(key, title, example, read, **rest)}


def settings_of(fields: Iterable[Field[Any]]) -> Mapping[str, Setting]:
    """Return the rows of the fields that are settings, by their keys."""
    rows = [each.metadata[_ROW]._replace(field=each.name) for each in fields if _ROW in each.metadata]
    return MappingProxyType({row.key: row for row in rows})


def lay_severities(above: Mapping[str, Severity], below: Mapping[str, Severity]) -> Mapping[str, Severity]:
    """Lay severities over lower ones: one for a prefix replaces those for everything that begins with it."""
    prefixes = tuple(above)
    return {**{prefix: level for prefix, level in below.items() if not prefix.startswith(prefixes)}, **above}


# How the value in a file is read.


def read_codes(value: Any) -> Any:
    """Read a list of prefixes of codes."""
    from assetpkg.rules.codes import parse_codes

    return parse_codes(_list(value))


def read_threshold(value: Any) -> Severity | Literal["never"]:
    """Read the least severity that makes a command fail, or that none does."""
    if value not in FAIL_ON:
        raise InvalidOption(f"write one of {', '.join(FAIL_ON)}, not {value!r}{meant(str(value), FAIL_ON)}")
    return NEVER if value == NEVER else Severity(value)


def read_severities(value: Any) -> Mapping[str, Severity]:
    """Read a table of severities by prefixes of codes."""
    from assetpkg.rules.policy import parse_severities

    return parse_severities(_strings(value))


def read_kinds(value: Any) -> Any:
    """Read a table of prefixes of codes by kinds."""
    from assetpkg.rules.policy import parse_kinds

    return parse_kinds(_lists(value))


def read_patterns(value: Any) -> Any:
    """Read a table of prefixes of codes by patterns for entries."""
    from assetpkg.rules.policy import parse_patterns

    return parse_patterns(_lists(value))


def read_assumptions(value: Any) -> Mapping[str, str]:
    """Read a table of answers to open questions."""
    from assetpkg.planning.assumptions import complete_assumptions

    chosen = _strings(value)
    complete_assumptions(chosen)
    return chosen


def read_limits(value: Any) -> Mapping[str, int]:
    """Read a table of limits."""
    from assetpkg.limits import parse_limits

    if not isinstance(value, dict):
        raise InvalidOption("write a table of limits")
    return parse_limits(value)


def read_jobs(value: Any) -> int:
    """Read how many processes there may be."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_JOBS:
        raise InvalidOption(f"write a number of processes, from 1 to {MOST_JOBS}, not {value!r}")
    return value


def read_encoding(value: Any) -> str:
    """Read the name of an encoding."""
    word = value.lower().replace("_", "-") if isinstance(value, str) else value
    if word not in NAMES_ENCODINGS:
        near = meant(str(value), NAMES_ENCODINGS)
        raise InvalidOption(f"write one of {', '.join(NAMES_ENCODINGS)}, not {value!r}{near}")
    return str(word)


def read_switch(value: Any) -> bool:
    """Read true or false."""
    from assetpkg.rules import tables

    return tables.read_switch(value)


def read_plan_rules(value: Any) -> "tuple[PlanRule, ...]":
    """Read a list of tables, each what a team asks of plans."""
    from assetpkg.rules.team_plan import parse_plan_rules

    return parse_plan_rules(value)


def read_plugins(value: Any) -> "Plugins":
    """Read a list of names of modules, none of which is loaded for that."""
    from assetpkg.rules.plugins import parse_plugins

    return parse_plugins(_list(value))


def read_schema_files(value: Any) -> Mapping[str, str]:
    """Read a table of the files of schemas by kinds."""
    from assetpkg.kinds import parse_kind

    return {parse_kind(kind): path for kind, path in _strings(value).items()}


def read_allows(value: Any) -> "tuple[Allow, ...]":
    """Read a list of tables, each what of the findings is accepted."""
    from assetpkg.rules.allows import parse_allows

    return parse_allows(value)


def read_baseline_file(value: Any) -> str:
    """Read the path of a baseline; an empty one is none."""
    if not isinstance(value, str):
        raise InvalidOption("write the path of a file")
    if value and not value.lower().endswith(".json"):
        raise InvalidOption(f"a baseline ends in .json, unlike '{value}'")
    return value


def read_named_targets(value: Any) -> "Mapping[str, NamedTarget]":
    """Read a table of targets by their names."""
    from assetpkg.settings.targets import read_targets

    return read_targets(value)


def read_layout_files(value: Any) -> Mapping[str, str]:
    """Read a table of layout files by names of your own."""
    files = _strings(value)
    for file in files.values():
        if not file.lower().endswith(".toml"):
            raise InvalidOption(f"a layout file ends in .toml, unlike '{file}'")
    return files


def _list(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidOption("write a list of strings")
    return value


def _strings(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise InvalidOption("write a table of strings")
    return value


def _lists(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise InvalidOption("write a table with lists of rule codes")
    return {name: _list(item) for name, item in value.items()}


# How words become what a file would say.


def all_words(_: Setting, words: Sequence[str]) -> list[str]:
    """Take every word."""
    return list(words)


def last_word(_: Setting, words: Sequence[str]) -> str:
    """Take the last word."""
    return words[-1]


def last_number(_: Setting, words: Sequence[str]) -> int | str:
    """Take the last word for a number, where it is one."""
    return int(words[-1]) if words[-1].isascii() and words[-1].isdecimal() and len(words[-1]) <= _DIGITS else words[-1]


def switched(_: Setting, words: Sequence[str]) -> bool | str:
    """Take the last word for true or false, where it is one."""
    return {"true": True, "1": True, "false": False, "0": False}.get(words[-1].lower(), words[-1])


def named_by_themselves(_: Setting, words: Sequence[str]) -> dict[str, str]:
    """Take files, each under its own path."""
    return {word: word for word in words if word}


def named_values(row: Setting, words: Sequence[str]) -> dict[str, str]:
    """Take `NAME=VALUE`, several in a word with commas between."""
    parts = [part for word in words for part in word.split(",") if part.strip()]
    return dict(_split(part, "=", row) for part in parts)


def named_codes(row: Setting, words: Sequence[str]) -> dict[str, list[str]]:
    """Take `PATTERN:CODES`."""
    found: dict[str, list[str]] = {}
    for word in filter(str.strip, words):
        name, codes = _split(word, ":", row)
        found.setdefault(name, []).append(codes)
    return found


def _split(word: str, sign: str, row: Setting) -> tuple[str, str]:
    name, found, value = word.rpartition(sign)
    if not found:
        raise InvalidOption(f"write {row.metavar}, not '{word}'")
    return name.strip(), value.strip()
