"""The words that are explained, for a person's screen: a line for each of many, all that is known of a single one."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assetpkg.diagnostics.sentences import plural
from assetpkg.render.explained import NAMES, are_few, facts_of
from assetpkg.render.screen import Screen, indent, pad
from assetpkg.report.explain import ExplainedReport, ExplainReport

_WIDEST = 28
"""How wide the column of the words is at most."""


def render_explanation(report: ExplainReport, screen: Screen, *, in_full: bool = False) -> str:
    """Return what the words mean: all of it of a few, and a sentence of many."""
    if in_full or are_few(report):
        parts = ["\n".join(_page(each, screen)) for each in report.words]
        return "\n\n".join(parts) + "\n"
    return "\n".join(_list(report.words, screen)) + "\n"


def _page(each: ExplainedReport, screen: Screen) -> Iterator[str]:
    also = f" ({', '.join(each.also)})" if each.also else ""
    severity = f", {each.severity}" if each.severity else ""
    first, *more = indent(f"{each.word}: {each.sort.replace('-', ' ')}{severity}{also}", "", screen)
    yield from (first.replace(each.word, screen.paint(each.word, "bold"), 1), *more)
    for paragraph in each.text.split("\n\n"):
        yield ""
        yield from indent(paragraph.replace("\n", " "), "", screen)
    facts = list(facts_of(each))
    if facts or each.url is not None:
        yield ""
    for name, value in facts:
        yield from indent(value, f"{name}: ", screen)
    if each.url is not None:
        # On a line for itself it can be clicked, and is not broken.
        yield each.url


def _list(words: Sequence[ExplainedReport], screen: Screen) -> Iterator[str]:
    for number, (sort, members) in enumerate(groupby(words, key=lambda each: each.sort)):
        alike = list(members)
        if number:
            yield ""
        yield screen.paint(plural(len(alike), sort.replace("-", " "), NAMES.get(sort, "")), "bold")
        width = min(max(len(each.word) for each in alike), _WIDEST)
        for each in alike:
            yield from indent(each.title, f"  {pad(each.word, width)}  ", screen)
