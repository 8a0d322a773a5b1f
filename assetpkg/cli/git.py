"""What Git hands over to a program for differences: `path old-file old-hex old-mode new-file new-hex new-mode`.

Git stops at the first file for which such a program fails, so that every file is answered in some way: a package or a
snapshot by meaning, the file of a resource by its kind, any other one by its lines.
"""

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from assetpkg.errors import AssetpkgError, InvalidPackage

if TYPE_CHECKING:
    from assetpkg.cli.call import Call
    from assetpkg.package.package import Package
    from assetpkg.report.diff import DiffReport, FileContent
    from assetpkg.simulation.difference import Diff
    from assetpkg.target.instance import Instance

NOTHING = "/dev/null"
"""The file that Git names where there is none on a side."""
_UNMERGED, _PLAIN, _RENAMED = 1, 7, (8, 9)
"""How many arguments there are: for a file in conflict, for one with its name, and for one that was renamed."""


class Blob(NamedTuple):
    """A file as it is on one side: where its content is, and its path in the repository."""

    file: str
    path: str

    @property
    def is_there(self) -> bool:
        """Whether there is such a file on this side."""
        return self.file != NOTHING

    def called(self, side: str) -> str:
        """Return how Git names it on a side."""
        return f"{side}/{self.path}" if self.is_there else NOTHING


def report_for_git(call: "Call", words: tuple[str, ...]) -> "DiffReport | None":
    """Return the report of one file; `None` for one in conflict, which has no two contents, and which Git names itself.

    Raises `click.UsageError` for other arguments than those of Git.
    """
    from assetpkg.report.diff import report_diff, report_file

    if len(words) == _UNMERGED:
        return None
    if len(words) not in (_PLAIN, *_RENAMED):
        raise click.UsageError(
            f"--git takes the 7 arguments of Git, or 9 for a renamed file; there are {len(words)}. "
            "'assetpkg setup git' prints how Git is set up."
        )
    old, new = Blob(words[1], words[0]), Blob(words[4], words[7] if len(words) in _RENAMED else words[0])
    names = old.called("a"), new.called("b")
    kind = kind_at(new.path if new.is_there else old.path)
    try:
        found = _of_package(call, old, new) if kind is None else _of_resource(call, kind, old, new)
        return report_diff(found, *names)
    except AssetpkgError:
        return report_file(*names, (_content(call, old, kind), _content(call, new, kind)))


def _of_package(call: "Call", old: Blob, new: Blob) -> "Diff":
    from assetpkg.simulation.diff import diff

    return diff(_side(call, old), _side(call, new))


def _side(call: "Call", blob: Blob) -> "Package | Instance":
    if blob.is_there:
        return call.read_known(blob.file)
    from assetpkg.package.package import Package
    from assetpkg.target.instance import Instance

    return Instance.from_package(Package.new("nothing"))


def kind_at(path: str) -> str | None:
    """Return the word for the kind whose folder in a package the file at a path of the repository is in."""
    from assetpkg.kinds import kind_in_folder
    from assetpkg.package.reading import find_packages

    if not path.endswith(".json"):
        return None
    steps = path.split("/")[:-1]
    found = [(number, kind) for number, kind in enumerate(map(kind_in_folder, steps)) if kind is not None]
    if len(found) > 1:
        # A folder around the package may be called like that of a kind as well.
        packages, _ = find_packages([path])
        depth = len(PurePosixPath(packages[0]).parts) if packages and Path(packages[0]) != Path() else 0
        found = [each for each in found if each[0] >= depth]
    return found[0][1].kind if found else None


def _of_resource(call: "Call", kind: str, old: Blob, new: Blob) -> "Diff":
    from assetpkg.simulation.diff import diff_documents

    return diff_documents(kind, _document(call, old), _document(call, new))


def _document(call: "Call", blob: Blob) -> "dict[str, Any] | None":
    """Return the document in a file; raises `InvalidPackage` for what is none."""
    if not blob.is_there:
        return None
    from assetpkg import documents
    from assetpkg.package.reading import read_document

    try:
        found = documents.parse(read_document(blob.file, call.settings.reading_limits), call.settings.reading_limits)
    except documents.InvalidDocument as error:
        raise InvalidPackage(str(error)) from None
    if not isinstance(found, dict):
        raise InvalidPackage("a resource is an object")
    return found


def _content(call: "Call", blob: Blob, kind: str | None) -> "FileContent | None":
    """Return the content of a file, or why it cannot be shown; `None` where there is none."""
    if not blob.is_there:
        return None
    from assetpkg.kinds import KINDS
    from assetpkg.package.reading import read_document
    from assetpkg.report.diff import FileContent

    try:
        content = read_document(blob.file, call.settings.reading_limits, limit="file")
    except AssetpkgError as error:
        return FileContent.of(str(error).encode("utf-8", "backslashreplace"))
    return FileContent.of(content, None if kind is None else KINDS[kind])
