"""OpenAPI files beside answers: what they add to a snapshot."""

import json
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.authoring.from_openapi import package_of
from assetpkg.package.openapi.names import names_in
from assetpkg.package.openapi.reading import read_openapi
from assetpkg.target.answers.collecting import Collected, read_answers
from tests.package.openapi.test_reading import FILES, beside
from tests.target.platform import INSTANCE, PROJECT

ORDERS = FILES / "orders.yaml"
AT = f"https://roma.example.com/v2/{PROJECT}/apic/instances/{INSTANCE}"
GROUP = {"id": "group-7", "name": "orders_export", "roma_app_id": "app-1", "version": "V2"}
LISTED = {
    "id": "api-7",
    "name": "get-order",
    "group_id": "group-7",
    "remark": "Changed since",
    "type": 1,
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/shop/orders/{orderId}",
    "auth_type": "APP",
    "backend_type": "HTTP",
}


def collected(folder: Path, *files: Path, **answers: dict[str, Any]) -> Collected:
    for name, answer in answers.items():
        (folder / f"{name}.json").write_text(json.dumps(answer))
    package = folder / "beside.zip"
    assetpkg.write(beside(), package)
    return read_answers(folder, *files)


def listed(path: str, member: str, *items: dict[str, Any]) -> dict[str, Any]:
    url = f"{AT}/{path}?limit=500&offset=0"
    return {"request": {"url": url}, "response": {"total": len(items), "size": len(items), member: list(items)}}


def test_an_export_describes_apis_that_no_answer_lists(tmp_path: Path) -> None:
    found = collected(tmp_path, ORDERS)
    instance = found.instance
    names = {resource.address for resource in instance.index.resources if resource.path.kind == "api"}
    assert names >= {f"api/orders_export/{name}" for name in ("get-order", "any-order", "set-prices", "health")}
    assert not instance.covers & {"api", "api_group"}
    assert found.refused == ()
    assert [(taken.subject, taken.items) for taken in found.taken if taken.subject == "openapi"] == [("openapi", 5)]
    assert found.dropped == 1
    document = instance.document(instance.index.by_address["api/orders_export/any-order"])
    assert (document["roma_app_id"], document["req_uri"]) == ("app-1", "/shop/orders/{orderId}")


def test_what_was_exported_is_what_the_snapshot_says(tmp_path: Path) -> None:
    instance = collected(tmp_path, ORDERS).instance
    package = package_of(read_openapi(ORDERS.read_bytes(), names=names_in(beside().index))).package
    plan = assetpkg.plan(package, instance, mode="Merge")
    assert {change.action.value for change in plan.changes} == {"keep"}


def test_an_export_completes_what_a_list_leaves_out(tmp_path: Path) -> None:
    apis, groups = listed("apis", "apis", LISTED), listed("api-groups", "groups", GROUP)
    found = collected(tmp_path, ORDERS, apis=apis, groups=groups)
    resource = found.instance.index.by_address["api/Shop/orders_export/get-order"]
    document = found.instance.document(resource)
    assert (resource.id, document["remark"]) == ("api-7", "Changed since"), "an answer knows better"
    assert [parameter["name"] for parameter in document["backend_params"]] == ["orderId", "X-Caller"]
    assert "backend_params" not in found.instance.partial.get(resource.address, ())
    assert [refused.why.partition("'")[2].partition("'")[0] for refused in found.refused] == [
        "any-order",
        "set-prices",
        "health",
    ]
    assert found.has_gaps


def test_an_export_that_is_there_twice_is_one(tmp_path: Path) -> None:
    again = tmp_path / "again.yaml"
    again.write_bytes(ORDERS.read_bytes().decode().encode("utf-16"))
    found = collected(tmp_path, ORDERS)
    assert sorted(taken.items for taken in found.taken if taken.subject == "openapi") == [4, 5], "the group is known"
    apis = [resource for resource in found.instance.index.resources if resource.path.names[0] == "orders_export"]
    assert len(apis) == len({resource.address for resource in apis}) == 5
    assert found.refused == ()


def test_what_a_file_does_not_say_stays_unknown(tmp_path: Path) -> None:
    file = tmp_path / "apis.json"
    backend = {"type": "MOCK", "mockEndpoints": {"result-content": ""}}
    operation = {"operationId": "plain", "x-apigateway-backend": backend, "x-apigateway-roma-app": "Nobody"}
    file.write_text(json.dumps({"swagger": "2.0", "info": {"title": "ours"}, "paths": {"/x": {"get": operation}}}))
    found = read_answers(file)
    instance = found.instance
    document = instance.document(instance.index.by_address["api/ours/plain"])
    assumed = {"type", "req_protocol", "roma_app_id"}
    assert not assumed & document.keys()
    assert assumed <= set(instance.partial["api"])
    assert [refused.origin for refused in found.refused] == [f"{file}:1:{file.read_text().index('x-apigateway-roma')}"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("apis.yaml", "swagger: '2.0'\nswagger: '2.0'\n", "cannot be read: a key that is in the same object twice"),
        ("apis.yml", "openapi: 3.1.0\n", "cannot be read: its version is not Swagger 2.0 or OpenAPI 3.0"),
        ("apis.json", '{"swagger": "1.2", "apis": []}', "cannot be read: its version is not"),
    ],
)
def test_an_export_that_cannot_be_read_is_reported(tmp_path: Path, name: str, content: str, why: str) -> None:
    (tmp_path / name).write_text(content)
    (tmp_path / "ci.yml").write_text("steps: []\n")
    found = collected(tmp_path)
    assert [refused.why[: len(why)] for refused in found.refused] == [why]
    assert [Path(file).name for file in found.passed_over] == ["ci.yml"]
