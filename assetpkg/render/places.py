"""Places as one line of text that an editor or a terminal opens, and as the file that a service can show."""

import os
import posixpath
from pathlib import PurePath
from typing import NamedTuple, Protocol

from assetpkg.archive import STANDARD_STREAM

INTO = "!/"
"""What is between a zip and an entry of it, as in the names of nested archives."""
_PLAIN = frozenset({"folder", "document"})
"""The containers whose entries are files that can be opened."""


class Location(Protocol):
    """A place as reports have it: what is not known is `None`, or empty."""

    @property
    def entry(self) -> str | None:
        """The entry of the package."""

    @property
    def line(self) -> int | None:
        """The line, counted from one."""

    @property
    def column(self) -> int | None:
        """The column, counted from one."""


class Extent(Location, Protocol):
    """A place with its end, as far as that is known."""

    @property
    def end_line(self) -> int | None:
        """The last line, counted from one."""

    @property
    def end_column(self) -> int | None:
        """The column after the last character."""


class Container(Protocol):
    """A package as reports have it: the path as it was named, and what is there."""

    @property
    def path(self) -> str:
        """The path, as the user named it."""

    @property
    def container(self) -> str | None:
        """One of the words folder, zip, document and stream; `None` where nobody knows."""


class File(NamedTuple):
    """The file that a place is in: its path, and the place inside of it where it is an archive."""

    path: str
    inside: str = ""


def file_of(package: Container, entry: str | None) -> File:
    """Return the file that an entry is in, or the package itself where there is no entry."""
    if not entry or package.container == "document":
        return File(package.path)
    if package.container not in _PLAIN:
        return File(package.path, entry)
    outer, into, inner = entry.partition(INTO)
    folder = package.path if package.path.endswith("/") else f"{package.path}/"
    return File(f"{folder}{outer}", inner if into else "")


def place_of(package: Container, location: Location) -> str:
    """Return a place as `folder/entry.json:8:57`, or `package.zip!/entry.json:8:57`.

    Names are as they are: who writes it for a screen has to make it printable.
    """
    file = file_of(package, location.entry)
    name = f"{file.path}{INTO}{file.inside}" if file.inside else file.path
    numbers = (location.line, location.column) if location.line else ()
    return ":".join([name, *(str(number) for number in numbers if number)])


class Span(NamedTuple):
    """From where to where: lines and columns counted from one, the last column one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def span_of(location: Extent) -> Span:
    """Return all four ends of a place; where some are not known, the shortest place there, or the first of the file."""
    line, column = location.line or 1, (location.line and location.column) or 1
    end_line, end_column = location.end_line or line, location.end_column
    if not location.line or end_column is None or (end_line, end_column) <= (line, column):
        return Span(line, column, line, column + 1)
    return Span(line, column, end_line, end_column)


def artifact_of(package: Container, entry: str | None, folder: str) -> File:
    """Return the file that an entry is in, relative to `folder` where it is below it, which services ask for."""
    file = file_of(package, entry)
    return file if file.path == STANDARD_STREAM else File(_relative(file.path, folder), file.inside)


def _relative(path: str, folder: str) -> str:
    """Return a path without what leads nowhere, relative to the folder in which the program runs or absolute."""
    name = path.replace(os.sep, "/")
    whole = posixpath.normpath(name if PurePath(path).is_absolute() else posixpath.join(folder, name))
    if whole == folder:
        return "."
    return whole.removeprefix(folder if folder.endswith("/") else f"{folder}/")
