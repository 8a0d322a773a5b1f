"""What differs between two packages, as Markdown: the counts first, then a table for each sort."""

from collections.abc import Sequence

from assetpkg.diagnostics.sentences import and_more, plural
from assetpkg.render.differing import SIGNS, counts_in_words, files_of, recorded_note
from assetpkg.render.markdown.marks import Table, code, page, shorten
from assetpkg.render.markdown.plan import MOST_FIELDS, tell_field, tell_value
from assetpkg.report.diff import DifferenceReport, DiffReport, UncoveredReport


def tell_diff(report: DiffReport) -> str:
    """Return the page: how many resources differ, and which, with the fields of those that both sides have."""
    summary = report.summary
    counts = counts_in_words(report)
    by_action = {word: [each for each in report.differences if each.action == word] for word in SIGNS}
    versions = [(code(each.pointer), tell_value(each.before), tell_value(each.after)) for each in report.package]
    files = [(word, code(shorten(name))) for word, name in files_of(report.files)]
    before, after = (code(shorten(side.path)) for side in (report.before, report.after))
    same = f"{plural(summary.same, 'resource')} the same"
    unverified = f", {summary.unverified:,} alike as far as they are known" if summary.unverified else ""
    return page(
        [
            f"# Diff: {counts or ('nothing differs' if report.is_same else 'no resource differs')}",
            f"{before} before, {after} after: {same}{unverified}. {recorded_note(report)}".rstrip(),
            Table("Package", ("field", "before", "after"), versions, "field"),
            Table("Changed", ("resource", "what differs: before, after"), by_action["changed"], "resource", _changed),
            Table("Renamed", ("before", "after", "what differs"), by_action["renamed"], "resource", _renamed),
            Table("Added", ("resource",), by_action["added"], "resource", _named),
            Table("Removed", ("resource",), by_action["removed"], "resource", _named),
            Table("Not compared", ("kind", "resources"), report.uncovered, "kind", _uncovered),
            Table("Files that no import uses", ("", "file"), files, "file"),
        ]
    )


def _named(difference: DifferenceReport) -> Sequence[str]:
    return (code(shorten(difference.address)),)


def _changed(difference: DifferenceReport) -> Sequence[str]:
    return code(shorten(difference.address)), _fields(difference) or "not known"


def _renamed(difference: DifferenceReport) -> Sequence[str]:
    alike = f"same {difference.alike_by}"
    fields = _fields(difference)
    before = code(shorten(difference.before or ""))
    return before, code(shorten(difference.address)), f"{alike}; {fields}" if fields else alike


def _fields(difference: DifferenceReport) -> str:
    told = "; ".join(tell_field(field) for field in difference.fields[:MOST_FIELDS])
    return f"{told}{and_more(len(difference.fields) - MOST_FIELDS)}"


def _uncovered(each: UncoveredReport) -> Sequence[str]:
    return code(each.kind), f"{each.resources:,}"
