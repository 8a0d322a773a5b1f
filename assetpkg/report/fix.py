"""What `check --fix` has corrected in a package, would correct, and has left."""

from collections.abc import Iterator

from assetpkg.archive.archive import Archive
from assetpkg.authoring.fix import FixedFile, Fixing
from assetpkg.credentials.masking import mask_line
from assetpkg.package.package import load
from assetpkg.package.source_lines import SourceText
from assetpkg.report.check import FixReport
from assetpkg.report.fmt import Unified, lines_of

_MARK = "\ufeff"


def report_fixes(found: Fixing, *, written: bool, unified: Unified | None = None) -> list[FixReport]:
    """Return the report of a package whose files were corrected, or would be; with what makes a diff, each has one."""
    return [_reported(file, written=written, unified=unified) for file in found.files]


def _reported(file: FixedFile, *, written: bool, unified: Unified | None) -> FixReport:
    return FixReport(
        entry=mask_line(file.entry),
        state="left" if file.reason is not None else "fixed" if written else "fixable",
        codes=list(file.codes),
        renamed_to=None if file.renamed_to is None else mask_line(file.renamed_to),
        reason=file.reason,
        diff=None if unified is None or file.reason is not None else list(_diff(file, unified)),
    )


def _diff(file: FixedFile, unified: Unified) -> Iterator[str]:
    for hunk in unified(_lines(file.entry, file.before), _lines(file.entry, file.after)):
        yield from map(mask_line, hunk.split("\n"))


def _lines(entry: str, content: bytes) -> list[str]:
    """Return the lines of a file without credentials: those of its resource as it is read without a mark."""
    whole = content.decode("utf-8", "replace")
    text = whole.removeprefix(_MARK)
    alone = load(Archive.from_contents({entry: text.encode()}))
    return lines_of(f"{_MARK if text != whole else ''}{SourceText(alone, entry, text).masked}")
