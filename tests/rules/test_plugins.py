"""Rules of a team's own in Python: how they are loaded, what they may be, and what becomes of what they find."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import spec_from_file_location
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import assetpkg
from assetpkg.cli.offers import offer
from assetpkg.cli.program import cli as commands
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.errors import InvalidOption
from assetpkg.report.explain import report_explanation
from assetpkg.rules.plugin_places import search_path
from assetpkg.rules.plugins import parse_plugins
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from assetpkg.settings.file import find_settings, read_settings
from assetpkg.settings.sources import settle
from tests.build import API, DATASOURCE, TASK, TOPIC, edited, make_instance, make_package, make_snapshot
from tests.conftest import ROOT, SAMPLES
from tests.rules.plugged import forget, plugged
from tests.rules.rows import EVENTS, GET_ORDER, SHOP, SYNC, Make, Row, Table, parameters, row
from tests.tables import every_row

RULES = ROOT / "assetpkg" / "manual" / "rules.md"
TOPICS = """
@rule("ACME001", "topic-seen", "warning", source="guideline 7", url="https://acme.example/7")
def topic_seen(package):
    '''A topic was seen.

    Finds all topics.
    '''
    for topic in package.index.resources_of("topic"):
        yield Problem(message=f"was seen, password=Hunter2x!{topic.name}", hint="look away", address=topic.address)
"""
BROKEN = """
@rule("ACME009", "broken", "info")
def broken(package):
    '''It is broken.'''
    for resource in package.resources:
        {}
"""


def with_plugin(text: str) -> Make:
    """The minimal package with an unknown field, checked with a plug-in of this text."""

    def make(_: Path) -> list[Diagnostic]:
        with plugged(text) as name:
            return check(make_package({EVENTS: edited(TOPIC, x=1)}), Policy.parse(plugins=[name]))

    return make


KEPT = 'RSC016 topics/order-events.json#/x 5:3: field "x" is not known for this kind; it is kept unchanged'
FAILED = "the plug-in 'acme_rules' failed in its rule ACME009, which"
FAILING: Table = {
    "RSC042": (
        row(
            "an exception, at the resource that was looked at",
            with_plugin(BROKEN.format("resource.path.names[7]")),
            f"RSC042 {SHOP} 1:1: {FAILED} raised IndexError at acme_rules.py:8 -> correct the plug-in",
            KEPT,
        ),
        row(
            "an end of the program",
            with_plugin(BROKEN.format("raise SystemExit(0)")),
            f"RSC042 {SHOP} 1:1: {FAILED} raised SystemExit at acme_rules.py:8",
            KEPT,
        ),
        row(
            "what is found before the exception",
            with_plugin(BROKEN.format("yield Problem(message='is seen', hint='look', place=resource.place); {}['x']")),
            f"ACME009 {SHOP} 1:1: is seen",
            f"RSC042 {SHOP} 1:1: {FAILED} raised KeyError at acme_rules.py:8",
            KEPT,
        ),
        row(
            "no problems at all",
            with_plugin(BROKEN.format("return 3").replace("yield", "return")),
            f"RSC042: {FAILED} returns int where problems are expected; yield each of them",
            KEPT,
        ),
        row(
            "no function",
            with_plugin("""broken = assetpkg.Rule(code="ACME009", slug="b", severity=assetpkg.Severity.INFO,
                source="a", find=type("Rules", (), {"__doc__": "It is broken.", "__call__": lambda self: []})())"""),
            f"RSC042: {FAILED} raised TypeError",
            KEPT,
        ),
        *(
            row(
                f"a problem that is none: {odd}",
                with_plugin(BROKEN.format(f"yield {odd}")),
                f"RSC042: {FAILED} yields {why}",
                KEPT,
            )
            for odd, why in (
                ("resource.address", "str where an assetpkg.Problem is expected"),
                ("Problem(message='')", "a Problem whose message, hint, entry or pointer is not a text"),
                ("Problem(message='a', hint=None)", "a Problem whose message, hint, entry or pointer is not a text"),
                ("Problem(message='a', pointer='name')", "a Problem whose pointer does not begin with '/'"),
                ("Problem(message='a', address='api/x')", "a Problem with the address of no resource"),
                ("Problem(message='a', place='api/x')", "a Problem whose place is not that of a resource"),
            )
        ),
    )
}
PASSING: Table = {
    "RSC042": (
        row(
            "a rule that finds something",
            with_plugin(
                BROKEN.format("if resource.kind.kind == 'api': yield Problem('is seen', 'look', place=resource.place)")
            ),
            f"ACME009 {GET_ORDER} 1:1: is seen",
            KEPT,
        ),
    )
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


def test_a_rule_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetpkg.rules.team_plugins.MOST_OF_A_PLUGIN", 1_000)
    endless = BROKEN.format("pass\n    while True: yield Problem(message='a')")
    with plugged(endless) as name:
        found = check(make_package(), Policy.parse(plugins=[name]))
    assert [each.message.partition(", which ")[2] for each in found if each.code == "RSC042"] == [
        "finds more than 1,000 problems"
    ]
    assert {each.code for each in found} == {"RSC042", "ACME009"}


def test_what_a_plugin_prints_is_not_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    with plugged(BROKEN.format("print('hunter2')") + "    return []\n") as name:
        check(make_package(), Policy.parse(plugins=[name]))
    assert capsys.readouterr().out == ""


REFUSED = [
    ("", "the plug-in 'acme_rules' has no rules; decorate a function with 'assetpkg.rule'"),
    ("RULES = [1]", "has RULES that are no list of rules; decorate each function with 'assetpkg.rule'"),
    ("RULES = []", "has no rules"),
    ("CODE PKG900", "the code PKG900 begins with PKG, which is assetpkg's own; give it a prefix of your own"),
    ("CODE SECU001", "the code SECU001 begins with SEC, which is assetpkg's own"),
    ("CODE RSC016", "the code RSC016 begins with RSC, which is assetpkg's own"),
    ("CODE ACM001", "the code ACM001 needs four to eight capital letters and three digits, as in ACME001"),
    ("CODE acme001", "the code acme001 needs four to eight capital letters and three digits"),
    ("CODE ACME01", "the code ACME01 needs four to eight capital letters and three digits"),
    ("SLUG a_b", "has the name 'a_b'; write small letters and digits with hyphens, as in api-without-policy"),
    ("SLUG dangling-reference", "has the name 'dangling-reference', which assetpkg has given away; give it another"),
    ("PAGE ", "the code ACME009 needs a docstring, which is its page"),
    ("URL javascript:alert(1)", "the code ACME009 has a url that does not begin with https:// or http://"),
    ("URL 7", "has a rule whose code, name or url is not a text"),
    ("TWICE ", "has two rules ACME009"),
]


@every_row(("what", "sentence"), REFUSED)
def test_a_plugin_that_cannot_be_used_is_refused_in_a_sentence(what: str, sentence: str) -> None:
    word, _, value = what.partition(" ")
    given = {"CODE": "ACME009", "SLUG": "broken", "PAGE": "It is broken.", "URL": "https://acme.example"}
    text = what
    if word in {*given, "TWICE"}:
        given |= {word: value} if word != "TWICE" else {}
        url = int(value) if value.isdigit() else given["URL"]
        head = f"@rule({given['CODE']!r}, {given['SLUG']!r}, 'info', url={url!r})"
        one = f"{head}\ndef a(package):\n    {given['PAGE']!r}\n"
        text = one + (one.replace("def a", "def b").replace("'broken'", "'other'") if word == "TWICE" else "")
    with plugged(text) as name, pytest.raises(InvalidOption) as refused:
        Policy.parse(plugins=[name])
    assert sentence in str(refused.value)


@every_row("words", ["", "()", "('ACME001')", "('ACME001', 'topic-seen')", "('ACME001', severity='info')"])
def test_a_decorator_that_does_not_say_enough_says_what_it_needs(words: str) -> None:
    text = f"@rule{words}\ndef found(package):\n    'A page.'\n"
    with pytest.raises(InvalidOption) as refused, plugged(text):
        pass
    assert str(refused.value) == (
        "a rule is declared with its code, its name and its severity, as in"
        " @assetpkg.rule('ACME001', 'api-without-policy', 'warning')"
    )


def test_two_plugins_cannot_have_one_rule() -> None:
    with (
        plugged(TOPICS) as one,
        plugged(TOPICS, "other_rules") as other,
        pytest.raises(InvalidOption, match="the plug-ins 'acme_rules' and 'other_rules' both have a rule ACME001"),
    ):
        Policy.parse(plugins=[one, other])


NO_NAME = "a plug-in is the name of a Python module, as in acme_rules, and not"


@every_row(
    ("name", "sentence"),
    [
        ("antigravity", "'antigravity' is a part of Python itself, and not a plug-in"),
        ("idlelib.idle", "'idlelib.idle' is a part of Python itself"),
        ("assetpkg.rules", "'assetpkg.rules' is a part of assetpkg itself"),
        ("../acme_rules", f"{NO_NAME} '../acme_rules'"),
        ("acme rules", "a plug-in is the name of a Python module"),
        ("", f"{NO_NAME} ''"),
        (
            "./rules/acme.py",
            f"{NO_NAME} './rules/acme.py'; write 'acme', without '.py', and name its folder in PYTHONPATH",
        ),
        (
            "rules\\acme.PY",
            f"{NO_NAME} 'rules\\acme.PY'; write 'acme', without '.PY', and name its folder in PYTHONPATH",
        ),
        ("my-rules.py", f"{NO_NAME} 'my-rules.py'"),
        ("a" * 300, "a plug-in is the name of a Python module"),
    ],
)
def test_a_name_of_no_plugin_is_refused_where_it_is_said(name: str, sentence: str) -> None:
    with pytest.raises(InvalidOption) as refused:
        parse_plugins([name])
    assert str(refused.value).startswith(sentence)
    assert name.startswith("assetpkg") or name not in sys.modules


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that Python finds modules in; the current folder is another one."""
    known = set(sys.modules)
    folder, here = tmp_path / "modules", tmp_path / "here"
    folder.mkdir()
    here.mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.chdir(here)
    forget()
    yield folder
    for name in set(sys.modules) - known:
        if name.startswith("acme"):
            del sys.modules[name]
    forget()


MARK = "import assetpkg, pathlib\npathlib.Path(__file__).with_suffix('.ran').touch()\n"
"""The text of a module that leaves a mark when it is run."""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "the plug-in 'acme_new' is not installed; install it where assetpkg is installed"),
        ("import assetpkg\n1 / 0\n", "cannot be loaded: ZeroDivisionError at acme_new.py:2"),
        ("import assetpkg\nraise SystemExit(0)\n", "cannot be loaded: SystemExit at acme_new.py:2"),
        ("import assetpkg\nimport acme_missing\n", "cannot be loaded: no module is named 'acme_missing'"),
        ("import assetpkg\ndef (", "cannot be loaded: SyntaxError at acme_new.py:2"),
        (
            "assetpkg = 'password=Hunter2x!'\nraise ValueError(assetpkg)",
            "cannot be loaded: ValueError at acme_new.py:2",
        ),
        ("import assetpkg\nassetpkg.rule('ACME001', 'a', 'fatal')", "the severity of ACME001 is one of error, risk, "),
        (MARK.replace("assetpkg, ", ""), "does not name assetpkg, so it is not a plug-in and was not run"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_a_sentence(modules: Path, text: str | None, sentence: str) -> None:
    if text is not None:
        (modules / "acme_new.py").write_text(text, "utf-8")
    with pytest.raises(InvalidOption) as refused:
        Policy.parse(plugins=["acme_new"])
    assert sentence in str(refused.value)
    assert "Hunter" not in str(refused.value)
    assert not list(modules.glob("*.ran"))


def test_a_module_below_others_is_found_without_running_those(modules: Path) -> None:
    (modules / "acme" / "inner").mkdir(parents=True)
    (modules / "acme" / "__init__.py").write_text(MARK)
    (modules / "acme" / "rules.py").write_text("nothing = 1")
    for name, sentence in {
        "acme.rules": "does not name assetpkg",
        "acme.other": "'acme.other' is not installed",
        "acme.inner": "is a folder without an '__init__.py'",
        "acmes.rules": "is not there, since 'acmes' is not installed; install it",
        "acme.py": "'acme.py' is not installed; write 'acme', without '.py'",
        "acmes.py": "is not there, since 'acmes' is not installed; write 'acmes', without '.py'",
        "acme.rules.py": "'acme.rules.py' is not installed; write 'acme.rules', without '.py'",
    }.items():
        with pytest.raises(InvalidOption, match=re.escape(sentence)):
            Policy.parse(plugins=[name])
    assert not list(modules.rglob("*.ran"))
    (modules / "acme" / "rules.py").write_text("from assetpkg import Problem, rule\n" + TOPICS)
    assert "ACME001" in Policy.parse(plugins=["acme.rules"]).catalogue


def test_nothing_in_an_asset_package_is_run(modules: Path) -> None:
    (modules / "acme_new.py").write_text(MARK)
    (modules.parent / "manifest.json").write_text("this is not JSON")
    with pytest.raises(InvalidOption, match=r"lies in the asset package '.*', and nothing in a package is ever run"):
        Policy.parse(plugins=["acme_new"])
    assert not list(modules.glob("*.ran"))


@pytest.mark.parametrize(
    ("path", "said", "is_there"),
    [
        (["", "x"], None, False),
        (["HERE", "x"], None, False),
        (["bin", "HERE", "x"], "HERE:x", True),
        (["bin", "HERE", "x"], ".:x", True),
        (["bin", "HERE", "x"], ":x", False),
        (["bin", "HERE", "x"], "x:", False),
        (["bin", "HERE", "x"], ":.", True),
        (["HERE", "HERE", "x"], "HERE", True),
        (["bin", "HERE", "x"], "", True),
        (["bin", "", "x"], None, False),
    ],
)
def test_the_current_folder_is_searched_only_where_somebody_asked_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: list[str], said: str | None, *, is_there: bool
) -> None:
    here = str(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [each.replace("HERE", here) for each in path])
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if said is not None:
        monkeypatch.setenv("PYTHONPATH", said.replace("HERE", here).replace(":", os.pathsep))
    assert (here in search_path(), "" in search_path(), "x" in search_path()) == (is_there, False, True)


def test_a_file_that_was_found_in_a_package_names_no_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "pyproject.toml"
    file.write_text('[tool.assetpkg]\nplugins = ["acme_rules"]', "utf-8")
    monkeypatch.chdir(tmp_path / "a")
    with pytest.raises(InvalidOption, match=r"this file was found in the asset package '.*', and such a file cannot"):
        find_settings(Path())
    with pytest.raises(InvalidOption, match=r"name it with '--config pyproject\.toml' if it is your own"):
        settle({})
    assert [plugin.name for plugin in read_settings(file).plugins or ()] == ["acme_rules"]
    assert settle({}, no_config=True).plugins is None
    file.write_text("[tool.assetpkg]\nplugins = []", "utf-8")
    assert settle({}).plugins == ()


def test_a_module_beside_a_strangers_package_is_not_run(tmp_path: Path) -> None:
    """In a process that looks for modules in the current folder first, and for settings, which name the module."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "manifest.json").write_text('{"format": "assetpkg/1", "asset_version": "1.0", "name": "shop"}')
    for folder in (tmp_path, package):
        (folder / "acme_rules.py").write_text(MARK)
    (tmp_path / "assetpkg.toml").write_text('plugins = ["acme_rules"]')
    command = [sys.executable, "-m", "assetpkg", "check", "shop"]
    environment = {**os.environ, "PYTHONPATH": f"{os.pathsep}{ROOT}"}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == (
        "assetpkg: the plug-in 'acme_rules' is not installed; a module in the current folder is not a plug-in until you"
        " install it, or name its folder in PYTHONPATH\n"
    )
    assert not list(tmp_path.rglob("*.ran"))


PACKAGE = {EVENTS: edited(TOPIC, colour="red"), GET_ORDER: edited(API, colour="red")}


@pytest.fixture
def project(modules: Path) -> Path:
    """Return the current folder, with a package and settings that name a plug-in which is there."""
    from assetpkg.package.packing import unpack

    (modules / "acme_rules.py").write_text(f"from assetpkg import Problem, rule\n{TOPICS}", "utf-8")
    unpack(make_package(PACKAGE), "shop")
    Path("assetpkg.toml").write_text('plugins = ["acme_rules"]\nselect = ["ACME", "RSC"]', "utf-8")
    return Path()


def call(*words: str) -> str:
    """Run a command here, which has to end with 0 or 1, and return its standard output."""
    ended = CliRunner().invoke(commands, words, standalone_mode=False)
    assert ended.exception is None, ended.exception
    return ended.stdout


def test_its_findings_are_like_all_others(project: Path) -> None:
    del project
    (package,) = json.loads(call("check", "shop", "--format", "json"))["packages"]
    (found,) = [each for each in package["diagnostics"] if each["code"] == "ACME001"]
    assert (found["message"], found["hint"]) == ("was seen, password=***", "look away")
    assert (found["address"], found["location"]["entry"], found["location"]["line"]) == (
        "topic/order-events",
        EVENTS,
        1,
    )
    codes = [
        ([], "ACME001 RSC016 RSC016"),
        (["--ignore", "ACME"], "RSC016 RSC016"),
        (["--select", "acme001"], "ACME001"),
        (["--per-kind-ignores", "topic:ACME,RSC"], "RSC016"),
        (["--per-path-ignores", "topics/**:ACME"], "RSC016 RSC016"),
    ]
    for words, expected in codes:
        (package,) = json.loads(call("check", "shop", "--format", "json", *words))["packages"]
        assert " ".join(sorted(each["code"] for each in package["diagnostics"])) == expected
    assert "ACME001 error" in call("check", "shop", "--severity", "ACME=error")
    assert "ACME001 " in call("plan", "shop", "--format", "concise")
    assert "1 warning" in call("check", "shop", "--summary")


def test_its_findings_are_accepted_like_all_others(project: Path) -> None:
    call("check", "shop", "--write-baseline", "baseline.json")
    assert "3 accepted (3 by baseline)" in call("check", "shop", "--baseline", "baseline.json")
    with (project / "assetpkg.toml").open("a") as file:
        file.write('\n[[allow]]\ncode = "ACME"\naddress = "topic/*"\nreason = "agreed"\n')
    accepted = call("check", "shop", "--details")
    assert "1 accepted" in accepted
    (run,) = json.loads(call("check", "shop", "--format", "sarif"))["runs"]
    assert [each["ruleId"] for each in run["results"] if each.get("suppressions")] == ["ACME001"]


def test_every_format_knows_the_rule_also_where_the_plugin_is_not(project: Path) -> None:
    call("plan", "shop", "--format", "json", "--output", "plan.json")
    Path("assetpkg.toml").unlink()
    for text in (
        call("show", "plan.json", "--format", "sarif"),
        call("check", "shop", "--plugin", "acme_rules", "--format", "sarif"),
    ):
        (run,) = json.loads(text)["runs"]
        (rule,) = [each for each in run["tool"]["driver"]["rules"] if each["id"] == "ACME001"]
        assert rule["shortDescription"] == {"text": "A topic was seen."}
        assert rule["helpUri"] == "https://acme.example/7"
        assert rule["properties"]["tags"] == ["assetpkg", "ACME"]
        assert "Hunter2x" not in text
    del project


def test_a_saved_plan_is_bound_to_the_plugin(project: Path, modules: Path) -> None:
    del project
    call("plan", "shop", "--format", "json", "--output", "plan.json")
    assert "holds" in call("verify", "plan.json", "--package", "shop")
    with (modules / "acme_rules.py").open("a") as file:
        file.write("MORE = 1\n")
    forget()
    assert "The rules have changed plugins saved acme_rules=" in " ".join(
        call("verify", "plan.json", "--package", "shop").split()
    )


def test_its_rules_are_listed_explained_and_completed(project: Path) -> None:
    assert "ACME001  warning  topic-seen  A topic was seen" in call("rules", "acme")
    assert "https://acme.example/7" in call("rules", "ACME001")
    assert "Finds all topics." in call("explain", "topic-seen")
    assert json.loads(call("rules", "--format", "json"))["rules"][-1]["code"] != "ACME001"
    check_command = commands.get_command(click.Context(commands), "check")
    assert check_command is not None
    context = click.Context(check_command)
    assert [each.word for each in offer("select", "AC", context)] == ["ACC", "ACME"]
    assert [each.word for each in offer("code", "ACME", context)] == ["ACME", "ACME001"]
    assert "ACME001" in {each.word for each in offer("word", "", context)}
    assert "ACME001" not in {each.word for each in report_explanation(None, {}).words}
    alone = CliRunner().invoke(commands, ["rules", "ACME001", "--no-config"], standalone_mode=False)
    assert str(alone.exception) == (
        "no rule has the code 'ACME001'; if a plug-in has it, name that with --plugin, or as 'plugins' in the settings"
    )
    (project / "assetpkg.toml").write_text('plugins = ["acme_missing"]')
    assert [each.word for each in offer("select", "ACM", context)] == []


def test_a_code_that_no_plugin_has_is_refused_where_it_is_said(project: Path) -> None:
    del project
    Path("assetpkg.toml").write_text('plugins = ["acme_rules"]\nignore = ["ACMI"]', "utf-8")
    for words, sentence in (
        ([], "assetpkg.toml: ignore: no rule code begins with 'ACMI'; did you mean 'ACME'?"),
        (["--ignore", "ACMO"], "--ignore: no rule code begins with 'ACMO'; did you mean 'ACME'?"),
        (["--no-config", "--ignore", "ACME"], "--ignore: no rule code begins with 'ACME'"),
        (
            ["--no-config", "--ignore", "ACME001"],
            "--ignore: no rule code begins with 'ACME001'; if a plug-in has it, name that",
        ),
    ):
        ended = CliRunner().invoke(commands, ["check", "shop", *words], standalone_mode=False)
        assert str(ended.exception).startswith(sentence)


def test_only_commands_that_judge_load_a_plugin(project: Path) -> None:
    (project / "assetpkg.toml").write_text('plugins = ["acme_missing"]\nignore = ["ACME"]')
    call("show", "shop")
    call("pack", "shop", "--output", "shop.zip")
    for words in (
        ["check", "shop"],
        ["plan", "shop"],
        ["rules"],
        ["explain"],
        ["verify", "plan.json", "--package", "shop"],
    ):
        Path("plan.json").exists() or call("plan", "shop", "--no-config", "--format", "json", "--output", "plan.json")
        ended = CliRunner().invoke(commands, words, standalone_mode=False)
        assert str(ended.exception).startswith("the plug-in 'acme_missing' is not installed"), words


def test_who_selects_only_a_plugins_rules_knows_that_one_has_failed() -> None:
    with plugged(BROKEN.format("1 / 0") + TOPICS) as name:
        for select, expected in ((["ACME"], ["ACME001", "RSC042"]), (["RSC016"], []), (["SEC"], [])):
            found = check(make_package(), Policy.parse(select, plugins=[name]))
            assert sorted(each.code for each in found) == expected


def test_a_plan_has_its_findings_and_predicts_no_failure_of_them() -> None:
    with plugged(TOPICS.replace('"warning"', '"error"')) as name:
        made = assetpkg.plan(make_package(), make_instance(), policy=Policy.parse(plugins=[name]))
        assert [each.address for each in made.diagnostics if each.code == "ACME001"] == ["topic/order-events"]
        assert not made.prediction.reasons


def blocks(language: str) -> list[str]:
    """Return the blocks of a language in the section about rules in Python."""
    section = RULES.read_text("utf-8").partition("\n## Rules in Python\n")[2].partition("\n## ")[0]
    found = re.findall(r"^```(\w*)\n(.*?)^```\n", section, flags=re.DOTALL | re.MULTILINE)
    return [text for known, text in found if known == language]


def test_the_example_of_the_manual_works_where_it_is_installed(tmp_path: Path) -> None:
    """The files of the manual, installed as a user does, and what it says they find, also by several processes."""
    source, installed, project = tmp_path / "acme-rules", tmp_path / "installed", tmp_path / "project"
    source.mkdir()
    project.mkdir()
    about, settings = blocks("toml")
    (source / "pyproject.toml").write_text(about, "utf-8")
    (source / "acme_rules.py").write_text(blocks("python")[0], "utf-8")
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-compile", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *offline, "--target", str(installed), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (project / "pyproject.toml").write_text(settings, "utf-8")
    (project / "samples").symlink_to(SAMPLES)
    (shown,) = blocks("")
    prompt, *expected, _ = shown.splitlines()
    command = [sys.executable, "-m", *prompt.split()[1:], "samples/order-center.zip", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(installed), "COLUMNS": "0"}
    ended = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    lines = ended.stdout.decode().splitlines()
    assert lines[: len(expected)] == expected
    assert lines[-1] == "2 packages checked: 6 errors, 2 warnings"


def test_the_other_rule_of_the_example_finds_a_task_across_applications() -> None:
    changes = {
        "applications/Stock.json": {"id": "app-2", "name": "Stock", "key": "stock-key"},
        "datasources/stock-db.json": edited(
            DATASOURCE, datasource_id="ds-2", datasource_name="stock-db", app_id="app-2"
        ),
        SYNC: edited(TASK, target_datasource_id="ds-2"),
    }
    with plugged(blocks("python")[0]) as name:
        found = check(make_package(changes), Policy.parse(["ACME002"], plugins=[name]))
        assert not check(make_package(), Policy.parse(["ACME002"], plugins=[name]))
    assert [(each.address, each.message) for each in found] == [
        ("task/sync_orders", "moves data between Shop and Stock")
    ]


def test_a_module_is_found_by_whatever_finds_modules(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation for development has a finder of its own."""

    class Finder:
        def find_spec(self, name: str, path: object = None, target: object = None) -> object:
            del path, target
            return spec_from_file_location(name, modules / "elsewhere" / "rules.py") if name == "acme_dev" else None

    (modules / "elsewhere").mkdir()
    (modules / "elsewhere" / "rules.py").write_text(f"from assetpkg import Problem, rule\n{TOPICS}", "utf-8")
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    assert "ACME001" in Policy.parse(plugins=["acme_dev"]).catalogue


def test_an_adapt_file_accepts_what_a_plugin_finds(project: Path) -> None:
    """Its codes are not known where the file is read, so that what has their form is taken."""
    (project / "staging.toml").write_text(
        'format = "assetpkg-adapt/1"\n[resources."topic/order-events"]\ndecision = "accept"\n'
        'accept = { ACME001 = "agreed" }\n',
        "utf-8",
    )
    (project / "target.json").write_text(json.dumps(make_snapshot({"topic": []}, covers=["topic"])), "utf-8")
    plan = json.loads(call("plan", "shop", "--target", "target.json", "--adapt", "staging.toml", "--format", "json"))
    assert [(each["code"], each["reason"]) for each in plan["accepted"]] == [("ACME001", "agreed")]
    (project / "staging.toml").write_text((project / "staging.toml").read_text().replace("ACME001", "RSC999"), "utf-8")
    ended = CliRunner().invoke(commands, ["plan", "shop", "--adapt", "staging.toml"], standalone_mode=False)
    assert "accept: no rule has the code 'RSC999'" in str(ended.exception)
