"""Copies without credentials: nothing left of any of them, and nothing else changed."""

import base64
import html
import json
import re
from typing import Any
from urllib.parse import quote

from hypothesis import event, given
from hypothesis import strategies as st

import assetpkg
from assetpkg import CredentialRemains, ImportOptions, Mode, Package
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import parse_snapshot
from tests.build import APPLICATION, DATASOURCE, TASK, TOPIC, encode, make_instance, make_package, make_snapshot
from tests.laws.strategies import JSON, Draw, contents_of, laws, packages
from tests.laws.test_masking import BIRD, CANARIES, ENTRIES, sides

OPTIONS = [ImportOptions(), ImportOptions(mode=Mode.MERGE), ImportOptions(mode=Mode.MERGE, datasource_overwrite=True)]
PLACEHOLDER = re.compile(r"\$\{[A-Z][A-Z0-9_]*\}")
OLD = ("***", "${DB_PASSWORD}", "", "<your key>", "{{token}}")
"""What is where a credential could, and is none."""


def disguised(secret: str) -> dict[str, str]:
    """Return a secret in the ways in which people and programs write one again."""
    raw = secret.encode()
    return {
        "plain": f"it was {secret}, I think",
        "escaped": json.dumps({"note": secret}),
        "in ASCII": json.dumps([secret]),
        "in an address": f"https://example.com/?q={quote(secret, safe='')}&x=1",
        "in a page": f"<p>{html.escape(secret)}</p>",
        "hexadecimal": f"0x{raw.hex()}",
        "base64": base64.b64encode(raw).decode(),
        "base64 of more": base64.b64encode(f"see: {secret}\n".encode()).decode(),
        "base64 of still more": base64.b64encode(f"note: {secret}".encode()).decode(),
    }


def traces(secret: str) -> list[bytes]:
    raw = secret.encode()
    inside = [base64.b64encode(bytes(shift) + raw)[(shift * 8 + 5) // 6 : -4] for shift in range(3)]
    return [raw, json.dumps(secret)[1:-1].encode(), quote(secret, safe="").encode(), raw.hex().encode(), *inside]


@st.composite
def birds(draw: Draw) -> tuple[str, Package]:
    """Draw a secret, and a package that has it, in its disguises, wherever a text may be."""
    secret = draw(CANARIES)
    say = st.sampled_from(sorted(disguised(secret).values()))
    source = {**DATASOURCE, "content": {"password": secret, "x": [draw(say)]}, draw(say): {"deep": draw(say)}}
    contents: dict[str, Any] = {
        "applications/Shop.json": {**APPLICATION, "remark": draw(say), "secret": draw(st.sampled_from([secret, *OLD]))},
        "datasources/orders-db.json": source,
        f"topics/{quote(secret, safe='')}.json": {**TOPIC, "name": f"t-{secret}", "x": {"token": draw(JSON)}},
        "notes/readme.txt": f"{draw(say)}\nand {draw(say)}\n".encode(draw(st.sampled_from(["utf-8", "utf-16"]))),
        "notes/list.json": {"a": [draw(say), {"apiKey": secret}]},
    }
    if draw(st.booleans()):
        contents |= dict(zip(ENTRIES, draw(sides()).values(), strict=True))
        contents["datasources/orders-db.json"] = source
    return secret, make_package(contents, manifest={"name": f"p {draw(say)}", "source": {"region": draw(say)}})


def everything(package: Package) -> bytes:
    return b"\n".join(part for name, content in contents_of(package).items() for part in (name.encode(), content))


def told(found: list[Any]) -> list[Any]:
    """Return the findings of credentials; the placeholders of a copy are none."""
    return [each for each in found if each.code.startswith("SEC") and each.code != "SEC006"]


@laws
@given(birds())
def test_nothing_is_left_of_a_credential_in_any_disguise(drawn: tuple[str, Package]) -> None:
    secret, package = drawn
    copy = assetpkg.redact(package).package
    assert BIRD.encode() not in everything(copy)
    assert [trace for trace in traces(secret) if trace in everything(copy)] == []


@laws
@given(birds())
def test_a_copy_has_no_finding_about_credentials_and_is_what_its_report_says(drawn: tuple[str, Package]) -> None:
    redaction = assetpkg.redact(drawn[1])
    found = assetpkg.check(redaction.package)
    assert told(found) == []
    assert BIRD not in repr(redaction.replaced)
    for each in redaction.replaced:
        assert each.entry in redaction.package.archive.entries
        assert each.address in {"", *redaction.package.index.by_address}


@laws
@given(birds())
def test_the_same_package_makes_the_same_copy_and_a_copy_is_its_own_copy(drawn: tuple[str, Package]) -> None:
    _, package = drawn
    copy = assetpkg.redact(package).package
    assert contents_of(assetpkg.redact(package).package) == contents_of(copy)
    again = assetpkg.redact(copy)
    assert again.replaced == ()
    assert again.package is copy


PIECES = (
    "password=", "?token=", "pwd:", '"password": ', "<secret>", "</secret>", "://", "@", ":", "/", "${", "}", "{", '"',
    "'", "\\", ";", "&", " ", "\n", "Bearer ", "Basic ", "root", "host.example", "hunter2", "abc", "hunter2Hunter2",
    "订单", "eyJhbGciOiJIUzI1NiJ9", ".", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIAIOSFODNN7ABCDEFG",
    "aHR0cDovL2E6aHVudGVyMkBi", "cGFzc3dvcmQ9aHVudGVyMg==", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
    "MIICdgIBADANBgkq", "%20", "***", "NAME", "jdbc:oracle:thin:",
)  # fmt: skip
"""What texts with credentials are made of, in any order."""
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@st.composite
def puzzles(draw: Draw) -> Package:
    """Draw a package with texts that detection may read one way, and after a replacement another."""
    text = draw(TEXTS)
    name = re.sub(r'[/\\:*?"<>|\n]', "_", draw(TEXTS)).strip(" .") or "a"
    return make_package(
        {
            "datasources/orders-db.json": {
                **DATASOURCE,
                "content": {"password": draw(TEXTS), "x": [text, draw(TEXTS)]},
            },
            "tasks/sync_orders.json": {**TASK, "task_detail": json.dumps({"b": draw(TEXTS), draw(TEXTS): text})},
            "topics/order-events.json": {**TOPIC, "remark": draw(TEXTS), draw(TEXTS) or "y": draw(TEXTS)},
            f"notes/{name}.txt": f"{draw(TEXTS)}\n{draw(TEXTS)}".encode(),
        }
    )


@laws
@given(puzzles())
def test_whatever_detection_makes_of_a_text_a_copy_is_its_own_copy(package: Package) -> None:
    try:
        redaction = assetpkg.redact(package)
    except CredentialRemains:
        # What is neither found again nor replaced is not a copy, and nothing is promised of it.
        event("refused")
        return
    assert assetpkg.redact(redaction.package).package is redaction.package
    assert [
        each for each in assetpkg.check(redaction.package) if each.code.startswith("SEC") and each.code != "SEC006"
    ] == []


@laws
@given(packages(unknown=False))
def test_a_package_without_credentials_is_its_own_copy(package: Package) -> None:
    redaction = assetpkg.redact(package)
    assert redaction.package is package
    assert redaction.replaced == ()


@st.composite
def marked(draw: Draw) -> tuple[Package, dict[str, bytes]]:
    """Draw a package with credentials in its resources, and what its files become when they are replaced."""
    package = draw(packages(unknown=False))
    contents = {**contents_of(package), "notes/a.txt": draw(st.text("ab 订\r\n")).encode(), "notes/a.bin": b"\0\xff"}
    expected: dict[str, bytes] = {}
    for resource in package.resources:
        name = draw(st.sampled_from(["password", "accessToken", "x_secret"]))
        secret = f'{BIRD}-{len(expected)}-é"\\'
        text = contents[resource.entry].decode()
        at = text.index("{") + 1
        written = draw(st.sampled_from([json.dumps(secret), json.dumps(secret, ensure_ascii=False)]))
        contents[resource.entry] = f'{text[:at]} "{name}" :{written},{text[at:]}'.encode()
        expected[resource.entry] = f'{text[:at]} "{name}" :"@",{text[at:]}'.encode()
    return make_package(dict(contents)), expected


@laws
@given(marked())
def test_every_other_byte_stays_where_it_was(drawn: tuple[Package, dict[str, bytes]]) -> None:
    package, expected = drawn
    copy = contents_of(assetpkg.redact(package).package)
    before = contents_of(package)
    assert {name: PLACEHOLDER.sub("@", copy[name].decode()).encode() for name in expected} == expected
    assert {name: content for name, content in copy.items() if name not in expected} == {
        name: content for name, content in before.items() if name not in expected
    }


@laws
@given(sides(), sides(), st.sampled_from(OPTIONS))
def test_a_copy_is_planned_as_the_package_is(
    source: dict[str, Any], other: dict[str, Any], options: ImportOptions
) -> None:
    package = make_package(dict(zip(ENTRIES, source.values(), strict=True)))
    target = make_instance({kind: [{**document, "remark": "another"}] for kind, document in other.items()})
    assert actions(assetpkg.redact(package).package, target, options) == actions(package, target, options)


def actions(package: Package, target: Instance, options: ImportOptions) -> list[tuple[str, str]]:
    return [(change.address, change.action.word) for change in assetpkg.plan(package, target, options).changes]


@laws
@given(sides())
def test_a_snapshot_is_copied_by_the_same_laws(documents: dict[str, dict[str, Any]]) -> None:
    content = encode(make_snapshot({kind: [document] for kind, document in documents.items()}))
    copy = assetpkg.redact_snapshot(content, "target.json")
    assert BIRD.encode() not in copy.content
    assert assetpkg.redact_snapshot(copy.content, "target.json").content == copy.content
    assert parse_snapshot(content, "").index.by_address.keys() == copy.instance.index.by_address.keys()
