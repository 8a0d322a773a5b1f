"""What a prefix renames, by what is assumed of it, and the paths that follow; nobody asks for a target here."""

import pytest

from assetpkg import ImportOptions
from assetpkg.kinds import KINDS
from assetpkg.planning.context import ImportContext
from assetpkg.planning.naming import Naming
from tests.build import make_package
from tests.tables import every_row


def naming(prefix: str, answer: str = "either") -> Naming:
    options = ImportOptions(prefix=prefix, assumptions={"prefix-renames": answer})
    return ImportContext(make_package(), None, options).naming


@every_row(
    ("kind", "answer", "expected"),
    [
        pytest.param("application", "applications", (True,), id="documented of applications"),
        pytest.param("task", "either", (True, False), id="open of tasks"),
        pytest.param("task", "applications", (False,), id="tasks are assumed to keep their names"),
        pytest.param("task", "applications+tasks", (True,), id="tasks are assumed to be renamed"),
        pytest.param("datasource", "applications+tasks", (False,), id="other kinds keep theirs"),
        pytest.param("datasource", "all", (True,), id="unless all are assumed to be renamed"),
    ],
)
def test_what_a_prefix_renames(kind: str, answer: str, expected: tuple[bool, ...]) -> None:
    assert naming("dev_", answer).interpretations(KINDS[kind]) == expected
    assert naming("", answer).interpretations(KINDS[kind]) == (False,)


def test_a_name_is_below_the_new_name_of_its_parent() -> None:
    package = make_package()
    below = [resource for resource in package.resources if resource.parent is not None]
    assert below
    for resource in below:
        parent = package.index.parent_of(resource)
        assert parent is not None
        for asked in (naming(""), naming("dev_"), naming("dev_", "all")):
            assert asked.first_path(resource).names[:-1] == asked.first_path(parent).names
