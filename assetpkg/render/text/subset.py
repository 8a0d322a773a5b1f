"""A part of a package for a person's screen: what is in it and why, and what is not."""

from collections.abc import Iterator
from functools import partial

from assetpkg.archive import STANDARD_INPUT, STANDARD_STREAM
from assetpkg.diagnostics.sentences import and_more, plural
from assetpkg.render.screen import Screen, indent, printable
from assetpkg.render.text.paragraphs import names_below, paragraph
from assetpkg.report.subset import CompanionReport, CutReferenceReport, SubsetReport

_BECAUSE = {"named": "", "added": "new: ", "changed": "changed: ", "renamed": "has a new name: "}


def render_subset(report: SubsetReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was taken and why, or why nothing was written."""
    return "\n".join(_subset(report, screen, in_full=in_full)) + "\n"


def _subset(report: SubsetReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if report.refused:
        yield from indent("Nothing was written: what is to be taken refers to what --without takes away.", "", screen)
        yield from names_below([_refusal(each) for each in report.refused], screen=screen, in_full=in_full)
        return
    if not report.chosen:
        yield from indent(_nothing(report), "", screen)
    else:
        yield from _part(report, screen, in_full=in_full)
    section = partial(paragraph, screen=screen, in_full=in_full)
    yield from section(
        "Only in the earlier package; an import deletes nothing, so delete these by hand where they are to go",
        [f"{each.address}{f' (now {each.now})' if each.now else ''}" for each in report.gone],
    )
    if report.sha256 is not None:
        yield ""
        yield from indent(_left(report), "", screen)
        yield f"content sha256 {report.sha256}"


def _part(report: SubsetReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    section = partial(paragraph, screen=screen, in_full=in_full)
    total = report.resources + len(report.left)
    title = f"{report.resources:,} of {plural(total, 'resource')} of {printable(report.package.name)}"
    yield from indent(f"{printable(report.output or 'the part')}: {title}", "", screen)
    yield from section("Taken", [f"{_BECAUSE[each.because]}{each.address}" for each in report.chosen])
    yield from section("Taken because others refer to it", list(map(_companion, report.came_along)))
    yield from section("References that lead to nothing in the part", list(map(_cut, report.cut)))


def _companion(each: CompanionReport) -> str:
    return f"{each.address}, for {each.needed_by[0]}{and_more(len(each.needed_by) - 1)}"


def _cut(each: CutReferenceReport) -> str:
    return f"{each.address} {each.pointer} refers to {each.needs}"


def _refusal(each: CutReferenceReport) -> str:
    return (
        f"{each.address} refers to {each.needs} at {each.pointer}; take that, leave {each.address} out, too, or use"
        " --no-dependencies."
    )


def _nothing(report: SubsetReport) -> str:
    if report.since is not None:
        since = STANDARD_INPUT if report.since.path == STANDARD_STREAM else printable(report.since.path)
        return f"Nothing was written: nothing that is to be taken is new or changed since {since}."
    return f"Nothing was written: --without leaves nothing of {printable(report.package.name)} to take."


def _left(report: SubsetReport) -> str:
    files = report.files
    belonging = f", and {plural(files, 'file that belongs', 'files that belong')} to no resource"
    return f"Not taken: {plural(len(report.left), 'resource')}{belonging if files else ''}."
