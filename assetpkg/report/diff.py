"""In what two packages differ, or a package and what an instance has."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from assetpkg import documents
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.package.package import Package
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.resource.diff import FieldChange
from assetpkg.resource.masking import mask
from assetpkg.resource.meaning import canonical
from assetpkg.resource.walk import NO_FIELDS
from assetpkg.simulation.difference import DIFF_WORDS, Diff, Difference, DiffWord
from assetpkg.target.instance import Instance
from assetpkg.target.members import SNAPSHOT_FORMAT
from assetpkg.target.recorded import RecordedTarget

_SNAPSHOT = f"{SNAPSHOT_FORMAT.partition('/')[0]}/"
"""How the format of a snapshot begins."""


@shape_of(FieldChange, "pointer")
class ValueReport:
    """One field that differs; a credential is never shown, only that it differs."""

    pointer: str
    """The JSON pointer of the field, into the document after, or into the one before for what is gone."""
    before: Any
    """The value before; null where there is none."""
    after: Any
    """The value after; null where there is none."""
    secret: bool
    """Whether it is, or holds, a credential, so that the values are masked."""


@shape_of(Difference, "address", "fields", "unverified")
class DifferenceReport:
    """A resource, or a file that Git has handed over and that is none, that is not the same on both sides."""

    action: DiffWord
    """What becomes of it."""
    kind: str
    """The word for its kind; `file` for what is not a resource."""
    address: str
    """Its address after, or, of what is removed, before."""
    before: str | None
    """Its address before; null where it is added."""
    after: str | None
    """Its address after; null where it is removed."""
    alike_by: Literal["id", "content", "file"] | None
    """Of what is renamed: whether it has the same id, the same content or the same file; null elsewhere."""
    fields: Sequence[ValueReport]
    """What differs in it; of what is added or removed, all that it says."""
    unverified: Sequence[str]
    """The pointers of fields that were not looked at on one side, so that it is not known whether they differ."""


@shape
class SideReport:
    """One of the sides that were compared."""

    path: str
    """The side, as it was named."""
    name: str
    """The name of the package or of the target."""
    is_package: bool
    """Whether it is a package, and not what an instance has."""
    resources: int
    """How many resources it has."""
    sha256: str | None
    """The digest of a package's content, the same for a folder and its zip; null for what is not a package."""
    is_recorded: bool
    """Whether it is the target of a saved plan: which of its resources differ is known, and not in which fields."""


@shape
class UnverifiedReport:
    """A resource that is the same on both sides as far as it is known."""

    address: str
    """Its address after."""
    pointers: Sequence[str]
    """The pointers of fields that were not looked at on one side."""


@shape
class UncoveredReport:
    """A kind of which nobody has looked what one of the sides has."""

    kind: str
    """The word for the kind."""
    resources: int
    """How many resources of it the other side has alone, so that it is not known whether they differ."""


@shape
class FilesReport:
    """Files that are not imported, and are not the same; they are no difference of the packages."""

    added: Sequence[str]
    """Those that only the package after has."""
    removed: Sequence[str]
    """Those that only the package before has."""
    changed: Sequence[str]
    """Those that both have, with other bytes."""


@shape
class DiffSummary:
    """How many resources there are of each sort."""

    added: int
    """Those that only the side after has."""
    removed: int
    """Those that only the side before has."""
    changed: int
    """Those of which fields differ."""
    renamed: int
    """Those that have another address."""
    same: int
    """Those that are alike."""
    unverified: int
    """Those that are alike as far as they are known."""


@shape
class DiffReport(Report):
    """In what two sides differ by meaning."""

    document: Literal["diff"] = "diff"
    is_same: bool
    """Whether they do not differ, as far as they are known."""
    before: SideReport
    """The one side."""
    after: SideReport
    """The other side."""
    summary: DiffSummary
    """How many resources there are of each sort."""
    package: Sequence[ValueReport]
    """What differs in the manifests."""
    differences: Sequence[DifferenceReport]
    """The resources that are not the same, in the order of kinds and addresses."""
    unverified: Sequence[UnverifiedReport]
    """The resources that are the same as far as they are known."""
    uncovered: Sequence[UncoveredReport]
    """The kinds that could not be compared."""
    files: FilesReport
    """Files that are not imported, and are not the same."""


def report_diff(diff: Diff, before: str = "", after: str = "") -> DiffReport:
    """Return the report of what differs between the sides at the paths `before` and `after`."""
    versions = (
        []
        if diff.versions is None
        else [FieldChange(pointer="/asset_version", before=diff.versions[0], after=diff.versions[1])]
    )
    idle = diff.idle_files
    return DiffReport(
        is_same=diff.is_same,
        before=_side(diff.before, before),
        after=_side(diff.after, after),
        summary=DiffSummary(
            **{word: diff.count(word) for word in DIFF_WORDS}, same=diff.same, unverified=len(diff.unverified)
        ),
        package=[_value(change) for change in versions],
        differences=[_difference(difference) for difference in diff.differences],
        unverified=[
            UnverifiedReport(address=address, pointers=list(map(mask_line, pointers)))
            for address, pointers in diff.unverified.items()
        ],
        uncovered=[UncoveredReport(kind=kind, resources=count) for kind, count in diff.uncovered.items()],
        files=FilesReport(**{word: _masked(idle, word) for word in ("added", "removed", "changed")}),
    )


class FileContent(NamedTuple):
    """What may be said of the content of a file, and what it is the same as another one by."""

    shown: str
    meaning: bytes

    @classmethod
    def of(cls, content: bytes, kind: type[Kind] | None = None) -> "FileContent":
        """Return a text without credentials, or of what is no text, or not understood, how long it is, and its digest.

        A document is masked as one of `kind`, where that is known. What looks like one and cannot be read as one may
        have a credential anywhere, and a snapshot has resources of all kinds.
        """
        known = cls(f"{len(content):,} bytes, sha256 {sha256(content).hexdigest()}", content)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return known
        if "\0" in text:
            return known
        if kind is None and text.lstrip()[:1] not in ("{", "["):
            return cls(mask_text(text), content)
        try:
            document = documents.parse(content)
        except documents.InvalidDocument:
            return known
        if isinstance(document, dict) and str(document.get("format", "")).startswith(_SNAPSHOT):
            return known
        masked = mask(NO_FIELDS if kind is None else fields_of(kind), document)
        return cls(documents.dump(masked).decode(), canonical(document))


def report_file(before: str, after: str, contents: tuple[FileContent | None, FileContent | None]) -> DiffReport:
    """Return the report of a file that is no resource, by its lines; `None` stands for a file that is not there."""
    action: DiffWord = "added" if contents[0] is None else "removed" if contents[1] is None else "changed"
    told = [None if content is None else content.shown for content in contents]
    known = [
        None if content is None else mask_line(path) for path, content in zip((before, after), contents, strict=True)
    ]
    is_same = len({None if content is None else content.meaning for content in contents}) == 1
    value = ValueReport(pointer="", before=told[0], after=told[1], secret=told[0] == told[1])
    difference = DifferenceReport(
        action=action,
        kind="file",
        address=known[1] or known[0] or "",
        before=known[0],
        after=known[1],
        alike_by=None,
        fields=[value],
        unverified=[],
    )
    counts = {word: int(word == action and not is_same) for word in DIFF_WORDS}
    sides = [
        SideReport(
            path=mask_line(path), name=mask_line(path), is_package=False, resources=0, sha256=None, is_recorded=False
        )
        for path in (before, after)
    ]
    return DiffReport(
        is_same=is_same,
        before=sides[0],
        after=sides[1],
        summary=DiffSummary(**counts, same=0, unverified=0),
        package=[],
        differences=[] if is_same else [difference],
        unverified=[],
        uncovered=[],
        files=FilesReport(added=[], removed=[], changed=[]),
    )


def _side(side: Package | Instance | RecordedTarget, path: str) -> SideReport:
    if isinstance(side, RecordedTarget):
        name, resources = mask_line(side.name), len(side.digests)
        return SideReport(
            path=mask_line(path) or name,
            name=name,
            is_package=False,
            resources=resources,
            sha256=None,
            is_recorded=True,
        )
    is_package = isinstance(side, Package) or side.is_package
    return SideReport(
        path=mask_line(path or (side.archive.origin if isinstance(side, Package) else side.name)),
        name=mask_line(side.name),
        is_package=is_package,
        resources=len(side.index.resources),
        sha256=side.digest if is_package else None,
        is_recorded=False,
    )


def _difference(difference: Difference) -> DifferenceReport:
    return report_as(
        DifferenceReport,
        difference,
        address=difference.address,
        fields=[_value(change) for change in difference.fields],
        unverified=[mask_line(pointer) for pointer in difference.unverified],
    )


def _value(change: FieldChange) -> ValueReport:
    return report_as(ValueReport, change, pointer=mask_line(change.pointer))


def _masked(files: Mapping[str, Sequence[str]], word: str) -> list[str]:
    return [mask_line(name) for name in files.get(word, ())]
