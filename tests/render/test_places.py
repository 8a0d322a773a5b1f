"""A place is one line that an editor opens, or the file that a service can show."""

from typing import NamedTuple

from assetpkg.render.places import File, file_of, place_of
from tests.tables import every_row


class _Package(NamedTuple):
    path: str
    container: str | None


class _Location(NamedTuple):
    entry: str | None
    line: int | None = None
    column: int | None = None


TABLE = [
    # path, container, entry, line, column: the file, the place inside of it, and the line
    ("pkg", "folder", "apis/x.json", 8, 57, "pkg/apis/x.json", "", "pkg/apis/x.json:8:57"),
    ("pkg/", "folder", "apis/x.json", 8, None, "pkg/apis/x.json", "", "pkg/apis/x.json:8"),
    (".", "folder", "apis/x.json", None, None, "./apis/x.json", "", "./apis/x.json"),
    ("/", "folder", "apis/x.json", None, None, "/apis/x.json", "", "/apis/x.json"),
    ("pkg", "folder", None, None, None, "pkg", "", "pkg"),
    ("pkg", "folder", "", None, None, "pkg", "", "pkg"),
    ("pkg", "folder", "in.zip!/x.json", 3, 1, "pkg/in.zip", "x.json", "pkg/in.zip!/x.json:3:1"),
    ("a/pkg.zip", "zip", "apis/x.json", 8, 57, "a/pkg.zip", "apis/x.json", "a/pkg.zip!/apis/x.json:8:57"),
    ("a/pkg.zip", "zip", "in.zip!/x.json", 3, 1, "a/pkg.zip", "in.zip!/x.json", "a/pkg.zip!/in.zip!/x.json:3:1"),
    ("a/pkg.zip", "zip", None, None, None, "a/pkg.zip", "", "a/pkg.zip"),
    ("-", "stream", "apis/x.json", 8, 57, "-", "apis/x.json", "-!/apis/x.json:8:57"),
    ("now.json", "document", "now.json", 8, 57, "now.json", "", "now.json:8:57"),
    ("gone", None, None, None, None, "gone", "", "gone"),
]


@every_row(("path", "container", "entry", "line", "column", "file", "inside", "shown"), TABLE)
def test_a_place_is_the_file_and_a_line(  # noqa: PLR0913, PLR0917 - a row of the table
    path: str,
    container: str | None,
    entry: str | None,
    line: int | None,
    column: int | None,
    file: str,
    inside: str,
    shown: str,
) -> None:
    package = _Package(path, container)
    assert file_of(package, entry) == File(file, inside)
    assert place_of(package, _Location(entry, line, column)) == shown
