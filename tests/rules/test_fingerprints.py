"""What a finding is recognised by: the law, in all that may happen to a package without its meaning anything else."""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.package.layout import OWN
from assetpkg.package.package import Package, load
from assetpkg.report.plan import report_plan
from assetpkg.report.show import report_show
from assetpkg.rules.runner import check
from tests.build import API, APPLICATION, DATASOURCE, GROUP, MANIFEST, TOPIC, edited, encode, make_instance
from tests.layouts.worlds import layout
from tests.layouts.worlds import zipped as zip_of

HUNTER = "hunter2-hunter2"
FAULTY: Mapping[str, Any] = {
    "manifest.json": {**MANIFEST, "name": "faulty"},
    "applications/Shop.json": edited(APPLICATION, colour="red", size=3, share=1.5, old=None),
    "applications/Other.json": {"id": "app-2", "name": "Other", "colour": "red"},
    "topics/order-events.json": edited(TOPIC, partition="many", tags=["a", "b"], app_id="gone"),
    "datasources/orders-db.json": edited(DATASOURCE, content={**DATASOURCE["content"], "password": HUNTER}),
    "api_groups/Shop/orders.json": edited(GROUP, version="新"),
    "apis/Shop/orders/get-order.json": edited(
        API, req_method="FETCH", backend_type="NONE", req_params=[{"name": "x", "location": "MOON"}] * 2
    ),
    "topics/broken.json": b'{"name": ',
    "notes.txt": b"what is this?",
}
"""A package with findings in resources, in their lists and objects, in entries that are none, and in a credential."""


def written(document: Any, seed: int) -> bytes:
    """Return a document as another program might write it: other blanks, another order of members."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            members = list(value.items())
            chance.shuffle(members)
            return {key: shuffled(item) for key, item in members}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    text = json.dumps(shuffled(document), indent=chance.choice([None, 0, 2, 7]), ensure_ascii=chance.random() < 0.5)
    return b"\n" * chance.randrange(4) + text.encode() + b"\n" * chance.randrange(3)


def contents(seed: int, documents: Mapping[str, Any] = FAULTY) -> dict[str, bytes]:
    """Return the files of a package, in another order and written otherwise by each seed."""
    names = list(documents)
    random.Random(seed).shuffle(names)  # noqa: S311 - an order, not a secret
    return {
        name: document if isinstance(document := documents[name], bytes) else written(document, seed) for name in names
    }


def recognised(found: list[Diagnostic]) -> dict[str, tuple[str, str | None]]:
    """Return the findings by their fingerprints; those about the container aside."""
    return {each.fingerprint: (each.code, each.address) for each in found if each.code not in {"MAN025", "PKG001"}}


WAYS: Mapping[str, Callable[[dict[str, bytes]], Package]] = {
    "a folder": lambda files: load(Archive.from_contents(files)),
    "a zip": lambda files: load(parse_archive(zip_of(files), origin="shop.zip")),
    "a zip of another name": lambda files: load(parse_archive(zip_of(files), origin="release (2).zip")),
    "a zip on standard input": lambda files: load(parse_archive(zip_of(files), origin="standard input")),
}


@given(st.integers(0, 2**16), st.sampled_from(sorted(WAYS)))
def test_a_finding_is_recognised_wherever_it_has_moved_to(seed: int, way: str) -> None:
    expected = check(load(Archive.from_contents(contents(0))))
    assert len(expected) > 12
    found = check(WAYS[way](contents(seed)))
    assert recognised(found) == recognised(expected)


def test_each_finding_has_a_fingerprint_of_its_own_and_a_plan_has_the_same_ones() -> None:
    package = load(Archive.from_contents(contents(0)))
    alone = check(package)
    assert len({each.fingerprint for each in alone}) == len(alone)
    assert all(len(each.fingerprint) == 32 for each in alone)
    planned = assetpkg.plan(package).diagnostics
    assert len({each.fingerprint for each in planned}) == len(planned)
    both = {each.code for each in alone} & {each.code for each in planned}
    assert len(both) > 8
    one, other = ({each.fingerprint for each in found if each.code in both} for found in (alone, planned))
    assert one == other


CHANGES: Mapping[str, tuple[Any, bool]] = {
    "another value there": (edited(TOPIC, partition="few", tags=["a", "b"], app_id="gone"), False),
    "another value elsewhere": (edited(TOPIC, partition="many", tags=["c"], app_id="gone"), True),
    "one value more": (edited(TOPIC, partition="many", tags=["a", "b"], app_id="gone", remark="new"), True),
    "another name": (edited(TOPIC, name="others", partition="many", tags=["a", "b"], app_id="gone"), False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_another_one_when_its_value_or_its_resource_is(change: str) -> None:
    document, is_same = CHANGES[change]

    def at_partition(topic: Any) -> str:
        found = check(load(Archive.from_contents(contents(0, {**FAULTY, "topics/order-events.json": topic}))))
        (only,) = (each for each in found if each.location.pointer == "/partition")
        return only.fingerprint

    assert (at_partition(document) == at_partition(FAULTY["topics/order-events.json"])) == is_same


def test_a_credential_is_no_part_of_it_and_its_end_is_not_told() -> None:
    found = []
    for password in (HUNTER, "another-and-longer-one-7"):
        source = edited(DATASOURCE, content={**DATASOURCE["content"], "password": password})
        package = load(Archive.from_contents(contents(0, {**FAULTY, "datasources/orders-db.json": source})))
        (only,) = (each for each in check(package) if each.location.pointer == "/content/password")
        assert (only.location.end_line, only.location.end_column) == (None, None)
        found.append(only)
    assert found[0] == found[1]


def test_a_finding_is_recognised_through_a_layout_as_in_the_own_one() -> None:
    names = ["applications/Shop.json", "applications/Other.json"]
    own = check(load(Archive.from_contents({name: encode(FAULTY[name]) for name in ("manifest.json", *names)})))
    text = 'name = "lists"\n[marks]\nentries = ["all.json"]\n[[resources]]\nentries = ["all.json"]\nat = "/apps/*"\n'
    taught = [layout(f'{text}kind = "application"\n')]
    for order in (names, names[::-1]):
        listed = written({"apps": [FAULTY[name] for name in order]}, len(order[0]))
        theirs = check(load(Archive.from_contents({"all.json": listed}), layouts=taught))
        one, other = (
            {each.fingerprint: each.address for each in found if each.address is not None} for found in (own, theirs)
        )
        assert one == other
        assert len(one) > 4


def test_an_address_leads_from_a_finding_to_the_resource_and_to_its_change() -> None:
    package = load(Archive.from_contents(contents(0)))
    instance = make_instance({"application": [{"id": "app-7", "name": "Shop"}], "topic": []}, covers=["topic"])
    planned = report_plan(assetpkg.plan(package, instance))
    shown = {
        each.entry: each.address
        for each in report_show(package, ((each, None) for each in package.resources)).resources
    }
    assert {each.address for each in planned.changes} == set(shown.values())
    for found in planned.diagnostics:
        assert found.address == shown.get(found.location.entry or "")
    (met,) = (each for each in planned.changes if each.meets is not None)
    assert (met.action, met.meets and (met.meets.address, met.meets.id)) == ("conflict", ("application/Shop", "app-7"))
    assert OWN.manifest not in shown
