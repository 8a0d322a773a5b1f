"""What an OpenAPI file says for all of its operations: protocols, the path before all others, ways to authenticate."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assetpkg.package.openapi.names import Names
from assetpkg.package.openapi.source import Part, Sort

SWAGGER = "Swagger 2.0"
OPENAPI = "OpenAPI 3.0"
_METHODS = ("get", "put", "post", "delete", "head", "patch", "options")
_ANY = "x-apigateway-any-method"
_SCHEME = re.compile(r"([A-Za-z]+)://")


@dataclass(frozen=True, kw_only=True)
class File:
    """The file as a whole, and what is known beside it."""

    form: str
    root: Part
    names: Names
    application: str | None
    """The name of the integration application of operations that name none."""

    @cached_property
    def schemes(self) -> Part | None:
        """The ways to authenticate, by their names."""
        if self.form == SWAGGER:
            return self.root.part("securityDefinitions")
        components = self.root.part("components")
        return None if components is None else components.part("securitySchemes")

    @cached_property
    def base_path(self) -> str:
        """The path before that of each operation; that of a server counts for nothing on the platform."""
        return (self.root.text("basePath") or "").rstrip("/") if self.form == SWAGGER else ""

    @cached_property
    def protocols(self) -> frozenset[str]:
        """The protocols of operations that say none themselves, in small letters."""
        return frozenset(_protocols(self.root, self.form))

    @cached_property
    def produces(self) -> Sequence[str]:
        """The types of answers of operations that say none themselves."""
        return self.root.texts("produces") or ()

    @cached_property
    def security(self) -> Sequence[Mapping[str, Any]]:
        """The ways to authenticate of operations that say none themselves, of which each is enough."""
        return [part.value for part in self.root.parts("security")]

    def operations(self) -> "Iterator[Operation]":
        """Yield the operations, in the order of the file."""
        paths = self.root.part("paths")
        for path, item in paths.members() if paths is not None else ():
            for method in (*_METHODS, _ANY):
                part = item.part(method)
                if part is not None:
                    yield Operation(file=self, path=path, method=method, item=item, part=part)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation of the file."""

    file: File
    path: str
    method: str
    item: Part
    part: Part
    assumed: set[str] = field(default_factory=set)
    """The fields of the document whose values are assumed."""

    @property
    def verb(self) -> str:
        """The method of the calls."""
        return "ANY" if self.method == _ANY else self.method.upper()

    @property
    def uri(self) -> str:
        """The path of the calls."""
        return f"{self.file.base_path}{self.path}"

    def name(self) -> str:
        """Return the name of what the operation describes."""
        given = self.part.text("operationId")
        if given is not None:
            return given
        made = re.sub(r"[^A-Za-z0-9]+", "_", f"{self.verb.lower()}_{self.uri}").strip("_")
        self.part.note(Sort.ASSUMED, "", f"there is no operationId, so that the name is made: '{made}'", "operationId")
        return made

    def assume(self, name: str, message: str, subject: str, where: Part | None = None) -> None:
        """Note that the value of a field is assumed."""
        self.assumed.add(name)
        (where or self.part).note(Sort.ASSUMED, "", message, subject)

    def remark(self) -> str | None:
        """Return the description."""
        summary, description = self.part.text("summary"), self.part.text("description")
        return description or summary or None

    def application(self, member: str) -> str | None:
        """Return the id of the integration application that a member names."""
        name = self.part.text(member) or self.file.application
        if name is None:
            self.part.note(Sort.UNRESOLVED, "", f"'{member}' is missing, so that its application is not known", member)
            return None
        return self.refer("roma_app_id", self.part, member, "application", name)

    def refer(self, field: str, part: Part, member: str, kind: str, name: str) -> str:
        """Return the id of what a member of a part names; if it is not known, neither is the field of the document."""
        found, known = self.file.names.find(part, member, kind, name)
        if not known:
            self.assumed.add(field)
        return found

    def parameters(self) -> Sequence[Part]:
        """Return the parameters: those of the operation, and those of its path that it does not have itself."""
        found: dict[tuple[Any, Any], Part] = {}
        for holder in (self.item, self.part):
            for part in holder.parts("parameters"):
                found[str(part.value.get("in")), str(part.value.get("name"))] = part
        return list(found.values())

    def protocols(self) -> frozenset[str]:
        """Return the protocols of the calls, in small letters: those of the nearest place that says some."""
        near = [self.part] if self.file.form == SWAGGER else [self.part, self.item]
        said = (_protocols(part, self.file.form) for part in near)
        return frozenset(next((each for each in said if each), self.file.protocols))

    def security(self) -> Mapping[str, Any] | None:
        """Return the ways to authenticate that the calls need; `None` if the file has several to choose from."""
        choices = self.file.security
        if "security" in self.part.value:
            choices = [part.value for part in self.part.parts("security")]
        if len(choices) > 1 or any(len(choice) > 1 for choice in choices):
            return None
        return choices[0] if choices else {}


def _protocols(part: Part, form: str) -> set[str]:
    if form == SWAGGER:
        return {scheme.casefold() for scheme in part.texts("schemes") or ()}
    urls = (server.text("url") or "" for server in part.parts("servers"))
    return {match[1].casefold() for url in urls if (match := _SCHEME.match(url))}
