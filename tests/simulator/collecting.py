"""A client that makes every call that reads, page by page, and makes a snapshot of the answers."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlencode

from assetpkg.kinds.operations import WHOLE, Operation
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.simulator.answers import Answers, Identity, find_place
from assetpkg.simulator.refusals import NOT_KNOWN, Refusal
from assetpkg.target.answers.collecting import Collected, put_together
from assetpkg.target.answers.files import in_file
from assetpkg.target.calls import Call, choose_calls
from assetpkg.target.instance import Instance

Get = Callable[[str, Mapping[str, str]], Any]
"""Answers the call of a path with a query; `None` where it is refused."""
PROJECT, INSTANCE = "p-1", "i-1"


def direct(instance: Instance) -> Get:
    """Return what answers about an instance without a server."""
    answers = Answers(instance, Identity(None, None))

    def get(path: str, query: Mapping[str, str]) -> Any:
        try:
            return answers.answer(
                find_place("GET", [unquote(each) for each in path.strip("/").split("/")]), query.items()
            )
        except Refusal as refusal:
            if refusal.reason is NOT_KNOWN:
                return None
            raise

    return get


def collect(
    get: Get, *, most: int = 1, project: str = PROJECT, instance: str = INSTANCE, complete: bool = True
) -> Collected:
    """Return the snapshot that all answers make, with `most` items in a page; the user may see all that there is."""
    saved: list[dict[str, Any]] = []
    items: dict[str, list[dict[str, Any]]] = {}
    ids = {"project_id": project, "instance_id": instance}
    for call in choose_calls().calls:
        found = items.setdefault(call.operation.name, [])
        for given in _given(call, items):
            parameters = {name: value for name, (where, value) in given.items() if where == "path"}
            path = call.operation.path.format(**ids, **{name: quote(each, "") for name, each in parameters.items()})
            query = {name: value for name, (where, value) in given.items() if where == "query"}
            for asked, answer in _pages(get, call.operation, path, query, most):
                url = f"https://roma.example.com{path}?{urlencode(asked)}"
                saved.append({"request": {"method": "GET", "url": url}, "response": answer})
                known = {name: value for name, (_, value) in given.items()}
                items_of = answer if call.operation.items == WHOLE else answer.get(call.operation.items or "", ())
                found.extend({**known, **one} for one in items_of)
    content = "\n".join(json.dumps(one) for one in saved).encode()
    vouched = frozenset({"application"} if complete else ())
    return put_together(in_file("answers.jsonl", content), fallback="x", vouched=vouched, limits=DEFAULT_LIMITS)


def _given(call: Call, items: Mapping[str, list[dict[str, Any]]]) -> Iterator[dict[str, tuple[str, str]]]:
    """Yield what a call is made with: for each parameter whether it is in the query, and its value."""
    if not call.each or call.also_without:
        yield {}
    for each in call.each:
        for item in items.get(each.operation.name, ()):  # of a tree, it grows meanwhile
            if call.only is not None and item.get(call.only[0], call.only[1]) != call.only[1]:
                continue
            if all(filled.field in item for filled in each.filled):
                yield {
                    one.parameter: ("query" if one.in_query else "path", str(item[one.field])) for one in each.filled
                }


def _pages(
    get: Get, operation: Operation, path: str, query: Mapping[str, str], most: int
) -> Iterator[tuple[dict[str, str], Any]]:
    paging, at = operation.paging, 0
    for _ in range(10_000):
        paged = {} if paging is None else {paging.limit: str(most), paging.offset: str(at)}
        answer = get(path, {**query, **paged})
        if answer is None:
            return
        yield {**query, **paged}, answer
        if paging is None:
            return
        before, at = at, answer[paging.marker] if paging.marker else at + most
        if at <= before or (not paging.marker and at >= answer[operation.total]):
            return
