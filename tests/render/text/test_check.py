"""What `check` shows of many findings: each cause once, the first of its places, and how many more there are."""

from collections.abc import Mapping
from typing import Any

import pytest

from assetpkg import check
from assetpkg.render.screen import ENDLESS, Screen, View
from assetpkg.render.text import render
from assetpkg.report.check import report_check, report_package
from tests.build import GROUP, edited, make_package
from tests.conftest import THOROUGH

MANY = 10_000 if THOROUGH else 2_000
SCREEN = Screen()


def rendered(documents: Mapping[str, Any], *, details: bool = False, screen: Screen = SCREEN) -> str:
    found = check(make_package(documents))
    return render(report_check([report_package("shop.zip", found)]), View(screen, details=details))


def groups(number: int, **changes: object) -> dict[str, Any]:
    return {
        f"api_groups/{at}.json": edited(GROUP, id=f"{at:032}", name=f"group-{at}", **changes) for at in range(number)
    }


def test_a_cause_with_thousands_of_places_is_reported_once() -> None:
    documents = groups(MANY, roma_app_id="f" * 32)
    text = rendered(documents)
    assert text.count("REF001 risk") == 1
    assert text.count("/roma_app_id  REF001\n") == 20
    assert f"… and {MANY - 20:,} more places (--details)\n" in text
    assert len(text) < 4_000
    assert f"{MANY:,} risks" in text
    assert rendered(documents, details=True).count("/roma_app_id  REF001\n") == MANY


@pytest.mark.parametrize("number", [1, 2, 20])
def test_a_cause_is_reported_once_with_its_places(number: int) -> None:
    text = rendered(groups(number, roma_app_id="f" * 32))
    code = "  REF001" if number > 1 else ""
    assert text.count(f"/roma_app_id{code}\n") == number
    assert text.count("REF001 risk") == 1
    assert "more place" not in text


def test_nothing_is_left_out_of_a_pipe() -> None:
    text = rendered(groups(300, roma_app_id="f" * 32), screen=Screen(width=ENDLESS))
    assert text.count("/roma_app_id  REF001\n") == 300
    assert "…" not in text


def test_thousands_of_findings_of_one_rule_with_messages_of_their_own_are_counted() -> None:
    documents = {f"api_groups/{at}.json": edited(GROUP, id=f"{at:032}", name=f"!-{at:04}") for at in range(1_000)}
    text = rendered(documents)
    assert text.count("RSC013 error") == 100
    assert "… and 900 more findings of RSC013 wrong characters (--details)\n" in text
    assert rendered(documents, details=True).count("RSC013 error") == 1_000
