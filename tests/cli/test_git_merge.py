"""Git with the merge driver of `assetpkg setup git`: real repositories, and every way in which Git calls it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import assetpkg
from assetpkg.cli.program import cli
from tests.build import API, DATASOURCE, TASK, TOPIC, edited, encode, make_contents, make_package
from tests.cli.repositories import git, set_environment, set_up, try_git, write_folder

ODD = "出口 a's.zip"
FOLDER = "my packages/订单"
SECRET = "Pa55word-of-the-orders!"  # noqa: S105 - an example
MARKS = (b"<<<<<<<", b"=======", b">>>>>>>")
SOURCE, GET = "datasources/orders-db.json", "apis/Shop/orders/get-order.json"


@pytest.fixture(autouse=True)
def _environment(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(programs, monkeypatch)


def source(**content: str) -> dict[str, Any]:
    return edited(DATASOURCE, content={**DATASOURCE["content"], **content})


def put(place: Path, changes: Mapping[str, Any]) -> None:
    """Put the package with these changes into the working tree, as a folder and as a zip, and commit it."""
    for entry in make_contents():
        if changes.get(entry, ...) is None:
            (place / FOLDER / entry).unlink(missing_ok=True)
    write_folder(place / FOLDER, make_contents(changes))
    (place / ODD).unlink(missing_ok=True)
    assetpkg.write(make_package(changes), place / ODD)
    git(place, "add", "-A")
    git(place, "commit", "-qm", "put")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    place = tmp_path / "repository"
    place.mkdir()
    git(place, "init", "-q", "-b", "main")
    set_up(place)
    with (place / ".gitattributes").open("a") as attributes:
        attributes.write("**/*.json diff=assetpkg-file merge=assetpkg\n")
    put(place, {})
    git(place, "branch", "side")
    return place


def both(place: Path) -> tuple[assetpkg.Package, assetpkg.Package]:
    """Return the package as the folder and as the zip have it."""
    return assetpkg.read(place / FOLDER), assetpkg.read(place / ODD)


def test_git_merges_what_both_sides_have_changed(repository: Path) -> None:
    put(repository, {SOURCE: source(host="ours.example.com"), "topics/order-events.json": None})
    git(repository, "checkout", "-q", "side")
    news = edited(TOPIC, name="news")
    put(repository, {SOURCE: source(port="3307"), GET: edited(API, remark="One order"), "topics/news.json": news})
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-edit", "side")
    for package in both(repository):
        assert package.document("datasource/orders-db") == source(host="ours.example.com", port="3307")
        assert package.document("api/Shop/orders/get-order")["remark"] == "One order"
        assert "topic/news" in package.index.by_address
        assert "topic/order-events" not in package.index.by_address
    folder, packed = both(repository)
    assert folder.digest == packed.digest
    # What has come by the merge is in the log of the zip, as lines.
    logged = git(repository, "-c", "core.quotePath=false", "log", "-p", "-1", "-m", "--first-parent", "--", "*.zip")
    assert '\n-    "port": "3306"\n+    "port": "3307"\n' in logged


def test_a_clash_in_one_field_is_a_conflict_without_marks(repository: Path) -> None:
    put(repository, {SOURCE: source(host="ours.example.com", password=f"{SECRET}1")})
    git(repository, "checkout", "-q", "side")
    put(repository, {SOURCE: source(host="theirs.example.com", port="3307", password=f"{SECRET}2")})
    git(repository, "checkout", "-q", "main")
    before = [(repository / ODD).read_bytes(), (repository / FOLDER / SOURCE).read_bytes()]
    status, said, told = try_git(repository, "-c", "core.quotePath=false", "merge", "side")
    assert status == 1
    assert f"CONFLICT (content): Merge conflict in {ODD}\n" in said
    after = [(repository / ODD).read_bytes(), (repository / FOLDER / SOURCE).read_bytes()]
    assert after == before
    assert not any(mark in content for content in after for mark in MARKS)
    for what in ("datasource/orders-db", f"{FOLDER}/{SOURCE}"):
        assert (
            f"assetpkg: /content/host of {what} is changed in ours to "
            '"ours.example.com", and in theirs to "theirs.example.com"\n'
        ) in told
        assert f"/content/password of {what} is changed in ours and in theirs, and not to the same credential" in told
    assert SECRET not in said + told
    # What it says about the way out works, for the zip and for the document, and takes the rest from both sides.
    ways = [line.partition("by --prefer a): ")[2] for line in told.splitlines() if "checkout -m" in line]
    adds = [line.partition("after that: ")[2] for line in told.splitlines() if "git add" in line]
    assert len(ways) == len(adds) == 2
    (repository / "below").mkdir()
    for line in (*ways, *adds):
        done = subprocess.run(["sh", "-c", line], cwd=repository / "below", capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, b"")
    git(repository, "commit", "-qm", "merged")
    for package in both(repository):
        found = package.document("datasource/orders-db")["content"]
        assert found == {**source()["content"], "host": "theirs.example.com", "port": "3307", "password": f"{SECRET}2"}


def test_a_rebase_and_a_renamed_file(repository: Path) -> None:
    put(repository, {SOURCE: source(host="upstream.example.com")})
    git(repository, "checkout", "-q", "side")
    git(repository, "mv", f"{FOLDER}/{SOURCE}", f"{FOLDER}/datasources/orders#2.json")
    put(repository, {SOURCE: None, "datasources/orders#2.json": edited(DATASOURCE, datasource_name="orders#2")})
    git(repository, "rebase", "-q", "main")
    for package in both(repository):
        (found,) = package.index.by_kind["datasource"]
        assert (found.address, found.entry) == ("datasource/orders#2", "datasources/orders#2.json")
        assert package.document(found.address)["content"]["host"] == "upstream.example.com"


def call(*words: str | Path) -> Result:
    arguments = ["merge", "--git", "--no-config", *map(str, words)]
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def write(place: Path, **contents: bytes) -> list[Path]:
    for name, content in contents.items():
        (place / name).write_bytes(content)
    return [place / name for name in contents]


def test_every_way_in_which_git_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = f"x/{SOURCE}"
    one, other = encode(source(host="a")), encode(source(port="1"))
    old, ours, theirs = write(tmp_path, old=encode(DATASOURCE), ours=one, theirs=other)
    done = call("--", old, ours, theirs, path)
    assert (done.return_value, done.output, ours.read_bytes()) == (0, "", encode(source(host="a", port="1")))
    # Added on both sides, with the same, and with something else in one of them.
    for content, status in ((one, 0), (encode(edited(source(host="a"), remark="b")), 1)):
        write(tmp_path, old=b"", ours=one, theirs=content)
        done = call("--", old, ours, theirs, path)
        assert (done.return_value, ours.read_bytes()) == (status, one)
    assert "is in ours and in theirs with different content: /remark" in done.stderr
    # A manifest, and files of which nobody knows what they are.
    manifests = [encode({"format": "assetpkg/1", "asset_version": version, "name": name}) for version, name in
                 (("1.0", "a"), ("1.0", "b"), ("1.1", "a"))]  # fmt: skip
    write(tmp_path, old=manifests[0], ours=manifests[1], theirs=manifests[2])
    assert call("--", old, ours, theirs, "x/manifest.json").return_value == 0
    assert b'"1.1"' in ours.read_bytes()
    assert b'"b"' in ours.read_bytes()
    for where, content, reason in (
        (
            "x/other.json",
            one,
            "'x/other.json' is not merged, and has what ours has: it is not a package, nor in a folder",
        ),
        (path, b'{"a": 1,}', f"'{path}' is not merged, and has what ours has: ours cannot be read: "),
        (path, b"[]", "ours is not a JSON object"),
        ("a.zip", b"PK\x03\x04", "'a.zip' is not merged, and has what ours has: ours is not an asset package: "),
    ):
        write(tmp_path, old=one, ours=content, theirs=other)
        done = call("--", old, ours, theirs, where)
        assert reason in str(done.exception)
        assert ours.read_bytes() == content
    wrong = call("--", old, ours, theirs)
    assert "--git takes the 4 arguments %O %A %B %P" in str(wrong.exception)


def test_a_zip_that_one_side_has_only_packed_again_keeps_its_bytes(tmp_path: Path) -> None:
    old, ours, theirs = (tmp_path / name for name in ("old", "ours", "theirs"))
    packages = make_package(), make_package(), make_package({"tasks/sync_orders.json": edited(TASK, task_name="new")})
    for place, package, store in zip((old, ours, theirs), packages, (False, True, True), strict=True):
        assetpkg.write(package, place, store=store)
    stored = ours.read_bytes()
    assert call("--", old, ours, theirs, "a.zip").return_value == 0
    assert ours.read_bytes() == theirs.read_bytes() != stored
    assetpkg.write(packages[2], ours, store=True)
    assetpkg.write(packages[1], theirs)
    changed = ours.read_bytes()
    assert call("--", old, ours, theirs, "a.zip").return_value == 0
    assert ours.read_bytes() == changed
