"""SEC: credentials that are in a package, and no message that shows one."""

from pathlib import Path
from typing import Any

import pytest

from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.planning.options import Mode
from assetpkg.rules.runner import check
from tests.build import API, APPLICATION, DATASOURCE, TASK, TOPIC, edited, encode, make_package
from tests.rules.rows import (
    DATABASE,
    EVENTS,
    GET_ORDER,
    MANIFEST,
    SHOP,
    SYNC,
    Make,
    Row,
    Table,
    checked,
    parameters,
    planned,
    row,
)

HUNTER = "hunter2Hunter2"
"""Looked for in whatever is reported."""


def content(kind: str = "MYSQL", **fields: Any) -> Make:
    """Make a data source with these fields, and with something in those that it needs to connect."""
    known = CONTENT_CLASSES.get(kind)
    connection = dict.fromkeys(known.missing(kind, fields) if known else (), "1000")
    return checked({DATABASE: edited(DATASOURCE, datasource_type=kind, content={**fields, **connection})})


def password(value: str) -> Make:
    return content(password=value)


def secret(value: str) -> Make:
    return checked({SHOP: edited(APPLICATION, secret=value)})


def url(text: str) -> Make:
    return content(url=text)


def remark(text: str) -> Make:
    return checked({GET_ORDER: edited(API, body_remark=text)})


def constant(name: str, value: str) -> Make:
    """Make an API that sends a constant to its backend."""
    sent = {"name": name, "value": value, "location": "HEADER", "origin": "CONSTANT"}
    return checked({GET_ORDER: edited(API, backend_params=[sent])})


def unfilled(place: str, what: str) -> str:
    """Return what is told of a mask or a placeholder in the content of a data source."""
    name, line = place.split()
    return f"SEC006 datasources/orders-db.json#/content/{name} {line}: has a {what} in the place of a credential"


KEY = f"-----BEGIN PRIVATE KEY-----\n{HUNTER * 9}\n-----END PRIVATE KEY-----"

FAILING: Table = {
    "SEC006": (
        row(
            "stars",
            password("******"),
            "SEC006 datasources/orders-db.json#/content/password 7:17: has a mask in the place of a credential -> "
            "leave it empty, or fill it in immediately before the import",
        ),
        row("crosses", password("xxxxxxxx"), unfilled("password 7:17", "mask")),
        row("bullets", password("••••••••"), unfilled("password 7:17", "mask")),
        row("a word of a program that masks", password("[REDACTED]"), unfilled("password 7:17", "mask")),
        row("of a program that rewrites a history", password("***REMOVED***"), unfilled("password 7:17", "mask")),
        row("a variable of a shell", password("$(DB_PASSWORD)"), unfilled("password 7:17", "placeholder")),
        row("of a workflow", password("${{ secrets.DB }}"), unfilled("password 7:17", "placeholder")),
        row("of a template", password("__DB_PASSWORD__"), unfilled("password 7:17", "placeholder")),
        row("words in brackets", password("【请输入密码】"), unfilled("password 7:17", "placeholder")),
        row("stars in a connection string", url("jdbc:sqlserver://db;password=***;"), unfilled("url 7:12", "mask")),
        row("stars in an address", url("jdbc:mysql://root:******@db/x"), unfilled("url 7:12", "mask")),
        row(
            "a constant that is sent",
            constant("X-Token", "<token>"),
            "SEC006 apis/Shop/orders/get-order.json#/backend_params/0/value 17:16: has a placeholder in the place of a "
            "credential",
        ),
        row(
            "ends that show",
            password("LTAI****wxyz"),
            "SEC001 datasources/orders-db.json#/content/password 7:17: contains a credential",
            unfilled("password 7:17", "mask"),
        ),
    ),
    "SEC003": (
        row(
            "in a text",
            remark(f"use {KEY}"),
            "SEC003 apis/Shop/orders/get-order.json#/body_remark 14:18: contains a private key -> remove it, and "
            "create a new key if other people have received the file",
        ),
        row(
            "in a field",
            password(KEY),
            "SEC003 datasources/orders-db.json#/content/password 7:17: contains a private key",
        ),
    ),
    "SEC004": (
        row(
            "in a text",
            remark(f"use ghp_{HUNTER}{HUNTER} here"),
            "SEC004 apis/Shop/orders/get-order.json#/body_remark 14:18: contains a token -> remove it, and revoke "
            "the token if other people have received the file",
        ),
    ),
    "SEC005": (
        row(
            "in its field",
            content("IBMMQ", key_store="/u3+7QAAAAIAAAABAAAAAQAFb3JkZXI="),
            "SEC005 datasources/orders-db.json#/content/key_store 7:18: contains a file of keys or accounts, in "
            "base64 -> remove it, and upload it again after the import",
        ),
    ),
    "SEC001": (
        row(
            "a password",
            content(password=HUNTER),
            "SEC001 datasources/orders-db.json#/content/password 7:17: contains a credential -> remove it, and "
            "change the credential if other people have received the file",
        ),
        row(
            "the user beside it",
            content(user_name="root"),
            "SEC001 datasources/orders-db.json#/content/user_name 7:18: contains a credential",
        ),
        row(
            "the secret of an application",
            checked({SHOP: edited(APPLICATION, secret=HUNTER)}),
            "SEC001 applications/Shop.json#/secret 5:13: contains a credential",
        ),
        row(
            "deep in the class that a type chooses",
            content("API", api_auth_detail={"app_secret": HUNTER}),
            "SEC001 datasources/orders-db.json#/content/api_auth_detail/app_secret 8:21: contains a credential",
        ),
        row(
            "an unknown field of such a name",
            checked({EVENTS: edited(TOPIC, accessKey=HUNTER)}),
            'RSC016 topics/order-events.json#/accessKey 5:3: field "accessKey" is not known for this kind; it is '
            "kept unchanged",
            "SEC001 topics/order-events.json#/accessKey 5:16: contains a credential",
        ),
        row(
            "a number",
            checked({EVENTS: edited(TOPIC, token=20261123)}),
            'RSC016 topics/order-events.json#/token 5:3: field "token" is not known for this kind; it is kept '
            "unchanged",
            "SEC001 topics/order-events.json#/token 5:12: contains a credential",
        ),
        row(
            "whatever a connector asks for",
            content("CUSTOMIZED", connector_params={"door": HUNTER}),
            "SEC001 datasources/orders-db.json#/content/connector_params 7:25: contains a credential",
        ),
        row(
            "too long",
            checked({SHOP: edited(APPLICATION, secret=HUNTER * 20)}),
            "RSC012 applications/Shop.json#/secret 5:13: secret *** is too long; at most 128 are allowed",
            "SEC001 applications/Shop.json#/secret 5:13: contains a credential",
        ),
        row(
            "too short",
            secret("hunter2"),
            "RSC012 applications/Shop.json#/secret 5:13: secret *** is too short; at least 8 are needed",
            "SEC001 applications/Shop.json#/secret 5:13: contains a credential",
        ),
        row(
            "bad characters",
            checked({SHOP: edited(APPLICATION, secret=f"{HUNTER} ~")}),
            "RSC013 applications/Shop.json#/secret 5:13: secret *** may have only English letters, digits and ! @ # $ "
            "% + = . - /",
            "SEC001 applications/Shop.json#/secret 5:13: contains a credential",
        ),
        row(
            "of the wrong type",
            content(password=[HUNTER]),
            "RSC011 datasources/orders-db.json#/content/password 7:17: password is a list, but must be a string",
            "SEC001 datasources/orders-db.json#/content/password 7:17: contains a credential",
        ),
        row(
            "shorter than an older page asks",
            password("hun"),
            "RSC017 datasources/orders-db.json#/content/password 7:17: password *** is too short; at least 4 may "
            "be required, according to an older edition of API reference, Creating Data Sources; other sources "
            "disagree",
            "SEC001 datasources/orders-db.json#/content/password 7:17: contains a credential",
        ),
        row(
            "a placeholder and more",
            content(password=f"${{DB}}{HUNTER}"),
            "SEC001 datasources/orders-db.json#/content/password 7:17: contains a credential",
        ),
    ),
    "SEC002": (
        row(
            "before a host, where no scheme is",
            remark(f"u:{HUNTER}@db.example.com"),
            "SEC002 apis/Shop/orders/get-order.json#/body_remark 14:18: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in an address",
            url(f"jdbc:mysql://root:{HUNTER}@db/orders"),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text -> remove it, and change the credential if other people have received the file",
        ),
        row(
            "in an address, with a slash and an at sign",
            url(f"jdbc:mysql://root:p/{HUNTER}@x@db/orders"),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in an address of Oracle's",
            content("ORACLE", url=f"jdbc:oracle:thin:scott/{HUNTER}@db:1521:orders"),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in a connection string",
            url(f"jdbc:sqlserver://db;user=sa;password={HUNTER}"),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in a remark",
            remark(f"password: {HUNTER}"),
            "SEC002 apis/Shop/orders/get-order.json#/body_remark 14:18: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in quotes",
            url(f'jdbc:db2://db;password="a {HUNTER}"'),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in braces",
            url(f"Server=db;PWD={{a;{HUNTER}}};"),
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "an address that is too long",
            url(f"jdbc:mysql://root:{HUNTER}@db/{'x' * 256}"),
            "RSC012 datasources/orders-db.json#/content/url 7:12: url "
            '"jdbc:mysql://root:***@db/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is 292 characters long; at most '
            "256 are allowed",
            "SEC002 datasources/orders-db.json#/content/url 7:12: contains a credential inside an address or "
            "another text",
        ),
        row(
            "in a text that nobody declares",
            checked({EVENTS: edited(TOPIC, hook=f"https://a:{HUNTER}@b")}),
            'RSC016 topics/order-events.json#/hook 5:3: field "hook" is not known for this kind; it is kept unchanged',
            "SEC002 topics/order-events.json#/hook 5:11: contains a credential inside an address or another text",
        ),
        row(
            "in a list",
            checked({GET_ORDER: edited(API, hooks=["fine", f"https://a:{HUNTER}@b"])}),
            'RSC016 apis/Shop/orders/get-order.json#/hooks 14:3: field "hooks" is not known for this kind; it is '
            "kept unchanged",
            "SEC002 apis/Shop/orders/get-order.json#/hooks/1 16:5: contains a credential inside an address or "
            "another text",
        ),
    ),
}

PASSING: Table = {
    "SEC003": (
        row("a public key", remark(KEY.replace("PRIVATE", "PUBLIC"))),
        row("a certificate", remark(KEY.replace("PRIVATE KEY", "CERTIFICATE"))),
    ),
    "SEC004": (
        row("a sample", remark(f"ghp_{'x' * 36}")),
        row("two parts of three", remark("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0")),
    ),
    "SEC005": (
        row("a variable", content("IBMMQ", key_store="${KEY_STORE}"), unfilled("key_store 7:18", "placeholder")),
        row("a certificate", content("IBMMQ", broker="MIIDTTCCAjWgAwIBAgIJAKhlbGxvIHdvcmxk")),
    ),
    "SEC001": (
        row("blank", password("")),
        row("absent", content(password=None)),
        row("stars", password("******"), unfilled("password 7:17", "mask")),
        row("a variable", password("${DB_PASSWORD}"), unfilled("password 7:17", "placeholder")),
        row("a word in brackets", password("<your password>"), unfilled("password 7:17", "placeholder")),
        row("a variable of an environment", password("#db_password#"), unfilled("password 7:17", "placeholder")),
        row(
            "stars where only letters and digits may be",
            secret("***"),
            "SEC006 applications/Shop.json#/secret 5:13: has a mask in the place of a credential",
        ),
        row(
            "a field about a credential",
            checked({EVENTS: {**TOPIC, "token_url": "https://a", "password_enabled": True}}),
            'RSC016 topics/order-events.json#/token_url 5:3: field "token_url" is not known for this kind; it is '
            "kept unchanged",
            'RSC016 topics/order-events.json#/password_enabled 6:3: field "password_enabled" is not known for this '
            "kind; it is kept unchanged",
        ),
        row(
            "yes or no",
            checked({EVENTS: edited(TOPIC, use_token=True)}),
            'RSC016 topics/order-events.json#/use_token 5:3: field "use_token" is not known for this kind; it is '
            "kept unchanged",
        ),
        row("the key of an application", checked()),
    ),
    "SEC002": (
        row("an address without an account", url("jdbc:mysql://db:3306/orders")),
        row("a port, and an at sign in the path", url("https://example.com:8443/users/a@b")),
        row("an account without a password", url("jdbc:mysql://root@db/orders")),
        row("a variable", url("jdbc:mysql://root:${PASSWORD}@db/orders"), unfilled("url 7:12", "placeholder")),
        row("an empty parameter", url("jdbc:sqlserver://db;password=;user=")),
        row("a variable in quotes", url('jdbc:db2://db;password="${PASSWORD}"')),
        row("an address of Oracle's without one", content("ORACLE", url="jdbc:oracle:thin:@//db:1521/orders")),
    ),
    "SEC006": (
        row("blanks", password("  ")),
        row("a variable of the platform", constant("X-Token", "#token#")),
        row("stars elsewhere", remark("all * and *** are allowed")),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


@pytest.mark.parametrize("row", parameters(FAILING))
def test_no_word_shows_a_credential(row: Row, tmp_path: Path) -> None:
    told = repr(row.make(tmp_path))
    assert "hunter" not in told.casefold()


ADDRESS = f"jdbc:mysql://root:{HUNTER}@db/"

HIDING: dict[str, Make] = {
    "no JSON after it": checked({DATABASE: f'{{"content": {{"password": "{HUNTER}"'.encode()}),
    "not UTF-8 after it": checked({DATABASE: f'{{"password": "{HUNTER}'.encode() + b'\xff"}'}),
    "a key twice": checked({DATABASE: f'{{"password": "{HUNTER}", "password": "{HUNTER}"}}'.encode()}),
    "half of a character": checked({DATABASE: f'{{"password": "{HUNTER}\\ud800"}}'.encode()}),
    "a number beyond reason": checked({DATABASE: f'{{"password": "{HUNTER}", "x": 1e999}}'.encode()}),
    "a list that should be an object": checked({DATABASE: encode([HUNTER])}),
    "an object that should be a text": content(password={"value": HUNTER}),
    "an object in a list of objects": checked({GET_ORDER: edited(API, req_params=[{"password": HUNTER}])}),
    "a type that nobody knows": content("MARIADB", password=HUNTER),
    "a text that should be an object": checked({DATABASE: edited(DATASOURCE, content=ADDRESS)}),
    "a type that is an address": checked({DATABASE: edited(DATASOURCE, datasource_type=ADDRESS)}),
    "an address of bad characters": checked({DATABASE: edited(DATASOURCE, datasource_name=f'{ADDRESS}"')}),
    "an address that is too short for no one": content(host=ADDRESS + "x" * 255),
    "an address that is not one of the choices": content(mode=ADDRESS),
    "quotes inside a long text": content(url=f'jdbc:x;password="{HUNTER}"{"x" * 300}'),
    "a sample that breaks its schema": checked(
        {
            GET_ORDER: edited(
                API,
                req_params=[
                    {
                        "name": "id",
                        "location": "PATH",
                        "type": "STRING",
                        "json_schema": '{"type": "integer"}',
                        "default_value": HUNTER,
                        "sample_value": HUNTER,
                    }
                ],
            )
        }
    ),
    "a constant in a schema": checked(
        {
            GET_ORDER: edited(
                API,
                req_params=[
                    {"name": "id", "location": "PATH", "type": "STRING", "json_schema": f'{{"type": "{HUNTER}"}}'}
                ],
            )
        }
    ),
    "a JSON text": checked({SYNC: edited(TASK, task_detail=f'{{"password": "{HUNTER}"}}', task_tag="a b")}),
    "a manifest that is cut off": checked({MANIFEST: f'{{"password": "{HUNTER}"'.encode()}),
    "an address for a format": checked(manifest={"format": ADDRESS}),
    "an address for a version": checked(manifest={"asset_version": ADDRESS}),
    "a feature of the source": planned(
        manifest={"source": {"features": {"client_secret": HUNTER, "tls": {"key": HUNTER}, "hook": ADDRESS}}},
        members={"instance": {"features": {"client_secret": f"{HUNTER}2", "tls": {}, "hook": "off"}}},
    ),
    "an overwritten password": planned(
        {DATABASE: edited(DATASOURCE, content={"password": HUNTER})},
        target={
            "application": [APPLICATION],
            "datasource": [edited(DATASOURCE, content={"password": f"{HUNTER}2"})],
        },
        mode=Mode.MERGE,
        datasource_overwrite=True,
    ),
}


@pytest.mark.parametrize("make", HIDING.values(), ids=HIDING.keys())
def test_a_credential_hides_wherever_it_stands(make: Make, tmp_path: Path) -> None:
    diagnostics = make(tmp_path)
    assert diagnostics
    assert "hunter" not in repr(diagnostics).casefold()


def test_a_credential_that_was_found_is_still_in_the_package() -> None:
    package = make_package({SHOP: edited(APPLICATION, secret=HUNTER)})
    check(package)
    assert package.document("application/Shop")["secret"] == HUNTER
