"""PKG240 to PKG259: entries that are not plain files, and files of a folder that cannot be read."""

from assetpkg.diagnostics.catalogue.entry import HOSTILE, DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sources import own, standard

_READABLE = "give yourself read permission, or remove it"
_ONE_CONTENT = own("it packs only what it has checked")

FAULTS = (
    DeclaredFault(
        "PKG240",
        "special-file",
        "An entry is a link, a device or a pipe, not a file.",
        "Finds symbolic links, FIFOs, sockets and devices, in a zip and in a folder.",
        "The target of a link is not part of the package, and differs from machine to machine. Unpacking through a "
        "malicious link writes outside the folder (CVE-2025-29787 in zip-rs, CVE-2025-55188 in 7-Zip).",
        "replace the entry with the file or the folder itself",
    ),
    DeclaredFault(
        "PKG241",
        "type-conflict",
        "An entry is a file by one field and a folder by another.",
        "Finds names that end in `/` but have the mode of a file. Finds also other names that have the mode or "
        "attribute of a folder.",
        "Some programs use the first field, others the second. So they unpack different things.",
        HOSTILE,
        source=standard("PKWARE APPNOTE.TXT, 4.4.15"),
    ),
    DeclaredFault(
        "PKG242",
        "dir-with-data",
        "A folder has content.",
        "Finds an entry that has data although its name ends in `/`.",
        "Some programs ignore the data, others write it to a file. No check has seen this content.",
        HOSTILE,
    ),
    DeclaredFault(
        "PKG243",
        "mode-setid",
        "An entry has file permissions that a document does not need.",
        "Finds setuid, setgid and sticky bits, files that may be executed, and files that nobody may read.",
        "No command of assetpkg applies the file modes of an archive. Other programs may apply them.",
        "nothing needs to be done; assetpkg never applies modes",
        severity=Severity.WARNING,
    ),
    DeclaredFault(
        "PKG250",
        "unreadable-file",
        "A file of the folder cannot be read.",
        "Finds files that the operating system does not allow assetpkg to inspect or read.",
        "What cannot be read cannot be checked. The file would be missing from the zip.",
        _READABLE,
        source=_ONE_CONTENT,
    ),
    DeclaredFault(
        "PKG251",
        "unreadable-folder",
        "A folder inside the package cannot be read.",
        "Finds folders that the operating system does not allow assetpkg to list.",
        "Their content is not known. It cannot be checked, and would be missing from the zip.",
        _READABLE,
        source=_ONE_CONTENT,
    ),
    DeclaredFault(
        "PKG252",
        "changed-file",
        "A file changed while the package was read.",
        "Finds files of a folder that were removed, written or replaced after assetpkg listed the folder and before "
        "it finished reading them.",
        "The content that was read may be half old and half new. Such a file never existed.",
        "wait until no program writes there, then try again",
        source=_ONE_CONTENT,
    ),
)
