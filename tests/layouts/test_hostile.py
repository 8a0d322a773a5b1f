"""Archives that are made to harm, under a layout: refused in a sentence, in little time, and with their entry."""

import io
import json
import zipfile

import pytest

from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.package import Package, load
from assetpkg.package.packing import zip_of
from assetpkg.rules.runner import check
from tests.counting import calls_of
from tests.layouts.worlds import layout, zipped
from tests.tables import every_row

HEAD = 'name = "x"\n[marks]\nentries = ["mark"]\n'
TOPICS = '[[resources]]\nentries = ["{}"]\nat = "{}"\nkind = "topic"\n'
NESTED = 'archives = ["**/*.zip"]\n' + HEAD + TOPICS.format("**/t.json", "/*")


def seen(text: str, contents: dict[str, bytes], limits: Limits = DEFAULT_LIMITS) -> Package:
    archive = Archive.from_contents({"mark": b"", **contents})
    return load(
        Archive(origin="export", entries=archive.entries, is_folder=True, limits=limits), layouts=[layout(text)]
    )


def reported(package: Package) -> list[tuple[str, str]]:
    return [(found.code, found.location.entry) for found in check(package) if found.severity == "error"]


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.json", b"[" + b" " * (20 * 2**20) + b"]")
    return content.getvalue()


HOSTILE: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "a bomb": (bomb(), [("PKG145", "a.zip!/t.json")]),
    "no zip": (b"PK\3\4 nothing", [("PKG001", "a.zip")]),
    "a path that leaves": (
        zipped({"a/t.json": b"[]"}).replace(b"a/t.json", b"../.json"),
        [("PKG201", "a.zip!/../.json")],
    ),
    "bytes behind the end": (zipped({"t.json": b"[]"}) + b"x", [("PKG101", "a.zip")]),
    "a damaged content": (
        zipped({"t.json": b'[{"name": "a", "app_id": "k", "access_policy": "all"}]'}).replace(b"access", b"accesS"),
        [],
    ),
}


@every_row("name", HOSTILE)
def test_a_hostile_archive_inside_is_reported_with_its_entry(name: str) -> None:
    content, expected = HOSTILE[name]
    package = seen(NESTED, {"a.zip": content})
    assert reported(package)[: len(expected)] == expected
    assert package.damaged or not expected


def test_archives_inside_keep_the_limits_of_one_archive_together() -> None:
    inside = {f"{number}.zip": zipped({"t.json": b"[]" + b" " * 9_000}) for number in range(5)}
    assert reported(seen(NESTED, inside)) == []
    small = DEFAULT_LIMITS._replace(total=30_000)
    assert {code for code, _ in reported(seen(NESTED, inside, small))} == {"PKG143"}
    few = DEFAULT_LIMITS._replace(entries=8)
    assert {code for code, _ in reported(seen(NESTED, inside, few))} == {"PKG141"}


def test_a_pointer_that_leads_to_very_many_places_is_not_followed_to_all_of_them() -> None:
    number = 400_000
    content = b"[" + b",".join([b"1"] * number) + b"]"
    packages: list[Package] = []
    made = calls_of(lambda: packages.append(seen(HEAD + TOPICS.format("a.json", "/*"), {"a.json": content})))
    # The document itself is read with two calls for each of them; a resource of each would take dozens.
    assert made < 10 * number
    (package,) = packages
    assert reported(package) == [("PKG052", "")]
    assert package.refusal


def test_many_resources_of_one_document_take_time_by_their_number() -> None:
    def made(number: int) -> Package:
        topics = [{"name": f"t{each}", "app_id": "k", "access_policy": "own"} for each in range(number)]
        return seen(HEAD + TOPICS.format("a.json", "/l/*"), {"a.json": json.dumps({"l": topics}).encode()})

    small, large = made(100), made(400)
    assert calls_of(lambda: check(large)) < 6 * calls_of(lambda: check(small))
    address = large.resources[5].address
    changed = large.with_document(address, {**large.document(address), "remark": "x"})
    assert b'"remark": "x"' in parse_archive(zip_of(changed), origin="a").entries["a.json"].read()


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("json", b'{"a": '),
        ("json", b"\xff"),
        ("json", b'{"a": 1, "a": 2}'),
        ("json", b"[" * 5_000 + b"]" * 5_000),
        ("json-lines", b'{"a": 1}\n{"a": '),
        ("csv", b'name,name\n"x'),
        ("csv", b"name,name\n1,2"),
        ("csv", b"," * 100_000),
    ],
)
def test_what_the_resources_are_in_is_reported_where_it_is_broken(form: str, content: bytes) -> None:
    text = HEAD + f'[[resources]]\nentries = ["a"]\nform = "{form}"\nat = "/*"\nkind = "topic"\n'
    package = seen(text, {"a": content})
    assert {entry for _, entry in reported(package)} <= {"a"}
    assert package.damaged or not package.resources


def test_an_entry_may_be_called_as_a_place_is() -> None:
    topic = {"name": "a", "app_id": "k", "access_policy": "all"}
    contents = {
        "a.json": json.dumps([topic]).encode(),
        "a.json#/0": b"something else",
        "(layout)": b"a name that is taken",
        "a.json#unused": b"another one",
    }
    package = seen(HEAD + TOPICS.format("a.json", "/*"), contents)
    assert [found.name for found in package.resources] == ["a"]
    assert package.layout.restored(package.archive).entries.keys() == {"mark", *contents}
    changed = package.with_document("topic/a", {**topic, "remark": "x"})
    entries = changed.layout.restored(changed.archive).entries
    assert {name: entries[name].read() for name in contents if name != "a.json"} == {
        name: content for name, content in contents.items() if name != "a.json"
    }
