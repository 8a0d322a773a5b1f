"""What was changed in a package for one environment, what was left out, and what could not follow."""

from collections.abc import Sequence
from typing import Any, Literal

from assetpkg.authoring.adapt.adapt import Adaptation, LeftOut, Renamed
from assetpkg.authoring.adapt.renaming import Followed
from assetpkg.authoring.adapt.values import GivenValue
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.planning.prefix import StaleName
from assetpkg.report.check import DiagnosticReport, report_diagnostic
from assetpkg.report.plan import PackageReport, report_package
from assetpkg.report.plan_effects import LeftBehindReport
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.rules.allows import Allow


@shape_of(GivenValue, "pointer")
class GivenValueReport:
    """A value that has another one now; a credential is never shown."""

    address: str
    """The resource."""
    pointer: str
    """The JSON pointer of the value in its document."""
    before: Any
    """The value before; null where there was none."""
    after: Any
    """The value now."""
    variable: str | None
    """The environment variable that a credential came from; null for what is no credential."""


@shape_of(Renamed, "name", "new_name")
class RenamedReport:
    """A resource that has another name now."""

    address: str
    """Its address before."""
    name: str
    """Its name before."""
    new_name: str
    """Its name now."""
    new_address: str
    """Its address now."""


@shape_of(Followed, "pointer")
class FollowedReport:
    """A place that follows another name or id."""

    address: str
    """The resource that it is in."""
    pointer: str
    """The JSON pointer in its document."""
    to: str
    """What it is about."""
    copy: bool
    """Whether it is a copy of a name, and no reference."""


@shape_of(LeftOut)
class LeftOutReport:
    """A resource that is left out."""

    address: str
    """Its address."""
    kept_on_target: bool
    """Whether the target's takes its place."""
    needed: str | None
    """What is left out and it refers to, where that is why; null where the file names it."""


@shape_of(Allow, "address")
class AcceptedThereReport:
    """A finding that a plan by this file accepts."""

    code: str
    """The code of the rule."""
    address: str
    """The address now."""
    reason: str
    """Why."""


@shape
class AdaptReport(Report):
    """A package as one environment needs it, or why none was made."""

    document: Literal["adapt-report"] = "adapt-report"
    package: PackageReport
    """The package before."""
    file: str
    """The adapt file, as it was named."""
    output: str | None
    """What was written, as it was named; null where nothing was, or nobody has named it."""
    sha256: str
    """The digest of the content of the adapted package."""
    resources: int
    """How many resources that has."""
    values: Sequence[GivenValueReport]
    """The values that were changed."""
    renamed: Sequence[RenamedReport]
    """What has another name now."""
    followed: Sequence[FollowedReport]
    """The references, and the copies of names, that follow."""
    left_behind: Sequence[LeftBehindReport]
    """The places where an old name is and stays, since nothing says that it is a reference."""
    left_out: Sequence[LeftOutReport]
    """What is left out."""
    accepts: Sequence[AcceptedThereReport]
    """The findings that plans by this file accept."""
    diagnostics: Sequence[DiagnosticReport]
    """What was found about the adapt file."""


def report_adapt(
    made: Adaptation, found: Sequence[Diagnostic] = (), output: str = "", *, written: bool = False
) -> AdaptReport:
    """Return the report of an adapted package, which was `written` to `output` or was not."""
    return AdaptReport(
        package=report_package(made.whole),
        file=mask_line(made.origin),
        output=mask_line(output) if output and written else None,
        sha256=made.package.digest,
        resources=len(made.package.resources),
        values=[report_as(GivenValueReport, each, pointer=mask_line(each.pointer)) for each in made.values],
        renamed=[_renamed(each) for each in made.renamed],
        followed=[report_as(FollowedReport, each, pointer=mask_line(each.pointer)) for each in made.followed],
        left_behind=[_left_behind(each) for each in made.stale],
        left_out=[report_as(LeftOutReport, each) for each in made.left_out],
        accepts=[report_as(AcceptedThereReport, each, address=mask_line(each.address)) for each in made.allows],
        diagnostics=[report_diagnostic(each) for each in found],
    )


def _renamed(each: Renamed) -> RenamedReport:
    return report_as(RenamedReport, each, name=mask_line(each.name), new_name=mask_line(each.new_name))


def _left_behind(each: StaleName) -> LeftBehindReport:
    return report_as(LeftBehindReport, each._replace(pointer=mask_line(each.pointer)))
