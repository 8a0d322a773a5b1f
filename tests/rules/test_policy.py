"""Which findings count, and how much: prefixes, patterns, severities, and what follows from them."""

from typing import Any

import pytest

from assetpkg import Policy, check, plan
from assetpkg.diagnostics.model import Diagnostic, Location, Severity
from assetpkg.errors import InvalidOption
from assetpkg.package.layout import OWN
from assetpkg.rules import catalogue
from assetpkg.rules.patterns import fits_entry
from tests.build import API, TOPIC, edited, make_instance, make_package
from tests.tables import every_row

API_ENTRY = "apis/Shop/orders/get-order.json"
TOPIC_ENTRY = "topics/order-events.json"


def found(code: str, entry: str) -> Diagnostic:
    """Return a diagnostic of the rule `code` in `entry`, as the rule itself would have it."""
    rule = catalogue()[code]
    place = Location(entry=entry)
    return Diagnostic(code=code, slug=rule.slug, severity=rule.severity, message="m", hint="h", location=place)


FOUND = [
    found("PKG001", ""),
    found("RSC010", API_ENTRY),
    found("RSC016", API_ENTRY),
    found("RSC016", TOPIC_ENTRY),
    found("REF001", TOPIC_ENTRY),
]
ALL = "PKG001 RSC010@api RSC016@api RSC016@topic REF001@topic"


def told(policy: Policy) -> str:
    """Return what of `FOUND` a policy lets through, in short."""
    where = {"": "", API_ENTRY: "@api", TOPIC_ENTRY: "@topic"}
    return " ".join(kept.code + where[kept.location.entry] for kept in policy.apply(FOUND, OWN))


@every_row(
    ("words", "expected"),
    [
        pytest.param({}, ALL, id="nothing said: everything"),
        pytest.param({"select": ["RSC"]}, "RSC010@api RSC016@api RSC016@topic", id="a family"),
        pytest.param({"select": ["rsc01, REF"]}, "RSC010@api RSC016@api RSC016@topic REF001@topic", id="any case"),
        pytest.param({"select": [""]}, ALL, id="an empty word says nothing"),
        pytest.param({"ignore": ["RSC"]}, "PKG001 REF001@topic", id="without a family"),
        pytest.param({"ignore": ["RSC016", "PKG"]}, "RSC010@api REF001@topic", id="without several"),
        pytest.param({"select": ["RSC"], "ignore": ["RSC016"]}, "RSC010@api", id="a family but for one"),
        pytest.param({"select": ["RSC010"], "ignore": ["RSC"]}, "RSC010@api", id="one of an ignored family"),
        pytest.param({"select": ["RSC"], "ignore": ["RSC"]}, "", id="ignore wins between equals"),
        pytest.param({"per_kind": {"topic": ["RSC016"]}}, "PKG001 RSC010@api RSC016@api REF001@topic", id="per kind"),
        pytest.param({"per_kind": {"task": ["RSC"]}}, ALL, id="per kind, none of them here"),
        pytest.param({"per_path": {"apis/**": ["RSC,REF"]}}, "PKG001 RSC016@topic REF001@topic", id="per path"),
        pytest.param(
            {"per_path": {"order-events.json": ["REF"], "apis/Shop/": ["RSC01"]}},
            "PKG001 RSC016@topic",
            id="per path, two patterns",
        ),
        pytest.param(
            {"select": ["RSC016"], "per_kind": {"api": ["RSC"]}}, "RSC016@topic", id="per kind holds though selected"
        ),
    ],
)
def test_select_and_ignore(words: dict[str, Any], expected: str) -> None:
    assert told(Policy.parse(**words)) == expected


@every_row(
    ("severities", "expected"),
    [
        ({}, "error info"),
        ({"RSC016": "error"}, "error error"),
        ({"RSC": "warning"}, "warning warning"),
        ({"RSC": "warning", "RSC01": "risk", "RSC016": "info"}, "risk info"),
        ({"rsc010,RSC016": "warning"}, "warning warning"),
        ({"PKG": "info"}, "error info"),
    ],
)
def test_severities(severities: dict[str, str], expected: str) -> None:
    policy = Policy.parse(["RSC010", "RSC016"], severities=severities, per_kind={"topic": ["RSC"]})
    assert " ".join(kept.severity.value for kept in policy.apply(FOUND, OWN)) == expected


@every_row(
    ("words", "sentence"),
    [
        ({"select": ["RCS"]}, "no rule code begins with 'RCS'; did you mean 'RSC'?"),
        ({"ignore": ["RSC01X"]}, "no rule code begins with 'RSC01X'; did you mean 'RSC0"),
        ({"ignore": ["unknown-field"]}, "no rule code begins with 'UNKNOWN-FIELD'; did you mean 'RSC016'?"),
        ({"ignore": ["*"]}, "no rule code begins with '*'; there are ACC, ADP, IMP, LIM, MAN, PKG, REF, RSC, SEC"),
        ({"severities": {"RSC016": "fatal"}}, "a severity is one of error, risk, warning, info, not 'fatal'"),
        ({"severities": {"RSX": "error"}}, "no rule code begins with 'RSX'"),
        ({"per_kind": {"apis": ["RSC"]}}, "no kind is named 'apis'; did you mean 'api'?"),
        ({"per_kind": {"api": ["X"]}}, "no rule code begins with 'X'"),
        ({"per_path": {"apis/**": ["X"]}}, "no rule code begins with 'X'"),
        ({"per_path": {"": ["RSC"]}}, "no entry of a package fits ''"),
        ({"per_path": {"/apis/x.json": ["RSC"]}}, "no entry of a package fits '/apis/x.json'"),
        ({"per_path": {"../apis/*": ["RSC"]}}, "no entry of a package fits '../apis/*'"),
        ({"per_path": {r"apis\x.json": ["RSC"]}}, r"no entry of a package fits 'apis\x.json'"),
    ],
)
def test_what_cannot_be(words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidOption) as error:
        Policy.parse(**words)
    assert str(error.value).startswith(sentence)


@every_row(
    ("pattern", "entry", "expected"),
    [
        ("topics/orders.json", "topics/orders.json", True),
        ("topics/orders.json", "topics/Orders.json", False),
        ("topics/*.json", "topics/orders.json", True),
        ("apis/*.json", "apis/Shop/orders/x.json", False),
        ("apis/*/orders/*", "apis/Shop/orders/x.json", True),
        ("apis/**", "apis/Shop/orders/x.json", True),
        ("apis/", "apis/Shop/orders/x.json", True),
        ("apis/", "api_groups/Shop.json", False),
        ("**/orders/*", "apis/Shop/orders/x.json", True),
        ("**/x.json", "x.json", True),
        ("apis/**/x.json", "apis/x.json", True),
        ("apis/**/x.json", "apis/a/b/c/x.json", True),
        ("apis/**/**/x.json", "apis/a/x.json", True),
        ("apis/**/y/**", "apis/a/x.json", False),
        ("**", "manifest.json", True),
        ("*.json", "apis/Shop/orders/x.json", True),
        ("x.json", "apis/Shop/orders/x.json", True),
        ("orders", "apis/Shop/orders/x.json", False),
        ("topics/order?.json", "topics/orders.json", True),
        ("topics/order?.json", "topics/order.json", False),
        ("topics/a[1].json", "topics/a[1].json", True),
        ("topics/[ab].json", "topics/a.json", False),
        ("topics/订单*", "topics/订单中心.json", True),
        ("topics/*", "", False),
        ("**", "", True),
    ],
)
def test_patterns(pattern: str, entry: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert fits_entry(entry, pattern) is expected


def test_a_pattern_made_to_be_slow_is_not() -> None:
    assert not fits_entry("/".join([*["a" * 60] * 60, "b"]), "/".join(["**", "*a" * 20] * 20))


def test_check_follows_the_policy() -> None:
    package = make_package({API_ENTRY: edited(API, colour="red", auth_type="NOBODY")})
    assert {found.code for found in check(package)} == {"RSC014", "RSC016"}
    policy = Policy.parse(ignore=["RSC014"], severities={"RSC016": "risk"})
    assert [(found.code, found.severity) for found in check(package, policy)] == [("RSC016", Severity.RISK)]


def test_a_plan_follows_the_policy_and_a_conflict_blocks_all_the_same() -> None:
    package, instance = make_package(), make_instance({"topic": [TOPIC]})
    policy = Policy.parse(severities={"IMP": "info"})
    assert any(found.severity is Severity.ERROR for found in plan(package, instance).diagnostics)
    for lenient in (policy, Policy.parse(["PKG"])):
        planned = plan(package, instance, mode="AddNew", policy=lenient)
        assert not any(found.severity is Severity.ERROR for found in planned.diagnostics)
        assert planned.verdict == "blocked"


def test_the_verdict_follows_the_policy() -> None:
    package, instance = make_package({TOPIC_ENTRY: edited(TOPIC, access_policy="none")}), make_instance()
    verdicts = {
        level: plan(package, instance, policy=Policy.parse(["RSC014"], severities={"RSC014": level})).verdict
        for level in ("error", "risk", "warning", "info")
    }
    assert verdicts == {"error": "blocked", "risk": "risky", "warning": "clear", "info": "clear"}
