"""What an import would do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from assetpkg.archive.archive import Container
from assetpkg.credentials.masking import mask_line, mask_renamed
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import ASSUMPTIONS, GRANTED, Basis, Granted, Ground
from assetpkg.planning.changes import ActionWord, Change
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.remarks import Reason
from assetpkg.report.binding import BindingReport, report_binding
from assetpkg.report.check import (
    AcceptedReport,
    DiagnosticReport,
    LayoutReport,
    RuleReport,
    report_accepted,
    report_diagnostic,
    report_layout,
    report_plugin_rules,
)
from assetpkg.report.order import OrderReport, report_order
from assetpkg.report.plan_effects import (
    ImpactReport,
    OtherVerdictReport,
    PrefixReport,
    RequestReport,
    VerdictWord,
    report_impact,
    report_other_verdicts,
    report_prefix,
    report_request,
)
from assetpkg.report.prediction import PredictedJobReport, report_prediction
from assetpkg.report.shape import Answers, OneOf, Report, report_as, shape, shape_of
from assetpkg.resource.diff import FieldChange
from assetpkg.simulation.plan import Plan
from assetpkg.target.instance import Instance
from assetpkg.target.recorded import RecordedTarget

ReasonWord = Annotated[str, OneOf(Reason)]
AssumptionWord = Annotated[str, OneOf(ASSUMPTIONS)]
AnswersTable = Annotated[
    dict[str, str], Answers({name: (known.values, known.question) for name, known in ASSUMPTIONS.items()})
]


@shape_of(FieldChange, "pointer")
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


@shape_of(Basis, "kind", "page", "assumption", "answers", "sentence")
class BasisReport:
    """On what a statement rests."""

    kind: Annotated[str, OneOf(Ground)]
    """Whether a page says it, or speaks of assets in general, or it is assumed, compared, or not verified."""
    page: str | None
    """The page of the documents that says so; null where none does."""
    assumption: AssumptionWord | None
    """The name of the assumption that decides, the first of several; null where none does."""
    answers: AnswersTable
    """Every assumption that decides, with the answer that was assumed."""
    sentence: str
    """All that in words."""


@shape
class MeetsReport:
    """A resource on the target."""

    address: str
    """Its address there."""
    id: str | None
    """Its id; null where the target does not say it."""
    target_name: str
    """Its name there."""


@shape_of(Change, "name", "target_name", "basis", "meets", "fields", "unchanged", "unverified")
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
    reason: ReasonWord
    """Why, as one word."""
    basis: BasisReport
    """What that rests on: a page of the documents, an assumption, or a comparison."""
    assumptions: Sequence[AssumptionWord]
    """The names of the assumptions that it rests on."""
    meets: MeetsReport | None
    """What is on the target that it conflicts with, or is compared with; null where nothing is, or more than one is."""
    depends_on: Sequence[str]
    """The addresses of the resources in the package that it refers to."""
    fields: Sequence[FieldReport]
    """What differs from the resource on the target."""
    unchanged: int | None
    """How many members its document has beside those in `fields`; null where nothing differs."""
    unverified: Sequence[str]
    """The pointers of fields that were not looked at on the target, so that it is not known whether they differ."""


@shape
class AssumptionReport:
    """An assumption that shaped the plan, and the resources that it touched."""

    name: AssumptionWord
    """Its name, as `--assume` takes it."""
    value: str
    """The answer that was assumed."""
    question: str
    """The question that no document answers."""
    addresses: Sequence[str]
    """The resources whose change rests on it."""


@shape_of(Granted)
class GrantedReport:
    """What no document says, every plan takes for granted, and no option changes."""

    name: str
    """A word for it."""
    sentence: str
    """What is taken for granted."""
    page: str
    """The page that leaves it open."""


@shape_of(ImportOptions, "prefix", "assumptions")
class OptionsReport:
    """The import's query, and every assumption with its value."""

    mode: Literal["AddNew", "Merge"]
    """The import mode."""
    prefix: str
    """What is joined with the names of applications; may be empty."""
    datasource_overwrite: bool
    """Whether data sources that exist are updated."""
    assumptions: AnswersTable
    """Every assumption with the answer that was assumed."""


@shape_of(Package, "path", "container", "sha256", "unused_files", "layout")
class PackageReport:
    """The package that was planned."""

    path: str
    """The package, as it was named."""
    container: Container
    """What it is: a zip, a folder, a document such as a snapshot, or standard input."""
    name: str
    """The name of the package."""
    asset_version: str
    """Its asset version, verbatim."""
    sha256: str
    """The digest of its content, the same for a folder and its zip."""
    unused_files: int
    """How many of its files an import uses for nothing."""
    layout: LayoutReport | None = None
    """How much its layout covers, for an archive of another layout; null elsewhere."""


@shape
class TargetReport:
    """What the package was held against; `untouched` counts what is only there."""

    name: str
    """The name of the target."""
    sha256: str
    """The digest of what the snapshot means, or of the package that was taken for the target."""
    parts: dict[str, str]
    """The digests of what the snapshot says of each kind and of the instance; none of a package."""
    taken: str | None
    """When the snapshot was taken; null where it does not say so."""
    covers: Sequence[str]
    """The kinds of which everything on the target is known."""
    untouched: int
    """How many resources are only on the target."""
    only_there: Sequence[str]
    """Their addresses."""
    undetermined: int
    """How many things about it are not settled: more than none where it was predicted, and not looked at."""
    digests: dict[str, str] | None = None
    """The digest of what each resource means, by its address, without credentials; null of a package."""
    in_part: Sequence[str] = ()
    """The addresses of the resources of which some fields were not looked at."""


@shape
class PlanSummary:
    """How many resources have each action."""

    create: int
    """Nothing of that address is on the target."""
    update: int
    """Documented, or assumed, to be overwritten."""
    keep: int
    """There already, and stays as it is."""
    undetermined: int
    """There already and different, and it is not documented which one stays."""
    conflict: int
    """The import fails, or may not proceed."""
    omit: int
    """Never imported by the platform."""
    accepted: int
    """How many findings the project has accepted; actions and verdict are the same with them."""


@shape
class PlanReport(Report):
    """A plan, complete."""

    document: Literal["plan"] = "plan"
    verdict: VerdictWord
    """The whole plan in a word; the best of them is not a promise."""
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
    granted: Sequence[GrantedReport]
    """What was taken for granted beside them, as in every plan."""
    diagnostics: Sequence[DiagnosticReport]
    """What was found in the package and about the plan."""
    accepted: Sequence[AcceptedReport]
    """The findings that the project has accepted; they are not in `diagnostics`, and the verdict counts them."""
    request: RequestReport
    """The call that the plan was computed for."""
    other_verdicts: Sequence[OtherVerdictReport] | None
    """The answers to open questions under which the verdict would be another; null unless they were asked for."""
    prefix: PrefixReport | None
    """What the prefix carries with it, and what it cannot; null without a prefix."""
    impact: Sequence[ImpactReport]
    """The data sources that are overwritten, or kept although they differ, and who uses them on the target."""
    order: OrderReport
    """In which order the resources depend on each other."""
    predicted_job: PredictedJobReport
    """The job that the import would end in, as far as it is documented."""
    binding: BindingReport
    """What the plan is bound to beside the digests of package and target."""
    plugin_rules: Sequence[RuleReport] = ()
    """The rules of the project's plug-ins, with their pages; empty where there are none."""


def report_plan(
    plan: Plan, *, strict: bool = False, suggested: bool = False, digests_wanted: bool = True
) -> PlanReport:
    """Return the report of a plan.

    `strict` asks for the verdicts under other answers too; `suggested` says that assetpkg has chosen the prefix.
    Where no digests are wanted, the documents of a target are not read for them, nor are rules loaded.
    """
    return PlanReport(
        verdict=plan.verdict.value,
        summary=summarise(plan),
        options=report_options(plan.options),
        package=report_package(plan.package),
        target=None if plan.target is None else report_target(plan.target, plan, digests_wanted=digests_wanted),
        changes=list(_changes(plan)),
        assumptions=list(_assumptions(plan)),
        granted=[report_as(GrantedReport, each) for each in GRANTED],
        diagnostics=[report_diagnostic(diagnostic) for diagnostic in plan.diagnostics],
        accepted=report_accepted(plan.accepted),
        request=report_request(plan.request),
        other_verdicts=report_other_verdicts(plan.other_verdicts) if strict else None,
        prefix=report_prefix(plan, suggested=suggested) if plan.options.prefix else None,
        impact=report_impact(plan.impact),
        order=report_order(plan.order),
        predicted_job=report_prediction(plan.prediction),
        binding=report_binding(plan.options, plan.judge, rules_wanted=digests_wanted),
        plugin_rules=report_plugin_rules(plan.judge.policy.plugins),
    )


def report_options(options: ImportOptions) -> OptionsReport:
    """Return the report of how an import was asked for."""
    answers = dict(options.assumptions)
    return report_as(OptionsReport, options, prefix=mask_line(options.prefix), assumptions=answers)


def report_package(package: Package) -> PackageReport:
    """Return the report of the package that would be imported."""
    layout = report_layout(package.layout.coverage())
    return report_as(
        PackageReport,
        package,
        path=mask_line(package.archive.path),
        container=package.archive.container,
        sha256=package.digest,
        unused_files=package.idle_files,
        layout=layout,
    )


def summarise(plan: Plan) -> PlanSummary:
    """Return how many resources have each action."""
    return PlanSummary(**plan.summary, accepted=len(plan.accepted))


def report_target(instance: Instance, plan: Plan, *, digests_wanted: bool = True) -> TargetReport:
    """Return the report of what the package was held against."""
    known = RecordedTarget.of(instance) if digests_wanted and instance.content_digest is None else None
    return TargetReport(
        name=mask_line(instance.name),
        sha256=instance.digest if digests_wanted else "",
        parts=dict(instance.parts) if digests_wanted else {},
        taken=None if instance.taken is None else mask_line(instance.taken),
        covers=sorted(instance.covers),
        untouched=plan.untouched,
        only_there=list(plan.planned.only_on_target),
        undetermined=len(instance.undetermined),
        digests=None if known is None else dict(known.digests),
        in_part=[] if known is None else [address for address in known.digests if address in known.in_part],
    )


def report_basis(basis: Basis) -> BasisReport:
    """Return the report of what a statement rests on."""
    first = next((name for name, _ in basis.answers), None)
    return BasisReport(
        kind=basis.ground.value,
        page=str(basis.page) or None,
        assumption=first,
        answers=dict(basis.answers),
        sentence=str(basis),
    )


def _changes(plan: Plan) -> Iterator[ChangeReport]:
    # Most changes rest on the same few things, so that each of these is told once.
    bases: dict[Basis, BasisReport] = {}
    for change in plan.changes:
        basis = bases.get(change.basis)
        if basis is None:
            basis = bases[change.basis] = report_basis(change.basis)
        name = mask_line(change.name)
        # Without a prefix it is the same name, and as harmless.
        is_same = change.target_name == change.name == name
        yield report_as(
            ChangeReport,
            change,
            name=name,
            target_name=name if is_same else mask_renamed(change.target_name, change.name),
            basis=basis,
            meets=_meets(change, name, plan),
            unchanged=_unchanged(change, plan) if change.fields else None,
            unverified=[mask_line(pointer) for pointer in change.unverified],
            fields=[report_as(FieldReport, field, pointer=mask_line(field.pointer)) for field in change.fields],
        )


def _meets(change: Change, name: str, plan: Plan) -> MeetsReport | None:
    """Return what a change meets on the target; the `name` of the change is one that can be told."""
    found = plan.context.target_index.by_address.get(change.meets)
    if found is None:
        return None
    known = mask_line(found.id) if found.id_given else None
    target_name = name if found.name == change.name else mask_line(found.name)
    return MeetsReport(address=found.address, id=known, target_name=target_name)


def _unchanged(change: Change, plan: Plan) -> int:
    differing = {join_pointer(split_pointer(field.pointer)[:1]) for field in change.fields}
    known = plan.context.comparing.known(plan.package.resource(change.address), change.meets)
    members = known.members if known is not None else ()
    return sum(join_pointer((member,)) not in differing for member in members or plan.package.document(change.address))


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
