"""Layout files as they come in: TOML, held against the declaration, with one sentence for what is wrong."""

import os
from collections.abc import Mapping
from typing import Any, NoReturn

from assetpkg.archive.read_file import read_file
from assetpkg.documents import step_below
from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS, no_kind
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile, ResourcePlace
from assetpkg.layouts.globs import stars_in_glob
from assetpkg.layouts.inheriting import parse_origin, stars_in_pointer
from assetpkg.layouts.tables import declared, parse_toml
from assetpkg.limits import LARGEST_SETTINGS


def read_layout(path: str | os.PathLike[str]) -> LayoutFile:
    """Read the layout file at `path`.

    Raises `CannotRead` for a file that is not there or is not TOML, and `InvalidOption` for one that is not a layout.
    """
    return parse_layout(read_file(path, LARGEST_SETTINGS), str(path))


def parse_layout(content: bytes, origin: str) -> LayoutFile:
    """Read a layout file from its bytes; `origin` is what messages call it. Raises as `read_layout` does."""
    table = parse_toml(content, origin)
    try:
        return layout_of(table)
    except InvalidOption as error:
        raise InvalidOption(f"{origin}: {error}") from None


def layout_of(table: Mapping[str, Any]) -> LayoutFile:
    """Return the layout that a table declares; raises `InvalidOption` with the first thing that is wrong with it."""
    layout = declared(LayoutFile, table, LAYOUT_FORMAT, "a layout file")
    _check(layout)
    return layout


def _check(layout: LayoutFile) -> None:
    """Raise `InvalidOption` for what no class can say."""
    marks = layout.marks
    if not marks.entries and not marks.values:
        _refuse("marks", "no archive can be recognised without a mark: name entries or values")
    for number, mark in enumerate(marks.values, 1):
        _pointer(f"marks.values[{number}]", "pointer", mark.pointer, stars=False)
    version = layout.version
    if version is not None:
        if (version.value is None) == (version.entry is None or version.pointer is None):
            _refuse("version", "name either entry and pointer, or value")
        if version.value is not None and (version.entry is not None or version.pointer is not None):
            _refuse("version", "name either entry and pointer, or value")
        _pointer("version", "pointer", version.pointer or "", stars=False)
    for number, place in enumerate(layout.resources, 1):
        _check_place(place, f"resources[{number}]")


def _check_place(place: ResourcePlace, where: str) -> None:
    _pointer(where, "at", place.at)
    _pointer(where, "document", place.document, stars=False)
    if place.form != "json" and not (place.at == "/*" or place.at.startswith("/*/")):
        _refuse(where, f'what is {place.form} is read as a list, so at begins with "/*"')
    if (place.kind is None) == (place.kind_at is None):
        _refuse(where, "name either kind or kind_at")
    if place.kind_at is None and place.kinds:
        _refuse(where, "kinds needs kind_at, which says where a kind is named")
    if place.kind_at is not None:
        _pointer(where, "kind_at", place.kind_at, stars=False)
        if not place.kinds:
            _refuse(where, "kind_at needs kinds, which says what is which kind")
    for word in place.kind_words():
        if word not in KINDS:
            _refuse(where, no_kind(word))
    for pointer in place.unused:
        _pointer(where, "unused", pointer, empty=False)
    _check_fields(place, where)
    _check_inherited(place, where)


def _check_fields(place: ResourcePlace, where: str) -> None:
    ours: dict[str, str] = {}
    for theirs, field in place.fields.items():
        _pointer(where, "fields", theirs, empty=False)
        named = _field(where, "fields", field)
        if stars_in_pointer(theirs) != stars_in_pointer(named):
            _refuse(where, f"fields: '{theirs}' and '{field}' do not have the same number of stars")
        if named in ours:
            _refuse(where, f"fields: '{ours[named]}' and '{theirs}' are both called '{field}'")
        if theirs in place.unused:
            _refuse(where, f"'{theirs}' is both in fields and in unused")
        ours[named] = theirs


def _check_inherited(place: ResourcePlace, where: str) -> None:
    stars = stars_in_pointer(place.at)
    parts = min(map(stars_in_glob, place.entries))
    for field, text in place.inherited.items():
        if stars_in_pointer(_field(where, "inherited", field)):
            _refuse(where, f"inherited: '{field}' has a star, and only one field can inherit a value")
        try:
            origin = parse_origin(text)
        except InvalidOption as error:
            _refuse(where, f"inherited: {field}: {error}")
        said = f"inherited: {field}: '{text}'"
        if origin.key > stars:
            _refuse(where, f"{said} is about star {origin.key} of at, which has {stars}")
        if origin.part > parts:
            _refuse(where, f"{said} is about star {origin.part} of entries, where a glob has {parts}")
        if origin.entry and stars_in_glob(origin.entry) > parts:
            _refuse(where, f"{said} has more stars than entries, whose parts they stand for")
        if (origin.entry or origin.is_below) and stars_in_pointer(origin.pointer):
            _refuse(where, f"{said} has a star in its pointer, and nothing says what it stands for")
        if stars_in_pointer(origin.pointer) > stars:
            _refuse(where, f"{said} has more stars than at, whose members they stand for")


def field_pointer(field: str) -> str:
    """Return the pointer to a field of a kind, which a layout file may write as its name."""
    return field if field.startswith("/") else step_below("", field)


def _field(where: str, key: str, field: str) -> str:
    if field in {"", "/"}:
        _refuse(where, f"{key}: a field has no name")
    return field_pointer(field)


def _pointer(where: str, key: str, pointer: str, *, stars: bool = True, empty: bool = True) -> None:
    if pointer and not pointer.startswith("/"):
        _refuse(where, f"{key}: '{pointer}' is not a JSON pointer; write '/{pointer}'")
    if not pointer and not empty:
        _refuse(where, f"{key}: a pointer is empty")
    if not stars and stars_in_pointer(pointer):
        _refuse(where, f"{key}: '{pointer}' has a star, and has to lead to one place")


def _refuse(where: str, sentence: str) -> NoReturn:
    raise InvalidOption(f"{where}: {sentence}")
