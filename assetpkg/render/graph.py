"""A report as a graph: what there is, what refers to what, and what an import would do to it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assetpkg.diagnostics.sentences import plural, shorten
from assetpkg.render.screen import View, printable
from assetpkg.render.sentences import GRAVEST, SIGNS, fits_one, unmatched
from assetpkg.report.compare import PlansReport
from assetpkg.report.order import OrderReport
from assetpkg.report.plan import PlanReport
from assetpkg.report.show import ShowReport

_LONGEST = 120
"""How many characters of a name a graph shows."""

_Key = tuple[int, str]
"""A resource: the number of its import, and its address."""


class Node(NamedTuple):
    """A resource, or all of a kind: what it is called, and what the import of a plan would do to it."""

    kind: str
    name: str
    action: str = ""

    @property
    def label(self) -> str:
        """The text of the node."""
        shown = shorten(printable(self.name), _LONGEST)
        return f"{SIGNS[self.action]} {shown}" if self.action else shown


class Graph(NamedTuple):
    """Nodes, the numbers of those that refer to others, groups of nodes under their titles, and a caption.

    `ordered` says that the groups are waves of an import, of which each needs those before it.
    """

    nodes: Sequence[Node]
    edges: Sequence[tuple[int, int]]
    groups: Sequence[tuple[str, Sequence[int]]]
    caption: str
    ordered: bool

    def by_kind(self) -> "Graph":
        """Return the graph with one node for each kind, and a sentence that says why."""
        kinds: dict[str, list[Node]] = {}
        for node in self.nodes:
            kinds.setdefault(node.kind, []).append(node)
        number = {kind: position for position, kind in enumerate(kinds)}
        between = {(self.nodes[one].kind, self.nodes[other].kind) for one, other in self.edges}
        sizes = f"{plural(len(self.nodes), 'resource')} and {plural(len(self.edges), 'reference')}"
        return Graph(
            nodes=[_all_of(kind, members) for kind, members in kinds.items()],
            edges=sorted((number[one], number[other]) for one, other in between),
            groups=(),
            caption=f"{sizes} are too many for this graph: each kind is one node. Show a part with --only.",
            ordered=self.ordered,
        )

    def statements(
        self, node: Callable[[int], str], opened: Callable[[int, str], Sequence[str]], closed: str, arrow: str
    ) -> Iterator[str]:
        """Yield the lines of the groups, with the nodes in each, of the other nodes, and of the edges.

        `node` writes the node of a number, `opened` begins the group of a number and a title, and `closed` ends it.
        """
        grouped = {number for _, members in self.groups for number in members}
        for position, (title, members) in enumerate(self.groups):
            yield from (f"  {line}" for line in opened(position, title))
            yield from (f"    {node(number)}" for number in members)
            yield f"  {closed}"
        yield from (f"  {node(number)}" for number in range(len(self.nodes)) if number not in grouped)
        yield from (f"  n{one} {arrow} n{other}" for one, other in self.edges)

    def within(self, most_nodes: int, most_edges: int) -> "Graph":
        """Return the graph, or that of its kinds where it has more than so many nodes or edges."""
        return self if len(self.nodes) <= most_nodes and len(self.edges) <= most_edges else self.by_kind()


def graph_of(report: ShowReport | PlanReport | PlansReport, view: View) -> Graph:
    """Return the graph of a package, a plan or several; of all of it, or of what fits `view.only` and is next to it."""
    nodes: dict[_Key, Node] = {}
    uses: dict[_Key, Sequence[str]] = {}
    groups: list[tuple[str, list[_Key]]] = []
    ordered = False
    if isinstance(report, ShowReport):
        nodes = {(0, each.address): Node(each.kind, each.address) for each in report.resources}
        uses = {(0, each.address): each.depends_on for each in report.resources}
        if len(report.resources) == 1:
            nodes |= {(0, address): Node(address.partition("/")[0], address) for address in uses[next(iter(nodes))]}
        groups, ordered = list(_waves(report.order)), report.order is not None
    else:
        plans = [report] if isinstance(report, PlanReport) else [step.plan for step in report.steps]
        for number, plan in enumerate(plans):
            for change in plan.changes:
                nodes[number, change.address] = Node(change.kind, change.address, change.action)
                uses[number, change.address] = change.depends_on
            named = [key for key in nodes if key[0] == number]
            groups += [(plan.package.name, named)] if len(plans) > 1 else _waves(plan.order)
        ordered = len(plans) == 1
    chosen = _chosen(nodes, uses, view.only)
    lost = unmatched(view.only, {key[1] for key in nodes})
    place = {key: position for position, key in enumerate(chosen)}
    placed = [(title, [place[key] for key in keys if key in place]) for title, keys in groups]
    return Graph(
        nodes=[nodes[key] for key in chosen],
        edges=list(_edges(place, uses)),
        groups=[(printable(title), found) for title, found in placed if found],
        caption=" ".join((_legend(nodes[key] for key in chosen), *lost)).strip(),
        ordered=ordered,
    )


def _waves(order: OrderReport | None) -> Iterator[tuple[str, list[_Key]]]:
    for number, wave in enumerate(order.waves if order else (), 1):
        yield f"Wave {number}", [(0, address) for address in wave]


def _chosen(nodes: Mapping[_Key, Node], uses: Mapping[_Key, Sequence[str]], only: Sequence[str]) -> list[_Key]:
    """Return the resources that fit one of the patterns, and what they refer to or are referred to by; or all."""
    if not only:
        return list(nodes)
    fitting = {key for key in nodes if fits_one(key[1], only)}
    beside = set()
    for key, used in uses.items():
        others = {(key[0], address) for address in used}
        if key in fitting:
            beside |= others
        elif others & fitting:
            beside.add(key)
    return [key for key in nodes if key in fitting or key in beside]


def _edges(place: Mapping[_Key, int], uses: Mapping[_Key, Sequence[str]]) -> Iterator[tuple[int, int]]:
    for key, number in place.items():
        others = ((key[0], address) for address in uses.get(key, ()))
        yield from ((number, place[other]) for other in others if other in place)


def _all_of(kind: str, members: Sequence[Node]) -> Node:
    counted = Counter(member.action for member in members)
    gravest = next((action for action in GRAVEST if counted[action]), "")
    some = f", {counted[gravest]:,} {gravest}" if gravest and counted[gravest] < len(members) else ""
    return Node(kind, f"{kind}: {len(members):,}{some}", gravest)


def _legend(nodes: Iterable[Node]) -> str:
    used = {node.action for node in nodes}
    return "  ".join(f"{sign} {action}" for action, sign in SIGNS.items() if action in used)
