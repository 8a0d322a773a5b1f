"""What an import ends in, and how it is undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assetpkg.diagnostics.model import Severity
from assetpkg.kinds import KINDS
from assetpkg.outcome.apply import Outcome
from assetpkg.outcome.undo import Undo
from assetpkg.planning.changes import Action
from assetpkg.report import FORMAT_VERSION
from assetpkg.report.plan import (
    OptionsReport,
    PackageReport,
    PlanSummary,
    TargetReport,
    report_options,
    report_package,
    report_target,
    summarise,
)
from assetpkg.report.plan_effects import VerdictWord
from assetpkg.simulation.plan import Plan


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ObstacleReport:
    """Something that blocks the plan."""

    address: str | None
    """The resource of the package; null where it is about the package."""
    code: str | None
    """The code of the rule that says so; null where only the plan does."""
    message: str
    """What is in the way."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class UndeterminedReport:
    """Something about a resource of the predicted state that no document settles."""

    address: str
    """The resource on the target."""
    why: str
    """Why it is not settled, as one word of a list that grows."""
    pointers: Sequence[str]
    """The place in the resource; empty if the whole resource is meant."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ApplyReport:
    """What an import ends in, or would with `--partial` where it was not applied; the snapshot has the state itself."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
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
    undetermined: Sequence[UndeterminedReport]
    """What of the state is not settled by any document."""
    obstacles: Sequence[ObstacleReport]
    """What blocks the plan; conflicts among it were left out of the state."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RestorationReport:
    """A resource whose previous values the package of the undo has."""

    address: str
    """The resource on the target."""
    certain: bool
    """Whether the import changes it; false where it may."""
    pointers: Sequence[str]
    """What of it the import changes, or may change."""
    basis: str
    """Why importing the package of the undo brings the values back: a page of the documents, or an assumption."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class StaysReport:
    """A resource that the import creates, and that no import takes away."""

    address: str
    """The resource on the target."""
    delete_with: Literal["apps", "tasks"] | None
    """The member of the body of `POST …/assets/delete` that takes its id; null where it takes none of the kind."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class CredentialReport:
    """A credential that may be lost with the import, and that the package of the undo does not bring back."""

    address: str
    """The resource on the target."""
    pointer: str
    """Where in the resource."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class UndoReport:
    """How an import is undone: with a package, and by hand."""

    format_version: str
    """The version of this format, MAJOR.MINOR."""
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
    """What no package can bring back, since it is on the target twice under one name."""


def report_apply(plan: Plan, outcome: Outcome, *, applied: bool) -> ApplyReport:
    """Return the report of the state that a planned import ends in."""
    return ApplyReport(
        format_version=FORMAT_VERSION,
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
        undetermined=[
            UndeterminedReport(address=fact.address, why=fact.why, pointers=fact.pointers)
            for fact in outcome.undetermined
        ],
        obstacles=list(_obstacles(plan)),
    )


def report_undo(plan: Plan, undo: Undo) -> UndoReport:
    """Return the report of how a planned import is undone."""
    return UndoReport(
        format_version=FORMAT_VERSION,
        needed=undo.package is not None,
        verdict=plan.verdict.value,
        undone=summarise(plan),
        options=report_options(undo.options),
        package=report_package(plan.package),
        target=report_target(plan.context.known_instance, plan),
        restored=[
            RestorationReport(
                address=found.address,
                certain=found.certain,
                pointers=[field.pointer for field in found.fields],
                basis=str(found.basis),
            )
            for found in undo.restored
        ],
        companions=undo.companions,
        stays=[
            StaysReport(address=change.target_address, delete_with=_deleted_with(change.kind)) for change in undo.stays
        ],
        credentials=[CredentialReport(address=place.address, pointer=place.pointer) for place in undo.credentials],
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
    told = {found.address for found in errors}
    for change in plan.with_action(Action.CONFLICT):
        if change.address not in told:
            yield ObstacleReport(address=change.address, code=None, message=change.reason.value)
