"""Packages by an adapt file: what is refused, what follows a name, and what is never shown."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg.authoring.adapt.declaration import FILL_IN
from assetpkg.authoring.adapt.reading import adapt_file_of, parse_adapt
from assetpkg.errors import AssetpkgError, InvalidOption, InvalidPackage
from assetpkg.package.package import Package, load
from assetpkg.render import json_v1
from assetpkg.report.adapt import report_adapt
from assetpkg.report.plan import report_plan
from assetpkg.rules.allows import Allow
from assetpkg.rules.policy import Policy
from assetpkg.rules.team_plan import PlanRule
from assetpkg.simulation.drafting import draft_adapt
from tests.build import API, APPLICATION, DATASOURCE, GROUP, MANIFEST, TASK, TOPIC, edited, make_instance, make_package
from tests.conftest import SAMPLES, Cli
from tests.tables import every_row

DATABASE, EVENTS, GET = "datasource/orders-db", "topic/order-events", "api/Shop/orders/get-order"
SECRET = "Zq81-hidden-Xv"  # noqa: S105 - it is looked for


def by(resources: Mapping[str, Any], **members: Any) -> assetpkg.AdaptFile:
    return adapt_file_of({"format": "assetpkg-adapt/1", "resources": dict(resources), **members})


def values(address: str = DATABASE, /, **given: Any) -> dict[str, Any]:
    return {address: {"values": {f"/{name.replace('__', '/')}": value for name, value in given.items()}}}


def rename(name: str) -> dict[str, Any]:
    return {"decision": "rename", "name": name}


REFUSED: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("a misspelled pointer", values(content__hots="h"), "nothing is at '/content/hots'; did you mean '/content/host'?"),
    ("a step into a text", values(content__host__x="h"), "nothing is at '/content/host/x'"),
    ("an unknown field", values(content__colour="h"), "nothing is at '/content/colour'"),
    ("another type", values(content__host=5), "'/content/host': host is an integer, but must be a string"),
    ("an object for a text", values(content__host={"a": 1}), "'/content/host': host is an object"),
    ("a word that the class does not have", values(GET, auth_type="NOBODY"), "'/auth_type': auth_type"),
    ("a name among the values", values(datasource_name="x"), 'write decision = "rename" and name'),
    ("an id among the values", values(datasource_id="x"), "'/datasource_id' is its id"),
    ("a credential", values(content__password=SECRET), "'/content/password' is a credential"),
    ("one that only the class knows", values(content__user_name="orders"), "'/content/user_name' is a credential"),
    ("one inside of an object", values(content={"host": "h", "password": SECRET}), "is a credential"),
    ("one in an address", values(content__host=f"https://u:{SECRET}@h"), "has a credential"),
    ("a variable that is not set", values(content__password={"env": "NOT_SET"}), "variable NOT_SET, which is not set"),
    ("a variable that is empty", values(content__password={"env": "EMPTY"}), "variable EMPTY, which is empty"),
    ("a variable where it is shown", values(content__host={"env": "HOST"}), "is not a place for a credential"),
    ("a value inside of another", values(content={"host": "h"}, content__host="h"), "is inside of '/content'"),
    ("a new name for what has none", {"app_authorization/x": rename("y"), EVENTS: rename("a b")}, "may have only"),
    ("a name that is there", {EVENTS: rename("other-events")}, "two resources would be called 'topic/other-events'"),
    ("a decision that is none", {EVENTS: {"decision": "keep"}}, "'topic/order-events': decision \"keep\" is not"),
    ("a name for what is left out", {EVENTS: {"decision": "leave-out", "name": "x"}}, "name means nothing"),
    ("no name for a new name", {EVENTS: {"decision": "rename"}}, "needs name, its new name"),
    ("a reason for no rule", {EVENTS: {"decision": "accept", "accept": {"IMP999": "x"}}}, "no rule has the code"),
    ("no reason", {EVENTS: {"decision": "accept", "accept": {"IMP021": " "}}}, "IMP021 needs a reason"),
    ("a misspelled key", {EVENTS: {"valeus": {}}}, "no key is named 'valeus'; did you mean 'values'?"),
    ("no pointer", {EVENTS: {"values": {"tag": "x"}}}, "'tag' is not a JSON pointer; write '/tag'"),
    ("everything", {"application/Shop": {"decision": "leave-out"}}, "nothing would be left"),
)  # fmt: skip


def shop(changes: Mapping[str, Any] | None = None) -> Package:
    other = edited(TOPIC, name="other-events")
    return make_package({"topics/other-events.json": other, **(changes or {})})


@every_row(("title", "resources", "message"), REFUSED, ids=lambda row: row[0])
def test_what_cannot_be_is_refused(title: str, resources: Mapping[str, Any], message: str) -> None:
    with pytest.raises(AssetpkgError) as raised:
        assetpkg.adapt(shop(), by(resources), variables={"HOST": "db.example.com", "EMPTY": ""})
    assert message in str(raised.value), title
    assert SECRET not in str(raised.value)
    assert 'orders"' not in str(raised.value)


def test_everything_follows_a_name() -> None:
    package = make_package(
        {
            "datasources/orders-db.json": edited(DATASOURCE, app_name="Shop"),
            "tasks/sync_orders.json": edited(
                TASK, source_datasource_name="orders-db", source_app_name="Shop", description="reads orders-db"
            ),
            "api_groups/Shop/orders.json": edited(GROUP, roma_app_name="Shop"),
            "apis/Shop/orders/get-order.json": edited(API, group_name="orders", roma_app_name="Shop"),
        }
    )
    resources = {
        DATABASE: rename("orders-prod"),
        "api_group/Shop/orders": rename("sales"),
        GET: rename("read-order"),
        "application/Shop": rename("Store"),
    }
    made = assetpkg.adapt(package, by(resources))
    changed = {address: made.package.document(address) for address in made.package.index.by_address}
    assert changed["datasource/orders-prod"]["app_name"] == "Store"
    task = changed["task/sync_orders"]
    assert (task["source_datasource_name"], task["source_app_name"]) == ("orders-prod", "Store")
    api = changed["api/Store/sales/read-order"]
    assert (api["name"], api["group_name"]) == ("read-order", "sales")
    assert changed["api_group/Store/sales"]["roma_app_name"] == "Store"
    assert [(found.address, found.pointer) for found in made.stale] == [
        (DATABASE, "/content/database_name"),
        ("task/sync_orders", "/description"),
        (GET, "/req_uri"),
    ]
    assert "apis/Store/sales/read-order.json" in made.package.archive.entries
    assert not assetpkg.check(made.package)


def test_names_may_change_places() -> None:
    two = edited(DATASOURCE, datasource_id="ds-2", datasource_name="stock-db")
    package = make_package({"datasources/stock-db.json": two})
    made = assetpkg.adapt(package, by({DATABASE: rename("stock-db"), "datasource/stock-db": rename("orders-db")}))
    ids = {name: made.package.resource(f"datasource/{name}").id for name in ("orders-db", "stock-db")}
    assert ids == {"orders-db": "ds-2", "stock-db": "ds-1"}


def test_what_stays_on_the_target_is_found_by_its_id_there() -> None:
    kept = {DATABASE: {"decision": "keep-target", "id": "ds-9", "name": "orders"}}
    package = make_package({"tasks/sync_orders.json": edited(TASK, source_datasource_name="orders-db")})
    made = assetpkg.adapt(package, by(kept))
    task = made.package.document("task/sync_orders")
    assert (task["source_datasource_id"], task["source_datasource_name"]) == ("ds-9", "orders")
    target = make_instance({"datasource": [edited(DATASOURCE, datasource_id="ds-9", datasource_name="orders")]})
    assert "missing-reference" not in {change.reason.value for change in assetpkg.plan(made.package, target).changes}


def test_what_is_left_out_takes_what_needs_it() -> None:
    made = assetpkg.adapt(shop(), by({DATABASE: {"decision": "leave-out"}}))
    assert [(each.address, each.needed) for each in made.left_out] == [(DATABASE, None), ("task/sync_orders", DATABASE)]
    assert all(made.package.index.resolve(used) for each in made.package.resources for used in each.references)


def test_a_credential_is_written_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERS_PASSWORD", SECRET)
    file = by(values(content__password={"env": "ORDERS_PASSWORD"}, content__host="db.prod.example.com"))
    made = assetpkg.adapt(make_package(), file)
    assert made.package.document(DATABASE)["content"]["password"] == SECRET
    planned = assetpkg.plan(make_package(), make_instance({"datasource": [DATASOURCE]}), mode="Merge", adapt=file)
    told = [
        repr(made), repr(file), repr(made.values), repr(planned), json_v1.render(report_adapt(made)),
        json_v1.render(report_plan(planned)),
    ]  # fmt: skip
    assert SECRET not in "".join(told)
    direct = assetpkg.plan(made, make_instance({"datasource": [DATASOURCE]}), mode="Merge")
    assert json_v1.render(report_plan(planned)) == json_v1.render(report_plan(direct))


def test_an_address_that_is_given_is_not_that_of_the_source() -> None:
    source = {**MANIFEST, "source": {"instance_id": "test"}}
    package, target = make_package(manifest=source), make_instance(instance={"id": "production"})
    assert "IMP075" in {found.code for found in assetpkg.plan(package, target).diagnostics}
    for given in (values(content__host="db.prod"), values(content__host="db.example.com")):
        file = by({DATABASE: {**given[DATABASE], **rename("orders-prod")}})
        assert "IMP075" not in {found.code for found in assetpkg.plan(package, target, adapt=file).diagnostics}
    other = by(values(content__port="3307"))
    assert "IMP075" in {found.code for found in assetpkg.plan(package, target, adapt=other).diagnostics}


def test_only_the_bytes_of_what_changes_are_others() -> None:
    text = json.dumps(edited(DATASOURCE, description="ß", x=1.50), indent=5).replace("1.5", "1.50e0")
    text = text.replace("\n", "\r\n")
    package = make_package()
    package = load(package.archive.with_contents({"datasources/orders-db.json": text.encode()}))
    made = assetpkg.adapt(package, by(values(content__host="h")))
    content = made.package.archive.entries["datasources/orders-db.json"].read().decode()
    assert content == text.replace('"db.example.com"', '"h"')
    others = [name for name in package.archive.entries if name != "datasources/orders-db.json"]
    assert all(made.package.archive.entries[name] is package.archive.entries[name] for name in others)


def test_an_archive_of_another_program_is_changed_at_its_places(tmp_path: Path) -> None:
    package = assetpkg.read(SAMPLES / "export.zip", layouts=[SAMPLES / "export.toml"])
    resources = {
        "datasource/mysql-orders": {**rename("orders-prod"), "values": {"/content/host": "db.prod.example.com"}}
    }
    made = assetpkg.adapt(package, by(resources))
    assetpkg.write(made.package, tmp_path / "prod.zip")
    again = assetpkg.read(tmp_path / "prod.zip", layouts=[SAMPLES / "export.toml"])
    assert again.document("datasource/orders-prod")["content"]["host"] == "db.prod.example.com"
    assert again.document("task/sync_orders")["source_datasource_name"] == "orders-prod"
    assert len(again.resources) == len(package.resources)


def test_a_zip_goes_through(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "production.toml").write_text('format = "assetpkg-adapt/1"\nprefix = "p_"\n', encoding="utf-8")
    content = (SAMPLES / "order-center.zip").read_bytes()
    ran = cli("adapt", "-", "--with", "production.toml", "-o", "-", cwd=tmp_path, stdin=content)
    assert ran.returncode == 0, ran.stderr
    (tmp_path / "prod.zip").write_bytes(ran.stdout)
    assert {each.name[:2] for each in assetpkg.read(tmp_path / "prod.zip").index.resources_of("application")} == {"p_"}


HOSTILE = 'a"]\n[x]#\\\u202e <script> ::error:: @me'


def test_a_draft_is_an_adapt_file_whatever_names_there_are() -> None:
    package = make_package(
        {
            "datasources/odd.json": edited(DATASOURCE, datasource_id="ds-2", datasource_name=HOSTILE),
            "applications/Shop.json": APPLICATION,
        }
    )
    target = make_instance({"application": [edited(APPLICATION, id="app-9")]})
    planned = assetpkg.plan(package, target)
    draft = draft_adapt(planned)
    file = parse_adapt(draft.text.encode(), "draft.toml").file
    assert set(file.resources) == {"application/Shop", DATABASE, f"datasource/{HOSTILE.replace('/', '~1')}"}
    assert len(list(file.left_open())) == draft.left_open == draft.text.count(f'= "{FILL_IN}"')
    filled = draft.text.replace(f'decision = "{FILL_IN}"', 'decision = "keep-target"').replace("# id =", "id =")
    filled = filled.replace(FILL_IN, "db.prod.example.com")
    assert not [line for line in filled.splitlines() if "\u202e" in line]
    after = assetpkg.plan(package, target, adapt=parse_adapt(filled.encode(), "filled.toml"))
    assert not after.conflicts
    assert not {found.code for found in after.diagnostics} & {"ADP001", "ADP002", "IMP075"}
    assert tomllib.loads(draft.text)["format"] == "assetpkg-adapt/1"


def test_a_draft_has_the_reasons_that_the_project_accepts() -> None:
    package, target = make_package(), make_instance({"application": [edited(APPLICATION, id="app-9")]})
    plain = assetpkg.plan(package, target)
    accepted = assetpkg.plan(package, target, policy=Policy(allow=(Allow("IMP021", "application/Shop", "known"),)))
    assert accepted.accepted
    assert "# IMP021: 'Shop' is on the target already" in draft_adapt(plain).text
    assert draft_adapt(accepted).text == draft_adapt(plain).text


def test_a_draft_has_the_gravest_reasons_and_says_how_many_more_there_are() -> None:
    rules = tuple(PlanRule(name=f"rule {number}", kinds=("application",), names=("x",)) for number in range(6))
    target = make_instance({"application": [edited(APPLICATION, id="app-9")]})
    text = draft_adapt(assetpkg.plan(make_package(), target, policy=Policy(plan_rules=rules))).text
    conflict = text[text.index("[resources") : text.index('decision = "<fill in>"')]
    assert (conflict.count("# IMP021: "), conflict.count("# IMP090: ")) == (1, 2)
    assert conflict.endswith("# And 4 more reasons, in the plan.\n")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match='an adapt file begins with format = "assetpkg-adapt/1"'):
        parse_adapt(b"", "x.toml")
    with pytest.raises(assetpkg.CannotRead, match="not TOML"):
        parse_adapt(b"[", "x.toml")
    nested = ".".join(["a"] * 2_000)
    for deep in (f"x = {'[' * 5_000}", f"[{nested}]"):
        with pytest.raises(assetpkg.CannotRead, match="nested too deeply"):
            parse_adapt(f'format = "assetpkg-adapt/1"\n{deep}\n'.encode(), "x.toml")
    with pytest.raises(assetpkg.CannotRead, match="cannot read"):
        assetpkg.adapt(make_package(), tmp_path / "gone.toml")
    with pytest.raises(InvalidPackage, match="is not an asset package"):
        assetpkg.adapt(tmp_path, by({}))
    with pytest.raises(InvalidOption, match=r"^'application/Shop' cannot be named"):
        assetpkg.adapt(make_package(), prefix="a*b")
