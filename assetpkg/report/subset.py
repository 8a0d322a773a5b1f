"""A part of a package: what is in it and why, what it lacks, and why there is none."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.authoring.selection import CutReference
from assetpkg.credentials.masking import mask_line
from assetpkg.report.plan import PackageReport, report_package
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.simulation.delta import Because, Subset


@shape
class ChosenReport:
    """A resource that is taken for its own sake."""

    address: str
    """Its address."""
    because: Because
    """Whether it is named, or what has become of it since the earlier package."""


@shape
class CompanionReport:
    """A resource that is taken only because others refer to it."""

    address: str
    """Its address."""
    needed_by: Sequence[str]
    """The addresses of those that refer to it."""


@shape_of(CutReference, "pointer")
class CutReferenceReport:
    """A reference of a resource that is taken to one that is not."""

    address: str
    """The address of what refers."""
    pointer: str
    """The JSON pointer of the reference in its document."""
    needs: str
    """The address of what it refers to."""


@shape
class GoneReport:
    """A resource that only the earlier package has. An import deletes nothing."""

    address: str
    """Its address there."""
    now: str | None
    """Its address in the package, where it has another name there; null where it is not there."""


@shape
class SubsetReport(Report):
    """A part of a package, or why none was made."""

    document: Literal["subset"] = "subset"
    package: PackageReport
    """The whole package."""
    since: PackageReport | None
    """The earlier package; null where there is none."""
    output: str | None
    """What was written, as it was named; null where nothing was, or nobody has named it."""
    sha256: str | None
    """The digest of the content of the part; null where there is none."""
    resources: int
    """How many resources the part has, or would have."""
    chosen: Sequence[ChosenReport]
    """What is taken for its own sake."""
    came_along: Sequence[CompanionReport]
    """What is taken because others refer to it."""
    cut: Sequence[CutReferenceReport]
    """The references that lead to nothing in the part."""
    refused: Sequence[CutReferenceReport]
    """The references to what must not be taken; with any of them there is no part."""
    left: Sequence[str]
    """The addresses of the resources that are not taken."""
    gone: Sequence[GoneReport]
    """What only the earlier package has."""
    files: int
    """How many files were left out that belong to no resource."""


def report_subset(found: Subset, output: str = "") -> SubsetReport:
    """Return the report of a part that was written to `output`."""
    return SubsetReport(
        package=report_package(found.whole),
        since=None if found.since is None else report_package(found.since),
        output=mask_line(output) if output and found.package is not None else None,
        sha256=None if found.package is None else found.package.digest,
        resources=len(found.chosen) + len(found.came_along),
        chosen=[ChosenReport(address=address, because=because) for address, because in found.chosen.items()],
        came_along=[CompanionReport(address=address, needed_by=users) for address, users in found.came_along.items()],
        cut=[_cut(each) for each in found.cut],
        refused=[_cut(each) for each in found.refused],
        left=found.left,
        gone=[GoneReport(address=address, now=now) for address, now in found.gone.items()],
        files=found.files,
    )


def _cut(each: CutReference) -> CutReferenceReport:
    return report_as(CutReferenceReport, each, pointer=mask_line(each.pointer))
