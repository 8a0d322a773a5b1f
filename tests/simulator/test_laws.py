"""The two laws: after an import, what is there is what `apply` says, and its job is the predicted one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import reconcile
from assetpkg.errors import CannotRead
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Computed
from assetpkg.kinds.operations import OPERATIONS
from assetpkg.package.package import Package
from assetpkg.simulation.job import parse_job
from assetpkg.simulation.verdict import Verdict
from assetpkg.simulator.importing import carry_out, plan_import, refuse_call
from assetpkg.simulator.refusals import Refusal
from assetpkg.simulator.state import State
from assetpkg.target.instance import Function, Instance, InstanceFacts, QuotaState
from tests.build import make_instance
from tests.laws.strategies import Draw, laws, packages
from tests.laws.test_imports import drifted, options
from tests.simulator.collecting import collect, direct
from tests.simulator.telling import QUOTAS, hold, kinds_told
from tests.target.instances import everything

URN = "urn:fss:r-1:p-1:function:default:f"
FUNCTIONS = st.lists(
    st.builds(
        Function,
        urn=st.sampled_from([f"{URN}{number}" for number in range(3)]),
        version=st.sampled_from(["latest", "v1", "v2"]),
        alias=st.sampled_from([None, "", "stable"]),
    ),
    max_size=5,
).map(tuple)
"""Functions of which one version may have an alias, and another may have it as well."""
FACTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "functions": st.none() | FUNCTIONS,
        "quotas": st.dictionaries(
            st.sampled_from(sorted({*QUOTAS, "datasource"})),
            st.builds(QuotaState, limit=st.just(5000), used=st.integers(0, 9)),
        ),
        "facts": st.dictionaries(
            st.sampled_from(["app_route", "b"]), st.sampled_from([True, False, "off", "on", "20"])
        ).map(lambda features: InstanceFacts(features=features)),
    }
)
"""What a target says beside its resources."""


def compare(there: Instance, after: Instance, most: int) -> None:
    """Hold what is read of `after`, so many items at a time, against an instance."""
    ask = direct(after)
    complete = "application" in there.covers
    if not kinds_told(there):
        with pytest.raises(CannotRead):
            collect(ask, most=most, complete=complete)
        return
    found = collect(ask, most=most, complete=complete)
    assert found.refused == ()
    hold(there, found.instance)


@st.composite
def mapped_packages(draw: Draw) -> Package:
    """Draw a package whose composite tasks may map tables of several data sources."""
    package: Package = draw(packages())
    sources = [each.id for each in package.index.resources_of("datasource")]
    for task in package.index.resources_of("composite_task"):
        document = package.document(task.address)
        ends = {name: draw(st.sampled_from(sources)) for name in ("source_datasource_id", "target_datasource_id")}
        others = [{**ends, "source_table": "u"}] if draw(st.booleans()) else []
        package = package.with_document(task.address, {**document, "mappings": [*document["mappings"], *others]})
    return package


@laws
@given(mapped_packages(), st.data())
def test_what_is_read_after_an_import_is_what_apply_says(package: Package, data: st.DataObject) -> None:
    before, chosen = replace(data.draw(drifted(package)), **data.draw(FACTS)), data.draw(options())
    partial = data.draw(st.booleans())
    state = State.of(before)
    plan = plan_import(package, state.instance, chosen)
    after = state.with_import(carry_out(plan, partial=partial))
    expected = assetpkg.plan(package, before, chosen)
    blocked = expected.verdict is Verdict.BLOCKED and not partial
    there = before if blocked else expected.apply().instance
    assert after.instance.digest == there.digest
    assert State.parse(after.dump()).instance.digest == there.digest
    compare(there, after.instance, data.draw(st.sampled_from([1, 3, 100])))


@laws
@given(packages(), st.data())
def test_the_job_is_the_predicted_one(package: Package, data: st.DataObject) -> None:
    before, chosen = data.draw(drifted(package)), data.draw(options())
    plan = assetpkg.plan(package, before, chosen)
    if any(each.refused or (each.address is None and each.documented) for each in plan.prediction.elsewhere):
        with pytest.raises(Refusal):
            refuse_call(plan)
        return
    refuse_call(plan)
    done = carry_out(plan_import(package, before, chosen))
    assert (done.status == "FAILED") == (plan.verdict is Verdict.BLOCKED)
    assert done.status == "FAILED" or not plan.prediction.reasons
    told = {"id": "1", "type": "importAsset", "status": done.status, "reasons": list(done.reasons)}
    found = reconcile(plan.prediction, parse_job(json.dumps(told).encode(), "job"))
    assert found.all_foreseen
    assert len(found.foreseen) == len(done.reasons)
    if done.status == "FAILED":
        names = {(each["resource_type"], each["resource_name"]) for each in done.reasons}
        predicted = [(each.resource_type, each.resource_name) for each in plan.prediction.reasons]
        assert names <= set(predicted)
        assert len(done.reasons) == 10 or names == set(predicted)


OTHER_NAMES = frozenset(there for operation in OPERATIONS.values() for there, _ in operation.renamed)
"""What is called otherwise in an answer: a document that has both says the same twice."""


def filled(fields: Mapping[str, Field], document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with every field that holds a word and that people set."""
    found = dict(document)
    for name, field in fields.items():
        value = found.get(name)
        if name not in found and field.is_plain and not field.is_object and name not in OTHER_NAMES:
            found.update({} if field.marker(Computed) else {name: next(iter(field.choices.values()), f"some {name}")})
        elif field.parts and isinstance(value, list):
            found[name] = [filled(field.parts, one) for one in value]
        elif field.parts and isinstance(value, dict):
            found[name] = filled(field.parts, value)
    return found


@pytest.mark.parametrize("most", [1, 3, 100])
def test_every_field_of_every_kind_is_read_or_said_to_be_unknown(most: int) -> None:
    documents = {
        kind: [filled(fields_of(KINDS[kind]), one) for one in members] for kind, members in everything().items()
    }
    compare(make_instance(documents), make_instance(documents), most)


def mapped(*sources: str) -> dict[str, Any]:
    """Return a composite task with a mapping from each of these data sources."""
    ends = [{"source_datasource_id": source, "target_datasource_id": "ds-1"} for source in sources]
    return {
        "task_id": f"task-{'-'.join(sources)}",
        "task_name": f"copy-{'-'.join(sources)}",
        "operation_types": ["INSERT"],
        "mappings": [{**each, "source_table": f"t{number}"} for number, each in enumerate(ends)],
    }


def test_what_no_list_can_tell_is_not_known() -> None:
    documents = everything()
    documents["composite_task"] = [mapped("ds-1", "ds-1"), mapped("ds-1", "ds-2")]
    documents["datasource"].append({**documents["datasource"][0], "datasource_name": "second", "datasource_id": "ds-2"})
    documents["app_authorization"][0]["visit_params"] = [{"api_id": "api-1", "param": "a=b"}]
    documents["api"][0]["remark"] = "see postgres://shop:Sommer-2024@db.example.com/orders"
    instance = make_instance(documents)
    compare(instance, instance, 2)
    found = collect(direct(instance)).instance
    alike, mixed = (found.index.by_address[f"composite_task/copy-{ends}"] for ends in ("ds-1-ds-1", "ds-1-ds-2"))
    assert found.document(alike)["mappings"][1]["source_datasource_id"] == "ds-1"
    assert not found.was_not_looked_at(alike, found.document(alike), "mappings")
    assert found.was_not_looked_at(mixed, found.document(mixed), "mappings")
    for kind, field in (("app_authorization", "visit_params"), ("api", "remark")):
        (only,) = found.index.resources_of(kind)
        assert found.was_not_looked_at(only, found.document(only), field)
