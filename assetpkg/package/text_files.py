"""The files beside a document that hold its scripts and long texts: which there are, what is wrong, and what they say.

In the place of such a text, the document has the object `{"$file": "get-order.orders.sql"}`: the name of a file in the
same folder, which begins with the name of the document's file. Only where a class declares a long text does such an
object mean anything, and there a text is the only other thing that may be. So the two are never mistaken.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry, UnreadableEntry, fault_of
from assetpkg.archive.litter import is_littered
from assetpkg.diagnostics.model import Fault
from assetpkg.diagnostics.values import shown
from assetpkg.documents import InvalidDocument, join_pointer
from assetpkg.documents.encodings import why_not_utf8
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.kinds.markers import BASE64, ENCODING, FILE, LongText
from assetpkg.package.layout import Layout
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


def names_files(content: bytes) -> bool:
    """Say whether a document names files, or may: one in which there are texts, or that is wrong about them."""
    # A single character is looked for at the speed of memory.
    return b"$" in content and _MARK in content


def documents_with_files(archive: Archive, layout: Layout) -> Iterable[str]:
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


def content_of(archive: Archive, entry: str) -> bytes:
    """Return the bytes of an entry; none where it cannot be read."""
    try:
        return archive.entries[entry].read()
    except UnreadableEntry:
        return b""


def judge(
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
                yield _fault(archive, "text-file-unreadable", pointer, f"the file {shown(name)} is not a text: {why}")


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
        content = archive.entries[entry].read()
        content.decode()
    except UnreadableEntry as error:
        return error.fault.message
    except UnicodeDecodeError as error:
        return why_not_utf8(content, error.start)
    return None


def _fault(archive: Archive, slug: str, pointer: str, message: str) -> Fault:
    return fault_of(slug, message, archive.limits)._replace(pointer=pointer)


def with_texts(archive: Archive, entry: str, texts: Sequence[TextFile]) -> Entry:
    """Return the entry of a document that has its texts in their places."""
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
