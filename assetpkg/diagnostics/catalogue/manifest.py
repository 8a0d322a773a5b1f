"""PKG010 and MAN001 to MAN019: an archive without a manifest, and the manifest itself."""

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
        "Finds a `manifest.json` that is not UTF-8, not JSON, or JSON that parsers understand differently.",
        "Without it nothing is known of the package: neither its format nor its version.",
        "fix the JSON at the place that is named",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN002",
        "unknown-format",
        "The manifest names a format that assetpkg does not know.",
        "Finds a `format` other than `assetpkg/1`.",
        "The format decides which file is which. Another one is not guessed at.",
        "use the assetpkg that knows the format, or set it if the layout is this one",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN010",
        "manifest-field",
        "A field of the manifest is missing, or has the wrong type or form.",
        "Finds a manifest without `format`, `asset_version` or `name`, versions that are not MAJOR.MINOR, checksums "
        "that are not SHA-256.",
        "The tool that imports relies on them.",
        "write the field as the message says",
        source=OWN_LAYOUT,
    ),
    DeclaredFault(
        "MAN011",
        "unknown-asset-version",
        "The asset version has a major number that assetpkg does not know.",
        "Finds an `asset_version` whose first number is not 1.",
        "Another major version may mean another content; judging it by this one's rules would be guessing.",
        "use an assetpkg that knows the version",
        source=_ASSET_VERSION,
    ),
    DeclaredFault(
        "MAN012",
        "newer-asset-version",
        "The asset version is a newer minor one than assetpkg knows.",
        "Finds an `asset_version` whose second number is larger than the newest known.",
        "Minor versions add things; what was added is kept, but not checked.",
        "use a newer assetpkg to be sure",
        severity=Severity.WARNING,
        source=_ASSET_VERSION,
    ),
    DeclaredFault(
        "PKG010",
        "no-manifest",
        "The archive is not an asset package that assetpkg can read.",
        "Finds a zip or folder without `manifest.json` at its top, and says what is there instead.",
        "The inside of the platform's own archives is not public, so assetpkg reads its own layout, and guesses "
        "nothing.",
        "if the files are one folder too deep, pack the inner folder",
        source=OWN_LAYOUT,
    ),
)
