"""Which of the layouts that are taught an archive has, by their marks."""

from collections.abc import Mapping
from typing import Any

from assetpkg import documents
from assetpkg.archive.entries import Entry, UnreadableEntry
from assetpkg.documents import InvalidDocument, split_pointer
from assetpkg.layouts.declaration import LayoutFile, MarkedValue
from assetpkg.layouts.forms import value_at
from assetpkg.layouts.globs import glob_of
from assetpkg.limits import Limits

_MOST_TRIED = 100
"""In how many entries that a glob fits a value is looked for."""


def fits(layout: LayoutFile, entries: Mapping[str, Entry], limits: Limits, known: dict[str, Any]) -> bool:
    """Say whether every mark of a layout is there; `known` are the documents that were read for it so far."""
    for text in layout.marks.entries:
        glob = glob_of(text)
        if text not in entries and not any(glob.fits(name) for name in entries):
            return False
    return all(_has(mark, entries, limits, known) for mark in layout.marks.values)


def _has(mark: MarkedValue, entries: Mapping[str, Entry], limits: Limits, known: dict[str, Any]) -> bool:
    glob = glob_of(mark.entry)
    tried = [mark.entry] if mark.entry in entries else [name for name in entries if glob.fits(name)]
    for name in tried[:_MOST_TRIED]:
        value, there = value_at(document_of(entries[name], limits, known), split_pointer(mark.pointer))
        if there and (mark.value is None or (type(value) is type(mark.value) and value == mark.value)):
            return True
    return False


def document_of(entry: Entry, limits: Limits, known: dict[str, Any]) -> Any:
    """Return the document in an entry; `None` for what is not JSON."""
    if entry.name not in known:
        try:
            known[entry.name] = documents.parse(entry.read(), limits)
        except (UnreadableEntry, InvalidDocument):
            known[entry.name] = None
    return known[entry.name]
