"""Graphs as their readers have them: Graphviz, pydot and Mermaid find the nodes, edges and names that a report has."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pydot
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.render import dot, mermaid
from assetpkg.render.screen import View, printable
from assetpkg.report.compare import PlansReport, StepReport
from assetpkg.report.order import OrderReport
from assetpkg.report.plan import PlanReport
from assetpkg.report.show import ResourceReport, ShowReport
from tests.conftest import ROOT
from tests.render.reports import HOSTILE, planned

READER = ROOT / "tests" / "render" / "readers" / "flowcharts.mjs"
NAMES = [
    *HOSTILE,
    '"]; end; click n0 href "javascript:alert(1)"',
    "%%{init: {'theme':'dark'}}%%",
    "`**bold** _it_`",
    "style x:#fff;",
    "classDef x:#fff;",
    "fa:fa-skull",
    "1. one",
    "- one",
    "#35;#quot;&amp;&#60;",
    "\\N\\G\\l\\",
    "<<b>x</b>>",
    '"" \\" \\\\"',
    "end",
    "subgraph",
    "订单中心",
    "x" * 500,
]
"""Names that mean something to one of the readers, or to the page that one makes of it."""


def shown(name: str) -> str:
    """Return the text that a node has for an address."""
    text = printable(f"topic/{name}")
    return text if len(text) <= 120 else f"{text[:119]}…"


def package(
    names: Sequence[str], edges: Mapping[int, Sequence[int]], waves: Sequence[Sequence[int]] = ()
) -> ShowReport:
    """Return the report of a package with such names, numbered, of which some refer to others."""
    addresses = [f"topic/{name}" for name in names]
    resources = [
        ResourceReport(
            address=address,
            kind="topic",
            name=address,
            id="",
            id_given=True,
            entry="",
            sha256=None,
            size=1,
            depends_on=[addresses[other] for other in edges.get(number, ())],
            document=None,
        )
        for number, address in enumerate(addresses)
    ]
    told = [[addresses[number] for number in wave] for wave in waves]
    order = OrderReport(waves=told, circles=[]) if waves else None
    about: dict[str, Any] = {
        "name": "p",
        "asset_version": "1",
        "sha256": None,
        "size": 1,
        "files": 1,
        "unused_files": 0,
    }
    return ShowReport(resources=resources, unread=[], order=order, **about)


def nodes_in(graph: pydot.Dot) -> list[pydot.Node]:
    parts = [graph, *graph.get_subgraphs()]
    found = [node for part in parts for node in part.get_nodes()]
    return [node for node in found if re.fullmatch(r"n\d+", node.get_name())]


names = st.lists(st.text(max_size=20) | st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(names=names, data=st.data())
def test_pydot_reads_every_node_and_edge_and_no_other(names: list[str], data: st.DataObject) -> None:
    numbers = st.integers(0, len(names) - 1)
    edges = data.draw(st.dictionaries(numbers, st.lists(numbers, max_size=3, unique=True)))
    waves = data.draw(st.sampled_from([(), (range(1), range(1, len(names)))]))
    text = dot.render(package(names, edges, [list(wave) for wave in waves]), View())
    graph = (pydot.graph_from_dot_data(text) or [pydot.Dot()])[0]
    labels = {node.get_name(): str(node.get("label")) for node in nodes_in(graph)}
    assert labels.keys() == {f"n{number}" for number in range(len(names))}
    found = {(edge.get_source(), edge.get_destination()) for edge in graph.get_edges()}
    assert found == {(f"n{one}", f"n{other}") for one, others in edges.items() for other in others}
    assert len(graph.get_subgraphs()) == len(waves)
    assert all(re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', label) for label in labels.values())


def test_graphviz_shows_every_name_as_it_is() -> None:
    text = dot.render(package(NAMES, {0: [1, 2], 3: [3]}), View())
    drawn = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=True)
    assert drawn.stderr == b""
    picture = ET.fromstring(drawn.stdout)  # noqa: S314 - Graphviz has just made it
    space = {"svg": "http://www.w3.org/2000/svg"}
    labels = [node.findtext("svg:text", "", space) for node in picture.iterfind(".//svg:g[@class='node']", space)]
    assert [label.replace("\xa0", " ") for label in labels] == [shown(name) for name in NAMES]
    assert len(picture.findall(".//svg:g[@class='edge']", space)) == 3
    assert not picture.findall(".//svg:a", space)


@cache
def plan() -> PlanReport:
    """Return the report of a plan with conflicts."""
    return planned(prefix="dev_")


@pytest.fixture(scope="module")
def charts() -> Mapping[str, Any]:
    """Return what Mermaid reads of several graphs, by their names."""
    many = package([str(number) for number in range(450)], {})
    texts = {
        "hostile": mermaid.render(package(NAMES, {0: [1, 2], 3: [3]}, [[0, 1], list(range(2, len(NAMES)))]), View()),
        "many": mermaid.render(many, View()),
        "part": mermaid.render(many, View(only=("topic/1?",))),
        "plan": mermaid.render(plan(), View()),
        "plans": mermaid.render(
            PlansReport(
                verdict="blocked",
                circles=[],
                steps=[StepReport(path=path, needs=[], plan=plan()) for path in ("one.zip", "two.zip")],
            ),
            View(),
        ),
    }
    run = ["node", str(READER)]
    done = subprocess.run(run, input=json.dumps(list(texts.values())).encode(), capture_output=True, check=True)
    return dict(zip(texts, json.loads(done.stdout), strict=True))


def test_mermaid_shows_every_name_as_it_is(charts: Mapping[str, Any]) -> None:
    chart = charts["hostile"]
    assert sorted(text for _, text, _, _ in chart["nodes"]) == sorted(shown(name) for name in NAMES)
    assert {elements for _, _, elements, _ in chart["nodes"]} == {0}
    assert len(chart["edges"]) == 3
    assert [tuple(group) for group in chart["groups"]] == [("Wave 1", 0, 2), ("Wave 2", 0, len(NAMES) - 2)]


def test_what_is_too_much_becomes_a_graph_of_kinds_and_says_so(charts: Mapping[str, Any]) -> None:
    texts = [text for _, text, _, _ in charts["many"]["nodes"]]
    said = "450 resources and 0 references are too many for this graph: each kind is one node. Show a part with --only."
    assert texts == ["topic: 450", said]
    assert len(charts["part"]["nodes"]) == 10
    wide = package(["x" * 119 + str(number) for number in range(400)], {number: [0] for number in range(1, 400)})
    assert len(mermaid.render(wide, View())) < 1_000, "more characters than Mermaid takes"


def test_the_graph_of_a_plan_has_its_conflicts_marked(charts: Mapping[str, Any]) -> None:
    found = plan()
    marked = sorted(text for _, text, _, mark in charts["plan"]["nodes"] if mark == "conflict")
    assert marked == sorted(f"! {change.address}" for change in found.changes if change.action == "conflict")
    assert len(charts["plan"]["edges"]) == sum(len(change.depends_on) for change in found.changes)
    assert [group[0] for group in charts["plan"]["groups"]] == [
        f"Wave {number}" for number, _ in enumerate(found.order.waves, 1)
    ]
    assert [group[2] for group in charts["plans"]["groups"]] == [len(found.changes)] * 2
