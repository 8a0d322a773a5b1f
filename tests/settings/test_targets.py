"""Named targets: what a name stands for, what wins over it, and what it is not taken for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assetpkg.archive.write_folder import write_folder
from assetpkg.cli.program import cli as commands
from assetpkg.errors import AssetpkgError
from tests.build import encode, make_package, make_snapshot

SETTINGS = """
[targets.production]
snapshot = "snapshots/production.json"
mode = "Merge"
prefix = "dev_"
datasource-overwrite = true
[targets.staging]
snapshot = "snapshots/staging.json"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a project with two named targets; the current folder is one below."""
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "below").mkdir()
    (tmp_path / "assetpkg.toml").write_text(SETTINGS)
    for name in ("production", "staging"):
        (tmp_path / "snapshots" / f"{name}.json").write_bytes(encode({**make_snapshot(), "name": name}))
    write_folder(tmp_path / "below" / "shop", make_package().archive, private=False)
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def call(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(commands, arguments, standalone_mode=False)


def asked(*arguments: str) -> tuple[str, str, str, bool]:
    """Return into what a plan is, and how the import is asked for."""
    result = call("plan", "shop", "--format", "json", *arguments)
    assert result.exception is None, result.exception
    plan = json.loads(result.stdout)
    options = plan["options"]
    return plan["target"]["name"], options["mode"], options["prefix"], options["datasource_overwrite"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--target", "production"], ("production", "Merge", "dev_", True)),
        (["--target", "staging"], ("staging", "AddNew", "", False)),
        (["--target", "staging", "--mode", "Merge"], ("staging", "Merge", "", False)),
        (["--target", "production", "--mode", "AddNew"], ("production", "AddNew", "dev_", True)),
        (["--target", "production", "--prefix", ""], ("production", "Merge", "", True)),
        (["--target", "production", "--no-datasource-overwrite"], ("production", "Merge", "dev_", False)),
        (["--target", "../snapshots/production.json"], ("production", "AddNew", "", False)),
    ],
)
def test_a_name_stands_for_a_snapshot_and_options_that_are_given_win(
    options: list[str], expected: tuple[str, str, str, bool]
) -> None:
    assert asked(*options) == expected


@pytest.mark.parametrize("there", ["production", "production/readme"])
def test_a_name_that_is_a_path_too_is_neither(project: Path, there: str) -> None:
    place = project / "below" / there
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(encode(make_snapshot()))
    error = call("plan", "shop", "--target", "production").exception
    assert isinstance(error, AssetpkgError)
    assert str(error).startswith("'production' is a target of the settings, and there is a file or folder of that name")
    if place.name == "production":
        assert asked("--target", "./production")[1] == "AddNew"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "productoin",
            "no file or folder, and no target of the settings, is named 'productoin'; did you mean 'production'",
        ),
        ("x", "no file or folder, and no target of the settings, is named 'x'; there are production, staging"),
        ("production.json", "cannot read 'production.json': no such file or directory"),
        ("there/production", "cannot read 'there/production': no such file or directory"),
    ],
)
def test_what_is_neither_a_name_nor_a_path(word: str, sentence: str) -> None:
    assert str(call("plan", "shop", "--target", word).exception).startswith(sentence)


def test_every_command_with_a_target_takes_a_name_and_protects_what_it_stands_for(project: Path) -> None:
    snapshot = project / "snapshots" / "production.json"
    before = snapshot.read_bytes()
    assert call("plan", "shop", "--target", "production", "--format", "json", "-o", "plan.json").exception is None
    for command, *words in (
        ["plan", "shop"],
        ["compare", "shop"],
        ["checklist", "shop"],
        ["apply", "shop"],
        ["undo", "shop"],
        ["verify", "plan.json", "--package", "shop"],
    ):
        made = ["-o", f"{command}.out"]
        result = call(command, *words, "--target", "production", *made)
        assert result.exception is None, (command, result.exception)
        assert result.return_value == 0, (command, result.stdout)
        refused = call(command, *words, "--target", "production", "-o", str(snapshot)).exception
        assert "is the target itself; name another place" in str(refused), command
        # Another target of the settings is nobody's input here.
        other = call(command, *words, "--target", "staging", "-o", str(snapshot)).exception
        assert other is None or "itself" not in str(other), command
        snapshot.write_bytes(before)


@pytest.mark.usefixtures("project")
def test_a_comparison_has_the_prefix_of_the_named_target() -> None:
    prefixes = [
        sorted({column["options"]["prefix"] for column in json.loads(call(*words).stdout)["columns"]})
        for words in (
            ["compare", "shop", "--format", "json", "--target", "production"],
            ["compare", "shop", "--format", "json", "--target", "production", "--prefix", "x_"],
            ["compare", "shop", "--format", "json", "--target", "staging"],
        )
    ]
    assert prefixes == [["", "dev_"], ["", "x_"], [""]]
