"""Bills of materials: valid by the schema of CycloneDX, read by its library, always the same, and without a secret."""

import json
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import assetpkg
from assetpkg.package.package import Package
from assetpkg.package.packing import zip_of
from assetpkg.render import cyclonedx
from assetpkg.report.show import report_show
from tests.build import API, APPLICATION, DATASOURCE, TOPIC, edited, make_package
from tests.conftest import SAMPLES
from tests.rules.rows import DATABASE, GET_ORDER, SHOP

SECRET = "Hunter2x9"  # noqa: S105 - what must not be seen
CONTENT = {
    **DATASOURCE["content"],
    "url": f"jdbc:mysql://root:{SECRET}@db2.example.com:3307/x?password={SECRET}",
    "user_name": "root",
    "password": SECRET,
}


def bill_of(package: Package) -> str:
    return cyclonedx.render(report_show(package, [(each, None) for each in package.resources], billed=True))


def parsed(text: str) -> Any:
    """Return a bill that is valid by its own schema, and that its own library reads."""
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    read = Bom.from_json(document)  # type: ignore[attr-defined]
    assert read.validate()
    assert (len(read.components), len(read.services)) == (len(document["components"]), len(document["services"]))
    return document


def told(part: Any) -> list[str]:
    """Return the properties of a component or a service, a word each."""
    return [f"{each['name'].removeprefix('assetpkg:')}={each['value']}" for each in part["properties"]]


def by_ref(parts: Any) -> dict[str, Any]:
    return {each.get("bom-ref") or each["ref"]: each for each in parts}


def test_the_bill_of_the_sample_says_what_it_holds_and_connects_to() -> None:
    package = assetpkg.read(SAMPLES / "order-center")
    bill = parsed(bill_of(package))
    assert [each["bom-ref"] for each in bill["components"]] == [each.address for each in package.resources]
    uses = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    for resource in package.resources:
        here = [each for each in uses[resource.address] if not each.startswith("service:")]
        assert here == sorted(package.index.addresses_used_by(resource))
    assert len(uses["package"]) == len(package.resources)
    assert by_ref(bill["services"])["service:datasource/oracle-erp"]["endpoints"] == [
        "//192.0.2.31:1521",
        "//192.0.2.32:1521",
    ]
    assert bill["metadata"]["component"]["hashes"] == [{"alg": "SHA-256", "content": package.digest}]


def test_a_folder_and_its_zip_have_the_same_bill_and_another_content_another_number() -> None:
    package = assetpkg.read(SAMPLES / "order-center")
    from assetpkg.archive.archive import parse_archive
    from assetpkg.package.package import load

    again = load(parse_archive(zip_of(package), origin="order-center.zip"))
    assert bill_of(again) == bill_of(package)
    fewer = package.without("topic/orders")
    assert json.loads(bill_of(fewer))["serialNumber"] != json.loads(bill_of(package))["serialNumber"]


def test_it_names_credentials_by_their_fields_and_hosts_without_them() -> None:
    package = make_package({DATABASE: edited(DATASOURCE, content=CONTENT)})
    text = bill_of(package)
    bill = parsed(text)
    assert SECRET not in text
    assert '"root' not in text
    source = by_ref(bill["components"])["datasource/orders-db"]
    assert {"credential:present=/content/password", "credential:present=/content/user_name"} <= set(told(source))
    assert "hashes" not in source, "who knows all the rest could guess a short password"
    assert "hashes" not in bill["metadata"]["component"]
    service = by_ref(bill["services"])["service:datasource/orders-db"]
    assert service["endpoints"] == ["//db.example.com:3306", "mysql://db2.example.com:3307"]
    assert told(service) == ["address=/content/host", "address=/content/url"]
    application = by_ref(bill["components"])["application/Shop"]
    assert "credential:absent=/secret" in told(application)
    assert "hashes" in application


def test_an_address_that_is_not_understood_is_named_by_its_field() -> None:
    content = {**DATASOURCE["content"], "url": f"Server=db;Uid=root;Pwd={SECRET}"}
    text = bill_of(make_package({DATABASE: edited(DATASOURCE, content=content)}))
    service = by_ref(parsed(text)["services"])["service:datasource/orders-db"]
    assert told(service) == ["address=/content/host", "address:not-recognised=/content/url"]
    assert SECRET not in text


def test_variables_are_named() -> None:
    backend = {
        "url_domain": "#orders_host#:80",
        "req_protocol": "HTTP",
        "req_method": "GET",
        "req_uri": "/",
        "timeout": 1,
    }
    package = make_package({GET_ORDER: edited(API, backend_type="HTTP", mock_info=None, backend_api=backend)})
    api = by_ref(parsed(bill_of(package))["components"])["api/Shop/orders/get-order"]
    assert "variable=orders_host" in told(api)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred", "a\u202eb", "<script>", "::error::x", "@all", "a|b", "line\nline", " "]
)
def test_names_that_would_be_marks_elsewhere_are_text(name: str) -> None:
    package = make_package({SHOP: edited(APPLICATION, name=name), "topics/order-events.json": edited(TOPIC, name=name)})
    text = bill_of(package)
    assert parsed(text)["components"]
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_part_has_no_dependency_on_what_is_not_in_it() -> None:
    package = assetpkg.read(SAMPLES / "order-center")
    resource = next(each for each in package.resources if package.index.addresses_used_by(each))
    bill = parsed(cyclonedx.render(report_show(package, [(resource, None)], billed=True)))
    refs = {each["ref"] for each in bill["dependencies"]}
    assert {used for each in bill["dependencies"] for used in each.get("dependsOn", [])} <= refs


def test_an_empty_package_has_a_bill() -> None:
    bill = parsed(bill_of(Package.new("nothing")))
    assert (bill["components"], bill["services"]) == ([], [])


def test_a_report_without_a_bill_has_no_such_format() -> None:
    with pytest.raises(ValueError, match="no bill"):
        cyclonedx.render(report_show(make_package(), []))
