"""Whether a saved plan holds, for a person's screen."""

from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, printable
from assetpkg.render.text.sections import addresses_named, grouped
from assetpkg.render.verified import CHANGED, HOLDS, heading_of
from assetpkg.report.saved import DifferenceReport, VerifyReport

_FEW = 10
"""How many sorts of differences of one subject are shown on a screen, unless all are asked for."""


def render_verification(report: VerifyReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return that the plan holds, or what is not as it was; in full, each difference.

    The verdict is at the end again, where all does not fit a screen.
    """
    lines = list(_lines(report, screen, in_full=in_full))
    if len(lines) > screen.height:
        lines += ["", _verdict(report, screen)]
    return "\n".join(lines) + "\n"


def _verdict(report: VerifyReport, screen: Screen) -> str:
    if report.holds:
        return screen.paint("The plan holds.", "green")
    return screen.paint("The plan does not hold", "red") + f": {plural(len(report.differences), 'difference')}."


def _lines(report: VerifyReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    yield _verdict(report, screen)
    if report.holds:
        yield from indent(HOLDS, "", screen)
        yield from _times(report, screen)
        return
    for subject in CHANGED:
        members = [each for each in report.differences if each.subject == subject]
        if members:
            yield ""
            yield screen.paint(heading_of(subject), "bold")
        groups = list(grouped(members, lambda each: each.name if each.subject == "rest" else (each.saved, each.now)))
        shown = groups if in_full or screen.endless else groups[:_FEW]
        for alike in shown:
            yield from _difference(alike[0], [each.name for each in alike[1:]], screen)
        yield from left_out(sum(map(len, groups[len(shown) :])), "  ")
    yield from _times(report, screen)


def _times(report: VerifyReport, screen: Screen) -> Iterator[str]:
    """Say when the two snapshots were taken, where that is not the same; this is no difference."""
    if report.taken != report.saved_taken:
        yield ""
        times = [
            printable(time) if time else "at a time that is not known" for time in (report.taken, report.saved_taken)
        ]
        yield from indent(f"The target was looked at {times[0]}; for the plan, {times[1]}.", "", screen)


def _difference(member: DifferenceReport, others: Sequence[str], screen: Screen) -> Iterator[str]:
    yield from indent(printable(member.name), "  ", screen, wide=True)
    yield from addresses_named(others, "  ", screen)
    if member.subject == "rest":
        return
    yield from indent(_value(member.saved), "    saved  ", screen, wide=True)
    yield from indent(_value(member.now), "    now    ", screen, wide=True)


def _value(value: str | None) -> str:
    return "(none)" if value is None else printable(value) or "(empty)"
