"""Copies without credentials: what becomes of each, which names stand for them, and what is refused."""

import base64
import codecs
import html
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner, Result

import assetpkg
from assetpkg import CannotRead, CredentialRemains, InvalidPackage, Package
from assetpkg.archive.archive import Archive
from assetpkg.authoring.redact.encodings import LEAST, LEAST_MIXED, Search, inner_codes, is_distinctive
from assetpkg.authoring.redact.names.mapping import read_names
from assetpkg.authoring.redact.placeholders import is_public_word
from assetpkg.cli.program import cli
from assetpkg.limits import DEFAULT_LIMITS, MOST_CREDENTIALS
from assetpkg.package.package import load
from assetpkg.target.snapshot import parse_snapshot
from tests.build import (
    API,
    APPLICATION,
    DATASOURCE,
    TASK,
    TOPIC,
    edited,
    encode,
    make_contents,
    make_package,
    make_snapshot,
)
from tests.conftest import SAMPLES
from tests.tables import every_row

HUNTER = "hunter2Hunter2"
SHOP, DATABASE, EVENTS = "applications/Shop.json", "datasources/orders-db.json", "topics/order-events.json"
NAME = "${ORDERS_DB_PASSWORD}"


def source(**content: Any) -> dict[str, Any]:
    """Return a data source whose password is the hunter's, and that has something else, too."""
    return edited(DATASOURCE, content={"password": HUNTER, **content})


def redacted(changes: Mapping[str, Any], **options: Any) -> dict[str, bytes]:
    archive = assetpkg.redact(make_package(changes, **options)).package.archive
    return {name: entry.read() for name, entry in archive.entries.items()}


def code(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


KEY = f"-----BEGIN PRIVATE KEY-----\n{HUNTER * 9}\n-----END PRIVATE KEY-----"
LINES = "\r\n".join(code(f"x = 1\npassword='{HUNTER}'\n{'y = 2' * 30}\n")[at : at + 76] for at in range(0, 264, 76))

VALUES = [
    pytest.param({"password": HUNTER}, {"password": NAME}, id="a password"),
    pytest.param({"password": f"  {HUNTER} "}, {"password": NAME}, id="with blanks around it"),
    pytest.param({"password": [HUNTER, {"a": HUNTER}, True]}, {"password": [NAME, {"a": NAME}, True]}, id="a list"),
    pytest.param({"password": 20261123}, {"password": None}, id="a number"),
    pytest.param({"password": "${MINE}"}, {"password": "${MINE}"}, id="a placeholder"),
    pytest.param({"password": f"${{MINE}}{HUNTER}"}, {"password": NAME}, id="a placeholder and more"),
    pytest.param({"x": f"jdbc:mysql://root:{HUNTER}@db/x?a=b"}, {"x": f"jdbc:mysql://root:{NAME}@db/x?a=b"}, id="URL"),
    pytest.param({"x": f"so it is {HUNTER}."}, {"x": f"so it is {NAME}."}, id="written again"),
    pytest.param({"x": f"so it is ${{{HUNTER}}}."}, {"x": f"so it is {NAME}."}, id="inside a placeholder"),
    pytest.param({"x": HUNTER.encode().hex()}, {"x": NAME}, id="in hexadecimal"),
    pytest.param({"x": f"is {code(HUNTER)}"}, {"x": f"is {NAME}"}, id="in base64"),
    pytest.param({"x": f"is {code('a' + HUNTER)}"}, {"x": f"is {code('a' + NAME)}"}, id="in base64, with more"),
    pytest.param({"x": code(f"{HUNTER}!!")[:-2]}, {"x": code(f"{NAME}!!").rstrip("=")}, id="in base64 without its end"),
    pytest.param({"x": code(code(f"it is {HUNTER}"))}, {"x": code(code(f"it is {NAME}"))}, id="in base64, twice"),
]


@every_row(("before", "after"), VALUES)
def test_what_becomes_of_a_value(before: dict[str, Any], after: dict[str, Any]) -> None:
    content = {"password": HUNTER, **before}
    copy = redacted({DATABASE: edited(DATASOURCE, content=content)})
    assert json.loads(copy[DATABASE])["content"] == {"password": NAME, **after}


@every_row(
    ("key", "value", "after"),
    [
        pytest.param("x", KEY, "${ORDERS_DB_X_PRIVATE_KEY}", id="a private key"),
        pytest.param("x", f"use {KEY} here", "use ${ORDERS_DB_X_PRIVATE_KEY} here", id="a private key in a text"),
        pytest.param("x", "/u3+7QAAAAIAAAABAAAAAQAFb3JkZXI=", "${ORDERS_DB_X_FILE}", id="a file of keys"),
        pytest.param("x", f"see ghp_{HUNTER}{HUNTER}.", "see ${ORDERS_DB_X_TOKEN}.", id="a token"),
        pytest.param("x", "http://a:b@c", "http://a:${ORDERS_DB_X_CREDENTIAL}@c", id="the password of an address"),
        pytest.param("accessToken", HUNTER, "${ORDERS_DB_ACCESS_TOKEN}", id="a field of two words"),
        pytest.param("数据_secret", HUNTER, "${ORDERS_DB_SECRET}", id="a field with other letters"),
        pytest.param("x", [{"name": "X-Token", "value": HUNTER}], "${ORDERS_DB_X_TOKEN}", id="a value with a name"),
        pytest.param("password", "password", "${ORDERS_DB_PASSWORD}", id="a word of the format"),
    ],
)
def test_a_placeholder_is_named_after_its_place(key: str, value: Any, after: str) -> None:
    copy = json.loads(redacted({DATABASE: edited(DATASOURCE, content={key: value})})[DATABASE])["content"][key]
    assert (copy[0]["value"] if isinstance(copy, list) else copy) == after


def test_a_placeholder_has_no_part_of_a_credential() -> None:
    named = edited(DATASOURCE, datasource_name=f"db-{HUNTER}", content={"password": HUNTER})
    copy = json.loads(redacted({DATABASE: named})[DATABASE])
    assert copy["datasource_name"] == "db-${DATASOURCE_PASSWORD}"
    assert copy["content"] == {"password": "${DATASOURCE_PASSWORD}"}


def test_a_placeholder_in_a_key_or_a_name_makes_no_credential_of_what_stands_beside_it() -> None:
    beside = [{f"a {HUNTER}": 1}, {"name": HUNTER, "value": 2}, {code(f"//a:{HUNTER}@b/"): 3}]
    content = json.loads(redacted({DATABASE: source(x=beside)})[DATABASE])["content"]
    shown = "${ORDERS_DB}"
    assert content == {
        "password": shown,
        "x": [{f"a {shown}": 1}, {"name": shown, "value": 2}, {code(f"//a:{shown}@b/"): 3}],
    }


def test_names_are_unique_also_among_those_that_are_there() -> None:
    one, second = source(x="${ORDERS_DB_PASSWORD_2} ${orders_db_password}"), "datasources/orders_db.json"
    other = edited(DATASOURCE, datasource_id="ds-2", datasource_name="orders_db", content={"password": "different-1"})
    copy = redacted({DATABASE: one, second: other})
    assert [json.loads(copy[name])["content"]["password"] for name in (DATABASE, second)] == [
        "${ORDERS_DB_PASSWORD_3}",
        "${ORDERS_DB_PASSWORD_4}",
    ]


@every_row(
    ("secret", "text", "after"),
    [
        pytest.param("swan", "a swan song", "a swan song", id="short"),
        pytest.param("orders", "all orders", "all orders", id="a short word"),
        pytest.param("swan77", "it is swan77", f"it is {NAME}", id="short and mixed"),
        pytest.param("swimswan", "a swimswan", f"a {NAME}", id="eight letters"),
        pytest.param("datasource", "a datasource", "a datasource", id="a word of the format"),
    ],
)
def test_what_is_met_elsewhere_by_chance_stays(secret: str, text: str, after: str) -> None:
    copy = redacted({DATABASE: source(password=secret), EVENTS: edited(TOPIC, remark=text)})
    assert json.loads(copy[EVENTS])["remark"] == after


def test_the_name_of_an_account_is_replaced_at_its_place_only() -> None:
    content = json.loads(redacted({DATABASE: source(user_name="warehouse1", database="warehouse1")})[DATABASE])[
        "content"
    ]
    assert content == {"password": NAME, "user_name": "${ORDERS_DB_USER_NAME}", "database": "warehouse1"}


FILES = [
    pytest.param("a.txt", f"x\r\npassword={HUNTER}\r\n".encode(), f"x\r\npassword={NAME}\r\n".encode(), id="text"),
    pytest.param("a.txt", f"用户 {HUNTER}".encode("gbk"), f"用户 {NAME}".encode("gbk"), id="text in GBK"),
    pytest.param("a.txt", f"\ufeff{HUNTER}订".encode("utf-16-le"), f"\ufeff{NAME}订".encode("utf-16-le"), id="UTF-16"),
    pytest.param("a.json", b'{ "a" :["\\u0068unter2Hunter2"]}', f'{{ "a" :["{NAME}"]}}'.encode(), id="JSON"),
    pytest.param("a.json", f'{{"password": "{HUNTER}"'.encode(), f'{{"password": "{NAME}"'.encode(), id="broken JSON"),
    pytest.param("a.p12", b"\x30\x82\x01\x00\x02\x01\x03\x300", b"${A_P12}", id="a PKCS#12 file"),
    pytest.param("a.jks", b"\xfe\xed\xfe\xed\0\0\0\2", b"${A_JKS}", id="a key store"),
    pytest.param("a.bin", b"PK\x03\x04...", b"${A_BIN}", id="a zip"),
    pytest.param("a.gif", b"GIF89a\0\1", b"GIF89a\0\1", id="a picture"),
    pytest.param("a.b64", LINES.encode(), None, id="base64 in lines"),
]


@every_row(("name", "before", "after"), FILES)
def test_what_becomes_of_an_unknown_file(name: str, before: bytes, after: bytes | None) -> None:
    copy = redacted({DATABASE: source(), name: before})[name]
    if after is None:
        assert base64.b64decode(copy) == base64.b64decode(before).replace(HUNTER.encode(), NAME.encode())
        assert {len(line) for line in copy.split(b"\r\n")[:-1]} == {76}
    else:
        assert copy == after


def test_the_name_of_a_file_and_references_by_name_follow_the_name() -> None:
    api, group = "apis/Shop/orders/get-order.json", f"api_groups/Shop/{HUNTER} %2F.json"
    named = {"id": "g", "name": f"{HUNTER} /", "version": "V2", "roma_app_id": "app-1"}
    copy = redacted({DATABASE: source(), group: named, api: edited(API, x=f"see {HUNTER}/get")})
    assert json.loads(copy["api_groups/Shop/${ORDERS_DB} %2F.json"])["name"] == "${ORDERS_DB} /"
    assert json.loads(copy[api])["x"] == "see ${ORDERS_DB}/get"
    assert group not in copy


def test_documents_inside_strings_keep_their_escapes() -> None:
    inside = '{ "\\u0061": "\\/", "password":\t"p\\"\\u00e9s-1","n":1}'
    task = encode(TASK)[:-2] + f', "task_detail" : {json.dumps(inside)}}}'.encode()
    copy = redacted({"tasks/sync_orders.json": task})["tasks/sync_orders.json"]
    assert copy == task.replace(json.dumps('"p\\"\\u00e9s-1"')[1:-1].encode(), b'\\"${SYNC_ORDERS_PASSWORD}\\"')


def test_the_list_of_a_zip_is_made_anew(tmp_path: Any) -> None:
    assetpkg.write(make_package({DATABASE: source(), SHOP: edited(APPLICATION, x=HUNTER)}), tmp_path / "a.zip")
    copy = assetpkg.redact(assetpkg.read(tmp_path / "a.zip")).package
    codes = [found.code for found in assetpkg.check(copy)]
    assert [code for code in codes if code.startswith(("MAN", "SEC")) and code != "SEC006"] == []
    assetpkg.write(copy, tmp_path / "b.zip")
    assert assetpkg.read(tmp_path / "b.zip").digest == copy.digest
    assert not [found for found in assetpkg.check(assetpkg.read(tmp_path / "b.zip")) if found.code.startswith("MAN")]


REFUSED = [
    pytest.param(
        {"logo.gif": b"GIF89a\0" + HUNTER.encode()},
        "'logo.gif', byte 7, has the credential of datasources/orders-db.json /content/password in a form that "
        "assetpkg cannot replace; remove it by hand",
        id="in a binary file",
    ),
    pytest.param(
        {"logo.gif": b"GIF89a\0\1" + HUNTER.encode("utf-16-le")},
        "'logo.gif', byte 8, has the credential of datasources/orders-db.json /content/password in a form that "
        "assetpkg cannot replace; remove it by hand",
        id="in UTF-16 in a binary file",
    ),
    pytest.param(
        {EVENTS: edited(TOPIC, remark=f"x {code(bytes([255]) + HUNTER.encode() + bytes([255]))}")},
        "'topics/order-events.json', line 5, has the credential of datasources/orders-db.json /content/password in a "
        "form that assetpkg cannot replace; remove it by hand",
        id="in base64 that is not a text",
    ),
    pytest.param(
        {f"{code(f'!{HUNTER}!' * 2)[1:]}.txt": b""},
        f"the name of '{code(f'!{HUNTER}!')[1:2]}***",
        id="in base64 in the name of a file",
    ),
    pytest.param(
        {DATABASE: source(token=20261123), EVENTS: edited(TOPIC, x=20261123)},
        "'topics/order-events.json', line 5, has the credential of datasources/orders-db.json /content/token in a form "
        "that assetpkg cannot replace; remove it by hand",
        id="a number that is met again",
    ),
]


@every_row(("changes", "message"), REFUSED)
def test_a_credential_that_cannot_be_replaced_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CredentialRemains) as caught:
        assetpkg.redact(make_package({DATABASE: source(), **changes}))
    assert str(caught.value).startswith(message)
    assert HUNTER not in str(caught.value)


@pytest.mark.parametrize(
    "package",
    [
        pytest.param(make_package({EVENTS: b"{"}), id="broken JSON"),
        pytest.param(make_package({EVENTS: {"remark": HUNTER}}), id="no name"),
        pytest.param(make_package({"manifest.json": None}), id="no manifest"),
    ],
)
def test_a_package_that_is_not_understood_is_refused(package: Package) -> None:
    with pytest.raises(InvalidPackage):
        assetpkg.redact(package)


@pytest.mark.parametrize(("document", "refused"), [(1_000, True), (20_000, False)])
def test_a_copy_may_be_longer_than_its_package_but_for_the_limits(document: int, *, refused: bool) -> None:
    short = {"datasources/orders-db.json": edited(DATASOURCE, content={f"password{at}": "a1" for at in range(25)})}
    archive = Archive.from_contents(make_contents(short))
    package = load(replace(archive, limits=DEFAULT_LIMITS._replace(document=document)))
    assert not list(package.find_faults("too-large"))
    if not refused:
        assert b"a1" not in assetpkg.redact(package).package.archive.entries["datasources/orders-db.json"].read()
        return
    with pytest.raises(CredentialRemains, match=r"the copy of 'datasources/orders-db.json' would be .* bytes long; at"):
        assetpkg.redact(package)


def test_more_credentials_than_can_be_looked_for_are_refused() -> None:
    content = {f"password{at}": f"Secret-{at:06}" for at in range(MOST_CREDENTIALS + 1)}
    with pytest.raises(CredentialRemains, match="more than 20,000 different credentials"):
        assetpkg.redact(make_package({DATABASE: edited(DATASOURCE, content=content)}))


def test_what_is_no_snapshot_is_refused() -> None:
    with pytest.raises(CannotRead, match=r"target\.json is not a snapshot"):
        assetpkg.redact_snapshot(b"[]", "target.json")


def test_an_address_in_a_snapshot_is_that_of_the_copy() -> None:
    names = ["orders", "orders", "orders/stock", "customers~all"]
    members = [{"datasource_name": name, "datasource_id": f"ds-{number}"} for number, name in enumerate(names)]
    addresses = ("orders", "orders#2", "orders~1stock", "customers~0all")
    known = {f"datasource/{address}": ["description"] for address in addresses}
    told = [{"address": address, "why": "who-wins", "pointers": []} for address in known]
    content = encode(make_snapshot({"datasource": members}, partial=known, undetermined=told))
    copy = assetpkg.redact_snapshot(content, "target.json", names=True)
    assert b"orders" not in copy.content
    there = set(copy.instance.index.by_address)
    assert (set(copy.instance.partial), {fact.address for fact in copy.instance.undetermined}) == (there, there)


def test_a_snapshot_whose_addresses_hide_a_credential_can_be_copied() -> None:
    members, known = [{"datasource_name": f"orders password={HUNTER}"}], {"datasource/orders password=***": ["content"]}
    content = encode(make_snapshot({"datasource": members}, partial=known))
    assert parse_snapshot(content, "target.json").index.by_address.keys() == known.keys()
    copy = assetpkg.redact_snapshot(content, "target.json")
    assert HUNTER.encode() not in copy.content


@pytest.mark.parametrize("secret", ["a" * LEAST, "a" * (LEAST_MIXED - 1) + "1", "密码密码密码密码", "p@ss w0rd"])
def test_a_distinctive_secret_is_found_in_the_middle_of_base64(secret: str) -> None:
    assert is_distinctive(secret)
    search = Search((needle, secret) for needle in inner_codes(secret))
    for before in range(7):
        for after in range(7):
            assert [found.secret for found in search.find(code(bytes(before) + secret.encode() + bytes(after)))]


@every_row("word", ["datasource_name", "realtime", "MYSQL", "sourceSelectedDatasource", "manifest"])
def test_words_of_the_format_are_public(word: str) -> None:
    assert is_public_word(word)


def test_a_search_finds_the_longest_and_goes_on_behind_it() -> None:
    search = Search([("abcdef", "1"), ("abcdefgh", "2"), ("efghij", "3")], words=[("wordword", "4")])
    text = "abcdefgh ij abcdef efghij wordword=wordword."
    assert [(found.start, found.secret) for found in search.find(text)] == [(0, "2"), (12, "1"), (19, "3"), (35, "4")]


ODD = 'pa"Zq7\\Canéry9X/w'


@every_row(
    "text",
    [
        pytest.param(json.dumps({"a": ODD}), id="JSON"),
        pytest.param(json.dumps({"a": json.dumps({"b": json.dumps(ODD)})}), id="JSON in JSON in JSON"),
        pytest.param(quote(quote(ODD, safe=""), safe=""), id="a URL in a URL"),
        pytest.param("https://h?x=" + quote(json.dumps(ODD), safe=""), id="JSON in a URL"),
        pytest.param("".join(f"&#{ord(each)};" for each in ODD), id="HTML by numbers"),
        pytest.param("".join(f"\\u{ord(each):04x}" for each in ODD), id="every letter by its number"),
        pytest.param(json.dumps({"a": "".join(f"&#x{ord(each):x};" for each in ODD)})[:-1] + ",}", id="in broken JSON"),
    ],
)
def test_a_secret_that_is_escaped_again_and_again_is_found(text: str) -> None:
    files = redacted({"datasources/orders-db.json": {**source(password=ODD), "description": text}, "notes.txt": text})
    left = b"".join(files.values()).decode()
    for _ in range(5):
        assert "Zq7" not in left
        left = html.unescape(unquote(left.replace('\\"', '"').encode().decode("unicode_escape")))


def test_stand_ins_are_read_from_a_file_and_from_nothing_that_has_no_end() -> None:
    with pytest.raises(CannotRead, match="it is not a regular file"):
        read_names(os.devnull)


def test_an_answer_about_a_copy_is_read_back_by_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All bytes stay that are not of a stand-in, also of what is not a text; without one, all do."""
    monkeypatch.chdir(tmp_path)
    package = str(SAMPLES / "order-center.zip")
    assert run("redact", package, "--names", "--mapping", "ours.json", "-o", "case.zip").exit_code == 0
    names = read_names("ours.json")
    stand_in = names.replace("Order Center")
    told = {
        "answer": f"Look at {stand_in}!\r\n\u00fcber\n".encode() + b"\xff\xfe\x00",
        "capitals": stand_in.upper().encode(),
        "marked": codecs.BOM_UTF16_LE + f"{stand_in}.".encode("utf-16-le"),
        "marked as it is": codecs.BOM_UTF8 + stand_in.encode(),
        "another": codecs.BOM_UTF16_LE + "Nothing known.\r\n".encode("utf-16-le"),
        "bytes": bytes(range(256)),
        "empty": b"",
    }
    restored = {}
    for name, content in told.items():
        Path(name).write_bytes(content)
        done = run("redact", name, "--restore", "--mapping", "ours.json", "-o", f"{name}.out")
        assert done.exit_code == 0, done.output
        assert "words in the place of their stand-ins" in done.stderr
        restored[name] = Path(f"{name}.out").read_bytes()
        assert Path(f"{name}.out").stat().st_mode & 0o077 == 0
        streamed = run("redact", "-", "--restore", "--mapping", "ours.json", "-o", "-", input=content)
        assert streamed.stdout_bytes == restored[name]
    assert restored["answer"] == "Look at Order Center!\r\n\u00fcber\n".encode() + b"\xff\xfe\x00"
    assert (restored["capitals"], restored["marked"]) == (b"ORDER CENTER", b"Order Center.")
    assert restored["marked as it is"] == codecs.BOM_UTF8 + b"Order Center"
    assert {name: restored[name] for name in ("another", "bytes", "empty")} == {
        name: told[name] for name in ("another", "bytes", "empty")
    }


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "--restore needs --mapping"),
        (("--mapping", "ours.json", "--names"), "excludes --names, --keep and --format"),
        (("--mapping", "ours.json", "--format", "json"), "excludes --names, --keep and --format"),
        (("--mapping", "missing.json"), "cannot read 'missing.json': no such file or directory"),
        (("--mapping", "answer.txt"), "'answer.txt' is the package itself; name another place"),
        (("--mapping", "out.txt"), "'out.txt' is named for two outputs"),
    ],
)
def test_what_cannot_be_read_back_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answer.txt").write_text("An answer.")
    done = run("redact", "answer.txt", "--restore", "-o", "out.txt", *words)
    assert sentence in f"{done.output}{done.exception}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.txt"]


def test_a_zip_is_not_a_text_that_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    package = str(SAMPLES / "order-center.zip")
    assert run("redact", package, "--names", "--mapping", "ours.json", "-o", "case.zip").exit_code == 0
    done = run("redact", "case.zip", "--restore", "--mapping", "ours.json", "-o", "back.zip")
    assert "'case.zip' is a zip: --restore reads back a text" in str(done.exception)
    assert not Path("back.zip").exists()


def run(*words: str, input: bytes = b"") -> Result:  # noqa: A002 - as click calls it
    return CliRunner().invoke(cli, words, input=input)
