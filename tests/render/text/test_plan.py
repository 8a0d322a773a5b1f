"""What a plan says on a screen that is small, and what it never leaves out."""

from typing import Any

import assetpkg
from assetpkg import Mode
from assetpkg.render.screen import Screen, View
from assetpkg.render.text import render
from assetpkg.report.plan import report_plan
from tests.build import TOPIC, edited, make_instance, make_package

SCREEN = Screen(width=60, terminal=True)


def rendered(package: assetpkg.Package, *there: dict[str, Any]) -> str:
    target = make_instance({"topic": list(there)})
    return render(report_plan(assetpkg.plan(package, target, mode=Mode.MERGE)), View(SCREEN))


def test_a_difference_is_not_counted_where_it_takes_no_more_than_the_count() -> None:
    limits = {f"limit_{each}": each for each in range(7)}
    changed = make_package({"topics/order-events.json": edited(TOPIC, **limits)})
    text = rendered(changed, TOPIC)
    assert "more difference" not in text
    assert sum(f"? /limit_{each}: (none) -> {each}\n" in text for each in range(7)) == 7
    long = make_package({"topics/order-events.json": edited(TOPIC, **{**limits, "limit_6": "six " * 20})})
    assert "? /limit_5: (none) -> 5\n      … and 1 more difference (--only topic/order-events)\n" in rendered(
        long, TOPIC
    )
    eight = make_package({"topics/order-events.json": edited(TOPIC, **limits, limit_7=7)})
    assert "… and 2 more differences (--only topic/order-events)\n" in rendered(eight, TOPIC)


def test_a_line_of_a_text_is_not_counted_where_it_takes_no_more_than_the_count() -> None:
    def planned(lines: int) -> str:
        remark = "\n".join(map(str, range(lines)))
        return rendered(make_package({"topics/order-events.json": edited(TOPIC, remark=remark)}), TOPIC)

    twelve = planned(12)
    assert "more line" not in twelve
    assert twelve.count("\n        +") == 12
    assert "        +10\n        … and 2 more lines (--only topic/order-events)\n" in planned(13)


def test_a_name_that_takes_two_lines_has_no_paragraph_of_its_own() -> None:
    names = [f"{'topic ' * 12}{each}" for each in range(9)]
    text = rendered(make_package({f"topics/{each}.json": edited(TOPIC, name=name) for each, name in enumerate(names)}))
    assert "\n+ topic/" not in text
    assert "\n+ create topic (10): " in text
    assert all(name in " ".join(text.split()) for name in names)
