"""What `check` shows of many findings: each cause once, the first of its places, and how many more there are."""

from collections.abc import Mapping
from typing import Any

import pytest

from assetpkg import check
from assetpkg.render.screen import Screen, View
from assetpkg.render.text import render
from assetpkg.report.check import report_check, report_package
from tests.build import GROUP, edited, make_package
from tests.conftest import THOROUGH

MANY = 10_000 if THOROUGH else 2_000


def rendered(documents: Mapping[str, Any], *, details: bool = False) -> str:
    found = check(make_package(documents))
    return render(report_check([report_package("shop.zip", found)]), View(Screen(), details=details))


def groups(number: int, **changes: object) -> dict[str, Any]:
    return {
        f"api_groups/{at}.json": edited(GROUP, id=f"{at:032}", name=f"group-{at}", **changes) for at in range(number)
    }


def test_a_cause_with_thousands_of_places_is_reported_once() -> None:
    documents = groups(MANY, roma_app_id="f" * 32)
    text = rendered(documents)
    assert text.count("REF001") == 1
    assert text.count("/roma_app_id\n") == 3
    assert f"… and {MANY - 3:,} more places (--details)\n" in text
    assert len(text) < 2_000
    assert f"{MANY:,} risks" in text
    assert rendered(documents, details=True).count("/roma_app_id\n") == MANY


@pytest.mark.parametrize("number", [1, 2, 20])
def test_a_few_findings_are_reported_one_by_one(number: int) -> None:
    text = rendered(groups(number, roma_app_id="f" * 32))
    assert text.count("/roma_app_id\n") == text.count("REF001") == number
    assert "more place" not in text


def test_more_of_one_cause_are_reported_together() -> None:
    text = rendered(groups(21, roma_app_id="f" * 32))
    assert text.count("/roma_app_id\n") == 3
    assert text.count("REF001") == 1
    assert "… and 18 more places (--details)\n" in text


def test_thousands_of_findings_of_one_rule_with_messages_of_their_own_are_counted() -> None:
    documents = {f"api_groups/{at}.json": edited(GROUP, id=f"{at:032}", name=f"!-{at:04}") for at in range(1_000)}
    text = rendered(documents)
    assert text.count("RSC013 error") == 100
    assert "… and 900 more findings of RSC013 (--details)\n" in text
    assert rendered(documents, details=True).count("RSC013 error") == 1_000
