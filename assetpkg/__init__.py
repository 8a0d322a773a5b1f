"""Read, write, check and plan ROMA Connect asset packages, without a network.

Everything public is here and nowhere else. Importing this module is cheap: what a name needs is imported when it
is used first.
"""

TYPE_CHECKING = False
"""Type checkers know better. To import it from `typing` takes longer than to tell the version."""

if TYPE_CHECKING:
    from assetpkg.checking import check as check
    from assetpkg.comparison import Comparison as Comparison
    from assetpkg.comparison import compare_imports as compare_imports
    from assetpkg.comparison import usual_options as usual_options
    from assetpkg.diagnostics import Diagnostic as Diagnostic
    from assetpkg.diagnostics import Location as Location
    from assetpkg.diagnostics import Severity as Severity
    from assetpkg.diff import FieldChange as FieldChange
    from assetpkg.errors import AssetpkgError as AssetpkgError
    from assetpkg.errors import CannotRead as CannotRead
    from assetpkg.errors import CannotWrite as CannotWrite
    from assetpkg.errors import CredentialRemains as CredentialRemains
    from assetpkg.errors import InvalidOption as InvalidOption
    from assetpkg.errors import InvalidPackage as InvalidPackage
    from assetpkg.errors import UnknownAddress as UnknownAddress
    from assetpkg.index import Resource as Resource
    from assetpkg.instance import Instance as Instance
    from assetpkg.jobs import Job as Job
    from assetpkg.jobs import JobReason as JobReason
    from assetpkg.jobs import parse_job as parse_job
    from assetpkg.ledger import find_other_verdicts as find_other_verdicts
    from assetpkg.package import Package as Package
    from assetpkg.packing import unpack as unpack
    from assetpkg.packing import write as write
    from assetpkg.planning.batches import Batch as Batch
    from assetpkg.planning.batches import Split as Split
    from assetpkg.planning.batches import split as split
    from assetpkg.planning.changes import Action as Action
    from assetpkg.planning.changes import Change as Change
    from assetpkg.planning.changes import Plan as Plan
    from assetpkg.planning.changes import Reason as Reason
    from assetpkg.planning.checklist import Checklist as Checklist
    from assetpkg.planning.checklist import checklist as checklist
    from assetpkg.planning.occasion import Scenario as Scenario
    from assetpkg.planning.options import ImportOptions as ImportOptions
    from assetpkg.planning.options import Mode as Mode
    from assetpkg.planning.outcome import Outcome as Outcome
    from assetpkg.planning.outcome import apply as apply
    from assetpkg.planning.plan import plan as plan
    from assetpkg.planning.prefixes import suggest_prefix as suggest_prefix
    from assetpkg.planning.undoing import Undo as Undo
    from assetpkg.planning.undoing import undo as undo
    from assetpkg.policy import Policy as Policy
    from assetpkg.prediction import Elsewhere as Elsewhere
    from assetpkg.prediction import FailingReason as FailingReason
    from assetpkg.prediction import Prediction as Prediction
    from assetpkg.prediction import predict_job as predict_job
    from assetpkg.reading import read as read
    from assetpkg.reading import read_target as read_target
    from assetpkg.reconciliation import Foreseen as Foreseen
    from assetpkg.reconciliation import Reconciliation as Reconciliation
    from assetpkg.reconciliation import reconcile as reconcile
    from assetpkg.redaction.packages import RedactedSnapshot as RedactedSnapshot
    from assetpkg.redaction.packages import Redaction as Redaction
    from assetpkg.redaction.packages import Replacement as Replacement
    from assetpkg.redaction.packages import redact as redact
    from assetpkg.redaction.packages import redact_snapshot as redact_snapshot
    from assetpkg.rollout import Rollout as Rollout
    from assetpkg.rollout import roll_out as roll_out
    from assetpkg.simulation import Simulation as Simulation
    from assetpkg.simulation import review as review
    from assetpkg.simulation import simulate as simulate
    from assetpkg.snapshots import write_snapshot as write_snapshot
    from assetpkg.team_schemas import TeamSchemas as TeamSchemas

__version__ = "0.2.0"

_HOMES = {
    "checking": ("check",),
    "comparison": ("Comparison", "compare_imports", "usual_options"),
    "diagnostics": ("Diagnostic", "Location", "Severity"),
    "diff": ("FieldChange",),
    "errors": (
        "AssetpkgError",
        "CannotRead",
        "CannotWrite",
        "CredentialRemains",
        "InvalidOption",
        "InvalidPackage",
        "UnknownAddress",
    ),
    "index": ("Resource",),
    "instance": ("Instance",),
    "jobs": ("Job", "JobReason", "parse_job"),
    "ledger": ("find_other_verdicts",),
    "package": ("Package",),
    "packing": ("unpack", "write"),
    "planning.batches": ("Batch", "Split", "split"),
    "planning.changes": ("Action", "Change", "Plan", "Reason"),
    "planning.checklist": ("Checklist", "checklist"),
    "planning.occasion": ("Scenario",),
    "planning.options": ("ImportOptions", "Mode"),
    "planning.outcome": ("Outcome", "apply"),
    "planning.plan": ("plan",),
    "planning.prefixes": ("suggest_prefix",),
    "planning.undoing": ("Undo", "undo"),
    "policy": ("Policy",),
    "prediction": ("Elsewhere", "FailingReason", "Prediction", "predict_job"),
    "reading": ("read", "read_target"),
    "reconciliation": ("Foreseen", "Reconciliation", "reconcile"),
    "redaction.packages": ("RedactedSnapshot", "Redaction", "Replacement", "redact", "redact_snapshot"),
    "rollout": ("Rollout", "roll_out"),
    "simulation": ("Simulation", "review", "simulate"),
    "snapshots": ("write_snapshot",),
    "team_schemas": ("TeamSchemas",),
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
