"""A document made of parts of two others, written into the text of the first: what stays keeps its characters."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from assetpkg.documents.positions import Child, iterate_children, skip_space, value_end
from assetpkg.documents.spelled import dump_in_one_line, dump_spelled, spell


class Source:
    """A JSON text that was read strictly, and the document in it."""

    def __init__(self, text: str, document: Any) -> None:
        """Take both."""
        self.text, self.document = text, document

    @cached_property
    def _spelled(self) -> Any:
        return spell(self.text)

    def at(self, steps: Sequence[str | int]) -> Any:
        """Return the value that the steps lead to, its numbers as they are spelled."""
        value = self._spelled
        for step in steps:
            value = value[step]
        return value


class Taken(NamedTuple):
    """A value as it is at a place of a source."""

    source: Source
    steps: tuple[str | int, ...]


class Members(NamedTuple):
    """An object that the first source has, with other members."""

    members: "Mapping[str, Node]"


class Items(NamedTuple):
    """A list that the first source has, with other items; each with its number there, if it is made of one of them."""

    items: "Sequence[tuple[int | None, Node]]"


class Inside(NamedTuple):
    """A text that the first source has, with another document in it, which is put together in the same way."""

    source: Source
    document: "Node"


Node = Taken | Members | Items | Inside


def rewrite(first: Source, document: Node) -> str:
    """Return the text of the first source with this document in it.

    The parts that are of it keep their characters, and the others are written as the values around them are.
    """
    start = skip_space(first.text, 0)
    end = value_end(first.text, start)
    return f"{first.text[:start]}{_value(first, start, end, document)}{first.text[end:]}"


def _value(first: Source, start: int, end: int, node: Node) -> str:
    """Return the text of what takes the place of the value from `start` to `end`."""
    if isinstance(node, Taken):
        if node.source is first:
            return first.text[start:end]
        is_flat = first.text[start] in "{[" and "\n" not in first.text[start:end]
        return _Style(first.text, start, [], is_flat=is_flat).written(node)
    if isinstance(node, Inside):
        return encode_basestring(rewrite(node.source, node.document))
    children = list(iterate_children(first.text, start))
    style = _Style(first.text, start, children)
    wanted = list(
        _members(first, children, node, style) if isinstance(node, Members) else _items(first, children, node)
    )
    if not wanted:
        return "{}" if isinstance(node, Members) else "[]"
    pieces = [first.text[start : children[0].key_at] if children else first.text[start]]
    before: int | None = None
    for number, (index, text) in enumerate(wanted):
        if number and index is not None and before is not None and index == before + 1:
            pieces.append(first.text[children[before].end : children[index].key_at])
        elif number:
            pieces.append(style.gap)
        pieces.append(style.written(text) if isinstance(text, Taken) else text)
        before = index
    pieces.append(first.text[children[-1].end : end] if children else first.text[end - 1])
    return "".join(pieces)


def _members(
    first: Source, children: Sequence[Child], node: Members, style: "_Style"
) -> Iterator[tuple[int | None, str]]:
    """Yield the text of each member, with its number in the first source: those that are new there are the last."""
    known = {child.key for child in children}
    for index, child in enumerate(children):
        below = node.members.get(str(child.key))
        if below is not None:
            yield index, first.text[child.key_at : child.start] + _value(first, child.start, child.end, below)
    for key, below in node.members.items():
        if key not in known and isinstance(below, Taken):
            yield None, f"{encode_basestring(key)}{style.colon}{style.written(below)}"


def _items(first: Source, children: Sequence[Child], node: Items) -> Iterator[tuple[int | None, "str | Taken"]]:
    for index, below in node.items:
        if index is not None:
            yield index, _value(first, children[index].start, children[index].end, below)
        elif isinstance(below, Taken):
            yield None, below


class _Style:
    """How the values at a place are set apart, for those that come to them."""

    def __init__(self, text: str, start: int, children: Sequence[Child], *, is_flat: bool = False) -> None:
        first = children[0] if children else None
        opened = [text[child.start : child.end] for child in children if text[child.start] in "{["]
        self._is_flat = is_flat or (bool(opened) and not any("\n" in each for each in opened))
        blank = text[start + 1 : first.key_at] if first is not None else _indentation(text, start)
        self._line = blank if "\n" in blank else None
        self.colon = ":" if first is not None and first.key_at < first.start and text[first.start - 1] == ":" else ": "
        is_tight = first is not None and len(children) > 1 and text[first.end : children[1].key_at] == ","
        self._comma = "," if is_tight or self.colon == ":" else ", "
        self.gap = self._comma if self._line is None else f",{self._line}"

    def written(self, taken: Taken) -> str:
        """Return a value of another source."""
        value = taken.source.at(taken.steps)
        if self._line is None or self._is_flat:
            return dump_in_one_line(value, self._comma, self.colon)
        return dump_spelled(value, self._line)


def _indentation(text: str, at: int) -> str:
    """Return the line end and the blanks with which the line begins that has a place; nothing for a single line."""
    begin = text.rfind("\n", 0, at)
    if begin < 0:
        return ""
    line = text[begin + 1 : at]
    blanks = line[: len(line) - len(line.lstrip())]
    return f"\n{blanks}"
