"""Which requests an API answers, and which APIs can answer the same one."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.rules.route_table import Overlap, Route, RouteTable
from tests.tables import every_row


def meet(first: tuple[str, str, str], second: tuple[str, str, str]) -> Overlap | None:
    """Ask a table that holds only the first for the second."""
    table: RouteTable[str] = RouteTable()
    table.add(Route.parse(*first), "first")
    found = list(table.find(Route.parse(*second)))
    assert len(found) <= 1
    return found[0][1] if found else None


PAIRS = [
    (("GET", "/orders", "NORMAL"), ("GET", "/orders", "NORMAL"), Overlap.EXACT),
    (("GET", "/orders/{id}", "NORMAL"), ("GET", "/orders/{orderId}", "NORMAL"), Overlap.EXACT),
    (("GET", "/orders", "SWA"), ("GET", "/orders", "SWA"), Overlap.EXACT),
    (("GET", "/orders", "NORMAL"), ("POST", "/orders", "NORMAL"), None),
    (("GET", "/orders", "NORMAL"), ("GET", "/Orders", "NORMAL"), Overlap.POSSIBLE),
    (("get", "/orders", "normal"), ("GET", "/orders", None), Overlap.EXACT),
    (("GET", "/orders", "NORMAL"), ("ANY", "/orders", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/orders", "NORMAL"), ("GET", "/orders/", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/orders", "NORMAL"), ("GET", "/orders", "SWA"), Overlap.POSSIBLE),
    (("GET", "/orders/{id}", "NORMAL"), ("GET", "/orders/latest", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/orders/{id}", "NORMAL"), ("GET", "/orders/{id}/lines", "NORMAL"), None),
    (("GET", "/{a}/lines", "NORMAL"), ("GET", "/orders/{b}", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/orders", "SWA"), ("GET", "/orders/7/lines", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/orders", "SWA"), ("GET", "/ordersearch", "NORMAL"), None),
    (("GET", "/orders/a", "SWA"), ("GET", "/orders/b", "SWA"), None),
    (("GET", "/", "SWA"), ("GET", "/anything/at/all", "NORMAL"), Overlap.POSSIBLE),
    (("GET", "/", "NORMAL"), ("GET", "/orders", "NORMAL"), None),
]


@every_row(("first", "second", "expected"), PAIRS)
def test_how_two_routes_meet(
    first: tuple[str, str, str], second: tuple[str, str, str], expected: Overlap | None
) -> None:
    assert meet(first, second) is expected
    assert meet(second, first) is expected


WORDS = ("a", "b", "{x}", "{y}")
ROUTES = st.tuples(
    st.sampled_from(["GET", "POST", "ANY"]),
    st.lists(st.sampled_from(WORDS), max_size=3).map(lambda parts: "/" + "/".join(parts)),
    st.sampled_from(["NORMAL", "SWA"]),
)


def requests(route: tuple[str, str, str]) -> set[tuple[str, tuple[str, ...]]]:
    """Every request that a route answers, with paths of up to four parts of which each is one of three words."""
    method, path, mode = route
    methods = ("GET", "POST") if method == "ANY" else (method,)
    parts = tuple(part for part in path.split("/") if part)
    answered = set()
    for length in range(5):
        for words in itertools.product("abc", repeat=length):
            fits = len(words) == len(parts) or (mode == "SWA" and len(words) > len(parts))
            if fits and all(part.startswith("{") or part == word for part, word in zip(parts, words, strict=False)):
                answered |= {(method, words) for method in methods}
    return answered


@given(st.lists(ROUTES, max_size=6), ROUTES)
def test_a_table_finds_exactly_the_routes_that_share_a_request(
    known: list[tuple[str, str, str]], asked: tuple[str, str, str]
) -> None:
    table: RouteTable[int] = RouteTable()
    for number, route in enumerate(known):
        table.add(Route.parse(*route), number)
    found = [number for number, _ in table.find(Route.parse(*asked))]
    assert sorted(found) == [number for number, route in enumerate(known) if requests(route) & requests(asked)]
    exact = [number for number, how in table.find(Route.parse(*asked)) if how is Overlap.EXACT]
    assert exact == [number for number, route in enumerate(known) if Route.parse(*route) == Route.parse(*asked)]


def test_a_long_path_is_no_deep_recursion() -> None:
    table: RouteTable[str] = RouteTable()
    table.add(Route.parse("GET", "/a" * 5000, "NORMAL"), "deep")
    assert [owner for owner, _ in table.find(Route.parse("GET", "/", "SWA"))] == ["deep"]
