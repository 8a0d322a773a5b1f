"""An operation with extensions of custom backends as the document of one."""

from collections.abc import Sequence
from typing import Any

from assetpkg.package.openapi.file import Operation
from assetpkg.package.openapi.parameters import present, read_backend_parameters
from assetpkg.package.openapi.source import Part, Sort

_PREFIX = "x-livedata-"
_STATUS = {"designed": 1, "developed": 3, "tested": 3, "deployed": 4}
"""A custom backend is new (1), in development (3) or deployed (4); one that is tested is neither new nor deployed."""
_FORMATS = {
    "application/json": "json", "application/xml": "xml", "text/xml": "xml", "application/octet-stream": "stream",
}  # fmt: skip
_SCRIPTS = {"function": "", "sql": "SQL", "sp": "SP"}


def is_custom_backend(operation: Operation) -> bool:
    """Say whether an operation has extensions of a custom backend."""
    return any(name.startswith(_PREFIX) for name in operation.part.value)


def read_custom_backend(operation: Operation) -> dict[str, Any]:
    """Return the document of a custom backend."""
    part = operation.part
    application = operation.application(f"{_PREFIX}roma-app")
    scripts = [(each, each.word("type", _SCRIPTS)) for each in part.parts(f"{_PREFIX}scripts", extension=True)]
    if operation.security() != {}:
        message = "a signature key is bound to the custom backend: bind it again on the target"
        part.note(Sort.UNUSED, "security" if "security" in part.value else "", message, "security")
    rows = (
        ("name", operation.name()),
        ("roma_app_id", application),
        ("method", operation.verb),
        ("path", operation.uri),
        ("version", part.text(f"{_PREFIX}version")),
        ("content_type", _content_type(operation)),
        ("description", operation.remark()),
        ("parameters", read_backend_parameters(operation) or None),
        ("type", _type([sort for _, sort in scripts])),
        ("scripts", [_script(each, sort, operation) for each, sort in scripts] or None),
        ("status", part.word(f"{_PREFIX}status", _STATUS)),
    )
    return present(rows)


def _type(sorts: list[str | None]) -> str | None:
    known = [sort for sort in sorts if sort is not None]
    return ("function" if known[0] == "" else "data") if known else None


def _content_type(operation: Operation) -> str:
    types: Sequence[str] = operation.part.texts("produces") or operation.file.produces
    responses = operation.part.part("responses")
    for _, response in responses.members() if responses is not None and not types else ():
        content = response.part("content")
        types = types or [name for name, _ in (content.members() if content is not None else ())]
    found = next((_FORMATS[each] for each in types if each in _FORMATS), None)
    if found is None:
        operation.assume("content_type", "the format of the answers is not known: json is assumed", "produces")
    return found or "json"


def _script(part: Part, sort: str | None, operation: Operation) -> dict[str, Any]:
    name = _data_source(part)
    source = operation.refer("scripts", name[0], "name", "datasource", name[1]) if name is not None else None
    rows = (
        ("ds_id", source),
        ("ds_name", name[1] if name is not None else None),
        ("type", sort),
        ("object_name", part.text("result")),
        ("content", part.text("content")),
    )
    return present(rows)


def _data_source(part: Part) -> tuple[Part, str] | None:
    """Return the name of the data source, and where it is: the page has it in two ways, one and a list of one."""
    found = []
    for member in ("datasource", "datasources"):
        value = part.value.get(member)
        if isinstance(value, list):
            found += part.parts(member, extension=True)
        elif value is not None and (one := part.part(member, extension=True)) is not None:
            found.append(one)
    named = [(each, name) for each in found if (name := each.text("name")) is not None]
    if len(named) > 1:
        part.note(Sort.UNKNOWN, "", "a script with more than one data source; the first is taken", "datasources")
    return named[0] if named else None
