"""How a stand-in is told to behave: by the options of the command, by assumptions, and what readers see meanwhile."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import assetpkg
from assetpkg import Endpoint
from assetpkg.archive.zip import write_zip
from assetpkg.cli.program import cli
from assetpkg.simulator import server
from assetpkg.target.snapshot import write_snapshot
from tests.build import APPLICATION, edited, make_instance, make_package
from tests.laws.strategies import unpacked
from tests.simulator.client import ask, ended, imported, send
from tests.simulator.conftest import HERE, SHOP, zipped

DIFFERS = zipped(make_package({"applications/Shop.json": edited(APPLICATION, remark="new")}))
"""A package with an application that the target has with another remark."""
TARGET = make_instance({"application": [edited(APPLICATION, remark="old")]}, **HERE)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Endpoint]:
    """Serve what the command would serve with these options."""
    arranged: list[server.Arrangement] = []
    write_snapshot(TARGET, folder / "target.json")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(server, "run", lambda made, *_: arranged.append(made))
        done = CliRunner().invoke(cli, ["serve", "--target", str(folder / "target.json"), "--port", "0", *options])
        assert done.exception is None, done.exception
    lines: list[str] = []
    with server.beside(arranged[0], lines.append) as where:
        yield Endpoint(where.url, "p-1", "i-1", where, lines)


def remark(endpoint: Endpoint) -> object:
    return endpoint.instance.document(endpoint.instance.index.by_address["application/Shop"])["remark"]


@pytest.mark.parametrize(("value", "left"), [("undetermined", "old"), ("keep", "old"), ("update", "new")])
def test_an_assumption_decides_what_is_undocumented_and_is_said(value: str, left: str) -> None:
    with assetpkg.emulator(TARGET, mode="Merge", assumptions={"merge-existing": value}) as at:
        job = imported(at, DIFFERS)
        plan = ask(at, "GET", f"/_assetpkg/plan/{job['id']}").json
        history = ask(at, "GET", "/_assetpkg/jobs").json["jobs"][0]
        assert (job["status"], remark(at)) == ("SUCCEEDED", left)
        said = f"assumed: merge-existing={value}"
        assert [line for line in at.log if job["id"] in line and said in line]
    (change,) = (each for each in plan["changes"] if each["address"] == "application/Shop")
    assert (change["basis"]["kind"], change["basis"]["sentence"]) == ("assumed", said)
    assert said in history["outcome"]
    assert history["request"]["assumptions"]["merge-existing"] == value


@pytest.mark.parametrize("partial", [False, True])
def test_an_import_that_fails_has_done_nothing_or_what_has_no_conflict(partial: bool) -> None:  # noqa: FBT001 - a case
    with assetpkg.emulator(TARGET, partial=partial) as at:
        before = at.instance
        job = imported(at, DIFFERS)
        there = set(at.instance.index.by_address)
        plan = assetpkg.plan(unpacked(DIFFERS), before)
    assert (job["status"], job["reasons"][0]["resource_name"]) == ("FAILED", "Shop")
    assert there == (set(plan.apply().instance.index.by_address) if partial else {"application/Shop"})
    assert ("datasource/orders-db" in there) is partial


OPTIONS: Mapping[str, tuple[tuple[str, ...], str, int]] = {
    "usual": ((), "AddNew:", 200),
    "mode and prefix": (("--mode", "Merge", "--prefix", "a_"), "Merge:a_", 200),
    "a status of refusals": (("--status", "400"), "", 400),
    "a failure": (("--fault", "status=429", "--fault", "times=2"), "", 429),
    "an expired token": (("--fault", "expired_token=true"), "", 403),
}  # fmt: skip


@pytest.mark.parametrize("case", OPTIONS)
def test_the_options_of_the_command_are_followed(tmp_path: Path, case: str) -> None:
    options, asked, status = OPTIONS[case]
    with served(tmp_path, *options) as at:
        answer = send(at, SHOP, "?type=wrong" if case == "a status of refusals" else "")
        assert answer.status == status
        if status == 200:
            ended(at, answer.json["job_id"])
            request = ask(at, "GET", "/_assetpkg/jobs").json["jobs"][0]["request"]
            assert f"{request['type']}:{request['prefix']}" == asked


def test_failures_of_options_are_switched_by_the_control_call(tmp_path: Path) -> None:
    with served(tmp_path, "--fault", "slow_jobs=3600") as at:
        assert ask(at, "GET", "/_assetpkg/faults").json["slow_jobs"] == 3600
        assert ask(at, "PUT", "/_assetpkg/faults", b'{"status": 503, "times": 1}').json["status"] == 503
        assert ask(at, "GET", "jobs/x").status == 503
        assert ask(at, "DELETE", "/_assetpkg/faults").json == dict.fromkeys(("slow_jobs", "status", "cut"), 0) | {
            "times": 1,
            "fail_halfway": False,
            "expired_token": False,
        }
        assert imported(at, SHOP)["status"] == "FAILED", "Shop is there"


def test_packages_of_another_layout_are_read(tmp_path: Path) -> None:
    layout = (
        'format = "assetpkg-layout/1"\nname = "theirs"\n[marks]\nentries = ["export.json"]\n'
        '[version]\nvalue = "1.0"\n[[resources]]\nentries = ["export.json"]\nat = "/apps/*"\nkind = "application"\n'
    )
    (tmp_path / "theirs.toml").write_text(layout)
    content = json.dumps({"apps": [edited(APPLICATION, id="app-7", name="Theirs", key="their-key")]}).encode()
    theirs = b"".join(write_zip([("export.json", content)]))
    with served(tmp_path) as at:
        assert send(at, theirs).code == "ASSETPKG.not-a-package"
    with served(tmp_path, "--layout", str(tmp_path / "theirs.toml")) as at:
        assert imported(at, theirs)["status"] == "SUCCEEDED"
        assert "application/Theirs" in at.instance.index.by_address


def test_many_may_read_while_a_job_runs_and_see_what_was_there_before() -> None:
    target = make_instance({"application": [edited(APPLICATION, id="app-2", name="Billing", key="b")]}, **HERE)
    with assetpkg.emulator(target) as at:
        at.fail(slow_jobs=3_600)
        job = send(at, SHOP).json["job_id"]
        paths = ("/v2/p-1/instances/i-1/apps", f"jobs/{job}", "/", "/_assetpkg/jobs")
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda number: ask(at, "GET", paths[number % 4]), range(80)))
        assert {answer.status for answer in answers} == {200}
        assert {answer.json["total"] for answer in answers[::4]} == {1}
        assert {answer.json["status"] for answer in answers[1::4]} == {"RUNNING"}
