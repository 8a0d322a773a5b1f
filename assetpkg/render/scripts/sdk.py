"""The script for the official SDK."""

import json
from collections.abc import Iterator
from typing import Any

from assetpkg.render.screen import View
from assetpkg.render.scripts import fill
from assetpkg.report.calls import CallReport, CallsReport


def render(report: CallsReport, view: View) -> str:
    """Return the script."""
    del view
    calls = "\n".join(line for call in report.calls if call.sdk_method is not None for line in _call(call))
    others = json.dumps([call.operation for call in report.calls if call.sdk_method is None])
    return fill("collect.py.txt", calls, not_in_sdk=others)


def _call(call: CallReport) -> Iterator[str]:
    yield "    {"
    for name, value in _members(call):
        yield f"        {json.dumps(name)}: {json.dumps(value)},".replace(": true,", ": True,")
    yield "    },"


def _members(call: CallReport) -> Iterator[tuple[str, Any]]:
    yield "operation", call.operation
    yield "method", call.sdk_method
    yield "request", call.sdk_request
    yield "path", call.path
    if call.query:
        yield "query", {name: int(value) for name, value in call.query.items()}
    if call.items is not None:
        yield "items", call.items
    if call.pages is not None:
        yield "offset", call.pages.offset
        yield "total", call.pages.total
        if call.pages.farthest is not None:
            yield "farthest", call.pages.farthest
    if call.each:
        yield "each", {each.operation: {one.name: one.field for one in each.parameters} for each in call.each}
    if call.also_without:
        yield "also_without", True
    if call.only_field is not None:
        yield "only", [call.only_field, call.only_value]
