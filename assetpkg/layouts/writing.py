"""Layout files as they go out: the same layout is always the same text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile, ResourcePlace, table_of

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_LINE = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def layout_text(layout: LayoutFile) -> str:
    """Return a layout as the text of its file, always the same."""
    return "\n".join((head_text(layout), *map(place_text, layout.resources)))


def head_text(layout: LayoutFile) -> str:
    """Return the text of a layout file as far as its resources."""
    lines = [f'format = "{LAYOUT_FORMAT}"', f"name = {value_text(layout.name)}"]
    if layout.archives:
        lines.append(f"archives = {value_text(layout.archives)}")
    lines += ["", "[marks]"]
    if layout.marks.entries:
        lines.append(f"entries = {value_text(layout.marks.entries)}")
    for mark in layout.marks.values:
        lines += ["", "[[marks.values]]", *_pairs(table_of(mark))]
    if layout.version is not None:
        lines += ["", "[version]", *_pairs(table_of(layout.version))]
    return "\n".join(lines) + "\n"


def place_text(place: ResourcePlace) -> str:
    """Return the table that says where some resources are."""
    table = table_of(place)
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = ["[[resources]]", *_pairs(plain)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += ["", f"[resources.{key}]", *_pairs(value)]
    return "\n".join(lines) + "\n"


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{key if _BARE.fullmatch(key) else value_text(key)} = {value_text(value)}"


def value_text(value: Any) -> str:
    """Return a text, a number, a yes or no, or a list of these as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{"".join(map(_escaped, value))}"'
    if isinstance(value, list):
        items = [value_text(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) <= _LONGEST_LINE else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return str(value)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08X}"
