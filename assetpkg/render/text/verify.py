"""Whether a saved plan holds, for a person's screen."""

from collections.abc import Iterator, Sequence

from assetpkg.render.screen import Screen, indent, left_out, plural, printable
from assetpkg.render.text.sections import grouped, named
from assetpkg.report.saved import DifferenceReport, VerifyReport

_FEW = 5
"""How many sorts of differences of one subject are shown; JSON has all of them."""
_TITLES = {
    "package": "The package has changed",
    "target": "The target has changed",
    "options": "The options have changed",
    "assumptions": "The assumptions have changed",
    "rules": "The rules have changed",
    "verdict": "The verdict has changed",
    "changes": "Other changes",
    "findings": "Other findings",
    "rest": "Different when planned again",
}
"""The subjects, in the order in which they are reported."""


def render_verification(report: VerifyReport, screen: Screen) -> str:
    """Return that the plan holds, or everything that is not as it was."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: VerifyReport, screen: Screen) -> Iterator[str]:
    if report.holds:
        yield screen.paint("The plan holds.", "green")
        text = (
            "Package, target, options, assumptions and rules have not changed, and planning again gives the same plan."
        )
        yield from indent(text, "", screen)
        yield from _times(report, screen)
        return
    yield screen.paint("The plan does not hold", "red") + f": {plural(len(report.differences), 'difference')}."
    for subject, title in _TITLES.items():
        members = [each for each in report.differences if each.subject == subject]
        if members:
            yield ""
            yield screen.paint(title, "bold")
        groups = list(grouped(members, lambda each: each.name if each.subject == "rest" else (each.saved, each.now)))
        for alike in groups[:_FEW]:
            yield from _difference(alike[0], [each.name for each in alike[1:]], screen)
        yield from left_out(sum(map(len, groups[_FEW:])), "  ", how="")
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
    yield from indent(printable(member.name), "  ", screen)
    if others:
        yield named(others, "  ", screen)
    if member.subject == "rest":
        return
    yield from indent(_value(member.saved), "    saved  ", screen)
    yield from indent(_value(member.now), "    now    ", screen)


def _value(value: str | None) -> str:
    return "(none)" if value is None else printable(value) or "(empty)"
