"""Where a package is cut: the fewest parts that keep to the limit and to the order."""

from collections.abc import Iterable
from typing import Any

import pytest

from assetpkg.authoring.split import split
from assetpkg.errors import InvalidPackage
from assetpkg.package.package import Package
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from tests.build import make_package
from tests.tables import every_row


def shop(applications: str, tasks: Iterable[str]) -> Package:
    """Make applications named by letters, each with a data source, and tasks between two of them, as in `ab`."""
    additions: list[tuple[str, dict[str, Any]]] = []
    for letter in applications:
        additions.append(("application", {"id": f"app-{letter}", "name": f"App {letter}"}))
        source = {"datasource_id": f"ds-{letter}", "datasource_name": f"source-{letter}", "app_id": f"app-{letter}"}
        additions.append(("datasource", {**source, "datasource_type": "MYSQL", "content": {}}))
    for number, ends_of in enumerate(tasks):
        ends = {"source_datasource_id": f"ds-{ends_of[0]}", "target_datasource_id": f"ds-{ends_of[1]}"}
        additions.append(("task", {"task_name": f"task_{number}", "task_type": "REALTIME", **ends}))
    return Package.new("shop").with_resources(additions)


def told(package: Package, most: int, *, together: bool) -> list[str]:
    """Return the counted resources of each part by their last letters."""
    found = split(package, most, together=together)
    assert found.fewest
    return [
        " ".join(found.name[-1] for found in batch.package.resources if found.kind.counted_as)
        for batch in found.batches
    ]


FEWEST = [
    pytest.param("abcd", [], 2, False, ["a b", "c d"], id="applications alone"),
    pytest.param("abcd", ["cd", "cd", "cc", "dd"], 2, False, ["c d 0 2", "a b 1 3"], id="what is needed comes first"),
    pytest.param("ab", ["ab"] * 5, 2, False, ["a b 0 1", "2 3", "4"], id="tasks alone over the limit"),
    pytest.param("ab", ["aa", "bb"], 2, True, ["a 0", "b 1"], id="both together"),
    pytest.param("abc", ["ab", "bc"], 100, False, ["a b c 0 1"], id="within the limit"),
]


@every_row(("applications", "tasks", "most", "together", "parts"), FEWEST)
def test_there_are_no_more_parts_than_it_takes(
    applications: str,
    tasks: list[str],
    most: int,
    together: bool,  # noqa: FBT001 - a row
    parts: list[str],
) -> None:
    assert told(shop(applications, tasks), most, together=together) == parts


def test_a_scheduled_call_comes_after_the_api_of_another_application() -> None:
    package = make_package({"applications/Office.json": {"id": "app-2", "name": "Office"}})
    package = package.with_resource("scheduled_api_task", scheduled("app-2", "api-1"))
    first, second = split(package).batches
    assert [resource.name for resource in second.package.resources] == ["nightly"]
    assert "api/Shop/orders/get-order" in {resource.address for resource in first.package.resources}
    assert second.needs == (1,)


def test_the_own_application_is_called_in_the_same_part() -> None:
    package = make_package().with_resource("scheduled_api_task", scheduled("app-1", "api-1"))
    assert len(split(package).batches) == 1


def test_a_folder_that_is_no_package_is_not_cut() -> None:
    with pytest.raises(InvalidPackage, match="is not an asset package"):
        split(make_package({"manifest.json": None}))


def scheduled(application: str, api: str) -> dict[str, Any]:
    return {"name": "nightly", "roma_app_id": application, "api_id": api}


@pytest.mark.parametrize(("applications", "tasks"), [(60, 41), (100, 100), (1, 100)])
def test_by_default_check_finds_no_part_too_large(applications: int, tasks: int) -> None:
    package = Package.new("many").with_resources(
        [
            *(("application", {"name": f"App {number}"}) for number in range(applications)),
            *(("task", {"task_name": f"task_{number}", "task_type": "REALTIME"}) for number in range(tasks)),
        ]
    )
    limits = Policy.parse(["LIM001", "LIM002"])
    assert check(package, limits)
    assert [found for batch in split(package).batches for found in check(batch.package, limits)] == []
