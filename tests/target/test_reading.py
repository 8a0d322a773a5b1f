import io
import os
import sys
from pathlib import Path

import pytest

import assetpkg
from assetpkg import CannotRead
from assetpkg.limits import Limits
from tests.build import encode, make_contents, make_package, make_snapshot
from tests.conftest import Cli


class _Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder that holds the package as a zip and as a folder, and a snapshot."""
    assetpkg.write(make_package(), tmp_path / "shop.zip")
    assetpkg.unpack(make_package(), tmp_path / "shop")
    (tmp_path / "target.json").write_bytes(encode(make_snapshot()))
    return tmp_path


@pytest.mark.parametrize("name", ["shop.zip", "shop", "shop/"])
def test_a_package_is_read_from_a_zip_and_from_a_folder(place: Path, name: str) -> None:
    for path in (f"{place}/{name}", place / name):
        assert assetpkg.read(path).digest == make_package().digest


def test_a_package_is_read_from_standard_input(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin((place / "shop.zip").read_bytes()))
    package = assetpkg.read("-")
    assert (package.digest, package.archive.origin, package.archive.file_name) == (
        make_package().digest,
        "standard input",
        None,
    )
    assert not [found for found in assetpkg.check(package) if found.code in {"PKG020", "MAN021"}]


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_what_is_no_zip_on_standard_input_is_a_finding(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(content))
    assert [found.code for found in assetpkg.check(assetpkg.read("-"))] == ["PKG001"]


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(b"1234"))
    with pytest.raises(
        CannotRead, match="standard input is more than 3 bytes long; to read it anyway, use --limit file=6"
    ):
        assetpkg.read("-", limits=Limits(file=3))


@pytest.mark.parametrize(("name", "is_package"), [("target.json", False), ("shop.zip", True), ("shop", True)])
def test_a_target_is_a_snapshot_or_a_package(place: Path, name: str, *, is_package: bool) -> None:
    assert assetpkg.read_target(place / name).is_package is is_package


@pytest.mark.parametrize(("name", "is_package"), [("target.json", False), ("shop.zip", True)])
def test_a_target_can_be_on_standard_input(
    place: Path, name: str, monkeypatch: pytest.MonkeyPatch, *, is_package: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin((place / name).read_bytes()))
    assert assetpkg.read_target("-").is_package is is_package


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("a.json", b"", "is not a snapshot: it is empty", id="an empty file"),
        pytest.param("a.json", b"{}", "is not a snapshot: it has no member 'format' with ", id="another document"),
        pytest.param(
            "a.zip", b"PK\x03\x04", "is neither a snapshot nor an asset package: ", id="the beginning of a zip"
        ),
        pytest.param(
            "a.txt", b"P", "is not a snapshot: not JSON: a value is expected, at line 1, column 1", id="a letter"
        ),
    ],
)
def test_what_is_no_target(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotRead) as caught:
        assetpkg.read_target(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name} {sentence}")


def test_a_folder_that_is_no_package_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"is empty; a target is a snapshot, an asset package, or saved answers"):
        assetpkg.read_target(tmp_path)
    (tmp_path / "notes.txt").write_text("Nothing yet.\n")
    with pytest.raises(CannotRead, match=r"is neither a snapshot nor an asset package: no entry 'manifest\.json'"):
        assetpkg.read_target(tmp_path)


@pytest.mark.parametrize("read", [assetpkg.read, assetpkg.read_target])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing", "no such file or directory"),
        ("a\0b", "not a valid path"),
        ("shop.zip/x", "not a directory"),
        ("x" * 300, "file name too long"),
    ],
)
def test_paths_where_nothing_can_be_read(place: Path, read: object, name: str, sentence: str) -> None:
    assert callable(read)
    with pytest.raises(CannotRead, match=sentence):
        read(f"{place}/{name}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "PIPE"),
        ("plan", "PIPE"),
        ("show", "PIPE"),
        ("plan", "shop.zip", "--target", "PIPE"),
        ("snapshot", "PIPE", "-o", "made.json"),
        ("snapshot", "topic=PIPE", "-o", "made.json"),
    ],
)
def test_a_pipe_without_a_writer_is_refused_and_not_waited_for(
    place: Path, cli: Cli, arguments: tuple[str, ...]
) -> None:
    os.mkfifo(place / "PIPE")
    done = cli(*arguments, cwd=place)
    assert done.returncode == 2
    assert b"not a regular file" in done.stderr + done.stdout


@pytest.mark.parametrize("read", [assetpkg.read, assetpkg.read_target])
def test_a_link_to_nothing_is_called_one(place: Path, read: object) -> None:
    assert callable(read)
    (place / "断链").symlink_to("nowhere")
    with pytest.raises(CannotRead, match=r"'.*断链': it is a link, and what it leads to is not there"):
        read(place / "断链")


@pytest.mark.parametrize("read", [assetpkg.read, assetpkg.read_target])
def test_a_device_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(CannotRead, match="not a regular file"):
        read("/dev/zero")


def test_a_pipe_in_a_folder_is_a_finding(place: Path) -> None:
    os.mkfifo(place / "shop" / "topics" / "pipe.json")
    (place / "shop" / "link").symlink_to("manifest.json")
    found = assetpkg.check(assetpkg.read(place / "shop"))
    assert sorted(diagnostic.location.entry for diagnostic in found if diagnostic.code == "PKG240") == [
        "link",
        "topics/pipe.json",
    ]


def test_a_name_that_is_no_utf8_is_a_finding_and_can_be_told(place: Path) -> None:
    with open(os.path.join(os.fsencode(place / "shop"), b"topics", b"\xff.json"), "wb") as file:  # noqa: PTH118, PTH123 - bytes
        file.write(b"{}")
    package = assetpkg.read(place / "shop")
    found = [(diagnostic.code, diagnostic.location.entry) for diagnostic in assetpkg.check(package)]
    assert ("PKG230", "topics/\\xff.json") in found
    assert len(package.digest) == 64


def test_what_version_control_leaves_is_no_content(place: Path) -> None:
    (place / "shop" / ".git").mkdir()
    (place / "shop" / ".git" / "config").write_bytes(b"x")
    (place / "shop" / ".DS_Store").write_bytes(b"x")
    assert set(assetpkg.read(place / "shop").archive.entries) == set(make_contents())


def test_reading_many_packages_keeps_no_file_open(place: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counted, not walked
    for _ in range(20):
        assetpkg.check(assetpkg.read(place / "shop.zip"))
        assetpkg.read_target(place / "target.json")
    assert len(os.listdir("/proc/self/fd")) <= before + 1  # noqa: PTH208
