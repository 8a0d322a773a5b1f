"""What comes before what: waves, circles, and the two together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.planning.order import Graph, find_circles, find_knots, order, order_below
from tests.build import make_package
from tests.laws.strategies import laws


def graph(text: str) -> Graph:
    """Read `b<a c<ab`: b needs a, and c needs a and b."""
    return {word[0]: frozenset(word[2:]) for word in text.split()}


WAVES = {
    "nothing": ("", []),
    "one": ("a<", ["a"]),
    "a chain": ("c<b b<a a<", ["a", "b", "c"]),
    "a diamond": ("d<bc b<a c<a a<", ["a", "bc", "d"]),
    "what is only named": ("b<a", ["a", "b"]),
    "a circle stands in one wave": ("a<b b<a c<a", ["ab", "c"]),
    "a circle behind something": ("a<bx b<a c<b x<", ["x", "ab", "c"]),
    "itself": ("a<a b<a", ["a", "b"]),
}


@pytest.mark.parametrize(("text", "waves"), WAVES.values(), ids=WAVES.keys())
def test_waves(text: str, waves: list[str]) -> None:
    assert ["".join(wave) for wave in order(graph(text)).waves] == waves


CIRCLES = {
    "none": ("b<a c<b", []),
    "two": ("a<b b<a", ["ab"]),
    "itself": ("a<a", ["a"]),
    "the shortest": ("a<bc b<a c<d d<a", ["ab"]),
    "each": ("a<b b<a x<y y<x z<", ["ab", "xy"]),
}


@pytest.mark.parametrize(("text", "circles"), CIRCLES.values(), ids=CIRCLES.keys())
def test_circles(text: str, circles: list[str]) -> None:
    assert ["".join(circle) for circle in find_circles(graph(text))] == circles


def test_what_comes_before_one() -> None:
    assert order_below(graph("d<c c<ab b<a e<d x<"), "d") == ["a", "b", "c", "d"]


@laws
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from("abcdefgh"))))
def test_everything_is_in_one_wave_behind_all_that_it_needs(found: Graph) -> None:
    ordered = order(found)
    wave_of = {member: number for number, wave in enumerate(ordered.waves) for member in wave}
    assert len(wave_of) == sum(map(len, ordered.waves))
    knot_of = {member: knot for knot in find_knots(found) for member in knot}
    for node, before in found.items():
        for other in before:
            assert wave_of[other] < wave_of[node] or knot_of[other] == knot_of[node]
    for circle in ordered.circles:
        for node, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in found[node]


def test_the_resources_of_a_plan_come_in_waves() -> None:
    waves = assetpkg.plan(make_package()).order.waves
    assert waves[0] == ("application/Shop",)
    assert waves[1] == ("api_group/Shop/orders", "datasource/orders-db", "topic/order-events")
    assert waves[2] == ("api/Shop/orders/get-order", "task/sync_orders")
