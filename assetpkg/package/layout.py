"""Layouts: which entry of an archive is the manifest, and where the resources of which kind are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.archive.entries import Entry, Located
from assetpkg.archive.litter import is_littered
from assetpkg.diagnostics.sentences import first_few, plural
from assetpkg.documents import split_pointer
from assetpkg.errors import InvalidPackage
from assetpkg.kinds import kind_in_folder
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.resource.walk import NO_FIELDS, Fields

if TYPE_CHECKING:
    from assetpkg.archive.archive import Archive
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.layouts.measures import Coverage

ORIGINS = "origins.json"
"""The file with the record of where everything came from, in a folder that was converted."""

# Not compiled here, since who only reads a package needs none of them.
_UNSAFE = r'[%/\\:*?"<>|\x00-\x1f\x7f]|^[ .]|[ .]$'
_SHORT_NAME = r"~(?=[0-9])"
_ESCAPED = r"(?:%[0-9A-Fa-f]{2})+"
_LONGEST_NAME = 180
"""In bytes of UTF-8, so that name, suffix and a mark against collisions stay below the 255 of most file systems."""
_NAMED_AT_MOST = 5
"""How many of a foreign archive's names a message shows."""


class Holding(NamedTuple):
    """Where an entry has resources of `kind`: one at `pointer`, or, if `listed`, each item of the list there."""

    kind: type[Kind]
    pointer: str = ""
    listed: bool = False


def _no_entry_for(kind: type[Kind], names: Sequence[str], occupied: Mapping[str, str]) -> str:
    del kind, names, occupied
    raise InvalidPackage("assetpkg can only read the layout of this package, so nothing can be added")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a package is laid out: the marker in its manifest, the entry of that, and what the other entries hold.

    `holdings` says what an entry has; what has none is kept, and is part of no resource. `entry_for` names the entry
    for a new resource; without it, nothing can be added.
    """

    format: str
    manifest: str
    holdings: Callable[[str], Sequence[Holding]]
    entry_for: Callable[[type[Kind], Sequence[str], Mapping[str, str]], str] = _no_entry_for

    def kind_of(self, entry: str, pointer: str = "") -> type[Kind] | None:
        """Return the kind of the resource that is at `pointer` in `entry` or around it, or `None` where none is."""
        steps = split_pointer(pointer)
        for kind, above, listed in self.holdings(entry):
            known = split_pointer(above)
            if steps[: len(known)] == known and len(steps) >= len(known) + listed:
                return kind
        return None

    def fields_of(self, entry: str) -> Fields:
        """Return the fields of the whole document in `entry`, as far as it has resources."""
        return _nested([(split_pointer(known.pointer), fields_of(known.kind)) for known in self.holdings(entry)])

    def entry_at(self, entry: str, pointer: str = "") -> str:
        """Return the entry of the package that has what is reported at a place."""
        del pointer
        return entry

    def faults_of(self, entries: Mapping[str, Entry]) -> Iterator[Located]:
        """Yield what was wrong with entries when they became what they are in the package."""
        del entries
        return iter(())

    def uses(self, entry: str) -> bool:
        """Say whether an entry is of any use to an import, or to who reads the package."""
        return bool(self.holdings(entry)) or entry == ORIGINS

    def sources(self, archive: "Archive") -> Mapping[str, Entry]:
        """Return the entries that there are, for the archive of a package."""
        return archive.entries

    def restored(self, archive: "Archive") -> "Archive":
        """Return the archive that is to be written, for that of a package; raises `InvalidPackage`."""
        return archive

    @property
    def taught(self) -> "tuple[LayoutFile, ...]":
        """The layout file, where the layout is taught by one."""
        return ()

    def coverage(self) -> "Coverage | None":
        """Return how much of the archive a layout file covers, where the layout is taught by one."""
        return None

    @property
    def is_own(self) -> bool:
        """Whether a package of it is as assetpkg writes it, with a manifest and a list of what is in it."""
        return True


def _nested(places: Sequence[tuple[Sequence[str], Fields]]) -> Fields:
    """Return the fields of an object that has others below it, each at the end of its steps."""
    below: dict[str, list[tuple[Sequence[str], Fields]]] = {}
    for steps, fields in places:
        if not steps:
            return fields
        below.setdefault(steps[0], []).append((steps[1:], fields))
    return {
        name: Field(name, {}, _nested(members), None, is_plain=True) for name, members in below.items()
    } or NO_FIELDS


def _holdings_by_folder(entry: str) -> Sequence[Holding]:
    folder, _, rest = entry.partition("/")
    kind = kind_in_folder(folder) if rest.endswith(".json") and not is_littered(entry) else None
    return () if kind is None else (Holding(kind),)


def occupied_by(entries: Iterable[str]) -> dict[str, str]:
    """Return every file and folder of `entries`, a folder with `/` at its end, by what they are without case."""
    occupied: dict[str, str] = {}
    for entry in entries:
        occupy(entry, occupied)
    return occupied


def _entry_by_folder(kind: type[Kind], names: Sequence[str], occupied: Mapping[str, str]) -> str:
    """Return the entry for a new resource: its kind's folder, a folder for each parent, a file with its name.

    `occupied` is what is there, as `occupied_by` returns it; a name that is taken, or differs from one only in case, is
    escaped further, so that both live on every file system. `unsafe_name` undoes it, except for the cut of a long name.
    """
    *parents, name = names
    place = f"{kind.folder}/"
    for parent in parents:
        place = next(
            folder
            for folder in (f"{place}{spelling}/" for spelling in _spellings(safe_name(parent)))
            if occupied.get(_fold(folder), folder) == folder
        )
    entries = (f"{place}{spelling}.json" for spelling in _spellings(safe_name(name)))
    return next(entry for entry in entries if _fold(entry) not in occupied)


OWN = Layout(format="assetpkg/1", manifest="manifest.json", holdings=_holdings_by_folder, entry_for=_entry_by_folder)
"""The layout of assetpkg itself, since ROMA's is not public: a folder for each kind, a file for each resource."""


def occupy(entry: str, occupied: MutableMapping[str, str]) -> None:
    """Note in `occupied` that `entry` and its folders are there."""
    occupied.setdefault(_fold(entry), entry)
    folder = entry.rpartition("/")[0]
    while folder and _fold(folder) not in occupied:
        occupied[_fold(folder)] = f"{folder}/"
        folder = folder.rpartition("/")[0]


def is_free(entry: str, occupied: Mapping[str, str]) -> bool:
    """Say whether `entry` can be put beside what is there on every file system, as `occupied_by` returns that."""
    if _fold(entry) in occupied:
        return False
    folder = entry.rpartition("/")[0]
    while folder:
        if occupied.get(_fold(folder), f"{folder}/") != f"{folder}/":
            return False
        folder = folder.rpartition("/")[0]
    return True


def _spellings(safe: str) -> Iterator[str]:
    """Yield `safe`, and then ways to write it that differ from it also where case does not count."""
    yield safe
    units = re.findall(r"%[0-9A-F]{2}|.", safe)
    escaped = [unit if len(unit) > 1 else _escape_text(unit) for unit in units]
    capitals = [sign if unit.isupper() else unit for unit, sign in zip(units, escaped, strict=True)]
    for spelling in ("".join(capitals), *("".join((*escaped[:n], *units[n:])) for n in range(1, len(units) + 1))):
        if len(spelling.encode()) <= _LONGEST_NAME:
            yield spelling
    yield from (f"{safe}-{number}" for number in count(2))


def _fold(path: str) -> str:
    from assetpkg.archive.zip.clashes import fold

    return fold(path.removesuffix("/"))


def safe_name(name: str) -> str:
    """Return `name` with everything percent-encoded that some file system refuses, changes or misreads."""
    import unicodedata

    from assetpkg.archive.zip.names import is_device

    safe = re.sub(_UNSAFE, _escape, name)
    safe = re.sub(_SHORT_NAME, "%7E", safe)
    if is_device(safe):
        safe = _escape_text(safe[0]) + safe[1:]
    safe = "".join(part if _is_plain(part, unicodedata) else _escape_text(part) for part in safe)
    if unicodedata.normalize("NFC", safe) != safe:
        safe = "".join(part if part.isascii() else _escape_text(part) for part in safe)
    return safe if len(safe.encode()) <= _LONGEST_NAME else _cut(safe, name)


def unsafe_name(safe: str) -> str:
    """Return the name that `safe_name` was given."""
    return re.sub(_ESCAPED, _unescape, safe)


def describe_unknown(entries: Sequence[str]) -> str:
    """Say in one sentence fragment what an archive of an unknown layout holds."""
    if not entries:
        return "it is empty"
    suffixes = Counter("JSON" if name.casefold().endswith(".json") else "other" for name in entries)
    counts = ", ".join(f"{number} {word}" for word, number in sorted(suffixes.items()))
    names = first_few(entries, _NAMED_AT_MOST, "'{}'".format)
    return f"it holds {plural(len(entries), 'file')} ({counts}): {names}"


def _is_plain(character: str, unicodedata: "object") -> bool:
    from assetpkg.archive.zip.names import is_invisible

    category = unicodedata.category(character)  # type: ignore[attr-defined]
    return (category[0] not in "CZ" or character == " ") and not is_invisible(character)


def _escape(match: "re.Match[str]") -> str:
    return _escape_text(match.group())


def _escape_text(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _unescape(match: "re.Match[str]") -> str:
    escaped = bytes.fromhex(match.group().replace("%", ""))
    try:
        return escaped.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return escaped.decode("utf-8", "replace")


def _cut(safe: str, name: str) -> str:
    import hashlib

    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    kept = safe.encode()[: _LONGEST_NAME - len(mark) - 1].decode("utf-8", "ignore")
    return f"{re.sub(r'%[0-9A-F]?$', '', kept)}-{mark}"
