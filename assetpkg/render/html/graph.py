"""What depends on what, as a picture: waves as columns, from left to right, and of a large plan what matters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assetpkg.render.html.page import Shown, shown
from assetpkg.render.screen import cut
from assetpkg.render.sentences import CHANGING
from assetpkg.report.plan import ChangeReport, PlanReport

MOST_NODES = 60
"""More resources than one looks at."""
_MOST_CENTRES = 24
"""How many resources of a large plan are there for themselves; the others are next to one of them."""
_NODE_WIDTH, _NODE_HEIGHT = 196, 44
_ACROSS, _BELOW = 64, 12
_MARGIN, _HEAD = 4, 28
_LETTERS = 25
"""How many columns of text a node takes; the whole name is its title."""
_SWEEPS = 6
"""How often the columns are put in order after their neighbours."""


class Node(NamedTuple):
    """A resource: where it is in the picture, what is done to it, and the number of its row in the table."""

    address: str
    kind: str
    name: Shown
    action: str
    row: int
    x: int
    y: int
    width: int = _NODE_WIDTH
    height: int = _NODE_HEIGHT


class Edge(NamedTuple):
    """A line from what is needed to what needs it, by the numbers of their rows."""

    needed: int
    needs: int
    path: str
    circular: bool


class Column(NamedTuple):
    """The number of a wave, and where its column begins."""

    number: int
    x: int


class Graph(NamedTuple):
    """The picture; `left` is how many resources of the plan are not in it."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    columns: Sequence[Column]
    width: int
    height: int
    left: int


def draw(report: PlanReport, rows: Mapping[str, int]) -> Graph:
    """Return the picture of a plan; `rows` are the numbers of the resources in the table."""
    changes = {change.address: change for change in report.changes}
    known = [address for wave in report.order.waves for address in wave if address in changes]
    chosen = set(known) if len(known) <= MOST_NODES else _choose(known, changes)
    columns = [
        (number, [address for address in wave if address in chosen])
        for number, wave in enumerate(report.order.waves, 1)
    ]
    columns = [(number, members) for number, members in columns if members]
    before = {
        address: [other for other in changes[address].depends_on if other in chosen and other != address]
        for _, members in columns
        for address in members
    }
    _untangle([members for _, members in columns], before)
    nodes = _nodes(columns, changes, rows)
    circular = {
        frozenset(pair)
        for circle in report.order.circles
        for pair in zip(circle, (*circle[1:], circle[0]), strict=True)
    }
    tallest = max((len(members) for _, members in columns), default=0)
    return Graph(
        nodes=list(nodes.values()),
        edges=[
            _edge(nodes[needed], nodes[address], circular=frozenset((needed, address)) in circular)
            for address, others in before.items()
            for needed in others
        ],
        columns=[Column(number, _x(place)) for place, (number, _) in enumerate(columns)],
        width=_x(len(columns)) - _ACROSS + _MARGIN,
        height=_HEAD + tallest * (_NODE_HEIGHT + _BELOW),
        left=len(known) - len(chosen),
    )


def _choose(known: Sequence[str], changes: Mapping[str, ChangeReport]) -> set[str]:
    """Return what is in the picture of a large plan: what is in conflict, or changes, and what is next to it."""
    graver = [address for action in CHANGING for address in known if changes[address].action == action]
    centres = graver[:_MOST_CENTRES]
    chosen = dict.fromkeys(centres)
    users: dict[str, list[str]] = {}
    wanted = set(centres)
    for address in known:
        for other in changes[address].depends_on:
            if other in wanted:
                users.setdefault(other, []).append(address)
    arriving = set(known)
    needed = (other for centre in centres for other in changes[centre].depends_on)
    for other in (*needed, *(user for centre in centres for user in users.get(centre, ()))):
        if len(chosen) < MOST_NODES and other in arriving:
            chosen[other] = None
    for address in graver[_MOST_CENTRES:]:
        if len(chosen) >= MOST_NODES:
            break
        chosen[address] = None
    return set(chosen)


def _untangle(columns: Sequence[list[str]], before: Mapping[str, Iterable[str]]) -> None:
    """Put each column in the order of what its members are connected with, so that few lines cross."""
    after: dict[str, list[str]] = {}
    for address, others in before.items():
        for other in others:
            after.setdefault(other, []).append(address)
    place: dict[str, float] = {}
    for members in columns:
        place.update(_places(members))
    for sweep in range(_SWEEPS):
        neighbours: Mapping[str, Iterable[str]] = after if sweep % 2 else before
        for members in reversed(columns) if sweep % 2 else columns:
            weight = {address: _mean(neighbours.get(address, ()), place, place[address]) for address in members}
            members.sort(key=lambda address: (weight[address], address))
            place.update(_places(members))


def _places(members: Sequence[str]) -> dict[str, float]:
    """Return where each is, with the middle of every column on one height."""
    return {address: number - len(members) / 2 for number, address in enumerate(members)}


def _mean(others: Iterable[str], place: Mapping[str, float], otherwise: float) -> float:
    found = [place[other] for other in others]
    return sum(found) / len(found) if found else otherwise


def _nodes(
    columns: Sequence[tuple[int, list[str]]], changes: Mapping[str, ChangeReport], rows: Mapping[str, int]
) -> dict[str, Node]:
    tallest = max((len(members) for _, members in columns), default=0)
    nodes = {}
    for column, (_, members) in enumerate(columns):
        top = _HEAD + (tallest - len(members)) * (_NODE_HEIGHT + _BELOW) // 2
        for number, address in enumerate(members):
            change = changes[address]
            y = top + number * (_NODE_HEIGHT + _BELOW)
            name = Shown(cut(shown(change.name), _LETTERS))
            nodes[address] = Node(address, change.kind, name, change.action, rows[address], _x(column), y)
    return nodes


def _x(column: int) -> int:
    return _MARGIN + column * (_NODE_WIDTH + _ACROSS)


def _edge(needed: Node, needs: Node, *, circular: bool) -> Edge:
    """Return a curve from the right side of what is needed to the left side of what needs it."""
    start, end = needed.x + needed.width, needs.x
    top, bottom = needed.y + needed.height // 2, needs.y + needs.height // 2
    if start >= end:  # in one column, since they need each other
        end = needs.x + needs.width
        bend = max(start, end) + _ACROSS // 2
        return Edge(needed.row, needs.row, f"M{start} {top}C{bend} {top} {bend} {bottom} {end} {bottom}", circular)
    bend = max(_ACROSS // 2, (end - start) // 3)
    return Edge(
        needed.row, needs.row, f"M{start} {top}C{start + bend} {top} {end - bend} {bottom} {end} {bottom}", circular
    )


def kinds_of(changes: Iterable[ChangeReport]) -> list[tuple[str, int]]:
    """Return the kinds, each with how many resources it has, in the order in which they come."""
    return list(Counter(change.kind for change in changes).items())
