"""What every command does alike: with what is no package, and with the places that it writes to."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from assetpkg.__main__ import main
from tests.conftest import SAMPLES

TARGET = ("--target", "target.json")
JUDGING: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "{package}"),
    "plan with a target": ("plan", "{package}", *TARGET),
    "plan of several": ("plan", "good.zip", "{package}", *TARGET),
    "compare": ("compare", "{package}", *TARGET),
    "apply": ("apply", "{package}", *TARGET, "-o", "made"),
    "undo": ("undo", "{package}", *TARGET, "-o", "made"),
    "verify": ("verify", "plan.json", "--package", "{package}"),
    "checklist": ("checklist", "{package}"),
    "show": ("show", "{package}"),
    "split": ("split", "{package}", "-o", "made"),
    "pack": ("pack", "{package}", "-o", "made"),
    "unpack": ("unpack", "{package}", "-o", "made"),
}
"""Every command that goes by the content of a package, and of nothing else in its place."""
WITHOUT_JSON = {"pack", "unpack"}

NO_PACKAGES = {
    "empty.zip": "the file is empty [PKG001]",
    "text.zip": "the file is not a zip archive [PKG001]",
    "folder": "no entry 'manifest.json', so this is no package of layout assetpkg/1: it is empty",
}
"""What is no package, and the first reason."""


class Answer(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


Call = Callable[..., Answer]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Run the command line in this process."""

    def run(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["assetpkg", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert isinstance(end.value.code, int)
        said = capfdbinary.readouterr()
        return Answer(end.value.code, said.out.decode(errors="replace"), said.err.decode())

    return run


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a package as `good.zip` and `good`, a target, and what is no package."""
    shutil.copy(SAMPLES / "order-center.zip", tmp_path / "good.zip")
    shutil.copy(SAMPLES / "production.json", tmp_path / "target.json")
    shutil.copytree(SAMPLES / "order-center", tmp_path / "good")
    (tmp_path / "empty.zip").touch()
    (tmp_path / "text.zip").write_text("just words\n")
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("place")
def test_check_tells_what_is_wrong_with_what_is_no_package(call: Call) -> None:
    for package in NO_PACKAGES:
        assert call("check", package).status == 1


@pytest.mark.parametrize("name", JUDGING)
def test_every_other_command_says_in_a_sentence_that_it_is_none(call: Call, place: Path, name: str) -> None:
    if name == "verify":
        call("plan", "good.zip", "--format", "json", "-o", "plan.json")
    for package, reason in NO_PACKAGES.items():
        words = [word.format(package=package) for word in JUDGING[name]]
        said = f"{package} is no asset package: {reason}; run 'assetpkg check' to see more"
        assert call(*words) == (2, "", f"assetpkg: {said}\n")
        if name not in WITHOUT_JSON:
            ran = call(*words, "--format", "json")
            assert (ran.status, json.loads(ran.out)["failure"], ran.err) == (2, said, "")
    assert not (place / "made").exists()
