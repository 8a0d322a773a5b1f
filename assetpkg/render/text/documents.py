"""All documents of a package as lines that can be compared: the same lines for the same meaning, one value in each.

It is not JSON: there are no commas, which would change with the line after them; a text of several lines has a line
for each, and JSON in a string is written out.
"""

import json
from collections.abc import Iterator
from typing import Any

from assetpkg.render.line_diff import opened
from assetpkg.render.screen import printable
from assetpkg.report.show import ShowReport

_STEP = "  "


def document_lines(report: ShowReport) -> Iterator[str]:
    """Yield the lines: each resource below its address, then the other files."""
    if report.asset_version:
        yield f"asset version {printable(report.asset_version)}"
    for resource in report.resources:
        yield ""
        yield f"== {printable(resource.address)}"
        yield from _lines("", resource.document, "")
    if report.others:
        yield ""
        yield "== other files"
    for entry in report.others:
        name = printable(entry.entry) or "the file"
        yield f"{name}: {entry.size:,} bytes, sha256 {entry.sha256 or '(cannot be read)'}"
    if report.unread:
        yield ""
        yield "== cannot be read"
    for found in report.unread:
        yield f"{printable(found.entry)}: {printable(found.reason)}" if found.entry else printable(found.reason)


def _lines(head: str, value: Any, margin: str) -> Iterator[str]:
    known = opened(value) if isinstance(value, str) else value
    if known is not value:
        yield from _lines(f"{head}(JSON in a string) ", known, margin)
    elif isinstance(value, dict) and value:
        yield f"{margin}{head}{{"
        for key, child in value.items():
            yield from _lines(f"{printable(json.dumps(key, ensure_ascii=False))}: ", child, margin + _STEP)
        yield f"{margin}}}"
    elif isinstance(value, list) and value:
        yield f"{margin}{head}["
        for child in value:
            yield from _lines("", child, margin + _STEP)
        yield f"{margin}]"
    elif isinstance(value, str) and "\n" in value:
        yield f"{margin}{head}(text)"
        for line in value.split("\n"):
            yield f"{margin}{_STEP}| {printable(line.replace(chr(9), '    '))}".rstrip()
    else:
        yield f"{margin}{head}{printable(json.dumps(value, ensure_ascii=False))}"
