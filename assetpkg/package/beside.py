"""Scripts and long texts in files of their own beside their resource, read as if they were in its document.

In the place of such a text, the document has the object `{"$file": "get-order.orders.sql"}`: the name of a file in the
same folder, which begins with the name of the document's file. Only where a class declares a long text does such an
object mean anything, and there a text is the only other thing that may be. So the two are never mistaken.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry, Located, UnreadableEntry, fault_of
from assetpkg.archive.litter import is_littered
from assetpkg.diagnostics.model import Fault, bound
from assetpkg.documents import INSIDE, InvalidDocument, join_pointer
from assetpkg.documents.positions import Region, Spot, find_places, lines_and_columns
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.kinds.markers import BASE64, ENCODING, FILE, LongText
from assetpkg.limits import Limits
from assetpkg.package.layout import Layout
from assetpkg.package.versions import lift_manifest, lift_resource, newest_minor, newest_version, older_minor
from assetpkg.resource.type_errors import shown
from assetpkg.resource.walk import walk

_MARK = f'"{FILE}"'.encode()
"""What every document has that names a file: written otherwise, the object is a value of the wrong type."""
_JSON = ".json"
TEXT_FILE_FAULTS = frozenset({"text-file-name", "text-file-missing", "text-file-unreadable", "text-file-twice"})
"""What can be wrong with the file of a text."""


class TextFile(NamedTuple):
    """Where a document has a text in a file: the pointer to it, the entry of the file, and how the text has it."""

    pointer: str
    entry: str
    encoding: str | None = None


class Traced(NamedTuple):
    """Where something is in the folder: an entry, a pointer in it, lines and columns, and how the value is written."""

    entry: str
    pointer: str = ""
    place: Region | None = None
    text: str | None = None


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
    if archive.behind is not None or not layout.is_own:
        return archive
    texts: dict[str, tuple[TextFile, ...]] = {}
    refused: dict[str, tuple[Fault, ...]] = {}
    taken: dict[str, str] = {}
    for entry in _with_candidates(archive, layout):
        content = _content(archive, entry)
        kind = layout.kind_of(entry)
        if kind is None or not names_files(content):
            continue
        judged = list(_judge(archive, entry, kind, content, taken))
        found = tuple(each for each in judged if isinstance(each, TextFile))
        faults = bound(each for each in judged if isinstance(each, Fault))
        refused.update({entry: faults} if faults else {})
        texts.update({entry: found} if found else {})
    whole = {name: _whole(archive, name, members) for name, members in texts.items()}
    version = _older_version(archive, layout) if lifted else None
    if version is not None:
        whole = _lifted(archive, layout, whole, older_minor(version) or 0)
    if not whole and not refused:
        return archive
    entries = {name: entry for name, entry in archive.entries.items() if name not in taken}
    entries.update(whole)
    behind = Beside(archive, MappingProxyType(texts), MappingProxyType(refused), MappingProxyType(whole), version)
    return replace(archive, entries=MappingProxyType({name: entries[name] for name in sorted(entries)}), behind=behind)


def as_in_folder(archive: Archive) -> Archive:
    """Return an archive as its files are: those of texts apart, and documents of the version that they have.

    What was changed in memory since is in it as well.
    """
    behind = archive.behind
    if not isinstance(behind, Beside):
        return archive
    entries: dict[str, Entry] = {}
    for name, entry in archive.entries.items():
        covered = behind.covers(name, archive.entries)
        entries[name] = behind.archive.entries[name] if covered else entry
        for text in behind.texts.get(name, ()) if covered else ():
            entries[text.entry] = behind.archive.entries[text.entry]
    return replace(archive, entries=MappingProxyType({name: entries[name] for name in sorted(entries)}), behind=None)


def is_older(archive: Archive) -> bool:
    """Say whether all of an archive is of an older asset version, and nothing was changed in memory since."""
    behind = archive.behind
    return (
        isinstance(behind, Beside)
        and behind.version is not None
        and all(behind.covers(name, archive.entries) for name in behind.whole)
    )


def _older_version(archive: Archive, layout: Layout) -> str | None:
    """Return the version of a package that can be lifted; `None` where there is nothing to lift."""
    if not newest_minor():
        return None
    try:
        document = documents.parse(_content(archive, layout.manifest) if layout.manifest in archive.entries else b"")
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
    behind = archive.behind
    older = isinstance(behind, Beside) and behind.version is not None
    if older and behind.covers(layout.manifest, archive.entries):
        message = f"asset version {archive.behind.version} is older than {newest_version()}, and is read as that"
        yield (
            layout.manifest,
            fault_of("older-asset-version", message, archive.limits)._replace(pointer="/asset_version"),
        )


def names_files(content: bytes) -> bool:
    """Say whether a document names files, or may: one in which there are texts, or that is wrong about them."""
    # A single character is looked for at the speed of memory.
    return b"$" in content and _MARK in content


def text_faults(archive: Archive, entry: str, kind: type[Kind], content: bytes) -> tuple[Fault, ...]:
    """Return what is wrong with the files that a document names, as it is read: those that it still names."""
    if not names_files(content):
        return ()
    if isinstance(archive.behind, Beside):
        known = archive.behind.refused.get(entry)
        as_it_was = (archive.behind.whole.get(entry), archive.behind.archive.entries.get(entry))
        if known is not None and archive.entries[entry] in as_it_was:
            return known
    judged = _judge(archive, entry, kind, content, {})
    return bound(each for each in judged if isinstance(each, Fault))


def _with_candidates(archive: Archive, layout: Layout) -> Iterable[str]:
    """Return the documents beside which there are files that begin with their name, in the order of entries."""
    found: dict[str, None] = {}
    for name in archive.entries:
        folder, _, file = name.rpartition("/")
        if not folder or file.lower().endswith(_JSON) or is_littered(name):
            continue
        end = file.find(".", 1)
        while end >= 0:
            document = f"{folder}/{file[:end]}{_JSON}"
            if document in archive.entries and layout.holdings(document):
                found[document] = None
            end = file.find(".", end + 1)
    return sorted(found)


def _content(archive: Archive, entry: str) -> bytes:
    try:
        return archive.entries[entry].read()
    except UnreadableEntry:
        return b""


def _judge(
    archive: Archive, entry: str, kind: type[Kind], content: bytes, taken: dict[str, str]
) -> Iterator[TextFile | Fault]:
    """Yield for each file that a document names where it is, or what is wrong with it; `taken` has those of others."""
    try:
        document = documents.parse(content, archive.limits)
    except InvalidDocument:
        return
    folder, _, file = entry.rpartition("/")
    begins = f"{file.removesuffix(_JSON)}."
    unusable = {name: fault.message for name, fault in archive.faults}
    size = len(content)
    for pointer, value in _named(kind, document):
        name = value.get(FILE)
        if not isinstance(name, str) or not value.keys() <= {FILE, ENCODING} or value.get(ENCODING, BASE64) != BASE64:
            message = f"the object may have '{FILE}' with the name of a file, '{ENCODING}' with '{BASE64}', and no more"
            yield _fault(archive, "text-file-name", pointer, message)
            continue
        place = f"{folder}/{name}"
        if not _is_beside(name, begins):
            message = f"{shown(name)} is not the name of a file beside this one that begins with {shown(begins)}"
            yield _fault(archive, "text-file-name", pointer, message)
        elif place not in archive.entries and place in unusable:
            yield _fault(archive, "text-file-unreadable", pointer, f"the file {shown(name)} is {unusable[place]}")
        elif place not in archive.entries:
            message = f"the file {shown(name)} with this text is not beside the document"
            yield _fault(archive, "text-file-missing", pointer, message)
        elif place in taken:
            other = shown(taken[place].rpartition("/")[2])
            message = f"the file {shown(name)} is the text of another place already, in {other}"
            yield _fault(archive, "text-file-twice", pointer, message)
        else:
            size += archive.entries[place].size
            why = _why_no_text(archive, place, size)
            if why is None:
                taken[place] = entry
                yield TextFile(pointer, place, value.get(ENCODING))
            else:
                yield _fault(archive, "text-file-unreadable", pointer, f"the file {shown(name)} is no text: {why}")


def _named(kind: type[Kind], document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects that name a file where a class declares a long text, after their pointers."""
    for node in walk(fields_of(kind), document):
        named = isinstance(node.value, dict) and FILE in node.value
        if named and node.field is not None and node.field.marker(LongText) is not None:
            yield join_pointer(node.steps), node.value


def _is_beside(name: str, begins: str) -> bool:
    """Say whether a name is that of a file in the same folder that belongs to a document."""
    return (
        name.startswith(begins)
        and len(name) > len(begins)
        and "/" not in name
        and "\\" not in name
        and not name.lower().endswith(_JSON)
    )


def _why_no_text(archive: Archive, entry: str, size: int) -> str | None:
    """Return why the content of a file cannot be a text of a document of `size` bytes; `None` where it can."""
    if size > archive.limits.document:
        return f"with it the document has {size:,} bytes, and at most {archive.limits.document:,} are read"
    try:
        archive.entries[entry].read().decode()
    except UnreadableEntry as error:
        return error.fault.message
    except UnicodeDecodeError as error:
        return f"not UTF-8 at byte {error.start:,}"
    return None


def _fault(archive: Archive, slug: str, pointer: str, message: str) -> Fault:
    return fault_of(slug, message, archive.limits)._replace(pointer=pointer)


def _whole(archive: Archive, entry: str, texts: Sequence[TextFile]) -> Entry:
    size = sum(archive.entries[name].size for name in (entry, *(each.entry for each in texts)))
    return Entry(entry, size, partial(_read_whole, archive, entry, texts))


def _read_whole(archive: Archive, entry: str, texts: Sequence[TextFile]) -> bytes:
    """Return a document with its texts in their places, and no other byte changed."""
    written = archive.entries[entry].read().decode()
    spans = documents.find_values(written, [each.pointer for each in texts])
    pieces: list[str] = []
    at = 0
    for span, each in sorted(zip(spans, texts, strict=True), key=lambda pair: pair[0] or (0, 0)):
        if span is None:
            continue
        pieces += [written[at : span[0]], encode_basestring(encoded(archive.entries[each.entry].read(), each.encoding))]
        at = span[1]
    return "".join((*pieces, written[at:])).encode()


def encoded(content: bytes, encoding: str | None) -> str:
    """Return the text that a document has for the content of a file."""
    return content.decode() if encoding is None else base64.b64encode(content).decode()


def decoded(text: str) -> bytes | None:
    """Return what a text in base64 stands for; `None` where it is written in a way that would not come back."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if base64.b64encode(content).decode() == text else None
