"""Ids to tick off by: each there once, and the same whatever the order, the file format and the import."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.archive.archive import Archive
from assetpkg.package.package import Package, load
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.simulation.plan import plan
from tests.laws.strategies import PREFIXES, laws, packages


@laws
@given(packages())
def test_an_id_is_there_once(package: Package) -> None:
    ids = [item.id for item in plan(package).checklist().items]
    assert len(ids) == len(set(ids))


@laws
@given(packages(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(package: Package, order: random.Random) -> None:
    entries: list[Any] = list(package.archive.entries.items())
    order.shuffle(entries)
    again = load(Archive.from_contents({name: entry.read() for name, entry in entries}))
    assert plan(again).checklist() == plan(package).checklist()


@laws
@given(packages(), PREFIXES)
def test_ids_are_the_same_for_every_import(package: Package, prefix: str) -> None:
    migration = {item.id for item in plan(package).checklist().items}
    prefixed = plan(package, None, ImportOptions(prefix=prefix)).checklist()
    recovery = plan(package, None, ImportOptions(mode=Mode.MERGE)).checklist()
    assert {item.id for item in prefixed.items} == migration
    assert {item.id for item in recovery.items} <= migration
