"""Every slug that the zip reader uses, each with what the user should do about it."""

_REPACK = "unpack the archive with the program that made it, and pack the files again with `assetpkg pack`"
_AGAIN = "fetch or export the archive again: it was damaged on the way"
_RENAME = "rename the file, and pack again"
_HOSTILE = "do not use this archive unless you know who made it; " + _REPACK
_HARMLESS = "nothing needs to be done; pack again if another program cannot read the archive"
_SMALLER = "split the package"

_CONTAINER = {
    "archive-comment": "nothing needs to be done; the comment is never interpreted",
    "cd-bounds": "remove what was put before or into the archive, or fetch it again",
    "cd-count": _HOSTILE,
    "cd-signature": _AGAIN,
    "comment-encoding": "remove the comment, or write it in UTF-8",
    "comment-signature": _HOSTILE,
    "directory-too-large": _SMALLER,
    "eocd-ambiguous": _HOSTILE,
    "gap": _HOSTILE,
    "multi-disk": "join the parts into one archive with the program that split it, or pack the files again",
    "not-zip": "give the path of a zip archive; if it is one, fetch it again, for its end is missing",
    "overlap": _HOSTILE,
    "too-large": _SMALLER,
    "too-many-entries": _SMALLER,
    "total-too-large": _SMALLER,
    "trailing-data": "cut off what follows the archive, or fetch it again",
    "zip64-eocd-mismatch": _HOSTILE,
    "zip64-extensible-data": _REPACK,
    "zip64-locator": _AGAIN,
}

_ENTRIES = {
    "crc": _AGAIN,
    "data-descriptor": _HOSTILE,
    "data-descriptor-nosig": _HARMLESS,
    "data-descriptor-width": _HARMLESS,
    "deflate-error": _AGAIN,
    "deflate-trailing": _HOSTILE,
    "deflate-truncated": _AGAIN,
    "encrypted": "pack the files again without a password",
    "entry-comment": "nothing needs to be done; the comment is never interpreted",
    "entry-comment-signature": _HOSTILE,
    "entry-too-large": _SMALLER,
    "extra-duplicate": _HOSTILE,
    "extra-malformed": _REPACK,
    "flags-reserved": _REPACK,
    "local-mismatch-crc": _HOSTILE,
    "local-mismatch-csize": _HOSTILE,
    "local-mismatch-flags": _HOSTILE,
    "local-mismatch-method": _HOSTILE,
    "local-mismatch-name": _HOSTILE,
    "local-mismatch-time": "nothing needs to be done; times are not used",
    "local-mismatch-usize": _HOSTILE,
    "local-mismatch-version": "nothing needs to be done; the version is not used",
    "local-signature": _AGAIN,
    "method-unsupported": "pack the files again with plain deflate, or without compression",
    "ratio": _SMALLER,
    "size-mismatch": _HOSTILE,
    "stored-data-descriptor": _HARMLESS,
    "stored-data-descriptor-signature": _REPACK,
    "stored-size": _HOSTILE,
    "version-needed": _REPACK,
    "zip64-conflict": _HOSTILE,
    "zip64-length": _REPACK,
    "zip64-missing": _HOSTILE,
}

_NAMES = {
    "dir-with-data": _HOSTILE,
    "duplicate-name": "remove one of the two entries, and pack again",
    "file-dir-conflict": "rename the file or the folder, and pack again",
    "mode-setid": "nothing needs to be done; modes are never applied",
    "name-bad-utf8": "rename the file in UTF-8, and pack again with `assetpkg pack`",
    "name-collision": "rename one of the two, and pack again",
    "name-legacy-encoding": "unpack it with the program that made it, and pack again with `assetpkg pack`",
    "path-absolute": "pack the files again, with names relative to the package folder",
    "path-backslash": "pack the files again with `/` between folders",
    "path-component-too-long": "shorten the name, and pack again",
    "path-control-char": _RENAME,
    "path-dot-component": "pack the files again, without `.` in their paths",
    "path-drive": "pack the files again, with names relative to the package folder",
    "path-empty": _REPACK,
    "path-empty-component": "pack the files again, with single `/` between folders",
    "path-invisible-char": _RENAME,
    "path-leading-space": _RENAME,
    "path-not-nfc": "rename the file in composed form (NFC), or pack again with `assetpkg pack`",
    "path-too-deep": "use fewer nested folders, and pack again",
    "path-too-long": "shorten the path, and pack again",
    "path-trailing-dot-space": _RENAME,
    "path-traversal": _HOSTILE,
    "path-windows-char": _RENAME,
    "path-windows-device": _RENAME,
    "path-windows-shortname": _RENAME,
    "special-file": "replace links and devices by plain files, and pack again",
    "type-conflict": _HOSTILE,
    "unicode-path-differs": _HOSTILE,
    "unicode-path-invalid": _REPACK,
}

HINTS: dict[str, str] = _CONTAINER | _ENTRIES | _NAMES
"""What to do about each fault, by its slug."""

WARNINGS = frozenset(
    {
        "archive-comment",
        "data-descriptor-nosig",
        "data-descriptor-width",
        "entry-comment",
        "local-mismatch-time",
        "local-mismatch-version",
        "mode-setid",
        "stored-data-descriptor",
    }
)
"""The slugs of what is odd, yet read in the same way by every program."""
