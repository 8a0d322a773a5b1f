"""The rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetpkg.diagnostics.model import Rule
from assetpkg.report import FORMAT_VERSION
from assetpkg.report.check import SeverityWord


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RulesReport:
    """The catalogue of rules."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    rules: Sequence[RuleReport]
    """The rules."""


def report_rules(rules: Iterable[Rule], *, pages: bool) -> RulesReport:
    """Return the report of some rules, with their whole `pages` or only their titles."""
    listed = [
        RuleReport(
            code=rule.code,
            slug=rule.slug,
            severity=rule.severity.value,
            title=rule.title,
            source=rule.source,
            page=rule.page if pages else None,
        )
        for rule in rules
    ]
    return RulesReport(format_version=FORMAT_VERSION, rules=listed)
