"""What differs between two packages as text: resources with signs, their fields below them, the counts at the end."""

from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import and_more, plural
from assetpkg.render.differing import (
    ALIKE,
    ALONE,
    MEANINGS,
    SIGNS,
    counts_in_words,
    files_of,
    lost_patterns,
    recorded_note,
    shown_of,
)
from assetpkg.render.screen import ENDLESS, Screen, indent, left_out, listed, printable
from assetpkg.render.text.differences import field_lines
from assetpkg.render.text.sections import grouped
from assetpkg.report.diff import DifferenceReport, DiffReport

_COLOURS = {"added": "green", "removed": "red", "changed": "yellow", "renamed": "cyan"}
_MANY = 40
"""More resources than these have no line each on a screen, as far as only one side has them."""
_SIDES = ("before", "after")
_MOST_NAMED = 6
"""How many names are in a line about what is no difference, on a screen."""
_MOST_LINES = 200
"""How many lines of fields there are on a screen before resources are only named."""


def render_diff(report: DiffReport, screen: Screen, *, in_full: bool = False, only: Sequence[str] = ()) -> str:
    """Return the resources that differ with their fields; `in_full` also all that an added or removed one says.

    `only` are patterns: the resources whose address fits one are shown, in full.
    """
    return "\n".join(_diff(report, screen, in_full=in_full or bool(only), only=only)) + "\n"


def _diff(report: DiffReport, screen: Screen, *, in_full: bool, only: Sequence[str]) -> Iterator[str]:
    for sign, side, colour in (("---", report.before, "red"), ("+++", report.after, "green")):
        for line in indent(printable(side.path), f"{sign} ", screen, wide=True):
            yield screen.paint(line, colour)
    shown = shown_of(report, only)
    yield from _legend(shown, screen)
    if report.package or shown:
        yield ""
    for change in report.package:
        yield from indent(f"{change.pointer[1:]}: {change.before} -> {change.after}", "~ ", screen)
    room = ENDLESS if in_full or screen.endless else _MOST_LINES
    if not in_full and not screen.endless and len(shown) > _MANY:
        named = [each for each in shown if each.action in ALONE]
        shown = [each for each in shown if each.action not in ALONE]
    else:
        named = []
    for each in shown:
        yield from _head(each, screen)
        if each.action in ALONE and not in_full and each.kind != "file":
            continue
        lines = list(field_lines(each, screen, whole=in_full or screen.endless, sides=_SIDES)) if room > 0 else []
        room -= len(lines)
        yield from lines
        yield from _not_looked_at(each, screen, in_full=in_full)
    for alike in grouped(named, lambda each: (each.action, each.kind)):
        sign = SIGNS[alike[0].action]
        head = f"{sign} {alike[0].action} {alike[0].kind} ({len(alike):,}):"
        first, *more = listed((each.address.partition("/")[2] for each in alike), head, screen)
        yield from (screen.paint(first[:1], _COLOURS[alike[0].action]) + first[1:], *more)
    yield ""
    for sentence in lost_patterns(report, only):
        yield from indent(sentence, "", screen)
    yield from _summary(report, len(report.differences) - len(shown) - len(named), screen)
    yield from _beside(report, screen, in_full=in_full)


def _legend(shown: Sequence[DifferenceReport], screen: Screen) -> Iterator[str]:
    """Say what the signs mean that are there, and how a field is written that differs."""
    used = {each.action for each in shown}
    told = [f"{SIGNS[word]} {MEANINGS[word]}" for word in SIGNS if word in used]
    if any(each.fields for each in shown if each.action in ("changed", "renamed")):
        told.append("of a field: before -> after")
    if told:
        yield from indent("; ".join(told), "", screen)


def _head(difference: DifferenceReport, screen: Screen) -> Iterator[str]:
    sign, colour = SIGNS[difference.action], _COLOURS[difference.action]
    address = printable(difference.address)
    if difference.action == "renamed":
        alike = ALIKE[difference.alike_by or "id"]
        address = f"{printable(difference.before or '')} > {address} ({alike})"
    first, *more = indent(address, f"{sign} ", screen, wide=True)
    yield from (screen.paint(first[:1], colour) + first[1:], *more)


def _not_looked_at(difference: DifferenceReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if difference.unverified:
        pointers = difference.unverified if in_full or screen.endless else difference.unverified[:_MOST_NAMED]
        more = and_more(len(difference.unverified) - len(pointers))
        told = f"(not known on both sides: {', '.join(map(printable, pointers))}{more})"
        yield from indent(told, "      ", screen)


def _summary(report: DiffReport, hidden: int, screen: Screen) -> Iterator[str]:
    summary = report.summary
    counts = counts_in_words(report)
    differing = counts or ("No resource differs" if report.package else "Nothing differs")
    same = f"{'; ' if counts else ': '}{plural(summary.same, 'resource')} the same" if summary.same else ""
    yield from indent(f"{differing}{same}.", "", screen)
    if hidden:
        yield from indent(f"Not shown: {plural(hidden, 'resource')} not named by --only.", "", screen)


def _beside(report: DiffReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Say what could not be compared, and what differs and means nothing."""
    whole = in_full or screen.endless
    yield from indent(recorded_note(report), "", screen)
    if report.unverified:
        number = len(report.unverified)
        head = f"Alike as far as they are known: {plural(number, 'resource')}, with fields nobody has looked at"
        if not whole:
            yield from indent(f"{head} (--details names them).", "", screen)
        else:
            yield from listed((each.address for each in report.unverified), f"{head}:", screen)
    for each in report.uncovered:
        told = (
            f"Not compared: {each.kind} ({plural(each.resources, 'resource')}), which one of the sides does not cover."
        )
        yield from indent(told, "", screen)
    names = [f"{SIGNS[word]} {name}" for word, name in files_of(report.files)]
    if names:
        shown = names if whole else names[:_MOST_NAMED]
        head = f"Not compared: {plural(len(names), 'file')} that no import uses:"
        yield from listed(shown, head, screen)
        yield from left_out(len(names) - len(shown), "    ")
