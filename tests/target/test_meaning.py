"""The digest of a target: it changes with what is there, and with nothing else."""

from typing import Any

import pytest

from assetpkg.target.instance import Instance
from tests.build import API, APPLICATION, DATASOURCE, edited

POLICIES: list[dict[str, Any]] = [
    {
        "name": "one",
        "effect_mode": "ALL",
        "conditions": [
            {"condition_origin": "source", "condition_value": "192.0.2.0/24"},
            {"condition_origin": "source", "condition_value": "198.51.100.0/24"},
        ],
    }
]
TURNED = [{**POLICIES[0], "conditions": [{**each, "id": "9"} for each in reversed(POLICIES[0]["conditions"])]}]
NOTED = {**APPLICATION, "remark": "a\nb"}


def digest(kind: str, *documents: dict[str, Any]) -> str:
    return Instance.from_documents({kind: documents}, covers=[]).digest


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param("application", NOTED, dict(reversed(NOTED.items())), id="order of members"),
        pytest.param("application", NOTED, {**NOTED, "update_time": "now"}, id="what the server makes"),
        pytest.param("application", NOTED, {**NOTED, "remark": "a\r\nb\r\n"}, id="line ends"),
        pytest.param("api", {**API, "policy_mocks": POLICIES}, {**API, "policy_mocks": TURNED}, id="conditions"),
    ],
)
def test_what_means_the_same_has_the_same_digest(kind: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert digest(kind, before) == digest(kind, after)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param("application", NOTED, edited(NOTED, remark="a b"), id="a field"),
        pytest.param("application", NOTED, edited(NOTED, id="9"), id="an id"),
        pytest.param("datasource", DATASOURCE, {**DATASOURCE, "unknown": [1, 2]}, id="a field of no class"),
    ],
)
def test_another_meaning_has_another_digest(kind: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert digest(kind, before) != digest(kind, after)


def test_the_order_of_resources_means_nothing() -> None:
    other = edited(APPLICATION, name="Other", id="o")
    assert digest("application", APPLICATION, other) == digest("application", other, APPLICATION)


def test_no_digest_depends_on_a_credential() -> None:
    told = {digest("application", {**APPLICATION, "secret": secret}) for secret in ("hush-hush-1", "hush-hush-2")}
    assert len(told) == 1
