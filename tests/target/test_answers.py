"""Saved answers become a target: in every form in which people save them, whole or with gaps, and never half."""

import codecs
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache, reduce
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetpkg
from assetpkg.authoring.generate import Scale, generate
from assetpkg.errors import CannotRead, InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import OPERATIONS, UNLISTED
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.package import Package
from assetpkg.planning.remarks import Reason
from assetpkg.target.answers.collecting import Collected
from assetpkg.target.instance import Instance
from assetpkg.target.paths import without
from assetpkg.target.snapshot import dump_snapshot
from tests.conftest import THOROUGH
from tests.target.instances import APP, OTHER, everything
from tests.target.platform import Call, Platform, class_of_items, documents_of, made_by_sdk

WORD = ["application"]
"""The kind of which no answer can say that it has everything."""


def collect(paths: Sequence[str], **options: Any) -> Collected:
    return assetpkg.read_answers(*paths, **options)


def save(folder: Path, files: Mapping[str, Any]) -> str:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, (str, bytes)) else json.dumps(content, ensure_ascii=False)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(folder)


def page(called: str, items: Sequence[Any], total: int | None = None, /, **query: Any) -> dict[str, Any]:
    """Return a page of a list, with the call that it answers where there is a query."""
    operation = OPERATIONS[called]
    answer = {"total": len(items) if total is None else total, "size": len(items), str(operation.items): list(items)}
    if not query:
        return answer
    path = {given: query.pop(given) for given in operation.path_parameters}
    url = operation.path.format(project_id="p-1", instance_id="i-1", **path)
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return {"request": {"method": "GET", "url": f"{url}?{words}"}, "response": answer}


def groups(start: int, end: int) -> list[dict[str, Any]]:
    own = {"sl_domain": "x", "url_domains": []}
    return [{"id": f"g-{number}", "name": f"group-{number}", **own} for number in range(start, end)]


def counts(instance: Instance) -> dict[str, int]:
    return {kind: len(instance.index.resources_of(kind)) for kind in KINDS}


def whys(collected: Collected) -> dict[str, str]:
    """Return why each kind that was asked for is not complete."""
    found = {missing.subject: missing.why for missing in reversed(collected.missing)}
    return {kind: why for kind, why in found.items() if why != "not asked for" and kind not in UNLISTED}


# The law: what was answered completely is what is there.


METHODS = ("services/commands/requests/method", "services/commands/responses/method")
"""What no answer has of the parameters of commands."""


def test_answers_of_every_kind_are_the_instance(tmp_path: Path) -> None:
    documents = everything()
    calls = Platform(documents, most=1).calls()
    collected = collect([save(tmp_path, {f"{n:03}.json": call.saved for n, call in enumerate(calls)})], complete=WORD)
    instance = collected.instance
    assert collected.refused == ()
    assert instance.covers == KINDS.keys() - set(UNLISTED)
    assert counts(instance) == {kind: len(documents[kind]) * (kind not in UNLISTED) for kind in KINDS}
    assert set(whys(collected)) == {"composite_task.mappings"}, "the SDK has no such call"
    assert instance.partial == {
        "dictionary": ("order",),
        "task": ("dispatch/cron_timezone",),
        "composite_task": ("dispatch/cron_timezone", "mappings", "operation_types"),
        "topic": ("app_key",),
        "product": (*METHODS, "template_id"),
        "product_template": METHODS,
    }
    assert instance.facts.region == "cn-north-4"


@pytest.mark.parametrize("mode", ["AddNew", "Merge"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_plan_is_that_against_the_package(tmp_path: Path, seed: int, mode: str) -> None:
    """Of the kinds that answers know completely, a plan against them is one against the package itself."""
    package = generate(Scale(resources=40, size=600, seed=seed))
    documents = documents_of(package)
    documents["scheduled_api_task"] = []
    source = Package.new("source").with_resources((kind, one) for kind, members in documents.items() for one in members)
    calls = Platform(documents, most=7).calls()
    files = {f"{number:03}.json": call.saved for number, call in enumerate(calls)}
    collected = collect([save(tmp_path, files)], complete=WORD, name=source.name)
    expected = assetpkg.plan(source, Instance.from_package(source), mode=mode)
    found = assetpkg.plan(source, collected.instance, mode=mode)
    known = [change for change in expected.changes if change.kind != "composite_task"]
    told = {change.address: change for change in found.changes}
    for change in known:
        other = told[change.address]
        unlooked = set(collected.instance.partial.get(change.kind, ()))
        if mode == "Merge" and unlooked & source.document(change.address).keys():
            continue
        within = [
            name
            for name in unlooked
            if without(source.document(change.address), name) != source.document(change.address)
        ]
        reason = Reason.NOT_LOOKED_AT if mode == "Merge" and within else change.reason
        assert (other.action, other.fields, other.reason) == (change.action, change.fields, reason)


# Every form in which answers are saved.


def calls_for_forms() -> list[Call]:
    """Return calls whose answers say by themselves what they are."""
    platform = Platform(everything(), most=1)
    names = (
        "ListRomaApp",
        "ListApiGroupsV2",
        "ListApisV2",
        "ShowDetailsOfApiV2",
        "ListDatasources",
        "ListTasks",
        "ShowTask",
    )
    return [call for name in names for call in platform.calls_of(OPERATIONS[name])]


def to_dict(call: Call) -> dict[str, Any]:
    """Return what `response.to_dict()` gives: Python's names, and a null for whatever is not there."""
    operation = call.operation
    model = class_of_items(operation)
    items = call.answer.get(operation.items) if operation.items else None
    found = [{name: item.get(there) for name, there in model.attribute_map.items()} for item in items or ()]
    if operation.items:
        return {**call.answer, operation.items: found}
    return {name: call.answer.get(there) for name, there in model.attribute_map.items()}


FORMS: dict[str, Callable[[list[Call]], Mapping[str, Any]]] = {
    "a file for each page": lambda calls: {f"{n}.json": call.answer for n, call in enumerate(calls)},
    "with the call beside it": lambda calls: {f"{n}.json": call.saved for n, call in enumerate(calls)},
    "one list": lambda calls: (
        {"all.json": [call.answer for call in calls if call.operation.items]}
        | {f"{n}.json": call.answer for n, call in enumerate(calls) if not call.operation.items}
    ),
    "a list of calls with answers": lambda calls: {"all.json": [call.saved for call in calls]},
    "JSON lines": lambda calls: {"all.jsonl": "\n".join(json.dumps(call.answer) for call in calls)},
    "one after the other, indented": lambda calls: {
        "all.txt": "\n".join(json.dumps(call.answer, indent=2) for call in calls)
    },
    "to_dict(), pretty": lambda calls: {
        f"{n}.json": json.dumps(to_dict(call), indent=4) for n, call in enumerate(calls)
    },
    "print(to_dict())": lambda calls: {f"{n}.txt": str(to_dict(call)) for n, call in enumerate(calls)},
    "UTF-16 of PowerShell": lambda calls: {
        f"{n}.json": codecs.BOM_UTF16_LE + json.dumps(call.answer, indent=2).encode("utf-16-le")
        for n, call in enumerate(calls)
    },
    "UTF-8 with a mark": lambda calls: {
        f"{n}.json": codecs.BOM_UTF8 + json.dumps(call.answer).encode() for n, call in enumerate(calls)
    },
    "curl -i": lambda calls: {
        f"{n}": f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{json.dumps(call.answer)}"
        for n, call in enumerate(calls)
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_saving(tmp_path: Path, form: str) -> None:
    calls = calls_for_forms()
    collected = collect([save(tmp_path / "saved", FORMS[form](calls))], complete=WORD)
    assert collected.refused == ()
    expected = {
        "application": 2,
        "api_group": 1,
        "api": 1,
        "datasource": 1,
        "task": 1,
        "composite_task": 1,
        "domain": 1,
    }
    if "to_dict" in form:
        # The class of the SDK does not know the field that tells composite tasks.
        expected = {**expected, "task": 2, "composite_task": 0}
    assert {kind: counts(collected.instance)[kind] for kind in expected} == expected
    assert collected.instance.covers == {kind for kind, number in expected.items() if number}
    assert "api" not in collected.instance.partial


def test_what_python_prints(tmp_path: Path) -> None:
    """Quotes, escapes and times are those of Python."""
    text = (
        "{'total': 1, 'size': 1, 'groups': [{'id': 'g-1', 'name': \"it's\", 'remark': 'a\\n\\'b\\' None 组',"
        " 'register_time': datetime.datetime(2026, 1, 2, 3, 4, tzinfo=tzlocal()), 'is_default': None}]}"
    )
    collected = collect([save(tmp_path, {"1.txt": text})])
    (resource,) = collected.instance.index.resources
    assert collected.instance.document(resource) == {"id": "g-1", "name": "it's", "remark": "a\n'b' None 组"}
    save(tmp_path, {"1.txt": f"{text[:-1]}, 'x': __import__('os')}}"})
    with pytest.raises(CannotRead, match=r"1\.txt"):
        collect([str(tmp_path)])


def test_a_zip_of_answers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        archive.writestr("a/1.json", json.dumps(page("ListApiGroupsV2", groups(0, 3))))
        archive.writestr("__MACOSX/._1.json", b"\0")
        archive.writestr("collect.py", "print()")
    collected = collect([str(tmp_path / "saved.zip")])
    assert counts(collected.instance)["api_group"] == 3
    assert collected.passed_over == (f"{tmp_path / 'saved.zip'}: collect.py",)
    assert assetpkg.read_target(tmp_path / "saved.zip").covers == {"api_group", "domain"}


@pytest.mark.parametrize("naming", ["path", "name", "words"])
def test_names_of_files_say_what_an_answer_is_of(tmp_path: Path, naming: str) -> None:
    """Some answers do not say what they are a part of; the file may be called after the call."""
    documents = everything()
    files: dict[str, Any] = {}
    for number, call in enumerate(Platform(documents).calls()):
        given = {**call.path, **{k: v for k, v in call.query.items() if k not in ("offset", "limit")}}
        query = "".join(f"/{name}={value}" for name, value in call.query.items() if name in given)
        tail = call.operation.path.partition("{instance_id}/")[2].format(**call.path)
        files |= {
            "path": {f"{tail}{query}/{number}.json": call.answer},
            "name": {
                call.operation.name + "".join(f"_{k}={v}" for k, v in given.items()) + f"-{number}.json": call.answer
            },
            "words": {
                call.operation.name + "".join(f"-{v}" for v in given.values()) + f"_page{number}.json": call.answer
            },
        }[naming]
    collected = collect([save(tmp_path, files)], complete=WORD)
    assert collected.refused == ()
    assert set(whys(collected)) - {"dictionary"} == {"composite_task.mappings"}


def test_a_kind_can_be_said(tmp_path: Path) -> None:
    empty = save(tmp_path, {"nothing.json": {"total": 0, "size": 0, "items": []}})
    with pytest.raises(CannotRead, match="say what it is: product=FILE"):
        collect([f"{empty}/nothing.json"])
    assert collect([f"device={empty}/nothing.json"]).instance.covers == {"device"}
    with pytest.raises(InvalidOption, match="'devices' is neither a kind nor a call; did you mean 'device'"):
        collect([f"devices={empty}/nothing.json"])


def test_a_package_is_a_source_as_well(tmp_path: Path) -> None:
    assetpkg.write(assetpkg.read("samples/order-center"), tmp_path / "export.zip")
    save(tmp_path, {"groups.json": page("ListApiGroupsV2", groups(0, 2))})
    collected = collect([str(tmp_path)], complete=["datasource"])
    assert collected.instance.covers == {"api_group", "domain", "datasource"}
    assert counts(collected.instance)["api_group"] > 2
    assert collected.taken[0].items == 30


def test_an_archive_of_another_layout_is_a_source_as_well(tmp_path: Path) -> None:
    layout = (
        'format = "assetpkg-layout/1"\nname = "theirs"\n[marks]\nentries = ["export.json"]\n'
        '[version]\nvalue = "1.0"\n[[resources]]\nentries = ["export.json"]\nat = "/groups/*"\nkind = "api_group"\n'
    )
    (tmp_path / "theirs.toml").write_text(layout)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("export.json", json.dumps({"groups": groups(0, 2)}))
    collected = assetpkg.read_answers(tmp_path / "export.zip", layouts=[tmp_path / "theirs.toml"])
    assert counts(collected.instance)["api_group"] == 2
    assert collected.taken[0].subject == "package"


def test_an_older_snapshot_is_a_source_as_well(tmp_path: Path) -> None:
    head = {
        "format": "assetpkg-snapshot/1",
        "name": "old",
        "covers": ["plugin"],
        "partial": {"api_group": ["remark", "own/part"]},
    }
    old = {**head, "resources": {"api_group": [{"id": "g-9", "name": "older"}], "plugin": []}}
    collected = collect([save(tmp_path, {"old.json": old, "groups.json": page("ListApiGroupsV2", groups(0, 2))})])
    assert counts(collected.instance)["api_group"] == 3
    assert {"remark", "own/part"} <= set(collected.instance.partial["api_group/older"])
    assert collected.instance.covers == {"api_group", "domain"}, "it was everything at another time"


# Pages.

PAGES: dict[str, tuple[list[dict[str, Any]], str]] = {
    "complete": ([page("ListApiGroupsV2", groups(0, 5), 5)], ""),
    "two pages": ([page("ListApiGroupsV2", groups(0, 3), 5), page("ListApiGroupsV2", groups(3, 5), 5)], ""),
    "the same page twice": ([page("ListApiGroupsV2", groups(0, 5), 5)] * 2, ""),
    "the default limit": (
        [page("ListApiGroupsV2", groups(0, 20), 57)],
        "20 of 57: the default limit; ask again with limit=500",
    ),
    "the default limit, asked for without one": (
        [page("ListApiGroupsV2", groups(0, 20), 57, offset=0)],
        "20 of 57: the default limit; ask again with limit=500",
    ),
    "a page in the middle": (
        [
            page("ListApiGroupsV2", groups(0, 20), 57, offset=0, limit=20),
            page("ListApiGroupsV2", groups(40, 57), 57, offset=40, limit=20),
        ],
        "37 of 57: items 21 to 40 are missing (offset=20)",
    ),
    "the last page": (
        [page("ListApiGroupsV2", groups(0, 50), 57, offset=0, limit=50)],
        "50 of 57: items 51 to 57 are missing (offset=50)",
    ),
    "pages without their calls": (
        [page("ListApiGroupsV2", groups(0, 21), 57), page("ListApiGroupsV2", groups(41, 57), 57)],
        "37 of 57: pages are missing",
    ),
    "pages that overlap": (
        [
            page("ListApiGroupsV2", groups(0, 3), 5, offset=0, limit=3),
            page("ListApiGroupsV2", groups(2, 4), 5, offset=3, limit=3),
        ],
        "4 of 5: pages overlap, so that others are missing; read the list again",
    ),
    "totals that differ": (
        [
            page("ListApiGroupsV2", groups(0, 3), 6, offset=0, limit=3),
            page("ListApiGroupsV2", groups(3, 5), 5, offset=3, limit=3),
        ],
        "5 of 6: item 6 is missing (offset=5); the totals of the pages differ (5, 6)",
    ),
    "a filter": (
        [page("ListApiGroupsV2", groups(0, 2), 2, name="group")],
        "asked with name, which leaves others out",
    ),
    "a filter beside everything": (
        [page("ListApiGroupsV2", groups(0, 2), 2, name="group"), page("ListApiGroupsV2", groups(0, 5), 5, limit=500)],
        "",
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_pages_are_held_against_their_totals(tmp_path: Path, case: str) -> None:
    pages, why = PAGES[case]
    collected = collect([save(tmp_path, {f"{number}.json": one for number, one in enumerate(pages)})])
    assert whys(collected).get("api_group", "") == why
    assert ("api_group" in collected.instance.covers) is (why == "")
    assert collected.has_gaps is (" of " in why)


def test_a_bare_list_covers_nothing_by_itself(tmp_path: Path) -> None:
    place = save(tmp_path, {"groups.json": groups(0, 3)})
    assert collect([place]).instance.covers == frozenset()
    assert collect([place], complete=["all"]).instance.covers == {"api_group"}
    assert "without its total" in whys(collect([place]))["api_group"]


def test_domains_are_known_where_the_list_of_groups_says_that_there_are_none(tmp_path: Path) -> None:
    silent = [{**one, **own} for one, own in zip(groups(0, 3), ({}, {"url_domains": None}, {}), strict=True)]
    del silent[0]["url_domains"]
    some = collect([save(tmp_path / "some", {"1.json": page("ListApiGroupsV2", silent)})])
    assert some.instance.covers == {"api_group"}
    assert whys(some)["domain"] == "of 2 of 3 items, the list has no 'url_domains'"
    none = collect([save(tmp_path / "none", {"1.json": page("ListApiGroupsV2", [])})])
    assert none.instance.covers >= {"api_group", "domain"}


ENDS = {"source_datasource_id": "ds-1", "target_datasource_id": "ds-2"}
TASKS = page("ListTasks", [{"task_id": "t-1", "task_name": "copy", "task_mode": "CDC"}], limit=5)


@pytest.mark.parametrize("listed", [False, True])
def test_what_is_said_of_all_mappings_is_in_each_of_them(tmp_path: Path, listed: bool) -> None:  # noqa: FBT001 - a case
    extra = {"server_id": "7"}
    one = {"task_id": "t-1", **ENDS, "ext_info": extra, "mappings_total_count": 1, "mappings": [{"source_table": "a"}]}
    other = {**one, "source_datasource_id": "ds-3"}
    asked = page("ListMultiTaskMappings", [], task_id="t-1", limit=10)["request"]
    saved = {"request": asked, "response": [one, other] if listed else one}
    found = collect([save(tmp_path, {"tasks.json": TASKS, "mappings.json": saved})]).instance
    (task,) = found.index.resources_of("composite_task")
    expected = {"source_table": "a", **ENDS, "ext_info": extra}
    second = [{**expected, "source_datasource_id": "ds-3"}] if listed else []
    assert found.document(task)["mappings"] == [expected, *second]
    assert not found.was_not_looked_at(task, found.document(task), "mappings")


@pytest.mark.parametrize("lacking", [*ENDS, "mappings_total_count"])
def test_mappings_of_which_something_is_not_said_are_not_known(tmp_path: Path, lacking: str) -> None:
    answer = {"task_id": "t-1", **ENDS, "mappings_total_count": 1, "mappings": [{"source_table": "a"}]}
    del answer[lacking]
    asked = page("ListMultiTaskMappings", [], task_id="t-1", limit=10)["request"]
    place = save(tmp_path, {"tasks.json": TASKS, "mappings.json": {"request": asked, "response": answer}})
    found = collect([place]).instance
    (task,) = found.index.resources_of("composite_task")
    assert found.was_not_looked_at(task, found.document(task), "mappings")


def test_a_word_does_not_outweigh_a_gap(tmp_path: Path) -> None:
    place = save(tmp_path, {"1.json": page("ListApiGroupsV2", groups(0, 20), 57)})
    with pytest.raises(InvalidOption, match="api_group is not complete, whatever --complete says: 20 of 57"):
        collect([place], complete=["api_group"])
    with pytest.raises(InvalidOption, match="no kind is named 'apis'"):
        collect([place], complete=["apis"])


def test_applications_are_complete_by_word_alone(tmp_path: Path) -> None:
    application = {"id": APP, "name": "Shop", "key": "shop", "owner": True}
    codes = page("ListAppCodesV2", [], app_id=APP, limit=500)
    place = save(tmp_path, {"1.json": page("ListRomaApp", [application]), "2.json": codes})
    assert collect([place]).instance.covers == frozenset()
    assert "only what the caller may see" in whys(collect([place]))["application"]
    assert collect([place], complete=WORD).instance.covers == {"application", "app_code"}


# What a list leaves out is not known.


def test_what_a_list_leaves_out_is_not_known(tmp_path: Path) -> None:
    documents = everything()
    platform = Platform(documents)
    lists = [call for name in ("ListApisV2", "ListMqsInstanceTopics") for call in platform.calls_of(OPERATIONS[name])]
    lists += platform.calls_of(OPERATIONS["ListApiGroupsV2"])
    collected = collect([save(tmp_path, {f"{n}.json": call.saved for n, call in enumerate(lists)})])
    assert collected.instance.partial["topic"] == ("access_policy", "app_key", "tag")
    kinds = ("api", "api_group", "topic")
    package = Package.new("p").with_resources((kind, one) for kind in kinds for one in documents[kind])
    plan = assetpkg.plan(package, collected.instance, mode="Merge")
    unverified = {change.address: change.unverified for change in plan.changes}
    assert unverified["topic/orders"] == ("/access_policy", "/tag")
    assert "/mock_info" in unverified["api/?/orders/get-order"] if "api/?/orders/get-order" in unverified else True
    assert {change.action.value for change in plan.changes} <= {"keep", "undetermined"}


def test_some_details_complete_some_items(tmp_path: Path) -> None:
    apis = [{**everything()["api"][0], "id": f"a-{number}", "name": f"get-{number}"} for number in range(3)]
    operation, detail = OPERATIONS["ListApisV2"], OPERATIONS["ShowDetailsOfApiV2"]
    files: dict[str, Any] = {"list.json": page("ListApisV2", [made_by_sdk(operation, one) for one in apis])}
    files["detail.json"] = made_by_sdk(detail, apis[1])
    collected = collect([save(tmp_path, files)])
    known = [name for name, fields in collected.instance.partial.items() if "func_info" in fields]
    assert known == ["api/?/get-0", "api/?/get-2"] or len(known) == 2
    (call,) = (one for one in collected.missing if one.operation == detail.name)
    assert call.times == 2


# The eight gaps.


def test_what_a_number_in_place_of_a_word_means_is_not_known(tmp_path: Path) -> None:
    config = {"id": "c-1", "app_id": APP, "config_name": "limit", "config_type": 1, "config_value": "******"}
    collected = collect([save(tmp_path, {"1.json": page("ListAppConfigsV2", [config])})])
    (resource,) = collected.instance.index.resources
    assert collected.instance.document(resource) == {"id": "c-1", "app_id": APP, "config_name": "limit"}
    assert collected.instance.partial == {"app_config": ("config_type", "config_value")}


def test_the_client_of_an_authorisation_is_found_by_its_name(tmp_path: Path) -> None:
    pairs = [
        {"id": f"x-{n}", "app_id": "f" * 32, "app_name": "Shop", "api_id": api, "env_id": "e", "auth_tunnel": "NORMAL"}
        for n, api in enumerate(("a-1", "a-2"))
    ]
    files = {
        "apps.json": page("ListRomaApp", [{"id": APP, "name": "Shop", "key": "shop", "owner": True}]),
        "pairs.json": page("ListApisBindedToAppV2", pairs, app_id="f" * 32),
    }
    collected = collect([save(tmp_path, files)], complete=WORD)
    (resource,) = collected.instance.index.resources_of("app_authorization")
    document = collected.instance.document(resource)
    assert (document["app_ids"], document["api_ids"]) == ([APP], ["a-1", "a-2"])
    assert "app_authorization" in collected.instance.covers


def test_a_list_and_a_detail_that_mean_the_same_agree(tmp_path: Path) -> None:
    task = {"task_id": "t-1", "task_name": "sync", "task_type": "TIMING", "status": 0, "created_date": "2026-01-01"}
    detail = {**task, "task_type": "timing", "status": "stop", "created_date": 1, "source_datasource_id": "ds-1"}
    files = {"1.json": page("ListTasks", [task]), "2.json": {"task": detail, "task_detail": "{}"}}
    collected = collect([save(tmp_path, files)])
    (resource,) = collected.instance.index.resources_of("task")
    assert collected.instance.document(resource)["source_datasource_id"] == "ds-1"


def test_a_task_of_which_the_list_says_not_enough_may_be_composite(tmp_path: Path) -> None:
    task = {"task_id": "t-1", "task_name": "sync", "task_type": "REALTIME", "status": 0}
    collected = collect([save(tmp_path, {"1.json": page("ListTasks", [task])})])
    assert collected.instance.covers == {"task"}
    assert "does not say whether they are composite" in whys(collected)["composite_task"]


SECRETS = {
    "ListSignatureKeysV2": {"id": "s-1", "name": "gate", "sign_key": "Key-0815", "sign_secret": "Sec-ret-0815"},
    "ListAppCodesV2": {"id": "c-1", "app_id": APP, "app_code": "Code-0815-abcdefghijklmnop"},
    "ListCustomAuthorizersV2": {
        "id": "u-1", "name": "check", "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": "urn:f",
        "user_data": "Data-0815",
    },
    "ListAppConfigsV2": {
        "id": "g-1", "app_id": APP, "config_name": "pass", "config_type": "password", "config_value": "Pass-0815"
    },
    "ListDatasources": {
        "datasource_id": "d-1", "datasource_name": "db-1", "datasource_type": "MYSQL", "app_id": APP,
        "content": {"host": "db", "password": "Db-0815"},
    },
    "ListPlugins": {
        "plugin_id": "p-1", "plugin_name": "third", "plugin_type": "third_auth", "plugin_scope": "global",
        "plugin_content": json.dumps({"password": "Plug-0815"}),
    },
    "ListApisV2": {
        **everything()["api"][0], "remark": "curl -u admin:Sup3r-0815 https://user:Pw-0815@host/",
    },
    "ListEnvironmentVariablesV2": {
        "id": "v-1", "group_id": "group-1", "env_id": "e-1", "variable_name": "host", "variable_value": "Var-0815",
    },
}  # fmt: skip


def test_no_credential_gets_into_a_snapshot(tmp_path: Path) -> None:
    files = {f"{name}.json": page(name, [item]) for name, item in SECRETS.items()}
    destinations = [
        {"destination_id": "1", "destination_type": "MQS", "topic": "t", "password": "Rule-0815", "token": "T-0815"}
    ]
    files["rules.json"] = page("ListRules", [{"rule_id": 7, "name": "forward", "sql_field": "*"}])
    files["destinations.json"] = page("ListDestinations", destinations, rule_id=7, limit=1)
    collected = collect([save(tmp_path / "saved", files)])
    assert collected.refused == ()
    assetpkg.write_snapshot(collected.instance, tmp_path / "t.json")
    assert "0815" not in (tmp_path / "t.json").read_text("utf-8")
    assert collected.dropped >= 10
    assert not any(resource.credentials for resource in collected.instance.index.resources)
    unknown = collected.instance.partial
    assert unknown["authorizer"] == ("user_data",)
    assert unknown["environment_variable"] == ("variable_value",)
    assert "remark" in unknown["api"], "a text with a credential in it is not known"


CANARY = "https://user:S3cr3t-4711@host/x"


@pytest.mark.parametrize("field", ["remarks", "req_urii", "notes"])
def test_a_snapshot_without_a_field_that_no_class_declares_and_has_a_credential_can_be_read(
    tmp_path: Path, field: str
) -> None:
    item = {**everything()["api"][0], field: CANARY}
    collected = collect([save(tmp_path / "saved", {"ListApisV2.json": page("ListApisV2", [item])})])
    assetpkg.write_snapshot(collected.instance, tmp_path / "t.json")
    assert field in assetpkg.read_target(tmp_path / "t.json").partial["api"]


def at(value: Any, steps: Sequence[Any]) -> Any:
    return reduce(lambda one, step: one[step], steps, value)


def texts_in(value: Any) -> Iterator[tuple[Any, ...]]:
    yield from (steps for steps in places_in(value) if isinstance(at(value, steps), str))


def test_no_credential_gets_out_wherever_it_is(tmp_path: Path) -> None:
    """In every text, and as a key beside it: neither the snapshot nor the report nor an error has it."""
    places = [(text, steps) for text in all_answers()[::2] for steps in texts_in(json.loads(text)["response"])]
    for number, (text, steps) in enumerate(places if THOROUGH else places[::6]):
        answer = json.loads(text)
        *above, last = steps
        holder = at(answer["response"], above)
        if number % 2 and isinstance(holder, dict):
            holder[CANARY] = "x"
        else:
            holder[last] = CANARY
        try:
            collected = collect([save(tmp_path, {"1.json": answer})], complete=["all"])
        except CannotRead as error:
            said = str(error)
        else:
            said = b"".join(dump_snapshot(collected.instance)).decode() + assetpkg.to_json(collected)
        assert "S3cr3t-4711" not in said, (answer, steps)


# The instance itself.


def test_what_is_asked_of_the_instance_itself(tmp_path: Path) -> None:
    urn = "urn:fss:cn-north-4:p-1:function:default:check"
    features = [
        {"id": "1", "name": "app_route", "enable": True, "config": "on"},
        {"id": "2", "name": "backend_timeout", "enable": True, "config": '{"max_timeout": 500}'},
        {"id": "3", "name": "green_tunnel", "enable": False, "config": ""},
    ]
    limits = [
        {"config_id": "1", "config_name": "API_NUM_LIMIT", "config_value": "5000", "used": 12, "config_time": "x"},
        {"config_id": "2", "config_name": "API_TASK_SWITCH", "config_value": "2", "config_time": "x"},
    ]
    files: dict[str, Any] = {
        "groups.json": page("ListApiGroupsV2", []),
        "instance.json": {
            "id": "i-1", "project_id": "p-1", "instance_name": "staging", "instance_version": "24.1", "spec": "BASIC",
            "cipher_type": "x",
        },
        "features.json": page("ListFeaturesV2", features),
        "limits.json": page("ListProjectCofigsV2", limits),
        "live.json": {"api": "100", "api_used": "3", "datasource": "50", "datasource_used": "1", "scripts": "5"},
        "job.json": {"id": "j-1", "type": "importAsset", "status": "RUNNING", "begin_time": "x", "progress_percent": 5},
        "functions.json": {
            "count": 1, "next_marker": 0, "functions": [{"func_urn": f"{urn}:latest", "func_name": "c"}]
        },
        "versions.json": {"count": 1, "next_marker": 0, "versions": [{"func_urn": f"{urn}:v2", "version": "v2"}]},
        f"functions/{urn.replace(':', '%3A')}/aliases.json": {
            "body": [{"name": "live", "version": "v2", "alias_urn": f"{urn}:!live"}]
        },
    }  # fmt: skip
    collected = collect([save(tmp_path, files)])
    instance = collected.instance
    assert collected.refused == ()
    assert (instance.name, instance.facts.id, instance.facts.version) == ("staging", "i-1", "24.1")
    assert instance.features == {
        "app_route": "on",
        "backend_timeout": '{"max_timeout": 500}',
        "green_tunnel": "off",
        "API_TASK_SWITCH": "off",
    }
    assert {kind: (quota.limit, quota.used) for kind, quota in instance.quotas.items()} == {
        "api": (5000, 12),
        "backend_api": (100, 3),
    }
    assert [job.status for job in instance.jobs or ()] == ["RUNNING"]
    assert {(one.urn, one.version, one.alias) for one in instance.functions or ()} == {
        (urn, "v2", None),
        (urn, "v2", "live"),
    }


def test_a_job_that_has_ended_says_nothing_of_others(tmp_path: Path) -> None:
    job = {"id": "j-1", "type": "importAsset", "status": "SUCCEEDED", "progress_percent": 100, "begin_time": "x"}
    collected = collect([save(tmp_path, {"1.json": page("ListApiGroupsV2", []), "job.json": job})])
    assert collected.instance.jobs is None


@given(st.randoms(use_true_random=False), st.integers(1, 4), st.integers(0, 2))
@settings(max_examples=50 if THOROUGH else 8, deadline=None)
def test_pages_of_any_size_and_order_make_the_same_snapshot(random: Random, most: int, repeated: int) -> None:
    """The law of pages: how they were cut, in which order they are found, and which are there twice means nothing."""
    documents = {**everything(), "api_group": groups(0, 6)}
    names = ["ListRomaApp", "ListApiGroupsV2", "ListDatasources"]
    digests = []
    for size in (500, most):
        platform = Platform(documents, most=size)
        pages = [call.saved for name in names for call in platform.calls_of(OPERATIONS[name])]
        pages += pages[:repeated]
        random.shuffle(pages)
        with tempfile.TemporaryDirectory() as place:
            found = collect(
                [save(Path(place), {f"{n}.json": one for n, one in enumerate(pages)})], complete=WORD, name="x"
            )
        digests.append(found.instance.digest)
        assert found.instance.covers == {"application", "api_group", "domain", "datasource"}
    assert digests[0] == digests[1]


def test_a_target_with_gaps_is_used_and_they_are_told(tmp_path: Path) -> None:
    files = {f"{n:02}.html": "<html>" for n in range(12)}
    place = save(tmp_path, {**files, "groups.json": page("ListApiGroupsV2", groups(0, 20), 57)})
    told: list[str] = []
    target = assetpkg.read_target(place, notice=told.append)
    assert target.covers == frozenset()
    assert (
        told[0]
        == f"{place}/00.html: an HTML page, such as a login page or an error page; sign in, and download the file again"
    )
    assert told[-1] == f"and 3 more; 'assetpkg snapshot {place}' reports all"


def test_more_resources_than_are_read(tmp_path: Path) -> None:
    place = save(tmp_path, {"groups.json": page("ListApiGroupsV2", groups(0, 6))})
    with pytest.raises(CannotRead, match="the answers make no snapshot: more than 5 resources; to read it anyway"):
        collect([place], limits=DEFAULT_LIMITS._replace(entries=5))


# Bad input: one sentence each, and nothing half-written.

GOOD = page("ListApiGroupsV2", groups(0, 2))
BAD: dict[str, tuple[Any, str]] = {
    "error": ({"error_code": "APIG.2001", "error_msg": "no"}, "an error answer of the platform (APIG.2001); ask again"),
    "error with the call": (
        {"request": {"url": "/v2/p/apic/instances/i/apis"}, "status": 403, "response": {"x": 1}},
        "an error answer of the platform (HTTP 403)",
    ),
    "error of curl": ("HTTP/1.1 401 Unauthorized\r\nA: b\r\n\r\n{}", "an error answer of the platform (HTTP 401)"),
    "html": ("<!DOCTYPE html><html><body>Sign in</body></html>", "an HTML page"),
    "terraform": ({"version": 4, "terraform_version": "1.9.0", "resources": []}, "a Terraform state"),
    "table": ("+----+------+\n| id | name |\n+----+------+\n| 1  | a    |\n", "a table for people"),
    "tsv": ("id\tname\n1\ta\n", "a list with tabs"),
    "truncated": (json.dumps(GOOD)[:-20], "cut off: it ends in the middle"),
    "empty": ("", "empty"),
    "a word": ("OK", "not JSON"),
    "twice the same key": ('{"total": 1, "total": 2, "groups": []}', "total"),
    "renamed by a query": ([{"a": 1, "b": 2}], "a list whose items have the fields of no call"),
    "numbers": ([1, 2], "a list of something other than objects"),
    "swagger": ({"swagger": "2.0", "paths": {}}, "an OpenAPI (Swagger) file"),
    "a list of another service": ({"total": 1, "size": 1, "servers": [{"id": "1"}]}, "a list call that is not one of"),
    "another answer under an address": (
        {"request": {"url": "/v2/p/apic/instances/i/apis"}, "response": {"total": 1, "groups": []}},
        "no answer of ListApisV2: it has no 'apis'",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_among_the_answers(tmp_path: Path, case: str) -> None:
    content, told = BAD[case]
    place = save(tmp_path, {"bad.json": content, "good.json": GOOD})
    collected = collect([place])
    (refused,) = collected.refused
    assert refused.origin.endswith("bad.json")
    assert told in refused.why
    assert "\n" not in refused.why
    assert collected.has_gaps
    assert counts(collected.instance)["api_group"] == 2
    with pytest.raises(CannotRead, match=r"bad\.json") as raised:
        collect([f"{place}/bad.json"])
    assert told in str(raised.value)


def test_answers_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    older = groups(0, 2)
    older[1]["remark"] = "old"
    newer = [older[0], {**older[1], "remark": "new"}]
    files = {"old.json": page("ListApiGroupsV2", older), "new.json": page("ListApiGroupsV2", newer)}
    place = save(tmp_path, files)
    with pytest.raises(CannotRead) as raised:
        collect([place])
    assert "contradict each other: API group 'group-1' has another value at /remark" in str(raised.value)
    with pytest.raises(CannotRead, match="contradict each other"):
        assetpkg.read_target(place)


def test_answers_of_two_instances_are_refused(tmp_path: Path) -> None:
    one, other = page("ListApiGroupsV2", [], limit=1), page("ListPlugins", [], limit=1)
    other["request"]["url"] = other["request"]["url"].replace("i-1", "i-2")
    with pytest.raises(CannotRead, match="are of two instances: i-1 and i-2"):
        collect([save(tmp_path, {"1.json": one, "2.json": other})])


def test_zips_in_zips_in_zips_are_not_opened(tmp_path: Path) -> None:
    inner = json.dumps(GOOD).encode()
    for _ in range(3):
        with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
            archive.writestr("x.zip" if inner.startswith(b"PK") else "x.json", inner)
        inner = (tmp_path / "z.zip").read_bytes()
    with pytest.raises(CannotRead, match="a zip in a zip in a zip is not opened"):
        collect([str(tmp_path / "z.zip")])


def test_nested_too_deep(tmp_path: Path) -> None:
    place = save(tmp_path, {"1.json": "[" * 100_000, "2.json": "{'a': " * 100_000, "3.json": GOOD})
    assert len(collect([place]).refused) == 2


ODD: tuple[Any, ...] = (None, 0, True, "", [], {}, [[]], {"a": 1}, 1.5, [None], [1, "a"], {"id": {}}, "******", 10**20)
"""What no answer has where it is put."""


def places_in(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the steps to everything below a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in members:
        yield (*steps, step)
        yield from places_in(one, (*steps, step))


@cache
def all_answers() -> Sequence[str]:
    calls = list(Platform(everything(), most=2).calls())
    return [json.dumps(form) for call in calls for form in (call.saved, call.answer) if call.answer]


@given(st.data())
@settings(max_examples=300 if THOROUGH else 25, deadline=None)
def test_whatever_answers_have_in_them_makes_a_snapshot_or_a_sentence(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(all_answers()), min_size=1, max_size=6, unique=True))
    files = {}
    for number, text in enumerate(chosen):
        answer = json.loads(text)
        for _ in range(data.draw(st.integers(0, 2))):
            *above, last = data.draw(st.sampled_from(list(places_in(answer)) or [()])) or (None,)
            holder = at(answer, above)
            if last is not None:
                holder[last] = deepcopy(data.draw(st.sampled_from(ODD)))
        files[f"{number}.json"] = json.dumps(answer)
    with tempfile.TemporaryDirectory() as place:
        folder, said = save(Path(place), files), ""
        try:
            collect([folder], complete=WORD)
        except (CannotRead, InvalidOption) as error:
            said = str(error)
        assert "\n" not in said


# As a target.


def test_a_target_is_a_folder_or_a_file_of_answers(tmp_path: Path) -> None:
    place = save(tmp_path / "staging", {"1.json": GOOD})
    assert assetpkg.read_target(place).name == "staging"
    assert assetpkg.read_target(f"{place}/1.json").covers == {"api_group", "domain"}
    assert assetpkg.plan("samples/order-center", place).target is not None


def test_a_document_by_itself_is_no_target(tmp_path: Path) -> None:
    save(tmp_path, {"one.json": everything()["api_group"][0], "apis/one.json": everything()["api"][0]})
    for place in (tmp_path, tmp_path / "one.json"):
        with pytest.raises(CannotRead, match="not a"):
            assetpkg.read_target(place)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    calls = Platform(everything(), most=2).calls()
    collected = collect(
        [save(tmp_path / "saved", {f"{n}.json": call.saved for n, call in enumerate(calls)})], complete=WORD
    )
    assetpkg.write_snapshot(collected.instance, tmp_path / "t.json")
    again = assetpkg.read_target(tmp_path / "t.json")
    assert again.digest == collected.instance.digest
    assert (again.covers, again.partial) == (collected.instance.covers, collected.instance.partial)
    assert OTHER in (tmp_path / "t.json").read_text("utf-8")


def test_a_list_of_the_first_level_is_not_one_of_what_its_file_is_called(tmp_path: Path) -> None:
    entries = [{"id": "d-1", "name": "Regions", "code": "regions"}]
    place = save(tmp_path, {"regions.json": page("ListDictionary", entries)})
    assert "1 of its 1 lists, one for each parent_code, are missing" in whys(collect([place]))["dictionary"]
    save(tmp_path, {"dictionaries/regions.json": page("ListDictionary", [])})
    assert "dictionary" in collect([place]).instance.covers


def test_without_applications_there_is_nothing_to_ask_of_each(tmp_path: Path) -> None:
    place = save(tmp_path, {"1.json": page("ListRomaApp", []), "2.json": page("ListApiGroupsV2", [])})
    expected = {"application", "app_authorization", "app_code", "client_access_control"}
    expected |= {"api_group", "domain", "environment_variable"}
    assert collect([place], complete=WORD).instance.covers == expected


def test_authorisations_may_be_those_of_an_api_or_of_an_application(tmp_path: Path) -> None:
    """Both calls answer the same; only the address, or the name of the file, says of which all are there."""
    pair = {"id": "x-1", "app_id": APP, "api_id": "a-1", "env_id": "e", "auth_tunnel": "NORMAL"}
    apps = page("ListRomaApp", [{"id": APP, "name": "Shop", "key": "shop", "owner": True}])
    place = save(tmp_path, {"apps.json": apps, "pairs.json": page("ListApisBindedToAppV2", [pair])})
    assert "app_authorization" not in collect([place], complete=WORD).instance.covers
    (tmp_path / "pairs.json").rename(tmp_path / "ListApisBindedToAppV2.json")
    assert "app_authorization" in collect([place], complete=WORD).instance.covers
