"""Every row of the page about importing assets, and of those about its jobs, held against the stand-in."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import assetpkg
from assetpkg import Endpoint
from assetpkg.archive.zip import write_zip
from assetpkg.simulator.refusals import DOCUMENTED
from tests.build import APPLICATION, DATASOURCE, DOCUMENTS, edited, make_instance, make_package
from tests.conftest import ROOT
from tests.laws.strategies import unpacked
from tests.simulator.client import FILE, TOKEN, ask, ended, form, imported, parts, send
from tests.simulator.conftest import HERE, SHOP, zipped

OTHER = b"".join(write_zip([("readme.txt", b"hello")]))
MANY = zipped(make_package({f"applications/{n}.json": {"id": f"a-{n}", "name": f"A{n}"} for n in range(101)}))
REFUSALS: dict[str, tuple[Callable[[Endpoint], Any], int, str]] = {
    "no token": (lambda at: ask(at, "POST", "import", *form(SHOP)[:1], {"X-Auth-Token": ""}), 403, "ROMA.1000"),
    "another project": (
        lambda at: ask(at, "POST", "/v2/p-2/instances/i-1/assets/import", *form(SHOP)), 403, "ROMA.00014002"),
    "another instance": (
        lambda at: ask(at, "POST", "/v2/p-1/instances/i-2/assets/import", *form(SHOP)), 403, "ROMA.00014002"),
    "type in other letters": (lambda at: send(at, SHOP, "?type=merge"), 403, "ROMA.13000"),
    "no type": (lambda at: send(at, SHOP, "?type="), 403, "ROMA.13000"),
    "a type twice": (lambda at: send(at, SHOP, "?type=Merge&type=Merge"), 403, "ROMA.13000"),
    "overwrite in other letters": (lambda at: send(at, SHOP, "?datasource_overwrite=True"), 403, "ROMA.13000"),
    "a misspelled parameter": (lambda at: send(at, SHOP, "?perfix=dev_"), 400, "ASSETPKG.parameter"),
    "a prefix that is not UTF-8": (lambda at: send(at, SHOP, "?prefix=%FF"), 403, "ROMA.13000"),
    "a parameter that is not UTF-8": (lambda at: send(at, SHOP, "?%FF=Merge"), 403, "ROMA.13000"),
    "a limit that is not UTF-8": (
        lambda at: ask(at, "GET", "/v2/p-1/instances/i-1/apps?limit=%C3"), 403, "ROMA.13000"),
    "no body": (lambda at: ask(at, "POST", "import"), 403, "ROMA.13001"),
    "JSON as the page's own sample": (
        lambda at: ask(at, "POST", "import", b'{"ImportAssetRequestBody": "a.zip"}'), 403, "ROMA.13001"),
    "a form without a part": (lambda at: ask(at, "POST", "import", *parts()), 403, "ROMA.13001"),
    "a text and no file": (
        lambda at: ask(at, "POST", "import", *parts((f'form-data; name="{FILE}"', SHOP[:9]))), 403, "ROMA.13001"),
    "two files": (
        lambda at: ask(at, "POST", "import", *parts(*[(f'form-data; name="{FILE}"; filename="a.zip"', SHOP)] * 2)),
        403, "ROMA.13000"),
    "another field": (lambda at: ask(at, "POST", "import", *form(SHOP, field="file")), 403, "ROMA.13001"),
    "a field beside the file": (
        lambda at: ask(at, "POST", "import", *parts(
            (f'form-data; name="{FILE}"; filename="a.zip"', SHOP), ('form-data; name="type"', b"Merge"))),
        400, "ASSETPKG.parameter"),
    "all that belongs in the query in the form": (
        lambda at: ask(at, "POST", "import", *parts(
            ('form-data; name="prefix"', b"p_"), ('form-data; name="type"', b"Merge"),
            ('form-data; name="datasource_overwrite"', b"true"),
            (f'form-data; name="{FILE}"; filename="a.zip"', SHOP))),
        400, "ASSETPKG.parameter"),
    "too many parameters": (lambda at: send(at, SHOP, "?" + "&".join(["type=Merge"] * 51)), 403, "ROMA.13000"),
    "a negative limit": (lambda at: ask(at, "GET", "/v2/p-1/instances/i-1/apps?limit=-1"), 403, "ROMA.13000"),
    "a limit that is no number": (lambda at: ask(at, "GET", "/v2/p-1/instances/i-1/apps?limit=x"), 403, "ROMA.13000"),
    "a huge offset": (
        lambda at: ask(at, "GET", f"/v2/p-1/instances/i-1/apps?offset={'9' * 400}"), 403, "ROMA.13000"),
    "a form that ends early": (
        lambda at: ask(at, "POST", "import", form(SHOP)[0][:99], form(SHOP)[1]), 403, "ROMA.13001"),
    "a form without a mark": (
        lambda at: ask(at, "POST", "import", SHOP, {"Content-Type": "multipart/form-data"}), 403, "ROMA.13000"),
    "blanks in the name": (lambda at: send(at, SHOP, name="order center.zip"), 403, "ROMA.10013"),
    "a Chinese name": (lambda at: send(at, SHOP, name="订单.zip"), 403, "ROMA.10013"),
    "a name with a quote": (lambda at: send(at, SHOP, name="a%22b.zip"), 403, "ROMA.10013"),
    "another suffix": (lambda at: send(at, SHOP, name="assets.tar"), 403, "ROMA.10013"),
    "an empty file": (lambda at: send(at, b""), 403, "ROMA.10011"),
    "no zip": (lambda at: send(at, b"hello"), 403, "ROMA.10011"),
    "a zip that is cut": (lambda at: send(at, SHOP[:-30]), 403, "ROMA.10011"),
    "a zip of something else": (lambda at: send(at, OTHER), 403, "ASSETPKG.not-a-package"),
    "over 100": (lambda at: send(at, MANY), 403, "ROMA.10010"),
    "an unknown job": (lambda at: ask(at, "GET", "jobs/nothing"), 404, "ROMA.00110006"),
    "an unknown archive": (lambda at: ask(at, "GET", "archives/nothing"), 404, "ROMA.00110006"),
    "another method": (lambda at: ask(at, "GET", "import"), 405, "ASSETPKG.method"),
    "another call": (lambda at: ask(at, "POST", "imports"), 404, "ASSETPKG.not-simulated"),
    "another host": (lambda at: ask(at, "GET", "jobs/1", headers={"Host": "evil.example"}), 421, "ASSETPKG.host"),
    "a page of another site": (
        lambda at: ask(at, "POST", "import", form(SHOP)[0], {**form(SHOP)[1], "Origin": "https://evil.example"}),
        403, "ASSETPKG.foreign-page"),
    "a page that hides where it is from": (
        lambda at: ask(at, "POST", "/_assetpkg/reset", headers={"Origin": "null"}), 403, "ASSETPKG.foreign-page"),
    "a frame of another site": (
        lambda at: ask(at, "POST", "/_assetpkg/reset", headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}),
        403, "ASSETPKG.foreign-page"),
    "an export of nothing": (lambda at: ask(at, "POST", "export", b'{"apps": []}'), 403, "ROMA.13000"),
    "a deletion without tasks": (
        lambda at: ask(at, "POST", "delete", b'{"apps": [{"id": "app-2"}]}'), 403, "ROMA.13000"),
    "an export of what is not there": (
        lambda at: ask(at, "POST", "export", b'{"apps": [{"id": "app-9"}]}'), 404, "ROMA.00110006"),
    "a list with a filter": (
        lambda at: ask(at, "GET", "/v2/p-1/instances/i-1/apps?name=Shop"), 400, "ASSETPKG.parameter"),
    "a page that is too long": (lambda at: ask(at, "GET", "/v2/p-1/instances/i-1/apps?limit=501"), 403, "ROMA.13000"),
}  # fmt: skip
"""What a wrong call gets: its status and its code."""


def test_a_wrong_call_is_refused_with_a_documented_code(endpoint: Endpoint) -> None:
    before = endpoint.instance
    for name, (call, status, code) in REFUSALS.items():
        answer = call(endpoint)
        assert (answer.status, answer.code) == (status, code), (name, answer.content)
        assert set(answer.json) == {"error_code", "error_msg", "error_details", "request_id"}, name
        assert all(1 <= len(value) <= 128 for value in answer.json.values()), name
        assert answer.headers["x-request-id"] == answer.json["request_id"]
        assert not any(header.startswith("access-control") for header in answer.headers)
    assert endpoint.instance is before
    assert endpoint.jobs() == []


def test_what_belongs_in_the_query_is_told_where_it_is_in_the_form(endpoint: Endpoint) -> None:
    file, mode = (f'form-data; name="{FILE}"; filename="a.zip"', SHOP), ('form-data; name="type"', b"Merge")
    for members in ((file, mode), (mode, file), (mode,)):
        told = ask(endpoint, "POST", "import", *parts(*members)).json["error_details"]
        assert told == "the form has 'type', which belongs in the query, as in import?type=…", members
    told = ask(endpoint, "POST", "import", *parts(file, ('form-data; name="mood"', b"x"))).json["error_details"]
    assert told == f"the form has 'mood'; it is to have the file '{FILE}' alone"


def test_a_query_that_is_not_utf8_is_refused_and_one_that_is_means_what_it_says(endpoint: Endpoint) -> None:
    refused = send(endpoint, SHOP, "?type=AddNew&prefix=a%C3_").json["error_details"]
    assert refused == "the value of 'prefix' is not UTF-8, as the bytes in a query have to be"
    assert send(endpoint, SHOP, "?prefix=%E8%AE%A2_").status == 200
    assert ask(endpoint, "GET", "/_assetpkg/jobs").json["jobs"][0]["request"]["prefix"] == "\u8ba2_"


def test_what_is_too_long_for_an_answer_ends_with_an_ellipsis(endpoint: Endpoint) -> None:
    said = ask(endpoint, "POST", "import", *form(SHOP, name="my shop.zip")).json["error_details"]
    assert said.startswith("the file name 'my shop.zip' must begin with an English letter or a digit")
    assert (len(said), said[-1]) == (128, "…")


def test_an_import_is_addnew_and_merge_finds_nothing_to_do(endpoint: Endpoint) -> None:
    answer = send(endpoint, SHOP)
    assert (answer.status, set(answer.json)) == (200, {"job_id"})
    assert len(answer.json["job_id"]) == 32
    job = ended(endpoint, answer.json["job_id"])
    assert set(job) == {
        "id", "type", "status", "reasons", "progress_percent", "archive_id", "begin_time", "end_time",
    }  # fmt: skip
    assert (job["type"], job["status"], job["reasons"], job["progress_percent"]) == ("importAsset", "SUCCEEDED", [], 1)
    assert "application/Shop" in endpoint.instance.index.by_address
    again = imported(endpoint, SHOP)
    assert again["status"] == "FAILED"
    assert [each["resource_type"] for each in again["reasons"]][:1] == ["application"]
    assert all(len(word) <= 64 for each in again["reasons"] for word in each.values())
    before = endpoint.instance
    assert imported(endpoint, SHOP, "?type=Merge")["status"] == "SUCCEEDED"
    assert endpoint.instance.digest == before.digest


def test_a_prefix_is_before_the_name(endpoint: Endpoint) -> None:
    applications = zipped(make_package({name: None for name in DOCUMENTS if not name.startswith("applications/")}))
    for query in ("?prefix=my+dev_", "?prefix=your%20dev_&type=AddNew&datasource_overwrite=false"):
        assert imported(endpoint, applications, query)["status"] == "SUCCEEDED", query
        applications = zipped(edited_application())
    names = {each.name for each in endpoint.instance.index.resources_of("application")}
    assert names == {"Billing", "my dev_Shop", "your dev_Shop"}


def edited_application() -> Any:
    other = dict.fromkeys(DOCUMENTS)
    return make_package({**other, "applications/Shop.json": edited(APPLICATION, id="app-3", key="other")})


def test_data_sources_are_overwritten_on_request_only() -> None:
    there = edited(DATASOURCE, description="as it was")
    target = make_instance({"application": [APPLICATION], "datasource": [there]}, **HERE)
    kept = {name: None for name in DOCUMENTS if not name.startswith(("applications/", "datasources/"))}
    package = zipped(make_package({**kept, "datasources/orders-db.json": edited(DATASOURCE, description="new")}))
    found = []
    with assetpkg.emulator(target) as at:
        for query in ("?type=Merge", "?type=Merge&datasource_overwrite=false", "?type=Merge&datasource_overwrite=true"):
            assert imported(at, package, query)["status"] == "SUCCEEDED"
            (resource,) = at.instance.index.resources_of("datasource")
            found.append(at.instance.document(resource)["description"])
    assert found == ["as it was", "as it was", "new"]


def test_what_the_query_does_not_say_is_as_the_stand_in_was_told() -> None:
    package = zipped(edited_application())
    with assetpkg.emulator(make_instance({"application": [APPLICATION]}, **HERE), mode="Merge", prefix="a_") as at:
        assert imported(at, package)["status"] == "SUCCEEDED"
        assert {each.name for each in at.instance.index.resources_of("application")} == {"Shop", "a_Shop"}
        imported(at, package, "?prefix=b_&type=AddNew")
        asked = [job["request"] for job in ask(at, "GET", "/_assetpkg/jobs").json["jobs"]]
    assert [(each["type"], each["prefix"]) for each in asked] == [("AddNew", "b_"), ("Merge", "a_")]


def test_a_job_has_ten_reasons_at_most() -> None:
    many = [{"id": f"a-{number}", "name": f"A{number}", "key": f"k-{number}"} for number in range(12)]
    package = zipped(make_package({f"applications/{each['name']}.json": each for each in many}))
    with assetpkg.emulator(make_instance({"application": many}, **HERE)) as at:
        job = imported(at, package)
    assert (job["status"], len(job["reasons"])) == ("FAILED", 10)
    assert set(job["reasons"][0]) == {"resource_type", "resource_name", "error_code", "error_msg"}


def test_exactly_one_of_fifty_calls_of_a_user_is_accepted_and_others_are_not_disturbed(endpoint: Endpoint) -> None:
    endpoint.fail(slow_jobs=3_600)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: send(endpoint, SHOP), range(50)))
        other = send(endpoint, SHOP, "?type=Merge", X_Auth_Token="another-user")  # noqa: S106 - made up
    codes = sorted(answer.json.get("error_code", "") for answer in answers)
    assert codes == ["", *["ROMA.10012"] * 49]
    assert {answer.status for answer in answers} == {200, 403}
    assert other.status == 200
    first = next(answer.json["job_id"] for answer in answers if answer.status == 200)
    running = ask(endpoint, "GET", f"jobs/{first}").json
    assert (running["end_time"], running["status"]) == (None, "RUNNING")
    assert ask(endpoint, "POST", "export", b'{"apps": [{"id": "app-2"}]}').code == "ROMA.10012"


def test_an_export_is_fetched_once_and_a_deletion_takes_what_is_named(endpoint: Endpoint) -> None:
    imported(endpoint, SHOP)
    asked = ask(endpoint, "POST", "export", b'{"apps": [{"id": "app-1"}], "tasks": [{"id": "task-1"}]}')
    archive = ended(endpoint, asked.json["job_id"])["archive_id"]
    content = ask(endpoint, "GET", f"archives/{archive}")
    package = unpacked(content.content)
    assert not assetpkg.check(package)
    assert {each.address for each in package.resources} == {each.address for each in make_package().resources}
    assert ask(endpoint, "GET", f"archives/{archive}").status == 404
    used = ask(endpoint, "POST", "delete", b'{"apps": [{"id": "app-1"}], "tasks": []}')
    job = ended(endpoint, used.json["job_id"])
    assert (job["status"], job["reasons"][0]["resource_name"]) == ("FAILED", "Shop")
    free = ask(endpoint, "POST", "delete", b'{"apps": [{"id": "app-2"}], "tasks": [{"id": "task-1"}]}')
    assert ended(endpoint, free.json["job_id"])["status"] == "SUCCEEDED"
    gone = {"application/Billing", "task/sync_orders"}
    assert not gone & endpoint.instance.index.by_address.keys()
    assert "datasource/orders-db" in endpoint.instance.index.by_address


def test_no_credential_is_in_the_log_or_in_the_memory(endpoint: Endpoint) -> None:
    imported(endpoint, SHOP)
    told = "\n".join((*endpoint.log, *(str(job) for job in endpoint.listening.service.store.jobs())))
    assert TOKEN["X-Auth-Token"] not in told
    assert "POST /v2/p-1/instances/i-1/assets/import 200" in endpoint.log
    history = ask(endpoint, "GET", "/_assetpkg/jobs").json["jobs"][0]
    assert (history["file"], history["request"]["type"]) == ("assets.zip", "AddNew")
    assert history["digest"] == unpacked(SHOP).digest
    plan = ask(endpoint, "GET", history["plan"])
    assert plan.json["summary"]["create"] == len(make_package().resources)
    assert b"<!doctype html>" in ask(endpoint, "GET", f"{history['plan']}.html").content[:40]


def test_every_test_that_the_manual_names_is_there() -> None:
    here = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    manual = (ROOT / "assetpkg" / "manual" / "simulator.md").read_text()
    named = set(re.findall(r"`(test_\w+)`", manual))
    assert len(named) > 8
    assert not [name for name in named if f"def {name}(" not in here]
    codes = {refused.code for refused in DOCUMENTED} - {"ROMA.1002", "ROMA.00110006"}
    assert not [code for code in codes if code not in manual]


def test_no_credential_of_the_target_or_the_package_is_answered() -> None:
    secret = "hush-hush-Zx81"  # noqa: S105 - made up
    held = edited(DATASOURCE, content={**DATASOURCE["content"], "user_name": "shop", "password": secret})
    target = make_instance(
        {"application": [{**APPLICATION, "secret": secret}], "datasource": [held], "task": []}, **HERE
    )
    brought = zipped(make_package({"datasources/orders-db.json": edited(held, datasource_id="ds-9")}))
    with assetpkg.emulator(target) as at:
        imported(at, brought, "?type=Merge&datasource_overwrite=true")
        paths = ("instances/i-1/apps", "fdi/instances/i-1/datasources", "fdi/instances/i-1/datasources/ds-1")
        told = [ask(at, "GET", f"/v2/p-1/{path}") for path in paths]
        told += [ask(at, "GET", "/"), ask(at, "GET", "/_assetpkg/jobs")]
        told += [ask(at, "GET", f"/_assetpkg/plan/{at.jobs()[0]['id']}{suffix}") for suffix in ("", ".html")]
        asked = ask(at, "POST", "export", b'{"apps": [{"id": "app-1"}]}')
        archive = ended(at, asked.json["job_id"])["archive_id"]
        package = unpacked(ask(at, "GET", f"archives/{archive}").content)
        assert at.instance.document(at.instance.index.by_address["datasource/orders-db"])
    assert {answer.status for answer in told} == {200}
    assert b"orders-db" in told[1].content
    assert not [answer.content for answer in told if secret.encode() in answer.content]
    assert not list(package.credentials)
    assert not [line for line in at.log if secret in line]
