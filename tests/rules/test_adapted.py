"""What of an adapt file does nothing, or is as the draft left it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.authoring.adapt.reading import adapt_file_of
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.rules.policy import Policy
from assetpkg.simulation.plan import plan
from assetpkg.simulation.rollout import roll_out
from tests.build import TOPIC, make_instance, make_package
from tests.rules.rows import Make, Row, Table, parameters, row

OPEN = "<fill in>"


def adapt_file(resources: Mapping[str, Any] | None = None, **members: Any) -> assetpkg.AdaptFile:
    return adapt_file_of({"format": "assetpkg-adapt/1", "resources": dict(resources or {}), **members})


def adapted(resources: Mapping[str, Any] | None = None, **members: Any) -> Make:
    """The minimal package, by an adapt file with these resources."""

    def make(_: Path) -> list[Diagnostic]:
        return list(assetpkg.adapt(make_package(), adapt_file(resources, **members), variables={}).findings())

    return make


FAILING: Table = {
    "ADP001": (
        row(
            "no resource has the address",
            adapted({"datasource/order-db": {"values": {"/content/host": "db"}}}),
            "ADP001: 'datasource/order-db' of the adapt file is about nothing in this package"
            " -> correct it or delete it; 'datasource/orders-db' may be meant",
        ),
        row(
            "an address without its kind",
            adapted({"orders-db": {"values": {"/content/host": "db"}}}),
            "ADP001: 'orders-db' of the adapt file is about nothing in this package"
            " -> correct it or delete it; 'datasource/orders-db' may be meant",
        ),
        row(
            "a misspelled kind",
            adapted({"datasuorce/orders-db": {"values": {"/content/host": "db"}}}),
            "ADP001: 'datasuorce/orders-db' of the adapt file is about nothing in this package"
            " -> correct it or delete it; 'datasource/orders-db' may be meant",
        ),
        row(
            "nothing is of the kinds that get the prefix",
            adapted(prefix="p_", kinds=["load_channel"]),
            "ADP001: the prefix of the adapt file is about nothing in this package -> correct it or delete it",
        ),
    ),
    "ADP002": (
        row(
            "a value and a decision are left open",
            adapted({"datasource/orders-db": {"decision": OPEN, "values": {"/content/host": OPEN}}}),
            "ADP002: '/content/host' of 'datasource/orders-db' is left open in the adapt file",
            "ADP002: 'decision' of 'datasource/orders-db' is left open in the adapt file",
        ),
        row(
            "a variable is left open, of what has another name",
            adapted(
                {
                    "datasource/orders-db": {
                        "decision": "rename",
                        "name": "orders",
                        "values": {"/content/password": {"env": OPEN}},
                    }
                }
            ),
            "ADP002: '/content/password' of 'datasource/orders-db' is left open in the adapt file"
            " -> write what is right for this environment, or delete the line",
        ),
    ),
}
PASSING: Table = {
    "ADP001": (
        row("a value is what it was already", adapted({"datasource/orders-db": {"values": {"/content/host": "h"}}})),
        row("an application gets the prefix", adapted(prefix="p_")),
    ),
    "ADP002": (
        row("it is written", adapted({"datasource/orders-db": {"values": {"/content/host": "fill in"}}})),
        row("what is left open is about nothing here", adapted({})),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


def test_a_finding_is_at_the_resource_under_its_name_there() -> None:
    file = adapt_file({"topic/order-events": {"decision": "rename", "name": "news", "values": {"/tag": OPEN}}})
    (found,) = plan(make_package(), adapt=file, policy=Policy.parse(select=["ADP"])).diagnostics
    assert (found.code, found.address) == ("ADP002", "topic/news")


def test_an_entry_is_used_where_one_of_several_packages_uses_it() -> None:
    other = make_package({"topics/order-events.json": None, "topics/b.json": {**TOPIC, "name": "b"}})
    file = adapt_file({"topic/b": {"decision": "leave-out"}, "topic/c": {"decision": "leave-out"}})
    steps = roll_out([make_package(), other], make_instance(), adapt=file).steps
    told = [found.message for step in steps for found in step.plan.diagnostics if found.code == "ADP001"]
    assert told == ["'topic/c' of the adapt file is about nothing in this package"]
