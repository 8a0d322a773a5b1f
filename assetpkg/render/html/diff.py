"""What the page of a diff shows: each resource that is not the same a row, with its fields on both sides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.differing import (
    ALIKE,
    ALONE,
    SIGNS,
    counts_in_words,
    files_of,
    lost_patterns,
    recorded_note,
    shown_of,
)
from assetpkg.render.html.pictures import bar
from assetpkg.render.html.sides import Difference, Said, differences, said
from assetpkg.render.screen import View
from assetpkg.report.diff import DifferenceReport, DiffReport

MOST_LINES = 20_000
"""How many lines of fields a page has; a resource after these is only named."""
_MOST_NAMED = 500
"""How many names are in a list of what is no difference."""


class Row(NamedTuple):
    """A resource in the table; `sides` are the fields that both sides have, `alone` all that one of them says."""

    report: DifferenceReport
    sides: Sequence[Difference] = ()
    alone: Sequence[Said] = ()
    left: int = 0

    @property
    def alike(self) -> str:
        """By what a renamed resource is known again."""
        return ALIKE[self.report.alike_by or "id"] if self.report.action == "renamed" else ""

    @property
    def summary(self) -> str:
        """What the row says before it is unfolded."""
        return plural(len(self.report.fields), "field" if self.report.action in ALONE else "difference")

    @property
    def lines(self) -> int:
        """How many lines its fields have."""
        return sum(len(each.lines) for each in self.sides) + sum(each.text.count("\n") + 1 for each in self.alone)


def prepare(report: DiffReport, view: View) -> tuple[str, Mapping[str, Any]]:
    """Return the template of a diff, and what it shows."""
    rows = _rows(shown_of(report, view.only))
    summary = report.summary
    counts = [(word, getattr(summary, word)) for word in (*SIGNS, "same")]
    content = {
        "report": report,
        "sentence": _sentence(report),
        "verdict": "info" if not report.is_same else "unverified" if report.unverified else "clear",
        "parts_of_bar": bar(counts),
        "counts": counts,
        "rows": rows,
        "hidden": len(report.differences) - len(rows),
        "actions": [(word, number) for word, number in _numbers(rows, "action") if number],
        "kinds": _numbers(rows, "kind"),
        "lost": lost_patterns(report, view.only),
        "note": recorded_note(report),
        "files": list(files_of(report.files)),
        "most": _MOST_NAMED,
    }
    return "diff.html", content


def _sentence(report: DiffReport) -> str:
    """Return how much differs."""
    if report.is_same:
        return "Nothing differs, as far as it is known." if report.unverified else "Nothing differs."
    return f"{counts_in_words(report) or 'No resource differs'}."


def _rows(shown: Sequence[DifferenceReport]) -> Sequence[Row]:
    """Return the rows in their order; what both sides have is shown before anything that only one of them has."""
    room = MOST_LINES
    rows: dict[int, Row] = {}
    for number in sorted(range(len(shown)), key=lambda each: shown[each].action in ALONE):
        row = _row(shown[number]) if room > 0 else Row(shown[number], left=len(shown[number].fields))
        room -= row.lines
        rows[number] = row
    return [rows[number] for number in range(len(shown))]


def _row(each: DifferenceReport) -> Row:
    if each.action in ALONE and each.kind != "file":
        alone, left = said(each.fields)
        return Row(each, alone=alone, left=left)
    sides, left = differences(each.fields)
    return Row(each, sides=sides, left=left)


def _numbers(rows: Sequence[Row], name: str) -> Sequence[tuple[str, int]]:
    """Return how many rows have each action, or each kind."""
    return list(Counter(getattr(row.report, name) for row in rows).items())
