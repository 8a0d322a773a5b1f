"""What a fault of a package is declared with, and the sentences that several of them share."""

from typing import NamedTuple

from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Source, own

POLICY = own("one view of a package, or none")
"""The source of what is refused because two programs may read it in two ways."""

REPACK = "unpack the archive with the program that made it, and pack the files again with `assetpkg pack`"
AGAIN = "fetch or export the archive again: it was damaged on the way"
RENAME = "rename the file"
HOSTILE = f"do not use this archive unless you know who made it; {REPACK}"
HARMLESS = "nothing needs to be done; pack again if another program cannot read the archive"
UNUSED = "nothing needs to be done; the comment is never interpreted"

CANNOT_DECOMPRESS = "ROMA.10011"
"""The platform's code for a file that it cannot decompress."""


class DeclaredFault(NamedTuple):
    """Something that may be wrong with a package, how grave it is, and what the manual page of its rule says.

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
        """Whether it is an error, and no mere warning or note."""
        return self.severity is Severity.ERROR

    @property
    def page(self) -> str:
        """The manual page, in the form of the other rules' docstrings."""
        return f"{self.title}\n\n{self.finds}\n\n{self.why}\n\n{self.fix[0].upper()}{self.fix[1:]}."
