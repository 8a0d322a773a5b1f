"""Which requests an API answers, and whether two APIs can answer the same one."""

from collections.abc import Hashable, Iterator, Sequence
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from assetpkg.credentials.spans import LazyPattern

T = TypeVar("T")

ANY_METHOD = "ANY"
"""The method of an API that answers every method."""
PREFIX_MODE = "SWA"
"""The match mode of an API that answers every path below its own."""

_ANYTHING = "{}"
"""What a path parameter is reduced to."""
_PARAMETER = LazyPattern(r"\{[^{}/]*\}")


class Overlap(Enum):
    """How two routes meet."""

    EXACT = "exact"
    """The same method, path and match mode, names of parameters aside."""
    POSSIBLE = "possible"
    """Some request fits both: by ANY, by a parameter, or because one goes for everything below its path."""


class Route(NamedTuple):
    """A method and a path without the names of its parameters; with `prefix`, everything below the path as well.

    `segments` are the parts of the path between the slashes, in small letters; a parameter takes the whole of its part.
    """

    method: str
    path: str
    prefix: bool
    segments: tuple[str, ...]

    @classmethod
    def parse(cls, method: str, path: str, match_mode: str | None) -> "Route":
        """Read the three fields of an API that decide what it answers."""
        plain = _PARAMETER.sub(_ANYTHING, path)
        segments = tuple(_ANYTHING if _ANYTHING in part else part.casefold() for part in plain.split("/") if part)
        return cls(method.upper(), plain, (match_mode or "").upper() == PREFIX_MODE, segments)

    @property
    def reach(self) -> tuple[tuple[str, ...], bool]:
        """What it has in common with a route that is the same but for its method, and for how its path is spelled."""
        return self.segments, self.prefix

    def meets_method(self, other: "Route") -> bool:
        """Say whether some method is answered by both."""
        return ANY_METHOD in (self.method, other.method) or self.method == other.method


Spelling = tuple[str, str, str]
"""Method, path and match mode of an API, as its document has them."""


class Alike(Generic[T]):
    """Routes by their reach, so that one is found that answers the same requests and is spelled differently."""

    def __init__(self) -> None:
        """Begin without any route."""
        self._known: dict[tuple[Hashable, object], dict[str, T]] = {}

    def add(self, among: Hashable, route: Route, owner: T) -> None:
        """Put a route into those of one group; the first of a method and a reach is kept."""
        self._known.setdefault((among, route.reach), {}).setdefault(route.method, owner)

    def find(self, among: Hashable, route: Route) -> T | None:
        """Return the owner of a route of the group that has the same reach and shares a method."""
        methods = self._known.get((among, route.reach), {})
        if route.method in methods or not methods:
            return methods.get(route.method)
        return next(iter(methods.values())) if route.method == ANY_METHOD else methods.get(ANY_METHOD)


def tell_apart(one: Spelling, other: Spelling) -> str:
    """Say what alone tells two routes apart that have the same reach and share a method."""
    paths = [spelling[1] for spelling in (one, other)]
    bare = [_PARAMETER.sub(_ANYTHING, path) for path in paths]
    segments = [[part for part in path.split("/") if part] for path in bare]
    words = {
        "the method ANY": one[0].upper() != other[0].upper(),
        "names in braces": _PARAMETER.findall(paths[0]) != _PARAMETER.findall(paths[1]),
        "slashes": bare[0].count("/") != bare[1].count("/"),
        "capital letters": segments[0] != segments[1] or (one[0] != other[0] and one[0].upper() == other[0].upper()),
    }
    return " and ".join(word for word, differs in words.items() if differs) or "their spelling"


class _Node(Generic[T]):
    """What the routes have in common up to here; there are as many as routes, so each takes as little as it can."""

    __slots__ = ("children", "here")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.here: list[tuple[Route, T]] = []


class RouteTable(Generic[T]):
    """Routes by their segments, so that those that meet a new one are found without looking at all of them."""

    def __init__(self) -> None:
        """Begin without any route."""
        self._root: _Node[T] = _Node()

    def add(self, route: Route, owner: T) -> None:
        """Put a route into the table."""
        node = self._root
        for segment in route.segments:
            below = node.children.get(segment)
            if below is None:
                below = node.children[segment] = _Node()
            node = below
        node.here.append((route, owner))

    def find(self, route: Route) -> Iterator[tuple[T, Overlap]]:
        """Yield the owner of every route that meets `route`, and how: the exact ones first."""
        segments = route.segments
        for known, owner in self._at(segments):
            if known == route:
                yield owner, Overlap.EXACT
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

    def _at(self, segments: tuple[str, ...]) -> Sequence[tuple[Route, T]]:
        """Return the routes that have the very same segments."""
        node: _Node[T] | None = self._root
        for segment in segments:
            node = None if node is None else node.children.get(segment)
        return () if node is None else node.here


def _fitting(node: _Node[T], segment: str) -> Iterator[_Node[T]]:
    """Yield the nodes below `node` that some text fits as well as `segment`."""
    if segment == _ANYTHING:
        yield from node.children.values()
        return
    for known in (segment, _ANYTHING):
        if known in node.children:
            yield node.children[known]
