"""Packages made of packages: a copy without credentials, and a package cut into several with the call for each."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.authoring.redact.names.renaming import NamesReplaced
from assetpkg.authoring.redact.redact import RedactedSnapshot, Redaction, Replacement
from assetpkg.authoring.split import Batch, Split
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import LIMIT_OF_100
from assetpkg.planning.context import ImportContext
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.request import METHOD, Request, request_for
from assetpkg.report.plan import PackageReport, report_package
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.rules.package import accepted_stem

RUN_SHEET = "RUN.md"
"""The file with the order of the imports, beside the packages."""


@shape_of(Replacement, "address")
class ReplacementReport:
    """A place of the copy where a placeholder stands for a credential."""

    entry: str
    """The entry of the copy; of a snapshot, its file."""
    address: str | None
    """The resource in the copy that it belongs to; null in other files."""
    pointer: str
    """The JSON pointer into that entry; empty where the file is not JSON, and for its name."""
    part: Literal["value", "key", "name"]
    """Whether it is in the value there, in the key of that member, or in the name of the file."""
    placeholder: str | None
    """What is there now, alone or in the middle of a text; null where a number became null."""


@shape
class RedactSummary:
    """How much was replaced."""

    places: int
    """How many places were changed."""
    placeholders: int
    """How many different placeholders are there; the same credential has the same one everywhere."""


@shape
class StandInsReport:
    """How many words of one sort have stand-ins."""

    sort: Literal["word", "number", "id", "address"]
    """Words, numbers of six digits or more, ids, or IP addresses."""
    words: int
    """How many different ones."""
    places: int
    """In how many places."""


@shape
class NamesReport:
    """What was replaced beside credentials; the words themselves are only in the file that --mapping names."""

    stand_ins: Sequence[StandInsReport]
    """The sorts of words of which the copy has any."""
    emptied: Sequence[str]
    """The entries of the copy that are no text: each has as many zero bytes as it had bytes."""


@shape
class RedactReport(Report):
    """A copy without credentials, and what is to be filled in again before it is as good as the original."""

    document: Literal["redact"] = "redact"
    copy: str
    """The copy, as it was named."""
    name: str
    """What the package, or the target of the snapshot, is called."""
    sha256: str
    """The digest of the copy's content, or of the snapshot."""
    summary: RedactSummary
    """How many credentials were replaced."""
    replaced: Sequence[ReplacementReport]
    """The places of credentials, in the order of files and of what is in them; empty where names were replaced, too."""
    names: NamesReport | None
    """How many names were replaced; null where that was not asked for."""


def report_redact(copy: str, name: str, sha256: str, found: Redaction | RedactedSnapshot) -> RedactReport:
    """Return the report of a finished copy."""
    replaced = found.replaced
    # Their places are named by the names that are replaced.
    shown = replaced if found.counts is None else ()
    placeholders = {each.placeholder for each in replaced if each.placeholder is not None}
    return RedactReport(
        copy=copy,
        name=name,
        sha256=sha256,
        summary=RedactSummary(places=len(replaced), placeholders=len(placeholders)),
        replaced=[report_as(ReplacementReport, each, address=each.address or None) for each in shown],
        names=None if found.counts is None else _names(found.counts),
    )


def _names(counts: NamesReplaced) -> NamesReport:
    sorts: Sequence[Literal["word", "number", "id", "address"]] = ("word", "number", "id", "address")
    return NamesReport(
        stand_ins=[
            StandInsReport(sort=sort, words=counts.words[sort], places=counts.places.get(sort, 0))
            for sort in sorts
            if counts.words.get(sort)
        ],
        emptied=counts.emptied,
    )


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

    document: Literal["split"] = "split"
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
        together=not options.assumes(LIMIT_OF_100, "each"),
        fewest=found.fewest,
        circles=found.cycles,
        batches=[_batch(batch, names, options) for batch in found.batches],
    )


def file_names(package: Package, count: int) -> list[str]:
    """Return names for `count` zips, such as the platform accepts (ROMA.10013)."""
    stem = accepted_stem(package.name) or "package"
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
