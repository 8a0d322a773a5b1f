"""What to do by hand: what in a package asks for it, when, and what the target spares."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from assetpkg.errors import InvalidPackage
from assetpkg.kinds import KINDS
from assetpkg.package.package import Package
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.render import csv as tables
from assetpkg.render.markdown.checklist import render_checklist
from assetpkg.report.outcome import report_checklist
from assetpkg.simulation.outcome.checklist.checklist import ITEM_TYPES, Because, Checklist, Item, Phase
from assetpkg.simulation.outcome.checklist.found import Scenario
from assetpkg.simulation.plan import plan
from assetpkg.target.instance import Instance
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited, make_instance, make_package
from tests.tables import every_row

MERGE = ImportOptions(mode=Mode.MERGE)
URN = "urn:fss:region:project:function:default:ship"
NO_SERVERS = {
    "datasources/orders-db.json": None,
    "tasks/sync_orders.json": None,
}
AUTHORIZER = {
    "id": "auth-1",
    "name": "gatekeeper",
    "type": "FRONTEND",
    "authorizer_type": "FUNC",
    "authorizer_uri": URN,
}
AUTHORISATION = {"app_ids": ["app-1"], "api_ids": ["api-1"], "env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID"}
BACKEND = {
    "id": "ld-1",
    "name": "stock",
    "roma_app_id": "app-1",
    "method": "POST",
    "path": "/stock",
    "version": "1",
    "content_type": "json",
}
CHANNEL = {"id": "channel-1", "name": "shops", "port": 80, "balance_strategy": 1, "member_type": "ip"}
CONFIG = {"app_id": "app-1", "config_name": "pin", "config_type": "password"}
DICTIONARY = {"name": "Region", "code": "region"}
PRODUCT = {
    "id": 7,
    "name": "Scanner",
    "app_id": "app-1",
    "manufacturer_id": "m",
    "manufacturer_name": "M",
    "model": "S1",
    "product_type": 0,
    "protocol_type": 0,
}
WEB = {"url_domain": "#host_name#:443", "req_protocol": "HTTPS", "req_method": "GET", "req_uri": "/", "timeout": 5000}
SCHEDULED = {"name": "nightly", "roma_app_id": "app-2", "api_id": "api-1"}

RELEASE = {"env_id": "DEFAULT_ENVIRONMENT_RELEASE_ID"}
GROUP_PATH = "api_group/Shop/orders"


def checklist(
    package: Package,
    instance: Instance | None = None,
    options: ImportOptions | None = None,
    scenario: Scenario | None = None,
) -> Checklist:
    """Return the lists for an import of a package."""
    return plan(package, instance, options).checklist(scenario)


def api(**fields: Any) -> dict[str, Any]:
    """Change the package's one API."""
    return {"apis/Shop/orders/get-order.json": edited(API, **fields)}


def without(kind: str) -> dict[str, None]:
    """Take what the minimal package has of a kind out of it."""
    return {
        "applications": {"applications/Shop.json": None},
        "apis": {"apis/Shop/orders/get-order.json": None},
        "datasources": NO_SERVERS,
        "tasks": {"tasks/sync_orders.json": None},
    }[kind]


ASKED = [
    pytest.param("parameter", {"scheduled_api_tasks/n.json": edited(SCHEDULED, roma_app_id="app-1")}, {},
                 "parameter/api_task", id="parameter"),
    pytest.param("network", {}, without("datasources"), "network", id="network"),
    pytest.param("dictionary", {"dictionaries/Region.json": DICTIONARY}, {}, "dictionary/Region", id="dictionary"),
    pytest.param("dictionary", {"dictionaries/City.json": {"name": "City", "code": "city", "parent_code": "region"}},
                 {"dictionaries/Region.json": DICTIONARY}, "dictionary:region", id="dictionary referred to"),
    pytest.param("function", {"authorizers/a.json": AUTHORIZER}, {}, URN, id="function"),
    pytest.param("import-first", {"tasks/sync_orders.json": edited(TASK, source_datasource_id="ds-9")}, {},
                 "datasource:ds-9", id="import first"),
    pytest.param("import-first", {"applications/Office.json": {"id": "app-2", "name": "Office"},
                                  "scheduled_api_tasks/n.json": SCHEDULED},
                 {"scheduled_api_tasks/n.json": edited(SCHEDULED, roma_app_id="app-1")},
                 "api/Shop/orders/get-order", id="a call of another application"),
    pytest.param("application-secret", {}, without("applications"), "application/Shop", id="secret"),
    pytest.param("application-users", {}, without("applications"), "application/Shop", id="users"),
    pytest.param("datasource", {}, without("datasources"), "datasource/orders-db", id="data source"),
    pytest.param("credential", {"tasks/sync_orders.json": edited(TASK, description="password=Sunny-2031-day")}, {},
                 "task/sync_orders", id="credential elsewhere"),
    pytest.param("app-config", {"app_configs/pin.json": CONFIG},
                 {"app_configs/pin.json": edited(CONFIG, config_type="variable")}, "app_config/Shop/pin", id="config"),
    pytest.param("app-code", {"app_codes/c.json": {"id": "code-1", "app_id": "app-1"}}, {}, "app_code/Shop/code-1",
                 id="app code"),
    pytest.param("app-code", api(auth_opt={"app_code_auth_type": "HEADER"}),
                 api(auth_opt={"app_code_auth_type": "DISABLE"}), "apis", id="app codes accepted"),
    pytest.param("environment", {"environments/s.json": {"id": "env-1", "name": "staging"}}, {},
                 "environment/staging", id="environment"),
    pytest.param("environment", api(run_env_name="RELEASE|staging"), api(run_env_name="RELEASE"),
                 "environment/staging", id="environment of an API"),
    pytest.param("environment", {"app_authorizations/a.json": edited(AUTHORISATION, env_id="env-9")},
                 {"app_authorizations/a.json": AUTHORISATION}, "environment:env-9", id="environment referred to"),
    pytest.param("environment-variable",
                 {"environment_variables/v.json": {"group_id": "group-1", "variable_name": "host", **RELEASE}}, {},
                 "environment_variable/Shop/orders/host DEFAULT_ENVIRONMENT_RELEASE_ID", id="variable"),
    pytest.param("environment-variable", api(backend_type="HTTP", backend_api=WEB),
                 api(backend_type="HTTP", backend_api=edited(WEB, url_domain="example.com")),
                 "environment_variable/Shop/orders/host_name", id="variable that is used"),
    pytest.param("domain", {"domains/d.json": {"group_id": "group-1", "url_domain": "shop.example.com"}}, {},
                 "domain/shop.example.com", id="domain"),
    pytest.param("domain", api(domain_name="shop.example.com"), {}, "domain/shop.example.com", id="domain of an API"),
    pytest.param("domain", {"api_groups/Shop/orders.json": edited(GROUP, url_domains=[{"domain": "a.example.com"}])},
                 {}, "domain/a.example.com", id="domain of a group"),
    pytest.param("load-channel-servers", {"load_channels/s.json": CHANNEL},
                 {"load_channels/s.json": edited(CHANNEL, type=3)}, "load_channel/shops", id="servers"),
    pytest.param("throttling-policy", {"throttling_policies/t.json": {"name": "slow"}}, {}, "throttling_policy/slow",
                 id="throttling"),
    pytest.param("access-control-policy", {"access_control_policies/a.json": {"acl_name": "ours"}}, {},
                 "access_control_policy/ours", id="access control"),
    pytest.param("signature-key", {"signature_keys/k.json": {"id": "key-1", "name": "stamp"}}, {},
                 "signature_key/stamp", id="signature key"),
    pytest.param("signature-key", {"backend_apis/b.json": edited(BACKEND, api_signature_id="key-9")},
                 {"backend_apis/b.json": BACKEND}, "signature_key:key-9", id="signature key referred to"),
    pytest.param("api-policies", {}, without("apis"), "apis", id="policies bound"),
    pytest.param("client-access-control", {"client_access_controls/c.json": {"app_id": "app-1"}}, {},
                 "client_access_control/app-1", id="client access control"),
    pytest.param("client-quota", {"client_quotas/q.json": {"name": "gold"}}, {}, "client_quota/gold", id="quota"),
    pytest.param("authorisation-lists",
                 {"app_authorizations/a.json": edited(AUTHORISATION, auth_whitelist=["10.0.0.1"])},
                 {"app_authorizations/a.json": AUTHORISATION}, None, id="lists"),
    pytest.param("deployment", {"backend_apis/b.json": BACKEND}, {}, "backend_api/Shop/stock", id="deployment"),
    pytest.param("publication", {}, without("apis"), GROUP_PATH, id="publication"),
    pytest.param("other-publication", api(run_env_name="staging"), api(run_env_name="RELEASE"),
                 "api/Shop/orders/get-order", id="not in RELEASE"),
    pytest.param("task", {}, without("tasks"), "task/sync_orders", id="task"),
    pytest.param("product-devices", {"products/p.json": PRODUCT}, {}, "product/Scanner", id="product"),
    pytest.param("device", {"devices/d.json": {"device_name": "door", "node_id": "n-1"}}, {}, None, id="device"),
    pytest.param("rule", {"rules/r.json": {"name": "forward"}}, {}, "rule/forward", id="rule"),
    pytest.param("callers", {}, without("apis"), "apis", id="callers"),
]  # fmt: skip
"""The word of an item, a package that asks for it, one that does not, and what the item is about."""

ASKED_BY_A_TARGET = {"authorizer-name"}


def found(made: Checklist, word: str) -> list[Item]:
    """Return the items of one type."""
    return [item for item in made.items if item.type.word == word]


@every_row(("word", "asking", "silent", "subject"), ASKED)
def test_an_item_is_there_when_the_package_asks_for_it(
    word: str, asking: Mapping[str, Any], silent: Mapping[str, Any], subject: str | None
) -> None:
    asked, spared = (found(checklist(make_package(changes)), word) for changes in (asking, silent))
    subjects = {item.subject for item in asked} - {item.subject for item in spared}
    assert subject in subjects if subject is not None else subjects


def test_every_item_type_has_its_row() -> None:
    words = [kind.word for kind in ITEM_TYPES]
    assert len(words) == len(set(words))
    assert {row.values[0] for row in ASKED} | ASKED_BY_A_TARGET == set(words)


def test_every_kind_that_is_done_by_hand_has_its_items() -> None:
    declared = {left.word for kind in KINDS.values() for left in kind.by_hand}
    assert {word.replace("_", "-") for word, kind in KINDS.items() if not kind.imported} <= declared
    assert declared <= {kind.word for kind in ITEM_TYPES}
    assert {kind.word for kind in ITEM_TYPES if kind.find is None} <= declared


def test_a_custom_authorizer_is_looked_for_when_its_name_is_taken() -> None:
    package = make_package({"authorizers/a.json": AUTHORIZER})
    taken = make_instance({"authorizer": [edited(AUTHORIZER, id="auth-9")]})
    assert [item.subject for item in found(checklist(package, taken), "authorizer-name")] == ["authorizer/gatekeeper"]
    assert found(checklist(package, make_instance()), "authorizer-name") == []


THERE = [
    pytest.param("parameter", {}, {"instance": {"features": {"APP_ROUTE_SWITCH": "on"}}}, None, True, id="equal"),
    pytest.param("parameter", {}, {"instance": {"features": {"app_route": False}}}, None, False, id="another value"),
    pytest.param("dictionary", {"dictionary": [DICTIONARY]}, {}, None, True, id="dictionary"),
    pytest.param("dictionary", {"dictionary": [edited(DICTIONARY, name="Area")]}, {}, None, True, id="code"),
    pytest.param("dictionary", {"dictionary": [{"name": "Area", "code": "area"}]}, {}, None, False, id="another one"),
    pytest.param("function", {}, {"functions": [{"urn": URN}]}, None, True, id="function"),
    pytest.param("function", {}, {"functions": []}, None, False, id="no function"),
    pytest.param("domain", {"application": [APPLICATION], "api_group": [GROUP],
                            "domain": [{"url_domain": "shop.example.com", "group_id": "group-1"}]}, {}, MERGE, True,
                 id="domain"),
    pytest.param("domain", {"domain": [{"url_domain": "shop.example.com", "group_id": "group-9"}]}, {}, None, False,
                 id="domain of another group"),
    pytest.param("environment-variable",
                 {"application": [APPLICATION], "api_group": [GROUP],
                  "environment_variable": [{"group_id": "group-1", "variable_name": "host_name", **RELEASE}]},
                 {}, MERGE, True, id="variable"),
    pytest.param("environment-variable",
                 {"application": [APPLICATION], "api_group": [GROUP],
                  "environment_variable": [{"group_id": "group-1", "variable_name": "host_name", "env_id": "env-2"}]},
                 {}, MERGE, False, id="variable elsewhere"),
    pytest.param("datasource", {"application": [APPLICATION], "datasource": [DATASOURCE]}, {}, MERGE, None,
                 id="unchanged data source"),
    pytest.param("datasource",
                 {"application": [APPLICATION], "datasource": [edited(DATASOURCE, description="another")]}, {},
                 ImportOptions(mode=Mode.MERGE, datasource_overwrite=True), False, id="overwritten data source"),
    pytest.param("task", {"application": [APPLICATION], "datasource": [DATASOURCE], "task": [TASK]}, {}, MERGE, None,
                 id="task"),
    pytest.param("throttling-policy", {"throttling_policy": [{"name": "slow"}]}, {}, None, False,
                 id="a policy that may not be bound"),
]  # fmt: skip


@every_row(("word", "resources", "members", "options", "there"), THERE)
def test_what_the_target_has_is_ticked_and_what_is_not_needed_is_left_out(
    word: str,
    resources: dict[str, list[Any]],
    members: dict[str, Any],
    options: ImportOptions | None,
    there: bool | None,  # noqa: FBT001 - a row
) -> None:
    package = make_package(
        {
            "dictionaries/Region.json": DICTIONARY,
            "authorizers/a.json": AUTHORIZER,
            "domains/d.json": {"group_id": "group-1", "url_domain": "shop.example.com"},
            "throttling_policies/t.json": {"name": "slow"},
            **api(backend_type="HTTP", backend_api=edited(WEB, timeout=...)),
        },
        manifest={"source": {"features": {"app_route": True}}},
    )
    alone, held = (checklist(package, instance, options) for instance in (None, make_instance(resources, **members)))
    assert [item.there for item in found(alone, word)] == [False]
    assert [(item.there, item.id) for item in found(held, word)] == (
        [] if there is None else [(there, found(alone, word)[0].id)]
    )


def test_the_scenario_follows_from_the_mode_and_can_be_named() -> None:
    package = make_package()
    for mode, scenario in ((Mode.ADD_NEW, Scenario.MIGRATION), (Mode.MERGE, Scenario.RECOVERY)):
        made = checklist(package, None, ImportOptions(mode=mode))
        assert (made.scenario, made.assumed) == (scenario, True)
    made = checklist(package, scenario=Scenario.RECOVERY)
    assert (made.scenario, made.assumed) == (Scenario.RECOVERY, False)


HERE = {"instance_id": "i-1", "project_id": "p-1", "region": "r-1"}


@every_row(
    ("source", "there", "scenario"),
    [
        pytest.param(HERE, {"id": "i-1"}, Scenario.RECOVERY, id="the same instance"),
        pytest.param(HERE, {"id": " I-1"}, Scenario.RECOVERY, id="the same instance, spelled otherwise"),
        pytest.param(HERE, {"id": "i-2", "project_id": "p-1"}, Scenario.MIGRATION, id="another instance"),
        pytest.param(edited(HERE, instance_id=...), {"project_id": "p-2"}, Scenario.MIGRATION, id="another project"),
        pytest.param(edited(HERE, instance_id=...), {"region": "r-2"}, Scenario.MIGRATION, id="another region"),
        pytest.param(edited(HERE, instance_id=...), {"id": "i-1", "region": "r-1"}, None, id="the region alone"),
        pytest.param(HERE, {}, None, id="nothing known of the target"),
        pytest.param({}, {"id": "i-1"}, None, id="nothing known of the source"),
        pytest.param({"instance_id": 1}, {"id": "1"}, None, id="no text"),
    ],
)
def test_the_scenario_follows_from_a_comparison_of_the_instances(
    source: dict[str, Any], there: dict[str, Any], scenario: Scenario | None
) -> None:
    package, instance = make_package(manifest={"source": source}), make_instance(instance=there)
    for mode, usual in ((Mode.ADD_NEW, Scenario.MIGRATION), (Mode.MERGE, Scenario.RECOVERY)):
        made = checklist(package, instance, ImportOptions(mode=mode))
        assert (made.scenario, made.assumed) == (scenario or usual, scenario is None)


def test_a_package_as_the_target_is_of_the_instance_that_its_manifest_names() -> None:
    here, there = (make_package(manifest={"source": {"instance_id": name}}) for name in ("i-1", "i-2"))
    assert checklist(here, Instance.from_package(there)).because is Because.INSTANCES
    assert checklist(here, Instance.from_package(here), MERGE).scenario is Scenario.RECOVERY


def test_a_blocked_import_is_said_first() -> None:
    package = make_package()
    taken = make_instance({"application": [edited(APPLICATION, id="app-9", key="another")]})
    made = plan(package, taken)
    assert made.checklist().blocked
    text = render_checklist(report_checklist(made, made.checklist()))
    assert text.split("\n")[2].startswith("**The import is blocked.** See `assetpkg plan`")
    free = plan(package, make_instance())
    assert "blocked" not in render_checklist(report_checklist(free, free.checklist()))


def test_a_password_that_is_a_mask_stays_on_the_list() -> None:
    package = make_package({"datasources/orders-db.json": edited(DATASOURCE, content={"password": "******"})})
    kept = make_instance({"application": [APPLICATION], "datasource": [edited(DATASOURCE, content={})]})
    assert [item.there for item in found(checklist(package, kept, MERGE), "datasource")] == [False]


def test_a_recovery_asks_for_passwords_only_and_leaves_callers_alone() -> None:
    migration, recovery = (checklist(make_package(), scenario=scenario) for scenario in Scenario)
    assert [item.names for item in found(migration, "datasource")] == [("/content/user_name", "/content/password")]
    assert [item.names for item in found(recovery, "datasource")] == [("/content/password",)]
    assert found(migration, "callers")
    assert not found(recovery, "callers")


def test_an_entry_of_a_dictionary_comes_behind_the_one_above() -> None:
    package = make_package({
        "dictionaries/a.json": {"name": "Alley", "code": "alley", "parent_code": "town"},
        "dictionaries/b.json": {"name": "Town", "code": "town"},
    })  # fmt: skip
    assert [item.subject for item in found(checklist(package), "dictionary")] == ["dictionary/Town", "dictionary/Alley"]


def test_before_and_after_are_all() -> None:
    made = checklist(make_package())
    assert (*made.of(Phase.BEFORE), *made.of(Phase.AFTER)) == made.items


def test_what_is_no_package_has_no_list() -> None:
    with pytest.raises(InvalidPackage, match="not an asset package"):
        checklist(make_package(manifest={"format": "other"}))


def shown(package: Package, instance: Instance | None = None) -> tuple[str, str]:
    """Return both texts."""
    made = plan(package, instance)
    report = report_checklist(made, made.checklist())
    return render_checklist(report), tables.render(report)


def test_no_credential_is_shown() -> None:
    word = "Sunny-2031-day"
    package = make_package(
        {
            "datasources/orders-db.json": edited(DATASOURCE, content={"password": word, "user_name": word}),
            "tasks/sync_orders.json": edited(TASK, description=f"password={word}"),
            **api(domain_name=f"https://anna:{word}@example.com"),
        },
        manifest={"source": {"features": {"password": word, "note": f"password={word}", "in": {"secret": word}}}},
    )
    for text in shown(package):
        assert word not in text


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)"]


@pytest.mark.parametrize("value", FORMULAS)
def test_a_cell_is_no_formula(value: str) -> None:
    package = make_package(manifest={"source": {"features": {"note": value}}})
    cells = [cell for row in csv.reader(io.StringIO(shown(package)[1])) for cell in row]
    assert f"'{value}" in cells
    assert value not in cells


def test_names_are_no_marks_of_markdown() -> None:
    names = ["a`b", "`", "<script>", "@everyone", "[x](http://example.com)", "\x1b[31m"]
    documents = {f"topics/{number}.json": edited(TOPIC, name=name) for number, name in enumerate(names)}
    features = {name: name for name in names}
    text, table = shown(make_package(documents, manifest={"name": "# `x`", "source": {"features": features}}))
    assert "``parameter/a`b``" in text
    assert "`parameter/<script>`" in text
    assert "\x1b" not in text + table
    assert text.startswith("# `` # `x` ``: before")


@pytest.mark.parametrize("family", [["MYSQL"], "FUTURE"])
def test_a_data_source_of_an_unknown_type_is_on_the_list_of_a_recovery(family: object) -> None:
    package = make_package({"datasources/orders-db.json": edited(DATASOURCE, datasource_type=family)})
    assert found(checklist(package, scenario=Scenario.RECOVERY), "datasource")
