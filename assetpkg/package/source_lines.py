"""A line of an entry as it may be shown: what is a credential in it is replaced, wherever it is known to be one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from assetpkg import documents
from assetpkg.archive.entries import UnreadableEntry
from assetpkg.credentials import find_spans
from assetpkg.credentials.masking import MASK
from assetpkg.documents.positions import Region, Spot, find_places
from assetpkg.package.package import Package
from assetpkg.resource.references import Credential, Holder

_LARGEST = 1_000_000
"""How many bytes a file has at most of which lines are shown: all of it is looked through for credentials."""
_AROUND = 300
"""How many characters of a long line are kept before what is meant, and from there on."""
_CUT = "…"
_VALUE = re.compile(r'(?P<key>"(?:[^"\\]|\\.){0,200}"\s*+:\s*+)?(?P<value>"(?:[^"\\]|\\.)*+"?|[^\s{}\[\],:"]++)')
"""A value in a line of JSON, with its key where that is before it in the line."""
_SURELY_PLAIN = re.compile(r'true|false|null|-?[0-9]{1,3}|[^\w"]+')
"""A value that is no credential, nor tells anything of one that was cut into pieces: a word of JSON, a small number,
or nothing but signs, such as those that a conflict of Git leaves.
"""
_COLON = re.compile(r"\s*:")

Bounds = tuple[int, int]


class Line(NamedTuple):
    """A line of a file, and where in it what is meant begins and ends, counted from zero."""

    number: int
    text: str
    start: int
    end: int


class SourceText:
    """The text of an entry, with what is a credential in it; it is looked through once, whatever is shown of it."""

    def __init__(self, package: Package, entry: str, text: str) -> None:
        """Take the text of an entry of a package."""
        self._text = text
        self._begins = [0, *(match.end() for match in re.finditer("\n", text))]
        self._is_document = _is_document(text)
        hidden = [(span.start, span.end) for span in find_spans(text)]
        hidden += self._placed(_credentials_in(package, entry))
        self._hidden = _merged(hidden)
        self._ends = [end for _, end in self._hidden]

    @property
    def masked(self) -> str:
        """All of the text of a document, with what is hidden replaced."""
        pieces: list[str] = []
        at = 0
        for start, end in self._hidden:
            pieces += [self._text[at:start], MASK]
            at = end
        return "".join((*pieces, self._text[at:]))

    def line_at(self, region: Region) -> Line | None:
        """Return the line in which a region begins; `None` where there is none."""
        if not 1 <= region.line <= len(self._begins):
            return None
        begins = self._begins[region.line - 1]
        ends = self._text.find("\n", begins)
        text = self._text[begins : None if ends < 0 else ends].rstrip("\r")
        start = min(region.column - 1, len(text))
        end = start
        if region.end_line is not None:
            end = len(text) if region.end_line > region.line else (region.end_column or 1) - 1
        line = Line(region.line, text, start, max(start, min(end, len(text))))
        return _masked(line, _merged(self._hidden_in(begins, begins + len(text))))

    def _hidden_in(self, begins: int, ends: int) -> Iterator[Bounds]:
        """Yield where in a line something is hidden, from its beginning.

        Where a text is not JSON, nobody knows what its kind has where: then no value is shown that may be one.
        """
        for start, end in islice(self._hidden, bisect_right(self._ends, begins), None):
            if start >= ends:
                break
            yield max(start - begins, 0), min(end, ends) - begins
        if not self._is_document:
            for value in _VALUE.finditer(self._text, begins, ends):
                is_named = value["key"] is not None or _COLON.match(self._text, value.end(), ends)
                if not is_named and not _SURELY_PLAIN.fullmatch(value["value"]):
                    yield value.start("value") - begins, value.end("value") - begins

    def _placed(self, known: Sequence[Credential]) -> Iterator[Bounds]:
        """Yield where the credentials are that were found in a document."""
        inside = [found for found in known if found.holder in (Holder.VALUE, Holder.KEY)]
        spots = [Spot(found.pointer, at_key=found.holder is Holder.KEY) for found in inside]
        for region in find_places(self._text, spots) if spots else ():
            if region is not None and region.end_line is not None and region.end_column is not None:
                start = self._begins[region.line - 1] + region.column - 1
                yield start, self._begins[region.end_line - 1] + region.end_column - 1


def _credentials_in(package: Package, entry: str) -> Sequence[Credential]:
    """Return the credentials in an entry; in the file of a text, those that are known inside of the text."""
    underlying = package.archive.underlying
    holder = None if underlying is None else underlying.holder_of(entry)
    if holder is None:
        here = (found for place, found in package.credentials if place == entry)
        return [found for found in here if underlying is None or not underlying.is_apart(entry, found.pointer)]
    document, above = holder[0], f"{holder[1]}/{documents.INSIDE}"
    inside = (found for place, found in package.credentials if place == document)
    return [
        found._replace(pointer=found.pointer[len(above) :]) for found in inside if found.pointer.startswith(f"{above}/")
    ]


def read_source(package: Package, entry: str) -> SourceText | None:
    """Return the text of an entry; `None` where it cannot be read, is too large, or has its places in another file."""
    text = _text(package, entry)
    return None if text is None else SourceText(package, entry, text)


def _text(package: Package, entry: str) -> str | None:
    """Return the text of an entry; of an archive of another layout, places are in another one."""
    underlying = package.archive.underlying
    known = package.archive.entries.get(entry) if underlying is None else underlying.source(entry)
    if known is None or known.size > _LARGEST:
        return None
    try:
        return known.read().decode("utf-8", "replace")
    except UnreadableEntry:
        return None


def _is_document(text: str) -> bool:
    try:
        documents.parse(text.encode())
    except (documents.InvalidDocument, UnicodeEncodeError):
        return False
    return True


def _masked(line: Line, spans: Sequence[Bounds]) -> Line:
    """Return a line with what is hidden replaced, and of a long one what is around the place that is meant."""
    pieces: list[str] = []
    at = 0
    for one, other in spans:
        pieces += [line.text[at:one], MASK]
        at = other
    text = "".join((*pieces, line.text[at:]))
    start, end = _moved(line.start, spans), _moved(line.end, spans, to_end=True)
    first, last = max(0, start - _AROUND), min(len(text), start + _AROUND)
    before, after = _CUT if first else "", _CUT if last < len(text) else ""
    shift = len(before) - first
    return Line(line.number, f"{before}{text[first:last]}{after}", start + shift, min(end, last) + shift)


def _merged(spans: Iterable[Bounds]) -> Sequence[Bounds]:
    """Return bounds in their order, and those that overlap as one."""
    merged: list[Bounds] = []
    for start, end in sorted(each for each in spans if each[0] < each[1]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _moved(offset: int, spans: Sequence[Bounds], *, to_end: bool = False) -> int:
    """Return where an offset is after the replacement: what was in a credential is at an end of what stands for it."""
    shift = 0
    for start, end in spans:
        if offset <= start:
            break
        if offset < end:
            return start + shift + (len(MASK) if to_end else 0)
        shift += len(MASK) - (end - start)
    return offset + shift
