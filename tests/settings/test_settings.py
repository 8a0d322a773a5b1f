"""Settings: where they are found, what they may say, and which of several sources wins."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assetpkg.archive.write_folder import write_folder
from assetpkg.cli.parameters import SettingOption
from assetpkg.cli.program import COMMANDS
from assetpkg.cli.program import cli as commands
from assetpkg.diagnostics.model import Severity
from assetpkg.errors import AssetpkgError, InvalidOption
from assetpkg.settings.file import find_settings, read_settings
from assetpkg.settings.settings import SETTINGS, Settings
from assetpkg.settings.sources import find_ignored, parse_words, read_environment, settle
from assetpkg.settings.table import Setting
from tests.build import API, TOPIC, edited, encode, make_package, make_snapshot
from tests.conftest import ROOT, Cli
from tests.tables import every_row

API_ENTRY = "apis/Shop/orders/get-order.json"
TOPIC_ENTRY = "topics/order-events.json"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: a project with a package `shop` in which RSC014 and, twice, RSC016 are found."""
    changes = {
        API_ENTRY: edited(API, colour="red", auth_type="NOBODY"),
        TOPIC_ENTRY: edited(TOPIC, colour="red"),
    }
    folder = tmp_path / "project"
    folder.mkdir()
    write_folder(folder / "shop", make_package(changes).archive, private=False)
    monkeypatch.chdir(folder)
    return folder


def call(*arguments: str) -> Result:
    """Run a command in this process; the exit status of a command is its return value."""
    return CliRunner().invoke(commands, arguments, standalone_mode=False)


def codes(*arguments: str) -> str:
    """Return what `check` finds in the package of the project: codes and severities."""
    result = call("check", "shop", "--format", "json", *arguments)
    assert result.exception is None, result.exception
    (package,) = json.loads(result.stdout)["packages"]
    return " ".join(f"{found['code']}:{found['severity']}" for found in package["diagnostics"])


EVERYTHING = "RSC014:error RSC016:info RSC016:info"


@pytest.mark.parametrize(
    ("files", "start", "expected"),
    [
        pytest.param({"assetpkg.toml": 'ignore = ["RSC"]'}, "", "RSC", id="own file here"),
        pytest.param({"assetpkg.toml": 'ignore = ["RSC"]'}, "a/b", "RSC", id="own file above"),
        pytest.param({"pyproject.toml": '[tool.assetpkg]\nignore = ["RSC"]'}, "a", "RSC", id="shared file above"),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "pyproject.toml": '[tool.assetpkg]\nignore = ["SEC"]'},
            "",
            "RSC",
            id="the own file wins in the same folder",
        ),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "a/pyproject.toml": '[tool.assetpkg]\nignore = ["SEC"]'},
            "a/b",
            "SEC",
            id="the nearest folder wins",
        ),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "a/pyproject.toml": '[tool.ruff]\nselect = ["ALL"]'},
            "a",
            "RSC",
            id="a project file without our table is passed by",
        ),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "a/pyproject.toml": "this is not TOML"},
            "a",
            "RSC",
            id="whatever else is in it",
        ),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "a/pyproject.toml": 'tool = "assetpkg"'},
            "a",
            "RSC",
            id="the word alone is not a table",
        ),
        pytest.param({"assetpkg.toml": ""}, "", None, id="an empty file"),
        pytest.param(
            {"assetpkg.toml": 'ignore = ["RSC"]', "a/pyproject.toml": "[tool.assetpkg]"},
            "a",
            None,
            id="an empty table ends the search",
        ),
        pytest.param(
            {"assetpkg.toml/readme": "", "pyproject.toml": '[tool.assetpkg]\nignore = ["RSC"]'},
            "",
            "RSC",
            id="a folder of that name is not a file",
        ),
    ],
)
def test_where_settings_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str], start: str, expected: str | None
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path / start)
    for place in (Path(), tmp_path / start):
        assert find_settings(place).ignore == (None if expected is None else (expected,))


def test_everything_that_a_file_may_say(project: Path) -> None:
    text = """
        [tool.assetpkg]
        select = ["RSC", "REF,SEC"]
        ignore = ["RSC016"]
        fail-on = "warning"
        jobs = 2
        [tool.assetpkg.severity]
        RSC01 = "risk"
        [tool.assetpkg.per-kind-ignores]
        api = ["RSC014"]
        [tool.assetpkg.per-path-ignores]
        "topics/**" = ["RSC"]
        [tool.assetpkg.assume]
        merge-existing = "keep"
        [tool.assetpkg.schemas]
        topic = "schemas/topic.json"
    """
    (project / "pyproject.toml").write_text(text)
    assert find_settings(project) == Settings(
        select=("RSC", "REF", "SEC"),
        ignore=("RSC016",),
        fail_on=Severity.WARNING,
        jobs=2,
        severities={"RSC01": Severity.RISK},
        per_kind={"api": ("RSC014",)},
        per_path={"topics/**": ("RSC",)},
        assumptions={"merge-existing": "keep"},
        schemas={"topic": "schemas/topic.json"},
        folder=project,
    )


BAD = [
    ("ignor = []", "no setting is named 'ignor'; did you mean 'ignore'?"),
    ("fail_on = 'risk'", "no setting is named 'fail_on'; did you mean 'fail-on'?"),
    (
        "zzz = 1",
        "no setting is named 'zzz'",
    ),
    ("select = 'RSC'", "select: write a list of strings"),
    ("select = [1]", "select: write a list of strings"),
    ("select = ['RCS']", "select: no rule code begins with 'RCS'; did you mean 'RSC'?"),
    ("ignore = ['RSC999']", "ignore: no rule code begins with 'RSC999'"),
    ("fail-on = 'info'", "fail-on: write one of error, risk, warning, never, not 'info'"),
    ("fail-on = true", "fail-on: write one of error, risk, warning, never, not True"),
    ("fail-on = ['risk']", "fail-on: write one of error, risk, warning, never, not ['risk']"),
    ("severity = 'error'", "severity: write a table of strings"),
    ("severity = {RSC016 = 3}", "severity: write a table of strings"),
    ("severity = {RSC016 = 'fatal'}", "severity: a severity is one of error, risk, warning, info, not 'fatal'"),
    ("severity = {RCS = 'error'}", "severity: no rule code begins with 'RCS'; did you mean 'RSC'?"),
    ("per-kind-ignores = ['RSC']", "per-kind-ignores: write a table with lists of rule codes"),
    ("per-kind-ignores = {api = 'RSC'}", "per-kind-ignores: write a list of strings"),
    ("per-kind-ignores = {apis = ['RSC']}", "per-kind-ignores: no kind is named 'apis'; did you mean 'api'?"),
    ("per-path-ignores = {'apis/**' = ['X']}", "per-path-ignores: no rule code begins with 'X'"),
    ("per-path-ignores = {'/apis' = ['RSC']}", "per-path-ignores: no entry of a package fits '/apis'"),
    ("assume = {merge-exists = 'keep'}", "assume: no assumption is named 'merge-exists'; did you mean 'merge-exist"),
    ("assume = {merge-existing = 'drop'}", "assume: assumption merge-existing is one of undetermined, keep, update"),
    ("assume = {merge-existing = 1}", "assume: write a table of strings"),
    ("schemas = {apis = 'a.json'}", "schemas: no kind is named 'apis'; did you mean 'api'?"),
    ("schemas = {api = ['a.json']}", "schemas: write a table of strings"),
    ("jobs = 0", "jobs: write a number of processes, from 1 to 60, not 0"),
    ("jobs = 61", "jobs: write a number of processes, from 1 to 60, not 61"),
    ("jobs = true", "jobs: write a number of processes, from 1 to 60, not True"),
    ("jobs = '2'", "jobs: write a number of processes, from 1 to 60, not '2'"),
    ("baseline = 1", "baseline: write the path of a file"),
    ("targets = ['production']", "targets: write each target as a table, [targets.NAME]"),
    ("targets = {a = 'a.json'}", "targets: write each target as a table, [targets.NAME]"),
    (
        "targets = {'a/b' = {snapshot = 'a.json'}}",
        "targets: a target cannot be named 'a/b'; write a word that is not a",
    ),
    ("targets = {a = {mode = 'Merge'}}", "targets: 'a' needs a snapshot, the path of what '--target' reads"),
    ("targets = {a = {snapshot = '-'}}", "targets: 'a': snapshot: write the path of a file or folder"),
    ("targets = {a = {snapshot = 'a.json', mod = 'Merge'}}", "targets: 'a' has no key 'mod'; did you mean 'mode'?"),
    ("targets = {a = {snapshot = 'a.json', mode = 'Add'}}", "targets: 'a': mode: the mode is AddNew or Merge"),
    ("targets = {a = {snapshot = 'a.json', prefix = 1}}", "targets: 'a': prefix: the prefix is a text, not 1"),
    ("targets = {a = {snapshot = 'a.json', datasource-overwrite = 1}}", "targets: 'a': datasource-overwrite: write tr"),
    ("allow = {code = 'RSC014'}", "allow: write each as a table, [[allow]]"),
    ("allow = [{code = 'RSC014', address = '*'}]", "allow: number 1 needs a key 'reason': say why it is accepted"),
    ("allow = [{code = 'RSC014', reason = 'x'}]", "allow: number 1 needs a key 'address', a pattern for addresses"),
    ("allow = [{address = '*', reason = 'x'}]", "allow: number 1 needs a key 'code', the code of the rule"),
    ("allow = [{code = 'RSC014', address = '*', reason = ' '}]", "allow: number 1: reason: write a reason"),
    (
        "allow = [{code = 'RCS014', address = '*', reason = 'a'}]",
        "allow: no rule code begins with 'RCS014'; did you mean 'RSC014'",
    ),
    ("allow = [{code = 'RSC014,RSC016'}]", "allow: number 1: code: write one code, and a table for each"),
    ("allow = [{codes = 'RSC014'}]", "allow: number 1 has no key 'codes'; did you mean 'code'?"),
    ("allow = [{until = 'tomorrow'}]", "allow: number 1: until: write a date as in 2027-01-31, not 'tomorrow'"),
    ("allow = [{until = 2027-01-31T10:00:00Z}]", "allow: number 1: until: write a date as in 2027-01-31, not 2027-"),
]


@pytest.mark.parametrize(("line", "sentence"), BAD, ids=[line for line, _ in BAD])
@pytest.mark.parametrize("name", ["assetpkg.toml", "pyproject.toml"])
def test_what_a_file_may_not_say(project: Path, name: str, line: str, sentence: str) -> None:
    (project / name).write_text(f"[tool.assetpkg]\n{line}" if name == "pyproject.toml" else line)
    for command in ("check", "plan"):
        result = call(command, "shop")
        assert isinstance(result.exception, AssetpkgError)
        assert str(result.exception).startswith(f"{name}: {sentence}")
        assert "\n" not in str(result.exception)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"ignore = [", "assetpkg.toml is not TOML: "),
        (b"ignore = []\nignore = []", "assetpkg.toml is not TOML: cannot overwrite a value"),
        (b"# \xff", "assetpkg.toml is not UTF-8; save it as UTF-8"),
        (
            b"[tool.assetpkg]\nignore = []",
            "assetpkg.toml: [tool.assetpkg] is only for pyproject.toml; leave it out here: settings are at the top",
        ),
        (
            b"[tool.assetpkg.targets.a]\nsnapshot = 'a.json'",
            "assetpkg.toml: [tool.assetpkg] is only for pyproject.toml; leave it out here",
        ),
        (b"[tool.ruff]", "assetpkg.toml: no setting is named 'tool'"),
        (b"x = " + b"[" * 100_000, "assetpkg.toml is nested too deeply"),
        (b"#" * (2**20 + 1), "assetpkg.toml is more than 1,048,576 bytes long"),
    ],
)
def test_what_is_no_file_of_settings(project: Path, content: bytes, sentence: str) -> None:
    (project / "assetpkg.toml").write_bytes(content)
    result = call("check", "shop")
    assert isinstance(result.exception, AssetpkgError)
    assert str(result.exception).startswith(sentence)


def test_our_name_for_something_else_in_a_project_file(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool]\nassetpkg = 3")
    assert str(call("check", "shop").exception) == "pyproject.toml: assetpkg must be a table"


def test_the_file_is_named_as_seen_from_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "assetpkg.toml").write_text("zzz = 1")
    monkeypatch.chdir(project / "shop" / "topics")
    assert str(call("check", "..").exception).startswith("../../assetpkg.toml: no setting is named 'zzz'")


@pytest.mark.parametrize(
    ("file", "environment", "options", "expected"),
    [
        pytest.param("", {}, [], EVERYTHING, id="nothing said"),
        pytest.param("ignore = ['RSC014']", {}, [], "RSC016:info RSC016:info", id="file"),
        pytest.param(
            "ignore = ['RSC014']", {"ASSETPKG_IGNORE": "RSC016"}, [], "RSC014:error", id="environment beats file"
        ),
        pytest.param(
            "ignore = ['RSC014']",
            {"ASSETPKG_IGNORE": "SEC"},
            ["--ignore", "RSC016"],
            "RSC014:error",
            id="command line beats both",
        ),
        pytest.param("ignore = ['RSC014']", {}, ["--ignore", ""], EVERYTHING, id="an empty list, too"),
        pytest.param(
            "ignore = ['RSC014']", {"ASSETPKG_IGNORE": ""}, [], "RSC016:info RSC016:info", id="empty is unset"
        ),
        pytest.param("ignore = ['RSC']", {}, ["--select", "RSC014"], "RSC014:error", id="the longer prefix decides"),
        pytest.param(
            "severity = {RSC016 = 'risk', RSC014 = 'info'}",
            {"ASSETPKG_SEVERITY": "RSC016=warning, REF=info"},
            [],
            "RSC014:info RSC016:warning RSC016:warning",
            id="a table replaces what it names",
        ),
        pytest.param(
            "severity = {RSC016 = 'risk', RSC014 = 'info'}",
            {},
            ["--severity", "RSC=warning"],
            "RSC014:warning RSC016:warning RSC016:warning",
            id="a prefix replaces what begins with it",
        ),
        pytest.param(
            "severity = {RSC = 'risk'}",
            {},
            ["--severity", "RSC014=info", "--severity", "RSC016=error"],
            "RSC014:info RSC016:error RSC016:error",
            id="and not what it begins with",
        ),
        pytest.param(
            "per-kind-ignores = {api = ['RSC016']}", {}, [], "RSC014:error RSC016:info", id="per kind, in the file"
        ),
        pytest.param(
            "per-kind-ignores = {api = ['RSC016']}",
            {"ASSETPKG_PER_KIND_IGNORES": "topic:RSC016;api:RSC014"},
            [],
            "RSC016:info",
            id="per kind, in the environment",
        ),
        pytest.param(
            "",
            {},
            ["--per-kind-ignores", "api:RSC014", "--per-kind-ignores", "api:RSC016"],
            "RSC016:info",
            id="per kind, twice on the command line",
        ),
        pytest.param("", {}, ["--per-path-ignores", "topics/**:RSC016,SEC"], "RSC014:error RSC016:info", id="per path"),
        pytest.param(
            "", {"ASSETPKG_PER_PATH_IGNORES": "topics/;*.json:RSC014"}, [], None, id="per path, without codes"
        ),
        pytest.param(
            "",
            {"ASSETPKG_PER_PATH_IGNORES": "get order.json:RSC;*.json:RSC014"},
            [],
            "RSC016:info RSC016:info",
            id="per path, in the environment",
        ),
        pytest.param("ignore = ['RSC014']", {}, ["--no-config"], EVERYTHING, id="without the file"),
        pytest.param("ignore = ['RSC014']", {}, ["--config", "other.toml"], "RSC014:error", id="another file"),
        pytest.param("ignore = ['RSC014']", {"ASSETPKG_CONFIG": "other.toml"}, [], "RSC014:error", id="by environment"),
        pytest.param("", {"ASSETPKG_UNKNOWN": "x", "ASSETPKG_SCHEMAS": "x"}, [], EVERYTHING, id="no such variable"),
    ],
)
def test_which_source_wins(  # noqa: PLR0913, PLR0917 - one for each column
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    environment: Mapping[str, str],
    options: list[str],
    expected: str | None,
) -> None:
    (project / "assetpkg.toml").write_text(file)
    (project / "other.toml").write_text("ignore = ['RSC016']")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if expected is None:
        assert isinstance(call("check", "shop", *options).exception, AssetpkgError)
    else:
        assert codes(*options) == expected


@pytest.mark.parametrize(
    ("file", "options", "status"),
    [
        ("", [], 1),
        ("ignore = ['RSC014']", [], 0),
        ("ignore = ['RSC014']\nseverity = {RSC016 = 'warning'}", [], 0),
        ("ignore = ['RSC014']\nseverity = {RSC016 = 'warning'}\nfail-on = 'warning'", [], 1),
        ("ignore = ['RSC014']\nseverity = {RSC016 = 'warning'}\nfail-on = 'warning'", ["--fail-on", "risk"], 0),
        ("severity = {RSC014 = 'risk'}\nfail-on = 'error'", [], 0),
        ("fail-on = 'error'", [], 1),
    ],
)
def test_the_exit_status_follows(project: Path, file: str, options: list[str], status: int) -> None:
    (project / "assetpkg.toml").write_text(file)
    (project / "target.json").write_bytes(encode(make_snapshot()))
    assert call("check", "shop", *options).return_value == status
    assert call("plan", "shop", "--target", "target.json", *options).return_value == status


@pytest.mark.parametrize(
    ("file", "option", "expected"),
    [
        ("", "limit-of-100=each", ("undetermined", "each")),
        ("assume = {merge-existing = 'keep'}", "limit-of-100=sum", ("keep", "sum")),
        ("assume = {merge-existing = 'keep', limit-of-100 = 'sum'}", "merge-existing=update", ("update", "sum")),
    ],
)
def test_assumptions_come_from_the_file_too(project: Path, file: str, option: str, expected: tuple[str, str]) -> None:
    (project / "assetpkg.toml").write_text(file)
    there = edited(TOPIC, description="another one")
    (project / "target.json").write_bytes(encode(make_snapshot({"topic": [there]})))
    result = call("plan", "shop", "--target", "target.json", "--mode", "Merge", "--format", "json", "--assume", option)
    shown = json.loads(result.stdout)
    actions = {change["kind"]: change["action"] for change in shown["changes"]}
    assert (actions["topic"], shown["options"]["assumptions"]["limit-of-100"]) == expected


def test_a_conflict_fails_whatever_the_settings_say(project: Path) -> None:
    (project / "assetpkg.toml").write_text("select = ['PKG']\nfail-on = 'error'")
    (project / "target.json").write_bytes(encode(make_snapshot({"topic": [TOPIC]})))
    result = call("plan", "shop", "--target", "target.json", "--format", "json")
    assert (result.return_value, json.loads(result.stdout)["verdict"]) == (1, "blocked")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--severity", "RSC016"], "--severity: write CODE=LEVEL, not 'RSC016'"),
        (["--severity", "RSC016=fatal"], "--severity: a severity is one of error, risk, warning, info, not 'fatal'"),
        (["--per-kind-ignores", "api"], "--per-kind-ignores: write KIND:CODES, not 'api'"),
        (["--per-kind-ignores", "apis:RSC"], "--per-kind-ignores: no kind is named 'apis'; did you mean 'api'?"),
        (["--per-path-ignores", "RSC"], "--per-path-ignores: write PATTERN:CODES, not 'RSC'"),
        (["--per-path-ignores", ":RSC"], "--per-path-ignores: no entry of a package fits ''"),
        (["--select", "RCS"], "--select: no rule code begins with 'RCS'; did you mean 'RSC'?"),
        (["--config", "none.toml"], "cannot read 'none.toml': no such file or directory"),
        (["--baseline", "none.json"], "cannot read 'none.json': no such file or directory"),
        (["--config", "shop"], "cannot read 'shop': it is a folder; name a file"),
        (["--config", "pyproject.toml"], "pyproject.toml has no table [tool.assetpkg]"),
        (["--config", "pyproject.toml", "--no-config"], "--config and --no-config exclude each other."),
    ],
)
def test_what_the_command_line_may_not_say(project: Path, options: list[str], sentence: str) -> None:
    (project / "pyproject.toml").write_text("[project]")
    result = call("check", "shop", *options)
    assert str(result.exception).startswith(sentence)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ASSETPKG_SELECT", "RCS", "ASSETPKG_SELECT: no rule code begins with 'RCS'; did you mean 'RSC'?"),
        ("ASSETPKG_FAIL_ON", "info", "ASSETPKG_FAIL_ON: write one of error, risk, warning, never, not 'info'"),
        ("ASSETPKG_SEVERITY", "RSC", "ASSETPKG_SEVERITY: write CODE=LEVEL, not 'RSC'"),
        ("ASSETPKG_ASSUME", "merge=keep", "ASSETPKG_ASSUME: no assumption is named 'merge'"),
        ("ASSETPKG_CONFIG", "none.toml", "cannot read 'none.toml': no such file or directory"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_the_environment_may_not_say(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert str(call("check", "shop").exception).startswith(sentence)


UNKNOWN = "assetpkg does not know it"


@every_row(
    ("variables", "why"),
    [
        pytest.param({"ASSETPKG_FALI_ON": "risk"}, f"{UNKNOWN}; did you mean 'ASSETPKG_FAIL_ON'?", id="two letters"),
        pytest.param({"ASSETPKG_fail_on": "risk"}, f"{UNKNOWN}; did you mean 'ASSETPKG_FAIL_ON'?", id="small letters"),
        pytest.param({"ASSETPKG_LIMIT": "file=1"}, f"{UNKNOWN}; did you mean 'ASSETPKG_LIMITS'?", id="as the option"),
        pytest.param({"ASSETPKG_VERBOSE": "1"}, UNKNOWN, id="like none"),
        pytest.param({"ASSETPKG_MODE": "Merge"}, UNKNOWN, id="an option that is not a setting"),
        pytest.param({"ASSETPKG_ALLOW": "x"}, "this setting can only be in a file", id="only in a file"),
    ],
)
def test_a_variable_that_nothing_reads_is_reported(variables: Mapping[str, str], why: str) -> None:
    assert list(find_ignored(variables)) == [f"the environment variable {next(iter(variables))} is ignored: {why}"]


@every_row(
    ("variables",),
    [
        pytest.param({"ASSETPKG_FALI_ON": ""}, id="empty"),
        pytest.param({"ASSETPKG_FAIL_ON": "error", "ASSETPKG_CONFIG": "a.toml"}, id="known ones"),
        pytest.param({"ASSETPKG_TESTS": "thorough", "_ASSETPKG_COMPLETE": "bash_complete"}, id="of others"),
        pytest.param({"GITLAB_CI": "true", "ASSETPKG_MODE": "Merge"}, id="of the template, in GitLab"),
        pytest.param({"FALI_ON": "error", "ASSETPKG": "x"}, id="other names"),
    ],
)
def test_of_other_variables_nothing_is_reported(variables: Mapping[str, str]) -> None:
    assert list(find_ignored(variables)) == []


def test_the_variables_of_the_template_for_gitlab_are_known_in_gitlab() -> None:
    template = (ROOT / ".gitlab" / "assetpkg.yml").read_text(encoding="utf-8")
    named = dict.fromkeys(re.findall(r"ASSETPKG_\w+", template), "x")
    assert "ASSETPKG_MODE" in named
    assert list(find_ignored({**named, "GITLAB_CI": "true"})) == []


def test_a_note_on_a_variable_changes_neither_output_nor_status(project: Path, cli: Cli) -> None:
    before = cli("check", "shop", "--format", "json", cwd=project)
    after = cli("check", "shop", "--format", "json", cwd=project, environment={"ASSETPKG_FALI_ON": "never"})
    assert (after.returncode, after.stdout) == (before.returncode, before.stdout)
    assert before.stderr == b""
    assert after.stderr.startswith(b"assetpkg: the environment variable ASSETPKG_FALI_ON is ignored: ")


def test_layers_keep_what_is_only_below() -> None:
    below = Settings(select=("RSC",), fail_on=Severity.ERROR, schemas={"api": "a.json"}, folder=Path("p"))
    above = parse_words({"ignore": ("SEC",), "select": (), "assume": ("limit-of-100=sum",)})
    assert above.over(read_environment({})).over(below) == Settings(
        select=("RSC",),
        ignore=("SEC",),
        fail_on=Severity.ERROR,
        assumptions={"limit-of-100": "sum"},
        schemas={"api": "a.json"},
        folder=Path("p"),
    )


@pytest.mark.parametrize("row", SETTINGS.values(), ids=SETTINGS)
def test_no_setting_is_lost_where_one_source_is_laid_over_another(tmp_path: Path, row: Setting) -> None:
    file = tmp_path / "assetpkg.toml"
    file.write_text(row.example, "utf-8")
    said = read_settings(file)
    assert getattr(said, row.field) != getattr(Settings(), row.field)
    for laid in (said.over(Settings()), Settings().over(said), said.over(said)):
        assert getattr(laid, row.field) == getattr(said, row.field)


def test_schemas_go_with_the_folder_that_they_are_in() -> None:
    below = Settings(schemas={"api": "a.json"}, folder=Path("below"))
    above = Settings(schemas={"topic": "t.json"}, folder=Path("above"))
    assert (above.over(below).schemas, above.over(below).folder) == ({"topic": "t.json"}, Path("above"))
    assert above.over(Settings(folder=Path("below"))) == above


@every_row("row", [row for row in SETTINGS.values() if row.words], ids=lambda row: row.key)
def test_every_setting_with_words_is_an_option_and_a_variable(row: Setting) -> None:
    offered = {
        option
        for name in COMMANDS
        for option in import_module(f"assetpkg.cli.commands.{name}").command.params
        if isinstance(option, SettingOption) and option.setting is row
    }
    assert {option.opts[-1] for option in offered} == {f"--{row.flag}"}
    with pytest.raises(InvalidOption, match=row.variable):
        read_environment({row.variable: "no such thing"})


def test_without_a_current_folder_there_are_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert settle({}) == Settings()


def test_a_path_that_no_file_can_have_ends_no_search() -> None:
    assert find_settings(Path("/" + "a/" * 3000)) == find_settings(Path("/"))


def test_the_command_ends_with_2_and_one_sentence(project: Path, cli: Cli) -> None:
    (project / "assetpkg.toml").write_text("ignor = ['RSC']")
    ended = cli("check", "shop", cwd=project)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr == b"assetpkg: assetpkg.toml: no setting is named 'ignor'; did you mean 'ignore'?\n"


@pytest.mark.parametrize("is_there", [False, True])
def test_toml_is_loaded_only_where_there_are_settings(tmp_path: Path, *, is_there: bool) -> None:
    (tmp_path / "assetpkg.toml").write_text("")
    program = "import sys; from assetpkg.settings.sources import settle; settle({}); print('tomllib' in sys.modules)"
    place = tmp_path if is_there else Path(tmp_path.anchor)
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=place, capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert ended.stdout.strip() == str(is_there)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[plan-rules]", "write each rule as a table, [[plan-rules]]"),
        ("[[plan-rules]]", "number 1 needs a name"),
        ('[[plan-rules]]\nname = "a"\nkind = ["api"]', "'a' has no key 'kind'; did you mean 'kinds'?"),
        ('[[plan-rules]]\nname = "a"\nkinds = ["apis"]', "'a': kinds: no kind is named 'apis'; did you mean 'api'?"),
        ('[[plan-rules]]\nname = "a"\nactions = ["updates"]', "no action is named 'updates'; did you mean 'update'?"),
        ('[[plan-rules]]\nname = "a"\nat-most = -1', "'a': at-most: write a number from 0 on"),
        ('[[plan-rules]]\nname = "a"\nat-most = true', "'a': at-most: write a number from 0 on"),
        ('[[plan-rules]]\nname = "a"\nnames = "b"', "'a': names: write a list of strings"),
        ('[[plan-rules]]\nname = "a"\nnames = ["b"]\nat-most = 1', "'a' has both names and at-most; write two rules"),
    ],
)
def test_a_plan_rule_that_cannot_be_one(tmp_path: Path, table: str, message: str) -> None:
    file = tmp_path / "assetpkg.toml"
    file.write_text(table, "utf-8")
    with pytest.raises(InvalidOption) as refused:
        read_settings(file)
    assert message in str(refused.value)
