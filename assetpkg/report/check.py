"""What was found in packages, by which rules, and why a command could not run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from assetpkg.archive.archive import Container
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Accepted, Diagnostic, Location, Rule, Severity
from assetpkg.layouts.measures import Coverage, Left
from assetpkg.report.shape import Report, report_as, shape, shape_of

if TYPE_CHECKING:
    from assetpkg.rules.plugins import Plugins

SeverityWord = Literal["error", "risk", "warning", "info"]


@shape_of(Location, "entry", "pointer")
class LocationReport:
    """A place: an entry of the package, a JSON pointer into it, lines and columns from one, as far as known."""

    entry: str | None
    """The entry of the package, as its path; null for the package itself."""
    pointer: str | None
    """The JSON pointer into that entry, empty for the whole document; null where there is none."""
    line: int | None
    """The line, counted from one; null where none is known."""
    column: int | None
    """The column, counted from one and in characters; null where none is known."""
    end_line: int | None
    """The line in which the value ends, or the key where the finding is at a key; null where no end is known."""
    end_column: int | None
    """The column after its last character; null where no end is known."""
    byte_offset: int | None
    """The byte of the zip, counted from zero, for what was found in the zip itself; null elsewhere."""


@shape_of(Diagnostic, "location")
class DiagnosticReport:
    """One finding of one rule."""

    code: str
    """The rule's code, letters and three digits; a plug-in has four letters or more, assetpkg three."""
    slug: str
    """The rule's name in words."""
    severity: SeverityWord
    """How much it matters; `error` is a documented failure, `risk` is undocumented and may end badly."""
    message: str
    """What is wrong."""
    hint: str
    """How to fix it; may be empty."""
    location: LocationReport
    """Where it was found."""
    platform_code: str | None
    """The platform's error code, where a public table has it."""
    address: str | None
    """The resource that it is in, or whose change it is about; null for what is in none."""
    fingerprint: str
    """What it is recognised by in another run, also after lines have moved; each is in a report once."""


@shape_of(DiagnosticReport, "by", "reason", "until")
class AcceptedReport:
    """A finding that the project has accepted, so that it is not among the findings any more."""

    code: str
    """The rule's code."""
    severity: SeverityWord
    """How much it matters where it is not accepted."""
    message: str
    """What is wrong."""
    location: LocationReport
    """Where it was found."""
    address: str | None
    """The resource that it is in, or whose change it is about; null for what is in none."""
    fingerprint: str
    """What it is recognised by."""
    by: Literal["allow", "baseline"]
    """What accepts it: a table of the settings, or the baseline."""
    reason: str | None
    """Why, as the project says; null where it does not say so."""
    until: str | None
    """The last day on which it is accepted, as YYYY-MM-DD; null without one."""


@shape
class CheckSummary:
    """How many findings have each severity, and how many more are accepted."""

    error: int
    """Documented failures."""
    risk: int
    """What is undocumented and may end badly."""
    warning: int
    """What should be looked at."""
    info: int
    """What is worth knowing."""
    accepted: int
    """What the project has accepted, and is counted nowhere else."""


@shape_of(Left, "entry", "pointer")
class LeftReport:
    """Values that no resource is made of."""

    entry: str
    """The entry that they are in."""
    pointer: str
    """The JSON pointer to them, in which `*` is each item of a list; empty for all of the entry."""
    number: int
    """How many there are."""
    size: int
    """How many bytes they have together."""


@shape_of(Coverage, "left")
class LayoutReport:
    """How much of an archive of another layout the layout file covers; an import takes all of it."""

    layout: str
    """The name of the layout."""
    asset_version: str
    """The asset version that the archive says it has; empty where the layout does not say where it is."""
    resources: int
    """How many resources were found."""
    entries: int
    """How many entries there are, those in archives inside among them."""
    entries_covered: int
    """How many of them have resources."""
    bytes: int
    """How many bytes the entries have together."""
    bytes_covered: int
    """How many of them belong to something that the layout knows."""
    left: Sequence[LeftReport]
    """The largest places that it does not cover; it is not known what an import does with them."""
    left_more: int
    """How many more such places there are."""


@shape
class FixReport:
    """A file with findings that can be corrected in one way."""

    entry: str
    """The file in the package, as it was called."""
    state: Literal["fixed", "fixable", "left"]
    """Whether it was corrected, would be, or is left as it is."""
    codes: Sequence[str]
    """The rules whose findings in it are gone, would be, or are left."""
    renamed_to: str | None
    """Its new name; null where it keeps its own."""
    reason: str | None
    """Why it was left; null for the others."""
    diff: Sequence[str] | None
    """The lines of a unified diff without the names of files, credentials hidden; null where none was asked for."""


@shape
class CheckedPackage:
    """What was found in one package; `failure` says why it could not be read at all."""

    path: str
    """The package, as it was named."""
    container: Container | None
    """What it is: a zip, a folder, a document such as a snapshot, or standard input; null where it cannot be read."""
    failure: str | None
    """Why it could not be read at all; null where it could."""
    unused_files: int | None
    """How many of its files an import uses for nothing; null where that is not known."""
    summary: CheckSummary
    """How many findings have each severity."""
    diagnostics: Sequence[DiagnosticReport]
    """The findings, in the order of entries and places."""
    accepted: Sequence[AcceptedReport]
    """The findings that the project has accepted; they are not in `diagnostics`."""
    resources: Sequence[str] | None = None
    """The addresses of its resources, whether something was found in them or not; null where they are not known."""
    layout: LayoutReport | None = None
    """How much the layout covers, for an archive of another layout; null elsewhere."""
    fixes: Sequence[FixReport] | None = None
    """The files that were corrected before the check, would be, or were left; null where that was not asked for."""


@shape_of(Rule, "page")
class RuleReport:
    """One rule of the catalogue."""

    code: str
    """Its code: three letters and three digits, or more letters where a plug-in has the rule."""
    slug: str
    """Its name in words."""
    severity: SeverityWord
    """How much its findings matter."""
    title: str
    """What it finds, in a sentence."""
    source: str
    """The public page, or the assumption, that it rests on."""
    url: str | None
    """The address of the public page; null where it rests on none, or no address of it is known."""
    fixable: bool
    """Whether there is one way to correct what it finds, which changes no meaning."""
    page: str | None
    """Its whole manual page, where that was asked for; null elsewhere."""


@shape
class CheckReport(Report):
    """What was found in the packages, in the order in which they were given."""

    document: Literal["check"] = "check"
    packages: Sequence[CheckedPackage]
    """The packages, in the order in which they were given."""
    plugin_rules: Sequence[RuleReport] = ()
    """The rules of the project's plug-ins, with their pages; empty where there are none."""


@shape
class PackagesReport(Report):
    """The packages that would be checked."""

    document: Literal["packages"] = "packages"
    packages: Sequence[str]
    """The path of each."""


@shape
class FailureReport(Report):
    """Why a command could not run."""

    document: Literal["failure"] = "failure"
    failure: str
    """The reason, in a sentence."""


def report_check(checked: Iterable[CheckedPackage], plugins: "Plugins" = ()) -> CheckReport:
    """Return the report of all packages of one call, which were checked with these plug-ins, too."""
    return CheckReport(packages=list(checked), plugin_rules=report_plugin_rules(plugins))


def report_plugin_rules(plugins: "Plugins") -> Sequence[RuleReport]:
    """Return the report of the rules of plug-ins, so that who reads it needs none of them."""
    if not plugins:
        return ()
    from assetpkg.rules.plugins import rules_of

    return report_rules((rule for _, rule in rules_of(plugins)), pages=True).rules


def report_packages(paths: Iterable[str]) -> PackagesReport:
    """Return the report of the packages that would be checked."""
    return PackagesReport(packages=[mask_line(path) for path in paths])


def report_layout(coverage: Coverage | None) -> LayoutReport | None:
    """Return the report of how much of an archive a layout file covers."""
    if coverage is None:
        return None
    left = [
        report_as(LeftReport, each, entry=mask_line(each.entry), pointer=mask_line(each.pointer))
        for each in coverage.left
    ]
    return report_as(LayoutReport, coverage, left=left)


def report_package(  # noqa: PLR0913 - all that is known of one package
    path: str,
    found: Iterable[Diagnostic],
    unused_files: int | None = None,
    coverage: Coverage | None = None,
    *,
    container: Container | None = None,
    resources: Sequence[str] | None = None,
    accepted: Iterable[Accepted] = (),
    fixes: Sequence[FixReport] | None = None,
) -> CheckedPackage:
    """Return the report of one package, with the number of its files that an import uses for nothing."""
    accepts = report_accepted(accepted)
    diagnostics = [report_diagnostic(diagnostic) for diagnostic in found]
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    numbers = {severity.value: counts[severity.value] for severity in Severity}
    summary = CheckSummary(**numbers, accepted=len(accepts))
    return CheckedPackage(
        path=mask_line(path),
        container=container,
        failure=None,
        unused_files=unused_files,
        summary=summary,
        diagnostics=diagnostics,
        accepted=accepts,
        resources=resources,
        layout=report_layout(coverage),
        fixes=fixes,
    )


def report_unreadable(path: str, failure: str) -> CheckedPackage:
    """Return the report of a package that could not be read at all."""
    return CheckedPackage(
        path=mask_line(path),
        container=None,
        failure=failure,
        unused_files=None,
        summary=CheckSummary(error=0, risk=0, warning=0, info=0, accepted=0),
        diagnostics=(),
        accepted=(),
    )


def report_failure(failure: str) -> FailureReport:
    """Return the report of a command that could not run."""
    return FailureReport(failure=failure)


def report_diagnostic(diagnostic: Diagnostic) -> DiagnosticReport:
    """Return the report of one finding."""
    place = diagnostic.location
    pointer = place.pointer if place.pointer or place.is_document else None
    location = report_as(LocationReport, place, entry=place.entry or None, pointer=pointer)
    return report_as(DiagnosticReport, diagnostic, location=location)


def report_accepted(accepted: Iterable[Accepted]) -> list[AcceptedReport]:
    """Return the report of what a project accepts."""
    return [
        report_as(
            AcceptedReport,
            report_diagnostic(each.diagnostic),
            by=each.by,
            reason=None if each.reason is None else mask_line(each.reason),
            until=None if each.until is None else each.until.isoformat(),
        )
        for each in accepted
    ]


@shape
class RulesReport(Report):
    """The catalogue of rules."""

    document: Literal["rules"] = "rules"
    rules: Sequence[RuleReport]
    """The rules."""


def report_rules(rules: Iterable[Rule], *, pages: bool) -> RulesReport:
    """Return the report of some rules, with their whole `pages` or only their titles."""
    return RulesReport(rules=[report_as(RuleReport, rule, page=rule.page if pages else None) for rule in rules])
