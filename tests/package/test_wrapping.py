"""Zips of a package folder that other tools have made are read, and `pack` makes a clean one of each."""

import shutil
import subprocess
from pathlib import Path

import pytest

from assetpkg import check, read
from tests.archive.zip.programs import SEVEN_ZIP
from tests.build import make_contents
from tests.conftest import Cli

TOOLS = {
    "Info-ZIP": ("zip", "-qr", "out.zip", "shop"),
    "7-Zip": (SEVEN_ZIP, "a", "-bd", "out.zip", "shop"),
    "bsdtar": ("bsdtar", "-a", "-cf", "out.zip", "shop"),
    "git archive": ("git", "-C", "shop", "archive", "--format=zip", "--prefix=shop/", "-o", "../out.zip", "HEAD"),
    "git archive without a folder": ("git", "-C", "shop", "archive", "--format=zip", "-o", "../out.zip", "HEAD"),
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    for name, content in make_contents().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("tool", TOOLS)
def test_a_zip_of_a_package_folder_is_read_and_packed(tool: str, shop: Path, cli: Cli) -> None:
    place = shop.parent
    if tool.startswith("git"):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        for words in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "a package")):
            subprocess.run(["git", "-C", str(shop), *words], check=True)
    subprocess.run(TOOLS[tool], cwd=place, check=True, stdout=subprocess.DEVNULL)
    package = read(place / "out.zip")
    assert [resource.address for resource in package.resources] == [each.address for each in read(shop).resources]
    assert {found.code for found in check(package)} <= {"PKG032", "MAN025", "PKG112"}
    assert cli("pack", str(place / "out.zip"), "-o", str(place / "clean.zip")).returncode == 0
    clean = read(place / "clean.zip")
    assert check(clean) == []
    assert clean.digest == read(shop).digest


def test_what_macos_leaves_is_not_packed(shop: Path, cli: Cli) -> None:
    place = shop.parent
    for name in ("__MACOSX/shop/._topics", "shop/.DS_Store", "shop/topics/._order-events.json"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"\0\5\x16\7Mac OS X")
    subprocess.run(["zip", "-qr", "out.zip", "shop", "__MACOSX"], cwd=place, check=True)
    assert {found.code for found in check(read(place / "out.zip"))} == {"PKG032", "MAN025"}
    assert cli("pack", str(place / "out.zip"), "-o", str(place / "clean.zip")).returncode == 0
    assert sorted(read(place / "clean.zip").archive.entries) == sorted(make_contents())


def test_the_zip_of_a_ci_artifact_is_read(shop: Path, cli: Cli) -> None:
    place = shop.parent
    assert cli("pack", str(shop), "-o", str(place / "shop.zip")).returncode == 0
    subprocess.run(["zip", "-q", "artifact.zip", "shop.zip"], cwd=place, check=True)
    package = read(place / "artifact.zip")
    assert [found.code for found in check(package)] == ["PKG032"]
    assert package.digest == read(place / "shop.zip").digest
    shutil.rmtree(shop)
    assert cli("unpack", str(place / "artifact.zip"), "-o", str(shop)).returncode == 0
    assert read(shop).digest == package.digest


def test_a_zip_in_a_zip_in_a_zip_is_not_opened(shop: Path, cli: Cli) -> None:
    place = shop.parent
    assert cli("pack", str(shop), "-o", str(place / "a.zip")).returncode == 0
    for inner, outer in (("a.zip", "b.zip"), ("b.zip", "c.zip")):
        subprocess.run(["zip", "-q", outer, inner], cwd=place, check=True)
    assert "PKG010" in [found.code for found in check(read(place / "c.zip"))]
