"""The human format of what stands for credentials in a copy."""

from collections.abc import Iterator
from itertools import groupby

from assetpkg.render.screen import Screen, indent, plural, printable
from assetpkg.report.authoring import RedactReport, ReplacementReport

_PARTS = {"value": "", "key": " (the key)", "name": "(the file's name)"}


def render_redact(report: RedactReport, screen: Screen) -> str:
    """Return what was replaced, file by file, and a line that counts it."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: RedactReport, screen: Screen) -> Iterator[str]:
    for owner, found in groupby(report.replaced, key=lambda each: each.address or each.entry):
        yield screen.paint(printable(owner), "bold")
        for each in found:
            place = f"  {printable(_place(each))}".rstrip()
            line = f"{place}  {each.placeholder or 'null'}"
            if len(line) <= screen.width:
                yield line
            else:
                yield from indent(place.strip(), "  ", screen)
                yield f"    {each.placeholder or 'null'}"
    if report.replaced:
        yield ""
    yield from indent(_total(report), f"{printable(report.copy)}: ", screen)
    yield f"content sha256 {report.sha256}"


def _place(each: ReplacementReport) -> str:
    return f"{each.pointer or ('(the text)' if each.part == 'value' else '')}{_PARTS[each.part]}"


def _total(report: RedactReport) -> str:
    if not report.replaced:
        return "no credential was found; the content is the same"
    summary = report.summary
    placeholders = plural(summary.placeholders, "placeholder")
    return f"credentials replaced in {plural(summary.places, 'place')}, by {placeholders}"
