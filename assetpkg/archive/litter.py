"""What version control, file managers and systems leave beside the files of people; no part of a package."""

_NAMES = frozenset(
    {
        ".git", ".hg", ".svn",
        ".DS_Store", ".AppleDouble", ".Spotlight-V100", ".Trashes", ".fseventsd", "__MACOSX", "Icon\r",
        "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information",
        ".directory", ".localized", ".apdisk", ".TemporaryItems",
    }
)  # fmt: skip
_IN_SMALL = frozenset(map(str.lower, _NAMES))
"""Windows writes some of them in more than one way."""
_APPLE_DOUBLE = "._"
"""How macOS names what it knows of a file, beside the file, where a disk or an archive has no other place for that."""


def is_litter(name: str) -> bool:
    """Say whether a file or folder of this name, without what it is in, is such a leftover."""
    return name.lower() in _IN_SMALL or name.startswith(_APPLE_DOUBLE)


def is_littered(path: str) -> bool:
    """Say whether one of the steps of an entry's name is such a leftover."""
    return any(map(is_litter, path.split("/")))
