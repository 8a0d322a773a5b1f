"""SEC: each sort of credential is found and hidden, what only looks like one is neither, and hostile texts are fast."""

import base64
import gzip
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest

from assetpkg.credentials import Sort, find_spans, is_credential, is_suspicious
from assetpkg.credentials.masking import MASK, mask_text
from assetpkg.credentials.words import is_secret_word
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.render.screen import Screen
from assetpkg.render.text.plan import render_plan
from assetpkg.report.plan import report_plan
from assetpkg.resource.diff import Sides, compare
from assetpkg.resource.masking import mask
from assetpkg.rules.runner import check
from assetpkg.simulation.plan import plan
from tests.build import API, APPLICATION, DATASOURCE, TASK, TOPIC, edited, make_instance, make_package
from tests.ending import ends
from tests.starting import Starter
from tests.tables import every_row

BIRD = "Canary7Kq"
DATABASE, GET_ORDER, SYNC = "datasources/orders-db.json", "apis/Shop/orders/get-order.json", "tasks/sync_orders.json"
TOPICS = "topics/order-events.json"

BODY = "MIIEvQ" + "Canary7Kq" * 20
PEM = f"-----BEGIN RSA PRIVATE KEY-----\n{BODY[:64]}\n{BODY[64:]}\n-----END RSA PRIVATE KEY-----\n"
GITHUB = "ghp_" + "Canary7KqA1b2C3d4E5f6G7h8I9j0K1l2M3n4"[:36]
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDYW5hcnk3S3EifQ.Canary7Kq_aB3-xYz"


def code(content: bytes | str) -> str:
    return base64.b64encode(content if isinstance(content, bytes) else content.encode()).decode()


ZIP = code(b"PK\x03\x04\x14\x00\x00\x00" + BIRD.encode() * 4)
JKS = code(b"\xfe\xed\xfe\xed\x00\x00\x00\x02" + BIRD.encode() * 4)
PKCS12 = code(b"\x30\x82\x09\xc1\x02\x01\x03\x30\x82\x09\x87\x06\x09\x2a\x86\x48" + BIRD.encode() * 4)
PKCS8 = code(b"\x30\x82\x04\xbd\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01" + BIRD.encode() * 4)
CERTIFICATE = code(b"\x30\x82\x03\x4d\x30\x82\x02\x35\xa0\x03\x02\x01\x02\x02\x09" + BIRD.encode() * 4)

Edit = tuple[str, str, dict[str, Any]]
"""The entry, the pointer of what is said, and the document."""


def content(pointer: str, kind: str = "MYSQL", **fields: Any) -> Edit:
    return DATABASE, f"/content{pointer}", edited(DATASOURCE, datasource_type=kind, content=fields)


def password(value: Any) -> Edit:
    return content("/password", password=value)


def url(text: str) -> Edit:
    return content("/url", mode="professional", url=text)


def remark(text: str) -> Edit:
    return GET_ORDER, "/body_remark", edited(API, body_remark=text)


def answer(text: str) -> Edit:
    return GET_ORDER, "/mock_info/result_content", edited(API, mock_info={"result_content": text})


def unknown(key: str, value: Any, pointer: str = "") -> Edit:
    return TOPICS, f"/{key}{pointer}", {**TOPIC, key: value}


def constant(name: str, value: str, origin: str = "CONSTANT") -> Edit:
    parameter = {"name": name, "location": "HEADER", "origin": origin, "value": value}
    return GET_ORDER, "/backend_params/0/value", edited(API, backend_params=[parameter])


def header(*pairs: Mapping[str, str]) -> Edit:
    document = edited(API, mock_info={"result_content": "{}", "header": json.dumps(pairs)})
    return GET_ORDER, "/mock_info/header/#/0/value", document


FAILING: dict[str, dict[str, Edit]] = {
    "SEC001": {
        "a declared field": password(BIRD),
        "the user beside it": content("/user_name", user_name=BIRD),
        "one character": password("e"),
        "a token in a field": password(GITHUB),
        "an unknown field in capitals": unknown("clientSecret", BIRD),
        "an unknown field with lines": unknown("x-api-key", BIRD),
        "what a connector asks for": content("/connector_params", "CUSTOMIZED", connector_params={"a": [BIRD]}),
        "a constant with such a name": constant("X-Api-Key", BIRD),
        "a header with such a name": header({"key": "Authorization", "value": BIRD}),
        "a placeholder and more": password(f"${{DB}}{BIRD}"),
        "a store of no known form": content("/key_store", "IBMMQ", key_store=BIRD),
    },
    "SEC002": {
        "a URL": url(f"jdbc:mysql://root:{BIRD}@db/orders"),
        "a URL with a slash and an at sign": url(f"jdbc:mysql://root:p/{BIRD}@x@db/orders"),
        "a URL with a quote": url(f'jdbc:mysql://root:p"{BIRD}@db/orders'),
        "a token before the host": url(f"https://{BIRD}@example.com/x"),
        "a token and no password": url(f"https://{BIRD}Canary7Kq:@example.com/x"),
        "a token and a word for a password": url(f"https://{BIRD}Canary7Kq:x-oauth-basic@example.com/x"),
        "no scheme": content("/address", "MONGODB", address=f"admin:{BIRD}@10.0.0.1:27017"),
        "an address of Oracle's": url(f"jdbc:oracle:thin:scott/{BIRD}@db:1521:orders"),
        "JDBC": url(f"jdbc:sqlserver://db;user=sa;password={BIRD};encrypt=true"),
        "ODBC with spaces": url(f"Server=db;Password=my {BIRD} word;Encrypt=yes"),
        "ODBC in braces": url(f"Server=db;PWD={{a;{BIRD}}};"),
        "a DSN in quotes": url(f"host=db password='a {BIRD}'"),
        "a shared key": url(f"Endpoint=sb://bus;SharedAccessKey={BIRD}="),
        "a query": url(f"https://example.com/x?page=1&access_token={BIRD}&y=2"),
        "a signature": url(f"https://example.com/x?sv=1&sig={BIRD}%2B"),
        "a short name": url(f"https://example.com/x?sk={BIRD}"),
        "JSON in a mock result": answer(f'{{"user": "a", "password": "{BIRD}"}}'),
        "a number in it": answer('{"password": 20261123}'),
        "JSON in JSON": answer(json.dumps({"a": json.dumps({"token": BIRD})})),
        "XML": remark(f"<login><password>{BIRD}</password></login>"),
        "a hash of Ruby": remark(f"{{'secret' => '{BIRD}'}}"),
        "a script in base64": unknown("x", code(f"function execute() {{ ds.setUrl('jdbc:x;password={BIRD}'); }}")),
        "a list in a list": unknown("x", [["fine", f"https://a:{BIRD}@b"]], "/0/1"),
    },
    "SEC003": {
        "many lines": remark(PEM),
        "one line": remark(PEM.replace("\n", " ")),
        "escaped": remark(json.dumps({"key": PEM})),
        "indented": remark(PEM.replace("\n", "\n    ")),
        "cut off": remark(PEM[:90]),
        "encrypted": remark(PEM.replace("RSA ", "ENCRYPTED ")),
        "with text around it": remark(f"before {PEM} after"),
        "in a field": password(PEM),
        "in base64": unknown("x", code(PEM)),
        "the bare key in base64": unknown("x", PKCS8),
    },
    "SEC004": {
        "GitHub": remark(f"use {GITHUB} for it"),
        "AWS": remark("AKIACANARY7KQ2ABCDEF is it"),
        "AWS after a prefix": remark("XAKIACANARY7KQ2ABCDEF"),
        "GitHub after a prefix": remark(f"dev{GITHUB}"),
        "Slack": remark(f"xoxb-{BIRD}-{BIRD}"),
        "Google": remark("AIza" + f"{BIRD}-_abcdefghijklmnopqrstuvwxyz"[:35]),
        "Stripe": remark(f"sk_live_{BIRD}{BIRD}"),
        "JWT": remark(f'{{"id": "{JWT}"}}'),
        "Bearer": remark(f"Authorization: Bearer {BIRD}{BIRD}"),
        "Basic": remark(f"Authorization: Basic {code(f'user:{BIRD}')}"),
    },
    "SEC005": {
        "the files of an account": content("/config_file_content", "MRSHIVE", config_file_content=ZIP),
        "a key store": content("/key_store", "IBMMQ", key_store=JKS),
        "a trust store": content("/trust_store", "IBMMQ", trust_store=PKCS12),
        "an unknown field": unknown("attachment", ZIP),
        "with line ends": unknown("attachment", "\r\n".join(ZIP[at : at + 32] for at in range(0, len(ZIP), 32))),
        "a data URL": unknown("attachment", f"data:application/zip;base64,{ZIP}"),
    },
}

PASSING: dict[str, dict[str, Edit]] = {
    "SEC001": {
        **{
            f"placeholder {word!r}": password(word)
            for word in ("", " ", "***", "xxxx", "${X}", "<your-key>", "#var#", "{{x}}", "%DB_PW%", "$DB_PASSWORD")
        },
        "a placeholder after a scheme": unknown("authorization", "Bearer ${TOKEN}"),
        "blanks in an object": content("", "CUSTOMIZED", connector_params={"a": "", "b": None, "c": [], "d": "${X}"}),
        "yes or no": unknown("use_token", "true"),
        "a constant of another name": constant("X-Version", "v1"),
        "a parameter of such a name": constant("token", "token", "REQUEST"),
        **{
            f"false friend {key}": unknown(key, "some-text")
            for key in (
                "certificate_id", "label_key", "pass_through", "access_token_url", "accessTokenUrl", "token_type",
                "secret_name", "password_policy", "max_tokens", "tokenizer", "secretary", "public_key", "compass",
                "keyStoreFileType", "authorizer", "bypass", "passive",
            )
        },
        "the key of a topic's application": (TOPICS, "", {**TOPIC, "app_key": "shop-key"}),
    },
    "SEC002": {
        f"{text}": url(text)
        for text in (
            "jdbc:mysql://db:3306/orders",
            "jdbc:mysql://root@db/orders",
            "jdbc:mysql://root:${PASSWORD}@db/x?mail=a@b",
            "jdbc:mysql://root:<password>@db/x",
            "https://${TOKEN}@example.com/",
            "https://example.com:8443/users/a@b",
            "https://${HOST}:${PORT}/users/@me",
            "https://[::1]:8443/a@b",
            "https://example.com?mail=a@b",
            "jdbc:oracle:thin:@//db:1521/orders",
            "jdbc:sqlserver://db;password=;user=sa",
            "jdbc:sqlserver://db;password=${PW},user=sa",
            'jdbc:db2://db;password="${PASSWORD}"',
            "https://example.com/?token={token}&page_token_type=x",
            "https://example.com/?access_token=<your token>",
            "mailto:a:b@example.com:25",
        )
    } | {
        f"{text}": remark(text)
        for text in (
            "select * from users where password = :password and token = ? and pwd = @pwd",
            "var token = getToken(request); var secret = params.secret;",
            "if (token == 'abc') {}",
            '{"token": "string", "password": "", "secret": null, "label_key": "abc", "tokens": 12}',
            '{"url": "https://example.com","mail":"a@b.c"}',
            "password: see the wiki",
            "<token>${TOKEN}</token>",
            '<td class="token">abc</td>',
            "design=abc; compass=north; task=12",
        )
    },
    "SEC003": {
        "a certificate": remark(PEM.replace("RSA PRIVATE KEY", "CERTIFICATE")),
        "a public key": remark(PEM.replace("RSA PRIVATE", "PUBLIC")),
        "no key after it": remark("begins with -----BEGIN PRIVATE KEY----- and so on"),
        "a placeholder in it": remark("-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----"),
        "a certificate in base64": unknown("x", CERTIFICATE),
    },
    "SEC004": {
        "samples": remark(f"AKIAIOSFODNN7EXAMPLE, ghp_{'x' * 36}, sk_test_abc, xoxb-short"),
        "two parts of three": remark(JWT.rpartition(".")[0]),
        "only the word": remark("Bearer authentication, basic authentication, Bearer ${TOKEN}"),
        "ids": remark("30969b20e866bae728ebf8a6e207f621 d6ec0326-d952-4d5d-af06-d09a2b4f9a3b"),
    },
    "SEC005": {
        "a placeholder": content("", "IBMMQ", key_store="${KEY_STORE}", trust_store=""),
        "a picture": unknown("icon", code(b"\x89PNG\r\n\x1a\n" + bytes(40))),
        "a harmless script": unknown("x", code("function execute(data) { return data.length; }")),
        "an id": unknown("x", "30969b20e866bae728ebf8a6e207f621"),
        "other files": unknown("x", code(gzip.compress(b"abc" * 99))),
    },
}  # fmt: skip


def rows(table: Mapping[str, Mapping[str, Edit]]) -> list[Any]:
    return [
        pytest.param(rule, edit, id=f"{rule} {title}") for rule, edits in table.items() for title, edit in edits.items()
    ]


def found(edit: Edit) -> list[tuple[str, str]]:
    entry, _, document = edit
    told = check(make_package({entry: document}))
    assert BIRD not in repr(told)
    for each in told:
        assert each.code[:3] != "SEC" or (each.location.line and each.location.column and each.location.entry == entry)
    # What is in the place of a credential is found as well, and is none.
    return [(each.code, each.location.pointer) for each in told if each.code[:3] == "SEC" and each.code != "SEC006"]


@every_row(("rule", "edit"), rows(FAILING))
def test_a_credential_is_found_once_and_where_it_stands(rule: str, edit: Edit) -> None:
    assert found(edit) == [(rule, edit[1])]


@every_row(("rule", "edit"), rows(PASSING))
def test_what_only_looks_like_a_credential_is_not_found(rule: str, edit: Edit) -> None:
    assert found(edit) == [], rule


@every_row(("rule", "edit"), rows(FAILING))
def test_what_is_found_is_hidden_and_nothing_else(rule: str, edit: Edit) -> None:
    entry, _, document = edit
    package = make_package({entry: document})
    resource = next(each for each in package.resources if each.entry == entry)
    shown = mask(fields_of(resource.kind), document)
    assert BIRD not in json.dumps(shown), rule
    assert "KQ2ABCDEF" not in json.dumps(shown)
    assert MASK in json.dumps(shown)
    assert mask(fields_of(resource.kind), shown) == shown
    assert found((entry, "", shown)) == []


@every_row(("rule", "edit"), rows(PASSING))
def test_what_is_not_found_is_not_hidden(rule: str, edit: Edit) -> None:
    entry, _, document = edit
    package = make_package({entry: document})
    resource = next(each for each in package.resources if each.entry == entry)
    assert mask(fields_of(resource.kind), document) == document, rule


def test_one_text_may_hold_several_sorts() -> None:
    edit = remark(f"https://a:{BIRD}@b {PEM} {GITHUB}")
    assert found(edit) == [("SEC002", edit[1]), ("SEC003", edit[1]), ("SEC004", edit[1])]


def test_masking_keeps_the_text_around() -> None:
    masked = mask_text(f"a https://me:{BIRD}@host/x?token={BIRD}&y=1 {GITHUB} {PEM}z")
    assert masked == f"a https://me:{MASK}@host/x?token={MASK}&y=1 {MASK} {MASK}\nz"


def test_spans_do_not_overlap() -> None:
    text = f"https://a:{JWT}@b?token={GITHUB}"
    spans = find_spans(text)
    assert [text[span.start : span.end] for span in spans] == [JWT, GITHUB]
    assert {span.sort for span in spans} == {Sort.TOKEN}


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for child in value.values() for text in _strings(child)]
    if isinstance(value, list):
        return [text for child in value for text in _strings(child)]
    return [value] if isinstance(value, str) else []


@every_row("edit", [edit for edits in FAILING.values() for edit in edits.values()])
def test_whatever_is_found_is_suspicious_among_other_texts_too(edit: Edit) -> None:
    texts = _strings(edit[2])
    if any(find_spans(text) for text in texts):
        assert is_suspicious("\n".join(texts))


HOSTILE = (
    "://", "a://b:", "a:b@", "://a:b", "://a@", ":thin:", ":thin:a/", ":thin:a", "password=", 'password="',
    "password={", 'password=\\"', "password ", "password  =", '"password":', '"password":"', "<password>", "token>",
    "token=<", "token=a b", "token=#", "token=${", "-----BEGIN PRIVATE KEY-----", "-----", "BEGIN PRIVATE KEY", "eyJ",
    "eyJabcdefgh.", "eyJabcdefgh-", "eyJabcdefgh.eyJabcdefgh.", "xoxb-", "ghp_", "ghp_a-", "AIza", "AIza-", "AKIA",
    "github_pat_", "Bearer ", "Bearer a1", "Basic ", "Basic a", "A", "a1\n", "AAAA=", "=", "=\\", "\\",
    '"', "'", "password='", "{", "<", " ", "$", "${", "#", "%", "@", "ak=", "pass_", "key=key=key", "data:",
)  # fmt: skip
TEXTS = sorted({text for edits in FAILING.values() for edit in edits.values() for text in _strings(edit[2])})


@every_row("seed", range(40))
def test_detection_misses_nothing_that_masking_hides(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any choice will do
    texts = []
    for _ in range(50):
        text = "".join(chance.choices([*TEXTS, *HOSTILE], k=2))
        cut = chance.randrange(len(text) + 1)
        texts.append(text[cut:] if chance.random() < 0.5 else text[:cut])
    for text in texts:
        assert is_suspicious(text) or mask_text(text) == text
        assert is_suspicious(f"a\n{text}\nb") or mask_text(text) == text


@every_row("value", [None, True, False, "", [], {}, [None, ""], {"a": "${X}"}])
def test_nothing_is_no_credential(value: Any) -> None:
    assert not is_credential(value)


@every_row("value", [0, 1.5, "a", ["", "a"], {"a": {"b": 1}}])
def test_anything_else_is_one(value: Any) -> None:
    assert is_credential(value)


@every_row("key", ["sk", "X-Auth-Token", "db.password", "appSecret", "access key", "ACCESS_KEY", "db_pass"])
def test_names_of_credentials(key: str) -> None:
    assert is_secret_word(key)


# Comparing --------------------------------------------------------------------------------------------------------

NOWHERE = Sides(before=lambda _, __: None, after=lambda _, __: None)


def test_a_changed_secret_is_compared_before_it_is_hidden() -> None:
    before = edited(DATASOURCE, content={"password": f"{BIRD}1", "url": f"https://a:{BIRD}@b", "host": "x"})
    after = edited(DATASOURCE, content={"password": f"{BIRD}2", "url": f"https://a:{BIRD}2@b", "host": "x"})
    changes = compare(KINDS["datasource"], before, after, NOWHERE)
    assert [(change.pointer, change.secret) for change in changes] == [
        ("/content/password", True),
        ("/content/url", True),
    ]
    assert BIRD not in repr(changes)
    assert compare(KINDS["datasource"], before, before, NOWHERE) == ()


def test_a_changed_secret_reads_so() -> None:
    package = make_package(
        {DATABASE: edited(DATASOURCE, content={"password": f"{BIRD}2", "url": f"https://a:{BIRD}2@b"})}
    )
    target = make_instance(
        {
            "application": [APPLICATION],
            "datasource": [edited(DATASOURCE, content={"password": BIRD, "url": f"https://a:{BIRD}@b"})],
        }
    )
    planned = plan(package, target, ImportOptions(mode=Mode.MERGE, datasource_overwrite=True))
    told = render_plan(report_plan(planned), Screen(width=120))
    assert "/content/password: (secret, changed)" in told
    assert BIRD not in told


def test_a_secret_of_one_letter_hides_nothing_else() -> None:
    before = edited(DATASOURCE, content={"password": "e", "host": "fee.example.com"})
    after = edited(DATASOURCE, content={"password": "f", "host": "free.example.com"})
    password, host = compare(KINDS["datasource"], before, after, NOWHERE)
    assert (password.before, password.after) == (MASK, MASK)
    assert (host.before, host.after, host.secret) == ("fee.example.com", "free.example.com", False)


# To enter again ---------------------------------------------------------------------------------------------------


def entered(changes: Mapping[str, Any]) -> list[tuple[str, str, bool, bool]]:
    package = make_package(changes)
    places = [place for resource in package.resources for place in credentials_of(package, resource)]
    return [(place.address, place.pointer, place.declared, place.present) for place in places]


def test_declared_credentials_are_entered_again_whether_or_not_they_are_there() -> None:
    assert entered({DATABASE: edited(DATASOURCE, content={"password": "${PW}"})}) == [
        ("application/Shop", "/secret", True, False),
        ("datasource/orders-db", "/content/user_name", True, False),
        ("datasource/orders-db", "/content/password", True, False),
    ]


def test_so_are_those_that_were_found() -> None:
    detail = json.dumps({"writer": {"password": BIRD, "url": f"https://a:{BIRD}@b"}})
    changes = {
        SYNC: edited(TASK, task_detail=detail),
        DATABASE: edited(DATASOURCE, datasource_type="LDAP", content={"url": f"ldap://a:{BIRD}@b", "x_token": ""}),
    }
    assert entered(changes) == [
        ("application/Shop", "/secret", True, False),
        ("datasource/orders-db", "/content/user_name", True, False),
        ("datasource/orders-db", "/content/password", True, False),
        ("datasource/orders-db", "/content/x_token", False, False),
        ("datasource/orders-db", "/content/url", False, True),
        ("task/sync_orders", "/task_detail/#/writer/password", False, True),
        ("task/sync_orders", "/task_detail/#/writer/url", False, True),
    ]


def test_a_task_that_cannot_be_read_has_what_was_found() -> None:
    assert ("task/sync_orders", "/task_detail", False, True) in entered(
        {SYNC: edited(TASK, task_detail=f'{{"password": "{BIRD}"')}
    )


def test_what_is_overwritten_names_what_to_enter() -> None:
    package = make_package({DATABASE: edited(DATASOURCE, description="another")})
    target = make_instance({"application": [APPLICATION], "datasource": [DATASOURCE]})
    planned = plan(package, target, ImportOptions(mode=Mode.MERGE, datasource_overwrite=True))
    hint = next(each.hint for each in planned.diagnostics if each.code == "IMP031")
    assert hint == (
        "stop the tasks that use it, import, enter the credentials again (user_name, password), test the connection"
    )


# Long texts -------------------------------------------------------------------------------------------------------

LOOKING = """
from assetpkg.credentials import find_spans, is_credential, is_suspicious
from assetpkg.credentials.masking import mask_text
text = {piece!r} * (LONG // len({piece!r}))
for call in (find_spans, is_suspicious, mask_text, is_credential):
    call(text)
"""


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_is_looked_through_to_the_end(piece: str, starter: Starter) -> None:
    assert ends(starter, LOOKING.format(piece=piece))
