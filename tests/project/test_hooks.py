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
import yaml  # type: ignore[import-untyped] # comes with pre-commit, and brings no types

from assetpkg.package.reading import find_packages
from tests.build import encode, make_contents
from tests.conftest import ROOT, SAMPLES, Cli
from tests.project.repository import commit_all, copy_project, make_repository

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def write_package(folder: Path, changes: dict[str, Any] | None = None) -> Path:
    for name, content in make_contents(changes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_entry_is_a_command_that_exists(cli: Cli) -> None:
    program, *arguments = HOOK["entry"].split()
    assert HOOK["id"] == "assetpkg-check"
    assert (program, HOOK["language"]) == ("assetpkg", "python")
    assert cli(*arguments, "--help").returncode == 0


@pytest.mark.parametrize(
    "name",
    [
        "order-center.zip",
        "release/订单中心.ZIP",
        "manifest.json",
        "samples/order-center/manifest.json",
        "samples/order-center/apis/Order Center/orders/get-order.json",
    ],
)
def test_the_hook_is_given_what_may_be_a_package(name: str) -> None:
    assert re.search(HOOK["files"], name)


@pytest.mark.parametrize(
    "name", ["README.md", "zip", "order-center.zip.sha256", "manifest.jsonl", "a.tar.gz", "json/x"]
)
def test_the_hook_is_not_given_what_is_none(name: str) -> None:
    assert not re.search(HOOK["files"], name)


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

    def __init__(self, folder: Path) -> None:
        self.project = make_repository(copy_project(folder / "project"))
        done = commit_all(self.project)
        assert done.returncode == 0, done.stderr
        self.folder = make_repository(folder / "scratch")
        self.environment = {"PRE_COMMIT_HOME": str(folder / "cache"), "PRE_COMMIT_COLOR": "never"}
        revision = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=self.project, capture_output=True, check=True, text=True
        )
        config = {"repos": [{"repo": str(self.project), "rev": revision.stdout.strip(), "hooks": [{"id": HOOK["id"]}]}]}
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
    scratch = Scratch(tmp_path)
    shutil.copytree(SAMPLES / "order-center", scratch.folder / "order center")
    shutil.copy(SAMPLES / "order-center.zip", scratch.folder)
    (scratch.folder / "README.md").write_text("x")
    status, said = scratch.commit()
    assert status == 0, said
    assert re.search(r"check asset packages\.+Passed", said)

    (scratch.folder / "README.md").write_text("y")
    status, said = scratch.commit()
    assert status == 0, said
    assert re.search(r"check asset packages\.+\(no files to check\)Skipped", said)

    topic = scratch.folder / "order center" / "topics" / "orders.json"
    topic.write_bytes(encode({**json.loads(topic.read_bytes()), "access_policy": "nobody"}))
    status, said = scratch.commit()
    assert status == 1
    assert re.search(r"check asset packages\.+Failed", said)
    assert "order center:topics/orders.json:" in said
    assert "access_policy" in said

    shutil.rmtree(scratch.folder / "order center")
    (scratch.folder / "order-center.zip").write_bytes((SAMPLES / "order-center.zip").read_bytes()[:-40])
    status, said = scratch.commit()
    assert status == 1
    assert "order-center.zip" in said
    assert "PKG" in said
