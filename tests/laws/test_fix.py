"""Fixing takes away what has one way to be corrected, and nothing else: no finding comes, and no byte more goes."""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg.archive.archive import read_archive
from assetpkg.authoring.fix import Fixing, fix
from assetpkg.diagnostics.model import Fix
from assetpkg.package.manifest import with_assets
from assetpkg.package.package import load
from assetpkg.package.packing import zip_of
from assetpkg.rules import catalogue, fault_rules
from assetpkg.rules.fixes import FIXES
from assetpkg.rules.policy import Policy
from tests.build import API, GROUP, TOPIC, edited, encode, make_contents, make_package
from tests.laws.strategies import laws
from tests.rules.rows import EVENTS, GET_ORDER, MANIFEST, zipped

MARK = b"\xef\xbb\xbf"
ACCENT = "topics/événements.json"
DEEP = "api_groups/Théâtre/orders 2.json"
TAGGED = edited(API, tags=["a", "b"], req_params=[{"name": "id", "location": "PATH", "type": "STRING", "required": 1}])
SOUND = make_contents(
    {
        GET_ORDER: TAGGED,
        ACCENT: {**TOPIC, "name": "evenements"},
        DEEP: {**GROUP, "id": "group-2", "name": "orders 2"},
    }
)
"""A package in which nothing can be fixed."""

Contents = dict[str, bytes]


def renamed(name: str) -> Callable[[Contents], None]:
    return lambda found: found.update({unicodedata.normalize("NFD", name): found.pop(name)})


def marked(name: str, times: int = 1) -> Callable[[Contents], None]:
    return lambda found: found.update({name: MARK * times + found[name]})


def listed(found: Contents) -> None:
    asset = {"kind": "topic", "name": "x", "id": None, "path": "topics/x.json", "sha256": "0" * 64}
    found[MANIFEST] = with_assets(found[MANIFEST].decode(), [asset]).encode()


def repeated(before: str, more: str) -> Callable[[Contents], None]:
    return lambda found: found.update({GET_ORDER: found[GET_ORDER].replace(before.encode(), (before + more).encode())})


DAMAGES: Mapping[str, Callable[[Contents], None]] = {
    "a list of assets": listed,
    "a tag twice": repeated('"b"', ', "a",\n "b"'),
    "a parameter three times, and in another order": repeated(
        '"required": 1\n    }', ',{"location": "PATH", "type": "STRING", "name": "id", "required": 1}' * 2
    ),
    "a mark": marked(EVENTS),
    "two marks on an API": marked(GET_ORDER, 2),
    "a mark on the manifest": marked(MANIFEST),
    "a name in parts": renamed(ACCENT),
    "a folder in parts": renamed(DEEP),
}


def fixed(folder: Path, contents: Mapping[str, bytes]) -> tuple[Fixing, dict[str, bytes]]:
    """Write a folder, and fix it; return what was done, and its files afterwards."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    found = fix(assetpkg.read(folder))
    found.write(folder)
    files = (path for path in folder.rglob("*") if path.is_file())
    return found, {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def findings(folder: Path) -> Counter[tuple[str, str]]:
    return Counter((found.code, found.location.entry) for found in assetpkg.check(folder))


@laws
@given(damages=st.sets(st.sampled_from(sorted(DAMAGES))))
def test_what_is_fixed_is_as_it_was_before_the_damage(
    tmp_path_factory: pytest.TempPathFactory, damages: set[str]
) -> None:
    folder, contents = tmp_path_factory.mktemp("shop"), dict(SOUND)
    for name in sorted(damages):  # a mark comes after what is written into the file, as its name comes last
        DAMAGES[name](contents)
    found, files = fixed(folder, contents)
    assert files == SOUND
    assert found.package.digest == assetpkg.read(folder).digest
    assert fix(assetpkg.read(folder)).files == ()
    assert not [code for code, _ in findings(folder) if catalogue()[code].fixable]
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())


LEFT: Mapping[str, dict[str, Any]] = {
    "a tag with another name for it": {GET_ORDER: edited(TAGGED, tags=["a", "b", "a "])},
    "two parameters of one name that differ": {
        GET_ORDER: edited(TAGGED, req_params=[*TAGGED["req_params"], {**TAGGED["req_params"][0], "required": 2}])
    },
    "another encoding": {EVENTS: b'{"name": "caf\xe9"}'},
    "a mark on what is no text": {EVENTS: MARK + b"\xff"},
    "numbers that are spelled in two ways": {
        GET_ORDER: edited(TAGGED, req_params=[]),
        "topics/x.json": json.dumps({**TOPIC, "name": "x"}).encode(),
    },
}


@pytest.mark.parametrize("title", LEFT)
def test_what_has_more_ways_than_one_is_left(title: str, tmp_path: Path) -> None:
    contents = make_contents(LEFT[title])
    found, files = fixed(tmp_path, contents)
    assert found.files == ()
    assert files == contents


def test_a_file_is_left_with_the_reason_where_another_finding_would_come(tmp_path: Path) -> None:
    taken = {unicodedata.normalize("NFD", ACCENT): encode({**TOPIC, "name": "other"})}
    found, files = fixed(tmp_path / "shop", {**SOUND, **taken})
    assert {file.reason for file in found.files} == {"another file has that name"}
    assert files == {**SOUND, **taken}
    # What could never be a package is not made one.
    found, files = fixed(tmp_path / "web", {MANIFEST: MARK + b'{"short_name": "app"}', "applications/A.json": b"{}"})
    assert [file.reason for file in found.files] == ["it would still not be the manifest of a package"]
    assert files[MANIFEST].startswith(MARK)


def test_a_fix_that_would_spoil_something_is_not_made(tmp_path: Path) -> None:
    spoiling = Fix("spoils it", content=lambda content, _: content.replace(b'"name"', b'"nome"'))
    rules = [replace(rule, fix=spoiling if rule.slug == "duplicate-item" else rule.fix) for rule in fault_rules()]
    contents = dict(SOUND)
    DAMAGES["a tag twice"](contents)
    DAMAGES["a name in parts"](contents)
    with mock.patch("assetpkg.authoring.fix.fault_rules", return_value=rules):
        found, files = fixed(tmp_path, contents)
    assert [(file.entry, file.reason) for file in found.files if file.reason] == [
        (GET_ORDER, "something else would be found in the package then")
    ]
    assert files == {**SOUND, GET_ORDER: contents[GET_ORDER]}


def test_a_zip_and_what_is_not_asked_for_are_left(tmp_path: Path) -> None:
    contents = dict(SOUND)
    DAMAGES["a tag twice"](contents)
    (tmp_path / "shop.zip").write_bytes(zipped(contents))
    found = fix(load(read_archive(tmp_path / "shop.zip")))
    assert [(file.entry, file.reason) for file in found.files] == [
        (GET_ORDER, "only the files of a folder are fixed; unzip it, fix the folder, and pack that")
    ]
    assert found.changed == ()
    package = make_package({name: content for name, content in contents.items() if name != MANIFEST})
    assert [file.entry for file in fix(package).changed] == [GET_ORDER]
    for policy in (Policy.parse(ignore=["RSC"]), Policy.parse(per_path={"apis/**": ["RSC054"]})):
        assert fix(package, policy).files == ()
    assert zip_of(fix(package).package) == zip_of(make_package({k: v for k, v in SOUND.items() if k != MANIFEST}))


def test_a_file_whose_text_is_in_another_one_keeps_its_name(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "apis/é.json")
    api = edited(TAGGED, id="api-9", name="other", req_uri="/other/{id}", mock_info={"result_content": {"$file": "?"}})
    text = name.replace(".json", ".body.txt")
    api["mock_info"]["result_content"]["$file"] = text.removeprefix("apis/")
    api["tags"] = ["a", "a"]
    found, files = fixed(tmp_path, {**SOUND, name: encode(api), text: b"{}\n"})
    assert {file.reason for file in found.files} == {
        None,
        "a text of a resource is in a file of its own, and both names go together",
    }
    assert assetpkg.read(tmp_path).document("api/Shop/orders/other")["mock_info"] == {"result_content": "{}\n"}
    assert set(files) == {*SOUND, name, text}
    assert json.loads(files[name])["tags"] == ["a"]


def test_every_declared_fix_belongs_to_a_rule() -> None:
    fixable = {rule.slug: rule.fix for rule in catalogue().values() if rule.fix is not None}
    assert set(FIXES) | {"assets-in-folder"} == set(fixable)
    assert all((each.content is None) != (each.name is None) for each in fixable.values())
