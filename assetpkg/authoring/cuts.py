"""Where to cut a package: in which of several imports each resource comes, by what it refers to and what is counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assetpkg.errors import InvalidPackage
from assetpkg.package.index import Index, Resource
from assetpkg.planning.order import Graph, find_components, find_cycles

TOGETHER = "applications and tasks"
"""What is counted where the limit is one of both together."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """How many applications, and how many tasks, one import takes; or, `together`, how many of both."""

    most: int
    together: bool = False

    def count(self, resources: Iterable[Resource]) -> Counter[str]:
        """Return how many of the resources count against the limit, by what they count as."""
        words = (resource.kind.counted_as for resource in resources)
        return Counter(TOGETHER if self.together else word for word in words if word is not None)

    def allows(self, counts: Counts) -> bool:
        """Say whether one import takes so many."""
        return all(count <= self.most for count in counts.values())

    def least_parts(self, counts: Counts) -> int:
        """Return how many imports so many take at least."""
        return max((-(-count // self.most) for count in counts.values()), default=1)


class Unit:
    """Resources that refer to each other in a cycle, mostly a single one: no cut goes through them."""

    def __init__(self, resources: Sequence[Resource], limit: Limit) -> None:
        """Hold the resources, which depend on nothing yet."""
        self.resources = resources
        self.counts = limit.count(resources)
        self.before: list[Unit] = []
        self.earlier: list[Unit] = []
        """Those of `before` that have to be in an earlier import, and not in the same."""
        self.counted_before: frozenset[Unit] = frozenset()
        """Everything that counts and has to come before it, also through what does not count."""


def cut(index: Index, limit: Limit) -> tuple[Sequence[Sequence[Resource]], bool]:
    """Return the resources of each import, in order, and whether there cannot be fewer imports.

    What a resource refers to is in the same import or in an earlier one. Raises `InvalidPackage` where a cycle is
    in the way. To find the fewest is as hard as any packing, so two orders are tried and the better one is taken.
    """
    units = list(_units(index, limit))
    placed = min((_place(units, sequence, limit) for sequence in (_by_need(units), _counted(units))), key=_number)
    parts: list[list[Resource]] = [[] for _ in range(_number(placed))]
    for unit in units:
        parts[placed[unit]].extend(unit.resources)
    least = max(limit.least_parts(limit.count(index.resources)), _number(_place(units, [], limit)))
    return parts, len(parts) <= least


def _number(placed: Mapping[Unit, int]) -> int:
    return 1 + max(placed.values(), default=0)


def _units(index: Index, limit: Limit) -> Iterator[Unit]:
    """Yield the units, each after all that it depends on."""
    graph, strict = _graphs(index)
    cycle = next(find_cycles(strict), None)
    if cycle is not None:
        raise InvalidPackage(
            f"cannot split: each of these needs the next one to be imported first: {' > '.join(cycle)}"
        )
    home: dict[str, Unit] = {}
    for component in find_components(graph):
        unit = Unit([index.by_address[address] for address in component], limit)
        home.update(dict.fromkeys(component, unit))
        if not limit.allows(unit.counts):
            raise InvalidPackage(
                f"cannot split: more than {limit.most} resources need each other in a circle, for example "
                f"{component[0]}"
            )
        unit.before = _homes(component, graph, home, unit)
        unit.earlier = _homes(component, strict, home, unit)
        above = (other.counted_before | ({other} if other.counts else set()) for other in unit.before)
        unit.counted_before = frozenset().union(*above)
        yield unit


def _homes(component: Iterable[str], graph: Graph, home: Mapping[str, Unit], own: Unit) -> list[Unit]:
    found = {home[other]: None for member in component for other in sorted(graph[member])}
    return [unit for unit in found if unit is not own]


def _graphs(index: Index) -> tuple[Graph, Graph]:
    """Return what each resource refers to, and what of that has to be there before its import begins."""
    graph: dict[str, frozenset[str]] = {}
    strict: dict[str, frozenset[str]] = {}
    for resource in index.resources:
        used = [other for _, other in index.leads_of(resource)]
        graph[resource.address] = frozenset(other.address for other in used)
        called = (
            other for other in used if other.path.kind == resource.kind.calls and not index.same_owner(resource, other)
        )
        strict[resource.address] = frozenset(other.address for other in called)
    return graph, strict


def find_calling_cycles(index: Index) -> Iterator[tuple[str, ...]]:
    """Yield the cycles of applications that call each other by scheduled tasks, so that none can be whole first."""
    graph: dict[str, frozenset[str]] = {}
    for resource in (found for found in index.resources if found.kind.calls):
        caller = index.owner(resource)
        found = (index.resolve(reference) for reference in resource.references if reference.kind == resource.kind.calls)
        owners = {index.owner(api) for api in found if api is not None}
        called = frozenset(owner.address for owner in owners if owner is not None and owner is not caller)
        if caller is not None:
            graph[caller.address] = graph.get(caller.address, frozenset()) | called
    yield from find_cycles(graph)


def _counted(units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.counts]


def _by_need(units: Sequence[Unit]) -> list[Unit]:
    """Return what counts in the order in which little has to come before much: first what needs the fewest others."""
    order = {unit: number for number, unit in enumerate(units)}
    waiting = [unit for unit in _counted(units) if unit.counted_before]
    sequence: dict[Unit, None] = {}
    while waiting:
        best = min(waiting, key=lambda unit: len(unit.counted_before - sequence.keys()))
        waiting.remove(best)
        sequence.update(dict.fromkeys(sorted(best.counted_before - sequence.keys(), key=order.__getitem__)))
        sequence[best] = None
    return [*sequence, *(unit for unit in _counted(units) if unit not in sequence)]


def _place(units: Iterable[Unit], sequence: Iterable[Unit], limit: Limit) -> dict[Unit, int]:
    """Give each unit the first import that all before it allow, and, in the order of the sequence, that has room."""
    placed: dict[Unit, int] = {}
    filled: list[Counter[str]] = []
    for unit in sequence:
        part = _earliest(unit, placed)
        while part < len(filled) and not limit.allows(filled[part] + unit.counts):
            part += 1
        filled.extend(Counter() for _ in range(part + 1 - len(filled)))
        filled[part] += unit.counts
        placed[unit] = part
    for unit in units:
        if unit not in placed:
            placed[unit] = _earliest(unit, placed)
    return placed


def _earliest(unit: Unit, placed: Mapping[Unit, int]) -> int:
    """Return the first import in which everything is there that a unit depends on."""
    parts: dict[Unit, int] = {}
    waiting = [unit]
    while waiting:
        last = waiting[-1]
        missing = [other for other in last.before if other not in placed and other not in parts]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        known = {other: placed[other] if other in placed else parts[other] for other in last.before}
        parts[last] = max((part + (other in last.earlier) for other, part in known.items()), default=0)
    return parts[unit]
