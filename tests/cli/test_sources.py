"""On a terminal a finding shows the line that it is about, of a folder and of a zip; nowhere else."""

import os
import pty
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import assetpkg
from tests.build import APPLICATION, edited, make_package
from tests.starting import Starter

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


@pytest.fixture
def on_a_terminal(starter: Starter, place: Path) -> Callable[..., str]:
    return partial(shown_on_a_terminal, starter, place)


def shown_on_a_terminal(starter: Starter, place: Path, *words: str, stdin: Path | None = None) -> str:
    """Return what a terminal of 100 columns gets of a command."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100"}
    with (stdin or Path(os.devnull)).open("rb") as given:
        pid = starter.start(words, (given.fileno(), theirs, theirs), place, environment=environment)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:
        pass  # as Linux says that nobody is on the other side any more
    starter.wait(pid)
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
def test_a_terminal_shows_the_line(on_a_terminal: Callable[..., str], words: tuple[str, ...], shown: str) -> None:
    assert EXCERPT.format(place=shown) in on_a_terminal(*words)


def test_it_shows_the_line_of_a_zip_on_standard_input(on_a_terminal: Callable[..., str], place: Path) -> None:
    said = on_a_terminal("check", "-", stdin=place / "shop.zip")
    assert EXCERPT.partition("\n")[2] in said


def test_a_pipe_gets_no_line_and_nothing_is_wrapped_but_where_columns_says_so(starter: Starter, place: Path) -> None:
    said = starter.run("check", "shop", cwd=place).stdout.decode()
    assert "shop/applications/Shop.json:3:11 /name\n  RSC013 error: " in said
    assert "spaces and round brackets\n    > change the text\n" in said
    assert any(len(line) > 80 for line in said.splitlines())
    environment = {**os.environ, "COLUMNS": "60"}
    narrow = starter.run("check", "shop", cwd=place, environment=environment).stdout.decode()
    assert max(map(len, narrow.splitlines())) <= 60
    assert " ".join(narrow.split()) == " ".join(said.split())


def test_a_saved_plan_opens_nothing_that_it_names(
    starter: Starter, on_a_terminal: Callable[..., str], place: Path
) -> None:
    starter.run("plan", "shop.zip", "--format", "json", "-o", "plan.json", cwd=place)
    said = on_a_terminal("show", "plan.json")
    assert "shop.zip!/applications/Shop.json:3:11 /name\n  RSC013 error: " in said
