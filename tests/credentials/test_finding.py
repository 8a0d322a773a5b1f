"""Credentials in every notation and spelling in which they were met, and what looks like one and is none: tables."""

import base64
import html
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetpkg.credentials import find_spans, find_suspects, is_suspicious
from assetpkg.credentials.masking import MASK, mask_line, mask_text
from assetpkg.credentials.words import is_secret_word, names_secret
from assetpkg.resource.masking import mask
from assetpkg.resource.walk import NO_FIELDS
from tests.conftest import THOROUGH
from tests.credentials.texts import BIRD, ORDINARY, PLAIN_FORMS, SECRET, SPELLINGS, read
from tests.tables import every_row

ROWS = [read(marked).text for texts in SECRET.values() for marked in texts]


@every_row("text", SPELLINGS)
def test_a_credential_is_hidden_in_texts_and_in_lines(text: str) -> None:
    assert BIRD not in mask_text(text)
    assert BIRD not in mask_line(text)
    assert BIRD not in json.dumps(mask(NO_FIELDS, {"x": [text]}))
    assert is_suspicious(f"a\n{text}\nb")
    masked = mask_text(text)
    assert mask_text(masked) == masked


def wrapped(text: str) -> st.SearchStrategy[str]:
    """Return what a text may be part of: prose, JSON, a long sample, base64, something escaped, or cut off."""
    sample = json.dumps([{"code": 0, "key of it": "a", "token_count": number} for number in range(9)])
    return st.sampled_from(
        [
            text,
            f"see {text} there",
            f"a\n{text}\nb",
            f"{text}\r\n",
            json.dumps({"text": text}),
            f"{sample}{text}",
            f"{text} : {sample}",
            f"{sample[:-1]}, {text}]",
            f'{sample}"{text}',
            json.dumps({"text": text}).replace("s", "\\u0073"),
            base64.b64encode(f"{sample} {text}".encode()).decode(),
            quote(text),
            html.escape(text),
            text[1:],
            text[:-1],
            f"{{{sample!r}: {text!r}}}",
            text.upper(),
            text.replace(":", " :\n"),
        ]
    )


SUSPECTS = st.sampled_from((*SPELLINGS, *ROWS, *ORDINARY, *PLAIN_FORMS, "order", "", "a" * 40)).flatmap(wrapped)


@settings(max_examples=1_000 if THOROUGH else 200)
@given(st.lists(SUSPECTS.flatmap(wrapped), max_size=6))
def test_a_look_at_many_texts_passes_over_none_in_which_something_is_found(texts: list[str]) -> None:
    assert {number for number, text in enumerate(texts) if find_spans(text)} <= set(find_suspects(texts))


@pytest.mark.parametrize("text", [*SPELLINGS, *PLAIN_FORMS])
@pytest.mark.parametrize("before", ["", '{"code": "key", "a": 1, "x": "12:30"}, ' * 9], ids=["alone", "after a sample"])
def test_a_look_at_many_texts_sees_each_spelling(text: str, before: str) -> None:
    texts = ["a", f"{before}{text}", "b"]
    if find_spans(texts[1]):
        assert find_suspects(texts) == [1]


def test_a_look_at_many_texts_passes_over_a_sample_that_speaks_of_none() -> None:
    sample = json.dumps([{"code": 0, "key": "a", "author": "auth", "signal": "pass", "at": "12:30"}] * 9)
    assert find_suspects([sample, "authorization is asked for", "v: 1"]) == []


def test_the_receivers_of_a_mail_have_no_passwords() -> None:
    assert not find_spans("cc:joe1@example.com;ann2@example.com")
    assert find_spans("cc:joe1@x;ann2@10.0.0.1:3306")


def test_what_stands_behind_a_masked_parameter_is_kept() -> None:
    assert mask_text(f"https://h/?password={BIRD}&x=1") == f"https://h/?password={MASK}&x=1"


def test_a_script_in_base64_is_read_as_any_text() -> None:
    code = base64.b64encode(f'{{"password":["{BIRD}"], }} and so on'.encode()).decode()
    assert [span[:2] for span in find_spans(code)] == [(0, len(code))]


@every_row(
    "key",
    [
        "passWord", "PASS_WORD", "pass-word", "keypass", "storepass", "appKey", "app_key", "appCode", "app_code",
        "sign_key", "hmac_key", "ssh_key", "aes_key", "subscription_key", "Ocp-Apim-Subscription-Key", "access_key_id",
        "accessKeyId", "secret_id", "signature", "passcode", "db_pw", "cookie", "密码", "password_hint", "password1",
    ],
)  # fmt: skip
def test_names_of_credentials(key: str) -> None:
    assert is_secret_word(key)


@every_row(
    "key",
    [
        "token_header", "token_prefix", "password_field", "password_column", "keyStorePath", "password_rule",
        "password_changed_at", "secret_flag", "credential_provider", "pwd_path", "token_source", "key_id",
        "primary_key", "certificate_id", "next_token", "error_code", "sort_key", "compass", "bypass", "status_code",
    ],
)  # fmt: skip
def test_names_that_only_speak_about_credentials(key: str) -> None:
    assert not is_secret_word(key)


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("tokens", 4096, False), ("tokens", BIRD, True), ("tokens", [BIRD], True), ("token", 4096, True),
        ("use_password", BIRD, True), ("is_password", "true", False), ("has_password", "No", False),
        ("use_token", BIRD, False), ("password", {"type": "string"}, False), ("password", {"type": BIRD}, True),
        ("password", {"type": "string", "default": BIRD}, True), ("password", {"$ref": "#/x"}, False),
    ],
)  # fmt: skip
def test_the_value_may_tell_that_a_name_means_something_else(key: str, value: Any, *, secret: bool) -> None:
    assert names_secret(key, value) is secret


@every_row(
    "pair",
    [
        ("name", "value"), ("Name", "Value"), ("NAME", "VALUE"), ("header_name", "header_value"), ("key", "value"),
        ("paramName", "paramValue"), ("field", "content"), ("keys", "value"), ("header", "header_value"),
        ("name", "default_value"),
    ],
)  # fmt: skip
def test_a_value_beside_a_name_of_a_credential_is_one(pair: tuple[str, str]) -> None:
    document = {"x": [{pair[0]: "Authorization", pair[1]: BIRD}]}
    assert BIRD not in json.dumps(mask(NO_FIELDS, document))
    assert BIRD not in mask_text(json.dumps(document))
    harmless = {"x": [{pair[0]: "Accept", pair[1]: BIRD}]}
    assert mask(NO_FIELDS, harmless) == harmless
