"""Every call of the table of operations is answered as the table says: its members, its pages, and their limits."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest

import assetpkg
from assetpkg import Endpoint
from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import OPERATIONS, WHOLE, Operation, Role, lists_of
from assetpkg.kinds.operations.apic import QUOTA_NAMES
from assetpkg.kinds.operations.fdi import COMPOSITE
from tests.build import make_instance
from tests.simulator.client import Answer, ask, imported
from tests.simulator.conftest import HERE, SHOP
from tests.target.instances import everything

URN = "urn:fss:r-1:p-1:function:default"
FUNCTIONS = [
    *({"urn": f"{URN}:f{number}", "version": version} for number in range(3) for version in ("latest", "v1")),
    {"urn": f"{URN}:f1", "version": "v1", "alias": "stable"},
]
QUOTAS = {kind: {"limit": 900, "used": 1} for kind in (*QUOTA_NAMES.values(), "backend_api")}
TOLD_BESIDE = {"client", "instances"}
"""What nothing in a snapshot comes from, and what a target says all the same."""


class Place(NamedTuple):
    """An operation as it can be called here: the parameters of its path, and of its query."""

    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, str]

    def ask(self, endpoint: Endpoint, **query: object) -> Answer:
        given = {name: quote(value, safe="") for name, value in self.path.items()}
        path = self.operation.path.format(project_id=endpoint.project_id, instance_id=endpoint.instance_id, **given)
        return ask(endpoint, "GET", f"{path}?{urlencode({**self.query, **query})}")


@pytest.fixture(scope="module")
def whole() -> Iterator[Endpoint]:
    """Yield a stand-in for an instance that has all there can be."""
    features = {"app_route": "on", "old": False}
    instance = {**HERE["instance"], "features": features, "version": "2.3"}
    documents = everything()
    documents["load_channel"][0]["member_groups"] = [{"member_group_name": "blue", "member_group_weight": 1}]
    target = make_instance(documents, instance=instance, functions=FUNCTIONS, quotas=QUOTAS)
    with assetpkg.emulator(target, mode="Merge") as found:
        imported(found, SHOP)
        yield found


def place_of(operation: Operation, endpoint: Endpoint) -> Place:
    """Return the operation with parameters with which its answer has something in it."""
    places = list(places_of(operation, endpoint))
    return next((place for place in places if items(operation, place.ask(endpoint).json)), places[0])


def places_of(operation: Operation, endpoint: Endpoint) -> Iterator[Place]:
    """Yield the operation with the parameters of each thing that it can be about."""
    if operation.subject == "jobs":
        yield Place(operation, {"job_id": endpoint.jobs()[0]["id"]}, {})
        return
    if not operation.given or (operation.given[-1].optional and operation.role is Role.LIST):
        yield Place(operation, {}, {})
        return
    last = operation.given[-1] if not operation.given[-1].in_query else operation.given[0]
    for item in items_of(answering(last.subject), endpoint):
        known = {each.name: item.get(each.by if each is last else each.in_item or each.by) for each in operation.given}
        words = {name: str(value) for name, value in known.items() if value is not None}
        path = {name: words[name] for name in operation.path_parameters if name in words}
        query = {each.name: words[each.name] for each in operation.given if each.in_query and each is last}
        fits = operation.subject != "composite_task.mappings" or item.get(COMPOSITE[0]) == COMPOSITE[1]
        if len(path) == len(operation.path_parameters) and fits:
            yield Place(operation, path, query)


def answering(subject: str) -> Operation:
    found = lists_of(subject) if subject in KINDS else [one for one in OPERATIONS.values() if one.subject == subject]
    return found[0]


def items_of(operation: Operation, endpoint: Endpoint) -> list[dict[str, Any]]:
    """Return the items that an operation answers, each with what it was asked for by."""
    place = place_of(operation, endpoint)
    found = items(operation, place.ask(endpoint).json)
    return [{**place.path, **place.query, **item} for item in found]


def items(operation: Operation, answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    if "error_code" in answer:
        found = []
    elif operation.items is None:
        found = [answer[operation.wrapper] if operation.wrapper else answer]
    else:
        found = answer if operation.items == WHOLE else answer[operation.items]
    return found


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_call_that_reads_is_answered(whole: Endpoint, name: str) -> None:
    operation = OPERATIONS[name]
    place = place_of(operation, whole)
    answer = place.ask(whole)
    if operation.role is Role.BESIDE and operation.subject not in TOLD_BESIDE:
        assert (answer.status, answer.code) == (404, "ASSETPKG.not-known")
        return
    assert answer.status == 200, answer.json
    found = items(operation, answer.json)
    assert found
    fields = {*operation.fields, operation.chosen, *(COMPOSITE[:1] if operation.also else ())}
    assert {field for item in found for field in item} <= fields
    if operation.items is None or operation.items == WHOLE:
        return
    paging = operation.paging
    members = {operation.items, operation.total, operation.size, *operation.around}
    assert set(answer.json) - members == ({paging.marker} if paging and paging.marker else set())
    assert operation.total is None or answer.json[operation.total] == len(found)


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.paging is not None])
def test_every_list_has_pages_within_its_limits(whole: Endpoint, name: str) -> None:
    operation = OPERATIONS[name]
    paging, place = operation.paging, place_of(operation, whole)
    assert paging is not None
    if operation.role is Role.BESIDE and operation.subject not in TOLD_BESIDE:
        return
    wanted = items(operation, place.ask(whole, **{paging.limit: paging.most or 1000}).json)
    found: list[dict[str, Any]] = []
    at = 0
    while not found or at:
        page = place.ask(whole, **{paging.limit: 1, paging.offset: at}).json
        assert len(items(operation, page)) == 1
        assert operation.size is None or page[operation.size] == 1
        found += items(operation, page)
        at = page[paging.marker] if paging.marker else len(found) if len(found) < page[str(operation.total)] else 0
    assert found == wanted
    after = place.ask(whole, **{paging.offset: len(wanted)})
    assert items(operation, after.json) == []
    wrong: list[tuple[str, object]] = [(paging.limit, "many"), (paging.offset, -1)]
    wrong += [(paging.limit, paging.least - 1)] if paging.least else []
    wrong += [(paging.limit, paging.most + 1)] if paging.most else []
    wrong += [(paging.offset, paging.farthest + 1)] if paging.farthest else []
    for word, value in wrong:
        refused = place.ask(whole, **{word: value})
        assert (refused.status, refused.code) == (403, "ROMA.13000"), (word, value)


def test_functions_are_asked_for_by_their_urns(whole: Endpoint) -> None:
    at = "/v2/p-1/fgs/functions"
    listed = ask(whole, "GET", f"{at}?maxitems=2").json
    assert [each["func_urn"] for each in listed["functions"]] == [f"{URN}:f0:latest", f"{URN}:f1:latest"]
    assert (listed["count"], listed["next_marker"]) == (3, 2)
    for urn in (f"{URN}:f1", f"{URN}:f1:latest", f"{URN}:f1:!stable"):
        versions = ask(whole, "GET", f"{at}/{quote(urn, safe='')}/versions").json["versions"]
        assert [each["version"] for each in versions] == ["latest", "v1"]
        aliases = ask(whole, "GET", f"{at}/{quote(urn, safe='')}/aliases").json
        assert aliases == [{"name": "stable", "version": "v1", "alias_urn": f"{URN}:f1:!stable"}]
    for path, status, code in (
        (f"{at}/{URN}:other/versions", 404, "ROMA.00110006"),
        (f"{at}/x/aliases", 404, "ROMA.00110006"),
        (f"{at}?func_name=f1", 400, "ASSETPKG.parameter"),
        ("/v2/p-2/fgs/functions", 403, "ROMA.00014002"),
    ):
        refused = ask(whole, "GET", path)
        assert (refused.status, refused.code) == (status, code), path


def test_what_a_target_does_not_say_is_no_empty_list() -> None:
    target = make_instance({"application": []}, covers=["application"], **HERE)
    with assetpkg.emulator(target) as at:
        for path in (
            "fgs/functions",
            f"fgs/functions/{URN}:f1/aliases",
            "apic/instances/i-1/apis",
            "apic/instances/i-1/livedata-quota",
            "fdi/instances/i-1/statistics/tasks",
        ):
            refused = ask(at, "GET", f"/v2/p-1/{path}")
            assert (refused.status, refused.code) == (404, "ASSETPKG.not-known"), path
        assert ask(at, "GET", "/v2/p-1/instances/i-1/apps").json == {"total": 0, "size": 0, "apps": []}
