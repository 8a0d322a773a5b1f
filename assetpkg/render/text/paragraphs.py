"""Paragraphs of names on a person's screen: a title with how many there are, and the first ones, or all."""

from collections.abc import Iterator, Sequence

from assetpkg.render.screen import Screen, indent, left_out, printable

_MOST_NAMED = 20
"""How many names a paragraph has on a screen, unless all are asked for."""


def paragraph(title: str, names: Sequence[str], *, screen: Screen, in_full: bool) -> Iterator[str]:
    """Yield names below a title that counts them, after an empty line; nothing where there are none."""
    if names:
        yield ""
        for line in indent(f"{title} ({len(names):,})", "", screen):
            yield screen.paint(line, "bold")
        yield from names_below(names, screen=screen, in_full=in_full)


def names_below(names: Sequence[str], *, screen: Screen, in_full: bool) -> Iterator[str]:
    """Yield the first names, each from a line of its own on, and how many more there are."""
    shown = names if in_full or screen.endless else names[:_MOST_NAMED]
    for name in shown:
        first, *further = indent(printable(name), "  ", screen, wide=True)
        yield first
        yield from (f"  {line}" for line in further)
    yield from left_out(len(names) - len(shown), "  ")
