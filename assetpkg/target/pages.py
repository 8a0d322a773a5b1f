"""A JSON document that is too large to be held: it stays where it is, and a stretch of it is in memory at a time.

Offsets count bytes. A byte is taken for one character here: what JSON consists of outside of strings is ASCII, and
what is inside of strings is for those who read a part in earnest.
"""

import codecs
import json
from collections.abc import Callable
from typing import Any, NoReturn

from assetpkg import documents
from assetpkg.archive.zip import Source
from assetpkg.diagnostics.model import Fault
from assetpkg.limits import Limits, how_to_raise

_PAGE = 2**16
"""In bytes; how much is read at least, and how much of a value is looked at first for its end."""
_LARGE = 2**20
"""In bytes; what is larger is not held twice."""
_MOST_INDENTED = 2**6
"""In characters; how far a line may be indented of which it is seen that an object begins in it."""
_SPACE = " \t\r\n"
_CLOSING = {"{": "}", "[": "]"}

Take = Callable[[str | int, int, int], int]
"""Takes key (or index) of a member, the offset of the key and of the value, and returns the offset after it."""


class NoJson(Exception):
    """The document is not JSON at an offset."""

    def __init__(self, offset: int) -> None:
        """Carry the offset."""
        super().__init__()
        self.offset = offset


class Pages:
    """A document by its offsets; `limits` say how large each value may be that is looked at as a whole."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Hold nothing yet."""
        self.source, self.limits, self.size = source, limits, source.size
        self._from, self._held = 0, ""
        self._usual = _PAGE

    def content(self, start: int, end: int) -> bytes:
        """Return the bytes between two offsets."""
        if end - start > _LARGE:
            # They are looked at by somebody else now, and not to be held twice meanwhile.
            self._held = ""
        return self.source.read_at(start, end - start)

    def check_encoding(self) -> None:
        """Raise `InvalidDocument` for what is not UTF-8, and for a byte order mark."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for start in range(0, self.size, _PAGE):
                end = min(start + _PAGE, self.size)
                decoder.decode(self.content(start, end), final=end == self.size)
            wrong = self.at(0, 3) == "\u00ef\u00bb\u00bf"
        except UnicodeDecodeError:
            wrong = True
        if wrong:
            documents.decode(self.content(0, self.size))

    def at(self, start: int, length: int = 1) -> str:
        """Return so many characters from an offset on, or fewer at the end."""
        length = min(length, self.size - start)
        if not self._from <= start <= start + length <= self._from + len(self._held):
            self._hold(start, max(length, _PAGE))
        return self._held[start - self._from : start - self._from + length]

    def _hold(self, start: int, length: int) -> None:
        self._from = start
        self._held = self.content(start, min(start + length, self.size)).decode("latin-1")

    def skip_space(self, start: int) -> int:
        """Return the offset of the first character from `start` on that is not white space."""
        while part := self.at(start, 2**8):
            rest = part.lstrip(_SPACE)
            start += len(part) - len(rest)
            if rest:
                break
        return start

    def value_end(self, start: int) -> int:
        """Return the offset after the value at `start`, without decoding more than a document may have."""
        size = self._usual
        while True:
            window = self.at(start, size)
            is_all = start + size >= self.size
            wrong = end = 0
            try:
                end = documents.value_end(window, 0)
            except json.JSONDecodeError as error:
                wrong = error.pos
            if end and (is_all or end < size):
                # Those beside it are as large, mostly.
                self._usual = max(_PAGE, 2 * end)
                return start + end
            if is_all:
                raise NoJson(start + wrong)
            # All of the window belongs to the value, so that it is as large at least.
            if size > self.limits.document:
                self._refuse(start, "too-large", "document", "bytes", self.size - start)
            if documents.count_many_values(window.encode("latin-1"), self.limits.values) > self.limits.values:
                # Each has a character at least, and another one after it.
                self._refuse(
                    start, "too-many-values", "values", "values and member names", (self.size - start) // 2 + 1
                )
            size *= 2

    def _refuse(self, start: int, slug: str, limit: str, what: str, needed: int) -> NoReturn:
        """Refuse the value at `start`, of which it is not known where it ends, if it ends at all."""
        most = f"more than {getattr(self.limits, limit):,} {what}"
        message = f"the value that begins here has {most}, or a bracket or a quotation mark is missing in it"
        hint = how_to_raise(limit, needed)
        raise documents.InvalidDocument(Fault(slug=slug, message=message, hint=hint, offset=start))

    def closing_of(self, start: int) -> str:
        """Return the line that ends the object at `start` if it is written in lines; nothing where it is not.

        The line is a brace, indented as the line that the object begins.
        """
        before = self.at(max(0, start - _MOST_INDENTED), min(start, _MOST_INDENTED))
        indent = before.rpartition("\n")[2] if "\n" in before else "-"
        return "" if indent.strip(_SPACE) or self.at(start) != "{" else f"\n{indent}}}"

    def likely_end(self, start: int, closing: str) -> int | None:
        """Return the offset after the first such line after `start`; only who reads the value knows if that is its end.

        `None` stands for that there is none as far as a value may go.
        """
        if not self._from <= start < self._from + len(self._held):
            self._hold(start, _PAGE)
        while (found := self._held.find(closing, start - self._from)) < 0:
            held = self._from + len(self._held) - start
            if start + held == self.size or held > self.limits.document:
                return None
            self._hold(start, max(4 * _PAGE, 2 * held))
        return self._from + found + len(closing)

    def walk(self, start: int, take: Take) -> int:
        """Give each member of the object or list at `start` to `take`; return the offset after the value."""
        closing = _CLOSING[self.at(start)]
        at = self.skip_space(start + 1)
        index = 0
        while index or self.at(at) != closing:
            key_at, key = at, index
            if closing == "}":
                key, at = self._key(at)
            at = self.skip_space(take(key, key_at, at))
            if self.at(at) == closing:
                break
            at = self.skip_space(self._after(",", at))
            index += 1
        return at + 1

    def _key(self, at: int) -> tuple[Any, int]:
        """Return the key of the member at `at`, and the offset of its value."""
        self._after('"', at)
        end = self.value_end(at)
        key = json.loads(self.content(at, end).decode())
        return key, self.skip_space(self._after(":", self.skip_space(end)))

    def _after(self, mark: str, at: int) -> int:
        """Return the offset after a mark, which has to be at `at`."""
        if self.at(at) != mark:
            raise NoJson(at)
        return at + 1

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, in characters."""
        before = self.content(0, offset).decode("utf-8", "replace")
        return documents.line_and_column(before, len(before))
