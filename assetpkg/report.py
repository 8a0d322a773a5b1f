"""What is handed to a renderer: the shapes of the JSON output, apart from the classes that assetpkg works with.

A minor step of `FORMAT_VERSION` adds fields, a major one may change them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assetpkg.assumptions import ASSUMPTIONS
from assetpkg.diagnostics import Diagnostic, Rule, Severity
from assetpkg.index import Resource
from assetpkg.instance import Instance
from assetpkg.package import Package
from assetpkg.planning.changes import Action, ActionWord, Change, Plan, Reason

FORMAT_VERSION = "1.0"

Verdict = Literal["blocked", "risky", "unverified", "clear"]
SeverityWord = Literal["error", "risk", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationReport:
    """A place: an entry of the package, a JSON pointer into it, line and column from one, as far as known."""

    entry: str
    pointer: str
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticReport:
    """One finding of one rule; `address` is set where it is about the plan of one resource."""

    code: str
    slug: str
    severity: SeverityWord
    message: str
    hint: str
    location: LocationReport
    platform_code: str | None
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """One difference; a credential is never shown, only that it differs."""

    pointer: str
    before: Any
    after: Any
    secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """What the import would do to one resource, why, and on what that rests."""

    address: str
    kind: str
    name: str
    target_name: str
    action: ActionWord
    reason: str
    basis: str
    assumptions: Sequence[str]
    depends_on: Sequence[str]
    fields: Sequence[FieldReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionReport:
    """An assumption that shaped the plan, and the resources that it touched."""

    name: str
    value: str
    question: str
    addresses: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsReport:
    """The import's query, and every assumption with its value."""

    mode: Literal["AddNew", "Merge"]
    prefix: str
    datasource_overwrite: bool
    assumptions: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReport:
    """The package that was planned."""

    name: str
    asset_version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """What the package was held against; `untouched` counts what is only there."""

    name: str
    sha256: str
    covers: Sequence[str]
    untouched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """How many resources have each action."""

    create: int
    update: int
    keep: int
    undetermined: int
    conflict: int
    omit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """A plan, complete."""

    format_version: str
    verdict: Verdict
    summary: PlanSummary
    options: OptionsReport
    package: PackageReport
    target: TargetReport | None
    changes: Sequence[ChangeReport]
    assumptions: Sequence[AssumptionReport]
    diagnostics: Sequence[DiagnosticReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSummary:
    """How many findings have each severity."""

    error: int
    risk: int
    warning: int
    info: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPackage:
    """What was found in one package; `failure` says why it could not be read at all."""

    path: str
    failure: str | None
    summary: CheckSummary
    diagnostics: Sequence[DiagnosticReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found in the packages, in the order in which they were given."""

    format_version: str
    packages: Sequence[CheckedPackage]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceReport:
    """One resource; `document` is there when one was asked for, without credentials."""

    address: str
    kind: str
    name: str
    id: str
    id_given: bool
    entry: str
    sha256: str
    size: int
    document: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReport:
    """What is inside a package; `size` is that of the zip, or of all files together, in bytes."""

    format_version: str
    name: str
    asset_version: str
    sha256: str
    size: int
    files: int
    resources: Sequence[ResourceReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """One rule of the catalogue; `page` is there when one rule was asked for."""

    code: str
    slug: str
    severity: SeverityWord
    title: str
    source: str
    page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesReport:
    """The catalogue of rules."""

    format_version: str
    rules: Sequence[RuleReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureReport:
    """Why a command could not run."""

    format_version: str
    failure: str


def report_plan(plan: Plan, package: Package, instance: Instance | None, found: Iterable[Diagnostic]) -> PlanReport:
    """Return the report of a finished plan and of what was found about it."""
    diagnostics = list(found)
    options = plan.options
    return PlanReport(
        format_version=FORMAT_VERSION,
        verdict=judge_verdict(plan, diagnostics),
        summary=PlanSummary(**{action.word: plan.count(action) for action in Action}),
        options=OptionsReport(
            mode=options.mode.value,
            prefix=options.prefix,
            datasource_overwrite=options.datasource_overwrite,
            assumptions=dict(options.assumptions),
        ),
        package=PackageReport(name=package.name, asset_version=package.asset_version, sha256=package.digest),
        target=None if instance is None else _target(instance, plan),
        changes=[_change(change) for change in plan.changes],
        assumptions=list(_assumptions(plan)),
        diagnostics=[_diagnostic(diagnostic) for diagnostic in diagnostics],
    )


def judge_verdict(plan: Plan, diagnostics: Iterable[Diagnostic]) -> Verdict:
    """Return the one word for a plan; the best of them is no promise."""
    severities = {diagnostic.severity for diagnostic in diagnostics}
    if Severity.ERROR in severities or plan.count(Action.CONFLICT):
        return "blocked"
    if Severity.RISK in severities:
        return "risky"
    return "unverified" if any(change.reason is Reason.UNVERIFIED for change in plan.changes) else "clear"


def report_check(checked: Iterable[CheckedPackage]) -> CheckReport:
    """Return the report of all packages of one call."""
    return CheckReport(format_version=FORMAT_VERSION, packages=list(checked))


def report_package(path: str, found: Iterable[Diagnostic]) -> CheckedPackage:
    """Return the report of one package."""
    diagnostics = [_diagnostic(diagnostic) for diagnostic in found]
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    summary = CheckSummary(**{severity.value: counts[severity.value] for severity in Severity})
    return CheckedPackage(path=path, failure=None, summary=summary, diagnostics=diagnostics)


def report_unreadable(path: str, failure: str) -> CheckedPackage:
    """Return the report of a package that could not be read at all."""
    nothing = CheckSummary(error=0, risk=0, warning=0, info=0)
    return CheckedPackage(path=path, failure=failure, summary=nothing, diagnostics=[])


def report_show(package: Package, resources: Iterable[tuple[Resource, Any]]) -> ShowReport:
    """Return the report of a package's content, or of some resources with their documents."""
    entries = package.archive.entries.values()
    size = package.archive.size
    return ShowReport(
        format_version=FORMAT_VERSION,
        name=package.name,
        asset_version=package.asset_version,
        sha256=package.digest,
        size=sum(entry.size for entry in entries) if size is None else size,
        files=len(package.archive.entries),
        resources=[_resource(resource, document) for resource, document in resources],
    )


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


def report_failure(failure: str) -> FailureReport:
    """Return the report of a command that could not run."""
    return FailureReport(format_version=FORMAT_VERSION, failure=failure)


def _target(instance: Instance, plan: Plan) -> TargetReport:
    return TargetReport(
        name=instance.name, sha256=instance.digest, covers=sorted(instance.covers), untouched=plan.untouched
    )


def _change(change: Change) -> ChangeReport:
    return ChangeReport(
        address=change.address,
        kind=change.kind,
        name=change.name,
        target_name=change.target_name,
        action=change.action.word,
        reason=change.reason.value,
        basis=change.basis,
        assumptions=change.assumptions,
        depends_on=change.depends_on,
        fields=[
            FieldReport(pointer=field.pointer, before=field.before, after=field.after, secret=field.secret)
            for field in change.fields
        ],
    )


def _assumptions(plan: Plan) -> Iterable[AssumptionReport]:
    touched: dict[str, list[str]] = {}
    for change in plan.changes:
        for name in change.assumptions:
            touched.setdefault(name, []).append(change.address)
    for name, assumption in ASSUMPTIONS.items():
        if name in touched:
            yield AssumptionReport(
                name=name,
                value=plan.options.assumptions[name],
                question=assumption.question,
                addresses=touched[name],
            )


def _diagnostic(diagnostic: Diagnostic) -> DiagnosticReport:
    place = diagnostic.location
    return DiagnosticReport(
        code=diagnostic.code,
        slug=diagnostic.slug,
        severity=diagnostic.severity.value,
        message=diagnostic.message,
        hint=diagnostic.hint,
        location=LocationReport(entry=place.entry, pointer=place.pointer, line=place.line, column=place.column),
        platform_code=diagnostic.platform_code,
        address=diagnostic.address,
    )


def _resource(resource: Resource, document: Any) -> ResourceReport:
    return ResourceReport(
        address=resource.address,
        kind=resource.path.kind,
        name=resource.name,
        id=resource.id,
        id_given=resource.id_given,
        entry=resource.entry,
        sha256=resource.digest,
        size=resource.inspection.size,
        document=document,
    )
