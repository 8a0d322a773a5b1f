"""Several plans for a person's screen: the order first, then one plan after the other."""

from collections.abc import Iterator

from assetpkg.render.screen import Screen, indent, printable
from assetpkg.render.text.effects import COLOURS
from assetpkg.render.text.plan import Detail, render_plan
from assetpkg.report.compare import PlansReport


def render_rollout(report: PlansReport, screen: Screen, detail: Detail) -> str:
    """Return the order of the imports, and the plan of each."""
    return "\n".join(_lines(report, screen, detail)) + "\n"


def _lines(report: PlansReport, screen: Screen, detail: Detail) -> Iterator[str]:
    yield screen.paint("In this order", "bold")
    for number, step in enumerate(report.steps, 1):
        needs = f", after {', '.join(printable(path) for path in step.needs)}" if step.needs else ""
        verdict = screen.paint(step.plan.verdict, COLOURS[step.plan.verdict])
        first, *more = indent(f"{printable(step.path)}: {step.plan.verdict}{needs}", f"{number:>3}  ", screen)
        yield from (first.replace(step.plan.verdict, verdict, 1), *more)
    for circle in report.circles:
        around = " > ".join(printable(path) for path in (*circle, circle[0]))
        yield from indent(f"These need each other, so none can be imported first: {around}", "  !  ", screen)
    for number, step in enumerate(report.steps, 1):
        yield ""
        yield from indent(f"{number}. {printable(step.path)}", "== ", screen)
        yield render_plan(step.plan, screen, detail).rstrip("\n")
