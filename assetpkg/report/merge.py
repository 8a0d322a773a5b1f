"""Two packages in one: what is from which of them, and in what they clash."""

from collections.abc import Sequence
from typing import Any, Literal

from assetpkg.credentials.masking import mask_line
from assetpkg.report.plan import PackageReport, report_package
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.resource.joining import Side
from assetpkg.simulation.merging.clashes import (
    Clash,
    ClashWord,
    From,
    RemovedResource,
    TakenFile,
    TakenResource,
    Why,
)
from assetpkg.simulation.merging.merge import Merge


@shape_of(TakenResource)
class TakenResourceReport:
    """A resource that is not the same in both packages, or, with a base, not as it was there."""

    address: str
    """Its address in the merged package."""
    side: From
    """Which package it is from: `a`, `b`, or `both` where it is made of both, or both have changed it alike."""
    why: Why
    """Whether only that package has it, or has added, changed or renamed it, or was to be preferred."""


@shape_of(RemovedResource)
class RemovedResourceReport:
    """A resource of the base that the merged package does not have."""

    address: str
    """Its address in the base."""
    side: From
    """Which package has removed it."""


@shape_of(TakenFile, "entry")
class TakenFileReport:
    """The manifest, or a file of no resource, that is not the same in both packages, or not as it was in the base."""

    entry: str
    """Its name."""
    side: From
    """Which package it is from, or which one has removed it."""
    removed: bool
    """Whether the merged package does not have it."""


@shape_of(Clash, "address", "other", "pointers", "message")
class ClashReport:
    """What two packages have that cannot both be in one."""

    word: ClashWord
    """What clashes, in a word."""
    message: str
    """The same in a sentence, in which the packages are A and B."""
    address: str
    """The address of the resource, or the name of the file."""
    other: str
    """The address of a second resource that it is about; empty where there is none."""
    pointers: Sequence[str]
    """The JSON pointers of the fields that it is about."""
    old: Any
    """The value in the base; null where there is none, or it is not one value."""
    a: Any
    """The value in A, or the address of what B has removed; null where there is none."""
    b: Any
    """The value in B, or the address of what A has removed; null where there is none."""
    secret: bool
    """Whether it is, or holds, a credential, so that the values are masked."""
    settled: Side | None
    """The package that was preferred; null where nothing was merged for this clash."""


@shape
class MergeReport(Report):
    """Two packages in one, or why they are not."""

    document: Literal["merge"] = "merge"
    a: PackageReport
    """The first package."""
    b: PackageReport
    """The second package."""
    base: PackageReport | None
    """The package that both were made of; null where none was given."""
    prefer: Side | None
    """The package that was to be preferred; null where none was."""
    output: str | None
    """What was written, as it was named; null where nothing was, or nobody has named it."""
    sha256: str | None
    """The digest of the content of the merged package; null where there is none."""
    resources: int
    """How many resources the merged package has; 0 where there is none."""
    same: int
    """How many of them mean the same in both packages, and, with a base, the same as there."""
    taken: Sequence[TakenResourceReport]
    """The other ones, and where they are from."""
    removed: Sequence[RemovedResourceReport]
    """The resources of the base that are not in the merged package."""
    files: Sequence[TakenFileReport]
    """The manifest and the files of no resource, and where they are from."""
    clashes: Sequence[ClashReport]
    """What clashes; with any of them, nothing was merged."""
    settled: Sequence[ClashReport]
    """What clashed, and was settled by the package to prefer."""


def report_merge(found: Merge, output: str = "") -> MergeReport:
    """Return the report of a merged package that was written to `output`."""
    package = found.package
    return MergeReport(
        a=report_package(found.a),
        b=report_package(found.b),
        base=None if found.base is None else report_package(found.base),
        prefer=found.prefer,
        output=mask_line(output) if output and package is not None else None,
        sha256=None if package is None else package.digest,
        resources=0 if package is None else len(package.resources),
        same=found.same,
        taken=[report_as(TakenResourceReport, each) for each in found.taken],
        removed=[report_as(RemovedResourceReport, each) for each in found.removed],
        files=[report_as(TakenFileReport, each, entry=mask_line(each.entry)) for each in found.files],
        clashes=[_clash(each) for each in found.clashes],
        settled=[_clash(each) for each in found.settled],
    )


def _clash(each: Clash) -> ClashReport:
    return report_as(
        ClashReport,
        each,
        message=each.message,
        address=mask_line(each.address),
        other=mask_line(each.other),
        pointers=[mask_line(pointer) for pointer in each.pointers],
    )
