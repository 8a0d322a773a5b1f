"""Further shapes that exports may have, made of the sample: their layouts are learnt, and nothing is lost."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.layouts.learning.proposal import learn
from assetpkg.layouts.learning.proposed_text import proposal_text
from assetpkg.layouts.reading import parse_layout
from assetpkg.package.package import Package, load
from tests.build import encode
from tests.conftest import SAMPLES
from tests.foreign.drafting import as_bytes, pack, table
from tests.foreign.sources import NOISE, Document
from tests.foreign.spelling import respell

_OWNERS = {"datasource": "app_id", "api_group": "roma_app_id", "api": "roma_app_id", "topic": "app_id"}


@cache
def native() -> Package:
    return assetpkg.read(SAMPLES / "order-center")


@cache
def documents() -> Mapping[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for resource in native().resources:
        found.setdefault(resource.kind.kind, []).append(native().document(resource.address))
    return found


def without(document: Document, *fields: str) -> Document:
    return {key: value for key, value in document.items() if key not in fields}


def owned(application: Document, kind: str) -> list[Document]:
    """Return the documents of a kind that belong to an application, without saying so."""
    field = _OWNERS[kind]
    mine = (each for each in documents()[kind] if each.get(field) in {application["id"], application["key"]})
    return [without(each, field, "app_name", "roma_app_name") for each in mine]


def shared() -> dict[str, Any]:
    return {"tasks.json": {kind: documents()[kind] for kind in ("task", "composite_task")}}


def numbered() -> list[tuple[str, Document]]:
    return [(kind, each) for kind, found in documents().items() for each in found]


def a_file_for_each_application() -> dict[str, Any]:
    files = {
        f"{each['name']}.json": {"app": each, **{f"{kind}s": owned(each, kind) for kind in _OWNERS}}
        for each in documents()["application"]
    }
    return {**files, **shared()}


def a_zip_for_each_application() -> dict[str, Any]:
    files = {}
    for each in documents()["application"]:
        inner = {
            f"{kind}/{number}.json": encode(found) for kind in _OWNERS for number, found in enumerate(owned(each, kind))
        }
        files[f"apps/{each['name']}.zip"] = pack({"app.json": encode({"info": each}), **inner})
    return {**files, **shared()}


def groups_with_their_apis() -> dict[str, Any]:
    groups = [
        {
            **group,
            "apis": [
                without(api, "group_id", "group_name") for api in documents()["api"] if api["group_id"] == group["id"]
            ],
        }
        for group in documents()["api_group"]
    ]
    return {"groups.json": {"groups": groups}, "rest.json": without(dict(documents()), "api", "api_group")}


def maps_in_maps() -> dict[str, Any]:
    groups = {each["id"]: each for each in documents()["api_group"]}
    apis: dict[str, dict[str, Document]] = {}
    for api in documents()["api"]:
        apis.setdefault(groups[api["group_id"]]["name"], {})[api["name"]] = without(api, "name")
    return {"x.json": {"apic": {"apis": apis}, "rest": without(dict(documents()), "api")}}


def one_table_with_documents_in_cells() -> dict[str, Any]:
    rows = [
        {"no": str(number), "type": f"T_{kind.upper()}", "content": json.dumps(each, ensure_ascii=False)}
        for number, (kind, each) in enumerate(numbered())
    ]
    return {"all.csv": table(rows)}


def one_list_with_a_letter_for_the_kind() -> dict[str, Any]:
    letters = dict(zip(documents(), "ADTCGPM", strict=True))
    return {"all.json": [{"t": letters[kind], **respell(kind, each, "camelCase")} for kind, each in numbered()]}


def lines_with_a_sign_before_the_kind() -> dict[str, Any]:
    lines = [json.dumps({"@type": kind.title().replace("_", ""), **each}) for kind, each in numbered()]
    return {"assets.jsonl": "\n".join(lines).encode()}


def files_that_only_differ_in_their_numbers() -> dict[str, Any]:
    return {f"{number:02}.json": each for number, (_, each) in enumerate(numbered())}


def names_with_blanks_and_capitals() -> dict[str, Any]:
    return {
        "data.json": {
            kind: [{key.replace("_", " ").title(): value for key, value in each.items()} for each in found]
            for kind, found in documents().items()
        }
    }


def answers_in_envelopes() -> dict[str, Any]:
    return {
        f"{kind}.json": {"code": 0, "message": "ok", "data": {"total": len(found), "list": found}}
        for kind, found in documents().items()
    }


SHAPES: tuple[Callable[[], dict[str, Any]], ...] = (
    a_file_for_each_application,
    a_zip_for_each_application,
    groups_with_their_apis,
    maps_in_maps,
    one_table_with_documents_in_cells,
    one_list_with_a_letter_for_the_kind,
    lines_with_a_sign_before_the_kind,
    files_that_only_differ_in_their_numbers,
    names_with_blanks_and_capitals,
    answers_in_envelopes,
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_shape_is_learnt(shape: Callable[[], dict[str, Any]]) -> None:
    contents = {name: as_bytes(each) for name, each in {**NOISE, **shape()}.items()}
    text = proposal_text(learn([Archive.from_contents(contents)], "export"))
    package = load(parse_archive(pack(contents), origin="export.zip"), layouts=[parse_layout(text.encode(), "x")])
    assert [found.address for found in package.resources] == [found.address for found in native().resources]
    target = assetpkg.Instance.from_package(native())
    assert {change.action.value for change in assetpkg.plan(package, target, mode="Merge").changes} == {"keep"}


def test_what_cannot_be_written_as_a_layout_is_not_proposed() -> None:
    tables = [{"table": kind, "rows": found} for kind, found in documents().items()]
    proposal = learn([Archive.from_contents({"t.json": encode({"tables": tables})})], "export")
    assert proposal.layout is None
    assert [found.reason for found in proposal.unrecognised] == [
        "several kinds stand together, and nothing beside them says which is which"
    ]
