"""The human format of what was made of an OpenAPI file."""

from collections.abc import Iterator, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, printable, wrap
from assetpkg.report.openapi import NoteReport, OpenApiReport

_MOST = 20
"""How many lines of one sort are shown."""
_TITLES = {
    "left-out": "Left out",
    "unresolved": "Not known by its name: an id made of the name is in its place (--beside)",
    "unknown": "Not understood",
    "assumed": "Assumed",
    "credential": "Credentials, not taken over",
    "unused": "Without a field in a document",
}


def render_openapi(report: OpenApiReport, screen: Screen) -> str:
    """Return what was made, and what was not."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: OpenApiReport, screen: Screen) -> Iterator[str]:
    for sort, title in _TITLES.items():
        notes = [note for note in report.notes if note.sort == sort]
        if notes:
            yield screen.paint(title, "bold")
            yield from _section(notes, report.source, screen)
            yield ""
    if report.replaced:
        yield screen.paint("To be entered again", "bold")
        for each in report.replaced[:_MOST]:
            yield from indent(f"{each.placeholder or 'null'}", f"  {printable(each.entry)} {each.pointer}: ", screen)
        yield from left_out(len(report.replaced) - _MOST, "  ", how=" (--format json)")
        yield ""
    made = f"{plural(len(report.resources), 'resource')} of a file in {report.form}"
    yield from indent(made, f"{printable(report.output)}: ", screen)


def _section(notes: Sequence[NoteReport], source: str, screen: Screen) -> Iterator[str]:
    by_message: dict[str, list[NoteReport]] = {}
    for note in notes:
        by_message.setdefault(note.message, []).append(note)
    for message, places in list(by_message.items())[:_MOST]:
        more = len(places) - 1 + sum(note.more for note in places)
        said = printable(f"{source}:{places[0].line}:{places[0].column} {message}{and_so_on(more)}")
        first, *others = wrap(said, screen.width - 4)
        yield f"  {first}"
        yield from (f"    {line}" for line in others)
    yield from left_out(len(by_message) - _MOST, "  ", how=" (--format json)")


def and_so_on(more: int) -> str:
    """Return how many other places the same is said of."""
    return f" (and {plural(more, 'other place')})" if more else ""
