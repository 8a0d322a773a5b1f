"""A graph for Graphviz, in which no name is a mark."""

from collections.abc import Iterator
from typing import Any

from assetpkg.render.graph import Graph, graph_of
from assetpkg.render.screen import View

_MOST_NODES = 2_000
_MOST_EDGES = 5_000
"""Graphviz draws more, and takes minutes for it."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STYLES = {
    "create": 'fillcolor="#e6f4ea" color="#1e7b34"',
    "update": 'fillcolor="#fff4d6" color="#8a6100"',
    "keep": 'fillcolor="#f2f2f2" color="#767676"',
    "undetermined": 'fillcolor="#fff4d6" color="#8a6100" style="filled,dashed"',
    "conflict": 'fillcolor="#fde2e2" color="#b00020" penwidth=3',
    "omit": 'fillcolor="#ffffff" color="#767676" style="filled,dashed"',
}


def render(report: Any, view: View) -> str:
    """Return the report as a directed graph; of what is too much for one, the graph of its kinds."""
    return "\n".join(_lines(graph_of(report, view).within(_MOST_NODES, _MOST_EDGES))) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield "digraph assets {"
    # What is referred to is on the left where the order is shown, and on the right elsewhere.
    yield f'  graph [rankdir={"RL" if graph.ordered else "LR"} fontname="sans-serif" labelloc=b]'
    yield '  node [shape=box style=filled fillcolor="#ffffff" fontname="sans-serif"]'
    if graph.caption:
        yield f'  label="{_written(graph.caption)}"'
    yield from graph.statements(
        lambda number: _node(graph, number),
        lambda position, title: [f"subgraph cluster_{position} {{", f'  label="{_written(title)}"'],
        "}",
        "->",
    )
    yield "}"


def _node(graph: Graph, number: int) -> str:
    node = graph.nodes[number]
    style = f" {_STYLES[node.action]}" if node.action else ""
    return f'n{number} [label="{_written(node.label)}"{style}]'


def _written(text: str) -> str:
    """Return text for a label between quotes, in which Graphviz knows escapes and the entities of HTML."""
    return text.translate(_ESCAPES)
