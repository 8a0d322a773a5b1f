"""An adapted package for a person's screen: what was changed, and what could not follow."""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from assetpkg.diagnostics.sentences import and_more, plural
from assetpkg.render.causes import causes_of
from assetpkg.render.screen import Screen, indent, printable
from assetpkg.render.text.findings import Places, cause_lines
from assetpkg.render.text.paragraphs import paragraph
from assetpkg.render.text.words import WAYS
from assetpkg.report.adapt import AdaptReport, FollowedReport, GivenValueReport, LeftOutReport
from assetpkg.report.plan_effects import LeftBehindReport


def render_adapt(report: AdaptReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was changed on the way to one environment, or why nothing was written."""
    return "\n".join(_adapted(report, screen, in_full=in_full)) + "\n"


def _adapted(report: AdaptReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    title = f"{plural(report.resources, 'resource')} of {printable(report.package.name)}, by {printable(report.file)}"
    where = printable(report.output or "the adapted package")
    yield from indent(title if report.output else f"{title}. Nothing was written.", f"{where}: ", screen)
    section = partial(paragraph, screen=screen, in_full=in_full)
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
        places = Places(report.package, is_alone=True)
        for cause in causes_of(report.diagnostics):
            yield from cause_lines(cause, places, screen, in_full=in_full)
    yield ""
    yield f"content sha256 {report.sha256}"


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
