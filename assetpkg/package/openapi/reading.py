"""Reading an OpenAPI file: what it is, and what is made of it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits, TooMuchWork
from assetpkg.package.index import Path, derive_id
from assetpkg.package.openapi.apis import is_api, read_api
from assetpkg.package.openapi.custom_backends import is_custom_backend, read_custom_backend
from assetpkg.package.openapi.file import OPENAPI, SWAGGER, File, Operation
from assetpkg.package.openapi.names import Names
from assetpkg.package.openapi.security import NotKnown, look_over
from assetpkg.package.openapi.source import Note, Sort, Source

GROUP = "api_group"
"""The kind of what the title of a file names."""
_NO_ASSETS = {
    "x-apigateway-ratelimits": "request throttling policies",
    "x-apigateway-access-controls": "access control policies",
    "x-apigateway-responses": "responses of an API group",
}
"""What a file describes that is no asset."""
_LOOK = re.compile(rb"""(?:^["']?|[{,]\s*")(?:swagger|openapi)["']?\s*:\s*["']?[23]\.""", re.MULTILINE)


class Made(NamedTuple):
    """A document that was made, its kind, where in the file it comes from, and the fields that the file does not say.

    These have a value that is assumed, and that is noted.
    """

    kind: str
    document: dict[str, Any]
    pointer: str
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class OpenApi:
    """What an OpenAPI file has for a package, and what is to be said about it, in the order of the file.

    Its documents have no ids of their own. A group that is known by its name is not among them.
    """

    form: str
    title: str
    documents: tuple[Made, ...] = field(repr=False)
    notes: tuple[Note, ...]

    @cached_property
    def by_kind(self) -> Mapping[str, list[dict[str, Any]]]:
        """The documents by their kinds."""
        found: dict[str, list[dict[str, Any]]] = {}
        for made in self.documents:
            found.setdefault(made.kind, []).append(made.document)
        return found

    @property
    def has_gaps(self) -> bool:
        """Whether something was left out, is not understood, or is not known by its name."""
        return any(note.sort in (Sort.LEFT_OUT, Sort.UNKNOWN, Sort.UNRESOLVED) for note in self.notes)

    @property
    def counted(self) -> Mapping[Sort, int]:
        """How many notes of each sort there are, also those that are not listed."""
        found: Counter[Sort] = Counter()
        for note in self.notes:
            found[note.sort] += 1 + note.more
        return found


def looks_like_openapi(content: bytes) -> bool:
    """Say whether a text may be an OpenAPI file, without reading all of it; `is_openapi` decides."""
    return (b"swagger" in content or b"openapi" in content) and _LOOK.search(content) is not None


def is_openapi(document: Any) -> bool:
    """Say whether a document is an OpenAPI file, of whatever version."""
    return isinstance(document, dict) and ("swagger" in document or "openapi" in document)


def read_openapi(
    content: bytes,
    *,
    names: Names | None = None,
    application: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    origin: str = "the file",
) -> OpenApi:
    """Read an OpenAPI file, in JSON or YAML, as API group, APIs and custom backends.

    What it names is looked up in `names`; `application` is the name of the integration application of what names
    none. Credentials are never taken over. Raises `CannotRead` for anything that is not such a file.
    """
    content = as_utf8(content)
    is_json = content.lstrip().startswith(b"{")
    document = _parse(content, limits, origin, is_json=is_json)
    source = Source(document, limits)
    file = File(form=_form(document, origin), root=source.root, names=names or Names(), application=application)
    try:
        title, made = _read_all(file)
        notes = source.close()
    except TooMuchWork:
        # Outside of the `except`, since the error keeps what it was raised in.
        made = None
    if made is None:
        raise CannotRead(f"{origin} cannot be read: its references repeat too much of it; write out what they lead to")
    if not title and any(each.kind == GROUP for each in made):
        raise CannotRead(f"{origin} cannot be read: it has no title, which is the name of the API group")
    located = _located(notes, content, is_json=is_json)
    return OpenApi(form=file.form, title=title, documents=tuple(made), notes=located)


def _read_all(file: File) -> tuple[str, list[Made]]:
    """Return the title of a file, and what is made of it; raises `TooMuchWork`."""
    look_over(file.schemes)
    _note_policies(file)
    info = file.root.part("info")
    title = (info.text("title") if info is not None else None) or ""
    remark = (info.text("description") or None) if info is not None else None
    group, known = _group(file, title)
    made: list[Made] = []
    names: set[tuple[str, str | None, str]] = set()
    for operation in file.operations():
        found = _read(operation, group)
        if found is None:
            continue
        name = (found.kind, found.document.get("roma_app_id"), found.document["name"])
        if name in names:
            why = "the name is there before, and the platform imports the first one"
            _leave_out(operation, f"{why}: '{name[2]}'", why)
        else:
            names.add(name)
            made.append(found)
    if not known and any(each.kind == "api" for each in made):
        fields = {"name": title, **({"remark": remark} if remark else {})}
        made.insert(0, Made(GROUP, fields, "/info"))
    return title, made


def _note_policies(file: File) -> None:
    """Note what the file describes beside APIs: policies, which are no assets, and responses of the group."""
    components = file.root.part("components")
    for holder in [file.root, *([] if components is None else [components])]:
        for extension, what in _NO_ASSETS.items():
            described = holder.drop(extension)
            if isinstance(described, dict) and described.keys() - {"default"}:
                holder.note(Sort.UNUSED, extension, f"{what} are not assets: make them again on the target")


def _parse(content: bytes, limits: Limits, origin: str, *, is_json: bool) -> dict[str, Any]:
    try:
        if is_json:
            document, refusal = documents.parse(content, limits), ""
        else:
            from assetpkg.documents.yaml import parse_yaml

            document, refusal = parse_yaml(content, limits), ""
    except documents.InvalidDocument as error:
        document, refusal = None, documents.refusal(error, content)
    if refusal or not is_openapi(document):
        raise CannotRead(f"{origin} cannot be read: {refusal or 'it is not an OpenAPI (Swagger) file'}")
    found: dict[str, Any] = document
    return found


def _form(document: Mapping[str, Any], origin: str) -> str:
    if str(document.get("swagger")) == "2.0":
        return SWAGGER
    version = str(document.get("openapi"))
    if version == "3.0" or version.startswith("3.0."):
        return OPENAPI
    raise CannotRead(
        f"{origin} cannot be read: its version is not Swagger 2.0 or OpenAPI 3.0, which the platform reads"
    )


def _group(file: File, title: str) -> tuple[str, bool]:
    """Return the id of the group that the file's title names, and whether that is known already."""
    found = file.names.named(GROUP, title)
    if len(found) == 1:
        return found[0], True
    if found:
        message = f"{len(found)} API groups are given that are named '{title}'; a new one is made"
        file.root.note(Sort.UNRESOLVED, "info", message)
    return derive_id(Path(GROUP, (title,))), False


def _read(operation: Operation, group: str) -> Made | None:
    """Return what is made of an operation; `None`, with a note, where nothing can be."""
    pointer = operation.part.pointer
    try:
        if is_custom_backend(operation):
            document = read_custom_backend(operation)
            return Made("backend_api", document, pointer, frozenset(operation.assumed))
        if is_api(operation):
            document = read_api(operation, group)
            return Made("api", document, pointer, frozenset(operation.assumed))
        why = "it has neither 'x-apigateway-backend' nor an extension of a custom backend"
    except NotKnown as error:
        why = str(error)
    _leave_out(operation, why, why)
    return None


def _leave_out(operation: Operation, why: str, subject: str) -> None:
    source, pointer = operation.part.source, operation.part.pointer
    source.finish(pointer)
    source.note(Sort.LEFT_OUT, pointer, f"nothing is made of {operation.verb} {operation.path}: {why}", subject)


def _located(notes: list[Note], content: bytes, *, is_json: bool) -> tuple[Note, ...]:
    """Return the notes in the order of the file, each with line and column."""
    if is_json:
        from assetpkg.documents.positions import Spot, find_places

        spots = find_places(content.decode(), [Spot(note.pointer, at_key=True) for note in notes])
        places = [spot[:2] if spot else (1, 1) for spot in spots]
    else:
        from assetpkg.documents.yaml import find_places as find_in_yaml

        found = find_in_yaml(content, [note.pointer for note in notes])
        places = [found[note.pointer] for note in notes]
    located = [note._replace(line=line, column=column) for note, (line, column) in zip(notes, places, strict=True)]
    return tuple(sorted(located, key=lambda note: (note.line, note.column)))
