"""What an archive holds, entry by entry, whatever its layout: documents, rows, and the archives in it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.archive.litter import is_littered
from assetpkg.archive.zip.format import LOCAL_SIGNATURE
from assetpkg.credentials.masking import mask_line
from assetpkg.documents import InvalidDocument
from assetpkg.layouts.declaration import Form
from assetpkg.layouts.forms import FORMS
from assetpkg.layouts.nesting import INTO
from assetpkg.limits import MIB, MOST_NESTED_ARCHIVES, Limits

MOST_OBSERVED = 256 * MIB
"""How many bytes of the entries together are looked at: what comes after them is like what came before."""
_LINES = (".jsonl", ".ndjson", ".jsonlines", ".json-lines")


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
        self._archives = 0
        self._read = self._number = 0

    def observe_next(self, archive: Archive) -> Iterator[Observed]:
        """Yield every entry with JSON or CSV of one more archive, also those of archives in it."""
        self._archives += 1
        yield from self._observe(archive, "", 0)

    def _observe(self, archive: Archive, above: str, depth: int) -> Iterator[Observed]:
        for _, fault in archive.faults if above and not archive.entries else ():
            self.passed.unread.append((above.removesuffix(INTO), mask_line(fault.message)))
        for entry in archive.entries.values():
            if is_littered(entry.name):
                continue
            name = f"{above}{entry.name}"
            if self._number >= archive.limits.entries:
                self.passed.left += 1
                continue
            self._number += 1
            content = self._content(name, entry)
            if content is None:
                continue
            if content.startswith(LOCAL_SIGNATURE) and depth < MOST_NESTED_ARCHIVES:
                self.passed.archives.append(name)
                inner = parse_archive(content, archive.limits, origin=name)
                yield from self._observe(inner, f"{name}{INTO}", depth + 1)
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
        reasons = []
        for form in _forms(small, content):
            try:
                found = FORMS[form](content, limits).value
            except InvalidDocument as error:
                reasons.append(documents.refusal(error, content))
                continue
            if form == "json" or (found and all(isinstance(row, dict) for row in found)):
                yield Observed(self._archives - 1, name, form, found)
                return
        if reasons:
            self.passed.unread.append((name, mask_line(reasons[0])))
            return
        stem, dot, ending = small.rpartition("/")[2].rpartition(".")
        self.passed.others[f".{ending}" if dot and stem else "(no ending)"] += 1


def _forms(name: str, content: bytes) -> Iterator[Form]:
    """Yield what an entry may be, the likeliest first; nothing for what is neither JSON nor a table."""
    if name.endswith(".csv"):
        yield "csv"
    elif name.endswith(_LINES):
        yield "json-lines"
    elif name.endswith(".json") or content.lstrip()[:1] in (b"{", b"["):
        yield "json"  # What is called so and is none, as in UTF-16 or after a byte order mark, is told with the reason.
        if content.lstrip()[:1] == b"{" and content.count(b"\n{"):
            yield "json-lines"
