"""LIM: how much one import may contain."""

from pathlib import Path
from typing import Any

import pytest

from tests.build import APPLICATION, TASK, edited
from tests.rules.rows import SHOP, SYNC, Make, Row, Table, checked, parameters, row


def counted(applications: int, tasks: int, composite_tasks: int = 0) -> Make:
    """The minimal package with as many applications and tasks."""
    added: dict[str, Any] = {SYNC: None} if not tasks else {}
    for number in range(1, applications):
        added[f"applications/{number}.json"] = edited(APPLICATION, id=f"app-{number}x", name=f"Shop {number}", key=...)
    for number in range(1, tasks):
        added[f"tasks/{number}.json"] = edited(TASK, task_id=f"task-{number}x", task_name=f"task-{number}")
    for number in range(composite_tasks):
        added[f"composite_tasks/{number}.json"] = {"task_name": f"mirror-{number}", "operation_types": ["INSERT"]}
    assert applications == 1 + sum(name.startswith(SHOP[:13]) for name in added)
    return checked(added)


FAILING: Table = {
    "LIM001": (
        row(
            "too many applications",
            counted(101, 0),
            "LIM001: holds 101 applications; one import accepts at most 100 -> split it with 'assetpkg split'",
            "LIM010: holds 101 of kind application; the published quota is 100 per instance",
        ),
        row(
            "too many tasks, of either sort",
            counted(1, 60, 41),
            "LIM001: holds 101 tasks; one import accepts at most 100",
        ),
        row(
            "too many of both",
            counted(101, 101),
            "LIM001: holds 101 applications; one import accepts at most 100",
            "LIM001: holds 101 tasks; one import accepts at most 100",
            "LIM010: holds 101 of kind application; the published quota is 100 per instance",
        ),
    ),
    "LIM002": (
        row(
            "too many together",
            counted(60, 20, 21),
            "LIM002: holds 60 applications and 41 tasks, 101 together; it is not documented whether the limit of "
            "100 is for each or for both together -> to be safe, split it with 'assetpkg split'",
        ),
        row(
            "one too many",
            counted(1, 100),
            "LIM002: holds 1 application and 100 tasks, 101 together; it is not documented whether the limit of "
            "100 is for each or for both together",
        ),
    ),
}

PASSING: Table = {
    "LIM001": (row("a hundred applications", counted(100, 0)),),
    "LIM002": (row("a hundred together", counted(50, 50)),),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)
