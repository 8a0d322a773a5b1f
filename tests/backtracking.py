"""How much work a regular expression has with a text, counted in steps: the same number on every machine.

It is searched for as Python does it, by trying one way after the other, from the same parsed form, but step by step.
"""

import re
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

WIDE = 600
"""A repetition of at least so many times counts as one without an end: its end is too far off to help."""
NARROW = 12
"""How many times a repetition counts that has an end before: what is in proportion is so for every end."""

Text = str | bytes
Held = tuple[int, ...]
"""For each group where it begins and ends, and for each repetition where its last round began."""


Way = tuple[int, int, Held]
"""A number of an instruction, the place in the text, and what is held."""


class TooManySteps(Exception):
    """A search that was given up."""


class Node(NamedTuple):
    """One instruction: what it does, with what, and which one follows."""

    does: str
    what: Any = None
    then: int = 0


class Steps:
    """A compiled expression, and how many steps its last search made; raises `TooManySteps` beyond `most`."""

    def __init__(self, source: Text, flags: int = 0, *, most: int, exact: bool = False) -> None:
        """Take what `re.compile` takes; `exact` keeps the ends of repetitions as they are."""
        self._parsed = parser.parse(source, flags)
        self._exact, self._most = exact, most
        self._nodes: list[Node] = []
        self._slots = 2 * self._parsed.state.groups
        self._start = self._sequence(self._parsed, self._parsed.state.flags, self._node("matched"))
        self.made = 0

    def match(self, text: Text, at: int = 0, *, whole: bool = False) -> int:
        """Return where a match that begins at `at` ends, below 0 if there is none."""
        self.made = 0
        return self._match(text, at, whole=whole)

    def _match(self, text: Text, at: int, *, whole: bool = False) -> int:
        return self._run(self._start, text, at, (-1,) * self._slots, whole=whole)[0]

    def search(self, text: Text, at: int = 0) -> tuple[int, int] | None:
        """Return where the first match begins and ends."""
        self.made = 0
        return self._search(text, at)

    def _search(self, text: Text, at: int) -> tuple[int, int] | None:
        for start in range(at, len(text) + 1):
            self._count()
            if (end := self._match(text, start)) >= 0:
                return start, end
        return None

    def find_all(self, text: Text) -> None:
        """Look for all matches, one after the other."""
        at = self.made = 0
        while at <= len(text) and (found := self._search(text, at)):
            at = max(found[1], found[0] + 1)

    def _count(self) -> None:
        self.made += 1
        if self.made > self._most:
            raise TooManySteps

    # From the parsed form to instructions, from the last one to the first --------------------------------------------

    def _node(self, does: str, what: Any = None, then: int = 0) -> int:
        self._nodes.append(Node(does, what, then))
        return len(self._nodes) - 1

    def _sequence(self, items: Any, flags: int, then: int) -> int:
        for operation, argument in reversed(list(items)):
            then = self._one(operation, argument, flags, then)
        return then

    def _one(self, operation: Any, argument: Any, flags: int, then: int) -> int:
        match operation:
            case constants.BRANCH:
                made = self._node("either", [self._sequence(way, flags, then) for way in argument[1]])
            case constants.SUBPATTERN:
                made = self._group(argument, flags, then)
            case constants.MAX_REPEAT | constants.MIN_REPEAT:
                made = self._repeat(argument, flags, then, greedy=operation is constants.MAX_REPEAT)
            case constants.POSSESSIVE_REPEAT:
                inner = self._repeat(argument, flags, self._node("matched"), greedy=True)
                made = self._node("at_once", inner, then)
            case constants.ATOMIC_GROUP:
                made = self._node("at_once", self._sequence(argument, flags, self._node("matched")), then)
            case constants.ASSERT | constants.ASSERT_NOT:
                direction, inner = argument
                back = inner.getwidth()[0] if direction < 0 else 0
                start = self._sequence(inner, flags, self._node("matched"))
                made = self._node("beside", (start, back, operation is constants.ASSERT), then)
            case constants.GROUPREF:
                made = self._node("again", 2 * (argument - 1), then)
            case constants.AT:
                made = self._node("place", self._compiled(operation, argument, flags), then)
            case _:
                made = self._node("character", Characters(self._compiled(operation, argument, flags)), then)
        return made

    def _group(self, argument: tuple[int | None, int, int, Any], flags: int, then: int) -> int:
        group, added, removed, inner = argument
        flags = (flags | added) & ~removed
        if group is None:
            return self._sequence(inner, flags, then)
        end = self._node("keep", 2 * (group - 1) + 1, then)
        return self._node("keep", 2 * (group - 1), self._sequence(inner, flags, end))

    def _compiled(self, operation: Any, argument: Any, flags: int) -> "re.Pattern[Any]":
        """Return an item by itself, of which Python itself says what it stands for."""
        state = parser.State()
        state.flags, state.str = flags, self._parsed.state.str
        made: re.Pattern[Any] = compiler.compile(parser.SubPattern(state, [(operation, argument)]), flags)
        return made

    def _repeat(self, argument: tuple[int, Any, Any], flags: int, then: int, *, greedy: bool) -> int:
        least, most, inner = argument
        endless = most is constants.MAXREPEAT or (most >= WIDE and least != most and not self._exact)
        if not self._exact:
            least, most = min(least, NARROW), most if endless else min(int(most), NARROW)
        if endless:
            slot, self._slots = self._slots, self._slots + 1
            loop = self._node("loop")
            body = self._sequence(inner, flags, loop)
            self._nodes[loop] = Node("loop", (slot, body, greedy), then)
            then = self._node("forget", slot, loop)
        else:
            end = then
            for _ in range(int(most) - least):
                ways = [self._sequence(inner, flags, then), end]
                then = self._node("either", ways if greedy else ways[::-1])
        for _ in range(least):
            then = self._sequence(inner, flags, then)
        return then

    # The search -------------------------------------------------------------------------------------------------------

    def _run(self, start: int, text: Text, at: int, held: Held, *, whole: bool = False) -> tuple[int, Held]:
        """Return where the match ends, below 0 if there is none, and what it holds."""
        waiting = [(start, at, held)]
        while waiting:
            number, at, held = waiting.pop()
            while number >= 0:
                self._count()
                does, what, then = self._nodes[number]
                if does == "character":
                    number = then if at < len(text) and what[text[at : at + 1]] else -1
                    at += 1
                elif does == "either":
                    number = what[0]
                    waiting += [(other, at, held) for other in what[:0:-1]]
                elif does == "matched":
                    if not whole or at == len(text):
                        return at, held
                    number = -1
                else:
                    *others, (number, at, held) = getattr(self, f"_{does}")(what, then, text, at, held)
                    waiting += others
        return -1, held

    # What an instruction does: the ways to go on from it, the one to try first at the end, none as a number below 0.

    def _loop(self, what: tuple[int, int, bool], then: int, _text: Text, at: int, held: Held) -> list[Way]:
        slot, body, greedy = what
        if held[slot] == at:
            return [(then, at, held)]
        ways = [(then, at, held), (body, at, put(held, slot, at))]
        return ways if greedy else ways[::-1]

    def _forget(self, slot: int, then: int, _text: Text, at: int, held: Held) -> list[Way]:
        return [(then, at, put(held, slot, -1))]

    def _keep(self, slot: int, then: int, _text: Text, at: int, held: Held) -> list[Way]:
        return [(then, at, put(held, slot, at))]

    def _place(self, what: "re.Pattern[Any]", then: int, text: Text, at: int, held: Held) -> list[Way]:
        return [(then if what.match(text, at) else -1, at, held)]

    def _at_once(self, what: int, then: int, text: Text, at: int, held: Held) -> list[Way]:
        end, inside = self._run(what, text, at, held)
        return [(then if end >= 0 else -1, end, inside)]

    def _beside(self, what: tuple[int, int, bool], then: int, text: Text, at: int, held: Held) -> list[Way]:
        inner, back, wanted = what
        end, inside = self._run(inner, text, at - back, held) if at >= back else (-1, held)
        return [(then if (end >= 0) is wanted else -1, at, inside if end >= 0 else held)]

    def _again(self, what: int, then: int, text: Text, at: int, held: Held) -> list[Way]:
        part = text[held[what] : held[what + 1]]
        same = held[what + 1] >= 0 and text[at : at + len(part)] == part
        return [(then if same else -1, at + len(part), held)]


class Characters(dict[Text, bool]):
    """Which characters an item stands for."""

    def __init__(self, item: "re.Pattern[Any]") -> None:
        """Take the item by itself."""
        super().__init__()
        self._item = item

    def __missing__(self, character: Text) -> bool:
        """Ask once for each character."""
        self[character] = found = self._item.match(character) is not None
        return found


def put(held: Held, slot: int, at: int) -> Held:
    return (*held[:slot], at, *held[slot + 1 :])
