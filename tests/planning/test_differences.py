"""What is compared is compared in full where not all that refers in it is known."""

import json
from typing import Any

from assetpkg import ImportOptions, Instance, Mode
from assetpkg.limits import MOST_IDS
from assetpkg.package.package import Package
from assetpkg.planning.context import ImportContext
from assetpkg.planning.plan import judged_change
from tests.build import DATASOURCE, TASK, edited, make_package

SOURCE = "0123456789abcdef0123456789abcdef"


def package_of(source_name: str, known_ids: list[str], **changes: Any) -> Package:
    source = edited(DATASOURCE, datasource_id=SOURCE, datasource_name=source_name)
    task = edited(TASK, task_detail=json.dumps({"x": known_ids}), **changes)
    return make_package({"datasources/other.json": source, "tasks/sync_orders.json": task})


def found(known_ids: list[str]) -> list[str]:
    """Return the differences of a task with another description, in which the id of a data source leads elsewhere."""
    here, there = package_of("a", known_ids, description="x"), package_of("b", known_ids)
    context = ImportContext(here, Instance.from_package(there), ImportOptions(mode=Mode.MERGE))
    return [change.pointer for change in judged_change(context, here.resource("task/sync_orders")).fields]


def test_an_id_after_more_than_are_followed_is_compared_by_what_it_leads_to() -> None:
    assert found([SOURCE]) == ["/task_detail/#/x/0", "/description"]
    many = [f"{number:032x}" for number in range(MOST_IDS)]
    assert found([*many, SOURCE]) == [f"/task_detail/#/x/{MOST_IDS}", "/description"]
