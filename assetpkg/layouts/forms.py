"""The entries of an archive as trees of values with their places in the text: JSON, JSON lines and CSV."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import INSIDE, InvalidDocument, iterate_members, join_pointer, skip_space, value_end
from assetpkg.documents.positions import Region, Spot, find_places, lines_and_columns
from assetpkg.layouts.cells import Cell, read_rows, written_cell
from assetpkg.layouts.declaration import Form
from assetpkg.limits import Limits

Step = str | int
Steps = tuple[Step, ...]

CODED = f"{INSIDE}64"
"""The step from a string into the document that it holds in base64."""


class Span(NamedTuple):
    """Where a value is in a text: from where to where, and where the key of its member begins."""

    key: int
    start: int
    end: int


class Trie:
    """Places below a value, as steps from one to the next; `mark` is what is to be known of a place."""

    __slots__ = ("below", "mark")

    def __init__(self) -> None:
        """Begin with no place."""
        self.below: dict[Step, Trie] = {}
        self.mark: Any = None

    def at(self, steps: Iterable[Step]) -> "Trie":
        """Return the place that steps lead to, which is there then."""
        branch = self
        for step in steps:
            branch = branch.below.setdefault(step, Trie())
        return branch


class Source:
    """An entry that is read as JSON: its text and the value that it is."""

    form: Form = "json"

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Read the entry; raises `InvalidDocument`."""
        self.text = self._decoded(content)
        self.value = self._read(content, limits)

    def _decoded(self, content: bytes) -> str:
        return documents.decode(content)

    def _read(self, content: bytes, limits: Limits) -> Any:
        return documents.parse(content, limits)

    @property
    def size(self) -> int:
        """About how much memory it takes, in characters of its text."""
        return len(self.text)

    def encode(self, text: str) -> bytes:
        """Return the bytes of the entry with another text."""
        return text.encode()

    def members(self) -> Iterator[tuple[Step, Span]]:
        """Yield the steps from the top to the values that the text is made of, and where they are."""
        start = skip_space(self.text, 0)
        for step, key, at in iterate_members(self.text, start):
            yield step, Span(key, at, value_end(self.text, at))

    def spans(self, places: Iterable[Steps]) -> dict[Steps, Span]:
        """Return where the values are that steps lead to; what is inside of a string is where the string is."""
        root = Trie()
        for steps in places:
            root.at(steps)
        found: dict[Steps, Span] = {}
        self._walk(root, found)
        return found

    def _walk(self, root: Trie, found: dict[Steps, Span]) -> None:
        start = skip_space(self.text, 0)
        end = walk_spans(self.text, start, root, (), found)
        found[()] = Span(start, start, end)

    def place(self, spots: Sequence[tuple[Steps, Spot]]) -> list[Region | None]:
        """Return where each spot is in the text; its steps are those of its pointer."""
        return find_places(self.text, [spot for _, spot in spots])


class Lines(Source):
    """JSON lines, read as a list; empty lines are passed over."""

    form = "json-lines"

    def _read(self, content: bytes, limits: Limits) -> Any:
        documents.check_size(content, limits)
        documents.check_values(content, limits)
        self.starts: list[tuple[int, int]] = []
        values = []
        at = 0
        for line in self.text.split("\n"):
            if line.strip():
                try:
                    values.append(documents.parse(line.encode(), limits))
                except InvalidDocument as error:
                    raise InvalidDocument(*(_moved(fault, at, len(values)) for fault in error.faults)) from None
                self.starts.append((at, at + len(line.rstrip("\r"))))
            at += len(line) + 1
        return values

    def members(self) -> Iterator[tuple[Step, Span]]:
        """Yield the lines."""
        for number, (start, end) in enumerate(self.starts):
            yield number, Span(start, start, end)

    def _walk(self, root: Trie, found: dict[Steps, Span]) -> None:
        found[()] = Span(0, 0, len(self.text))
        for number, below in root.below.items():
            start, end = self.starts[int(number)]
            found[number,] = Span(start, start, end)
            walk_spans(self.text, skip_space(self.text, start), below, (number,), found)

    def place(self, spots: Sequence[tuple[Steps, Spot]]) -> list[Region | None]:
        """Return where each spot is: the line is that of the file."""
        by_line: dict[int, list[int]] = {}
        places: list[Region | None] = [None] * len(spots)
        for position, (steps, _) in enumerate(spots):
            if steps and str(steps[0]).isdecimal() and int(steps[0]) < len(self.starts):
                by_line.setdefault(int(steps[0]), []).append(position)
        starts = lines_and_columns(self.text, (self.starts[number][0] for number in by_line))
        for number, positions in by_line.items():
            start, end = self.starts[number]
            inner = [spots[position][1] for position in positions]
            spotted = [each._replace(pointer=_below_first(each.pointer)) for each in inner]
            for position, place in zip(positions, find_places(self.text[start:end], spotted), strict=True):
                # No value goes over the end of its line.
                line = starts[start][0]
                places[position] = place and place._replace(line=line, end_line=place.end_line and line)
        return places


class Rows(Source):
    """CSV with a header, read as a list of objects whose values are texts; an empty cell is no value."""

    form = "csv"

    def _decoded(self, content: bytes) -> str:
        self._mark = content[:3] == b"\xef\xbb\xbf"
        return documents.decode(content[3:] if self._mark else content)

    def encode(self, text: str) -> bytes:
        """Return the bytes of the entry with another text."""
        return (b"\xef\xbb\xbf" if self._mark else b"") + text.encode()

    def _read(self, content: bytes, limits: Limits) -> Any:
        documents.check_size(content, limits)
        self.rows = read_rows(self.text, limits)
        header = [cell.value for cell in self.rows[0]] if self.rows else []
        self.columns = {name: number for number, name in enumerate(header)}
        if len(self.columns) != len(header):
            message = "the header has a name twice, so that a column cannot be told by it"
            raise InvalidDocument(Fault("duplicate-key", message, "rename one of the columns", offset=0))
        return [
            {name: cell.value for name, cell in zip(header, row, strict=False) if cell.value} for row in self.rows[1:]
        ]

    def members(self) -> Iterator[tuple[Step, Span]]:
        """Yield the rows."""
        for number, row in enumerate(self.rows[1:]):
            yield number, Span(row[0].start, row[0].start, row[-1].end)

    def cell(self, row: int, name: str) -> Cell | None:
        """Return a cell by the number of its row, without the header, and the name of its column."""
        cells = self.rows[row + 1]
        column = self.columns.get(name, len(cells))
        return cells[column] if column < len(cells) else None

    def _walk(self, root: Trie, found: dict[Steps, Span]) -> None:
        found[()] = Span(0, 0, len(self.text))
        for number, below in root.below.items():
            row = self.rows[int(number) + 1]
            found[number,] = Span(row[0].start, row[0].start, row[-1].end)
            for name, inner in below.below.items():
                cell = self.cell(int(number), str(name))
                if cell is not None:
                    span = Span(cell.start, cell.start, cell.end)
                    found[number, name] = span
                    found.update(_inside(inner, (number, name), span))

    def place(self, spots: Sequence[tuple[Steps, Spot]]) -> list[Region | None]:
        """Return where each spot is: a cell, or its row."""
        stretches = [self._stretch(steps) for steps, _ in spots]
        places = lines_and_columns(self.text, (offset for found in stretches for offset in found))
        return [Region(*places[found[0]], *places[found[1]]) if found else None for found in stretches]

    def _stretch(self, steps: Steps) -> tuple[int, int] | tuple[()]:
        if not steps or not str(steps[0]).isdecimal() or int(steps[0]) >= len(self.rows) - 1:
            return ()
        cell = self.cell(int(steps[0]), str(steps[1])) if len(steps) > 1 else None
        row = self.rows[int(steps[0]) + 1]
        return (row[0].start, row[-1].end) if cell is None else (cell.start, cell.end)

    def written(self, value: Any, *, before: Cell) -> str:
        """Return a value as the text of a cell."""
        text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
        return written_cell(text, quoted=before.quoted)


FORMS: Mapping[Form, type[Source]] = {"json": Source, "json-lines": Lines, "csv": Rows}


def walk_spans(text: str, start: int, branch: Trie, steps: Steps, found: dict[Steps, Span]) -> int:
    """Note where the values are that a trie asks for below the value at `start`; return the offset after it."""
    if not branch.below:
        return value_end(text, start)
    if text.startswith('"', start):
        after = value_end(text, start)
        found.update(_inside(branch, steps, Span(start, start, after)))
        return after
    wanted = {str(step): step for step in branch.below}
    members = iterate_members(text, start)
    end: int | None = None
    try:
        while True:
            key, key_at, value_at = members.send(end)
            end = None
            step = wanted.get(str(key))
            if step is not None:
                end = walk_spans(text, value_at, branch.below[step], (*steps, step), found)
                found[*steps, step] = Span(key_at, value_at, end)
    except StopIteration as done:
        return int(done.value)


def _inside(branch: Trie, steps: Steps, span: Span) -> Iterator[tuple[Steps, Span]]:
    for step, below in branch.below.items():
        yield (*steps, step), span
        yield from _inside(below, (*steps, step), span)


def value_at(value: Any, steps: Iterable[Step]) -> tuple[Any, bool]:
    """Return the value that steps lead to, and whether it is there."""
    for step in steps:
        if isinstance(value, dict):
            if str(step) not in value:
                return None, False
            value = value[str(step)]
        elif isinstance(value, list):
            if not str(step).isdecimal() or int(step) >= len(value):
                return None, False
            value = value[int(step)]
        else:
            return None, False
    return value, True


def decoded(text: str) -> str | None:
    """Return what a text in base64 says; `None` where it is not base64 of a text."""
    try:
        return base64.b64decode("".join(text.split()).encode("ascii"), validate=True).decode()
    except (ValueError, binascii.Error):
        return None


def encoded(text: str) -> str:
    """Return a text in base64."""
    return base64.b64encode(text.encode()).decode()


def shown_pointer(steps: Iterable[Step]) -> str:
    """Return steps as a pointer for a reader, to whom what is in base64 is in the string as any other document is."""
    return join_pointer([INSIDE if step == CODED else step for step in steps])


def _below_first(pointer: str) -> str:
    _, mark, rest = pointer[1:].partition("/")
    return f"{mark}{rest}"


def _moved(fault: Fault, at: int, number: int) -> Fault:
    pointer = f"/{number}{fault.pointer}"
    return fault._replace(pointer=pointer) if fault.offset is None else fault._replace(offset=at + fault.offset)
