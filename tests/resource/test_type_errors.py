"""What messages show of a value."""

from typing import Any

from assetpkg.resource.type_errors import shown
from tests.tables import every_row

VALUES = [
    ("orders", '"orders"'),
    ("x" * 58, f'"{"x" * 58}"'),
    ("x" * 59, f'"{"x" * 57}…"'),
    ("x" * 56 + '"' * 9, f'"{"x" * 56}…"'),
    (10**70, f"1{'0' * 58}…"),
    (None, "null"),
    (["a"], "(a list)"),
]


@every_row(("value", "told"), VALUES)
def test_a_long_text_is_cut_inside_its_quotation_marks(value: Any, told: str) -> None:
    assert shown(value) == told
