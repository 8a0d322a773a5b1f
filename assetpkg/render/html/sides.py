"""What differs, before and after: side by side, of texts and objects line by line, and never more than one looks at."""

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from assetpkg.credentials.masking import mask_text
from assetpkg.render.html.page import Shown, shown
from assetpkg.report.plan import FieldReport

_LONGEST = 2_000
"""How many characters of a line are shown."""
_MOST_LINES = 400
"""How many lines of one difference are shown."""
_MOST_COMPARED = 300
"""How many lines of a side are held against each other one by one; what is longer is one block."""
_AROUND = 3
"""How many equal lines are shown around what differs."""
_MOST_FIELDS = 200
"""How many differences of one resource are shown."""

Mark = Literal["same", "other", "skipped"]


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


def differences(fields: Sequence[FieldReport]) -> tuple[list[Difference], int]:
    """Return what differs, and how many more such fields there are."""
    return [_difference(field) for field in fields[:_MOST_FIELDS]], max(0, len(fields) - _MOST_FIELDS)


def _difference(field: FieldReport) -> Difference:
    if field.secret and field.before == field.after:
        return Difference(field.pointer, secret=True, lines=(), left=0)
    lines = list(_lines(_text(field.before), _text(field.after)))
    return Difference(field.pointer, field.secret, lines[:_MOST_LINES], max(0, len(lines) - _MOST_LINES))


def _text(value: Any) -> list[str] | None:
    """Return a value in lines; nothing for what is not there."""
    if value is None:
        return None
    if isinstance(value, str) and "\n" in value:
        return mask_text(value).split("\n")
    return json.dumps(value, ensure_ascii=False, indent=2).split("\n")


def _lines(before: list[str] | None, after: list[str] | None) -> Iterator[Line]:
    if before is None or after is None:
        for line in before or ():
            yield Line("other", _whole(line), None)
        for line in after or ():
            yield Line("other", None, _whole(line))
        return
    shortest = min(len(before), len(after))
    head = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    yield from _equal(before[:head], first=True, last=False)
    yield from _middle(before[head : len(before) - tail], after[head : len(after) - tail])
    yield from _equal(before[len(before) - tail :], first=False, last=True)


def _middle(before: list[str], after: list[str]) -> Iterator[Line]:
    """Yield what is between the lines that both sides begin and end with."""
    if max(len(before), len(after)) > _MOST_COMPARED:
        yield from _block(before, after)
        return
    for tag, start, end, other_start, other_end in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield from _equal(before[start:end], first=False, last=False)
        else:
            yield from _block(before[start:end], after[other_start:other_end])


def _equal(lines: list[str], *, first: bool, last: bool) -> Iterator[Line]:
    """Yield lines that both sides have, those that are not near a difference as a count."""
    above, below = (0 if first else _AROUND), (0 if last else _AROUND)
    skipped = len(lines) - above - below
    if skipped <= 1:
        yield from (Line("same", _whole(line), _whole(line)) for line in lines)
        return
    yield from (Line("same", _whole(line), _whole(line)) for line in lines[:above])
    yield Line("skipped", Piece(f"{skipped:,} equal lines"), None)
    yield from (Line("same", _whole(line), _whole(line)) for line in lines[len(lines) - below :])


def _block(before: list[str], after: list[str]) -> Iterator[Line]:
    """Yield lines of both sides beside each other, with what differs in each."""
    for number in range(max(len(before), len(after))):
        one = before[number] if number < len(before) else None
        other = after[number] if number < len(after) else None
        if one is not None and other is not None and len(before) == len(after):
            yield Line("other", *_within(_cut(one), _cut(other)))
        else:
            yield Line("other", *(None if each is None else _whole(each) for each in (one, other)))


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
    text = shown(line)
    return text if len(text) <= _LONGEST else Shown(f"{text[:_LONGEST]}… ({len(text):,} characters)")
