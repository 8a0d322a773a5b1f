"""What the page of a comparison shows: the ways beside each other, and the resources for which they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.render.html.pictures import Part, bar
from assetpkg.render.screen import View
from assetpkg.render.sentences import SIGNS, asked_for, column_word, columns_without_obstacle
from assetpkg.report.compare import ColumnReport, CompareReport, RowReport


class Way(NamedTuple):
    """One way of importing the package."""

    report: ColumnReport
    parts: Sequence[Part]

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        return column_word(self.report)

    @property
    def words(self) -> str:
        """How the import is asked for."""
        return asked_for(self.report.options)

    @property
    def counts(self) -> Sequence[tuple[str, int]]:
        """The actions that something has, each with its number."""
        found = ((word, getattr(self.report.summary, word)) for word in SIGNS)
        return [(word, count) for word, count in found if count]


def prepare(report: CompareReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a comparison, and what it shows."""
    del view
    ways = [Way(column, bar((word, getattr(column.summary, word)) for word in SIGNS)) for column in report.columns]
    rows = [row for row in report.rows if row.differs]
    free, by_accepting = columns_without_obstacle(report.columns)
    content = {
        "report": report,
        "ways": ways,
        "rows": rows,
        "same": [row for row in report.rows if not row.differs],
        "kinds": list(Counter(row.kind for row in rows).items()),
        "free": free,
        "by_accepting": by_accepting,
        "only_by": _only_by(rows),
    }
    return "compare.html", content


def _only_by(rows: Sequence[RowReport]) -> list[tuple[str, int]]:
    """Return the assumptions by which alone rows differ, each with their number."""
    return list(Counter(name for row in rows for name in row.differs_only_by).items())
