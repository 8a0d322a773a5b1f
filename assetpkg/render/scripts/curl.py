"""The script for curl."""

import json
from collections.abc import Iterator

from assetpkg.render.screen import View
from assetpkg.render.scripts import fill
from assetpkg.report.calls import CallReport, CallsReport, EachReport

_ENDPOINTS = {"roma": "$ROMA_ENDPOINT", "functiongraph": "$FUNCTIONGRAPH_ENDPOINT"}
_OPTIONAL = {"functiongraph": "FUNCTIONGRAPH_ENDPOINT"}
"""The services that are asked only where their address is given."""


def render(report: CallsReport, view: View) -> str:
    """Return the script."""
    del view
    return fill("collect.sh.txt", "\n\n".join("\n".join(_lines(call)) for call in report.calls))


def _lines(call: CallReport) -> Iterator[str]:
    yield f"# {call.answers}"
    lines = list(_calls(call))
    needed = _OPTIONAL.get(call.service)
    if needed is None:
        yield from lines
        return
    yield f'if [ -n "${{{needed}:-}}" ]; then'
    yield from (f"    {line}" for line in lines)
    yield "fi"


def _calls(call: CallReport) -> Iterator[str]:
    if not call.each or call.also_without:
        yield from _once(call, None)
    for each in call.each:
        loop = list(_loop(call, each))
        if each.operation != call.operation:
            yield from loop
            continue
        # It is made for its own items, of which it may answer more.
        yield "known=-1"
        yield f"while number=$(find \"$folder/{call.operation}\" -name '*.json' 2>/dev/null | wc -l);"
        yield '    [ "$number" -ne "$known" ]; do'
        yield "    known=$number"
        yield from (f"    {line}" for line in loop)
        yield "done"


def _loop(call: CallReport, each: EachReport) -> Iterator[str]:
    fields = ", ".join(f".{one.field}" for one in each.parameters)
    chosen = ""
    if call.only_field is not None:
        chosen = f"select(.{call.only_field} == {json.dumps(call.only_value)}) | "
    names = " ".join(one.name for one in each.parameters)
    yield f"each {each.operation} '.{each.items or ''}' '{chosen}[{fields}]' | while IFS='\t' read -r {names}; do"
    yield from (f"    {line}" for line in _once(call, each))
    yield "done"


def _once(call: CallReport, each: EachReport | None) -> Iterator[str]:
    parameters = each.parameters if each is not None else ()
    name = "".join(f"{one.name}=${{{one.name}}}," for one in parameters)
    path = call.path.replace("{project_id}", "$P").replace("{instance_id}", "$I")
    for one in parameters:
        path = path.replace(f"{{{one.name}}}", f"${{{one.name}}}")
    given = [f"{one.name}=${{{one.name}}}" for one in parameters if one.in_query]
    query = "&".join([*given, *(f"{key}={value}" for key, value in call.query.items())])
    words = f'"{_ENDPOINTS[call.service]}" \\\n    "{path}" "{query}"'
    if call.pages is None:
        shown = name.removesuffix(",") or "all"
        lines = f'ask {call.operation} "{shown}" {words}'
    elif call.pages.marker is not None:
        lines = f'marked {call.operation} "{name}" {words} .{call.pages.marker} {call.pages.offset}'
    else:
        lines = f'pages {call.operation} "{name}" {words} .{call.items} .{call.pages.total} {call.pages.offset}'
    yield from (f"always {lines}" if each is None and call.items is not None else lines).split("\n")
