"""Texts of packages in Markdown: what is cut has no part of a credential left, and a quoted text stays together."""

from assetpkg.render.markdown.marks import LONGEST, MOST, Table, code, page, shorten, words
from assetpkg.render.markdown.plan import tell_value
from tests.tables import every_row

TOKEN = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"


@every_row("inside", range(5, len(TOKEN), 5))
def test_a_credential_at_the_cut_leaves_nothing(inside: int) -> None:
    text = f"{'x ' * (LONGEST // 2)}"[: LONGEST - inside] + TOKEN
    for told in (shorten(text), code(shorten(text)), words(text)):
        assert "ghp_A" not in told

    assert "ghp_A" not in tell_value(f"{'x ' * 40}"[: 78 - inside] + TOKEN)


SENTENCES = [
    ("'Order Center' is on the target already", "`Order Center` is on the target already"),
    ("refers to 'x'. Then", "refers to `x`. Then"),
    ("one ('x') and 'y', z", "one (`x`) and `y`, z"),
    ("it is 'a' 'b'", "it is `a` `b`"),
    ('name "查询 库存!" is not', 'name `"查询 库存!"` is not'),
    ('"a b:c", then', '`"a b:c"`, then'),
    (r'the value "a \"q\" b" is', r'the value `"a \"q\" b"` is'),
    ('the value "GET" is', 'the value "GET" is'),
    ("may have : . _ ( ) only", "may have `: . _ ( )` only"),
    ("see a/b: c", "see `a/b`: c"),
    ('no "end of it', 'no "end of it'),
    ("", ""),
]


@every_row(("sentence", "told"), SENTENCES)
def test_a_quoted_text_stays_together(sentence: str, told: str) -> None:
    assert words(sentence) == told


def test_a_short_table_is_whole_beside_long_ones() -> None:
    many = [("x" * 40, str(each)) for each in range(3_000)]
    tables = [Table(title, ("name", "number"), rows) for title, rows in (("a", many), ("b", many[:4]), ("c", many))]
    text = page(["# Title", *tables])
    assert MOST - 500 < len(text) <= MOST
    parts = [part.splitlines() for part in text.split("## ")[1:]]
    rows = [sum(line.startswith("| x") for line in lines) for lines in parts]
    assert rows[1] == 4
    assert abs(rows[0] - rows[2]) <= 5
    assert [lines[-2 if lines[-1] == "" else -1] for lines in (parts[0], parts[2])] == [
        f"… and {3_000 - shown:,} more rows, in the JSON." for shown in (rows[0], rows[2])
    ]


def test_a_page_whose_lines_have_no_room_for_a_table_counts_its_rows() -> None:
    text = page(["x" * MOST, Table("a", ("name",), [("one",), ("two",)])])
    assert text.endswith("\n\n… and 2 more rows, in the JSON.\n")
