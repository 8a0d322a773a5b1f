"""Which requests an API answers, and whether two APIs can answer the same one."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

ANY_METHOD = "ANY"
"""The method of an API that answers every method."""
PREFIX_MODE = "SWA"
"""The match mode of an API that answers every path below its own."""

_ANYTHING = "{}"
"""What a path parameter is reduced to."""
_PARAMETER = re.compile(r"\{[^{}/]*\}")


class Overlap(Enum):
    """How two routes meet."""

    EXACT = "exact"
    """The same method, path and match mode, names of parameters aside."""
    POSSIBLE = "possible"
    """Some request fits both: by ANY, by a parameter, or because one goes for everything below its path."""


class Route(NamedTuple):
    """A method and a path without the names of its parameters; with `prefix`, everything below the path as well."""

    method: str
    path: str
    prefix: bool

    @classmethod
    def parse(cls, method: str, path: str, match_mode: str | None) -> "Route":
        """Read the three fields of an API that decide what it answers."""
        return cls(method, _PARAMETER.sub(_ANYTHING, path), match_mode == PREFIX_MODE)

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts between the slashes; a parameter takes the whole of its part."""
        return tuple(_ANYTHING if _ANYTHING in part else part for part in self.path.split("/") if part)

    def meets_method(self, other: "Route") -> bool:
        """Say whether some method is answered by both."""
        return ANY_METHOD in (self.method, other.method) or self.method == other.method


class _Node(Generic[T]):
    """What the routes have in common up to here."""

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.here: list[tuple[Route, T]] = []


class RouteTable(Generic[T]):
    """Routes by their segments, so that those that meet a new one are found without looking at all of them."""

    def __init__(self) -> None:
        """Begin without any route."""
        self._root: _Node[T] = _Node()
        self._exact: dict[Route, list[T]] = {}

    def add(self, route: Route, owner: T) -> None:
        """Put a route into the table."""
        node = self._root
        for segment in route.segments:
            node = node.children.setdefault(segment, _Node())
        node.here.append((route, owner))
        self._exact.setdefault(route, []).append(owner)

    def find(self, route: Route) -> Iterator[tuple[T, Overlap]]:
        """Yield the owner of every route that meets `route`, and how: the exact ones first."""
        for owner in self._exact.get(route, ()):
            yield owner, Overlap.EXACT
        segments = route.segments
        # The nodes still to be looked at, each with the depth that it is at.
        waiting = [(self._root, 0)]
        while waiting:
            node, depth = waiting.pop()
            ended = depth >= len(segments)
            for known, owner in node.here:
                if (ended or known.prefix) and known != route and known.meets_method(route):
                    yield owner, Overlap.POSSIBLE
            if not ended:
                waiting.extend((child, depth + 1) for child in _fitting(node, segments[depth]))
            elif route.prefix:
                waiting.extend((child, depth + 1) for child in node.children.values())


def _fitting(node: _Node[T], segment: str) -> Iterator[_Node[T]]:
    """Yield the nodes below `node` that some text fits as well as `segment`."""
    if segment == _ANYTHING:
        yield from node.children.values()
        return
    for known in (segment, _ANYTHING):
        if known in node.children:
            yield node.children[known]
