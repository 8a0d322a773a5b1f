"""RSC080 to RSC089: scripts and long texts of a resource that are in files of their own beside it."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.sources import OWN_LAYOUT

FAULTS = (
    DeclaredFault(
        "RSC080",
        "text-file-name",
        "A resource names a file for a text that cannot be its own.",
        "Finds `$file` with a path, with the name of a resource, or with a name that does not begin with that of the "
        "file of the resource, and other members beside it.",
        "A text is in a file in the same folder, such as `get-order.orders.sql` beside `get-order.json`. Nothing is "
        "read outside a package, and nobody has to search for what a file belongs to.",
        "write the name of a file beside the resource that begins with the resource's own, or write the text itself",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "RSC081",
        "text-file-missing",
        "The file with a text of a resource is missing.",
        "Finds `$file` with a name that no file beside the resource has.",
        "The resource is not complete without its text, and cannot be packed.",
        "add the file, correct its name, or write the text itself",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "RSC082",
        "text-file-unreadable",
        "The file with a text of a resource cannot be read as a text.",
        "Finds links and other special files, files that are not UTF-8, and files that are larger than what is read.",
        "The resource is not complete without its text, and cannot be packed.",
        "save the file as UTF-8, as a plain file",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "RSC083",
        "text-file-twice",
        "Two texts are in one file.",
        "Finds a file that is named for two texts, of one resource or of two.",
        "Who changes the text of one resource would change that of the other.",
        "give each text a file of its own",
    ),
)
