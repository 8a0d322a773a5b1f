"""Whether a saved plan holds, and why a command could not run, as Markdown."""

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.markdown.marks import Table, code, page, shorten, words
from assetpkg.render.verified import HOLDS
from assetpkg.report.check import FailureReport
from assetpkg.report.saved import VerifyReport


def tell_verification(report: VerifyReport) -> str:
    """Return the page: that the plan holds, or all that is not as it was."""
    if report.holds:
        return page(["# The plan holds", HOLDS])
    rows = [
        (each.subject, code(shorten(each.name)), _value(each.saved), _value(each.now)) for each in report.differences
    ]
    return page(
        [
            f"# The plan does not hold: {plural(len(rows), 'difference')}",
            f"Plan again: what was saved in {code(shorten(report.path))} is not what would be done now.",
            Table("", ("about", "what", "saved", "now"), rows, "difference"),
        ]
    )


def tell_failure(report: FailureReport) -> str:
    """Return the page of a command that could not run."""
    return page(["# assetpkg could not run", words(report.failure)])


def _value(value: str | None) -> str:
    return "none" if value is None else code(shorten(value))
