"""What is said of the words that are explained, wherever it is shown."""

from collections.abc import Iterator

from assetpkg.report.explain import ExplainedReport, ExplainReport

_FEW = 5
"""How many words are explained in full."""
NAMES = {
    "granted": "things taken for granted",
    "basis": "sorts of basis",
    "severity": "severities",
    "exit-status": "exit statuses",
}
"""What the sorts are called where there are several, unless it ends in `s` alone."""


def are_few(report: ExplainReport) -> bool:
    """Say whether a word was asked for and so few have it that each is explained in full."""
    return report.asked is not None and len(report.words) <= _FEW


def facts_of(each: ExplainedReport) -> Iterator[tuple[str, str]]:
    """Yield what else is known of a word, each with its name."""
    if each.values:
        yield "Values", ", ".join(each.values)
    if each.default is not None:
        yield "Default", f"{int(each.default):,}" if each.default.isdecimal() else each.default
    if each.most is not None:
        yield "At most", f"{each.most:,}"
    if each.fix is not None:
        yield "Fixable", f"yes, 'check --fix' {each.fix}"
    if each.source is not None:
        yield "Source", each.source
