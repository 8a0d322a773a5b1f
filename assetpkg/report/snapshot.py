"""What a snapshot was made of: the answers that were taken, what is missing, and what was not understood."""

from collections.abc import Iterator, Sequence
from typing import Literal

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds import KINDS
from assetpkg.report.shape import Report, report_as, shape, shape_of
from assetpkg.target.answers.collecting import Collected
from assetpkg.target.answers.coverage import MissingCall


@shape
class SnapshotKindReport:
    """What is known of one kind."""

    kind: str
    """The word for the kind."""
    resources: int
    """How many of it are in the snapshot."""
    covered: bool
    """Whether all of it is there, so that what is not in the snapshot is not on the instance."""
    why: str | None
    """Why not; null where all of it is there."""
    unknown: Sequence[str]
    """The fields that no answer says of all, or of some, of its resources."""


@shape
class SnapshotAnswerReport:
    """An answer that was taken."""

    origin: str
    """The file that it is in."""
    operation: str | None
    """The operation that answered it; null for a package."""
    subject: str
    """What it is about: a kind, a part of one (`product.services`), or what it says of the instance."""
    items: int
    """How many items it has."""
    total: int | None
    """How many there are, by the answer itself; null where it does not say."""


@shape_of(MissingCall, "why")
class SnapshotCallReport:
    """A call whose answer is missing for a full picture."""

    subject: str
    """What it would be about, in the words of `SnapshotAnswerReport`."""
    operation: str | None
    """The operation; null where there is none."""
    path: str | None
    """The path of the call; null where there is none."""
    times: int
    """For how many resources."""
    why: str
    """What is missing."""
    gap: bool
    """Whether the answers themselves speak of what is missing."""
    offset: int | None
    """Where the first page that is missing begins; null where the answers do not say it."""


@shape
class SnapshotFileReport:
    """A file, or a part of one, that was not understood."""

    origin: str
    """The file."""
    why: str
    """What it is, and what to do."""


@shape
class SnapshotReport(Report):
    """What a snapshot was made of, and what is missing in it."""

    document: Literal["snapshot-report"] = "snapshot-report"
    name: str
    """What the target is called."""
    sha256: str
    """The digest of what the snapshot means."""
    resources: int
    """How many resources are in it."""
    kinds: Sequence[SnapshotKindReport]
    """What is known of each kind, in the order of the kinds."""
    answers: Sequence[SnapshotAnswerReport]
    """What was taken."""
    missing: Sequence[SnapshotCallReport]
    """The calls that would say more."""
    not_understood: Sequence[SnapshotFileReport]
    """What was not understood."""
    passed_over: Sequence[str]
    """The files beside the answers that were not looked into, such as scripts."""
    credentials: int
    """How many credentials the answers had; none is in the snapshot."""


def report_snapshot(collected: Collected) -> SnapshotReport:
    """Return the report of a snapshot that was made of answers."""
    instance = collected.instance
    return SnapshotReport(
        name=mask_line(instance.name),
        sha256=instance.digest,
        resources=len(instance.index.resources),
        kinds=list(_kinds(collected)),
        answers=[
            SnapshotAnswerReport(
                origin=mask_line(taken.origin),
                operation=taken.operation,
                subject=taken.subject,
                items=taken.items,
                total=taken.total,
            )
            for taken in collected.taken
        ],
        missing=[report_as(SnapshotCallReport, missing, why=mask_line(missing.why)) for missing in collected.missing],
        not_understood=[
            SnapshotFileReport(origin=mask_line(refused.origin), why=mask_line(refused.why))
            for refused in collected.refused
        ],
        passed_over=[mask_line(origin) for origin in collected.passed_over],
        credentials=collected.dropped,
    )


def _kinds(collected: Collected) -> Iterator[SnapshotKindReport]:
    instance = collected.instance
    fields: dict[str, set[str]] = {}
    for name, unknown in instance.partial.items():
        fields.setdefault(name.partition("/")[0], set()).update(unknown)
    # The list of a kind is missing before its details are.
    whys = {missing.subject: mask_line(missing.why) for missing in reversed(collected.missing)}
    for kind in KINDS:
        yield SnapshotKindReport(
            kind=kind,
            resources=len(instance.index.resources_of(kind)),
            covered=kind in instance.covers,
            why=None if kind in instance.covers else whys.get(kind),
            unknown=sorted(fields.get(kind, ())),
        )
