"""Ways of importing a package side by side, as Markdown."""

from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.planning.changes import Action
from assetpkg.render.findings import sentence_of
from assetpkg.render.markdown.marks import Table, code, page, shorten, words
from assetpkg.render.sentences import asked_for, column_word
from assetpkg.report.compare import CellReport, CompareReport, RowReport


def tell_comparison(report: CompareReport) -> str:
    """Return the page: the verdict of each way, and the resources to which they do not all do the same."""
    free = sum(not column.summary.conflict for column in report.columns)
    ways = [f"way {number}" for number in range(1, len(report.columns) + 1)]
    rows = [row for row in report.rows if row.differs]
    same = len(report.rows) - len(rows)
    found = sorted({cell.reason for row in report.rows if row.differs for cell in row.cells})
    reasons = [(code(reason), words(sentence_of(reason))) for reason in found]
    name, target = code(shorten(report.package.name)) or "A package", code(shorten(report.target.name))
    return page(
        [
            f"# Compare: {free:,} of {plural(len(ways), 'way')} without a conflict",
            f"{name} into {target}: all ways do the same to {same:,} of {plural(len(report.rows), 'resource')}.",
            Table("", ("way", "import", "verdict", *(action.value for action in Action)), list(_ways(report)), "way"),
            Table("Where they differ", ("resource", *ways), rows, "resource", _row),
            Table("Reasons", ("reason", "what it means"), reasons, "reason"),
        ]
    )


def _ways(report: CompareReport) -> Iterator[Sequence[str]]:
    for number, column in enumerate(report.columns, 1):
        counts = (f"{getattr(column.summary, action.value):,}" for action in Action)
        yield (f"way {number}", asked_for(column.options, mark=code), column_word(column), *counts)


def _row(row: RowReport) -> Sequence[str]:
    return code(shorten(row.address)), *(_told(cell) for cell in row.cells)


def _told(cell: CellReport) -> str:
    return f"{cell.action}, {code(cell.reason)}"
