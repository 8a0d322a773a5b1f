"""An adapted package for a person's screen: what was changed, and what could not follow."""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from assetpkg.render.causes import causes_of
from assetpkg.render.places import Container
from assetpkg.render.screen import Screen, and_more, indent, left_out, plural, printable
from assetpkg.render.text.findings import Places, cause_lines
from assetpkg.render.text.words import WAYS
from assetpkg.report.adapt import AdaptReport, FollowedReport, GivenValueReport, LeftOutReport
from assetpkg.report.plan_effects import LeftBehindReport

_MOST_NAMED = 20
"""How many lines a paragraph has on a screen, unless all are asked for."""


def render_adapt(report: AdaptReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was changed on the way to one environment, or why nothing was written."""
    return "\n".join(_adapted(report, screen, in_full=in_full)) + "\n"


def _adapted(report: AdaptReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    title = f"{plural(report.resources, 'resource')} of {printable(report.package.name)}, by {printable(report.file)}"
    where = printable(report.output or "the adapted package")
    yield from indent(title if report.output else f"{title}. Nothing was written.", f"{where}: ", screen)
    section = partial(_section, screen=screen, in_full=in_full)
    yield from section("Values", [_given(each) for each in report.values])
    yield from section("Other names", [f"{each.address} > {each.new_name}" for each in report.renamed])
    yield from section("Follow that", list(_followed(report.followed)))
    yield from section(
        "An old name that stays, since nothing says that it is a reference: look whether it has to be changed",
        [_left_behind(each) for each in report.left_behind],
    )
    yield from section("Left out", [_left_out(each) for each in report.left_out])
    yield from section("Accepted in plans", [f"{each.code} {each.address}: {each.reason}" for each in report.accepts])
    if report.diagnostics:
        yield ""
        places = Places(_container(report), is_alone=True)
        for cause in causes_of(report.diagnostics):
            yield from cause_lines(cause, places, screen, in_full=in_full)
    yield ""
    yield f"content sha256 {report.sha256}"


def _container(report: AdaptReport) -> Container:
    return report.package


def _section(title: str, words: Sequence[str], *, screen: Screen, in_full: bool) -> Iterator[str]:
    if not words:
        return
    yield ""
    for line in indent(f"{title} ({len(words):,})", "", screen):
        yield screen.paint(line, "bold")
    shown = words if in_full or screen.endless else words[:_MOST_NAMED]
    for word in shown:
        first, *further = indent(printable(word), "  ", screen, wide=True)
        yield first
        yield from (f"  {line}" for line in further)
    yield from left_out(len(words) - len(shown), "  ")


def _given(each: GivenValueReport) -> str:
    if each.variable is not None:
        return f"{each.address} {each.pointer}: from the environment variable {each.variable}"
    before = "" if each.before is None else f"{_json(each.before)} > "
    return f"{each.address} {each.pointer}: {before}{_json(each.after)}"


def _json(value: object) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _followed(found: Sequence[FollowedReport]) -> Iterator[str]:
    """Yield what follows, by what it follows: how many references and copies, and where the first one is."""
    grouped: dict[tuple[str, bool], list[FollowedReport]] = {}
    for each in found:
        grouped.setdefault((each.to, each.copy), []).append(each)
    for (to, copy), members in grouped.items():
        what = (
            plural(len(members), "copy of its name", "copies of its name")
            if copy
            else plural(len(members), "reference")
        )
        yield f"{to}: {what}, in {members[0].address} {members[0].pointer}{and_more(len(members) - 1)}"


def _left_behind(each: LeftBehindReport) -> str:
    ways = ", ".join(WAYS[way] for way in each.written)
    return f"{each.address} {each.pointer}: the name of {each.to}{f', {ways}' if ways else ''}"


def _left_out(each: LeftOutReport) -> str:
    if each.kept_on_target:
        return f"{each.address}: the target's stays"
    return each.address if each.needed is None else f"{each.address}: it refers to {each.needed}"
