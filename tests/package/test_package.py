from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assetpkg import InvalidPackage, Package, UnknownAddress, check, read, unpack, write
from assetpkg.archive.archive import Archive
from assetpkg.kinds.mqs import Topic
from assetpkg.package import loading
from assetpkg.package.package import load
from assetpkg.package.packing import dump, dump_folder
from assetpkg.resource import inspection
from tests.build import (
    API,
    APPLICATION,
    DATASOURCE,
    DOCUMENTS,
    GROUP,
    MANIFEST,
    TASK,
    TOPIC,
    edited,
    encode,
    make_contents,
    make_package,
)
from tests.tables import every_row


def test_a_new_package_is_empty_and_clean() -> None:
    package = Package.new("订单", asset_version="1.0")
    assert (package.name, package.asset_version, package.resources) == ("订单", "1.0", ())
    assert package.understood
    assert check(package) == []


def test_resources_can_be_added_in_any_order() -> None:
    additions = [
        ("api", API),
        ("topic", TOPIC),
        ("api_group", GROUP),
        ("task", TASK),
        ("datasource", DATASOURCE),
        ("application", APPLICATION),
    ]
    package = Package.new("shop").with_resources(additions)
    assert set(package.archive.entries) == {"manifest.json", *DOCUMENTS}
    assert [resource.address for resource in package.resources] == [
        resource.address for resource in make_package().resources
    ]


def test_adding_does_not_touch_what_was_there() -> None:
    before = make_package()
    after = before.with_resource("topic", {"name": "stock", "app_id": "shop-key", "access_policy": "pub"})
    assert "topic/stock" not in before.index.by_address
    assert after.document("topic/stock") == {"name": "stock", "app_id": "shop-key", "access_policy": "pub"}
    assert {name: after.archive.entries[name].read() for name in before.archive.entries} == make_contents()


def test_what_has_the_same_bytes_in_another_package_is_not_looked_into_again(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = encode(TOPIC)
    faulty = b'{"name": "stock", "access_policy": 7}'
    beside = load(Archive.from_contents(make_contents() | {"topics/faulty.json": faulty}))
    contents = make_contents() | {
        "topics/renamed.json": topic,
        "applications/of-another-kind.json": topic,
        "topics/faulty.json": faulty,
        "topics/new.json": encode(edited(TOPIC, remark="other bytes")),
    }
    alone = load(Archive.from_contents(contents))
    looked_into = []

    def inspect(kind: Any, entry: str, *rest: Any, **named: Any) -> Any:
        looked_into.append(entry)
        return inspection.inspect(kind, entry, *rest, **named)

    monkeypatch.setattr(loading, "inspect", inspect)
    again = load(Archive.from_contents(contents), beside=beside)
    assert sorted(looked_into) == ["applications/of-another-kind.json", "topics/faulty.json", "topics/new.json"]
    assert again.inspections == alone.inspections
    assert again.digests == alone.digests


@every_row(
    ("kind", "document", "sentence"),
    [
        pytest.param("tpoic", TOPIC, "no kind is named 'tpoic'; did you mean 'topic'?", id="an unknown kind"),
        pytest.param("topic", {}, "a resource of kind topic needs a name", id="no name"),
        pytest.param("topic", {"name": ""}, "a resource of kind topic needs a name", id="an empty name"),
        pytest.param("topic", {"name": 1}, "a resource of kind topic needs a name", id="a name that is not a text"),
        pytest.param(
            "topic",
            TOPIC,
            "the package already has a resource 'topic/order-events'; change that one",
            id="there already",
        ),
        pytest.param(
            "application",
            {"name": "Shop"},
            "the package already has a resource 'application/Shop'; change that one",
            id="there, with a capital",
        ),
        pytest.param(
            "topic",
            {**TOPIC, "name": "a", "x": float("inf")},
            "a resource cannot be written as JSON: Out of range",
            id="infinity",
        ),
        pytest.param(
            "topic",
            {**TOPIC, "name": "a", "x": {1}},
            "a resource cannot be written as JSON: Object of type set",
            id="a set",
        ),
        pytest.param(
            "topic", {**TOPIC, "name": "\ud800"}, "a resource cannot be written as JSON: ", id="half a character"
        ),
        pytest.param(
            "topic",
            {**TOPIC, "name": "a", "x": {1: 0, "1": 0}},
            "a resource cannot be written: key '1' occurs",
            id="a key twice",
        ),
    ],
)
def test_what_cannot_be_added(kind: str, document: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidPackage) as caught:
        make_package().with_resource(kind, document)
    assert str(caught.value).startswith(sentence)


def test_two_additions_of_one_address_are_refused() -> None:
    with pytest.raises(InvalidPackage, match="already has a resource 'topic/order-events'"):
        Package.new("shop").with_resources([("topic", TOPIC), ("topic", TOPIC)])


def test_a_file_with_another_resource_is_not_overwritten() -> None:
    package = make_package({"topics/stock.json": edited(TOPIC, name="other")})
    after = package.with_resource("topic", edited(TOPIC, name="stock"))
    assert {resource.name: resource.entry for resource in after.index.resources_of("topic")} == {
        "order-events": "topics/order-events.json",
        "other": "topics/stock.json",
        "stock": "topics/%73tock.json",
    }


def test_names_that_differ_in_case_live_side_by_side() -> None:
    package = make_package().with_resources(
        [("application", {"name": "shop", "id": "2"}), ("api_group", edited(GROUP, id="g", roma_app_id="2"))]
    )
    assert {"applications/%73hop.json", "api_groups/%73hop/orders.json"} <= set(package.archive.entries)
    assert not package.entry_faults


def test_a_document_is_changed_in_its_file() -> None:
    package = make_package({"topics/order-events.json": None, "topics/x.json": TOPIC})
    after = package.with_document("topic/order-events", edited(TOPIC, name="renamed"))
    assert after.resource("topic/renamed").entry == "topics/x.json"
    assert "topic/order-events" not in after.index.by_address
    assert "topic/order-events" in package.index.by_address


@pytest.mark.parametrize(
    ("document", "sentence"), [({}, "needs a name"), ({"name": "B"}, "already has a resource 'application/B'")]
)
def test_a_change_that_loses_a_resource_is_refused(document: dict[str, Any], sentence: str) -> None:
    package = make_package({"applications/B.json": {"name": "B"}})
    with pytest.raises(InvalidPackage, match=sentence):
        package.with_document("application/Shop", document)


def test_a_resource_taken_away_is_gone_and_leaves_dangling_references() -> None:
    package = make_package().without("application/Shop")
    assert "applications/Shop.json" not in package.archive.entries
    assert "REF001" in {found.code for found in check(package)}


def test_a_document_is_a_fresh_one_at_each_call() -> None:
    package = make_package()
    package.document("topic/order-events")["name"] = "changed"
    assert package.document("topic/order-events") == TOPIC


def test_a_model_is_typed_and_an_invalid_one_raises() -> None:
    model = make_package().model("topic/order-events")
    assert isinstance(model, Topic)
    assert (model.name, model.partition) == ("order-events", 3)
    with pytest.raises(ValidationError):
        make_package({"topics/order-events.json": edited(TOPIC, partition="3")}).model("topic/order-events")


@pytest.mark.parametrize("call", ["resource", "document", "model", "without"])
def test_an_unknown_address_is_answered_with_a_near_one(call: str) -> None:
    with pytest.raises(
        UnknownAddress, match=r"no resource has the address 'topic/order-event'; did you mean 'topic/order-events'\?"
    ):
        getattr(make_package(), call)("topic/order-event")


@every_row(
    ("contents", "understood", "slugs"),
    [
        pytest.param({}, False, {"no-manifest"}, id="nothing at all"),
        pytest.param({"a.txt": b""}, False, {"no-manifest"}, id="another layout"),
        pytest.param({"shop/manifest.json": encode(MANIFEST)}, False, {"no-manifest"}, id="one folder too deep"),
        pytest.param({"manifest.json": b"{"}, False, {"unreadable-manifest"}, id="a broken manifest"),
        pytest.param(
            {"manifest.json": encode({**MANIFEST, "format": "other/1"})}, False, {"unknown-format"}, id="another format"
        ),
        pytest.param(
            {"manifest.json": encode(MANIFEST), "topics/a.json": b"{"}, True, {"invalid-json"}, id="a broken resource"
        ),
        pytest.param(
            {"manifest.json": encode(MANIFEST), "topics/a.json": b"[]"},
            True,
            {"wrong-type"},
            id="a resource that is a list",
        ),
    ],
)
def test_loading_never_raises(contents: dict[str, bytes], understood: bool, slugs: set[str]) -> None:  # noqa: FBT001 - a column
    package = load(Archive.from_contents(contents))
    assert package.understood is understood
    found = {fault.slug for _, fault in package.entry_faults} | {fault.slug for fault in package.manifest.faults}
    assert found | {fault.slug for seen in package.inspections.values() for fault in seen.faults} == slugs


@pytest.mark.parametrize(
    "contents",
    [
        {},
        {"manifest.json": b"{"},
        {"manifest.json": encode(MANIFEST), "topics/a.json": b"{"},
        {"manifest.json": encode({**MANIFEST, "format": "x"})},
    ],
    ids=["nothing", "a broken manifest", "a broken resource", "another format"],
)
def test_what_is_not_understood_whole_is_not_written(contents: dict[str, bytes]) -> None:
    package = load(Archive.from_contents(contents))
    for made in (dump, dump_folder):
        with pytest.raises(InvalidPackage, match="run 'assetpkg check'"):
            made(package)


def test_a_folder_is_not_made_of_a_zip_that_was_changed() -> None:
    packed = {name: entry.read() for name, entry in dump(make_package()).entries.items()}
    changed = load(Archive.from_contents({**packed, "topics/order-events.json": encode(edited(TOPIC, partition=4))}))
    with pytest.raises(InvalidPackage, match=r"'topics/order-events\.json' does not match the manifest of package"):
        dump_folder(changed)


def test_entries_are_read_once() -> None:
    package = make_package()
    after = package.with_resource("application", {"name": "B"})
    assert all(after.inspections[name] is seen for name, seen in package.inspections.items())


def test_a_package_that_was_read_from_a_zip_can_be_changed_and_unpacked(tmp_path: Path) -> None:
    write(make_package(), tmp_path / "shop.zip")
    package = read(tmp_path / "shop.zip").with_document("topic/order-events", {**TOPIC, "description": "new"})
    assert check(package) == []
    unpack(package, tmp_path / "shop")
    assert read(tmp_path / "shop").digest == package.digest


def test_a_package_with_ten_thousand_faults_is_looked_at_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetpkg.package.loading.MOST_PACKAGE_FAULTS", 3)
    package = make_package({f"applications/{number}.json": b"{" for number in range(5)})
    assert [fault.message for entry, fault in package.entry_faults if entry == "applications/3.json"] == [
        "the entries before have 10,000 errors; this entry and the ones after it were not checked"
    ]
    assert package.understood, "the manifest is read all the same"
    with pytest.raises(InvalidPackage, match="cannot be read as part of a package"):
        dump(package)


def test_notes_refuse_nothing_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetpkg.package.loading.MOST_PACKAGE_FAULTS", 3)
    monkeypatch.setattr("assetpkg.package.loading.MOST_PACKAGE_NOTES", 6)
    newer = {f"topics/{number}.json": encode(edited(TOPIC, name=f"topic-{number}", a=1, b=2)) for number in range(5)}
    package = make_package(newer)
    assert package.entry_faults == ()
    dump(package)
    told = [found for found in check(package) if found.code == "RSC016"]
    assert [found.location.entry for found in told] == [f"topics/{number}.json" for number in (0, 0, 1, 1, 2, 2, 3, 4)]
    assert [found.message.endswith("(and 1 more of RSC016 in this file)") for found in told] == [False] * 6 + [True] * 2


def test_of_very_many_unknown_files_the_first_are_told() -> None:
    package = make_package({f"{number}": b"" for number in range(1_003)})
    found = [diagnostic for diagnostic in check(package) if diagnostic.code == "PKG030"]
    assert len(found) == 1_001
    assert [told.message for told in found if not told.location.entry] == ["3 more files do not belong to a resource"]


def test_of_very_many_refused_values_only_the_number_is_told() -> None:
    package = make_package(manifest={"assets": [{}] * 2_600})
    assert [fault.message for fault in package.manifest.faults] == [
        "10,400 values are not valid; there are too many to name each"
    ]
