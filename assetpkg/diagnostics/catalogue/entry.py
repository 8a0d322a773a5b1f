"""What a fault of a package is declared with, and the sentences that several of them share."""

from typing import NamedTuple

from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Source, own

POLICY = own("one view of a package, or none")
"""The source of what is refused because two programs may read it in different ways."""

REPACK = (
    "unpack the archive with the program that made it, and give the folder; `assetpkg pack` makes a zip of a package"
)
AGAIN = "fetch or export the archive again: it was damaged on the way"
RENAME = "rename the file"
HOSTILE = f"use this archive only if you know who made it; {REPACK}"
HARMLESS = "nothing needs to be done; pack again if another program cannot read the archive"
UNUSED = "nothing needs to be done; assetpkg ignores the comment"

CANNOT_DECOMPRESS = "ROMA.10011"
"""The platform's code for a file that it cannot decompress."""


class DeclaredFault(NamedTuple):
    """A fault of a package: its severity, and what the manual page of its rule says.

    `title`, `finds` and `why` are whole sentences; `fix` is one without capital and full stop, and the hint of a report
    that has no better one. An error of a zip or a folder is refused; what is not an error there is read in the same way
    by every program. `source` is what the verdict rests on, such as a public page. `limit` is the name
    of the limit that it is about.
    """

    code: str
    slug: str
    title: str
    finds: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR
    source: Page | Source = POLICY
    platform_code: str | None = None
    limit: str | None = None

    @property
    def refused(self) -> bool:
        """Whether it is an error, and not a warning or a note."""
        return self.severity is Severity.ERROR

    @property
    def page(self) -> str:
        """The manual page, in the form of the other rules' docstrings."""
        return f"{self.title}\n\n{self.finds}\n\n{self.why}\n\n{self.fix[0].upper()}{self.fix[1:]}."
