"""What stands for credentials in a copy."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.authoring.redact.redact import Replacement
from assetpkg.report.shape import Report, report_as, shape, shape_of


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
class RedactReport(Report):
    """A copy without credentials, and what is to be filled in again before it is as good as the original."""

    copy: str
    """The copy, as it was named."""
    name: str
    """What the package, or the target of the snapshot, is called."""
    sha256: str
    """The digest of the copy's content, or of the snapshot."""
    summary: RedactSummary
    """How much was replaced."""
    replaced: Sequence[ReplacementReport]
    """The places, in the order of files and of what is in them."""


def report_redact(copy: str, name: str, sha256: str, replaced: Sequence[Replacement]) -> RedactReport:
    """Return the report of a finished copy."""
    placeholders = {found.placeholder for found in replaced if found.placeholder is not None}
    return RedactReport(
        copy=copy,
        name=name,
        sha256=sha256,
        summary=RedactSummary(places=len(replaced), placeholders=len(placeholders)),
        replaced=[report_as(ReplacementReport, found, address=found.address or None) for found in replaced],
    )
