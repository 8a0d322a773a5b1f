"""A plan for a person's screen, and several: the order first, then one plan after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assetpkg.diagnostics.model import OF_ACCEPTING, OF_IMPORTS, Severity
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import ENDLESS, LineOf, Screen, indent, printable, unused_files
from assetpkg.render.sentences import SIGNS, asked_for, unmatched, verdict_sentence, verdict_word
from assetpkg.render.text.accepted import accepted_lines, add_accepted_conflicts
from assetpkg.render.text.check import covered
from assetpkg.render.text.effects import COLOURS, effect_lines
from assetpkg.render.text.findings import Places
from assetpkg.render.text.sections import LIKE_IT, Detail, Found, Section, addresses_of, counted
from assetpkg.render.text.words import MEANINGS
from assetpkg.report.check import DiagnosticReport, LayoutReport
from assetpkg.report.plan import ChangeReport, PlanReport, PlanSummary

if TYPE_CHECKING:
    from assetpkg.report.compare import PlansReport

_DOUBTS = (Severity.RISK, Severity.WARNING)
_OF_PLANS = (OF_IMPORTS, OF_ACCEPTING)
"""The families whose notes are shown: those of the others, which are about the package alone, `check` has, too."""
_ROOM = 18
"""How many lines a section of a small plan has for what there is to say, beside the names."""
_ROOM_IN_LARGE = 10
"""The same in a large plan; what is doubtful has room only where nothing blocks."""
_USUAL_HEIGHT = 40
"""How many lines a screen has for which that is the room; a higher one has more."""
_MANY = 20
"""How many resources make a plan a large one."""


def render_plan(report: PlanReport, screen: Screen, detail: Detail | None = None, line_of: LineOf | None = None) -> str:
    """Return the plan as text: in short, or with as much detail as is asked for.

    The verdict and the counts are at the end again, where all does not fit a screen.
    """
    lines = list(_plan(report, screen, detail or Detail(), line_of))
    if len(lines) > screen.height:
        lines += ["", *_verdict(report, screen), *_counts(report.summary, screen)]
    return "\n".join(lines) + "\n"


def _plan(report: PlanReport, screen: Screen, detail: Detail, line_of: LineOf | None = None) -> Iterator[str]:
    yield from _verdict(report, screen)
    yield ""
    yield from _counts(report.summary, screen)
    if report.target is not None:
        yield f"  ({report.target.untouched:,} on the target untouched)"
        yield from _only_there(report.target.only_there, screen, detail)
    if report.package.unused_files:
        yield f"  ({unused_files(report.package.unused_files)}; assetpkg check lists them)"
    if report.package.layout is not None:
        yield from _layout(report.package.layout, screen)
    yield from accepted_lines(report.accepted, screen, "  ", in_full=detail.everything)
    yield from _legend(report, screen)
    by_address: dict[str, list[DiagnosticReport]] = {}
    general = []
    for found in report.diagnostics:
        if found.address is None or not found.code.startswith(OF_IMPORTS):
            general.append(found)
        else:
            by_address.setdefault(found.address, []).append(found)
    add_accepted_conflicts(report, by_address)
    shown = [change for change in report.changes if detail.shows(change, by_address)]
    blocked, risky, rest = _sort(shown, by_address)
    about = () if detail.only else general
    errors = [each for each in about if each.severity == "error"]
    doubts = [each for each in about if each.severity in _DOUBTS]
    notes = [each for each in about if each.severity == "info" and each.code.startswith(_OF_PLANS)]
    section = Section(by_address, screen, detail, Places(report.package, line_of, is_alone=True))
    is_large = len(report.changes) >= _MANY
    room = (_ROOM_IN_LARGE if is_large else _ROOM) + max(0, screen.height - _USUAL_HEIGHT)
    room = ENDLESS if screen.endless else room
    yield from _unmatched(report, screen, detail)
    beyond = _beyond(report, general, by_address, detail)
    lines = [
        *section.lines("What blocks", errors, blocked, room, beyond),
        *section.lines("Risks and warnings", doubts, risky, 0 if blocked and is_large and not screen.endless else room),
        *section.lines("Notes", notes, [], room),
        *section.rest("Everything else" if blocked or risky else "Everything", rest, room),
    ]
    is_folded = not section.is_endless and any(f"{LIKE_IT}:" in line for line in lines)
    yield from lines
    yield from _hidden(report, shown, general, section, is_folded=is_folded)
    yield from _assumptions(report, screen, detail)
    yield from _granted(report, screen, detail)
    yield from effect_lines(_narrowed(report, shown) if detail.only else report, screen, detail)


def _legend(report: PlanReport, screen: Screen) -> Iterator[str]:
    """Say what the signs mean that are there, and how a field is written that differs."""
    signs = [f"{sign} {MEANINGS[word]}" for word, sign in SIGNS.items() if getattr(report.summary, word)]
    if signs:
        yield from indent("; ".join(signs), "  ", screen)
    if any(change.fields for change in report.changes):
        yield from indent("of a field: the value on the target -> the value in the package", "  ", screen)


def _layout(layout: LayoutReport, screen: Screen) -> Iterator[str]:
    """Say how much of an archive of another layout is known."""
    rest = "; assetpkg check lists the rest" if layout.left else ""
    yield from indent(printable(f"layout '{layout.layout}': {covered(layout)}{rest})"), "  (", screen)


def _only_there(addresses: Sequence[str], screen: Screen, detail: Detail) -> Iterator[str]:
    """Name what is on the target and not in the package, where all details are asked for."""
    for address in addresses if detail.in_full else ():
        yield from indent(printable(address), "    ", screen)


def _narrowed(report: PlanReport, shown: Sequence[ChangeReport]) -> PlanReport:
    """Return the report with what a plan means for these resources alone."""
    named = {name for change in shown for name in (change.address, f"{change.kind}/{change.target_name}")}
    prefix = report.prefix and replace(
        report.prefix,
        follows=[each for each in report.prefix.follows if each.address in named],
        left_behind=[each for each in report.prefix.left_behind if each.address in named],
    )
    return replace(report, prefix=prefix, impact=[each for each in report.impact if each.address in named])


def _unmatched(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    """Say which patterns fit no resource at all."""
    addresses = {name for change in report.changes for name in addresses_of(change)} if detail.only else set()
    lost = list(unmatched(detail.only, addresses))
    if lost:
        yield ""
    for sentence in lost:
        yield from indent(sentence, "", screen)


def _beyond(report: PlanReport, general: Sequence[DiagnosticReport], found: Found, detail: Detail) -> str:
    """Return what blocks and is not named by `--only`, counted by its rules; nothing may hide it."""
    if not detail.only:
        return ""
    counts = Counter(each.code for each in general if each.severity == "error")
    for change in report.changes:
        if not detail.shows(change, found):
            errors = [each.code for each in found.get(change.address, ()) if each.severity == "error"]
            counts.update(errors or ([change.reason] if change.action == "conflict" else []))
    return f"not named by --only: {counted(counts)}" if counts else ""


def _verdict(report: PlanReport, screen: Screen) -> Iterator[str]:
    verdict = verdict_sentence(report)
    target = printable(report.target.name) if report.target else "an unknown instance"
    title = f"{verdict} {asked_for(report.options, target)}"
    word, colour = verdict.partition(":")[0], COLOURS[verdict_word(report)]
    for line in indent(title, "", screen):
        yield screen.paint(line, colour) if line.startswith(word) else line


def _counts(summary: PlanSummary, screen: Screen) -> Iterator[str]:
    """Yield how many resources have each action, in as few lines as the screen allows."""
    line, width = " ", 1
    for word, sign in SIGNS.items():
        count = getattr(summary, word)
        text = f"{sign} {count:,} {word}"
        if width > 1 and width + 2 + len(text) > screen.width:
            yield line
            line, width = " ", 1
        separator = "  " if width > 1 else " "
        line += separator + (screen.action(word, text) if count else text)
        width += len(separator) + len(text)
    yield line


def _sort(
    changes: Sequence[ChangeReport], found: Found
) -> tuple[list[ChangeReport], list[ChangeReport], list[ChangeReport]]:
    blocked, risky, rest = [], [], []
    for change in changes:
        severities = {diagnostic.severity for diagnostic in found.get(change.address, ())}
        if change.action == "conflict" or "error" in severities:
            blocked.append(change)
        elif not severities.isdisjoint(_DOUBTS):
            risky.append(change)
        else:
            rest.append(change)
    return blocked, risky, rest


def _hidden(
    report: PlanReport,
    shown: Sequence[ChangeReport],
    general: Sequence[DiagnosticReport],
    section: Section,
    *,
    is_folded: bool,
) -> Iterator[str]:
    """Say what is not shown, and how to see it."""
    hidden = len(report.changes) - len(shown)
    notes = sum(found.severity == "info" and not found.code.startswith(_OF_PLANS) for found in general)
    told = []
    if hidden and section.detail.only:
        told.append(f"{plural(hidden, 'resource')} of {len(report.changes):,} not named by --only")
    elif hidden:
        told.append(f"{plural(hidden, 'unchanged resource')} (--show-unchanged)")
    if notes:
        told.append(f"{plural(notes, 'note')} about the package (assetpkg check)")
    if is_folded:
        told.append("each resource in full (--details, --only ADDRESS)")
    if section.detail.in_full and any(change.action == "create" for change in shown):
        told.append("the fields of what is created (assetpkg show PACKAGE ADDRESS)")
    if told:
        yield ""
        yield from indent(f"Not shown: {', '.join(told)}.", "", section.screen)


def _assumptions(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    if not report.assumptions:
        return
    yield ""
    yield screen.paint("Assumptions", "bold") + " (answer one otherwise with --assume NAME=VALUE)"
    for assumption in report.assumptions:
        addresses = [printable(address) for address in assumption.addresses]
        if detail.in_full:
            yield from indent(f"{assumption.name}={assumption.value}: {assumption.question}", "  ", screen)
            yield from indent(f"touches {', '.join(addresses)}", "    ", screen)
            continue
        touched = addresses[0] if len(addresses) == 1 else plural(len(addresses), "resource")
        told = f"{assumption.name}={assumption.value} ({touched}): {assumption.question}"
        yield from indent(told, "  ", screen)


def _granted(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    """Say what no page says and no option changes; it is the same in every plan, so only where all is asked for."""
    if detail.in_full and not detail.only:
        yield ""
        yield screen.paint("Taken for granted", "bold") + ", because no page says otherwise"
        for granted in report.granted:
            yield from indent(f"{granted.name}: {granted.sentence}", "  ", screen)


def render_rollout(report: "PlansReport", screen: Screen, detail: Detail, line_of: LineOf | None = None) -> str:
    """Return the order of the imports, the plan of each, and the order once more below what fills a screen."""
    order = list(_order(report, screen))
    lines = [*order, *_steps(report, screen, detail, line_of)]
    if len(lines) > screen.height:
        lines += ["", *order]
    return "\n".join(lines) + "\n"


def _order(report: "PlansReport", screen: Screen) -> Iterator[str]:
    if not report.steps:
        yield "No package was found, so nothing is planned."
        return
    yield screen.paint("In this order", "bold")
    for number, step in enumerate(report.steps, 1):
        needs = f", after {', '.join(printable(path) for path in step.needs)}" if step.needs else ""
        word = verdict_word(step.plan)
        first, *more = indent(f"{printable(step.path)}: {word}{needs}", f"{number:>3}  ", screen)
        yield from (first.replace(word, screen.paint(word, COLOURS[word]), 1), *more)
    for circle in report.circles:
        around = " > ".join(printable(path) for path in (*circle, circle[0]))
        yield from indent(f"These need each other, so none can be imported first: {around}", "  !  ", screen)


def _steps(report: "PlansReport", screen: Screen, detail: Detail, line_of: LineOf | None) -> Iterator[str]:
    for number, step in enumerate(report.steps, 1):
        yield ""
        yield from indent(f"{number}. {printable(step.path)}", "== ", screen)
        yield from _plan(step.plan, screen, detail, line_of)
