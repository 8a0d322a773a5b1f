"""What comes before what: stages, cycles, and the two together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.planning.order import Graph, find_components, find_cycles, order, order_below
from tests.build import make_package
from tests.laws.strategies import laws


def graph(text: str) -> Graph:
    """Read `b<a c<ab`: b needs a, and c needs a and b."""
    return {word[0]: frozenset(word[2:]) for word in text.split()}


STAGES = {
    "nothing": ("", []),
    "one": ("a<", ["a"]),
    "a chain": ("c<b b<a a<", ["a", "b", "c"]),
    "a diamond": ("d<bc b<a c<a a<", ["a", "bc", "d"]),
    "what is only named": ("b<a", ["a", "b"]),
    "a cycle is in one stage": ("a<b b<a c<a", ["ab", "c"]),
    "a cycle after something": ("a<bx b<a c<b x<", ["x", "ab", "c"]),
    "itself": ("a<a b<a", ["a", "b"]),
}


@pytest.mark.parametrize(("text", "stages"), STAGES.values(), ids=STAGES.keys())
def test_stages(text: str, stages: list[str]) -> None:
    assert ["".join(stage) for stage in order(graph(text)).stages] == stages


CYCLES = {
    "none": ("b<a c<b", []),
    "two": ("a<b b<a", ["ab"]),
    "itself": ("a<a", ["a"]),
    "the shortest": ("a<bc b<a c<d d<a", ["ab"]),
    "each": ("a<b b<a x<y y<x z<", ["ab", "xy"]),
}


@pytest.mark.parametrize(("text", "cycles"), CYCLES.values(), ids=CYCLES.keys())
def test_cycles(text: str, cycles: list[str]) -> None:
    assert ["".join(cycle) for cycle in find_cycles(graph(text))] == cycles


def test_what_comes_before_one() -> None:
    assert order_below(graph("d<c c<ab b<a e<d x<"), "d") == ["a", "b", "c", "d"]


@laws
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from("abcdefgh"))))
def test_everything_is_in_one_wave_behind_all_that_it_needs(found: Graph) -> None:
    ordered = order(found)
    stage_of = {member: number for number, stage in enumerate(ordered.stages) for member in stage}
    assert len(stage_of) == sum(map(len, ordered.stages))
    component_of = {member: component for component in find_components(found) for member in component}
    for node, before in found.items():
        for other in before:
            assert stage_of[other] < stage_of[node] or component_of[other] == component_of[node]
    for cycle in ordered.cycles:
        for node, following in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert following in found[node]


def test_the_resources_of_a_plan_come_in_waves() -> None:
    stages = assetpkg.plan(make_package()).order.stages
    assert stages[0] == ("application/Shop",)
    assert stages[1] == ("api_group/Shop/orders", "datasource/orders-db", "topic/order-events")
    assert stages[2] == ("api/Shop/orders/get-order", "task/sync_orders")
