"""PKG140 to PKG149: what is larger than assetpkg reads."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.sources import own

_SOURCE = own("limits against archives made to exhaust a machine")
_SMALLER = "split the package; if it is a folder of packages, name one of them"

FAULTS = (
    DeclaredFault(
        "PKG140",
        "archive-too-large",
        "The archive is larger than assetpkg reads.",
        "Finds a file over the limit for a whole archive.",
        "Reading has to end in bounded time and memory, and no asset package is anywhere near the limit.",
        "split the package",
        source=_SOURCE,
        limit="file",
    ),
    DeclaredFault(
        "PKG141",
        "too-many-entries",
        "There are more files than assetpkg reads.",
        "Finds an archive that announces more entries than the limit, and a folder with more files below it.",
        "Each of them costs memory before anything of it is read, and a folder may be one of many packages, or a "
        "whole disk, named by mistake.",
        _SMALLER,
        source=_SOURCE,
        limit="entries",
    ),
    DeclaredFault(
        "PKG142",
        "directory-too-large",
        "The headers of the archive are larger than assetpkg reads.",
        "Finds a central directory, or extra values of the local headers together, over the limit for headers.",
        "An entry may have a name, extra values and a comment of 64 KiB each, which cost memory without any content.",
        "split the package, or pack the files again with `assetpkg pack`, which writes neither comments nor extra "
        "values",
        source=_SOURCE,
        limit="headers",
    ),
    DeclaredFault(
        "PKG143",
        "total-too-large",
        "The files are larger together than assetpkg reads.",
        "Finds an archive whose entries, or a folder whose files, have more bytes together than the limit.",
        "A small archive can unpack to more than a disk holds. The declared sizes are added up, and no entry is ever "
        "unpacked beyond its own.",
        _SMALLER,
        source=_SOURCE,
        limit="total",
    ),
    DeclaredFault(
        "PKG144",
        "entry-too-large",
        "A file is larger than assetpkg reads.",
        "Finds an entry of an archive, or a file of a folder, over the limit for one of them.",
        "A file is held in memory while it is checked, and no resource is anywhere near the limit.",
        "remove the file from the package, or split it",
        source=_SOURCE,
        limit="entry",
    ),
    DeclaredFault(
        "PKG145",
        "ratio",
        "A large content is packed better than documents ever are.",
        "Finds large entries, alone or together, that are many times as large as their packed form.",
        "Deflate packs blanks a thousand times. Archives that are made to exhaust a machine live on that; documents "
        "do not come near.",
        "look at what it holds; if it is meant to be so, pack it with `assetpkg pack`, which stores such files",
        source=_SOURCE,
        limit="ratio",
    ),
    DeclaredFault(
        "PKG146",
        "too-many-faults",
        "So much is wrong that the rest was not looked at.",
        "Finds a package with ten thousand errors in its entries, and names the first entry after them; what only "
        "warns or informs does not count.",
        "Nobody reads ten thousand findings, and an archive can be made to have millions. What was not looked at is "
        "not known to be sound.",
        "fix what is reported first, and check again",
        source=_SOURCE,
    ),
)
