"""A part of a package: the laws of what is in it."""

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.package.package import Package
from tests.laws.strategies import laws, pack, packages, unpacked


def unresolved(package: Package) -> list[tuple[str, str]]:
    """Return the references that lead to nothing, each with what has it."""
    found = assetpkg.check(package, assetpkg.Policy.parse(select=["REF"]))
    return sorted((each.address or "", each.message) for each in found)


def bytes_of(package: Package) -> dict[str, bytes]:
    return {found.entry: package.archive.entries[found.entry].read() for found in package.resources}


@laws
@given(packages())
def test_all_of_a_package_is_the_package(package: Package) -> None:
    found = assetpkg.subset(package, ["*"])
    assert found.package is not None
    assert bytes_of(found.package) == bytes_of(package)
    assert (found.left, found.cut, dict(found.came_along)) == ((), (), {})
    assert found.files or pack(found.package) == pack(package)


@laws
@given(packages(), st.data())
def test_a_part_has_what_it_refers_to_and_is_its_own_part(package: Package, data: st.DataObject) -> None:
    addresses = list(package.index.by_address)
    only = data.draw(st.lists(st.sampled_from(addresses), min_size=1, unique=True))
    found = assetpkg.subset(package, only)
    part = found.package
    assert part is not None
    assert set(part.index.by_address) == {*only, *found.came_along} == set(addresses) - set(found.left)
    assert bytes_of(part).items() <= bytes_of(package).items()
    for resource in part.resources:
        assert resource.id == package.resource(resource.address).id
        leads = {needed.address for _, needed in package.index.leads_of(package.resource(resource.address))}
        assert {needed.address for _, needed in part.index.leads_of(resource)} == leads
    assert set(unresolved(part)) <= set(unresolved(package))
    again = assetpkg.subset(part, only)
    assert again.package is not None
    assert again.package.digest == part.digest
    assert dict(again.came_along) == dict(found.came_along)
    for address, users in found.came_along.items():
        for user in users:
            assert address in {needed.address for _, needed in part.index.leads_of(part.resource(user))}


@laws
@given(packages(), st.data())
def test_what_is_taken_away_is_needed_or_cut_or_gone(package: Package, data: st.DataObject) -> None:
    without = data.draw(st.sampled_from(list(package.index.by_address)))
    users = {
        (found.address, reference.pointer)
        for found in package.resources
        for reference, needed in package.index.leads_of(found)
        if needed.address == without
    }
    refused = assetpkg.subset(package, without=[without])
    assert {(each.address, each.pointer) for each in refused.refused} == users
    assert (refused.package is None) == bool(users or len(package.resources) == 1)
    cut = assetpkg.subset(package, without=[without], dependencies=False)
    assert {(each.address, each.pointer) for each in cut.cut if each.needs == without} == users
    assert cut.package is None or bytes_of(cut.package) == {
        entry: content for entry, content in bytes_of(package).items() if entry != package.resource(without).entry
    }


@laws
@given(packages(), packages())
def test_a_delta_has_everything_that_is_not_as_it_was(old: Package, new: Package) -> None:
    nothing = assetpkg.subset(new, since=unpacked(pack(new)))
    assert (nothing.package, dict(nothing.chosen), dict(nothing.gone)) == (None, {}, {})
    found, differences = assetpkg.subset(new, since=old), assetpkg.diff(old, new).differences
    assert set(found.chosen) == {each.after for each in differences if each.after is not None}
    assert set(found.gone) == {each.before for each in differences if each.action in {"removed", "renamed"}}
    if found.package is not None:
        rest = assetpkg.diff(found.package, new).differences
        assert {each.action for each in rest} <= {"added"}
        assert {each.address for each in rest} == set(found.left)
