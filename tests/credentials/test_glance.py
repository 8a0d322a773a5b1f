"""One glance at texts: it sees whatever is found later, and says of ordinary texts that there is nothing."""

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.credentials import find_spans
from assetpkg.credentials.files import BASE64_START
from assetpkg.credentials.glance import CREDENTIALS, PLACEHOLDERS
from assetpkg.credentials.stand_ins import find_left_open
from tests.credentials.test_finding import ROWS, wrapped
from tests.credentials.texts import ORDINARY, PLAIN_FORMS, SPELLINGS
from tests.tables import every_row

BEGINNINGS = ("", "x ", "the ", "“", '{"name": "', '{"key": "', "\n", "用户：abc，", "jdbc:mysql://h/db?user=a&")
NAMES = (
    *("password", "pass word", "trust-store", "trust.store", "config-file-content", "密码", "AK/SK", "user/password"),
    *("secret key", "Api Key", "clé_api", "app code", "Passwort", "mot de passe", "db.pass", "token", "пароль", "令牌"),
)
SPELT = (str, str.upper, str.title, lambda name: name.replace(" ", "-"), lambda name: name.replace("k", "\u212a"))
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
SIGNS = (
    *(":", "=", "：", "＝", " = ", ": ", " :\n", '": "', "': '", "”：“", " \x1c:\x1f", " is ", " => ", "|", ">", "</"),
    *('", "value": "', '", "content":"', "[0]: ", '("', '", "', " IDENTIFIED BY '", " (x): ", " for me: "),
)
VALUES = ("Tr0ub4dor&3xyz", "hunter2Hunter2", "Q9z-Lk2!pAAs8", "ab12CD34ef56GH78ij90KL12", "'x1Y2z3W4'", '"x1Y2z3W4v5"')
ENDS = ("", '"}', "'", "\n", ", x", ">", "”")
PIECES = ("${", "a}", "{{", "}}", " x ", "$(", ")", "@@", "__A", "__", "%", "A_B", "<", ">", "***", "password=", "//u:")

texts = st.builds(
    lambda beginning, name, spell, wide, sign, value, end: "".join(
        (beginning, spell(name).translate(WIDE if wide else {}), sign, value, end)
    ),
    *map(st.sampled_from, (BEGINNINGS, NAMES, SPELT, (False, False, False, True), SIGNS, VALUES, ENDS)),
)


def is_seen(text: str) -> bool:
    """Say whether a text is looked at; base64 is, without a glance."""
    return CREDENTIALS.sees(text) or BASE64_START.match(text) is not None


@every_row("text", [*SPELLINGS, *ROWS, *PLAIN_FORMS])
def test_every_text_of_the_tables_is_seen_alone_and_among_others(text: str) -> None:
    if find_spans(text):
        assert is_seen(text)
        assert CREDENTIALS.sees(f"Order\n{text}\n12:30") or BASE64_START.match(text)


@given(st.one_of(texts, texts.flatmap(wrapped)))
def test_whatever_is_found_is_seen(text: str) -> None:
    assert is_seen(text) or not find_spans(text)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_every_placeholder_is_seen(text: str) -> None:
    assert PLACEHOLDERS.sees(text) or not list(find_left_open([text]))


@every_row(
    "text",
    [
        "",
        '[{"id": 643, "name": "订单中心", "invoice": 567222}, {"id": 212, "name": "物流跟踪", "created": 51808}]',
        '{"title": "order 29", "type": "object", "properties": {"lines": {"type": "array", "maxItems": 64}}}',
        "Return the orders of a customer (newest first): 12:30, 50 each.",
        "/orders/{order-number}/lines",
    ],
)
def test_an_ordinary_text_is_not_looked_at(text: str) -> None:
    assert not CREDENTIALS.sees(text)
    assert not PLACEHOLDERS.sees(text)


def test_most_ordinary_texts_of_the_tables_have_nothing_to_see_but_what_resembles_a_credential() -> None:
    assert any(CREDENTIALS.sees(text) for text in ORDINARY)
    assert not all(CREDENTIALS.sees(text) for text in ORDINARY)


def test_what_cannot_be_utf8_is_looked_at() -> None:
    assert CREDENTIALS.sees("\ud800")
