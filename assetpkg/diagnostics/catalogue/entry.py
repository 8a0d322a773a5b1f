"""What an oddity of a package's container is declared with, and the sentences that several of them share."""

from typing import NamedTuple

POLICY = "assetpkg: one view of a package, or none"
"""The source of what is refused because two programs may read it in two ways."""
ERROR_CODES = "API reference, Error Codes"
"""The source of what the platform refuses by itself."""

REPACK = "unpack the archive with the program that made it, and pack the files again with `assetpkg pack`"
AGAIN = "fetch or export the archive again: it was damaged on the way"
RENAME = "rename the file"
HOSTILE = f"do not use this archive unless you know who made it; {REPACK}"
HARMLESS = "nothing needs to be done; pack again if another program cannot read the archive"
UNUSED = "nothing needs to be done; the comment is never interpreted"

CANNOT_DECOMPRESS = "ROMA.10011"
"""The platform's code for a file that it cannot decompress."""


class Oddity(NamedTuple):
    """Something that a zip or a folder may have, its verdict, and what the manual page of its rule says.

    `title`, `finds` and `why` are whole sentences; `hint` is one without capital and full stop, for a report. What is
    not `refused` is read in the same way by every program, and only worth a warning. `source` names the public page,
    or the assumption, that the verdict rests on. `limit` is the name of the limit that it is about.
    """

    code: str
    slug: str
    title: str
    finds: str
    why: str
    hint: str
    refused: bool = True
    source: str = POLICY
    platform_code: str | None = None
    limit: str | None = None

    @property
    def page(self) -> str:
        """The manual page, in the form of the other rules' docstrings."""
        mend = f"{self.hint[0].upper()}{self.hint[1:]}."
        return f"{self.title}\n\n{self.finds}\n\n{self.why}\n\n{mend}"
