"""What a plan says on a screen that is small, and what it never leaves out."""

from typing import Any

import assetpkg
from assetpkg import Mode
from assetpkg.render.screen import Screen, View
from assetpkg.render.text import render
from assetpkg.report.plan import report_plan
from tests.build import TOPIC, edited, make_instance, make_package
from tests.conftest import SAMPLES

SCREEN = Screen(width=60, terminal=True)


def rendered(package: assetpkg.Package, *there: dict[str, Any], only: tuple[str, ...] = ()) -> str:
    target = make_instance({"topic": list(there)})
    return render(report_plan(assetpkg.plan(package, target, mode=Mode.MERGE)), View(SCREEN, only=only))


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


def test_an_address_with_brackets_is_shown_where_it_is_named() -> None:
    package = make_package(
        {"topics/a1.json": edited(TOPIC, name="a1"), "topics/of-list.json": edited(TOPIC, name="a[1]")}
    )
    named = rendered(package, TOPIC, only=("topic/a[1]",))
    assert "\n+ topic/a[1]\n" in named
    assert "No resource has an address like" not in named
    assert "\n+ topic/a1\n" in rendered(package, TOPIC, only=("topic/a[12]",))


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


def test_in_a_pipe_each_finding_has_its_place_and_a_fix_is_said_once() -> None:
    package, target = assetpkg.read(SAMPLES / "order-center"), assetpkg.read_target(SAMPLES / "production.json")
    report = report_plan(assetpkg.plan(package, target))
    lines = render(report, View(Screen(width=1 << 30))).splitlines()
    first = lines.index("+ datasource/crm-api")
    address, fix, place, *second = (line.strip() for line in lines[first + 1 : first + 6])
    assert address == (
        "IMP075 risk: brings the address 'https://crm.example.com/api/v2/customers' of the source to another instance"
    )
    assert fix.startswith("> ")
    assert place.endswith("/datasources/crm-api.json:7:12 /content/url")
    assert second[0].startswith("IMP075 risk: ")
    assert second[1].endswith("/datasources/crm-api.json:11:27 /content/api_auth_detail/access_token_url")
    of_rule = [number for number, line in enumerate(lines) if line.startswith("    IMP075 risk: ")]
    followed = ["".join(lines[number + 1 : number + 3]) for number in of_rule]
    assert len(of_rule) > 4
    assert all(".json:" in after for after in followed)
