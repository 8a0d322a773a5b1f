"""The human format of what a snapshot was made of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.kinds.operations import OPERATIONS, Role
from assetpkg.render.screen import Screen, indent, left_out, printable
from assetpkg.report.snapshot import SnapshotCallReport, SnapshotKindReport, SnapshotReport
from assetpkg.target.answers.coverage import NOT_ASKED, NOT_LISTED

_MOST = 10
"""How many lines of one sort are shown, unless all are asked for."""


def render_snapshot(report: SnapshotReport, output: str, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was written to `output`, from what, and what is missing in it."""
    return "\n".join(_lines(report, output, screen, in_full=in_full)) + "\n"


def _lines(report: SnapshotReport, output: str, screen: Screen, *, in_full: bool) -> Iterator[str]:
    files = len({answer.origin.partition(" (document ")[0].partition(" [")[0] for answer in report.answers})
    yield from indent(
        printable(
            f"Written: {output}, a snapshot of {report.name} with {plural(report.resources, 'resource')},"
            f" from {plural(len(report.answers), 'answer')} in {plural(files, 'file')}"
        ),
        "",
        screen,
    )
    complete = [kind for kind in report.kinds if kind.covered]
    listless = [f"{kind.kind} {kind.resources:,}" for kind in report.kinds if kind.why == NOT_LISTED]
    partly = [kind for kind in report.kinds if not kind.covered and kind.why not in (NOT_ASKED, NOT_LISTED)]
    yield from _section("Complete", [", ".join(f"{kind.kind} {kind.resources:,}" for kind in complete)], screen)
    unlisted = f"{', '.join(listless)}: {NOT_LISTED}" if listless else ""
    yield from _section("Not complete", [unlisted, *map(_partly, partly)], screen)
    unknown = [f"{kind.kind}: {', '.join(kind.unknown)}" for kind in report.kinds if kind.unknown]
    yield from _section("Not known", unknown, screen)
    nobody = [call.subject for call in report.missing if call.why == NOT_ASKED]
    yield from _section("Not asked for", [", ".join(dict.fromkeys(nobody))], screen)
    calls = list(_calls(report.missing))
    yield from _section("Calls for a full picture", _shown(calls, in_full=in_full), screen)
    refused = [f"{found.origin}: {found.why}" for found in report.not_understood]
    yield from _section("Not understood", _shown(refused, in_full=in_full), screen)
    if in_full:
        yield from _section("Taken", list(_taken(report)), screen)
    last = []
    if report.credentials:
        last.append(f"{plural(report.credentials, 'credential')} in the answers; none is in the snapshot.")
    if report.passed_over:
        last.append(f"{plural(len(report.passed_over), 'file')} beside the answers passed over.")
    yield from _section("", last, screen)


def _section(title: str, lines: Sequence[str], screen: Screen) -> Iterator[str]:
    lines = [line for line in lines if line]
    if not lines:
        return
    yield ""
    if title:
        yield screen.paint(title, "bold")
    for line in lines:
        yield from indent(printable(line), "  " if title else "", screen)


def _shown(lines: Sequence[str], *, in_full: bool) -> Sequence[str]:
    return lines if in_full else [*lines[:_MOST], *(line.strip() for line in left_out(len(lines) - _MOST, ""))]


def _partly(kind: SnapshotKindReport) -> str:
    return f"{kind.kind} {kind.resources:,}: {kind.why}"


def _calls(missing: Iterable[SnapshotCallReport]) -> Iterator[str]:
    """Yield each call once, with how often it is to be made: a list that is of several kinds is asked for once."""
    times: Counter[tuple[str, str | None]] = Counter()
    offsets: dict[str, str] = {}
    for call in missing:
        if call.operation is not None and call.why != NOT_ASKED:
            shared = OPERATIONS[call.operation].role is Role.LIST and times[call.operation, call.path]
            times[call.operation, call.path] += 0 if shared else call.times
            paging = OPERATIONS[call.operation].paging
            if paging is not None and call.offset is not None:
                offsets[call.operation] = f"?{paging.offset}={call.offset}"
    for (operation, path), number in times.items():
        yield f"{operation}{f', {number:,} times' if number > 1 else ''}: GET {path}{offsets.get(operation, '')}"


def _taken(report: SnapshotReport) -> Iterator[str]:
    counted: Counter[tuple[str, str]] = Counter()
    for answer in report.answers:
        counted[answer.origin, answer.operation or answer.subject] += answer.items
    yield from (f"{origin}: {operation}, {plural(items, 'item')}" for (origin, operation), items in counted.items())
