"""A proposed layout for a person's screen: where what was found, how sure that is, and what to look at."""

from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, pad, printable, width_of
from assetpkg.report.learn import LearnReport, PlaceReport

_MOST_SHOWN = 12
"""How many groups that were not recognised are shown unless all are asked for."""
_NEAR = 0.05
"""From which score on the nearest kind is worth a word."""
_HEAD = ("kind", "number", "sure", "fields", "references", "place")


def render_learn(report: LearnReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return the proposal as a table, and what speaks for it."""
    return "\n".join(_lines(report, screen, in_full=in_full)) + "\n"


def _lines(report: LearnReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    sure = [place for place in report.places if place.sure]
    unsure = [place for place in report.places if not place.sure]
    yield screen.paint(_title(report, sure), "bold")
    if report.against is None and report.places:
        yield ""
        yield from indent("; ".join(map(printable, report.marks)), "Recognised by: ", screen)
        yield from indent(printable(report.version or "not known"), "Asset version: ", screen)
    if sure:
        yield ""
        yield from _table(sure, screen)
    if unsure:
        yield ""
        yield "Not sure, for you to decide:" if report.against else "Not sure, commented out in the layout file:"
        yield from _table(unsure, screen)
    if report.against is not None:
        yield from _lacking("Words that name no kind in the layout", report.against.words, screen)
        yield from _lacking("Members that are no fields", report.against.members, screen)
        yield from _lacking("Tables of the layout with nothing in them", report.against.empty, screen)
    yield from _rest(report, screen, in_full=in_full)
    if report.look_at:
        yield ""
        yield "Look at:"
        for sentence in report.look_at:
            yield from indent(printable(sentence), "  - ", screen)


def _title(report: LearnReport, sure: Sequence[PlaceReport]) -> str:
    name = printable(report.name)
    if report.against is not None:
        if not report.against.recognised:
            return f"Layout {name}: not recognised by its marks"
        found = sum(place.number for place in report.places)
        lacking = found or report.against.words or report.against.members
        return f"Layout {name}: {plural(found, 'resource')} not covered" if lacking else f"Layout {name} covers all"
    if not report.places:
        return "Nothing in it looks like an asset: no layout is proposed"
    resolving, references = sum(place.resolving for place in sure), sum(place.references for place in sure)
    resolved = f", {resolving:,} of {plural(references, 'reference')} resolve" if references else ""
    tables = plural(len(sure), "table")
    return f"Proposed layout {name}: {plural(report.resources, 'resource')} in {tables}{resolved}"


def _table(places: Sequence[PlaceReport], screen: Screen) -> Iterator[str]:
    rows = [(_kinds(place), *_numbers(place), _where(place)) for place in places]
    widths = [max(width_of(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD) - 1)]
    for place, row in zip((None, *places), (_HEAD, *rows), strict=True):
        head = "".join(
            (pad(cell, width) if not number else " " * (width - width_of(cell)) + cell) + "  "
            for number, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        yield from indent(row[-1], head, screen)
        if place is not None:
            yield from _details(place, screen)


def _kinds(place: PlaceReport) -> str:
    return place.kinds[0].kind if len(place.kinds) == 1 else plural(len(place.kinds), "kind")


def _numbers(place: PlaceReport) -> Iterator[str]:
    yield f"{place.number:,}"
    yield f"{min(99, round(100 * place.score))} %"
    yield f"{place.known} of {place.known + len(place.unknown)}"
    yield f"{place.resolving:,} of {place.references:,}" if place.references else "-"


def _where(place: PlaceReport) -> str:
    coded = {None: "", "json": " (JSON in a text)", "base64": " (JSON in base64)"}[place.encoding]
    return f"{printable(', '.join(place.entries))} {printable(place.pointer)}{coded}".replace("  ", " ").rstrip()


def _details(place: PlaceReport, screen: Screen) -> Iterator[str]:
    if len(place.kinds) > 1:
        kinds = ", ".join(f"{each.kind} {each.number:,}" for each in place.kinds)
        yield from indent(f"by '{printable(place.kind_at or '')}': {kinds}", "    ", screen)
    if place.unknown:
        names = ", ".join(f"'{printable(each.name)}'" for each in place.unknown)
        yield from indent(f"not known: {names}", "    ", screen)
    for left in place.left_out:
        yield from indent(f"left out: {printable(left)}", "    ", screen)
    for renamed in place.renamed:
        yield from indent(f"renamed: {printable(renamed)}", "    ", screen)
    for each in place.inherited:
        yield from indent(f"{each.field} from {printable(each.text)}", "    ", screen)


def _lacking(title: str, lines: Sequence[str], screen: Screen) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        for line in lines:
            yield from indent(printable(line), "  ", screen)


def _rest(report: LearnReport, screen: Screen, *, in_full: bool) -> Iterator[str]:
    if report.unrecognised:
        yield ""
        yield "Not recognised:"
    shown = report.unrecognised if in_full else report.unrecognised[:_MOST_SHOWN]
    for found in shown:
        place = f"{printable(found.entry)} {printable(found.pointer)}".rstrip()
        near = f"; nearest: {found.nearest}, {round(100 * found.score)} %" if found.score >= _NEAR else ""
        reason = f"; {found.reason}" if found.reason else ""
        yield from indent(f"{place}: {plural(found.number, 'object')}{near}{reason}", "  ", screen)
    yield from left_out(len(report.unrecognised) - len(shown), "  ", "place")
    if report.other_files:
        files = ", ".join(f"{each.number:,} {printable(each.ending)}" for each in report.other_files)
        yield from indent(f"Other files: {files}", "", screen)
    for unread in report.unread[: None if in_full else _MOST_SHOWN]:
        yield from indent(f"not read: {printable(unread.entry)}: {printable(unread.reason)}", "", screen)
    yield from left_out(0 if in_full else len(report.unread) - _MOST_SHOWN, "", "file")
    if report.left_out:
        yield f"Not looked at, since enough was: {plural(report.left_out, 'file')}"
