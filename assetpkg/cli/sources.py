"""The lines of the files that findings are about, for who looks at a terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

from assetpkg.archive import STANDARD_STREAM
from assetpkg.credentials.masking import mask_line
from assetpkg.errors import AssetpkgError

if TYPE_CHECKING:
    from assetpkg.package.package import Package
    from assetpkg.package.source_lines import SourceText
    from assetpkg.render.screen import SourceLine
    from assetpkg.report.check import LocationReport


class Sources:
    """The packages of a call, as long as somebody holds them, and the last one that was read again for its lines."""

    def __init__(self, read: "Callable[[str], Package]") -> None:
        """Take what reads a package again, which is not kept because many may be checked in one call."""
        self._read = read
        self._known: dict[str, Callable[[], Package | None]] = {}
        self._last: tuple[str, Package | None] = ("", None)
        self._text: tuple[tuple[str, str], SourceText | None] = (("", ""), None)

    def remember(self, path: str, package: "Package") -> None:
        """Remember a package by the path that reports have; of standard input, for good: it cannot be read again."""
        self._known[mask_line(path)] = (lambda: package) if path == STANDARD_STREAM else ref(package)

    def line_of(self, path: str, location: "LocationReport") -> "SourceLine | None":
        """Return the line that a place in a package is in; `None` where it is not known, or cannot be shown."""
        if not location.entry or location.line is None or location.column is None:
            return None
        from assetpkg.documents.positions import Region
        from assetpkg.package.source_lines import read_source
        from assetpkg.render.screen import SourceLine

        if self._text[0] != (path, location.entry):
            package = self._package(path)
            text = None if package is None else read_source(package, location.entry)
            self._text = (path, location.entry), text
        region = Region(location.line, location.column, location.end_line, location.end_column)
        line = None if self._text[1] is None else self._text[1].line_at(region)
        return None if line is None else SourceLine(*line)

    def _package(self, path: str) -> "Package | None":
        known = self._known.get(path, lambda: None)()
        if known is not None or path == STANDARD_STREAM:
            return known
        if self._last[0] != path:
            try:
                self._last = path, self._read(path)
            except AssetpkgError:
                self._last = path, None
        return self._last[1]
