"""What an archive holds, entry by entry, whatever its layout: documents, rows, and the archives in it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.credentials.masking import mask_line
from assetpkg.documents import InvalidDocument
from assetpkg.layouts.declaration import Form
from assetpkg.limits import MIB, Limits

MOST_OBSERVED = 256 * MIB
"""How many bytes of the entries together are looked at: what comes after them is like what came before."""
_DEEPEST_ARCHIVE = 3
"""How many archives may be inside each other."""
_ZIP = b"PK\x03\x04"
_LINES = (".jsonl", ".ndjson", ".jsonlines", ".json-lines")
_NESTED = "!/"
_MOST_ROWS = 200_000
"""How many lines of JSON, or of CSV, are looked at in one entry."""


class Observed(NamedTuple):
    """An entry that holds JSON, or a table; `content` is what a pointer leads into.

    `archive` is the number of the archive, where several are looked at together.
    """

    archive: int
    name: str
    form: Form
    content: Any


@dataclass
class Passed:
    """What no layout can say anything about: how many other files by their endings, and what was not read, and why."""

    others: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0
    archives: list[str] = field(default_factory=list)


class Observer:
    """Reads archives, until it has read as much as is looked at."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.passed = Passed()
        self.names: list[set[str]] = []
        self._read = 0

    def observe_next(self, archive: Archive) -> Iterator[Observed]:
        """Yield every entry with JSON or CSV of one more archive, also those of archives in it."""
        self.names.append(set())
        yield from self._observe(archive, "", 0)

    def _observe(self, archive: Archive, above: str, depth: int) -> Iterator[Observed]:
        for _, fault in archive.faults if above else ():
            if fault.slug != "empty":
                self.passed.unread.append((above.removesuffix(_NESTED), mask_line(fault.message)))
        for entry in archive.entries.values():
            if is_littered(entry.name):
                continue
            name = f"{above}{entry.name}"
            self.names[-1].add(name)
            content = self._content(name, entry)
            if content is None:
                continue
            if content.startswith(_ZIP) and depth < _DEEPEST_ARCHIVE:
                self.passed.archives.append(name)
                inner = parse_archive(content, archive.limits, origin=name)
                yield from self._observe(inner, f"{name}{_NESTED}", depth + 1)
            else:
                yield from self._documents(name, content, archive.limits)

    def _content(self, name: str, entry: Entry) -> bytes | None:
        if self._read + entry.size > MOST_OBSERVED:
            self.passed.left += 1
            return None
        self._read += entry.size
        try:
            return entry.read()
        except UnreadableEntry as error:
            self.passed.unread.append((name, mask_line(error.fault.message)))
            return None

    def _documents(self, name: str, content: bytes, limits: Limits) -> Iterator[Observed]:
        small = name.casefold()
        if small.endswith(".csv"):
            found = read_table(content)
            if found is not None:
                yield Observed(len(self.names) - 1, name, "csv", found)
                return
        elif small.endswith(_LINES) or content.lstrip()[:1] in (b"{", b"["):
            try:
                if not small.endswith(_LINES):
                    yield Observed(len(self.names) - 1, name, "json", documents.parse(content, limits))
                    return
            except InvalidDocument as error:
                reason = documents.refusal(error, content)
            else:
                reason = "no line is a JSON object"
            rows = _read_lines(content, limits)
            if rows:
                yield Observed(len(self.names) - 1, name, "json-lines", rows)
            else:
                self.passed.unread.append((name, mask_line(reason)))
            return
        stem, dot, ending = small.rpartition("/")[2].rpartition(".")
        self.passed.others[f".{ending}" if dot and stem else "(no ending)"] += 1


def _read_lines(content: bytes, limits: Limits) -> list[Any]:
    """Return the document of each line, or nothing where a line is not an object; blank lines are passed over."""
    rows = []
    for line in content.split(b"\n", _MOST_ROWS)[:_MOST_ROWS]:
        if not line.strip():
            continue
        try:
            row = documents.parse(line, limits)
        except InvalidDocument:
            return []
        if not isinstance(row, dict):
            return []
        rows.append(row)
    return rows


def read_table(content: bytes) -> list[Mapping[str, str]] | None:
    """Return the rows of a table with a header, without their empty cells; `None` for what is not one."""
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        if len(header) <= 1 or len(set(header)) < len(header) or not all(header):
            return None
        rows: list[Mapping[str, str]] = []
        for cells in reader:
            if len(rows) == _MOST_ROWS:
                break
            if len(cells) > len(header):
                return None
            if cells:
                rows.append({key: cell for key, cell in zip(header, cells, strict=False) if cell})
    except (csv.Error, UnicodeDecodeError):
        return None
    return rows
