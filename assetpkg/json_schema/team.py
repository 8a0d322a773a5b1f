"""The schemas that a team has written for its resources, in files of its project."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from assetpkg import documents
from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead, InvalidOption, reason_of
from assetpkg.json_schema import published
from assetpkg.json_schema.compiled import CompiledSchema, UnusableSchema, compile_schema
from assetpkg.kinds import parse_kind
from assetpkg.limits import LARGEST_TEAM_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSchemas:
    """The schemas by the kind of the resources that have to satisfy them, all of them inside `folder`."""

    folder: Path = Path()
    by_kind: Mapping[str, CompiledSchema] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, paths: Mapping[str, str | os.PathLike[str]], folder: str | os.PathLike[str] = ".") -> "TeamSchemas":
        """Read a schema for each kind that is named, from files inside `folder`, with the files that they refer to.

        Raises `InvalidOption` for an unknown kind, and for a schema that cannot be used: it is outside, not there,
        too large, not valid, or refers to something that is.
        """
        root = Path(folder).resolve()
        return cls(folder=root, by_kind={parse_kind(kind): _compile(path, root) for kind, path in paths.items()})

    def name_of(self, address: str) -> str:
        """Return how a message calls the file of a schema."""
        if address.startswith(published.BASE):
            return f"the published {address.removeprefix(published.BASE)}"
        return _path(address).relative_to(self.folder).as_posix()


def _compile(path: str | os.PathLike[str], root: Path) -> CompiledSchema:
    words = os.fspath(path)
    try:
        inside = _inside(root / words, root, words)
        return compile_schema(inside.as_uri(), lambda address: _fetch(address, root))
    except UnusableSchema as error:
        raise InvalidOption(f"the schema '{words}' cannot be used: {error}") from None


def _fetch(address: str, root: Path) -> Any:
    """Return the document at an address: a published schema, or a file inside `root`."""
    if address.startswith(published.BASE):
        try:
            name = address.removeprefix(published.BASE).removesuffix(".json")
            return documents.parse(published.published_schema(name).encode())
        except (InvalidOption, CannotRead) as error:
            raise UnusableSchema(str(error)) from None
    if urlsplit(address).scheme != "file" or urlsplit(address).netloc:
        raise UnusableSchema(f"it refers to '{address}', but only files of the project are read")
    path = _path(address)
    return _parse(_inside(path, root, os.path.relpath(path, root)), root)


def _path(address: str) -> Path:
    path = unquote(urlsplit(address).path)
    return Path(path.lstrip("/") if os.name == "nt" else path)


def _inside(path: Path, root: Path, words: str) -> Path:
    """Return a path without symbolic links, if it is that of a file inside `root`."""
    try:
        resolved = path.resolve()
        is_file = resolved.is_file()
    except (OSError, ValueError, RuntimeError):
        resolved, is_file = root, False
    if Path(words).is_absolute() or not resolved.is_relative_to(root):
        raise UnusableSchema(f"'{words}' is not a path inside the project's folder")
    if not is_file:
        raise UnusableSchema(f"there is no file '{words}'")
    return resolved


def _parse(path: Path, root: Path) -> Any:
    words = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_TEAM_SCHEMA + 1)
    except OSError as error:
        raise UnusableSchema(f"cannot read '{words}': {reason_of(error)}") from None
    if len(content) > LARGEST_TEAM_SCHEMA:
        raise UnusableSchema(f"'{words}' is more than {LARGEST_TEAM_SCHEMA:,} bytes long")
    try:
        return documents.parse(as_utf8(content))
    except documents.InvalidDocument as error:
        raise UnusableSchema(f"'{words}' cannot be read: {error.faults[0].message}") from None
