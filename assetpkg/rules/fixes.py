"""What `check --fix` does about the faults that reading finds, where there is one way that changes no meaning.

Each is declared here once. Another rule has its own in its decorator, beside it.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from assetpkg import documents
from assetpkg.diagnostics.model import Fix
from assetpkg.documents import INSIDE, join_pointer, split_pointer


def _without_mark(content: bytes, pointers: Sequence[str]) -> bytes:
    """Return a file in UTF-8 without the mark at its beginning; what is not UTF-8 has no one way to be read."""
    del pointers
    try:
        return content.decode().lstrip("\ufeff").encode()
    except UnicodeDecodeError:
        return content


def _without_repeats(content: bytes, pointers: Sequence[str]) -> bytes:
    """Return a document without the items of lists that are in all of their text what an earlier one is.

    Two items with one name that differ in something else are left: which of them is meant, nobody knows.
    """
    text = documents.decode(content)
    lists = {join_pointer(split_pointer(each)[:-1]) for each in pointers if INSIDE not in split_pointer(each)}
    cuts = [cut for place in documents.find_values(text, sorted(lists)) if place for cut in _repeats(text, place[0])]
    pieces: list[str] = []
    at = 0
    for start, end in sorted(cuts):
        # One list in another one that goes away goes with it.
        if start >= at:
            pieces.append(text[at:start])
            at = end
    return "".join((*pieces, text[at:])).encode()


def _repeats(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where a list has an item that it had before, with the comma in front of it."""
    if not text.startswith("[", start):
        return
    seen: set[str] = set()
    previous = start
    for _, _, at in documents.iterate_members(text, start):
        end = documents.value_end(text, at)
        known = _as_written(text[at:end])
        if known in seen:
            yield previous, end
        seen.add(known)
        previous = end


def _as_written(text: str) -> str:
    """Return the text of a value in one form, in which a number is as it is spelled."""
    value: Any = json.loads(text, parse_int=_spelled, parse_float=_spelled)
    return json.dumps(value, sort_keys=True)


def _spelled(number: str) -> dict[str, str]:
    return {"\0": number}


def _composed(name: str) -> str:
    """Return a name in composed form."""
    return unicodedata.normalize("NFC", name)


WITHOUT_MARK = Fix("takes a byte order mark off", content=_without_mark)
WITHOUT_REPEATS = Fix("removes an item that is the same as an earlier one in every member", content=_without_repeats)
COMPOSED = Fix("renames the file in composed form, where no other file has that name", name=_composed)

FIXES: Mapping[str, Fix] = MappingProxyType(
    {
        "unreadable-manifest": WITHOUT_MARK,
        "not-utf8": WITHOUT_MARK,
        "duplicate-item": WITHOUT_REPEATS,
        "path-not-nfc": COMPOSED,
    }
)
"""What is done about the faults that reading finds, by their slugs."""
