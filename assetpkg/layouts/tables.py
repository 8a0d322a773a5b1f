"""Files of TOML tables that a class declares, as they come in, with one sentence for what is wrong with them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

from assetpkg.documents import split_pointer
from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead, InvalidOption, near
from assetpkg.layouts.declaration import Table

T = TypeVar("T", bound=Table)


def parse_toml(content: bytes, origin: str) -> dict[str, Any]:
    """Return the table that the bytes of a file are; `origin` is what messages call it. Raises `CannotRead`."""
    import tomllib

    try:
        return tomllib.loads(as_utf8(content).decode())
    except UnicodeDecodeError:
        raise CannotRead(f"{origin} is not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise CannotRead(f"{origin} is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(f"{origin} is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None


def declared(part: type[T], table: Mapping[str, Any], form: str, what: str) -> T:
    """Return the table as its class declares it; `what` it is, and the `form` that its first line names.

    Raises `InvalidOption` with the first thing that is wrong with it.
    """
    if table.get("format") != form:
        found = "no format is named" if "format" not in table else f"format {table['format']!r} is unknown"
        raise InvalidOption(f'{found}; {what} begins with format = "{form}"')
    return shaped(part, table)


def shaped(part: type[T], table: Mapping[str, Any], where: str = "") -> T:
    """Return a table as its class declares it; raises `InvalidOption` as `declared` does, and says `where` it is."""
    from pydantic import ValidationError

    from assetpkg.kinds.kind import fields_of
    from assetpkg.resource.type_errors import tell

    for place, key, known in _unknown_keys(part, table, where):
        raise InvalidOption(f"{place}no key is named '{key}'{near(key, known)}")
    try:
        return part.model_validate(dict(table))
    except ValidationError as error:
        fault = next(tell(error, fields_of(part), dict(table), ()))
        place = where or _words(fault.pointer.rpartition("/")[0])
        raise InvalidOption(f"{place}{fault.message.replace('an object', 'a table')}") from None


def _words(pointer: str) -> str:
    """Return where a pointer leads to, as somebody says it who counts tables from one: `resources[2]: `."""
    words = ""
    for step in split_pointer(pointer):
        words += f"[{int(step) + 1}]" if step.isdecimal() else f".{_key(step)}"
    return f"{words.removeprefix('.')}: " if words else ""


def _key(key: str) -> str:
    """Return a key, in quotes where TOML needs them."""
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else f"'{key}'"


def _unknown_keys(part: type[Table], table: Any, where: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the keys that a table may not have, with where it is and which it may have."""
    if not isinstance(table, dict):
        return
    fields = part.declared
    for key, value in table.items():
        if key not in fields:
            yield where, key, list(fields)
            continue
        for below, is_named in _tables_in(fields[key].annotation):
            place = f"{where.removesuffix(': ')}{'.' if where else ''}{key}"
            if is_named:
                members = value.items() if isinstance(value, dict) else ()
                for name, item in members:
                    yield from _unknown_keys(below, item, f"{place}.'{name}': ")
            elif isinstance(value, list):
                for number, item in enumerate(value, 1):
                    yield from _unknown_keys(below, item, f"{place}[{number}]: ")
            else:
                yield from _unknown_keys(below, value, f"{place}: ")


def _tables_in(annotation: Any) -> Iterator[tuple[type[Table], bool]]:
    """Yield the classes of the tables below a key, and whether they have names of their own there."""
    origin = get_origin(annotation)
    if origin is None:
        if isinstance(annotation, type) and issubclass(annotation, Table):
            yield annotation, False
        return
    for inner in get_args(annotation):
        for below, is_named in _tables_in(inner):
            yield below, is_named or origin is dict
