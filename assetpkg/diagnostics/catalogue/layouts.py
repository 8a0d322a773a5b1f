"""PKG050 to PKG059: archives of other layouts, and what a layout file says of them that is not so."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.sources import agreed

_LAYOUT = agreed("layout file")

FAULTS = (
    DeclaredFault(
        "PKG050",
        "layout-doubt",
        "Two layouts fit the archive.",
        "Finds an archive that has the marks of two of the layouts that are named in the settings or with `--layout`, "
        "or that has those of one and is a package of the own layout.",
        "The layout decides what each entry is. assetpkg does not choose between two.",
        "give one of the layouts a mark that only its archives have",
        source=_LAYOUT,
    ),
    DeclaredFault(
        "PKG051",
        "layout-overlap",
        "A layout covers one place twice.",
        "Finds two tables `[[resources]]` of a layout file that make a resource of the same document, or that read one "
        "entry in two forms.",
        "The same document would be two resources.",
        "change the globs or the pointers of one of the two tables",
        source=_LAYOUT,
    ),
    DeclaredFault(
        "PKG052",
        "layout-too-many",
        "A layout makes more resources of an archive than assetpkg reads.",
        "Finds a pointer with `*` that leads to more places than the limit for entries.",
        "Each resource costs memory. A pointer can be too general, and an archive can be made to have millions of "
        "places.",
        "make the pointer more exact, or split the archive",
        source=_LAYOUT,
        limit="entries",
    ),
    DeclaredFault(
        "PKG053",
        "nested-too-deep",
        "Archives are in archives, too deep to be opened.",
        "Finds an archive in an archive, and so on, more than four deep, where the layout says that these are opened.",
        "No real export is so deep, and an archive can be made to have no end.",
        "unpack it, and use what is inside",
        source=_LAYOUT,
    ),
    DeclaredFault(
        "PKG054",
        "no-document",
        "A place of the layout has no document.",
        "Finds things at `at` that have nothing at `document`, where the layout expects the document of a resource.",
        "What an import does with it is not known: assetpkg does not know it as a resource.",
        "correct the layout file, or fix the archive",
        severity=Severity.RISK,
        source=_LAYOUT,
    ),
    DeclaredFault(
        "PKG055",
        "nothing-to-inherit",
        "A value that a document inherits is not there.",
        "Finds resources without a field that the layout file has in `inherited`, where the archive has no value at "
        "the place that is named there. Finds also an asset version that is not where the layout says.",
        "The field stays absent, so that the plan may be about another resource.",
        "correct the layout file, or fix the archive",
        severity=Severity.WARNING,
        source=_LAYOUT,
    ),
    DeclaredFault(
        "PKG056",
        "layout-clash",
        "Two members of a document would become the same field.",
        "Finds documents of which two members are the same field by the names of the layout file.",
        "Only one of them is in the plan. The other one is kept, but assetpkg does not look at it.",
        "name one of the members in `fields` or in `unused`",
        severity=Severity.RISK,
        source=_LAYOUT,
    ),
)
