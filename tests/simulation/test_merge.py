"""Packages merged: what is refused, layouts of other programs, and the text of what is made of two."""

import json
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.documents.rewriting import Source
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.package.index import Path as Names
from assetpkg.package.index import derive_id
from assetpkg.resource.joining import Joined, join_documents
from assetpkg.resource.orders import joined_order
from assetpkg.simulation.merging.groups import no_meanings
from tests.build import API, APPLICATION, DATASOURCE, TOPIC, edited, make_package
from tests.conftest import SAMPLES
from tests.package.test_foreign_layout import WHOLE, toy
from tests.tables import every_row

PACKAGE = make_package()


def words(found: assetpkg.Merge) -> list[tuple[str, str]]:
    return [(clash.word, clash.address) for clash in found.clashes]


def test_what_cannot_be_merged_is_refused() -> None:
    with pytest.raises(assetpkg.InvalidOption, match="to prefer is 'a' or 'b', not 'ours'"):
        assetpkg.merge(PACKAGE, PACKAGE, prefer="ours")  # type: ignore[arg-type]
    damaged = make_package({"topics/order-events.json": b"{"})
    several = toy(WHOLE)
    taught = assetpkg.read(SAMPLES / "export.zip", layouts=[assetpkg.read_layout(SAMPLES / "export.toml")])
    for package, other, reason in (
        (PACKAGE, damaged, "cannot be read as part of a package"),
        (several, several, "contains several resources"),
        (PACKAGE, taught, "are of different layouts; write both in the own one with 'assetpkg convert'"),
    ):
        for packages in ((package, other), (package, package, other)):
            with pytest.raises(assetpkg.InvalidPackage, match=reason):
                assetpkg.merge(*packages)


def test_an_archive_of_another_layout_takes_changes_and_nothing_new(tmp_path: Path) -> None:
    layout = assetpkg.read_layout(SAMPLES / "export.toml")
    base = assetpkg.read(SAMPLES / "export.zip", layouts=[layout])
    topic = base.document("topic/orders")
    a = base.with_document("topic/orders", {**topic, "description": "of A"})
    b = base.with_document("topic/orders", {**topic, "partition": 7})
    found = assetpkg.merge(a, b, base)
    assert found.package is not None
    assetpkg.write(found.package, tmp_path / "merged.zip")
    again = assetpkg.read(tmp_path / "merged.zip", layouts=[layout])
    assert again.document("topic/orders") == {**topic, "description": "of A", "partition": 7}
    assert {each.address for each in assetpkg.diff(base, again).differences} == {"topic/orders"}
    part = assetpkg.subset(base, "topic/orders").package
    assert part is not None
    for one, other in ((part, base), (base, part)):
        # What one side has removed is gone; where one side is as it was, the other one is the whole answer.
        assert assetpkg.merge(one, other, base).package is part
        assert assetpkg.merge(one, other, part).package is base
    added = {clash.address for clash in assetpkg.merge(part, a, part, prefer="b").settled}
    assert added == set()
    with pytest.raises(assetpkg.InvalidPackage, match=r"cannot be put into .* assetpkg can only read its layout"):
        assetpkg.merge(part, base)


def test_names_that_differ_in_case_live_beside_each_other() -> None:
    shop = {"applications/shop.json": edited(APPLICATION, id="app-2", name="shop", key="other-key")}
    group = {"api_groups/shop/orders.json": {"id": "g-2", "name": "orders", "version": "V2", "roma_app_id": "app-2"}}
    none = dict.fromkeys(
        ("applications/Shop.json", "api_groups/Shop/orders.json", "apis/Shop/orders/get-order.json",
         "datasources/orders-db.json", "tasks/sync_orders.json", "topics/order-events.json"),
    )  # fmt: skip
    other = make_package({**none, **shop, **group, "README": b"b"})
    found = assetpkg.merge(make_package({"readme": b"a"}), other)
    assert words(found) == [("same-file", "readme")]
    assert "differs from another one only in the case of letters" in found.clashes[0].message
    merged = assetpkg.merge(PACKAGE, make_package({**none, **shop, **group})).package
    assert merged is not None
    entries = list(merged.archive.entries)
    assert len({entry.casefold() for entry in entries}) == len(entries) == 9
    assert {"application/Shop", "application/shop", "api_group/shop/orders"} <= set(merged.index.by_address)
    assert not assetpkg.check(merged, assetpkg.Policy.parse(select=["PKG"]))


def test_references_follow_names_and_ids() -> None:
    """By whatever field a reference leads, and also in texts, it leads there afterwards."""
    renamed = make_package(
        {
            "applications/Shop.json": edited(APPLICATION, key="new-key"),
            "topics/order-events.json": edited(TOPIC, app_id="new-key"),
        }
    )
    new = make_package({"topics/news.json": edited(TOPIC, name="news")})
    for found in (assetpkg.merge(renamed, new, PACKAGE), assetpkg.merge(new, renamed, PACKAGE)):
        assert found.package is not None
        assert found.package.document("topic/news")["app_id"] == "new-key"
        assert found.package.document("topic/order-events")["app_id"] == "new-key"
    old_id, new_id = "0" * 32, "1" * 32
    detail = json.dumps({"error_handler": [{"id": old_id}], "n": 1})
    task = {"task_name": "mine", "source_datasource_id": old_id, "task_detail": detail}
    base = make_package({"datasources/orders-db.json": edited(DATASOURCE, datasource_id=old_id)})
    moved = make_package({"datasources/orders-db.json": edited(DATASOURCE, datasource_id=new_id)})
    mine = make_package(
        {"datasources/orders-db.json": edited(DATASOURCE, datasource_id=old_id), "tasks/mine.json": task}
    )
    merged = assetpkg.merge(mine, moved, base).package
    assert merged is not None
    assert merged.document("task/mine") == {
        "task_name": "mine",
        "source_datasource_id": new_id,
        "task_detail": detail.replace(old_id, new_id),
    }


def of(*resources: tuple[str, dict[str, Any]]) -> assetpkg.Package:
    return assetpkg.Package.new("shop").with_resources(resources)


NEW_NAME = ("application", {"name": "Store", "key": "shop-key"})
OLD_NAME = ("application", {"name": "Shop", "key": "shop-key"})
EVENTS = ("topic", {"name": "events", "app_id": "shop-key", "access_policy": "all"})


def test_the_same_bytes_that_refer_to_something_else_are_not_the_same() -> None:
    """A topic says the key of its application, and in each package that is another application."""
    before, after = of(OLD_NAME, EVENTS), of(NEW_NAME, EVENTS)
    for one, other, names in ((before, after, ("Shop", "Store")), (after, before, ("Store", "Shop"))):
        assert words(assetpkg.merge(one, other)) == [("content", "topic/events")]
        assert assetpkg.merge(one, other).clashes[0].pointers == ("/app_id",)
        for side, kept, lost in (("a", *names), ("b", *reversed(names))):
            found = assetpkg.merge(one, other, prefer=side)  # type: ignore[arg-type]
            if kept == "Shop":  # the first one that has the key is what the key leads to
                assert found.package is not None
                assert found.package.index.addresses_used_by(found.package.resource("topic/events")) == (
                    f"application/{kept}",
                )
                continue
            assert found.package is None
            assert words(found) == [("reference", "topic/events")]
            assert f"refers to application/{kept} at /app_id, which would lead to another resource" in (
                found.clashes[0].message
            )
            assert lost not in found.clashes[0].message


def test_of_two_versions_a_reference_leads_where_the_one_that_changed_it_leads() -> None:
    before, after = of(OLD_NAME, EVENTS), of(NEW_NAME, EVENTS)
    mine = of(OLD_NAME, (EVENTS[0], {**EVENTS[1], "description": "mine"}))
    for one, other in ((mine, after), (after, mine)):
        merged = assetpkg.merge(one, other, before).package
        assert merged is not None
        assert set(merged.index.by_address) == {"application/Store", "topic/events"}
        assert merged.document("topic/events") == {**EVENTS[1], "description": "mine"}
    # Who has removed the topic has not removed what it is now.
    gone = of(OLD_NAME, ("topic", {"name": "other", "access_policy": "all"}))
    assert words(assetpkg.merge(gone, after, before)) == [("deleted", "topic/events")]


def test_what_is_below_something_else_is_found_there() -> None:
    """Without an id, a group is found by what is derived from the names above it, and that is what its API says."""
    known = ("application", {"id": "a" * 32, "name": "Shop", "key": "k"})
    above = ("application", {"name": "Shop", "key": "k"})
    group = (
        "api_group",
        {"name": "orders", "version": "V2", "roma_app_id": derive_id(Names("application", ("Shop",)))},
    )
    api = ("api", {**API, "name": "get", "group_id": derive_id(Names("api_group", ("Shop", "orders")))})
    api[1].pop("id", None)
    for one, other in ((of(known), of(above, group, api)), (of(above, group, api), of(known))):
        merged = assetpkg.merge(one, other, prefer="a" if one.resources[0].id_given else "b").package
        assert merged is not None
        assert set(merged.index.by_address) == {"application/Shop", "api_group/Shop/orders", "api/Shop/orders/get"}
        assert merged.document("application/Shop")["id"] == "a" * 32
        assert merged.document("api_group/Shop/orders")["roma_app_id"] == "a" * 32


def joined(kind: str, base: str, a: str, b: str) -> Joined:
    sources = tuple(Source(text, json.loads(text)) for text in (a, b))
    return join_documents(fields_of(KINDS[kind]), json.loads(base), (sources[0], sources[1]), no_meanings(), None)


TEXTS = {
    "compact": ('{"a":1}', '{"a":2}', '{"a":1,"b":[1.50,{"c":1e2}]}', '{"a":2,"b":[1.50,{"c":1e2}]}'),
    "one line": ('{"a": 1}', '{"a": 2}', '{"a":1,"b":[1.50,{"c":1e2}]}', '{"a": 2, "b": [1.50, {"c": 1e2}]}'),
    "tabs": ("{}", '{\n\t"a": 2\n}\n', '{"b":{"c":[]}}', '{\n\t"a": 2,\n\t"b": {\n\t  "c": []\n\t}\n}\n'),
    "Windows": ('{"z": 1}', '{\r\n  "a": 2,\r\n  "z": 1\r\n}', "{}", '{\r\n  "a": 2\r\n}'),
    "Windows, more": ("{}", '{\r\n  "a": 2\r\n}', '{"b": 1}', '{\r\n  "a": 2,\r\n  "b": 1\r\n}'),
    "first is gone": ('{"z": 1, "y": 2}', '{"z": 1, "y": 3}', '{"y": 2}', '{"y": 3}'),
    "last is gone": ('{"y": 2, "z": 1}', '{"y": 3,\n "z": 1}', '{"y": 2}', '{"y": 3}'),
    "all is gone": ('{"z": 1}', '{ "z": 1 }', "{}", "{}"),
    "to nothing": ("{}", "{ }", '{"z": "\\u0031"}', '{"z": "1"}'),
    "order of members": ('{"a": 1, "b": 1}', '{"b": 1, "a": 1}', '{"a": 2, "b": 1}', '{"b": 1, "a": 2}'),
    "a number is spelled as it was": ('{"a": 1.0}', '{"a": 1}', '{"a": 1.00, "b": 2}', '{"a": 1, "b": 2}'),
    "true is not 1": ('{"a": 1}', '{"a": true}', '{"a": 1, "b": 2}', '{"a": true, "b": 2}'),
}
"""The base, A, B, and the text that is made of them."""


@every_row("name", TEXTS)
def test_the_text_of_a_stays_as_far_as_it_says_the_same(name: str) -> None:
    base, a, b, expected = TEXTS[name]
    assert joined("topic", base, a, b) == (expected, ())


LISTS: dict[str, tuple[str, list[Any], list[Any], list[Any], list[Any] | None]] = {
    "a list of which nothing is known": ("unknown", ["a", "b"], ["b", "a", "c"], ["b", "d"], None),
    "a set of words": ("operation_types", ["I"], ["U", "I"], ["D", "I"], ["U", "I", "D"]),
    "what is gone from a set": ("operation_types", ["I", "U"], ["U"], ["I", "U", "D"], ["U", "D"]),
    "by keys": (
        "mappings",
        [{"source_table": "a", "n": 1}, {"source_table": "b"}],
        [{"source_table": "b"}, {"source_table": "a", "n": 2}],
        [{"source_table": "a", "n": 1, "m": 1}, {"source_table": "c"}],
        [{"source_table": "a", "n": 2, "m": 1}, {"source_table": "c"}],
    ),
    "a key twice": (
        "mappings",
        [{"source_table": "a"}],
        [{"source_table": "a"}, {"source_table": "a"}],
        [{"source_table": "a", "n": 1}],
        None,
    ),
}  # fmt: skip
"""A list of a composite task: in the base, in A, in B, and what is made of them; `None` is a clash."""


@every_row("name", LISTS)
def test_lists_are_joined_by_what_tells_their_items_apart(name: str) -> None:
    key, *versions, expected = LISTS[name]
    found = joined("composite_task", *(json.dumps({key: version}) for version in versions))
    assert [clash.pointer for clash in found.clashes] == ([f"/{key}"] if expected is None else [])
    if expected is not None:
        assert json.loads(found.text)[key] == expected


ORDERS: dict[str, tuple[str, str, str, str | None]] = {
    "one moves, the other adds": ("abc", "cab", "abcd", "cdab"),
    "one removes what the other moves beside": ("abc", "ac", "bac", "bac"),
    "both add, at two places": ("ab", "xab", "aby", "xaby"),
    "both add, at one place": ("ab", "abx", "aby", None),
    "both add, at the beginning": ("ab", "xab", "yab", None),
    "both add the same": ("ab", "abx", "abx", "abx"),
    "both move alike, and one adds": ("abc", "cba", "cxba", "cxba"),
    "both move": ("abc", "bac", "acb", None),
}
"""The keys of a list in the base, in A and in B, and those that are made of them; `None` is a clash."""


@every_row("name", ORDERS)
def test_where_the_order_counts_one_of_two_may_change_it_at_a_place(name: str) -> None:
    base, a, b, expected = ORDERS[name]
    for one, other in ((a, b), (b, a)):
        found = joined_order(base, one, other, strict=True)
        assert (None if found is None else "".join(found)) == expected


def test_no_class_is_no_clash_of_members_but_of_all() -> None:
    base = make_package({"apis/Shop/orders/get-order.json": edited(API, unknown={"a": 1, "b": 1})})
    one, other = (
        make_package({"apis/Shop/orders/get-order.json": edited(API, unknown={"a": 1, "b": 1, key: 2})})
        for key in ("a", "b")
    )
    found = assetpkg.merge(one, other, base)
    assert [clash.pointers for clash in found.clashes] == [("/unknown",)]


def test_a_clash_shows_where_long_values_differ() -> None:
    begin = "the same at first, " * 20
    old, a, b = (
        make_package({"topics/order-events.json": edited(TOPIC, description=text)})
        for text in ("", begin + "A", begin + "B")
    )
    (clash,) = assetpkg.merge(a, b, old).clashes
    assert clash.message.endswith('in A to … the same at first, A", and in B to … the same at first, B"')


def test_a_credential_that_a_message_cuts_is_masked_all_the_same() -> None:
    """The sign behind the password is cut off, without which nobody would know what is before it."""
    sides = (
        of(("application", {"id": "app-1", "key": "shop-key", "name": f"{'at ' * 13}{address}"}))
        for address in ("ftp://a:Zq7Canary9Xw@one.example.com/", "ftp://a:Zq7Canary8Xw@two.example.com/")
    )
    (clash,) = assetpkg.merge(*sides).clashes
    assert clash.word == "name"
    assert "…" in clash.message
    assert "Canary" not in clash.message
