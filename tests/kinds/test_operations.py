"""The operations that read, held against the official SDK: paths, parameters, envelopes and fields."""

import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import huaweicloudsdkroma.v2 as sdk  # type: ignore[import-untyped]
import huaweicloudsdkroma.v2.model as models  # type: ignore[import-untyped]

from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import NEUTRAL, OPERATIONS, UNLISTED, Operation, Role, detail_of, lists_of, parts_of
from assetpkg.kinds.operations.operation import ALWAYS_GIVEN
from tests.tables import every_row

IN_SDK = [operation for operation in OPERATIONS.values() if operation.in_sdk]
NOT_IN_CLASS: Mapping[str, str] = {
    "ShowMqsInstanceTopicAccessPolicy": "an offset and a limit are in its query, and everything is answered without",
}
QUERY_OF_PAGES = {"offset", "limit"}


@cache
def call_of(operation: Operation) -> tuple[str, str, set[str]]:
    """Return the method, the path and the parameters of the query in the SDK's code of a call."""
    source = inspect.getsource(getattr(sdk.RomaClient, f"_{operation.sdk_method}_http_info"))
    method = re.search(r'"method": "(\w+)"', source)
    path = re.search(r'"resource_path": "([^"]+)"', source)
    assert method
    assert path
    query = re.findall(r"query_params\.append\(\('(\w+)'", source)
    return method[1], path[1], set(query)


def fields_of(model: type[Any]) -> tuple[str, ...]:
    return tuple(model.attribute_map[name] for name in model.openapi_types)


def answered_by(operation: Operation) -> tuple[type[Any], type[Any]]:
    """Return the SDK's class of an answer, and that of its items, or of the answer where it has none."""
    response = getattr(models, operation.response_class)
    if operation.items is None:
        return response, response
    names = {there: here for here, there in response.attribute_map.items()}
    listed = re.fullmatch(r"list\[(\w+)]", response.openapi_types[names[operation.items]])
    assert listed
    return response, getattr(models, listed[1])


@every_row("operation", IN_SDK, ids=lambda operation: operation.name)
def test_an_operation_is_that_of_the_sdk(operation: Operation) -> None:
    method, path, query = call_of(operation)
    assert (operation.method, operation.path) == (method, path)
    assert hasattr(models, operation.request_class)
    asked = {given.name for given in operation.given}
    assert asked - set(operation.path_parameters) <= query
    assert {given.name for given in operation.given if not given.in_query} == set(operation.path_parameters)
    paged = {operation.paging.offset, operation.paging.limit} if operation.paging else set()
    assert paged <= query
    assert operation.paging or operation.name in NOT_IN_CLASS or not query & QUERY_OF_PAGES


@every_row("operation", IN_SDK, ids=lambda operation: operation.name)
def test_an_answer_is_that_of_the_sdk(operation: Operation) -> None:
    response, item = answered_by(operation)
    there = set(fields_of(response))
    if operation.wrapper:
        wrapped = response.openapi_types[operation.wrapper]
        there = (there - {operation.wrapper}) | set(fields_of(getattr(models, wrapped)))
    elif operation.items is not None:
        assert operation.total in there
        assert operation.size in there
        there = set(fields_of(item))
    assert set(operation.fields) == there
    assert len(set(operation.fields)) == len(operation.fields)


@every_row("operation", OPERATIONS.values(), ids=lambda operation: operation.name)
def test_what_an_operation_says_of_itself_is_in_it(operation: Operation) -> None:
    names = {*operation.fields, *(part.field for part in operation.inside)}
    assert set(operation.secret) <= names
    assert {there for there, _ in operation.renamed} <= names
    assert {given.in_item for given in operation.given} <= {*names, ""}
    assert not ALWAYS_GIVEN & {given.name for given in operation.given}
    assert {operation.chosen} <= {*names, ""}
    if operation.role in (Role.LIST, Role.DETAIL):
        assert {operation.subject, *operation.also} <= KINDS.keys()


def test_what_is_given_is_answered_before() -> None:
    answered: set[str] = {"jobs"}
    for operation in OPERATIONS.values():
        lists_itself = {operation.subject, *operation.also}
        for given in operation.given:
            assert given.subject in answered | lists_itself, operation.name
        answered |= lists_itself


def test_a_kind_says_what_its_lists_lack() -> None:
    """What only a detail call answers is declared with the kind, and follows from the fields of both calls."""
    for kind in KINDS.values():
        detail = detail_of(kind.kind)
        listed = {field for operation in lists_of(kind.kind) if not operation.spare for field in operation.fields}
        missing = () if detail is None else (field for field in detail.fields if field not in listed)
        declared = {info.alias or name for name, info in kind.model_fields.items()}
        computed = set(not_asked_for(kind.kind))
        assert set(kind.only_in_detail) == {*missing} & (declared | set(kind.only_in_detail)) - computed, kind.kind


def not_asked_for(kind: str) -> Iterator[str]:
    """Yield the fields that only a detail has, and that no plan goes by, since the platform makes them."""
    from assetpkg.kinds.kind import fields_of as declared_of
    from assetpkg.kinds.markers import Computed

    yield from (name for name, field in declared_of(KINDS[kind]).items() if field.marker(Computed))


def test_every_kind_has_a_list_but_one() -> None:
    assert UNLISTED == ("scheduled_api_task",)
    assert [operation.name for operation in lists_of("load_channel")] == [
        "ListVpcChannelsV2",
        "ListProjectVpcChannelsV2",
    ]


def test_parts_are_found_from_what_they_are_parts_of() -> None:
    assert [part.field for part in parts_of("product")] == ["services", "topics"]
    assert [part.field for part in parts_of("product_template")] == ["services"]
    assert [part.field for part in parts_of("product.services.commands")] == ["requests", "responses"]
    assert [part.field for part in parts_of("composite_task")] == ["dispatch", "mappings"]


def test_names_follow_from_the_name_of_the_operation() -> None:
    operation = OPERATIONS["ShowDetailsOfApiGroupV2"]
    assert operation.sdk_method == "show_details_of_api_group_v2"
    assert operation.request_class == "ShowDetailsOfApiGroupV2Request"
    assert operation.path_parameters == ("group_id",)
    assert "precise_search" in NEUTRAL
