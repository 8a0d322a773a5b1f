"""Packages merged: the laws of what two make, and of what two versions of one make."""

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Merge
from assetpkg.package.index import Path, derive_id
from assetpkg.package.package import Package
from tests.laws.strategies import laws, pack, packages, unpacked

LIMITS = st.integers(1, 3)


def whole(found: Merge) -> Package:
    assert found.package is not None, [clash.message for clash in found.clashes]
    return found.package


@laws
@given(packages(), packages())
def test_a_side_that_is_as_it_was_leaves_the_other_side(old: Package, new: Package) -> None:
    again = unpacked(pack(old))
    for found, gone_by in ((assetpkg.merge(new, again, old), "a"), (assetpkg.merge(again, new, old), "b")):
        package = whole(found)
        assert package.digest == new.digest
        assert dict(package.archive.entries).keys() == dict(new.archive.entries).keys()
        sides = [each.side for each in found.taken], [each.side for each in found.removed]
        assert {*sides[0], *sides[1], *(each.side for each in found.files)} <= {gone_by}
        assert (found.settled, found.same + len(found.taken)) == ((), len(new.resources))


@laws
@given(packages())
def test_a_package_merged_with_itself_is_itself(package: Package) -> None:
    for base in (None, package, Package.new("nothing")):
        assert whole(assetpkg.merge(package, unpacked(pack(package)), base)).digest == package.digest


@laws
@given(packages(), LIMITS)
def test_the_parts_of_a_split_make_the_whole(package: Package, most: int) -> None:
    merged, *parts = (batch.package for batch in assetpkg.split(package, most).batches)
    for part in parts:
        merged = whole(assetpkg.merge(merged, part))
    assert assetpkg.diff(package, merged).is_same
    assert {name: package.digests[name] for name in package.unused_files} == {
        name: merged.digests[name] for name in merged.unused_files
    }
    assert {found.address: found.id for found in merged.resources} == {
        found.address: found.id for found in package.resources
    }


@laws
@given(packages(), st.data())
def test_a_part_adds_nothing_to_the_whole(package: Package, data: st.DataObject) -> None:
    part = assetpkg.subset(package, data.draw(st.sampled_from(list(package.index.by_address)))).package
    assert part is not None
    assert whole(assetpkg.merge(package, part)).digest == package.digest
    assert assetpkg.diff(whole(assetpkg.merge(part, package)), package).is_same


def of(*resources: tuple[str, Mapping[str, Any]]) -> Package:
    return Package.new("shop").with_resources(resources)


def group_and_api(application: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return an API group and an API, both without an id, each found by what is derived from the names above it."""
    group = {"name": "group", "version": "V2", "roma_app_id": derive_id(Path("application", (application,)))}
    api = {"name": "api", "group_id": derive_id(Path("api_group", (application, "group")))}
    return ("api_group", group), ("api", {**api, "req_method": "GET", "req_uri": "/", "type": 1})


TOPIC = ("topic", {"name": "topic", "app_id": "key-0", "access_policy": "all"})


@laws
@given(packages(unknown=False), packages(unknown=False))
# Another application has the key that a topic says.
@example(
    of(("application", {"name": "00", "key": "key-0"}), TOPIC),
    of(("application", {"name": "0", "key": "key-0"}), TOPIC),
)
@example(
    of(("application", {"id": "a" * 32, "name": "00", "key": "key-0"}), TOPIC),
    of(("application", {"name": "0", "key": "key-0"}), ("application", {"name": "00", "key": "key-1"}), TOPIC),
)
@example(
    of(("application", {"name": "00", "key": "key-0"}), TOPIC),
    of(("application", {"name": "1", "key": "key-0"}), TOPIC),
)
# An application has an id in the earlier package only, and what is new is below it.
@example(
    of(("application", {"id": "a" * 32, "name": "0", "key": "key-0"})),
    of(("application", {"name": "0", "key": "key-0"}), *group_and_api("0")),
)
def test_a_delta_brings_everything_but_what_is_gone(old: Package, new: Package) -> None:
    delta = assetpkg.subset(new, since=old)
    # What was renamed, and has no id by which it is known again, is there under both names afterwards.
    assume(all(each.alike_by != "content" for each in assetpkg.diff(old, new).with_action("renamed")))
    if delta.package is None:
        return
    found = assetpkg.merge(old, delta.package, prefer="b")
    if found.package is None:
        # What only the earlier package has refers to what the delta has made something else.
        assert {clash.word for clash in found.clashes} <= {"reference", "same-name"}
        return
    rest = assetpkg.diff(found.package, new).differences
    assert {each.action for each in rest} <= {"removed"}
    assert {each.address for each in rest} <= set(delta.gone)


def documents(package: Package | None) -> Mapping[str, object] | None:
    return None if package is None else {found.address: package.document(found.address) for found in package.resources}


def clashes(found: Merge) -> list[tuple[str, list[str]]]:
    """Return the words of the clashes, and where they are: an item that only A has is in no place of B but its list."""
    lists = re.compile(r"/[0-9]+\Z")
    return sorted((clash.word, sorted(lists.sub("", each) for each in clash.pointers)) for clash in found.clashes)


MIRRORED = {"a": "b", "b": "a", "both": "both", None: None}


RENAMED = {"key": "key-0", "x-words": ["enough", "to", "know"]}
"""What an application says by which it is known again under another name."""


@laws
@given(packages(), packages(), packages(), st.booleans(), st.sampled_from([None, "a", "b"]))
# Two versions have another application each of one name and one id, and something refers to one of them.
@example(
    of(
        ("application", {"id": "a" * 32, "name": "00", **RENAMED}),
        ("datasource", {"datasource_name": "orders", "app_id": "a" * 32}),
    ),
    of(("application", {"id": "a" * 32, "name": "00"})),
    of(("application", {"name": "0", **RENAMED})),
    True,  # noqa: FBT003 - drawn elsewhere
    "a",
)
def test_sides_swapped_make_the_same(
    one: Package,
    other: Package,
    old: Package,
    with_base: bool,  # noqa: FBT001 - drawn
    prefer: str | None,
) -> None:
    base = old if with_base else None
    there = assetpkg.merge(one, other, base, prefer=prefer)  # type: ignore[arg-type]
    back = assetpkg.merge(other, one, base, prefer=MIRRORED[prefer])  # type: ignore[arg-type]
    assert clashes(there) == clashes(back)
    assert (there.package is None) == (back.package is None)
    if there.package is not None and back.package is not None:
        assert assetpkg.diff(there.package, back.package).is_same
        assert set(there.package.unused_files) == set(back.package.unused_files)
        assert sorted((each.address, each.side) for each in there.removed) == sorted(
            (each.address, MIRRORED[each.side]) for each in back.removed
        )


KEYS = st.sampled_from(["xx", "yy", "zz"])
CHANGES = st.dictionaries(KEYS, st.none() | st.sampled_from(["one", "two", 3, 4.50, [1, {"a": 2}]]), max_size=3)
BEGUN = {"xx": "one", "yy": 1}


def changed(package: Package, changes: Mapping[str, Mapping[str, Any] | None]) -> Package:
    """Return the package with other members, `None` for none, in some resources, and without others."""
    kept = {address: made for address, made in changes.items() if made is not None}
    documents = {
        address: {
            key: value for key, value in {**package.document(address), **made}.items() if made.get(key, ...) is not None
        }
        for address, made in kept.items()
    }
    return package.with_changes(changed=documents, removed=[address for address in changes if address not in kept])


def there_then(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is there after all changes: what is taken away and was never there is no change."""
    return {key: value for key, value in members.items() if value is not None}


def oracle(base: Any, one: Any, other: Any) -> Any:
    """Return what two have made of a value; `...` is a clash, and `None` no value."""
    if other in (one, base):
        return one
    return other if one == base else ...


@laws
@given(packages(), st.data())
def test_what_two_have_changed_is_as_each_member_says(package: Package, data: st.DataObject) -> None:
    base = changed(package, {found.address: BEGUN for found in package.resources})
    used = {needed.address for found in base.resources for _, needed in base.index.leads_of(found)}
    chosen = [found.address for found in base.resources if found.address not in used] or list(base.index.by_address)
    made = st.dictionaries(st.sampled_from(chosen), CHANGES | (st.none() if used else st.nothing()), max_size=3)
    one, other = data.draw(made), data.draw(made)
    a, b = changed(base, one), changed(base, other)
    assume(a.resources and b.resources)
    found = assetpkg.merge(a, b, base)
    clashes: set[tuple[str, str]] = set()
    expected: dict[str, Any] = {}
    for address in base.index.by_address:
        changes = one.get(address, {}), other.get(address, {})
        news = [None if each is None else there_then({**BEGUN, **each}) for each in changes]
        if None in news:
            there = next((new for new in news if new is not None), BEGUN)
            clashes |= {(address, "")} if there != BEGUN else set()
            continue
        wanted = {
            key: oracle(BEGUN.get(key), *(new.get(key) for new in news if new is not None))
            for key in ("xx", "yy", "zz")
        }
        clashes |= {(address, f"/{key}") for key, value in wanted.items() if value is ...}
        expected[address] = {key: value for key, value in wanted.items() if value is not None}
    assert {(each.address, "".join(each.pointers)) for each in found.clashes} == clashes
    if not clashes:
        merged = whole(found)
        assert set(merged.index.by_address) == set(expected)
        for address, wanted in expected.items():
            assert merged.document(address) == {**package.document(address), **wanted}
            entry = merged.resource(address).entry
            untouched = [side for side in (one, other) if not side.get(address, {})]
            bytes_ = [side.archive.entries[entry].read() for side in (a, b)]
            assert len(untouched) == 0 or merged.archive.entries[entry].read() in bytes_
