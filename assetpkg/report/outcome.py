"""What is left of an import and around it: the state afterwards, the way back, and what to do by hand."""

from collections.abc import Iterator, Sequence
from typing import Literal

from assetpkg.diagnostics.model import Severity
from assetpkg.kinds import KINDS
from assetpkg.package.secrets import CredentialToEnter
from assetpkg.planning.changes import Action
from assetpkg.planning.options import Mode
from assetpkg.report.plan import (
    BasisReport,
    OptionsReport,
    PackageReport,
    PlanSummary,
    TargetReport,
    report_basis,
    report_options,
    report_package,
    report_target,
    summarise,
)
from assetpkg.report.plan_effects import RequestReport, VerdictWord, report_request
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.outcome.apply import Outcome
from assetpkg.simulation.outcome.checklist.checklist import Checklist, Item, usual_scenario
from assetpkg.simulation.outcome.undo import Restoration, Undo
from assetpkg.simulation.plan import Plan
from assetpkg.target.undetermined import Undetermined


@shape
class ObstacleReport:
    """Something that blocks the plan."""

    address: str | None
    """The resource of the package; null where it is about the package."""
    code: str | None
    """The code of the rule that says so; null where only the plan does."""
    message: str
    """What is in the way."""


@shape_of(Undetermined)
class UndeterminedReport:
    """Something about a resource of the predicted state that no document settles."""

    address: str
    """The resource on the target."""
    why: str
    """Why it is not settled, as one word of a list that grows."""
    pointers: Sequence[str]
    """The place in the resource; empty if the whole resource is meant."""


@shape
class MovedReport:
    """A resource of the target that has another address afterwards."""

    before: str
    """The address before the import."""
    after: str
    """The address after it: of another name, below another name, or with another number after a name that is shared."""


@shape
class ApplyReport(Report):
    """What an import ends in, or would with `--partial` where it was not applied; the snapshot has the state itself."""

    document: Literal["apply"] = "apply"
    applied: bool
    """Whether a snapshot was written; false where the plan is blocked and `--partial` was not given."""
    verdict: VerdictWord
    """The plan's verdict, in a word."""
    summary: PlanSummary
    """How many resources of the package have each action."""
    options: OptionsReport
    """How the import was asked for."""
    package: PackageReport
    """What was applied."""
    target: TargetReport
    """The target before."""
    resources: int
    """How many resources the target has afterwards."""
    created: Sequence[str]
    """The addresses on the target of what is new."""
    updated: Sequence[str]
    """The addresses on the target of what has other values."""
    followed: Sequence[str]
    """The addresses of what only the target has, and now refers by another value to something that is updated."""
    moved: Sequence[MovedReport]
    """What was on the target before and has another address afterwards; `updated` and `followed` have that."""
    undetermined: Sequence[UndeterminedReport]
    """What of the state is not settled by any document."""
    obstacles: Sequence[ObstacleReport]
    """What blocks the plan; conflicts among it were left out of the state."""


@shape_of(Restoration, "pointers", "basis")
class RestorationReport:
    """A resource whose previous values the package of the undo has."""

    address: str
    """The resource on the target."""
    certain: bool
    """Whether the import changes it; false where it may."""
    pointers: Sequence[str]
    """What of it the import changes, or may change."""
    basis: BasisReport
    """Why importing the package of the undo brings the values back: a page of the documents, or an assumption."""


@shape
class StaysReport:
    """A resource that the import creates, and that no import takes away."""

    address: str
    """The resource on the target."""
    delete_with: Literal["apps", "tasks"] | None
    """The member of the body of `POST …/assets/delete` that takes its id; null where it takes none of the kind."""


@shape_of(CredentialToEnter)
class CredentialReport:
    """A credential that may be lost with the import, and that the package of the undo does not bring back."""

    address: str
    """The resource on the target."""
    pointer: str
    """Where in the resource."""


@shape
class UndoReport(Report):
    """How an import is undone: with a package, and by hand."""

    document: Literal["undo"] = "undo"
    needed: bool
    """Whether the import changes, or may change, what is on the target; without that no package is written."""
    verdict: VerdictWord
    """The verdict of the plan that is to be undone; an import that is blocked fails, perhaps half-way."""
    undone: PlanSummary
    """How many resources of the package that is to be undone have each action."""
    options: OptionsReport
    """How the package of the undo is to be imported."""
    package: PackageReport
    """The package that is to be undone."""
    target: TargetReport
    """The target before its import."""
    restored: Sequence[RestorationReport]
    """What the package of the undo brings back."""
    companions: Sequence[str]
    """What is in it unchanged, since the others refer to it."""
    stays: Sequence[StaysReport]
    """What the import creates; to be deleted by hand."""
    credentials: Sequence[CredentialReport]
    """What is to be entered by hand afterwards."""
    doubles: Sequence[str]
    """What no package can bring back, since it is on the target twice under one name, apart from a credential in it."""


def report_apply(plan: Plan, outcome: Outcome, *, applied: bool) -> ApplyReport:
    """Return the report of the state that a planned import ends in."""
    return ApplyReport(
        applied=applied,
        verdict=plan.verdict.value,
        summary=summarise(plan),
        options=report_options(plan.options),
        package=report_package(plan.package),
        target=report_target(plan.context.known_instance, plan),
        resources=len(outcome.instance.index.resources),
        created=outcome.created,
        updated=outcome.updated,
        followed=outcome.followed,
        moved=[MovedReport(before=before, after=after) for before, after in outcome.moved.items()],
        undetermined=[report_as(UndeterminedReport, fact) for fact in outcome.undetermined],
        obstacles=list(_obstacles(plan)),
    )


def report_undo(plan: Plan, undo: Undo) -> UndoReport:
    """Return the report of how a planned import is undone."""
    return UndoReport(
        needed=undo.package is not None,
        verdict=plan.verdict.value,
        undone=summarise(plan),
        options=report_options(undo.options),
        package=report_package(plan.package),
        target=report_target(plan.context.known_instance, plan),
        restored=[
            report_as(
                RestorationReport,
                found,
                pointers=[field.pointer for field in found.fields],
                basis=report_basis(found.basis),
            )
            for found in undo.restored
        ],
        companions=undo.companions,
        stays=[
            StaysReport(address=change.target_address, delete_with=_deleted_with(change.kind)) for change in undo.stays
        ],
        credentials=[report_as(CredentialReport, place) for place in undo.credentials],
        doubles=undo.doubles,
    )


def _deleted_with(kind: str) -> Literal["apps", "tasks"] | None:
    counted = KINDS[kind].counted_as
    return "apps" if counted == "applications" else "tasks" if counted == "tasks" else None


def _obstacles(plan: Plan) -> Iterator[ObstacleReport]:
    """Yield the errors, and the conflicts that no error speaks of."""
    errors = [found for found in plan.diagnostics if found.severity is Severity.ERROR]
    for found in errors:
        yield ObstacleReport(address=found.address, code=found.code, message=found.message)
    told = {found.address for found in errors if found.is_of_import}
    for change in plan.with_action(Action.CONFLICT):
        if change.address not in told:
            message = f"{change.reason.phrase} ({change.reason.value})"
            yield ObstacleReport(address=change.address, code=None, message=message)


@shape_of(Item, "type")
class ItemReport:
    """One thing to do."""

    id: str
    """What it is ticked off by: the same thing has the same id every time."""
    type: str
    """What sort of thing it is, as one word of a list that grows."""
    phase: Literal["before", "after"]
    """When it is to be done, seen from the import."""
    title: str
    """What its sort is called."""
    subject: str
    """What it is about: the address of a resource of the package, or words of its own."""
    text: str
    """What to do."""
    names: Sequence[str]
    """What belongs to it: resources, fields as JSON pointers, environments, or a value."""
    page: str
    """The page of the documents that it comes from."""
    there: bool
    """Whether the target has it already, so that nothing is left to do."""


@shape
class HeldTargetReport:
    """What the package was held against."""

    name: str
    """What the target is called."""
    sha256: str
    """The digest of what the snapshot means, or of the package that was taken for the target."""


@shape
class ChecklistReport(Report):
    """What to do by hand before and after an import, as far as the package asks for it."""

    document: Literal["checklist"] = "checklist"
    package: PackageReport
    """What would be imported."""
    target: HeldTargetReport | None
    """What it was held against; null where no target was given."""
    options: OptionsReport
    """How the import was asked for."""
    scenario: Literal["migration", "recovery"]
    """Why it is imported."""
    scenario_assumed: bool
    """Whether the scenario follows from the mode, since none was named and too little is known of the instances."""
    scenario_because: Literal["asked", "instances", "mode"]
    """What the scenario follows from: the option, a comparison of the source and the target, or the mode."""
    blocked: bool
    """Whether the import is blocked, so that what is in its way comes first."""
    usual_mode: Literal["AddNew", "Merge"]
    """The mode that the user guide chooses for the scenario."""
    request: RequestReport
    """The call of the import itself."""
    items: Sequence[ItemReport]
    """What to do, in this order."""


def report_checklist(plan: Plan, found: Checklist) -> ChecklistReport:
    """Return the report of the lists for a planned import."""
    target = plan.target
    usual = next(mode for mode in Mode if usual_scenario(mode) is found.scenario)
    return ChecklistReport(
        package=report_package(plan.package),
        target=None if target is None else HeldTargetReport(name=target.name, sha256=target.digest),
        options=report_options(found.options),
        scenario=found.scenario.value,
        scenario_assumed=found.assumed,
        scenario_because=found.because.value,
        blocked=found.blocked,
        usual_mode=usual.value,
        request=report_request(plan.request),
        items=[report_as(ItemReport, item, type=item.type.word) for item in found.items],
    )
