"""A package cut into several: the files, the order, and the call for each."""

import re
from collections.abc import Sequence

from assetpkg.authoring.split import Batch, Split
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import LIMIT_OF_100
from assetpkg.planning.context import ImportContext
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.request import METHOD, Request, request_for
from assetpkg.report.plan import PackageReport, report_package
from assetpkg.report.shape import Report, shape

RUN_SHEET = "RUN.md"
"""The file with the order of the imports, beside the packages."""
_NO_NAME = re.compile(r"[^A-Za-z0-9+_-]+")


@shape
class BatchReport:
    """One of the packages."""

    file: str
    """The name of its zip."""
    sha256: str
    """The digest of its content."""
    resources: Sequence[str]
    """The addresses of what it holds."""
    counts: dict[str, int]
    """How much of it counts against the limit."""
    needs: Sequence[str]
    """The files that have to be imported before it, since it refers to what they hold."""
    request: str
    """The call that imports it: method, path and query."""


@shape
class SplitReport(Report):
    """The packages that one was cut into, in the order in which they have to be imported."""

    package: PackageReport
    """The package that was cut."""
    limit: int
    """How many applications, and how many tasks, one import takes at most."""
    together: bool
    """Whether the limit is one of applications and tasks together."""
    fewest: bool
    """Whether there cannot be fewer packages."""
    circles: Sequence[Sequence[str]]
    """Applications that call each other by scheduled tasks; these are in later packages than the APIs they call."""
    batches: Sequence[BatchReport]
    """The packages, the first one first."""


def report_split(found: Split, package: Package, options: ImportOptions, limit: int) -> SplitReport:
    """Return the report of a split, whose packages are to be imported with `options`."""
    names = file_names(package, len(found.batches))
    return SplitReport(
        package=report_package(package),
        limit=limit,
        together=options.assumes(LIMIT_OF_100, "sum"),
        fewest=found.fewest,
        circles=found.cycles,
        batches=[_batch(batch, names, options) for batch in found.batches],
    )


def file_names(package: Package, count: int) -> list[str]:
    """Return names for `count` zips, such as the platform accepts (ROMA.10013)."""
    stem = _NO_NAME.sub("-", package.name).strip("-+_") or "package"
    width = len(str(count))
    return [f"{stem}-{number:0{width}}.zip" for number in range(1, count + 1)]


def _batch(batch: Batch, names: Sequence[str], options: ImportOptions) -> BatchReport:
    request: Request = request_for(ImportContext(batch.package, None, options))
    return BatchReport(
        file=names[batch.number - 1],
        sha256=batch.package.digest,
        resources=[resource.address for resource in batch.package.resources],
        counts=dict(batch.counts),
        needs=[names[number - 1] for number in batch.needs],
        request=f"{METHOD} {request.path}?{request.query_string}",
    )
