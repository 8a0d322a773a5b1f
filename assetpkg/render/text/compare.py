"""The human format of a comparison: the ways on top, then a row for every resource with a sign for each way."""

from collections.abc import Iterator, Mapping, Sequence

from assetpkg.render.screen import Screen, and_more, cut, indent, left_out, pad, plural, printable, quoted, width_of
from assetpkg.render.text.effects import COLOURS
from assetpkg.render.text.sections import SIGNS, grouped
from assetpkg.report.compare import CellReport, ColumnReport, CompareReport, RowReport

_NARROW = 24
"""How many columns an address has at least, however many ways there are."""
_FEW = 2
"""How many resources of one kind, to which the ways do alike, have rows of their own."""
_MOST_ROWS = 24
"""How many rows there are before the rest is counted."""
_MANY = 4
"""How many addresses are named in a sentence."""


def render_comparison(report: CompareReport, screen: Screen, *, everything: bool = False) -> str:
    """Return the table: the resources that become something else by the way of importing them, or each one.

    Resources of one kind to which the ways do alike are in one row, unless each is asked for.
    """
    return "\n".join(_comparison(report, screen, everything=everything)) + "\n"


def _comparison(report: CompareReport, screen: Screen, *, everything: bool) -> Iterator[str]:
    yield from indent(f"{printable(report.package.name)} into {printable(report.target.name)}", "", screen)
    yield ""
    widths = {word: max(len(f"{getattr(column.summary, word):,}") for column in report.columns) for word in SIGNS}
    for number, column in enumerate(report.columns, 1):
        yield from _column(number, column, widths, screen)
    yield ""
    shown = [row for row in report.rows if everything or row.differs]
    yield from _table(report, shown, screen, everything=everything)
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
    prefix = f", prefix {quoted(options.prefix)}" if options.prefix else ""
    overwrite = ", data sources overwritten" if options.datasource_overwrite else ""
    return f"{options.mode}{prefix}{overwrite}"


def _table(report: CompareReport, rows: Sequence[RowReport], screen: Screen, *, everything: bool) -> Iterator[str]:
    if not rows:
        yield "Every column does the same with every resource."
        return
    told = [(printable(row.address), row) for row in rows] if everything else list(_grouped(rows))
    cells = 4 * len(report.columns)
    width = max(_NARROW, min(max(width_of(words) for words, _ in told), screen.width - cells))
    numbers = "".join(f"{number:>4}" for number in range(1, len(report.columns) + 1))
    yield " " * width + numbers
    for words, row in told if everything else told[:_MOST_ROWS]:
        marks = "".join(_cell(cell, screen) for cell in row.cells)
        yield pad(cut(words, width), width) + marks + ("  *" if row.differs_only_by else "")
    if not everything:
        yield from left_out(len(told) - _MOST_ROWS, "", "row", how=" (--all)")


def _grouped(rows: Sequence[RowReport]) -> Iterator[tuple[str, RowReport]]:
    """Yield the words and the cells of each row: of many that are alike, one row that counts and names them."""
    for alike in grouped(rows, lambda row: (row.kind, *(cell.action for cell in row.cells), *row.differs_only_by)):
        if len(alike) <= _FEW:
            yield from ((printable(row.address), row) for row in alike)
            continue
        names = (printable(row.address).partition("/")[2] for row in alike[:_MANY])
        more = ", …" if len(alike) > _MANY else ""
        yield f"{alike[0].kind}, {len(alike):,} alike: {', '.join(names)}{more}", alike[0]


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
        yield from indent("Every column has a documented obstacle; 'assetpkg plan' names them.", "", screen)
        return
    yield "Without a documented obstacle:"
    for number, column in free:
        replaced = _listed(column.overwrites) if column.overwrites else "nothing"
        maybe = f", and perhaps {_listed(column.may_overwrite)}" if column.may_overwrite else ""
        text = f"{_words(column)} ({column.verdict}) would overwrite {replaced}{maybe}"
        yield from indent(text, f"{number:>2}  ", screen)


def _listed(addresses: Sequence[str]) -> str:
    return ", ".join(printable(address) for address in addresses[:_MANY]) + and_more(len(addresses) - _MANY)
