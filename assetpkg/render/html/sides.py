"""What differs, before and after: side by side, of texts and objects line by line, and never more than one looks at."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Literal, NamedTuple, Protocol

from assetpkg import documents
from assetpkg.diagnostics.sentences import shorten_counted
from assetpkg.render.html.page import Shown, shown
from assetpkg.render.line_diff import lines_to_compare, opcodes
from assetpkg.render.screen import masked

_LONGEST = 2_000
"""How many characters of a line are shown."""
_MOST_LINES = 400
"""How many lines of one difference are shown."""
_AROUND = 3
"""How many equal lines are shown around what differs."""
_MOST_FIELDS = 200
"""How many differences of one resource are shown."""


class Differing(Protocol):
    """A field that differs; a credential is masked on both sides."""

    @property
    def pointer(self) -> str:
        """Where it is; empty for the whole document, or all of a file."""

    @property
    def before(self) -> Any:
        """The value before; `None` where there is none."""

    @property
    def after(self) -> Any:
        """The value after; `None` where there is none."""

    @property
    def secret(self) -> bool:
        """Whether it is, or holds, a credential."""


Mark = Literal["same", "other", "skipped"]
Pair = tuple[Literal["same", "other", "skipped", "pair"], str | None, str | None]
"""A line of both sides before it is shown; a pair differs in parts of it."""


class Piece(NamedTuple):
    """A line of one side: what it begins with, what of it differs, and how it ends."""

    head: str
    middle: str = ""
    tail: str = ""


class Line(NamedTuple):
    """A line of both sides; a side that has none there is `None`."""

    mark: Mark
    before: Piece | None
    after: Piece | None


class Difference(NamedTuple):
    """One field that differs: where, and its lines; `left` says how many more there are."""

    pointer: str
    secret: bool
    lines: Sequence[Line]
    left: int


class Said(NamedTuple):
    """What one side says in a field; `left` says how many more lines it has."""

    pointer: str
    text: Shown
    left: int


def differences(fields: Sequence[Differing]) -> tuple[list[Difference], int]:
    """Return what differs, and how many more such fields there are."""
    return [_difference(field) for field in fields[:_MOST_FIELDS]], max(0, len(fields) - _MOST_FIELDS)


def said(fields: Sequence[Differing]) -> tuple[list[Said], int]:
    """Return what a resource says that only one side has, and how many more fields it has."""
    return [_said(field) for field in fields[:_MOST_FIELDS]], max(0, len(fields) - _MOST_FIELDS)


def _said(field: Differing) -> Said:
    lines = _text(masked(field.before if field.after is None else field.after))
    text = Shown("\n".join(map(_cut, lines[:_MOST_LINES])))
    return Said(field.pointer, text, max(0, len(lines) - _MOST_LINES))


def _difference(field: Differing) -> Difference:
    if field.secret and field.before == field.after:
        return Difference(field.pointer, secret=True, lines=(), left=0)
    pairs = list(_pairs(*(masked(value) for value in (field.before, field.after))))
    lines = [_line(*pair) for pair in pairs[:_MOST_LINES]]
    return Difference(field.pointer, field.secret, lines, len(pairs) - len(lines))


def _pairs(before: Any, after: Any) -> Iterator[Pair]:
    if before is None or after is None:
        yield from (("other", line, None) for line in _text(before))
        yield from (("other", None, line) for line in _text(after))
        return
    old, new = lines_to_compare(before, after) or (_text(before), _text(after))
    for tag, start, end, new_start, new_end in opcodes(old, new):
        if tag == "equal":
            yield from _equal(old[start:end], first=not start, last=end == len(old))
        else:
            pairs = zip_longest(old[start:end], new[new_start:new_end])
            alike = end - start == new_end - new_start
            yield from (("pair" if alike else "other", one, other) for one, other in pairs)


def _text(value: Any) -> Sequence[str]:
    """Return a value in lines; none for what is not there."""
    if value is None:
        return ()
    if isinstance(value, str) and "\n" in value:
        return value.split("\n")
    return documents.indented(value).split("\n")


def _equal(lines: Sequence[str], *, first: bool, last: bool) -> Iterator[Pair]:
    """Yield lines that both sides have, those that are not near a difference as a count."""
    above, below = (0 if first else _AROUND), (0 if last else _AROUND)
    skipped = len(lines) - above - below
    if skipped <= 1:
        above, below, skipped = len(lines), 0, 0
    yield from (("same", line, line) for line in lines[:above])
    if skipped:
        yield "skipped", f"{skipped:,} equal lines", None
    yield from (("same", line, line) for line in lines[len(lines) - below :])


def _line(mark: Literal["same", "other", "skipped", "pair"], one: str | None, other: str | None) -> Line:
    """Return a line of both sides as it is shown; of a pair, with what differs in each."""
    if mark == "pair" and one is not None and other is not None:
        return Line("other", *_within(_cut(one), _cut(other)))
    return Line("other" if mark == "pair" else mark, *(None if each is None else _whole(each) for each in (one, other)))


def _within(one: str, other: str) -> tuple[Piece, Piece]:
    """Return two lines, each with what it has between what both begin and end with."""
    shortest = min(len(one), len(other))
    head = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return (
        Piece(*map(Shown, (one[:head], one[head : len(one) - tail], one[len(one) - tail :]))),
        Piece(*map(Shown, (other[:head], other[head : len(other) - tail], other[len(other) - tail :]))),
    )


def _whole(line: str) -> Piece:
    return Piece(_cut(line))


def _cut(line: str) -> Shown:
    return Shown(shorten_counted(shown(line), _LONGEST))
