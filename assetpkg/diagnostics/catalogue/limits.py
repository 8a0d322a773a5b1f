"""PKG140 to PKG149: what is too large for assetpkg to read."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.sources import own

_SOURCE = own("limits against archives made to exhaust a machine")
_SMALLER = "split the package; if it is a folder of packages, name one of them"

FAULTS = (
    DeclaredFault(
        "PKG140",
        "archive-too-large",
        "The archive is too large for assetpkg to read.",
        "Finds a file that is larger than the limit for a whole archive.",
        "Reading must end in limited time and memory. No real asset package is near the limit.",
        "split the package",
        source=_SOURCE,
        limit="file",
    ),
    DeclaredFault(
        "PKG141",
        "too-many-entries",
        "There are too many files for assetpkg to read.",
        "Finds an archive that declares more entries than the limit, and a folder that contains more files than the "
        "limit.",
        "Each file costs memory before its content is read. The folder may be a folder of many packages, or a whole "
        "disk, that was named by mistake.",
        _SMALLER,
        source=_SOURCE,
        limit="entries",
    ),
    DeclaredFault(
        "PKG142",
        "directory-too-large",
        "The headers of the archive are too large for assetpkg to read.",
        "Finds a central directory that is larger than the limit for headers. Finds also extra values of the local "
        "headers that together are larger than this limit.",
        "An entry may have a name, extra values and a comment of 64 KiB each. They cost memory even when the entry "
        "has no content.",
        "split the package, or pack the files again with `assetpkg pack`, which writes no comments and no extra values",
        source=_SOURCE,
        limit="headers",
    ),
    DeclaredFault(
        "PKG143",
        "total-too-large",
        "All files together are too large for assetpkg to read.",
        "Finds an archive or a folder when all its files together have more bytes than the limit.",
        "A small archive can unpack to more than a disk can hold. assetpkg adds up the declared sizes. It never "
        "unpacks an entry beyond its declared size.",
        _SMALLER,
        source=_SOURCE,
        limit="total",
    ),
    DeclaredFault(
        "PKG144",
        "entry-too-large",
        "A file is too large for assetpkg to read.",
        "Finds an entry of an archive, or a file of a folder, that is larger than the limit for one file.",
        "A file is kept in memory while it is checked. No real resource is near the limit.",
        "remove the file from the package, or split it",
        source=_SOURCE,
        limit="entry",
    ),
    DeclaredFault(
        "PKG145",
        "ratio",
        "A large content is compressed more than real documents ever are.",
        "Finds large entries, single or together, that are many times as large as their packed form.",
        "Deflate can make blanks a thousand times smaller. Archives that are made to exhaust a machine use this. "
        "Real documents do not come near this ratio.",
        "check what it contains; if it is right, pack it with `assetpkg pack`, which stores such files",
        source=_SOURCE,
        limit="ratio",
    ),
    DeclaredFault(
        "PKG146",
        "too-many-faults",
        "There are so many errors that the rest was not checked.",
        "Finds a package with ten thousand errors in its entries, and names the first entry after them. Warnings and "
        "notes do not count.",
        "Nobody reads ten thousand findings, and an archive can be made to have millions. assetpkg does not know "
        "whether the rest is correct.",
        "fix the reported errors first, then check again",
        source=_SOURCE,
    ),
)
