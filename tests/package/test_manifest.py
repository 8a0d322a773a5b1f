import json
from typing import Any

import pytest

from assetpkg.limits import DEFAULT_LIMITS
from assetpkg.package.manifest import find_credentials, new_manifest, read_manifest, with_assets, without_assets
from tests.build import MANIFEST, edited, encode
from tests.tables import every_row

ASSETS = [{"kind": "topic", "name": "订单"}, {"kind": "api", "name": 'a"]}'}]
TABLE = '[\n    {"kind": "topic", "name": "订单"},\n    {"kind": "api", "name": "a\\"]}"}\n  ]'


@every_row(
    ("document", "found"),
    [
        pytest.param(MANIFEST, [], id="the least that is needed"),
        pytest.param({**MANIFEST, "x": [1], "source": {"y": 2}}, [], id="unknown keys"),
        pytest.param(
            {**MANIFEST, "asset_version": "1.1"},
            [("newer-asset-version", "/asset_version")],
            id="a newer minor version",
        ),
        pytest.param(
            {**MANIFEST, "asset_version": "2.0"},
            [("unknown-asset-version", "/asset_version")],
            id="another major version",
        ),
        pytest.param({**MANIFEST, "asset_version": "1"}, [("manifest-field", "/asset_version")], id="half a version"),
        pytest.param(
            {**MANIFEST, "asset_version": "1.0\n"}, [("manifest-field", "/asset_version")], id="a version and a line"
        ),
        pytest.param(
            {**MANIFEST, "asset_version": 1.0}, [("manifest-field", "/asset_version")], id="a version that is a number"
        ),
        pytest.param(edited(MANIFEST, name=...), [("manifest-field", "/name")], id="no name"),
        pytest.param({**MANIFEST, "name": ""}, [("manifest-field", "/name")], id="an empty name"),
        pytest.param(edited(MANIFEST, format=...), [("manifest-field", "/format")], id="no format"),
        pytest.param({**MANIFEST, "source": []}, [("manifest-field", "/source")], id="a source that is a list"),
        pytest.param({**MANIFEST, "assets": {}}, [("manifest-field", "/assets")], id="assets that are an object"),
        pytest.param(
            {**MANIFEST, "assets": [{"kind": "topic", "name": "a", "path": "a", "sha256": "A" * 64}]},
            [("manifest-field", "/assets/0/sha256")],
            id="a checksum in capitals",
        ),
        pytest.param([], [("unreadable-manifest", "")], id="a list"),
    ],
)
def test_faults_of_a_manifest(document: Any, found: list[tuple[str, str]]) -> None:
    faults = read_manifest(encode(document)).faults
    assert [(fault.slug, fault.pointer) for fault in faults] == found
    assert all(fault.message and fault.hint for fault in faults)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        pytest.param({**MANIFEST, "name": 1}, [], id="of our own format"),
        pytest.param({**MANIFEST, "asset_version": "9.0", "name": 1}, ["unknown-asset-version"], id="of a new version"),
        pytest.param({**MANIFEST, "format": 1}, ["manifest-field"], id="of a format that is no text"),
        pytest.param({}, ["manifest-field"] * 3, id="of no format, which is the reason why it is not understood"),
        pytest.param([], ["unreadable-manifest"], id="a list"),
    ],
)
def test_faults_of_a_manifest_where_none_are_wanted(document: Any, found: list[str]) -> None:
    manifest = read_manifest(encode(document), faults_wanted=False)
    assert [fault.slug for fault in manifest.faults] == found
    assert manifest[:2] == read_manifest(encode(document))[:2]


@every_row("content", [b"", b"{", b"\xff", b'{"a": 1, "a": 2}', b"\xef\xbb\xbf{}", b"[NaN]"])
def test_a_manifest_that_is_no_json_has_no_document(content: bytes) -> None:
    manifest = read_manifest(content)
    assert (manifest.document, manifest.name, manifest.asset_version, manifest.source) == ({}, "", "", {})
    assert manifest.assets is None
    assert {fault.slug for fault in manifest.faults} == {"unreadable-manifest"}


@pytest.mark.parametrize(
    ("assets", "understood"),
    [
        (None, None),
        ({}, None),
        ([], []),
        ([1, {"name": "a"}, {"path": 2}, {"path": "topics/a.json", "x": 1}], [{"path": "topics/a.json", "x": 1}]),
    ],
)
def test_only_the_well_formed_lines_of_the_table_count(assets: Any, understood: Any) -> None:
    assert read_manifest(encode({**MANIFEST, "assets": assets})).assets == understood


@every_row(
    ("plain", "packed"),
    [
        pytest.param('{"name": "a"}', '{"name": "a",\n  "assets": @}', id="on one line"),
        pytest.param('{\n  "name": "a"\n}\n', '{\n  "name": "a",\n  "assets": @\n}\n', id="on several lines"),
        pytest.param('{\r\n\t"a" : 1 \r\n}', '{\r\n\t"a" : 1,\n  "assets": @ \r\n}', id="with CRLF and tabs"),
        pytest.param(
            ' {"a":{"assets":[]}} ', ' {"a":{"assets":[]},\n  "assets": @} ', id="with another table further in"
        ),
        pytest.param('{"a":"]}\\"","b":"}"}', '{"a":"]}\\"","b":"}",\n  "assets": @}', id="with brackets in strings"),
    ],
)
def test_the_table_goes_behind_the_last_member_and_away_again(plain: str, packed: str) -> None:
    expected = packed.replace("@", TABLE)
    assert with_assets(plain, ASSETS) == expected
    assert without_assets(expected) == plain
    assert with_assets(expected, ASSETS) == expected
    assert json.loads(expected)["assets"] == ASSETS


@pytest.mark.parametrize(
    ("packed", "plain"),
    [
        pytest.param('{"assets": [1], "name": "a"}', '{"name": "a"}', id="first"),
        pytest.param('{"a": 1, "assets": {"x": []}, "name": "a"}', '{"a": 1, "name": "a"}', id="in the middle"),
        pytest.param('{"a": 1, "\\u0061ssets": []}', '{"a": 1}', id="written with an escape"),
        pytest.param('{"a": 1}', '{"a": 1}', id="not there"),
    ],
)
def test_a_table_is_taken_away_wherever_it_stands(packed: str, plain: str) -> None:
    assert without_assets(packed) == plain


def test_an_empty_table_is_a_table() -> None:
    assert with_assets('{"a": 1}', []) == '{"a": 1,\n  "assets": []}'


def test_credentials_are_the_same_whenever_they_are_looked_for() -> None:
    document = {**MANIFEST, "source": {"region": "password=Zx81!qwP9c"}}
    known = read_manifest(encode(document)).credentials
    assert known
    assert read_manifest(encode(document), faults_wanted=False).credentials is None
    assert find_credentials(document, DEFAULT_LIMITS) == known


def test_a_new_manifest_is_a_good_one() -> None:
    manifest = read_manifest(new_manifest("订单", "1.0"))
    assert (manifest.name, manifest.asset_version, manifest.faults) == ("订单", "1.0", ())
