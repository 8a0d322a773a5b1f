"""What has to come before what: stages and cycles of anything that depends on each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assetpkg.planning.changes import Action, Changes

Graph = Mapping[str, frozenset[str]]
"""For each thing, those that come before it; what is named only there depends on nothing."""


class Order(NamedTuple):
    """Stages, each of what needs only the stages before it, and the cycles of what needs each other.

    What is in a cycle is in one stage together, since none of it can be first.
    """

    stages: tuple[tuple[str, ...], ...]
    cycles: tuple[tuple[str, ...], ...]


def order_changes(planned: Changes) -> Order:
    """Return in which order the resources of a plan depend on each other; what is never imported is left out.

    The documents do not say in which order an import works; this is what the references ask for.
    """
    arriving = [change for change in planned.changes if change.action is not Action.OMIT]
    addresses = {change.address for change in arriving}
    return order({change.address: frozenset(change.depends_on) & addresses for change in arriving})


def order(graph: Graph) -> Order:
    """Return stages and cycles, each sorted."""
    components = list(find_components(graph))
    home = {member: number for number, component in enumerate(components) for member in component}
    depth: list[int] = []
    for number, component in enumerate(components):
        before = {home[other] for member in component for other in graph.get(member, ())} - {number}
        depth.append(1 + max((depth[other] for other in before), default=-1))
    stages: list[list[str]] = [[] for _ in range(max(depth, default=-1) + 1)]
    for number, component in enumerate(components):
        stages[depth[number]].extend(component)
    return Order(tuple(tuple(sorted(stage)) for stage in stages), tuple(_cycles_in(components, graph)))


def find_components(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield the sets of what needs each other, mostly of one member, each after all that it needs (Tarjan's way)."""
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
                    component = open_members[at:]
                    del open_members[at:]
                    is_open.difference_update(component)
                    yield tuple(sorted(component))


def find_cycles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield one shortest cycle for every set of what needs each other, beginning with its first member."""
    return _cycles_in(find_components(graph), graph)


def _cycles_in(components: Iterable[tuple[str, ...]], graph: Graph) -> Iterator[tuple[str, ...]]:
    for component in components:
        inside = {member: graph.get(member, frozenset()).intersection(component) for member in component}
        cycle = _shortest_cycle(inside, component[0])
        if cycle:
            yield cycle


def _shortest_cycle(graph: Graph, start: str) -> tuple[str, ...]:
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
    return [member for stage in order(below).stages for member in stage]
