"""PKG010, PKG032 and MAN001 to MAN019: an archive without a manifest or in a folder, and the manifest itself."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import OWN_LAYOUT, cited

_ASSET_VERSION = cited(f"{Page.IMPORTING_ASSETS}: the asset version is read from the content")

FAULTS = (
    DeclaredFault(
        "MAN001",
        "unreadable-manifest",
        "The manifest is not a JSON object.",
        "Finds a `manifest.json` that is not UTF-8, that is not JSON, or that different parsers understand "
        "differently.",
        "Without the manifest, assetpkg does not know the format and the version of the package.",
        "fix the JSON at the reported place",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN002",
        "unknown-format",
        "The manifest names a format that assetpkg does not know.",
        "Finds a `format` other than `assetpkg/1`.",
        "The format decides what each file is. assetpkg does not guess the meaning of an unknown format.",
        "use a version of assetpkg that knows the format, or set `format` to `assetpkg/1` if the package has this "
        "layout",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN010",
        "manifest-field",
        "A field of the manifest is missing, or has the wrong type or form.",
        "Finds a manifest without `format`, `asset_version` or `name`. Finds also versions that are not MAJOR.MINOR, "
        "and checksums that are not SHA-256.",
        "The import tool relies on these fields.",
        "write the field in the way that the message says",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN011",
        "unknown-asset-version",
        "The asset version has a major number that assetpkg does not know.",
        "Finds an `asset_version` with a first number that is not 1.",
        "A different major version may mean a different content. The rules of the known version may be wrong for it.",
        "use a version of assetpkg that knows this asset version",
        source=_ASSET_VERSION,
    ),
    DeclaredFault(
        "MAN012",
        "newer-asset-version",
        "The minor number of the asset version is newer than assetpkg knows.",
        "Finds an `asset_version` with a second number that is larger than the newest known number.",
        "A minor version adds things. assetpkg keeps what was added, but does not check it.",
        "use a newer version of assetpkg to be sure",
        severity=Severity.WARNING,
        source=_ASSET_VERSION,
    ),
    DeclaredFault(
        "MAN013",
        "older-asset-version",
        "The asset version is older than the newest that assetpkg knows.",
        "Finds an `asset_version` with a second number that is smaller than the newest known number.",
        "The documents are read as those of the newest version, and what is made of the package is of that version.",
        "write its files as those of the newest version with 'assetpkg fmt --upgrade'",
        severity=Severity.INFO,
        source=_ASSET_VERSION,
    ),
    DeclaredFault(
        "PKG010",
        "no-manifest",
        "The archive is not an asset package that assetpkg can read.",
        "Finds a zip or folder without a `manifest.json` at its top, and lists what is there instead.",
        "The layout of the platform's own archives is not public. So assetpkg reads only its own layout, and does "
        "not guess.",
        "if all files are inside one extra folder, pack that inner folder",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "PKG032",
        "wrapped",
        "The package is inside a folder, or inside another zip.",
        "Finds a zip with everything in one folder, as file managers and `git archive` make it, and a zip whose only "
        "file is the zip of a package, as CI systems make it.",
        "It is not documented whether the platform reads such a zip; assetpkg does.",
        "make a clean zip of it with `assetpkg pack`",
        severity=Severity.WARNING,
        source=OWN_LAYOUT,
    ),
)
