"""Two packages in one for a person's screen: what is from where, or in what they clash."""

from collections.abc import Iterator
from functools import partial

from assetpkg.archive import STANDARD_INPUT, STANDARD_STREAM
from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, printable
from assetpkg.render.text.paragraphs import names_below, paragraph
from assetpkg.report.merge import MergeReport, TakenFileReport, TakenResourceReport
from assetpkg.report.plan import PackageReport

_WHY = {"only": "", "added": "new: ", "changed": "changed: ", "renamed": "has a new name: ", "preferred": "preferred: "}
_SIDES = {"a": "A", "b": "B", "both": "both"}


def render_merge(report: MergeReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was merged and from where, or why nothing was written."""
    return "\n".join(_merge(report, screen, in_full=in_full)) + "\n"


def _merge(report: MergeReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    section = partial(paragraph, screen=screen, in_full=in_full)
    if report.sha256 is None:
        yield from indent(_refusal(report), "", screen)
        yield from names_below([each.message for each in report.clashes], screen=screen, in_full=in_full)
        return
    title = f"{plural(report.resources, 'resource')}, merged from {_packages(report)}"
    yield from indent(f"{printable(report.output or 'the merged package')}: {title}", "", screen)
    for side, words in (("a", "From A"), ("b", "From B"), ("both", "Made of both, or changed alike in both")):
        yield from section(words, [_taken(each) for each in report.taken if each.side == side])
    yield from section("Removed", [f"{each.address}, in {_SIDES[each.side]}" for each in report.removed])
    yield from section("Files of no resource", [_file(each) for each in report.files])
    if report.prefer is not None:
        yield from section(f"Settled by {_SIDES[report.prefer]}", [each.message for each in report.settled])
    yield ""
    yield f"The same in {'all three' if report.base else 'both'}: {plural(report.same, 'resource')}."
    yield f"content sha256 {report.sha256}"


def _packages(report: MergeReport) -> str:
    base = "" if report.base is None else f", both made of {_path(report.base)}"
    return f"A ({_path(report.a)}) and B ({_path(report.b)}){base}"


def _path(package: PackageReport) -> str:
    return STANDARD_INPUT if package.path == STANDARD_STREAM else printable(package.path)


def _refusal(report: MergeReport) -> str:
    """Return that nothing was written, and what can be done about it."""
    only_here = {"reference", "same-name", "same-id", "same-file"}
    is_settled = all(each.word in only_here for each in report.clashes)
    todo = "" if is_settled else ", or say with --prefer a or --prefer b which one holds"
    places = plural(len(report.clashes), "place")
    comma = "," if report.base is not None else ""
    return f"Nothing was written: {_packages(report)}{comma} clash in {places}. Change one of them{todo}."


def _taken(each: TakenResourceReport) -> str:
    return f"{_WHY[each.why]}{each.address}"


def _file(each: TakenFileReport) -> str:
    made = "made of both" if each.side == "both" else f"from {_SIDES[each.side]}"
    return f"{each.entry}, {f'removed in {_SIDES[each.side]}' if each.removed else made}"
