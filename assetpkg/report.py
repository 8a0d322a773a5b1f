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
    """The entry of the package, as its path; empty for the package itself."""
    pointer: str
    """The JSON pointer into that entry; empty for the whole of it."""
    line: int | None
    """The line, counted from one; null where none is known."""
    column: int | None
    """The column, counted from one and in characters; null where none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticReport:
    """One finding of one rule; `address` is set where it is about the plan of one resource."""

    code: str
    """The rule's code, three letters and three digits; never given to another rule."""
    slug: str
    """The rule's name in words."""
    severity: SeverityWord
    """How much it matters; `error` is a documented failure, `risk` is undocumented and may end badly."""
    message: str
    """What is wrong."""
    hint: str
    """How to mend it; may be empty."""
    location: LocationReport
    """Where it was found."""
    platform_code: str | None
    """The platform's error code, where a public table has it."""
    address: str | None
    """The resource whose change it is about; null for findings in the package itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """One difference; a credential is never shown, only that it differs."""

    pointer: str
    """The JSON pointer of what differs, into the package's document, or into the target's for what goes."""
    before: Any
    """The value on the target; null where there is none."""
    after: Any
    """The value in the package; null where there is none."""
    secret: bool
    """Whether it is, or holds, a credential, so that the values are masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """What the import would do to one resource, why, and on what that rests."""

    address: str
    """The resource's kind and names, joined by `/`."""
    kind: str
    """The word for its kind."""
    name: str
    """Its name in the package."""
    target_name: str
    """Its name after the import, with the prefix where that reaches it."""
    action: ActionWord
    """What the import would do to it."""
    reason: str
    """Why, as one word of a list that grows."""
    basis: str
    """What that rests on: a page of the documents, an assumption, or a comparison."""
    assumptions: Sequence[str]
    """The names of the assumptions that it rests on."""
    depends_on: Sequence[str]
    """The addresses of the resources in the package that it refers to."""
    fields: Sequence[FieldReport]
    """What differs from the resource on the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionReport:
    """An assumption that shaped the plan, and the resources that it touched."""

    name: str
    """Its name, as `--assume` takes it."""
    value: str
    """The answer that was assumed."""
    question: str
    """The question that no document answers."""
    addresses: Sequence[str]
    """The resources whose change rests on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsReport:
    """The import's query, and every assumption with its value."""

    mode: Literal["AddNew", "Merge"]
    """The import mode."""
    prefix: str
    """What is joined with the names of applications; may be empty."""
    datasource_overwrite: bool
    """Whether data sources that exist are updated."""
    assumptions: dict[str, str]
    """Every assumption with the answer that was assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReport:
    """The package that was planned."""

    name: str
    """What the package is called."""
    asset_version: str
    """Its asset version, verbatim."""
    sha256: str
    """The digest of its content, the same for a folder and its zip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """What the package was held against; `untouched` counts what is only there."""

    name: str
    """What the target is called."""
    sha256: str
    """The digest of the snapshot, or of the package that was taken for the target."""
    covers: Sequence[str]
    """The kinds of which everything on the target is known."""
    untouched: int
    """How many resources are only on the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """How many resources have each action."""

    create: int
    """Nothing of that address is on the target."""
    update: int
    """Documented, or assumed, to be overwritten."""
    keep: int
    """There already, and left as they are."""
    undetermined: int
    """There already and different, and no document says who wins."""
    conflict: int
    """The import fails, or may not proceed."""
    omit: int
    """Never imported by the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """A plan, complete."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    verdict: Verdict
    """The whole plan in a word; the best of them is no promise."""
    summary: PlanSummary
    """How many resources have each action."""
    options: OptionsReport
    """How the import was asked for."""
    package: PackageReport
    """What would be imported."""
    target: TargetReport | None
    """What it was held against; null where no target was given."""
    changes: Sequence[ChangeReport]
    """What would be done to each resource of the package; each is here once."""
    assumptions: Sequence[AssumptionReport]
    """The assumptions that shaped the plan."""
    diagnostics: Sequence[DiagnosticReport]
    """What was found in the package and about the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSummary:
    """How many findings have each severity."""

    error: int
    """Documented failures."""
    risk: int
    """What is undocumented and may end badly."""
    warning: int
    """What should be looked at."""
    info: int
    """What is worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPackage:
    """What was found in one package; `failure` says why it could not be read at all."""

    path: str
    """The package, as it was named."""
    failure: str | None
    """Why it could not be read at all; null where it could."""
    summary: CheckSummary
    """How many findings have each severity."""
    diagnostics: Sequence[DiagnosticReport]
    """The findings, in the order of entries and places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found in the packages, in the order in which they were given."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    packages: Sequence[CheckedPackage]
    """The packages, in the order in which they were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceReport:
    """One resource; `document` is there when one was asked for, without credentials."""

    address: str
    """Its kind and names, joined by `/`."""
    kind: str
    """The word for its kind."""
    name: str
    """Its name."""
    id: str
    """Its id; derived from kind and names where the document has none."""
    id_given: bool
    """Whether the document has that id."""
    entry: str
    """The entry that holds it."""
    sha256: str
    """The SHA-256 of that entry."""
    size: int
    """The size of that entry in bytes."""
    document: Any
    """The document without credentials, where one resource was asked for; null elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowReport:
    """What is inside a package; `size` is that of the zip, or of all files together, in bytes."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    name: str
    """What the package is called."""
    asset_version: str
    """Its asset version, verbatim."""
    sha256: str
    """The digest of its content, the same for a folder and its zip."""
    size: int
    """The bytes of the zip, or of all files of the folder together."""
    files: int
    """How many entries it has."""
    resources: Sequence[ResourceReport]
    """What is in it, in the order of kinds and addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesReport:
    """The catalogue of rules."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    rules: Sequence[RuleReport]
    """The rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureReport:
    """Why a command could not run."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
    failure: str
    """The reason, in a sentence."""


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
