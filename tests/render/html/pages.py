"""Pages of every kind of report: ordinary ones, and such whose names would take a page over."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import assetpkg
from assetpkg import ImportOptions, Instance, Mode, Package, RecordedTarget
from assetpkg.archive.archive import Archive
from assetpkg.package.package import load
from assetpkg.render.formats import render
from assetpkg.render.html.standin import render_preview, render_stand_in
from assetpkg.render.screen import View
from assetpkg.report.beside import report_beside
from assetpkg.report.check import AcceptedReport, report_check, report_failure, report_package, report_unreadable
from assetpkg.report.compare import report_comparison, report_rollout
from assetpkg.report.diff import report_diff
from assetpkg.report.plan import PlanReport, report_plan
from assetpkg.report.saved import report_verification
from assetpkg.report.shape import report_as
from assetpkg.report.show import report_show
from assetpkg.report.standin import JobRow, PreviewReport, report_stand_in
from assetpkg.simulation.compare import compare_imports, usual_options
from assetpkg.simulation.rollout import roll_out
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited, make_contents, make_instance

CREDENTIAL = "c4n4ry-Pa55phrase"
"""What is on no page."""
SCRIPT = "\n".join(f"line {number};" for number in range(40))
"""A text of many lines."""
HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "</style></title><script>document.title='taken'</script>",
    "\"><svg onload=alert(1)>' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% include 'style.css' %}{# gone #}",
    "--><!-- <![CDATA[ ]]> &lt;b&gt;&#60;i&#62;",
    "javascript:alert(1)",
    "\u202egnp.exe \x1b[31mred\x07 \u2028 \x00 end ",
    "a\nb\r\n<base href=//x>\t`${alert(1)}`",
)
"""Names that mean something in HTML, in a script, in a template or on a screen."""


def plan(package: Package, instance: Instance | None, **options: Any) -> tuple[PlanReport, View]:
    """Return the report of a plan, and the view that has what is shown beside it."""
    strict = options.pop("strict", False)
    planned = assetpkg.plan(package, instance, ImportOptions(**options))
    beside = [report_beside(planned)]
    return report_plan(planned, strict=strict), View(beside=lambda: beside)


def shop() -> Package:
    """Return a package in which there is something of everything."""
    content = {**DATASOURCE["content"], "host": "db.new.example.com", "user_name": "app", "password": CREDENTIAL}
    return load(
        Archive.from_contents(
            make_contents(
                {
                    "datasources/orders-db.json": edited(DATASOURCE, content=content),
                    "applications/Shop.json": edited(APPLICATION, remark=SCRIPT),
                    "applications/\u8ba2\u5355.json": edited(APPLICATION, id="app-2", name="\u8ba2\u5355", key="k2"),
                    "topics/other.json": edited(TOPIC, name="other", app_id="missing"),
                }
            )
        )
    )


def there() -> Instance:
    """Return a target on which some of it is, as it is there and otherwise."""
    return make_instance(
        {
            "application": [edited(APPLICATION, remark=SCRIPT.replace("line 20", "another line"))],
            "datasource": [edited(DATASOURCE, remark="for orders")],
            "task": [edited(TASK, task_id="task-9")],
            "topic": [TOPIC, edited(TOPIC, name="only-there")],
            "api_group": [edited(GROUP, id="group-9")],
            "api": [edited(API, id="api-9", name="same-route")],
        }
    )


@cache
def hostile() -> tuple[Package, Instance]:
    """Return a package and a target whose names and values would take a page over."""
    contents, known = {}, []
    for number, name in enumerate(HOSTILE):
        own = edited(APPLICATION, id=f"app-{number}", name=name, key=f"k{number}", remark=f"{name}\n{SCRIPT}")
        contents[f"applications/{number}.json"] = own
        known.append({**own, "remark": f"{SCRIPT}\n{name}"} if number % 2 else {**own, "id": f"other-{number}"})
        contents[f"datasources/{number}.json"] = edited(
            DATASOURCE, datasource_id=f"d{number}", datasource_name=f"ds {name}", app_id=f"app-{number}"
        )
    package = load(
        Archive.from_contents(make_contents(contents, manifest={"name": HOSTILE[0], "asset_version": HOSTILE[3]}))
    )
    return package, make_instance({"application": known}, name=HOSTILE[1])


@cache
def pages() -> Mapping[str, str]:
    """Return every page by its name."""
    package, target = shop(), there()
    bad, bad_target = hostile()
    merge = {"mode": Mode.MERGE, "datasource_overwrite": True, "strict": True}
    reports: dict[str, tuple[Any, View]] = {
        "plan": plan(package, target, **merge),
        "prefix": plan(package, target, prefix="dev_"),
        "alone": plan(package, None),
        "hostile-plan": plan(bad, bad_target, mode=Mode.MERGE),
        "hostile-clash": plan(bad, bad_target),
    }
    report, view = reports["plan"]
    found = report.diagnostics[0]
    waived = report_as(AcceptedReport, found, by="baseline", reason=None, until="2030-01-31")
    reports["accepted"] = replace(report, accepted=[waived]), view
    reports["verify"] = report_verification(report, reports["prefix"][0], HOSTILE[2]), View()
    reports["holds"] = report_verification(report, report, "plan.json"), View()
    small = Package.new(HOSTILE[1]).with_resource("application", edited(APPLICATION, name=HOSTILE[0]))
    rollout = roll_out([package, small], target, ImportOptions(mode=Mode.MERGE))
    beside = [report_beside(step.plan) for step in rollout.steps]
    reports["plans"] = report_rollout(rollout, ["shop.zip", HOSTILE[0]]), View(beside=lambda: beside)
    reports["compare"] = report_comparison(compare_imports(package, target, usual_options(["dev_"]))), View()
    reports["hostile-compare"] = report_comparison(compare_imports(bad, bad_target, usual_options([]))), View()
    reports["diff"] = report_diff(assetpkg.diff(target, package), "production.json", "shop.zip"), View()
    reports["hostile-diff"] = report_diff(assetpkg.diff(bad_target, bad), HOSTILE[0], HOSTILE[2]), View()
    listed = report_diff(assetpkg.diff(RecordedTarget.of(target), bad_target), "plan.json", HOSTILE[3])
    reports["recorded-diff"] = listed, View()
    reports["no-diff"] = report_diff(assetpkg.diff(package, package), "shop.zip", "shop"), View()
    checked = [
        report_package("shop", assetpkg.check(package), 1, container="folder"),
        report_package(HOSTILE[2], assetpkg.check(bad), 0, container="zip"),
        report_unreadable("gone.zip", f"cannot read '{HOSTILE[0]}'"),
    ]
    reports["check"] = report_check(checked), View()
    reports["check-one"] = report_check(checked[:1]), View()
    reports["failure"] = report_failure(f"cannot read '{HOSTILE[1]}'"), View()
    reports["show"] = report_show(bad, ((resource, None) for resource in bad.resources)), View()
    one = bad.resources[0]
    reports["show-one"] = report_show(bad, [(one, bad.document(one.address))]), View()
    made = {name: render(report, "html", view) for name, (report, view) in reports.items()}
    row = JobRow(
        id="1", type="importAsset", status="FAILED", began="then", file=HOSTILE[0], asked=HOSTILE[1],
        outcome=HOSTILE[2], reasons=[HOSTILE[3]], has_plan=True,
    )  # fmt: skip
    made["stand-in"] = render_stand_in(report_stand_in(bad_target, [row], ImportOptions(mode=Mode.MERGE)))
    counts = {"create": 12, "conflict": 1}
    asked = PreviewReport(id="1", name=HOSTILE[0], file=HOSTILE[1], asked=HOSTILE[2], verdict="blocked", summary=counts)
    made["preview"] = render_preview(asked)
    return made


def write(folder: Path) -> Mapping[str, Path]:
    """Write every page into a folder, and return where each is."""
    made = {}
    for name, text in pages().items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(text, encoding="utf-8")
    return made


def many(number: int) -> tuple[Package, Instance]:
    """Return a package with one conflict and so many resources that are on the target already, and equal."""
    known = [edited(APPLICATION, id=f"app-{each}", name=f"App {each}", key=f"k{each}") for each in range(number)]
    package = Package.new("many").with_resources([("application", each) for each in known])
    return package, make_instance({"application": known})
