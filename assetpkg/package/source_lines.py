"""A line of an entry as it may be shown: what is a credential in it is replaced, wherever it is known to be one."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
_VALUE = re.compile(r'(?P<key>"(?:[^"\\]|\\.){0,200}"\s*+:\s*+)?+(?P<value>"(?:[^"\\]|\\.)*+"?|[^\s{}\[\],:"]++)')
"""A value in a line of JSON, with its key where that is before it in the line."""

Bounds = tuple[int, int]


class Line(NamedTuple):
    """A line of a file, and where in it what is meant begins and ends, counted from zero."""

    number: int
    text: str
    start: int
    end: int


def line_at(package: Package, entry: str, region: Region) -> Line | None:
    """Return the line of an entry in which a region begins; `None` where it is not known, or may not be shown."""
    text = _text(package, entry)
    if text is None:
        return None
    begins = _begin(text, region.line)
    if begins is None:
        return None
    ends = text.find("\n", begins)
    ends = len(text) if ends < 0 else ends
    start = min(begins + region.column - 1, ends)
    end = ends if region.end_line is None or region.end_line > region.line else begins + (region.end_column or 1) - 1
    end = start if region.end_line is None else max(start, min(end, ends))
    hidden = list(_hidden(package, entry, text, begins, ends))
    return _masked(Line(region.line, text[begins:ends].rstrip("\r"), start - begins, end - begins), begins, hidden)


def masked_text(package: Package, entry: str, text: str) -> str:
    """Return the text of a document that has the values of an entry, in whatever form, without its credentials."""
    known = [found for place, found in package.credentials if place == entry]
    hidden = [*((span.start, span.end) for span in find_spans(text)), *_placed(text, known)]
    pieces: list[str] = []
    at = 0
    for start, end in _merged(hidden):
        pieces += [text[at:start], MASK]
        at = end
    return "".join((*pieces, text[at:]))


def _text(package: Package, entry: str) -> str | None:
    """Return the text of an entry; of an archive of another layout, places are in another one."""
    known = package.archive.entries.get(entry)
    if known is None or known.size > _LARGEST or package.archive.behind is not None:
        return None
    try:
        return known.read().decode("utf-8", "replace")
    except UnreadableEntry:
        return None


def _begin(text: str, number: int) -> int | None:
    """Return the offset at which a line begins."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            return None
    return at


def _hidden(package: Package, entry: str, text: str, begins: int, ends: int) -> Iterator[Bounds]:
    """Yield where in a text credentials are: by their form, by their names, and where their kind has them.

    Where a text is not JSON, nobody knows what its kind has where: there no value is shown that may be one.
    """
    yield from ((span.start, span.end) for span in find_spans(text))
    known = [found for place, found in package.credentials if place == entry]
    yield from _placed(text, known)
    if not _is_document(text):
        for value in _VALUE.finditer(text, begins, ends):
            if value["key"] is None and not re.match(r"\s*:", text[value.end() : ends]):
                yield value.span("value")


def _is_document(text: str) -> bool:
    try:
        documents.parse(text.encode())
    except (documents.InvalidDocument, UnicodeEncodeError):
        return False
    return True


def _placed(text: str, known: Sequence[Credential]) -> Iterator[Bounds]:
    """Yield where the credentials are that were found in a document."""
    inside = [found for found in known if found.holder in (Holder.VALUE, Holder.KEY)]
    spots = [Spot(found.pointer, at_key=found.holder is Holder.KEY) for found in inside]
    regions = [region for region in find_places(text, spots) if region is not None and region.end_line is not None]
    wanted = {number for region in regions for number in (region.line, region.end_line)}
    starts = dict(_starts(text, wanted))
    for region in regions:
        yield (
            starts[region.line] + region.column - 1,
            starts[region.end_line or region.line] + (region.end_column or 1) - 1,
        )


def _starts(text: str, wanted: set[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the offsets at which lines begin, of those that are wanted."""
    at, number = 0, 1
    while True:
        if number in wanted:
            yield number, at
        at = text.find("\n", at) + 1
        if not at:
            return
        number += 1


def _masked(line: Line, begins: int, hidden: Sequence[Bounds]) -> Line:
    """Return a line with what is hidden replaced, and of a long one what is around the place that is meant."""
    spans = _merged((max(one - begins, 0), min(other - begins, len(line.text))) for one, other in hidden)
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
