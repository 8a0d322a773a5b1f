"""How often each rule has found something."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from assetpkg.diagnostics.model import Diagnostic, Severity
from assetpkg.report.check import CheckSummary, SeverityWord
from assetpkg.report.plan_effects import VerdictWord
from assetpkg.report.shape import Report, shape


@shape
class CountedRule:
    """A rule, and how often it has found something with this severity."""

    code: str
    """Its code."""
    slug: str
    """Its name in words."""
    severity: SeverityWord
    """How much the findings matter here."""
    number: int
    """How many findings there are, those among them that no report has one by one."""


@shape
class SummaryReport(Report):
    """The findings of a command, counted by their rules."""

    document: Literal["summary"] = "summary"
    command: Literal["check", "plan"]
    """The command."""
    packages: int
    """How many packages were checked, or planned."""
    unreadable: int
    """How many could not be read at all."""
    verdict: VerdictWord | None
    """The plan in a word, the worst of several; null for a check."""
    summary: CheckSummary
    """How many findings have each severity."""
    rules: Sequence[CountedRule]
    """The rules that have found something: the gravest first, and of these the most frequent."""


def report_summary(
    command: Literal["check", "plan"],
    found: Iterable[Sequence[Diagnostic]],
    *,
    accepted: int = 0,
    unreadable: int = 0,
    verdict: VerdictWord | None = None,
) -> SummaryReport:
    """Return the report of what was `found` in each of the packages, and how much more was accepted."""
    numbers: Counter[tuple[str, str, Severity]] = Counter()
    severities: Counter[Severity] = Counter()
    packages = 0
    for diagnostics in found:
        packages += 1
        for each in diagnostics:
            numbers[each.code, each.slug, each.severity] += 1 + each.more
            severities[each.severity] += 1 + each.more
    ordered = sorted(numbers.items(), key=lambda item: (item[0][2].rank, -item[1], item[0][0]))
    return SummaryReport(
        command=command,
        packages=packages,
        unreadable=unreadable,
        verdict=verdict,
        summary=CheckSummary(**{severity.value: severities[severity] for severity in Severity}, accepted=accepted),
        rules=[
            CountedRule(code=code, slug=slug, severity=severity.value, number=number)
            for (code, slug, severity), number in ordered
        ],
    )
