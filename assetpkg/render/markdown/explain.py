"""The words that are explained, as Markdown: a table for each sort of many, all that is known of a single one."""

from collections.abc import Iterator
from itertools import groupby

from assetpkg.render.explained import NAMES, are_few, facts_of
from assetpkg.render.markdown.marks import code
from assetpkg.report.explain import ExplainedReport, ExplainReport


def tell_explanation(report: ExplainReport) -> str:
    """Return the page: all of a few words, and a sentence of many; all of it is our own text, and Markdown already."""
    if are_few(report):
        return "\n".join(line for each in report.words for line in _section(each))
    return "\n".join(_tables(report))


def _section(each: ExplainedReport) -> Iterator[str]:
    yield f"## {code(each.word)}"
    yield ""
    also = f", {', '.join(map(code, each.also))}" if each.also else ""
    yield f"{each.sort.replace('-', ' ')}{f', {each.severity}' if each.severity else ''}{also}"
    for paragraph in each.text.split("\n\n"):
        yield ""
        yield paragraph.replace("\n", " ")
    facts = list(facts_of(each))
    if facts or each.url is not None:
        yield ""
    for name, value in facts:
        yield f"- {name}: {value}"
    if each.url is not None:
        yield f"- Page: <{each.url}>"
    yield ""


def _tables(report: ExplainReport) -> Iterator[str]:
    for sort, members in groupby(report.words, key=lambda each: each.sort):
        name = NAMES.get(sort, f"{sort}s")
        yield f"## {name[0].upper()}{name[1:]}"
        yield ""
        yield "| word | meaning |"
        yield "|---|---|"
        for each in members:
            yield f"| {code(each.word)} | {each.title.replace('|', '&#124;')} |"
        yield ""
