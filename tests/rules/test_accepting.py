"""What a project accepts: by an allow of its settings or a baseline; what that covers, and what of it is over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.diagnostics.model import Diagnostic, Findings, Severity
from assetpkg.errors import CannotRead, InvalidOption
from assetpkg.limits import Limits
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import complete_assumptions
from assetpkg.report.summary import report_summary
from assetpkg.rules.accepting import accepted_by_a_baseline, made_by_check
from assetpkg.rules.baseline import Baseline, dump_baseline, entries_for, make_baseline, parse_baseline
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from assetpkg.simulation.plan import Plan, plan
from assetpkg.simulation.rollout import roll_out
from tests.build import API, DATASOURCE, TOPIC, edited, make_instance, make_package
from tests.rules.rows import DATABASE, EVENTS, GET_ORDER, Make, Row, Table, parameters, row
from tests.tables import every_row

TODAY = date(2027, 1, 31)
RED = {EVENTS: edited(TOPIC, colour="red")}
WRONG = {GET_ORDER: edited(API, colour="red", auth_type="NOBODY"), **RED}
"""RSC014, an error, in the API; RSC016 there and in the topic."""
THERE = {"topic": [TOPIC]}


def allow(code: str, address: str = "*", **more: Any) -> dict[str, Any]:
    return {"code": code, "address": address, "reason": "agreed", **more}


def baseline_of(found: Findings, package: str = "shop") -> Baseline:
    """Return the baseline that `check --write-baseline` makes of these findings."""
    return make_baseline(made_by_check(complete_assumptions({})), entries_for(package, found))


def governed(
    changes: Mapping[str, Any], *allows: dict[str, Any], before: Mapping[str, Any] | None = None, **words: Any
) -> Make:
    """The minimal package with changes, under allows, and under a baseline of what it was before."""

    def make(_: Path) -> list[Diagnostic]:
        policy = Policy.parse(allow=allows, today=TODAY, **words)
        if before is not None:
            policy = policy._replace(baseline=baseline_of(check(make_package(before))))
        return check(make_package(changes), policy)

    return make


LATER, PAST = "fix what it is about and delete it, or give it a later date", date(2027, 1, 30)
FAILING: Table = {
    "ACC001": (
        row(
            "what was there before is fixed",
            governed({}, before=RED),
            f"ACC001 {EVENTS}#/colour: RSC016 (unknown-field), which the baseline accepts, is not found here any more"
            " -> make the baseline anew with --write-baseline",
        ),
        row(
            "another value is another finding, and the one before is fixed",
            governed({GET_ORDER: edited(API, auth_type="ALL")}, before={GET_ORDER: edited(API, auth_type="ANY")}),
            f"ACC001 {GET_ORDER}#/auth_type: RSC014 (not-allowed-value), which the baseline accepts, is not found here"
            " any more",
            f'RSC014 {GET_ORDER}#/auth_type 9:16: auth_type "ALL" is not one of NONE, APP, IAM, AUTHORIZER',
        ),
    ),
    "ACC002": (
        row(
            "nothing is found there",
            governed({}, allow("RSC016", "topic/*", pointer="/colour")),
            "ACC002: the allow of RSC016 for 'topic/*' at '/colour' fits nothing that was found"
            " -> delete it, or name the package or the target that it is for; an error needs its whole code",
        ),
    ),
    "ACC003": (
        row(
            "the last day is over, and what it was for counts again",
            governed(RED, allow("RSC016", until=PAST)),
            f"ACC003: the allow of RSC016 for '*' has expired: its last day was 2027-01-30 -> {LATER}",
            f'RSC016 {EVENTS}#/colour 5:3: field "colour" is not known for this kind; it is kept unchanged',
        ),
        row(
            "it would have nothing to accept either",
            governed({}, allow("RSC016", until=PAST)),
            f"ACC003: the allow of RSC016 for '*' has expired: its last day was 2027-01-30 -> {LATER}",
        ),
    ),
}
PASSING: Table = {
    "ACC001": (
        row("what was there before is there", governed(RED, before=RED)),
        row("the rule is not asked", governed({}, before=RED, select=["SEC", "ACC"])),
        row("nothing is asked there", governed({}, before=RED, per_kind={"topic": ["RSC"]})),
    ),
    "ACC002": (
        row("it is needed", governed(RED, allow("RSC016", "topic/*"))),
        row("its rule is about imports", governed({}, allow("IMP021"))),
        row("its rule is not asked", governed({}, allow("RSC016"), select=["SEC", "ACC"])),
        row("not all of its rules are asked", governed({}, allow("RSC"), ignore=["RSC014"])),
        row("it is for another package", governed({}, allow("RSC016", package="other*"))),
        row("it is for an import", governed({}, allow("RSC016", target="production"))),
    ),
    "ACC003": (row("today is its last day", governed(RED, allow("RSC016", until=TODAY))),),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


def codes(found: Findings) -> str:
    """Write what counts, and after a bar what is accepted."""
    return " | ".join(
        " ".join(sorted(each.code for each in part)) for part in (found, [each.diagnostic for each in found.accepted])
    )


@every_row(
    ("allowed", "expected"),
    [
        (allow("RSC016"), "RSC014 | RSC016 RSC016"),
        (allow("rsc016"), "RSC014 | RSC016 RSC016"),
        (allow("RSC", "api/*"), "RSC014 RSC016 | RSC016"),
        (allow("RSC014", "api/*"), "RSC016 RSC016 | RSC014"),
        (allow("RSC016", "topic/order-events"), "RSC014 RSC016 | RSC016"),
        (allow("RSC016", "Topic/*"), "ACC002 RSC014 RSC016 RSC016 | "),
        (allow("RSC016", "topic/[a-z]*"), "ACC002 RSC014 RSC016 RSC016 | "),
        (allow("RSC016", EVENTS), "ACC002 RSC014 RSC016 RSC016 | "),
        (allow("RSC016", pointer="/colour"), "RSC014 | RSC016 RSC016"),
        (allow("RSC016", pointer="/col"), "ACC002 RSC014 RSC016 RSC016 | "),
        (allow("RSC016", pointer="/*"), "RSC014 | RSC016 RSC016"),
        (allow("RSC016", package="sh?p"), "RSC014 | RSC016 RSC016"),
        (allow("RSC016", package="other"), "RSC014 RSC016 RSC016 | "),
    ],
)
def test_what_an_allow_covers(allowed: dict[str, Any], expected: str) -> None:
    assert codes(check(make_package(WRONG), Policy.parse(allow=[allowed]))) == expected


@pytest.mark.parametrize("level", ["error", "warning"])
def test_an_error_is_only_accepted_by_its_whole_code_whatever_its_severity_is_here(level: str) -> None:
    levels = {"RSC014": level}
    by_family = Policy.parse(severities=levels, allow=[allow("RSC")])
    by_code = Policy.parse(severities=levels, allow=[allow("RSC014")])
    assert codes(check(make_package(WRONG), by_family)) == "RSC014 | RSC016 RSC016"
    assert codes(check(make_package(WRONG), by_code)) == "RSC016 RSC016 | RSC014"
    raised = Policy.parse(severities={"RSC016": "error"}, allow=[allow("RSC01")])
    assert codes(check(make_package(RED), raised)) == "ACC002 RSC016 | "


def test_what_is_in_no_resource_is_accepted_by_its_entry() -> None:
    package = make_package({"readme.md": b"Read me."})
    (found,) = check(package)
    assert (found.address, found.location.entry) == (None, "readme.md")
    assert codes(check(package, Policy.parse(allow=[allow(found.code, "*.md")]))) == f" | {found.code}"


def test_the_first_allow_that_fits_is_the_reason_and_others_fit_nothing() -> None:
    allows = [allow("RSC016", "topic/*"), allow("RSC016", "topic/order-events", reason="once more")]
    found = check(make_package(RED), Policy.parse(allow=allows))
    # The one that names the place is asked first.
    assert [(each.by, each.reason, each.until) for each in found.accepted] == [("allow", "once more", None)]
    assert [each.message for each in found] == ["the allow of RSC016 for 'topic/*' fits nothing that was found"]


def test_who_does_not_say_what_day_it_is_cannot_have_a_last_day() -> None:
    policy = Policy.parse(allow=[allow("RSC016", until="2027-01-31")])
    with pytest.raises(InvalidOption, match="needs 'today', the date in UTC"):
        check(make_package(RED), policy)
    assert codes(check(make_package(RED), policy._replace(today=TODAY))) == " | RSC016"
    assert codes(check(make_package(RED), policy._replace(today=date(2027, 2, 1)))) == "ACC003 RSC016 | "


def moved(package: Package) -> Package:
    """Return the same package with all of its topic some lines further down, and its members in another order."""
    document = package.document("topic/order-events")
    return package.with_document("topic/order-events", dict(reversed(list(document.items()))))


def test_a_baseline_holds_where_lines_move_and_for_no_other_value() -> None:
    before = make_package(WRONG)
    policy = Policy(baseline=baseline_of(check(before)))
    for package in (before, moved(before)):
        assert codes(check(package, policy)) == " | RSC014 RSC016 RSC016"
        assert {each.by for each in check(package, policy).accepted} == {"baseline"}
    other = make_package({**WRONG, GET_ORDER: edited(API, colour="red", auth_type="ANYBODY")})
    assert codes(check(other, policy)) == "ACC001 RSC014 | RSC016 RSC016"


def test_what_settings_accept_is_in_no_baseline_and_what_is_over_neither() -> None:
    package = make_package(WRONG)
    policy = Policy.parse(allow=[allow("RSC014"), allow("RSC010")])
    found = check(package, policy)
    assert codes(found) == "ACC002 RSC016 RSC016 | RSC014"
    baseline = baseline_of(found)
    assert [each.code for each in baseline.findings] == ["RSC016", "RSC016"]
    again = check(package, policy._replace(baseline=baseline))
    assert codes(again) == "ACC002 | RSC014 RSC016 RSC016"
    remaining, accepted = accepted_by_a_baseline(found, found.accepted)
    assert (remaining, sorted(accepted)) == (list(again), sorted(again.accepted))


def many(number: int) -> Package:
    """Return a package with so many unknown fields in one document."""
    return make_package({EVENTS: edited(TOPIC, **{f"colour{place:04}": "red" for place in range(number)})})


def test_a_summary_counts_also_what_is_not_reported_one_by_one() -> None:
    (counted,) = report_summary("check", [check(many(120))]).rules
    assert (counted.code, counted.number) == ("RSC016", 120)


def test_a_finding_that_stands_for_others_is_not_accepted_for_more_than_there_were() -> None:
    policy = Policy(baseline=baseline_of(check(many(120))))
    assert codes(check(many(120), policy)) == f" | {' '.join(['RSC016'] * 100)}"
    grown = check(many(121), policy)
    assert [(each.code, each.more) for each in grown] == [("RSC016", 21)]
    # Who names a place means none of the others.
    assert codes(check(many(120), Policy.parse(allow=[allow("RSC016", pointer="/colour*")]))).startswith("RSC016 | ")
    assert codes(check(many(120), Policy.parse(allow=[allow("RSC016", "topic/*")]))).startswith(" | RSC016")


def test_a_baseline_reads_as_it_is_written_whatever_the_order() -> None:
    found = check(make_package(WRONG))
    content = dump_baseline(baseline_of(found))
    assert dump_baseline(parse_baseline(content, "baseline.json")) == content
    assert dump_baseline(baseline_of(Findings(reversed(found)))) == content
    assert content.count(b'"fingerprint"') == 3
    assert all(each.message.encode() not in content for each in found)


@every_row(
    ("content", "sentence"),
    [
        (b"[", "b.json is not a baseline: not JSON"),
        (b"[]", "b.json is not a baseline: it has no format; one that"),
        (b'{"format": "assetpkg/1"}', 'b.json is not a baseline: its format is "assetpkg/1"; one that'),
        (b'{"format": "assetpkg-baseline/1"}', "b.json is not a baseline: field 'made_by' is missing"),
        (
            b'{"format": "assetpkg-baseline/1", "made_by": {"command": "check", "assumptions": {}}, "findings": [{}]}',
            "b.json is not a baseline: at '/findings/0', field 'package' is missing",
        ),
        (b" " * 2000, "b.json is not a baseline: "),
    ],
)
def test_what_is_not_a_baseline(content: bytes, sentence: str) -> None:
    with pytest.raises(CannotRead) as error:
        parse_baseline(content, "b.json", Limits(document=1000))
    assert str(error.value).startswith(sentence)


def planned(policy: Policy, **target: Any) -> Plan:
    return plan(make_package(RED), make_instance(THERE, **target), policy=policy)


def test_a_conflict_that_is_accepted_is_one_all_the_same() -> None:
    before = planned(Policy())
    (conflict,) = before.conflicts
    assert before.open_conflicts == before.conflicts
    after = planned(Policy.parse(allow=[allow("IMP021", "topic/*")]))
    assert (after.verdict, after.conflicts, after.open_conflicts) == (before.verdict, before.conflicts, ())
    assert after.prediction == before.prediction
    assert not any(each.severity is Severity.ERROR for each in after.diagnostics)
    assert [(each.diagnostic.code, each.diagnostic.address) for each in after.accepted] == [
        ("IMP021", conflict.address)
    ]
    # What begins like the code accepts no error, and what is about another target nothing at all.
    for other in (allow("IMP02", "topic/*"), allow("IMP021", target="staging")):
        assert planned(Policy.parse(allow=[other])).open_conflicts == before.conflicts
    assert planned(Policy.parse(allow=[allow("IMP021", target="prod*")])).open_conflicts == ()


def test_the_baseline_of_a_plan_says_what_is_fixed_only_for_the_same_import() -> None:
    before = planned(Policy())
    baseline = make_baseline(before.made_by, entries_for("shop", before.diagnostics))
    policy = Policy(baseline=baseline)
    again = planned(policy)
    assert (again.diagnostics, again.open_conflicts, again.verdict) == ((), (), before.verdict)
    empty = make_instance()
    fixed = [each.code for each in plan(make_package(RED), empty, policy=policy).diagnostics]
    assert fixed.count("ACC001") == 1
    other_ways = (
        plan(make_package(RED), empty, mode="Merge", policy=policy),
        plan(make_package(RED), empty, prefix="dev_", policy=policy),
        plan(make_package(RED), make_instance(name="staging"), policy=policy),
        plan(make_package(RED), policy=policy),
    )
    assert not any(each.code == "ACC001" for other in other_ways for each in other.diagnostics)
    # A check asks no rule about imports, and does not run as the plan did.
    assert codes(check(make_package(), policy)) == " | "


def test_an_allow_that_one_of_several_packages_needs_is_not_unused() -> None:
    other = Package.new("other").with_resource("application", {"name": "Other"})
    policy = Policy.parse(allow=[allow("RSC016", "topic/*"), allow("RSC010")])
    rollout = roll_out([make_package(RED), other], make_instance(), policy=policy)
    told = [[each.message for each in step.plan.diagnostics if each.code == "ACC002"] for step in rollout.steps]
    assert told == [["the allow of RSC010 for '*' fits nothing that was found"], []]


def test_the_face_takes_an_allow_and_a_baseline_and_its_json_has_what_is_accepted(tmp_path: Path) -> None:
    package = make_package({**WRONG, DATABASE: edited(DATASOURCE, colour="red")})
    file = tmp_path / "baseline.json"
    file.write_bytes(dump_baseline(baseline_of(check(package, Policy.parse(["RSC016"])))))
    policy = assetpkg.Policy.parse(allow=[allow("RSC014")], baseline=file)
    found = assetpkg.check(package, policy)
    assert codes(found) == " | RSC014 RSC016 RSC016 RSC016"
    assert assetpkg.to_json(found).count('"fingerprint"') == 4
    assert assetpkg.to_json(assetpkg.plan(package, policy=policy)).count('"by": "baseline"') == 3
