"""On a terminal a finding shows the line that it is about, of a folder and of a zip; nowhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import assetpkg
from tests.build import APPLICATION, edited, make_package
from tests.conftest import ROOT

EXCERPT = """\
{place}:3:11 /name
  3 |   "name": "Shop!",
    |           ^^^^^^^
  RSC013 error: """


@pytest.fixture
def place(tmp_path: Path) -> Path:
    package = make_package({"applications/Shop.json": edited(APPLICATION, name="Shop!")})
    assetpkg.write(package, tmp_path / "shop.zip")
    assetpkg.unpack(package, tmp_path / "shop")
    return tmp_path


def on_a_terminal(place: Path, *words: str, stdin: Path | None = None) -> str:
    """Return what a terminal of 100 columns gets of a command."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "assetpkg", *words]
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = subprocess.Popen(command, cwd=place, env=environment, stdin=given, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:
        pass  # as Linux says that nobody is on the other side any more
    process.wait(60)
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("check", "shop"), "shop/applications/Shop.json"),
        (("check", "shop.zip", "shop", "--jobs", "2"), "shop.zip!/applications/Shop.json"),
        (("plan", "shop.zip"), "shop.zip!/applications/Shop.json"),
    ],
)
def test_a_terminal_shows_the_line(place: Path, words: tuple[str, ...], shown: str) -> None:
    assert EXCERPT.format(place=shown) in on_a_terminal(place, *words)


def test_it_shows_the_line_of_a_zip_on_standard_input(place: Path) -> None:
    said = on_a_terminal(place, "check", "-", stdin=place / "shop.zip")
    assert EXCERPT.partition("\n")[2] in said


def test_a_pipe_gets_no_line_and_nothing_is_wrapped_but_where_columns_says_so(place: Path) -> None:
    command = [sys.executable, "-m", "assetpkg", "check", "shop"]
    alone = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    said = subprocess.run(command, cwd=place, capture_output=True, check=False, text=True, env=alone).stdout
    assert "shop/applications/Shop.json:3:11 /name\n  RSC013 error: " in said
    assert "spaces and round brackets\n    > change the text\n" in said
    assert any(len(line) > 80 for line in said.splitlines())
    environment = {**os.environ, "COLUMNS": "60"}
    narrow = subprocess.run(command, cwd=place, capture_output=True, check=False, text=True, env=environment).stdout
    assert max(map(len, narrow.splitlines())) <= 60
    assert " ".join(narrow.split()) == " ".join(said.split())


def test_a_saved_plan_opens_nothing_that_it_names(place: Path) -> None:
    command = [sys.executable, "-m", "assetpkg", "plan", "shop.zip", "--format", "json", "-o", "plan.json"]
    subprocess.run(command, cwd=place, check=False)
    said = on_a_terminal(place, "show", "plan.json")
    assert "shop.zip!/applications/Shop.json:3:11 /name\n  RSC013 error: " in said
