"""The texts of a document, searched for credentials many at a time: mostly there is nothing, and one look says so."""

from collections.abc import Iterator
from typing import Any

from assetpkg import documents
from assetpkg.credentials import Sort, find_spans, find_suspects
from assetpkg.credentials.glance import DOCUMENTS
from assetpkg.credentials.stand_ins import StandIn, find_left_open
from assetpkg.documents import join_pointer

Steps = tuple[str | int, ...]

MOST_TEXTS = 10_000
"""How many texts are held before they are searched for credentials."""
_MOST_CHARACTERS = 2**20
_MORE_ESCAPED = (b"\\u", b"\\/")
_FEW = 100
"""How many texts are looked at together where all have more characters than that; each may have millions."""


def may_have_signs(content: bytes, document: Any) -> bool:
    """Say whether a text, or a key, of a document may hold a credential or a placeholder; `content` is its JSON.

    One glance at all of it, which mostly says that there is nothing: then no text needs to be looked at by itself. The
    signs are those of the texts themselves, as they are spelled in JSON that escapes no more than it has to.
    """
    if not DOCUMENTS.sees_in(content):
        return False
    return not any(escape in content for escape in _MORE_ESCAPED) or DOCUMENTS.sees_in(documents.compact(document))


class Texts:
    """Texts with the steps to them, those to what each is in and the last one, and the credentials found in them."""

    def __init__(self) -> None:
        """Begin without any."""
        self.held: list[tuple[str, Steps, str | int]] = []
        self._found: list[tuple[str, Sort]] = []
        self._left_open: list[tuple[str, StandIn | None]] = []

    def add(self, text: str, steps: Steps) -> None:
        """Take one more text; search those that are held once they are many."""
        self.held.append((text, steps[:-1], steps[-1]))
        if len(self.held) >= MOST_TEXTS:
            self.search()

    def credentials(self) -> Iterator[tuple[str, Sort]]:
        """Yield the pointers of the texts with credentials, once for each sort."""
        self.search()
        yield from self._found

    def left_open(self) -> Iterator[tuple[str, StandIn | None]]:
        """Yield the pointers of the texts with a placeholder, and of which sort where a credential should be."""
        self.search()
        yield from self._left_open

    def search(self) -> None:
        """Search the texts that are held, and let go of them; a document can have a million."""
        texts = [text for text, _, _ in self.held]
        step = len(texts) if sum(map(len, texts)) < _MOST_CHARACTERS else _FEW
        for start in range(0, len(texts), max(step, 1)):
            self._search_from(start, texts[start : start + step])
        self.held.clear()

    def _search_from(self, start: int, texts: list[str]) -> None:
        for number in find_suspects(texts):
            text, above, step = self.held[start + number]
            sorts = dict.fromkeys(span.sort for span in find_spans(text))
            if sorts:
                pointer = join_pointer((*above, step))
                self._found.extend((pointer, sort) for sort in sorts)
        for number, stands in find_left_open(texts):
            _, above, step = self.held[start + number]
            self._left_open.append((join_pointer((*above, step)), stands))
