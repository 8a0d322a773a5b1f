"""The hook for pre-commit: which files it is given, which packages it finds in them, and the real thing."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from assetpkg.package.reading import find_packages
from tests.build import TOPIC, encode, make_contents
from tests.conftest import ROOT, SAMPLES, Cli
from tests.project.repository import commit_all, copy_project, make_repository, wheels
from tests.tables import every_row

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


@every_row("name", HOOKS)
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


def test_a_path_that_is_not_there_is_named(tmp_path: Path, cli: Cli) -> None:
    write_package(tmp_path / "one")
    result = cli("check", "--containing", "one/topics/gone.json", "onee", "gone.json", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, b"1 package checked: nothing found\n")
    assert result.stderr.decode().splitlines() == [
        "assetpkg: onee is not there, and in no package: passed over",
        "assetpkg: gone.json is not there, and in no package: passed over",
    ]


def test_no_package_at_all_is_no_failure(cli: Cli) -> None:
    result = cli("check", "--containing", "pyproject.toml")
    assert (result.returncode, result.stderr) == (0, b"")


class Hooks(NamedTuple):
    """The project in a repository of its own, at a revision, and where pre-commit keeps what it has installed of it."""

    project: Path
    revision: str
    cache: Path


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    folder = tmp_path_factory.mktemp("hooks")
    project = make_repository(copy_project(folder / "project"))
    done = commit_all(project)
    assert done.returncode == 0, done.stderr
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, check=True, text=True)
    return Hooks(project, revision.stdout.strip(), folder / "cache")


class Scratch:
    """A repository whose commits go through the hooks, as pre-commit runs them; it installs them once for all tests."""

    def __init__(self, folder: Path, hooks: Hooks, wanted: Mapping[str, Sequence[str]]) -> None:
        self.folder, self.wanted = make_repository(folder), wanted
        # What is installed is compiled when it is first imported, and only that.
        quick = {"PIP_NO_COMPILE": "1", "PYTHONDONTWRITEBYTECODE": "", **wheels()}
        self.environment = {"PRE_COMMIT_HOME": str(hooks.cache), "PRE_COMMIT_COLOR": "never", **quick}
        chosen = [{"id": name} | ({"args": list(args)} if args else {}) for name, args in wanted.items()]
        config = {"repos": [{"repo": str(hooks.project), "rev": hooks.revision, "hooks": chosen}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        subprocess.run(
            [sys.executable, "-m", "pre_commit", "install"],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            check=True,
        )

    def commit(self, *names: str) -> tuple[Mapping[str, bool], str]:
        """Commit all there is through the hooks of these names; returns which of them passed, and what was said."""
        skipped = ",".join(name for name in self.wanted if name not in names)
        done = commit_all(self.folder, environment={**self.environment, "SKIP": skipped})
        said = done.stdout + done.stderr
        verdicts = {name: re.search(rf"^{HOOKS[name]['name']}\.+(\w+)$", said, re.MULTILINE) for name in names}
        passed = {name: verdict is not None and verdict[1] == "Passed" for name, verdict in verdicts.items()}
        assert done.returncode == int(not all(passed.values())), said
        return passed, said


CHECK, SECRETS, PACKED, PLAN, FMT = HOOKS


def test_pre_commit_stops_a_commit_with_a_broken_package(tmp_path: Path, hooks: Hooks) -> None:
    packed = ("order center", "--output", "order-center.zip")
    planned = ("--target", "staging", ".")
    scratch = Scratch(tmp_path, hooks, {CHECK: (), SECRETS: (), PACKED: packed, PLAN: planned, FMT: ("shop",)})
    folder, zipped, snapshot = (tmp_path / name for name in ("order center", "order-center.zip", "staging.json"))
    shutil.copytree(SAMPLES / "order-center", folder)
    for name in (zipped.name, snapshot.name):
        shutil.copy(SAMPLES / name, tmp_path)
    settings = '[targets.staging]\nsnapshot = "staging.json"\nmode = "{}"\n'
    (tmp_path / "assetpkg.toml").write_text(settings.format("Merge"))
    passed, said = scratch.commit(*HOOKS)
    assert passed == dict.fromkeys(HOOKS, True), said

    # Nothing of the package has changed, but what it is planned against: the snapshot, and how it is imported.
    shutil.copy(SAMPLES / "production.json", snapshot)
    passed, said = scratch.commit(PLAN)
    assert (passed, "1 conflict" in said) == ({PLAN: False}, True), said
    shutil.copy(SAMPLES / "staging.json", snapshot)
    (tmp_path / "assetpkg.toml").write_text(settings.format("AddNew"))
    passed, said = scratch.commit(PLAN)
    assert (passed, "AddNew into staging" in said) == ({PLAN: False}, True), said

    topic = folder / "topics" / "orders.json"
    document = json.loads(topic.read_bytes())
    topic.write_bytes(encode({**document, "app_id": "nobody"}))
    passed, said = scratch.commit(CHECK, SECRETS, PACKED)
    assert passed == {CHECK: False, SECRETS: True, PACKED: False}, said
    assert re.search(r"order center/topics/orders\.json:\d+:\d+", said)
    assert "/app_id" in said

    topic.write_bytes(encode({**document, "remark": "password=Tr0ub4dor&3x"}))
    passed, said = scratch.commit(SECRETS)
    assert (passed, "Tr0ub4dor" in said) == ({SECRETS: False}, False), said

    # A commit that only takes files away, of a package and of the end of a zip.
    topic.write_bytes((SAMPLES / "order-center" / "topics" / "orders.json").read_bytes())
    (folder / "applications" / "Order Center.json").unlink()
    zipped.write_bytes(zipped.read_bytes()[:-40])
    passed, said = scratch.commit(CHECK)
    assert passed == {CHECK: False}, said
    assert re.search(r"^order-center\.zip\s+PKG001", said, re.MULTILINE)
    assert re.search(r"^order center/apis/Order Center/\S+:\d+:\d+ /roma_app_id\s+REF001", said, re.MULTILINE)

    # What is in another form stops the commit once: it is in the one form then.
    backwards = json.dumps(dict(reversed(TOPIC.items())))
    write_package(tmp_path / "shop", {"topics/order-events.json": backwards.encode()})
    passed, said = scratch.commit(FMT)
    assert (passed, "formatted shop/topics/order-events.json" in said) == ({FMT: False}, True), said
    passed, said = scratch.commit(FMT)
    assert passed == {FMT: True}, said


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
