"""Git with the drivers of `assetpkg setup git`: real repositories, and every way in which Git calls a program."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import assetpkg
from assetpkg.cli.program import cli
from tests.build import API, DATASOURCE, edited, encode, make_contents, make_package, make_snapshot
from tests.cli.repositories import git, set_environment, set_up, write_folder

ODD = "出口 a's.zip"
SCRIPT = "var a = 1;\nreturn a;\n"
SECRET = "Pa55word-of-the-orders!"  # noqa: S105 - an example
SECRETIVE = edited(DATASOURCE, content={**DATASOURCE["content"], "user_name": SECRET})


@pytest.fixture(autouse=True)
def _environment(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(programs, monkeypatch)


def put(place: Path, number: int) -> None:
    """Put a folder, a zip with more in it, and a zip that is no package into the repository."""
    content = {**DATASOURCE["content"], "password": f"{SECRET}{number}", "port": str(number)}
    datasource = {"datasources/orders-db.json": edited(DATASOURCE, content=content, update_time=number)}
    api = {"apis/Shop/orders/get-order.json": edited(API, remark=f"{SCRIPT}// {number}")}
    write_folder(place / "my packages" / "订单", make_contents(api))
    packed = place.parent / "packed.zip"
    assetpkg.write(make_package({**datasource, **api}), packed)
    shutil.copyfile(packed, place / ODD)
    (place / "other.zip").write_bytes(b"PK\x03\x04 is no package \xff" + bytes([number]))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    place = tmp_path / "repository"
    (place / "below").mkdir(parents=True)
    git(place, "init", "-q")
    for _ in range(2):
        # It may be run again, and from a folder below.
        set_up(place / "below")
    assert (place / ".gitattributes").read_text().count("diff=assetpkg merge=assetpkg") == 1
    with (place / ".gitattributes").open("a") as attributes:
        attributes.write("**/*.json diff=assetpkg-file\n")
    put(place, 10)
    git(place, "add", "-A")
    git(place, "commit", "-qm", "one")
    return place


def test_git_compares_packages_by_meaning_and_their_documents_as_lines(repository: Path) -> None:
    put(repository, 11)
    git(repository, "add", "-A")
    compared = git(repository, "diff", "--cached", "--", ODD, "my packages")
    for path, resource in (
        (ODD, "api/Shop/orders/get-order"),
        ("my packages/订单/apis/Shop/orders/get-order.json", "api/{group-1}/get-order"),
    ):
        part = compared.partition(f"+++ b/{path}\n")[2].partition("\n--- ")[0]
        assert f"\n~ {resource}\n" in part
        assert "\n        -// 10\n        +// 11\n" in part
    assert "/content/password: (secret, changed)" in compared
    assert "update_time" not in compared

    git(repository, "commit", "-qm", "two")
    logged = git(repository, "-c", "core.quotePath=false", "log", "-p", "-1", "--", "*.zip")
    assert '\n-    "port": "10"\n+    "port": "11"\n' in logged
    assert "\n-    | // 10\n+    | // 11\n" in logged
    assert re.search(r"^@@ .* @@ api/Shop/orders/get-order$", logged, re.MULTILINE)
    assert "\n == cannot be read\n" in logged
    assert SECRET not in compared + logged
    renamed = "-new name.zip"
    (repository / ODD).rename(repository / renamed)
    git(repository, "add", "-A")
    moved = git(repository, "diff", "--cached", "-M")
    assert moved == f"--- a/{ODD}\n+++ b/{renamed}\n\nNothing differs: 6 resources the same.\n"


def test_a_revision_of_a_folder_is_compared_without_a_copy_of_it(repository: Path) -> None:
    revision = "HEAD:my packages/订单"
    done = subprocess.run(["git", "archive", "--format=zip", revision], cwd=repository, capture_output=True, check=True)
    put(repository, 11)
    folder = str(repository / "my packages" / "订单")
    found = CliRunner().invoke(cli, ["diff", "-", folder], input=done.stdout, standalone_mode=False)
    assert found.return_value == 1
    assert "\n~ api/Shop/orders/get-order\n" in found.stdout
    assert "\n1 changed; 5 resources the same.\n" in found.stdout


def test_the_delta_to_a_revision_of_a_folder(repository: Path) -> None:
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    put(repository, 11)
    (repository / "my packages" / "订单" / "topics" / "order-events.json").unlink()
    command = (
        "git archive --format=zip 'HEAD~1:my packages/订单' | assetpkg subset 'my packages/订单' --since - -o delta.zip"
    )
    done = subprocess.run(["sh", "-c", command], cwd=repository, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\n  changed: api/Shop/orders/get-order\n" in done.stdout.decode()
    assert done.stdout.decode().count("\n  topic/order-events\n") == 1
    delta = assetpkg.read(repository / "delta.zip")
    needed = ["application/Shop", "api_group/Shop/orders", "api/Shop/orders/get-order"]
    assert list(delta.index.by_address) == needed
    folder = assetpkg.read(repository / "my packages" / "订单")
    assert delta.document(needed[2]) == folder.document(needed[2])


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["diff", "--git", "--no-config", *words], standalone_mode=False)


def told(old: Path | str, new: Path | str, path: str = "a.zip", *more: str) -> str:
    """Return what is said when Git calls with two files; the status is that which Git asks for."""
    done = call("--", path, str(old), "0" * 40, "100644", str(new), "1" * 40, "100644", *more)
    assert done.return_value == 0, done.exception
    return done.stdout


def test_every_way_in_which_git_calls(tmp_path: Path) -> None:
    package, other = tmp_path / "a.zip", tmp_path / "b.zip"
    assetpkg.write(make_package(), package)
    assetpkg.write(make_package({"topics/order-events.json": None}), other)
    removed = "- only in the first\n\n- topic/order-events\n\n1 removed; 5 resources the same.\n"
    assert told(package, other) == f"--- a/a.zip\n+++ b/a.zip\n{removed}"
    assert told(package, other, "a.zip", "b.zip", "similarity index 90%") == f"--- a/a.zip\n+++ b/b.zip\n{removed}"
    assert told("/dev/null", package).endswith("\n6 added.\n")
    assert told(package, "/dev/null").endswith("\n6 removed.\n")
    unmerged = call("--", "a.zip")
    assert (unmerged.return_value, unmerged.stdout) == (0, "")
    wrong = call("--", "a.zip", "b.zip")
    assert "--git takes the 7 arguments of Git" in str(wrong.exception)


def test_every_file_is_answered(tmp_path: Path) -> None:
    """Git stops at a file for which the program fails, and shows nothing of those after it."""
    files = {
        "snapshot.json": (encode(make_snapshot()), encode(make_snapshot({"topic": [{"name": "new", "app_id": "a"}]}))),
        "text.txt": (b"one\ntwo\n", b"one\n2\n::error::x\n"),
        "bytes": (b"\x00\x01", b"\x00\x02"),
        "apis/broken.json": (b'{"name": "a"}', b'{"name":'),
        "apis/list.json": (b"[]", b"[1]"),
        "apis/nameless.json": (b"{}", b'{"type": 1}'),
        "rows.json": (b'{"a": 1, "b": 2}', b'{\n"b": 2, "a": 1}'),
        "open.json": (b'{"password": "one-Pa55"}', f'{{"password": "{SECRET}"}}'.encode()),
        "old.json": (encode(make_snapshot({"datasource": [SECRETIVE]})), b"x"),
        "datasources/a.json": (encode(SECRETIVE), b"{"),
        "secret.txt": (b"x", f"password={SECRET}\n".encode()),
        "a.zip": (b"no zip", b"PK\x03\x04"),
        "empty": (b"", b"x"),
        "same": (b"x", b"x"),
    }
    said = {}
    for path, contents in files.items():
        for name, content in zip(("old", "new"), contents, strict=True):
            (tmp_path / name).write_bytes(content)
        said[path] = told(tmp_path / "old", tmp_path / "new", path)
        assert said[path].startswith(f"--- a/{path}\n+++ b/{path}\n")
    assert "\n+ topic/new\n" in said["snapshot.json"]
    assert "\n        -two\n        +2\n        +::error::x\n" in said["text.txt"]
    assert said["bytes"].count("2 bytes, sha256") == 2
    assert '\n        -  "name": "a"\n' in said["apis/broken.json"]
    assert "\n        +8 bytes, sha256 " in said["apis/broken.json"]
    assert said["rows.json"].endswith("\nNothing differs.\n")
    assert "/content: (secret, changed)" in said["open.json"].replace("content:", "/content:")
    assert SECRET not in "".join(said.values())
    assert said["same"].endswith("\nNothing differs.\n")
    (tmp_path / "gone").mkdir()
    assert "it is a folder" in told(tmp_path / "old", tmp_path / "gone", "x.txt")


def test_the_kind_of_a_file_is_that_of_its_folder_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "apis" / "mine", make_contents())
    path = "apis/mine/datasources/orders-db.json"
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(encode(DATASOURCE))
    new.write_bytes(encode(edited(DATASOURCE, datasource_name="new-db", update_time=7)))
    # A file that has another name in it has it as the same resource, whatever its id.
    assert "> datasource/orders-db > datasource/new-db (the same id)" in told(old, new, path)
    new.write_bytes(encode({"datasource_name": "new-db", "datasource_type": "FTP"}))
    assert "> datasource/orders-db > datasource/new-db (the same file)" in told(old, new, path)
    new.write_bytes(json.dumps({**DATASOURCE, "update_time": 7}, indent=8).encode())
    assert told(old, new, path).endswith("\nNothing differs: 1 resource the same.\n")
    assert "datasource/orders-db" in told(old, "/dev/null", "elsewhere/datasources/a.json")
