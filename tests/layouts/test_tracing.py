"""Places: entry, pointer, line and column of a finding are those in the archive, in whatever it is packed."""

import base64
import json

from assetpkg.archive.archive import Archive
from assetpkg.package.package import load
from assetpkg.rules.runner import check
from tests.layouts.worlds import layout, zipped
from tests.tables import every_row

HEAD = 'name = "x"\n[marks]\nentries = ["mark"]\n'
TABLE = '[[resources]]\nentries = ["{}"]\nkind = "topic"\n{}'
BAD = {"name": "orders", "accessPolicy": 7}

PLACES = {
    "a file": (
        TABLE.format("*.json", 'names = "camelCase"\n'),
        {"t.json": b'{"name": "orders",\n "accessPolicy": 7}'},
        ("t.json", "/accessPolicy", 2, 18),
    ),
    "an item of a list": (
        TABLE.format("a.json", 'at = "/l/*"\nnames = "camelCase"\n'),
        {"a.json": b'{"l": [\n{"name": "a"},\n{"name": "orders", "accessPolicy": 7}]}'},
        ("a.json", "/l/1/accessPolicy", 3, 36),
    ),
    "a member of a map": (
        TABLE.format("a.json", 'at = "/m/*"\nnames = "camelCase"\n[resources.inherited]\nname = "@1"\n'),
        {"a.json": b'{"m": {"a/b":\n {"accessPolicy": 7}}}'},
        ("a.json", "/m/a~1b/accessPolicy", 2, 19),
    ),
    "JSON in a string": (
        TABLE.format("a.json", 'at = "/*"\ndocument = "/c"\nencoding = "json"\nnames = "camelCase"\n'),
        {"a.json": json.dumps([{"c": json.dumps(BAD)}]).encode()},
        ("a.json", "/0/c/#/accessPolicy", 1, 50),
    ),
    "JSON in base64": (
        TABLE.format("a.json", 'at = "/*"\ndocument = "/c"\nencoding = "base64"\nnames = "camelCase"\n'),
        {"a.json": json.dumps([{"c": base64.b64encode(json.dumps(BAD).encode()).decode()}]).encode()},
        ("a.json", "/0/c/#/accessPolicy", 1, 8),
    ),
    "JSON lines": (
        TABLE.format("a.jsonl", 'form = "json-lines"\nat = "/*"\nnames = "camelCase"\n'),
        {"a.jsonl": b'{"name": "a"}\n\n' + json.dumps(BAD).encode()},
        ("a.jsonl", "/1/accessPolicy", 3, 36),
    ),
    "a cell": (
        TABLE.format("a.csv", 'form = "csv"\nat = "/*"\n'),
        {"a.csv": b'name,access_policy,remark\r\n"a\n",,x\r\nb,7,y\r\n'},
        ("a.csv", "/1/access_policy", 4, 3),
    ),
    "an archive in an archive": (
        'archives = ["*.zip", "*.zip!/*.zip"]\n',
        {"in.zip": zipped({"more.zip": zipped({"t.json": b'{"name": "orders",\n"accessPolicy": 7}'})})},
        ("in.zip!/more.zip!/t.json", "/accessPolicy", 2, 17),
    ),
    "a field of another name": (
        TABLE.format("t.json", '[resources.fields]\n"/rights/of" = "access_policy"\n'),
        {"t.json": b'{"name": "orders", "rights": {\n"of": 7}}'},
        ("t.json", "/rights/of", 2, 7),
    ),
    "an inherited value": (
        TABLE.format("a.json", 'at = "/l/*"\n[resources.inherited]\naccess_policy = "/all"\n'),
        {"a.json": b'{"all": 7, "l": [{"name": "orders"}]}'},
        ("a.json", "/all", 1, 9),
    ),
    "a broken text": (
        TABLE.format("a.json", 'at = "/*"\ndocument = "/c"\nencoding = "json"\n'),
        {"a.json": b'[\n{"c": "{\\"name\\": }"}]'},
        ("a.json", "/0/c/#", 2, 19),
    ),
    "a broken file": (TABLE.format("a.json", ""), {"a.json": b'{"name": }'}, ("a.json", "", 1, 10)),
    "a broken document of several": (
        TABLE.format("a.json", 'at = "/*"\n'),
        {"a.json": b'[{"name": "a"},\n}'},
        ("a.json", "", 1, 15),
    ),
}


@every_row("case", PLACES)
def test_a_finding_is_where_it_is_in_the_archive(case: str) -> None:
    text, contents, expected = PLACES[case]
    nested = TABLE.format("**/t.json", 'names = "camelCase"\n')
    head = text + HEAD + nested if text.startswith("archives") else HEAD + text
    package = load(Archive.from_contents({"mark": b"", **contents}), layouts=[layout(head)])
    found = next(
        found.location for found in check(package) if found.slug in {"wrong-type", "not-allowed-value", "invalid-json"}
    )
    assert (found.entry, found.pointer, found.line, found.column) == expected


def test_a_setting_for_a_kind_counts_in_the_archive() -> None:
    from assetpkg.rules.policy import Policy

    text, contents, _ = PLACES["an item of a list"]
    package = load(Archive.from_contents({"mark": b"", **contents}), layouts=[layout(HEAD + text)])
    assert check(package)
    assert not check(package, Policy.parse(per_kind={"topic": ["RSC", "PKG030"]}))
    assert not check(package, Policy.parse(per_path={"a.json": ["RSC", "PKG030"]}))


def test_credentials_are_found_once_and_replaced_in_every_place() -> None:
    import assetpkg

    text = HEAD + (
        '[[resources]]\nentries = ["a.json"]\nat = "/l/*"\ndocument = "/c"\nencoding = "json"\nkind = "application"\n'
        'unused = ["/note"]\n'
    )
    document = {"id": "x", "name": "Shop", "remark": "password: Hunter2xyz!", "note": {"password": "Unused-S3cret-9"}}
    contents = {
        "mark": b"",
        "a.json": json.dumps(
            {"l": [{"c": json.dumps(document), "password": "Row-S3cret-77"}], "db": {"password": "Top-S3cret-5"}}
        ).encode(),
        "n.txt": b"token=ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    }
    package = load(Archive.from_contents(contents), layouts=[layout(text)])
    found = [each.location for each in check(package) if each.code.startswith("SEC")]
    assert [(place.entry, place.pointer) for place in found] == [
        ("a.json", ""),
        ("a.json", "/l/0/c/#/remark"),
        ("a.json", ""),
        ("n.txt", ""),
    ]
    copy = assetpkg.redact(package).package
    restored = copy.layout.restored(copy.archive).entries
    for secret in (b"Hunter2", b"Unused-S3", b"Row-S3", b"Top-S3", b"ghp_"):
        assert all(secret not in restored[name].read() for name in contents)
