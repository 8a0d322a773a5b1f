"""The hook for pre-commit: which files it is given, which packages it finds in them, and the real thing."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assetpkg.package.reading import find_packages
from tests.build import TOPIC, encode, make_contents
from tests.conftest import ROOT, SAMPLES, Cli
from tests.project.repository import commit_all, copy_project, make_repository

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def write_package(folder: Path, changes: dict[str, Any] | None = None) -> Path:
    for name, content in make_contents(changes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", HOOKS)
def test_the_entry_is_a_command_that_exists(name: str, cli: Cli) -> None:
    program, *arguments = HOOKS[name]["entry"].split()
    assert (program, HOOKS[name]["language"]) == ("assetpkg", "python")
    assert cli(*arguments, "--help").returncode == 0


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_runs_at_every_commit(name: str) -> None:
    assert HOOKS[name]["always_run"]
    assert not HOOKS[name]["pass_filenames"]


def test_files_lead_to_their_packages_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "deep/two"):
        write_package(Path(name))
    Path("web").mkdir()
    Path("web/manifest.json").write_text('{"name": "a web page"}')
    Path("other.json").write_text("{}")
    files = [
        "one/applications/Shop.json",
        "web/manifest.json",
        "one/manifest.json",
        "deep/two/apis/Shop/orders/get-order.json",
        "one/apis/gone.json",
        "other.json",
        "no/such/file.json",
    ]
    assert find_packages(files) == (["one", "deep/two"], [])
    monkeypatch.chdir("one")
    assert find_packages(["topics/order-events.json"]) == (["."], [])


@pytest.mark.parametrize("text", [b'{"format": "assetpkg/1",', b'\xff{"format" : "assetpkg/2"}'])
def test_a_folder_with_a_damaged_manifest_is_still_a_package(text: bytes, tmp_path: Path) -> None:
    package = write_package(tmp_path / "one", {"manifest.json": text})
    assert find_packages([str(package / "topics" / "order-events.json")]) == ([str(package)], [])


def test_a_zip_without_a_manifest_of_ours_is_passed_over(tmp_path: Path, cli: Cli) -> None:
    package = write_package(tmp_path / "one")
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "manifest.json").write_bytes(encode({"name": "a web page"}))
    shutil.make_archive(str(tmp_path / "good"), "zip", package)
    shutil.make_archive(str(tmp_path / "folded"), "zip", tmp_path, "one")
    shutil.make_archive(str(tmp_path / "page"), "zip", tmp_path / "page")
    (tmp_path / "empty.zip").write_bytes(b"PK\5\6" + bytes(18))
    (tmp_path / "text.zip").write_text("no zip")
    names = ["good.zip", "folded.zip", "page.zip", "empty.zip", "text.zip", "gone.zip"]
    result = cli("check", "--containing", "--format", "json", *names, cwd=tmp_path)
    assert [found["path"] for found in json.loads(result.stdout)["packages"]] == [
        "good.zip",
        "folded.zip",
        "text.zip",
        "gone.zip",
    ]
    assert result.stderr.decode().splitlines() == [
        "assetpkg: page.zip is a zip, but no asset package: passed over",
        "assetpkg: empty.zip is a zip, but no asset package: passed over",
    ]
    assert result.returncode == 2


def test_no_package_at_all_is_no_failure(cli: Cli) -> None:
    result = cli("check", "--containing", "pyproject.toml")
    assert (result.returncode, result.stderr) == (0, b"")


class Scratch:
    """A repository whose commits go through the hook, as pre-commit runs it."""

    def __init__(self, folder: Path, *hooks: dict[str, Any]) -> None:
        self.project = make_repository(copy_project(folder / "project"))
        done = commit_all(self.project)
        assert done.returncode == 0, done.stderr
        self.folder = make_repository(folder / "scratch")
        self.environment = {"PRE_COMMIT_HOME": str(folder / "cache"), "PRE_COMMIT_COLOR": "never"}
        revision = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=self.project, capture_output=True, check=True, text=True
        )
        config = {"repos": [{"repo": str(self.project), "rev": revision.stdout.strip(), "hooks": list(hooks)}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        subprocess.run(
            [sys.executable, "-m", "pre_commit", "install", "--install-hooks"],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            check=True,
        )

    def commit(self) -> tuple[int, str]:
        """Commit all there is; returns git's status and what was said."""
        done = commit_all(self.folder, environment=self.environment)
        return done.returncode, done.stdout + done.stderr


def test_pre_commit_stops_a_commit_with_a_broken_package(tmp_path: Path) -> None:
    scratch = Scratch(
        tmp_path,
        {"id": "assetpkg-check"},
        {"id": "assetpkg-secrets"},
        {"id": "assetpkg-packed", "args": ["order center", "--output", "order-center.zip"]},
        {"id": "assetpkg-fmt", "args": ["shop"]},
    )
    shutil.copytree(SAMPLES / "order-center", scratch.folder / "order center")
    shutil.copy(SAMPLES / "order-center.zip", scratch.folder)
    (scratch.folder / "README.md").write_text("x")
    status, said = scratch.commit()
    assert status == 0, said
    assert re.search(r"check asset packages\.+Passed", said)

    (scratch.folder / "README.md").write_text("y")
    status, said = scratch.commit()
    assert status == 0, said
    assert re.search(r"check asset packages\.+Passed", said)

    backwards = json.dumps(dict(reversed(TOPIC.items())))
    write_package(scratch.folder / "shop", {"topics/order-events.json": backwards.encode()})
    status, said = scratch.commit()
    assert status == 1
    assert re.search(r"format asset packages\.+Failed", said)
    assert "files were modified by this hook" in said
    assert "formatted shop/topics/order-events.json" in said
    status, said = scratch.commit()
    assert status == 0, said
    assert re.search(r"format asset packages\.+Passed", said)

    topic = scratch.folder / "order center" / "topics" / "orders.json"
    topic.write_bytes(encode({**json.loads(topic.read_bytes()), "app_id": "nobody"}))
    status, said = scratch.commit()
    assert status == 1
    assert re.search(r"check asset packages\.+Failed", said)
    assert "order center:topics/orders.json:" in said
    assert "/app_id" in said
    assert re.search(r"look for credentials in asset packages\.+Passed", said)
    assert re.search(r"compare an asset package with its zip\.+Failed", said)
    assert "topics/orders.json" in said

    topic.write_bytes((SAMPLES / "order-center" / "topics" / "orders.json").read_bytes())
    application = next((scratch.folder / "order center" / "applications").glob("*.json"))
    application.rename(application.with_suffix(".txt"))
    status, said = scratch.commit()
    assert (status, "API" in said or "REF" in said or "missing" in said) == (1, True), said

    application.with_suffix(".txt").unlink()
    status, said = scratch.commit()
    assert status == 1, said
    assert re.search(r"check asset packages\.+Failed", said)

    shutil.rmtree(scratch.folder / "order center")
    (scratch.folder / "order-center.zip").write_bytes((SAMPLES / "order-center.zip").read_bytes()[:-40])
    status, said = scratch.commit()
    assert status == 1
    assert "order-center.zip" in said
    assert "PKG" in said


def test_all_packages_below_a_folder_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "deep/two", ".hidden/three", "node_modules/four"):
        write_package(Path(name))
    Path("web").mkdir()
    Path("web/manifest.json").write_text('{"name": "a web page"}')
    shutil.make_archive("deep/two", "zip", "deep/two")
    assert find_packages(["."]) == (["deep/two.zip", "deep/two", "one"], [])
    assert find_packages(["deep"]) == (["deep/two.zip", "deep/two"], [])
    assert find_packages(["one/topics"]) == (["one"], [])


def test_a_zip_is_compared_with_what_its_folder_makes(tmp_path: Path, cli: Cli) -> None:
    package = write_package(tmp_path / "one")
    compare = ("pack", "one", "--output", "one.zip", "--compare")
    missing = cli(*compare, cwd=tmp_path)
    assert (missing.returncode, b"one.zip is missing" in missing.stderr) == (1, True)
    assert not (tmp_path / "one.zip").exists()
    assert cli("pack", "one", "--output", "one.zip", "--store", cwd=tmp_path).returncode == 0
    assert cli(*compare, cwd=tmp_path).returncode == 0
    (package / "topics" / "order-events.json").unlink()
    changed = cli(*compare, cwd=tmp_path)
    assert (changed.returncode, b"topics/order-events.json" in changed.stderr) == (1, True)
