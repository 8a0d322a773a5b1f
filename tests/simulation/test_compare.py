"""Imports side by side: what the columns share is worked out once, and each is what a plan of its own would be."""

from typing import Any

import pytest

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.planning import comparing
from assetpkg.render.screen import Screen, width_of
from assetpkg.render.text.plan import render_plan
from assetpkg.report.plan import report_plan
from assetpkg.resource import diff
from assetpkg.simulation.compare import Comparison, compare_imports, usual_options
from assetpkg.target.instance import Instance
from tests.build import TOPIC, edited, make_instance, make_package

CHANGED = make_instance({"topic": [edited(TOPIC, access_policy="pub")]})


def compared(instance: Instance, *prefixes: str, **assumptions: str) -> Comparison:
    return compare_imports(make_package(), instance, list(usual_options(prefixes, assumptions)))


def test_a_column_for_each_way_and_prefix() -> None:
    ways = [
        (column.options.mode, column.options.datasource_overwrite, column.options.prefix)
        for column in compared(CHANGED, "a_", "b_", "a_").columns
    ]
    modes = [(Mode.ADD_NEW, False), (Mode.MERGE, False), (Mode.MERGE, True)]
    assert ways == [(*mode, prefix) for prefix in ("", "a_", "b_") for mode in modes]


def test_a_column_is_the_plan_of_these_options_alone() -> None:
    for column in compared(CHANGED, "a_").columns:
        alone = assetpkg.plan(make_package(), CHANGED, column.options)
        assert column.changes == alone.changes
        assert column.diagnostics == alone.diagnostics


def test_two_documents_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    compare = diff.compare

    def counted(kind: Any, *rest: Any) -> Any:
        seen.append(kind)
        return compare(kind, *rest)

    monkeypatch.setattr(comparing, "compare", counted)
    compared(CHANGED)
    # Also for all that is asked about the assumptions that the columns rest on.
    assert len(seen) == 1


def test_a_row_says_by_which_assumption_alone_its_columns_differ() -> None:
    options = [ImportOptions(mode=Mode.MERGE, assumptions={"merge-existing": value}) for value in ("keep", "update")]
    rows = {row.address: row for row in compare_imports(make_package(), CHANGED, options).rows}
    assert rows["topic/order-events"].differs
    assert rows["topic/order-events"].only_by == ("merge-existing",)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (ImportOptions(mode=Mode.MERGE), {("merge-existing", "keep", "clear"), ("merge-existing", "update", "clear")}),
        (ImportOptions(mode=Mode.ADD_NEW), set()),
        (
            ImportOptions(mode=Mode.MERGE, assumptions={"merge-existing": "keep"}),
            {("merge-existing", "undetermined", "risky")},
        ),
    ],
)
def test_a_verdict_says_which_other_answers_would_change_it(
    options: ImportOptions, expected: set[tuple[str, str, str]]
) -> None:
    others = assetpkg.plan(make_package(), CHANGED, options).other_verdicts
    assert set(others) == expected


def test_the_summary_of_a_hundred_resources_fits_a_screen() -> None:
    topics = {f"topics/t{number}.json": edited(TOPIC, name=f"topic{number}") for number in range(100)}
    package = make_package(topics)
    there = make_instance(
        {"topic": [edited(TOPIC, name=f"topic{number}", access_policy="pub") for number in range(90)]}
    )
    for mode in Mode:
        plan = assetpkg.plan(package, there, ImportOptions(mode=mode))
        report = report_plan(plan)
        lines = render_plan(report, Screen()).splitlines()
        assert len(lines) <= 50
        assert all(width_of(line) <= 80 for line in lines if " " in line.strip())
