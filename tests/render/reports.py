"""Reports of every sort, and names that try to be more than names, for the formats that other programs read."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.report.check import (
    AcceptedReport,
    CheckReport,
    DiagnosticReport,
    LocationReport,
    report_check,
    report_failure,
    report_package,
    report_unreadable,
)
from assetpkg.report.compare import report_comparison, report_rollout
from assetpkg.report.diff import DifferenceReport, DiffReport, ValueReport, report_diff
from assetpkg.report.plan import PlanReport, report_plan
from assetpkg.report.saved import report_verification
from assetpkg.rules.policy import Policy
from assetpkg.simulation.compare import compare_imports, usual_options
from assetpkg.simulation.difference import DIFF_WORDS
from assetpkg.simulation.rollout import Rollout, roll_out
from tests.conftest import SAMPLES

HOSTILE = (
    "::error file=x::smuggled\r\n::set-output name=a::b",
    "\n::stop-commands::token",
    "##[error]smuggled] %0A::add-mask::x %25%3A",
    "<script>alert(1)</script> &amp; <!-- x",
    "@everyone #1 GH-1 https://evil.example www.evil.example a@evil.example evil.md",
    "[x](https://evil.example) ![y](z) |a|\\| `b` ``c`` * _d_ **e**\n# f\n- g\n1. h",
    "\x1b[31m\x00\x07\ufffe\ud800\u202e\u200b\x85\u2028]]>",
    "{0} {{1}} ](http://evil.example)",
    "a/../../b c%2e?#;=,:\\'\"",
)
"""Names of resources and texts of findings as a hostile package has them."""


def finding(text: str, number: int = 0, severity: Any = "error", **place: Any) -> DiagnosticReport:
    """Return a finding that has a text wherever a package has a say."""
    location = {"entry": f"apis/{text}.json", "pointer": f"/{text}", "line": 3, "column": 5}
    return DiagnosticReport(
        code="RSC013",
        slug="bad-name",
        severity=severity,
        message=f"the name '{text}' is {text}",
        hint=f"write {text}",
        location=LocationReport(**{**location, "end_line": 3, "end_column": 9, "byte_offset": None, **place}),
        platform_code=None,
        address=f"api/{text}",
        fingerprint=f"{number:032x}",
    )


def checked(texts: tuple[str, ...], container: Any = "folder", path: str = "pkg", number: int = 1) -> CheckReport:
    """Return the report of a package in which each text is found so many times."""
    severities = ("error", "risk", "warning", "info")
    found = [
        finding(text, at * len(texts) + each, severities[each % 4])
        for at in range(number)
        for each, text in enumerate(texts)
    ]
    package = report_package(path, [], container=container, resources=[f"api/{text}" for text in (*texts, "passes")])
    return report_check([_with(package, diagnostics=found)])


def _with(part: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(part, **changes)


def accepted(found: DiagnosticReport) -> AcceptedReport:
    """Return a finding that the project has accepted until a day."""
    names = ("code", "severity", "address", "location", "fingerprint", "message")
    return AcceptedReport(
        **{name: getattr(found, name) for name in names}, by="allow", reason="known", until="2030-01-01"
    )


def planned(**options: Any) -> PlanReport:
    """Return the report of the sample package planned against the sample target."""
    policy = options.pop("policy", None)
    package, target = assetpkg.read(SAMPLES / "order-center"), assetpkg.read_target(SAMPLES / "production.json")
    return report_plan(assetpkg.plan(package, target, ImportOptions(**options), policy=policy))


@cache
def reports() -> Mapping[str, Any]:
    """Return a report of each sort that the formats can tell."""
    package, target = assetpkg.read(SAMPLES / "order-center.zip"), assetpkg.read_target(SAMPLES / "production.json")
    whole = finding("x", 7, entry=None, pointer=None, line=None, column=None, end_line=None, end_column=None)
    folder, archive = checked(HOSTILE).packages[0], checked(HOSTILE, "zip", "a b/pkg#.zip").packages[0]
    folder = _with(folder, diagnostics=[*folder.diagnostics, whole], accepted=[accepted(finding("kept", 9))])
    blocked, merged = planned(prefix="dev_"), planned(mode=Mode.MERGE)
    rollout = roll_out([package, package], target, ImportOptions(), *assetpkg_judge())
    return {
        "check": report_check([folder, archive, report_unreadable("gone.zip", "cannot read 'gone.zip': no such file")]),
        "clean": report_check([report_package("shop", [], container="folder", resources=["api/a"])]),
        "plan": blocked,
        "unreported": planned(policy=Policy.parse(ignore=["IMP"])),
        "merge": merged,
        "plans": report_rollout(rollout, ["one.zip", "two.zip"]),
        "nothing": report_rollout(Rollout(steps=(), cycles=()), []),
        "verify": report_verification(blocked, merged, "plan.json"),
        "holds": report_verification(blocked, blocked, "plan.json"),
        "failure": report_failure(f"cannot read 'gone{HOSTILE[0]}': no such file"),
        "diff": report_diff(assetpkg.diff(package, target), "one.zip", "target.json"),
        "hostile diff": hostile_diff(),
        "compare": report_comparison(compare_imports(package, target, usual_options(("dev_",), {}), *assetpkg_judge())),
    }


def hostile_diff() -> DiffReport:
    """Return the report of a comparison in which each text is a name, a value and a file."""
    package = assetpkg.Package.new("shop")
    found = report_diff(assetpkg.diff(package, package), HOSTILE[0], HOSTILE[1])
    differences = [
        DifferenceReport(
            action=action,
            kind="topic",
            address=f"topic/{text}",
            before=None if action == "added" else f"topic/{text}",
            after=None if action == "removed" else f"topic/{text}",
            alike_by="content" if action == "renamed" else None,
            fields=[ValueReport(pointer=f"/{text}", before=text, after=[text], secret=False)],
            unverified=[f"/{text}"],
        )
        for text in HOSTILE
        for action in DIFF_WORDS
    ]
    files = _with(found.files, added=list(HOSTILE))
    made: DiffReport = _with(found, differences=differences, files=files, is_same=False)
    return made


def assetpkg_judge() -> Any:
    """Return by what is judged where nobody has settled anything."""
    from assetpkg.rules.judge import USUAL

    return USUAL
