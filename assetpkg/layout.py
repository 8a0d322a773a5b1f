"""Which entry of an archive is the manifest, and which holds which kind of resource: the layout `assetpkg/1`."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from urllib.parse import unquote

from assetpkg.kinds import kind_in_folder
from assetpkg.kinds.kind import Kind

MANIFEST = "manifest.json"
"""The entry that makes an archive an asset package."""

_UNSAFE = re.compile(r'[%/\\:*?"<>|\x00-\x1f\x7f]|^[ .]|[ .]$')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)
_SHORT_NAME = re.compile(r"~(?=[0-9])")
_LONGEST_NAME = 180
"""In bytes of UTF-8, so that name, suffix and a mark against collisions stay below the 255 of most file systems."""
_NAMED_AT_MOST = 5
"""How many of a foreign archive's names a message shows."""


def kind_of(entry: str) -> type[Kind] | None:
    """Return the kind of the resource that `entry` holds, or `None` where it is some other file."""
    folder, _, rest = entry.partition("/")
    return kind_in_folder(folder) if rest.endswith(".json") else None


def entry_for(kind: type[Kind], names: Sequence[str], taken: Collection[str] = ()) -> str:
    """Return the entry for a new resource: its kind's folder, a folder for each parent, a file with its name.

    `taken` are existing entries, case-folded; a name that differs from one only in case gets its capitals
    escaped, so that both live on every file system. `unsafe_name` undoes all of it but the cut of a long name.
    """
    *parents, name = names
    folders = "/".join((kind.folder, *(safe_name(parent) for parent in parents)))
    entry = f"{folders}/{safe_name(name)}.json"
    if entry.casefold() in taken:
        entry = f"{folders}/{_escape_capitals(safe_name(name))}.json"
    return entry


def safe_name(name: str) -> str:
    """Return `name` with everything percent-encoded that some file system refuses, changes or misreads."""
    import unicodedata

    safe = _UNSAFE.sub(_escape, name)
    safe = _SHORT_NAME.sub("%7E", safe)
    if _DEVICE.match(safe):
        safe = _escape_text(safe[0]) + safe[1:]
    safe = "".join(part if _is_plain(part, unicodedata) else _escape_text(part) for part in safe)
    if unicodedata.normalize("NFC", safe) != safe:
        safe = "".join(part if part.isascii() else _escape_text(part) for part in safe)
    return safe if len(safe.encode()) <= _LONGEST_NAME else _cut(safe, name)


def unsafe_name(safe: str) -> str:
    """Return the name that `safe_name` was given."""
    return unquote(safe)


def describe_unknown(entries: Sequence[str]) -> str:
    """Say in one sentence fragment what an archive of an unknown layout holds."""
    if not entries:
        return "it is empty"
    suffixes = Counter("JSON" if name.casefold().endswith(".json") else "other" for name in entries)
    counts = ", ".join(f"{number} {word}" for word, number in sorted(suffixes.items()))
    shown = ", ".join(f"'{name}'" for name in entries[:_NAMED_AT_MOST])
    more = ", …" if len(entries) > _NAMED_AT_MOST else ""
    return f"it holds {len(entries)} files ({counts}): {shown}{more}"


def _is_plain(character: str, unicodedata: "object") -> bool:
    category = unicodedata.category(character)  # type: ignore[attr-defined]
    return category[0] not in "CZ" or character == " "


def _escape(match: "re.Match[str]") -> str:
    return _escape_text(match.group())


def _escape_text(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _escape_capitals(name: str) -> str:
    return re.sub(r"%[0-9A-F]{2}|[A-Z]", lambda match: match[0] if len(match[0]) > 1 else _escape_text(match[0]), name)


def _cut(safe: str, name: str) -> str:
    import hashlib

    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    kept = safe.encode()[: _LONGEST_NAME - len(mark) - 1].decode("utf-8", "ignore")
    return f"{re.sub(r'%[0-9A-F]?$', '', kept)}-{mark}"
