"""The chapters of the manual, as text for a screen."""

import re

import pytest

from assetpkg.cli.commands.help import chapters
from assetpkg.render.text.manual import render_chapter
from tests.tables import every_row

_CODE = re.compile(r"`([^`\n]*\*\*[^`\n]*)`")
"""Code that has in it what elsewhere begins strong words."""


@every_row(
    ("markdown", "shown"),
    [
        pytest.param("a `b` c", "a b c", id="code"),
        pytest.param("a **b** c", "a b c", id="strong words"),
        pytest.param("masked (`******`)", "masked (******)", id="asterisks as code"),
        pytest.param("**a `**` b** and `c/**:d`", "a ** b and c/**:d", id="asterisks as code in strong words"),
        pytest.param("**a\nb `***`**", "a b ***", id="strong words in two lines"),
        pytest.param("| a | b |\n|---|---|\n| `**` | `c \\| d` |", "**\n    c | d", id="code in a table"),
        pytest.param("[`a`](../data.md)", "'assetpkg help data'", id="a link"),
    ],
)
def test_marks_of_markdown_are_not_shown_and_code_is_shown_as_it_is(markdown: str, shown: str) -> None:
    assert render_chapter(markdown, 80) == f"{shown}\n"


def test_no_code_of_the_manual_loses_its_asterisks() -> None:
    found = {topic: _CODE.findall(text) for topic, text in chapters().items()}
    assert found["target"] == ["******"]
    for topic, code in found.items():
        shown = render_chapter(chapters()[topic], 80)
        assert [each for each in code if each not in shown] == []
