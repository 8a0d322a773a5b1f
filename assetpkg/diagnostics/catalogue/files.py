"""PKG240 to PKG259: what is not a plain file, in a zip and in a folder, and files of a folder that cannot be read."""

from assetpkg.diagnostics.catalogue.entry import HOSTILE, DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sources import own, standard

_READABLE = "make it readable for you, or remove it"
_ONE_CONTENT = own("what was checked is what is packed")

FAULTS = (
    DeclaredFault(
        "PKG240",
        "special-file",
        "An entry is a link, a device or a pipe, not a file.",
        "Finds symbolic links, FIFOs, sockets and devices, in a zip and in a folder.",
        "What a link leads to is not part of the package, and differs from machine to machine. Unpacking through a "
        "planted link writes outside the folder (CVE-2025-29787 in zip-rs, CVE-2025-55188 in 7-Zip).",
        "put the file or the folder itself in its place",
    ),
    DeclaredFault(
        "PKG241",
        "type-conflict",
        "An entry is a file by one field and a folder by another.",
        "Finds names that end in `/` with the mode of a file, and others with the mode or attribute of a folder.",
        "Programs differ in which of the two they believe, and so in what they unpack.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.4.15"),
    ),
    DeclaredFault(
        "PKG242",
        "dir-with-data",
        "A folder has content.",
        "Finds an entry whose name ends in `/`, and which has data all the same.",
        "Some programs pass the data over, others write it to a file: content that no check has seen.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG243",
        "mode-setid",
        "An entry has permissions that a document does not need.",
        "Finds setuid, setgid and sticky bits, files that may be executed, and files that nobody may read.",
        "No command of assetpkg applies the modes of an archive; other programs may.",
        "nothing needs to be done; modes are never applied",
        severity=Severity.WARNING,
    ),
    DeclaredFault(
        "PKG250",
        "unreadable-file",
        "A file of the folder cannot be read.",
        "Finds files that the operating system does not let be looked at or read.",
        "What cannot be read cannot be checked, and would be missing from the zip.",
        _READABLE,
        source=_ONE_CONTENT,
    ),
    DeclaredFault(
        "PKG251",
        "unreadable-folder",
        "A folder inside the package cannot be read.",
        "Finds folders that the operating system does not let be listed.",
        "What is in them is not known, cannot be checked, and would be missing from the zip.",
        _READABLE,
        source=_ONE_CONTENT,
    ),
    DeclaredFault(
        "PKG252",
        "changed-file",
        "A file changed while the package was read.",
        "Finds files of a folder that went away, or were written or replaced, between the look at the folder and the "
        "end of their reading.",
        "Half of the old and half of the new is a content that nobody has ever had.",
        "wait until nothing writes there, and try again",
        source=_ONE_CONTENT,
    ),
)
