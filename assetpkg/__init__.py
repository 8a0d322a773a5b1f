"""Read, write, check and plan ROMA Connect asset packages, without a network.

Everything public is here and nowhere else. Importing this module is cheap: what a name needs is imported when it
is used first.
"""

TYPE_CHECKING = False
"""Type checkers know better. To import it from `typing` takes longer than to tell the version."""

if TYPE_CHECKING:
    from assetpkg.checking import check as check
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
    from assetpkg.package import Package as Package
    from assetpkg.packing import unpack as unpack
    from assetpkg.packing import write as write
    from assetpkg.planning.changes import Action as Action
    from assetpkg.planning.changes import Change as Change
    from assetpkg.planning.changes import Plan as Plan
    from assetpkg.planning.changes import Reason as Reason
    from assetpkg.planning.options import ImportOptions as ImportOptions
    from assetpkg.planning.options import Mode as Mode
    from assetpkg.planning.plan import plan as plan
    from assetpkg.policy import Policy as Policy
    from assetpkg.reading import read as read
    from assetpkg.reading import read_target as read_target
    from assetpkg.redaction.packages import RedactedSnapshot as RedactedSnapshot
    from assetpkg.redaction.packages import Redaction as Redaction
    from assetpkg.redaction.packages import Replacement as Replacement
    from assetpkg.redaction.packages import redact as redact
    from assetpkg.redaction.packages import redact_snapshot as redact_snapshot
    from assetpkg.simulation import review as review
    from assetpkg.team_schemas import TeamSchemas as TeamSchemas

__version__ = "0.2.0"

_HOMES = {
    "checking": ("check",),
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
    "package": ("Package",),
    "packing": ("unpack", "write"),
    "planning.changes": ("Action", "Change", "Plan", "Reason"),
    "planning.options": ("ImportOptions", "Mode"),
    "planning.plan": ("plan",),
    "policy": ("Policy",),
    "reading": ("read", "read_target"),
    "redaction.packages": ("RedactedSnapshot", "Redaction", "Replacement", "redact", "redact_snapshot"),
    "simulation": ("review",),
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
