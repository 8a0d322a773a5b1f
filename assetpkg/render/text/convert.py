"""Archives of other layouts in the own one, and what was put back, for a person's screen."""

from collections.abc import Iterator

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, indent, left_out, printable
from assetpkg.render.text.check import coverage_lines
from assetpkg.report.convert import ConvertReport

_MOST_SHOWN = 40
"""How many changes are named."""
_NOT_KNOWN = "Whether the platform accepts this copy is not known: its own checks are not public."


def render_convert(report: ConvertReport, screen: Screen) -> str:
    """Return what was written, and what is not in it or is not known of it."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: ConvertReport, screen: Screen) -> Iterator[str]:
    output = printable(report.output)
    if not report.back:
        if report.layout is not None:
            yield from coverage_lines(report.name, report.layout, screen)
        resources = plural(len(report.resources), "resource")
        yield from indent(f"{resources}, and origins.json, which says where each came from", f"{output}: ", screen)
        return
    for place in report.changed[:_MOST_SHOWN]:
        yield printable(f"  {place.entry} {place.pointer}".rstrip())
    yield from left_out(len(report.changed) - _MOST_SHOWN, "  ", how=" (--format json)")
    if not report.changed:
        yield f"{output}: nothing was changed, so that it is the original byte for byte"
        return
    number = plural(len(report.changed), "value")
    yield from indent(f"{number} put back; every other byte of every entry is as it was", f"{output}: ", screen)
    yield from indent(_NOT_KNOWN, "", screen)
