"""The counts of a command for a person's screen: a line for each rule, and one for all."""

from collections.abc import Iterator

from assetpkg.render.findings import GRAVITY, found_in_words
from assetpkg.render.screen import Screen, plural
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
    # What is accepted may be all that the verdict rests on: then nothing is said that the status denies.
    is_borne_out = report.summary.error or report.summary.risk or not report.summary.accepted
    said = report.verdict and (is_borne_out or report.verdict not in {"blocked", "risky"})
    verdict = f", {report.verdict}" if said else ""
    accepted = f"; {report.summary.accepted:,} accepted" if report.summary.accepted else ""
    unread = f"; {plural(report.unreadable, 'file')} could not be read" if report.unreadable else ""
    yield f"{done}{verdict}: {found or 'nothing found'}{accepted}{unread}"
