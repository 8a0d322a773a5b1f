"""What the target has to the last bit: what is said of it without the table of the modes is what the table says."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assetpkg import ImportOptions, Instance, Mode
from assetpkg.kinds.kind import id_field, name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package, load
from assetpkg.planning.assumptions import ASSUMPTIONS, ONE_NAME
from assetpkg.planning.context import ImportContext
from assetpkg.planning.plan import find_changes, judged_change
from assetpkg.planning.twins import find_twin, may_have_twins
from assetpkg.resource.inspection import scope_field
from tests.laws.strategies import Document, Draw, laws, packages

ANSWERS = st.fixed_dictionaries({name: st.sampled_from(known.values) for name, known in ASSUMPTIONS.items()})


def edited(draw: Draw, document: Document, resource: Resource, others: list[Resource]) -> Document:
    """Return a document with something of it changed: its name, its id, a reference, or what it says."""
    kind, other = resource.kind, draw(st.sampled_from(others))
    known, name, scope = id_field(kind), name_field(kind).name, scope_field(kind)
    changes: list[Document] = [{"description": "another"}, {name: "another-name"}, {name: other.name}]
    if known is not None:
        changes += [{known.name: "another-id"}, {known.name: other.id}]
    changes += [{step: other.id} for step in filter(None, [scope, *_referring(resource)])]
    return {**document, **draw(st.sampled_from(changes))}


def _referring(resource: Resource) -> list[str]:
    return [use.pointer[1:] for use in resource.references if use.pointer.count("/") == 1]


def altered(draw: Draw, package: Package) -> Package:
    """Draw a package in which some resources of another one are gone, changed, or there for a second time."""
    archive = package.archive
    for resource in package.resources:
        document: dict[str, Any] = package.document(resource.address)
        for fate in draw(st.sets(st.sampled_from(["gone", "changed", "copied"]), max_size=1)):
            content = json.dumps(edited(draw, document, resource, list(package.resources))).encode()
            if fate == "gone":
                archive = archive.without(resource.entry)
            else:
                copied = resource.entry.removesuffix(".json") + " copy.json"
                archive = archive.with_contents({copied if fate == "copied" else resource.entry: content})
    return load(archive, beside=package, faults_wanted=False)


@laws
@given(packages(), st.data(), ANSWERS)
def test_what_is_the_same_is_planned_as_it_is_judged(
    package: Package, data: st.DataObject, answers: dict[str, str]
) -> None:
    brought, there = altered(data.draw, package), altered(data.draw, package)
    target = Instance.from_package(there, complete=data.draw(st.booleans()))
    options = ImportOptions(mode=Mode.MERGE, assumptions=answers, datasource_overwrite=data.draw(st.booleans()))
    context = ImportContext(brought, target, options)
    assert may_have_twins(context)
    judged = [judged_change(ImportContext(brought, target, options), resource) for resource in brought.resources]
    assert list(find_changes(context).changes) == judged


@laws
@given(packages(), ANSWERS)
def test_all_that_is_there_is_the_same(package: Package, answers: dict[str, str]) -> None:
    context = ImportContext(
        package, Instance.from_package(package), ImportOptions(mode=Mode.MERGE, assumptions=answers)
    )
    found = [find_twin(context, resource) for resource in package.resources]
    if answers["names-differ-by"] != ONE_NAME:
        assert found == list(package.resources)
