"""The recipes of the chapter about pipelines, run from the top to the bottom as they are written."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from junitparser import JUnitXml

from tests.conftest import ROOT, SAMPLES
from tests.project.pipelines import TEMPLATE, run_job, validate
from tests.starting import Starter

CHAPTER = (ROOT / "assetpkg" / "manual" / "pipelines.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", CHAPTER, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the samples and the settings of the chapter."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(SAMPLES, folder / "samples")
    (settings,) = blocks("toml")
    (folder / "assetpkg.toml").write_text(settings)
    return folder


@pytest.fixture(scope="module")
def programs(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the program, and a `gh` that says what it is asked, and whether the file is there."""
    folder = starter.make_program(tmp_path_factory.mktemp("programs"))
    (folder / "gh").write_text('#!/bin/sh\necho "gh $*"\nfor last; do :; done\nexec head -n 1 "$last"\n')
    (folder / "gh").chmod(0o755)
    return folder


def run(lines: str, place: Path, programs: Path) -> "subprocess.CompletedProcess[str]":
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "-euo", "pipefail", "-c", lines]
    environment = {**os.environ, "PATH": path, "NUMBER": "7"}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, check=False, text=True)


def test_the_commands_work(place: Path, programs: Path) -> None:
    ended = [run(block, place, programs) for block in blocks("sh")]
    comment, gate, condition, baseline, support, case, answer = ended
    assert [each.returncode for each in ended] == [0, 1, 0, 0, 0, 1, 0]
    assert comment.stdout.endswith(
        "gh pr comment 7 --edit-last --create-if-none --body-file plan.md\n# Plan: blocked\n"
    )
    assert gate.stdout.endswith("\napi/Order Center/orders/list-orders\tcombination-taken\n")
    assert condition.stdout == "true\n"
    assert "accepted" in baseline.stdout
    assert support.stdout.endswith("1 package checked: nothing found\n")
    ours = run(
        "assetpkg plan samples/order-center --target samples/production.json --prefix dev_ --summary", place, programs
    )
    assert case.stdout.endswith(ours.stdout.partition("\n")[2])
    assert answer.stdout == "Look at datasource/mysql-orders first.\n"
    (script,) = blocks("python")
    (place / "restored.py").write_text(script, encoding="utf-8")
    restored = run(f"{sys.executable} restored.py", place, programs)
    assert (restored.stdout, restored.stderr) == ("topic/orders is on the target already\n", "")


def test_what_was_approved_is_what_is_imported(place: Path, programs: Path, tmp_path: Path) -> None:
    text = next(block for block in blocks("yaml") if "import-packages" in block)
    jobs = yaml.safe_load(text)
    (tmp_path / "jobs.yml").write_text(f"include:\n  - local: {TEMPLATE.name}\n{text}")
    assert not validate("gitlab-ci", tmp_path / "jobs.yml")
    template = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))[".assetpkg"]
    given = jobs["plan-packages"]["variables"]
    variables = {name.removeprefix("ASSETPKG_").lower(): value for name, value in given.items()}
    assert run_job(template, "script", place, programs, **variables).status == 1
    approved = run_job(jobs["import-packages"], "script", place, programs)
    assert (approved.status, approved.log.endswith("\nimport the package here\n")) == (0, True), approved.log


def test_the_steps_are_steps_of_a_workflow(tmp_path: Path) -> None:
    """And a comment has the input of its command, and nothing that is put into a script."""
    (step,) = yaml.safe_load(next(block for block in blocks("yaml") if "gh pr comment" in block))
    job = {"runs-on": "ubuntu-latest", "steps": [step]}
    workflow = {"name": "a", "on": {"pull_request": {}}, "permissions": {}, "jobs": {"a": job}}
    (tmp_path / "workflow.yml").write_text(yaml.safe_dump(workflow))
    assert not validate("github-workflows", tmp_path / "workflow.yml")
    assert "${{" not in step["run"]
    assert step["run"].replace('"$REPORT"', "plan.md") in CHAPTER.replace(step["run"], "")


def test_jenkins_finds_the_reports(place: Path, programs: Path) -> None:
    (pipeline,) = blocks("groovy")
    lines: Sequence[str] = re.findall(r"sh '(.*)'", pipeline)
    assert [run(line, place, programs).returncode for line in lines] == [0]
    (tests,), (findings,) = re.findall(r"junit '(.*)'", pipeline), re.findall(r"pattern: '(.*)'", pipeline)
    assert len(list(JUnitXml.fromfile(str(place / tests)))) == 1
    assert json.loads((place / findings).read_bytes())["version"] == "2.1.0"


def test_the_hooks_are_hooks(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(next(block for block in blocks("yaml") if "repos:" in block))
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (used,) = yaml.safe_load((tmp_path / "config.yaml").read_text())["repos"]
    assert {hook["id"] for hook in used["hooks"]} <= known


def test_two_bills_of_materials_show_another_host(programs: Path, tmp_path: Path) -> None:
    """The recipe of the chapter about formats, in a repository in which the host of a data source changes."""
    chapter = (ROOT / "assetpkg" / "manual" / "formats.md").read_text(encoding="utf-8")
    section = chapter.partition("\n## A bill of materials\n")[2].partition("\n## ")[0]
    recipe = re.findall(r"^```sh\n(.*?)^```", section, flags=re.DOTALL | re.MULTILINE)[-1]
    shutil.copytree(SAMPLES / "order-center", tmp_path / "shop")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], check=True)
    source = tmp_path / "shop" / "datasources" / "mysql-orders.json"
    source.write_text(source.read_text("utf-8").replace("192.0.2.10", "192.0.2.77"), "utf-8")
    done = run(recipe, tmp_path, programs)
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if line[0] in "<>"] == [
        "< //192.0.2.10:3306",
        "> //192.0.2.77:3306",
    ]
