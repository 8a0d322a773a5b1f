"""Changes to entries in place: the bytes of what changes are replaced, and all others stay."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assetpkg.documents import INSIDE, offsets_in_string, skip_space, value_end
from assetpkg.documents.positions import SKIPPER, Child, iterate_children
from assetpkg.errors import InvalidPackage
from assetpkg.layouts.forms import CODED, Lines, Rows, Source, Steps, Trie, decoded, encoded

_NOTHING = object()


class Edit(NamedTuple):
    """What takes the place of a part of a text."""

    start: int
    end: int
    text: str


class Change:
    """What happens to one value: it is replaced, dropped, called otherwise, or gets more members."""

    __slots__ = ("added", "dropped", "name", "value")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.value: Any = _NOTHING
        self.dropped = False
        self.name: str | None = None
        self.added: dict[str, Any] = {}


class Changes:
    """All changes to one entry, by the steps to what they are about."""

    def __init__(self, entry: str) -> None:
        """Begin with none."""
        self.entry = entry
        self.root = Trie()
        self.steps: dict[Steps, None] = {}

    def replace(self, steps: Steps, value: Any) -> None:
        """Have a value replaced; raises `InvalidPackage` where it is by another one already."""
        change = self._at(steps)
        if change.value is not _NOTHING and json.dumps(change.value) != json.dumps(value):
            raise InvalidPackage(f"one value of '{self.entry}' would become two different ones")
        change.value = value

    def drop(self, steps: Steps) -> None:
        """Have a value dropped."""
        self._at(steps).dropped = True

    def rename(self, steps: Steps, name: str) -> None:
        """Have a member called otherwise; raises `InvalidPackage` where it is already."""
        change = self._at(steps)
        if change.name not in {None, name}:
            raise InvalidPackage(f"one member of '{self.entry}' would get two different names")
        change.name = name

    def add(self, steps: Steps, name: str, value: Any) -> None:
        """Have an object get one more member."""
        self._at(steps).added[name] = value

    def _at(self, steps: Steps) -> Change:
        self.steps[steps] = None
        branch = self.root.at([str(step) for step in steps])
        if branch.mark is None:
            branch.mark = Change()
        change: Change = branch.mark
        return change


def edited(source: Source, changes: Changes) -> bytes:
    """Return the bytes of an entry with its changes; raises `InvalidPackage` for one that has no place in its form."""
    if isinstance(source, Rows):
        edits = list(_in_rows(source, changes))
    elif isinstance(source, Lines):
        edits = list(_in_lines(source, changes.root))
    else:
        edits = list(_edits(source.text, skip_space(source.text, 0), changes.root))
    return source.encode(_applied(source.text, edits))


def _applied(text: str, edits: Iterable[Edit]) -> str:
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))


def _edits(text: str, start: int, branch: Trie) -> Iterator[Edit]:
    """Yield the changes of a branch as edits of a JSON text, whose value at `start` they are about."""
    change: Change | None = branch.mark
    if change is not None and change.value is not _NOTHING:
        yield Edit(start, value_end(text, start), _written(change.value))
        return
    if text.startswith('"', start):
        yield from _in_text(text, start, branch)
        return
    children = list(iterate_children(text, start))
    dropped = {number for number, child in enumerate(children) if _is_dropped(branch, child)}
    yield from _without(children, dropped)
    for number, child in enumerate(children):
        below = branch.below.get(str(child.key))
        if below is None or number in dropped:
            continue
        if below.mark is not None and below.mark.name is not None:
            yield Edit(child.key_at, SKIPPER.raw_decode(text, child.key_at)[1], _written(below.mark.name))
        yield from _edits(text, child.start, below)
    if change is not None and change.added:
        yield _more(text, start, children, dropped, change.added)


def _is_dropped(branch: Trie, child: Child) -> bool:
    below = branch.below.get(str(child.key))
    return below is not None and below.mark is not None and bool(below.mark.dropped)


def _without(children: Sequence[Child], dropped: set[int]) -> Iterator[Edit]:
    """Yield the edits that take members away, each with one of the commas around it."""
    kept = [number for number in range(len(children)) if number not in dropped]
    if dropped and not kept:
        yield Edit(children[0].key_at, children[-1].end, "")
        return
    for number in sorted(dropped):
        if number > kept[0]:
            yield Edit(children[number - 1].end, children[number].end, "")
        else:
            yield Edit(children[number].key_at, children[number + 1].key_at, "")


def _more(text: str, start: int, children: Sequence[Child], dropped: set[int], added: dict[str, Any]) -> Edit:
    """Return the edit that gives an object more members, set apart as those that it has."""
    kept = [child for number, child in enumerate(children) if number not in dropped]
    colon = ": " if not children or text[children[-1].start - 1] == " " else ":"
    gap = f",{text[start + 1 : children[0].key_at]}" if children else ", "
    members = [f"{_written(name)}{colon}{_written(value)}" for name, value in added.items()]
    if kept:
        return Edit(kept[-1].end, kept[-1].end, "".join(f"{gap}{member}" for member in members))
    at = children[0].key_at if children else start + 1
    return Edit(at, at, gap.join(members))


def _in_text(text: str, start: int, branch: Trie) -> Iterator[Edit]:
    inner: str = SKIPPER.raw_decode(text, start)[0]
    for step, below in branch.below.items():
        if step == CODED:
            again = encoded(_inside(decoded(inner) or "", below))
            yield Edit(start, value_end(text, start), _written(again))
        elif step == INSIDE:
            edits = sorted(_edits(inner, skip_space(inner, 0), below))
            offsets = offsets_in_string(text, start, (offset for edit in edits for offset in edit[:2]))
            for edit, begin, end in zip(edits, offsets, offsets, strict=False):
                yield Edit(begin, end, _written(edit.text)[1:-1])


def _inside(text: str, branch: Trie) -> str:
    return _applied(text, list(_edits(text, skip_space(text, 0), branch)))


def _in_lines(source: Lines, root: Trie) -> Iterator[Edit]:
    for step, branch in root.below.items():
        start, end = source.starts[int(step)]
        if branch.mark is not None and branch.mark.dropped:
            behind = source.text.find("\n", end)
            yield Edit(start, len(source.text) if behind < 0 else behind + 1, "")
        else:
            yield from _edits(source.text, skip_space(source.text, start), branch)


def _in_rows(source: Rows, changes: Changes) -> Iterator[Edit]:
    for step, branch in changes.root.below.items():
        row = source.rows[int(step) + 1]
        change: Change | None = branch.mark
        if change is not None and change.dropped:
            behind = source.text.find("\n", row[-1].end)
            yield Edit(row[0].start, len(source.text) if behind < 0 else behind + 1, "")
            continue
        for name, below in branch.below.items():
            yield _in_cell(source, changes.entry, int(step), str(name), below)
        for name, value in change.added.items() if change is not None else ():
            yield _cell(source, changes.entry, int(step), name, value)


def _in_cell(source: Rows, entry: str, row: int, name: str, branch: Trie) -> Edit:
    change: Change | None = branch.mark
    if change is not None and change.name is not None:
        raise InvalidPackage(f"a column of '{entry}' cannot be called otherwise for one row")
    if change is not None and (change.dropped or change.value is not _NOTHING):
        return _cell(source, entry, row, name, None if change.dropped else change.value)
    cell = source.cell(row, name)
    text = "" if cell is None else cell.value
    for step, below in branch.below.items():
        text = encoded(_inside(decoded(text) or "", below)) if step == CODED else _inside(text, below)
    return _cell(source, entry, row, name, text)


def _cell(source: Rows, entry: str, row: int, name: str, value: Any) -> Edit:
    cell = source.cell(row, name)
    if cell is None:
        raise InvalidPackage(f"'{entry}' has no column '{name}' for a value in row {row + 1}")
    return Edit(cell.start, cell.end, source.written(value, before=cell))


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
