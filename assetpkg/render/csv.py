"""A report as a table of comma-separated values (RFC 4180), for a spreadsheet: the checklist."""

import csv
import io

from assetpkg.render.screen import printable
from assetpkg.report.outcome import ChecklistReport

COLUMNS = ("id", "phase", "type", "subject", "text", "names", "there", "page")
"""The columns of the table."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What the cells of a spreadsheet begin with that are computed and not shown."""


def render(report: ChecklistReport, _: object = None) -> str:
    """Return the lists as a table, a line for each item, with nothing that is computed."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for item in report.items:
        there = "yes" if item.there else "no"
        row = (item.id, item.phase, item.type, item.subject, item.text, "; ".join(item.names), there, item.page)
        table.writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value: str) -> str:
    """Return text as a cell that no spreadsheet takes for a formula."""
    shown = printable(value)
    return f"'{shown}" if value.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown
