"""The real wheel; and the program, installed from a checkout as the action for GitHub does it, used elsewhere."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import assetpkg
from assetpkg.report import schemas
from tests.conftest import ROOT, SAMPLES
from tests.project.pipelines import Action
from tests.project.repository import copy_project, wheels


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new virtual environment that the action for GitHub has installed this in."""
    project = copy_project(tmp_path_factory.mktemp("checkout") / "project")
    action = Action(tmp_path_factory.mktemp("runner"), project)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in wheels().items():
            patch.setenv(name, value)
        step = action.run("install", project, python=sys.executable)
    assert step.status == 0, step.log
    made = Path(step.outputs["programs"]).parent / "pyvenv.cfg"
    before = made.stat().st_mtime_ns
    # A job that uses the action again does not install it again.
    assert action.run("install", project, python=sys.executable).outputs == step.outputs
    assert made.stat().st_mtime_ns == before
    return Path(step.outputs["programs"])


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder with a copy of the samples and nothing else."""
    shutil.copytree(SAMPLES, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def files(installed: Path) -> Mapping[str, Path]:
    """Return what the wheel has put where modules are, by name."""
    (record,) = installed.parent.rglob("assetpkg-*.dist-info/RECORD")
    names = [row[0] for row in csv.reader(record.read_text(encoding="utf-8").splitlines())]
    others = ("..", record.parent.name)
    return {
        name: record.parent.parent / name for name in names if not name.startswith(others) and not name.endswith(".pyc")
    }


def test_the_wheel_carries_the_schemas_and_all_that_is_in_the_package(files: Mapping[str, Path]) -> None:
    parts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assetpkg").rglob("*") if path.is_file()}
    parts = {part for part in parts if "/__pycache__/" not in part}
    made = schemas.files()
    assert files.keys() == parts | {f"assetpkg/schemas/{name}" for name in made}
    assert all(files[part].read_bytes() == (ROOT / part).read_bytes() for part in parts)
    assert all(files[f"assetpkg/schemas/{name}"].read_bytes() == content for name, content in made.items())
    assert {"assetpkg/py.typed", "assetpkg/manual/pipelines.md"} <= parts


def run(installed: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [str(installed / "assetpkg"), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")


def test_the_installed_program_knows_its_version(installed: Path, elsewhere: Path) -> None:
    result = run(installed, elsewhere, "--version")
    assert (result.returncode, result.stdout) == (0, f"assetpkg {assetpkg.__version__}\n")


def test_the_installed_program_prints_its_scripts(installed: Path, elsewhere: Path) -> None:
    printed = run(installed, elsewhere, "snapshot", "--calls", "--as", "sdk")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout == (SAMPLES / "collect_snapshot.py").read_text(encoding="utf-8")


def test_the_installed_program_reads_yaml(installed: Path, elsewhere: Path) -> None:
    made = run(installed, elsewhere, "convert", "prices.yaml", "--beside", "order-center", "-o", "prices")
    assert (made.returncode, made.stderr) == (1, "")
    assert "prices: 3 resources of a file in Swagger 2.0" in made.stdout


def test_the_installed_program_works_from_any_folder(installed: Path, elsewhere: Path) -> None:
    checked = run(installed, elsewhere, "check", "order-center", "order-center.zip")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "2 packages checked: nothing found\n"

    planned = run(installed, elsewhere, "plan", "order-center.zip", "--target", "production.json", "--format", "json")
    assert planned.returncode == 1, planned.stderr
    assert json.loads(planned.stdout)["verdict"] == "blocked"

    packed = run(installed, elsewhere, "pack", "order-center", "--output", "again.zip")
    assert packed.returncode == 0, packed.stderr
    assert run(installed, elsewhere, "unpack", "again.zip", "-o", "again").returncode == 0
    shown = run(installed, elsewhere, "show", "again", "--format", "html")
    assert (shown.returncode, shown.stdout[:15]) == (0, "<!doctype html>")
    assert re.match(r"[A-Z]{3}\d{3} ", run(installed, elsewhere, "rules").stdout)
    assert run(installed, elsewhere, "help", "glossary").stdout.startswith("# Glossary\n")


def test_the_installed_package_is_not_the_source_tree(installed: Path, elsewhere: Path) -> None:
    code = "import assetpkg, importlib.resources as r; print(assetpkg.__file__, r.files(assetpkg) / 'schemas')"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [installed / "python", "-c", code],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert str(ROOT) not in result.stdout
    assert str(installed.parent) in result.stdout


def test_the_installed_program_ends_as_it_should_when_its_output_is_lost(installed: Path, elsewhere: Path) -> None:
    for arguments in ("--version", "check order-center", "rules"):
        for sink in ("| head -c 0", "> /dev/full"):
            script = f"'{installed / 'assetpkg'}' {arguments} {sink}"
            done = subprocess.run(["bash", "-c", script], cwd=elsewhere, capture_output=True, check=False, text=True)
            assert "Traceback" not in done.stderr
            assert "Exception ignored" not in done.stderr
