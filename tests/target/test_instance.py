import json
from typing import Any

import pytest

from assetpkg import Action, CannotRead, ImportOptions, Mode, plan
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.limits import Limits
from assetpkg.package.index import Path
from assetpkg.resource.references import Reference
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.build import (
    API,
    APPLICATION,
    DATASOURCE,
    GROUP,
    TOPIC,
    edited,
    encode,
    make_instance,
    make_package,
    make_snapshot,
)
from tests.tables import every_row

SNAPSHOT_OF_A_TOPIC = b"""{"format": "assetpkg-snapshot/1", "name": "a", "covers": [], "resources": {
  "topic": [
    %s]}}"""
UNREADABLE = [
    (
        "without a name",
        b'{"app_id": "x"}',
        "has no name: field 'name' is missing, at line 3, column 5; add 'name'",
    ),
    (
        "with a name that is a number",
        b'{"name": 5}',
        "has no name: name is an integer, but must be a string, at line 3, column 14; write a string",
    ),
    (
        "a text",
        b'"a"',
        "cannot be read: the document is not an object, at line 3, column 5; write one resource, { … }",
    ),
    (
        "with a key twice",
        '{"描述": "订", "name": "a",\n      "name": "b"}'.encode(),
        (
            "cannot be read: key 'name' occurs for the second time in one object, at line 4, column 7; keep one of"
            " them; some parsers use the first, others the last"
        ),
    ),
    (
        "too deep",
        b'{"name": "a", "x": ' + b"[" * 120 + b"]" * 120 + b"}",
        (
            "cannot be read: nested more than 100 levels deep, at line 3, column 5; flatten the document; to read it"
            " anyway, use --limit depth=121"
        ),
    ),
    (
        "with a very long number",
        b'{"name": "a",\n"id": ' + b"1" * 6_000 + b"}",
        (
            "cannot be read: an integer of 6,000 digits; at most 309 are read, at line 4, column 7; write a smaller"
            " number, a string, or null; 'digits' cannot be raised this far"
        ),
    ),
]
"""Resources that cannot be found by their names: title, document, and the end of the sentence."""
GOOD = '{"format": "assetpkg-snapshot/1", "name": "a", "covers": [], "resources": {}'


@every_row(
    ("content", "sentence"),
    [
        pytest.param(b"", "it is empty", id="nothing"),
        pytest.param(
            b"[]",
            "it is a JSON list; if it is the answer to a list call, make a snapshot of it with 'assetpkg snapshot FILE"
            " --output TARGET.json'",
            id="a list",
        ),
        pytest.param(b" \n", "it is empty", id="blanks"),
        pytest.param(b"1", "it is a number, but a snapshot is an object", id="a number"),
        pytest.param(b"-4.2e1", "it is a number, but a snapshot is an object", id="a number with a fraction"),
        pytest.param(b' "x"\n', "it is a text, but a snapshot is an object", id="a text"),
        pytest.param(b"null", "it is null, but a snapshot is an object", id="null"),
        pytest.param(b"true", "it is true, but a snapshot is an object", id="true"),
        pytest.param(
            b"\0" * 9,
            "not JSON: it has nothing but zero bytes, at line 1, column 1",
            id="zero bytes",
        ),
        pytest.param(
            '{"a": 1}'.encode("utf-16-le"),
            "not JSON: it is in UTF-16, and not in UTF-8, at line 1, column 2",
            id="UTF-16",
        ),
        pytest.param(
            GOOD[:20].encode(),
            "not JSON: it ends too early, or a text that begins here is not closed, at line 1, column 12",
            id="cut off within a text",
        ),
        pytest.param(
            b'{"format": "assetpkg-snapshot/9"}',
            "its format is 'assetpkg-snapshot/9', not 'assetpkg-snapshot/1'",
            id="another format, and no name",
        ),
        pytest.param(b"\xff", "not UTF-8 at byte 0, at line 1, column 1; save the file as UTF-8", id="no UTF-8"),
        pytest.param(
            b"\xef\xbb\xbf{}",
            "begins with a byte order mark, at line 1, column 1; save the file as UTF-8 without BOM",
            id="a byte order mark",
        ),
        pytest.param(
            b"{}",
            "it has no member 'format' with \"assetpkg-snapshot/1\"; see 'assetpkg help target'",
            id="an empty object",
        ),
        pytest.param(
            f"{GOOD}".encode(),
            "not JSON: it ends too early, before the last bracket is closed, at line 1, column 77",
            id="cut off",
        ),
        pytest.param(
            f"{GOOD},}}".encode(),
            "not JSON: a comma before the closing bracket, at line 1, column 77",
            id="a comma too many",
        ),
        pytest.param(
            f"{GOOD}\n x}}".encode(),
            "not JSON: a comma or a closing bracket is expected, at line 2, column 2",
            id="a comma too few",
        ),
        pytest.param(
            f"{GOOD}}}\n}}".encode(),
            "not JSON: a closing bracket too many, at line 2, column 1",
            id="something after it",
        ),
        pytest.param(
            b'{"format"= 1}', "not JSON: a colon is expected, and not '=', at line 1, column 10", id="no colon"
        ),
        pytest.param(
            b'{\r\n "a": [1,\r\n  NaN]}', "NaN is not allowed in JSON, at line 3, column 3", id="NaN after CRLF"
        ),
        pytest.param(
            b'{"a": {"b": 1, "b": 2}}',
            "key 'b' occurs for the second time in one object, at line 1, column 16",
            id="a key twice inside",
        ),
        pytest.param(
            b'{"a": 1,\n "a": 2}', "key 'a' occurs for the second time, at line 2, column 2", id="a key twice"
        ),
        pytest.param(
            b'{"a": "\\ud800"}',
            "half of a surrogate pair, which is not a complete character, at line 1, column 7",
            id="half a character",
        ),
        pytest.param(
            encode(make_snapshot(format="assetpkg/1")),
            "it is the manifest of a package; give the folder that it is in",
            id="another format",
        ),
        pytest.param(
            encode(make_snapshot(name="")),
            "at '/name', name \"\" is 0 characters long; at least 1 is needed",
            id="an empty name",
        ),
        pytest.param(
            encode(make_snapshot(covers="all")),
            "at '/covers', covers is a string, but must be a list",
            id="covers that are a word",
        ),
        pytest.param(
            encode(make_snapshot(covers=["api", 5])),
            "at '/covers/1', covers[1] is an integer, but must be a string",
            id="a kind that is a number",
        ),
        pytest.param(encode(edited(make_snapshot(), covers=...)), "field 'covers' is missing", id="no covers"),
        pytest.param(encode(edited(make_snapshot(), resources=...)), "field 'resources' is missing", id="no resources"),
        pytest.param(
            encode(make_snapshot(quotas={"api": {"limit": -1, "used": 0}})),
            "at '/quotas/api/limit', limit -1 is less than 0",
            id="a quota below nothing",
        ),
        pytest.param(
            encode(make_snapshot(quotas={"api": {"limit": "5", "used": 0}})),
            "at '/quotas/api/limit', limit is a string, but must be an integer",
            id="a quota that is a text",
        ),
        pytest.param(
            encode(make_snapshot(quotas={"api": {"used": 0}})),
            "at '/quotas/api', field 'limit' is missing",
            id="a quota without a limit",
        ),
        pytest.param(
            encode(make_snapshot(quotas={"api": 5})),
            "at '/quotas/api', api is an integer, but must be an object",
            id="a quota that is a number",
        ),
        pytest.param(
            encode(make_snapshot(jobs=[{}])), "at '/jobs/0', field 'status' is missing", id="a job without status"
        ),
        pytest.param(
            b'{"resources":\n []}',
            "'resources' is not an object with a list for each kind, at line 2, column 2",
            id="resources in a list",
        ),
        pytest.param(
            b'{"resources": {"api":\n {}}}',
            "the resources of kind 'api' are not a list, at line 2, column 2",
            id="a kind that is not a list",
        ),
        pytest.param(
            b'{"resources": {"api": [], "api": []}}',
            "key 'api' occurs for the second time, at line 1, column 27",
            id="a kind twice",
        ),
        *(
            pytest.param(
                SNAPSHOT_OF_A_TOPIC % topic, f"the topic at '/resources/topic/0' {sentence}", id=f"a resource: {title}"
            )
            for title, topic, sentence in UNREADABLE
        ),
        pytest.param(
            encode(make_snapshot(partail={"api": []})),
            "no member of a snapshot is named 'partail'; did you mean 'partial'?",
            id="a member that is misspelled",
        ),
        pytest.param(
            encode(make_snapshot(Partial={"api": []})),
            "no member of a snapshot is named 'Partial'; did you mean 'partial'?",
            id="a member in capitals",
        ),
        pytest.param(
            encode(make_snapshot(cover=["api"])),
            "no member of a snapshot is named 'cover'; did you mean 'covers'?",
            id="a member that is there twice, once misspelled",
        ),
        pytest.param(
            encode({"cover" if name == "covers" else name: value for name, value in make_snapshot().items()}),
            "no member of a snapshot is named 'cover'; did you mean 'covers'?",
            id="a needed member that is misspelled",
        ),
        pytest.param(
            encode(make_snapshot(taken="yesterday")),
            "at '/taken', there is no time as ISO 8601 has it, such as '2026-11-02T08:00:00Z'",
            id="a time that is none",
        ),
        pytest.param(
            encode(make_snapshot(partial={"task": ["dispatch/cron_timezon"]})),
            "at '/partial/task', no task has a field 'dispatch/cron_timezon'; did you mean 'dispatch/cron_timezone'?",
            id="a path that is misspelled at its end",
        ),
        pytest.param(
            encode(
                make_snapshot({"task": [{"task_name": "daily"}]}, partial={"task/daily": ["dispach/cron_timezone"]})
            ),
            "at '/partial/task~1daily', no task has a field 'dispach/cron_timezone';"
            " did you mean 'dispatch/cron_timezone'?",
            id="a path that is misspelled at its beginning",
        ),
        pytest.param(
            encode(make_snapshot({"task": [{"task_name": "daily"}]}, partial={"task": ["dispatch"], "task/dayly": []})),
            "at '/partial/task~1dayly', there is no such data integration task in it; did you mean 'task/daily'?",
            id="an address that is misspelled",
        ),
        pytest.param(
            encode(make_snapshot(partial={"api_group/orders": ["remark"]})),
            "at '/partial/api_group~1orders', there is no such API group in it; take it out",
            id="an address of what is there no more",
        ),
        pytest.param(
            encode(make_snapshot(partial={"task": ["dispatch.cron_timezone"]})),
            "at '/partial/task', no task has a field 'dispatch.cron_timezone'; did you mean 'dispatch/cron_timezone'?",
            id="a path with dots",
        ),
        pytest.param(
            encode(make_snapshot(partial={"topic": ["name", "acces_policy"]})),
            "at '/partial/topic', no topic has a field 'acces_policy'; did you mean 'access_policy'?",
            id="a field that is misspelled",
        ),
        pytest.param(
            encode(make_snapshot({"topic": [TOPIC]}, partial={"topic": ["acces_policy", "retention_tim"]})),
            "at '/partial/topic', no topic has a field 'retention_tim'; did you mean 'retention_time'?",
            id="a field that is misspelled, and that not all have",
        ),
    ],
)
def test_what_is_no_snapshot_is_said_in_one_sentence_with_the_place(content: bytes, sentence: str) -> None:
    with pytest.raises(CannotRead) as caught:
        parse_snapshot(content, "target.json")
    assert str(caught.value) == f"target.json is not a snapshot: {sentence}"


@every_row(
    ("content", "limits", "sentence"),
    [
        pytest.param(
            b'{"format"= 1}',
            Limits(document=12),
            "not JSON at line 1, column 10; the file has 13 bytes, and only 12 are read as one document; to see what is"
            " wrong there, use --limit document=13",
            id="not JSON, and too large to see why",
        ),
        pytest.param(
            b' "a text"',
            Limits(document=8),
            "it does not begin with '{', as a snapshot does, at line 1, column 2",
            id="another value",
        ),
        pytest.param(
            b'{"note":\n "a long one"}',
            Limits(document=10),
            'the value of "note" cannot be read: 12 bytes long; at most 10 are read, at line 2, column 2; make it'
            " smaller; to read it anyway, use --limit document=12",
            id="a large member",
        ),
        pytest.param(
            '{"订": 1,\n "note": "'.encode() + b"x" * 400_000 + b'"}',
            Limits(document=100_000),
            "the value that begins here has more than 100,000 bytes, or a bracket or a quotation mark is missing in it,"
            " at line 2, column 10; to read it anyway, use --limit document=391KiB",
            id="a very large member",
        ),
        pytest.param(
            b'{"note": [' + b"1," * 200_000 + b"1]}",
            Limits(values=50_000),
            "the value that begins here has more than 50,000 values and member names, or a bracket or a quotation mark"
            " is missing in it, at line 1, column 10; to read it anyway, use --limit values=200003",
            id="a member of many values",
        ),
        pytest.param(
            b'{"note": ' + b"[" * 100_000, Limits(), "it is nested more than 100 levels deep", id="a deep member"
        ),
    ],
)
def test_what_is_beyond_a_limit_is_said_with_the_way_to_read_it(content: bytes, limits: Limits, sentence: str) -> None:
    with pytest.raises(CannotRead) as caught:
        parse_snapshot(content, "target.json", limits)
    assert str(caught.value) == f"target.json is not a snapshot: {sentence}"


def test_fields_that_no_class_declares_may_be_known_in_part() -> None:
    # The first two are like no declared field, and the last one is like a declared one, and is there.
    partial = {"topic": ["owner", "own/part", "access_policies"]}
    topics = [{"name": "a", "access_policies": ["pub"]}]
    target = parse_snapshot(encode(make_snapshot({"topic": topics}, partial=partial)), "target.json")
    assert target.partial == {"topic": ("owner", "own/part", "access_policies")}


def test_a_resource_that_has_every_field_is_known_whatever_was_not_looked_at() -> None:
    whole = dict.fromkeys(fields_of(KINDS["topic"]), "a")
    found = [
        make_instance({"topic": [topic]}, partial={"topic": []}).known["topic/a"][1]
        for topic in (whole, edited(whole, policiesOnly=...))
    ]
    assert found == [False, True]


@every_row(
    ("name", "value"),
    [
        pytest.param("source", "the console", id="a note, a little like 'resources'"),
        pytest.param("note", {"by": "me"}, id="a note"),
        pytest.param("x" * 300, 1, id="a long name"),
        pytest.param("taken", "2026-11-02", id="a day"),
        pytest.param("taken", "2026-11-02T08:00Z", id="a minute"),
        pytest.param("taken", "20261102T080000.5+0800", id="a time without dashes, in another time zone"),
        pytest.param("taken", None, id="no time"),
    ],
)
def test_members_of_ones_own_and_every_form_of_time_are_allowed(name: str, value: Any) -> None:
    assert make_instance({"application": [APPLICATION]}, **{name: value}).index.resources


def test_what_a_snapshot_does_not_say_is_not_known() -> None:
    target = parse_snapshot(f"{GOOD}}}".encode(), "target.json")
    assert (target.name, target.covers, target.quotas, target.functions, target.jobs) == (
        "a",
        frozenset(),
        {},
        None,
        None,
    )
    assert (target.features, target.facts.version, target.index.resources) == ({}, None, ())


def test_what_a_snapshot_says_is_known() -> None:
    target = make_instance(
        instance={"version": "2.6", "features": {"app_route": True}, "x": 1},
        quotas={"api": {"limit": 5, "used": 2}},
        functions=[{"urn": "u"}],
        jobs=[{"status": "RUNNING"}],
        taken="2026-11-02",
        covers=["api", "topic"],
    )
    assert target.covers == {"api", "topic"}
    assert (target.features, target.facts.version) == ({"app_route": True}, "2.6")
    assert (target.quotas["api"].limit, target.quotas["api"].used) == (5, 2)
    assert [function.urn for function in target.functions or ()] == ["u"]
    assert [job.status for job in target.jobs or ()] == ["RUNNING"]


def test_a_misspelled_kind_is_refused_since_it_would_count_as_nothing() -> None:
    with pytest.raises(
        CannotRead, match=r"no kind is named 'applications'; did you mean 'application'\?, at line \d+, column 5"
    ):
        make_instance({"applications": [APPLICATION]})
    with pytest.raises(CannotRead, match="at '/covers', no kind is named 'topics'; did you mean 'topic'"):
        make_instance(covers=["topics"])


@pytest.mark.parametrize(
    ("kind", "names", "entry"),
    [
        ("application", ("Shop",), "/resources/application/0"),
        ("api_group", ("Shop", "orders"), "/resources/api_group/0"),
        ("api", ("Shop", "orders", "get-order"), "/resources/api/1"),
        ("api", ("{lost}", "get-order"), "/resources/api/0"),
    ],
)
def test_resources_are_found_by_their_paths(kind: str, names: tuple[str, ...], entry: str) -> None:
    target = make_instance(
        {"api": [edited(API, id="2", group_id="lost"), API], "api_group": [GROUP], "application": [APPLICATION]}
    )
    resource = target.index.by_path[Path(kind, names)]
    assert resource.place == ("", entry)
    assert target.document(resource)["name"] == names[-1]


def test_resources_are_found_by_id_key_and_name() -> None:
    target = make_instance({"application": [APPLICATION], "datasource": [DATASOURCE]})
    found = target.index.with_id("datasource", "ds-1")
    assert found is not None
    assert target.document(found) == DATASOURCE
    assert target.index.resolve(Reference("application", ("key",), "shop-key", "")) is not None
    assert target.index.with_id("application", "ds-1") is None


def test_documents_are_read_anew_each_time() -> None:
    target = make_instance({"datasource": [DATASOURCE]})
    (resource,) = target.index.resources
    target.document(resource)["content"]["host"] = "changed"
    assert target.document(resource) == DATASOURCE


CARRIED = {word for word, kind in KINDS.items() if kind.imported and kind.evidenced}


@pytest.mark.parametrize(("complete", "covers"), [(True, CARRIED), (False, set())])
def test_a_package_is_a_target(*, complete: bool, covers: set[str]) -> None:
    source = {"source": {"features": {"app_route": False}, "instance_version": "2.5"}}
    package = make_package(manifest=source)
    target = Instance.from_package(package, complete=complete)
    assert (target.name, target.digest, target.covers) == ("shop", package.digest, frozenset(covers))
    assert (target.features, target.facts.version, target.is_package) == ({"app_route": False}, "2.5", True)
    assert target.document(target.index.by_address["datasource/orders-db"]) == DATASOURCE


@pytest.mark.parametrize("source", [None, [], {"features": [], "instance_version": 2}])
def test_a_package_with_an_odd_source_is_a_target(source: Any) -> None:
    target = Instance.from_package(make_package(manifest={"source": source}))
    assert (target.features, target.facts.version) == ({}, None)


def test_places_are_found_in_any_formatting() -> None:
    text = json.dumps(
        make_snapshot({"application": [APPLICATION], "topic": []}), ensure_ascii=True, indent="\t"
    ).replace("\n", "\r\n")
    target = parse_snapshot(text.encode(), "target.json")
    assert target.document(target.index.resources[0]) == APPLICATION


def test_a_package_says_nothing_of_what_no_package_carries() -> None:
    product = {
        "name": "sensor",
        "app_id": "app-1",
        "manufacturer_id": "m-1",
        "manufacturer_name": "Maker",
        "model": "s-1",
        "product_type": 0,
        "protocol_type": 0,
        "template_id": 12,
    }
    package = make_package({"products/sensor.json": product})
    merged = plan(package, Instance.from_package(package), ImportOptions(mode=Mode.MERGE))
    assert {change.action for change in merged.changes} == {Action.KEEP}


def test_a_snapshot_of_more_resources_than_are_read_is_refused() -> None:
    content = encode(make_snapshot({"topic": [{"name": str(number)} for number in range(4)]}))
    assert len(parse_snapshot(content, "target.json", Limits(entries=4)).index.resources) == 4
    with pytest.raises(CannotRead, match="more than 3 resources; to read it anyway, use --limit entries=4"):
        parse_snapshot(content, "target.json", Limits(entries=3))


def test_a_snapshot_of_a_thousand_members_is_none() -> None:
    with pytest.raises(CannotRead, match="more than 1,000 members"):
        parse_snapshot(encode(make_snapshot({}, **{str(number): 1 for number in range(1_001)})), "target.json")
