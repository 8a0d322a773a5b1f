"""A graph for Mermaid, in which no name is a mark: every sign that could be one is written as its number."""

import re
from collections.abc import Iterator
from typing import Any

from assetpkg.render.graph import Graph, graph_of
from assetpkg.render.screen import View

_MOST_NODES = 400
_MOST_EDGES = 500
"""Mermaid draws no more, unless it is configured otherwise."""
_LONGEST = 50_000
"""In characters; Mermaid refuses a longer text, unless it is configured otherwise."""
_SIGN = re.compile(r"[^\w /-]|(?<=-)-|_")
"""What may mean something; two dashes are an arrow, underscores emphasise."""
_STYLES = {
    "create": "fill:#e6f4ea,stroke:#1e7b34",
    "update": "fill:#fff4d6,stroke:#8a6100",
    "keep": "fill:#f2f2f2,stroke:#767676",
    "undetermined": "fill:#fff4d6,stroke:#8a6100,stroke-dasharray:4",
    "conflict": "fill:#fde2e2,stroke:#b00020,stroke-width:3px",
    "omit": "fill:#ffffff,stroke:#767676,stroke-dasharray:4",
}


def render(report: Any, view: View) -> str:
    """Return the report as a flowchart; of what is too much for one, the graph of its kinds."""
    graph = graph_of(report, view).within(_MOST_NODES, _MOST_EDGES)
    text = _text(graph)
    return text if len(text) <= _LONGEST else _text(graph.by_kind())


def _text(graph: Graph) -> str:
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    # What is referred to is on the left where the order is shown, and on the right elsewhere.
    yield f"flowchart {'RL' if graph.ordered else 'LR'}"
    yield from graph.statements(
        lambda number: _node(graph, number),
        lambda position, title: [f'subgraph g{position}["{_written(title)}"]'],
        "end",
        "-->",
    )
    if graph.caption:
        yield f'  caption["{_written(graph.caption)}"]:::caption'
        yield "  classDef caption fill:none,stroke:none"
    used = {node.action for node in graph.nodes}
    yield from (f"  classDef {action} {style}" for action, style in _STYLES.items() if action in used)


def _node(graph: Graph, number: int) -> str:
    node = graph.nodes[number]
    marked = f":::{node.action}" if node.action else ""
    return f'n{number}["{_written(node.label)}"]{marked}'


def _written(text: str) -> str:
    """Return text for a label, with the numbers of its signs, which Mermaid takes for characters and nothing else."""
    return _SIGN.sub(lambda sign: f"#{ord(sign[0])};", text)
