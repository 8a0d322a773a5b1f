"""A canary in a secret: it is looked for in everything that assetpkg says, whatever is wrong around it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import ImportOptions, Mode
from assetpkg.errors import AssetpkgError
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Secret
from assetpkg.package.package import Package
from assetpkg.render import json_v1
from assetpkg.render.screen import Screen
from assetpkg.render.text.check import render_check
from assetpkg.render.text.plan import render_plan
from assetpkg.report.check import report_check, report_package
from assetpkg.report.plan import report_plan
from assetpkg.resource.masking import mask
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.build import API, APPLICATION, DATASOURCE, TASK, encode, make_instance, make_package, make_snapshot
from tests.laws.strategies import Draw, laws

BIRD = "Canary7Kq"
CANARIES = st.tuples(
    st.sampled_from([BIRD, f"{BIRD} {BIRD}", f"{BIRD}!" * 60, f"{BIRD}订", f'{BIRD}"\\', f"<{BIRD}>{BIRD}"]),
    st.integers(0, 9),
).map(lambda drawn: f"{drawn[0]}{drawn[1]}")
SCREEN = Screen(width=120)
ENTRIES = (
    "applications/Shop.json",
    "datasources/orders-db.json",
    "tasks/sync_orders.json",
    "apis/Shop/orders/get-order.json",
)


def wrapped(draw: Draw, canary: str) -> Any:
    """Draw a shape for a secret, the right one or a wrong one."""
    return draw(st.sampled_from([canary, [canary], {"value": canary}, [{"deep": [canary]}], {"a": {"b": canary}}]))


@st.composite
def sides(draw: Draw) -> dict[str, dict[str, Any]]:
    """Draw the documents of one side, with canaries wherever a secret may be."""
    kind = draw(st.sampled_from([*CONTENT_CLASSES, "UNHEARD"]))
    canary = draw(CANARIES)
    plain = "".join(each for each in canary if each.isalnum() and each.isascii())
    known = fields_of(CONTENT_CLASSES[kind]) if kind in CONTENT_CLASSES else {}
    content = {
        name: wrapped(draw, canary) for name, field in known.items() if field.marker(Secret) and draw(st.booleans())
    }
    if kind == "API":
        detail = fields_of(CONTENT_CLASSES[kind])["api_auth_detail"].parts
        content["api_auth_detail"] = {
            name: wrapped(draw, canary) for name, field in detail.items() if field.marker(Secret)
        }
    unknown = {
        draw(st.sampled_from(["x_password", "accessToken", "private_key", "sk", "authorization"])): wrapped(
            draw, canary
        )
    }
    content |= draw(
        st.sampled_from(
            [{}, unknown, {"url": f"jdbc:mysql://root:{plain}@db/x?password={plain}"}, {"x": [{"y": unknown}]}]
        )
    )
    hidden = json.dumps({"writer": {"password": canary, "url": f"http://a:{plain}@b"}, **unknown}, ensure_ascii=False)
    return {
        "application": {**APPLICATION, "secret": wrapped(draw, canary), **draw(st.sampled_from([{}, unknown]))},
        "datasource": {**DATASOURCE, "datasource_type": kind, "content": content},
        "task": {**TASK, "task_detail": hidden, "description": f"see ftp://me:{plain}@host/x"},
        "api": {
            **API,
            "mock_info": {"header": json.dumps([{"key": "a", **unknown}])},
            "backend_api": {**unknown, "x": unknown},
        },
    }


def package_of(documents: dict[str, dict[str, Any]]) -> Package:
    return make_package(dict(zip(ENTRIES, documents.values(), strict=True)))


def everything_said(package: Package, target: Instance | None) -> str:
    found = assetpkg.check(package)
    said = [
        repr(found),
        render_check(report_check([report_package("a.zip", found)]), SCREEN),
        json_v1.render(report_check([report_package("a.zip", found)])),
    ]
    for resource in package.resources:
        said.append(json.dumps(mask(fields_of(resource.kind), package.document(resource.address)), ensure_ascii=False))
        try:
            package.model(resource.address)
        except ValueError as error:
            said.append(str(error))
    for options in (
        ImportOptions(),
        ImportOptions(mode=Mode.MERGE),
        ImportOptions(mode=Mode.MERGE, datasource_overwrite=True),
    ):
        plan = assetpkg.plan(package, target, options)
        told = report_plan(plan)
        said += [repr(plan), render_plan(told, SCREEN), json_v1.render(told)]
    return "\n".join(said)


@laws
@given(sides(), sides())
def test_no_credential_is_ever_shown(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> None:
    target = make_instance({kind: [document] for kind, document in before.items()})
    said = everything_said(package_of(after), target)
    assert BIRD not in said
    assert "SEC001" in said


@laws
@given(sides())
def test_no_credential_is_shown_where_it_goes_away(before: dict[str, dict[str, Any]]) -> None:
    target = make_instance({kind: [document] for kind, document in before.items()})
    assert BIRD not in everything_said(make_package(), target)


@laws
@given(
    sides(), st.integers(1, 60), st.sampled_from(["", ",}", '"\\ud800"}', "\x00", ', "a": NaN}', ', "id": 1, "id": 2}'])
)
def test_no_credential_is_shown_of_a_document_that_breaks_off(
    documents: dict[str, dict[str, Any]], short: int, end: str
) -> None:
    broken = {
        name: encode(document)[:-short] + end.encode()
        for name, document in zip(ENTRIES, documents.values(), strict=True)
    }
    assert BIRD not in everything_said(make_package(broken), None)


@laws
@given(sides(), st.integers(1, 60))
def test_no_credential_is_in_an_error(documents: dict[str, dict[str, Any]], short: int) -> None:
    snapshot = make_snapshot({kind: [document] for kind, document in documents.items()})
    nameless = {
        kind: [{**document, "name": "", "datasource_name": "", "task_name": ""}] for kind, document in documents.items()
    }
    odd = make_snapshot(quotas={"api": {"secret": BIRD}}, jobs=[{"token": BIRD}], instance={"id": [BIRD]})
    for content in (encode(snapshot)[:-short], encode(make_snapshot(nameless)), encode(odd)):
        with pytest.raises(AssetpkgError) as caught:
            parse_snapshot(content, "target.json")
        assert BIRD not in str(caught.value)
    for document in documents.values():
        with pytest.raises(AssetpkgError) as caught:
            make_package().with_resource("topic", {**document, "name": ""})
        assert BIRD not in str(caught.value)
        with pytest.raises(AssetpkgError) as caught:
            make_package().with_resource("topic", {**document, "x": float("nan")})
        assert BIRD not in str(caught.value)
