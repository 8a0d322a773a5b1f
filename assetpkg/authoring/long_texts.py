"""Which long texts of a resource are in files of their own beside it, and what these files are called."""

from collections.abc import Iterator, Mapping, MutableMapping
from enum import StrEnum
from typing import Any, NamedTuple

from assetpkg.archive.zip.names import check_path
from assetpkg.documents import join_pointer
from assetpkg.errors import InvalidOption, meant
from assetpkg.kinds.markers import BASE64, ENCODING, FILE, LongText
from assetpkg.package.layout import occupied_by, occupy, safe_name
from assetpkg.package.text_files import TextFile, decoded
from assetpkg.resource.walk import Fields, Node, walk

_LONG = 120
"""In characters; a longer text is not read well in a line, nor is one of several lines."""
_MARK = "\ufeff"
_BLANKS = frozenset("\t\n\r")


class TextPlace(StrEnum):
    """Where the scripts and long texts of a package are to be."""

    KEPT = "kept"
    """Where they are."""
    BESIDE = "beside"
    """In files of their own, beside their resource."""
    INSIDE = "inside"
    """In the document of their resource."""


def parse_text_place(word: object) -> TextPlace:
    """Read where texts are to be; raises `InvalidOption`."""
    known = {each.value: each for each in TextPlace}
    if word not in known:
        raise InvalidOption(f"texts are kept, beside or inside, not {word!r}{meant(str(word), known)}")
    return TextPlace(str(word))


class Placed(NamedTuple):
    """A document whose texts are where they are to be, and the files that have some, by their entries."""

    document: Any
    files: Mapping[str, bytes]


class Places:
    """Gives texts their files; `entries` are those of the folder, whose names are taken."""

    def __init__(self, where: TextPlace, entries: Mapping[str, Any]) -> None:
        """Begin with the names that are there."""
        self._where = where
        self._occupied: MutableMapping[str, str] = occupied_by(entries)
        self._numbers: dict[str, int] = {}

    def place(self, fields: Fields, entry: str, document: Any, known: tuple[TextFile, ...]) -> Placed:
        """Put the texts of a whole `document` where they are to be; `known` are the files that have some now.

        The document is changed. A text that has a file keeps it; a new file is called after its resource.
        """
        if self._where is TextPlace.INSIDE:
            return Placed(document, {})
        files: dict[str, bytes] = {}
        have = {each.pointer: each for each in known}
        for node, marker in list(_long_texts(fields, document)):
            pointer = join_pointer(node.steps)
            file = have.get(pointer)
            if file is not None:
                content = _content(node.value, file.encoding)
            elif self._where is TextPlace.BESIDE:
                file, content = self._new(entry, node, marker, pointer)
            if file is None or content is None:
                continue
            files[file.entry] = content
            # The parent is a part of the document, which is its owner's to change.
            node.parent[node.steps[-1]] = _named(file)  # type: ignore[index]
        return Placed(document, files)

    def _new(self, entry: str, node: Node, marker: LongText, pointer: str) -> tuple[TextFile | None, bytes | None]:
        """Return the file for a text that has none, and its content; nothing for a text that stays where it is."""
        content = decoded(node.value) if marker.in_base64 else None
        encoding = None if content is None else BASE64
        text = _text(node.value if content is None else content)
        if text is None or (encoding is None and len(text) <= _LONG and "\n" not in text):
            return None, None
        name = self._name(entry, node, marker)
        return (None, None) if name is None else (TextFile(pointer, name, encoding), text.encode())

    def _name(self, entry: str, node: Node, marker: LongText) -> str | None:
        """Return a free name for the file of a text; `None` where it would be longer than names may be."""
        called = node.parent.get(marker.named_by) if marker.named_by is not None else None
        label = called if isinstance(called, str) and called else "-".join(map(str, node.steps))
        chosen = node.parent.get(marker.on) if marker.on is not None else None
        suffix = next((suffix for value, suffix in marker.suffixes if value == chosen), marker.suffix)
        stem = f"{entry.removesuffix('.json')}.{safe_name(label)}"
        while True:
            number = self._numbers.get(stem + suffix, 0) + 1
            self._numbers[stem + suffix] = number
            name = f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}"
            if self._take(name):
                return None if _is_refused(name) else name

    def _take(self, name: str) -> bool:
        """Take a name, if nothing has it yet on any system."""
        known = len(self._occupied)
        occupy(name, self._occupied)
        return len(self._occupied) > known


def _long_texts(fields: Fields, document: Any) -> Iterator[tuple[Node, LongText]]:
    """Yield the texts that may have a file, with what their class says of that."""
    for node in walk(fields, document):
        marker = node.field.marker(LongText) if node.field is not None else None
        if marker is not None and isinstance(node.value, str):
            yield node, marker


def _content(text: str, encoding: str | None) -> bytes | None:
    """Return what a file that is there has for a text; `None` where it cannot have it any more."""
    try:
        return text.encode() if encoding is None else decoded(text)
    except UnicodeEncodeError:
        return None


def _text(value: str | bytes) -> str | None:
    """Return a text that any editor shows as it is; `None` for another one."""
    try:
        text = value.decode() if isinstance(value, bytes) else value.encode().decode()
    except UnicodeError:
        return None
    is_plain = not text.startswith(_MARK) and all(sign >= " " or sign in _BLANKS for sign in text)
    return text if text and is_plain else None


def _named(file: TextFile) -> dict[str, str]:
    named = {FILE: file.entry.rpartition("/")[2]}
    return named if file.encoding is None else {**named, ENCODING: file.encoding}


def _is_refused(name: str) -> bool:
    """Say whether a name is refused, as too long."""
    refused: list[str] = []
    check_path(name, lambda slug, message: refused.append(f"{slug}: {message}"))
    return bool(refused)
