"""The human format of the calls to make for a snapshot."""

import re
from collections.abc import Iterator

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent
from assetpkg.report.calls import CallReport, CallsReport


def render_calls(report: CallsReport, screen: Screen) -> str:
    """Return the calls in their order."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: CallsReport, screen: Screen) -> Iterator[str]:
    yield from indent(
        f"{plural(len(report.calls), 'call')} in this order, all GET, so that nothing is changed:", "", screen
    )
    width = len(str(len(report.calls)))
    for number, call in enumerate(report.calls, 1):
        margin = " " * (width + 2)
        yield ""
        yield f"{number:>{width}}. {screen.paint(call.answers, 'bold')}: {call.operation}"
        query = "&".join(f"{name}={value}" for name, value in _query(call))
        yield from _address(f"{call.path}{f'?{query}' if query else ''}", margin, screen)
        for said in _said(call):
            yield from indent(said, margin, screen)
    if report.unlisted:
        yield ""
        kinds = ", ".join(report.unlisted)
        yield from indent(
            f"No public call lists {kinds}: whether they are there cannot be known from answers.", "", screen
        )
    yield ""
    yield from indent(
        "Save each answer in a file, with all pages, and make the snapshot with 'assetpkg snapshot FOLDER --output "
        "TARGET.json'. As a script: --as curl, --as sdk.",
        "",
        screen,
    )


def _address(address: str, margin: str, screen: Screen) -> Iterator[str]:
    """Yield an address in lines that fit, each but the first with the rest of the one before."""
    line = margin
    for piece in re.split(r"(?=[/?&])", address):
        if len(line) + len(piece) > screen.width and line.strip():
            yield line
            line = f"{margin}  "
        line += piece
    yield line


def _query(call: CallReport) -> Iterator[tuple[str, str]]:
    for each in call.each[:1]:
        yield from ((one.name, f"{{{one.name}}}") for one in each.parameters if one.in_query and not call.also_without)
    yield from call.query.items()
    if call.pages is not None:
        yield call.pages.offset, "0"


def _said(call: CallReport) -> Iterator[str]:
    for number, each in enumerate(call.each):
        values = ", ".join(f"{one.name} = its {one.field}" for one in each.parameters)
        times = "and once" if number or call.also_without else "once"
        yield f"{times} for each item of {each.operation}: {values}"
    if call.only_field is not None:
        yield f"only where {call.only_field} is {call.only_value}"
    if call.pages is not None and call.pages.marker is not None:
        yield f"next page: {call.pages.offset} = {call.pages.marker} of the answer, until there is none"
    elif call.pages is not None:
        yield f"next page: {call.pages.offset} + number of items, until {call.pages.total}"
    if call.sdk_method is None:
        yield "not in the official SDK for ROMA Connect"
