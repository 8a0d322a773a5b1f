"""The scripts that make the calls for a snapshot, run against a server that answers like the platform."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assetpkg.kinds import KINDS
from assetpkg.render.formats import render
from assetpkg.render.screen import View
from assetpkg.report.calls import report_calls
from assetpkg.target.answers.collecting import read_answers
from assetpkg.target.calls import choose_calls
from assetpkg.target.snapshot import dump_snapshot
from tests.conftest import SAMPLES, Cli
from tests.target.instances import everything
from tests.target.platform import INSTANCE, PROJECT, Platform
from tests.target.server import TOKEN, Answers, serving

SCRIPT = SAMPLES / "collect_snapshot.py"
KEY, SECRET = "AKIDOFNOBODY", "secret-key-that-nobody-prints"


FOR_CURL = ("composite_task", "topic", "product", "dictionary")
"""Kinds with all that a script has to do: pages, details, parts of parts, some items only, items of their own items."""


def platform() -> Platform:
    documents = everything()
    codes = [("colour", None), ("red", "colour"), ("dark red", "red"), ("size", None)]
    dictionary = [{"id": code, "code": code, "name": code, "parent_code": parent} for code, parent in codes]
    return Platform({**documents, "dictionary": dictionary}, most=1)


def run_sdk(folder: Path, endpoint: str, **others: str) -> "subprocess.CompletedProcess[str]":
    given = {
        "HUAWEICLOUD_SDK_AK": KEY,
        "HUAWEICLOUD_SDK_SK": SECRET,
        "ROMA_ENDPOINT": endpoint,
        "ROMA_PROJECT_ID": PROJECT,
        "ROMA_INSTANCE_ID": INSTANCE,
        **others,
    }
    environment = {**os.environ, **given}
    command = [sys.executable, str(SCRIPT), str(folder), "--pause", "0"]
    return subprocess.run(command, env=environment, capture_output=True, check=False, encoding="utf-8")


def script_for_curl(*kinds: str) -> str:
    return render(report_calls(choose_calls(kinds)), "curl", View())


def run_curl(folder: Path, script: str, endpoint: str, **others: str) -> "subprocess.CompletedProcess[str]":
    given = {
        "X_AUTH_TOKEN": TOKEN,
        "ROMA_ENDPOINT": endpoint,
        "FUNCTIONGRAPH_ENDPOINT": endpoint,
        "PROJECT_ID": PROJECT,
        "INSTANCE_ID": INSTANCE,
        "PAUSE": "0",
        **others,
    }
    environment = {**os.environ, **given}
    command = ["/bin/sh", "-c", script, "collect", str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, check=False, encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """Return the snapshot that is made of a folder with answers, its resources in an order of their own."""
    collected = read_answers(folder, complete=["application"], name="x")
    assert collected.refused == ()
    found: dict[str, Any] = json.loads(b"".join(dump_snapshot(collected.instance)))
    for members in found["resources"].values():
        members.sort(key=lambda document: json.dumps(document, sort_keys=True))
    return found


def saved(held: Platform, folder: Path) -> dict[str, Any]:
    """Return the snapshot that is made of all answers of a platform."""
    folder.mkdir()
    for number, call in enumerate(held.calls()):
        (folder / f"{number}.json").write_text(json.dumps(call.saved))
    return read(folder)


def test_the_script_in_the_samples_is_the_one_that_is_printed(cli: Cli, request: pytest.FixtureRequest) -> None:
    printed = cli("snapshot", "--calls", "--as", "sdk").stdout
    if request.config.getoption("--update-cases"):
        SCRIPT.write_bytes(printed)
    assert SCRIPT.read_bytes() == printed


def test_the_sdk_brings_everything_and_nothing_twice(tmp_path: Path) -> None:
    held = platform()
    answers = Answers(held, forbidden="/topics", busy=2)
    folder = tmp_path / "answers"
    with serving(answers) as endpoint:
        first = run_sdk(folder, endpoint)
        before, files = answers.asked.total(), len(list(folder.rglob("*.json")))
        answers.forbidden = ""
        again = run_sdk(folder, endpoint)
    assert (first.returncode, again.returncode) == (1, 0), first.stderr + again.stderr
    assert "missing: ListMqsInstanceTopics, 1 call: the platform refuses it (APIC.9003)" in first.stderr
    assert answers.asked.total() - before < before / 5
    assert f"{files:,} answers were there before" in again.stderr
    assert answers.methods == {"GET"}
    found, wanted = read(folder), saved(held, tmp_path / "wanted")
    assert [found[key] for key in ("covers", "partial", "resources")] == [
        wanted[key] for key in ("covers", "partial", "resources")
    ]
    assert set(found["covers"]) == KINDS.keys() - {"scheduled_api_task"}, "which no call lists"
    counted = {kind: len(found["resources"].get(kind, ())) for kind in found["covers"]}
    assert counted == {kind: len(held.documents[kind]) for kind in found["covers"]}
    everything = first.stderr + "".join(path.read_text() for path in folder.rglob("*.json"))
    assert not [word for word in (KEY, SECRET) if word in everything]


def test_curl_brings_everything_and_functions_too(tmp_path: Path) -> None:
    held = platform()
    answers = Answers(held)
    script = script_for_curl(*FOR_CURL, "functions")
    with serving(answers) as endpoint:
        done = run_curl(tmp_path / "answers", script, endpoint)
    assert (done.returncode, done.stderr) == (0, "")
    assert answers.methods == {"GET"}
    found, wanted = read(tmp_path / "answers"), saved(held, tmp_path / "wanted")
    assert set(FOR_CURL) <= set(found["covers"])
    mappings = [len(task.get("mappings", ())) for task in held.documents["composite_task"]]
    assert [len(task.get("mappings", ())) for task in found["resources"]["composite_task"]] == mappings
    for kind in FOR_CURL[1:]:
        assert found["resources"][kind] == wanted["resources"][kind]
    assert {function["urn"].rpartition(":")[2] for function in found["functions"]} == {"f0", "f1", "f2"}
    assert TOKEN not in script + "".join(path.read_text() for path in (tmp_path / "answers").rglob("*.json"))


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        pytest.param({"HUAWEICLOUD_SDK_SK": ""}, 2, "set HUAWEICLOUD_SDK_SK in the environment", id="no secret"),
        pytest.param({"ROMA_ENDPOINT": "http://127.0.0.1:1"}, 2, "the platform cannot be asked", id="nobody there"),
        pytest.param({"PYTHONPATH": "no-sdk"}, 2, "install the official SDK first: pip install", id="no SDK"),
    ],
)
def test_the_script_says_why_it_cannot_run(tmp_path: Path, changed: dict[str, str], status: int, said: str) -> None:
    without = tmp_path / "no-sdk" / "huaweicloudsdkroma"
    without.mkdir(parents=True)
    (without / "__init__.py").write_text("raise ImportError")
    if "PYTHONPATH" in changed:
        changed = {"PYTHONPATH": str(without.parent)}
    done = run_sdk(tmp_path / "answers", "http://127.0.0.1:1", **changed)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"X_AUTH_TOKEN": ""}, "set X_AUTH_TOKEN in the environment", id="no token"),
        pytest.param({"ROMA_ENDPOINT": "http://127.0.0.1:1"}, "the platform cannot be asked", id="nobody there"),
        pytest.param({"X_AUTH_TOKEN": "expired"}, "the platform does not accept the token", id="another token"),
        pytest.param({"PATH": "/nowhere"}, "install curl first", id="no curl"),
    ],
)
def test_the_script_for_curl_says_why_it_cannot_run(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    with serving(Answers(platform())) as endpoint:
        done = run_curl(tmp_path / "answers", script_for_curl("topic"), endpoint, **changed)
    assert done.returncode == 2
    assert f"collect: {said}" in done.stderr
    assert TOKEN not in done.stderr


def test_the_script_does_not_take_an_instance_that_is_not_there_for_an_empty_one(tmp_path: Path) -> None:
    with serving(Answers(platform())) as endpoint:
        done = run_sdk(tmp_path / "answers", endpoint, ROMA_INSTANCE_ID="i-misspelled")
    assert done.returncode == 1
    assert "missing: ListTasks, 1 call: the platform does not know it (APIC.9004); see the ids" in done.stderr
    assert not list((tmp_path / "answers").rglob("*.json"))


def test_the_script_for_curl_does_not_take_an_instance_that_is_not_there_for_an_empty_one(tmp_path: Path) -> None:
    with serving(Answers(platform())) as endpoint:
        done = run_curl(tmp_path / "answers", script_for_curl("task"), endpoint, INSTANCE_ID="i-misspelled")
    assert done.returncode == 1
    assert "missing: ListTasks: the platform does not know it (APIC.9004); see the ids (1 call)" in done.stderr
    assert not list((tmp_path / "answers").rglob("*.json"))


def test_an_item_that_is_gone_before_it_is_asked_for_is_not_missing(tmp_path: Path) -> None:
    answers = Answers(platform())
    details = [asked for asked in answers.pages if "/tasks/" in asked[0]]
    for asked in details:
        del answers.pages[asked]
    with serving(answers) as endpoint:
        done = run_curl(tmp_path / "answers", script_for_curl("task"), endpoint)
    assert details
    assert (done.returncode, done.stderr) == (0, "")
