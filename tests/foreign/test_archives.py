"""The foreign archives that other tests use are what they claim to be."""

import tomllib

import pytest

from assetpkg.archive.archive import Archive
from assetpkg.kinds import KINDS
from assetpkg.package.package import load
from assetpkg.rules.runner import check
from tests.foreign.archives import LAYOUTS, make_foreign
from tests.foreign.sources import EVERY, FEW, make_documents

_NEARLY_ALL = sum(FEW.values()) - FEW["app_authorization"]
"""One layout has only what has a name of its own."""


def test_the_documents_are_of_every_kind_and_refer_to_each_other() -> None:
    assert make_documents().keys() == FEW.keys()
    assert list(make_documents(EVERY)) == list(KINDS)
    assert make_documents() == make_documents()
    assert make_documents(seed=2) != make_documents()


def test_the_resources_are_a_package_without_errors() -> None:
    package = load(Archive.from_contents(make_foreign("arrays").native()))
    assert len(package.resources) == sum(FEW.values())
    assert [found.message for found in check(package) if found.severity == "error"] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_foreign_archive_has_the_same_resources(name: str) -> None:
    made = make_foreign(name)
    assert len(made.truth) >= _NEARLY_ALL
    assert tomllib.loads(made.layout_file())["name"] == name
