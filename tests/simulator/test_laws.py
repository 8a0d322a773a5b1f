"""The two laws: after an import, what is there is what `apply` says, and its job is the predicted one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Resource, reconcile
from assetpkg.kinds.kind import Kind, fields_of, id_field
from assetpkg.kinds.operations import UNLISTED
from assetpkg.package.package import Package
from assetpkg.simulation.job import parse_job
from assetpkg.simulation.verdict import Verdict
from assetpkg.simulator.importing import carry_out, plan_import, refuse_call
from assetpkg.simulator.refusals import Refusal
from assetpkg.simulator.state import State
from assetpkg.target.answers.items import take_item
from assetpkg.target.instance import Instance
from tests.build import make_instance
from tests.laws.strategies import laws, packages
from tests.laws.test_imports import drifted, options
from tests.simulator.collecting import collect, direct
from tests.target.instances import everything

Documents = dict[str, dict[str, Any]]
OF_WHAT_IS_ABOVE = {"task_id", "product_id", "product_template_id", "service_id", "command_id",
                    "source_datasource_id", "target_datasource_id"}  # fmt: skip
"""What a part says of that which it is in, and what no answer about a part has, or the stand-in makes up."""

MADE = {("app_authorization", "id"), ("api_group", "url_domains")}
"""What answers have of other resources, or what a document has and no answer."""


def plain(kind: type[Kind], document: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a document that the class has, without what only answers have."""
    fields = fields_of(kind)
    own = {name: inside(value) for name, value in document.items() if name in fields and name != "task_mode"}
    return {name: value for name, value in own.items() if (kind.kind, name) not in MADE}


def inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inside(one) for name, one in value.items() if name not in OF_WHAT_IS_ABOVE}
    return [inside(one) for one in value] if isinstance(value, list) else value


def answerable(instance: Instance, collected: Instance, covered: frozenset[str]) -> Documents:
    """Return what calls that read can answer of an instance: no credentials, and no field that no answer has."""
    found: Documents = {}
    for resource in instance.index.resources:
        if resource.path.kind not in covered:
            continue
        document, known = (
            take_item(instance.document(resource), fields_of(resource.kind)).document,
            id_field(resource.kind),
        )
        if known is not None:
            document.setdefault(known.name, resource.id)
        lacking = set(collected.partial.get(resource.path.kind, ()))
        own = {name: value for name, value in plain(resource.kind, document).items() if name not in lacking}
        found[key_of(resource)] = own
    return found


def answered(collected: Instance) -> Documents:
    return {key_of(each): plain(each.kind, collected.document(each)) for each in collected.index.resources}


def key_of(resource: Resource) -> str:
    """Return what a resource is the same by: an address has the names of parents, of which nothing may be known."""
    word = resource.name if id_field(resource.kind) is None else resource.id
    return resource.address if resource.path.kind == "app_authorization" else f"{resource.path.kind}/{word}"


TOGETHER = {"task", "composite_task"}
"""What one list answers, so that nothing is said where the target does not know all of both."""
BELOW = {
    "app_authorization": ("application", "api"), "client_access_control": ("application",),
    "app_code": ("application",), "environment_variable": ("api_group",),
}  # fmt: skip
"""What is asked for one by one: where there is nothing to ask for, everything is known."""
IN_GROUPS = {"domain"}
"""What a list of groups answers beside them; whoever reads it takes what is not in it for what is not there."""


def compare(instance: Instance, after: Instance, most: int) -> None:
    """Hold what is read of `after` against an instance."""
    covered = instance.covers - set(UNLISTED) - (set() if instance.covers >= TOGETHER else TOGETHER)
    if not covered:
        return
    found = collect(direct(after), most=most, complete="application" in instance.covers)
    assert found.refused == ()
    assert found.instance.covers >= covered
    for kind in found.instance.covers - covered - IN_GROUPS:
        assert any(each in covered and not instance.index.resources_of(each) for each in BELOW[kind])
    told, known = answered(found.instance), answerable(instance, found.instance, covered)
    assert {address: told.get(address) for address in known} == known
    assert told.keys() == known.keys()


@laws
@given(packages(), st.data())
def test_what_is_read_after_an_import_is_what_apply_says(package: Package, data: st.DataObject) -> None:
    before, chosen = data.draw(drifted(package)), data.draw(options())
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


def test_every_kind_is_read_as_it_is() -> None:
    instance = make_instance(everything())
    compare(instance, instance, 1)
