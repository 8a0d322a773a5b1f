"""What has to come before what: waves and circles of anything that depends on each other."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assetpkg.planning.changes import Action, Changes

Graph = Mapping[str, frozenset[str]]
"""For each thing, those that come before it; what is named only there depends on nothing."""


class Order(NamedTuple):
    """Waves, each of what needs only the waves before it, and the circles of what needs each other.

    What is in a circle is in one wave together, since none of it can be first.
    """

    waves: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...]


def order_changes(planned: Changes) -> Order:
    """Return in which order the resources of a plan depend on each other; what is never imported is left out.

    The documents do not say in which order an import works; this is what the references ask for.
    """
    arriving = [change for change in planned.changes if change.action is not Action.OMIT]
    addresses = {change.address for change in arriving}
    return order({change.address: frozenset(change.depends_on) & addresses for change in arriving})


def order(graph: Graph) -> Order:
    """Return waves and circles, each sorted."""
    knots = list(find_knots(graph))
    home = {member: number for number, knot in enumerate(knots) for member in knot}
    depth: list[int] = []
    for number, knot in enumerate(knots):
        before = {home[other] for member in knot for other in graph.get(member, ())} - {number}
        depth.append(1 + max((depth[other] for other in before), default=-1))
    waves: list[list[str]] = [[] for _ in range(max(depth, default=-1) + 1)]
    for number, knot in enumerate(knots):
        waves[depth[number]].extend(knot)
    return Order(tuple(tuple(sorted(wave)) for wave in waves), tuple(find_circles(graph)))


def find_knots(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield the sets of what needs each other, mostly of one member, each behind all that it needs (Tarjan's way)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_members: list[str] = []
    is_open: set[str] = set()
    for start in sorted({*graph, *(other for before in graph.values() for other in before)}):
        path: list[tuple[str, Iterator[str]]] = [] if start in number else [(start, iter(()))]
        while path:
            node, others = path[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                open_members.append(node)
                is_open.add(node)
                others = iter(sorted(graph.get(node, ())))
                path[-1] = (node, others)
            for other in others:
                if other not in number:
                    path.append((other, iter(())))
                    break
                if other in is_open:
                    lowest[node] = min(lowest[node], number[other])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == number[node]:
                    at = open_members.index(node)
                    knot = open_members[at:]
                    del open_members[at:]
                    is_open.difference_update(knot)
                    yield tuple(sorted(knot))


def find_circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield one shortest circle for every set of what needs each other, beginning with its first member."""
    for knot in find_knots(graph):
        inside = {member: graph.get(member, frozenset()) & frozenset(knot) for member in knot}
        circle = _circle(inside, knot[0])
        if circle:
            yield circle


def _circle(graph: Graph, start: str) -> tuple[str, ...]:
    """Return the shortest way from `start` back to it, without the end; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for following in sorted(graph.get(way[-1], ())):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()


def order_below(graph: Graph, goal: str) -> list[str]:
    """Return what has to come before `goal`, in order, and `goal` itself as the last."""
    wanted, waiting = {goal}, [goal]
    for node in waiting:
        fresh = graph.get(node, frozenset()) - wanted
        wanted |= fresh
        waiting.extend(sorted(fresh))
    below = {node: graph.get(node, frozenset()) & wanted for node in wanted}
    return [member for wave in order(below).waves for member in wave]
