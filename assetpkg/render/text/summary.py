"""The counts of a command for a person's screen: a line for each rule, and one for all."""

from collections.abc import Iterator

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.findings import GRAVITY, found_in_words
from assetpkg.render.screen import Screen
from assetpkg.report.summary import SummaryReport


def render_summary(report: SummaryReport, screen: Screen) -> str:
    """Return a line for each rule that has found something, the gravest first, and a line for all of them."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: SummaryReport, screen: Screen) -> Iterator[str]:
    digits = max((len(f"{each.number:,}") for each in report.rules), default=0)
    words = max((len(each.severity) for each in report.rules), default=0)
    for each in report.rules:
        severity = screen.severity(each.severity, each.severity.ljust(words))
        yield f"{each.number:>{digits},} {severity} {each.code} {each.slug}"
    found = found_in_words({word: getattr(report.summary, word) for word in GRAVITY})
    done = f"{plural(report.packages, 'package')} {'checked' if report.command == 'check' else 'planned'}"
    verdict = f", {report.verdict}" if report.verdict and not _is_accepted(report) else ""
    accepted = f"; {report.summary.accepted:,} accepted" if report.summary.accepted else ""
    unread = f"; {plural(report.unreadable, 'file')} could not be read" if report.unreadable else ""
    yield f"{done}{verdict}: {found or 'nothing found'}{accepted}{unread}"


def _is_accepted(report: SummaryReport) -> bool:
    """Say whether all that the verdict rests on may be accepted: then nothing is said that the status denies."""
    # A check has no verdict, and does without what makes one.
    from assetpkg.simulation.verdict import ACCEPTABLE

    counts = report.summary
    return bool(counts.accepted) and not counts.error and not counts.risk and report.verdict in ACCEPTABLE
