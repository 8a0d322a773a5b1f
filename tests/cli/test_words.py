"""The page of a command, its options in groups, and what is said to who misspells a word."""

import re
import shlex
from importlib import import_module

import click
import pytest

from assetpkg.cli.parameters import IMPORT, READING, RULES, SHOW, SharedOption
from assetpkg.cli.program import COMMANDS, cli
from assetpkg.errors import AssetpkgError, near, nearest
from tests.conftest import ROOT
from tests.tables import every_row


def page(name: str) -> str:
    command: click.Command = import_module(f"assetpkg.cli.commands.{name}").command
    return command.get_help(click.Context(command, info_name=name, terminal_width=80))


def test_a_long_page_has_its_options_in_groups() -> None:
    sections = re.findall(r"^(\w+):$", page("plan"), flags=re.MULTILINE)
    assert sections == [IMPORT, SHOW, RULES, READING, "Options"]
    assert re.findall(r"^(\w+):$", page("snapshot"), flags=re.MULTILINE) == ["Options", SHOW, READING]
    assert re.findall(r"^(\w+):$", page("schema"), flags=re.MULTILINE) == ["Options"]


@every_row("name", COMMANDS)
def test_a_page_has_every_option_once(name: str) -> None:
    command: click.Command = import_module(f"assetpkg.cli.commands.{name}").command
    options = [each for each in command.params if isinstance(each, click.Option)]
    shown = re.findall(r"^  (?:-\w, )?(--[\w-]+)", page(name), flags=re.MULTILINE)
    assert sorted(shown) == sorted(["--help", *(each.opts[-1] for each in options)])
    assert {each.group for each in options if isinstance(each, SharedOption)} <= {"", IMPORT, SHOW, RULES, READING}


MISSPELLED = {
    "chekc x": "No such command 'chekc'. Did you mean 'check'?",
    "plan x --tagret y": "No such option '--tagret'. Did you mean '--target'?",
    "plan x --format jsno": "Did you mean 'json'?",
    "check x --fail-on eror": "Did you mean 'error'?",
    "setup bsah": "Did you mean 'bash'?",
    "plan samples/order-center --mode MREGE": "not 'MREGE'; did you mean 'Merge'?",
    "plan samples/order-center --assume merge-existing=kepp": "it cannot be 'kepp'; did you mean 'keep'?",
    "check x --severity PKG=warn": "not 'warn'; did you mean 'warning'?",
    "check x --names-encoding gkb": "not 'gkb'; did you mean 'gbk'?",
    "check x --limit entires=5": "no limit is named 'entires'; did you mean 'entries'?",
    "show samples/order-center 'topic/ordres'": "did you mean 'topic/orders'?",
}


def test_a_misspelled_word_is_answered_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for line, said in MISSPELLED.items():
        with pytest.raises((click.UsageError, AssetpkgError)) as caught:
            cli.main(shlex.split(line), "assetpkg", standalone_mode=False)
        error = caught.value
        assert said in (error.format_message() if isinstance(error, click.UsageError) else str(error)), line


def test_what_is_near_is_found_quickly_among_very_many_and_in_no_very_long_word() -> None:
    known = [f"api/Order Center/orders/get-order-{number:05}" for number in range(20_000)]
    assert nearest("api/Order Center/orders/get-ordre-00321", known) == known[321]
    assert nearest("APPLICATIONS", ["apis", "applications"]) == "applications"
    assert nearest("a" * 201, ["a" * 200]) is None
    assert near("zzz", ["apis", "topics"]) == "; there are apis, topics"
