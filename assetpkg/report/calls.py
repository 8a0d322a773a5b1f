"""The calls to make for a snapshot."""

from collections.abc import Mapping, Sequence
from typing import Literal

from assetpkg.report.shape import Report, shape
from assetpkg.target.calls import Call, Calls, Each


@shape
class PagesReport:
    """How a list is asked for page by page: until as many items are answered as there are, or a page is empty."""

    limit: str
    """The parameter for the number of items in a page."""
    offset: str
    """The parameter for where a page begins: the number of items before it, or what `marker` answers."""
    total: str | None
    """The member of an answer with the number of all items."""
    marker: str | None
    """The member of an answer with where the next page begins; null where a number of items says it."""
    farthest: int | None
    """The largest number of items that may be before a page."""


@shape
class ParameterReport:
    """A parameter of a call that is made for each of something."""

    name: str
    """The parameter."""
    field: str
    """The field of the item that has its value."""
    in_query: bool
    """Whether it is in the query, and not in the path."""


@shape
class EachReport:
    """What a call is made for: each item in the answers of another call."""

    operation: str
    """That call."""
    items: str | None
    """The member of its answers with the items; empty where the answer is the list."""
    parameters: Sequence[ParameterReport]
    """What it is made with."""


@shape
class CallReport:
    """A call; all of them are read-only."""

    operation: str
    """The name of the operation, as the API reference has it."""
    answers: str
    """What it answers: a kind, a part of one, or something of the instance."""
    service: str
    """The service whose address it goes to."""
    method: str
    """The method."""
    path: str
    """The path, with parameters in braces."""
    query: Mapping[str, str]
    """What is in the query of each call, pages and items aside."""
    items: str | None
    """The member of the answer with the items; empty where the answer is the list, null where it has none."""
    pages: PagesReport | None
    """How it is asked for page by page; null where there is one answer."""
    each: Sequence[EachReport]
    """What it is made for; empty where it is made once."""
    also_without: bool
    """Whether it is made once without these parameters, before it is made for each."""
    only_field: str | None
    """The field of what it is made for that decides whether it is made."""
    only_value: str | None
    """The value that the field has to have."""
    sdk_method: str | None
    """The method of the official SDK; null where it has none."""
    sdk_request: str | None
    """The class of the official SDK for what is asked; null where it has none."""


@shape
class CallsReport(Report):
    """The calls that tell what an instance has, in an order in which each comes after those that it needs."""

    document: Literal["calls"] = "calls"
    calls: Sequence[CallReport]
    """The calls."""
    unlisted: Sequence[str]
    """The kinds that no public call lists."""


def report_calls(calls: Calls) -> CallsReport:
    """Return the report of calls."""
    return CallsReport(calls=[_call(call) for call in calls.calls], unlisted=calls.unlisted)


def _call(call: Call) -> CallReport:
    operation, paging = call.operation, call.operation.paging
    pages = None
    if paging is not None:
        pages = PagesReport(
            limit=paging.limit,
            offset=paging.offset,
            total=operation.total,
            marker=paging.marker,
            farthest=paging.farthest,
        )
    return CallReport(
        operation=operation.name,
        answers=operation.subject,
        service=call.service,
        method=operation.method,
        path=operation.path,
        query={paging.limit: str(paging.most)} if paging is not None and paging.most is not None else {},
        items=operation.items,
        pages=pages,
        each=[_each(each) for each in call.each],
        also_without=call.also_without,
        only_field=call.only[0] if call.only else None,
        only_value=call.only[1] if call.only else None,
        sdk_method=operation.sdk_method if operation.in_sdk else None,
        sdk_request=operation.request_class if operation.in_sdk else None,
    )


def _each(each: Each) -> EachReport:
    parameters = [
        ParameterReport(name=filled.parameter, field=filled.field, in_query=filled.in_query) for filled in each.filled
    ]
    return EachReport(operation=each.operation.name, items=each.operation.items, parameters=parameters)
