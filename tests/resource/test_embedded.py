"""JSON inside a string: its references, its secrets, its differences, and the places of all that in the real file."""

import json
from itertools import pairwise
from typing import Any

import pytest

from assetpkg import documents
from assetpkg.credentials.masking import MASK
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.documents import INSIDE, locate, offsets_in_string
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Ref
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.resource.diff import FieldChange, Sides, compare
from assetpkg.resource.masking import mask
from assetpkg.resource.walk import NO_FIELDS, is_id_like, walk
from assetpkg.rules.runner import check
from assetpkg.simulation.plan import plan
from tests.build import API, APPLICATION, DATASOURCE, TASK, edited, encode, make_instance, make_package
from tests.tables import every_row

BIRD = "Canary7Kq"
SYNC, DATABASE, GET_ORDER = "tasks/sync_orders.json", "datasources/orders-db.json", "apis/Shop/orders/get-order.json"
HERE, THERE, NOWHERE = "30969b20e866bae728ebf8a6e207f621", "eb5730db1fcd72e67e5a5167e2335400", "0" * 32


def task(detail: Any, **changes: Any) -> dict[str, Any]:
    text = detail if isinstance(detail, str) else json.dumps(detail)
    return edited(TASK, task_detail=text, **changes)


def said(document: Any, entry: str = SYNC) -> list[Diagnostic]:
    return check(make_package({entry: document}))


def told(document: Any, entry: str = SYNC) -> list[tuple[str, str]]:
    return [(each.code, each.location.pointer) for each in said(document, entry)]


# Places -----------------------------------------------------------------------------------------------------------

STRINGS = [
    "",
    "plain",
    'quotes " and \\ and / and \n\t\r\b\f',
    "订单 é ñ",
    "😀 and 😀😀",
    "\u2028 \x7f \x01",
    '{"a": ["\\u0041", "\\"x\\""]}',
    "a\ufffdb",
]


@pytest.mark.parametrize("text", STRINGS)
@pytest.mark.parametrize("plain", [True, False])
def test_every_character_of_a_string_is_found_in_the_file(text: str, *, plain: bool) -> None:
    written = json.dumps(text, ensure_ascii=plain)
    around = f'  {{"x": {written} }}'
    start = around.index(written)
    places = list(offsets_in_string(around, start, range(len(text) + 1)))
    for offset, (here, following) in enumerate(pairwise(places)):
        assert json.loads(f'"{around[here:following]}"') == text[offset]
        assert list(offsets_in_string(around, start, [offset])) == [here]
    assert places[-1] == start + len(written) - 1


def test_escapes_in_many_ways_are_one_character_each() -> None:
    written = r'"\u00e9\/\uD83D\uDE00\ud83d\ude00x\\u0041"'
    text = json.loads(written)
    places = offsets_in_string(written, 0, range(len(text) + 1))
    assert [written[here:following] for here, following in pairwise(places)] == [
        r"\u00e9", r"\/", r"\uD83D\uDE00", r"\ud83d\ude00", "x", r"\\", "u", "0", "0", "4", "1",
    ]  # fmt: skip


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 4])
def test_a_pointer_leads_through_strings(indent: int | None, *, ascii_only: bool) -> None:
    innermost = {"订单": ["a", {"#": "found"}]}
    inner = {"é\n": "x", "list": [1, json.dumps(innermost, ensure_ascii=not ascii_only, indent=indent)]}
    text = json.dumps(
        {"😀": 0, "a": json.dumps(inner, ensure_ascii=ascii_only, indent=indent)}, ensure_ascii=ascii_only
    )
    place = locate(text, "/a/#/list/1/#/订单/1/#")
    assert place is not None
    assert text[place:].lstrip('\\"').startswith("found")
    assert locate(text, "/a/#/list/0") == text.index("1,")
    key = locate(text, "/a/#/list", at_key=True)
    assert key is not None
    assert text[key:].startswith('\\"list')
    assert locate(text, "/a/#") == text.index('"a": "') + 6
    assert locate(text, "/a/#/gone") is None
    assert locate(text, "/a/gone") is None


def test_a_key_of_that_name_is_no_way_into_a_string() -> None:
    text = '{"a": {"#": {"b": 1}}, "a#": {"b": 2}, "#": "{\\"b\\": 3}"}'
    assert [text[locate(text, pointer) or 0] for pointer in ("/a/#/b", "/a#/b", "/#/#/b")] == ["1", "2", "3"]


def test_a_finding_has_line_and_column_in_the_real_file() -> None:
    detail = json.dumps({"名": "订\n单", "writer": {"password": BIRD}}, ensure_ascii=True, indent=1)
    document = encode(task(detail))
    diagnostic = next(each for each in said(document) if each.code == "SEC001")
    assert diagnostic.location.pointer == "/task_detail/#/writer/password"
    line = document.decode().split("\n")[(diagnostic.location.line or 0) - 1]
    assert line[(diagnostic.location.column or 0) - 1 :].startswith(f'\\"{BIRD}')
    assert BIRD not in repr(diagnostic)


# RSC022 -----------------------------------------------------------------------------------------------------------

INVALID = {
    "no JSON": ("{'a': 1}", "{'a'", 1),
    "cut off": ('{"a": [1, 2', "2", 1),
    "a key twice": ('{"a": 1, "a": 2}', '"a": 2', 0),
    "no number": ('{"é\n": "x", "a": NaN}', "NaN", 0),
    "two documents": ("{} {}", "{} {}", 3),
}


@pytest.mark.parametrize(("text", "at", "further"), INVALID.values(), ids=INVALID)
def test_what_is_no_json_is_told_at_its_place(text: str, at: str, further: int) -> None:
    text = text.replace("\n", "\\n")
    document = encode(task(text))
    (diagnostic,) = said(document)
    assert (diagnostic.code, diagnostic.slug, diagnostic.severity.value) == ("RSC022", "invalid-json-text", "warning")
    assert diagnostic.location.pointer == "/task_detail/#"
    assert diagnostic.message.startswith("task_detail does not contain a JSON document: ")
    line = document.decode().split("\n")[(diagnostic.location.line or 0) - 1]
    expected = line.index(json.dumps(at, ensure_ascii=False)[1:-1]) + further
    assert (diagnostic.location.column or 0) - 1 == expected


def test_a_document_without_a_place_is_told_at_the_string() -> None:
    (diagnostic,) = said(task("[" * 200 + "]" * 200))
    assert (diagnostic.code, diagnostic.location.pointer) == ("RSC022", "/task_detail")
    assert diagnostic.location.line is not None


@every_row("text", ["{}", "[]", "1", '"text"', " null ", '{"mappingTable": []}'])
def test_any_json_document_will_do(text: str) -> None:
    assert told(task(text)) == []


def test_a_mock_header_is_json_too() -> None:
    document = edited(API, mock_info={"result_content": "{}", "header": "X-Version: 1"})
    assert told(document, GET_ORDER) == [("RSC022", "/mock_info/header/#")]


def test_half_of_a_character_inside_is_told() -> None:
    assert told(task('{"a": "\\ud800"}')) == [("RSC022", "/task_detail")]


def test_a_key_that_stands_twice_and_is_called_so_has_its_own_place() -> None:
    (diagnostic,) = said(b'{"task_name": "abc", "#": 1,\n "#": 2}')
    assert (diagnostic.code, diagnostic.location.line, diagnostic.location.column) == ("RSC003", 2, 2)


# Secrets ----------------------------------------------------------------------------------------------------------


def test_secrets_inside_are_found_and_hidden() -> None:
    detail = {
        "writer": {"password": BIRD, "hook": f"https://a:{BIRD}@b", "label": "fine"},
        "options": [{"keys": "api_key", "value": BIRD}, [f"?token={BIRD}"]],
    }
    document = task(detail)
    assert told(document) == [
        ("SEC001", "/task_detail/#/writer/password"),
        ("SEC002", "/task_detail/#/writer/hook"),
        ("SEC001", "/task_detail/#/options/0/value"),
        ("SEC002", "/task_detail/#/options/1/0"),
    ]
    shown = mask(fields_of(KINDS["task"]), document)
    assert BIRD not in json.dumps(shown)
    assert json.loads(shown["task_detail"])["writer"]["label"] == "fine"
    assert {code for code, _ in told(shown)} == {"SEC006"}


def test_secrets_in_what_is_no_json_are_found_and_hidden() -> None:
    document = task(f'{{"password": "{BIRD}"')
    assert told(document) == [("SEC002", "/task_detail"), ("RSC022", "/task_detail/#")]
    assert mask(fields_of(KINDS["task"]), document)["task_detail"] == f'{{"password": "{MASK}"'


def test_a_list_of_texts_is_looked_at() -> None:
    assert told(task([f"https://a:{BIRD}@b"])) == [("SEC002", "/task_detail/#/0")]
    assert told(task(json.dumps(f"https://a:{BIRD}@b"))) == [("SEC002", "/task_detail/#")]


def test_every_member_inside_is_seen_once() -> None:
    document = {"a": {"b": [{"c": 1}, [{"d": 2}]]}, "e": 3}
    seen = [documents.join_pointer(node.steps) for node in walk(NO_FIELDS, document, ("x", INSIDE))]
    assert sorted(seen) == [f"/x/#{each}" for each in ("/a", "/a/b", "/a/b/0/c", "/a/b/1/0/d", "/e")]


# References -------------------------------------------------------------------------------------------------------


def with_database(detail: Any) -> dict[str, Any]:
    return {
        DATABASE: edited(DATASOURCE, datasource_id=HERE),
        SYNC: task(detail, source_datasource_id=HERE, target_datasource_id=HERE),
    }


@every_row(
    ("detail", "pointer"),
    [
        ({"sourceSelectedDatasource": NOWHERE}, "/sourceSelectedDatasource"),
        ({"sourceSelectedDatasource": {"datasource_id": NOWHERE}}, "/sourceSelectedDatasource/datasource_id"),
        ({"targetSelectedDatasource": {"dsId": NOWHERE}}, "/targetSelectedDatasource/dsId"),
        ({"target_selected_datasource": {"ds_id": NOWHERE}}, "/target_selected_datasource/ds_id"),
        ({"error_handler": [{"id": HERE}, {"id": NOWHERE}]}, "/error_handler/1/id"),
        ({"afterImplementation": [{"datasourceId": NOWHERE}]}, "/afterImplementation/0/datasourceId"),
        ({"targetDsId": NOWHERE}, "/targetDsId"),
        ({"source_ds_id": "any-other-form"}, "/source_ds_id"),
    ],
)
def test_a_documented_reference_that_leads_nowhere_is_told(detail: Any, pointer: str) -> None:
    (diagnostic,) = check(make_package(with_database(detail)))
    assert (diagnostic.code, diagnostic.location.pointer) == ("REF001", f"/task_detail/#{pointer}")
    assert diagnostic.location.column is not None
    assert diagnostic.location.column > 20


@pytest.mark.parametrize(
    "detail",
    [
        {"anything": {"else": [NOWHERE, {"x": NOWHERE}]}},
        {"error_handler": [{"id": "7"}, {"topic": NOWHERE}], "sourceSelectedDatasource": {"id": "orders"}},
        {"error_handler": NOWHERE, "afterImplementation": [NOWHERE]},
        {"sourceSelectedDatasource": {"instanceId": "02a7726e-1fc2-44b5-ae96-84a2b5f0e660"}, "targetDsId": HERE},
    ],
)
def test_what_only_looks_like_an_id_is_not_told(detail: Any) -> None:
    assert check(make_package(with_database(detail))) == []


def test_any_id_of_a_data_source_is_a_reference() -> None:
    other = edited(DATASOURCE, datasource_id=THERE, datasource_name="others")
    package = make_package({**with_database({"x": [{"y": THERE}]}), "datasources/others.json": other})
    change = next(each for each in plan(package, None, ImportOptions()).changes if each.kind == "task")
    assert change.depends_on == ("datasource/orders-db", "datasource/others")


def test_a_reference_inside_may_lead_to_the_target() -> None:
    package = make_package(with_database({"error_handler": [{"id": THERE}]}))
    other = edited(DATASOURCE, datasource_id=THERE, datasource_name="others")
    for resources, blocked in (([other], False), ([], True)):
        target = make_instance({"application": [], "datasource": resources})
        planned = plan(package, target, ImportOptions())
        places = {each.location.pointer for each in planned.diagnostics}
        change = next(each for each in planned.changes if each.kind == "task")
        assert (change.action.word == "conflict") is blocked
        assert (
            not blocked
            or "/task_detail/#/error_handler/0/id" in [remark.pointer for remark in change.remarks]
            or places
        )


def test_ids_have_one_of_two_forms() -> None:
    assert is_id_like(HERE)
    assert is_id_like("02a7726e-1fc2-44b5-ae96-84a2b5f0e660")
    assert not is_id_like(HERE.upper())
    assert not is_id_like(HERE[:-1])


# Comparing --------------------------------------------------------------------------------------------------------


def resolver(known: dict[str, str]) -> Any:
    def resolve(reference: Ref, value: str) -> str | None:
        return known.get(value) if reference.kind == "datasource" else None

    return resolve


SIDES = Sides(before=resolver({THERE: "datasource/a"}), after=resolver({HERE: "datasource/a", THERE: "datasource/b"}))


def changes(before: Any, after: Any) -> list[tuple[str, Any, Any, bool]]:
    found = compare(KINDS["task"], task(before), task(after), SIDES)
    assert all(isinstance(change, FieldChange) for change in found)
    return [(change.pointer, change.before, change.after, change.secret) for change in found]


def test_a_difference_inside_is_told_at_its_place() -> None:
    before = {"mappingTable": [{"source_column": "a", "target_column": "b"}], "mappingRequired": True}
    after = {"mappingRequired": True, "mappingTable": [{"source_column": "a", "target_column": "c"}], "x": 1}
    assert changes(before, after) == [
        ("/task_detail/#/mappingTable/0/target_column", "b", "c", False),
        ("/task_detail/#/x", None, 1, False),
    ]


@every_row(
    "make",
    [
        lambda known: {"error_handler": [{"id": known}]},
        lambda known: {"sourceSelectedDatasource": known},
        lambda known: {"targetDsId": known},
        lambda known: {"anything": [known, {"else": known}]},
        lambda known: [known],
        lambda known: known,
    ],
)
def test_references_inside_are_compared_by_address(make: Any) -> None:
    assert changes(json.dumps(make(THERE)), json.dumps(make(HERE))) == []
    assert changes(json.dumps(make(THERE)), json.dumps(make(THERE))) != []


def test_other_ids_differ() -> None:
    assert changes({"x": NOWHERE}, {"x": HERE}) == [("/task_detail/#/x", NOWHERE, HERE, False)]
    assert changes({"x": THERE}, {"x": "text"}) == [("/task_detail/#/x", THERE, "text", False)]
    assert changes({"x": THERE}, {"x": 1}) == [("/task_detail/#/x", THERE, 1, False)]


def test_secrets_inside_are_compared_and_hidden() -> None:
    before = {"w": {"password": f"{BIRD}1", "url": f"https://a:{BIRD}@b", "keep": BIRD[:3]}}
    after = {"w": {"password": f"{BIRD}2", "url": f"https://a:{BIRD}2@b", "keep": BIRD[:3]}}
    assert changes(before, after) == [
        ("/task_detail/#/w/password", MASK, MASK, True),
        ("/task_detail/#/w/url", f"https://a:{MASK}@b", f"https://a:{MASK}@b", True),
    ]
    assert changes(before, before) == []


def test_what_is_no_json_is_compared_as_text_and_hidden() -> None:
    assert changes("{", "{") == []
    ((pointer, old, new, secret),) = changes(f'{{"password": "{BIRD}"', {"password": f"{BIRD}2"})
    assert (pointer, secret) == ("/task_detail", True)
    assert BIRD not in f"{old}{new}"


def test_a_document_that_goes_away_is_hidden() -> None:
    (change,) = compare(KINDS["task"], task({"password": BIRD}), TASK, SIDES)
    assert (change.pointer, change.after) == ("/task_detail", None)
    assert BIRD not in repr(change)


def test_a_list_and_an_object_differ() -> None:
    assert changes([1], {"a": 1}) == [("/task_detail/#", [1], {"a": 1}, False)]
    assert changes([1, 2], [1, 3]) == [("/task_detail/#/1", 2, 3, False)]


def test_a_plan_shows_the_difference_inside() -> None:
    package = make_package(with_database({"a": 1}))
    target = make_instance(
        {
            "application": [APPLICATION],
            "datasource": [edited(DATASOURCE, datasource_id=HERE)],
            "task": [task({"a": 2}, source_datasource_id=HERE, target_datasource_id=HERE)],
        }
    )
    planned = plan(package, target, ImportOptions(mode=Mode.MERGE))
    change = next(each for each in planned.changes if each.kind == "task")
    assert [(field.pointer, field.before, field.after) for field in change.fields] == [("/task_detail/#/a", 2, 1)]
