"""What differs, on screens."""

from collections.abc import Mapping
from typing import Any

import assetpkg
from assetpkg.render.screen import Screen, View
from assetpkg.render.text import render
from assetpkg.report.diff import report_diff
from tests.build import DATASOURCE, TOPIC, edited, make_package

MANY = 41
"""So many topics have no line each on a screen."""


def rendered(before: Mapping[str, Any], after: Mapping[str, Any], screen: Screen, **asked: Any) -> str:
    found = assetpkg.diff(make_package(before), make_package(after))
    return render(report_diff(found, "before.zip", "after.zip"), View(screen, **asked))


def topics(number: int) -> dict[str, Any]:
    return {f"topics/t{each:02}.json": edited(TOPIC, name=f"topic-{each:02}") for each in range(number)}


def test_many_resources_that_one_side_has_are_named_together_on_a_screen() -> None:
    changed = {"datasources/orders-db.json": edited(DATASOURCE, description="new")}
    screen = Screen(width=60, terminal=True)
    text = rendered(topics(MANY), changed, screen)
    assert "\n- removed topic (41): topic-00, topic-01, topic-02," in text
    assert '\n~ datasource/orders-db\n      + /description: "new"\n' in text
    assert all(len(line) <= screen.width for line in text.splitlines())
    assert sum(f"topic-{each:02}" in text for each in range(MANY)) == MANY
    few = rendered(topics(MANY - 2), changed, screen)
    assert few.count("\n- topic/topic-") == MANY - 2
    assert "      - /access_policy" not in few
    in_full = rendered(topics(MANY), changed, screen, details=True)
    assert in_full.count('\n      - /access_policy: "all"\n') == MANY
    only = rendered(topics(MANY), changed, screen, only=("topic/topic-0?",))
    assert only.count("\n- topic/topic-0") == 10
    assert "\nNot shown: 32 resources not named by --only.\n" in only


def test_nothing_is_wrapped_or_coloured_in_a_pipe_and_a_terminal_has_colours() -> None:
    long = {"datasources/orders-db.json": edited(DATASOURCE, description="word " * 100)}
    piped = rendered({}, long, Screen(width=1 << 30))
    assert f'      + /description: "{"word " * 100}"' in piped
    assert "\x1b" not in piped
    coloured = rendered({}, long, Screen(width=80, colour=True, terminal=True))
    assert "\x1b[33m~\x1b[0m datasource/orders-db\n" in coloured
    assert coloured.startswith("\x1b[31m--- before.zip\x1b[0m\n\x1b[32m+++ after.zip\x1b[0m\n")
