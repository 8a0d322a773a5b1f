"""A package made ready for another environment: nothing that nobody asked for, every reference, and the way back."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import assetpkg
from assetpkg.authoring.adapt.reading import adapt_file_of
from assetpkg.kinds import KINDS
from assetpkg.package.package import Package
from assetpkg.resource.naming import judge_prefixed
from assetpkg.target.instance import Instance
from tests.laws.strategies import LETTERS, packages

fewer = settings(max_examples=settings().max_examples // 2)
"""Each example adapts a package or two, and plans them."""
RENAMED = sorted(word for word in KINDS if word in {"application", "datasource", "topic", "api_group", "task", "api"})
NAMES = st.text(LETTERS, min_size=4, max_size=10).map("n".__add__)


def by(resources: dict[str, Any], **members: Any) -> assetpkg.AdaptFile:
    return adapt_file_of({"format": "assetpkg-adapt/1", "resources": resources, **members})


def rename(name: str) -> dict[str, str]:
    return {"decision": "rename", "name": name}


def contents(package: Package) -> dict[str, bytes]:
    return {name: entry.read() for name, entry in package.archive.entries.items()}


@st.composite
def renamed(draw: Any) -> tuple[Package, dict[str, str]]:
    """Draw a package, and new names for some of it, which nothing has yet."""
    package = draw(packages())
    # A name that a kind may not have cannot be given back.
    good = [each for each in package.resources if judge_prefixed(each.kind, "", each.name) is None]
    addresses = [each.address for each in good if each.path.kind in RENAMED]
    assume(addresses)
    chosen = draw(st.lists(st.sampled_from(addresses), min_size=1, max_size=4, unique=True))
    names = draw(st.lists(NAMES, min_size=len(chosen), max_size=len(chosen), unique_by=str.casefold))
    return package, dict(zip(chosen, names, strict=True))


@fewer
@given(packages())
def test_an_empty_file_is_the_identity(package: Package) -> None:
    made = assetpkg.adapt(package, by({}))
    assert made.is_same
    assert contents(made.package) == contents(package)
    assert (made.values, made.renamed, made.left_out, made.stale, made.unused) == ((), (), (), (), ())


@fewer
@given(renamed())
def test_every_reference_holds_under_new_names_and_all_other_bytes_stay(drawn: tuple[Package, dict[str, str]]) -> None:
    package, names = drawn
    made = assetpkg.adapt(package, by({address: rename(name) for address, name in names.items()}))
    after = {each.address: each.new_address for each in made.renamed}
    assert {each.address: each.new_name for each in made.renamed} == names
    places = {old.place.entry: old for old in package.resources}
    assert len(made.package.resources) == len(places)
    for old in package.resources:
        leads_before = sorted(found.address for _, found in package.index.leads_of(old))
        new = _same(made, old.address, after)
        leads_after = sorted(found.address for _, found in made.package.index.leads_of(made.package.resource(new)))
        assert leads_after == sorted(_same(made, each, after) for each in leads_before)
    touched = {each.address for each in made.followed} | set(names)
    kept = {name: content for name, content in contents(package).items() if name != package.layout.manifest}
    stay = {old.entry: old for old in package.resources if old.address not in touched}
    there = list(contents(made.package).values())
    for name, content in kept.items():
        if name in stay or name not in places:
            assert content in there


@fewer
@given(renamed())
def test_the_inverse_names_lead_back(drawn: tuple[Package, dict[str, str]]) -> None:
    package, names = drawn
    there = assetpkg.adapt(package, by({address: rename(name) for address, name in names.items()}))
    old = {each.new_address: rename(each.name) for each in there.renamed}
    back = assetpkg.adapt(there.package, by(old)).package
    assert {each.address: back.document(each.address) for each in back.resources} == {
        each.address: package.document(each.address) for each in package.resources
    }
    assert back.manifest == package.manifest


@fewer
@given(renamed(), st.data())
def test_a_plan_by_a_file_is_the_plan_of_what_it_makes(
    drawn: tuple[Package, dict[str, str]], data: st.DataObject
) -> None:
    package, names = drawn
    resources: dict[str, Any] = {address: rename(name) for address, name in names.items()}
    others = [each.address for each in package.resources if each.address not in resources]
    if others:
        first = data.draw(st.sampled_from(others))
        resources[first] = {"decision": data.draw(st.sampled_from(["keep-target", "accept"]))}
        if resources[first]["decision"] == "accept":
            resources[first]["accept"] = {"IMP021": "agreed"}
    file = by(resources)
    made = assetpkg.adapt(package, file)
    target = Instance.from_package(package)
    planned = assetpkg.plan(package, target, adapt=file)
    direct = assetpkg.plan(made, target)
    assert planned.changes == direct.changes
    assert (planned.diagnostics, planned.accepted) == (direct.diagnostics, direct.accepted)
    assert planned.verdict is direct.verdict


def _same(made: assetpkg.Adaptation, address: str, after: dict[str, str]) -> str:
    """Return the address that a resource has now: its own name may be another one, and those that it is below."""
    old = made.whole.resource(address)
    names = list(old.path.names)
    resource: Any = old
    for depth in range(len(names) - 1, -1, -1):
        if resource is None:
            break
        if resource.address in after:
            names[depth] = next(each.new_name for each in made.renamed if each.address == resource.address)
        resource = made.whole.index.parent_of(resource)
    return str(old.path._replace(names=tuple(names)))
