"""What the target has of a name: exactly that one, nearly that one, or several, of which an id or a scope tells."""

from typing import Any

import pytest

from assetpkg import ImportOptions
from assetpkg.planning.searching import Sought, find_named
from tests.build import DATASOURCE, edited, make_instance, make_package
from tests.tables import every_row

LETTERS, NARROW = {"names-differ-by": "letters"}, {"datasource-names": "application"}


def source(known_id: str, application: str, name: str = str(DATASOURCE["datasource_name"])) -> dict[str, Any]:
    return edited(DATASOURCE, datasource_id=known_id, datasource_name=name, app_id=application)


@every_row(
    ("there", "assumptions", "found", "near"),
    [
        pytest.param([], {}, [], [], id="nothing there"),
        pytest.param([source("x", "one")], {}, ["x"], [], id="the name is there"),
        pytest.param([source("x", "two")], {}, ["x"], [], id="in another application it is the same name"),
        pytest.param([source("x", "two")], NARROW, [], [], id="or another, if it is unique in one only"),
        pytest.param([source("x", "one"), source("y", "two")], {}, ["x"], [], id="of two, that of its application"),
        pytest.param([source("x", "two"), source("y", "two")], {}, ["x", "y"], [], id="of two, nothing tells"),
        pytest.param([source("x", "one", "ORDERS-DB")], {}, [], ["x"], id="almost the name"),
        pytest.param([source("x", "one", "ORDERS-DB")], LETTERS, ["x"], ["x"], id="which is assumed to be the same"),
    ],
)
def test_what_is_there_by_a_name(
    there: list[dict[str, Any]], assumptions: dict[str, str], found: list[str], near: list[str]
) -> None:
    (resource,) = make_package({"datasources/orders-db.json": source("own", "one")}).resources_of("datasource")
    instance = make_instance({"datasource": there})
    met = find_named(instance, ImportOptions(assumptions=assumptions), Sought(resource, resource.path, scope="one"))
    assert sorted(other.id for other in met.found) == found
    assert sorted(other.id for other in met.near) == near
