"""The action for GitHub and the template for GitLab: what their services accept, and what their scripts do."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml
from pre_commit.clientlib import load_config, load_manifest  # type: ignore[import-untyped]

from assetpkg.cli.program import cli
from assetpkg.cli.setup import text_for
from tests.build import encode
from tests.conftest import ROOT, SAMPLES
from tests.project.pipelines import ACTION, TEMPLATE, Action, Step, run_job, validate

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SMUGGLED = "::error::smuggled"
SUMMARY = "# Check"


@pytest.fixture
def action(tmp_path: Path, programs: Path) -> Action:
    """Return the action after its first step: it has installed what is here."""
    made = Action(tmp_path / "runner")
    made.said["steps.install.outputs.programs"] = str(programs)
    return made


@pytest.fixture
def job() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))[".assetpkg"]
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return what is checked out: a package with a finding that names a command of runners, and a clean one."""
    folder = tmp_path / "work space"
    shutil.copytree(SAMPLES / "order-center", folder / "order center")
    topic = folder / "order center" / "topics" / "orders.json"
    topic.write_bytes(encode({**json.loads(topic.read_bytes()), "app_id": SMUGGLED}))
    shutil.copytree(SAMPLES / "order-center", folder / "clean")
    for name in ("production", "staging"):
        shutil.copy(SAMPLES / f"{name}.json", folder)
    (folder / "assetpkg.toml").write_text('[targets.staging]\nsnapshot = "staging.json"\nmode = "Merge"\n')
    return folder


def test_services_accept_what_is_here_and_what_setup_prints(tmp_path: Path) -> None:
    printed = {name: tmp_path / f"{name}.yml" for name in ("github", "gitlab", "pre-commit")}
    for name, file in printed.items():
        file.write_text(text_for(name, cli).replace("@COMMIT", f"@{COMMIT}"))
    assert not validate("github-actions", ACTION)
    assert not validate("github-workflows", printed["github"])
    assert not validate("gitlab-ci", TEMPLATE, printed["gitlab"])
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    shutil.copy(printed["github"], tmp_path / ".github" / "workflows" / "packages.yml")
    zizmor = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--quiet", "--persona", "auditor"]
    audited = subprocess.run([*zizmor, str(ACTION.parent), str(tmp_path)], capture_output=True, check=False, text=True)
    assert audited.returncode == 0, audited.stdout + audited.stderr
    hooks = {hook["id"] for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
    (used,) = load_config(str(printed["pre-commit"]))["repos"]
    assert {hook["id"] for hook in used["hooks"]} <= hooks
    assert set(re.findall(r"id: (\S+)", printed["pre-commit"].read_text())) == hooks


def test_what_setup_prints_uses_what_there_is() -> None:
    inputs = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"]
    workflow = yaml.safe_load((ROOT / "assetpkg" / "cli" / "setup" / "github.txt").read_text(encoding="utf-8"))
    uses = [step for step in workflow["jobs"]["packages"]["steps"] if "assetpkg" in step["uses"]]
    folder = ACTION.relative_to(ROOT).parent.as_posix()
    assert {step["uses"] for step in uses} == {f"OWNER/assetpkg/{folder}@COMMIT"}
    assert {key for step in uses for key in step["with"]} <= inputs.keys()
    jobs = yaml.safe_load((ROOT / "assetpkg" / "cli" / "setup" / "gitlab.txt").read_text(encoding="utf-8"))
    assert [each["file"] for each in jobs.pop("include")] == [TEMPLATE.relative_to(ROOT).as_posix()]
    known = set(re.findall(r"ASSETPKG_\w+", TEMPLATE.read_text(encoding="utf-8")))
    assert {key for each in jobs.values() for key in each.get("variables", each)} <= known


def seen_by_a_runner(log: str) -> tuple[str, list[str]]:
    """Return the text of a log that is text whatever it says, and the commands that the runner takes from the rest."""
    _, start, rest = log.partition("::stop-commands::")
    token, _, rest = rest.partition("\n")
    text, end, rest = rest.partition(f"\n::{token}::\n")
    assert all((start, len(token) == 32, end)), log
    return text, [line for line in rest.splitlines() if line.startswith("::")]


def test_the_action_checks_packages(action: Action, workspace: Path) -> None:
    step = action.run("run", workspace, packages="order center\r\nclean\n")
    text, commands = seen_by_a_runner(step.log)
    assert (step.status, SMUGGLED in text) == (1, True)
    (command,) = commands
    assert command.startswith("::warning file=order center/topics/orders.json,line=3,")
    assert SMUGGLED not in step.log.replace(text, "").replace(command, "")
    assert step.summary.startswith(SUMMARY)
    said = action.outputs()
    assert said["status"] == "1"
    (run,) = json.loads(Path(said["sarif"]).read_bytes())["runs"]
    places = [each["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"][0]["locations"]]
    assert places == ["order%20center/topics/orders.json"]
    assert Path(said["markdown"]).read_text(encoding="utf-8") == step.summary
    assert [len(each["diagnostics"]) for each in json.loads(Path(said["json"]).read_bytes())["packages"]] == [1, 0]


def test_the_action_plans_an_import(action: Action, workspace: Path) -> None:
    clear = action.run("run", workspace, command="plan", packages="clean", target="staging")
    text, commands = seen_by_a_runner(clear.log)
    assert (clear.status, commands, action.outputs()["status"]) == (0, [], "0")
    assert text.startswith("Clear: no documented obstacle found. Merge into staging, ")
    asked = {"target": "production.json", "mode": "AddNew", "prefix": "dev_", "fail_on": "error"}
    blocked = action.run("run", workspace, command="plan", packages="clean", **asked)
    text, commands = seen_by_a_runner(blocked.log)
    assert (blocked.status, "AddNew into production, prefix dev_" in " ".join(text.split())) == (1, True)
    assert [command.split()[0] for command in commands[:2]] == ["::error", "::error"]
    assert json.loads(Path(action.outputs()["json"]).read_bytes())["verdict"] == "blocked"


FAILURES = {
    "a package that is not there": ({"packages": "clean\n$(touch gone)"}, "there is no '$(touch gone)'"),
    "no package at all": ({"packages": "\n"}, "could not run"),
    "another command": ({"command": "check; touch gone"}, "neither 'check' nor 'plan'"),
    "a target of no settings": ({"command": "plan", "target": "live"}, "put '[targets.live]'"),
    "an option of the other command": ({"mode": "Merge"}, "could not run"),
}


def test_the_action_says_why_it_could_not_run(action: Action, workspace: Path) -> None:
    for name, (inputs, sentence) in FAILURES.items():
        step = action.run("run", workspace, **{"packages": "clean", **inputs})
        (error,) = [line for line in step.log.splitlines() if line.startswith("::error")]
        assert (step.status, sentence in error, action.outputs()["status"]) == (2, True, "2"), (name, step.log)
    assert not (workspace / "gone").exists()


def test_the_template_checks_and_plans(job: Mapping[str, Any], workspace: Path, programs: Path) -> None:
    checked = run_job(job, "script", workspace, programs)
    assert (checked.status, "topics/orders.json:3:" in checked.log) == (1, True)
    kept = job["artifacts"]
    files = {kind: workspace / file for kind, file in kept["reports"].items()}
    assert all(file.startswith(tuple(kept["paths"])) for file in kept["reports"].values())
    (finding,) = json.loads(files["codequality"].read_bytes())
    assert finding["location"]["path"] == "order center/topics/orders.json"
    assert [suite.name for suite in JUnitXml.fromfile(str(files["junit"]))] == ["clean", "order center"]
    planned = run_job(
        job, "script", workspace, programs, command="plan", packages="clean", target="staging", fail_on="warning"
    )
    assert (planned.status, "Merge into staging" in planned.log) == (0, True)
    other = run_job(job, "script", workspace, programs, packages="clean\n$(touch gone)")
    assert (other.status, other.log) == (2, "ASSETPKG_PACKAGES: there is no '$(touch gone)'\n")
    assert not (workspace / "gone").exists()


def test_the_template_installs_what_it_is_told(job: Mapping[str, Any], tmp_path: Path) -> None:
    (tmp_path / "python3").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "python3").chmod(0o755)
    said = run_job(job, "before_script", tmp_path, tmp_path, source="https://example.com/a b.tar.gz")
    first, *_, last = said.log.splitlines()
    assert (said.status, first, last) == (0, "-m", "https://example.com/a b.tar.gz")
    assert run_job(job, "before_script", tmp_path, tmp_path) == Step(0, "")
