"""What no command takes: an empty path, which would be the current folder, and a word that is not UTF-8.

Nor does one take standard input, which is read once, in the place of two inputs.
"""

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path

import click
import pytest

import assetpkg
from assetpkg.__main__ import main
from assetpkg.cli.parameters import Input, Offered, SettingOption, Somewhere
from assetpkg.cli.program import COMMANDS
from assetpkg.errors import AssetpkgError, CannotRead, CannotWrite, InvalidOption
from tests.build import make_package
from tests.conftest import SAMPLES
from tests.tables import every_row

BAD = os.fsdecode(b"caf\xe9")
"""A word in Latin-1, as Python has it."""
PACKAGE = str(SAMPLES / "order-center")
ANSWERS = str(SAMPLES / "answers")
NOT_UTF8 = "'caf\\udce9' is not UTF-8"
EMPTY = "the path is empty"


def parameters(*, paths: bool) -> Iterator[tuple[str, list[str], str]]:
    """Yield every parameter for paths, or for words: a title, a call in which only its value is wrong, its name.

    A chapter of the manual is only looked up, by a command that shows nothing else.
    """
    value = "" if paths else BAD
    for name in COMMANDS.keys() - {"help"}:
        command: click.Command = import_module(f"assetpkg.cli.commands.{name}").command
        needed = [each for each in command.params if each.required]
        for each in command.params:
            is_path = isinstance(each.type, Somewhere | click.Path)
            if is_path is not paths or (paths and isinstance(each, SettingOption)):
                continue
            if not paths and type(each.type) not in {Offered, click.types.StringParamType}:
                continue
            words = [*_said(each, value)]
            before = [word for other in needed if other is not each for word in _said(other, "x")]
            called = max(each.opts, key=len) if isinstance(each, click.Option) else ""
            yield f"{name} {each.name}", [name, *before, *words], called


def _said(parameter: click.Parameter, value: str) -> list[str]:
    return [parameter.opts[-1], value] if isinstance(parameter, click.Option) else [value]


def failure(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: list[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["assetpkg", *words])
    with pytest.raises(SystemExit) as end:
        main()
    said = capfd.readouterr()
    assert (end.value.code, said.out) == (2, ""), words
    return said.err


@pytest.mark.parametrize(("paths", "why"), [(True, EMPTY), (False, NOT_UTF8)], ids=["empty paths", "words not UTF-8"])
def test_every_parameter_of_every_command_refuses_it_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    paths: bool,  # noqa: FBT001 - a case
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = list(parameters(paths=paths))
    assert {"plan prefix", "new name", "snapshot name"} <= {title for title, _, _ in rows} or paths
    assert {"plan target", "check packages", "new folder"} <= {title for title, _, _ in rows} or not paths
    for title, words, called in rows:
        said = failure(monkeypatch, capfd, words)
        assert why in said, (title, said)
        assert said.startswith(f"assetpkg: {called}"), (title, said)
        assert said.count("\n") == 1, (title, said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("options", "why"), [(("--target", ""), EMPTY), (("--prefix", BAD), NOT_UTF8)])
def test_it_is_told_in_the_format_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], options: tuple[str, str], why: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["assetpkg", "plan", PACKAGE, "--format", "json", *options])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert why in capfd.readouterr().out.replace("\\\\", "\\")


def pairs_of_inputs() -> Iterator[tuple[list[str], str]]:
    """Yield calls of every command in which two inputs are standard input, and how the command calls these."""
    for name in COMMANDS.keys() - {"help"}:
        command: click.Command = import_module(f"assetpkg.cli.commands.{name}").command
        inputs = [each for each in command.params if isinstance(each.type, Input)]
        for pair in combinations((each for each in inputs for _ in range(2 if each.nargs < 0 else 1)), 2):
            given = [
                ("-" if each in pair else "x", each) for each in command.params for _ in range(pair.count(each) or 1)
            ]
            words = [word for value, each in given if value == "-" or each.required for word in _said(each, value)]
            yield [name, *words], ", ".join(dict.fromkeys(map(_called, pair)))


def _called(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name.strip("[].")


def test_standard_input_is_never_two_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = list(pairs_of_inputs())
    assert {"diff", "compare", "merge", "apply", "undo", "verify", "reconcile"} <= {words[0] for words, _ in rows}
    for words, called in rows:
        assert failure(monkeypatch, capfd, words) == (
            f"assetpkg: standard input can be one input only, and '-' is given 2 times ({called}); name a file or a"
            " folder instead\n"
        )
    assert list(tmp_path.iterdir()) == []


LIBRARY: dict[str, tuple[Callable[[], object], type[AssetpkgError], str]] = {
    "read": (lambda: assetpkg.read(""), CannotRead, f"cannot read '': {EMPTY}"),
    "read_target": (lambda: assetpkg.read_target(""), CannotRead, f"cannot read '': {EMPTY}"),
    "diff": (lambda: assetpkg.diff(PACKAGE, ""), CannotRead, f"cannot read '': {EMPTY}"),
    "write": (lambda: assetpkg.write(make_package({}), ""), CannotWrite, f"cannot write '': {EMPTY}"),
    "unpack": (lambda: assetpkg.unpack(make_package({}), ""), CannotWrite, f"cannot write '': {EMPTY}"),
    "options": (lambda: assetpkg.ImportOptions(prefix=BAD), InvalidOption, f"the prefix: {NOT_UTF8}"),
    "plan": (lambda: assetpkg.plan(PACKAGE, prefix="\udcff"), InvalidOption, "the prefix: '\\udcff' is not UTF-8"),
    "adapt": (lambda: assetpkg.adapt(PACKAGE, prefix=BAD), InvalidOption, f"the prefix: {NOT_UTF8}"),
    "new": (lambda: assetpkg.new(make_package({}), "topic", BAD), InvalidOption, f"the name: {NOT_UTF8}"),
    "new_package": (lambda: assetpkg.new_package("never", BAD), InvalidOption, f"the name: {NOT_UTF8}"),
    "read_answers": (lambda: assetpkg.read_answers(ANSWERS, name=BAD), InvalidOption, f"the name: {NOT_UTF8}"),
}


@every_row("name", LIBRARY)
def test_the_library_refuses_it_too(name: str) -> None:
    ask, error, said = LIBRARY[name]
    with pytest.raises(AssetpkgError) as caught:
        ask()
    assert isinstance(caught.value, error)
    assert str(caught.value).startswith(said)


def test_a_variable_that_is_not_utf8_is_refused_without_its_value(tmp_path: Path) -> None:
    by = tmp_path / "adapt.toml"
    by.write_text(
        'format = "assetpkg-adapt/1"\n[resources."datasource/mysql-orders".values]\n'
        '"/content/password" = { env = "DB_PASSWORD" }\n'
    )
    with pytest.raises(InvalidOption, match=r"needs the environment variable DB_PASSWORD, which is not UTF-8$"):
        assetpkg.adapt(PACKAGE, by, variables={"DB_PASSWORD": BAD})


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names of files")
def test_paths_may_have_any_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (
        ["unpack", str(SAMPLES / "order-center.zip"), "-o", BAD],
        ["check", BAD, "--report", f"json={BAD}.json"],
        ["plan", BAD, "-o", f"{BAD}.txt"],
        ["snapshot", BAD, "-o", f"{BAD}-snapshot.json"],
        ["learn", f"{BAD}/apis", "-o", f"{BAD}.toml"],
        [
            "plan",
            PACKAGE,
            "--mode",
            "Merge",
            "--target",
            f"{BAD}-snapshot.json",
            "--fail-on",
            "never",
            "-o",
            "plan.txt",
        ],
    ):
        monkeypatch.setattr(sys, "argv", ["assetpkg", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 0, words


def test_what_names_itself_after_a_file_has_escapes_for_such_bytes(tmp_path: Path) -> None:
    answers = tmp_path / f"{BAD}.json"
    answers.write_bytes(b'{"total": 0, "size": 0, "apps": []}')
    assert assetpkg.read_answers(f"application={answers}").instance.name == "caf\\udce9"
