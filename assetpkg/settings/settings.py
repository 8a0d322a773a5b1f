"""What a project has settled for all calls, in `assetpkg.toml` or in `[tool.assetpkg]` of `pyproject.toml`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import THRESHOLDS, Severity
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.kinds import parse_kind
from assetpkg.limits import LARGEST_SETTINGS, Limits, complete_limits, parse_limits
from assetpkg.planning.assumptions import complete_assumptions
from assetpkg.rules.policy import (
    Policy,
    Prefixes,
    parse_codes,
    parse_kinds,
    parse_patterns,
    parse_severities,
    parse_severity,
)

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.rules.team_plan import PlanRule

OWN_FILE = "assetpkg.toml"
SHARED_FILE = "pyproject.toml"


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one source says, or several laid over each other; `None` and empty tables are what nobody has said.

    `folder` is the project's: that of the file, which the paths of `schemas` are relative to.
    """

    select: Prefixes | None = None
    ignore: Prefixes | None = None
    fail_on: Severity | None = None
    severities: Mapping[str, Severity] = field(default_factory=_nothing)
    per_kind: Mapping[str, Prefixes] = field(default_factory=_nothing)
    per_path: Mapping[str, Prefixes] = field(default_factory=_nothing)
    assumptions: Mapping[str, str] = field(default_factory=_nothing)
    schemas: Mapping[str, str] = field(default_factory=_nothing)
    limits: Mapping[str, int] = field(default_factory=_nothing)
    utf8_names: bool | None = None
    plan_rules: "tuple[PlanRule, ...] | None" = None
    folder: Path = Path()

    def over(self, below: "Settings") -> "Settings":
        """Return both together: a list replaces the one below, a table only the entries that it has itself.

        A severity for a prefix replaces those below for everything that begins with it.
        """
        prefixes = tuple(self.severities)
        kept = {prefix: level for prefix, level in below.severities.items() if not prefix.startswith(prefixes)}
        return replace(
            below,
            select=below.select if self.select is None else self.select,
            ignore=below.ignore if self.ignore is None else self.ignore,
            fail_on=self.fail_on or below.fail_on,
            severities={**kept, **self.severities},
            per_kind={**below.per_kind, **self.per_kind},
            per_path={**below.per_path, **self.per_path},
            assumptions={**below.assumptions, **self.assumptions},
            limits={**below.limits, **self.limits},
            utf8_names=below.utf8_names if self.utf8_names is None else self.utf8_names,
        )

    @property
    def threshold(self) -> Severity:
        """The least severity that makes a command fail."""
        return self.fail_on or Severity.RISK

    @property
    def reading_limits(self) -> Limits:
        """How much is read."""
        return complete_limits(self.limits)

    @property
    def assume_utf8_names(self) -> bool:
        """Whether names in a zip that are not ASCII, and not marked, are taken for UTF-8."""
        return bool(self.utf8_names)

    @property
    def policy(self) -> Policy:
        """Which findings count, and how much."""
        return Policy(
            select=self.select or (),
            ignore=self.ignore or (),
            severities=self.severities,
            per_kind=self.per_kind,
            per_path=self.per_path,
            plan_rules=self.plan_rules or (),
        )

    def read_schemas(self) -> "TeamSchemas | None":
        """Read the project's own schemas, if there are any; raises `InvalidOption` for one that cannot be used."""
        if not self.schemas:
            return None
        from assetpkg.json_schema.team import TeamSchemas

        return TeamSchemas.read(self.schemas, self.folder)


def find_settings(start: Path) -> Settings:
    """Return the settings of the nearest folder from `start` upward that has some; raises as `read_settings` does.

    A `pyproject.toml` without them is passed by; it is not even read as TOML where assetpkg is not mentioned.
    """
    try:
        depth = len(start.absolute().parents)
    except OSError:
        return Settings()  # the current folder is gone
    upward = (start / Path(*[".."] * steps) for steps in range(depth + 1))
    for folder in (start, *start.parents) if start.is_absolute() else upward:
        for path in (folder / OWN_FILE, folder / SHARED_FILE):
            table = _table_in(path) if _is_file(path) else None
            if table is not None:
                return parse_settings(table, path)
    return Settings()


def read_settings(path: Path) -> Settings:
    """Return the settings in a file.

    Raises `CannotRead` for a file that is not there or is no TOML, and `InvalidOption` for what no setting can be, and
    for a `pyproject.toml` without settings.
    """
    table = _table_in(path)
    if table is None:
        raise InvalidOption(f"{path} has no table [tool.assetpkg]")
    return parse_settings(table, path)


def parse_settings(table: Any, path: Path) -> Settings:
    """Read the table of settings that stands in the file at `path`; raises `InvalidOption`."""
    if not isinstance(table, dict):
        raise InvalidOption(f"{path}: assetpkg must be a table")
    for key in table:
        if key not in _READERS:
            raise InvalidOption(f"{path}: no setting is named '{key}'{near(key, _READERS)}")
    return replace(read_table(table, lambda key: f"{path}: {key}: "), folder=path.parent)


def read_table(table: Mapping[str, Any], where: Callable[[str], str]) -> Settings:
    """Read a table of settings, as a file has it; `where` is put before what is wrong with a key."""
    said: dict[str, Any] = {}
    for key, value in table.items():
        name, read = _READERS[key]
        try:
            refuse_credentials(value)
            said[name] = read(value)
        except InvalidOption as error:
            raise InvalidOption(f"{where(key)}{error}") from None
    return Settings(**said)


def refuse_credentials(value: Any) -> None:
    """Raise `InvalidOption` for a text with a credential: no setting has one, and cut into words it would be shown."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for item in value if isinstance(value, list) else ():
        refuse_credentials(item)
    if isinstance(value, str) and mask_line(value) != value:
        raise InvalidOption(f"'{mask_line(value)}' holds a credential, which no setting does")


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


def _threshold(value: Any) -> Severity:
    if value not in THRESHOLDS:
        raise InvalidOption(f"write one of {', '.join(THRESHOLDS)}, not {value!r}")
    return parse_severity(value)


def _assumptions(value: Any) -> Mapping[str, str]:
    chosen = _strings(value)
    complete_assumptions(chosen)
    return chosen


def _limits(value: Any) -> Mapping[str, int]:
    if not isinstance(value, dict):
        raise InvalidOption("write a table of limits")
    return parse_limits(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidOption(f"write true or false, not {value!r}")
    return value


def _demands(value: Any) -> "tuple[PlanRule, ...]":
    from assetpkg.rules.team_plan import parse_plan_rules

    return parse_plan_rules(value)


def _schemas(value: Any) -> Mapping[str, str]:
    return {parse_kind(kind): path for kind, path in _strings(value).items()}


_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "select": ("select", lambda value: parse_codes(_list(value))),
    "ignore": ("ignore", lambda value: parse_codes(_list(value))),
    "fail-on": ("fail_on", _threshold),
    "severity": ("severities", lambda value: parse_severities(_strings(value))),
    "per-kind-ignores": ("per_kind", lambda value: parse_kinds(_lists(value))),
    "per-path-ignores": ("per_path", lambda value: parse_patterns(_lists(value))),
    "assume": ("assumptions", _assumptions),
    "schemas": ("schemas", _schemas),
    "limits": ("limits", _limits),
    "assume-utf8-names": ("utf8_names", _yes_or_no),
    "plan-rules": ("plan_rules", _demands),
}
"""The settings by their keys: the field of `Settings`, and how the value in a file is read."""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _table_in(path: Path) -> Any:
    """Return the table of settings in a TOML file: all of it, or of a `pyproject.toml` one table, if it has that."""
    content = _content(path)
    if path.name != SHARED_FILE:
        return _toml(content, path)
    if b"assetpkg" not in content:
        return None
    tools = _toml(content, path).get("tool")
    return tools.get("assetpkg") if isinstance(tools, dict) else None


def _content(path: Path) -> bytes:
    try:
        if not path.is_file() and path.exists():
            raise CannotRead(f"cannot read '{path}': not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST_SETTINGS + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise CannotRead(f"cannot read '{path}': {reason.lower()}") from None
    if len(content) > LARGEST_SETTINGS:
        raise CannotRead(f"{path} is more than {LARGEST_SETTINGS:,} bytes long")
    return content


def _toml(content: bytes, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        raise CannotRead(f"{path} is not UTF-8") from None
    except RecursionError:
        raise CannotRead(f"{path} is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(f"{path} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
