"""What formatting has changed, would change, and has left."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from assetpkg.authoring.fmt import FormattedFile, Formatting
from assetpkg.credentials.masking import mask_line
from assetpkg.package.source_lines import SourceText
from assetpkg.report.shape import Report, shape

UNENDED = "\\ No newline at end of file"
"""What a unified diff says after a last line without a line feed."""

Unified = Callable[[Sequence[str], Sequence[str]], Iterable[str]]
"""Makes the lines of a unified diff of the lines of two texts."""


@shape
class FormattedFileReport:
    """A file that had another form, or was left as it is."""

    path: str
    """The package, as it was named."""
    entry: str | None
    """The file in the package; null for the package itself, which could not be read."""
    state: Literal["formatted", "unformatted", "left"]
    """Whether it was written anew, would be, or cannot be formatted."""
    file: Literal["changed", "added", "removed"] | None
    """Whether it was there before and is there afterwards: a text may get a file of its own; null for what was left."""
    reason: str | None
    """Why it was left; null for the others."""
    diff: Sequence[str] | None
    """The lines of a unified diff without the names of files, credentials hidden; null where none was asked for."""


@shape
class FmtSummary:
    """How many files there are."""

    files: int
    """How many were looked at: manifests, and files with resources."""
    changed: int
    """How many had another form."""
    left: int
    """How many could not be formatted, and packages that could not be read."""


@shape
class FmtReport(Report):
    """Packages whose files were written in one form, or would be."""

    document: Literal["fmt"] = "fmt"
    written: bool
    """Whether files were written; if not, it was only said which would be."""
    summary: FmtSummary
    """How many files there are."""
    files: Sequence[FormattedFileReport]
    """The files that had another form, or were left."""


def report_fmt(
    formatted: Mapping[str, Formatting], failures: Mapping[str, str], *, written: bool, unified: Unified | None = None
) -> FmtReport:
    """Return the report of packages by their paths; `failures` says why others could not be read.

    With what makes a diff of two texts, each changed file has one.
    """
    files = [file for path, found in formatted.items() for file in _files(path, found, unified, written=written)]
    files += [_left(path, None, reason) for path, reason in failures.items()]
    left = sum(file.state == "left" for file in files)
    return FmtReport(
        written=written,
        summary=FmtSummary(
            files=sum(found.files for found in formatted.values()), changed=len(files) - left, left=left
        ),
        files=files,
    )


def _files(path: str, found: Formatting, unified: Unified | None, *, written: bool) -> Iterator[FormattedFileReport]:
    for changed in found.changed:
        yield FormattedFileReport(
            path=mask_line(path),
            entry=mask_line(changed.entry),
            state="formatted" if written else "unformatted",
            file="added" if changed.before is None else "removed" if changed.after is None else "changed",
            reason=None,
            diff=None if unified is None else _diff(found, changed, unified),
        )
    yield from (_left(path, left.entry, left.reason) for left in found.left)


def _left(path: str, entry: str | None, reason: str) -> FormattedFileReport:
    name = None if entry is None else mask_line(entry)
    return FormattedFileReport(path=mask_line(path), entry=name, state="left", file=None, reason=reason, diff=None)


def _diff(found: Formatting, changed: FormattedFile, unified: Unified) -> list[str]:
    """Return the lines of the diff of a file without credentials, wherever they are known to be."""
    sides = [
        [] if side is None else lines_of(SourceText(package, changed.entry, side.decode()).masked)
        for package, side in ((found.source, changed.before), (found.package, changed.after))
    ]
    return [mask_line(line) for hunk in unified(*sides) for line in hunk.split("\n")]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text for a diff, the last one as it ends."""
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n{UNENDED}"] if last else lines
