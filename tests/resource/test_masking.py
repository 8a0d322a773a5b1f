from typing import Any

import pytest

from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import MASK, mask_text
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.resource.masking import has_embedded_credential, mask
from tests.build import APPLICATION, DATASOURCE, TASK
from tests.tables import every_row

BIRD = "canary"


@every_row("value", ["x", " x ", "**x", "<a>b", 0, 1, ["", "a"], {"a": 0}, "$ {a}", "#a"])
def test_what_is_a_credential(value: Any) -> None:
    assert is_credential(value)


@every_row(
    "value",
    [None, "", "  ", [], {}, [""], {"a": None}, "*", "******", "${PASSWORD}", "<password>", "#PASSWORD#", " *** "],
)
def test_what_stands_for_a_credential_or_for_nothing(value: Any) -> None:
    assert not is_credential(value)


@every_row(
    ("text", "shown"),
    [
        ("jdbc:mysql://root:canary@db:3306/x", "jdbc:mysql://root:***@db:3306/x"),
        ("https://:canary@host", "https://:***@host"),
        ("amqp://a:canary@b,amqp://c:canary@d", None),
        ("mongodb://a:can@ary@host", "mongodb://a:***@host"),
        ("jdbc:x://h/db?user=a&password=canary&ssl=true", "jdbc:x://h/db?user=a&password=***&ssl=true"),
        ("Server=h;PWD = canary;Database=x", "Server=h;PWD = ***;Database=x"),
        ("?access_key=canary", "?access_key=***"),
        ("?AccessKey=canary&sig=canary", "?AccessKey=***&sig=***"),
        ("订单 password=canary", "订单 password=***"),
    ],
)
def test_credentials_inside_texts_are_masked(text: str, shown: str | None) -> None:
    masked = mask_text(text)
    assert BIRD not in masked
    assert has_embedded_credential(text)
    assert shown in (None, masked)


@every_row(
    "text",
    [
        "",
        "订单",
        "https://host:8080/a?b=c",
        "a@b.c",
        "jdbc:mysql://db:3306/x?user=root",
        "password",
        "password:",
        "//a:${P}@b",
        "password=${P}",
        "password=***",
        "x=y",
    ],
)
def test_texts_without_credentials_stay_as_they_are(text: str) -> None:
    assert mask_text(text) == text
    assert not has_embedded_credential(text)


MISPLACED: dict[str, dict[str, Any]] = {
    "of its caller": {"api_auth_detail": {"client_id": BIRD, "app_key": BIRD, "user_name": BIRD}},
    "of its caller, in a list": {"api_auth_detail": [{"client_id": [BIRD]}]},
    "one level off": {"client_id": BIRD},
    "under another name": {"auth": [{"deep": {"user_name": BIRD}}]},
    "of a connector": {"connector_params": {"a": [BIRD]}},
    "of a queue": {"ssl_username": BIRD, "config_file_content": BIRD},
}


def source(kind: str, **content: Any) -> tuple[str, dict[str, Any]]:
    return "datasource", {**DATASOURCE, "datasource_type": kind, "content": content}


@every_row(
    ("kind", "document", "pointer"),
    [
        pytest.param("application", {**APPLICATION, "secret": BIRD}, "secret", id="a declared one"),
        pytest.param("application", {**APPLICATION, "secret": [BIRD, {"a": BIRD}]}, "secret", id="of the wrong type"),
        pytest.param("application", {**APPLICATION, "x_password": BIRD}, "x_password", id="an unknown one"),
        pytest.param(
            "application", {**APPLICATION, "x": [{"clientSecret": {"a": BIRD}}]}, "x", id="an unknown one, deep inside"
        ),
        pytest.param("application", {**APPLICATION, "remark": f"see ftp://a:{BIRD}@b"}, "remark", id="in an address"),
        pytest.param("application", {**APPLICATION, "x": [f"ftp://a:{BIRD}@b"]}, "x", id="in an address in a list"),
        pytest.param(*source("MYSQL", user_name=BIRD, password=BIRD), "content", id="an account"),
        pytest.param(*source("KAFKA", ssl_username=BIRD, config_file_content=BIRD), "content", id="of its type's own"),
        pytest.param(
            *source("API", api_auth_detail={"client_id": BIRD, "app_key": BIRD}), "content", id="two levels down"
        ),
        pytest.param(
            *source("CUSTOMIZED", connector_params={"a": BIRD, "b": [BIRD]}), "content", id="anything of a connector"
        ),
        pytest.param(*source("SNMP", snmp_community=BIRD), "content", id="a community"),
        pytest.param(*source("unheard of", password=BIRD, sk=BIRD), "content", id="of an unknown type, by their names"),
        *(
            pytest.param(*source(kind, **content), "content", id=f"of another type than {kind}: {title}")
            for kind in ("api", "Api ", "MYSQL", "unheard of", "")
            for title, content in MISPLACED.items()
        ),
        pytest.param(
            "datasource",
            {"datasource_name": "x", "content": {"connector_params": {"a": BIRD}, "user_name": BIRD}},
            "content",
            id="of no type",
        ),
        pytest.param(
            "datasource",
            {**DATASOURCE, "datasource_type": ["API"], "content": {"client_id": BIRD}},
            "content",
            id="of a type that is not one",
        ),
        pytest.param(
            "task",
            {**TASK, "task_detail": f'{{"a": [{{"password": "{BIRD}"}}]}}'},
            "task_detail",
            id="in JSON in a text",
        ),
        pytest.param(
            "task",
            {**TASK, "task_detail": f'{{"a": "ftp://a:{BIRD}@b"}}'},
            "task_detail",
            id="in an address in JSON in a text",
        ),
        pytest.param("task", {**TASK, "task_detail": f"{{password={BIRD}"}, "task_detail", id="in what is not JSON"),
    ],
)
def test_no_credential_is_left_in_a_masked_document(kind: str, document: dict[str, Any], pointer: str) -> None:
    masked = mask(fields_of(KINDS[kind]), document)
    assert BIRD not in str(masked)
    assert MASK in str(masked[pointer])
    assert BIRD in str(document)
    assert {key: value for key, value in masked.items() if key != pointer} == {
        key: value for key, value in document.items() if key != pointer
    }


def test_of_a_source_of_an_unknown_type_the_rest_is_shown() -> None:
    kind, document = source("unheard of", host="db", port="1", api_auth_detail={"scope": "all"}, other={"a": ["b"]})
    assert mask(fields_of(KINDS[kind]), document) == document


def test_a_document_without_credentials_is_shown_as_it_is() -> None:
    document = {**TASK, "task_detail": '{"a":  [1]}', "secret_url": "x", "password": "${P}"}
    assert mask(fields_of(KINDS["task"]), document) == document
