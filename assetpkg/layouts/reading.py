"""Layout files as they come in: TOML, held against the declaration, with one sentence for what is wrong."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, get_args, get_origin

from assetpkg.documents.foreign import as_utf8
from assetpkg.errors import CannotRead, InvalidOption, near, reason_of
from assetpkg.kinds import KINDS
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile, ResourcePlace, Table
from assetpkg.layouts.inheriting import parse_origin, stars_in_glob, stars_in_pointer
from assetpkg.limits import LARGEST_SETTINGS


def read_layout(path: str | os.PathLike[str]) -> LayoutFile:
    """Read the layout file at `path`.

    Raises `CannotRead` for a file that is not there or is not TOML, and `InvalidOption` for one that is not a layout.
    """
    place = Path(path)
    try:
        if place.exists() and not place.is_file():
            raise CannotRead(f"cannot read '{path}': not a file")
        with place.open("rb") as file:
            content = file.read(LARGEST_SETTINGS + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(f"cannot read '{path}': {reason_of(error)}") from None
    if len(content) > LARGEST_SETTINGS:
        raise CannotRead(f"{path} is more than {LARGEST_SETTINGS:,} bytes long")
    return parse_layout(content, str(path))


def parse_layout(content: bytes, origin: str) -> LayoutFile:
    """Read a layout file from its bytes; `origin` is what messages call it. Raises as `read_layout` does."""
    import tomllib

    try:
        table = tomllib.loads(as_utf8(content).decode())
    except UnicodeDecodeError:
        raise CannotRead(f"{origin} is not UTF-8") from None
    except RecursionError:
        raise CannotRead(f"{origin} is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(f"{origin} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
    try:
        return layout_of(table)
    except InvalidOption as error:
        raise InvalidOption(f"{origin}: {error}") from None


def layout_of(table: Mapping[str, Any]) -> LayoutFile:
    """Return the layout that a table declares; raises `InvalidOption` with the first thing that is wrong with it."""
    from pydantic import ValidationError

    from assetpkg.kinds.kind import fields_of
    from assetpkg.resource.type_errors import tell

    if table.get("format") != LAYOUT_FORMAT:
        found = "no format is named" if "format" not in table else f"format {table['format']!r} is unknown"
        raise InvalidOption(f'{found}; a layout file begins with format = "{LAYOUT_FORMAT}"')
    for where, key, known in _unknown_keys(LayoutFile, table, ""):
        raise InvalidOption(f"{where}no key is named '{key}'{near(key, known)}")
    try:
        layout = LayoutFile.model_validate(dict(table))
    except ValidationError as error:
        fault = next(tell(error, fields_of(LayoutFile), dict(table), ()))
        where = fault.pointer.rpartition("/")[0]
        raise InvalidOption(f"{_words(where)}{fault.message.replace('an object', 'a table')}") from None
    _check(layout)
    return layout


def _words(pointer: str) -> str:
    """Return where a pointer leads to, as somebody says it who counts tables from one: `resources[2]: `."""
    words = ""
    for step in pointer.split("/")[1:]:
        words += f"[{int(step) + 1}]" if step.isdecimal() else f".{step}"
    return f"{words.removeprefix('.')}: " if words else ""


def _unknown_keys(part: type[Table], table: Any, where: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the keys that a table may not have, with where it is and which it may have."""
    if not isinstance(table, dict):
        return
    fields = part.model_fields
    for key, value in table.items():
        if key not in fields:
            yield where, key, list(fields)
            continue
        for below in _tables_in(fields[key].annotation):
            place = f"{where.removesuffix(': ')}{'.' if where else ''}{key}"
            if isinstance(value, list):
                for number, item in enumerate(value, 1):
                    yield from _unknown_keys(below, item, f"{place}[{number}]: ")
            else:
                yield from _unknown_keys(below, value, f"{place}: ")


def _tables_in(annotation: Any) -> Iterator[type[Table]]:
    if get_origin(annotation) is None:
        if isinstance(annotation, type) and issubclass(annotation, Table):
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _tables_in(inner)


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
            _refuse(where, f"no kind is named '{word}'{near(word, KINDS)}")
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
    return field if field.startswith("/") else f"/{field.replace('~', '~0').replace('/', '~1')}"


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
