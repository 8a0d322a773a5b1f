"""Two values held against each other line by line: texts of several lines, scripts, and JSON, also JSON in a string."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from assetpkg import documents

_CLOSE = 2_500
"""How many pairs of lines are compared closely; what `difflib` takes grows faster than the lines do."""
_DEEPEST = 4
"""How often what is between two lines that both sides have once is divided again."""
_AROUND = 3
"""How many lines without a difference are shown around one."""

Pair = tuple[int, int]
Opcode = Literal["replace", "delete", "insert", "equal"]


def lines_to_compare(before: Any, after: Any) -> tuple[Sequence[str], Sequence[str]] | None:
    """Return two values as lines to compare; `None` where they are plain, and a line holds each."""
    values = [opened(value) for value in (before, after)]
    if any(isinstance(value, (dict, list)) for value in values):
        dumped = [_dumped(value) for value in values]
        if dumped[0] != dumped[1]:
            return dumped[0], dumped[1]
    texts = [value for value in (before, after) if value is not None]
    if not all(isinstance(value, str) for value in texts) or not any("\n" in value for value in texts):
        return None
    return _split(before), _split(after)


def unified(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield a unified diff of two texts, from their first difference on, without the names of files."""
    for group in _Matched(before, after).get_grouped_opcodes(_AROUND):
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[start:end])
                continue
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[new_start:new_end])


class _Matched(SequenceMatcher[str]):
    """Two texts whose common lines are found here, in time that grows as they do; what is shown is difflib's."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__()
        self._known = list(opcodes(before, after))

    def get_opcodes(self) -> list[tuple[Opcode, int, int, int, int]]:
        return self._known


def opened(value: Any) -> Any:
    """Return what a string of JSON holds, an object or a list; any other value as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return documents.parse(value.encode("utf-8", "surrogatepass"))
    except (documents.InvalidDocument, ValueError):
        return value


def _dumped(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return value.split("\n") if isinstance(value, str) else documents.indented(value).split("\n")


def _split(text: str | None) -> Sequence[str]:
    return () if text is None else text.split("\n")


def _range(start: int, end: int) -> str:
    number = end - start
    return f"{start + 1 if number else start}{'' if number == 1 else f',{number}'}"


def opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Opcode, int, int, int, int]]:
    """Yield what both texts have and what only one has, by the numbers of lines, as `difflib` does."""
    yield from _opcodes(_common(before, after), len(before), len(after))


def _opcodes(pairs: Sequence[Pair], old_end: int, new_end: int) -> Iterator[tuple[Opcode, int, int, int, int]]:
    """Yield what `difflib` calls opcodes for the lines that both sides have."""
    old = new = at = 0
    while at < len(pairs):
        start = at
        while at + 1 < len(pairs) and pairs[at + 1] == (pairs[at][0] + 1, pairs[at][1] + 1):
            at += 1
        first, last = pairs[start], pairs[at]
        yield from _changed(old, first[0], new, first[1])
        old, new, at = last[0] + 1, last[1] + 1, at + 1
        yield "equal", first[0], old, first[1], new
    yield from _changed(old, old_end, new, new_end)


def _changed(old: int, old_end: int, new: int, new_end: int) -> Iterator[tuple[Opcode, int, int, int, int]]:
    if old < old_end or new < new_end:
        yield "replace", old, old_end, new, new_end


def _common(before: Sequence[str], after: Sequence[str], depth: int = 0) -> list[Pair]:
    """Return the numbers of the lines that both sides have, in their order."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    old_end, new_end = len(before), len(after)
    while old_end > start and new_end > start and before[old_end - 1] == after[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    inner = _inside(before[start:old_end], after[start:new_end], depth)
    ends = zip(range(old_end, len(before)), range(new_end, len(after)), strict=True)
    return [
        *((number, number) for number in range(start)),
        *((start + old, start + new) for old, new in inner),
        *ends,
    ]


def _inside(before: Sequence[str], after: Sequence[str], depth: int) -> Iterator[Pair]:
    if len(before) * len(after) <= _CLOSE:
        for old, new, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
            yield from ((old + number, new + number) for number in range(size))
        return
    anchors = _anchors(before, after) if depth < _DEEPEST else []
    old = new = 0
    for next_old, next_new in (*anchors, (len(before), len(after))) if anchors else ():
        for one, other in _common(before[old:next_old], after[new:next_new], depth + 1):
            yield old + one, new + other
        if next_old < len(before):
            yield next_old, next_new
        old, new = next_old + 1, next_new + 1


def _anchors(before: Sequence[str], after: Sequence[str]) -> Sequence[Pair]:
    """Return the longest row of lines that each side has once, and both in this order."""
    once = [{line for line, number in Counter(lines).items() if number == 1} for lines in (before, after)]
    both = once[0] & once[1]
    places = {line: number for number, line in enumerate(after) if line in both}
    pairs = [(number, places[line]) for number, line in enumerate(before) if line in both]
    ends: list[int] = []
    tails: list[int] = []
    previous: list[int | None] = []
    for index, (_, new) in enumerate(pairs):
        rank = bisect_left(ends, new)
        previous.append(tails[rank - 1] if rank else None)
        ends[rank : rank + 1], tails[rank : rank + 1] = [new], [index]
    row = []
    at = tails[-1] if tails else None
    while at is not None:
        row.append(pairs[at])
        at = previous[at]
    return row[::-1]
