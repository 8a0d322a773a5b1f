"""What is left of an entry when its resources are taken out: searched for credentials, counted, and kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assetpkg import documents
from assetpkg.documents import iterate_members, join_pointer, split_pointer, value_end
from assetpkg.layouts.forms import Rows, Source, Span, Steps, Trie, value_at
from assetpkg.layouts.inheriting import STAR

Taken = tuple[Steps, bool, tuple[Steps, ...]]
"""Where a document is, whether it is in a text, and the steps to what in it is not part of it."""


def residue_of(source: Source, taken: Iterable[Taken]) -> bytes:
    """Return the text of an entry in which every value that is part of a resource is an empty text and blanks.

    All other values are where they were, by their offsets and by their steps.
    """
    places = list(taken)
    spans = source.spans([steps for steps, _, _ in places])
    pieces: list[str] = []
    at = 0
    for start, end in sorted(_blanks(source, places, spans)):
        if start < at:
            continue
        pieces += [source.text[at:start], _blank(source.text[start:end])]
        at = end
    return source.encode("".join((*pieces, source.text[at:])))


def _blanks(source: Source, places: Sequence[Taken], spans: dict[Steps, Span]) -> Iterator[tuple[int, int]]:
    for steps, _, kept in places:
        span = spans.get(steps)
        if span is None:
            continue
        if isinstance(source, Rows) and len(steps) == 1:
            yield from _blank_cells(source, int(steps[0]), {str(each[0]) for each in kept if each})
        elif not kept or isinstance(source, Rows):
            yield span.start, span.end
        else:
            root = Trie()
            for each in kept:
                root.at(each).mark = True
            yield from _around(source.text, span.start, root)


def _around(text: str, start: int, kept: Trie) -> Iterator[tuple[int, int]]:
    """Yield the values below the one at `start`, without those that are kept."""
    for key, _, at in iterate_members(text, start):
        below = kept.below.get(str(key)) or kept.below.get(STAR)
        if below is None:
            yield at, value_end(text, at)
        elif not below.mark and text[at : at + 1] in {"{", "["}:
            yield from _around(text, at, below)


def _blank_cells(source: Rows, row: int, kept: set[str]) -> Iterator[tuple[int, int]]:
    for name in source.columns:
        cell = source.cell(row, name)
        if cell is not None and cell.end > cell.start and name not in kept:
            yield cell.start, cell.end


def _blank(text: str) -> str:
    return f'""{" " * (len(text) - 2)}' if len(text) > 1 else "0"


def unused_of(several: Iterable[tuple[Steps, dict[str, Any], Sequence[str]]]) -> bytes:
    """Return the members of documents in texts that are known to be nothing, by their pointers, as a document."""
    found: dict[str, Any] = {}
    for steps, document, pointers in several:
        for pointer in pointers:
            value, there = value_at(document, split_pointer(pointer))
            if there:
                found[f"{join_pointer(steps)}{pointer}"] = value
    return documents.dump(found)
