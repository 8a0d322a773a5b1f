"""One glance at texts: it sees whatever is found later, and says of ordinary texts that there is nothing."""

import base64
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assetpkg.credentials import find_spans
from assetpkg.credentials.files import BASE64_START
from assetpkg.credentials.glance import CREDENTIALS, DOCUMENTS, PLACEHOLDERS
from assetpkg.credentials.labels import MAY_BE_A_KEY, NAME_OF_PASSWORD
from assetpkg.credentials.signs import one_of
from assetpkg.credentials.stand_ins import find_left_open
from assetpkg.credentials.words import FAR_SECRET, SECRET, has_stem
from tests.conftest import THOROUGH
from tests.credentials.test_finding import ROWS, wrapped
from tests.credentials.texts import BIRD, ORDINARY, PLAIN_FORMS, SPELLINGS
from tests.tables import every_row

BEGINNINGS = ("", "x ", "the ", "“", '{"name": "', '{"key": "', "\n", "用户：abc，", "jdbc:mysql://h/db?user=a&")
NAMES = (
    *("password", "pass word", "trust-store", "trust.store", "config-file-content", "密码", "AK/SK", "user/password"),
    *("AK", "SK", "Secret Access Key", "Access Key Id", "AppSecret", "PASSWORD", "访问密钥（AK）"),
    *("ak", "mySk", "authSig", "app.key", "key_store", "auth code", "config_file_content"),
    *("secret key", "Api Key", "clé_api", "app code", "Passwort", "mot de passe", "db.pass", "token", "пароль", "令牌"),
)
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
SPELT = (
    *(str, str.upper, str.title, lambda name: name.replace(" ", "-"), lambda name: name.replace("k", "\u212a")),
    *(
        lambda name: name.replace("_", "\f"),
        lambda name: name.replace("_", " - "),
        lambda name: name.replace("_", "－"),
    ),
    *(lambda name: name.title().replace("_", ""), lambda name: name[:1] + name[1:2].translate(WIDE) + name[2:]),
    *(lambda name: name.replace("s", "ſ"), lambda name: name.replace("i", "ı")),
)
SIGNS = (
    *(":", "=", "：", "＝", " = ", ": ", " :\n", '": "', "': '", "”：“", " \x1c:\x1f", " is ", " => ", "|", ">", "</"),
    *(
        '":{"a":["',
        '", "value": 48151623, "x": "',
        "\n  value: ",
        '" value="',
        "</name><value>",
        "｜",
        '")("',
        '"] = "',
    ),
    *('", "value": "', '", "content":"', "[0]: ", '("', '", "', " IDENTIFIED BY '", " (x): ", " for me: "),
    *(" ", "\n", "\r\n", "是", "的值为 ", "\t**", '" "', " is\t", "\nme,", '"\r\n"me","', "=a&", "=a;"),
)
KEY = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d"
VALUES = (
    KEY,
    "QWERTY12UIOP34ASDFGH",
    "hwroot",
    "Tr0ub4dor&3xyz",
    "hunter2Hunter2",
    "Q9z-Lk2!pAAs8",
    "ab12CD34ef56GH78ij90KL12",
    "'x1Y2z3W4'",
    '"x1Y2z3W4v5"',
)
ENDS = ("", '"}', "'", "\n", ", x", ">", "”")
PIECES = ("${", "a}", "{{", "}}", " x ", "$(", ")", "@@", "__A", "__", "%", "A_B", "<", ">", "***", "password=", "//u:")


NAMED = st.one_of(*(st.from_regex(name.source) for name in (SECRET, FAR_SECRET, NAME_OF_PASSWORD, MAY_BE_A_KEY)))
"""Words in which the patterns find names, whatever else is in them."""
texts = st.builds(
    lambda beginning, name, spell, wide, sign, value, end: "".join(
        (beginning, spell(name).translate(WIDE if wide else {}), sign, value, end)
    ),
    st.sampled_from(BEGINNINGS),
    st.one_of(st.sampled_from(NAMES), NAMED),
    *map(st.sampled_from, (SPELT, (False, False, False, True), SIGNS, VALUES, ENDS)),
)


def is_seen(text: str) -> bool:
    """Say whether a text is looked at; base64 is, without a glance."""
    return CREDENTIALS.sees(text) or BASE64_START.match(text) is not None


@every_row("text", [*SPELLINGS, *ROWS, *PLAIN_FORMS])
def test_every_text_of_the_tables_is_seen_alone_and_among_others(text: str) -> None:
    if find_spans(text):
        assert is_seen(text)
        assert CREDENTIALS.sees(f"Order\n{text}\n12:30") or BASE64_START.match(text)


@given(NAMED)
def test_every_name_has_a_stem(name: str) -> None:
    assert has_stem(name)


@settings(max_examples=5_000 if THOROUGH else 300)
@given(st.one_of(texts, texts.flatmap(wrapped)))
def test_whatever_is_found_is_seen(text: str) -> None:
    assert is_seen(text) or not find_spans(text)


@every_row(
    "text",
    [
        pytest.param(f'alter user u \uff49dentified\n  by "{BIRD}"', id="a wide letter in a word of SQL"),
        pytest.param(f'auth＝("admin", "{BIRD}")', id="a wide sign before arguments"),
        pytest.param(f"alter user ak \u0131dentified by '{BIRD}'", id="a letter that is an i where case is ignored"),
        pytest.param("to\u212aen=9f8e7d6c5b4a3210", id="the sign of degrees Kelvin"),
        pytest.param("token｜9f8e7d6c5b4a3210, a:1", id="a wide line between the columns of a table"),
        pytest.param("api\fkey: 9f8e7d6c5b4a3210", id="a form feed between two words"),
        pytest.param("app\fcode: 9f8e7d6c5b4a3210", id="a form feed between two words that are a name together"),
        pytest.param("key\fstore: 9f8e7d6c5b4a3210", id="a form feed after key"),
        pytest.param("a\nAK: QWERTY12UIOP34ASDFGH", id="a short name at the beginning of a line"),
        pytest.param(f"sk={BIRD}", id="a short name before its sign"),
        pytest.param(f'put("sk", "{BIRD}")', id="a short name right after a sign"),
        pytest.param(f"<sk>{BIRD}</sk>", id="a short name as an element"),
        pytest.param(f'{{"mySk12": "{BIRD}"}}', id="a short name behind small letters"),
        pytest.param(f'{{"sk\n": "{BIRD}"}}', id="a short name before a line break"),
        pytest.param(f'[{{"name": "AK", "value": "{BIRD}"}}]', id="a short name beside its value"),
        pytest.param(f'[{{"value": "{BIRD}", "name": "AK', id="a short name at the end of what is cut off"),
        pytest.param('[{"key": "app_key", "content": 48151623}]', id="a number beside a name"),
        pytest.param(f"- name: DB_PASSWORD\n  value: {BIRD}", id="a value on the line after its name"),
        pytest.param(f'x: httpBasic("me", "{BIRD}"), key', id="a call that logs in"),
        pytest.param(f"授权码：{BIRD}a", id="a name in Chinese letters"),
        pytest.param(f"AK\n{KEY}", id="a key below its name"),
        pytest.param(f"x\nSK\t{KEY}", id="a key after a short name at the beginning of a line"),
        pytest.param(f'"AppSecret" "{KEY}"', id="a key and its name in quotation marks"),
        pytest.param(f"API key\n is\t{KEY}", id="a key after a verb between blanks"),
        pytest.param(f"SECRET_ACCESS_KEY\nme,{KEY}", id="a key below its name and behind a user"),
        pytest.param(f"\uff33\u212a SK（\u2009\u30fb）{KEY}", id="a key behind wide signs"),
        pytest.param("DB_PASSWORD Hw2024ab", id="a value after a name in capital letters"),
        pytest.param(f'ObsClient("x", "{BIRD}")', id="a call whose name says what it has"),
        pytest.param("MACLE\u0301 API: 9f8e7d6c5b4a3210", id="an accent of its own after a capital letter"),
    ],
)
def test_a_credential_in_an_odd_spelling_is_seen(text: str) -> None:
    assert find_spans(text)
    assert CREDENTIALS.sees(text)
    for document in ({"x": text}, {text: 1}, {"x": json.dumps({"y": text}, ensure_ascii=False)}):
        assert DOCUMENTS.sees_in(json.dumps(document, ensure_ascii=False).encode())


@given(text=st.text(min_size=15), after=st.sampled_from(["", " ", "\n"]), padded=st.booleans())
def test_base64_of_any_text_is_seen(text: str, after: str, *, padded: bool) -> None:
    code = base64.b64encode(text.encode("utf-8", "replace")).decode()
    spelled = f"{code if padded else code.rstrip('=')}{after}"
    for document in ([spelled], {"x": json.dumps([spelled])}, [f"{spelled[:40]}\r\n{spelled[40:]}"]):
        assert DOCUMENTS.sees_in(json.dumps(document).encode())


@given(
    st.sampled_from([b"PK\x03\x04", b"\xfe\xed\xfe\xed", b"\xce" * 4])
    | st.sampled_from([b"\x10", b"\x7f", b"\x80", b"\x81\xff", b"\x82\x01\xff", b"\x83\x01\xff\xff"]).flatmap(
        lambda length: st.sampled_from([b"\x30" + length + kind for kind in (b"\x02\x01\x03\x30", b"\x02\x01\x01\x04")])
    ),
    st.binary(min_size=15),
)
@example(b"PK\x03\x04", bytes(15))
@example(b"\xfe\xed\xfe\xed", bytes(15))
@example(b"\xce" * 4, bytes(15))
@example(b"\x30\x83\x01\xff\xff\x02\x01\x03\x30", bytes(15))
def test_base64_of_a_file_of_keys_is_seen(beginning: bytes, rest: bytes) -> None:
    code = base64.b64encode(beginning + rest).decode()
    assert DOCUMENTS.sees_in(json.dumps([code]).encode())


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
        '[{"key": "X-Mock", "value": "1", "sku": "task"}, {"error_code": 0, "content": [], "author": "Ann"}]',
    ],
)
def test_an_ordinary_text_is_not_looked_at(text: str) -> None:
    assert not CREDENTIALS.sees(text)
    assert not PLACEHOLDERS.sees(text)


@every_row(
    "text",
    [
        "/orders/warehouses/customers",
        "warehouseOrderNumber",
        "cd1d5b86e0c758807c59f530b1869d0c",
        "3f1c2a4e-8d5b-4c6a-9e7f-102938475665",
        "application/json",
    ],
)
def test_a_word_of_a_document_is_not_taken_for_base64(text: str) -> None:
    assert not DOCUMENTS.sees_in(json.dumps({"x": text}).encode())


@given(st.lists(st.text("ab-", min_size=1, max_size=3), min_size=1, max_size=6), st.text("ab-", max_size=4))
def test_one_of_some_words_is_what_begins_as_one_does(known: list[str], text: str) -> None:
    assert bool(re.match(one_of(known), text)) == text.startswith(tuple(known))


def test_the_beginning_of_a_very_long_key_does_not_end_there() -> None:
    key = f"{'x' * 125}_sk"
    assert not find_spans(f'{{"{key}_and_more": "{BIRD}"}}')
    assert find_spans(f'{{"{key[1:]}": "{BIRD}"}}')


def test_most_ordinary_texts_of_the_tables_have_nothing_to_see_but_what_resembles_a_credential() -> None:
    assert any(CREDENTIALS.sees(text) for text in ORDINARY)
    assert not all(CREDENTIALS.sees(text) for text in ORDINARY)


def test_what_cannot_be_utf8_is_looked_at() -> None:
    assert CREDENTIALS.sees("\ud800")
