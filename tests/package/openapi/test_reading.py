import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assetpkg
from assetpkg.authoring.from_openapi import package_of
from assetpkg.documents.yaml import parse_yaml
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.openapi.names import names_in
from assetpkg.package.openapi.reading import OpenApi, read_openapi
from assetpkg.package.openapi.source import Sort
from assetpkg.package.package import Package
from tests.build import make_package
from tests.tables import every_row

FILES = Path(__file__).parent / "files"
CHANNEL = {
    "id": "channel-1",
    "name": "office_channel",
    "port": 80,
    "balance_strategy": 1,
    "member_type": "ip",
    "members": [{"host": "10.0.0.1", "weight": 1}],
}
AUTHORIZER = {
    "id": "authorizer-1",
    "name": "partner_check",
    "type": "FRONTEND",
    "authorizer_type": "FUNC",
    "authorizer_uri": "urn:fss:eu-west-101:0a1b2c:function:default:check",
}


def beside() -> Package:
    """Return a package with everything that the files name."""
    return make_package({"load_channels/office_channel.json": CHANNEL, "authorizers/partner_check.json": AUTHORIZER})


def read_file(name: str) -> OpenApi:
    return read_openapi((FILES / name).read_bytes(), names=names_in(beside().index), application="Shop")


def documents_of(file: OpenApi) -> dict[str, dict[str, Any]]:
    return {made.document["name"]: made.document for made in file.documents}


def test_an_export_becomes_a_group_and_its_apis() -> None:
    file = read_file("orders.yaml")
    assert (file.form, file.title) == ("Swagger 2.0", "orders_export")
    assert {kind: len(found) for kind, found in file.by_kind.items()} == {"api_group": 1, "api": 4}
    found = documents_of(file)
    assert found["orders_export"] == {"name": "orders_export", "remark": "Orders of the shop"}
    group = found["health"]["group_id"]
    assert found["health"] == {
        "name": "health",
        "group_id": group,
        "roma_app_id": "app-1",
        "type": 1,
        "req_protocol": "HTTPS",
        "req_method": "GET",
        "req_uri": "/shop/health",
        "auth_type": "NONE",
        "backend_type": "MOCK",
        "mock_info": {"result_content": '{"up": true}'},
    }
    assert found["get-order"] == {
        "name": "get-order",
        "group_id": group,
        "roma_app_id": "app-1",
        "type": 1,
        "remark": "Reads an order",
        "req_protocol": "HTTPS",
        "req_method": "GET",
        "req_uri": "/shop/orders/{orderId}",
        "match_mode": "NORMAL",
        "auth_type": "APP",
        "auth_opt": {"app_code_auth_type": "HEADER"},
        "cors": False,
        "content_type": "application/json",
        "result_normal_sample": '{"id": "OC2610000417"}',
        "tags": ["orders", "read"],
        "req_params": [
            {
                "name": "orderId",
                "location": "PATH",
                "type": "STRING",
                "required": 1,
                "min_size": 12,
                "max_size": 12,
                "remark": "Its number",
            },
            {
                "name": "fields",
                "location": "QUERY",
                "type": "STRING",
                "required": 2,
                "default_value": "all",
                "enumerations": "all,head",
                "pass_through": 1,
            },
            {"name": "page", "location": "QUERY", "type": "NUMBER", "required": 2, "min_num": 1, "max_num": 99},
        ],
        "backend_params": [
            {"name": "orderId", "location": "PATH", "origin": "REQUEST", "value": "orderId"},
            {
                "name": "X-Caller",
                "location": "HEADER",
                "origin": "CONSTANT",
                "value": "gateway",
                "remark": "Who calls",
            },
        ],
        "backend_type": "HTTP",
        "backend_api": {
            "url_domain": "orders.example.com:8443",
            "vpc_channel_status": 2,
            "req_protocol": "HTTPS",
            "req_method": "GET",
            "req_uri": "/v1/orders/{orderId}",
            "timeout": 30000,
            "retry_count": "-1",
            "enable_client_ssl": False,
            "remark": "The order service",
        },
        "policy_https": [
            {
                "name": "from_office",
                "effect_mode": "ALL",
                "conditions": [
                    {
                        "condition_origin": "source",
                        "condition_type": "enum",
                        "condition_value": "10.0.0.0/8,192.168.0.0/16",
                    }
                ],
                "backend_params": [{"name": "orderId", "location": "PATH", "origin": "REQUEST", "value": "orderId"}],
                "vpc_channel_status": 1,
                "vpc_channel_info": {"vpc_channel_id": "channel-1"},
                "req_protocol": "HTTP",
                "req_method": "GET",
                "req_uri": "/orders/{orderId}",
                "timeout": 5000,
            }
        ],
    }
    anything = found["any-order"]
    assert (anything["req_method"], anything["match_mode"], anything["type"]) == ("ANY", "SWA", 2)
    assert anything["auth_type"] == "IAM"
    assert anything["backend_api"]["vpc_channel_info"] == {"vpc_channel_id": "channel-1", "cascade_flag": False}
    assert anything["backend_api"]["timeout"] == 5000
    prices = found["set-prices"]
    assert (prices["req_protocol"], prices["auth_type"], prices["authorizer_id"]) == (
        "BOTH",
        "AUTHORIZER",
        "authorizer-1",
    )
    assert prices["func_info"] == {
        "function_urn": "urn:fss:eu-west-101:0a1b2c:function:default:prices",
        "version": "latest",
        "invocation_type": "sync",
        "network_type": "V1",
        "timeout": 5000,
    }


def test_an_export_of_custom_backends_becomes_these() -> None:
    file = read_file("rates.yaml")
    assert {kind: len(found) for kind, found in file.by_kind.items()} == {"backend_api": 2}
    found = documents_of(file)
    assert found["list_rates"] == {
        "name": "list_rates",
        "roma_app_id": "app-1",
        "method": "GET",
        "path": "/rates/list",
        "version": "1.10",
        "content_type": "json",
        "description": "The rates of today",
        "parameters": [
            {"name": "currency", "in": "Parameters", "description": "Three letters", "required": True},
            {"name": "X-Trace", "in": "Headers", "default": "none", "required": False},
        ],
        "type": "data",
        "scripts": [
            {"ds_id": "ds-1", "ds_name": "orders-db", "type": "SQL", "object_name": "rows", "content": "U0VMRUNUIDE="},
            {"ds_id": "ds-1", "ds_name": "orders-db", "type": "SP", "object_name": "more", "content": "Q0FMTCB4"},
        ],
        "status": 3,
    }
    computed = found["compute_rates"]
    assert (computed["type"], computed["content_type"], computed["status"]) == ("function", "xml", 4)
    assert computed["scripts"] == [{"type": "", "object_name": "func", "content": "ZnVuY3Rpb24gZSgpIHt9"}]


def test_a_file_of_the_gateway_alone_is_understood_too() -> None:
    file = read_file("gateway.yaml")
    assert file.counted == {Sort.UNUSED: 5}
    weather = documents_of(file)["weather_today"]
    assert (weather["req_protocol"], weather["auth_type"], weather["roma_app_id"]) == ("HTTPS", "IAM", "app-1")
    assert weather["req_params"] == [
        {
            "name": "city",
            "location": "PATH",
            "type": "STRING",
            "required": 1,
            "min_num": 0,
            "max_num": 0,
            "max_size": 0,
            "pass_through": 1,
            "remark": "the name of the city",
        }
    ]
    assert "result_normal_sample" not in weather
    assert not file.has_gaps


@pytest.mark.parametrize(
    ("name", "title"), [("orders.yaml", "orders_export"), ("rates.yaml", "rates"), ("gateway.yaml", "weather")]
)
def test_what_is_made_checks_without_errors(name: str, title: str) -> None:
    file = read_file(name)
    package = package_of(file).package
    assert package.name == title
    assert {found.severity for found in assetpkg.check(package)} <= {assetpkg.Severity.RISK}, "what is not in it"
    whole = beside().with_resources((made.kind, made.document) for made in file.documents)
    assert assetpkg.check(whole) == []


@pytest.mark.parametrize("name", ["orders.yaml", "rates.yaml"])
def test_no_credential_of_a_file_is_anywhere(name: str) -> None:
    content = (FILES / name).read_text()
    canaries = {word for line in content.splitlines() for word in line.split() if word.startswith("canary")}
    file = read_file(name)
    assert canaries
    assert file.counted[Sort.CREDENTIAL] == len(canaries)
    everything = f"{file} {file.notes} {file.documents}"
    assert not [canary for canary in canaries if canary in everything]


def test_a_constant_that_is_a_credential_is_in_no_package() -> None:
    document = one_api({"parameters": [constant("X-Api-Key", "canary-4f9a8b7c6d5e")]})
    conversion = package_of(read_openapi(json.dumps(document).encode(), names=names_in(beside().index)))
    assert [replaced.placeholder for replaced in conversion.replaced] == ["${THE_API_X_API_KEY}"]
    assert not [name for name, entry in conversion.package.archive.entries.items() if b"canary" in entry.read()]


def constant(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "origin": "CONSTANT", "value": value}


def one_api(backend: Any = None, /, **operation: Any) -> dict[str, Any]:
    """Return a file with one API, its backend and its operation changed; `...` removes a member."""
    members = {
        "operationId": "the-api",
        "schemes": ["https"],
        "x-apigateway-request-type": "public",
        "x-apigateway-roma-app": "Shop",
        "x-apigateway-backend": {"type": "MOCK", "mockEndpoints": {"result-content": ""}, **(backend or {})},
        **operation,
    }
    made = {name: value for name, value in members.items() if value is not ...}
    return {"swagger": "2.0", "info": {"title": "the-group"}, "paths": {"/x": {"get": made}}}


HTTP_CHANNEL = {"type": "HTTP-VPC", "httpVpcEndpoints": {"name": "nowhere", "scheme": "http", "method": "GET"}}
SEVERAL = [{"type": "equal", "value": "1", "origin": "request", "parameter_name": name} for name in ("a", "b")]
POLICY = {"type": "MOCK", "name": "both", "conditions": SEVERAL, "mockEndpoints": {"result-content": ""}}


@every_row(
    ("document", "sort", "pointer", "said"),
    [
        pytest.param(
            one_api(**{"x-apigateway-strange": 1}), Sort.UNKNOWN, "x-apigateway-strange", "is not understood", id="new"
        ),
        pytest.param(one_api(**{"x-other": {"x-more": 1}}), Sort.UNKNOWN, "x-other", "is not understood", id="others'"),
        pytest.param(
            one_api({"retries": 3}), Sort.UNKNOWN, "x-apigateway-backend/retries", "not documented", id="in a backend"
        ),
        pytest.param(
            one_api({"mockEndpoints": {"result-content": "", "delay": 1}}),
            Sort.UNKNOWN,
            "x-apigateway-backend/mockEndpoints/delay",
            "not documented as a part of 'mockEndpoints'",
            id="deeper in a backend",
        ),
        pytest.param(
            one_api(**{"x-apigateway-match-mode": "REGEX"}),
            Sort.UNKNOWN,
            "x-apigateway-match-mode",
            "is 'REGEX', which is not one of normal, swa",
            id="another word",
        ),
        pytest.param(
            one_api(**{"x-apigateway-match-mode": f"{'at ' * 14}ftp://a:Zq7Canary9Xw@h.example.com/"}),
            Sort.UNKNOWN,
            "x-apigateway-match-mode",
            "ftp://a:***@",
            id="a word that is cut in a credential",
        ),
        pytest.param(
            one_api(**{"x-apigateway-match-mode": "swa " * 20}),
            Sort.UNKNOWN,
            "x-apigateway-match-mode",
            f"is '{('swa ' * 20)[:59]}…', which is not one of normal, swa",
            id="a long word",
        ),
        pytest.param(
            one_api(**{"x-apigateway-cors": "maybe"}),
            Sort.UNKNOWN,
            "x-apigateway-cors",
            "is not true or false",
            id="a word for a truth value",
        ),
        pytest.param(
            one_api(parameters=[{"$ref": "#/parameters/missing"}]), Sort.UNKNOWN, "parameters/0", "nothing", id="$ref"
        ),
        pytest.param(
            one_api(parameters=[{"in": "formData", "name": "x"}]), Sort.UNUSED, "parameters/0", "'formData'", id="form"
        ),
        pytest.param(
            one_api(parameters=[{"in": "query", "name": "x", "type": "array"}]),
            Sort.ASSUMED,
            "parameters/0",
            "'array', which the platform does not have, is taken as STRING",
            id="a list as a parameter",
        ),
        pytest.param(one_api(operationId=...), Sort.ASSUMED, "", "'get_x'", id="no name"),
        pytest.param(one_api(schemes=...), Sort.ASSUMED, "", "HTTPS is assumed", id="no protocol"),
        pytest.param(
            one_api(**{"x-apigateway-request-type": ...}), Sort.ASSUMED, "", "private is assumed", id="no type"
        ),
        pytest.param(
            one_api(**{"x-apigateway-backend-policies": [POLICY]}),
            Sort.ASSUMED,
            "x-apigateway-backend-policies/0",
            "assumed: all",
            id="several conditions",
        ),
        pytest.param(
            one_api(**{"x-apigateway-roma-app": "Store"}),
            Sort.UNRESOLVED,
            "x-apigateway-roma-app",
            "the integration application 'Store' is not known",
            id="another application",
        ),
        pytest.param(one_api(**{"x-apigateway-roma-app": ...}), Sort.UNRESOLVED, "", "missing", id="no application"),
        pytest.param(
            one_api(HTTP_CHANNEL),
            Sort.UNRESOLVED,
            "x-apigateway-backend/httpVpcEndpoints/name",
            "the load channel 'nowhere' is not known",
            id="another channel",
        ),
        pytest.param(
            one_api(**{"x-apigateway-response": "ours"}),
            Sort.UNRESOLVED,
            "x-apigateway-response",
            "'ours'",
            id="a response of the group",
        ),
        pytest.param(
            one_api(**{"x-apigateway-plugins": ["cors"]}), Sort.UNUSED, "x-apigateway-plugins", "bind it", id="bound"
        ),
        pytest.param(
            one_api(**{"x-apigateway-backend": ...}), Sort.LEFT_OUT, "", "nothing is made of GET /x", id="plain"
        ),
        pytest.param(
            one_api({"type": "GRPC"}), Sort.LEFT_OUT, "", "describes no backend", id="another sort of backend"
        ),
        pytest.param(one_api(security=[{"nobody": []}]), Sort.LEFT_OUT, "", "is not defined", id="no such scheme"),
        pytest.param(
            one_api(security=[{"a": []}, {"b": []}]), Sort.LEFT_OUT, "", "more than one way", id="two ways in"
        ),
        pytest.param(
            {**one_api(security=[{"a": []}]), "securityDefinitions": {"a": {"x-apigateway-auth-type": "IAM_NONE"}}},
            Sort.LEFT_OUT,
            "",
            "what IAM_NONE means is not published",
            id="IAM_NONE",
        ),
        pytest.param(
            {**one_api(security=[{"a": []}]), "securityDefinitions": {"a": {"type": "basic"}}},
            Sort.LEFT_OUT,
            "",
            "'a' has no 'x-apigateway-auth-type'",
            id="a password",
        ),
    ],
)
def test_what_is_not_taken_over_is_reported_with_its_place(
    document: dict[str, Any], sort: Sort, pointer: str, said: str
) -> None:
    file = read_openapi(json.dumps(document, indent=1).encode(), names=names_in(beside().index))
    (note,) = [note for note in file.notes if note.sort is sort]
    assert note.pointer == f"/paths/~1x/get{'/' if pointer else ''}{pointer}"
    assert said in note.message
    key = note.pointer.rpartition("/")[2]
    line = json.dumps(document, indent=1).splitlines()[note.line - 1]
    assert key.isdigit() or json.dumps(key.replace("~1", "/")) in line
    assert bool(file.documents) is (sort is not Sort.LEFT_OUT)


def test_the_first_of_two_names_is_taken_as_the_platform_does() -> None:
    document = one_api()
    document["paths"]["/y"] = document["paths"]["/x"]
    file = read_openapi(json.dumps(document).encode())
    assert [made.document["req_uri"] for made in file.documents if made.kind == "api"] == ["/x"]
    (note,) = [note for note in file.notes if note.sort is Sort.LEFT_OUT]
    assert "GET /y" in note.message


def test_a_group_that_is_known_is_not_made_again() -> None:
    document = one_api()
    document["info"]["title"] = "orders"
    file = read_openapi(json.dumps(document).encode(), names=names_in(beside().index))
    assert [(made.kind, made.document["group_id"]) for made in file.documents] == [("api", "group-1")]


def test_an_application_can_be_given_for_a_file_without() -> None:
    document = one_api(**{"x-apigateway-roma-app": ...})
    file = read_openapi(json.dumps(document).encode(), names=names_in(beside().index), application="Shop")
    assert file.notes == ()
    assert file.by_kind["api"][0]["roma_app_id"] == "app-1"


@pytest.mark.parametrize("name", ["orders.yaml", "rates.yaml"])
def test_json_says_the_same_as_yaml(name: str) -> None:
    content = (FILES / name).read_bytes()
    as_json = json.dumps(parse_yaml(content)).replace("1.1,", '"1.10",').encode()
    file, same = read_file(name), read_openapi(as_json, names=names_in(beside().index))
    assert same.documents == file.documents
    assert {note[:3] for note in same.notes} == {note[:3] for note in file.notes}


def as_openapi_3(swagger: Any) -> Any:
    """Return what a file of Swagger 2.0 is in OpenAPI 3.0."""
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        **{key: value for key, value in swagger.items() if key != "swagger"},
    }
    document["components"] = {"securitySchemes": document.pop("securityDefinitions")}
    document["servers"] = [{"url": f"{scheme}://x"} for scheme in document.pop("schemes", [])]
    base = document.pop("basePath", "").rstrip("/")
    document["paths"] = {f"{base}{path}": item for path, item in document["paths"].items()}
    for item in document["paths"].values():
        for holder in (item, *item.values()):
            if isinstance(holder, dict):
                holder["servers"] = [{"url": f"{scheme}://x"} for scheme in holder.pop("schemes", [])]
                produced = holder.pop("produces", [])
                if produced:
                    holder["responses"] = {"default": {"content": {name: {} for name in produced}}}
                for parameter in holder.get("parameters", []):
                    inner = {"type", "default", "enum", "minimum", "maximum", "minLength", "maxLength"}
                    parameter["schema"] = {name: parameter.pop(name) for name in inner & parameter.keys()}
    return document


@pytest.mark.parametrize("name", ["orders.yaml", "rates.yaml"])
def test_openapi_says_the_same_as_swagger(name: str) -> None:
    content = (FILES / name).read_bytes()
    document = json.loads(json.dumps(parse_yaml(content)).replace("1.1,", '"1.10",'))
    same = read_openapi(json.dumps(as_openapi_3(document)).encode(), names=names_in(beside().index))
    assert same.form == "OpenAPI 3.0"
    assert [made.document for made in same.documents] == [made.document for made in read_file(name).documents]


REFERRING = one_api(parameters=[{"$ref": "#/parameters/p"}])["paths"]["/x"]
REPEATED = {
    **one_api(),
    "paths": {f"/{number}": REFERRING for number in range(1_000)},
    "parameters": {"p": {"in": "query", "name": "p", "type": "string", "enum": ["x"] * 30_000}},
}


@every_row(
    ("content", "said"),
    [
        pytest.param(b"", "no document", id="nothing"),
        pytest.param(b"{}", "it is not an OpenAPI", id="an empty object"),
        pytest.param(b"[]", "it is not an OpenAPI", id="a list"),
        pytest.param(b"just a text", "it is not an OpenAPI", id="a text"),
        pytest.param(b'{"swagger": "2.0",', "not JSON", id="broken JSON"),
        pytest.param(b"swagger: '2.0'\nswagger: '2.0'", "twice, at line 2", id="a key twice"),
        pytest.param(b"swagger: '1.2'", "its version is not", id="an old version"),
        pytest.param(b"openapi: 3.1.0", "its version is not", id="a new version"),
        pytest.param(b"\xff\xfe\xff", "not UTF-8", id="no text"),
        pytest.param(json.dumps({**one_api(), "info": {}}).encode(), "no title", id="no title"),
        pytest.param(json.dumps(REPEATED).encode(), "repeat", id="references that repeat too much"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, said: str) -> None:
    limits = DEFAULT_LIMITS._replace(values=200_000, document=2**20)
    with pytest.raises(CannotRead, match=r"^api\.yaml cannot be read: ") as caught:
        read_openapi(content, origin="api.yaml", limits=limits)
    assert said in str(caught.value)


def test_a_reference_in_a_circle_is_reported() -> None:
    document = {**one_api(parameters=[{"$ref": "#/parameters/a"}]), "parameters": {"a": {"$ref": "#/parameters/a"}}}
    file = read_openapi(json.dumps(document).encode())
    assert [note.message for note in file.notes if note.sort is Sort.UNKNOWN] == [
        "a reference that leads to nothing in this file"
    ]


LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(["", "public", "HTTP", "x", "header", "{a}"])
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["name", "in", "type", "x-new", "$ref", "a"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value: Any, steps: tuple[str | int, ...] = ()) -> "list[tuple[str | int, ...]]":
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [steps, *(found for step, member in below for found in places(member, (*steps, step)))]


@settings(max_examples=60)
@given(st.data(), ANYTHING, st.sampled_from(["orders.yaml", "rates.yaml"]))
def test_no_value_anywhere_makes_it_fail(data: st.DataObject, value: Any, name: str) -> None:
    document = json.loads(json.dumps(parse_yaml((FILES / name).read_bytes())))
    *steps, last = data.draw(st.sampled_from([found for found in places(document) if len(found) > 1]))
    holder = document
    for step in steps:
        holder = holder[step]
    holder[last] = value
    try:
        file = read_openapi(json.dumps(document).encode(), names=names_in(beside().index))
    except CannotRead:
        assert steps == [] or last == "title"
        return
    for made in file.documents:
        json.dumps(made.document)
