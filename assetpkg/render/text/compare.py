"""The human format of a comparison: the ways on top, then a row for every resource with a sign for each way."""

from collections.abc import Iterator, Mapping, Sequence

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.screen import Screen, few, indent, left_out, listed, pad, printable, quoted, width_of, wrap
from assetpkg.render.sentences import SIGNS, column_word, columns_without_obstacle
from assetpkg.render.text.effects import COLOURS
from assetpkg.render.text.sections import grouped
from assetpkg.render.text.words import MEANINGS
from assetpkg.report.compare import CellReport, ColumnReport, CompareReport, RowReport

_NARROW = 24
"""How many columns an address has at least, however many ways there are."""
_FEW = 2
"""How many resources of one kind, to which the ways do alike, have rows of their own."""
_MOST_ROWS = 24
"""How many rows there are before the rest is counted."""
_MANY = 4
"""How many addresses are named in a sentence."""
_ASSUMED = "  *"
"""What is after a row in which the ways differ only by an assumption."""


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
    yield from _legend(report.columns, screen)
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
    word = column_word(column)
    verdict = screen.paint(pad(word, max(map(len, COLOURS))), COLOURS[word])
    yield f"{number:>2}  {verdict}  {counts}"
    yield from indent(_words(column), "    ", screen)


def _legend(columns: Sequence[ColumnReport], screen: Screen) -> Iterator[str]:
    """Say what the signs mean that are there."""
    used = [word for word in SIGNS if any(getattr(column.summary, word) for column in columns)]
    if used:
        yield ""
        yield from indent("; ".join(f"{SIGNS[word]} {MEANINGS[word]}" for word in used), "", screen)


def _words(column: ColumnReport) -> str:
    options = column.options
    prefix = f", prefix {quoted(options.prefix)}" if options.prefix else ""
    overwrite = ", data sources overwritten" if options.datasource_overwrite else ""
    return f"{options.mode}{prefix}{overwrite}"


def _table(report: CompareReport, rows: Sequence[RowReport], screen: Screen, *, everything: bool) -> Iterator[str]:
    if not rows:
        yield "Every column does the same with every resource."
        return
    everything = everything or screen.endless
    groups = [[row] for row in rows] if everything else _grouped(rows)
    cells = 4 * len(report.columns)
    widest = max(width_of(_head(alike)) for alike in groups)
    width = max(_NARROW, min(widest, screen.width - cells - len(_ASSUMED)))
    yield " " * width + "".join(f"{number:>4}" for number in range(1, len(report.columns) + 1))
    shown = groups if everything else groups[:_MOST_ROWS]
    for alike in shown:
        *above, last = wrap(_head(alike), width)
        yield from above
        marks = "".join(_cell(cell, screen) for cell in alike[0].cells)
        yield pad(last, width) + marks + (_ASSUMED if alike[0].differs_only_by else "")
        if len(alike) > 1:
            yield from listed((row.address.partition("/")[2] for row in alike), "    ", screen)
    yield from left_out(sum(map(len, groups[len(shown) :])), "", "resource", how=" (--all)")


def _grouped(rows: Sequence[RowReport]) -> list[list[RowReport]]:
    """Return the rows of one kind to which the ways do alike together, where they are more than a few."""
    groups: list[list[RowReport]] = []
    for alike in grouped(rows, lambda row: (row.kind, *(cell.action for cell in row.cells), *row.differs_only_by)):
        groups += [[row] for row in alike] if len(alike) <= _FEW else [list(alike)]
    return groups


def _head(alike: Sequence[RowReport]) -> str:
    return printable(alike[0].address) if len(alike) == 1 else f"{alike[0].kind}, {len(alike):,} alike"


def _cell(cell: CellReport, screen: Screen) -> str:
    return "   " + screen.action(cell.action, SIGNS[cell.action])


def _notes(rows: Sequence[RowReport], screen: Screen) -> Iterator[str]:
    """Say of which rows the columns differ only because of what is assumed."""
    by_assumption: dict[str, list[str]] = {}
    for row in rows:
        for name in row.differs_only_by:
            by_assumption.setdefault(name, []).append(row.address)
    if not by_assumption:
        return
    yield ""
    for name, addresses in by_assumption.items():
        yield from listed(
            _few(addresses, "the rows with *", screen), f"*   the columns differ only by the assumption {name}:", screen
        )


def _advice(columns: Sequence[ColumnReport], screen: Screen) -> Iterator[str]:
    free, by_accepting = columns_without_obstacle(columns)
    if not free:
        yield from indent("Every column has a documented obstacle; 'assetpkg plan' names them.", "", screen)
        return
    yield f"Without a documented obstacle{', or with accepted ones only' if by_accepting else ''}:"
    for number in free:
        column = columns[number - 1]
        head = f"{number:>2}  {_words(column)} ({column_word(column)}) would overwrite"
        more = f"in column {number}"
        if column.overwrites:
            yield from listed(_few(column.overwrites, more, screen), head, screen)
        else:
            yield f"{head} nothing"
        if column.may_overwrite:
            yield from listed(_few(column.may_overwrite, more, screen), "    and perhaps", screen)


def _few(addresses: Sequence[str], where: str, screen: Screen) -> Sequence[str]:
    """Return the first addresses, of many with how many more there are, and where their names are."""
    return addresses if screen.endless else few(addresses, _MANY, where)
