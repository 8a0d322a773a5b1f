"""What formatting has changed, for a person's screen."""

from collections.abc import Iterable, Iterator

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.places import INTO
from assetpkg.render.screen import Screen, indent, printable
from assetpkg.report.fmt import FmtReport, FormattedFileReport

_DONE = {"changed": "formatted", "added": "added", "removed": "removed"}
_MEANT = {"changed": "would change", "added": "would add", "removed": "would remove"}
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def render_fmt(report: FmtReport, screen: Screen) -> str:
    """Return a line for each file, or the diffs of all, and a line that counts them."""
    return "\n".join(_lines(report, screen)) + "\n"


def _lines(report: FmtReport, screen: Screen) -> Iterator[str]:
    for file in report.files:
        place = printable(_place(file))
        if file.diff is not None:
            yield screen.paint(f"--- {place}", "bold")
            yield screen.paint(f"+++ {place}", "bold")
            yield from diff_lines(file.diff, screen)
        elif file.reason is not None:
            yield from indent(printable(file.reason), f"left {place}: ", screen)
        else:
            yield f"{(_DONE if report.written else _MEANT)[file.file or 'changed']} {place}"
    yield _total(report)


def diff_lines(lines: Iterable[str], screen: Screen) -> Iterator[str]:
    """Yield the lines of a unified diff, each in its colour."""
    for line in map(printable, lines):
        colour = _COLOURS.get(line[:1])
        yield screen.paint(line, colour) if colour else line


def _place(file: FormattedFileReport) -> str:
    if file.entry is None:
        return file.path
    return f"{file.path.removesuffix('/')}/{file.entry.replace(INTO, '/')}"


def _total(report: FmtReport) -> str:
    summary = report.summary
    done = "formatted" if report.written else "would change"
    same = (
        summary.files - summary.changed - sum(file.entry is not None for file in report.files if file.state == "left")
    )
    left = f", {summary.left:,} left" if summary.left else ""
    return f"{plural(summary.changed, 'file')} {done}, {same:,} unchanged{left}"
