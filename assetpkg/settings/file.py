"""The file of a project's settings: `assetpkg.toml`, or `[tool.assetpkg]` of `pyproject.toml`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.limits import LARGEST_SETTINGS
from assetpkg.settings.settings import SETTINGS, Doubt, Settings

OWN_FILE = "assetpkg.toml"
SHARED_FILE = "pyproject.toml"

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""The byte order marks: Windows PowerShell and some editors begin a file with one."""


def find_settings(start: Path) -> Settings:
    """Return the settings of the nearest folder from `start` upward that has some; raises as `read_settings` does.

    A `pyproject.toml` without them is passed by; it is not even read as TOML where assetpkg is not mentioned. A file in
    an asset package, which may be a stranger's, cannot have plug-ins run by being found.
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
                found = parse_settings(table, path)
                if found.plugins:
                    _refuse_in_package(path)
                return found
    return Settings()


def read_settings(path: Path) -> Settings:
    """Return the settings in a file.

    Raises `CannotRead` for a file that is not there or is not TOML, and `InvalidOption` for what no setting can be, and
    for a `pyproject.toml` without settings.
    """
    table = _table_in(path)
    if table is None:
        raise InvalidOption(f"{path} has no table [tool.assetpkg]")
    return parse_settings(table, path)


def parse_settings(table: Any, path: Path) -> Settings:
    """Read the table of settings that is in the file at `path`; raises `InvalidOption`."""
    if not isinstance(table, dict):
        raise InvalidOption(f"{path}: assetpkg must be a table")
    for key in table:
        if key not in SETTINGS:
            raise InvalidOption(f"{path}: {_why_unknown(key, table)}")
    settings = read_table(table, lambda key: f"{path}: {key}: ")
    layouts = {name: str(path.parent / file) for name, file in settings.layouts.items()}
    targets = {name: target.seen_from(path.parent) for name, target in settings.targets.items()}
    baseline = str(path.parent / settings.baseline) if settings.baseline else settings.baseline
    return replace(settings, folder=path.parent, layouts=layouts, targets=targets, baseline=baseline)


def _why_unknown(key: str, table: Mapping[str, Any]) -> str:
    """Return what is wrong with a key that is not a setting, such as a table that only `pyproject.toml` has."""
    value = table[key]
    if key == "tool" and isinstance(value, dict) and "assetpkg" in value:
        return (
            f"[tool.assetpkg] is only for {SHARED_FILE}; leave it out here: settings are at the top of this file, and"
            " [tool.assetpkg.targets.NAME] is [targets.NAME]"
        )
    return f"no setting is named '{key}'{near(key, SETTINGS, 'assetpkg help settings')}"


def read_table(table: Mapping[str, Any], where: Callable[[str], str]) -> Settings:
    """Read a table of settings, as a file has it; `where` is put before what is wrong with a key."""
    if not table:
        return Settings()
    from assetpkg.rules.codes import doubting

    said: dict[str, Any] = {}
    doubts: list[Doubt] = []
    for key, value in table.items():
        row = SETTINGS[key]
        try:
            refuse_credentials(value)
            with doubting() as unknown:
                said[row.field] = row.read(value)
            doubts += [Doubt(prefix, where(key)) for prefix in unknown]
        except InvalidOption as error:
            raise InvalidOption(f"{where(key)}{error}") from None
    return Settings(**said, doubts=tuple(doubts))


def refuse_credentials(value: Any) -> None:
    """Raise `InvalidOption` for a text with a credential: no setting has one, and cut into words it would be shown."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for item in value if isinstance(value, list) else ():
        refuse_credentials(item)
    if isinstance(value, str) and mask_line(value) != value:
        raise InvalidOption(f"'{mask_line(value)}' contains a credential, and no setting may contain one")


def _refuse_in_package(path: Path) -> None:
    from assetpkg.rules.plugin_places import package_around

    package = package_around(path.parent)
    if package is not None:
        raise InvalidOption(
            f"{path}: plugins: this file was found in the asset package '{package}', and such a file cannot have code"
            f" run; name it with '--config {path}' if it is your own"
        )


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
    from assetpkg.archive.read_file import read_file

    content = read_file(path, LARGEST_SETTINGS)
    if not content.startswith(_MARKS):
        return content
    from assetpkg.documents.encodings import as_utf8

    return as_utf8(content)


def _toml(content: bytes, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        raise CannotRead(f"{path} is not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise CannotRead(f"{path} is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(f"{path} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
