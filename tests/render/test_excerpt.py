"""The line that a finding is about: what is meant is underlined, whatever is in the line and however wide it is."""

import pytest

from assetpkg.render.excerpt import excerpt_lines
from assetpkg.render.screen import Screen, SourceLine, width_of
from tests.tables import every_row


def shown(text: str, meant: str, *, width: int = 60, margin: str = "  ") -> list[str]:
    start = text.index(meant)
    return list(excerpt_lines(SourceLine(8, text, start, start + len(meant)), margin, Screen(width=width)))


@every_row(
    ("text", "meant", "line", "marks"),
    [
        ('    "port": "abc",', '"abc"', '  8 |     "port": "abc",', "    |             ^^^^^"),
        ('\t"port":\t1', "1", '  8 |     "port":    1', "    |                ^"),
        ('"名称": "订单", "x": 1', '"订单"', '  8 | "名称": "订单", "x": 1', "    |         ^^^^^^"),
        ('"a\x1b[2J": "\u202eb"', '"\u202eb"', '  8 | "a\\x1b[2J": "\\u202eb"', "    |             ^^^^^^^^^"),
        ("  {", "{", "  8 |   {", "    |   ^"),
    ],
)
def test_what_is_meant_is_underlined(text: str, meant: str, line: str, marks: str) -> None:
    assert shown(text, meant) == [line, marks]


@pytest.mark.parametrize("filler", ["x", "订"])
@pytest.mark.parametrize("width", [60, 200])
@pytest.mark.parametrize("places", [(0, 300), (150, 150), (300, 0), (20, 10)])
@pytest.mark.parametrize("meant", ['"m"', f'"{"m" * 500}"'])
def test_a_long_line_is_cut_around_what_is_meant(filler: str, width: int, places: tuple[int, int], meant: str) -> None:
    before, after = places
    line, marks = shown(f"{filler * before}{meant}{filler * after}", meant, width=width)
    assert width_of(line) <= width
    assert width_of(marks) <= width
    assert marks.strip("| ").strip("^") == ""
    at = marks.index("^")
    columns = "".join(character * width_of(character) for character in line)
    assert columns[at : at + 2] == '"m'
    assert ("…" in line) == (width_of(filler) * (before + after) + len(meant) + 6 > width)


def test_the_end_of_a_line_can_be_meant() -> None:
    assert list(excerpt_lines(SourceLine(1, "{", 1, 1), "", Screen())) == ["1 | {", "  |  ^"]
