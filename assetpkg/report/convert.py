"""Archives of other layouts in the own one, and what was put back into them."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.authoring.convert import Converted, Origin, PutBack
from assetpkg.credentials.masking import mask_line
from assetpkg.package.package import Package
from assetpkg.report.check import LayoutReport, report_layout
from assetpkg.report.shape import Report, report_as, shape, shape_of


@shape_of(Origin, "path", "entry", "pointer")
class OriginReport:
    """A resource, its file in the folder, and where it came from."""

    address: str
    """The address of the resource."""
    path: str
    """Its file in the folder."""
    entry: str
    """The entry of the archive."""
    pointer: str
    """The JSON pointer to its document in that entry; empty for all of it."""


@shape
class ChangedPlace:
    """A value of the copy that is not that of the original."""

    entry: str
    """The entry of the archive."""
    pointer: str
    """The JSON pointer to the value, or to what got another member."""


@shape
class ConvertReport(Report):
    """A folder in the own layout that was made of an archive, or a copy of the archive with what was changed there.

    Whether the platform accepts such a copy is not known: its own checks are not public.
    """

    document: Literal["convert"] = "convert"
    output: str
    """What was written, as it was named."""
    back: bool
    """Whether it is a copy of the archive."""
    name: str
    """The name of the archive's package."""
    layout: LayoutReport | None
    """How much of the archive the layout covers; the rest is not in the folder, and stays as it is in the archive."""
    resources: Sequence[OriginReport]
    """What is in the folder; empty for a copy of the archive."""
    changed: Sequence[ChangedPlace]
    """What is not as it was in the copy; empty for a folder."""


def report_convert(output: str, original: Package, converted: Converted) -> ConvertReport:
    """Return the report of a folder that was made of an archive."""
    resources = [
        report_as(
            OriginReport,
            each,
            path=mask_line(each.path),
            entry=mask_line(each.entry),
            pointer=mask_line(each.pointer),
        )
        for each in converted.origins
    ]
    return ConvertReport(
        output=output,
        back=False,
        name=mask_line(original.name),
        layout=report_layout(original.layout.coverage()),
        resources=resources,
        changed=[],
    )


def report_put_back(output: str, found: PutBack) -> ConvertReport:
    """Return the report of a copy of an archive."""
    return ConvertReport(
        output=output,
        back=True,
        name=mask_line(found.original.name),
        layout=report_layout(found.original.layout.coverage()),
        resources=[],
        changed=[ChangedPlace(entry=mask_line(entry), pointer=mask_line(place)) for entry, place in found.changed],
    )
