"""What a plan means beyond its changes, for a person's screen."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assetpkg.render.jobs import prediction_lines
from assetpkg.render.screen import Screen, indent, plural, printable
from assetpkg.report.effects import ImpactReport, OrderReport, PrefixReport
from assetpkg.report.plans import PlanReport

COLOURS = {"blocked": "red", "risky": "yellow", "unverified": "yellow", "clear": "green"}
"""The colour of each verdict."""
_FEW = 3
"""How many places are named before the rest is counted."""


def effect_lines(report: PlanReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    """Yield what follows a prefix, who notices on the target, what the verdict rests on, and the call itself."""
    if report.prefix is not None:
        yield from _prefix(report.prefix, screen, in_full=in_full)
    if report.impact:
        yield ""
        yield screen.paint("Who uses it on the target", "bold")
        for impact in report.impact:
            yield from _impact(impact, screen, in_full=in_full)
    yield from _order(report.order, screen, in_full=in_full)
    yield from prediction_lines(report.predicted_job, screen, in_full=in_full)
    yield from _other_verdicts(report, screen)
    yield from _request(report, screen)


def _prefix(prefix: PrefixReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    yield ""
    chosen = ", the shortest that is free of clashes here" if prefix.suggested else ""
    yield screen.paint("The prefix", "bold") + f" {printable(prefix.value)}{chosen}"
    follows = [f"{found.address} {found.pointer}" for found in prefix.follows]
    yield from _places(f"{plural(len(follows), 'reference')} to new names", follows, screen, in_full=in_full)
    kept = [f"{found.address} {found.pointer}" for found in sorted(prefix.left_behind, key=lambda each: each.copy)]
    head = f"{plural(len(kept), 'place')} with an old name that the prefix does not reach"
    yield from _places(head, kept, screen, in_full=in_full)


def _places(head: str, places: Sequence[str], screen: Screen, *, in_full: bool) -> Iterator[str]:
    if not places:
        return
    if in_full:
        yield f"  {head}:"
        for place in places:
            yield from indent(printable(place), "    ", screen)
        return
    more = f" and {len(places) - _FEW:,} more (--details)" if len(places) > _FEW else ""
    yield from indent(f"{head}: {', '.join(printable(place) for place in places[:_FEW])}{more}", "  ", screen)


def _impact(impact: ImpactReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    done = "overwritten" if impact.action == "update" else "kept, and differs"
    kinds = Counter(user.kind for user in impact.users)
    outside = sum(not user.in_package for user in impact.users)
    users = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items()) or "nothing known"
    beyond = f"; {outside:,} of them not in the package" if outside else ""
    unknown = f"; not looked at: {', '.join(impact.not_covered)}" if impact.not_covered else ""
    yield from indent(f"{printable(impact.address)} ({done}): {users}{beyond}{unknown}", "  ", screen)
    for user in impact.users if in_full else ():
        through = f" through {printable(user.through)}" if user.through else ""
        where = "" if user.in_package else " (not in the package)"
        yield from indent(f"{printable(user.address)}{through}{where}", "    ", screen)


def _order(order: OrderReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if not order.circles and not (in_full and order.waves):
        return
    yield ""
    yield screen.paint("The order that the references ask for", "bold")
    for number, wave in enumerate(order.waves if in_full else (), 1):
        yield from indent(", ".join(printable(address) for address in wave), f"{number:>3}  ", screen)
    for circle in order.circles:
        around = " > ".join(printable(address) for address in (*circle, circle[0]))
        yield from indent(f"need each other: {around}", "  !  ", screen)


def _other_verdicts(report: PlanReport, screen: Screen) -> Iterator[str]:
    if report.other_verdicts is None:
        return
    yield ""
    if not report.other_verdicts:
        yield "Strict: no other answer to any open question changes the verdict."
        return
    yield screen.paint("Strict: the verdict rests on assumptions", "red")
    for other in report.other_verdicts:
        yield f"  {other.name}={other.value} would make it {screen.paint(other.verdict, COLOURS[other.verdict])}"


def _request(report: PlanReport, screen: Screen) -> Iterator[str]:
    request = report.request
    yield ""
    yield screen.paint("The call", "bold")
    yield from indent(f"{request.method} {request.path}?{request.query_string}", "  ", screen)
    file = printable(request.file_name) if request.file_name else "the zip, once it is packed"
    yield f"  form field {request.form_field}: {file}"
    yield from indent(f"{request.note[:1].upper()}{request.note[1:]}.", "  ", screen)
