"""`--report FORMAT=FILE`: further formats of one run, each file whole or not at all, also of a run that fails."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assetpkg.__main__ import main
from assetpkg.planning.context import ImportContext
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.plan import find_changes
from assetpkg.render.formats import FORMATS, formats_of
from tests.conftest import SAMPLES

PLAN = ("plan", "good", "--target", "target.json")
ALL = formats_of("PlanReport")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a package and a target."""
    shutil.copytree(SAMPLES / "order-center", tmp_path / "good")
    shutil.copy(SAMPLES / "production.json", tmp_path / "target.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Ran:
    """The command line in this process: how it ended, and what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[bytes]) -> None:
        self.monkeypatch, self.captured = monkeypatch, captured

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["assetpkg", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert isinstance(end.value.code, int)
        said = self.captured.readouterr()
        return end.value.code, said.out.decode(), said.err.decode()


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Ran:
    return Ran(monkeypatch, capfdbinary)


def wanted(forms: list[str]) -> list[str]:
    return [word for form in forms for word in ("--report", f"{form}=made.{form}")]


def test_a_run_writes_all_formats_and_they_are_those_that_each_would_be_alone(
    call: Ran, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[ImportOptions] = []

    def find(context: ImportContext) -> Any:
        planned.append(context.options)
        return find_changes(context)

    monkeypatch.setattr("assetpkg.simulation.plan.find_changes", find)
    status, text, err = call(*PLAN, *wanted(ALL))
    # The page tries other answers too: no import is planned twice.
    assert (status, err, planned.count(planned[0])) == (1, "", 1)
    call(*PLAN, "--format", "json", "-o", "saved.json")
    made = {form: (place / f"made.{form}").read_text(encoding="utf-8") for form in ALL}
    assert made["text"] == text
    assert made["json"] == (place / "saved.json").read_text(encoding="utf-8")
    assert made["sarif"] == call(*PLAN, "--format", "sarif")[1]
    assert call("show", "saved.json", *wanted(ALL)) == (0, text, "")
    again = {form: (place / f"made.{form}").read_text(encoding="utf-8") for form in ALL}
    # A page for a browser has the checklist and other answers too, which no saved plan has.
    assert [form for form in ALL if again[form] != made[form]] == ["html"]


def test_every_command_with_formats_for_programs_has_reports(call: Ran, place: Path) -> None:
    call(*PLAN, "--format", "json", "-o", "saved.json")
    commands = {
        ("check", "good"): formats_of("CheckReport"),
        ("plan", "good", "good", "--target", "target.json"): formats_of("PlansReport"),
        ("verify", "saved.json", "--package", "good", "--target", "target.json"): formats_of("VerifyReport"),
        ("compare", "good", "--target", "target.json"): formats_of("CompareReport"),
        ("diff", "good", "target.json"): formats_of("DiffReport"),
    }
    for words, forms in commands.items():
        status, _, err = call(*words, *wanted(forms))
        assert (status in {0, 1}, err) == (True, ""), words
        assert all((place / f"made.{form}").stat().st_size for form in forms)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("sarif", "'sarif' is not FORMAT=FILE, for example json=report.json"),
        ("sarif=", "'sarif=' is not FORMAT=FILE, for example json=report.json"),
        ("sarfi=a", "'sarfi' is not a format of this command; did you mean 'sarif'?"),
        ("csv=a", "'csv' is not a format of this command; there are "),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_is_not_a_format_and_a_file_is_said_in_a_sentence(call: Ran, words: str, sentence: str) -> None:
    status, out, err = call("check", "good", "--report", words)
    assert (status, out) == (2, "")
    assert f"\nError: Invalid value for '--report': {sentence}" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--report json=a --report sarif=a", "'a' is named for two outputs; name another place for one of them"),
        ("--report json=a -o ./a", "'./a' is named for two outputs; name another place for one of them"),
        ("--report json=good/../a -o a", "'a' is named for two outputs; name another place for one of them"),
        ("--report json=- --report sarif=-", "standard output is for one report only; name a file for the others"),
        ("--report json=- -o -", "standard output is for one report only; name a file for the others"),
    ],
)
def test_two_reports_have_two_places(call: Ran, place: Path, words: str, sentence: str) -> None:
    assert call("check", "good", *words.split()) == (2, "", f"assetpkg: {sentence}\n")
    assert not (place / "a").exists()


def test_annotations_can_be_beside_the_text_in_a_log(call: Ran, place: Path) -> None:
    (place / "good" / "applications" / "Warehouse.json").unlink()
    _, text, _ = call("check", "good")
    _, both, _ = call("check", "good", "--report", "github=-")
    assert both.endswith(text)
    assert both.startswith("::warning file=good/composite_tasks/replicate_master_data.json,line=10,endLine=10,col=20,")


def test_a_report_that_cannot_be_written_leaves_what_was_there(call: Ran, place: Path) -> None:
    (place / "made.sarif").write_text("before")
    status, out, err = call("check", "good", "--report", "junit=no/such.xml", "--report", "sarif=made.sarif")
    assert (status, out) == (2, "")
    assert err == "assetpkg: cannot write 'no/such.xml': there is no folder 'no'; make it first\n"
    assert (place / "made.sarif").read_text() == "before"
    assert sorted(file.name for file in place.iterdir()) == ["good", "made.sarif", "target.json"]


def test_a_file_that_is_there_is_replaced(call: Ran, place: Path) -> None:
    summary = place / "summary.md"
    summary.write_text("before")
    summary.chmod(0o640)
    call("check", "good", "--report", f"markdown={summary}")
    assert summary.read_text(encoding="utf-8").startswith("# Check: nothing found\n")
    assert os.name == "nt" or summary.stat().st_mode & 0o777 == 0o640


def test_a_run_that_fails_says_why_in_every_report_that_can_say_it(call: Ran, place: Path) -> None:
    told = [form for form in ALL if FORMATS[form].tells("FailureReport")]
    status, out, err = call("plan", "gone.zip", *wanted(ALL))
    why = "cannot read 'gone.zip': no such file or directory"
    assert (status, out, err) == (2, "", f"assetpkg: {why}\n")
    assert sorted(file.suffix[1:] for file in place.glob("made.*")) == sorted(told)
    made = {form: (place / f"made.{form}").read_text(encoding="utf-8") for form in told}
    (run,) = json.loads(made["sarif"])["runs"]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], run["results"]) == (False, [])
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == why
    error = ET.fromstring(made["junit"]).find("testsuite/testcase/error")  # noqa: S314 - our own file
    assert error is not None
    assert error.text == why
    assert made["github"] == f"::error title=assetpkg could not run::{why}\n"
    assert [(issue["severity"], issue["description"]) for issue in json.loads(made["gitlab"])] == [("blocker", why)]
    assert made["markdown"] == "# assetpkg could not run\n\ncannot read `gone.zip`: no such file or directory\n"


def test_a_saved_plan_that_was_damaged_is_refused_in_a_sentence(call: Ran, place: Path) -> None:
    call(*PLAN, "--format", "json", "-o", "saved.json")
    saved = json.loads((place / "saved.json").read_text(encoding="utf-8"))
    saved["changes"][0]["action"] = "destroy"
    (place / "edited.json").write_text(json.dumps(saved))
    (place / "damaged.json").write_bytes((place / "saved.json").read_bytes()[:-100])
    for name in ("edited", "damaged"):
        status, out, err = call("show", f"{name}.json", "--format", "sarif")
        assert (status, err, json.loads(out)["runs"][0]["results"]) == (2, "", [])
        status, out, err = call("show", f"{name}.json")
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"assetpkg: {name}.json is not a saved plan: ")


@pytest.mark.usefixtures("place")
def test_a_package_has_no_findings_to_show(call: Ran) -> None:
    status, out, err = call("show", "good", "--format", "concise")
    assert (status, out) == (2, "")
    assert "\nError: This is not reported in the format 'concise'; there are text, json" in err


def test_a_damaged_package_has_a_page_without_what_is_to_be_done_by_hand(call: Ran, place: Path) -> None:
    (place / "good" / "datasources" / "crm-api.json").write_text('{"id": "d1", "name": "ds"}', encoding="utf-8")
    status, out, err = call(*PLAN, "--report", "html=made.html", "--report", "json=made.json")
    assert (status, out[:7], err) == (1, "Blocked", "")
    assert json.loads((place / "made.json").read_bytes())["verdict"] == "blocked"
    page = (place / "made.html").read_text(encoding="utf-8")
    assert "Blocked: " in page
    assert "could not run" not in page


def test_the_log_of_a_job_gets_no_command_from_a_package(
    call: Ran, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = json.loads((place / "good" / "applications" / "Warehouse.json").read_text(encoding="utf-8"))
    shutil.copytree(place / "good", place / "other")
    for folder, more in (("good", ""), ("other", "\nmore")):
        text = json.dumps({**old, "remark": f"a\n::stop-commands::x\nb{more}"})
        (place / folder / "applications" / "Warehouse.json").write_text(text, encoding="utf-8")
    assert "\n         ::stop-commands::x\n" in call("diff", "good", "other")[1]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "\n         \\x3a:stop-commands::x\n" in call("diff", "good", "other")[1]
    _, _, error = call("show", "##[add-mask]x")
    assert "\\x23#[add-mask]x" in error
    assert "##[" not in error
