"""What is reported of a hundred resources: all names, nothing that blocks is hidden, and little beside."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg import ImportOptions, Instance, Mode, Package
from assetpkg.render.formats import FORMATS, formats_of
from assetpkg.render.screen import ENDLESS, Screen
from assetpkg.render.text import TEXTS
from assetpkg.render.text.compare import render_comparison
from assetpkg.render.text.plan import render_plan
from assetpkg.render.text.sections import Detail
from assetpkg.report.compare import report_comparison
from assetpkg.report.plan import PlanReport, report_plan
from assetpkg.simulation.compare import compare_imports, usual_options
from tests.build import make_instance
from tests.conftest import ROOT

BESIDE = 64
Documents = list[tuple[str, dict[str, Any]]]


def hundred(host: str) -> Documents:
    """Make 10 applications, 60 data sources and 30 tasks, whose ids are those of one instance."""
    known = [f"{host}{number:031}" for number in range(60)]
    found: Documents = []
    for number in range(10):
        found.append(("application", {"id": known[number], "name": f"App {number:02}", "key": known[number]}))
    for number in range(60):
        own = {"datasource_id": known[number], "datasource_name": f"ds-{number:02}", "app_id": known[number % 10]}
        found.append(("datasource", {**own, "datasource_type": "MYSQL", "content": {"host": f"{host}.example.com"}}))
    for number in range(30):
        ends = {"source_datasource_id": known[2 * number], "target_datasource_id": known[2 * number + 1]}
        found.append(("task", {"task_name": f"task_{number:02}", "task_type": "REALTIME", **ends}))
    return found


def package() -> Package:
    return Package.new("hundred").with_resources(hundred("a"))


def target() -> Instance:
    resources: dict[str, list[Any]] = {}
    for kind, document in hundred("b"):
        resources.setdefault(kind, []).append(document)
    return make_instance(resources)


def reported(options: ImportOptions) -> PlanReport:
    return report_plan(assetpkg.plan(package(), target(), options))


def text(options: ImportOptions, **detail: Any) -> str:
    return render_plan(reported(options), Screen(), Detail(**detail))


NAMES = {
    str(document.get("name") or document.get("datasource_name") or document.get("task_name"))
    for _, document in hundred("a")
}


def beside_names(told: str) -> list[str]:
    """Return the lines in which there is more than names."""
    return [line for line in told.splitlines() if not set(re.split(r", | > |,$", f"{line.strip()},")) - {""} <= RENAMED]


RENAMED = {*NAMES, *(f"dev_{name}" for name in NAMES)}


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("prefix", ["", "dev_"])
@pytest.mark.parametrize("mode", list(Mode))
def test_a_plan_of_a_hundred_takes_few_lines_beside_its_names(mode: Mode, prefix: str, *, overwrite: bool) -> None:
    options = ImportOptions(mode=mode, prefix=prefix, datasource_overwrite=overwrite)
    told = text(options)
    assert len(beside_names(told)) <= BESIDE
    report = reported(options)
    changed = [change for change in report.changes if change.action != "keep"]
    assert all(re.search(rf"(?m)(?:^|[ /]){re.escape(each.name)}(?:,|$| >)", told) for each in changed)
    assert not re.search(r"(?m)…$", told)


def test_a_comparison_of_a_hundred_takes_few_lines_beside_its_names() -> None:
    compared = compare_imports(package(), target(), usual_options(["dev_"]))
    report = report_comparison(compared)
    told = render_comparison(report, Screen())
    assert len(beside_names(told)) <= BESIDE
    assert all(re.search(rf"(?m)(?:^|[ /]){re.escape(name)}(?:,|$)", told) for name in NAMES)
    assert all(row.address in render_comparison(report, Screen(), everything=True) for row in report.rows)


def test_the_verdict_is_at_the_end_again_where_all_does_not_fit_the_screen() -> None:
    report = reported(ImportOptions())
    first = "Blocked: 100 errors."
    assert render_plan(report, Screen(height=200)).count(first) == 1
    told = render_plan(report, Screen(height=20)).splitlines()
    assert told[0].startswith(first)
    assert [line for line in told if line.startswith(first)] == [told[0], told[-3]]
    assert told[-1] == told[3]


def test_a_pipe_gets_every_change_in_a_line_of_its_own() -> None:
    report = reported(ImportOptions(mode=Mode.MERGE, datasource_overwrite=True))
    told = render_plan(report, Screen(width=ENDLESS)).splitlines()
    signs = {"update": "~", "undetermined": "?"}
    for change in report.changes:
        if change.action in signs:
            at = told.index(f"{signs[change.action]} {change.address}")
            fields = told[at : at + 12]
            assert any(f" {change.fields[0].pointer}: " in line for line in fields)


def test_details_name_every_resource_and_who_uses_it() -> None:
    told = text(ImportOptions(mode=Mode.MERGE, datasource_overwrite=True), everything=True)
    for kind, document in hundred("a"):
        if kind == "datasource":
            assert f"~ datasource/{document['datasource_name']}\n" in told
            assert f"  datasource/{document['datasource_name']} is overwritten: " in told


@pytest.mark.parametrize("only", ["zzz/*", "task/task_01"])
def test_what_blocks_is_counted_by_its_rules_whatever_is_named(only: str) -> None:
    report = reported(ImportOptions())
    told = render_plan(report, Screen(), Detail(only=(only,)))
    codes = {found.code for found in report.diagnostics if found.severity == "error"}
    assert report.verdict == "blocked"
    _, _, blocks = told.partition("What blocks\n")
    assert all(code in blocks for code in codes)


def test_every_sort_that_blocks_is_told_or_counted() -> None:
    plan = assetpkg.plan(package(), target(), ImportOptions())
    reasons = {change.reason.value for change in plan.changes if change.action is assetpkg.Action.CONFLICT}
    report = reported(ImportOptions())
    codes = {found.code for found in report.diagnostics if found.severity == "error"}
    told = render_plan(report, Screen(), Detail())
    assert reasons
    assert all(code in told for code in codes)


def test_what_a_format_tells_is_a_report_that_there_is() -> None:
    reports = {name for file in (ROOT / "assetpkg" / "report").glob("*.py") for name in words_of(file)}
    named = {name for known in FORMATS.values() for name in known.reports or ()}
    assert named <= reports
    # What a person reads at once has standard error beside it, and a file of its own has nothing.
    for name, known in FORMATS.items():
        assert known.tells("FailureReport") == (known.tells("CheckReport") and name not in {"text", "concise"}), name
    assert formats_of("ChecklistReport") == ["text", "json", "csv"]
    for place, _ in TEXTS.values():
        module, _, function = place.rpartition(".")
        assert callable(getattr(import_module(f"assetpkg.render.{module}"), function))


def words_of(file: Path) -> list[str]:
    """Return the names of the reports that a module defines."""
    return re.findall(r"(?m)^class (\w+Report)\b", file.read_text(encoding="utf-8"))
