"""The human format of a comparison: the ways on top, then a row for every resource with a sign for each way."""

from collections.abc import Iterator, Mapping, Sequence

from assetpkg.render.changes import SIGNS
from assetpkg.render.effects import COLOURS
from assetpkg.render.screen import Screen, cut, indent, pad, plural, printable, width_of
from assetpkg.report.comparison import CellReport, ColumnReport, CompareReport, RowReport

_NARROW = 24
"""How many columns an address has at least, however many ways there are."""
_MANY = 6
"""How many addresses are named in a sentence."""


def render_comparison(report: CompareReport, screen: Screen, *, everything: bool = False) -> str:
    """Return the table: the resources that become something else by the way of importing them, or every one."""
    return "\n".join(_comparison(report, screen, everything=everything)) + "\n"


def _comparison(report: CompareReport, screen: Screen, *, everything: bool) -> Iterator[str]:
    yield from indent(f"{printable(report.package.name)} into {printable(report.target.name)}", "", screen)
    yield ""
    widths = {word: max(len(f"{getattr(column.summary, word):,}") for column in report.columns) for word in SIGNS}
    for number, column in enumerate(report.columns, 1):
        yield from _column(number, column, widths, screen)
    yield ""
    shown = [row for row in report.rows if everything or row.differs]
    yield from _table(report, shown, screen)
    hidden = len(report.rows) - len(shown)
    if hidden:
        yield f"\nThe same in every column: {plural(hidden, 'resource')} (--all shows them)."
    yield from _notes(shown, screen)
    yield ""
    yield from _advice(report.columns, screen)


def _column(number: int, column: ColumnReport, widths: Mapping[str, int], screen: Screen) -> Iterator[str]:
    summary = column.summary
    counts = "  ".join(f"{sign} {getattr(summary, word):>{widths[word]},}" for word, sign in SIGNS.items())
    verdict = screen.paint(pad(column.verdict, max(map(len, COLOURS))), COLOURS[column.verdict])
    yield f"{number:>2}  {verdict}  {counts}"
    yield from indent(_words(column), "    ", screen)


def _words(column: ColumnReport) -> str:
    options = column.options
    prefix = f", prefix {printable(options.prefix)}" if options.prefix else ""
    overwrite = ", data sources overwritten" if options.datasource_overwrite else ""
    return f"{options.mode}{prefix}{overwrite}"


def _table(report: CompareReport, rows: Sequence[RowReport], screen: Screen) -> Iterator[str]:
    if not rows:
        yield "Every way does the same to every resource."
        return
    cells = 4 * len(report.columns)
    longest = max(width_of(printable(row.address)) for row in rows)
    width = max(_NARROW, min(longest, screen.width - cells))
    numbers = "".join(f"{number:>4}" for number in range(1, len(report.columns) + 1))
    yield " " * width + numbers
    for row in rows:
        marks = "".join(_cell(cell, screen) for cell in row.cells)
        yield pad(cut(printable(row.address), width), width) + marks + ("  *" if row.differs_only_by else "")


def _cell(cell: CellReport, screen: Screen) -> str:
    return "   " + screen.action(cell.action, SIGNS[cell.action])


def _notes(rows: Sequence[RowReport], screen: Screen) -> Iterator[str]:
    """Say of which rows the columns differ only because of what is assumed."""
    by_assumption: dict[str, list[str]] = {}
    for row in rows:
        for name in row.differs_only_by:
            by_assumption.setdefault(name, []).append(printable(row.address))
    if not by_assumption:
        return
    yield ""
    for name, addresses in by_assumption.items():
        yield from indent(f"the columns differ only by the assumption {name}: {_listed(addresses)}", "*   ", screen)


def _advice(columns: Sequence[ColumnReport], screen: Screen) -> Iterator[str]:
    free = [(number, column) for number, column in enumerate(columns, 1) if column.verdict != "blocked"]
    if not free:
        yield from indent("No way is without a documented obstacle; 'assetpkg plan' names those of each.", "", screen)
        return
    yield "Without a documented obstacle:"
    for number, column in free:
        replaced = _listed(column.overwrites) if column.overwrites else "nothing"
        maybe = f", and perhaps {_listed(column.may_overwrite)}" if column.may_overwrite else ""
        text = f"{_words(column)} ({column.verdict}) would overwrite {replaced}{maybe}"
        yield from indent(text, f"{number:>2}  ", screen)


def _listed(addresses: Sequence[str]) -> str:
    more = f" and {len(addresses) - _MANY:,} more" if len(addresses) > _MANY else ""
    return ", ".join(printable(address) for address in addresses[:_MANY]) + more
