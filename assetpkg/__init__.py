"""Read, write, check and plan ROMA Connect asset packages, without a network.

Everything public is here and nowhere else. Importing this module is cheap: what a name needs is imported when it
is used first.
"""

TYPE_CHECKING = False
"""Type checkers know better. To import it from `typing` takes longer than to tell the version."""

if TYPE_CHECKING:
    from assetpkg.authoring.adapt.adapt import Adaptation as Adaptation
    from assetpkg.authoring.adapt.adapt import LeftOut as LeftOut
    from assetpkg.authoring.adapt.adapt import Renamed as Renamed
    from assetpkg.authoring.adapt.adapt import adapt as adapt
    from assetpkg.authoring.adapt.declaration import AdaptFile as AdaptFile
    from assetpkg.authoring.adapt.declaration import ResourceChange as ResourceChange
    from assetpkg.authoring.adapt.reading import Adapting as Adapting
    from assetpkg.authoring.adapt.reading import read_adapt as read_adapt
    from assetpkg.authoring.adapt.renaming import Followed as Followed
    from assetpkg.authoring.adapt.values import GivenValue as GivenValue
    from assetpkg.authoring.fix import FixedFile as FixedFile
    from assetpkg.authoring.fix import Fixing as Fixing
    from assetpkg.authoring.fix import fix as fix
    from assetpkg.authoring.fmt import FormattedFile as FormattedFile
    from assetpkg.authoring.fmt import Formatting as Formatting
    from assetpkg.authoring.fmt import LeftFile as LeftFile
    from assetpkg.authoring.fmt import fmt as fmt
    from assetpkg.authoring.long_texts import TextPlace as TextPlace
    from assetpkg.authoring.new import Making as Making
    from assetpkg.authoring.new import new as new
    from assetpkg.authoring.new import new_package as new_package
    from assetpkg.authoring.redact.names.mapping import dump_names as dump_names
    from assetpkg.authoring.redact.names.mapping import read_names as read_names
    from assetpkg.authoring.redact.names.renaming import NamesReplaced as NamesReplaced
    from assetpkg.authoring.redact.names.stand_ins import Names as Names
    from assetpkg.authoring.redact.names.words import ReplacedWord as ReplacedWord
    from assetpkg.authoring.redact.names.words import WordSort as WordSort
    from assetpkg.authoring.redact.redact import RedactedSnapshot as RedactedSnapshot
    from assetpkg.authoring.redact.redact import Redaction as Redaction
    from assetpkg.authoring.redact.redact import Replacement as Replacement
    from assetpkg.authoring.redact.redact import redact as redact
    from assetpkg.authoring.redact.redact import redact_snapshot as redact_snapshot
    from assetpkg.authoring.selection import CutReference as CutReference
    from assetpkg.authoring.split import Batch as Batch
    from assetpkg.authoring.split import Split as Split
    from assetpkg.authoring.split import split as split
    from assetpkg.diagnostics.model import Accepted as Accepted
    from assetpkg.diagnostics.model import Diagnostic as Diagnostic
    from assetpkg.diagnostics.model import Findings as Findings
    from assetpkg.diagnostics.model import Fix as Fix
    from assetpkg.diagnostics.model import Location as Location
    from assetpkg.diagnostics.model import Problem as Problem
    from assetpkg.diagnostics.model import Rule as Rule
    from assetpkg.diagnostics.model import Severity as Severity
    from assetpkg.diagnostics.model import rule as rule
    from assetpkg.errors import AssetpkgError as AssetpkgError
    from assetpkg.errors import CannotRead as CannotRead
    from assetpkg.errors import CannotWrite as CannotWrite
    from assetpkg.errors import CredentialRemains as CredentialRemains
    from assetpkg.errors import InvalidOption as InvalidOption
    from assetpkg.errors import InvalidPackage as InvalidPackage
    from assetpkg.errors import NameRemains as NameRemains
    from assetpkg.errors import UnknownAddress as UnknownAddress
    from assetpkg.json_schema.team import TeamSchemas as TeamSchemas
    from assetpkg.kinds.kind import Kind as Kind
    from assetpkg.layouts.declaration import LayoutFile as LayoutFile
    from assetpkg.layouts.measures import Coverage as Coverage
    from assetpkg.layouts.measures import Left as Left
    from assetpkg.layouts.reading import read_layout as read_layout
    from assetpkg.limits import Limits as Limits
    from assetpkg.package.index import Resource as Resource
    from assetpkg.package.package import Package as Package
    from assetpkg.package.packing import unpack as unpack
    from assetpkg.package.packing import write as write
    from assetpkg.package.reading import read as read
    from assetpkg.package.secrets import CredentialToEnter as CredentialToEnter
    from assetpkg.planning.assumptions import Basis as Basis
    from assetpkg.planning.assumptions import Ground as Ground
    from assetpkg.planning.changes import Action as Action
    from assetpkg.planning.changes import Change as Change
    from assetpkg.planning.impact import Impact as Impact
    from assetpkg.planning.impact import User as User
    from assetpkg.planning.options import ImportOptions as ImportOptions
    from assetpkg.planning.options import Mode as Mode
    from assetpkg.planning.order import Order as Order
    from assetpkg.planning.prefix import StaleName as StaleName
    from assetpkg.planning.prefix import UpdatedReference as UpdatedReference
    from assetpkg.planning.prefix import suggest_prefix as suggest_prefix
    from assetpkg.planning.remarks import Reason as Reason
    from assetpkg.planning.request import Request as Request
    from assetpkg.render.to_json import to_json as to_json
    from assetpkg.resource.diff import FieldChange as FieldChange
    from assetpkg.rules.adapted import LeftOpen as LeftOpen
    from assetpkg.rules.adapted import UnusedEntry as UnusedEntry
    from assetpkg.rules.policy import Policy as Policy
    from assetpkg.rules.runner import check as check
    from assetpkg.simulation.compare import Comparison as Comparison
    from assetpkg.simulation.compare import Row as Row
    from assetpkg.simulation.compare import compare_imports as compare_imports
    from assetpkg.simulation.delta import Subset as Subset
    from assetpkg.simulation.delta import subset as subset
    from assetpkg.simulation.diff import diff as diff
    from assetpkg.simulation.difference import Diff as Diff
    from assetpkg.simulation.difference import Difference as Difference
    from assetpkg.simulation.job import Job as Job
    from assetpkg.simulation.job import JobReason as JobReason
    from assetpkg.simulation.job import parse_job as parse_job
    from assetpkg.simulation.many_checks import Checked as Checked
    from assetpkg.simulation.many_checks import check_many as check_many
    from assetpkg.simulation.many_plans import Planned as Planned
    from assetpkg.simulation.many_plans import plan_many as plan_many
    from assetpkg.simulation.merging.clashes import Clash as Clash
    from assetpkg.simulation.merging.clashes import RemovedResource as RemovedResource
    from assetpkg.simulation.merging.clashes import TakenFile as TakenFile
    from assetpkg.simulation.merging.clashes import TakenResource as TakenResource
    from assetpkg.simulation.merging.merge import Merge as Merge
    from assetpkg.simulation.merging.merge import merge as merge
    from assetpkg.simulation.outcome.apply import Outcome as Outcome
    from assetpkg.simulation.outcome.checklist.checklist import Checklist as Checklist
    from assetpkg.simulation.outcome.checklist.checklist import Item as Item
    from assetpkg.simulation.outcome.checklist.checklist import Phase as Phase
    from assetpkg.simulation.outcome.checklist.found import Scenario as Scenario
    from assetpkg.simulation.outcome.undo import Restoration as Restoration
    from assetpkg.simulation.outcome.undo import Undo as Undo
    from assetpkg.simulation.plan import Plan as Plan
    from assetpkg.simulation.plan import plan as plan
    from assetpkg.simulation.prediction import Elsewhere as Elsewhere
    from assetpkg.simulation.prediction import FailingReason as FailingReason
    from assetpkg.simulation.prediction import Prediction as Prediction
    from assetpkg.simulation.reconcile import PredictedReason as PredictedReason
    from assetpkg.simulation.reconcile import Reconciliation as Reconciliation
    from assetpkg.simulation.reconcile import reconcile as reconcile
    from assetpkg.simulation.rollout import Rollout as Rollout
    from assetpkg.simulation.rollout import Step as Step
    from assetpkg.simulation.rollout import roll_out as roll_out
    from assetpkg.simulation.verdict import AlternativeVerdict as AlternativeVerdict
    from assetpkg.simulation.verdict import Verdict as Verdict
    from assetpkg.simulator.emulator import Endpoint as Endpoint
    from assetpkg.simulator.emulator import emulator as emulator
    from assetpkg.target.answers.collecting import Collected as Collected
    from assetpkg.target.answers.collecting import RefusedFile as RefusedFile
    from assetpkg.target.answers.collecting import TakenAnswer as TakenAnswer
    from assetpkg.target.answers.collecting import read_answers as read_answers
    from assetpkg.target.answers.coverage import MissingCall as MissingCall
    from assetpkg.target.instance import Instance as Instance
    from assetpkg.target.reading import read_target as read_target
    from assetpkg.target.recorded import RecordedTarget as RecordedTarget
    from assetpkg.target.snapshot import write_snapshot as write_snapshot
    from assetpkg.target.undetermined import Undetermined as Undetermined

__version__ = "0.3.0"

_HOMES = {
    "authoring.adapt.adapt": ("Adaptation", "LeftOut", "Renamed", "adapt"),
    "authoring.adapt.declaration": ("AdaptFile", "ResourceChange"),
    "authoring.adapt.reading": ("Adapting", "read_adapt"),
    "authoring.adapt.renaming": ("Followed",),
    "authoring.adapt.values": ("GivenValue",),
    "authoring.fix": ("FixedFile", "Fixing", "fix"),
    "authoring.fmt": ("FormattedFile", "Formatting", "LeftFile", "fmt"),
    "authoring.long_texts": ("TextPlace",),
    "authoring.new": ("Making", "new", "new_package"),
    "authoring.redact.names.mapping": ("dump_names", "read_names"),
    "authoring.redact.names.renaming": ("NamesReplaced",),
    "authoring.redact.names.stand_ins": ("Names",),
    "authoring.redact.names.words": ("ReplacedWord", "WordSort"),
    "authoring.redact.redact": ("RedactedSnapshot", "Redaction", "Replacement", "redact", "redact_snapshot"),
    "authoring.selection": ("CutReference",),
    "authoring.split": ("Batch", "Split", "split"),
    "diagnostics.model": (
        "Accepted",
        "Diagnostic",
        "Findings",
        "Fix",
        "Location",
        "Problem",
        "Rule",
        "Severity",
        "rule",
    ),
    "errors": (
        "AssetpkgError",
        "CannotRead",
        "CannotWrite",
        "CredentialRemains",
        "InvalidOption",
        "InvalidPackage",
        "NameRemains",
        "UnknownAddress",
    ),
    "json_schema.team": ("TeamSchemas",),
    "kinds.kind": ("Kind",),
    "layouts.declaration": ("LayoutFile",),
    "layouts.measures": ("Coverage", "Left"),
    "layouts.reading": ("read_layout",),
    "limits": ("Limits",),
    "simulation.outcome.apply": ("Outcome",),
    "simulation.outcome.checklist.checklist": ("Checklist", "Item", "Phase"),
    "simulation.outcome.checklist.found": ("Scenario",),
    "simulation.outcome.undo": ("Restoration", "Undo"),
    "package.index": ("Resource",),
    "package.package": ("Package",),
    "package.packing": ("unpack", "write"),
    "package.reading": ("read",),
    "package.secrets": ("CredentialToEnter",),
    "planning.assumptions": ("Basis", "Ground"),
    "planning.changes": ("Action", "Change"),
    "planning.impact": ("Impact", "User"),
    "planning.options": ("ImportOptions", "Mode"),
    "planning.order": ("Order",),
    "planning.prefix": ("StaleName", "UpdatedReference", "suggest_prefix"),
    "planning.remarks": ("Reason",),
    "planning.request": ("Request",),
    "render.to_json": ("to_json",),
    "resource.diff": ("FieldChange",),
    "rules.adapted": ("LeftOpen", "UnusedEntry"),
    "rules.policy": ("Policy",),
    "rules.runner": ("check",),
    "simulation.compare": ("Comparison", "Row", "compare_imports"),
    "simulation.delta": ("Subset", "subset"),
    "simulation.diff": ("diff",),
    "simulation.difference": ("Diff", "Difference"),
    "simulation.job": ("Job", "JobReason", "parse_job"),
    "simulation.many_checks": ("Checked", "check_many"),
    "simulation.many_plans": ("Planned", "plan_many"),
    "simulation.merging.clashes": ("Clash", "RemovedResource", "TakenFile", "TakenResource"),
    "simulation.merging.merge": ("Merge", "merge"),
    "simulation.plan": ("Plan", "plan"),
    "simulation.prediction": ("Elsewhere", "FailingReason", "Prediction"),
    "simulation.reconcile": ("PredictedReason", "Reconciliation", "reconcile"),
    "simulation.rollout": ("Rollout", "Step", "roll_out"),
    "simulation.verdict": ("AlternativeVerdict", "Verdict"),
    "simulator.emulator": ("Endpoint", "emulator"),
    "target.answers.collecting": ("Collected", "RefusedFile", "TakenAnswer", "read_answers"),
    "target.answers.coverage": ("MissingCall",),
    "target.instance": ("Instance",),
    "target.reading": ("read_target",),
    "target.recorded": ("RecordedTarget",),
    "target.snapshot": ("write_snapshot",),
    "target.undetermined": ("Undetermined",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted([*_HOME_OF, "__version__"])  # noqa: PLE0605 - derived from the table above


def __getattr__(name: str) -> object:
    """Import a public name when it is used first."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'assetpkg' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(f"assetpkg.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
