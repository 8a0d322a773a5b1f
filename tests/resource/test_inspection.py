"""What a document costs that was made to cost much: findings are few, places are found in one walk, nothing is lost."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetpkg import check
from assetpkg.credentials import Sort, find_spans
from assetpkg.diagnostics.model import MOST_TOLD, Fault, bound
from assetpkg.documents import InvalidDocument, join_pointer, locate, parse
from assetpkg.documents.positions import Region, Spot, find_places, line_and_column
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.limits import Limits
from assetpkg.resource.inspection import inspect
from assetpkg.resource.references import Holder
from assetpkg.resource.walk import strings_in, walk
from assetpkg.rules.policy import Policy
from tests.build import API, TASK, TOPIC, edited, encode, make_package
from tests.credentials.texts import ORDINARY, PLAIN_FORMS, SPELLINGS
from tests.tables import every_row

EVENTS = "topics/order-events.json"
SYNC = "tasks/sync_orders.json"


def test_of_each_slug_a_hundred_faults_are_kept_and_the_others_counted() -> None:
    faults = [Fault("a", str(number)) for number in range(250)] + [Fault("b", "x")] + [Fault("a", "z", more=7)]
    kept = bound(faults)
    assert [fault.slug for fault in kept] == ["a"] * MOST_TOLD + ["b"]
    assert [fault.more for fault in kept if fault.more] == [158]
    assert kept[MOST_TOLD - 1].message == "99"
    assert bound(kept[:3]) == kept[:3]


@pytest.mark.parametrize(
    ("content", "slug", "more"),
    [
        (b"{" + b",".join([b'"a": 1'] * 1_000) + b"}", "duplicate-key", 899),
        (b"[" + b",".join([b'"\\ud800"'] * 1_000) + b"]", "lone-surrogate", 900),
    ],
)
def test_a_document_has_no_more_faults_than_somebody_reads(content: bytes, slug: str, more: int) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(content)
    assert [fault.slug for fault in caught.value.faults] == [slug] * MOST_TOLD
    assert caught.value.faults[-1].more == more


@pytest.mark.parametrize(
    ("entry", "document", "code", "number"),
    [
        (EVENTS, edited(TOPIC, **{f"x{number}": 1 for number in range(1_000)}), "RSC016", 1_000),
        ("apis/Shop/orders/get-order.json", edited(API, tags=[1] * 1_000), "RSC011", 1_000),
        (EVENTS, edited(TOPIC, remark="", x=[{"password": "hunter2"}] * 1_000), "SEC001", 1_000),
    ],
)
def test_the_last_finding_of_many_says_how_many_more_there_are(
    entry: str, document: dict[str, Any], code: str, number: int
) -> None:
    found = [diagnostic for diagnostic in check(make_package({entry: document})) if diagnostic.code == code]
    assert len(found) == MOST_TOLD
    (last,) = [diagnostic for diagnostic in found if "more of" in diagnostic.message]
    assert last.message.endswith(f"(and {number - MOST_TOLD:,} more of {code} in this file)")


def escape_letters(word: str) -> str:
    """Return a JSON string with each of its small letters escaped."""
    return re.sub(r"\\u....|\\.|[a-z]", lambda unit: unit[0] if unit[0][1:] else f"\\u{ord(unit[0]):04x}", word)


def full_look(document: dict[str, Any]) -> set[str]:
    """Return the pointers of the texts with credentials in a document without documents in strings, one by one."""
    found = set()
    for node in walk(fields_of(KINDS["topic"]), document):
        if not node.secret:
            for steps, text in strings_in(node.value, node.steps):
                if find_spans(text):
                    found.add(join_pointer(steps))
    return found


SECRETS = st.sampled_from((*SPELLINGS, *ORDINARY, *PLAIN_FORMS))
VALUES = st.recursive(
    SECRETS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SECRETS | st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from((*fields_of(KINDS["topic"]), "x", "y", "value"))


@settings(max_examples=300)
@given(changes=st.dictionaries(FIELDS, VALUES, max_size=4), escaped=st.booleans())
def test_a_look_at_a_document_finds_in_texts_what_a_look_at_each_text_finds(
    changes: dict[str, Any], *, escaped: bool
) -> None:
    document = {**TOPIC, **changes}
    content = json.dumps(document, ensure_ascii=escaped)
    if escaped:
        content = re.sub(r'"(?:[^"\\]|\\.)*"', lambda word: escape_letters(word[0]), content)
    found = inspect(KINDS["topic"], EVENTS, content.encode())
    secrets = {
        pointer for pointer, sort, holder, _ in found.credentials if holder is Holder.VALUE and sort is not Sort.FIELD
    }
    assert full_look(document) <= {credential.pointer for credential in found.credentials}
    assert secrets <= full_look(document) | {
        join_pointer(node.steps) for node in walk(fields_of(KINDS["topic"]), document) if node.secret
    }


def test_findings_in_different_files_are_all_told() -> None:
    changes = {f"topics/{number}.json": edited(TOPIC, name=f"t{number}", x=1) for number in range(150)}
    found = [diagnostic for diagnostic in check(make_package(changes)) if diagnostic.code == "RSC016"]
    assert len(found) == 150


def test_of_one_rule_over_all_files_the_last_says_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetpkg.rules.runner.MOST_TOLD_OF_A_RULE", 3)
    package = make_package({f"topics/{at}.json": edited(TOPIC, name=f"t{at}", x=1) for at in range(5)})
    field = 'field "x" is not known for this kind; it is kept unchanged'
    assert [found.message for found in check(package) if found.code == "RSC016"] == [
        field,
        field,
        f"{field} (and 2 more of RSC016)",
    ]
    elsewhere = check(package, Policy.parse(per_path={f"topics/{at}.json": ["RSC016"] for at in range(3)}))
    assert [found.message for found in elsewhere if found.code == "RSC016"] == [field, field]


def test_a_large_document_is_held_against_its_class_up_to_the_first_wrong_item_and_says_so() -> None:
    document = encode({**API, "tags": ["a", 1, 2] * 10_000, "name": 7})
    wrong = [fault for fault in inspect(KINDS["api"], "", document).faults if fault.slug == "wrong-type"]
    assert [fault.pointer for fault in wrong] == ["/name", "/tags/1"]
    assert "what follows in the list was not held against its type" in wrong[1].message
    assert "what follows" not in wrong[0].message


def test_a_walk_yields_every_member_once_parents_first_and_goes_through_lists() -> None:
    document = {"a": [[{"b": {}}], 1, {"c": [2]}], "d": {"e": None}}
    for kind in (KINDS["api"], KINDS["task"]):
        seen = [node.steps for node in walk(fields_of(kind), document)]
        assert seen == [("a",), ("a", 0, 0, "b"), ("a", 2, "c"), ("d",), ("d", "e")]


TEXT = '{\n "a": [1, {"b": "{\\"c\\": [1,\\n {\\"d\\": 2}]}"}],\n "e": {"f": 1},\n "e": {"g": [2]}}\n'


@every_row(
    ("spot", "place"),
    [
        (Spot("/a/1/b"), (2, 17)),
        (Spot("/a/1/b", at_key=True), (2, 12)),
        (Spot("/a/1/b/#/c/1/d"), (2, 40)),
        (Spot("/a/1/b/#/c/9"), (2, 26)),
        (Spot("/a/1/b/#", offset=0), (2, 18)),
        (Spot("/a/1/b/#", offset=9), (2, 29)),
        (Spot("/a/9/x"), (2, 7)),
        (Spot("/e/g/0"), (4, 14)),
        (Spot("/e/f"), (4, 7)),
        (Spot(offset=5), (2, 4)),
        (Spot(), (1, 1)),
    ],
)
def test_places_are_found_together_as_they_are_alone(spot: Spot, place: tuple[int, int]) -> None:
    others = [Spot("/a"), Spot("/zzz"), Spot("/a/1/b/#", offset=3), Spot("/e/g")]
    (alone,) = find_places(TEXT, [spot])
    assert alone is not None
    assert alone[:2] == place
    assert find_places(TEXT, [*others, spot, *others])[len(others)] == alone
    if spot.offset is None:
        offset = locate(TEXT, spot.pointer, at_key=spot.at_key)
        assert offset is None or line_and_column(TEXT, offset) == place


def test_what_stands_before_the_end_of_json_is_found() -> None:
    assert find_places('{"a": 1, "b": x}', [Spot("/a"), Spot("/b/c")]) == [(1, 7, 1, 8, "1"), None]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def places_in(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield steps, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in children:
        yield from places_in(child, (*steps, step))


@given(VALUES, st.sampled_from([None, 0, 3]), st.booleans())
def test_a_region_is_the_very_value_or_its_key(document: Any, indent: int | None, inside: bool) -> None:  # noqa: FBT001
    text = json.dumps(document, indent=indent)
    if inside:
        text = json.dumps({"a": text}, indent=indent)
    lines = text.split("\n")

    def read(found: Region | None) -> Any:
        assert found is not None
        assert found.end_line is not None
        starts = [sum(len(line) + 1 for line in lines[: number - 1]) for number in (found.line, found.end_line)]
        cut = text[starts[0] + found.column - 1 : starts[1] + (found.end_column or 0) - 1]
        assert found.text in {None, cut}
        return json.loads(json.loads(f'"{cut}"') if inside else cut)

    for steps, value in places_in(document):
        pointer = join_pointer(["a", "#", *steps] if inside else steps)
        if steps or not inside:
            assert read(*find_places(text, [Spot(pointer)])) == value
        if steps and isinstance(steps[-1], str):
            assert read(*find_places(text, [Spot(pointer, at_key=True)])) == steps[-1]


def test_documents_in_strings_share_what_one_document_may_have() -> None:
    header = encode({"x": [0] * 300}).decode()
    for number, expected in ((1, 0), (2, 1)):
        document = encode({**API, "policy_mocks": [{"header": header}] * number})
        seen = inspect(KINDS["api"], "", document, Limits(values=500))
        assert [fault.slug for fault in seen.faults].count("invalid-json-text") == expected


@pytest.mark.parametrize(("number", "slugs"), [(1, set()), (10_001, {"invalid-json-text"})])
def test_ids_in_a_text_are_followed_up_to_a_number(number: int, slugs: set[str]) -> None:
    detail = encode({"x": [f"{item:032x}" for item in range(number)]}).decode()
    seen = inspect(KINDS["task"], "", encode({**TASK, "task_detail": detail}))
    assert {fault.slug for fault in seen.faults} == slugs
    assert len([reference for reference in seen.references if not reference.certain]) == min(number, 10_000)


def test_a_text_that_is_too_large_to_be_read_is_hidden_whole() -> None:
    from assetpkg.credentials.masking import MASK
    from assetpkg.resource.masking import mask

    detail = '{"password": 4711, "x": [' + ",".join("0" * 1_000_001) + "]}"
    assert mask(fields_of(KINDS["task"]), {"task_detail": detail})["task_detail"] == MASK
