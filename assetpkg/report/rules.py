"""The rules."""

from collections.abc import Iterable, Sequence

from assetpkg.diagnostics.model import Rule
from assetpkg.report.check import SeverityWord
from assetpkg.report.shape import Report, report_as, shape, shape_of


@shape_of(Rule, "page")
class RuleReport:
    """One rule of the catalogue; `page` is there when one rule was asked for."""

    code: str
    """Its code, three letters and three digits."""
    slug: str
    """Its name in words."""
    severity: SeverityWord
    """How much its findings matter."""
    title: str
    """What it finds, in a sentence."""
    source: str
    """The public page, or the assumption, that it rests on."""
    page: str | None
    """Its whole manual page, where one rule was asked for; null elsewhere."""


@shape
class RulesReport(Report):
    """The catalogue of rules."""

    rules: Sequence[RuleReport]
    """The rules."""


def report_rules(rules: Iterable[Rule], *, pages: bool) -> RulesReport:
    """Return the report of some rules, with their whole `pages` or only their titles."""
    return RulesReport(rules=[report_as(RuleReport, rule, page=rule.page if pages else None) for rule in rules])
