"""The manual's chapters, which are Markdown, as text for a screen."""

import re
from collections.abc import Iterator, Mapping
from textwrap import fill

# Bounded, so that a search takes no more than in proportion to the text.
_COMMENT = re.compile(r"<!--[^>]{0,200}-->\n{1,9}")
_CHAPTER = re.compile(r"\[([^]]{1,120})]\((?:[\w/.-]{0,80}/)?(\w{1,40})\.md\)")
_LINK = re.compile(r"\[([^]]{1,120})]\([^)]{0,200}\)")
_RULER = re.compile(r"\|(?:-+\|)+")
_BULLET = re.compile(r"(?:[-*]|\d+\.) ")
_STRONG = re.compile(r"`([^`]{1,9999})`|\*\*")
"""A code span, or what begins or ends strong words; two asterisks within a code span are neither."""


def render_chapters(chapters: Mapping[str, str], width: int) -> str:
    """Return the list of the chapters: each topic with the chapter's first paragraph."""
    wide = max(map(len, chapters)) + 2
    lines = [
        _filled(f"{name:{wide}}{_sentence(text)}", width, " " * (wide + 2), "  ") for name, text in chapters.items()
    ]
    listed = "\n".join(lines)
    return f"The chapters of the manual:\n\n{listed}\n\n'assetpkg help TOPIC' shows one of them.\n"


def render_chapter(text: str, width: int) -> str:
    """Return a chapter with its paragraphs filled to `width`, and each row of a table as an entry of its own."""
    blocks: list[str] = []
    for number, part in enumerate(re.split(r"^```.*\n", text, flags=re.MULTILINE)):
        # Every second part is between two fences: what is typed or printed, which stays as it is.
        blocks.extend([part.rstrip("\n")] if number % 2 else _blocks(part, width))
    return "\n\n".join(blocks) + "\n"


def _sentence(text: str) -> str:
    return _plain(text.split("\n\n")[1])


def _blocks(part: str, width: int) -> Iterator[str]:
    for block in _COMMENT.sub("", part).strip("\n").split("\n\n"):
        if block.startswith("|"):
            yield "\n".join(_table(block.split("\n"), width))
        elif block:
            yield "\n".join(_paragraphs(block, width))


def _paragraphs(block: str, width: int) -> Iterator[str]:
    """Yield a paragraph, a heading, or each item of a list."""
    items: list[list[str]] = []
    for line in block.split("\n"):
        if not items or _BULLET.match(line) or line.startswith("#"):
            items.append([])
        items[-1].append(line.strip())
    for item in items:
        text = _plain(" ".join(item))
        bullet = _BULLET.match(text)
        yield text if text.startswith("#") else _filled(text, width, " " * len(bullet[0]) if bullet else "")


def _table(lines: list[str], width: int) -> Iterator[str]:
    """Yield each row as its first cell, and below it the others with the names of their columns."""
    rows = [[_plain(cell.strip()) for cell in line.strip("|").split(" | ")] for line in lines if not _RULER.match(line)]
    (_, *heads), *entries = rows
    for first, *others in entries:
        yield _filled(first, width, "")
        named = [(head, cell) for head, cell in zip(heads, others, strict=False) if cell]
        yield from (
            _filled(f"{head}: {cell}" if len(heads) > 1 else cell, width, "    ", "    ") for head, cell in named
        )


def _plain(text: str) -> str:
    text = _CHAPTER.sub(r"'assetpkg help \2'", " ".join(text.split()))
    return _STRONG.sub(lambda found: found[1] or "", _LINK.sub(r"\1", text)).replace("\\|", "|")


def _filled(text: str, width: int, indent: str, first: str = "") -> str:
    return fill(
        text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
