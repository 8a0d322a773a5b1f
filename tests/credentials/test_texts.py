"""The tables of texts: what is found in each, exactly; that no quick look passes one over; and who issues tokens."""

import json

from assetpkg.credentials import find_spans, find_suspects, is_suspicious
from assetpkg.credentials.masking import mask_line, mask_text
from assetpkg.credentials.tokens import HOOKS, TOKENS
from assetpkg.resource.masking import mask
from assetpkg.resource.walk import NO_FIELDS
from tests.credentials import texts
from tests.credentials.texts import MISSED, ORDINARY, SECRET, Row, read, secret_rows
from tests.tables import every_row

FOUND = [row for group, row in secret_rows() if group != MISSED]
SAMPLE = json.dumps([{"id": number, "name": "Order", "at": "12:30"} for number in range(20)])
"""A text as many packages have it, in which nothing is."""


@every_row("row", FOUND, ids=lambda row: row.text)
def test_a_credential_is_hidden_and_nothing_else(row: Row) -> None:
    assert mask_text(row.text) == row.shown
    assert mask_text(row.shown) == row.shown


@every_row("row", FOUND, ids=lambda row: row.text)
def test_a_credential_is_hidden_in_a_sentence_and_in_a_document(row: Row) -> None:
    shown = row.shown
    for said in (mask_line(row.text), mask_line(f"the value '{row.text}' is wrong"), *mask(NO_FIELDS, [row.text])):
        assert not [word for word in row.secrets if word in said and word not in shown]
        assert said != row.text


@every_row("row", FOUND, ids=lambda row: row.text)
def test_no_quick_look_passes_a_credential_over(row: Row) -> None:
    assert is_suspicious(row.text)
    assert is_suspicious(f"a\n{row.text}\nb")
    assert find_suspects(["Order", SAMPLE, row.text, "12:30"]) == [2]
    for around in (f"{SAMPLE} {row.text}", f"{row.text} {SAMPLE}", f"{SAMPLE}\n{row.text}\n{SAMPLE}"):
        if find_spans(around):
            assert find_suspects(["Order", around]) == [1]


@every_row("text", ORDINARY)
def test_an_ordinary_text_is_shown(text: str) -> None:
    assert mask_text(text) == text
    assert mask_line(text) == text


@every_row("marked", SECRET[MISSED])
def test_what_is_listed_as_not_recognised_is_not(marked: str) -> None:
    text = read(marked).text
    assert mask_text(text) == text


def test_the_tables_are_large_and_no_text_is_in_them_twice() -> None:
    secret = [row.text for _, row in secret_rows()]
    assert len(FOUND) >= 120
    assert len(ORDINARY) >= 60
    assert len({*secret, *ORDINARY}) == len(secret) + len(ORDINARY)


def test_each_form_of_a_token_has_a_sample() -> None:
    assert texts.TOKENS.keys() == {token.issuer for token in TOKENS}
    samples = [sample for made in texts.TOKENS.values() for sample in made]
    assert not [token.lead for token in TOKENS if not any(token.lead in sample for sample in samples)]
    assert not [lead for lead, _ in HOOKS if not any(lead in marked.replace("«", "") for marked in texts.HOOKS)]
