"""Nothing is hidden without a finding, and what holds credentials is kept from others."""

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.kinds.kind import fields_of
from assetpkg.package.layout import safe_name
from assetpkg.package.package import load
from assetpkg.resource.masking import mask
from assetpkg.resource.references import Holder
from tests.build import APPLICATION, DATASOURCE, MANIFEST, encode, make_contents, make_package, make_snapshot
from tests.conftest import ROOT
from tests.tables import every_row
from tests.trust.canary import worlds
from tests.trust.canary.birds import CARRIERS, Flock
from tests.trust.canary.cage import Cage, cage

__all__ = ["cage"]

SORTS = {"private key": "SEC003", "token": "SEC004", "header": "SEC004"}
"""By the form of a credential, where it is not SEC002."""
KEY_STORE = b"\xfe\xed\xfe\xed\x00\x00\x00\x02" + bytes(40)


def found(contents: dict[str, bytes]) -> set[tuple[str, str, str]]:
    """Return code, entry and pointer of what the rules find about credentials."""
    diagnostics = assetpkg.check(load(Archive.from_contents(contents)), assetpkg.Policy.parse(select=["SEC"]))
    return {(each.code, each.location.entry, each.location.pointer) for each in diagnostics}


@every_row("form", CARRIERS)
def test_every_place_is_told(form: str) -> None:
    text = Flock().text("a text", form)
    code, name = SORTS.get(form, "SEC002"), safe_name(text)
    contents = make_contents(
        {
            "applications/Shop.json": {**APPLICATION, "x": {"a": {text: 1}}, "remark": text},
            f"notes/{name}.txt": b"nothing",
            f"{name}/a.txt": b"nothing",
            "notes/.env": f"{text}\n".encode(),
        },
        manifest={"source": {"region": text}, "x": {text: 1}},
    )
    told = found(contents)
    holders = [known.holder for _, known in load(Archive.from_contents(contents)).credentials]
    assert {(code, "applications/Shop.json", "/remark"), (code, "manifest.json", "/source/region")} <= told
    assert holders.count(Holder.KEY) == holders.count(Holder.NAME) == 2
    assert (code, "notes/.env", "") in told


def test_what_a_file_is_counts_and_not_its_name() -> None:
    der = base64.b64decode("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj") + bytes(60)
    contents = make_contents(
        {"x/store": KEY_STORE, "x/key": der, "x/inner.zip": b"PK\x03\x04\xff password=a", "x/y": b"\xff"}
    )
    assert found(contents) == {("SEC005", "x/store", ""), ("SEC003", "x/key", "")}


def test_a_file_is_searched_up_to_a_size() -> None:
    line = b"password=Winter-2024\n"
    assert found(make_contents({"x/y": line + b"\n" * 2**20})) == set()
    assert found(make_contents({"x/y": b"\n" * 2**19 + line})) == {("SEC002", "x/y", "")}


def test_the_line_of_a_credential_in_a_file_is_told() -> None:
    package = make_package({"x/.env": "A=1\n订单=1\nDB_PASSWORD=Winter-2024\n".encode()})
    (told,) = assetpkg.check(package, assetpkg.Policy.parse(select=["SEC"]))
    assert (told.location.line, told.location.column) == (3, 13)
    assert told.message == "the file contains a credential inside an address or another text"


def test_nothing_is_hidden_without_a_finding() -> None:
    flock = Flock()
    for planted in (worlds.documents(flock, 5), worlds.secrets(flock, str)):
        package = load(Archive.from_contents(worlds.contents(planted, MANIFEST)))
        told = {each.location.entry for each in assetpkg.check(package, assetpkg.Policy.parse(select=["SEC"]))}
        for resource in package.resources:
            document = package.document(resource.address)
            if mask(fields_of(resource.kind), document) != document:
                assert {entry for entry, _ in package.credentials if entry == resource.entry}
        assert len(told) > 30


@pytest.mark.parametrize(
    ("changes", "private"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"datasources/orders-db.json": {**DATASOURCE, "x": {"password": "a"}}}, True, id="a resource"),
        pytest.param({"datasources/orders-db.json": {**DATASOURCE, "password=a": 1}}, True, id="a key"),
        pytest.param({"manifest.json": {**MANIFEST, "x": {"token": "a"}}}, True, id="the manifest"),
        pytest.param({"notes/password=a.txt": b""}, True, id="the name of a file"),
        pytest.param({"notes/.env": b"TOKEN=a"}, True, id="a file"),
        pytest.param({"notes/store.jks": KEY_STORE}, True, id="a key store"),
        pytest.param({"notes/.env": b"TOKEN=${TOKEN}"}, False, id="a placeholder"),
    ],
)
@pytest.mark.parametrize("command", ["unpack", "split"])
def test_what_holds_a_credential_is_unpacked_for_nobody_else(
    cage: Cage, command: str, changes: dict[str, Any], *, private: bool
) -> None:
    mask_before = os.umask(0o022)
    try:
        assetpkg.write(make_package(changes), cage.place / "shop.zip")
        assert cage.run(command, "shop.zip", "-o", "out").status == 0
    finally:
        os.umask(mask_before)
    out = cage.place / "out"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*"))}
    assert modes == ({0o600, 0o700} if private else {0o644, 0o755})


def test_a_short_secret_is_compared_and_not_shown(cage: Cage) -> None:
    here, there = ({**DATASOURCE, "content": {"password": word}} for word in ("q9z", "z9q"))
    worlds.write(cage.place / "shop", make_contents({"datasources/orders-db.json": here}))
    (cage.place / "target.json").write_bytes(encode(make_snapshot({"datasource": [there]})))
    for form, differs in (("text", "(secret, changed)"), ("json", '"secret": true'), ("html", "which differs")):
        said = cage.run("plan", "shop", "--target", "target.json", "--mode", "Merge", "--format", form).everything
        assert "q9z" not in said
        assert "z9q" not in said
        assert differs in said


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["check", "shop"], id="a finding"),
        pytest.param(["plan", "shop", "--target", "broken.json"], id="a snapshot that is not one"),
        pytest.param(["show", "shop", "nothing"], id="no such address"),
        pytest.param(["pack", "shop", "-o", "a.zip"], id="a package that is damaged"),
    ],
)
def test_a_process_of_its_own_says_as_little(tmp_path: Path, words: list[str]) -> None:
    flock = Flock()
    broken = json.dumps({"password": flock.bird("a secret"), "url": flock.text("a text", "URL")})[:-1].encode()
    worlds.write(tmp_path / "shop", make_contents({"applications/Shop.json": broken}))
    (tmp_path / "broken.json").write_bytes(broken)
    environment = {**os.environ, "DB_PASSWORD": flock.bird("the environment"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "dev", "-W", "error", "-m", "assetpkg", *words]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode in (1, 2)
    assert not flock.heard(said)
    assert "Traceback" not in said
