import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.archive.archive import Archive
from assetpkg.package.package import Package, load
from assetpkg.render import json_v1
from assetpkg.report.check import report_check, report_package
from assetpkg.report.plan import report_plan
from assetpkg.target.snapshot import parse_snapshot
from tests.build import encode, make_contents
from tests.laws.strategies import contents_of, laws, pack, packages, snapshot_of, unpacked

RANDOM = st.randoms(use_true_random=False)


def said(package: Package, options: ImportOptions, snapshot: bytes) -> str:
    target = parse_snapshot(snapshot, "target.json")
    plan = report_plan(assetpkg.plan(package, target, options))
    # What it is called, and what it is in, is said of what was named.
    plan = replace(plan, package=replace(plan.package, path="a", container="zip"))
    return json_v1.render(report_check([report_package("a", assetpkg.check(package))])) + json_v1.render(plan)


def turned(package: Package, chance: random.Random) -> Package:
    entries = list(contents_of(package).items())
    chance.shuffle(entries)
    return load(Archive.from_contents(dict(entries)))


@laws
@given(packages(), RANDOM, st.sampled_from([ImportOptions(), ImportOptions(mode=Mode.MERGE, prefix="dev_")]))
def test_the_order_of_entries_does_not_change_what_is_said(
    package: Package, chance: random.Random, options: ImportOptions
) -> None:
    snapshot = encode(snapshot_of(package, random.Random(1)))  # noqa: S311 - only another order
    assert said(turned(package, chance), options, snapshot) == said(package, options, snapshot)


@laws
@given(RANDOM)
def test_the_order_of_faulty_entries_does_not_change_what_is_said(chance: random.Random) -> None:
    contents = make_contents(
        {
            "topics/a.json": b"{",
            "topics/b.json": {"name": "order-events"},
            "topics/c.json": {"name": "order-events", "app_id": "nobody", "partition": "many"},
            "applications/x.json": {"id": "app-1", "name": "Shop", "key": "shop-key"},
            "apis/x.json": {"name": "lost", "group_id": "nowhere"},
        }
    )
    package = load(Archive.from_contents(contents))
    snapshot = encode(snapshot_of(package, random.Random(1)))  # noqa: S311 - only another order
    for options in (ImportOptions(), ImportOptions(mode=Mode.MERGE)):
        assert said(turned(package, chance), options, snapshot) == said(package, options, snapshot)


@laws
@given(packages())
def test_a_plan_is_the_same_for_a_folder_and_for_its_zip(package: Package) -> None:
    snapshot = encode(snapshot_of(package, random.Random(1)))  # noqa: S311 - only another order
    assert said(unpacked(pack(package)), ImportOptions(), snapshot) == said(package, ImportOptions(), snapshot)
