"""The real wheel, built and installed as anybody would, and used where no source tree is near."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import assetpkg
from assetpkg.report import schemas
from tests.conftest import ROOT, SAMPLES
from tests.project.repository import copy_project


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    project = copy_project(folder / "project")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(project)]
    subprocess.run(command, capture_output=True, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new virtual environment that has the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    # The pip that is here installs there, and only what is run is compiled: both take seconds otherwise.
    command = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-q", "--no-compile"]
    subprocess.run([*command, str(wheel)], capture_output=True, check=True)
    return programs


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder with a copy of the samples and nothing else."""
    shutil.copytree(SAMPLES, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_wheel_carries_types_schemas_and_the_manual(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for name, content in schemas.files().items():
            assert archive.read(f"assetpkg/schemas/{name}") == content
        for chapter in (ROOT / "assetpkg" / "manual").glob("*.md"):
            assert archive.read(f"assetpkg/manual/{chapter.name}") == chapter.read_bytes()
        pages = ROOT / "assetpkg" / "render" / "html"
        for part in (*pages.glob("*.html"), *pages.glob("*.css"), *pages.glob("*.js")):
            assert archive.read(f"assetpkg/render/html/{part.name}") == part.read_bytes()
    assert "assetpkg/py.typed" in names
    assert not {name for name in names if name.startswith(("tests/", "samples/"))}


def test_the_wheel_has_every_module_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        modules = {name for name in archive.namelist() if name.endswith(".py")}
    assert modules == {path.relative_to(ROOT).as_posix() for path in (ROOT / "assetpkg").rglob("*.py")}


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
