"""Whatever the bytes: a report, or `CannotRead` with one sentence. Any other exception fails the test."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.errors import CannotRead, InvalidPackage
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.package.package import Package, load
from assetpkg.render import csv, json_v1
from assetpkg.render.markdown.checklist import render_checklist
from assetpkg.render.screen import Screen
from assetpkg.render.text import listing
from assetpkg.render.text.check import render_check
from assetpkg.render.text.plan import render_plan
from assetpkg.report.check import report_check, report_package
from assetpkg.report.outcome import report_checklist
from assetpkg.report.plan import report_plan
from assetpkg.report.show import report_show
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.build import DOCUMENTS, MANIFEST, encode, make_contents, make_instance, make_package, make_snapshot
from tests.laws.strategies import JSON, laws, pack, packages

SCREEN = Screen(width=80)
ZIP = pack(make_package())
SNAPSHOT = encode(make_snapshot({"application": [DOCUMENTS["applications/Shop.json"]], "unheard-of": [{}]}))
ODD_TEXT = st.sampled_from(
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"x"',
        b"1e999",
        b"NaN",
        b"-",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"a":1,"a":2}',
        b"{",
        b'{"name":"\\ud800"}',
        b"[" * 5000,
        b'{"a":' * 5000,
        b"9" * 5000,
        b'{"name":' + b'"x' * 9,
        b'{"a" 1}',
        b"{}{}",
        b'"\\u00"',
    ]
)
BYTES = st.one_of(st.binary(max_size=60), ODD_TEXT, JSON.map(lambda value: json.dumps(value).encode()))


def report(package: Package, target: Instance | None = None) -> None:
    """Do everything that a command does with a package."""
    found = assetpkg.check(package)
    for screen in (SCREEN, Screen(width=60, colour=True)):
        render_check(report_check([report_package("a.zip", found)]), screen).encode()
    json_v1.render(report_check([report_package("a.zip", found)])).encode()
    shown = report_show(package, ((resource, None) for resource in package.resources))
    listing.render_show(shown, SCREEN).encode()
    json_v1.render(shown).encode()
    for options in (ImportOptions(prefix="dev_"), ImportOptions(mode=Mode.MERGE, datasource_overwrite=True)):
        plan = assetpkg.plan(package, target, options)
        told = report_plan(plan)
        render_plan(told, SCREEN).encode()
        json_v1.render(told).encode()
        try:
            lists = report_checklist(plan, plan.checklist())
        except InvalidPackage:
            continue
        render_checklist(lists).encode()
        csv.render(lists).encode()
        json_v1.render(lists).encode()
    with tempfile.TemporaryDirectory() as place:
        try:
            assetpkg.write(package, Path(place, "a.zip"))
            assetpkg.unpack(package, Path(place, "a"))
        except InvalidPackage:
            assert not list(Path(place).glob("a"))


def target_of(read: Callable[[], Instance], beginning: str) -> Instance | None:
    """Return what is read, or nothing where it cannot be read; then a sentence says so."""
    sentence = beginning
    try:
        return read()
    except CannotRead as error:
        sentence = str(error)
    finally:
        assert sentence.startswith(beginning)
        assert "\n" not in sentence
    return None


@laws
@given(st.binary(max_size=200))
@example(b"")
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes_as_a_zip_give_a_report(content: bytes) -> None:
    package = load(parse_archive(content, origin="a.zip"))
    report(package)
    assert assetpkg.check(package)


@laws
@given(st.integers(0, len(ZIP)), st.integers(0, 8), st.binary(max_size=8))
def test_any_damage_to_a_zip_gives_a_report(at: int, width: int, content: bytes) -> None:
    report(load(parse_archive(ZIP[:at] + content + ZIP[at + width :], origin="a.zip")), make_instance())


@laws
@given(BYTES)
def test_any_bytes_as_a_manifest_give_a_report(content: bytes) -> None:
    report(load(Archive.from_contents({**make_contents(), "manifest.json": content})))


@laws
@given(st.dictionaries(st.sampled_from([*MANIFEST, "source", "assets", "$schema", "x"]), JSON, max_size=4))
def test_any_values_in_a_manifest_give_a_report(changes: dict[str, Any]) -> None:
    report(make_package(manifest=changes), make_instance())


@laws
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["path", "sha256", "kind", "name", "id"]), JSON | st.just("topics/order-events.json")
        )
    )
)
def test_any_table_of_assets_gives_a_report(assets: list[dict[str, Any]]) -> None:
    report(load(parse_archive(pack(make_package()), origin="a.zip")))
    contents = make_contents(manifest={"assets": assets})
    report(load(Archive(origin="a.zip", entries=Archive.from_contents(contents).entries, file_name="a.zip")))


@laws
@given(st.sampled_from(sorted(DOCUMENTS)), BYTES)
def test_any_bytes_as_a_resource_give_a_report(entry: str, content: bytes) -> None:
    package = make_package({entry: content})
    report(package, make_instance())
    assert len(package.inspections) == len(DOCUMENTS)


@laws
@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
def test_any_value_in_any_field_gives_a_report(entry: str, data: st.DataObject) -> None:
    kind = next(known for known in KINDS.values() if entry.startswith(f"{known.folder}/"))
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(fields_of(kind))), JSON, min_size=1, max_size=3))
    target = make_instance({kind.kind: [DOCUMENTS[entry]]})
    report(make_package({entry: {**DOCUMENTS[entry], **changes}}), target)


@laws
@given(st.data())
def test_any_value_deep_inside_gives_a_report(data: st.DataObject) -> None:
    api = DOCUMENTS["apis/Shop/orders/get-order.json"]
    source = DOCUMENTS["datasources/orders-db.json"]
    odd = data.draw(JSON)
    inside = data.draw(
        st.sampled_from(["req_params", "backend_api", "func_info", "mock_info", "auth_opt", "policy_mocks"])
    )
    document = {
        **api,
        inside: data.draw(st.sampled_from([[odd], {"name": odd, "header": odd}, [{"conditions": [odd]}]])),
    }
    content = {"password": odd, "url": odd, "multi_oracle_address": [odd], "api_auth_detail": odd}
    kind = data.draw(st.sampled_from(["MYSQL", "API", "ORACLE", "CUSTOMIZED", "unheard of"]))
    changes = {
        "apis/Shop/orders/get-order.json": document,
        "datasources/orders-db.json": {**source, "datasource_type": kind, "content": content},
    }
    report(make_package(changes), make_instance({"datasource": [source], "api": [api]}))


@laws
@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=5), max_size=4))
@example({"a\ud800": b"", "../x": b"", "/": b"", "a": b"", "A": b"", "topics/\n.json": b"{}"})
def test_any_names_of_entries_give_a_report(files: dict[str, bytes]) -> None:
    legal = {name: content for name, content in files.items() if not any("\ud800" <= each <= "\udfff" for each in name)}
    report(load(Archive.from_contents({**make_contents(), **legal})))


@laws
@given(BYTES)
def test_any_bytes_as_a_snapshot_are_a_target_or_cannot_be_read(content: bytes) -> None:
    target = target_of(lambda: parse_snapshot(content, "target.json"), "target.json is not a snapshot: ")
    if target is not None:
        report(make_package(), target)


@laws
@given(
    st.integers(0, len(SNAPSHOT)),
    st.integers(0, 4),
    st.binary(max_size=3) | st.sampled_from([b"{", b"]", b'"', b",", b"\\"]),
)
def test_any_damage_to_a_snapshot_is_a_target_or_cannot_be_read(at: int, width: int, content: bytes) -> None:
    damaged = SNAPSHOT[:at] + content + SNAPSHOT[at + width :]
    try:
        target = parse_snapshot(damaged, "target.json")
    except CannotRead:
        return
    assert json.loads(damaged)["format"] == "assetpkg-snapshot/1"
    report(make_package(), target)


def test_every_truncation_of_a_snapshot_cannot_be_read() -> None:
    for length in range(len(SNAPSHOT) - 1):
        with pytest.raises(CannotRead):
            parse_snapshot(SNAPSHOT[:length], "target.json")


@laws
@given(
    st.dictionaries(st.sampled_from(["name", "covers", "instance", "quotas", "functions", "jobs", "resources"]), JSON)
)
def test_any_values_in_a_snapshot_are_a_target_or_cannot_be_read(changes: dict[str, Any]) -> None:
    try:
        target = parse_snapshot(encode({**make_snapshot(), **changes}), "target.json")
    except CannotRead:
        return
    report(make_package(), target)


@laws
@given(packages(), st.data())
def test_any_field_of_any_resource_on_the_target_can_have_any_value(package: Package, data: st.DataObject) -> None:
    resources: dict[str, list[Any]] = {}
    for resource in package.resources:
        document = package.document(resource.address)
        field = data.draw(st.sampled_from(sorted(document)))
        document[field] = data.draw(JSON)
        resources.setdefault(resource.path.kind, []).append(document)
    try:
        target = make_instance(resources)
    except CannotRead:
        return
    report(package, target)


@laws
@given(BYTES)
def test_any_file_is_read_or_cannot_be_read(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content)
        file.flush()
        report(assetpkg.read(file.name))
        report(make_package(), target_of(lambda: assetpkg.read_target(file.name), f"{file.name} is n"))
