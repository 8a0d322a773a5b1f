"""A folder whose documents have texts in files of their own, read as if the texts were in the documents.

A place in a whole document is traced to the file that it is in. Documents of an older asset version are read as those
of the newest in the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import MappingProxyType

from assetpkg import documents
from assetpkg.archive.archive import Archive, in_order
from assetpkg.archive.entries import Entry, Located, Traced, UnreadableEntry, fault_of
from assetpkg.diagnostics.model import Fault, bound
from assetpkg.documents import INSIDE, InvalidDocument
from assetpkg.documents.positions import Region, Spot, find_places, lines_and_columns
from assetpkg.kinds.kind import Kind
from assetpkg.limits import Limits
from assetpkg.package.layout import Layout
from assetpkg.package.text_files import (
    TextFile,
    content_of,
    documents_with_files,
    judge,
    names_files,
    with_texts,
)
from assetpkg.package.versions import lift_manifest, lift_resource, newest_minor, newest_version, older_minor


@dataclass(frozen=True, eq=False)
class Beside:
    """What leads from documents that are whole to the archive in which some of their texts are in files of their own.

    `texts` has the files of each document by its entry, `whole` the documents with them, and `refused` what is wrong
    with the other files that documents name. `version` is the older asset version that the archive has, where its
    documents are read as those of the newest.
    """

    archive: Archive
    texts: Mapping[str, tuple[TextFile, ...]]
    refused: Mapping[str, tuple[Fault, ...]]
    whole: Mapping[str, Entry] = field(repr=False)
    version: str | None = None

    def covers(self, entry: str, entries: Mapping[str, Entry]) -> bool:
        """Say whether places in an entry are to be traced; of a document that was changed since, they are its own."""
        return entry in self.whole and entries.get(entry) is self.whole[entry]

    def source(self, entry: str) -> Entry | None:
        """Return the entry of the folder with this name, for its lines."""
        return self.archive.entries.get(entry)

    def holder_of(self, entry: str) -> tuple[str, str] | None:
        """Return the document that an entry is a text of, and the pointer to that text in it."""
        return self._holders.get(entry)

    def is_apart(self, entry: str, pointer: str) -> bool:
        """Say whether what is at a place of a whole document is in another file."""
        return _around(pointer, self._known.get(entry, {})) is not None

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, TextFile]]:
        return {entry: {each.pointer: each for each in texts} for entry, texts in self.texts.items()}

    @cached_property
    def _holders(self) -> Mapping[str, tuple[str, str]]:
        return {each.entry: (document, each.pointer) for document, texts in self.texts.items() for each in texts}

    def trace(self, places: Sequence[tuple[str, Spot]]) -> list[Traced]:
        """Return where each place in a whole document is in the folder; each file is read once."""
        traced: list[Traced] = [Traced(entry) for entry, _ in places]
        by_entry: dict[str, list[int]] = {}
        for number, (entry, _) in enumerate(places):
            by_entry.setdefault(entry, []).append(number)
        for entry, numbers in by_entry.items():
            found = self._trace_in(entry, [places[number][1] for number in numbers])
            for number, each in zip(numbers, found, strict=True):
                traced[number] = each
        return traced

    def _trace_in(self, entry: str, spots: Sequence[Spot]) -> list[Traced]:
        try:
            written = self.archive.entries[entry].read().decode("utf-8", "replace")
            whole = self.whole[entry].read().decode("utf-8", "replace")
        except UnreadableEntry:
            return [Traced(entry, spot.pointer) for spot in spots]
        known = self._known.get(entry, {})
        texts = [None if place is None else place.text for place in find_places(whole, spots)]
        holders = [None if spot.at_key else _around(spot.pointer, known) for spot in spots]
        outside = find_places(written, spots)
        traced = [
            Traced(entry, spot.pointer, place, text) for spot, place, text in zip(spots, outside, texts, strict=True)
        ]
        within: dict[TextFile, list[int]] = {}
        for number, holder in enumerate(holders):
            if holder is not None:
                within.setdefault(holder, []).append(number)
        for holder, numbers in within.items():
            inner = [_inner(spots[number], holder) for number in numbers]
            for number, spot, place in zip(numbers, inner, self._places(holder, inner), strict=True):
                traced[number] = Traced(holder.entry, spot.pointer, place, texts[number])
        return traced

    def _places(self, holder: TextFile, spots: Sequence[Spot]) -> Sequence[Region | None]:
        """Return where spots are in the file of a text."""
        try:
            text = self.archive.entries[holder.entry].read().decode("utf-8", "replace")
        except UnreadableEntry:
            return [None] * len(spots)
        if holder.encoding is not None:
            spots = [Spot() for _ in spots]  # an offset in what the text stands for says nothing
        wanted = [spot for spot in spots if spot.pointer or spot.offset is not None]
        ends = lines_and_columns(text, [0, len(text)])
        all_of_it = Region(*ends[0], *ends[len(text)])
        found = iter(find_places(text, wanted))
        return [next(found) if spot.pointer or spot.offset is not None else all_of_it for spot in spots]


def _around(pointer: str, known: Mapping[str, TextFile]) -> TextFile | None:
    """Return the text that a pointer leads to, or into."""
    if pointer in known:
        return known[pointer]
    end = pointer.find(f"/{INSIDE}")
    while end >= 0:
        if pointer[:end] in known:
            return known[pointer[:end]]
        end = pointer.find(f"/{INSIDE}", end + 1)
    return None


def _inner(spot: Spot, holder: TextFile) -> Spot:
    """Return a spot of a document as it is in the file of a text of it."""
    return spot._replace(pointer=spot.pointer[len(holder.pointer) :].removeprefix(f"/{INSIDE}"))


def as_whole(archive: Archive, layout: Layout, *, lifted: bool = True) -> Archive:
    """Return an archive whose documents have all their texts, and are of the newest asset version.

    One without files of texts, and of that version, is returned as it is. The files of texts are no entries of it: what
    is packed, compared or planned is the whole document. Documents whose texts cannot be had keep the object in its
    place, and `text_faults` says what is wrong. Unless they are to be `lifted`, documents of an older version stay.
    """
    if archive.underlying is not None or not layout.is_own:
        return archive
    texts: dict[str, tuple[TextFile, ...]] = {}
    refused: dict[str, tuple[Fault, ...]] = {}
    taken: dict[str, str] = {}
    for entry in documents_with_files(archive, layout):
        content = content_of(archive, entry)
        kind = layout.kind_of(entry)
        if kind is None or not names_files(content):
            continue
        judged = list(judge(archive, entry, kind, content, taken))
        found = tuple(each for each in judged if isinstance(each, TextFile))
        faults = bound(each for each in judged if isinstance(each, Fault))
        refused.update({entry: faults} if faults else {})
        texts.update({entry: found} if found else {})
    whole = {name: with_texts(archive, name, members) for name, members in texts.items()}
    version = _older_version(archive, layout) if lifted else None
    if version is not None:
        whole = _lifted(archive, layout, whole, older_minor(version) or 0)
    if not whole and not refused:
        return archive
    entries = {name: entry for name, entry in archive.entries.items() if name not in taken}
    entries.update(whole)
    beside = Beside(archive, MappingProxyType(texts), MappingProxyType(refused), MappingProxyType(whole), version)
    return replace(archive, entries=in_order(entries), underlying=beside)


def beside_of(archive: Archive) -> Beside | None:
    """Return what leads to the folder that an archive is a view of, as `as_whole` makes one; `None` for any other."""
    return archive.underlying if isinstance(archive.underlying, Beside) else None


def as_in_folder(archive: Archive) -> Archive:
    """Return an archive as its files are: those of texts apart, and documents of the version that they have.

    What was changed in memory since is in it as well.
    """
    beside = beside_of(archive)
    if beside is None:
        return archive
    entries: dict[str, Entry] = {}
    for name, entry in archive.entries.items():
        covered = beside.covers(name, archive.entries)
        entries[name] = beside.archive.entries[name] if covered else entry
        for text in beside.texts.get(name, ()) if covered else ():
            entries[text.entry] = beside.archive.entries[text.entry]
    return replace(archive, entries=in_order(entries), underlying=None)


def is_older(archive: Archive) -> bool:
    """Say whether all of an archive is of an older asset version, and nothing was changed in memory since."""
    beside = beside_of(archive)
    return (
        beside is not None
        and beside.version is not None
        and all(beside.covers(name, archive.entries) for name in beside.whole)
    )


def _older_version(archive: Archive, layout: Layout) -> str | None:
    """Return the version of a package that can be lifted; `None` where there is nothing to lift."""
    if not newest_minor():
        return None
    try:
        document = documents.parse(content_of(archive, layout.manifest) if layout.manifest in archive.entries else b"")
    except InvalidDocument:
        return None
    version = document.get("asset_version") if isinstance(document, dict) else None
    return version if isinstance(version, str) and older_minor(version) is not None else None


def _lifted(archive: Archive, layout: Layout, whole: Mapping[str, Entry], minor: int) -> dict[str, Entry]:
    """Return the manifest and all documents as those of the newest version."""
    limits, manifest = archive.limits, archive.entries[layout.manifest]
    lifted = {manifest.name: Entry(manifest.name, manifest.size, partial(_read_manifest, manifest, limits))}
    for name in archive.entries:
        kind = layout.kind_of(name)
        if kind is not None:
            entry = whole.get(name, archive.entries[name])
            lifted[name] = Entry(name, entry.size, partial(_read_lifted, entry, kind.kind, minor, limits))
    return lifted


def _read_manifest(entry: Entry, limits: Limits) -> bytes:
    return lift_manifest(entry.read(), limits)


def _read_lifted(entry: Entry, kind: str, minor: int, limits: Limits) -> bytes:
    return lift_resource(kind, entry.read(), minor, limits)


def version_faults(archive: Archive, layout: Layout) -> Iterator[Located]:
    """Yield that the documents of an older version are read as those of the newest."""
    beside = beside_of(archive)
    if beside is not None and beside.version is not None and beside.covers(layout.manifest, archive.entries):
        message = f"asset version {beside.version} is older than {newest_version()}, and is read as that"
        yield (
            layout.manifest,
            fault_of("older-asset-version", message, archive.limits)._replace(pointer="/asset_version"),
        )


def text_faults(archive: Archive, entry: str, kind: type[Kind], content: bytes) -> tuple[Fault, ...]:
    """Return what is wrong with the files that a document names, as it is read: those that it still names."""
    if not names_files(content):
        return ()
    beside = beside_of(archive)
    if beside is not None:
        known = beside.refused.get(entry)
        as_it_was = (beside.whole.get(entry), beside.archive.entries.get(entry))
        if known is not None and archive.entries[entry] in as_it_was:
            return known
    judged = judge(archive, entry, kind, content, {})
    return bound(each for each in judged if isinstance(each, Fault))
