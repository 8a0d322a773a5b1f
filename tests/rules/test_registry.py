"""The list of rules as a whole: codes, pages, words, and a row for everything that a rule is for."""

import ast
import inspect
import random
import re
from collections import ChainMap
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.diagnostics.catalogue import FAULTS
from assetpkg.diagnostics.model import Problem, Rule
from assetpkg.errors import InvalidOption
from assetpkg.package.package import load
from assetpkg.planning.assumptions import complete_assumptions
from assetpkg.rules import (
    RETIRED,
    acceptance_rules,
    adapt_rules,
    adapted,
    answered_rules,
    catalogue,
    copies,
    duplicates,
    fault_rules,
    limits,
    manifest,
    outdated,
    package,
    package_rules,
    plan_rules,
    plugin_rules,
    relations,
    secrets,
    team_plan,
    team_plan_rules,
    team_plugins,
    team_rules,
    team_schemas,
)
from assetpkg.rules.imports import (
    conflicts,
    coverage,
    earlier_imports,
    environment,
    functions,
    instance,
    merging,
    names,
    ordering,
    repeats,
    room,
    routes,
    variables,
)
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check, check_answered, diagnose, run, tell
from assetpkg.simulation.plan import plan
from tests.build import API, DATASOURCE, TASK, TOPIC, edited, make_contents, make_instance, make_package
from tests.rules import (
    test_accepting,
    test_adapted,
    test_container,
    test_documented,
    test_imports,
    test_layouts,
    test_limits,
    test_manifest,
    test_package,
    test_plugins,
    test_references,
    test_resources,
    test_secrets,
    test_text_files,
)
from tests.rules.rows import HINT, PRIVATE, Table, as_line
from tests.tables import every_row

TABLES = (
    test_package,
    test_container,
    test_manifest,
    test_resources,
    test_references,
    test_secrets,
    test_limits,
    test_layouts,
    test_imports,
    test_documented,
    test_accepting,
    test_adapted,
    test_text_files,
    test_plugins,
)
FAILING: Table = ChainMap(*(dict(module.FAILING) for module in TABLES))
PASSING: Table = ChainMap(*(dict(module.PASSING) for module in TABLES))

FAMILIES: dict[ModuleType, str] = {
    package: "PKG",
    manifest: "MAN",
    duplicates: "RSC",
    relations: "REF RSC",
    copies: "RSC",
    secrets: "SEC",
    limits: "LIM",
    coverage: "IMP",
    names: "IMP",
    room: "IMP",
    conflicts: "IMP",
    earlier_imports: "IMP",
    merging: "IMP",
    team_schemas: "RSC",
    team_plugins: "RSC",
    routes: "IMP",
    functions: "IMP",
    ordering: "IMP",
    instance: "IMP",
    repeats: "IMP",
    variables: "IMP",
    environment: "IMP",
    team_plan: "IMP",
    outdated: "ACC",
    adapted: "ADP",
}
ALL: tuple[Rule, ...] = (
    *package_rules(),
    *answered_rules(),
    *fault_rules(),
    *team_rules(),
    *plugin_rules(),
    *plan_rules(),
    *team_plan_rules(),
    *acceptance_rules(),
    *adapt_rules(),
)
EVERY_RULE = every_row("rule", ALL, ids=lambda rule: rule.code)

NOT_SLUGS = {"utf-8"}
"""What else is spelled like a slug in the modules that find faults."""


@EVERY_RULE
def test_a_code_is_a_family_and_a_number(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
    assert rule.code not in RETIRED
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.slug)


def test_no_code_is_given_twice() -> None:
    assert len({rule.code for rule in ALL}) == len(ALL) == len(catalogue())
    assert len(set(RETIRED)) == len(RETIRED)


def test_a_slug_that_two_rules_share_differs_by_family() -> None:
    assert len({rule.slug for rule in package_rules()}) == len(package_rules())
    assert len({rule.slug for rule in answered_rules()}) == len(answered_rules())
    assert len({rule.slug for rule in fault_rules()}) == len(fault_rules())
    assert len({rule.slug for rule in plan_rules()}) == len(plan_rules())


def listed_by(module: ModuleType) -> tuple[Rule, ...]:
    return (*module.RULES, *getattr(module, "ANSWERED_RULES", ()))


@pytest.mark.parametrize(("module", "family"), FAMILIES.items(), ids=lambda part: getattr(part, "__name__", part))
def test_a_rule_is_listed_once_by_its_module(module: ModuleType, family: str) -> None:
    declared = [found for found in vars(module).values() if isinstance(found, Rule)]
    assert sorted(rule.code for rule in listed_by(module)) == sorted(rule.code for rule in declared)
    assert {rule.family for rule in declared} == set(family.split())
    assert module.__doc__


def test_every_list_is_read() -> None:
    listed = [rule.code for module in FAMILIES for rule in listed_by(module)]
    assert sorted([*listed, *(fault.code for fault in FAULTS.values())]) == sorted(catalogue())


@EVERY_RULE
def test_a_page_says_what_is_found_and_why_and_how_to_fix_it(rule: Rule) -> None:
    title, finds, why, fix = rule.page.split("\n\n")
    assert re.fullmatch(r"[A-Z][^.\n]*\.", title), "one sentence on one line"
    assert rule.title == title.removesuffix(".")
    assert finds.startswith("Finds ")
    for paragraph in (finds, why, fix):
        assert re.fullmatch(r"[A-Z\"`].*\.", paragraph, re.DOTALL)


@EVERY_RULE
def test_a_page_cites_what_everybody_can_read(rule: Rule) -> None:
    assert rule.source
    assert not PRIVATE.search(f"{rule.source} {rule.page}")


@EVERY_RULE
def test_a_rule_has_rows_that_fail_and_rows_that_pass(rule: Rule) -> None:
    failing = [line for row in FAILING[rule.code] for line in row.found if line.startswith(rule.code)]
    assert all(any(line.startswith(rule.code) for line in row.found) for row in FAILING[rule.code])
    assert any(HINT in line for line in failing), "one row at least has the hint"
    assert PASSING[rule.code]
    assert not any(line.startswith(rule.code) for row in PASSING[rule.code] for line in row.found)


def test_no_row_is_about_a_rule_that_is_not() -> None:
    assert set(FAILING) == set(PASSING) == set(catalogue())


def slugs_in(module: str) -> Iterator[str]:
    """Every word in a module's code that is spelled like a slug."""
    source = Path(inspect.getfile(assetpkg)).parent.joinpath(f"{module}.py").read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        word = node.value if isinstance(node, ast.Constant) else None
        if isinstance(word, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", word):
            yield word


@every_row(
    "module",
    [
        "archive/folder",
        "documents/strict",
        "json_schema/embedded",
        "package/manifest",
        "package/loading",
        "resource/constraints",
        "resource/inspection",
        "resource/type_errors",
        "resource/validation",
    ],
)
def test_a_fault_is_reported_by_a_rule(module: str) -> None:
    found = set(slugs_in(module)) - NOT_SLUGS
    assert found
    assert found <= set(FAULTS)


MESSY = make_contents(
    {
        "applications/broken.json": b"{",
        "applications/twice.json": b'{"name": "Shop", "name": "Shop"}',
        "applications/a.json": {"name": "Twin", "id": "app-7", "key": "twin"},
        "applications/b.json": {"name": "Twin", "id": "app-7", "key": "twin"},
        "datasources/orders-db.json": edited(DATASOURCE, app_id="app-9", datasource_type="MARIADB"),
        "datasources/copy.json": edited(DATASOURCE, content={"password": "hunter2", "url": "//a:b@c", "mode": "x"}),
        "tasks/sync_orders.json": edited(TASK, task_name="!", status=[], more=1),
        "apis/copy.json": edited(API, name="copy", req_params=[{"name": "1"}], tags=["1", 2]),
        "topics/copy.json": edited(TOPIC, partition=0),
        "readme.md": b"Read me.",
        "topic/wrong.json": b"{}",
    },
    manifest={"asset_version": "1.7", "assets": [{"kind": "api", "name": "x", "path": "y", "sha256": "z"}]},
)
"""A package with something for many rules."""


def shuffled(seed: int) -> tuple[Archive, list[Rule], list[Rule]]:
    names, rules, more = list(MESSY), [*package_rules(), *fault_rules()], list(plan_rules())
    for order in (names, rules, more):
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret
    return Archive.from_contents({name: MESSY[name] for name in names}), rules, more


@every_row("seed", range(5))
def test_the_order_of_rules_and_entries_does_not_change_the_report(seed: int) -> None:
    archive, rules, _ = shuffled(seed)
    expected = check(load(Archive.from_contents(MESSY)))
    assert len({diagnostic.code for diagnostic in expected}) > 15
    answered = check_answered(load(archive), complete_assumptions({}))
    assert tell(diagnose(load(archive), chain(run(rules, load(archive)), answered))) == expected


@every_row("seed", range(5))
def test_the_order_of_rules_and_entries_does_not_change_what_is_said_of_a_plan(seed: int) -> None:
    archive, _, rules = shuffled(seed)
    instance = make_instance({"topic": [TOPIC], "application": [{"id": "app-7", "name": "Shop"}]}, covers=["topic"])
    told = []
    for source, order in ((Archive.from_contents(MESSY), plan_rules()), (archive, rules)):
        subject = load(source)
        planned = plan(subject, instance)
        told.append(diagnose(subject, run(order, planned.planned)))
    assert len({diagnostic.code for diagnostic in told[0]}) > 3
    assert told[0] == told[1]


@every_row(
    ("text", "pointer", "place"),
    [
        (b'{\n  "a": {"b": 1}}', "/a/b", (2, 14, 2, 15)),
        (b'{\n  "a": {"b": 1}}', "/a/c/d", (2, 8, 2, 16)),
        (b'{\n  "a": {"b": 1}}', "/c", (1, 1, 2, 17)),
        (b'\n {"a": 1}', "", (2, 2, 2, 10)),
        (b'{\n  "a": {"b"}', "/a/b", (None, None, None, None)),
    ],
    ids=["there", "its parent is there", "only the document is there", "the document", "no JSON"],
)
def test_a_place_is_the_nearest_one_that_is_there(text: bytes, pointer: str, place: tuple[int | None, ...]) -> None:
    package = load(Archive.from_contents({"a.json": text}))
    problem = Problem(message="wrong", entry="a.json", pointer=pointer)
    (diagnostic,) = diagnose(package, [(ALL[0], problem)])
    assert diagnostic.location == ("a.json", pointer, *place, None)


@every_row(
    ("select", "ignore", "allowed"),
    [
        ([], [], {"REF001", "RSC010", "RSC016"}),
        (["REF"], [], {"REF001"}),
        (["ref001"], [], {"REF001"}),
        (["REF001,RSC"], [], {"REF001", "RSC010", "RSC016"}),
        ([" REF001 ", "RSC010,"], [], {"REF001", "RSC010"}),
        (["R"], [], {"REF001", "RSC010", "RSC016"}),
        ([], ["RSC01"], {"REF001"}),
        (["RSC"], ["RSC016"], {"RSC010"}),
        (["REF"], ["R"], {"REF001"}),
        (["REF"], ["REF"], set()),
        ([""], [","], {"REF001", "RSC010", "RSC016"}),
    ],
)
def test_a_policy_selects_and_ignores_by_prefix(select: list[str], ignore: list[str], allowed: set[str]) -> None:
    policy = Policy.parse(select, ignore)
    assert {code for code in ("REF001", "RSC010", "RSC016") if policy.allows(code)} == allowed


def test_a_policy_keeps_the_order_of_what_it_lets_through() -> None:
    diagnostics = check(make_package({"topics/a.json": {"name": "a", "x": 1}, "topics/b.json": {"y": 1}}))
    kept = Policy.parse(["RSC010,RSC016"], ["RSC016"]).apply(diagnostics)
    assert [as_line(diagnostic, hinted=False) for diagnostic in kept] == [
        "RSC010 topics/a.json#/access_policy 1:1: field 'access_policy' is missing",
        "RSC010 topics/a.json#/app_id 1:1: field 'app_id' is missing",
        "RSC010 topics/b.json#/access_policy 1:1: field 'access_policy' is missing",
        "RSC010 topics/b.json#/app_id 1:1: field 'app_id' is missing",
        "RSC010 topics/b.json#/name 1:1: field 'name' is missing",
    ]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("RCS", "no rule code begins with 'RCS'; did you mean 'RSC'?"),
        ("refs", "no rule code begins with 'REFS'; did you mean 'REF0'?"),
        ("REF009", "no rule code begins with 'REF009'; did you mean 'REF001'?"),
        ("Q", "no rule code begins with 'Q'; there are ACC, ADP, IMP, LIM, MAN, PKG, REF, RSC, SEC"),
    ],
)
@pytest.mark.parametrize("ignoring", [False, True])
def test_a_prefix_of_no_rule_is_an_error(word: str, message: str, *, ignoring: bool) -> None:
    with pytest.raises(InvalidOption) as raised:
        Policy.parse(ignore=[word]) if ignoring else Policy.parse([word])
    assert str(raised.value) == message
