"""What messages show of a value."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.credentials.masking import MASK
from assetpkg.diagnostics.values import in_one_line, shown
from tests.tables import every_row

VALUES = [
    ("orders", '"orders"'),
    ("x" * 58, f'"{"x" * 58}"'),
    ("x" * 59, f'"{"x" * 57}…"'),
    ("x" * 56 + '"' * 9, f'"{"x" * 56}…"'),
    (10**70, f"1{'0' * 58}…"),
    (None, "null"),
    (["a"], "(a list)"),
    ({"a": 1}, "(an object)"),
    ("mysql://root:S3cretPWx@host/db", '"mysql://root:***@host/db"'),
]


@every_row(("value", "told"), VALUES)
def test_a_long_text_is_cut_inside_its_quotation_marks(value: Any, told: str) -> None:
    assert shown(value) == told


def test_nothing_is_shown_of_a_secret() -> None:
    assert shown("Zq7Canary9Xw", secret=True) == MASK


@every_row(
    ("text", "told"),
    [
        ("Orders 订单", "Orders 订单"),
        ("a\nb\u202ec", "a\\u000ab\\u202ec"),
        ("mysql://root:S3cretPWx@host/db", "mysql://root:***@host/db"),
    ],
)
def test_a_text_is_in_one_line(text: str, told: str) -> None:
    assert in_one_line(text) == told


@given(st.text())
def test_nothing_in_a_line_cannot_be_seen(text: str) -> None:
    assert in_one_line(text).isprintable()
