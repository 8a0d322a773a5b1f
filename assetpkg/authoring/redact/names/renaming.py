"""The work on all files together: words collected, stand-ins put in their places, and the result searched for words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assetpkg import documents
from assetpkg.archive.litter import is_litter
from assetpkg.authoring.redact.edits import Branch, Edit, apply, edit_document
from assetpkg.authoring.redact.encodings import LEAST, MOST, Search, traces
from assetpkg.authoring.redact.files import RedactedFile
from assetpkg.authoring.redact.names.pieces import RESOURCE, Manner, Piece, pieces_of
from assetpkg.authoring.redact.names.stand_ins import Names
from assetpkg.authoring.redact.names.words import Renew, ReplacedWord, WordSort, edits_of, find_words, number_of
from assetpkg.authoring.redact.placeholders import is_public_word
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.errors import NameRemains
from assetpkg.kinds import kind_in_folder, kind_like
from assetpkg.package.index import Path, Resource, derive_id
from assetpkg.package.layout import safe_name, unsafe_name

_SUFFIXES = frozenset(
    {
        "json", "jsonl", "yaml", "yml", "toml", "xml", "csv", "tsv", "txt", "md", "html", "htm", "log", "sql", "js",
        "py", "java", "sh", "ps1", "bat", "properties", "ini", "conf", "cfg", "env", "zip", "jar", "war", "gz", "tar",
        "tgz", "7z", "pem", "crt", "cer", "key", "jks", "p12", "pfx", "der", "png", "jpg", "jpeg", "gif", "svg", "pdf",
        "doc", "docx", "xls", "xlsx", "bin", "dat", "bak", "tmp",
    }
)  # fmt: skip
"""The suffixes of files that say what they are, and not whose."""


@dataclass(frozen=True, kw_only=True)
class NamesReplaced:
    """How much of a copy are stand-ins: the different words and numbers of each sort, and their places.

    `emptied` are the entries that are no text: each has as many zero bytes as it had bytes.
    """

    words: Mapping[str, int]
    places: Mapping[str, int]
    emptied: tuple[str, ...] = ()


@dataclass(eq=False)
class NamedFile:
    """One file of which the names are replaced; all of it is `resource`, or, if it is no text, `binary`."""

    file: RedactedFile
    manner: Manner = RESOURCE
    resource: Resource | None = None
    binary: bytes | None = None
    entry: str = field(init=False)

    def __post_init__(self) -> None:
        """Remember the name that it has at first."""
        self.entry = self.file.entry

    def pieces(self) -> Iterator[Piece]:
        """Yield its texts; what is no document is a single one."""
        known = self.file
        if self.binary is not None or known.text is None:
            return
        if known.fields is None:
            yield Piece((), known.text)
        else:
            document = documents.parse(known.text.encode(), known.limits)
            yield from pieces_of(known.fields, document, self.manner, known.limits)

    def name_parts(self) -> list[tuple[str, bool]]:
        """Return the parts of its name, each with whether it stays: of kinds, of systems, and suffixes."""
        if not self.file.named:
            return []
        *folders, name = self.file.entry.split("/")
        stem, dot, suffix = name.rpartition(".")
        is_of_a_kind = bool(folders) and kind_in_folder(folders[0]) is not None
        parts = [
            (part, is_litter(part) or (not place if is_of_a_kind else kind_like(part) is not None))
            for place, part in enumerate(folders)
        ]
        if is_litter(name) or not stem or suffix.casefold() not in _SUFFIXES:
            return [*parts, (name, is_litter(name))]
        return [*parts, (stem, False), (f"{dot}{suffix}", True)]

    def rename(self, parts: Sequence[str]) -> None:
        """Take another name, of the parts that `name_parts` has."""
        if not parts:
            return
        count = self.file.entry.count("/")
        self.file.entry = "/".join((*parts[:count], "".join(parts[count:])))


class Renamer:
    """The work on some files with the stand-ins of `names`, which become more."""

    def __init__(self, files: Sequence[NamedFile], names: Names, resources: Iterable[Resource] = ()) -> None:
        """Take files, whose texts and names will be changed, and the resources in them."""
        self._files, self._names = files, names
        self._derived = {ReplacedWord(WordSort.ID, found.id): found.path for found in resources if not found.id_given}
        self._used: dict[ReplacedWord, None] = {}
        self._places: Counter[str] = Counter()
        self._spelled: dict[str, None] = {}
        self._kept: set[str] = set()

    def run(self) -> NamesReplaced:
        """Replace every word; raises `NameRemains` where there are too many."""
        for file in self._files:
            self._collect(file)
        self._names.add(word for word in self._used if word not in self._derived)
        for word, path in self._derived.items():
            # What has no id is referred to by one that is made of its names.
            if word in self._used:
                self._names.put(word, derive_id(Path(path.kind, tuple(map(self._names.replace, path.names)))))
        for file in self._files:
            self._replace(file)
        used = Counter(word.sort.value for word in self._used if word in self._names)
        emptied = tuple(each.file.entry for each in self._files if each.binary is not None)
        return NamesReplaced(words=_in_order(used), places=_in_order(self._places), emptied=emptied)

    def verify(self, contents: Mapping[str, bytes]) -> None:
        """Look for every word in the results: raises `NameRemains`.

        Each text is read again as it was read, also in base64 and escaped, and has none of the words. Then every byte
        is searched for those of eight characters or more that are not the format's own, in all their encodings.
        """
        for each in self._files:
            for word, _ in self._words_of(each):
                if word in self._names and not self._names.is_stand_in(word.key):
                    raise _remains(each.file.entry)
        sought = [spelled for spelled in self._spelled if self._is_sought(spelled)]
        search = Search((trace.decode("latin-1"), text) for text in sought for trace in traces(text))
        for entry, content in contents.items() if len(search) else ():
            for text in (entry.encode().decode("latin-1"), content.decode("latin-1")):
                if next(search.find(text), None) is not None:
                    raise _remains(entry)

    def _is_sought(self, spelled: str) -> bool:
        small = spelled.casefold()
        return (
            LEAST <= len(spelled) <= MOST
            and small not in self._kept
            and not self._names.is_stand_in(small)
            and not is_public_word(spelled)
        )

    def _collect(self, file: NamedFile) -> None:
        for word, text in self._words_of(file, keep=True):
            if word.key not in self._names.keep:
                self._used.setdefault(word)
                self._spelled.setdefault(text)

    def _words_of(self, file: NamedFile, *, keep: bool = False) -> Iterator[tuple[ReplacedWord, str]]:
        """Yield the words of a file as they are written; `keep` notes those of the format that are in it."""
        found: list[tuple[ReplacedWord, str]] = []

        def take(word: ReplacedWord, text: str) -> None:
            found.append((word, text))

        for part, stays in file.name_parts():
            self._see(unsafe_name(part), take, kept=stays, keep=keep)
        for piece in file.pieces():
            if isinstance(piece.value, int):
                word = number_of(piece.value)
                if word is not None:
                    found.append((word, word.key))
            elif piece.address:
                kind, *names = split_pointer(f"/{piece.value}")
                self._see(kind, take, kept=True, keep=keep)
                for name in names:
                    self._see(name, take, kept=False, keep=keep)
            else:
                self._see(piece.value, take, kept=piece.kept, keep=keep)
            yield from found
            found.clear()
        yield from found

    def _see(self, text: str, take: Callable[[ReplacedWord, str], None], *, kept: bool, keep: bool) -> None:
        if not kept:
            edits_of(text, take)
        elif keep:
            self._kept.update(written.casefold() for _, written in _words_in(text))

    def _renew(self, word: ReplacedWord, text: str) -> str | None:
        found = self._names.renew(word, text)
        if found is not None:
            self._places[word.sort.value] += 1
        return found

    def _replace(self, file: NamedFile) -> None:
        self._rename(file)
        known = file.file
        if file.binary is not None or known.text is None:
            return
        if known.fields is None:
            known.text = apply(known.text, edits_of(known.text, self._renew))
            return
        root, changed = Branch(), False
        for piece in file.pieces():
            changed = self._edit(root, piece) or changed
        if changed:
            known.text = edit_document(known.text, root)

    def _edit(self, root: Branch, piece: Piece) -> bool:
        """Note the edits of a piece; return whether there are any."""
        if piece.kept:
            return False
        if isinstance(piece.value, int):
            word = number_of(piece.value)
            new = None if word is None else self._renew(word, word.key)
            if new is not None:
                root.at(piece.steps).value = f"-{new}" if piece.value < 0 else new
            return new is not None
        edits = _in_address(piece.value, self._renew) if piece.address else edits_of(piece.value, self._renew)
        if edits:
            branch = root.at(piece.steps)
            branch.key, branch.text = (edits, branch.text) if piece.at_key else (branch.key, edits)
        return bool(edits)

    def _rename(self, file: NamedFile) -> None:
        names = () if file.resource is None else file.resource.path.names
        parts = []
        for part, stays in file.name_parts():
            if stays:
                parts.append(part)
                continue
            # A long name is cut in the name of a file, so that its end, and a digest of it, are of the whole name.
            plain = next((name for name in names if safe_name(name) == part), unsafe_name(part))
            new = apply(plain, edits_of(plain, self._renew))
            parts.append(part if new == plain else safe_name(new))
        file.rename(parts)


def _in_address(address: str, renew: Renew) -> list[Edit]:
    """Return the edit of an address: its names become what they become elsewhere, where no slash in them is escaped."""
    kind, *names = split_pointer(f"/{address}")
    new = join_pointer([kind, *(apply(name, edits_of(name, renew)) for name in names)])[1:]
    return [] if new == address else [Edit(0, len(address), new)]


def _words_in(text: str) -> Iterator[tuple[ReplacedWord, str]]:
    for start, end, word in find_words(text):
        yield word, text[start:end]


def _in_order(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {sort.value: counts[sort.value] for sort in WordSort if counts.get(sort.value)}


def _remains(entry: str) -> NameRemains:
    return NameRemains(
        f"'{entry}' of the copy would have a word of the original in a form that assetpkg cannot replace; remove it by "
        "hand"
    )
