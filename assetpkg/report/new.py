"""What was newly made."""

from collections.abc import Sequence
from typing import Literal

from assetpkg.authoring.new import Making
from assetpkg.credentials.masking import mask_line
from assetpkg.package.layout import OWN
from assetpkg.report.shape import Report, shape


@shape
class MadeFileReport:
    """A file that was made."""

    address: str | None
    """The resource in it; null for the manifest of a new package."""
    entry: str
    """The file in the package."""


@shape
class NewReport(Report):
    """New files in a package."""

    document: Literal["new"] = "new"
    package: str
    """The folder of the package."""
    made: Sequence[MadeFileReport]
    """The files, what another one needs before that."""


def report_new(folder: str, making: Making | None = None) -> NewReport:
    """Return the report of new resources in the package at `folder`; without any, of a new package."""
    made = [MadeFileReport(address=each.address, entry=mask_line(each.entry)) for each in making.made] if making else []
    manifest = MadeFileReport(address=None, entry=OWN.manifest)
    return NewReport(package=mask_line(folder), made=made or [manifest])
