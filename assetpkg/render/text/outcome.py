"""The human formats of the state that an import ends in, and of how an import is undone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, printable, quoted
from assetpkg.report.outcome import ApplyReport, StaysReport, UndeterminedReport, UndoReport
from assetpkg.report.plan import OptionsReport, TargetReport
from assetpkg.target.undetermined import Uncertainty

_MOST_NAMED = 5
"""How many resources a paragraph names, unless all are asked for."""


def render_apply(report: ApplyReport, output: str, screen: Screen, *, in_full: bool = False) -> str:
    """Return what was written to `output`, or why nothing was, and what of it is not settled."""
    page = _Page(screen, in_full=in_full)
    return "\n".join(_applied(report, output, page) if report.applied else _refused(report, screen)) + "\n"


def render_undo(report: UndoReport, output: str, screen: Screen, *, in_full: bool = False) -> str:
    """Return how to use the package in `output`, what it brings back, and what is left to do by hand."""
    return "\n".join(_undo(report, output, _Page(screen, in_full=in_full))) + "\n"


class _Page(NamedTuple):
    """The screen that is written to, and whether everything is named there."""

    screen: Screen
    in_full: bool

    def named(self, words: Sequence[str], margin: str) -> Iterator[str]:
        """Yield the first words, or all of them, in a line each."""
        shown = words if self.in_full or self.screen.endless else words[:_MOST_NAMED]
        for word in shown:
            yield from indent(printable(word), margin, self.screen, wide=True)
        yield from left_out(len(words) - len(shown), margin)


def _refused(report: ApplyReport, screen: Screen) -> Iterator[str]:
    first = report.obstacles[0]
    about = f"{first.address}: " if first.address else ""
    code = f" ({first.code})" if first.code else ""
    more = f", and {plural(len(report.obstacles) - 1, 'more obstacle')}" if len(report.obstacles) > 1 else ""
    text = (
        f"Not applied: the plan is blocked by {about}{first.message}{code}{more};"
        " 'assetpkg plan' reports all, and --partial applies what has no conflict."
    )
    yield from indent(printable(text), "", screen)


def _applied(report: ApplyReport, output: str, page: _Page) -> Iterator[str]:
    screen = page.screen
    yield from indent(f"Predicted: {_title(report.options, report.target)}", "", screen)
    untouched = report.resources - len(report.created) - len(report.updated) - len(report.followed)
    counts = f"+ {len(report.created):,} created  ~ {len(report.updated):,} updated  {untouched:,} as they were"
    yield from indent(counts, "  ", screen)
    yield from indent(f"{plural(report.resources, 'resource')} afterwards, in {printable(output)}", "  ", screen)
    if report.followed:
        yield "  these refer by a value that changes; they still refer to the same resource:"
        yield from page.named(report.followed, "      ")
    if report.moved:
        yield "  these have another address afterwards:"
        yield from page.named([f"{each.before} -> {each.after}" for each in report.moved], "      ")
    if report.obstacles:
        text = f"The plan is blocked, by {plural(len(report.obstacles), 'obstacle')}: what is in conflict was left out."
        yield ""
        yield from indent(text, "", screen)
    if report.undetermined:
        yield ""
        yield screen.paint("Not settled", "bold")
        yield from _doubts(report.undetermined, page)


def _doubts(facts: Sequence[UndeterminedReport], page: _Page) -> Iterator[str]:
    sentences = {why.value: why.sentence for why in Uncertainty}
    for why in dict.fromkeys((*sentences, *(fact.why for fact in facts))):
        addresses = list(dict.fromkeys(fact.address for fact in facts if fact.why == why))
        if addresses:
            sentence = sentences.get(why, "a snapshot says so, and this assetpkg does not know the word")
            yield from indent(sentence, f"  {printable(why)} ({len(addresses):,}): ", page.screen)
            yield from page.named(addresses, "      ")


def _undo(report: UndoReport, output: str, page: _Page) -> Iterator[str]:
    screen = page.screen
    if report.verdict == "blocked":
        conflicts = f", with {plural(report.undone.conflict, 'conflict')}" if report.undone.conflict else ""
        text = (
            f"The plan is blocked{conflicts}: the import may fail, perhaps half-way. The list is for the parts that"
            " are imported nevertheless; 'assetpkg plan' names what blocks."
        )
        yield from indent(text, "", screen)
        yield ""
    if report.needed:
        yield from indent(
            f"Written: {printable(output)}, to be imported with type={report.options.mode} and"
            f" datasource_overwrite={str(report.options.datasource_overwrite).lower()}, without prefix",
            "",
            screen,
        )
        maybe = sum(not found.certain for found in report.restored)
        yield f"  ~ {len(report.restored) - maybe:,} restored  ? {maybe:,} restored if the import changes them"
        yield ""
        yield screen.paint("Restored", "bold")
        for basis in dict.fromkeys(found.basis.sentence for found in report.restored):
            yield from indent(f"{basis}:", "  ", screen)
            members = [found for found in report.restored if found.basis.sentence == basis]
            words = [f"{'~' if found.certain else '?'} {found.address}" for found in members]
            yield from page.named(words, "      ")
        if report.companions:
            count = plural(len(report.companions), "resource")
            yield from indent(f"It also contains {count} as on the target, because these refer to them.", "  ", screen)
    else:
        text = "Nothing to restore: the import replaces nothing on the target, so no package was written."
        yield from indent(text, "", screen)
    yield from _by_hand(report, page)


def _by_hand(report: UndoReport, page: _Page) -> Iterator[str]:
    if not (report.stays or report.credentials or report.doubles):
        return
    screen = page.screen
    yield ""
    yield screen.paint("By hand", "bold")
    yield from _deletions(report.stays, page)
    places = [f"{found.address} {found.pointer}" for found in report.credentials]
    if places:
        yield from indent("enter these credentials again, where the import has removed them:", "  ", screen)
        yield from page.named(places, "      ")
    if report.doubles:
        yield from indent("restore these, which are on the target twice under one name:", "  ", screen)
        yield from page.named(report.doubles, "      ")


def _deletions(stays: Sequence[StaysReport], page: _Page) -> Iterator[str]:
    for member, words in (
        ("apps", "delete these by their new ids, with POST …/assets/delete (apps):"),
        ("tasks", "delete these by their new ids, with POST …/assets/delete (tasks):"),
        (None, "delete these in the console, or with the APIs of their kinds:"),
    ):
        addresses = [found.address for found in stays if found.delete_with == member]
        if addresses:
            yield from indent(words, "  ", page.screen)
            yield from page.named(addresses, "      ")


def _title(options: OptionsReport, target: TargetReport) -> str:
    prefix = f"prefix {quoted(options.prefix)}" if options.prefix else "no prefix"
    overwrite = ", datasource_overwrite=true" if options.datasource_overwrite else ""
    return f"{options.mode} into {printable(target.name)}, {prefix}{overwrite}"
