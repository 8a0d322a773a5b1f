"""YAML, read as strictly as JSON: the same values, unique keys, nothing that grows, and within the same limits.

It is read event by event, so that what the text says is judged before anything is built from it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self

from assetpkg.diagnostics.model import Fault
from assetpkg.documents.pointers import join_pointer, split_pointer, step_below
from assetpkg.documents.reasons import HALF_OF_A_PAIR, OutOfRange, finite_number, whole_number
from assetpkg.documents.strict import (
    InvalidDocument,
    check_depth,
    check_size,
    decode,
    refuse_depth,
    refuse_long_text,
)
from assetpkg.limits import DEFAULT_LIMITS, Limits, how_to_raise

if TYPE_CHECKING:
    from yaml import Event

_WHOLE = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o([0-7]+)|0x([0-9a-fA-F]+)")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_COST = 2
"""YAML takes so much longer than JSON that only half as many values are read."""
_TEXT_TAGS = {"!", "tag:yaml.org,2002:str"}
_SURROGATE = re.compile("[\ud800-\udfff]")


class Written(float):
    """A number with a fraction, which may be a version: `1.10` is not `1.1`, and is written as it was."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Read the number that a text is."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self) -> str:
        """Return it as it was written."""
        return self.text


class _Built(NamedTuple):
    """A value, how many values and names it has with those below it, and how deep it is nested."""

    value: Any
    weight: int
    depth: int


class _Open:
    """An object or a list that has begun: its anchor, its members, and the key whose value comes next."""

    __slots__ = ("anchor", "depth", "key", "members", "named", "weight")

    def __init__(self, anchor: str | None, *, named: bool) -> None:
        self.anchor, self.named = anchor, named
        self.members: dict[str, Any] | list[Any] = {} if named else []
        self.key: str | None = None
        self.weight = self.depth = 1

    def close(self) -> _Built:
        return _Built(self.members, self.weight, self.depth)


def parse_yaml(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
    """Read one YAML document as the JSON value that it stands for; raises `InvalidDocument`, as `parse` does.

    Plain words are what the JSON schema of YAML 1.2 says: `no` and `2026-01-31` are texts. A key that is a number is
    the text of it. Aliases count with everything that they repeat; merge keys and tags are refused.
    """
    check_size(content, limits)
    text = decode(content)
    builder = _Builder(limits)
    builder.take_all(_events(text))
    if builder.documents != 1:
        _refuse("invalid-yaml", "no document" if not builder.documents else "more than one document", 0)
    check_depth(builder.root, limits)
    return builder.root


def find_places(content: bytes, pointers: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Return line and column of the members that `pointers` lead to, in a text that `parse_yaml` reads.

    What is inside of an alias is where the alias is.
    """
    ways = {pointer: _prefixes(pointer) for pointer in pointers}
    places = {"": (1, 1), **_places(content.decode(), {each for way in ways.values() for each in way})}
    return {pointer: next(places[each] for each in way if each in places) for pointer, way in ways.items()}


def _prefixes(pointer: str) -> Sequence[str]:
    """Return a pointer, and those to what is around it, the nearest first."""
    steps = split_pointer(pointer)
    return [join_pointer(steps[:length]) for length in range(len(steps), -1, -1)]


def _events(text: str) -> "Iterator[Event]":
    """Yield the events of a text; raises `InvalidDocument`."""
    import yaml

    # The one in C takes a twentieth of the time, and is in every published wheel.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    refused: tuple[str, int] | None = None
    events = yaml.parse(text, Loader=loader)
    while True:
        try:
            event = next(events, None)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            refused = (error.problem or error.context or "it cannot be read", mark.index if mark else 0)
        except yaml.YAMLError as error:
            refused = (str(getattr(error, "reason", "it cannot be read")), int(getattr(error, "position", 0)))
        if refused is not None:
            # Outside of the `except`, since such an error keeps the text.
            _refuse("invalid-yaml", f"not YAML: {refused[0]}", min(refused[1], len(text)))
        if event is None:
            return
        yield event


class _Builder:
    """What is built from the events, one after the other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.root: Any = None
        self.documents = 0
        self.total = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, _Built] = {}

    def take_all(self, events: "Iterable[Event]") -> None:
        """Take the events; raises `InvalidDocument`."""
        import yaml

        # A document has millions of them, and a class is found faster than matched.
        scalar, alias, ends = yaml.ScalarEvent, yaml.AliasEvent, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        mapping, sequence = yaml.MappingStartEvent, yaml.SequenceStartEvent
        for event in events:
            sort = type(event)
            if sort is scalar:
                self._scalar(event)
            elif sort is mapping or sort is sequence:
                self._begin(event, named=sort is mapping)
            elif sort in ends:
                self._end()
            elif sort is alias:
                self._alias(event)
            elif sort is yaml.DocumentStartEvent:
                self.documents += 1
                self._anchors = {}

    def _end(self) -> None:
        ended = self._open.pop()
        built = ended.close()
        if ended.anchor is not None:
            self._anchors[ended.anchor] = built
        self._add(built)

    def _begin(self, event: Any, *, named: bool) -> None:
        self._refuse_tag(event)
        if self._open and self._open[-1].named and self._open[-1].key is None:
            _refuse("invalid-yaml", "a key that is an object or a list", _at(event))
        self._open.append(_Open(event.anchor, named=named))
        self._count(1)
        if len(self._open) > self.limits.depth:
            refuse_depth(self.limits, len(self._open))

    def _scalar(self, event: Any) -> None:
        if len(event.value) > self.limits.text:
            refuse_long_text(self.limits, len(event.value), _at(event))
        if _SURROGATE.search(event.value):
            _refuse("lone-surrogate", HALF_OF_A_PAIR, _at(event))
        plain = event.implicit[0]
        if not plain:
            self._refuse_tag(event)
        above = self._open[-1] if self._open else None
        if above is not None and above.named and above.key is None:
            self._key(above, event, plain=plain)
            return
        value = self._plain(event) if plain else event.value
        built = _Built(value, 1, 0)
        if event.anchor is not None:
            self._anchors[event.anchor] = built
        self._count(1)
        self._add(built)

    def _key(self, above: _Open, event: Any, *, plain: bool) -> None:
        key = event.value
        if plain and key == "<<":
            _refuse("invalid-yaml", "a merge key ('<<'), which is not read", _at(event), "write the members out")
        if key in above.members:
            _refuse("duplicate-key", "a key that is in the same object twice", _at(event), "remove one of them")
        if event.anchor is not None:
            self._anchors[event.anchor] = _Built(key, 1, 0)
        above.key = key
        above.weight += 1
        self._count(1)

    def _plain(self, event: Any) -> Any:
        word = event.value
        if word in _WORDS:
            return _WORDS[word]
        try:
            if _WHOLE.fullmatch(word):
                return whole_number(word.removeprefix("+"), self.limits.digits)
            if _NUMBER.fullmatch(word):
                finite_number(word)
                return Written(word)
        except OutOfRange as error:
            _refuse("number-range", str(error), _at(event))
        other = _OTHER_BASE.fullmatch(word)
        if other and len(word) <= self.limits.digits:
            return int(other[1], 8) if other[1] else int(other[2], 16)
        return word

    def _alias(self, event: Any) -> None:
        if self._open and self._open[-1].named and self._open[-1].key is None:
            _refuse("invalid-yaml", "a key that is an alias", _at(event), "write the key out")
        built = self._anchors.get(event.anchor)
        if built is None:
            _refuse("invalid-yaml", "an alias of what has no end yet, or of nothing", _at(event), "write the value out")
        depth = len(self._open) + built.depth
        if depth > self.limits.depth:
            refuse_depth(self.limits, depth)
        self._count(built.weight)
        self._add(built)

    def _add(self, built: _Built) -> None:
        if not self._open:
            self.root = built.value
            return
        above = self._open[-1]
        if isinstance(above.members, dict):
            above.members[above.key or ""] = built.value
            above.key = None
        else:
            above.members.append(built.value)
        above.weight += built.weight
        above.depth = max(above.depth, built.depth + 1)

    def _count(self, number: int) -> None:
        self.total += number
        most = self.limits.values // _COST
        if self.total > most:
            message = f"more than {most:,} values and member names, aliases included"
            hint = f"make it smaller; {how_to_raise('values', 2 * _COST * self.total)}"
            _refuse("too-many-values", message, None, hint)

    @staticmethod
    def _refuse_tag(event: Any) -> None:
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            _refuse("invalid-yaml", "a tag, which is not read", _at(event), "write the value without it")


class _Level:
    """An object or a list on the way, with its pointer: `None` where nothing in it is wanted."""

    __slots__ = ("named", "number", "pointer", "way")

    def __init__(self, pointer: str | None, *, named: bool) -> None:
        self.pointer, self.named = pointer, named
        self.number = 0
        self.way: str | None = None


def _places(text: str, wanted: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return where the members and items are whose pointers are wanted, with all that lead to them."""
    import yaml

    levels: list[_Level] = []
    found: dict[str, tuple[int, int]] = {}
    for event in _events(text):
        if isinstance(event, yaml.CollectionEndEvent):
            levels.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        level = levels[-1] if levels else None
        way: str | None = ""
        if level is not None:
            is_key = level.named and level.number % 2 == 0
            if is_key or not level.named:
                step = event.value if is_key and isinstance(event, yaml.ScalarEvent) else level.number
                pointer = None if level.pointer is None else step_below(level.pointer, step)
                level.way = pointer if pointer in wanted else None
                if level.way is not None:
                    mark = event.start_mark
                    found[level.way] = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            level.number += 1
            way = level.way
        if isinstance(event, yaml.CollectionStartEvent):
            levels.append(_Level(way, named=isinstance(event, yaml.MappingStartEvent)))
    return found


def _at(event: "Event") -> int:
    return event.start_mark.index if event.start_mark else 0


def _refuse(slug: str, message: str, offset: int | None, hint: str = "") -> NoReturn:
    raise InvalidDocument(Fault(slug=slug, message=message, hint=hint, offset=offset))
