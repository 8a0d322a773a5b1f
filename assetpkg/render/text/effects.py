"""What a plan means beyond its changes, for a person's screen."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.planning.assumptions import PREFIX_RENAMES
from assetpkg.planning.remarks import Reason
from assetpkg.render.screen import Screen, few, indent, left_out, listed, printable, quoted
from assetpkg.render.text.job import prediction_lines
from assetpkg.render.text.sections import Detail, addresses_named, counted, grouped
from assetpkg.render.text.words import WAYS, in_words
from assetpkg.report.order import OrderReport
from assetpkg.report.plan import PlanReport
from assetpkg.report.plan_effects import ImpactReport, PrefixReport

COLOURS = {"blocked": "red", "risky": "yellow", "unverified": "yellow", "accepted": "yellow", "clear": "green"}
"""The colour of each verdict."""
_FEW = 3
"""How many places are named before the rest is counted."""
_MOST_USES = 8
"""How many data sources that are used in ways of their own have a sentence on a screen."""
_MOST_LINES = 4
"""How many lines a circle takes at most, unless all is asked for."""
_CLASHES = (Reason.NAME_TAKEN, Reason.ID_TAKEN, Reason.COMBINATION_TAKEN)
"""Why something is in conflict with what is there already."""


def effect_lines(report: PlanReport, screen: Screen, detail: Detail) -> Iterator[str]:
    """Yield what follows a prefix, who notices on the target, what the verdict rests on, and the call itself."""
    everything = detail.everything
    if report.prefix is not None:
        yield from _prefix(report.prefix, report, screen, in_full=detail.in_full)
    yield from _impacts(report.impact, screen, in_full=detail.in_full)
    yield from _order(report.order, screen, in_full=everything)
    yield from prediction_lines(report.predicted_job, screen, in_full=everything)
    yield from _other_verdicts(report, screen)
    if everything:
        yield from _request(report, screen)


def _prefix(prefix: PrefixReport, report: PlanReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    yield ""
    yield screen.paint("The prefix", "bold") + f" {quoted(prefix.value)}"
    if prefix.suggested:
        yield from _suggested(report, screen)
    follows = [f"{found.address} {found.pointer}" for found in prefix.follows]
    yield from _places(f"{plural(len(follows), 'reference')} to new names", follows, screen, in_full=in_full)
    kept: dict[str, list[str]] = {}
    for found in sorted(prefix.left_behind, key=lambda each: each.copy):
        ways = [WAYS[way] for way in found.written]
        name = ", ".join((found.to.partition("/")[2], *ways))
        kept.setdefault(f"{found.address} {found.pointer}", []).append(name)
    places = [f"{place} ({'; '.join(names)})" for place, names in kept.items()]
    head = f"{plural(len(places), 'place')} with an old name that the prefix does not reach"
    yield from _places(head, places, screen, in_full=in_full)
    single = [each.address for each in report.changes if each.target_name != each.name and len(each.name) == 1]
    if single:
        yield from listed(single, "  not searched for, because the name has only one character:", screen)


def _suggested(report: PlanReport, screen: Screen) -> Iterator[str]:
    """Say of what a suggested prefix is free, and what clashes no prefix reaches."""
    both = report.options.assumptions.get(PREFIX_RENAMES.name) != "applications"
    names = "an application or task" if both else "an application"
    text = f"suggested: the shortest prefix for which no name of {names} is taken, and all these names stay valid"
    yield from indent(text, "  ", screen)
    stay = Counter(each.kind for each in report.changes if each.action == "conflict" and each.reason in _CLASHES)
    if stay:
        many = plural(sum(stay.values()), "clash", "clashes")
        yield from indent(f"no prefix reaches {many}: {counted(stay)}", "  ", screen)


def _places(head: str, places: Sequence[str], screen: Screen, *, in_full: bool) -> Iterator[str]:
    if not places:
        return
    if in_full or screen.endless:
        yield f"  {head}:"
        for place in places:
            yield from indent(printable(place), "    ", screen, wide=True)
        return
    yield from listed(few(places, _FEW), f"  {head}:", screen)


def _impacts(impacts: Sequence[ImpactReport], screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Yield who uses the data sources on the target: each in full, or those that are used alike together."""
    if not impacts:
        return
    yield ""
    yield screen.paint("Who uses it on the target", "bold")
    groups = list(grouped(impacts, _usage))
    shown = groups if in_full or screen.endless else groups[:_MOST_USES]
    for alike in shown:
        for impact in alike if in_full else alike[:1]:
            yield from indent(f"{printable(impact.address)} {_usage(impact)}", "  ", screen)
            if in_full:
                yield from _users(impact, screen)
        others = [] if in_full else [each.address for each in alike[1:]]
        yield from addresses_named(others, "    ", screen, most=_FEW)
    yield from left_out(sum(map(len, groups[len(shown) :])), "  ", "data source")


def _users(impact: ImpactReport, screen: Screen) -> Iterator[str]:
    for user in impact.users:
        through = f" through {printable(user.through)}" if user.through else ""
        where = "" if user.in_package else " (not in the package)"
        yield from indent(f"{printable(user.address)}{through}{where}", "    ", screen, wide=True)


def _usage(impact: ImpactReport) -> str:
    """Return in a sentence what becomes of a data source, and by how many of what it is used."""
    done = "is overwritten" if impact.action == "update" else "is kept, and differs"
    kinds = Counter(user.kind for user in impact.users)
    number = sum(kinds.values())
    outside = sum(not user.in_package for user in impact.users)
    use = "uses" if number == 1 else "use"
    users = f"{in_words(kinds)} on the target {use} it" if kinds else "nothing on the target is known to use it"
    beyond = f", {outside:,} of them not in the package" if outside and number > 1 else ""
    beyond = ", and is not in the package" if outside and number == 1 else beyond
    unknown = f". Not looked at for this: {', '.join(impact.not_covered)}" if impact.not_covered else ""
    return f"{done}: {users}{beyond}{unknown}."


def _order(order: OrderReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if not order.circles and not (in_full and order.waves):
        return
    yield ""
    yield screen.paint("The order that the references ask for", "bold")
    for number, wave in enumerate(order.waves if in_full else (), 1):
        yield from indent(", ".join(printable(address) for address in wave), f"{number:>3}  ", screen)
    shown = order.circles if in_full or screen.endless else order.circles[:_FEW]
    for circle in shown:
        lines = list(indent(f"need each other: {_around(circle)}", "  !  ", screen, wide=True))
        most = len(lines) if in_full or len(lines) <= _MOST_LINES else _MOST_LINES
        yield from lines[:most]
        if most < len(lines):
            yield f"     … and {plural(len(lines) - most, 'more line')} (--details)"
    yield from left_out(len(order.circles) - len(shown), "  !  ", "circle")


def _around(circle: Sequence[str]) -> str:
    return " > ".join(printable(address) for address in (*circle, circle[0]))


def _other_verdicts(report: PlanReport, screen: Screen) -> Iterator[str]:
    if report.other_verdicts is None:
        return
    yield ""
    if not report.other_verdicts:
        yield "Strict: the verdict stays the same, whichever one of the assumptions is changed."
        return
    yield screen.paint("Strict: the verdict rests on assumptions", "red")
    for other in report.other_verdicts:
        yield f"  {other.name}={other.value} would make it {screen.paint(other.verdict, COLOURS[other.verdict])}"


def _request(report: PlanReport, screen: Screen) -> Iterator[str]:
    request = report.request
    yield ""
    yield f"{screen.paint('The call', 'bold')}: {request.method}"
    yield from indent(f"{request.path}?{request.query_string}", "  ", screen)
    file = printable(request.file_name) if request.file_name else "the zip, once it is packed"
    yield f"  form field {request.form_field}: {file}"
    note = f"{request.note[:1].upper()}{request.note[1:]}."
    yield from indent(note, "  ", screen)
