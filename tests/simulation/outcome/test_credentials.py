"""What becomes of credentials: none of the package is in the state after its import, and none in the way back."""

import json
from typing import Any

import pytest

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.target.snapshot import dump_snapshot
from tests.build import API, APPLICATION, DATASOURCE, TASK, edited, make_instance
from tests.simulation.outcome.test_apply import UPDATE, after, outcome_of, package_of
from tests.tables import every_row


@pytest.mark.parametrize("kind", ["api", "unheard of", None, "API"])
def test_undoing_brings_no_credential_back(kind: str | None) -> None:
    def source(url: str, secret: str) -> dict[str, Any]:
        auth = {"client_id": secret, "app_key": secret, "user_name": secret}
        return edited(DATASOURCE, datasource_type=kind, content={"url": url, "api_auth_detail": auth, "x": auth})

    package = package_of(("application", APPLICATION), ("datasource", source("https://new", "New-secret")))
    target = make_instance({"application": [APPLICATION], "datasource": [source("https://old", "Old-secret")]})
    found = assetpkg.plan(package, target, UPDATE).undo()
    assert found.package is not None
    told = str(found.package.document("datasource/orders-db"))
    assert "https://old" in told
    assert "secret" not in told
    assert "New-secret" not in str(after(outcome_of(package, target, UPDATE), "datasource/orders-db"))


def test_what_an_update_brings_inside_a_text_is_to_be_entered() -> None:
    there = edited(API, remark="old", backend_api={"url_domain": "a"})
    brought = edited(API, remark="password: Zx7Qm4Wv9", backend_api={"url_domain": "a", "x": "https://u:Zx7Qm4Wv9@h"})
    group = {"id": "group-1", "name": "orders", "app_id": "app-1"}
    target = make_instance({"application": [APPLICATION], "api_group": [group], "api": [there]})
    package = package_of(("application", APPLICATION), ("api_group", group), ("api", brought))
    outcome = outcome_of(package, target, UPDATE)
    (address,) = outcome.updated
    assert "Zx7Qm4Wv9" not in json.dumps(after(outcome, address))
    left = {pointer for fact in outcome.undetermined if fact.why == "credentials" for pointer in fact.pointers}
    assert {"/remark", "/backend_api/x"} <= left


@every_row(
    ("content", "left", "told"),
    [
        pytest.param({"password": "******"}, {}, "/content/password", id="a mask"),
        pytest.param({"password": "Zx7Qm4Wv9"}, {}, "/content/password", id="a credential"),
        pytest.param(
            {"url": "https://u:Zx7Qm4Wv9@h"}, {"url": "https://u:@h"}, "/content/url", id="a credential in a text"
        ),
        pytest.param({"url": "https://u:***@h"}, {"url": "https://u:@h"}, "/content/url", id="a mask in a text"),
        pytest.param({"x": {"my_token": "Zx7Qm4Wv9"}}, {"x": {}}, "/content/x/my_token", id="in a field of any name"),
    ],
)
def test_what_an_undo_leaves_out_is_to_be_entered(content: dict[str, Any], left: dict[str, Any], told: str) -> None:
    there = edited(DATASOURCE, content={"host": "old", **content})
    package = package_of(("application", APPLICATION), ("datasource", edited(DATASOURCE, content={"host": "new"})))
    target = make_instance({"application": [APPLICATION], "datasource": [there]})
    found = assetpkg.plan(package, target, UPDATE).undo()
    assert found.package is not None
    assert found.package.document("datasource/orders-db")["content"] == {"host": "old", **left}
    assert not [resource for resource in found.package.resources if resource.unfilled or resource.credentials]
    assert told in {place.pointer for place in found.credentials}


def test_what_an_undo_has_to_empty_in_a_companion_is_to_be_entered() -> None:
    source = edited(DATASOURCE, content={"host": "h", "url": "https://u:Zx7Qm4Wv9@h", "password": "******"})
    target = make_instance(
        {"application": [APPLICATION], "datasource": [source], "task": [edited(TASK, task_type="x")]}
    )
    package = package_of(("application", APPLICATION), ("datasource", source), ("task", TASK))
    found = assetpkg.plan(package, target, ImportOptions(mode=Mode.MERGE, assumptions=UPDATE.assumptions)).undo()
    assert "datasource/orders-db" in found.companions
    assert [(place.address, place.pointer) for place in found.credentials] == [("datasource/orders-db", "/content/url")]


def test_what_has_a_credential_for_a_name_is_there_under_a_mask() -> None:
    names = ["ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6", "ghp_f6E5d4C3b2A1f6E5d4C3b2A1f6E5d4C3b2A1"]
    channels = [("load_channel", {"name": name}) for name in names]
    outcome = outcome_of(package_of(("application", APPLICATION), *channels), make_instance(), UPDATE)
    assert {"load_channel/***", "load_channel/***#2"} <= set(outcome.created)
    assert "ghp_" not in b"".join(dump_snapshot(outcome.instance)).decode()
