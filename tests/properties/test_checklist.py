"""Ids to tick off by: each there once, and the same whatever the order, the file format and the import."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assetpkg.archive.archive import Archive
from assetpkg.outcome.checklist.checklist import checklist
from assetpkg.package.package import Package, load
from assetpkg.planning.options import ImportOptions, Mode

from .strategies import PREFIXES, laws, packages


@laws
@given(packages())
def test_an_id_is_there_once(package: Package) -> None:
    ids = [item.id for item in checklist(package).items]
    assert len(ids) == len(set(ids))


@laws
@given(packages(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(package: Package, order: random.Random) -> None:
    entries: list[Any] = list(package.archive.entries.items())
    order.shuffle(entries)
    again = load(Archive.from_contents({name: entry.read() for name, entry in entries}))
    assert checklist(again) == checklist(package)


@laws
@given(packages(), PREFIXES)
def test_ids_are_the_same_for_every_import(package: Package, prefix: str) -> None:
    migration = {item.id for item in checklist(package).items}
    prefixed = checklist(package, None, ImportOptions(prefix=prefix))
    recovery = checklist(package, None, ImportOptions(mode=Mode.MERGE))
    assert {item.id for item in prefixed.items} == migration
    assert {item.id for item in recovery.items} <= migration
